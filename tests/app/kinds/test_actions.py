"""Actions by part, lead, rating and due date, in whatever words and order, over the sample plans."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from app.engine import ask
from app.types import Answer, Question
from index.library import Library
from ingest.types import Action
from tests.app.shelf import ACTIONS, shelf


def asked(library: Library, text: str) -> Answer:
    return ask(Question(text), library)


def refs(answer: Answer) -> set[str | None]:
    return {line.record.ref for line in answer.table.rows if isinstance(line.record, Action)} if answer.table else set()


@pytest.mark.parametrize(
    "question",
    [
        "How many actions of the 2025-26 plan name the Head of Corporate Parenting as lead or joint lead?",
        "2025-26 plan, actions led by the Head of Corporate Parenting: number",
        "Head of Corporate Parenting's actions in the 2025-26 plan: how many?",
    ],
)
def test_actions_of_a_lead_are_counted_however_they_are_asked_for(sample_library: Library, question: str) -> None:
    plain = asked(sample_library, "How many actions does the Head of Corporate Parenting lead in the 2025-26 plan?")
    answer = asked(sample_library, question)
    assert answer.count == plain.count
    assert answer.count
    assert refs(answer) == refs(plain)


def test_actions_without_a_verb_of_asking_are_a_list(sample_library: Library) -> None:
    answer = asked(sample_library, "Red-rated actions of the Head of SEND and Inclusion in the improvement plan.")
    listed = [line.record for line in answer.table.rows if isinstance(line.record, Action)] if answer.table else []
    assert listed
    assert {a.rag for a in listed} == {"R"}
    assert all("SEND and Inclusion" in (a.lead or "") for a in listed)


@pytest.mark.parametrize(("words", "earliest"), [("in March 2026 or after", "2026-03"), ("after March 2026", "2026-07")])
def test_a_due_date_with_or_after_takes_its_month_in(sample_library: Library, words: str, earliest: str) -> None:
    answer = asked(sample_library, f"Which actions in the improvement plan fall due {words}?")
    dues = [(line.record.due_iso or "")[:7] for line in answer.table.rows if isinstance(line.record, Action)] if answer.table else []
    assert dues
    assert min(dues) == earliest


def test_what_slipped_are_the_actions_rated_amber_or_red(sample_library: Library) -> None:
    answer = asked(sample_library, "did anything slip in the improvement plan?")
    listed = [line.record for line in answer.table.rows if isinstance(line.record, Action)] if answer.table else []
    assert listed
    assert {a.rag for a in listed} <= {"A", "R"}


def test_actions_of_a_numbered_part(sample_library: Library) -> None:
    answer = asked(sample_library, "How many numbered actions does aim 6 of the improvement plan contain?")
    assert answer.count == len(refs(answer)) == 5
    assert {(r or "")[:2] for r in refs(answer)} == {"6."}


def test_a_follow_up_on_an_action_keeps_its_number(sample_library: Library) -> None:
    answer = ask(Question("and what was its end date?", ("Who leads action 5.1 in the improvement plan?",)), sample_library)
    assert "July 2026" in answer.text
    assert refs(answer) == {"5.1"}


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("By when will the terms of the next front door review be agreed, and by whom?", "Assistant Director, Safeguarding and Care"),
        ("When will the Improvement Board be told whether the market supplement has worked?", "January 2026"),
    ],
)
def test_a_sentence_that_speaks_of_it_comes_before_an_action_that_hardly_does(sample_library: Library, question: str, said: str) -> None:
    assert said in asked(sample_library, question).text


@pytest.mark.parametrize(
    ("question", "lines"),
    [
        (
            "How many actions are there under each aim of the improvement plan?",
            ["- Aim 1: Families get the right help at the right time: 5 actions."],
        ),
        ("Count the actions in the improvement plan by rating", ["- amber: ", "- green: "]),
        ("How many actions does each lead have in the improvement plan?", ["- Head of Early Help: 2 actions."]),
        ("How many actions are there per plan?", ["Children and Families Improvement Plan 2025-26: 37 actions."]),
    ],
)
def test_a_count_part_by_part_adds_up(sample_library: Library, question: str, lines: list[str]) -> None:
    answer = asked(sample_library, question)
    assert all(line in answer.text for line in lines)
    numbers = [int(m[1]) for m in re.finditer(r"^- .+: (\d+) actions?\.$", answer.text, re.M)]
    assert sum(numbers) == answer.count


@pytest.mark.parametrize(
    ("question", "rag"),
    [
        ("How many lines of the improvement plan carry a red rating?", "R"),
        ("How many rows of the 2025-26 plan have gone green?", "G"),
        ("How many entries in the improvement plan are flagged amber?", "A"),
        ("How many items in the 2025-26 plan turned red?", "R"),
    ],
)
def test_lines_of_a_colour_are_actions_counted(sample_library: Library, question: str, rag: str) -> None:
    answer = asked(sample_library, question)
    listed = [line.record for line in answer.table.rows if isinstance(line.record, Action)] if answer.table else []
    assert answer.count and answer.count == len(listed)
    assert {a.rag for a in listed} == {rag}


def test_an_office_whose_work_the_actions_are_about_is_not_their_lead(sample_library: Library) -> None:
    answer = asked(sample_library, "How many of the actions about how team managers supervise social workers are red?")
    assert "2.4" in refs(answer)
    assert "led by" not in answer.headline


def test_a_lead_spelt_two_ways_is_one_lead() -> None:
    spelt = [
        replace(ACTIONS[n], lead=lead)
        for n, lead in ((0, "Casework Systems Manager"), (1, "Caseworks Systems Manager"), (2, "Head of LAC"))
    ]
    answer = ask(Question("Actions of the Casework / Caseworks Systems Manager"), replace(shelf(), acted=spelt))
    assert refs(answer) == {"4", "5"}


@pytest.mark.parametrize(
    "question",
    [
        "Which actions were taken on against the finding on guidance to decide whether siblings are placed apart?",
        "What was done about the concern whether siblings are placed together or apart?",
    ],
)
def test_a_finding_brings_every_action_under_its_heading(question: str) -> None:
    assert refs(ask(Question(question), shelf())) == {"4", "5"}


@pytest.mark.parametrize(
    "question",
    [
        "How many actions in the improvement plan are ongoing, with no end date?",
        "Which actions in the improvement plan have no due date?",
        "Which actions of the 2025-26 plan are without a deadline?",
        "list the undated actions in the improvement plan",
        "Which tasks in the improvement plan were left without a date?",
    ],
)
def test_actions_without_a_due_date_are_those_that_name_no_time(sample_library: Library, question: str) -> None:
    answer = asked(sample_library, question)
    listed = [line.record for line in answer.table.rows if isinstance(line.record, Action)] if answer.table else []
    assert len(listed) == 5
    assert not any(a.due_iso for a in listed)


def test_a_field_that_every_action_fills_is_missing_in_none(sample_library: Library) -> None:
    assert "No action is without a lead" in asked(sample_library, "Which actions in the improvement plan have no named lead?").headline


def test_actions_without_a_rating_have_none(sample_library: Library) -> None:
    answer = asked(sample_library, "How many actions in the improvement plan don't have a rating?")
    listed = [line.record for line in answer.table.rows if isinstance(line.record, Action)] if answer.table else []
    assert answer.count == len(listed) > 0
    assert {a.rag for a in listed} == {None}


@pytest.mark.parametrize(
    ("question", "year"),
    [
        ("Which actions in the 2025-26 improvement plan are due in 2026?", "2026"),
        ("Which 2025-26 plan actions fall due in 2025?", "2025"),
        ("How many actions of the 2025-26 plan have a deadline in 2026?", "2026"),
    ],
)
def test_a_year_that_a_plan_bears_too_is_a_due_date(sample_library: Library, question: str, year: str) -> None:
    answer = asked(sample_library, question)
    listed = [line.record for line in answer.table.rows if isinstance(line.record, Action)] if answer.table else []
    assert listed
    assert {(a.due_iso or "")[:4] for a in listed} == {year}
