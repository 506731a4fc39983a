"""Measures of one table: the readings of each entry held against its targets."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from ingest.language.period import last_day, period_in
from ingest.language.sentences import Span
from ingest.language.words import words
from ingest.records.build import QUOTE, Setting, around_value, flat, reading_record, target_record
from ingest.records.matching import covers, match
from ingest.records.readings import Aim, Reading, read_group, row_name, row_period
from ingest.records.row_names import measured_by, names
from ingest.records.spread import PART, spread
from ingest.records.surroundings import Surroundings
from ingest.types import Block, Cell, Document, Measure, Place, Row, Table

_BLUE = re.compile(r"\bblue\b|^\W*b\W*$|^$", re.I)  # what a cell that is rated blue by its colour or letter may say
_FORMER = ("previous", "baseline")  # roles of columns whose values are not of the document's own period
_CELL = 170  # characters; a shorter cell is quoted whole
_ABOVE = 90  # characters; a longer lead-in to a target is left out of the quote

Pairs = Sequence[tuple[Reading, Aim | None]]


def table_measures(block: Block, index: int, told: Surroundings, actions_by_row: Mapping[tuple[int, int], str]) -> list[Measure]:
    """The measures of a table in reading order, without ids. `index` is the block's index in the document, `told` what its text says."""
    if block.table is None:
        return []
    table, around = told.told_of(block.table, block)
    table = told.aimed(spread(table), block)
    out: list[Measure] = []
    for group, members in groupby(range(len(table.rows)), key=lambda i: table.rows[i].group):
        readings, aims = read_group(table, list(members), around)
        out += _Entry(block, told.document, table, around, actions_by_row.get((index, group))).records(readings, aims)
    return out


