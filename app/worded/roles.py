"""What a figure can be by the words around it, value, target or gap, and which status a text claims."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.worded.reading import Figure, Reading
from app.worded.sheet import Item
from app.worded.words import words

NOT_MET = re.compile(
    r"(?:\b(?:did|does|do|was|were|has|have|is|are)\s*)?(?:\b(?:not|never|nor|neither)|n['’]t)\s+(?:\w+\s+){0,2}?"
    r"(?:meet|met|meeting|hit|reach|reached|achieve|achieved|on target|on track)\b",
    re.I,
)
_BY = re.compile(r"\bby\s+(?:about\s+|around\s+|some\s+|a further\s+)?$", re.I)
_IS_THE = re.compile(r"\s*(?:(?:is|was|being)\s+(?:the\s+)?)?(?:\w+\s+)?", re.I)


def unnamed(reading: Reading, items: Sequence[Item]) -> str:
    """The sentence with the names of the evidence's figures blanked out: "within target timescales" in one is no claim."""
    masked = reading.masked
    for name in sorted({" ".join(r.measure.split()) for i in items for r in i.measures}, key=len, reverse=True):
        for m in re.finditer(re.escape(name), masked, re.I):
            masked = masked[: m.start()] + " " * (m.end() - m.start()) + masked[m.end() :]
    return masked


def roles(figure: Figure, reading: Reading, masked: str) -> frozenset[str]:
    """What a figure can be by the words around it; `masked` is the sentence as far as it is to be read for that."""
    a, b = reading.segment(figure)
    before, after = masked[a : figure.start], masked[figure.end :]
    if figure.unit == "points":
        return frozenset({"gap", "change"})
    if _aimed(before, after):
        return frozenset({"target"})
    said = words()
    if _BY.search(before):
        if said.opposites["up"].search(before) or said.opposites["down"].search(before):
            return frozenset({"change"})
        if status_in(before):
            return frozenset({"gap"})
    gap = {"gap"} if figure.unit != "percent" and said.roles["gap"].search(masked[a:b]) else set()
    return frozenset({"value", "target", *gap} if ends_with(said.roles["either"], before) else {"value", *gap})


def _aimed(before: str, after: str) -> bool:
    """Whether a figure is called a target: "a target of 95%", "the target for visits is 95%", "its 95% target"."""
    said = words()
    named = [m.end() for m in said.roles["aim"].finditer(before) if "," not in before[m.end() :]]
    if named and not said.roles["result"].search(before[named[-1] :]):
        return True
    start = _IS_THE.match(after)
    return any(said.roles["aim"].match(after, at) for at in {len(after) - len(after.lstrip()), start.end() if start else 0})


def ends_with(pattern: re.Pattern[str], text: str) -> bool:
    """Whether a phrase stands at the end of a text, at most one word before it."""
    return any(re.fullmatch(r"\s+(?:\w+\s+)?", text[m.end() :]) for m in pattern.finditer(text))


def ends_right(pattern: re.Pattern[str], text: str) -> bool:
    """Whether a phrase stands at the very end of a text."""
    return any(not text[m.end() :].strip() for m in pattern.finditer(text))


def status_in(text: str) -> str | None:
    """The status a text claims: "off", "on" or "none" (no figure); None where it claims none. "Did not meet its target" is "off"."""
    found: list[tuple[int, int, str]] = []
    for name, pattern in words().status.items():
        found += [(m.start(), m.end(), name) for m in pattern.finditer(text)]
    if not found:
        return "off" if NOT_MET.search(text) else None
    start, _, name = max(found, key=lambda f: (f[1] - f[0], -f[0]))
    if name == "none":
        return "none"
    negated = re.search(r"(?:\b(?:not|never|neither|nor|no|none|without|yet to)|n['’]t)\s+(?:\w+\s+){0,2}$", text[:start], re.I)
    return {"on": "off", "off": "on"}[name] if negated else name
