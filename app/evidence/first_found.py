"""Where no single sentence speaks of enough of a question: the passage that search puts first, if the whole of it does."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from app.evidence.desk import Desk
from app.evidence.match import match
from app.evidence.passages import Sentence, sentences_of
from app.question.wordclass import classes
from app.types import Question
from index.types import Hit
from ingest.types import Chunk

_ENOUGH = 0.55  # of a question a passage must speak of, with its heading
_FIRST = 2  # passages that are looked at
_CLOSE = 0.7  # of the first one's score
_QUOTED = 2  # sentences
_WORD = re.compile(r"[A-Za-z]{3,}")


def about(
    question: Question, asked: Mapping[str, float], names: Sequence[str], desk: Desk, sought: re.Pattern[str] | None
) -> list[Sentence]:
    """The sentences of the first passage that as a whole speaks of the question; with `sought` of one that has it, from there."""
    for hit in _first(question, names, desk):
        chunk = hit.chunk
        terms, heading = desk.terms_of(chunk)
        parts = sentences_of(chunk, desk)
        if not parts or match(asked, terms, heading, desk).coverage < _ENOUGH or (sought and not sought.search(chunk.text)):
            continue
        telling = [s for s in parts if sought and sought.search(s.text)] or list(parts)
        best = max(telling, key=lambda s: match(asked, s.name, s.around, desk).coverage)
        return list(parts[best.number : best.number + _QUOTED])
    return []


def saying(question: Question, names: Sequence[str], desk: Desk) -> list[Sentence]:
    """The sentences of the first passage that prints two words of the question side by side, one of them a noun: "charging points"."""
    asked = _pairs(question.text)
    for hit in _first(question, names, desk) if asked else ():
        if found := [s for s in sentences_of(hit.chunk, desk) if asked & _pairs(s.text)]:
            return _going_on(found[0], hit.chunk, desk)
    return []


def _first(question: Question, names: Sequence[str], desk: Desk) -> list[Hit]:
    hits = desk.hits(question.text, 24, list(names))[:_FIRST]
    return [h for h in hits if h.score >= _CLOSE * hits[0].score]


def _going_on(sentence: Sentence, chunk: Chunk, desk: Desk) -> list[Sentence]:
    parts = sentences_of(chunk, desk)
    return list(parts[sentence.number : sentence.number + _QUOTED + 1])


def _pairs(text: str) -> set[tuple[str, str]]:
    words = [w.lower() for w in _WORD.findall(text)]
    return {(a, b) for a, b in pairwise(words) if "NOUN" in classes(b) and classes(a) & {"NOUN", "VERB", "ADJ"} and min(len(a), len(b)) > 4}
