"""What the cells of a table say in figures: readings of progress and actual columns, targets of success and target columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ingest.language.figures import figures
from ingest.language.money import in_money, money_in
from ingest.language.period import period_in
from ingest.language.phrases import is_score, needs_subject, terms
from ingest.language.quantity import Quantity, is_figure
from ingest.language.sentences import WRAP
from ingest.language.target import Target, from_figure, headline, same_measure, targets
from ingest.language.types import Figure
from ingest.language.words import finder
from ingest.records.polarity import directed
from ingest.types import Cell, Column, Printed, Row, Table, Unit

_STEP = re.compile(r"\b(?:milestone|phase|stage|step|target) \d{1,2}(?=\s+[A-Za-z])", re.I)  # the 2 of "Milestone 2 Jan 2026" is no day
_FACTS = 4  # columns; a wider table without a header is a piece of a plan, and its columns could be anything
_SUBJECT = 14  # words of an action that stand for it in a name
TARGET_ROLES = ("success", "target", "measure")
READING_ROLES = ("progress", "actual", "previous", "baseline", "benchmark")


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure of a cell. `rows` are the indexes of the rows the cell stands in, `column` its place in the table; `placed_period` is the
    period its column is headed with, else the one its row is for."""

    figure: Figure
    cell: Cell
    column: int
    rows: frozenset[int]
    role: str | None
    placed_period: str | None

    @property
    def period(self) -> str | None:
        """The figure's own period, else that of its column or row; the older one of a pair ("82%, up from 79%") has only its own."""
        return self.figure.period or (None if self.figure.earlier else self.placed_period)


@dataclass(frozen=True, slots=True)
class Aim:
    """A target of a cell, with the rows it holds for and the year or quarter that its column's title says it is for."""

    target: Target
    cell: Cell
    column: int
    rows: frozenset[int]
    span: str | None = None


def read_group(table: Table, rows: Sequence[int], around: str | None) -> tuple[list[Reading], list[Aim]]:
    """The readings and targets of rows that belong to one entry, each cell read once however many rows it is merged over. Targets are
    read first: they tell which lengths of time are measured, and the unit of bare values."""
    readings: list[Reading] = []
    aims: list[Aim] = []
    for index, column in enumerate(table.columns):
        for cell, where in _cells(table, rows, index):
            told, wanted = _of_target_cell(cell, column, table.rows[min(where)], table, around)
            period = _placed_period(table, table.rows[min(where)], column, around)
            readings += [Reading(f, cell, index, where, column.role, period) for f in told]
            span = period_in(_STEP.sub(" ", column.title), around) if column.role == "target" else None
            wanted = [t if t.period or t.name else replace(t, period=span) for t in wanted]
            aims += [Aim(_with_subject(t, table, table.rows[min(where)]), cell, index, where, span) for t in wanted]
    lengths = {a.target.unit for a in aims if a.target.unit in ("days", "working_days", "weeks", "months")}
    for index, column in enumerate(table.columns):
        role = _reading_role(table, column, index)
        for cell, where in _cells(table, rows, index) if role else ():
            text = wrapped(cell.printed)
            told_at = (period_in(column.title, around) if role == "progress" else None) or around
            found = _planned(_told(text, told_at, lengths, role), text, column)
            unit = _unit(table, table.rows[min(where)], aims)
            period = _placed_period(table, table.rows[min(where)], column, around)
            scale = money_in(column.title) or money_in(row_name(table, table.rows[min(where)]))
            found = [replace(f, quantity=in_money(f.quantity, scale)) if scale and not f.name else f for f in found]
            readings += [Reading(_typed(f, unit), cell, index, where, role, period) for f in found if f.role != "target"]
            aims += [
                Aim(from_figure(f, text, found), cell, index, where) for f in found if f.role == "target" and f.quantity.value is not None
            ]
    return readings, _distinct(aims)


def _told(text: str, around: str | None, lengths: Iterable[str], role: str | None) -> list[Figure]:
    """The figures of a cell. In a column of values one that looks like a year is none, and a remark in brackets ("312 (full year)") names
    nothing."""
    found = figures(text, around, "reading", frozenset(lengths))
    if found or role == "progress":
        return found
    if re.fullmatch(r"\s*[12]\d{3}\s*", text):
        return [replace(f, quantity=_as_printed(f.quantity, text)) for f in figures(f"{text.strip()}.0", around)]
    remark = re.fullmatch(r"([^()]*\d[^()]*)\([^()\d]+\)\s*", text)
    return figures(remark[1], around) if remark else []


