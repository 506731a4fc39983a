"""Measures that answer a question about figures: by name, place and time; the best, and those that belong beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.evidence.desk import Desk, Marked, content
from app.evidence.match import HOW, TOLD, Match, manner, match, weigh
from app.question.topic import STAFF
from app.question.when import meets, same, span_of
from app.types import Query, Span
from ingest.lexicon import lexicon
from ingest.types import Measure, Place

FLOOR = 0.5  # coverage below which a measure is not what was asked for
_TIME_UNITS = ("days", "working_days", "weeks", "months", "other")
_NO_NUMBER_OF = ("gbp", "days", "working_days", "weeks", "months")  # units in which nothing is counted
_TELLING = ("explain", "owner", "deadline", "progress", "headed")
_RATE = re.compile(r"\brates?\b|\bper (?:\d[\d,]*|hundred|thousand|head)\b", re.I)
_WHOLE = re.compile(r"\b(?:overall|total|all|whole|combined)\b", re.I)
_STAFF = 0.5  # what a word for those who do the work weighs beside others
_LATELY = 5  # months before the newest position from which a figure is an older one
CLOSE = 0.93  # measures within this share of the best stand beside it


@dataclass(frozen=True)
class Found:
    """A measure with its match."""

    marked: Marked[Measure]
    match: Match
    titled: frozenset[str] = frozenset()  # terms of its document's title

    @property
    def record(self) -> Measure:
        """The measure itself."""
        return self.marked.record


def documents_for(query: Query, desk: Desk) -> frozenset[str]:
    """File names the query is about: the documents named, else those of the authorities named, else all."""
    if query.documents:
        return frozenset(query.documents)
    return frozenset(e.name for e in desk.entries if not query.authorities or e.authority in query.authorities)


def time_of(marked: Marked[Measure], desk: Desk) -> Span | None:
    """When a figure is for: its own period, else that of its document."""
    if marked.span:
        return marked.span
    entry = desk.entry(marked.record.place.document)
    return span_of(entry.period) if entry else None


def in_time(marked: Marked[Measure], spans: Iterable[Span], desk: Desk) -> bool:
    """True where a measure is for one of the spans; an undated one counts for its document's period."""
    own = time_of(marked, desk)
    return own is not None and any(meets(s, own) for s in spans)


def aimed_at(marked: Marked[Measure], spans: Iterable[Span]) -> bool:
    """True where a measure's target is set for one of the spans."""
    due = span_of(marked.record.target_period)
    return due is not None and any(meets(s, due) for s in spans)


def held_against(pool: Iterable[Marked[Measure]], spans: Sequence[Span], desk: Desk) -> list[Marked[Measure]]:
    """The newest figures that are held against targets of these times: "which missed the milestone of July?" is asked of those of June."""
    aimed = [(t.last, m) for m in pool if m.record.value is not None and aimed_at(m, spans) and (t := time_of(m, desk))]
    last = max((t for t, _ in aimed), default=0)
    return [m for t, m in aimed if t == last]


def ranked(asked: Mapping[str, float], pool: Iterable[Marked[Measure]], desk: Desk) -> list[Found]:
    """Measures by how well they match, best first; equal ones in reading order."""
    titled = {e.name: desk.titled(e.name) for e in desk.entries}
    said = ((m, titled.get(m.record.place.document, frozenset())) for m in pool)
    found = [Found(m, match(asked, m.name, m.context | title, desk), title) for m, title in said]
    return sorted((f for f in found if f.match.coverage > 0), key=lambda f: -f.match.score)


def pool_for(query: Query, desk: Desk) -> list[Marked[Measure]]:
    """Measures of the documents asked about, in the unit asked for where one is."""
    names = documents_for(query, desk)
    pool = [m for m in desk.measures if m.record.place.document in names]
    if query.pages:
        pool = [m for m in pool if m.record.place.page in query.pages]
    if query.unit == "time":
        pool = [m for m in pool if m.record.unit in _TIME_UNITS]
    elif query.unit == "percent":
        pool = [m for m in pool if m.record.unit == query.unit]
    elif query.unit == "gbp":
        pool = [m for m in pool if m.record.unit == query.unit or "£" in m.record.measure]
    elif query.unit is None and "count" in query.wanted:
        pool = [m for m in pool if m.record.unit not in _NO_NUMBER_OF and "£" not in m.record.measure]
    return pool


