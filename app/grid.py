"""The answer's table in words: records become rows of cells, with every status and rating said, never only coloured.

Every text is plain text: whoever draws it escapes it, because documents are data.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from app.question.when import span_of
from app.types import Line, TableOfRecords
from ingest.types import Action, Commitment, Comparator, Direction, Measure, Rating, Status, Strength, Unit

Tone = Literal["missed", "met", "R", "A", "G", "B"]

STATUS: Mapping[Status, str] = {
    "off_target": "Missed",
    "on_target": "Met",
    "no_target": "No target",
    "no_value": "Not reported",
    "undetermined": "Cannot be judged",
}
RATING: Mapping[Rating, str] = {"R": "Red", "A": "Amber", "G": "Green", "B": "Blue"}
DIRECTION: Mapping[Direction, str] = {"up": "↑ up", "same": "→ the same", "down": "↓ down"}
STRENGTH: Mapping[Strength, str] = {"explicit": "Promised", "ongoing": "Ongoing", "ambition": "Hoped for"}

_TONE: Mapping[Status, Tone] = {"off_target": "missed", "on_target": "met"}
_LIMIT: Mapping[Comparator, str] = {
    ">=": "at least {}",
    "<=": "at most {}",
    ">": "more than {}",
    "<": "less than {}",
    "=": "{}",
    "increase": "up to {}",
    "decrease": "down to {}",
}
_UNIT: Mapping[Unit, str] = {"days": " days", "working_days": " working days", "weeks": " weeks", "months": " months"}


@dataclass(frozen=True, slots=True)
class Cell:
    """One table cell: its words, a second line below them, a tone that repeats what the words say, the citation it leads to."""

    text: str
    detail: str | None = None
    tone: Tone | None = None
    citation: int | None = None

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True, slots=True)
class Grid:
    """The table as drawn: every row has a cell for each header, and the first cell names the row."""

    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


Column = tuple[str, Callable[[Line], Cell]]


def grid(table: TableOfRecords, titles: Mapping[str, str]) -> Grid:
    """The table with the columns that any of its rows fills; the document is named in each row only where rows differ in it."""
    documents = {line.record.place.document for line in table.rows}
    several = len(documents) > 1
    columns = [*_COLUMNS[table.kind], ("Source", lambda line: _source(line, titles if several else {}))]
    filled = [(header, cells) for header, cell in columns if any(cells := [cell(line) for line in table.rows])]
    count = len(table.rows)
    noun = table.kind if count != 1 else table.kind.removesuffix("s")
    where = "" if several else f", from {titles.get(name := next(iter(documents)), name)}"
    return Grid(f"{count} {noun}{where}", tuple(header for header, _ in filled), tuple(zip(*(cells for _, cells in filled), strict=True)))


def period_words(period: str | None) -> str:
    """A period of the contract as a reader would say it ("Q2 2019/20", "30 June 2019"); other texts as they are."""
    span = span_of(period)
    return span.label if span else period or ""


def value_words(measure: Measure) -> str:
    """The value as printed; "not reported" is said, never shown as nothing or zero."""
    if measure.value_text:
        return measure.value_text
    return number_words(measure.value, measure.unit) if measure.value is not None else "not reported"


def target_words(measure: Measure) -> str:
    """The target with its comparator in words ("at least 95%", "140 to 150", "a decrease"); empty where there is none."""
    comparator, low, high = measure.comparator, measure.target, measure.target_high
    if low is None:
        return {"increase": "an increase", "decrease": "a decrease"}.get(comparator or "", "")
    if high is not None and high != low:
        return f"{number_words(low, measure.unit)} to {number_words(high, measure.unit)}"
    limit = _LIMIT.get(comparator, "{}") if comparator else "{}"
    return limit.format(number_words(low, measure.unit))


def number_words(value: float, unit: Unit) -> str:
    """A number with its unit: 85%, £1,200, 20 working days."""
    number = f"{value:,.10g}" if value != int(value) else f"{int(value):,}"
    if unit == "percent":
        return f"{number}%"
    return f"£{number}" if unit == "gbp" else number + _UNIT.get(unit, "")


def _source(line: Line, titles: Mapping[str, str]) -> Cell:
    place = line.record.place
    where = f"page {place.page}" if place.page is not None else place.sheet or ""
    return Cell(f"[{line.citation}] {where}".strip(), detail=titles.get(place.document), citation=line.citation)


def _measure(read: Callable[[Measure], Cell]) -> Callable[[Line], Cell]:
    return lambda line: read(line.record) if isinstance(line.record, Measure) else Cell("")


def _action(read: Callable[[Action], Cell]) -> Callable[[Line], Cell]:
    return lambda line: read(line.record) if isinstance(line.record, Action) else Cell("")


def _commitment(read: Callable[[Commitment], Cell]) -> Callable[[Line], Cell]:
    return lambda line: read(line.record) if isinstance(line.record, Commitment) else Cell("")


def _rating(record: Measure | Action) -> Cell:
    return Cell(RATING[record.rag], tone=record.rag) if record.rag else Cell("")


def _direction(record: Measure | Action) -> Cell:
    return Cell(DIRECTION[record.direction]) if record.direction else Cell("")


def _target(measure: Measure) -> Cell:
    due = measure.target_period if measure.target_period != measure.period else None
    words = target_words(measure)
    return Cell(words, detail=f"by {period_words(due)}" if due and words else None)


def _progress(action: Action) -> Cell:
    return Cell(action.progress or ("Complete" if action.completed else ""))


_COLUMNS: Mapping[str, tuple[Column, ...]] = {
    "measures": (
        ("Measure", _measure(lambda m: Cell(m.measure, detail=m.breakdown))),
        ("Value", _measure(lambda m: Cell(value_words(m)))),
        ("Target", _measure(_target)),
        ("Period", _measure(lambda m: Cell(period_words(m.period)))),
        ("Status", _measure(lambda m: Cell(STATUS[m.status], tone=_TONE.get(m.status)))),
        ("Plan's rating", _measure(_rating)),
        ("Plan's arrow", _measure(_direction)),
    ),
    "actions": (
        ("Action", _action(lambda a: Cell(f"{a.ref} {a.action}" if a.ref else a.action, detail=a.place.section))),
        ("Lead", _action(lambda a: Cell(a.lead or ""))),
        ("Due", _action(lambda a: Cell(a.due or ("ongoing" if a.ongoing else "")))),
        ("Progress", _action(_progress)),
        ("Plan's rating", _action(_rating)),
        ("Plan's arrow", _action(_direction)),
    ),
    "commitments": (
        ("Commitment", _commitment(lambda c: Cell(c.commitment, detail=c.place.section))),
        ("Owner", _commitment(lambda c: Cell(c.owner or ""))),
        ("By when", _commitment(lambda c: Cell(c.by_when or ""))),
        ("Strength", _commitment(lambda c: Cell(STRENGTH[c.strength]))),
    ),
}