def _as_printed(quantity: Quantity, text: str) -> Quantity:
    said = text.strip()
    return replace(quantity, printed=said, end=quantity.start + len(said))


def wrapped(printed: Printed) -> str:
    """The text with the breaks that only the column's width made marked as such; character for character as long as `printed.text`."""
    out = ""
    for line in printed.lines:
        out += (("\n" if line.hard else WRAP) if out else "") + line.text
    return out


def _cells(table: Table, rows: Sequence[int], index: int) -> list[tuple[Cell, frozenset[int]]]:
    where: dict[int, set[int]] = {}
    cells: dict[int, Cell] = {}
    for i in rows:
        cell = table.rows[i].cells[index] if index < len(table.rows[i].cells) else None
        if cell is not None and cell.printed:
            where.setdefault(id(cell), set()).add(i)
            cells[id(cell)] = cell
    return [(cells[key], frozenset(found)) for key, found in where.items()]


def _reading_role(table: Table, column: Column, index: int) -> str | None:
    """The role of a column that holds readings; in a narrow table whose header names no roles every column but the first holds facts."""
    if not any(c.role for c in table.columns):
        return "actual" if index and len(table.columns) <= _FACTS else None
    return column.role if column.role in READING_ROLES else None


def _placed_period(table: Table, row: Row, column: Column, around: str | None) -> str | None:
    """The period a value has by where it stands: that of its column's title, else of its row, which dates the latest value."""
    titled = period_in(column.title, around) if column.role in ("actual", "target", "previous", "baseline", "benchmark") else None
    return titled or (None if column.role in ("previous", "baseline") else row_period(table, row, around))


def row_period(table: Table, row: Row, around: str | None) -> str | None:
    """The period a row's own period cell names, alone ("June 2019") or with its title (a "2" under "Quarter"); None where there is none."""
    index = table.index_of("period")
    cell = table.cell(row, "period")
    if index is None or cell is None or not cell.printed:
        return None
    said = cell.printed.flat
    return period_in(said, around) or period_in(f"{table.columns[index].title} {said}", around)


def _with_subject(target: Target, table: Table, row: Row) -> Target:
    """A target whose words have no subject ("90% completed in 45 working days") with that of its row's measure or action."""
    if not target.name or not needs_subject(target.name):
        return target
    cell = table.cell(row, "measure") or table.cell(row, "action")
    about = headline(" ".join(cell.printed.flat.split()[:_SUBJECT])) if cell is not None else ""
    return replace(target, name=f"{about}: {target.name}") if about else target


def _aimed_at(target: Target) -> bool:
    """Whether a number in an action's own words is a target: a percentage, or an average or limit."""
    return target.unit == "percent" or (target.value is not None and bool(finder("averages", "words").search(target.name)))


def _planned(found: list[Figure], text: str, column: Column) -> list[Figure]:
    """Figures of a progress column; in one headed "progress – actions" a percentage that nothing says was reached is aimed at."""
    if not finder("columns", "planned").search(column.title):
        return found
    return [
        replace(f, role="target") if f.role == "reading" and f.quantity.unit == "percent" and not f.period and not _reported(f, text) else f
        for f in found
    ]


def _reported(figure: Figure, text: str) -> bool:
    return bool(finder("targets", "reported").search(text[figure.statement[0] : figure.statement[1]]))


def _of_target_cell(cell: Cell, column: Column, row: Row, table: Table, around: str | None) -> tuple[list[Figure], list[Target]]:
    """Readings and targets of a cell that may state targets: all those of a success or target column, the averages and percentages of an
    action, the limits of an impact, and those of a measure whose own words set a percentage. A column headed "progress – outcomes and
    key targets" reports as well: its statements of what was done are readings."""
    if column.role not in (*TARGET_ROLES, "action", "impact"):
        return [], []
    text = wrapped(cell.printed)
    wanted = targets(text, around)
    if column.role == "action":
        return [], [t for t in wanted if _aimed_at(t)]
    if column.role == "impact":
        return [], [t for t in wanted if t.comparator in ("<", "<=", "between") and t.value is not None]
    if column.role == "measure" and (_aimed_beside(table, row) or not any(t.value is not None and t.unit == "percent" for t in wanted)):
        return [], []  # "Pupils missing more than 50% of sessions", beside a target of its own
    told: list[Figure] = []
    if finder("columns", "reported").search(column.title):
        told = [f for f in figures(text, around) if f.role == "reading" and _reported(f, text)]
        wanted = [t for t in wanted if not any(f.quantity.start == t.start for f in told)]
    unit = _unit(table, row, [])
    wanted = [replace(t, unit=unit) if unit and t.unit == "count" and not t.name else t for t in wanted]
    wanted = [directed(t, row_name(table, row), table, row, around) if not t.name and not t.worded else t for t in wanted]
    scale = money_in(column.title) or money_in(row_name(table, row))
    return told, [_in_money(t, scale) if scale and not t.name else t for t in wanted]


