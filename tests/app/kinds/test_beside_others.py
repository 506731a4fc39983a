"""Lists of a scorecard as people ask for them: against the figures of others, by a bit of it loosely named, by what slid since a date."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.engine import ask
from app.intake import take_in_all
from app.types import Answer, Question
from index.embed import HashEncoder
from index.library import Library
from ingest.types import Measure

PLAN = """# Adult Services Scorecard

Marram Council

Performance report, Quarter 2 2025/26

## Outcome 1: A safe and dry home

| Measure | Q1 2025/26 | Q2 2025/26 | Target | Region | England |
| --- | --- | --- | --- | --- | --- |
| Homes with a gas certificate | 98% | 99.9% | 100% | 99% | 98% |
| Homes meeting the decent homes standard | 85% | 83% | 82% | 88% | 90% |
| Overdue fire safety jobs (L) | 312 | 344 | 60 | 310 | 95 |
| Damp reports inspected on time | 92% | 94% | 90% | 91% | 96% |
| Days to re-let an empty home (L) | 55 | 51 | 45 | 40 | 52 |

## Outcome 2: Living well for longer

| Measure | Q1 2025/26 | Q2 2025/26 | Target | Region | England |
| --- | --- | --- | --- | --- | --- |
| Reviews done in the last 12 months | 61% | 58% | 65% | 60% | 57% |
| Care assessments waiting over 28 days (L) | 297 | 251 | 220 | 240 | 300 |
| Carers supported | 71% | 72% | 70% | 66% | 68% |

## Position by patch at 31 August 2025

| Patch | Visits made | Visits on time | Caseload |
| --- | --- | --- | --- |
| Upper Fell | 40 | 88% | 21 |
| Lower Fell | 52 | 93% | 16 |
"""


@pytest.fixture(scope="module")
def marram(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library of the scorecard above."""
    folder = tmp_path_factory.mktemp("marram")
    plan = folder / "marram-adult-services-scorecard-q2-2025-26.md"
    plan.write_text(PLAN, encoding="utf-8")
    with Library.open(folder / "library", create=True, encoder=HashEncoder()) as library:
        assert [report.status for report in take_in_all([plan], library, lambda *_: None)] == ["read"]
        yield library


def asked(library: Library, question: str) -> Answer:
    return ask(Question(question), library)


def named(answer: Answer) -> set[str]:
    return {line.record.measure for line in answer.table.rows if isinstance(line.record, Measure)} if answer.table else set()


GAS, DECENT, FIRE = "Homes with a gas certificate", "Homes meeting the decent homes standard", "Overdue fire safety jobs"
DAMP, RELET, REVIEWS = "Damp reports inspected on time", "Days to re-let an empty home", "Reviews done in the last 12 months"
WAITING, CARERS = "Care assessments waiting over 28 days", "Carers supported"


@pytest.mark.parametrize(
    ("question", "measures"),
    [
        ("Which Marram measures are worse than England?", {DECENT, FIRE, DAMP}),
        ("Where does Marram lag behind the national average?", {DECENT, FIRE, DAMP}),
        ("On which indicators is Marram not as good as the region?", {DECENT, FIRE, RELET, REVIEWS, WAITING}),
        ("Which of Marram's indicators beat the England figure in Q2 2025/26?", {GAS, RELET, REVIEWS, WAITING, CARERS}),
        ("What is Marram doing better at than the rest of England?", {GAS, RELET, REVIEWS, WAITING, CARERS}),
        ("Which measures compare unfavourably with England by more than 5 points?", {DECENT}),
    ],
)
def test_measures_are_set_against_the_figures_printed_beside_them(marram: Library, question: str, measures: set[str]) -> None:
    answer = asked(marram, question)
    assert answer.outcome == "answered"
    assert named(answer) == measures
    assert not any("withheld" in note for note in answer.notes)


def test_a_list_against_others_says_of_how_many_and_how_far_apart(marram: Library) -> None:
    answer = asked(marram, "How many of the indicators are worse than England?")
    assert answer.count == 3
    assert answer.text.startswith("3 of 8 measures printed beside a figure for England are worse than that.")
    assert "England: 90%, 7 points apart" in answer.text


def test_one_measure_against_others_is_no_list(marram: Library) -> None:
    answer = asked(marram, "Is the share of reviews done in the last 12 months better than England?")
    assert "58%" in answer.text and "57%" in answer.text
    assert WAITING not in answer.text


def test_others_of_whom_nothing_is_printed_are_refused(marram: Library) -> None:
    assert asked(marram, "Which measures are worse than our statistical neighbours?").outcome == "measure_not_found"


