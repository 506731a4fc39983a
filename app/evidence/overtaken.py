"""Plans whose actions a later document of the same council reports on one by one: how they stand now is what the later one says."""

from __future__ import annotations

from weakref import WeakKeyDictionary, ref

from app.evidence.desk import Desk
from app.question.when import span_of
from app.types import Library
from index.numbering import by_number
from index.types import DocumentEntry
from ingest.types import Action

_HELD: WeakKeyDictionary[Library, tuple[ref[Desk], frozenset[str]]] = WeakKeyDictionary()


def overtaken(desk: Desk) -> frozenset[str]:
    """The documents whose numbered actions nearly all stand again, under the same numbers, in a later one."""
    kept = _HELD.get(desk.library)
    if kept and kept[0]() is desk:
        return kept[1]
    held: dict[str, list[Action]] = {}
    for a in desk.actions:
        held.setdefault(a.record.place.document, []).append(a.record)
    planned = [e for e in desk.entries if e.name in held]
    pairs = [(a, b) for a in planned for b in planned if a.authority == b.authority and _before(a, b)]
    found = frozenset(a.name for a, b in pairs if by_number(held[a.name], held[b.name]))
    _HELD[desk.library] = (ref(desk), found)
    return found


def _before(a: DocumentEntry, b: DocumentEntry) -> bool:
    first, second = span_of(a.period), span_of(b.period)
    return first is not None and second is not None and first.last < second.last
