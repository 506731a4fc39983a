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


GAS, DECENT, FIRE = "Homes with a gas certificate", "Homes meeting the decent homes standard", "Overdue fire safety jobs (L)"
DAMP, RELET, REVIEWS = "Damp reports inspected on time", "Days to re-let an empty home (L)", "Reviews done in the last 12 months"
WAITING, CARERS = "Care assessments waiting over 28 days (L)", "Carers supported"


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
