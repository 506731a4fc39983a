"""The talk of one session: its questions, what was corrected in them, their answers, and the link that brings it back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Literal

from app.types import REFUSALS, Answer, Correction, Question

MOST = 20  # questions that a link brings back
LONGEST = 1000  # characters of a question

Field = Literal["topic", "periods", "authorities", "documents", "statuses", "rags"]  # those of a Correction


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of the talk and its answer, or the one line that says why there is none; neither while it is waiting for one."""

    question: str
    answer: Answer | None = None
    error: str | None = None
    correction: Correction | None = None

    def corrected(self, field: Field, value: str | tuple[str, ...]) -> Turn:
        """The same question with one more field corrected, waiting to be answered anew."""
        told = {**asdict(self.correction or Correction()), field: value.strip() if isinstance(value, str) else value}
        return Turn(self.question, correction=Correction(**told))

    @property
    def waiting(self) -> bool:
        """Whether it has yet to be answered."""
        return self.answer is None and self.error is None

    @property
    def refused(self) -> bool:
        """Whether the asker is left without what they asked for."""
        return self.error is not None or (self.answer is not None and self.answer.outcome in REFUSALS)


def question_at(turns: Sequence[Turn], number: int) -> Question:
    """The question of this turn after those before it, with what was corrected in each."""
    asked = turns[: number + 1]
    return Question(asked[-1].question, tuple(turn.question for turn in asked[:-1]), corrections=tuple(turn.correction for turn in asked))


def to_parameters(turns: Sequence[Turn]) -> dict[str, list[str]]:
    """The talk as parameters of an address: `q` for each question, `fix` for each correction; empty where there is no talk."""
    asked = turns[-MOST:]
    corrected = [f"{number} {_json(turn.correction)}" for number, turn in enumerate(asked) if turn.correction]
    found = {"q": [turn.question for turn in asked], "fix": corrected}
    return {name: values for name, values in found.items() if values}


def from_parameters(parameters: Mapping[str, Sequence[str]]) -> list[Turn]:
    """The talk of an address, waiting to be answered; what is not of the form `to_parameters` gives is left out."""
    asked = [question.strip()[:LONGEST] for question in parameters.get("q", ())[:MOST]]
    corrections = dict(found for text in parameters.get("fix", ())[:MOST] if (found := _correction(text)))
    return [Turn(question, correction=corrections.get(number)) for number, question in enumerate(asked) if question]


def _json(correction: Correction) -> str:
    return json.dumps({name: value for name, value in asdict(correction).items() if value is not None}, ensure_ascii=False)


def _correction(text: str) -> tuple[int, Correction] | None:
    number, _, body = text.partition(" ")
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not number.isdecimal() or len(number) > len(str(MOST)) or not isinstance(found, dict):
        return None
    topic = found.get("topic")
    lists: dict[str, tuple[str, ...]] = {
        field.name: tuple(values)
        for field in fields(Correction)
        if field.name != "topic" and isinstance(values := found.get(field.name), list) and all(isinstance(v, str) for v in values)
    }
    return int(number), Correction(topic=topic[:LONGEST] if isinstance(topic, str) else None, **lists)
