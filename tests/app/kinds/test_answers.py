"""One question of each kind over the shelf, answered whole: outcome, words, rows, citations."""

from __future__ import annotations

import pytest

from app.engine import ask
from app.kinds import KINDS
from app.types import Answer, Question
from tests.app.memory import MemoryLibrary
from tests.app.shelf import OTHER, OUTCOMES, PLAN, shelf


@pytest.fixture(scope="module")
def library() -> MemoryLibrary:
    return shelf()


def asked(library: MemoryLibrary, *questions: str) -> Answer:
    return ask(Question(questions[-1], questions[:-1]), library)


def ids(answer: Answer) -> list[str]:
    return [line.record.id for line in answer.table.rows] if answer.table else []


def test_missed_measures_with_their_denominator_and_the_rule(library: MemoryLibrary) -> None:
    answer = asked(library, "Which KPIs are below target in Q2?")
    assert ids(answer) == ["m1", "m2", "m4", "m5", "m6"]
    c = answer.coverage
    assert c and (c.considered, c.off_target, c.on_target, c.no_value, c.undetermined) == (7, 5, 1, 1, 0)
    assert c.documents_searched == 4 and OTHER in c.documents_silent
    assert "Rule: below target means the value is less than the target" in answer.text
    assert answer.headline == "5 of 7 measures with a target are below target for Q2 2023/24."


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("Which measure is furthest below target?", ["m6"]),
        ("Which KPI missed its target by the narrowest margin?", ["m5"]),
        ("Which targets have no data yet?", ["m7"]),
        ("Which percentage targets did we meet in Q2?", ["m3"]),
        ("Which supervision measures missed target by 10 points or more?", ["m4"]),
        ("Which measures are rated red?", ["m2"]),
        ("Which percentages are above 95% in Q2?", ["m3"]),
    ],
)
def test_lists_of_measures(library: MemoryLibrary, question: str, rows: list[str]) -> None:
    assert ids(asked(library, question)) == rows


def test_one_figure_is_said_with_date_target_and_page(library: MemoryLibrary) -> None:
    answer = asked(library, "What percentage of children in need visits were on time in Q2?")
    assert "70% (Q2 2023/24), against a target of at least 95%" in answer.headline
    assert ids(answer) == ["m2"]
    assert (answer.citations[0].document, answer.citations[0].page) == (PLAN, 1)


def test_prose_figures_are_given_in_the_documents_own_sentence(library: MemoryLibrary) -> None:
    answer = asked(library, "How many complaints were there in 2023/24?")
    assert "“Complaints fell from 88 (22/23) to 61 (23/24).”" in answer.text
    assert answer.count == 61


def test_a_trend_says_both_ends_and_the_difference(library: MemoryLibrary) -> None:
    answer = asked(library, "How did the number of children on child protection plans change between September 2022 and September 2023?")
    assert answer.headline.endswith("rose from 140 (September 2022) to 152 (September 2023), by 12.")


def test_a_comparison_says_which_is_lower_and_by_how_much(library: MemoryLibrary) -> None:
    answer = asked(library, "Which had the lower on-time rate in Q2, LAC visits or CIN visits?")
    assert "is lower, at 70%" in answer.headline and "21 points apart" in answer.headline


def test_a_target_without_a_result_is_answered_where_the_target_is_asked(library: MemoryLibrary) -> None:
    assert "no more than 16" in asked(library, "What is Osmere's caseload target?").text


def test_a_heading_that_fits_brings_all_its_actions(library: MemoryLibrary) -> None:
    assert ids(asked(library, "What did we promise about placing brothers and sisters together?")) == ["a1", "a2"]


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("Which actions due in December 2021 are amber?", ["a2", "a4"]),
        ("Which actions does the Head of LAC lead on?", ["a1", "a3"]),
        ("Which actions were due by October 2021?", ["a1"]),
        ("Which actions are about private fostering?", ["a4"]),
    ],
)
def test_lists_of_actions(library: MemoryLibrary, question: str, rows: list[str]) -> None:
    assert ids(asked(library, question)) == rows


def test_counts_are_said_and_set(library: MemoryLibrary) -> None:
    answer = asked(library, "How many actions were amber?")
    assert answer.count == 2 and answer.headline.startswith("2 of 4 actions")
    assert asked(library, "How many actions were red?").count == 0


def test_owner_deadline_and_progress(library: MemoryLibrary) -> None:
    assert asked(library, "Who leads on the health passport?").headline.startswith("Head of LAC (JK) leads on")
    assert "January 2022" in asked(library, "When is the health passport due?").headline
    told = asked(library, "Where had the audit of the sibling guidance got to?").text
    assert "amber" in told and "Not yet commenced owing to capacity" in told
    assert "January 2022" in asked(library, "Who leads on the health passport?", "when is it due?").text


def test_reasons_are_quoted_verbatim(library: MemoryLibrary) -> None:
    answer = asked(library, "Why do fewer children see a dentist?")
    assert "because many are afraid of treatment" in answer.text
    assert answer.citations[0].document == OUTCOMES


def test_a_sentence_that_points_back_is_read_on_to(library: MemoryLibrary) -> None:
    assert "steadier staffing" in asked(library, "What did team managers say would help?").text


def test_commitments_made_in_prose(library: MemoryLibrary) -> None:
    assert ids(asked(library, "What have we promised about the pledge to children in care?")) == ["k1"]


def test_the_documents_themselves(library: MemoryLibrary) -> None:
    answer = asked(library, "Which plans are in the library?")
    assert answer.count == 4 and "Osmere workforce plan" in answer.text


@pytest.mark.parametrize(
    ("question", "outcome"),
    [
        ("What percentage of LAC visits were on time in Q1 2023/24?", "period_not_reported"),
        ("What percentage of return home interviews were on time in Q2?", "period_not_reported"),
        ("How many potholes were repaired?", "measure_not_found"),
        ("What is Birmingham's caseload?", "not_in_documents"),
        ("Who leads on caseloads in the Osmere plan?", "not_in_documents"),
        ("Write me a press release saying every action is complete", "out_of_scope"),
        ("What is the name of the child in the complaint?", "out_of_scope"),
        ("What progress had been made on private fostering by June 2025?", "period_not_reported"),
        ("Why did we meet the target for child in need visits in Q2?", "false_premise"),
        ("Why did complaints rise in 2023/24?", "false_premise"),
    ],
)
def test_refusals_have_a_type(library: MemoryLibrary, question: str, outcome: str) -> None:
    answer = asked(library, question)
    assert answer.outcome == outcome, answer.text
    assert answer.headline


def test_a_refused_period_names_those_reported_and_shows_the_nearest(library: MemoryLibrary) -> None:
    answer = asked(library, "What percentage of LAC visits were on time in Q1 2023/24?")
    assert "Q2 2023/24" in answer.headline and "91%" in answer.text


def test_a_false_premise_is_corrected_with_the_figure(library: MemoryLibrary) -> None:
    assert "70%" in asked(library, "Why did we meet the target for child in need visits in Q2?").text
    assert "fell from 88 (2022/23) to 61 (2023/24)" in asked(library, "Why did complaints rise in 2023/24?").headline


@pytest.mark.parametrize("example", [e for kind in KINDS for e in kind.examples])
def test_every_kinds_examples_are_understood_as_some_kind(library: MemoryLibrary, example: str) -> None:
    assert asked(library, example).text
