"""What a scorer is: one question asked of one answer, by rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from eval.cases import Case
from eval.given import Given
from eval.sources import Sources

Component = Literal["understanding", "answer", "evidence"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A score from 0 to 1, and what is wrong where it is below 1."""

    score: float
    why: str = ""


Score = Callable[[Case, Given, Sources], Mark | None]


@dataclass(frozen=True, slots=True)
class Scorer:
    """One scorer. `score` gives None where the case asks nothing of the kind; a missing answer is no such reason."""

    name: str
    component: Component
    help: str
    score: Score


def share(right: int, of: int, why: str = "") -> Mark:
    """A share as a mark; `why` only where it is not whole."""
    return Mark(right / of, why if right < of else "")


def passed(ok: bool, why: str) -> Mark:
    """All or nothing."""
    return Mark(1.0) if ok else Mark(0.0, why)


def f_score(precision: float, recall: float, beta: float = 1.0) -> float:
    """The F measure; beta 2 weighs recall twice as high as precision (van Rijsbergen 1979)."""
    weight = beta * beta
    return (1 + weight) * precision * recall / (weight * precision + recall) if precision + recall else 0.0
