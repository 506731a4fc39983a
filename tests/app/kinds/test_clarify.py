"""A question that names nothing is asked back; figures that are of different things are not set against each other."""

from __future__ import annotations

import pytest

from app.engine import ask
from app.types import Answer, Question
from index.library import Library


def asked(library: Library, *questions: str) -> Answer:
    return ask(Question(questions[-1], questions[:-1]), library)


@pytest.mark.parametrize(
    "question", ["Is it getting better?", "who leads on that?", "when is it due?", "why did it fall?", "And last year?"]
)
def test_a_question_that_points_at_nothing_is_asked_back(sample_library: Library, question: str) -> None:
    answer = asked(sample_library, question)

    assert answer.outcome == "needs_clarification"
    assert answer.headline.startswith("It is not clear what")
    assert "You could name a measure" in answer.text and "You could name an action" in answer.text


def test_the_same_words_after_a_question_are_understood(sample_library: Library) -> None:
    assert asked(sample_library, "Who leads on supervision?", "when is it due?").outcome == "answered"


@pytest.mark.parametrize("question", ["What became of the family hubs?", "which figures disagree?", "how are we doing on re-referrals?"])
def test_a_question_that_names_its_subject_is_not_asked_back(sample_library: Library, question: str) -> None:
    assert asked(sample_library, question).outcome != "needs_clarification"


def test_figures_in_different_units_are_not_compared(sample_library: Library) -> None:
    answer = asked(sample_library, "Compare the vacancy rate with the average caseload at the end of Q2")

    assert answer.outcome == "not_comparable"
    assert answer.headline == "These figures cannot be compared: one is a number and the other a percentage."
    assert "14.6%" in answer.text and "18.4" in answer.text


@pytest.mark.parametrize("question", ["How many children are there?", "Is the number of children rising?"])
def test_children_in_general_are_asked_back_with_those_that_are_counted(sample_library: Library, question: str) -> None:
    answer = ask(Question(question), sample_library)
    assert answer.outcome == "needs_clarification"
    assert "Children on child protection plans: 214" in answer.text


def test_children_on_plans_are_those_on_child_protection_plans(sample_library: Library) -> None:
    answer = ask(Question("Did the number of children on plans go up?"), sample_library)
    assert answer.query.topic == ("@child_protection",)
