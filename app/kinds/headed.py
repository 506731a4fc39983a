"""Lists that a document draws up itself under a heading: what needs to improve, what works well."""

from __future__ import annotations

from app.evidence.desk import Desk
from app.evidence.figures import documents_for
from app.evidence.headed import under_heading
from app.evidence.types import Evidence
from app.kinds import explain
from app.kinds.types import Kind
from app.types import Draft, Query, Question


def gather(query: Query, question: Question, desk: Desk) -> Evidence | None:
    """All items of the lists; none where no document in question has such a list."""
    found = under_heading(query, question, desk, documents_for(query, desk))
    return Evidence(sentences=tuple(found)) if found else None


def compose(query: Query, evidence: Evidence, desk: Desk) -> Draft:
    """The items as printed."""
    return Draft("answered", tuple(explain.spoken(evidence.sentences, desk, alone=True)))


KIND = Kind(
    "headed",
    "Lists that a document draws up itself: what needs to improve, what works well",
    ("What needs to improve, according to the inspectors?", "What are our areas of strength?"),
    gather,
    compose,
    instead="explain",
)
