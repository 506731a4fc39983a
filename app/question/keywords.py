"""A few words instead of a question: "supervision", "action 34", "overdue", "Virtual Head Teacher", "due March 2016"."""

from __future__ import annotations

import re
from dataclasses import replace

from app.evidence.desk import Desk
from app.evidence.match import match
from app.question.cues import group
from app.question.leads import lead_in
from app.question.read import read
from app.types import Query

_ASKS = re.compile(rf"\?|\b{group('asks')}\b|\b(?:can|could|should|would|will|please|me|we|our|us|you|i)\b", re.I)
_MOST = 6  # words of which more are a sentence
_OVERDUE = re.compile(r"\boverdue\b", re.I)
_SUBJECTS = ("explain", "figure")


def as_question(text: str, query: Query, desk: Desk) -> Query:
    """The query of a few words as the question they stand for; any other query as it is."""
    if query.refs and not query.topic and query.intent in _SUBJECTS:  # "tell me about action 34" too
        return replace(query, intent="actions", wanted=())
    if query.intent not in _SUBJECTS or _ASKS.search(text) or len(text.split()) > _MOST:
        return query
    lead, rest = lead_in(text, desk)
    if lead and not re.search(r"\w", rest):
        return read(f"which actions are led by {text}", "", desk)
    if query.topic:
        return replace(query, intent="briefing", wanted=("standing",)) if _known(query, desk) else query
    if query.rags or query.due_after or query.due_before or query.states or query.statuses or _OVERDUE.search(text):
        return read(f"which actions are {text}", "", desk)
    if query.documents or query.authorities or query.spans:
        return replace(query, intent="briefing", wanted=("standing", "change"))
    return query


def _known(query: Query, desk: Desk) -> bool:
    """Whether the name of a measure or an action says all that was typed, in the field's own terms."""
    if query.conditioned or query.intent != "explain" or not all(t.startswith("@") or desk.knows(t) for t in query.topic):
        return False
    weights = {t: desk.weight(t) for t in query.topic}
    names = [m.name for m in desk.measures] + [a.name for a in desk.actions]
    return any(match(weights, name, frozenset(), desk).coverage >= 1 for name in names)
