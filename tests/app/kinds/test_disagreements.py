"""Where figures disagree, asked in prose and in lay words: both are shown, and which is right is not made up."""

from __future__ import annotations

import pytest

from app.engine import ask
from app.types import Answer, Question
from index.library import Library


def asked(library: Library, question: str) -> Answer:
    return ask(Question(question), library)


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("Which of the two re-referral figures for June 2025 is correct?", ("26%", "23%")),
        ("I have two figures for pathway plans at Q2, 86 and 89. Which one is right?", ("86%", "89%")),
        ("How many children were on child protection plans in June 2025? I have seen two numbers.", ("209", "214")),
        ("31 of 48 isn't 72%, is it?", ("31 of the 48", "72%")),
        ("Is the vacancy rate rating right?", ("rated green", "rated amber")),
        ("do the self-evaluation and the improvement plan agree on re-referrals in June 2025?", ("26%", "23%")),
        ("The totals in table 2 don't add up, do they?", ("412",)),
        ("is the 23% for re-referrals right?", ("26%", "23%")),
    ],
)
def test_both_figures_of_the_one_asked_about(sample_library: Library, question: str, figures: tuple[str, ...]) -> None:
    answer = asked(sample_library, question)

    assert answer.query.intent == "disagreements"
    assert all(figure in answer.text for figure in figures)
    assert len(answer.conflicts) == 1
    assert "the documents do not say which is right" in answer.notes


@pytest.mark.parametrize(
    "question",
    [
        "which figures disagree?",
        "Are there any contradictions in the plans?",
        "Where do the documents contradict themselves?",
        "which numbers don't match between the two documents",
        "are any of the numbers wrong?",
        "do the plans disagree about anything",
    ],
)
def test_all_certain_ones_however_they_are_asked_for(sample_library: Library, question: str) -> None:
    answer = asked(sample_library, question)

    assert answer.headline == "7 disagreements found."
    assert len(answer.conflicts) == 7


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("which ratings do not fit their numbers?", "rated green"),
        ("are there percentages that do not follow from their counts?", "31 of the 48"),
        ("which totals are not the sum of their lines? they don't add up", "Total 412"),
    ],
)
def test_one_kind_of_disagreement(sample_library: Library, question: str, told: str) -> None:
    answer = asked(sample_library, question)

    assert told in answer.text
    assert len(answer.conflicts) == 1


def test_figures_that_agree_are_said_to(sample_library: Library) -> None:
    answer = asked(sample_library, "Do the plans agree on agency staff?")

    assert answer.headline == "They agree."
    assert answer.table and len({line.record.place.document for line in answer.table.rows}) == 2


def test_an_answer_that_touches_a_disputed_rating_shows_both(sample_library: Library) -> None:
    answer = asked(sample_library, "vacancy rate for social workers in quarter 2?")

    assert "is rated green" in answer.text and "is rated amber elsewhere" in answer.text


def test_a_pair_of_values_is_said_once(sample_library: Library) -> None:
    answer = asked(sample_library, "what were re-referrals at the end of June 2025")

    assert answer.text.count("The documents give two figures") == 1
