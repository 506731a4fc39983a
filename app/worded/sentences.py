"""A model's draft as sentences with references: what is said, and which evidence it claims to stand on."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARKS = re.compile(r"\s*(?:\[\s*\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*\s*\])+")
_BULLET = re.compile(r"^\s*(?:[-*•–]|\(?\d{1,2}[.)]|#{1,6})\s+")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_OPEN = re.compile(r"\s*\[[^\]]*$")  # a reference that is not there in full
_ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|etc|no|nos|approx|dr|mr|mrs|ms|st|vs|para|inc|ref|p|pp|cllr|prof)|(?<![\w.])[A-Z])\.$", re.I)
_END = re.compile(r"[.!?]+[\"”’')]*(?=\s|$|\s*\[\d)")


@dataclass(frozen=True)
class Sentence:
    """One sentence without its references; `marks` in the order given; `bullet` where it was an item of a list."""

    text: str
    marks: tuple[int, ...]
    bullet: bool = False
    opens: bool = False  # first of its line


def numbers_of(marks: str) -> tuple[int, ...]:
    """The references of "[1][3]", "[1, 3]" or "[2-4]", each once."""
    out: list[int] = []
    for group in re.findall(r"\[([^\]]*)\]", marks):
        for part in re.split(r"[,;]", group):
            ends = [int(n) for n in re.findall(r"\d+", part)]
            out += range(ends[0], ends[-1] + 1) if len(ends) == 2 and ends[0] < ends[1] <= ends[0] + 40 else ends
    return tuple(dict.fromkeys(out))


def sentences_of(draft: str) -> list[Sentence]:
    """The sentences of a draft in order. References stand before or after the full stop; headings and list marks are taken off."""
    out: list[Sentence] = []
    for line in draft.splitlines():
        bullet = bool(_BULLET.match(line)) and not line.lstrip().startswith("#")
        plain = _BOLD.sub(r"\2", _BULLET.sub("", line)).strip()
        out += [s for i, part in enumerate(_cut(plain)) if (s := _sentence(part, bullet, i == 0))]
    return out


def finished(draft: str) -> list[Sentence]:
    """The sentences of a draft that is still coming which nothing that follows can change: all but the last, once its references end."""
    return sentences_of(_OPEN.sub("", draft))[:-1]


def _sentence(part: str, bullet: bool, opens: bool) -> Sentence | None:
    marks = tuple(dict.fromkeys(n for m in _MARKS.finditer(part) for n in numbers_of(m[0])))
    text = re.sub(r"\s+([.,;:!?])", r"\1", _MARKS.sub("", part)).strip()
    return Sentence(text, marks, bullet, opens) if re.search(r"\w", text) else None


def _cut(line: str) -> list[str]:
    """The sentences of one line, each with the references that follow it."""
    parts: list[str] = []
    start = 0
    for m in _END.finditer(line):
        if m.end() <= start or _ABBREVIATION.search(line[start : m.start() + 1]) or _inside_quote(line[start : m.end()]):
            continue
        after = _MARKS.match(line, m.end())
        end = after.end() if after else m.end()
        if end < len(line) and not re.match(r"\s+[\"“‘'(£\[]?[A-Z0-9]", line[end:]):
            continue
        parts.append(line[start:end].strip())
        start = end
    return [p for p in (*parts, line[start:].strip()) if p]


def _inside_quote(text: str) -> bool:
    return text.count("“") > text.count("”") or text.count('"') % 2 == 1
