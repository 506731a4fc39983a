"""Subjects of a question that the documents never print: then what was found beside them is about something else."""

from __future__ import annotations

from app.evidence.desk import Desk
from app.evidence.figures import documents_for
from app.evidence.graded import ASKED_WORDS
from app.evidence.match import CONCEPT, manner, match
from app.evidence.types import Evidence
from app.question.topic import WEAK
from app.types import Query

# The share of a question, its unprinted words counted whole, from which the rest answers all the same; or so many terms of the field found.
# Of 330 labelled questions, 19 name a subject that no document prints: this refuses the 16 that have no answer and not the others.
ENOUGH = 0.62
SUBJECTS = 2


def strangers(query: Query, desk: Desk) -> tuple[str, ...]:
    """The subjects of the question that no document it is about prints; words that only say how are none."""
    names = documents_for(query, desk)
    asking = ASKED_WORDS if "judgement" in query.wanted else frozenset()
    told = [t for t in query.topic if t not in manner() and t not in query.framing and t not in asking and not t[0].isdigit()]
    return tuple(t for t in told if not desk.printed.holds(t, names))


def unspoken(query: Query, evidence: Evidence, desk: Desk) -> bool:
    """True where the question names a subject that is printed nowhere and what was found leaves too much of it open."""
    strange = strangers(query, desk)
    if not (evidence.sentences or evidence.actions or evidence.commitments) or not strange:
        return False
    if any(s.coverage >= 1.0 for s in evidence.sentences):  # a label says just what is asked
        return False
    name: set[str] = set()
    around: set[str] = set()
    home = max(evidence.sentences, key=lambda s: s.coverage).chunk.place.section if evidence.sentences else None
    for s in (s for s in evidence.sentences if s.chunk.place.section == home):
        name |= s.name
        around |= s.around
    for action in evidence.actions:
        name |= action.name
        around |= action.context
    for promise in evidence.commitments:
        name |= promise.name
        around |= promise.context
    found = [t for t in query.topic if t.startswith("@") and t in name and t not in WEAK]
    if len(found) >= SUBJECTS and not any(t.startswith("@") for t in strange):
        return False
    aside = manner() | (frozenset(query.framing) - name - around)
    whole = {t: desk.weight(t) * (CONCEPT if t.startswith("@") else 1.0) for t in query.topic if t not in aside}
    return match(whole, frozenset(name), frozenset(around - name), desk).coverage < ENOUGH
