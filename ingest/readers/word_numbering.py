"""The numbers and bullets that Word prints before paragraphs without storing them in the text (ECMA-376 part 1, section 17.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_DEPTH = 9
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"))
_ROMAN_END = ("", "i", "ii", "iii", "iv")


@dataclass(frozen=True, slots=True)
class Label:
    """What stands before a paragraph: a bullet, or a number as printed."""

    bullet: bool
    number: str | None


@dataclass(frozen=True, slots=True)
class _Level:
    style: str
    text: str
    start: int


class Numbering:
    """Counts the numbered paragraphs of one document in reading order."""

    def __init__(self, part: Any | None) -> None:
        """`part` is the root element of numbering.xml, None where the document has none."""
        self._abstract = {a.get(f"{W}abstractNumId"): a for a in (part.iterfind(f"{W}abstractNum") if part is not None else ())}
        self._numbers = {n.get(f"{W}numId"): n for n in (part.iterfind(f"{W}num") if part is not None else ())}
        self._counts: dict[str, list[int | None]] = {}
        self._restarted: set[tuple[str, int]] = set()

    def label(self, num_id: str | None, level: int) -> Label | None:
        """The next label of a list at a level (0 to 8); None for a paragraph taken out of its list, or an unknown list."""
        number = self._numbers.get(num_id or "")
        if number is None or not 0 <= level < _DEPTH:
            return None
        key = _value(number.find(f"{W}abstractNumId")) or ""
        levels = {i: found for i in range(level + 1) if (found := self._level(number, key, i)) is not None}
        own = levels.get(level)
        if own is None:
            return None
        if own.style == "bullet":
            return Label(True, None)
        counts = self._counts.setdefault(key, [None] * _DEPTH)
        restart = self._restart(num_id or "", number, level)
        for i in range(level):
            if counts[i] is None and i in levels:
                counts[i] = levels[i].start
        before = counts[level]
        counts[level] = restart if restart is not None else own.start if before is None else before + 1
        counts[level + 1 :] = [None] * (_DEPTH - level - 1)
        if own.style == "none":
            return Label(False, None)
        said = re.sub(r"%(\d)", lambda m: _counted(counts[int(m[1]) - 1] or 0, levels.get(int(m[1]) - 1)), own.text)
        return Label(False, said.strip() or None)

    def _restart(self, num_id: str, number: Any, level: int) -> int | None:
        """The number a list instance begins with at its first use, where it overrides the list's own."""
        if (num_id, level) in self._restarted:
            return None
        self._restarted.add((num_id, level))
        for override in number.iterfind(f"{W}lvlOverride"):
            if override.get(f"{W}ilvl") == str(level):
                start = _value(override.find(f"{W}startOverride"))
                return int(start) if start and start.isdigit() else None
        return None

    def _level(self, number: Any, key: str, level: int) -> _Level | None:
        for override in number.iterfind(f"{W}lvlOverride"):
            own = override.find(f"{W}lvl")
            if override.get(f"{W}ilvl") == str(level) and own is not None:
                return _read(own)
        abstract = self._linked(self._abstract.get(key))
        if abstract is None:
            return None
        return next((_read(lvl) for lvl in abstract.iterfind(f"{W}lvl") if lvl.get(f"{W}ilvl") == str(level)), None)

    def _linked(self, abstract: Any | None) -> Any | None:
        """The list definition itself, where this one only names a numbering style."""
        link = _value(abstract.find(f"{W}numStyleLink")) if abstract is not None else None
        if not link:
            return abstract
        return next((a for a in self._abstract.values() if _value(a.find(f"{W}styleLink")) == link), abstract)


def _read(element: Any) -> _Level:
    start = _value(element.find(f"{W}start")) or "1"
    style = _value(element.find(f"{W}numFmt")) or "decimal"
    return _Level(style, _value(element.find(f"{W}lvlText")) or "", int(start) if start.isdigit() else 1)


def _value(element: Any | None) -> str | None:
    return None if element is None else element.get(f"{W}val")


def _counted(count: int, level: _Level | None) -> str:
    style = level.style if level else "decimal"
    if style.endswith("Letter"):
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter.upper() if style.startswith("upper") else letter
    if style.endswith("Roman"):
        return _roman(count).upper() if style.startswith("upper") else _roman(count)
    return f"{count:02d}" if style == "decimalZero" else str(count)


def _roman(count: int) -> str:
    out = ""
    for value, letters in _ROMAN:
        while count >= value:
            out, count = out + letters, count - value
    return out + _ROMAN_END[max(0, count)] if count < len(_ROMAN_END) else out
