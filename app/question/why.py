"""Questions for a cause: "why", "what is behind", "what do they put it down to", "how did we get it down"; without their asking words."""

from __future__ import annotations

import re

from app.question.cues import group

_WHY = re.compile(rf"\b{group('why')}(?!\w)", re.I)
_BLAMED = re.compile(rf"\b(?:what|who|how)\b.{{0,60}}?\b{group('blamed')}(?!\w)", re.I)
_BY_MEANS = re.compile(rf"\b{group('by_means')}(?!\w)", re.I)
_ASKING = re.compile(rf"\b(?:{group('why')}|{group('blaming')})(?!\w)", re.I)
_MANAGED = re.compile(r"\bmanag(?:e|es|ed|ing) to\b", re.I)


def asks_why(text: str) -> bool:
    """True where a text asks for a cause or for the means by which something came about."""
    plain = text.replace("’", "'")
    return any(p.search(plain) for p in (_WHY, _BLAMED, _BY_MEANS))


def without_asking(text: str) -> str:
    """The text of such a question without its words of asking."""
    return _MANAGED.sub(" ", _ASKING.sub(" ", text.replace("’", "'")))
