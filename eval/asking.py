"""The seam between the evaluation and what it evaluates: a case in, an answer in the contract's JSON out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from app.engine import ask
from app.render import answer_json
from app.types import Question
from eval.cases import Case
from eval.given import Json
from index.library import Library

Ask = Callable[[Case], Json | None]


def engine(library: Library) -> Ask:
    """Asks the engine over a library, as `planspoken ask` does."""

    def answer(case: Case) -> Json:
        question = Question(case.question, case.history, case.id)
        found: dict[str, Any] = answer_json(ask(question, library))
        return found

    return answer


@dataclass(frozen=True)
class Script:
    """The fake that ships with the seam: answers by id; a case without one is not answered."""

    answers: Mapping[str, Json]

    def __call__(self, case: Case) -> Json | None:
        return self.answers.get(case.id)


def steady(answer: Json | None) -> Json | None:
    """The answer without what may differ between two runs: how long it took."""
    return None if answer is None else {name: value for name, value in answer.items() if name != "timings_ms"}
