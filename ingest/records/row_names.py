"""What a reading of a table is called: its target's name, its own words, or what its row is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from ingest.language.money import without_money
from ingest.language.phrases import likeness, terms, tidy
from ingest.language.target import headline
from ingest.language.words import any_of, words
from ingest.records.readings import Aim, Reading, row_name
from ingest.types import Row, Table

_LABEL = 3  # words; a longer name stands for itself
_PART = 6  # words; a longer one is not shown as a breakdown
_LIKE = 0.5
_MARKED = re.compile(r"\s*\([LH*↓↑]\)\s*$")  # "(L)": lower is better
_JOINED = re.compile(r"\band\b|&|\w/\w")


def names(table: Table, reading: Reading, aim: Aim | None, aims: Sequence[Aim]) -> tuple[str, str | None]:
    """(measure, breakdown) of a reading held against `aim`; `aims` are all targets of its entry."""
    if reading.role == "benchmark" and not reading.figure.name:
        title = table.columns[reading.column].title
        return measured_by(table, table.rows[min(reading.rows)]) or headline(title), tidy(title)
    if aim is not None and aim.target.name:
        return _with_target(reading, aim)
    return _without_target(table, reading, aims)


def measured_by(table: Table, row: Row) -> str:
    """The name of what a row as a whole measures, nearly as printed; "" where the table has no such column. A mark that only says which
    way is better, or in what money is given, is no part of it."""
    return tidy(_opening().sub("", tidy(without_money(_MARKED.sub("", row_name(table, row))))))


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(rf"^{any_of(words('names', 'counted'))}\s*(?=\w)", re.I)


def _above(reading: Reading) -> str:
    figure = reading.figure
    return headline(figure.heading) if figure.heading_is_label or not figure.name else ""


def _with_target(reading: Reading, aim: Aim) -> tuple[str, str | None]:
    """The target's name; own words that say more are the part of it that was measured, or, for a mere direction, the better name."""
    figure, target = reading.figure, aim.target
    own, above = figure.name, _above(reading)
    if target.unit == "percent" and target.universal and above:
        return above, own or figure.label
    if own and likeness(own, target.name) >= _LIKE:
        extra = terms(own) - terms(target.name) - terms(" ".join(words("names", "everywhere")))
        if target.is_direction and extra:
            return own, figure.label
        part = own if figure.leads and (_one_of(own, target.name) or (extra and len(own.split()) <= _PART)) else figure.label
        return target.name, target.label or part
    if own and not figure.leads and own.lower() in aim.cell.text[target.statement[0] : target.statement[1]].lower():
        return target.name, target.label or figure.label  # "18.4 children" of "between 14 and 17 children"
    if own:
        return target.name, target.label or own
    if target.is_direction and above and terms(above) - terms(target.name):
        return above, figure.label
    return target.name, target.label or figure.label


def _one_of(own: str, name: str) -> bool:
    """Whether a label is one of several things that a name joins: "ICPC" of "ICPC's and RCPC's take place …"."""
    return len(own.split()) <= _LABEL and bool(_JOINED.search(name)) and terms(own) < terms(name)


def _without_target(table: Table, reading: Reading, aims: Sequence[Aim]) -> tuple[str, str | None]:
    """The reading's own words; a label gets the heading, row, or other targets of the entry that it is a part of."""
    figure = reading.figure
    own, above = figure.name, _above(reading)
    row = table.rows[min(reading.rows)]
    context = above or measured_by(table, row)
    if not own:
        return context or _about(table, row), figure.label
    if context and terms(own) == terms(context):
        return context, figure.label
    if len(own.split()) > _LABEL:
        return own, figure.label
    single = len(terms(own)) <= 1
    siblings = (a.target.name for a in aims if a.rows & reading.rows and a.target.label and a.target.unit == figure.quantity.unit)
    if single and (whole := next(siblings, "")):
        return whole, own
    if above and figure.heading_is_label:
        return above, own
    if figure.leads and (whole := context or (_about(table, row) if single else "")):
        return whole, own
    return own, figure.label


def _about(table: Table, row: Row) -> str:
    """What the row's success or action cell is about, in its first words."""
    for role in ("success", "action"):
        cell = table.cell(row, role)
        if cell is not None and cell.printed:
            return headline(" ".join(cell.printed.flat.split()[:20]))
    return ""
