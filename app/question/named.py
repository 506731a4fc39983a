"""Words of a measure's printed name that, alone, would set a condition: the "missed" of "missed bins" is no target missed."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from weakref import WeakKeyDictionary, ref

from app.evidence.desk import Desk
from app.question.cues import cues
from app.types import Library
from ingest.lexicon import stem, tokens

_WORD = re.compile(r"[A-Za-z][\w'’-]*")
_HELD: WeakKeyDictionary[Library, tuple[ref[Desk], frozenset[tuple[str, str]]]] = WeakKeyDictionary()


@lru_cache(maxsize=4096)
def _conditions(word: str) -> bool:
    """True for a word that alone says how a figure stands."""
    return any(p.search(word) for patterns in cues("status").values() for p in patterns)


def _pairs(desk: Desk) -> frozenset[tuple[str, str]]:
    """Neighbouring words of measures' names in tables, stemmed."""
    kept = _HELD.get(desk.library)
    if kept and kept[0]() is desk:
        return kept[1]
    names = {m.record.measure for m in desk.measures if not desk.in_prose(m.record)}
    found = frozenset(pair for name in names for said in [[stem(w) for w in tokens(name)]] for pair in pairwise(said))
    _HELD[desk.library] = (ref(desk), found)
    return found


def hidden(text: str, desk: Desk) -> tuple[str, dict[str, str]]:
    """(the text with such words put out of sight, what stands for each): `shown` brings them back."""
    found = list(_WORD.finditer(text))
    kept: dict[str, str] = {}
    for i, m in reversed(list(enumerate(found))):
        if not _conditions(m[0]):
            continue
        beside = [
            (a, b) for a, b in ((i, i + 1), (i - 1, i)) if a >= 0 and b < len(found) and text[found[a].end() : found[b].start()].isspace()
        ]
        if any((stem(found[a][0].lower()), stem(found[b][0].lower())) in _pairs(desk) for a, b in beside):
            mark = f"\ue000{len(kept)}\ue001"
            kept[mark] = m[0]
            text = text[: m.start()] + mark + text[m.end() :]
    return text, kept


def shown(text: str, kept: dict[str, str]) -> str:
    """The text with what was put out of sight in its place again."""
    for mark, word in kept.items():
        text = text.replace(mark, word)
    return text
