"""The answer's table in words: records become rows of cells, with every status and rating said, never only coloured.

Every text is plain text: whoever draws it escapes it, because documents are data.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from app.corrected import corrections_words
from app.evidence.called import printed_states
from app.kinds.wording import period_words, target_words, value_words
from app.question.when import same, span_of
from app.types import Line, TableOfRecords
from ingest.types import Action, Commitment, Direction, Measure, Place, Rating, Record, Status, Strength

Tone = Literal["off", "on", "R", "A", "G", "B"]

STATUS: Mapping[Status, str] = {
    "off_target": "Off target",
    "on_target": "On target",
    "no_target": "No target",
    "no_value": "Not reported",
    "undetermined": "Not decidable",
}
RATING: Mapping[Rating, str] = {"R": "Red", "A": "Amber", "G": "Green", "B": "Blue"}
DIRECTION: Mapping[Direction, str] = {
    "up": "↑\N{NO-BREAK SPACE}up",
    "same": "→\N{NO-BREAK SPACE}the\N{NO-BREAK SPACE}same",
    "down": "↓\N{NO-BREAK SPACE}down",
}
STRENGTH: Mapping[Strength, str] = {"explicit": "Promised", "ongoing": "Ongoing", "ambition": "Hoped for"}

_TONE: Mapping[Status, Tone] = {"off_target": "off", "on_target": "on"}


@dataclass(frozen=True, slots=True)
class Cell:
    """One table cell: its words, a second line below them, a tone that repeats what the words say, and where it leads to, if anywhere.

    `citation` is the number of a source of the answer, `record` the id of a record whose place is shown, `page` an address of our own.
    """

    text: str
    detail: str | None = None
    tone: Tone | None = None
    citation: int | None = None
    record: str | None = None
    page: str | None = None

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
    columns = [*_COLUMNS[table.kind], _CORRECTED, ("Source", lambda line: _source(line, titles if several else {}))]
    count = len(table.rows)
    noun = table.kind if count != 1 else table.kind.removesuffix("s")
    where = "" if several else f", from {titles.get(name := next(iter(documents)), name)}"
    return _filled(f"{count} {noun}{where}", columns, table.rows)


def record_grid(
    kind: str, records: Sequence[Record], titles: Mapping[str, str], caption: str, page: Callable[[Any], str] | None = None
) -> Grid:
    """Records of one kind as a table whose last column leads to the place of each; `page` is the address that a row's name leads to."""
    columns = [*_COLUMNS[kind], _CORRECTED, ("Source", lambda line: _place(line.record, titles))]
    drawn = _filled(caption, columns, [Line(record, 0) for record in records])
    if page is None:
        return drawn
    rows = ((replace(row[0], page=page(record)), *row[1:]) for row, record in zip(drawn.rows, records, strict=True))
    return Grid(drawn.caption, drawn.headers, tuple(rows))


def _filled(caption: str, columns: Sequence[Column], lines: Sequence[Line]) -> Grid:
    filled = [(header, cells) for header, cell in columns if any(cells := [cell(line) for line in lines])]
    return Grid(caption, tuple(header for header, _ in filled), tuple(zip(*(cells for _, cells in filled), strict=True)))


def where_words(place: Place) -> str:
    """ "page 3", or the sheet and cell of a workbook; empty for a text without pages."""
    return f"page {place.page}" if place.page is not None else " ".join(word for word in (place.sheet, place.cell) if word)


def _place(record: Record, titles: Mapping[str, str]) -> Cell:
    document = record.place.document
    return Cell(where_words(record.place) or "shown", detail=titles.get(document, document), record=record.id)


def _source(line: Line, titles: Mapping[str, str]) -> Cell:
    place = line.record.place
    return Cell(f"[{line.citation}] {where_words(place)}".strip(), detail=titles.get(place.document), citation=line.citation)


def _measure(read: Callable[[Measure], Cell]) -> Callable[[Line], Cell]:
    return lambda line: read(line.record) if isinstance(line.record, Measure) else Cell("")


def _action(read: Callable[[Action], Cell]) -> Callable[[Line], Cell]:
    return lambda line: read(line.record) if isinstance(line.record, Action) else Cell("")


def _commitment(read: Callable[[Commitment], Cell]) -> Callable[[Line], Cell]:
    return lambda line: read(line.record) if isinstance(line.record, Commitment) else Cell("")


def _rating(record: Measure | Action) -> Cell:
    return Cell(RATING[record.rag], tone=record.rag) if record.rag else Cell("")


def first_due(action: Action) -> str:
    """The date first set for an action, where the plan gives another in its place; empty where it does not."""
    return action.due_was if action.due_was and action.due_was != action.due else ""


def standing(action: Action) -> Cell:
    """How the plan says in words that an action stands, in the tone of the rating they mean; empty where it prints none."""
    return Cell(_capital(action.status), tone=action.rag) if action.status and printed_states([action]) else Cell("")


def rating(action: Action) -> Cell:
    """The colour a plan shows for an action; empty where it says in words how the action stands."""
    return Cell("") if standing(action) else _rating(action)


def _direction(record: Measure | Action) -> Cell:
    return Cell(DIRECTION[record.direction]) if record.direction else Cell("")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _value(measure: Measure) -> Cell:
    return Cell(value_words(measure) if measure.value is not None else measure.value_text or "not reported")


def _target(measure: Measure) -> Cell:
    words = target_words(measure)
    due, reported = span_of(measure.target_period), span_of(measure.period)
    later = due if due and not (reported and same(due, reported)) else None
    return Cell(words, detail=f"by {later.label}" if later else None) if words else Cell("")


def _progress(action: Action) -> Cell:
    return Cell(action.progress or ("Complete" if action.completed else ""))


_CORRECTED: Column = ("Corrected by hand", lambda line: Cell(_capital(corrections_words(line.record.corrected) or "")))
_COLUMNS: Mapping[str, tuple[Column, ...]] = {
    "measures": (
        ("Measure", _measure(lambda m: Cell(_capital(m.measure), detail=m.breakdown))),
        ("Value", _measure(_value)),
        ("Target", _measure(_target)),
        ("Period", _measure(lambda m: Cell(period_words(m.period) or ""))),
        ("Status", _measure(lambda m: Cell(STATUS[m.status], tone=_TONE.get(m.status)))),
        ("Plan's rating", _measure(_rating)),
        ("Plan's arrow", _measure(_direction)),
    ),
    "actions": (
        ("Action", _action(lambda a: Cell(f"{a.ref} {a.action}" if a.ref else a.action, detail=a.place.section))),
        ("Lead", _action(lambda a: Cell(a.lead or ""))),
        ("Due", _action(lambda a: Cell(a.due or ("ongoing" if a.ongoing else "")))),
        ("First due", _action(lambda a: Cell(first_due(a)))),
        ("Plan's status", _action(standing)),
        ("Plan's rating", _action(rating)),
        ("Progress", _action(_progress)),
        ("Plan's arrow", _action(_direction)),
    ),
    "commitments": (
        ("Commitment", _commitment(lambda c: Cell(c.commitment, detail=c.place.section))),
        ("Owner", _commitment(lambda c: Cell(c.owner or ""))),
        ("By when", _commitment(lambda c: Cell(c.by_when or ""))),
        ("Strength", _commitment(lambda c: Cell(STRENGTH[c.strength]))),
    ),
}
