"""Actions that bear the same numbers, for the same things, in two documents: a plan and the later report on it."""

from __future__ import annotations

from collections.abc import Iterable

from ingest.lexicon import lexicon
from ingest.types import Action

_SAME = 0.8  # share of the earlier document's numbers that the later one has too
_ALIKE = 0.5  # share of those whose actions have a word in common
_FEWEST = 4  # numbered actions from which a list is looked for again


def by_number(before: Iterable[Action], after: Iterable[Action]) -> dict[str, str]:
    """The id of the later action for that of each earlier one under the same number; empty where the numbers stand for other things."""
    own, others = _numbered(before), _numbered(after)
    both = own.keys() & others.keys()
    if len(own) < _FEWEST or len(both) < _SAME * len(own):
        return {}
    alike = sum(bool(_telling(own[n]) & _telling(others[n])) for n in both)
    return {own[n].id: others[n].id for n in both} if alike >= _ALIKE * len(both) else {}


def _numbered(actions: Iterable[Action]) -> dict[str, Action]:
    return {a.ref.rstrip("."): a for a in actions if a.ref}


def _telling(action: Action) -> frozenset[str]:
    return frozenset(t for t in lexicon().terms(action.action) if len(t) > 3)
