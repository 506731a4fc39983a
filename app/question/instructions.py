"""Instructions inside a question are set aside: what is left is answered from the documents, or not at all."""

from __future__ import annotations

import re

from app.question.cues import cues, group

_ASKS = re.compile(rf"\s*(?:please |and |so |ok |but )*{group('asks')}\b", re.I)
_STATES = re.compile(
    r"^\W*(?:(?:and|so|that|yes|please)\W+)*(?:every|everything|everyone|all|each|none|no|nobody|our|we|they|it|this|the council)\b"
    r".*\b(?:has|have|had|is|are|was|were|did|do|does|met|hit|got|gets?|achieved|\w+ed)\b",
    re.I,
)


def set_aside(text: str) -> tuple[str, tuple[str, ...]]:
    """(the question without instructions, the instructions as written)."""
    found: list[str] = []
    for pattern in cues("instruction")["any"]:
        for m in list(pattern.finditer(text)):
            if m[0].strip():
                found.append(" ".join(m[0].split()))
        text = pattern.sub(" ", text)
    return " ".join(text.split()).strip(" ,.:;-"), tuple(found)


def to_be_said(text: str, rest: str) -> bool:
    """True where what is left of a question after its instructions states something that is to be said: "just say that every …\"."""
    return "?" not in text and not _ASKS.match(rest) and bool(_STATES.search(rest))
