"""Inspection reports: grades, outcomes in their place, lists and facts, asked in plain words over invented reports."""

from __future__ import annotations

import pytest

from app.engine import ask
from app.types import REFUSALS, Answer, Question
from ingest.types import Chunk, Place
from tests.app.memory import MemoryLibrary, entry

SOCIAL, SEND, OTHER = "harwick_2024-01-31.pdf", "harwick_area-send_2023-05-05.pdf", "osmere_2023-03-17.pdf"
_NEEDS = "What needs to improve?"


def _report(name: str, title: str, rows: list[tuple[str, str]], prose: list[tuple[str, str]]) -> list[Chunk]:
    kinds = [("row", title, f"{what} {grade}") for what, grade in rows] + [("prose", section, text) for section, text in prose]
    return [
        Chunk(f"{name}/{i}", Place(name, 1, (0, 0, 9, 9), section), "row" if kind == "row" else "prose", text, f"{section} {text}")
        for i, (kind, section, text) in enumerate(kinds)
    ]


@pytest.fixture(scope="module")
def reports() -> MemoryLibrary:
    social, send = "Inspection of Harwick children’s services", "Area SEND inspection of Harwick"
    other = "Inspection of Osmere children’s services"
    chunks = _report(
        SOCIAL,
        social,
        [
            ("The impact of leaders on social work practice", "Good"),
            ("The experiences and progress of children in care", "Requires improvement to be good"),
            ("The experiences and progress of care leavers", "Outstanding"),
            ("Overall effectiveness", "Good"),
        ],
        [
            (social, "Inspection dates: 4 to 15 December 2023\nLead inspector: Nadia Farrow, His Majesty’s Inspector"),
            (_NEEDS, "The timeliness of visits to children in care.\nThe quality of pathway plans.\nOversight of private fostering."),
        ],
    )
    chunks += _report(
        SEND,
        send,
        [],
        [
            (send, "Inspection dates: 6 to 10 February 2023 Dates of previous inspection: 3 to 7 July 2017"),
            (
                "Inspection outcome",
                "The local area partnership’s arrangements lead to inconsistent experiences and outcomes for children with SEND. "
                "The next full area SEND inspection will be within approximately 3 years.",
            ),
        ],
    )
    chunks += _report(
        OTHER,
        other,
        [("The experiences and progress of care leavers", "Good"), ("Overall effectiveness", "Inadequate")],
        [
            (other, "Services of the predecessor authority, Great Osmere, were judged good in November 2019."),
            (other, "If you would like a copy of this report for children in care, telephone 0300 123 1231, or email osmere@care.example."),
        ],
    )
    entries = [
        entry(name, title, authority, "inspection report", period)
        for name, title, authority, period in (
            (SOCIAL, social, "Harwick", "2023-12-15"),
            (SEND, send, "Harwick", "2023-02-10"),
            (OTHER, other, "Osmere", "2023-01-20"),
        )
    ]
    return MemoryLibrary(entries, passages=chunks)


def asked(library: MemoryLibrary, text: str) -> Answer:
    return ask(Question(text), library)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What did Ofsted give Harwick overall?", "Overall effectiveness Good"),
        ("how did harwick get on with children in care, what was the grade", "children in care Requires improvement to be good"),
        ("Harwick's grade for care leavers?", "care leavers Outstanding"),
        ("Was Harwick rated inadequate for leadership?", "leaders on social work practice Good"),
        ("What was the outcome of Harwick's SEND inspection?", "inconsistent experiences"),
        ("when are they coming back to Harwick for SEND? the next proper inspection", "approximately 3 years"),
        ("When was Harwick's SEND provision previously inspected?", "3 to 7 July 2017"),
        ("Who was the lead inspector in Harwick?", "Nadia Farrow"),
        ("What were Harwick's weaknesses?", "Oversight of private fostering."),
        ("what did Ofsted tell Harwick to work on?", "The quality of pathway plans."),
    ],
)
def test_what_a_report_judged(reports: MemoryLibrary, question: str, said: str) -> None:
    answer = asked(reports, question)
    assert answer.outcome == "answered"
    assert said in answer.text


def test_a_grade_that_is_looked_for_leaves_the_other_councils_out(reports: MemoryLibrary) -> None:
    answer = asked(reports, "Which councils were judged inadequate overall?")
    assert {c.document for c in answer.citations} == {OTHER}


@pytest.mark.parametrize(
    "question",
    [
        "What overall effectiveness grade did Harwick receive in its 2027 inspection?",
        "What grade was Harwick given for leadership in 2015?",
        "Harwick: grade for the experiences of children in care in the area SEND inspection?",
        "What overall grade did Birmingham get?",
    ],
)
def test_grades_that_no_report_gives_are_refused(reports: MemoryLibrary, question: str) -> None:
    assert asked(reports, question).outcome in REFUSALS


@pytest.mark.parametrize(
    "question",
    ["How many areas for improvement does the Harwick report list?", "Number of bullets under 'What needs to improve?' for Harwick"],
)
def test_the_items_of_a_list_are_counted(reports: MemoryLibrary, question: str) -> None:
    answer = asked(reports, question)
    assert answer.count == 3
    assert "3 items" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "How had the council that came before Osmere been judged, and when?",
        "What was Osmere's previous grade?",
        "how was Osmere rated last time Ofsted looked?",
        "What judgement did Osmere's predecessor get?",
    ],
)
def test_an_earlier_judgement_is_not_the_present_one(reports: MemoryLibrary, question: str) -> None:
    answer = asked(reports, question)
    assert "judged good in November 2019" in answer.text
    assert "Overall effectiveness Inadequate" not in answer.text


def test_a_telephone_number_counts_no_children(reports: MemoryLibrary) -> None:
    assert asked(reports, "How many children did Osmere have in its care?").outcome in REFUSALS


@pytest.mark.parametrize(
    "question", ["Interval to Harwick's next full area SEND inspection?", "What interval before Harwick's next full SEND inspection?"]
)
def test_an_interval_is_asked_for_not_a_subject(reports: MemoryLibrary, question: str) -> None:
    assert "approximately 3 years" in asked(reports, question).text