class _Entry:
    """Turns the readings and targets of one entry (the rows of one action or indicator) into records."""

    def __init__(self, block: Block, document: Document, table: Table, around: str | None, action: str | None) -> None:
        self.block, self.document, self.table, self.around, self.action = block, document, table, around, action

    def records(self, readings: Sequence[Reading], aims: Sequence[Aim]) -> list[Measure]:
        """Readings with their targets, then the numeric targets that no reading is held against, row by row. A bare "no" counts only
        where a target makes it a count."""
        pairs = [(r, a) for r, a in match(readings, aims, self.around) if a is not None or r.figure.quantity.printed.lower() != "no"]
        held = {(id(a.cell), a.target.start) for _, a in pairs if a is not None}
        out = [(min(r.rows), 0, r.column, r.figure.quantity.start, self._reading(r, a, pairs, aims)) for r, a in pairs]
        for aim in aims:
            if not aim.target.is_direction:
                unreported = [(row, 0, i, 0, self._target_only(aim, period)) for row, i, period in self._not_reported(aim)]
                if not unreported and (id(aim.cell), aim.target.start) not in held:
                    unreported = [(min(aim.rows), 1, aim.column, aim.target.start, self._target_only(aim, self._due_now(aim)))]
                out += unreported
        return [m for *_, m in sorted(out, key=lambda o: o[:4])]

    def _reading(self, reading: Reading, aim: Aim | None, pairs: Pairs, aims: Sequence[Aim]) -> Measure:
        figure = replace(reading.figure, role="benchmark") if reading.role == "benchmark" else reading.figure
        row = self.table.rows[min(reading.rows)]
        undated = figure.earlier or reading.role in _FORMER or _overtaken(reading, aim, pairs)
        period = reading.period or (None if undated else self.around)
        quote = self._quote(reading, aim)
        name, breakdown = names(self.table, reading, aim, aims)
        breakdown = self._part(row) or breakdown
        setting = self._setting(reading.cell, (figure.quantity.start, figure.quantity.end), row, quote, reading.column)
        return reading_record(
            figure,
            setting if self._is_latest(reading, pairs) else replace(setting, rag=None, direction=None),
            (name or self._section(row) or quote, breakdown),
            period,
            aim.target if aim else None,
            flat(aim.cell.text, aim.target.statement) if aim else None,
            _previous(reading, period, pairs) if aim and aim.target.is_direction else None,
        )

    def _is_latest(self, reading: Reading, pairs: Pairs) -> bool:
        """Whether the rating and arrow of a row are for this figure: not for one of a former time or of others, nor, where columns give one
        value after another and share the rating, for one that a later column overtook."""
        if reading.role in (*_FORMER, "benchmark"):
            return False
        if reading.role != "actual" or not reading.period or sum(c.role == "rag" for c in self.table.columns) > 1:
            return True
        others = [r for r, _ in pairs if r.role == "actual" and r.column != reading.column and r.rows & reading.rows and r.period]
        return all(last_day(r.period) <= last_day(reading.period) for r in others if r.period)

    def _target_only(self, aim: Aim, period: str | None) -> Measure:
        target, row = aim.target, self.table.rows[min(aim.rows)]
        wording = flat(aim.cell.text, target.statement)
        quote = wording if target.name else f"{row_name(self.table, row)[:QUOTE]} {wording}".strip()
        name = target.name or measured_by(self.table, row) or wording
        setting = self._setting(aim.cell, (target.start, target.end), row, quote)
        if later := self._set_for_later(aim):  # the row's rating and arrow are for the time it reports
            target, setting = replace(target, period=target.period or later), replace(setting, rag=None, direction=None)
        return target_record(target, setting, (name, self._part(row) or target.label), period, wording)

    def _part(self, row: Row) -> str | None:
        """The team, area or group that a row of a spread table is for."""
        cell = self.table.cell(row, PART)
        return cell.printed.flat if cell is not None else None

    def _set_for_later(self, aim: Aim) -> str | None:
        """The time that the title of a target's column says it is for, where that is later than what the table reports on."""
        return aim.span if aim.span and self.around and last_day(aim.span) > last_day(self.around) else None

    def _due_now(self, aim: Aim) -> str | None:
        """The period for which an aim that nothing is held against has no value; None where it has a date of its own."""
        return (
            None
            if aim.target.period or self._set_for_later(aim)
            else row_period(self.table, self.table.rows[min(aim.rows)], self.around) or self.around
        )

    def _not_reported(self, aim: Aim) -> list[tuple[int, int, str]]:
        """(row, column, period) of each dated value cell that says of a row with a target that there is no value."""
        titles = [(i, period_in(c.title, self.around)) for i, c in enumerate(self.table.columns) if c.role == "actual"]
        return [
            (row, i, period)
            for row in sorted(aim.rows)
            for i, titled in titles
            if (period := titled or row_period(self.table, self.table.rows[row], self.around))
            and covers(aim, period)
            and (cell := self.table.rows[row].cells[i]) is not None
            and cell.printed.flat.lower() in words("not_reported", "words")
        ]

    def _setting(self, cell: Cell, span: Span, row: Row, quote: str, column: int | None = None) -> Setting:
        """Where a record stands, and the rating and arrow beside it: those of its row, none for a figure that a later one overtook."""
        page, box = cell.printed.locate(*span)
        place = Place(self.document.name, page, box, self._section(row), self.block.place.sheet, cell.address)
        rag, arrow = (self._beside(row, role, column) for role in ("rag", "direction"))
        rating = rag.rating if rag else None
        if rag and rating == "B" and self.action is None and not _BLUE.search(rag.printed.flat):
            rating = "G"  # a figure that is "Achieved" is on target; only what is to be done is done
        return Setting(place, quote, rating, arrow.arrow if arrow else None, self.action)

    def _beside(self, row: Row, role: str, column: int | None) -> Cell | None:
        """The row's cell of this role: where there are several, the first after the figure's own column."""
        where = [i for i, c in enumerate(self.table.columns) if c.role == role and i < len(row.cells)]
        if column is None or not where:
            return self.table.cell(row, role)
        after = [i for i in where if i > column] if len(where) > 1 else where
        return row.cells[(after or where)[0]]

    def _section(self, row: Row) -> str | None:
        headings, theme = self.block.headings, self.table.cell(row, "section")
        if theme is not None and theme.printed and self.table.index_of("measure") is not None:
            return theme.printed.flat  # a scorecard with a column of themes
        return row.section or self.table.caption or (headings[-1] if headings else self.block.place.section)

    def _quote(self, reading: Reading, aim: Aim | None) -> str:
        """The wording of the measure or target, and the value's: each verbatim, together about `QUOTE` characters."""
        figure = reading.figure
        value = _window(reading.cell.text, figure.above, figure.statement, (figure.quantity.start, figure.quantity.end))
        named = row_name(self.table, self.table.rows[min(reading.rows)])
        if named and (aim is None or not aim.target.name):
            wanted = f" {flat(aim.cell.text, aim.target.statement)}" if aim is not None and aim.cell is not reading.cell else ""
            return f"{named[:QUOTE]} {value}{wanted}"
        if aim is None or aim.cell is reading.cell:
            return value
        wanted = flat(aim.cell.text, aim.target.statement)
        if aim.target.above:
            whole = flat(aim.cell.text, (aim.target.above[0], aim.target.statement[1]))
            wanted = whole if len(whole) <= _ABOVE or aim.target.is_bare else wanted
        return f"{wanted} {value}" if len(wanted) + len(value) <= QUOTE + 60 else value


def _window(text: str, above: Span | None, statement: Span, value: Span) -> str:
    """The whole cell where it is short; else the figure's statement, with the line above it where that is not far."""
    whole = " ".join(text.split())
    if len(whole) <= _CELL:
        return whole
    if above and above[1] <= statement[0]:
        headed = flat(text, (above[0], statement[1]))
        if len(headed) <= _CELL:
            return headed
    return around_value(text, statement, value)


def _previous(reading: Reading, period: str | None, pairs: Pairs) -> Decimal | None:
    """The latest earlier value of the same series in the entry."""
    if period is None:
        return None
    earlier = [
        (last_day(r.period), r.figure.quantity.value)
        for r, _ in pairs
        if r.period and _series(r) == _series(reading) and last_day(r.period) < last_day(period)
    ]
    return max(earlier, key=lambda e: e[0])[1] if earlier else None


def _overtaken(reading: Reading, aim: Aim | None, pairs: Pairs) -> bool:
    """Whether the cell goes on to give a dated figure for the same target: then an undated one tells how things were, not how they are."""
    if aim is None or reading.figure.label:
        return False
    at = reading.figure.statement[0]
    return any(
        a is aim and r.cell is reading.cell and r.period and not r.figure.label and r.figure.statement[0] > at
        for r, a in pairs
        if r.figure.quantity.unit == reading.figure.quantity.unit
    )


def _series(reading: Reading) -> tuple[str, str, str]:
    return reading.figure.name, reading.figure.heading, reading.figure.quantity.unit
