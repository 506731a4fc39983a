"""One measure under its several names is one series, and what keeps two figures apart is said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.series import differences, series
from ingest.types import Measure, Place
from tests.index.made import MEASURE


def reading(name: str, value: float, period: str, document: str = "plan.pdf", **fields: object) -> Measure:
    place = Place(document, 1)
    return replace(MEASURE, id=f"{document}{value}", place=place, measure=name, value=value, period=period, **fields)  # type: ignore[arg-type]


FIRST = reading("looked after children visits in timescale", 82, "2019-06-30", "sef.pdf")
SECOND = reading("LAC visits completed in timescale", 85, "2019/20-Q2")
LAST = reading("Visits to children in care on time", 90, "2024/25", "outcomes.pdf")


def test_names_of_people_and_papers_are_one_series_in_the_order_of_time() -> None:
    found = series(SECOND, [LAST, SECOND, FIRST, reading("child in need visits in timescale", 70, "2019/20-Q2", "sef.pdf")])

    assert [m.value for m in found.readings] == [82, 85, 90]
    assert found.names == (
        "looked after children visits in timescale",
        "LAC visits completed in timescale",
        "Visits to children in care on time",
    )
    assert "some are for a whole year and some for a shorter time" in found.differences
    assert any(words.startswith("they go by different names") for words in found.differences)


@pytest.mark.parametrize(
    "other",
    [
        replace(LAST, unit="count"),
        replace(LAST, breakdown="Team 1"),
        replace(LAST, kind="benchmark"),
        replace(LAST, value=None),
        replace(LAST, period=None),
        replace(LAST, measure="looked after children reviews in timescale"),
    ],
    ids=["unit", "part", "benchmark", "no value", "no time", "another measure"],
)
def test_what_is_of_something_else_is_not_in_the_series(other: Measure) -> None:
    assert other not in series(SECOND, [SECOND, other]).readings


@pytest.mark.parametrize(
    ("other", "words"),
    [
        (replace(SECOND, unit="count"), "one is a percentage and the other a number"),
        (replace(SECOND, measure="LAC visits completed in 10 days"), "they are measured against different limits"),
        (replace(SECOND, breakdown="Team 1"), "they are for different parts: all, Team 1"),
        (replace(SECOND, kind="benchmark"), "one is a benchmark, not the council's own figure"),
        (replace(SECOND, period="2019/20"), "some are for a whole year and some for a shorter time"),
    ],
)
def test_why_two_figures_are_not_of_one_definition(other: Measure, words: str) -> None:
    assert words in differences([SECOND, other])


def test_like_figures_differ_in_nothing() -> None:
    assert differences([SECOND, replace(SECOND, value=70.0, period="2020/21-Q1")]) == ()
