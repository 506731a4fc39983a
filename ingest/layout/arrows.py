"""Arrows that are only drawn: told from the outline of the ink in a table cell.

An arrow has a point at one end (or both) and a shaft at the other; it is as good as symmetric about its shaft. Letters are not asked
about: text recognition knows them better.
"""

from __future__ import annotations

import numpy as np

from ingest.types import Box

_CONTRAST = 70  # grey levels by which ink differs from the cell's own fill
_SMALLEST, _LARGEST = 5.0, 40.0  # points: specks are smaller, pictures larger
_SLIM = 0.55  # breadth against length: figures such as 1 are slimmer
_ALIKE = 0.72  # share of the ink that must lie on its mirror image
_POINT = 0.45  # width of an arrow's tip against its widest part
_TAPER = 0.15  # share of an arrow's length over which it narrows to its point
_WAIST = 0.6  # width of the shaft between two points against the widest part


def drawn_arrow(grey: np.ndarray, cell: Box, point: float) -> tuple[str, Box] | None:
    """The arrow that the ink in a cell draws, with its box; None where it draws anything else, or nothing.

    `grey` is the page's picture, `cell` a box in its pixels, `point` the number of pixels in a point.
    """
    inset = round(2.5 * point)
    x0, top, x1, bottom = round(cell[0]) + inset, round(cell[1]) + inset, round(cell[2]) - inset, round(cell[3]) - inset
    area = grey[max(top, 0) : max(bottom, 0), max(x0, 0) : max(x1, 0)].astype(np.int16)
    if area.size == 0:
        return None
    ink = np.abs(area - int(np.median(area))) > _CONTRAST
    ys, xs = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not len(ys):
        return None
    shape = ink[ys[0] : ys[-1] + 1, xs[0] : xs[-1] + 1]
    height, width = (side / point for side in shape.shape)
    if not (_SMALLEST <= max(height, width) <= _LARGEST and min(height, width) >= _SLIM * max(height, width)):
        return None
    sign = _direction(shape)
    return None if sign is None else (sign, (float(x0 + xs[0]), float(top + ys[0]), float(x0 + xs[-1] + 1), float(top + ys[-1] + 1)))


def _direction(shape: np.ndarray) -> str | None:
    upright = _along(shape) if _symmetric(shape) else None
    lying = _along(shape.T) if _symmetric(shape.T) else None
    if lying == "both" and shape.shape[1] > 1.2 * shape.shape[0]:
        return "↔"
    if upright == "both" and shape.shape[0] > 1.2 * shape.shape[1]:
        return "↕"
    if upright in ("first", "last"):
        return "↑" if upright == "first" else "↓"
    return {"first": "←", "last": "→"}.get(lying or "")


def _symmetric(shape: np.ndarray) -> bool:
    mirrored = shape[:, ::-1]
    return float((shape & mirrored).sum()) >= _ALIKE * float(shape.sum())


def _along(shape: np.ndarray) -> str | None:
    """Where the point lies, going down the rows: at the first end, the last, both, or (None) nowhere.

    Towards a point the rows grow narrower step by step; at a shaft they are narrow at once.
    """
    widths = np.array([r[-1] - r[0] + 1 if len(r := np.flatnonzero(row)) else 0 for row in shape], float)
    if len(widths) < 6 or widths.max() < 0.4 * min(shape.shape):
        return None
    share = widths / widths.max()
    wide = np.flatnonzero(share > 0.9)
    before, after = share[: wide[0]], share[wide[-1] + 1 :]
    least = _TAPER * len(widths)
    first, last = _tapering(before, at=0), _tapering(after, at=-1)
    if first >= least and last >= least:
        return "both" if share[wide[0] : wide[-1]].min() < _WAIST else None
    if max(first, last) < least or max(first, last) < 2 * min(first, last):
        return None
    return "first" if first > last else "last"


def _tapering(share: np.ndarray, *, at: int) -> int:
    """How many rows lead from the widest part to a tip that ends at index `at`; 0 where that end is no tip."""
    return int(((share > 0.4) & (share < 0.9)).sum()) if len(share) and share[at] < _POINT else 0