@pytest.mark.parametrize(
    ("question", "measures"),
    [
        ("In the safe and dry bit of the Marram scorecard, what has slipped back since quarter 1?", {DECENT, FIRE}),
        ("Is there anything in the Marram scorecard that has gone backwards?", {DECENT, FIRE, REVIEWS}),
        ("Taking only the measures about homes (gas, fire, damp, re-lets), which were behind their target in Q2?", {GAS, FIRE, RELET}),
        ("Which of the adult services measures missed their target in Q2 2025/26?", {GAS, FIRE, RELET, REVIEWS, WAITING}),
        ("Of the percentage measures assessed as behind, which missed its target by the smallest margin?", {GAS}),
    ],
)
def test_a_bit_of_a_scorecard_is_found_as_it_is_loosely_said(marram: Library, question: str, measures: set[str]) -> None:
    assert named(asked(marram, question)) == measures


def test_the_heading_of_a_table_says_when_its_figures_are_for(marram: Library) -> None:
    answer = asked(marram, "Which patches have fewer than 90% of visits on time?")
    (row,) = [line.record for line in answer.table.rows] if answer.table else [None]
    assert isinstance(row, Measure) and (row.breakdown, row.value, row.period) == ("Upper Fell", 88.0, "2025-08-31")


@pytest.mark.parametrize("question", ["Which measures missed their target in August 2025?", "What was on target in August 2025?"])
def test_that_nothing_is_reported_for_a_time_is_no_list_of_none(marram: Library, question: str) -> None:
    answer = asked(marram, question)
    assert answer.outcome == "period_not_reported"
    assert "the documents report Q2 2025/26" in answer.text


@pytest.mark.parametrize(
    ("question", "measures"),
    [
        ("List the plain numbers, not percentages, that were below 300 in Q2 2025/26.", {WAITING, "Visits made", "Caseload"}),
        ("Which head counts were over 300 in Q2 2025/26? Not the percentages.", {FIRE}),
    ],
)
def test_plain_numbers_are_told_from_percentages(marram: Library, question: str, measures: set[str]) -> None:
    assert named(asked(marram, question)) == measures


STRATEGY = """# Homes for All Strategy

Marram Council

Year 2 review, July 2025. Year 2 covers 1 April 2024 to 31 March 2025.

## Priority 1: Prevent people losing their home

| Measure | 2023/24 | 2024/25 | Target | Milestone March 2027 |
| --- | --- | --- | --- | --- |
| Cases ending with a home secured | 53% | 61% | 60% | 75% |
| Evictions (L) | 74 | 61 | 55 | 40 |
| Calls answered | 70% | 74% | 70% | 80% |

## Priority 2: End rough sleeping

| Measure | 2023/24 | 2024/25 | Target | Milestone March 2027 |
| --- | --- | --- | --- | --- |
| People on the streets for three months (L) | 38 | 29 | 30 | 15 |
| People sleeping rough on one night (L) | 22 | 27 | 15 | 10 |
| Tenancies sustained for 12 months | 88% | 86% | 80% | 90% |
"""


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library of the strategy above."""
    folder = tmp_path_factory.mktemp("homes")
    plan = folder / "marram-homes-for-all-year-2-review.md"
    plan.write_text(STRATEGY, encoding="utf-8")
    with Library.open(folder / "library", create=True, encoder=HashEncoder()) as library:
        assert [report.status for report in take_in_all([plan], library, lambda *_: None)] == ["read"]
        yield library


STREETS, NIGHT, TENANCIES = (
    "People on the streets for three months",
    "People sleeping rough on one night",
    "Tenancies sustained for 12 months",
)
SECURED, EVICTIONS, CALLS = "Cases ending with a home secured", "Evictions", "Calls answered"


@pytest.mark.parametrize(
    ("question", "measures"),
    [
        ("Of the aims Marram set itself on rough sleeping, which did it hit in Year 2?", {STREETS, TENANCIES}),
        ("Which measures were missed in Year 1?", {SECURED, EVICTIONS, STREETS, NIGHT}),
        ("Which targets fall due in March 2027?", {SECURED, EVICTIONS, CALLS, STREETS, NIGHT, TENANCIES}),
        ("Which rough sleeping targets are due in March 2027?", {STREETS, NIGHT, TENANCIES}),
    ],
)
def test_a_year_of_the_plan_and_targets_that_fall_due(homes: Library, question: str, measures: set[str]) -> None:
    answer = asked(homes, question)
    assert named(answer) == measures
    if "due" in question:
        assert (
            {line.record.target_period for line in answer.table.rows if isinstance(line.record, Measure)} == {"2027-03"}
            if answer.table
            else False
        )
