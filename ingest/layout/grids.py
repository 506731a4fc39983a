"""A table's cells on one page, from their boxes, the words in them and the colours painted under them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ingest.layout.cells import cell_lines
from ingest.layout.colour import rating_of_fill
from ingest.layout.words import Word, holds
from ingest.source import Grid
from ingest.types import Box, Cell, Printed

_INSET = 3  # points of a cell's edge left out when its colour is read: the ruling lines are there
_MARK = 0.01  # share of an area that a mark painted in it covers
_SPECK = 12  # pixels
_SAME = 2.0  # points: borders nearer than this are one border


@dataclass(frozen=True)
class Palette:
    """A page as painted: colours 0xRGB in steps of 16 a channel, an array (height, width) with `scale` pixels a point."""

    colours: np.ndarray
    scale: float = 1.0

    @classmethod
    def of(cls, picture: np.ndarray, scale: float = 1.0) -> Palette:
        """The palette of an RGB picture, an array (height, width, 3) of bytes."""
        steps = picture.astype(np.int32) >> 4
        return cls((steps[..., 0] << 8) | (steps[..., 1] << 4) | steps[..., 2], scale)

    def painted(self) -> float:
        """The share of the page that is not white."""
        return float((self.colours != 0xFFF).mean()) if self.colours.size else 0.0

    def fill(self, box: Box) -> str | None:
        """The commonest colour in the box as `#rrggbb`; None for (nearly) white."""
        x0, top, x1, bottom = (round(v * self.scale) for v in box)
        inset = max(1, round(_INSET * self.scale))
        area = self.colours[top + inset : max(bottom - inset, top + inset + 1), x0 + inset : max(x1 - inset, x0 + inset + 1)]
        if not area.size:
            return None
        colour = f"{int(np.bincount(area.ravel()).argmax()):03x}"
        return None if colour == "fff" else "#" + "".join(digit + "0" for digit in colour)

    def marked(self, box: Box) -> str | None:
        """The colour of the marks in the box that rate by their hue, as `#rrggbb`; None where there is none, or several hues."""
        x0, top, x1, bottom = (round(v * self.scale) for v in box)
        area = self.colours[max(top, 0) : max(bottom, top + 1), max(x0, 0) : max(x1, x0 + 1)]
        seen = np.bincount(area.ravel(), minlength=1) if area.size else np.zeros(1, np.int64)
        found: dict[str, list[tuple[int, str]]] = {}
        for colour in np.flatnonzero(seen >= max(_SPECK, _MARK * area.size)):
            fill = "#" + "".join(digit + "0" for digit in f"{int(colour):03x}")
            rating = rating_of_fill(fill)
            if rating is not None:
                found.setdefault(rating, []).append((int(seen[colour]), fill))
        return max(next(iter(found.values())))[1] if len(found) == 1 else None

    def is_blank(self, box: Box) -> bool:
        """Whether nothing is painted in the box: all of it has one colour."""
        x0, top, x1, bottom = (round(v * self.scale) for v in box)
        area = self.colours[top : max(bottom, top + 1), x0 : max(x1, x0 + 1)]
        return not area.size or bool((area == area.flat[0]).all())


def grid_of(page: int, box: Box, cells: list[Box], words: list[Word], palette: Palette) -> Grid:
    """The grid that the cell boxes form; a cell that spans columns or rows stands in each of their positions."""
    edges = _borders([x for b in cells for x in (b[0], b[2])])
    tops = _borders([y for b in cells for y in (b[1], b[3])])
    made = {b: _cell(page, b, words, palette) for b in cells}
    rows: list[tuple[Cell | None, ...]] = []
    for top, bottom in pairwise(tops):
        row = tuple(_covering(made, (x0 + x1) / 2, (top + bottom) / 2) for x0, x1 in pairwise(edges))
        if any(row):
            rows.append(row)
    return Grid(page, rounded(box), tuple(rows), tuple(round(e, 1) for e in edges))


def is_frame(cells: list[Box], words: list[Word]) -> bool:
    """Whether the ruling lines only frame running text: no two cells that stand side by side both hold words."""
    full = [b for b in cells if any(holds(b, w) for w in words)]
    return not any(a[2] <= b[0] + _SAME and min(a[3], b[3]) - max(a[1], b[1]) > _SAME for a in full for b in full)


def rounded(box: Box) -> Box:
    """The box to a tenth of a point."""
    return (round(float(box[0]), 1), round(float(box[1]), 1), round(float(box[2]), 1), round(float(box[3]), 1))


def _borders(values: list[float]) -> list[float]:
    """Positions in order, those that nearly coincide taken as one."""
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > _SAME:
            out.append(value)
    return out


def _covering(cells: dict[Box, Cell], x: float, y: float) -> Cell | None:
    return next((cell for box, cell in cells.items() if box[0] <= x <= box[2] and box[1] <= y <= box[3]), None)


def _cell(page: int, box: Box, words: list[Word], palette: Palette) -> Cell:
    owned = [w for w in words if holds(box, w)]
    inner = (box[0] + _INSET, box[1] + _INSET, box[2] - _INSET, box[3] - _INSET)
    fill = palette.fill(box) or (None if owned else palette.marked(inner))  # a circle in an empty cell is smaller than the white around it
    return Cell(Printed(cell_lines(owned, box, page)), boxes=((page, rounded(box)),), fill=fill)
