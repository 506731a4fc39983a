"""Where on a page KPI cards stand: each around one figure in large type, in a drawn frame or parted from the others by white space."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.language.quantity import is_figure
from ingest.layout.cards import Card, card_grid, read_card
from ingest.layout.grids import Palette, rounded
from ingest.layout.marks import segments
from ingest.layout.words import Word, lines_of
from ingest.source import Grid
from ingest.types import Box, Cell, Line, Printed, union

_LARGE = 1.5  # a card's figure against the usual type size
_FEWEST = 2  # cards on a page
_TALLEST = 260.0  # points
_APART = 60.0  # points above its figure at which a card may begin where it has no frame


@dataclass(frozen=True)
class Found:
    """The cards of a page as one table, and the words that stand on them."""

    grid: Grid
    words: list[Word]


def cards_on(page: int, words: list[Word], frames: Sequence[Box], palette: Palette | None = None) -> Found | None:
    """The cards among a page's words that stand in no table. `frames` are the boxes drawn on the page; without a `palette` each of the
    words is a whole text of its own, as the text boxes of slides are."""
    figures = _large_figures(words)
    if len(figures) < _FEWEST:
        return None
    regions = _framed(figures, frames) or _free(figures, words)
    cards: list[Card] = []
    held: list[Word] = []
    for box in sorted(regions, key=lambda b: (round(b[1] / 20), b[0])):
        own = [w for w in words if box[0] <= w.centre[0] <= box[2] and box[1] <= w.centre[1] <= box[3]]
        card = read_card([_cell(page, part) for line in lines_of(own) for part in (segments(line) if palette else [[w] for w in line])])
        if card is not None:
            card.fill = palette.marked(box) if palette else None
            cards.append(card)
            held += own
    if len(cards) < max(_FEWEST, (2 * len(figures) + 2) // 3):
        return None
    whole = union([w.box for w in held])
    grid = card_grid(page, cards, rounded(whole) if whole else None)
    return Found(grid, held) if grid is not None else None


def _large_figures(words: list[Word]) -> list[Word]:
    usual = median([w.size for w in words]) if words else 0.0
    return [w for w in words if w.size >= _LARGE * usual and is_figure(w.text)]


def _framed(figures: list[Word], frames: Sequence[Box]) -> list[Box]:
    """The smallest frame around each figure with room for its name; none where a figure has none, or shares it with another."""
    out: list[Box] = []
    for word in figures:
        around = [f for f in frames if _inside(word, f) and f[3] - f[1] > 1.6 * word.size and f[3] - f[1] <= _TALLEST]
        around = [f for f in around if sum(_inside(other, f) for other in figures) == 1]
        if not around:
            return []
        out.append(max(around, key=lambda f: (f[2] - f[0]) * (f[3] - f[1])))
    return out


def _inside(word: Word, box: Box) -> bool:
    return box[0] <= word.centre[0] <= box[2] and box[1] <= word.centre[1] <= box[3]


def _free(figures: list[Word], words: list[Word]) -> list[Box]:
    """A region around each figure: across to the middle of the gap to its neighbours, down to the widest gap before the next row."""
    rows: list[list[Word]] = []
    for word in sorted(figures, key=lambda w: w.centre[1]):
        if rows and abs(rows[-1][0].centre[1] - word.centre[1]) < rows[-1][0].size:
            rows[-1].append(word)
        else:
            rows.append([word])
    out: list[Box] = []
    for i, row in enumerate(rows):
        top = max(_border(words, rows[i - 1], row) if i else 0.0, row[0].box[1] - _APART)
        bottom = _border(words, row, rows[i + 1]) if i + 1 < len(rows) else row[0].box[3] + _TALLEST / 2
        edges = _columns(sorted(row, key=lambda w: w.box[0]), words, top, bottom)
        out += [(x0, top, x1, bottom) for x0, x1 in pairwise(edges)]
    return out


def _border(words: list[Word], above: list[Word], below: list[Word]) -> float:
    """The middle of the widest white strip between two rows of figures."""
    low, high = max(w.box[3] for w in above), min(w.box[1] for w in below)
    taken = sorted((w.box[1], w.box[3]) for w in words if w.box[3] > low and w.box[1] < high)
    best, at = (0.0, (low + high) / 2), low
    for a, b in [*taken, (high, high)]:
        if a - at > best[0]:
            best = (a - at, (a + at) / 2)
        at = max(at, b)
    return best[1]


def _columns(row: list[Word], words: list[Word], top: float, bottom: float) -> list[float]:
    """The borders between the figures of a row: where no word of the row's cards stands."""
    own = [w for w in words if top <= w.centre[1] <= bottom]
    edges = [min((w.box[0] for w in own), default=0.0) - 1]
    for left, right in pairwise(row):
        taken = sorted((w.box[0], w.box[2]) for w in own if w.box[2] > left.box[2] and w.box[0] < right.box[0])
        best, at = (0.0, (left.box[2] + right.box[0]) / 2), left.box[2]
        for a, b in [*taken, (right.box[0], right.box[0])]:
            if a - at > best[0]:
                best = (a - at, (a + at) / 2)
            at = max(at, b)
        edges.append(best[1])
    return [*edges, max((w.box[2] for w in own), default=0.0) + 1]


def _cell(page: int, words: list[Word]) -> Cell:
    box = union([w.box for w in words])
    where = rounded(box) if box else None
    return Cell(Printed((Line(" ".join(w.text for w in words), page, where),)), ((page, where),))
