"""Questions over the shelf: subject in the documents' own words, places, times, follow-ups."""

from __future__ import annotations

import re

import pytest

from app.evidence.desk import Desk, desk
from app.question.cues import rules
from app.question.followup import leans_back
from app.question.understand import understand
from app.types import Query, Question
from tests.app.shelf import OLD, OTHER, PLAN, shelf


@pytest.fixture(scope="module")
def laid() -> Desk:
    return desk(shelf())


def read(laid: Desk, *questions: str) -> Query:
    return understand(Question(questions[-1], questions[:-1]), laid)


@pytest.mark.parametrize("said", ["kids in care", "LAC", "children looked after", "looked-after children", "youngsters in care", "CLA"])
def test_many_words_for_one_subject(laid: Desk, said: str) -> None:
    assert "@looked_after" in read(laid, f"What share of visits to {said} were on time?").topic


@pytest.mark.parametrize(
    ("said", "term"),
    [
        ("the MESH", "@mash"),
        ("temps", "@agency_worker"),
        ("workload", "@caseload"),
        ("brothers and sisters", "@sibling"),
        ("stratgy discusions", "@strategy_discussion"),
        ("out of hours team", "@edt"),
    ],
)
def test_lay_words_acronyms_and_slips(laid: Desk, said: str, term: str) -> None:
    assert term in read(laid, f"What does it say about {said}?").topic


def test_real_words_are_not_mended_into_words_of_the_plans(laid: Desk) -> None:
    assert "proper" in read(laid, "What does it say about properly recorded things?").topic


def test_documents_and_authorities(laid: Desk) -> None:
    assert read(laid, "What is Osmere's caseload target?").authorities == ("Osmere Council",)
    assert read(laid, "Which actions are in the 2021 plan?").documents == (OLD,)
    assert read(laid, "What did the workforce plan say on caseloads?").documents == (OTHER,)
    assert read(laid, "What is Birmingham doing about caseloads?").unknown == ("Birmingham",)
    assert read(laid, "Which KPIs missed target in the 2009 plan?").unknown == ("the year 2009",)


def test_a_month_in_a_title_names_no_document(laid: Desk) -> None:
    assert read(laid, "Which KPIs are below target in quarter 2?").documents == ()


def test_q2_is_the_quarter_that_targets_are_reported_for(laid: Desk) -> None:
    query = read(laid, "Which KPIs are below target in Q2?")
    assert (query.intent, query.statuses, query.period_text) == ("measures", ("off_target",), "Q2 2023/24")


def test_the_parts_of_a_list_are_kept_apart(laid: Desk) -> None:
    query = read(laid, "Which of visits, supervision and strategy meetings missed their target?")
    assert query.facets == (("@visit",), ("@supervision",), ("@strategy_discussion",))


def test_follow_ups_inherit_what_they_leave_out(laid: Desk) -> None:
    first = "What percentage of looked after children visits were on time in Q2?"
    other = read(laid, first, "and for children in need?")
    assert other.topic == ("@child_in_need",)
    assert "@looked_after" not in other.context and "@visit" in other.context
    assert (other.intent, other.period_text) == ("figure", "Q2 2023/24")
    assert read(laid, first, "what was it a year earlier?").period_text == "Q2 2022/23"
    assert read(laid, first, "what about Q3?").period_text == "Q3 2023/24"
    assert read(laid, first, "Which plans are in the library?").inherited == ()


def test_leads_are_found_among_those_held(laid: Desk) -> None:
    assert read(laid, "Which actions led by the Head of LAC are amber?").lead == "Head of LAC"
    assert PLAN not in read(laid, "Which actions led by the Head of LAC are amber?").documents


def test_what_is_the_councils_own_in_the_question_itself_points_at_nothing_before(laid: Desk) -> None:
    before = ("Which actions were due in September 2025?",)
    assert not understand(Question("How much did the council pay its foster carers last year?", before), laid).documents
    assert leans_back("and how much is its target?", understand(Question("and how much is its target?"), laid))
    assert not leans_back(
        "How much did the council pay its foster carers?", understand(Question("How much did the council pay its foster carers?"), laid)
    )


def test_the_rules_of_intent_are_written_in_small_letters() -> None:
    """As the text is that they are held against: a capital in one would never fit."""
    assert not [r.pattern.pattern for r in rules() if re.search(r"(?<!\\)[A-Z]", r.pattern.pattern)]
