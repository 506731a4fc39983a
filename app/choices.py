"""What the asker may change in how a question was understood: the fields, what can be chosen in each, and what is chosen now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.grid import RATING, STATUS
from app.kinds.wording import period_words
from app.question.when import span_of
from app.talk import Field
from app.types import Answer
from app.understood import subject
from index.types import DocumentEntry

_RATED = ("measures", "count", "actions")  # kinds of question that a rating narrows
_JUDGED = ("measures", "count")  # kinds that a status against target narrows


@dataclass(frozen=True, slots=True)
class Choice:
    """A field with the values to choose from, each with its words, and those chosen now; `any` says what an empty choice means."""

    field: Field
    label: str
    options: Mapping[str, str]
    chosen: tuple[str, ...]
    any: str


@dataclass(frozen=True, slots=True)
class Choices:
    """All that can be changed in one question: its subject as words, and the fields with their values."""

    topic: str
    fields: tuple[Choice, ...]


def choices(answer: Answer, documents: Sequence[DocumentEntry], periods: Iterable[str | None]) -> Choices:
    """What can be changed; `periods` are those that figures are held for. A field with fewer than two values is left out."""
    query = answer.query
    held = {p: period_words(p) or p for p in _by_time([*periods, *query.periods])}
    councils = sorted({entry.authority for entry in documents if entry.authority})
    titles = {entry.name: entry.title or entry.name for entry in documents}
    statuses = {str(status): word for status, word in STATUS.items()}
    ratings = {str(rating): word for rating, word in RATING.items()}
    found = [
        Choice("periods", "Period", held, tuple(p for p in query.periods if p in held), "any period"),
        Choice("authorities", "Council", {c: c for c in councils}, tuple(c for c in query.authorities if c in councils), "all councils"),
        Choice("documents", "Documents", titles, tuple(d for d in query.documents if d in titles), "all documents"),
    ]
    if query.intent in _JUDGED:
        found.append(Choice("statuses", "Against target", statuses, query.statuses, "any status"))
    if query.intent in _RATED:
        found.append(Choice("rags", "The plan's own rating", ratings, query.rags, "any rating"))
    return Choices(subject(query, answer.question), tuple(choice for choice in found if len(choice.options) > 1))


def _by_time(periods: Iterable[str | None]) -> list[str]:
    """The periods that are of a known form, latest first."""
    spans = {period: span for period in periods if period and (span := span_of(period))}
    return sorted(spans, key=lambda period: (-spans[period].last, -spans[period].first, period))
