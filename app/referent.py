"""What "that team" of a follow-up stands for: what the answer to the earlier question names first."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from app.question.cues import group
from app.types import Answer, Question
from ingest.types import Measure

_POINTING = r"\b(?:that|this|the same|the said)"
_PLACE = re.compile(rf"{_POINTING} (?P<noun>{group('places')})\b(?! (?:plan|report|document|paper)s?\b)", re.I)


def pointed_at(question: Question, answered: Callable[[Question], Answer]) -> Question:
    """The question with what it points at said by name, where it points at a place that the earlier answer names.

    `answered` gives the answer to a question; the earlier one is asked again only where this one points at something.
    """
    if not question.history or not _PLACE.search(question.text):
        return question
    earlier = answered(Question(question.history[-1], question.history[-2:-1], corrections=question.corrections))
    records = [line.record for line in earlier.table.rows] if earlier.table else []
    parts = [m.breakdown for m in records if isinstance(m, Measure) and m.breakdown]
    if not parts:
        return question
    return replace(question, text=_PLACE.sub(lambda m: _with_noun(parts[0], m["noun"]), question.text, count=1))


def _with_noun(part: str, noun: str) -> str:
    return f"the {part}" if re.search(rf"\b{re.escape(noun)}\b", part, re.I) else f"the {part} {noun}"
