"""Two or more figures side by side: teams, services, councils, years; which is higher, and by how much."""

from __future__ import annotations

import re
from dataclasses import replace

from app.evidence.desk import Desk
from app.evidence.figures import Found, asked_for, pool_for, ranked
from app.evidence.select import merge, select
from app.evidence.types import Evidence
from app.kinds import explain, figure, target
from app.kinds.types import Kind
from app.kinds.wording import name_words, period_words, points, statement, value_words
from app.question.topic import BENCHMARKS, topic_of
from app.question.when import meets, mentions, same, span_of
from app.types import Derived, Draft, Query, Question, Span, Statement
from index.series import differences
from ingest.lexicon import lexicon
from ingest.types import Measure

_AGAINST = re.compile(r"\b(?:compar\w*(?: (?:with|to|against))?|against|beside|versus|vs|alongside)\b", re.I)
_COMPARING = frozenset({"improv", "rest", "wors", "bett", "compar", "similar", "median", "peer"})


def _beside_others(query: Query, question: Question, desk: Desk, times: list[tuple[Span, ...]]) -> Evidence | None:
    """The council's own figure with the benchmarks for it: of the same measure, first those of its document."""
    plain = tuple(t for t in query.topic if t not in BENCHMARKS | _COMPARING)
    facets = tuple(f for facet in query.facets if (f := tuple(t for t in facet if t in plain)))
    if not plain:
        return None
    wide = replace(query, topic=plain, facets=facets)
    own = merge([select(wide, question, desk, spans) for spans in times])
    mine = [f for f in own.measures if f.record.kind != "benchmark"]
    if own.refusal or not mine:
        return None
    asked = asked_for(wide, desk)
    marks = [m for m in pool_for(wide, desk) if m.record.kind == "benchmark" and m.record.value is not None]
    named = BENCHMARKS & set(query.topic)
    said = lexicon()
    held = [
        f for f in ranked(asked, marks, desk) if f.match.coverage >= 0.55 * mine[0].match.coverage and f.record.unit == mine[0].record.unit
    ]
    wanted = [f for f in held if named & (f.marked.name | set(said.terms(f.record.quote)))] or held
    homes = [f for f in wanted if f.record.place.document == mine[0].record.place.document] or wanted
    if not homes:
        return None
    return Evidence(measures=tuple(dict.fromkeys((mine[0], *homes[:3], *mine[1:3]))), sentences=own.sentences)


def gather(query: Query, question: Question, desk: Desk) -> Evidence | None:
    """The best figure for each time and each authority named; facets ("team 1 or team 2") are covered one by one."""
    if not query.topic:
        return None
    if "target" in query.wanted and not query.sides:
        return target.gather(query, question, desk)
    times: list[tuple[Span, ...]] = [(s,) for s in query.spans] or [()]
    if "newest" in query.wanted and query.spans:
        times.append(())
    places = [replace(query, authorities=(a,), authority=a) for a in query.authorities] if len(query.authorities) > 1 else [query]
    places = [replace(query, documents=side, sides=()) for side in query.sides] or places
    parts = [select(q, question, desk, spans) for q in places for spans in _own_times(q, times, [p for p in places if p is not q], desk)]
    joined = merge(parts)
    if BENCHMARKS & set(query.topic):
        joined = _beside_others(query, question, desk, times) or joined
    if joined.refusal and query.documents and query.spans and len(places) == 1:
        joined = _elsewhere(query, question, desk) or joined
    if joined.refusal and len(places) > 1:
        told = [e for q in places if (e := explain.gather(q, question, desk)) and not e.refusal]
        if len(told) > 1:
            return Evidence(sentences=tuple(s for e in told for s in e.sentences[:2]))
    return joined


def _own_times(query: Query, times: list[tuple[Span, ...]], others: list[Query], desk: Desk) -> list[tuple[Span, ...]]:
    """Where several documents are set side by side, of the times named those that a document is for, where it is for any.

    A time that another of the documents is for is that one's alone: "in July 2015, beside the range of the self-evaluation".
    """
    own = [spans for spans in times if _is_for(query, spans, desk)]
    left = [spans for spans in times if not any(_is_for(other, spans, desk) for other in others)]
    if not own and len(left) < len(times):
        return [*left, ()]
    return own or (times if len(times) == 1 else [*times, ()])


