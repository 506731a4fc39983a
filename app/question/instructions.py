"""Instructions inside a question are set aside: what is left is answered from the documents, or not at all."""

from __future__ import annotations

from app.question.cues import cues


def set_aside(text: str) -> tuple[str, tuple[str, ...]]:
    """(the question without instructions, the instructions as written)."""
    found: list[str] = []
    for pattern in cues("instruction")["any"]:
        for m in list(pattern.finditer(text)):
            if m[0].strip():
                found.append(" ".join(m[0].split()))
        text = pattern.sub(" ", text)
    return " ".join(text.split()).strip(" ,.:;-"), tuple(found)