def _in_money(target: Target, scale: Decimal) -> Target:
    """A bare target under a title that gives it in money, in pounds."""
    if target.unit != "count" or target.value is None:
        return target
    return replace(target, unit="gbp", value=target.value * scale)


def _aimed_beside(table: Table, row: Row) -> bool:
    """Whether a target column says a figure for the row."""
    return any(
        c.role == "target" and cell is not None and is_figure(cell.printed.flat) for c, cell in zip(table.columns, row.cells, strict=False)
    )


def row_name(table: Table, row: Row) -> str:
    """What a row as a whole measures, as printed: its measure cell, else the first cell of a table without roles; "" where it has none."""
    cell = table.cell(row, "measure")
    if cell is None and not any(c.role for c in table.columns) and row.cells:
        cell = row.cells[0]
    return cell.printed.flat if cell is not None else ""


def _unit(table: Table, row: Row, aims: Iterable[Aim]) -> Unit | None:
    """The unit the row's own words give to bare numbers: its unit cell, a measure that begins "% of" or is a score, or its
    unnamed target."""
    said = " ".join(c.text for role in ("unit", "measure") if (c := table.cell(row, role)) is not None).lower()
    for unit, pattern in _UNIT_WORDS.items():
        if re.search(pattern, said) and (unit in ("percent", "gbp") or table.index_of("unit") is not None):
            return unit
    if (bracketed := _UNIT_IN_BRACKETS.search(row_name(table, row))) and not _SPAN.search(bracketed[1]):
        return next(unit for unit, pattern in _UNIT_WORDS.items() if re.search(pattern, bracketed[1], re.I))
    if timed := _UNIT_OF_TIME.search(row_name(table, row)):
        return next(unit for unit, pattern in _UNIT_WORDS.items() if re.search(pattern, timed["unit"], re.I))
    if is_score(row_name(table, row)):
        return "score"
    return "percent" if any(a.target.unit == "percent" and not a.target.name for a in aims) else None


_UNIT_WORDS: dict[Unit, str] = {
    "percent": r"%|\bper\s?cent|\bproportion",
    "gbp": r"£(?!\s?[\d.])",
    "working_days": r"\bworking days\b",
    "days": r"\bdays\b",
    "weeks": r"\bweeks\b",
    "months": r"\bmonths\b",
}


_UNIT_IN_BRACKETS = re.compile(rf"\(([^()]{{0,20}}(?:{'|'.join(_UNIT_WORDS.values())})[^()]{{0,10}})\)\s*$", re.I)


_SPAN = re.compile(r"\b(?:rolling|last|past|previous|within|over|in)\b", re.I)  # "(rolling 12 months)": of what time, not in what unit
_UNIT_OF_TIME = re.compile(  # "Average days to re-let", "Days to process", "Sickness absence, days per FTE"
    r"(?:^(?:average |median |mean |number of )?|\b(?:average|median|mean) |, )(?P<unit>working days|days|weeks|months)"
    r"(?: (?:to|from|lost|taken|waited|between|per|in|for)\b|$|(?= \())",
    re.I,
)


def _typed(figure: Figure, unit: Unit | None) -> Figure:
    if unit is None or figure.quantity.unit != "count" or figure.name:
        return figure
    return replace(figure, quantity=replace(figure.quantity, unit=unit))


def _distinct(aims: Sequence[Aim]) -> list[Aim]:
    """Aims without those said twice in one row: the same number for the same thing, in the action or key targets cell as well."""
    kept: list[Aim] = []
    for aim in sorted(aims, key=lambda a: (a.target.is_direction, not a.target.name)):
        if not any(_twins(k, aim) for k in kept):
            kept.append(aim)
    return sorted(kept, key=lambda a: (min(a.rows), a.column, a.target.start))


def _twins(kept: Aim, aim: Aim) -> bool:
    k, t = kept.target, aim.target
    if (
        kept.cell is aim.cell
        or kept.span != aim.span
        or not kept.rows & aim.rows
        or (k.value, k.high, k.unit, k.period) != (t.value, t.high, t.unit, t.period)
    ):
        return False
    return (t.value is not None or k.comparator == t.comparator) and (same_measure(k.name, t.name) or not terms(t.name))
