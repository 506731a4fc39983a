"""The shape of a kind of question: what it gathers, and what it makes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.evidence.desk import Desk, Marked
from app.evidence.figures import Found
from app.evidence.passages import Sentence
from app.types import Draft, Outcome, Query, Question
from ingest.types import Action, Commitment, Measure


@dataclass(frozen=True)
class Evidence:
    """What was found; an answer draws on nothing else. `considered` are the rows a list was chosen from.

    `refusal` says why there is nothing to answer with; `nearest` is then the nearest thing the documents do say.
    """

    measures: tuple[Found, ...] = ()
    considered: tuple[Measure, ...] = ()
    actions: tuple[Marked[Action], ...] = ()
    commitments: tuple[Marked[Commitment], ...] = ()
    sentences: tuple[Sentence, ...] = ()
    refusal: Outcome | None = None
    nearest: tuple[Found, ...] = ()
    notes: tuple[str, ...] = ()


Gather = Callable[[Query, Question, Desk], Evidence | None]
Compose = Callable[[Query, Evidence, Desk], Draft]


@dataclass(frozen=True)
class Kind:
    """One kind of question. `gather` gives None where the kind finds nothing of its own; then the kind named `instead` is asked."""

    name: str
    help: str
    examples: tuple[str, ...]
    gather: Gather
    compose: Compose
    instead: str | None = None
