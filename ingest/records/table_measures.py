"""Measures of one table: the readings of each entry held against its targets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from ingest.language.period import last_day, period_in
from ingest.language.phrases import likeness, terms, tidy
from ingest.language.sentences import Span
from ingest.language.status import status_of
from ingest.language.target import headline
from ingest.language.words import words
from ingest.records.matching import match
from ingest.records.readings import Aim, Reading, read_group, row_name
from ingest.types import Block, Cell, Document, Measure, Place, Row, Table

_QUOTE = 200  # characters of a quote


def table_measures(block: Block, index: int, document: Document, actions_by_row: Mapping[tuple[int, int], str]) -> list[Measure]:
    """The measures of a table in reading order, without ids. `index` is the block's index in the document."""
    table = block.table
    assert table is not None
    around = period_in(table.caption or "", document.period) or document.period
    out: list[Measure] = []
    for group, members in groupby(range(len(table.rows)), key=lambda i: table.rows[i].group):
        rows = list(members)
        readings, aims = read_group(table, rows, around)
        writer = _Writer(block, document, table, around, actions_by_row.get((index, group)))
        out += writer.records(readings, aims)
    return out


class _Writer:
    """Turns the readings and aims of one entry into records."""

    def __init__(self, block: Block, document: Document, table: Table, around: str | None, action: str | None) -> None:
        self.block, self.document, self.table, self.around, self.action = block, document, table, around, action

    def records(self, readings: list[Reading], aims: list[Aim]) -> list[Measure]:
        """Readings with their targets, then the numeric targets that no reading is held against, row by row."""
        pairs = [(r, a) for r, a in match(readings, aims, self.around) if a is not None or r.figure.quantity.printed.lower() != "no"]
        held = {(id(a.cell), a.target.start) for _, a in pairs if a is not None}
        open_aims = [a for a in aims if not a.target.is_direction and (id(a.cell), a.target.start) not in held]
        out: list[tuple[int, int, int, Measure]] = []
        for reading, aim in pairs:
            out.append((min(reading.rows), 0, reading.figure.quantity.start, self._actual(reading, aim, pairs, aims)))
        for aim in open_aims:
            out.append((min(aim.rows), 1, aim.target.start, self._target_only(aim)))
        for reading_column, row, aim in self._not_reported(aims):
            out.append((row, 0, reading_column, replace(self._target_only(aim), period=self._title_period(reading_column))))
        return [m for *_, m in sorted(out, key=lambda o: o[:3])]

    def _actual(self, reading: Reading, aim: Aim | None, pairs: list[tuple[Reading, Aim | None]], aims: list[Aim]) -> Measure:
        figure, target = reading.figure, aim.target if aim else None
        name, breakdown = self._names(reading, aim, aims)
        quantity = figure.quantity
        row = self.table.rows[min(reading.rows)]
        benchmark = figure.role == "benchmark" or reading.role == "benchmark"
        period = reading.period or (None if figure.earlier else self.around)
        held = target if not benchmark else None
        return Measure(
            id="",
            place=self._place(reading.cell, (quantity.start, quantity.end), row),
            quote=self._quote(reading, aim),
            measure=name,
            breakdown=breakdown,
            kind="benchmark" if benchmark else "actual",
            value=_float(quantity.value),
            value_high=_float(quantity.high),
            value_text=tidy_value(quantity.printed),
            qualifier=quantity.qualifier,
            unit=quantity.unit,
            period=period,
            target=_float(held.value) if held else None,
            target_high=_float(held.high) if held else None,
            comparator=held.comparator if held else None,
            target_period=held.period if held else None,
            target_quote=_flat(aim.cell.text, held.statement) if held and aim else None,
            status=status_of(
                quantity.value, quantity.high, quantity.qualifier, held.value if held else None, held.high if held else None, held.comparator if held else None,
                _previous(reading, period, pairs) if held and held.is_direction else None,
            ),
            rag=self._rating(row),
            direction=self._arrow(row),
            action_id=self.action,
        )  # fmt: skip

    def _target_only(self, aim: Aim) -> Measure:
        t = aim.target
        row = self.table.rows[min(aim.rows)]
        quote = _flat(aim.cell.text, t.statement)
        return Measure(
            id="",
            place=self._place(aim.cell, (t.start, t.end), row),
            quote=quote if t.name else f"{row_name(self.table, row)[:_QUOTE]} {quote}".strip(),
            measure=t.name or self._row_name(row) or quote,
            breakdown=t.label,
            kind="target_only",
            value=None,
            value_high=None,
            value_text=None,
            qualifier=None,
            unit=t.unit,
            period=None if t.period else self.around,
            target=_float(t.value),
            target_high=_float(t.high),
            comparator=t.comparator,
            target_period=t.period,
            target_quote=quote,
            status="no_value",
            rag=self._rating(row),
            direction=self._arrow(row),
            action_id=self.action,
        )

    def _not_reported(self, aims: list[Aim]) -> list[tuple[int, int, Aim]]:
        """(column, row, aim) for each dated value column that says of a row with a target that there is no value."""
        return [
            (i, row, aim)
            for aim in aims
            for row in sorted(aim.rows)
            for i, column in enumerate(self.table.columns)
            if column.role == "actual" and self._title_period(i) and not aim.target.is_direction
            if (cell := self.table.rows[row].cells[i]) is not None and cell.printed.flat.lower() in words("not_reported", "words")
        ]

    def _title_period(self, column: int) -> str | None:
        return period_in(self.table.columns[column].title, self.around)

    def _names(self, reading: Reading, aim: Aim | None, aims: list[Aim]) -> tuple[str, str | None]:
        """(measure, breakdown) of a reading: the target's name where it has one, the reading's own words as a part of it."""
        figure = reading.figure
        if reading.role == "benchmark" and not figure.name:
            title = self.table.columns[reading.column].title
            return self._row_name(self.table.rows[min(reading.rows)]) or headline(title), tidy(title)
        own, above = figure.name, headline(figure.heading) if figure.heading_is_label or not figure.name else ""
        row = self.table.rows[min(reading.rows)]
        if aim is not None and aim.target.name:
            t = aim.target
            if t.unit == "percent" and aim.target.universal and above:
                return above, own or figure.label
            if own and likeness(own, t.name) >= 0.5:
                extra = terms(own) - terms(t.name)
                part = own if extra and figure.leads and len(own.split()) <= 6 else figure.label
                return (t.name, t.label or part) if not t.is_direction or not extra else (own, figure.label)
            if own:
                return t.name, t.label or own
            if t.is_direction and above and terms(above) - terms(t.name):
                return above, figure.label
            return t.name, t.label or figure.label
        context = above or self._row_name(row)
        if not own:
            return context or self._action_name(row), figure.label
        labelled = next((a.target.name for a in aims if a.rows & reading.rows and a.target.label and a.target.unit == figure.quantity.unit), None)
        if context and terms(own) == terms(context):
            return context, figure.label
        short = len(own.split()) <= 3
        if short and labelled and len(terms(own)) <= 1:
            return labelled, own
        if short and above and figure.heading_is_label:
            return above, own
        if short and context and figure.leads:
            return context, own
        if short and figure.leads and len(terms(own)) <= 1 and (action := self._action_name(row)):
            return action, own
        return own, figure.label

    def _row_name(self, row: Row) -> str:
        """The name of what the row as a whole measures."""
        return headline(row_name(self.table, row))

    def _action_name(self, row: Row) -> str:
        for role in ("success", "action"):
            cell = self.table.cell(row, role)
            if cell is not None and cell.printed:
                return headline(" ".join(cell.printed.flat.split()[:20]))
        return ""

    def _place(self, cell: Cell, span: Span, row: Row) -> Place:
        page, box = cell.printed.locate(*span)
        section = row.section or self.table.caption or (self.block.headings[-1] if self.block.headings else self.block.place.section)
        return Place(self.document.name, page, box, section, self.block.place.sheet, cell.address)

    def _quote(self, reading: Reading, aim: Aim | None) -> str:
        """The target's wording and the value's: each verbatim, together about `_QUOTE` characters."""
        figure = reading.figure
        value = _window(reading.cell.text, figure.above, figure.statement, (figure.quantity.start, figure.quantity.end))
        named = row_name(self.table, self.table.rows[min(reading.rows)])
        if named and (aim is None or not aim.target.name):
            aimed = f" {_flat(aim.cell.text, aim.target.statement)}" if aim is not None and aim.cell is not reading.cell else ""
            return f"{named[:_QUOTE]} {value}{aimed}"
        if aim is None or aim.cell is reading.cell:
            return value
        want = _flat(aim.cell.text, aim.target.statement)
        if not terms(want.replace("Target", "")) and aim.target.above:
            want = _flat(aim.cell.text, (aim.target.above[0], aim.target.statement[1]))
        elif aim.target.above and len(_flat(aim.cell.text, (aim.target.above[0], aim.target.statement[1]))) <= 90:
            want = _flat(aim.cell.text, (aim.target.above[0], aim.target.statement[1]))
        return f"{want} {value}" if len(want) + len(value) <= _QUOTE + 60 else value

    def _rating(self, row: Row):  # type: ignore[no-untyped-def]
        cell = self.table.cell(row, "rag")
        return cell.rating if cell else None

    def _arrow(self, row: Row):  # type: ignore[no-untyped-def]
        cell = self.table.cell(row, "direction")
        return cell.arrow if cell else None


