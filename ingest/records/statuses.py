"""How actions stand where no column says so: progress notes that all begin with it ("Done – in force since May", "Delayed: no bids")."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ingest.layout.ratings import rating_of_text
from ingest.records.progress import completed
from ingest.types import Action

_FIRST = re.compile(r"(?P<said>[A-Z][a-z]+(?: [a-z]+){0,2})\s*(?:\s[–—-]\s|[:;]\s)")
_MOST = 0.6  # share of a document's notes that begin with so few words and a mark
_FEW = 0.7  # how many different ones there may be, of all: what stands before the mark is one of a few words, not anything


def with_first_words(actions: Sequence[Action]) -> tuple[Action, ...]:
    """The actions of a document; where none has a status and their notes begin with one, each with its own."""
    noted = [a for a in actions if a.progress]
    found = {a.id: m["said"] for a in noted if (m := _FIRST.match(a.progress or ""))}
    kinds = Counter(found.values())
    known = sum(times for said, times in kinds.items() if rating_of_text(said))  # "Update: …" is no status
    if (
        any(a.status for a in actions)
        or len(found) < max(2, _MOST * len(noted))
        or len(kinds) > _FEW * len(found)
        or 2 * known < len(found)
    ):
        return tuple(actions)
    return tuple(_standing(a, found.get(a.id)) for a in actions)


def _standing(action: Action, said: str | None) -> Action:
    return replace(action, status=said, completed=completed(action.progress, action.rag, said)) if said else action
