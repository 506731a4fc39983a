"""Measures of a document: readings with their targets from tables, figures from prose, targets without a reading."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ingest.language.period import last_day
from ingest.language.phrases import likeness, terms
from ingest.language.status import status_of
from ingest.language.words import numbers
from ingest.records.prose import prose_measures
from ingest.records.surroundings import surroundings_of
from ingest.records.table_measures import table_measures
from ingest.types import Document, Measure

_LIMIT = re.compile(r"\b(?:with)?in\s+(?:the\s+)?(?:\S+\s+)?(?:\w+\s+)?(?:days?|weeks?|months?|hours?|timescales?|time)\b", re.I)
_BEFORE = 6  # figures right before a table that may be the standards it is held against
_SAME = 0.65  # share of the shorter name's terms from which two readings of one date and unit are one measure


def measures(document: Document, actions_by_row: Mapping[tuple[int, int], str]) -> list[Measure]:
    """Every measure of a document in reading order. `actions_by_row` gives the id of the action that the rows of a table's group
    belong to, by (index of the table in `document.blocks`, group). Ids are stable for unchanged bytes."""
    found: list[Measure] = []
    told: list[Measure] = []
    around = surroundings_of(document)
    for index, block in enumerate(document.blocks):
        if block.table is not None:
            tabled = table_measures(block, index, around, actions_by_row)
            found = _without_standards(found, tabled) + tabled
        else:
            prose = prose_measures(block, document)
            found += prose
            told += [m for m in prose if m.kind == "actual" and m.target is not None]
    return [replace(_aimed(m, told), id=f"{document.sha256[:12]}/m{n:04d}") for n, m in enumerate(found, start=1)]


def _without_standards(found: Sequence[Measure], tabled: Sequence[Measure]) -> list[Measure]:
    """The measures without those that the words right before a table gave and that set what it is held against: no figures of their own."""
    set_for = [(m.target, m.target_quote) for m in tabled if m.breakdown and m.target_quote]
    last = len(found) - _BEFORE
    return [m for i, m in enumerate(found) if i < last or not any(_sets(m, value, said) for value, said in set_for)]


def _sets(measure: Measure, value: float | None, said: str | None) -> bool:
    number = measure.target if measure.value is None else measure.value
    return number == value and (said or "") in measure.quote


def _aimed(measure: Measure, told: Sequence[Measure]) -> Measure:
    """A reading without a target takes the one that the text sets for the same measure at the same date."""
    if measure.kind != "actual" or measure.comparator is not None or measure.period is None:
        return measure
    for other in told:
        if other.unit == measure.unit and other.period and last_day(other.period) == last_day(measure.period) and _same(measure, other):
            return replace(
                measure,
                target=other.target,
                target_high=other.target_high,
                comparator=other.comparator,
                target_period=other.target_period,
                target_quote=other.target_quote,
                status=status_of(measure.value, measure.value_high, measure.qualifier, other.target, other.target_high, other.comparator),
            )
    return measure


def _same(one: Measure, other: Measure) -> bool:
    """Whether two names speak of one measure: alike, with the same numbers in them, and not only in the time they allow ("within 45
    working days", "within one working day")."""
    names = [f"{m.measure} {m.breakdown or ''}".lower() for m in (one, other)]
    if len({tuple(sorted(_numbers(name))) for name in names}) > 1:
        return False
    a, b = (_LIMIT.sub(" ", name) for name in names)
    return likeness(a, b) >= _SAME and len(terms(a) & terms(b)) >= 2


def _numbers(name: str) -> list[str]:
    """The numbers of a name, in digits."""
    digits = {word: str(int(value)) for word, value in numbers("numbers").items()}
    return [digits.get(word, word) for word in re.findall(r"\w+", name) if word in digits or word.isdigit()]
