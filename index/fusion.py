"""Several rankings into one, by reciprocal ranks."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)

# Cormack, Clarke, Büttcher 2009 ("Reciprocal Rank Fusion outperforms Condorcet"): 60 keeps one first place from outweighing two good ones.
SMOOTHING = 60


def fuse(rankings: Iterable[Sequence[Key]], smoothing: int = SMOOTHING) -> list[tuple[Key, float]]:
    """(key, score) best first, where score = sum over the rankings of 1 / (smoothing + rank), ranks from 1.

    Equal scores keep the order in which the keys were first met; a ranking holds each key once.
    """
    scores: dict[Key, float] = {}
    for ranking in rankings:
        for rank, key in enumerate(ranking, start=1):
            scores[key] = scores.get(key, 0.0) + 1.0 / (smoothing + rank)
    return sorted(scores.items(), key=lambda item: -item[1])
