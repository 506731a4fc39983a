"""What a plan aims for: the target, with the value beside it where one is reported."""

from __future__ import annotations

import re

from app.evidence.desk import Desk
from app.evidence.figures import FLOOR, asked_for, beside, in_time, pool_for, position_first, ranked, rates_first
from app.evidence.numbered import passages
from app.evidence.select import touches
from app.evidence.types import Evidence
from app.kinds import figure
from app.kinds.types import Kind
from app.question.cues import group
from app.question.where import years_of
from app.types import Query, Question

_AIM = re.compile(rf"\b{group('aiming')}\b|[=<>≥≤]|\d\s*%", re.I)


def gather(query: Query, question: Question, desk: Desk) -> Evidence | None:
    """Measures with a target, of each authority named; sentences where no measure is near enough."""
    asked = asked_for(query, desk)
    if not asked:
        return None
    aimed = [m for m in pool_for(query, desk) if m.record.target is not None or m.record.comparator or m.record.kind == "benchmark"]
    years = {s.first // 12 for s in query.spans if s.whole}
    if years:
        speaking = {e.name for e in desk.entries if years & years_of(e)}
        aimed = [m for m in aimed if m.record.place.document in speaking] or aimed
    elif query.spans:
        aimed = [m for m in aimed if m.record.value is None or in_time(m, query.spans, desk)] or aimed
    chosen = []
    for authority in query.authorities if len(query.authorities) > 1 else (None,):
        names = {e.name for e in desk.entries if authority is None or e.authority == authority}
        found = rates_first(ranked(asked, (m for m in aimed if m.record.place.document in names), desk), query)
        found = position_first(found, query, desk)
        chosen += beside([f for f in found if touches(f, asked)], asked)
    sentences = [s for s in passages(query, question, asked, desk, ()) if _AIM.search(s.text)]
    spoken = sentences[0].coverage if sentences else 0.0
    if chosen and chosen[0].match.coverage >= spoken - 0.2:
        return Evidence(measures=tuple(chosen), sentences=tuple(s for s in sentences if s.coverage >= 0.6))
    if sentences and spoken >= FLOOR:
        return Evidence(measures=tuple(chosen), sentences=tuple(sentences))
    return Evidence(measures=tuple(chosen)) if chosen else figure.gather(query, question, desk)


KIND = Kind(
    "target",
    "What a plan aims for",
    ("What is the target for supervision?", "How many cases is a social worker meant to have?"),
    gather,
    figure.compose,
    instead="explain",
)
