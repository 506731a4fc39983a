"""Text set in columns, taken in the order in which it is read: down one column, then down the next.

A gutter is a strip without words beside which both sides hold prose over several lines. Lines that cross it (titles, full-width text)
divide the page into bands; each band is read column by column. Short texts on both sides, as in lists of labels and values, are no columns.
"""

from __future__ import annotations

from itertools import groupby

from ingest.layout.words import Word, lines_of

_FEWEST = 5  # lines with words on both sides of a gutter
_WIDTH = 7.0  # points a gutter is wide at least
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
    """The x position of the widest gutter, None where the words stand in one column."""
    if len(words) < 2 * _FEWEST * _PROSE:
        return None
    lines = lines_of(words)
    left, right = min(w.box[0] for w in words), max(w.box[2] for w in words)
    best: tuple[int, float] | None = None
    for x in range(int(left + 0.15 * (right - left)), int(right - 0.15 * (right - left)), 3):
        split = _split_lines(lines, float(x))
        if len(split) >= _FEWEST and _is_prose(split) and (best is None or len(split) > best[0]):
            best = (len(split), float(x))
    return best[1] if best and 2 * best[0] >= _FEWEST + len(lines) / 3 else None


def _split_lines(lines: list[list[Word]], x: float) -> list[tuple[int, int]]:
    """For every line that stands on both sides of a gutter at x: how many words on each."""
    out: list[tuple[int, int]] = []
    for line in lines:
        before = [w for w in line if w.box[2] <= x]
        after = [w for w in line if w.box[0] >= x]
        if before and after and len(before) + len(after) == len(line):
            gap = min(w.box[0] for w in after) - max(w.box[2] for w in before)
            if gap >= _WIDTH:
                out.append((len(before), len(after)))
    return out


def _is_prose(split: list[tuple[int, int]]) -> bool:
    return all(sum(side) / len(split) >= _PROSE for side in zip(*split, strict=True))
