"""The answer put into a model's words, sentence by sentence as far as they hold."""

from __future__ import annotations

from app.evidence.desk import Desk
from app.worded.proof import Proof
from app.worded.sheet import Sheet


def proof_of(evidence: Sheet, laid: Desk) -> Proof:
    """The checks for one answer."""
    titles = tuple(dict.fromkeys([*(laid.title(e.name) for e in laid.entries), *(e.name for e in laid.entries)]))
    known = frozenset().union(*(m.name for m in (*laid.measures, *laid.actions)))
    return Proof(evidence, titles, known)
