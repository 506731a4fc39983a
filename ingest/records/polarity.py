"""Whether more or less of a measure is better, where a scorecard sets a bare number as its target: what the table prints decides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from ingest.language.figures import figures
from ingest.language.period import last_day, period_in
from ingest.language.target import Target, smaller_is_better
from ingest.language.words import finder, words
from ingest.types import Cell, Column, Comparator, Row, Table
from ingest.vocabulary import normalise

_APART = Decimal("1.25")  # a starting point further than this above its target is one to come down from
_TOLERATED = 20  # a value so near its target (a twentieth of it) may be rated green or amber on either side
_BRACKETS = re.compile(r"\(([^()]*)\)")
_OTHERWISE = ("measure", "target", "actual", "previous", "baseline", "benchmark", "ref", "unit", "polarity", "direction", "period")
_MOST = 50  # per cent; a target above it is hardly ever a ceiling


def directed(target: Target, name: str, table: Table, row: Row, around: str | None) -> Target:
    """A bare target with the sign its row gives it.

    In this order: the target column's title, the polarity cell and what the name says in brackets; which way one target after another
    goes; whether the row is marked as met; the printed rating, and the printed word for how the value moved, where they do not contradict
    each other; words of the measure's name; where it started from.
    """
    if target.value == 0:
        return target
    wanted, target = target, _first_aim(target, table, row)  # what a row shows, it shows of the target it is held against first
    title = next((c.title for c in table.columns if c.role == "target"), "")
    told: Comparator | None = "<=" if finder("polarity", "at_most").search(title) else _stated(table, row) or _in_brackets(name)
    told = told or _stepped(table, row) or _judged(target, table, row, around) or _shown(target, table, row, around)
    if told is None and (smaller_is_better(name) or _comes_down(target, table, row, around)):
        told = "<="
    return replace(wanted, comparator=told) if told else wanted


def _first_aim(target: Target, table: Table, row: Row) -> Target:
    """The target with the number of the row's first target column, where the row has several of its unit."""
    cell = table.cell(row, "target")
    found = [f.quantity for f in figures(cell.text)] if cell is not None else []
    first = found[0] if len(found) == 1 and found[0].unit == target.unit else None
    return replace(target, value=first.value) if first is not None and first.value else target


def _stated(table: Table, row: Row) -> Comparator | None:
    cell = table.cell(row, "polarity")
    said = cell.printed.flat.lower() if cell is not None else ""
    if said in words("polarity", "lower_is_better"):
        return "<="
    return ">=" if said in words("polarity", "higher_is_better") else None


def _in_brackets(name: str) -> Comparator | None:
    """ "Staff turnover (number; lower is better)", "Overdue reviews (L)": the sign that the name gives itself; one word alone, such as
    "(high)", may as well be part of what is measured."""
    said = {part.strip() for inside in _BRACKETS.findall(name.lower()) for part in re.split(r"[;,]", inside)}
    said = {part for part in said if len(part) == 1 or len(part.split()) > 1}
    if said & set(words("polarity", "lower_is_better")):
        return "<="
    return ">=" if said & set(words("polarity", "higher_is_better")) else None


def _judged(target: Target, table: Table, row: Row, around: str | None) -> Comparator | None:
    """A value over its target that the row marks as not met ("Met?": "No"; "Behind"), or one under it that is met, is better low."""
    values = _values(table, row, ("actual",), around)
    met = {v for column, cell in zip(table.columns, row.cells, strict=False) if cell and (v := _verdict(column, cell)) is not None}
    if len(met) != 1 or not values or target.value is None or values[-1] == target.value:
        return None
    return ">=" if (values[-1] > target.value) == met.pop() else "<="


