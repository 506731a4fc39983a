"""Tables whose columns are parts ("Indicator | North | South"), or measures of their own ("Team | Visits on time | Caseload").

They are made long: a row for each value, with what it measures and which part or period it is for in cells of their own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.language.period import period_in, periods
from ingest.language.phrases import tidy
from ingest.language.quantity import is_figure
from ingest.language.words import words
from ingest.layout.headers import is_title, role_of
from ingest.types import Cell, Column, Line, Printed, Row, Table
from ingest.vocabulary import contains, normalise, vocabulary

PART = "part"  # role of the column that says for which team, area or group a value is

_NUMBERED_YEAR = re.compile(r"\b(?:year|yr|quarter|month|phase) \d{1,2}\b", re.I)
_GOES_ON = re.compile(
    r"(?:of (?:which|these|whom)\s+|%\s+)(?=(?:in|within|on|by|at)\s)|(?=within\s)", re.I
)  # "of which in time", "% in time"
_SHARE = re.compile(r"\W*(?:%|per ?cent|percentage|share|rate)?\W*", re.I)  # a title that says no more
_LABEL = 5  # words; a longer text of a first column is no label of a part
_MOSTLY = 0.6  # share of a column's cells that are bare figures
_FIXED = ("target", "previous", "baseline", "benchmark", "tolerance", "rag", "direction", "polarity", "unit", "ref", "basis")


def spread(table: Table) -> Table:
    """The table with a row for each value where its columns are parts or measures; else the table itself."""
    values = [i for i, c in enumerate(table.columns) if i and c.title and _fixed_role(c) is None and _holds_figures(table, i)]
    if not values or any(c.role in ("action", "success", "progress") for c in table.columns):
        return table
    named = table.index_of("measure")
    if named is not None and named not in values:
        table = _parted(table, named)
        parts = {i: _part_of(table.columns[i]) for i in values}
        parted = [i for i in values if parts[i] and (table.columns[i].role != "actual" or not is_title(table.columns[i].title))]
        return _by_part(table, parted, parts) if parted and _differ(table, values, parts) else table
    if _is_key(table, values):
        return _by_measure(table, values)
    return table


def _parted(table: Table, named: int) -> Table:
    """The table with the column that says of which part a row is, where rows measure the same of several ("Team | Measure | July")."""
    measured = [_flat(_at(row, named)) for row in table.rows]
    if len(set(measured)) == len(measured):
        return table
    for i, column in enumerate(table.columns):
        labels = [_flat(_at(row, i)) for row in table.rows]
        told = i != named and column.role in (None, "section") and all(labels) and not any(map(is_figure, labels))
        if told and len(set(zip(measured, labels, strict=True))) == len(labels):
            return replace(table, columns=tuple(replace(c, role=PART) if k == i else c for k, c in enumerate(table.columns)))
    return table


def _flat(cell: Cell | None) -> str:
    return cell.printed.flat if cell is not None else ""


def _fixed_role(column: Column) -> str | None:
    """A role that the title plainly gives, other than that of values: "Target", "Year 2 ambition"."""
    bare = _NUMBERED_YEAR.sub(" ", column.title)
    return column.role if column.role in _FIXED and (is_title(column.title) or is_title(bare)) else None


def _holds_figures(table: Table, index: int) -> bool:
    texts = [c.printed.flat for row in table.rows if index < len(row.cells) and (c := row.cells[index]) is not None and c.printed]
    texts = [t for t in texts if t.lower() not in words("not_reported", "words")]
    return bool(texts) and sum(is_figure(t) for t in texts) >= _MOSTLY * len(texts)


def _part_of(column: Column) -> str:
    """The part a column's title names, without dates and the words for values; "" for none."""
    said = _undated(column.title)
    plain = normalise(said)
    for phrase in sorted((*vocabulary()["headers"]["actual"], *words("parts", "occasions")), key=len, reverse=True):
        plain = f" {plain} ".replace(f" {phrase} ", " ").strip()
    return tidy(said) if any(c.isalpha() for c in plain) and not is_title(said) else ""


def _differ(table: Table, values: Sequence[int], parts: dict[int, str]) -> bool:
    """Whether the columns are parts of one thing: two or more, no two with the same part and period."""
    keys = [(parts[i], period_in(table.columns[i].title, "2000/01")) for i in values]
    return len({part for part, _ in keys}) > 1 and max(Counter(keys).values()) == 1


def _by_part(table: Table, values: Sequence[int], parts: dict[int, str]) -> Table:
    """A row for each value of a row: what it measures, its other cells, the part and the date of the value's column."""
    kept = [i for i in range(len(table.columns)) if i not in values]
    columns = (*(table.columns[i] for i in kept), Column("", PART), Column("", "period"), Column("", "actual"))
    rows = [
        replace(row, cells=(*(_at(row, i) for i in kept), _said(parts[v]), _date(table.columns[v]), value))
        for row in table.rows
        for v in values
        if (value := _at(row, v)) is not None
    ]
    return replace(table, columns=columns, rows=tuple(rows))