def beside(found: Sequence[Found], asked: Mapping[str, float], floor: float = FLOOR, limit: int = 6) -> list[Found]:
    """The best measures and, where they leave part of the question open, those that cover the rest; none below the floor."""
    if not found or found[0].match.coverage < floor:
        return []
    best = found[0]
    home = best.record.place
    chosen = [f for f in found if f.match.score >= CLOSE * best.match.score][:limit]
    total = sum(asked.values()) or 1.0
    covered = {t for f in chosen for t in asked if t in f.marked.name or t in f.titled}
    while len(chosen) < limit:
        rest = [
            f
            for f in found
            if f not in chosen and f.match.coverage >= 0.45 * best.match.coverage and (_near(f, home) or _akin(f, best, asked))
        ]
        gains = [(sum(asked[t] for t in asked if t in f.marked.name and t not in covered) / total, f) for f in rest]
        gain, pick = max(gains, key=lambda g: (g[0] + (0.15 if _near(g[1], home) else 0.0), g[1].match.score), default=(0.0, None))
        if pick is None or gain < (0.1 if _near(pick, home) else 0.2):
            break
        fresh = {t for t in asked if t in pick.marked.name} - covered
        peers = [f for f in rest if {t for t in asked if t in f.marked.name} >= fresh and f.match.score >= CLOSE * pick.match.score]
        chosen += [f for f in peers if f not in chosen][: limit - len(chosen)]
        covered |= fresh
    return chosen


def _near(found: Found, place: Place) -> bool:
    return found.record.place.document == place.document and found.record.place.page == place.page


def _akin(found: Found, best: Found, asked: Mapping[str, float]) -> bool:
    """True where a measure shares a fair part of what the best one was found for."""
    mine = {t for t in best.match.matched if t in best.marked.name}
    total = sum(asked[t] for t in mine) or 1.0
    return sum(asked[t] for t in mine if t in found.marked.name) >= 0.3 * total


def union(chosen: Sequence[Found], asked: Mapping[str, float]) -> float:
    """The coverage of several measures taken together."""
    matched = frozenset().union(*(f.match.matched for f in chosen)) if chosen else frozenset()
    return sum(w for t, w in asked.items() if t in matched) / (sum(asked.values()) or 1.0)


def by_facet(query: Query, found: Sequence[Found], desk: Desk) -> list[Found]:
    """Where a question lists several things, the best measure for each; it must speak of the rest of the question too."""
    if len(query.facets) < 2 or not found:
        return []
    best = found[0].match.coverage
    chosen: list[Found] = []
    for facet in query.facets:
        if set(facet) <= found[0].titled:
            continue  # "the waste and highways service": the document's own name
        asked = weigh(facet, desk)
        fit = []
        for f in found:
            m = match(asked, f.marked.name, f.marked.context, desk)
            named = all(t in f.marked.name for t in facet)
            if m.coverage >= 0.8 and f.match.coverage >= (0.2 if named else 0.4) * best:
                fit.append((m.score + 0.5 * f.match.score, f))
        if fit:
            top = max(s for s, _ in fit)
            chosen += [f for s, f in fit if s >= 0.97 * top][:2]
    return list(dict.fromkeys(chosen))


def siblings(chosen: Sequence[Found], query: Query, found: Sequence[Found]) -> list[Found]:
    """Other parts of a chosen measure whose own name ("good", "Team 2") the question says."""
    asked = set(query.topic) | set(query.context)
    out = []
    for f in found:
        own = content(lexicon().terms(f.record.breakdown or ""))
        same = any(f.record.measure == c.record.measure and f.record.place.document == c.record.place.document for c in chosen)
        if same and own and own <= asked and f not in chosen:
            out.append(f)
    return out


def named_parts(chosen: Sequence[Found], query: Query) -> list[Found]:
    """Of several parts of one measure ("initial", "review"), those that the question names; all where it names none."""
    asked = set(query.topic) | set(query.context)
    named = [f for f in chosen if (own := content(lexicon().terms(f.record.breakdown or ""))) and own <= asked]
    parted = {(f.record.measure, f.record.place.document) for f in named}
    return [f for f in chosen if f in named or (f.record.measure, f.record.place.document) not in parted]


def elsewhere(chosen: Sequence[Found], found: Sequence[Found]) -> list[Found]:
    """What other documents give for the best measure: the same unit, most of the same name."""
    if not chosen:
        return []
    best = chosen[0]
    out = []
    for f in found:
        shared = len(f.marked.name & best.marked.name) / max(1, len(f.marked.name | best.marked.name))
        other = f.record.place.document != best.record.place.document and f.record.unit == best.record.unit
        if other and shared >= 0.5 and f not in chosen and (f.record.breakdown or "") == (best.record.breakdown or ""):
            out.append(f)
    return out[:3]