def _verdict(column: Column, cell: Cell) -> bool | None:
    """Whether a cell says that a target was met; None where it says neither. A plain yes or no only where the title asks that."""
    said = normalise(cell.printed.flat)
    if column.role in _OTHERWISE or not said:
        return None
    asked = bool(finder("polarity", "verdict").search(column.title))
    if said in words("polarity", "met") or (asked and said in words("polarity", "yes")):
        return True
    return False if said in words("polarity", "missed") or (asked and said in words("polarity", "no")) else None


def _stepped(table: Table, row: Row) -> Comparator | None:
    """Targets that go up from one date to the next are to be reached from below; those that go down, from above."""
    cells = [cell for column, cell in zip(table.columns, row.cells, strict=False) if column.role == "target" and cell is not None]
    steps = [v for cell in cells for f in figures(cell.printed.flat)[-1:] if (v := f.quantity.value) is not None]
    if len(steps) < 2 or len(set(steps)) < 2:
        return None
    return ">=" if steps == sorted(steps) else "<=" if steps == sorted(steps, reverse=True) else None


def _shown(target: Target, table: Table, row: Row, around: str | None) -> Comparator | None:
    """What the row's rating and its word for the change ("Better", "Worsening") show of it; None where neither does or they differ."""
    shown = {s for s in (_rated(target, table, row, around), _moved(table, row, around)) if s}
    return shown.pop() if len(shown) == 1 else None


def _rated(target: Target, table: Table, row: Row, around: str | None) -> Comparator | None:
    """A value over its target that is rated red, or one under it that is rated green, is one of which less is better."""
    rating = table.cell(row, "rag") if sum(c.role == "rag" for c in table.columns) == 1 else None
    values = _values(table, row, ("actual",), around)
    if rating is None or rating.rating is None or not values or target.value is None or values[-1] == target.value:
        return None
    over = values[-1] > target.value
    less: Comparator = "<=" if over == (rating.rating in ("R", "A")) else ">="
    ceiling = target.unit == "percent" and target.value >= _MOST
    tolerated = abs(values[-1] - target.value) <= abs(target.value) / _TOLERATED
    return None if rating.rating != "R" and target.unit == "percent" and (tolerated or (less == "<=" and ceiling)) else less


def _moved(table: Table, row: Row, around: str | None) -> Comparator | None:
    """Of a value that rose and is said to be better, more is better; an arrow may show either the number or its worth, and says nothing."""
    cell = table.cell(row, "direction")
    values = _values(table, row, ("previous", "actual"), around)
    if cell is None or len(values) < 2 or values[-1] == values[-2]:
        return None
    better, worse = (bool(finder("polarity", way).search(cell.printed.flat)) for way in ("better", "worse"))
    if better == worse:
        return None
    return ">=" if (values[-1] > values[-2]) == better else "<="


def _comes_down(target: Target, table: Table, row: Row, around: str | None) -> bool:
    """Whether the earliest value stands far above the target that was set for it: such a target is one to come down to."""
    values = _values(table, row, ("baseline", "previous", "actual"), around)
    if len(values) < 2 or target.value is None or target.value <= 0:
        return False
    low = target.unit != "percent" or target.value < _MOST
    return low and values[0] >= _APART * target.value


def _values(table: Table, row: Row, roles: tuple[str, ...], around: str | None) -> list[Decimal]:
    """The row's values in columns of these roles, oldest first."""
    return [value for _, value in sorted(_dated(table, row, roles, around), key=lambda v: v[0])]


def _dated(table: Table, row: Row, roles: tuple[str, ...], around: str | None) -> Iterator[tuple[date, Decimal]]:
    """(last day, value) by column; a baseline and an undated previous value come before all others, an undated actual one after them."""
    for column, cell in zip(table.columns, row.cells, strict=False):
        if column.role not in roles or cell is None or not (found := figures(cell.text)):
            continue
        value, period = found[-1].quantity.value, period_in(column.title, around)
        undated = date.max if column.role == "actual" else date.min
        if value is not None:
            yield last_day(period) if period and column.role != "baseline" else undated, value
