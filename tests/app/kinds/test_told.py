"""What is told in words is quoted though the question names a time; what asks for a figure is still refused, over the sample plans."""

from __future__ import annotations

import pytest

from app.engine import ask
from app.types import REFUSALS, Question
from index.library import Library


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What did the team managers get in July 2025?", "dashboard"),
        ("Why isn't there a proper grip on late EHC plans nowadays?", "educational psychologists"),
        ("so what was the snag with routes for school transport, in a nutshell?", "Re-plan home to school transport routes"),
        ("Summarise what the self-evaluation says about the mentoring scheme.", "mentoring scheme"),
    ],
)
def test_a_question_that_asks_to_be_told_is_answered_in_words(sample_library: Library, question: str, said: str) -> None:
    answer = ask(Question(question), sample_library)
    assert answer.outcome == "answered"
    assert said in answer.text


@pytest.mark.parametrize(
    "question", ["What percentage of potholes were mended in June 2025?", "Child protection visits in timescale at Q3 2025/26?"]
)
def test_a_figure_that_is_not_reported_stays_refused(sample_library: Library, question: str) -> None:
    assert ask(Question(question), sample_library).outcome in REFUSALS


def test_a_row_of_figures_tells_no_reason(sample_library: Library) -> None:
    answer = ask(Question("Why are caseloads in Team North what they are?"), sample_library)
    first = answer.citations[0].quote.split()
    assert sum(w[0].isdigit() for w in first) * 2 <= len(first)
