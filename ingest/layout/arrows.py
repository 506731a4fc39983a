"""Arrows that are only drawn: told from the outline of the ink in a table cell.

An arrow has a point at one end (or both) and a shaft at the other; it is as good as symmetric about its shaft. Letters are not asked
about: text recognition knows them better.
"""

from __future__ import annotations

import numpy as np

from ingest.types import Box

_CONTRAST = 70  # grey levels by which ink differs from the cell's own fill
_SMALLEST, _LARGEST = 5.0, 40.0  # points: specks are smaller, pictures larger
_ALIKE = 0.72  # share of the ink that must lie on its mirror image
_POINT = 0.45  # width of an arrow's ends against its widest part
_LEAN = 0.06  # how far from the middle the weight of a one-way arrow lies


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
    if not (_SMALLEST <= max(height, width) <= _LARGEST and min(height, width) >= 0.3 * max(height, width)):
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
    """Where the point lies, going down the rows: at the first end, the last, both, or (None) nowhere."""
    widths = np.array([r[-1] - r[0] + 1 if len(r := np.flatnonzero(row)) else 0 for row in shape], float)
    if len(widths) < 6 or widths.max() < 0.4 * min(shape.shape):
        return None
    ends = max(2, len(widths) // 8)
    first, last = widths[:ends].mean() / widths.max(), widths[-ends:].mean() / widths.max()
    if first > _POINT + 0.15 or last > _POINT + 0.15:
        return None
    weight = float((np.arange(len(widths)) * widths).sum() / widths.sum() / (len(widths) - 1)) - 0.5
    if abs(weight) >= _LEAN:
        return "first" if weight < 0 else "last"
    waist = widths[len(widths) * 2 // 5 : len(widths) * 3 // 5].mean() / widths.max()
    return "both" if waist < 0.7 and widths.argmax() != len(widths) // 2 else None
