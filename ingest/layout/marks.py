"""Where the columns of a table without upright lines begin: the left edges that its rows share, the right edges that its figures share, and
the places where the pieces of its row rules meet (programs that print web pages and letters draw a rule cell by cell)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.layout.words import Word
from ingest.types import Box

_GAP = 0.9  # type sizes: a wider space between words separates cells
_SHARED = 3  # lines that begin at one place, by which it is an edge
_FEW = 6  # words of a line that may be a cell's alone
_RULES = 2  # rules whose pieces meet at one place, by which it is a border
_SAME = 1.0  # points by which such places may differ
_JUST_BEFORE = 0.7  # points
_PADDING = 9.0  # points between a cell's border and its text at most
_BELOW = 15.0  # points below the last line, where its rule may be
_OVER = 0.8  # share of its lines' width that a rule of a table covers
_RESPECTED = 2  # marks that a line without wide spaces respects, each it runs over, to be a row
_CROSSED = 0.2  # share of the lines at an edge that may run across it

TextLine = list[Word]


@dataclass(frozen=True)
class Marks:
    """Positions on the x axis at which cells may be parted by no more than a space: `borders` of rule pieces, `starts` (left edges) and
    `ends` (right edges of figures); and the heights of the rules."""

    borders: tuple[float, ...] = ()
    starts: tuple[float, ...] = ()
    ends: tuple[float, ...] = ()
    rules: tuple[float, ...] = ()

    @property
    def places(self) -> tuple[float, ...]:
        """All positions at which a space between two words may part cells."""
        return self.borders or tuple(sorted([*(x - _JUST_BEFORE for x in self.starts), *(x + _JUST_BEFORE for x in self.ends)]))

    def between(self, above: TextLine, line: TextLine) -> float | None:
        """The height of a rule between two lines; None where there is none."""
        top, bottom = max(w.centre[1] for w in above), min(w.centre[1] for w in line)
        return next((y for y in self.rules if top < y < bottom), None)

    def begins(self, word: Word) -> bool:
        """Whether the rows below share a word's left edge, or a rule's piece begins with it."""
        return any(abs(word.box[0] - x) <= _SAME for x in self.starts) or any(0 <= word.box[0] - x <= _PADDING for x in self.borders)

    def strip(self, left: Box, right: Box, body: Sequence[TextLine]) -> tuple[float, float] | None:
        """The white between the columns of two titles, from where the words of the left one end to where those of the right one begin; a
        border drawn by pieces of rules twice; None where neither rules nor edges tell it."""
        drawn = [x for x in self.borders if left[2] - _SAME <= x <= right[0] + _SAME]
        if drawn:
            return drawn[-1], drawn[-1]
        edge = next((x for x in self.starts if abs(x - right[0]) <= 2 * _SAME and x > left[2]), None)
        if edge is None:
            return None
        words = [w for line in body for w in line]
        begun = sum(abs(w.box[0] - edge) <= _SAME for w in words)
        crossed = sum(w.box[0] < edge - 2 * _SAME and w.box[2] > edge for w in words)
        if begun < _SHARED or crossed > _CROSSED * begun:
            return None
        room = max([left[2], *(w.box[2] for w in words if left[0] - _SAME <= w.box[0] and w.box[2] < edge)])
        return room, edge


NONE = Marks()


def marks_of(lines: Sequence[TextLine], rules: Sequence[Box] = ()) -> Marks:
    """The marks of the columns of some lines, of which the first may be a header, and of the pieces of rules among them."""
    parts = [s for line in lines if len(found := segments(line)) > 1 or len(line) <= _FEW for s in found]
    starts = [sum(group) / len(group) for group in _together([s[0].box[0] for s in parts])]
    figures = [(s[0].box[2], s[0].box[0]) for s in parts if len(s) == 1 and any(c.isdigit() for c in s[0].text)]
    ends = [group for group in _together([x1 for x1, _ in figures]) if _is_ragged([x0 for x1, x0 in figures if x1 in group])]
    levels = _levels(lines, rules)
    return Marks(_borders(levels), tuple(starts), tuple(max(group) for group in ends), _heights(lines, levels))


def segments(line: TextLine, marks: Marks = NONE) -> list[list[Word]]:
    """The stretches of a line that wide spaces separate, and spaces where a column is known to begin.

    A line without any wide space is running text, which may have a space there by chance, unless it respects several marks and crosses
    none.
    """
    spaces = [(a.box[2], b.box[0]) for a, b in pairwise(line)]
    wide = [b.box[0] - a.box[2] > _GAP * max(b.size, 6.0) for a, b in pairwise(line)]
    inside = [x for x in marks.places if line[0].box[2] <= x <= line[-1].box[0]]
    if not any(wide) and inside:
        kept = [x for x in inside if any(a <= x <= b for a, b in spaces)]
        inside = kept if len(kept) == len(inside) >= _RESPECTED else []
    out = [[line[0]]]
    for word, parted, (a, b) in zip(line[1:], wide, spaces, strict=True):
        if parted or any(a <= x <= b for x in inside):
            out.append([word])
        else:
            out[-1].append(word)
    return out


def _together(values: Sequence[float]) -> list[list[float]]:
    """The groups of values that nearly coincide, of those with enough members."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][0] <= _SAME:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [g for g in groups if len(g) >= _SHARED]


def _is_ragged(lefts: list[float]) -> bool:
    """Whether the left edges differ of figures whose right edges agree: then they are set to the right."""
    return max(lefts) - min(lefts) > 2 * _SAME


def _levels(lines: Sequence[TextLine], rules: Sequence[Box]) -> dict[float, list[Box]]:
    """The pieces at each height, of the rules that part one table's rows: those below the first line, as long as they meet alike."""
    top, bottom = lines[0][0].centre[1], max(w.box[3] for w in lines[-1]) + _BELOW
    found: dict[float, list[Box]] = {}
    for rule in sorted(rules, key=lambda r: r[3]):
        if top <= rule[1] <= bottom:
            known = next((y for y in found if abs(y - rule[3]) <= 2 * _SAME), None)
            found.setdefault(rule[3] if known is None else known, []).append(rule)
    out: dict[float, list[Box]] = {}
    first: set[float] = set()
    for y, pieces in found.items():
        places = _met(pieces)
        if first and places and 2 * len(first & places) < len(first | places):
            break  # the rules of another table
        first = first or places
        out[y] = pieces
    return out


def _heights(lines: Sequence[TextLine], levels: dict[float, list[Box]]) -> tuple[float, ...]:
    """The heights at which pieces of rules run over most of the lines' width."""
    held = [w for line in lines for w in line if not levels or line[0].centre[1] < max(levels)]
    width = max((w.box[2] for w in held), default=0.0) - min((w.box[0] for w in held), default=0.0)
    return tuple(y for y, pieces in levels.items() if max(p[2] for p in pieces) - min(p[0] for p in pieces) >= _OVER * width)


def _borders(levels: dict[float, list[Box]]) -> tuple[float, ...]:
    """The places where pieces of several rules meet."""
    met = [places for pieces in levels.values() if len(places := _met(pieces)) > 1]
    return tuple(sorted(x for x in set().union(*met) if sum(x in places for places in met) >= min(_RULES, len(met))))


def _met(pieces: Sequence[Box]) -> set[float]:
    """Where the pieces of a rule meet."""
    return {float(round(b[0])) for a, b in pairwise(sorted(set(pieces))) if abs(b[0] - a[2]) <= _SAME}
