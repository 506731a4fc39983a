"""Lists of measures by how they moved: which got better or worse, rose or fell, each by its own two values or by the document's word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from app.evidence.desk import Desk, Marked
from app.evidence.figures import Found, series
from app.evidence.match import Match
from app.evidence.repeats import without_repeats
from app.kinds.trend import change_words
from app.kinds.wording import figure_words, gap, moved_words, plural, statement
from app.question.when import span_of
from app.types import Derived, Draft, Query, Span, Statement
from ingest.language.target import smaller_is_better
from ingest.types import Measure

Moved = tuple[tuple[Measure, Measure] | None, Measure]  # (the two values, the later)

_NO_MATCH = Match(0.0, 0.0, frozenset())
_OPEN = 600  # months; a longer span has no end ("since June")
_MARKED, _AGREE = 5, 0.8  # figures with a mark and two values from which, and share of agreement at which, a document's marks are trusted
_CHANGED = re.compile(
    r"\b(?:better|worse|improv\w+|declin\w+|deteriorat\w+|worsen\w+|same|no change|stable|static|steady|unchanged)\b", re.I
)
_CUMULATIVE = re.compile(r"\b(?:year[- ]to[- ]date|ytd|cumulative|so far this year)\b", re.I)
SCORECARD = 8  # measures of tables with two values, beside which what prose tells of other figures is no list of measures
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
    if _CUMULATIVE.search(m.record.measure):  # what adds up over the year is set beside the same time of another
        earlier = [o for o in earlier if o.span and (last - o.span.last) % 12 == 0]
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
    found = _current(list(out.values()), query, desk)
    tabled = [m for m in found if not desk.in_prose(m.record)]
    return without_repeats(_whole(tabled) if len(tabled) >= SCORECARD else found, desk)


def _whole(tabled: list[Marked[Measure]]) -> list[Marked[Measure]]:
    """The lines of a scorecard without what other tables give by team or area, where those are many."""
    lines = [m for m in tabled if not m.record.breakdown or m.record.comparator]
    return lines if len(lines) >= SCORECARD else tabled


def _current(found: list[Marked[Measure]], query: Query, desk: Desk) -> list[Marked[Measure]]:
    """Those that stand near their document's newest value; where no document is named, of the documents that speak of the newest time.

    What is dated to a year that is not over counts as of the document's own date.
    """
    newest: dict[str, int] = {}
    for m in found:
        entry = desk.entry(m.record.place.document)
        own = span_of(entry.period) if entry else None
        last = m.span.last if m.span else 0
        newest[m.record.place.document] = max(newest.get(m.record.place.document, 0), min(last, own.last) if own else last)
    named = query.documents or query.authorities
    last = max(newest.values(), default=0)
    kept = {d: n for d, n in newest.items() if named or n == last}
    return [m for m in found if m.span and (n := kept.get(m.record.place.document)) is not None and m.span.last >= n - _LATELY]


def _worded(m: Measure, query: Query) -> bool:
    """Whether the document says how the figure moved, and no time is named to compare with."""
    asked = query.moved in ("better", "worse", "same") and not (query.spans and "since" in query.wanted) and len(query.spans) < 2
    return asked and m.value is not None and m.direction is not None


def _trusted(document: str, desk: Desk) -> bool:
    """Whether the marks for how figures moved in a document show their worth, "Worse" or a downward arrow for what got worse: they agree
    with its own values. Where they show the number's way or the action's, they do not."""
    agree = [
        (better(*pair) > 0) == (m.record.direction == "up")
        for m in desk.measures
        if m.record.place.document == document
        and m.record.direction in ("up", "down")
        and m.record.comparator
        and (pair := moved(m, Query(intent="measures"), desk))
        and better(*pair)
    ]
    return len(agree) >= _MARKED and sum(agree) >= _AGREE * len(agree)


def better(earlier: Measure, later: Measure) -> float:
    """How much nearer to what is wanted the later value is: positive for better, in the measure's unit; 0 where that cannot be told."""
    if earlier.value is None or later.value is None:
        return 0.0
    a, b = gap(earlier), gap(later)
    if later.comparator == "between" and a is not None and b is not None:
        return a - b
    return wanted_way(earlier, later) * (later.value - earlier.value)


def good_is(m: Measure, way: str) -> bool:
    """Whether a measure is one that is better "high", or "low"."""
    return wanted_way(m, m) == (1 if way == "high" else -1)


def wanted_way(earlier: Measure, later: Measure) -> int:
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
    trusted = {d: _trusted(d, desk) for d in {m.place.document for m in considered}}
    pairs = [(moved(marked[m.id], query, desk), m) for m in considered]
    asked = [(p, m) for p, m in pairs if m.rag in (query.rags or (m.rag,)) and m.status in (query.statuses or (m.status,))]
    chosen = _once([(p, m) for p, m in asked if _as_asked(p, m, query, trusted[m.place.document])])
    when = f", {query.period_text}" if query.period_text else ""
    compared = sum(p is not None or (p, m) in chosen for p, m in pairs)
    told = "with two values to compare" if all(p for p, _ in chosen) else "with two values to compare or a word for the change"
    first = statement(
        f"{len(chosen)} of {plural(compared, 'measure')} {told} {moved_words(query)}{when}.",
        derived=[Derived(float(len(chosen)), "count"), Derived(float(compared), "count")],
    )
    rows = tuple(m for _, m in chosen)
    count = len(rows) if "count" in query.wanted else None
    return Draft("answered", (first, *(_told(p, m, query) for p, m in chosen[:20])), rows=rows, count=count)


def _told(pair: tuple[Measure, Measure] | None, m: Measure, query: Query) -> Statement:
    marked = {"better": "better", "worse": "worse", "same": "unchanged"}.get(query.moved or "")
    return change_words(*pair) if pair else statement(f"{figure_words(m).rstrip('.')}; the document marks it as {marked}.", [m])


def _once(chosen: list[Moved]) -> list[Moved]:
    """The rows without those that give the same two values again under another name."""
    seen: dict[tuple[object, ...], Moved] = {}
    for pair, m in chosen:
        key = (m.place.document, pair[0].value, m.value, m.unit, m.breakdown) if pair else (m.id,)
        if key not in seen or (seen[key][1].comparator is None and m.comparator is not None):
            seen[key] = (pair, m)
    return list(seen.values())


def _as_asked(pair: tuple[Measure, Measure] | None, m: Measure, query: Query, trusted: bool) -> bool:
    if pair is None and not (trusted or _CHANGED.search(m.quote)):
        return False  # an arrow alone may show the number or its worth
    if pair is None or (trusted and _worded(m, query)):
        marked = m.direction == {"better": "up", "worse": "down", "same": "same"}.get(query.moved or "")
        return marked and (query.margin is None or (pair is not None and _by_as_much(_distance(*pair), query)))
    earlier, later = pair
    difference = round((later.value or 0.0) - (earlier.value or 0.0), 6)
    worth = better(earlier, later)
    fits = {"up": difference > 0, "down": difference < 0, "better": worth > 0, "worse": worth < 0, "same": difference == 0}
    return fits[query.moved or "same"] and _by_as_much(abs(difference), query)


def _distance(earlier: Measure, later: Measure) -> float:
    return round(abs((later.value or 0.0) - (earlier.value or 0.0)), 6)


def _by_as_much(size: float, query: Query) -> bool:
    if query.margin is None:
        return True
    if query.margin_high is not None and size > query.margin_high:
        return False
    return query.inclusive if size == query.margin else (size > query.margin) == query.margin_above
