"""Lists of measures by how they moved: which got better, which got worse, each by its own two values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.evidence.desk import Desk, Marked
from app.evidence.figures import Found, series, time_of
from app.evidence.match import Match
from app.evidence.repeats import without_repeats
from app.kinds.trend import change_words
from app.kinds.wording import gap, plural, statement
from app.types import Derived, Draft, Query, Span
from ingest.types import Measure

_NO_MATCH = Match(0.0, 0.0, frozenset())


def moved(m: Marked[Measure], query: Query, desk: Desk) -> tuple[Measure, Measure] | None:
    """(earlier value, value) of one measure in its document: over the times asked, else from the value before; None where it has no two."""
    if m.record.value is None or m.record.target is None or m.record.comparator is None:
        return None
    at = time_of(m, desk)
    line = [o for o in series(Found(m, _NO_MATCH), desk, {m.record.place.document}) if o.span and o.record.target == m.record.target]
    if at is None or m.span is None:
        return None
    earlier = [o for o in line if o.span and o.span.last < at.last]
    since = _since(query.spans)
    if since is not None:
        earlier = [o for o in earlier if o.span and o.span.last == since]
    return (earlier[-1].record, m.record) if earlier else None


def _since(spans: Sequence[Span]) -> int | None:
    """The month of the earlier of the times named; None for none."""
    ends = [s.first + 2 if s.last - s.first > 600 and s.first % 3 == 0 else s.last for s in spans]
    return min(ends) if len(spans) > 1 or any(s.last - s.first > 600 for s in spans) else None


def last_of(pool: Iterable[Marked[Measure]], query: Query, desk: Desk) -> list[Marked[Measure]]:
    """Measures with two values to compare, each at the later of the times asked, or its latest."""
    ends = [s.last for s in query.spans if s.last - s.first <= 600]
    end = max(ends, default=None)
    out: dict[tuple[object, ...], Marked[Measure]] = {}
    for m in pool:
        if m.span is None or moved(m, query, desk) is None or (end is not None and m.span.last > end):
            continue
        key = (m.record.place.document, m.record.action_id, m.name, m.record.breakdown, m.record.unit)
        if key not in out or (held := out[key].span) is None or held.last < m.span.last:
            out[key] = m
    newest = max((m.span.last for m in out.values() if m.span), default=0)
    return without_repeats([m for m in out.values() if m.span and m.span.last == newest], desk)


def better(earlier: Measure, later: Measure) -> float:
    """How much nearer to what the target wants the later value is: positive for better, in the measure's unit."""
    a, b = gap(earlier), gap(later)
    return (a - b) if a is not None and b is not None else 0.0


def compose(query: Query, considered: Sequence[Measure], desk: Desk) -> Draft:
    """How many of those with two values moved as asked, and each with both values."""
    marked = {m.record.id: m for m in desk.measures}
    pairs = [p for m in considered if (p := moved(marked[m.id], query, desk))]
    sign = {"better": 1, "worse": -1}.get(query.moved or "", 0)
    chosen = [(a, b) for a, b in pairs if (better(a, b) * sign > 0 if sign else better(a, b) == 0)]
    said = {"better": "got better", "worse": "got worse"}.get(query.moved or "", "stayed the same")
    when = f", {query.period_text}" if query.period_text else ""
    first = statement(
        f"{len(chosen)} of {plural(len(pairs), 'measure')} with two values to compare {said}{when}.",
        derived=[Derived(float(len(chosen)), "count"), Derived(float(len(pairs)), "count")],
    )
    rows = tuple(b for _, b in chosen)
    count = len(rows) if "count" in query.wanted else None
    return Draft("answered", (first, *(change_words(a, b) for a, b in chosen[:20])), rows=rows, count=count)
