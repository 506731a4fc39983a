"""Two or more figures side by side: teams, services, councils, years; which is higher, and by how much."""

from __future__ import annotations

from dataclasses import replace

from app.evidence.desk import Desk
from app.evidence.figures import Found
from app.evidence.select import merge, select
from app.evidence.types import Evidence
from app.kinds import explain, figure, target
from app.kinds.types import Kind
from app.kinds.wording import name_words, period_words, points, statement, value_words
from app.types import Derived, Draft, Query, Question, Span, Statement


def gather(query: Query, question: Question, desk: Desk) -> Evidence | None:
    """The best figure for each time and each authority named; facets ("team 1 or team 2") are covered one by one."""
    if not query.topic:
        return None
    if "target" in query.wanted:
        return target.gather(query, question, desk)
    times: list[tuple[Span, ...]] = [(s,) for s in query.spans] or [()]
    if "newest" in query.wanted and query.spans:
        times.append(())
    places = [replace(query, authorities=(a,), authority=a) for a in query.authorities] if len(query.authorities) > 1 else [query]
    parts = [select(q, question, desk, spans) for q in places for spans in times]
    joined = merge(parts)
    if joined.refusal and len(places) > 1:
        told = [e for q in places if (e := explain.gather(q, question, desk)) and not e.refusal]
        if len(told) > 1:
            return Evidence(sentences=tuple(s for e in told for s in e.sentences[:2]))
    return joined


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


def compose(query: Query, evidence: Evidence, desk: Desk) -> Draft:
    """The difference first where two figures are comparable, then each figure."""
    if evidence.refusal or len(evidence.measures) < 2:
        return figure.compose(query, evidence, desk)
    records = [f.record for f in evidence.measures]
    statements = figure.told(records, desk)
    if len(records) == 2:
        difference = _difference(*evidence.measures)
        if difference:
            statements.insert(0, difference)
    documents = {r.place.document for r in records}
    notes = list(evidence.notes)
    if len(documents) > 1 or len({(r.measure.lower(), r.unit) for r in records}) > 1:
        notes.append("the figures come from different measures or documents: their definitions and dates may differ")
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
