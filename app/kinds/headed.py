"""Lists that a document draws up itself under a heading: what needs to improve, what works well."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from app.evidence.desk import Desk
from app.evidence.figures import documents_for
from app.evidence.headed import praised, titled, under_heading
from app.evidence.types import Evidence
from app.kinds import explain
from app.kinds.types import Kind
from app.kinds.wording import plural, statement
from app.question.lists import heads
from app.types import Derived, Draft, Query, Question


def gather(query: Query, question: Question, desk: Desk) -> Evidence | None:
    """All items of the lists; none where no document in question has such a list."""
    names, said = titled(query, sorted(documents_for(query, desk)), desk)
    query = replace(query, topic=tuple(t for t in query.topic if t not in said))
    found = under_heading(query, question, desk, names)
    if not found and heads(question.text) == "strengths" and "count" not in query.wanted:
        found = praised(query, question, desk, names)
    return Evidence(sentences=tuple(found)) if found else None


def compose(query: Query, evidence: Evidence, desk: Desk) -> Draft:
    """The items as printed; where their number is asked for, that first, list by list."""
    items = explain.spoken(evidence.sentences, desk, alone=True)
    if "count" not in query.wanted:
        return Draft("answered", tuple(items))
    numbers = Counter(s.chunk.place.document for s in evidence.sentences)
    said = [statement(f"{desk.title(d)}: {plural(n, 'item')} listed.", derived=[Derived(float(n), "count")]) for d, n in numbers.items()]
    return Draft("answered", (*said, *items), count=sum(numbers.values()))


KIND = Kind(
    "headed",
    "Lists that a document draws up itself: what needs to improve, what works well",
    ("What needs to improve, according to the inspectors?", "What are our areas of strength?"),
    gather,
    compose,
    instead="explain",
)
