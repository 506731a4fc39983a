"""The seam between the evaluation and what it evaluates: a case in, an answer in the contract's JSON out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from app.engine import ask, compose, gather
from app.evidence.desk import desk
from app.evidence.figures import documents_for
from app.evidence.numbered import search_text
from app.question.understand import understand
from app.render import answer_json
from app.types import Question
from eval.cases import Case
from eval.given import Json
from index.library import Library
from ingest.types import Chunk

Ask = Callable[[Case], Json | None]


def engine(library: Library) -> Ask:
    """Asks the engine over a library, as `planspoken ask` does."""

    def answer(case: Case) -> Json:
        question = Question(case.question, case.history, case.id)
        found: dict[str, Any] = answer_json(ask(question, library))
        return found

    return answer


def gathered(library: Library) -> Callable[[Case, int], list[Chunk]]:
    """The passages an answer is made from, as the engine comes to them: those of the records that satisfy the question, those of the
    sentences that speak of it, and after them what its own search brings up in the documents meant."""
    laid = desk(library)

    def passages(case: Case, limit: int) -> list[Chunk]:
        question = Question(case.question, case.history, case.id)
        query = understand(question, laid)
        kind, evidence = gather(query, question, laid)
        found = [chunk for row in compose(kind, query, evidence, laid).rows for chunk in library.chunks_of(row.id)]
        found += [sentence.chunk for sentence in evidence.sentences]
        found += [hit.chunk for hit in laid.hits(search_text(query, question), 2 * limit, sorted(documents_for(query, laid)))]
        return list({(chunk.place.document, chunk.id): chunk for chunk in found}.values())[:limit]

    return passages


@dataclass(frozen=True)
class Script:
    """The fake that ships with the seam: answers by id; a case without one is not answered."""

    answers: Mapping[str, Json]

    def __call__(self, case: Case) -> Json | None:
        return self.answers.get(case.id)


def steady(answer: Json | None) -> Json | None:
    """The answer without what may differ between two runs: how long it took."""
    return None if answer is None else {name: value for name, value in answer.items() if name != "timings_ms"}
