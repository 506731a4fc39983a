"""What stands beside an answer: passages that search puts first and the answer's rules passed over."""

from __future__ import annotations

import pytest

from app.engine import ask
from app.types import Question
from index.library import Library

ALSO = "Also on this"


def test_a_row_that_is_quoted_comes_with_its_lead_and_date(sample_library: Library) -> None:
    answer = ask(Question("What is happening about families in bed and breakfast?"), sample_library)
    assert "lead: " in answer.text and "due: " in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "What was the vacancy rate for social workers at Q2 2025/26?",  # one figure that says all that was asked
        "Which measures are below target in Q2?",  # a list
        "How many actions are rated red?",  # a count
        "How many school meals were served in 1987?",  # refused
    ],
)
def test_nothing_is_added_to_what_is_whole(question: str, sample_library: Library) -> None:
    assert ALSO not in ask(Question(question), sample_library).text


def test_what_is_added_is_cited_and_printed_where_it_is_cited(sample_library: Library) -> None:
    answer = ask(Question("What is happening about families in bed and breakfast?"), sample_library)
    added = [line for line in answer.text.split("\n") if line.startswith(ALSO)]
    assert added and all(line.rstrip().endswith("]") for line in added)
    for citation in answer.citations:
        printed = " ".join(" ".join(c.text.split()) for c in sample_library.chunks(citation.document))
        assert citation.quote[:60] in printed


def test_a_sentence_that_says_why_stands_alone(sample_library: Library) -> None:
    answer = ask(Question("Why are initial child protection conferences delayed?"), sample_library)
    assert "because conferences are booked only after the enquiry report is signed off" in answer.text
    assert ALSO not in answer.text


def test_no_more_than_two_passages_are_added(sample_library: Library) -> None:
    for question in ("Why is recruitment hard?", "What do children say about their social workers?", "Who leads on early help?"):
        assert ask(Question(question), sample_library).text.count(ALSO) <= 2


def test_an_action_beside_an_answer_says_its_second_sentence_too(sample_library: Library) -> None:
    answer = ask(Question("What is happening about issuing EHC plans and how will the advice be requested?"), sample_library)
    assert "requested on the same day as the decision to assess" in answer.text


def test_what_is_added_says_something_and_is_short(sample_library: Library) -> None:
    for question in ("Why is recruitment hard?", "What do children say about their social workers?", "Why are caseloads uneven?"):
        lines = [x for x in ask(Question(question), sample_library).text.split("\n") if x.startswith(f"{ALSO}, in ")]
        said = [x.split(": ", 1)[1] for x in lines]
        assert all(len(x.split()) >= 5 and len(x) < 480 for x in said)
