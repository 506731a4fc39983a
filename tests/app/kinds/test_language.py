"""Classes of language over the shipped sample plans: each question stands for many; expectations are read from the plans themselves."""

from __future__ import annotations

import pytest

from app.engine import ask
from app.evidence.persons import asked_by_name
from app.question.councils import core_name, unknown_authorities
from app.question.lists import heads
from app.types import Answer, Question
from index.library import Library


def asked(library: Library, *questions: str) -> Answer:
    return ask(Question(questions[-1], questions[:-1]), library)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What are our strengths?", ["partnership on child exploitation", "academy"]),
        (
            "Which areas must we develop, according to the self-evaluation?",
            ["health checks for children in care", "when families complain"],
        ),
        ("Why didn't the Brinmoor hub open on time?", ["asbestos"]),  # the reason stands in the sentence after the subject
        ("Why are the child in need visits slipping?", ["two agency workers left"]),  # a cell of a row whose lines interleave
        ("what do parents say about letters?", ["difficult to understand"]),
        ("What became of the older plan's action on exit interviews?", ["31 interviews"]),
        ("According to the self-evaluation, who is responsible for the daily dashboard?", ["Performance and Data Manager"]),
        ("What is the graded care profile?", ["graded care profile"]),
    ],
)
def test_the_documents_own_words(sample_library: Library, question: str, said: list[str]) -> None:
    answer = asked(sample_library, question)
    assert answer.outcome == "answered"
    assert all(words in answer.text for words in said)


def test_a_list_ends_where_the_next_begins(sample_library: Library) -> None:
    assert "health checks for children in care" not in asked(sample_library, "What are our strengths?").text


@pytest.mark.parametrize(
    ("question", "outcomes"),
    [
        ("Which foster carers gave up? I'd like their names.", {"out_of_scope"}),
        ("What is the name of the independent chair of the Improvement Board?", {"not_in_documents"}),
        ("Should we get rid of the director?", {"out_of_scope"}),
        ("How many foster carers live in Westhaven?", {"not_in_documents"}),  # a place of which nothing is held
        ("What does one week in a residential place cost us in pounds?", {"not_in_documents", "measure_not_found"}),
        ("What is the permanent exclusion rate for children in care?", {"not_in_documents", "measure_not_found"}),
        ("when is the second meeting of the parents' advisory group", {"not_in_documents"}),
        ("how many homeless 16 and 17 year olds got their joint assessment inside ten days?", {"measure_not_found", "period_not_reported"}),
    ],
)
def test_what_the_documents_do_not_say_is_refused(sample_library: Library, question: str, outcomes: set[str]) -> None:
    assert asked(sample_library, question).outcome in outcomes


def test_actions_by_their_printed_standing(sample_library: Library) -> None:
    answer = asked(sample_library, "Which actions in priority 3 are still on track?")
    assert answer.table and [getattr(line.record, "ref", None) for line in answer.table.rows] == ["13", "15", "16"]


def test_an_action_that_says_it_comes_before_a_heading_that_mentions_it(sample_library: Library) -> None:
    answer = asked(sample_library, "what did we say back in 2023 we'd do for disabled children?")
    assert answer.table and [getattr(line.record, "ref", None) for line in answer.table.rows] == ["16"]


def test_a_follow_up_for_the_outcome_looks_in_later_documents(sample_library: Library) -> None:
    first = "When should every team manager have a daily dashboard, according to the self-evaluation?"
    assert "14 July" in asked(sample_library, first, "did that happen?").text


def test_which_list_is_asked_for() -> None:
    assert heads("What needs to improve?") == heads("Areas for improvement") == heads("What does the area need to do better?") == "improve"
    assert heads("Areas of strength") == heads("What is the partnership doing that is effective?") == "strengths"
    assert heads("Which KPIs improved in Q2?") is None


def test_offices_are_no_names() -> None:
    assert asked_by_name("Who is the director of children's services?")
    assert not asked_by_name("Who leads on the family hub?")


def test_names_of_councils_keep_their_inner_words() -> None:
    assert core_name("Bath and North East Somerset Council") == "bath and north east somerset"
    assert core_name("London Borough of Kensington and Chelsea") == "kensington and chelsea"
    assert unknown_authorities("How is the Isles of Scilly doing?", ["Isles of Scilly Council"], []) == ("Isles of Scilly",)
    assert unknown_authorities("Who runs the Isles of Scilly ICB?", ["Isles of Scilly Council"], []) == ()
