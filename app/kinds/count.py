"""How many: actions or measures that satisfy the conditions, counted and listed."""

from __future__ import annotations

from dataclasses import replace

from app.evidence.desk import Desk
from app.evidence.figures import documents_for
from app.evidence.types import Evidence
from app.kinds import actions, finding, measures, refuse
from app.kinds.types import Kind
from app.types import Draft, Query, Question


def gather(query: Query, question: Question, desk: Desk) -> Evidence | None:
    """What is counted: actions unless measures are named."""
    if "measures" in query.wanted:
        return measures.gather(query, question, desk)
    if not query.topic and not finding.conditioned(query):
        names = documents_for(query, desk)
        return Evidence(actions=tuple(a for a in desk.actions if a.record.place.document in names))
    return actions.gather(query, question, desk)


def compose(query: Query, evidence: Evidence, desk: Desk) -> Draft:
    """The list's answer with its count."""
    if evidence.refusal:
        return refuse.compose(query, evidence, desk)
    listed = measures.compose if "measures" in query.wanted else actions.compose
    draft = listed(query, evidence, desk)
    return replace(draft, count=len(draft.rows))


KIND = Kind(
    "count",
    "How many actions or measures",
    ("How many actions due in November 2014 were amber?", "How many of the review standards were met?"),
    gather,
    compose,
    instead="figure",
    whole=True,
)
