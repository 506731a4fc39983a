"""A few words instead of a question lead to what they name: a subject, an action, a lead, a state, a document; sample council."""

from __future__ import annotations

import pytest

from app.engine import ask
from app.types import Answer, Question
from index.library import Library
from ingest.types import Action


def asked(library: Library, text: str) -> Answer:
    return ask(Question(text), library)


def actions(answer: Answer) -> list[Action]:
    return [line.record for line in answer.table.rows if isinstance(line.record, Action)] if answer.table else []


@pytest.mark.parametrize("words", ["care leavers", "supervision", "pathway plans", "Fostering"])
def test_a_subject_alone_asks_where_it_stands(sample_library: Library, words: str) -> None:
    answer = asked(sample_library, words)
    assert answer.query.intent == "briefing" and answer.outcome == "answered"
    assert answer.table and answer.table.rows


@pytest.mark.parametrize("words", ["action 3.4", "tell me about action 3.4", "Action 3.4?"])
def test_the_number_of_an_action_shows_it_with_its_progress(sample_library: Library, words: str) -> None:
    answer = asked(sample_library, words)
    assert {a.ref for a in actions(answer)} == {"3.4"}
    assert "Progress:" in answer.text


def test_a_lead_alone_lists_what_is_led(sample_library: Library) -> None:
    listed = actions(asked(sample_library, "Fostering Service Manager"))
    assert listed and all("Fostering Service Manager" in (a.lead or "") for a in listed)


def test_a_state_or_a_date_alone_lists_the_actions(sample_library: Library) -> None:
    red = actions(asked(sample_library, "red"))
    assert red and {a.rag for a in red} == {"R"}
    due = actions(asked(sample_library, "due March 2026"))
    assert due and {a.due_iso[:7] for a in due if a.due_iso} == {"2026-03"}
    assert [a.id for a in actions(asked(sample_library, "overdue"))] == [
        a.id for a in actions(asked(sample_library, "Which actions are overdue?"))
    ]


@pytest.mark.parametrize(
    "question", ["Who leads on fostering?", "supervision target in Q2", "How many complaints?", "why is supervision late"]
)
def test_what_asks_something_is_no_list_of_words(sample_library: Library, question: str) -> None:
    assert asked(sample_library, question).query.intent != "briefing"


def test_a_plan_named_after_another_question_is_asked_about_as_a_whole(sample_library: Library) -> None:
    earlier = ("How are we doing on care leavers?",)
    answer = ask(Question("What are the aims of the 2025-26 improvement plan?", earlier), sample_library)
    assert answer.query.intent == "contents" and not answer.query.topic
    assert not ask(Question("tell me about the self-evaluation", earlier), sample_library).query.topic
