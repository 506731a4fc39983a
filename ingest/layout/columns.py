"""Text set in columns, taken in the order in which it is read: down one column, then down the next.

A gutter is a strip without words beside which both sides hold prose over several lines. Lines that cross it (titles, full-width text)
divide the page into bands; each band is read column by column. Short texts on both sides, as in lists of labels and values, are no columns.
"""

from __future__ import annotations

from itertools import groupby

from ingest.layout.words import Word, lines_of

_FEWEST = 5  # lines with words on both sides of a gutter
_WIDTH = 7.0  # points a gutter is wide at least
_CROSSING = 0.25  # share of the lines beside a gutter that may run across it: titles over both columns
_PROSE = 3.5  # words a side has on an average line, for it to be prose


def in_reading_order(words: list[Word]) -> list[list[Word]]:
    """The words in groups to be read one after the other, each a stretch of one column."""
    gutter = _gutter(words)
    if gutter is None:
        return [words] if words else []
    lines = lines_of(words)
    out: list[list[Word]] = []
    for crossing, band in groupby(lines, key=lambda line: any(w.box[0] < gutter < w.box[2] for w in line)):
        held = [w for line in band for w in line]
        if crossing:
            out.append(held)
            continue
        for side in ([w for w in held if w.box[2] <= gutter], [w for w in held if w.box[0] >= gutter]):
            out.extend(in_reading_order(side))
    return out


def _gutter(words: list[Word]) -> float | None:
    """The x position of the gutter that most lines respect, None where the words stand in one column."""
    if len(words) < 2 * _FEWEST * _PROSE:
        return None
    lines = lines_of(words)
    left, right = min(w.box[0] for w in words), max(w.box[2] for w in words)
    best: tuple[int, float] | None = None
    for x in range(int(left + 0.15 * (right - left)), int(right - 0.15 * (right - left)), 3):
        split = [s for line in lines if (s := _split(line, float(x)))]
        if len(split) >= _FEWEST and _is_prose(split) and _respected(lines, float(x)) and (best is None or len(split) > best[0]):
            best = (len(split), float(x))
    return best[1] if best and 2 * best[0] >= _FEWEST + len(lines) / 3 else None


def _split(line: list[Word], x: float) -> tuple[int, int] | None:
    """How many words a line has on the two sides of a gutter at x; None where it does not stand on both, or crosses it."""
    before = [w for w in line if w.box[2] <= x]
    after = [w for w in line if w.box[0] >= x]
    if not before or not after or len(before) + len(after) < len(line):
        return None
    gap = min(w.box[0] for w in after) - max(w.box[2] for w in before)
    return (len(before), len(after)) if gap >= _WIDTH else None


def _respected(lines: list[list[Word]], x: float) -> bool:
    """Whether, between the first and the last line with text on both sides, few lines run across: chance gaps of a single column do not
    make a gutter."""
    at = [i for i, line in enumerate(lines) if _split(line, x)]
    between = lines[at[0] : at[-1] + 1]
    crossing = sum(any(w.box[0] < x < w.box[2] for w in line) or not (_split(line, x) or _one_sided(line, x)) for line in between)
    return crossing <= _CROSSING * len(between)


def _one_sided(line: list[Word], x: float) -> bool:
    return all(w.box[2] <= x for w in line) or all(w.box[0] >= x for w in line)


def _is_prose(split: list[tuple[int, int]]) -> bool:
    return all(sum(side) / len(split) >= _PROSE for side in zip(*split, strict=True))
