"""Which measures a list of a time is of: those at the time asked, or the position the documents give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.evidence.desk import Desk, Marked
from app.evidence.figures import aimed_at, held_against, in_time, latest_of_each, time_of
from app.question.when import span_of
from app.types import Query, Span
from ingest.types import Measure

_LARGELY = 3  # times as many figures with a target as are dated to the very time asked, from which a report's own position is meant


def current(pool: Sequence[Marked[Measure]], query: Query, desk: Desk) -> tuple[list[Marked[Measure]], tuple[Span, ...]]:
    """The measures at the times asked; where none is named, those of the documents with the newest judged figures."""
    pool = [m for m in pool if not overtaken(m, desk)]
    if query.spans:
        speaking = {e.name for e in desk.entries if (p := span_of(e.period)) and any(p.last == s.last for s in query.spans)}
        at = [m for m in pool if in_time(m, query.spans, desk) or (m.record.place.document in speaking and _inside(m, query, desk))]
        if query.target is not None or "aimed" in query.wanted:  # "what did we want to have reached 100% by September?"
            due = [m for m in pool if m.record.value is None and aimed_at(m, query.spans)]
            return due or at, query.spans
        if query.statuses:  # a report of July judges the figures of June
            told = latest_of_each([m for m in pool if m.record.place.document in speaking], desk)
            at = told if _judged(told) > _LARGELY * _judged(at) else at
            at = at if _judged(at) else held_against(pool, query.spans, desk) or at
        return [m for m in at if m.record.place.document in speaking] or at, query.spans
    if query.documents or query.authorities or query.target is not None:
        return latest_of_each(pool, desk), ()
    judged = [(t.last, m) for m in pool if m.record.status in ("off_target", "on_target") and (t := time_of(m, desk))]
    if not judged:
        return list(pool), ()
    last = max(t for t, _ in judged)
    span = next(t for m in pool if (t := time_of(m, desk)) and t.last == last)
    names = {m.record.place.document for t, m in judged if t == last}
    spoken = [m for m in pool if m.record.place.document in names]
    latest = replace(query, spans=(span,))
    return [m for m in spoken if (t := time_of(m, desk)) is None or t.last == last or _inside(m, latest, desk)], (span,)


def _judged(pool: Sequence[Marked[Measure]]) -> int:
    return sum(m.record.value is not None and m.record.target is not None for m in pool)


def overtaken(m: Marked[Measure], desk: Desk) -> bool:
    """True for a figure without a date whose document also gives a dated one of the same measure: that one is the position."""
    r = m.record
    if r.period is not None or r.value is None:
        return False
    if not r.breakdown and r.target_quote and (r.place.document, r.unit, r.action_id, r.target_quote) in desk.dated:
        return True
    return r.target is None and (r.place.document, r.unit, m.name, r.breakdown, r.place.page) in desk.dated


def _inside(m: Marked[Measure], query: Query, desk: Desk) -> bool:
    """True for a month inside the quarter asked, where no later figure of the measure stands in the same document."""
    own = time_of(m, desk)
    asked = [
        s if s.last != s.first or s.last % 3 != 2 else replace(s, first=s.last - 2) for s in query.spans
    ]  # a quarter's last month ends it
    if own is None or not any(s.first <= own.first and own.last < s.last for s in asked):
        return False
    same = [
        o for o in desk.measures if o.record.place.document == m.record.place.document and o.name == m.name and o.record.id != m.record.id
    ]
    return not any((t := time_of(o, desk)) and t.last > own.last for o in same)


def ahead(m: Measure, query: Query, desk: Desk) -> bool:
    """True for a target that is set for later than the time asked, or than its document reports on where that gives the measure's value:
    nothing can be reported against it yet."""
    due = span_of(m.target_period)
    if m.value is not None or due is None or query.target is not None or "aimed" in query.wanted:
        return False
    if query.spans:
        return all(due.first > s.last for s in query.spans)
    entry = desk.entry(m.place.document)
    told = span_of(entry.period) if entry else None
    same = (o.record for o in desk.measures if o.record.place == replace(m.place, box=o.record.place.box, cell=o.record.place.cell))
    return told is not None and due.first > told.last and any(o.value is not None and o.measure == m.measure for o in same)
