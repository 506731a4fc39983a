"""What the text of a rating or direction cell says."""

from __future__ import annotations

import re
from typing import cast

from ingest.types import Direction, Rating
from ingest.vocabulary import contains, normalise, vocabulary

_SHORT_OF = re.compile(r"\b(?:not|never|partially|partly|part|nearly|almost|mostly|substantially|to be|cannot)\b")


def rating_of_text(text: str) -> Rating | None:
    """R, A, G or B named by a letter, word or coloured sign of the cell; None where it names none, or two that differ."""
    said = normalise(text)
    if not said:
        signs = {letter for letter, marks in vocabulary()["rating_signs"].items() if any(mark in text for mark in marks)}
        return cast(Rating, signs.pop()) if len(signs) == 1 else None
    exact = [letter for letter, words in vocabulary()["ratings"].items() if said in words]
    found = exact or sorted({letter for letter, _ in _phrases(said) if not (letter in "GB" and _SHORT_OF.search(said))})
    return cast(Rating, found[0]) if len(found) == 1 else None


def _phrases(said: str) -> list[tuple[str, str]]:
    """(letter, phrase) of the rating phrases in a cell, without those that are part of a longer one: "not on track" is not "on track"."""
    found = [(letter, w) for letter, words in vocabulary()["ratings"].items() for w in words if len(w) > 1 and contains(said, w)]
    return [(letter, w) for letter, w in found if not any(w != longer and contains(longer, w) for _, longer in found)]


def arrow_of(text: str) -> Direction | None:
    """up, same or down as shown by an arrow or word; None where there is none, or two that differ."""
    said = text.lower()
    found = {
        way
        for way, marks in vocabulary()["arrows"].items()
        for m in marks
        if (m in said if not m.isalpha() else contains(normalise(said), m))
    }
    return cast(Direction, found.pop()) if len(found) == 1 else None
