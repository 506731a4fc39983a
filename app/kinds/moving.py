"""Lists of measures by how they moved: which got better or worse, rose or fell, each by its own two values or by the document's word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.evidence.desk import Desk, Marked
from app.evidence.figures import Found, series
from app.evidence.match import Match
from app.evidence.repeats import without_repeats
from app.kinds.trend import change_words
from app.kinds.wording import figure_words, gap, moved_words, plural, statement
from app.types import Derived, Draft, Query, Span, Statement
from ingest.language.target import smaller_is_better
from ingest.types import Measure

_NO_MATCH = Match(0.0, 0.0, frozenset())
_OPEN = 600  # months; a longer span has no end ("since June")
_LATELY = 3  # months before a document's newest value within which a value is still its position


def moved(m: Marked[Measure], query: Query, desk: Desk) -> tuple[Measure, Measure] | None:
    """(earlier value, value) of one measure in its document: over the times asked, else from the value before; None where it has no two.

    An undated value beside a dated one of the same measure is how things were before.
    """
    if m.record.value is None or m.span is None or m.record.kind != "actual":
        return None
    line = [o for o in series(Found(m, _NO_MATCH), desk, {m.record.place.document}) if o.record.kind == "actual"]
    last = m.span.last
    earlier = [o for o in line if o.span and o.span.last < last]
    since = _since(query, last)
    if since is not None:
        earlier = [o for o in earlier if o.span and (o.span.last == since.last or since.first <= o.span.first <= o.span.last <= since.last)]
    elif not earlier:
        earlier = [o for o in line if o.span is None and o.record.period is None and o.record.place.page == m.record.place.page]
    same = [o for o in earlier if o.record.target == m.record.target] or earlier
    return (same[-1].record, m.record) if same else None


def _since(query: Query, last: int) -> Span | None:
    """The earlier of the times named, from which the change is asked; None where only the later is named, or none."""
    spans = [Span(s.first, s.first + 2 if s.first % 3 == 0 else s.first, s.label) if s.last - s.first > _OPEN else s for s in query.spans]
    first = min(spans, key=lambda s: s.last, default=None)
    if first is None or (len(spans) == 1 and not _compared(query)):
        return None
    return first if first.last < last else None


def _compared(query: Query) -> bool:
    """Whether the one time named is the one to compare with ("than in the 2024/25 survey", "since June")."""
    return "since" in query.wanted or any(s.last - s.first > _OPEN for s in query.spans)


def last_of(pool: Iterable[Marked[Measure]], query: Query, desk: Desk) -> list[Marked[Measure]]:
    """Measures with two values to compare, or whose change the document tells in a word, each at the later of the times asked, or its
    latest."""
    ends = [s.last for s in query.spans if s.last - s.first <= _OPEN]
    end = max(ends) if ends and not (len(ends) == 1 and _compared(query)) else None
    out: dict[tuple[object, ...], Marked[Measure]] = {}
    for m in pool:
        if m.span is None or (end is not None and m.span.last > end) or (query.good and not good_is(m.record, query.good)):
            continue
        if moved(m, query, desk) is None and not _worded(m.record, query):
            continue
        key = (m.record.place.document, m.record.action_id, m.name, m.record.breakdown, m.record.unit)
        if key not in out or (held := out[key].span) is None or held.last < m.span.last:
            out[key] = m
    return without_repeats(_current(list(out.values()), query), desk)


def _current(found: list[Marked[Measure]], query: Query) -> list[Marked[Measure]]:
    """Those that stand near their document's newest value; where no document is named, of the documents that speak of the newest time."""
    newest: dict[str, int] = {}
    for m in found:
        newest[m.record.place.document] = max(newest.get(m.record.place.document, 0), m.span.last if m.span else 0)
    named = query.documents or query.authorities
    last = max(newest.values(), default=0)
    kept = {d: n for d, n in newest.items() if named or n == last}
    return [m for m in found if m.span and (n := kept.get(m.record.place.document)) is not None and m.span.last >= n - _LATELY]


def _worded(m: Measure, query: Query) -> bool:
    """Whether the document says how the figure moved, and no time is named to compare with."""
    return m.value is not None and m.direction is not None and query.moved in ("better", "worse", "same") and not query.spans


def better(earlier: Measure, later: Measure) -> float:
    """How much nearer to what is wanted the later value is: positive for better, in the measure's unit; 0 where that cannot be told."""
    if earlier.value is None or later.value is None:
        return 0.0
    a, b = gap(earlier), gap(later)
    if later.comparator == "between" and a is not None and b is not None:
        return a - b
    return _wanted(earlier, later) * (later.value - earlier.value)


def good_is(m: Measure, way: str) -> bool:
    """Whether a measure is one that is better "high", or "low"."""
    return _wanted(m, m) == (1 if way == "high" else -1)


def _wanted(earlier: Measure, later: Measure) -> int:
    """1 where more is better, -1 where less is, 0 where nothing tells: a target says so, else the name; a share is better higher."""
    comparator = later.comparator or earlier.comparator
    if comparator in (">=", ">", "increase"):
        return 1
    if comparator in ("<=", "<", "decrease") or smaller_is_better(f"{later.measure} {later.breakdown or ''}"):
        return -1
    return 1 if later.unit in ("percent", "score") else 0


def compose(query: Query, considered: Sequence[Measure], desk: Desk) -> Draft:
    """How many of those with two values moved as asked, and each with both values."""
    marked = {m.record.id: m for m in desk.measures}
    pairs = [(moved(marked[m.id], query, desk), m) for m in considered]
    chosen = [(p, m) for p, m in pairs if _as_asked(p, m, query)]
    when = f", {query.period_text}" if query.period_text else ""
    first = statement(
        f"{len(chosen)} of {plural(len(pairs), 'measure')} with two values to compare {moved_words(query)}{when}.",
        derived=[Derived(float(len(chosen)), "count"), Derived(float(len(pairs)), "count")],
    )
    rows = tuple(m for _, m in chosen)
    count = len(rows) if "count" in query.wanted else None
    return Draft("answered", (first, *(_told(p, m) for p, m in chosen[:20])), rows=rows, count=count)


def _told(pair: tuple[Measure, Measure] | None, m: Measure) -> Statement:
    return change_words(*pair) if pair else statement(figure_words(m), [m])


def _as_asked(pair: tuple[Measure, Measure] | None, m: Measure, query: Query) -> bool:
    if pair is None:
        return query.margin is None and m.direction == {"better": "up", "worse": "down", "same": "same"}.get(query.moved or "")
    earlier, later = pair
    difference = round((later.value or 0.0) - (earlier.value or 0.0), 6)
    worth = better(earlier, later)
    fits = {"up": difference > 0, "down": difference < 0, "better": worth > 0, "worse": worth < 0, "same": difference == 0}
    return fits[query.moved or "same"] and _by_as_much(abs(difference), query)


def _by_as_much(size: float, query: Query) -> bool:
    if query.margin is None:
        return True
    if query.margin_high is not None and size > query.margin_high:
        return False
    return query.inclusive if size == query.margin else (size > query.margin) == query.margin_above