def tidy_value(printed: str) -> str:
    """A value as printed, on one line."""
    return " ".join(printed.split())


def _float(number: Decimal | None) -> float | None:
    return None if number is None else float(number)


def _flat(text: str, span: Span) -> str:
    return " ".join(text[span[0] : span[1]].split())


def _window(text: str, above: Span | None, statement: Span, value: Span) -> str:
    """The whole cell where it is short; else the figure's statement with the line above it, cut to what stands around the value."""
    whole = " ".join(text.split())
    if len(whole) <= 170:
        return whole
    if above and above[1] <= statement[0] and len(_flat(text, (above[0], statement[1]))) <= 160:
        return _flat(text, (above[0], statement[1]))
    said = _flat(text, statement)
    if len(said) <= 180:
        return said
    start = max(statement[0], value[0] - 100)
    end = min(statement[1], value[1] + 70)
    while start > statement[0] and not text[start - 1].isspace():
        start -= 1
    while end < statement[1] and not text[end].isspace():
        end += 1
    return _flat(text, (start, end))


def _previous(reading: Reading, period: str | None, pairs: list[tuple[Reading, Aim | None]]) -> Decimal | None:
    """The latest earlier value of the same series in the entry."""
    mine = (reading.figure.name, reading.figure.heading, reading.figure.quantity.unit)
    earlier = [
        (last_day(r.period), r.figure.quantity.value)
        for r, _ in pairs
        if r is not reading and r.period and (r.figure.name, r.figure.heading, r.figure.quantity.unit) == mine and period and last_day(r.period) < last_day(period)
    ]
    return max(earlier, key=lambda e: e[0])[1] if earlier else None