def latest_of_each(pool: Sequence[Marked[Measure]], desk: Desk) -> list[Marked[Measure]]:
    """Of each measure of a document only its latest value."""
    best: dict[tuple[object, ...], int] = {}
    keyed = []
    for m in pool:
        r, t = m.record, time_of(m, desk)
        aim = r.target if r.action_id or t is None else None  # a scorecard's earlier columns are held against another target
        key = (r.place.document, m.name, (r.breakdown or "").lower(), r.unit, aim)
        keyed.append((key, t.last if t else -1, m))
        best[key] = max(best.get(key, -1), t.last if t else -1)
    return [m for key, last, m in keyed if last == best[key]]


def series(found: Found, desk: Desk, documents: Iterable[str]) -> list[Marked[Measure]]:
    """Every reported value of the same measure in the documents, oldest first: the same name, breakdown and unit."""
    own = found.marked
    part = (own.record.breakdown or "").lower()
    groups = (desk.lines.get((name, own.record.unit, part), {}) for name in set(documents))
    out = [pair for group in groups for name, held in group.items() if _one_name(name, own.name) for pair in held]
    ordered = sorted(out, key=lambda p: p[0])
    return sorted((m for _, m in ordered), key=lambda m: (s.last, s.first) if (s := time_of(m, desk)) else (0, 0))


def _alike(a: Marked[Measure], b: Marked[Measure]) -> bool:
    if (a.record.breakdown or "").lower() != (b.record.breakdown or "").lower():
        return False
    return _one_name(a.name, b.name)


def _one_name(a: frozenset[str], b: frozenset[str]) -> bool:
    union = a | b
    return bool(union) and len(a & b) / len(union) >= 0.75


def rates_first(found: list[Found], query: Query) -> list[Found]:
    """Where a rate, or the whole ("overall"), is asked for and some measure that is one matches about as well, only those."""
    if "whole" in query.wanted and found:
        wholes = [f for f in found if _WHOLE.search(f"{f.record.measure} {f.record.breakdown or ''}")]
        found = wholes if wholes and wholes[0].match.coverage >= 0.75 * found[0].match.coverage else found
    if "rate" not in query.wanted or not found:
        return found
    rates = [f for f in found if f.record.unit == "percent" or _RATE.search(f.record.measure)]
    best = max(f.match.coverage for f in found)
    return rates if rates and max(f.match.coverage for f in rates) >= 0.85 * best else found


def position_first(found: list[Found], query: Query, desk: Desk) -> list[Found]:
    """Where no time or document is named, what the latest document gives comes before older positions that match as well."""
    if query.spans or query.documents or not found:
        return found
    best = max(f.match.coverage for f in found)
    ends = {f.record.id: t.last for f in found if f.match.coverage >= 0.95 * best and (t := time_of(f.marked, desk))}
    newest_end = max(ends.values(), default=0)
    return sorted(found, key=lambda f: f.match.coverage >= 0.95 * best and ends.get(f.record.id, newest_end) < newest_end - _LATELY)


def exact(found: Sequence[Found], spans: Sequence[Span], desk: Desk) -> list[Found]:
    """Where some measures are for the very span asked, only those."""
    very = [f for f in found if (t := time_of(f.marked, desk)) and any(same(s, t) for s in spans)]
    return very or list(found)


def newest(found: Sequence[Found], desk: Desk) -> list[Found]:
    """Of each measure only the latest value."""
    out: list[Found] = []
    for f in found:
        t = time_of(f.marked, desk)
        later = [
            g
            for g in found
            if g is not f
            and g.record.unit == f.record.unit
            and _alike(g.marked, f.marked)
            and (u := time_of(g.marked, desk))
            and t
            and u.last > t.last
        ]
        if not later:
            out.append(f)
    return out


def asked_for(query: Query, desk: Desk) -> dict[str, float]:
    """The weights of the query's terms, those carried over from the earlier question included; who does the work tells less than what."""
    telling = query.intent in _TELLING
    asked = weigh(query.topic, desk, query.context, query.framing, TOLD if telling else HOW)
    if telling:  # a subject that only passages name is no stranger to them
        subjects = (t for t in query.topic if not desk.knows(t) and t not in query.framing and t not in manner())
        asked |= {t: desk.weight(t) for t in subjects if desk.printed.holds(t, documents_for(query, desk))}
    return {t: w * (_STAFF if t in STAFF and len(asked) > 1 else 1.0) for t, w in asked.items()}
