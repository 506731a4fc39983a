"""Ruled tables in the picture of a page: how far it is askew, its ruling lines, the cells between them.

Pictures are grey, arrays (height, width) of bytes; lengths are pixels, `point` is the number of pixels in a point.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ingest.types import Box, union

_INK = 140  # grey value below which a pixel belongs to a line
_ACROSS = 20.0  # points: shorter strokes across are dashes and letters
_DOWN = 10.0  # points: shorter strokes down are letters
_THICK = 5.0  # points: a thicker "line" is a dark fill, and its two edges are the lines
_ONE_LINE = 0.7  # overlap of runs in neighbouring rows of pixels that belong to one line: a border beside a dark fill is longer than it
_NEAR = 3.0  # points by which a line may miss the one it meets
_COVERED = 0.75  # share of a cell's side that must be ruled
_FEWEST = 4  # cells
_LEAST = 8.0  # points: a narrower or lower cell is a double line


@dataclass(frozen=True, slots=True)
class Ruling:
    """A straight line: `at` is its height (or its x, when it runs down), `start` and `end` how far it runs."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table's box and the boxes of its cells; a merged cell is one box."""

    box: Box
    cells: tuple[Box, ...]


def ruled_tables(grey: np.ndarray, point: float) -> list[RuledTable]:
    """The ruled tables of a picture that stands upright, each with at least four cells: fewer are letters, or frames."""
    ink = grey < _INK
    near = _NEAR * point
    across = _rulings(ink, _ACROSS * point, point)
    down = _rulings(ink.T, _DOWN * point, point)
    down = [line for line in down if any(_meet(other, line, near) for other in across)]
    across = [line for line in across if any(_meet(line, other, near) for other in down)]
    tables = [_table(*group, point) for group in _connected(across, down, near)]
    return [t for t in tables if t is not None and len(t.cells) >= _FEWEST]


def _opened(ink: np.ndarray, length: int) -> np.ndarray:
    """The pixels that lie in a run along the row of at least `length`, of which up to a tenth may be missing."""
    height, width = ink.shape
    if width < length or length < 1:
        return np.zeros_like(ink)
    sums = np.zeros((height, width + 1), np.int32)
    np.cumsum(ink, axis=1, out=sums[:, 1:])
    full = (sums[:, length:] - sums[:, :-length]) >= 0.9 * length  # windows that begin at each column
    marks = np.zeros((height, width + 1), np.int32)
    marks[:, : full.shape[1]] += full
    marks[:, length : length + full.shape[1]] -= full
    opened: np.ndarray = (np.cumsum(marks, axis=1)[:, :width] > 0) & ink
    return opened


def _rulings(ink: np.ndarray, length: float, point: float) -> list[Ruling]:
    """The lines along the rows of a picture."""
    opened = _opened(ink, round(length))
    rows = np.flatnonzero(opened.any(axis=1))
    open_runs: list[list[int]] = []  # first row, last row, start, end
    done: list[list[int]] = []
    for row in rows:
        runs = _runs(opened[row], round(length / 2), round(_NEAR * point))
        still: list[list[int]] = []
        for run in open_runs:
            if row - run[1] > 1:
                done.append(run)
            else:
                still.append(run)
        open_runs = still
        for start, end in runs:
            held = next((r for r in open_runs if _overlap(r[2], r[3], start, end) >= _ONE_LINE), None)
            if held is None:
                open_runs.append([int(row), int(row), start, end])
            else:
                held[1], held[2], held[3] = int(row), min(held[2], start), max(held[3], end)
    out: list[Ruling] = []
    for first, last, start, end in done + open_runs:
        before, after = _dark(ink, first - 3, start, end), _dark(ink, last + 2, start, end)
        if last - first + 1 > _THICK * point:
            out += [Ruling(at, start, end) for at, dark in ((first, before), (last, after)) if not dark]
        elif not (before and after) or _leaves_dark(ink, (first, last), (start, end)) >= _DOWN * point:
            out.append(Ruling((first + last) / 2, start, end))
    return out


