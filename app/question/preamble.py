"""What people say before they ask: "I'm a councillor and would like to know which ..." asks what follows."""

from __future__ import annotations

import re

from app.question.cues import cues, group

_OPENING = rf"(?={group('asks')}\b|{group('opening')}\b|where\b|if\b|whether\b|all\b|every\b|the\b|a list\b)"

_KPI = re.compile(r"\bkey (?:performance )?(?:indicators?|measures?)\b|\bperformance (?:indicators?|measures?)\b", re.I)


def plain_question(text: str) -> str:
    """The text without what only leads up to the question or closes it politely."""
    for pattern in cues("preamble")["any"]:
        m = pattern.search(text)
        if m and re.match(rf"\W*{_OPENING}", text[m.end() :], re.I):
            text = text[: m.start()] + text[m.end() :]
    text = _KPI.sub(lambda m: "KPI" + ("s" if m[0].lower().endswith("s") else ""), text)
    for pattern in cues("preamble")["close"]:
        text = pattern.sub("", text)
    return text.strip() or text
