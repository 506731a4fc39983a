"""The lines of a cell, told apart by geometry: a line that ends early was broken by its author, a full one wrapped."""

from __future__ import annotations

from functools import cache

from ingest.layout.glyphs import starts_with_bullet
from ingest.layout.words import Word, least_sure, lines_of
from ingest.types import Box, Line, union
from ingest.vocabulary import vocabulary

_SLACK = 1.5  # points: rounding in the page's own layout
_PART = 4  # letters of a word that a narrow column breaks, on its first line: "Due" over "date" are two words
_WHOLE = frozenset(  # little words that begin a line and are never the rest of a broken one
    "a an and are as at be by for from has have in into is it its of off on or our out per so than that the their to up".split()
    + "was we were will with".split()
)


def cell_lines(words: list[Word], box: Box, page: int) -> tuple[Line, ...]:
    """The printed lines of one cell, each knowing whether its author broke the line before it."""
    lines = lines_of(words)
    out: list[Line] = []
    previous: list[Word] | None = None
    for line in lines:
        text = " ".join(w.text for w in line)
        hard = previous is not None and (starts_with_bullet(text) or _room_left(previous, line, box) or _gap(previous, line))
        glued = previous is not None and not hard and _broken_word(previous, line, box)
        found = union([w.box for w in line])
        where = found and tuple(round(v, 1) for v in found)
        out.append(Line(text, page, where, hard, glued, least_sure(line)))  # type: ignore[arg-type]
        previous = line
    return tuple(out)


def _room_left(previous: list[Word], line: list[Word], box: Box) -> bool:
    """Whether the line's first word would have fitted behind the previous line: then the break was the author's."""
    first = line[0]
    padding = max(1.0, min(previous[0].box[0] - box[0], 8.0))
    space = 0.28 * (first.size or first.box[3] - first.box[1])
    return previous[-1].box[2] + space + (first.box[2] - first.box[0]) < box[2] - padding - _SLACK


def _broken_word(previous: list[Word], line: list[Word], box: Box) -> bool:
    """Whether a word was broken between the lines: after a hyphen, or because the column is narrower than the word."""
    before, after = previous[-1].text, line[0].text
    if not after[:1].islower() or after.rstrip(".,;:").lower() in _WHOLE | _of_titles():
        return False
    if before.endswith("-"):
        return before[-2:-1].isalpha()
    if len(previous) > 1 or not before.isalpha() or len(before) < _PART:
        return False
    letter = (previous[0].box[2] - previous[0].box[0]) / max(1, len(before))
    padding = max(1.0, min(previous[0].box[0] - box[0], 8.0))
    return previous[0].box[2] + letter > box[2] - padding - _SLACK


@cache
def _of_titles() -> frozenset[str]:
    """The words that column titles are made of ("date" below "Revised")."""
    return frozenset(word for phrases in vocabulary()["headers"].values() for phrase in phrases for word in phrase.split())


def _gap(previous: list[Word], line: list[Word]) -> bool:
    """Whether there is more than a line's usual leading between the two."""
    height = max(w.box[3] - w.box[1] for w in line)
    return min(w.box[1] for w in line) - max(w.box[3] for w in previous) > 0.6 * height
