"""What a document prints more than once, as a line of its own and in a summary: listed once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from app.evidence.desk import Desk, Marked
from app.evidence.figures import time_of
from ingest.types import Measure

_WITHIN = 0.8  # share of the shorter name found in the longer from which both name one measure


def without_repeats(rows: Iterable[Marked[Measure]], desk: Desk) -> list[Marked[Measure]]:
    """The rows, each measure of a document at one time once.

    Two rows are one measure where they give the same value against the same target; a line of a summary also where an action of the
    same document has the measure with the same target at the same time, whole or by teams: that one is the plan's own line.
    """
    listed = list(rows)
    own: dict[tuple[object, ...], list[Marked[Measure]]] = defaultdict(list)
    for m in listed:
        if m.record.action_id:
            own[m.record.place.document, m.record.unit, m.record.target].append(m)
    out: list[Marked[Measure]] = []
    kept: dict[tuple[object, ...], list[Marked[Measure]]] = defaultdict(list)
    for m in listed:
        r = m.record
        summed = not r.action_id and any(_restates(m, o, desk) for o in own[r.place.document, r.unit, r.target])
        alike = kept[r.place.document, r.value, r.unit, r.target, r.breakdown]
        if not summed and not any(_twin(m, o) for o in alike):
            out.append(m)
            alike.append(m)
    return out


def restated(rows: Sequence[Measure], desk: Desk) -> list[tuple[Measure, Measure]]:
    """(row, the summary's line) where a summary of the same document gives another value for the very measure of the row."""
    marked = {m.record.id: m for m in desk.measures}
    out = []
    for r in rows:
        if not r.action_id or r.value is None:
            continue
        lines = [m for m in desk.measures if not m.record.action_id and m.record.place.document == r.place.document]
        others = [m for m in lines if m.record.value not in (None, r.value) and (m.record.breakdown or "") == (r.breakdown or "")]
        out += [(r, m.record) for m in others if _restates(m, marked[r.id], desk)]
    return out


def _twin(a: Marked[Measure], b: Marked[Measure]) -> bool:
    x, y = a.record, b.record
    if x.place.document != y.place.document or (x.value, x.unit, x.target, x.breakdown) != (y.value, y.unit, y.target, y.breakdown):
        return False
    if x.value is None and x.action_id != y.action_id:
        return False  # two actions that aim at the same number are two aims
    return (x.period == y.period or x.target is not None) and a.span == b.span and _one_name(a, b)


def _restates(a: Marked[Measure], b: Marked[Measure], desk: Desk) -> bool:
    x, y = a.record, b.record
    if x.target is None or (x.unit, x.target, x.comparator) != (y.unit, y.target, y.comparator):
        return False
    s, t = time_of(a, desk), time_of(b, desk)
    return s is not None and t is not None and s.last == t.last and _one_name(a, b)


def _one_name(a: Marked[Measure], b: Marked[Measure]) -> bool:
    shared, short = len(a.name & b.name), min(len(a.name), len(b.name))
    if {t for t in a.name if t.isdigit()} != {t for t in b.name if t.isdigit()} and len(a.name) == len(b.name):
        return False
    return short > 0 and (shared / short >= _WITHIN if short > 2 else a.name == b.name or shared / short == 1)
