"""Lists that documents draw up themselves, by the words that a question and a heading share."""

from __future__ import annotations

import re

from app.question.cues import cues

_QUOTED = re.compile(r"['‘“\"]([^'’”\"]{5,60}\S)['’”\"]")
_HOW_MANY = re.compile(r"\bhow many\b|\bnumber of\b|\bcount\b|\btotal\b", re.I)


def heads(text: str) -> str | None:
    """Which list a question asks for or a heading announces: "improve", "strengths"; None for neither."""
    said = [text, *_QUOTED.findall(text)]
    return next((name for name, patterns in cues("headed").items() if any(p.search(t) for p in patterns for t in said)), None)


def counted(text: str) -> bool:
    """True where a question asks how many items a list has."""
    return bool(_HOW_MANY.search(text))
