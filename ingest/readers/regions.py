"""A sheet of cells, parted into what people see on it: tables, headings and notes, by the empty rows and columns between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

from ingest.layout.cards import Card, card_grid, read_card
from ingest.layout.headers import header_rows, is_band
from ingest.readers.blocks import Piece, Text
from ingest.source import Grid
from ingest.types import Cell

Position = tuple[int, int]  # (row, column), counted over the rows and columns that are shown

_FEWEST = 2  # rows with at least two filled cells from which a region is a table
_MOST_HEADER = 3  # rows: a table all in bold has no header that its type would show
_CARD = 4  # cells of a card
_FIGURES = tuple("0123456789£€$-+<>≥≤(.")
_NOTE = 60  # characters from which a lone text at the foot of a table is a note to it


@dataclass(frozen=True, slots=True)
class Look:
    """How the text of a cell is set."""

    size: float = 0.0
    bold: bool = False


@dataclass
class Sheet:
    """The shown cells of one sheet: each position with content, a merged cell the same object at each of its own."""

    number: int
    name: str | None
    cells: dict[Position, Cell] = field(default_factory=dict)
    looks: dict[int, Look] = field(default_factory=dict)  # by id of the cell

    def pieces(self) -> list[Piece]:
        """Tables and paragraphs in reading order."""
        regions = _rejoined(self, [r for r in _cut(self, set(self.cells)) if r])
        out: list[Piece] = []
        for carded, group in groupby([(self._cards(r), r) for r in regions], key=lambda r: bool(r[0])):
            held = list(group)
            grid = card_grid(self.number, [card for cards, _ in held for card in cards], sheet=self.name) if carded else None
            out += [grid] if grid else [piece for _, region in held for piece in self._region(region)]
        return out

    def grid(self, positions: set[Position]) -> Grid:
        """The rectangle around the positions as a grid; positions without content are empty cells."""
        rows, columns = sorted({r for r, _ in positions}), {c for _, c in positions}
        width = range(min(columns), max(columns) + 1)
        full = tuple(tuple(self.cells.get((r, c)) for c in width) for r in range(rows[0], rows[-1] + 1))
        return Grid(self.number, None, full, sheet=self.name, whole=True)

    def _region(self, positions: set[Position]) -> list[Piece]:
        by_row = _rows(positions)
        if self._is_card(positions):
            return [self._card(sorted(positions))]
        several = sum(len(self._filled(by_row[r])) > 1 for r in by_row)
        if several < _FEWEST and not (several and self.is_headed(positions)):
            return [text for r in sorted(by_row) for text in self._texts(by_row[r])]
        order = sorted(by_row)
        above = 0
        while above < len(order) - 1 and self._alone(by_row[order[above]], positions):
            above += 1
        below = len(order)
        while below > above + 1 and self._is_note(by_row[order[below - 1]], positions):
            below -= 1
        middle = {p for r in order[above:below] for p in by_row[r]}
        head = [text for r in order[:above] for text in self._texts(by_row[r])]
        foot = [text for r in order[below:] for text in self._texts(by_row[r])]
        return [*head, self._banded(self.grid(middle)), *foot]

    def _cards(self, positions: set[Position]) -> list[Card]:
        """The KPI cards that a region is made of: one, or several side by side under merged titles; none where it is anything else."""
        if self.is_headed(positions):
            return []
        top = min(r for r, _ in positions)
        spans: dict[int, set[int]] = {}
        for r, c in positions:
            if r == top:
                spans.setdefault(id(self.cells[r, c]), set()).add(c)
        beside = len(spans) > 1 and all(len(columns) > 1 for columns in spans.values())
        parts = [{p for p in positions if p[1] in columns} for columns in spans.values()] if beside else [positions]
        read = [read_card(list({id(self.cells[p]): self.cells[p] for p in sorted(part)}.values())) for part in parts]
        cards = [card for card in read if card is not None and (card.is_labelled or not card.notes)]
        return cards if len(cards) == len(parts) else []

    def _is_card(self, positions: set[Position]) -> bool:
        """Whether a region is a KPI card: a name over one or two short texts, the first of them a figure."""
        cells = [self.cells[p].printed.flat for p in sorted(positions)]
        column = len({c for _, c in positions}) == 1
        return (
            column
            and 2 <= len(cells) <= _CARD
            and any(c.isalpha() for c in cells[0])
            and cells[1][:1] in _FIGURES
            and max(map(len, cells)) <= _NOTE
        )

    def _card(self, positions: list[Position]) -> Text:
        return Text("\n".join(self.cells[p].printed.flat for p in positions), self.number, sheet=self.name)

    def is_headed(self, positions: set[Position]) -> bool:
        """Whether a header stands over at least one row."""
        grid = self.grid(positions)
        found = header_rows(grid)
        return found is not None and found[0] < len(grid.rows)

    def _header(self, grid: Grid) -> int:
        """How many rows at the top are set as a header: in bold, over rows that are not."""
        count = 0
        for row in grid.rows:
            filled = {id(cell): cell for cell in row if cell is not None and cell.printed}
            if len(filled) < 2 or not all(self.looks.get(key, Look()).bold for key in filled):
                break
            count += 1
        return count if count < min(len(grid.rows), _MOST_HEADER + 1) else 0

    def _banded(self, grid: Grid) -> Grid:
        """The grid with each lone bold text in the first column spread over its row: a section's title that nobody merged."""
        rows = []
        for row in grid.rows:
            others = [cell for cell in row[1:] if cell is not None]
            lone = row[0] is not None and row[0].printed and not others and self.looks.get(id(row[0]), Look()).bold
            rows.append((row[0],) * len(row) if lone else row)
        return replace(grid, rows=tuple(rows), header=self._header(grid))

    def _filled(self, row: Sequence[Position]) -> list[Cell]:
        """The distinct cells of a row that say or show something."""
        return list({id(self.cells[p]): self.cells[p] for p in row}.values())

    def _alone(self, row: Sequence[Position], region: set[Position]) -> bool:
        """Whether a row at the top holds one text that no column of the table stands under: a title."""
        return len(self._filled(row)) == 1 and len(row) < len({c for _, c in region})

    def _is_note(self, row: Sequence[Position], region: set[Position]) -> bool:
        filled = self._filled(row)
        return len(filled) == 1 and row[0][1] == min(c for _, c in region) and len(filled[0].printed.flat) > _NOTE

    def _texts(self, row: Sequence[Position]) -> list[Text]:
        """The texts of a row outside tables; short ones in neighbouring cells read as one."""
        groups: list[list[Position]] = []
        for position in sorted(row):
            near = groups and position[1] - groups[-1][-1][1] == 1
            if near:
                groups[-1].append(position)
            else:
                groups.append([position])
        return [text for group in groups if (text := self._text(self._filled(group)))]

    def _text(self, cells: list[Cell]) -> Text | None:
        said = [cell.printed.text for cell in cells if cell.printed]
        look = self.looks.get(id(cells[0]), Look())
        return Text(" ".join(said), self.number, look.size, look.bold, sheet=self.name) if said else None


