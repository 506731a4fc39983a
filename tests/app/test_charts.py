"""Charts: which are drawn, on what scale, and that every bar says in words what it shows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.charts import MOST, chart_of, rating_chart, series_chart, status_chart, target_chart
from app.types import Answer, Line, Query, Question, TableOfRecords
from ingest.types import Action, Measure, Place

VISITS = Measure(
    id="m1",
    place=Place("plan.pdf", 3),
    quote="Visits 85%",
    measure="visits on time",
    breakdown=None,
    kind="actual",
    value=85,
    value_high=None,
    value_text="85%",
    qualifier=None,
    unit="percent",
    period="2025/26-Q2",
    target=95,
    target_high=None,
    comparator=">=",
    target_period=None,
    target_quote=None,
    status="off_target",
    rag=None,
    direction=None,
    action_id=None,
)
AUDIT = Action("a1", Place("plan.pdf", 4), "Audit", None, "Audit", None, None, None, None, None, None, "R", None, None, None)


def at(value: float, **changes: object) -> Measure:
    return replace(VISITS, value=value, value_text=f"{value:g}%", **changes)  # type: ignore[arg-type]


def test_values_stand_against_their_targets_furthest_off_first() -> None:
    chart = target_chart([at(90), at(40), at(97, status="on_target")])
    assert chart
    assert [bar.words for bar in chart.bars] == [
        "40% against at least 95%, off target",
        "90% against at least 95%, off target",
        "97% against at least 95%, on target",
    ]
    assert [(bar.share, bar.mark, bar.tone) for bar in chart.bars] == [(0.4, 0.95, "off"), (0.9, 0.95, "off"), (0.97, 0.95, "on")]


def test_units_are_not_mixed_and_the_scale_takes_in_all() -> None:
    days = [replace(VISITS, unit="days", value=v, value_text=str(v), target=20, comparator="<=") for v in (25.0, 50.0, 30.0)]
    chart = target_chart([*days, VISITS, VISITS])
    assert chart and [bar.share for bar in chart.bars] == [1.0, 0.6, 0.5]
    over = target_chart([at(120), at(60), at(30)])
    assert over and max(bar.share for bar in over.bars) == 1.0


@pytest.mark.parametrize(
    ("target", "band"),
    [
        ({"comparator": ">=", "target": 80.0}, (0.8, 1.0)),
        ({"comparator": "<=", "target": 80.0}, (0.0, 0.8)),
        ({"comparator": "between", "target": 70.0, "target_high": 90.0}, (0.7, 0.9)),
        ({"comparator": "=", "target": 80.0}, None),
    ],
)
def test_the_part_that_meets_the_target_is_marked(target: dict[str, object], band: tuple[float, float] | None) -> None:
    chart = target_chart([replace(VISITS, value=float(n), status="off_target", **target) for n in range(3)])  # type: ignore[arg-type]
    assert chart is not None
    assert {bar.band for bar in chart.bars} == {band}


def test_few_bars_are_no_chart_and_many_are_cut_with_a_word() -> None:
    assert target_chart([VISITS, VISITS]) is None
    chart = target_chart([at(v) for v in range(30)])
    assert chart and len(chart.bars) == MOST
    assert chart.told.startswith(f"The {MOST} furthest from target of 30.")


def test_a_series_runs_by_time_and_only_for_one_measure() -> None:
    periods = ("2025/26-Q2", "2024/25-Q4", "2025/26-Q1")
    line = [at(v, period=p) for v, p in zip((85, 70, 80), periods, strict=True)]
    chart = series_chart(line)
    assert chart and [bar.label for bar in chart.bars] == ["Q4 2024/25", "Q1 2025/26", "Q2 2025/26"]
    assert chart.told.startswith("From 70% (Q4 2024/25) to 85% (Q2 2025/26).")
    assert series_chart([*line[:2], replace(line[2], breakdown="Team A")]) is None
    assert series_chart([*line, at(60)]) is None, "two values for one time are no line"
    assert series_chart(line[:2]) is None


def test_ratings_are_counted_with_those_that_have_none() -> None:
    rated = [replace(AUDIT, rag=rag) for rag in ("R", "R", "G", None)]
    chart = rating_chart(rated)
    assert chart and [(bar.label, bar.words, bar.tone) for bar in chart.bars] == [
        ("Red", "2", "R"),
        ("Green", "1", "G"),
        ("No rating", "1", None),
    ]
    assert rating_chart([AUDIT]) is None
    assert rating_chart([AUDIT, AUDIT, AUDIT]) is None, "all alike"


def test_statuses_are_counted() -> None:
    chart = status_chart([VISITS, VISITS, at(99, status="on_target")])
    assert chart and [(bar.label, bar.words) for bar in chart.bars][:2] == [("Off target", "2"), ("On target", "1")]
    assert status_chart([]) is None


def test_an_answer_without_a_table_has_no_chart() -> None:
    answer = Answer(Question("a"), "answered", "b", "b", Query("figure"))
    assert chart_of(answer) is None
    rows = tuple(Line(at(v), 1) for v in (10, 20, 30))
    assert chart_of(replace(answer, table=TableOfRecords("measures", rows)))
