"""The tables of a PDF page: ruled, formed by white space alone, or set as cards; with the fills and arrows that are only painted."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Protocol

import numpy as np

from ingest.layout import borderless
from ingest.layout.arrows import drawn_arrow
from ingest.layout.card_regions import cards_on
from ingest.layout.grids import Palette, grid_of, is_frame
from ingest.layout.headers import header_rows
from ingest.layout.words import Word, holds
from ingest.source import Grid
from ingest.types import Box, Cell, Line, Printed

_MOST_PIXELS = 4_000_000  # of a page's picture; A3 at one pixel a point has a million
_FINE = 3.0  # pixels a point of the picture in which drawn arrows are told
_EDGE = 3.0  # points at a cell's sides that its ruling lines take
_SAME_EDGE = 6.0  # points by which column borders of two pages may differ
_FOOTER = 12  # words below a table that may be a footer
_THIN = 3.0  # points: a higher box is no line
_MIN_CELLS = 2  # a "table" of one cell is a frame around text, not a table


class Painted(Protocol):
    """A page that can be painted, as pdfium has it."""

    def get_size(self) -> tuple[float, float]: ...

    def render(self, *, scale: float) -> Any: ...


@dataclass
class Trail:
    """What a page leaves to the next: the column borders of a table without lines that ends it, and which columns of tables with these
    borders show directions."""

    edges: tuple[float, ...] = ()
    ways: dict[tuple[int, ...], tuple[int, ...]] = field(default_factory=dict)

    def directions(self, grid: Grid) -> tuple[int, ...]:
        """The direction columns of a grid, by its own header or that of a table of the same columns before it."""
        key = tuple(round(edge / _SAME_EDGE) for edge in grid.edges)
        found = header_rows(grid)
        if found is not None:
            self.ways[key] = tuple(i for i, column in enumerate(found[1]) if column.role == "direction")
        return self.ways.get(key, ())


def tables_on(number: int, page: Any, painted: Painted, words: list[Word], trail: Trail) -> list[Grid]:
    """The tables of a page: the ruled ones, then those that only white space forms."""
    ruled = page.find_tables() if page.rects or page.lines or page.curves else []
    placed = [(on_page(t.bbox, page), [on_page(c, page) for c in t.cells]) for t in ruled if len(t.cells) >= _MIN_CELLS]
    found = [(box, cells, [w for w in words if holds(box, w)]) for box, cells in placed]
    framed = [box for box, cells, held in found if not is_frame(cells, held)]
    free = [w for w in words if not any(holds(box, w) for box in framed)]
    found = [(box, cells, held) for box, cells, held in found if box in framed]
    striped = [f for f in found if _is_strip(page, *f[:2])]
    found = [f for f in found if f not in striped]
    free += [w for _, _, held in striped for w in held]
    if striped:
        kept = {id(w) for w in free}
        free = [w for w in words if id(w) in kept]
    loose = borderless.tables_in(free, trail.edges, _rules(page))
    found += [(box, cells, held) for box, cells, held in striped if not any(w in t.words for t in loose for w in held)]
    last = loose[-1] if loose else None
    trail.edges = last.edges if last and sum(w.box[1] > last.box[3] for w in words) <= _FOOTER else ()
    found += [(t.box, t.cells, t.words) for t in loose]
    free = [w for w in free if not any(holds(box, w) for box, _, _ in found)]
    large = len(free) > 1 and max(w.size for w in free) > min(w.size for w in free)
    if not found and not large:
        return []
    palette = palette_of(painted)
    cards = cards_on(number, free, _frames(page), palette) if large else None
    grids = [grid_of(number, box, cells, held, palette) for box, cells, held in found]
    return [*_with_arrows(number, grids, painted, palette, trail), *([cards.grid] if cards else [])]


def _with_arrows(number: int, grids: list[Grid], painted: Painted, palette: Palette, trail: Trail) -> list[Grid]:
    """The grids with the arrows that are only drawn in their direction cells, as characters."""
    drawn: dict[int, Cell] = {}
    grey = None
    for grid in grids:
        columns = trail.directions(grid)
        for cell in {id(c): c for row in grid.rows for i in columns if (c := row[i]) is not None and not c.printed}.values():
            box = cell.boxes[0][1]
            if box is None or palette.is_blank((box[0] + _EDGE, box[1] + _EDGE, box[2] - _EDGE, box[3] - _EDGE)):
                continue
            if grey is None:
                grey = np.asarray(painted.render(scale=_FINE).to_pil().convert("L"))
            found = drawn_arrow(grey, (box[0] * _FINE, box[1] * _FINE, box[2] * _FINE, box[3] * _FINE), _FINE)
            if found is not None:
                drawn[id(cell)] = replace(cell, printed=Printed((Line(found[0], number, box),)))
    return [replace(g, rows=tuple(tuple(drawn.get(id(c), c) for c in row) for row in g.rows)) for g in grids] if drawn else grids


def _frames(page: Any) -> list[Box]:
    """The boxes drawn on a page."""
    return [on_page((r["x0"], r["top"], r["x1"], r["bottom"]), page) for r in (*page.rects, *page.curves)]


def _rules(page: Any) -> list[Box]:
    """The pieces of lines drawn across a page, and the upper and lower edges of its fills."""
    out: list[Box] = []
    for box in (on_page((r["x0"], r["top"], r["x1"], r["bottom"]), page) for r in (*page.rects, *page.lines)):
        x0, top, x1, bottom = box
        if x1 - x0 > 2 * _THIN:
            out += [box] if bottom - top <= _THIN else [(x0, top, x1, top), (x0, bottom, x1, bottom)]
    return out


def _is_strip(page: Any, box: Box, cells: list[Box]) -> bool:
    """Whether a "table" is one row of coloured cells without upright lines: a header, or every other row, of a table drawn without them."""
    if len({(c[1], c[3]) for c in cells}) > 1:
        return False
    drawn = ((r, on_page((r["x0"], r["top"], r["x1"], r["bottom"]), page)) for r in (*page.rects, *page.lines, *page.curves))
    inside = [(r, b) for r, b in drawn if b[0] < box[2] and b[2] > box[0] and b[1] < box[3] - 1 and b[3] > box[1] + 1]
    return not any(b[2] - b[0] <= _THIN or r.get("stroke") for r, b in inside)


def palette_of(page: Painted) -> Palette:
    """The page as painted, at one pixel a point or, on huge pages, fewer."""
    width, height = page.get_size()
    scale = min(1.0, (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
    return Palette.of(np.asarray(page.render(scale=scale).to_pil().convert("RGB")), scale)


def on_page(box: Box, page: Any) -> Box:
    """A box in the points of the page as displayed: pages need not begin at 0, 0."""
    left, top = page.bbox[:2]
    return (box[0] - left, box[1] - top, box[2] - left, box[3] - top)