def _is_for(query: Query, spans: tuple[Span, ...], desk: Desk) -> bool:
    """Whether the documents of a side are for one of the times."""
    periods = [p for name in query.documents if (e := desk.entry(name)) and (p := span_of(e.period))]
    return any(same(s, p) or (s.whole and meets(s, p)) for s in spans for p in periods)


def _elsewhere(query: Query, question: Question, desk: Desk) -> Evidence | None:
    """A document beside a time it says nothing of: its own figure, and what the other documents give for that time."""
    home = {e.authority for name in query.documents if (e := desk.entry(name))}
    others = tuple(e.name for e in desk.entries if e.authority in home and e.name not in query.documents)
    here, there = _own_words(query, question)
    own = select(replace(here, spans=()), question, desk, ())
    then = select(replace(there, documents=others), question, desk, query.spans) if others else own
    return None if own.refusal or then.refusal or not others else merge([own, then])


def _own_words(query: Query, question: Question) -> tuple[Query, Query]:
    """The query in the words of the side that names no time, and in those of the side that does; as it is where a side has none."""
    parts = _AGAINST.split(question.text, maxsplit=1)
    sides = [[t for t in query.topic if t in topic_of(part)] for part in parts]
    if len(sides) != 2 or not all(sides):
        return query, query
    narrow = [replace(query, topic=tuple(s), facets=(tuple(s),)) for s in sides]
    timed = [any(m.span and any(meets(a, m.span) for a in query.spans) for m in mentions(part)) for part in parts]
    return (narrow[0], narrow[1]) if timed[1] and not timed[0] else (narrow[1], narrow[0]) if timed[0] and not timed[1] else (query, query)


def _difference(a: Found, b: Found) -> Statement | None:
    x, y = a.record, b.record
    if x.value is None or y.value is None or x.unit != y.unit:
        return None
    if x.value == y.value:
        return statement(f"They are the same: {value_words(x)}.", [x, y])
    low, high = (x, y) if x.value < y.value else (y, x)
    assert low.value is not None and high.value is not None
    difference = round(high.value - low.value, 6)
    derived = Derived(difference, "difference", (high.value, low.value))

    def label(m: object) -> str:
        r = low if m is low else high
        extra = r.breakdown if x.breakdown != y.breakdown else None
        when = period_words(r.period) if x.period != y.period else None
        return extra or (f"{name_words(r)}" if not when or x.measure != y.measure else name_words(r)) + (f" ({when})" if when else "")

    return statement(
        f"{label(low)} is lower, at {value_words(low)}, than {label(high)}, at {value_words(high)}: {points(difference, low.unit)} apart.",
        [low, high],
        derived=[derived],
    )


def _incomparable(query: Query, records: list[Measure], desk: Desk) -> str | None:
    """Why two sides that a question sets against each other cannot be: no figure of the one is in a unit of the other.

    The sides are two councils, or the figures whose names share no word that was asked for.
    """
    own = [(frozenset(query.topic) & frozenset(lexicon().terms(r.measure)), r) for r in records]
    sides = [[r for terms, r in own if terms & first] for first in dict.fromkeys(terms for terms, _ in own if terms)]
    if len(query.authorities) == 2:
        sides = [[r for r in records if (e := desk.entry(r.place.document)) and e.authority == name] for name in query.authorities]
    if len(sides) != 2 or not all(sides) or any(r in sides[1] for r in sides[0]) or {r.unit for r in sides[0]} & {r.unit for r in sides[1]}:
        return None
    return differences([sides[0][0], sides[1][0]])[0]


def compose(query: Query, evidence: Evidence, desk: Desk) -> Draft:
    """The difference first where two figures are comparable, then each figure."""
    if evidence.refusal or len(evidence.measures) < 2:
        return figure.compose(query, evidence, desk)
    records = [f.record for f in evidence.measures]
    statements = figure.told(records, desk)
    if why := _incomparable(query, records, desk):
        text = f"These figures cannot be compared: {why}."
        return Draft("not_comparable", (statement(text), *statements), rows=tuple(records), notes=evidence.notes)
    if len(records) == 2:
        difference = _difference(*evidence.measures)
        if difference:
            statements.insert(0, difference)
    notes = [*evidence.notes, *differences(records)]
    statements += figure.spoken(evidence.sentences, desk, records)
    return Draft("answered", tuple(statements), rows=tuple(records), notes=tuple(notes))


KIND = Kind(
    "compare",
    "Figures side by side",
    ("Which of the two assessment teams was more overloaded?", "How does Q2 compare with a year earlier?"),
    gather,
    compose,
    instead="explain",
)