def _leaves_dark(ink: np.ndarray, rows: tuple[int, int], columns: tuple[int, int]) -> int:
    """The longest stretch of a line that does not lie inside a dark fill: what is left of a fill between two light letters is no line."""
    above = ink[max(rows[0] - 3, 0), columns[0] : columns[1]]
    below = ink[min(rows[1] + 3, len(ink) - 1), columns[0] : columns[1]]
    return max((end - start for start, end in _runs(~(above & below), 1, 0)), default=0)


def _dark(ink: np.ndarray, row: int, start: int, end: int) -> bool:
    """Whether two rows of pixels are mostly ink between two columns."""
    strip = ink[max(row, 0) : max(row + 2, 0), start:end]
    return bool(strip.size) and float(strip.mean()) > 0.5


def _overlap(start: int, end: int, other_start: int, other_end: int) -> float:
    """What two stretches share, against what they cover together."""
    return max(0, min(end, other_end) - max(start, other_start)) / max(1, max(end, other_end) - min(start, other_start))


def _runs(row: np.ndarray, least: int, gap: int) -> list[tuple[int, int]]:
    """Start and end of the runs in one row, those with less than `gap` between them joined."""
    steps = np.flatnonzero(np.diff(np.concatenate(([0], row.astype(np.int8), [0]))))
    out: list[tuple[int, int]] = []
    for start, end in zip(steps[::2], steps[1::2], strict=True):
        if out and start - out[-1][1] <= gap:
            out[-1] = (out[-1][0], int(end))
        else:
            out.append((int(start), int(end)))
    return [(a, b) for a, b in out if b - a >= least]


def _meet(across: Ruling, down: Ruling, near: float) -> bool:
    return across.start - near <= down.at <= across.end + near and down.start - near <= across.at <= down.end + near


def _connected(across: list[Ruling], down: list[Ruling], near: float) -> list[tuple[list[Ruling], list[Ruling]]]:
    """The lines parted into groups that hang together."""
    left_a, left_d = list(across), list(down)
    groups: list[tuple[list[Ruling], list[Ruling]]] = []
    while left_a:
        group_a, group_d, fresh = [left_a.pop()], [], True
        while fresh:
            found_d = [d for d in left_d if any(_meet(a, d, near) for a in group_a)]
            left_d = [d for d in left_d if d not in found_d]
            group_d += found_d
            found_a = [a for a in left_a if any(_meet(a, d, near) for d in group_d)]
            left_a = [a for a in left_a if a not in found_a]
            group_a += found_a
            fresh = bool(found_d or found_a)
        groups.append((group_a, group_d))
    return groups


def _table(across: list[Ruling], down: list[Ruling], point: float) -> RuledTable | None:
    ys, xs = _levels([a.at for a in across], point), _levels([d.at for d in down], point)
    if len(ys) < 2 or len(xs) < 2:
        return None
    rows, columns = list(pairwise(ys)), list(pairwise(xs))
    parent = {(r, c): (r, c) for r in range(len(rows)) for c in range(len(columns))}

    def root(at: tuple[int, int]) -> tuple[int, int]:
        while parent[at] != at:
            at = parent[at]
        return at

    for r, (top, bottom) in enumerate(rows):
        for c, (x0, x1) in enumerate(columns):
            if c + 1 < len(columns) and not _ruled(down, x1, top, bottom, point):
                parent[root((r, c + 1))] = root((r, c))
            if r + 1 < len(rows) and not _ruled(across, bottom, x0, x1, point):
                parent[root((r + 1, c))] = root((r, c))
    merged: dict[tuple[int, int], list[Box]] = {}
    for r, c in parent:
        merged.setdefault(root((r, c)), []).append((columns[c][0], rows[r][0], columns[c][1], rows[r][1]))
    cells = tuple(box for boxes in merged.values() if (box := union(boxes)))
    return RuledTable((xs[0], ys[0], xs[-1], ys[-1]), cells)


def _ruled(lines: list[Ruling], at: float, start: float, end: float, point: float) -> bool:
    """Whether lines at about this position cover most of the stretch."""
    near = _NEAR * point
    covered = sum(max(0.0, min(end, line.end) - max(start, line.start)) for line in lines if abs(line.at - at) <= near)
    return covered >= _COVERED * (end - start)


def _levels(values: list[float], point: float) -> list[float]:
    """The distinct positions of lines; those nearer than a cell can be are one, at their middle."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][0] < _LEAST * point:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(g) / len(g) for g in groups]
