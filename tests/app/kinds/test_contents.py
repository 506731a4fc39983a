"""What a plan is made up of, and a document as a whole: asked for by its name and nothing in it; sample council."""

from __future__ import annotations

import pytest

from app.engine import ask
from app.types import Answer, Question
from index.library import Library

AIMS = [
    "“Aim 1: Families get the right help at the right time”",
    "“Aim 4: A stable, skilled and well-supported workforce”",
    "“Aim 7: Leaders and partners know the service and act on what they learn”",
]


def asked(library: Library, text: str) -> Answer:
    return ask(Question(text), library)


@pytest.mark.parametrize(
    "question",
    [
        "What are the aims of the 2025-26 improvement plan?",
        "which priorities does the 2025-26 improvement plan have?",
        "list the sections of the improvement plan 2025-26",
        "What does the 2025-26 improvement plan cover?",
    ],
)
def test_the_parts_of_a_plan_are_its_own_headings_in_order_with_what_stands_under_them(sample_library: Library, question: str) -> None:
    answer = asked(sample_library, question)
    assert answer.query.intent == "contents" and answer.count == 7
    assert answer.headline.endswith("has 7 aims.")
    at = [answer.text.index(aim) for aim in AIMS]
    assert at == sorted(at)
    assert {c.document for c in answer.citations} == {"improvement-plan-2025-26-q2.pdf"}
    assert "withheld" not in " ".join(answer.notes)


def test_what_is_counted_under_a_heading_is_what_the_library_holds_there(sample_library: Library) -> None:
    from app.evidence.desk import desk

    laid = desk(sample_library)
    under = sum("Aim 6: Families have a settled home" in laid.headings(a.record) for a in laid.actions)
    line = next(
        line for line in asked(sample_library, "What are the aims of the 2025-26 improvement plan?").text.splitlines() if AIMS[1] in line
    )
    assert under and f"{under} actions" in asked(sample_library, "What are the aims of the 2025-26 improvement plan?").text
    assert "measures" in line


@pytest.mark.parametrize(
    "question", ["Summarise the self-evaluation", "tell me about the self-evaluation", "give me an overview of the self-evaluation"]
)
def test_a_document_as_a_whole_is_told_in_short(sample_library: Library, question: str) -> None:
    answer = asked(sample_library, question)
    assert answer.query.intent == "briefing" and answer.outcome == "answered"
    assert {c.document for c in answer.citations} == {"self-evaluation-2025.pdf"}


@pytest.mark.parametrize(
    "question",
    [
        "Which priorities are behind in the 2023-24 action plan?",
        "What are the actions under aim 2?",
        "What does the self-evaluation say about neglect?",
        "How many actions does the improvement plan have?",
    ],
)
def test_a_question_of_something_in_a_document_is_none_of_its_parts(sample_library: Library, question: str) -> None:
    assert asked(sample_library, question).query.intent not in ("contents", "briefing")


@pytest.mark.parametrize("question", ["hello", "Hi there, thanks!", "what can you do?", "help"])
def test_who_asks_nothing_yet_is_told_what_can_be_asked(sample_library: Library, question: str) -> None:
    answer = asked(sample_library, question)
    assert answer.outcome == "needs_clarification"
    assert answer.headline.startswith("Ask what the 3 documents here say")
