"""What the asker corrected, put in the place of what was understood."""

from __future__ import annotations

from dataclasses import replace

from app.question.topic import facets_of, topic_of
from app.question.when import span_of
from app.types import Correction, Query, Question


def corrected(query: Query, question: Question) -> Query:
    """The query with the fields that the asker set; those are no longer taken from an earlier question."""
    correction = question.corrections[len(question.history)] if len(question.corrections) > len(question.history) else None
    return put(query, correction) if correction else query


def put(query: Query, correction: Correction) -> Query:
    """The query with each field that the correction sets."""
    if correction.topic is not None:
        query = replace(query, topic=topic_of(correction.topic), facets=facets_of(correction.topic), context=(), counted=())
        query = _own(query, "topic")
    if correction.periods is not None:
        spans = tuple(span for period in correction.periods if (span := span_of(period)))
        said = ", ".join(span.label for span in spans) or None
        query = replace(query, spans=spans, periods=correction.periods, period_text=said)
        query = _own(query, "spans", "periods", "period_text")
    if correction.authorities is not None:
        one = correction.authorities[0] if len(correction.authorities) == 1 else None
        query = _own(replace(query, authorities=correction.authorities, authority=one), "authorities", "authority")
    if correction.documents is not None:
        query = _own(replace(query, documents=correction.documents), "documents")
    if correction.authorities is not None or correction.documents is not None:
        query = replace(query, unknown=())  # who is meant is settled now
    if correction.statuses is not None:
        query = _own(replace(query, statuses=correction.statuses), "statuses")
    if correction.rags is not None:
        query = _own(replace(query, rags=correction.rags), "rags")
    return query


def _own(query: Query, *names: str) -> Query:
    return replace(query, inherited=tuple(name for name in query.inherited if name not in names))
