"""What the sample plans print and what it says, read from `source/*.toml` into typed values.

Every figure stands in the source once as printed text and once as a `Reading`, whose fields are those of the contract's Measure.
Both are written by hand, apart from the code that reads plans, so that its records can be checked against them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).parent / "source"
UNKNOWN = "–"  # printed in a data table where there is no figure


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure a document prints, or a target without one. `ref` is the number of the action or paragraph, or the name of the table."""

    ref: str
    measure: str
    period: str
    status: str
    breakdown: str | None = None
    kind: str = "actual"
    value: float | None = None
    value_high: float | None = None
    value_text: str | None = None
    qualifier: str | None = None
    unit: str = "percent"
    target: float | None = None
    target_high: float | None = None
    comparator: str | None = None
    target_period: str | None = None
    rag: str | None = None
    direction: str | None = None
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """A statement of intent in prose: the words, the date and the owner as printed, "" where the document does not say."""

    ref: str
    quote: str
    by_when: str
    owner: str
    strength: str


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One line of a plan's table: the target, the position against it, its colour (`rag_text` stands on the colour) and its arrow."""

    success: str
    position: str
    rag: str | None
    rag_text: str
    direction: str | None
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """An action of a plan with its lines. `due_iso` is None for an action without an end."""

    ref: str
    aim: str
    action: str
    lead: str
    due: str
    due_iso: str | None
    ongoing: bool
    completed: bool
    rows: tuple[TargetRow, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """An aim or a section: its number and its printed title."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Key:
    """A line of a legend: the rating or direction, the word printed for it (if any) and its meaning."""

    code: str
    word: str
    means: str


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the content of a document. `issued` is its ISO date, `period` the period its figures are for."""

    file: str
    title: str
    subject: str
    kind: str
    period: str
    updated: str
    issued: str
    intro: tuple[str, ...]
    counts: tuple[str, ...] = ()
    legend_note: str = ""
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """A line of the performance summary: two quarters of one headline measure."""

    measure: str
    target_text: str
    q1: float
    q2: float
    unit: str
    rag: str
    trend: str
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """The performance summary on the last page of the improvement plan."""

    title: str
    intro: str
    counts: str
    columns: tuple[str, ...]
    lines: tuple[SummaryLine, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan: its aims and its actions, in the order printed."""

    head: Head
    legend: tuple[Key, ...]
    arrows: tuple[Key, ...]
    aims: tuple[Named, ...]
    actions: tuple[PlannedAction, ...]
    summary: Summary | None

    @property
    def readings(self) -> tuple[Reading, ...]:
        """All figures of the action tables, then those of the summary."""
        tables = (r for action in self.actions for row in action.rows for r in row.readings)
        return (*tables, *(r for line in (self.summary.lines if self.summary else ()) for r in line.readings))


@dataclass(frozen=True, slots=True)
class NumberedParagraph:
    """A paragraph of the self-evaluation; its number starts with its section's."""

    number: str
    text: str
    bullets: tuple[str, ...]
    readings: tuple[Reading, ...]
    promises: tuple[Promise, ...]


@dataclass(frozen=True, slots=True)
class DataTable:
    """A small table, printed after the paragraph numbered `after`."""

    id: str
    after: str
    title: str
    columns: tuple[str, ...]
    note: str
    lines: tuple[tuple[str, ...], ...]
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class SelfEvaluation:
    """The self-evaluation, in the order printed."""

    head: Head
    sections: tuple[Named, ...]
    paragraphs: tuple[NumberedParagraph, ...]
    tables: tuple[DataTable, ...]

    @property
    def readings(self) -> tuple[Reading, ...]:
        """All figures of the paragraphs, then those of the tables."""
        return (*(r for p in self.paragraphs for r in p.readings), *(r for table in self.tables for r in table.readings))


@cache
def load(name: str) -> dict[str, Any]:
    """The file `source/<name>.toml` as it stands."""
    return tomllib.loads((SOURCE / f"{name}.toml").read_text("utf-8"))


def improvement_plan() -> Plan:
    """The improvement plan at quarter 2 of 2025/26."""
    return _plan(load("improvement-plan-2025-26-q2"))


def action_plan() -> Plan:
    """The action plan of 2023-24 at its last update."""
    return _plan(load("action-plan-2023-24"))


def self_evaluation() -> SelfEvaluation:
    """The self-evaluation of 2025."""
    raw = load("self-evaluation-2025")
    period = raw["document"]["period"]
    paragraphs = tuple(
        NumberedParagraph(
            number=p["number"],
            text=p["text"],
            bullets=tuple(p.get("bullets", ())),
            readings=tuple(_reading(r, p["number"], period) for r in p.get("readings", ())),
            promises=tuple(Promise(ref=p["number"], **c) for c in p.get("commitments", ())),
        )
        for p in raw["paragraph"]
    )
    return SelfEvaluation(_head(raw), _named(raw["section"]), paragraphs, tuple(_data_table(t) for t in raw["table"]))


def _plan(raw: dict[str, Any]) -> Plan:
    return Plan(
        head=_head(raw),
        legend=tuple(Key(k["rag"], k.get("word", ""), k["means"]) for k in raw["legend"]),
        arrows=tuple(Key(k["direction"], "", k["means"]) for k in raw.get("arrow", ())),
        aims=_named(raw["aim"]),
        actions=tuple(_action(a, raw["document"]["period"]) for a in raw["action"]),
        summary=_summary(raw["summary"]) if "summary" in raw else None,
    )


def _head(raw: dict[str, Any]) -> Head:
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in raw["document"].items()}
    return Head(**values)


def _named(raw: Iterable[dict[str, Any]]) -> tuple[Named, ...]:
    return tuple(Named(item["id"], item["title"]) for item in raw)


def _reading(raw: dict[str, Any], ref: str, period: str, **more: str | None) -> Reading:
    known = {field.name for field in fields(Reading)}
    if unknown := raw.keys() - known:
        raise ValueError(f"{ref}: a reading has no field {sorted(unknown)}")
    return Reading(**{"ref": ref, "period": period, **more, **raw})


def _action(raw: dict[str, Any], period: str) -> PlannedAction:
    rows = []
    for row in raw["row"]:
        shown = {"rag": row.get("rag"), "direction": row.get("direction")}
        readings = tuple(_reading(r, raw["ref"], period, **shown) for r in row.get("readings", ()))
        rows.append(TargetRow(row["success"], row["position"], row.get("rag"), row.get("rag_text", ""), row.get("direction"), readings))
    return PlannedAction(
        ref=raw["ref"],
        aim=raw["aim"],
        action=raw["action"],
        lead=raw["lead"],
        due=raw["due"],
        due_iso=raw.get("due_iso"),
        ongoing=raw.get("ongoing", False),
        completed=raw.get("completed", False),
        rows=tuple(rows),
    )


def _summary(raw: dict[str, Any]) -> Summary:
    return Summary(raw["title"], raw["intro"], raw["counts"], tuple(raw["columns"]), tuple(_summary_line(line) for line in raw["lines"]))


def _summary_line(raw: dict[str, Any]) -> SummaryLine:
    unit, target, comparator = raw.get("unit", "percent"), raw["target"], raw["comparator"]

    def reading(period: str, value: float, rag: str | None, trend: str | None) -> Reading:
        text = shown(value, unit)
        met = value >= target if comparator == ">=" else value <= target if comparator == "<=" else value < target
        status = "on_target" if met else "off_target"
        common = {"measure": raw["measure"], "value": value, "value_text": text, "unit": unit, "target": target, "comparator": comparator}
        return Reading(ref="summary", period=period, status=status, rag=rag, direction=trend, **common)

    readings = (reading("2025/26-Q1", raw["q1"], None, None), reading("2025/26-Q2", raw["q2"], raw["rag"], raw["trend"]))
    return SummaryLine(raw["measure"], raw["target_text"], raw["q1"], raw["q2"], unit, raw["rag"], raw["trend"], readings)


def shown(value: float, unit: str) -> str:
    """A figure of a table as printed: "16.5%", "131"."""
    return f"{value:g}%" if unit == "percent" else f"{value:g}"


def _data_table(raw: dict[str, Any]) -> DataTable:
    readings = []
    for name, *cells in raw["lines"]:
        for cell, period, breakdown in zip(cells, raw["periods"], raw["breakdowns"], strict=True):
            if cell == UNKNOWN:
                continue
            whole = raw.get("measure")
            readings.append(
                Reading(
                    ref=f"table {raw['id']}",
                    measure=whole or name,
                    breakdown=(name if name != "Total" else None) if whole else breakdown or None,
                    kind="benchmark" if breakdown else "actual",
                    value=float(cell.removesuffix("%")),
                    value_text=cell,
                    unit="percent" if cell.endswith("%") else "count",
                    period=period,
                    status="no_target",
                )
            )
    lines = tuple(tuple(line) for line in raw["lines"])
    return DataTable(raw["id"], raw["after"], raw["title"], tuple(raw["columns"]), raw.get("note", ""), lines, tuple(readings))
