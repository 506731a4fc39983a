"""Lists of measures by how they stand to the figure of others that their document prints beside them: England, neighbours, a region."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.evidence.desk import Desk, Marked
from app.evidence.figures import in_time, latest_of_each
from app.evidence.repeats import without_repeats
from app.kinds.moving import wanted_way
from app.kinds.wording import figure_words, listing, plural, points, statement, value_words
from app.question.benchmarks import undated
from app.types import Derived, Draft, Query, Statement
from ingest.types import Measure

_SIDES = {"worse": "worse than", "better": "better than", "above": "above", "below": "below"}
Pair = tuple[Measure, Measure]  # the council's own figure, that of the others


def own_of(pool: Iterable[Marked[Measure]], query: Query, desk: Desk) -> list[Marked[Measure]]:
    """The council's own figures beside which one of the others is printed, each at the time asked, else its latest."""
    own = [m for m in pool if m.record.kind == "actual" and m.record.value is not None and _beside(m.record, query, desk)]
    timed = [m for m in own if in_time(m, query.spans, desk)] if query.spans else own
    return without_repeats(latest_of_each(timed, desk), desk)


def _beside(m: Measure, query: Query, desk: Desk) -> Measure | None:
    """The others' figure for a measure: of the same document, name and unit, that of its own period first, else the last printed."""
    held = [
        o
        for o in desk.called.get((m.place.document, m.measure), [])
        if o.kind == "benchmark" and o.value is not None and o.breakdown in query.others and o.unit == m.unit
    ]
    return next((o for o in held if o.period == m.period), held[-1] if held else None)


def _way(m: Measure, desk: Desk) -> int:
    """1 where more is better, -1 where less is: as any figure or target of the same measure tells."""
    aimed = next((o for o in desk.called.get((m.place.document, m.measure), []) if o.comparator), m)
    return wanted_way(m, aimed)


def _distance(pair: Pair) -> float:
    own, others = pair
    return round((own.value or 0.0) - (others.value or 0.0), 6)


def _as_asked(pair: Pair, query: Query, desk: Desk) -> bool:
    distance = _distance(pair)
    side = distance if query.versus in ("above", "below") else distance * _way(pair[0], desk)
    fits = side > 0 if query.versus in ("above", "better") else side < 0
    if not fits or query.margin is None:
        return fits
    size = abs(distance)
    if query.margin_high is not None and size > query.margin_high:
        return False
    return query.inclusive if size == query.margin else (size > query.margin) == query.margin_above


def compose(query: Query, considered: Sequence[Measure], desk: Desk) -> Draft:
    """How many of those with a figure of the others stand as asked, and each with both."""
    pairs = [(m, o) for m in considered if (o := _beside(m, query, desk))]
    chosen = [p for p in pairs if _as_asked(p, query, desk)]
    named = listing(list({undated(name).lower(): undated(name) for name in query.others}.values()))
    when = f" for {query.period_text}" if query.period_text else ""
    verb = "is" if len(chosen) == 1 else "are"
    stand = f"{verb} {_SIDES[query.versus or '']} that{when}"
    first = statement(
        f"{len(chosen)} of {plural(len(pairs), 'measure')} printed beside a figure for {named} {stand}.",
        derived=[Derived(float(len(chosen)), "count"), Derived(float(len(pairs)), "count")],
    )
    count = len(chosen) if "count" in query.wanted else None
    return Draft("answered", (first, *(_told(p) for p in chosen[:20])), rows=tuple(m for m, _ in chosen), count=count)


def _told(pair: Pair) -> Statement:
    own, others = pair
    size = abs(_distance(pair))
    derived = [Derived(size, "difference", (own.value or 0.0, others.value or 0.0))]
    beside = f"{others.breakdown}: {value_words(others)}, {points(size, own.unit)} apart"
    return statement(f"- {figure_words(own).rstrip('.')}; {beside}.", [own, others], derived=derived)
