"""Lists that documents draw up themselves, by the words that a question and a heading share."""

from __future__ import annotations

from app.question.cues import cues


def heads(text: str) -> str | None:
    """Which list a question asks for or a heading announces: "improve", "strengths"; None for neither."""
    return next((name for name, patterns in cues("headed").items() if any(p.search(text) for p in patterns)), None)
