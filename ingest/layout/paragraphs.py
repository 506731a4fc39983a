"""Printed lines grouped into headings, paragraphs and list items."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from ingest.layout.glyphs import starts_with_bullet, without_bullet
from ingest.source import Source, TextLine
from ingest.types import Block, BlockKind, Line, Place, Printed, span

_NUMBER = re.compile(r"^(\(?\d{1,3}(?:\.\d{1,3})*[.)]?|\([a-z]\)|[a-z]\))\s+(?=\S)")
_LARGER = 1.12  # a heading's type size against the body's
_LEADING = 1.75  # baseline distance, in line heights, from which a gap separates paragraphs
_INDENT = 4.0  # points
_HEADING_LINES = 4
_ONE_LEVEL = 1.25  # ratio of type sizes up to which headings are of one level
_ENDS = (".", "?", "!", ":", ";")


def body_size(source: Source) -> float:
    """The type size that most characters of the document's running text have, in points; 0 where sizes are unknown."""
    sizes: Counter[float] = Counter()
    for page in source.pages:
        for item in page.items:
            if isinstance(item, TextLine):
                sizes[round(item.size, 1)] += len(item.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def heading_levels(source: Source, body: float) -> tuple[float, ...]:
    """The smallest type size of each heading level, largest level first; sizes within a quarter of each other are one level.

    Slides shrink a long title to fit, so sizes alone do not rank headings.
    """
    sizes = {round(i.size, 1) for page in source.pages for i in page.items if isinstance(i, TextLine) and i.size >= body * _LARGER}
    floors: list[float] = []
    top = 0.0
    for size in sorted(sizes, reverse=True):
        if not floors or top / size > _ONE_LEVEL:
            floors.append(size)
            top = size
        floors[-1] = size
    return tuple(floors)


def group(document: str, lines: list[TextLine], body: float, levels: tuple[float, ...] = ()) -> list[Block]:
    """The blocks that neighbouring lines of one page form. `body` is the document's body size, `levels` its heading sizes (see above)."""
    if not lines:
        return []
    groups: list[list[TextLine]] = [[lines[0]]]
    for before, line in pairwise(lines):
        if _begins(before, line, body):
            groups.append([line])
        else:
            groups[-1].append(line)
    return [_block(document, g, body, levels) for g in groups]


def is_heading_style(line: TextLine, body: float) -> bool:
    """Whether a line is set as headings are: larger than the body, or bold."""
    return line.size >= body * _LARGER or line.bold


def _begins(before: TextLine, line: TextLine, body: float) -> bool:
    if not before.box or not line.box:
        return True
    if (
        starts_with_bullet(line.text)
        or is_heading_style(before, body) != is_heading_style(line, body)
        or abs(before.size - line.size) > 0.7
    ):
        return True
    height = max(line.box[3] - line.box[1], 1.0)
    if line.box[1] - before.box[1] > _LEADING * height or line.box[1] < before.box[1]:
        return True
    if _NUMBER.match(line.text) and line.box[0] < before.box[0] + _INDENT and before.text.endswith(_ENDS):
        return True
    room = before.right - before.box[2] > line.first_word_width + 0.3 * height
    if is_heading_style(line, body):
        return room and not _open_heading(before)
    if line.box[0] > before.box[0] + 3 * _INDENT and room:
        return not (starts_with_bullet(before.text) and line.text[:1].islower())  # the rest of an item hangs under its text
    return room and before.text.endswith(_ENDS)


def _open_heading(line: TextLine) -> bool:
    return line.text.endswith((",", "-", "–", "&")) or line.text.rsplit(" ", 1)[-1].lower() in (
        "and",
        "of",
        "the",
        "for",
        "to",
        "in",
        "with",
    )


def _block(document: str, lines: list[TextLine], body: float, levels: tuple[float, ...]) -> Block:
    first = lines[0]
    texts = [line.text for line in lines]
    kind: BlockKind = "paragraph"
    number = None
    if starts_with_bullet(first.text):
        kind, texts[0] = "list_item", without_bullet(first.text)
    else:
        found = _NUMBER.match(first.text)
        if found and found.group(1).strip("().").replace(".", "").isalnum() and len(texts[0]) > found.end():
            number, texts[0] = found.group(1).strip("()").rstrip(".)"), texts[0][found.end() :].lstrip(". ")
        if _is_heading(lines, body):
            kind = "heading"
    printed = Printed(tuple(Line(t, line.page, line.box, confidence=line.confidence) for t, line in zip(texts, lines, strict=True)))
    page, box = span(printed.lines)
    level = _level(first, levels) if kind == "heading" else 0
    return Block(kind, Place(document, page, box), printed, level=level, number=number)


def _is_heading(lines: list[TextLine], body: float) -> bool:
    """Set as a heading and short; bold text of body size only where it is no more than one sentence."""
    text = " ".join(line.text for line in lines)
    if len(lines) > _HEADING_LINES or not all(is_heading_style(line, body) for line in lines):
        return False
    larger = all(line.size >= body * _LARGER for line in lines)
    return (larger or ". " not in text) and not text.endswith((";", ",")) and any(c.isalpha() for c in text)


def _level(line: TextLine, levels: tuple[float, ...]) -> int:
    """1 for the largest headings of the document, counting up; bold text of body size comes last."""
    return next((n for n, floor in enumerate(levels, start=1) if line.size >= floor - 0.05), len(levels) + 1)