def _date(column: Column) -> Cell | None:
    return _said(column.title) if periods(column.title, "2000/01") else None


def _is_key(table: Table, values: Sequence[int]) -> bool:
    """Whether the first column names teams, areas, groups or dates, by its title or since one row is their total, and each other one is a
    measure."""
    first = table.columns[0]
    others = [i for i in range(1, len(table.columns)) if i not in values]
    if any(table.columns[i].role not in (*_FIXED, "comment", None) for i in others):
        return False
    if sum(role_of(table.columns[i].title) == "actual" and is_title(table.columns[i].title) for i in values):
        return False
    if first.role == "period" or any(contains(normalise(first.title), word) for word in words("parts", "words")):
        return True
    if first.role is None and len(values) > 1 and any(_is_whole(row) for row in (*table.rows[:1], *table.rows[-1:])):
        return True
    return not any(c.role for c in table.columns) and len(values) > 1 and _labelled(table) and all(_says(table.columns[i]) for i in values)


def _labelled(table: Table) -> bool:
    """Whether the first column holds short labels ("Saltway"), no figures."""
    texts = [_text(row) for row in table.rows]
    return bool(table.columns[0].title) and all(t and not is_figure(t) and len(t.split()) <= _LABEL for t in texts)


def _says(column: Column) -> bool:
    """Whether a title tells what is measured, not only that something is ("Number", "Total 2024", "%")."""
    said = _undated(column.title)
    return any(w.isalpha() and w not in vocabulary()["names"]["weak"] for w in normalise(said).split())


def _by_measure(table: Table, values: Sequence[int]) -> Table:
    """A row for each value: its column's title as the measure, its row as the part or the date, with the row's other cells; a row of
    targets holds for its columns."""
    dated = table.columns[0].role == "period"
    timed = not dated and any(_date(table.columns[i]) for i in values)
    kept = [i for i in range(1, len(table.columns)) if i not in values]
    wanted = next((row for row in table.rows if _row_role(row) == "target"), None)
    columns = [Column("", "measure"), Column("", "period" if dated else PART), Column("", "actual"), *(table.columns[i] for i in kept)]
    columns += [Column("", "period")] if timed else []
    columns += [Column("Target", "target")] if wanted else []
    return replace(table, columns=tuple(columns), rows=tuple(_measured(table, values, kept, wanted, timed)))


def _measured(table: Table, values: Sequence[int], kept: Sequence[int], wanted: Row | None, timed: bool) -> Iterator[Row]:
    group, titles = 0, _titles(table, values)
    for row in table.rows:
        if row is wanted:
            continue
        whole = _is_whole(row)
        for v in values:
            value = _at(row, v)
            if value is not None and value.printed:
                cells = (_said(titles[v]), None if whole else row.cells[0], value, *(_at(row, i) for i in kept))
                cells = (*cells, _date(table.columns[v])) if timed else cells
                yield Row((*cells, _at(wanted, v)) if wanted else cells, group, row.section)
                group += 1


def _titles(table: Table, values: Sequence[int]) -> dict[int, str]:
    """What each column measures: its title without a date; one that only goes on ("of which in time", "% in time", "%") with what the
    column before it counts."""
    out: dict[int, str] = {}
    counted = last = ""
    for i in values:
        column = table.columns[i]
        undated = tidy(_undated(column.title)) if _date(column) is not None else column.title
        said = undated if _says(Column(undated)) else column.title if _says(column) else ""
        if goes_on := _GOES_ON.match(said) if counted else None:
            last = f"{counted} {said[goes_on.end() :][:1].lower()}{said[goes_on.end() + 1 :]}"
        elif said or not last or not _SHARE.fullmatch(_undated(column.title)):
            counted = last = said or column.title
        out[i] = last
    return out


def _undated(title: str) -> str:
    for d in reversed(periods(title, "2000/01")):
        title = f"{title[: d.start]} {title[d.end :]}"
    return title


def _is_whole(row: Row) -> bool:
    """Whether a row is for all parts together ("Total", "Whole service")."""
    return normalise(_text(row)) in vocabulary()["names"]["whole"]


def _row_role(row: Row) -> str | None:
    return role_of(_text(row)) if is_title(_text(row)) else None


def _text(row: Row) -> str:
    return row.cells[0].printed.flat if row.cells and row.cells[0] is not None else ""


def _at(row: Row, index: int) -> Cell | None:
    return row.cells[index] if index < len(row.cells) else None


def _said(text: str) -> Cell:
    return Cell(Printed((Line(text),)))
