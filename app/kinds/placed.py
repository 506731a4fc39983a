"""Lists narrowed to what they are of: a numbered part of a plan, a heading described or named; the measures of a scorecard themselves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from app.evidence.desk import Desk, Marked
from app.evidence.figures import in_time
from app.kinds.moving import SCORECARD
from app.question.parts import of_part, under
from app.question.topic import BENCHMARKS, topic_of
from app.types import Query
from ingest.lexicon import lexicon
from ingest.types import Measure

JUDGED = ("off_target", "on_target", "no_value", "undetermined")
_INDICATORS = re.compile(r"\b(?:kpis?|indicators?|pis?|performance measures?)\b", re.I)
_SCORECARD = re.compile(r"\b(?:scorecards?|dashboards?)\b", re.I)

Placed = tuple[list[Marked[Measure]], Query]  # the measures of the part, and the query without the words that named it


def under_headings(pool: list[Marked[Measure]], query: Query, text: str, desk: Desk) -> Placed:
    """The measures of the part of a plan that the question means, at whatever depth its heading stands over them."""
    if query.part:
        pool = [m for m in pool if of_part(m.record, query.part, desk)]
        query = without(query, {t for m in pool for t in lexicon().terms(m.record.place.section or "")})
    return _named(*_described(pool, query, desk), text, desk)


def _described(pool: list[Marked[Measure]], query: Query, desk: Desk) -> Placed:
    """The measures under the heading the question describes; where none of the time asked is there, the words are a subject instead."""
    if query.heading is None:
        return pool, query
    below = under(pool, query.heading, desk)
    if below and all(m.record.action_id for m in below):  # what the notes of actions under a heading tell comes after a scorecard's lines
        below = under([m for m in pool if not m.record.action_id], query.heading, desk) or below
    if "aimed" in query.wanted and below:
        return below, query
    timed = [m for m in below if not query.spans or in_time(m, query.spans, desk)]
    if timed and any(m.record.value is not None for m in below):
        return below, query
    terms = topic_of(query.heading)
    return pool, replace(query, topic=(*query.topic, *terms), facets=tuple((*f, *terms) for f in query.facets) or (terms,))


def _named(pool: list[Marked[Measure]], query: Query, text: str, desk: Desk) -> Placed:
    """The measures under a heading or table the question names in its own words; the words that named it are no subject then."""
    for heading in dict.fromkeys(m.record.place.section for m in pool if m.record.place.section):
        number, _, title = heading.rpartition(":")
        names = [n for n in (number.strip(), title.strip()) if len(n.split()) > 1]
        if any(re.search(rf"\b(?:in|from|of|under|on|at|within) (?:the |its |their |our )?{re.escape(n)}\b", text, re.I) for n in names):
            return [m for m in pool if m.record.place.section == heading], without(query, set(lexicon().terms(heading)))
    return pool, query


def without(query: Query, said: set[str]) -> Query:
    """The query without the terms that named the part of the plan."""
    facets = tuple(f for facet in query.facets if (f := tuple(t for t in facet if t not in said)))
    return replace(query, topic=tuple(t for t in query.topic if t not in said), facets=facets)


def measuring(pool: Sequence[Marked[Measure]], query: Query, text: str, desk: Desk) -> list[Marked[Measure]]:
    """The measures a list is of: no benchmarks unless they are asked about, and of indicators no sums of money where there are others."""
    own = [m for m in pool if m.record.kind != "benchmark" or BENCHMARKS & set(query.topic)]
    own = _scored(_without_asides(own, query, desk), text)
    if not _INDICATORS.search(text) or query.unit == "gbp":
        return own
    units: dict[tuple[str, str | None], set[str]] = {}
    for m in own:
        units.setdefault(_under(m.record), set()).add(m.record.unit)
    return [m for m in own if units[_under(m.record)] != {"gbp"}] or own


def _under(m: Measure) -> tuple[str, str | None]:
    return m.place.document, m.place.section


def _scored(pool: list[Marked[Measure]], text: str) -> list[Marked[Measure]]:
    """Of what a scorecard is asked for, the tables in which measures have targets, where there are such."""
    if not _SCORECARD.search(text):
        return pool
    aimed = {(m.record.place.document, m.record.place.section) for m in pool if m.record.target is not None and not m.record.action_id}
    scored = [m for m in pool if (m.record.place.document, m.record.place.section) in aimed]
    return scored if len(scored) >= SCORECARD else pool


def _without_asides(pool: Sequence[Marked[Measure]], query: Query, desk: Desk) -> list[Marked[Measure]]:
    """The measures without those that only a sentence of a scorecard tells of, where all are asked for that met or missed a target: how
    many measures are on target is none itself."""
    if not query.statuses or query.topic:
        return list(pool)
    judged = (m.record for m in pool if m.record.status in JUDGED and not m.record.action_id)
    tabled = Counter(m.place.document for m in judged if not desk.in_prose(m))
    return [m for m in pool if tabled[m.record.place.document] < SCORECARD or not desk.in_prose(m.record)]
