"""What a plan aims for: the target, with the value beside it where one is reported."""

from __future__ import annotations

import re

from app.evidence.desk import Desk, Marked
from app.evidence.figures import FLOOR, Found, asked_for, beside, by_facet, in_time, pool_for, position_first, ranked, rates_first, time_of
from app.evidence.match import match, weigh
from app.evidence.numbered import passages
from app.evidence.select import touches
from app.evidence.types import Evidence
from app.kinds import figure
from app.kinds.types import Kind
from app.question.cues import group
from app.question.when import meets, span_of
from app.question.where import years_of
from app.types import Query, Question
from ingest.types import Measure

_AIM = re.compile(rf"\b{group('aiming')}\b|[=<>≥≤]|\d\s*%", re.I)


def gather(query: Query, question: Question, desk: Desk) -> Evidence | None:
    """Measures with a target, of each authority named; sentences where no measure is near enough."""
    asked = asked_for(query, desk)
    if not asked:
        return None
    aimed = [m for m in pool_for(query, desk) if m.record.target is not None or m.record.comparator or m.record.kind == "benchmark"]
    aimed = _at(query, aimed, desk)
    chosen = []
    groups = _groups(query, desk)
    floor = FLOOR if len(groups) == 1 else 0.7 * FLOOR  # of two that are set side by side each is asked for in its own words
    for names in groups:
        found = rates_first(ranked(asked, (m for m in aimed if m.record.place.document in names), desk), query)
        found = _standing(found, desk) if "standing" in query.wanted else position_first(found, query, desk)
        near = [f for f in found if touches(f, asked)] or (found if len(groups) > 1 else [])
        chosen += [f for f in beside(near, asked, floor, limit=12 if "parts" in query.wanted else 6) if f not in chosen]
        chosen += [f for f in by_facet(query, near, desk) if chosen and f not in chosen]  # "the number, and the ratio"
    sentences = [s for s in passages(query, question, asked, desk, ()) if _AIM.search(s.text)]
    spoken = sentences[0].coverage if sentences else 0.0
    if chosen and chosen[0].match.coverage >= spoken - 0.2:
        return Evidence(measures=tuple(chosen), sentences=tuple(s for s in sentences if s.coverage >= 0.6))
    if sentences and spoken >= FLOOR:
        return Evidence(measures=tuple(chosen), sentences=tuple(sentences))
    if chosen:
        return Evidence(measures=tuple(chosen))
    told = figure.gather(query, question, desk)
    return None if "standing" in query.wanted and told and told.refusal else told  # then the documents' words tell how it stands


def _groups(query: Query, desk: Desk) -> list[frozenset[str]]:
    """The documents to answer from, one group for each document or authority that the question sets beside another."""
    if query.sides:
        return [frozenset(side) for side in query.sides]
    if len(query.authorities) > 1:
        return [frozenset(e.name for e in desk.entries if e.authority == a) for a in query.authorities]
    return [frozenset(e.name for e in desk.entries)]


def _at(query: Query, aimed: list[Marked[Measure]], desk: Desk) -> list[Marked[Measure]]:
    """The targets of the times asked: set for them, or of the documents that speak for them; in each group on its own."""
    if not query.spans:
        return aimed
    years = {s.first // 12 for s in query.spans if s.whole}
    speaking = {e.name for e in desk.entries if years & years_of(e)}
    out = []
    for names in _groups(query, desk):
        own = [m for m in aimed if m.record.place.document in names]
        due = [m for m in own if (t := span_of(m.record.target_period)) and any(meets(s, t) for s in query.spans if not s.whole)]
        named = weigh(query.topic, desk)
        fit = max((match(named, m.name, m.context, desk).coverage for m in due), default=0.0)
        best = max((match(named, m.name, m.context, desk).coverage for m in own), default=0.0)
        if due and fit >= 0.9 * best:
            out += due
        elif years:
            out += [m for m in own if m.record.place.document in speaking] or own
        else:
            timed = [m for m in own if m.record.value is None or in_time(m, query.spans, desk)]
            fit = max((match(named, m.name, m.context, desk).coverage for m in timed), default=0.0)
            out += timed if fit >= 0.9 * best else own
    return out


def _standing(found: list[Found], desk: Desk) -> list[Found]:
    """How things stand: the figures judged against a target, the latest first; targets without a figure only where there is no other."""
    best = max((f.match.coverage for f in found), default=0.0)
    judged = [f for f in found if f.record.status in ("off_target", "on_target") and f.match.coverage >= 0.85 * best]
    last = max((t.last for f in judged if (t := time_of(f.marked, desk))), default=0)
    return [f for f in judged if (t := time_of(f.marked, desk)) and t.last == last] or found


KIND = Kind(
    "target",
    "What a plan aims for",
    ("What is the target for supervision?", "How many cases is a social worker meant to have?"),
    gather,
    figure.compose,
    instead="explain",
)
