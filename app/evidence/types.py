"""What was found for a question."""

from __future__ import annotations

from dataclasses import dataclass

from app.evidence.clashes import Clash
from app.evidence.desk import Marked
from app.evidence.figures import Found
from app.evidence.passages import Sentence
from app.types import Outcome, Thread
from ingest.types import Action, Commitment, Measure


@dataclass(frozen=True)
class Evidence:
    """What was found; an answer draws on nothing else. `considered` are the rows a list was chosen from.

    `refusal` says why there is nothing to answer with; `nearest` is then the nearest thing the documents do say. `meant`: the measures were
    chosen by what their names mean, not by words of the question.
    """

    measures: tuple[Found, ...] = ()
    considered: tuple[Measure, ...] = ()
    actions: tuple[Marked[Action], ...] = ()
    commitments: tuple[Marked[Commitment], ...] = ()
    sentences: tuple[Sentence, ...] = ()
    clashes: tuple[Clash, ...] = ()
    threads: tuple[Thread, ...] = ()
    among: int | None = None  # of how many actions those found were picked by how they stand
    refusal: Outcome | None = None
    nearest: tuple[Found, ...] = ()
    notes: tuple[str, ...] = ()
    meant: bool = False