def address(row: int, column: int) -> str:
    """The address that spreadsheets give a cell, counted from zero: (0, 27) is "AB1"."""
    letters = ""
    while column >= 0:
        letters, column = chr(ord("A") + column % 26) + letters, column // 26 - 1
    return f"{letters}{row + 1}"


def _rows(positions: set[Position]) -> dict[int, list[Position]]:
    out: dict[int, list[Position]] = {}
    for r, c in sorted(positions):
        out.setdefault(r, []).append((r, c))
    return out


def _cut(sheet: Sheet, positions: set[Position]) -> list[set[Position]]:
    """The positions parted at empty rows, then at empty columns, until neither is left."""
    for axis in (0, 1):
        parts = _parted(positions, axis)
        if axis == 1:
            parts = _without_spacers(sheet, parts)
        if len(parts) > 1:
            return [region for part in parts for region in _cut(sheet, part)]
    return [positions]


def _parted(positions: set[Position], axis: int) -> list[set[Position]]:
    values = sorted({p[axis] for p in positions})
    ends = [b for a, b in pairwise(values) if b - a > 1]
    bounds = [*ends, values[-1] + 1] if values else []
    out: list[set[Position]] = []
    start = values[0] if values else 0
    for end in bounds:
        out.append({p for p in positions if start <= p[axis] < end})
        start = end
    return out


def _without_spacers(sheet: Sheet, parts: list[set[Position]]) -> list[set[Position]]:
    """The parts, those of one column put back to the table beside them: the empty column between was only a spacer."""
    out: list[list[set[Position]]] = []
    for part in parts:
        if out and _spaced(set().union(*out[-1]), part):
            out[-1].append(part)
        else:
            out.append([part])
    made: list[set[Position]] = []
    for group in out:
        whole = set().union(*group)
        cards = len(group) > 1 and all(len({c for _, c in part}) == 1 for part in group) and not sheet.is_headed(whole)
        made.extend(group if cards else [whole])
    return made


def _spaced(left: set[Position], right: set[Position]) -> bool:
    """Whether two parts are one empty column apart, one of them a single column, and mostly in the same rows."""
    gap = min(c for _, c in right) - max(c for _, c in left)
    narrow = len({c for _, c in left}) == 1 or len({c for _, c in right}) == 1
    rows, others = {r for r, _ in left}, {r for r, _ in right}
    return gap == 2 and narrow and 2 * len(rows & others) >= len(rows | others)


def _rejoined(sheet: Sheet, regions: list[set[Position]]) -> list[set[Position]]:
    """Regions in reading order; rows that follow a table after an empty row, under its columns and without a header, belong to it."""
    out: list[set[Position]] = []
    for region in sorted(regions, key=lambda r: (min(r)[0], min(c for _, c in r))):
        held = next((i for i in reversed(range(len(out))) if _goes_on(sheet, out[i], region)), None)
        if held is None:
            out.append(region)
        else:
            out[held] = out[held] | region
    return out


def _goes_on(sheet: Sheet, table: set[Position], region: set[Position]) -> bool:
    columns, own = {c for _, c in table}, {c for _, c in region}
    gap = min(r for r, _ in region) - max(r for r, _ in table)
    if gap != 2 or len(own) < 2 or min(own) < min(columns) or max(own) > max(columns):
        return False
    below = sheet.grid(region)
    if is_band(below.rows[0]) or header_rows(below) is not None:
        return False
    return header_rows(sheet.grid(table)) is not None
