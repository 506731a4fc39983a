"""Times and conditions that stand apart from their verb or year: councils as subjects, joined quarters, positions that are no due dates."""

from __future__ import annotations

import pytest

from app.evidence.desk import desk
from app.question.understand import understand
from app.types import Query, Question
from index.library import Library


def query(library: Library, text: str) -> Query:
    return understand(Question(text), desk(library))


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("Which targets did Saltmere hit in Q2?", "on_target"),
        ("which of the workforce targets did Saltmere actually meet in quarter 2?", "on_target"),
        ("Which targets did Saltmere miss in Q2?", "off_target"),
        ("which targets has Saltmere reached by quarter 2", "on_target"),
    ],
)
def test_a_council_named_hits_and_misses_as_we_do(sample_library: Library, question: str, status: str) -> None:
    assert query(sample_library, question).statuses == (status,)


@pytest.mark.parametrize(
    "question",
    [
        "Which measures got worse between Quarter 1 and Quarter 2 of 2025/26?",
        "Which measures got worse from Q1 to Q2 2025/26?",
    ],
)
def test_a_quarter_joined_to_one_with_a_year_is_of_that_year(sample_library: Library, question: str) -> None:
    assert query(sample_library, question).periods == ("2025/26-Q1", "2025/26-Q2")


def test_how_things_stood_at_the_end_of_a_month_is_no_due_date(sample_library: Library) -> None:
    stood = query(sample_library, "List the actions rated amber at the end of September 2025.")
    assert stood.rags == ("A",) and not stood.due_before and not stood.due_after
    due = query(sample_library, "List the actions due at the end of September 2025.")
    assert due.due_before and due.due_after


def test_managing_to_do_something_names_no_manager(sample_library: Library) -> None:
    assert "@manager" not in query(sample_library, "Which visits targets did it not manage in Q2?").topic
    assert "@manager" in query(sample_library, "What does the manager say about visits?").topic
