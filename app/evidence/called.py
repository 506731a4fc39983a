"""What documents call their actions and how they stand, in their own words: "milestone", "saving"; "stuck", "on track"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from ingest.types import Action
from ingest.vocabulary import normalise, vocabulary

_COLOURS = frozenset("r a g b red amber yellow green blue".split())
_ASKING = frozenset("what how we our the i it they who".split())  # a head that begins so is no noun: "What we will do"
GENERAL = frozenset("action step task activity commitment job".split())  # nouns for whatever is to be done
_LONG = 6  # words; a longer status cell is a note


def printed_states(actions: Iterable[Action]) -> frozenset[str]:
    """The statuses that actions print in words, in lower case without punctuation; colours are none."""
    return frozenset(s for a in actions if a.status and not {*(s := normalise(a.status)).split()} <= _COLOURS and len(s.split()) <= _LONG)


@lru_cache(maxsize=256)
def noun_of(head: str) -> str | None:
    """What a column's head calls the things under it, in the singular: "saving" for "Savings proposals"; None where it only asks."""
    words = normalise(re.sub(r"\([^)]*\)", " ", head)).split()
    if not words or len(words) > 3 or words[0] in _ASKING:
        return None
    noun = words[0] if normalise(head) in vocabulary()["savings"]["words"] else words[-1]
    return re.sub(r"ies$", "y", noun) if noun.endswith("ies") else noun.rstrip("s") or None
