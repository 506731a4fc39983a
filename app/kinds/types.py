"""The shape of a kind of question: what it gathers, and what it makes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.evidence.desk import Desk
from app.evidence.types import Evidence
from app.types import Draft, Query, Question

Gather = Callable[[Query, Question, Desk], Evidence | None]
Compose = Callable[[Query, Evidence, Desk], Draft]


@dataclass(frozen=True)
class Kind:
    """One kind of question. `gather` gives None where the kind finds nothing of its own; then the kind named `instead` is asked.

    `whole`: what it finds must speak of every subject that the question names, not only of what surrounds one that no document prints.
    """

    name: str
    help: str
    examples: tuple[str, ...]
    gather: Gather
    compose: Compose
    instead: str | None = None
    whole: bool = False
