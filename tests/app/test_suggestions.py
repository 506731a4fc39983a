"""Suggested questions come from what the library holds, and the engine answers them."""

from __future__ import annotations

from datetime import date

import pytest

from app.engine import ask
from app.suggestions import MOST, suggested_questions
from app.types import Question
from index.library import Library
from ingest.types import Action, Place

TODAY = date(2026, 11, 20)


def action(lead: str | None = None, due: str | None = None, completed: bool | None = None, rag: str | None = None) -> Action:
    return Action("a", Place("plan.pdf", 1), "q", None, "Do it", lead, None, due, due, None, None, rag, None, completed, None)  # type: ignore[arg-type]


def test_every_suggestion_is_answered(sample_library: Library) -> None:
    questions = suggested_questions(sample_library.measures(), sample_library.actions(), TODAY)
    assert 4 <= len(questions) <= MOST
    assert len(set(questions)) == len(questions)
    outcomes = {question: ask(Question(question), sample_library).outcome for question in questions}
    assert set(outcomes.values()) == {"answered"}, outcomes


def test_an_empty_library_suggests_nothing() -> None:
    assert suggested_questions([], [], TODAY) == ()


@pytest.mark.parametrize(
    ("due", "completed", "overdue"),
    [
        ("2026-10", None, True),
        ("2026-11-19", None, True),
        ("2026-11", None, False),
        ("2026-11-20", None, False),
        ("2026-10", True, False),
        (None, None, False),
    ],
)
def test_overdue_is_asked_only_where_something_is(due: str | None, completed: bool | None, overdue: bool) -> None:
    assert ("Which actions are overdue?" in suggested_questions([], [action(due=due, completed=completed)], TODAY)) == overdue


def test_a_lead_is_asked_about_by_a_name_that_reads_well() -> None:
    actions = [action("Head of **Service**")] * 9 + [action("Head of Audit")] * 3 + [action("Lead Nurse")]
    assert suggested_questions([], actions, TODAY) == ("Which actions is the Head of Audit responsible for?",)
    assert suggested_questions([], actions[-3:], TODAY) == ()
