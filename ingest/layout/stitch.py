"""Grids drawn page by page, joined into whole tables: repeated headers dropped, broken rows mended, bands made sections.

A row that breaks over a page is drawn as two rows, the second under the repeated header. Nothing in the file says so; `_is_continuation`
weighs what a reader goes by: a missing number, cells without text, sentences that run on.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.layout.colour import rating_of_fill
from ingest.layout.headers import band_text, header_rows, is_band
from ingest.layout.ratings import arrow_of, rating_of_text
from ingest.layout.settled import settled
from ingest.source import Grid
from ingest.types import Cell, Column, Line, Place, Printed, Row, Table

_WIDE = 4  # columns from which two tables of one width are likely to be one
_SAME_EDGE = 6.0  # points by which column borders of two pages may differ
_ENDS = (".", ":", ";", "!", "?")
_KEY = ("ref", "action", "measure")
_MARKS = ("rag", "direction")  # cells that often repeat or vanish on the second page: no evidence either way


@dataclass
class _Slot:
    """A cell while tables are joined: it can still grow on the next page."""

    parts: list[Cell]
    rows: int = 1

    @property
    def text(self) -> str:
        return " ".join(p.printed.flat for p in self.parts if p.printed).strip()


@dataclass
class _Row:
    slots: list[_Slot | None]
    section: str | None


@dataclass
class Draft:
    """A table that may go on on the next page."""

    first: Grid
    last: Grid
    columns: tuple[Column, ...]
    rows: list[_Row] = field(default_factory=list)
    caption: str | None = None
    section: str | None = None


def goes_on(draft: Draft, grid: Grid) -> bool:
    """Whether the grid is the next page's part of the drafted table: next page, same columns, same header or none."""
    if grid.whole:
        return _headerless_rest(draft, grid)
    drawn = grid.box is not None
    next_page = grid.page == draft.last.page + 1 or (not drawn and grid.page == draft.last.page)
    if not next_page or not grid.rows or len(grid.rows[0]) != len(draft.columns):
        return False
    if grid.edges and draft.last.edges and any(abs(a - b) > _SAME_EDGE for a, b in zip(grid.edges, draft.last.edges, strict=False)):
        return False
    found = header_rows(grid)
    if found is None:
        return any(c.role for c in draft.columns) or not draft.caption
    return [c.role for c in found[1]] == [c.role for c in draft.columns]


def _headerless_rest(draft: Draft, grid: Grid) -> bool:
    """Whether a table of a file that knows its tables is the rest of the one before, which its author cut in two without a new header."""
    same = grid.sheet is None and bool(grid.rows) and len(grid.rows[0]) == len(draft.columns) >= _WIDE
    return same and header_rows(grid) is None and any(c.role for c in draft.columns)


def begin(grid: Grid) -> Draft:
    """A new table from its first grid."""
    found = header_rows(grid)
    width = len(grid.rows[0]) if grid.rows else 0
    columns = found[1] if found else tuple(Column("") for _ in range(width))
    draft = Draft(grid, grid, columns)
    top = found[0] if found else 0
    for row in grid.rows[:top]:
        if is_band(row):
            draft.section = band_text(row)
            draft.caption = draft.caption or draft.section
    body = grid.rows[top:]
    if not found and body and is_band(body[0]):
        draft.caption, body = band_text(body[0]), body[1:]
    _append(draft, body, joins=False, whole=grid.whole)
    return draft


def extend(draft: Draft, grid: Grid) -> None:
    """Add the next page's grid to the drafted table."""
    found = header_rows(grid)
    top = found[0] if found else 0
    if found:
        bands = [row for row in grid.rows[:top] if is_band(row)]
        if bands:
            draft.section = next((t for t in reversed([band_text(b) for b in bands]) if t), None)
            if draft.rows and top < len(grid.rows) and _is_continuation(draft, grid.rows[top]):
                draft.section = draft.section or draft.rows[-1].section
        draft.columns = _renamed(draft.columns, found[1])
    _append(draft, grid.rows[top:], joins=not grid.whole, whole=grid.whole)
    draft.last = grid


def _renamed(old: tuple[Column, ...], new: tuple[Column, ...]) -> tuple[Column, ...]:
    """The first page's titles: those of later pages are the same words, sometimes broken otherwise."""
    return tuple(a if a.title else b for a, b in zip(old, new, strict=True))


def _append(draft: Draft, rows: tuple[tuple[Cell | None, ...], ...], *, joins: bool, whole: bool = False) -> None:
    known: dict[int, _Slot] = {}
    for i, row in enumerate(rows):
        if is_band(row) and not (joins and i == 0 and not _band_is_new(row)):
            draft.section = band_text(row)
            continue
        if not any(cell is not None for cell in row):
            continue
        drawn = whole or any(box for cell in row if cell for _, box in cell.boxes)
        if draft.rows and ((joins and i == 0) or not drawn):
            if _is_continuation(draft, row):
                _join(draft.rows[-1], row, known)
                continue
            _carry_over(draft, row, known)
        slots = [_slot(cell, known) for cell in row]
        draft.rows.append(_Row(slots, draft.section))


def _band_is_new(row: tuple[Cell | None, ...]) -> bool:
    return bool(row[0] and row[0].printed)


def _slot(cell: Cell | None, known: dict[int, _Slot]) -> _Slot | None:
    if cell is None:
        return None
    slot = known.get(id(cell))
    if slot is None:
        slot = known[id(cell)] = _Slot([cell])
    else:
        slot.rows += 1
    return slot


def _join(last: _Row, row: tuple[Cell | None, ...], known: dict[int, _Slot]) -> None:
    """Let the last row of the page before go on in this one."""
    for i, cell in enumerate(row):
        slot = last.slots[i]
        if cell is None or id(cell) in known:
            continue
        if slot is None:
            last.slots[i] = _slot(cell, known)
        else:
            slot.parts.append(cell)
            known[id(cell)] = slot


def _carry_over(draft: Draft, row: tuple[Cell | None, ...], known: dict[int, _Slot]) -> None:
    """A new row at the top of a page: cells merged with the rows before go on (empty, or in the middle of a sentence)."""
    last = draft.rows[-1]
    for i, cell in enumerate(row):
        slot = last.slots[i]
        if cell is None or slot is None or draft.columns[i].role in _MARKS:
            continue
        text = cell.printed.flat
        merged = slot.rows > 1 or draft.columns[i].role in ("section", "source")
        if merged and slot.text and (not text or _runs_on(slot.text, text)):
            slot.parts.append(cell)
            known[id(cell)] = slot


def _runs_on(before: str, after: str) -> bool:
    return not before.endswith(_ENDS) and (after[:1].islower() or after[:1] in ",;)&/-–")


def _is_continuation(draft: Draft, row: tuple[Cell | None, ...]) -> bool:
    """Whether a page's first row is the rest of the row that the page before broke off."""
    last = draft.rows[-1]
    roles = [c.role for c in draft.columns]
    score = 0.0
    for i, cell in enumerate(row):
        role, slot = roles[i], last.slots[i]
        before = slot.text if slot else ""
        after = cell.printed.flat if cell else ""
        if slot and slot.rows > 1 and not after:
            continue  # a cell merged over several rows goes on: it says nothing of the last of them
        if role == "ref" and before:
            if not after:
                score += 2.0
            elif _runs_on(before, after):
                score += 0.5
            else:
                return False
        elif role in _MARKS:
            score -= 0.5 if after else 0.0
        else:
            score += _evidence(before, after, key=role in _KEY)
    return score > 0


def _evidence(before: str, after: str, *, key: bool) -> float:
    """What one column says: positive for "the row goes on", negative for "a new row"."""
    if before and not after:
        return 1.0
    if after and not before:
        return -1.0
    if not after:
        return 0.0
    if after[:1].islower():
        return 1.0 if before.endswith(_ENDS) else 2.0
    if before.endswith(_ENDS):
        return -1.0 if key else -0.5
    return -0.5 if key else -0.25


def finish(draft: Draft, document: str) -> Table:
    """The drafted table as a value, with ratings and arrows read where the columns hold them."""
    made: dict[int, Cell] = {}
    columns = settled(draft.columns, [[slot.text if slot else "" for slot in row.slots] for row in draft.rows])
    roles = [c.role for c in columns]
    rows: list[Row] = []
    group, key = -1, None
    for draft_row in draft.rows:
        cells = tuple(_made(slot, roles[i] if i < len(roles) else None, made) for i, slot in enumerate(draft_row.slots))
        own = _group_key(draft_row, roles)
        if own is None or own != key:
            group, key = group + 1, own
        rows.append(Row(cells, group, draft_row.section))
    place = Place(document, draft.first.page, draft.first.box, sheet=draft.first.sheet)
    return Table(place, columns, tuple(rows), caption=draft.caption)


def _group_key(row: _Row, roles: list[str | None]) -> int | None:
    """Identity of the merged cell that holds several rows together: the action's, else the measure's."""
    for wanted in ("action", "measure"):
        if wanted in roles:
            slot = row.slots[roles.index(wanted)]
            return id(slot) if slot is not None else None
    return None


def _made(slot: _Slot | None, role: str | None, made: dict[int, Cell]) -> Cell | None:
    if slot is None:
        return None
    if id(slot) not in made:
        made[id(slot)] = _cell(slot, role)
    return made[id(slot)]


def _cell(slot: _Slot, role: str | None) -> Cell:
    lines: list[Line] = []
    for part in slot.parts:
        lines.extend(part.printed.lines)
    fill = next((p.fill for p in slot.parts if p.fill), None)
    printed = Printed(tuple(lines))
    rating = rating_of_text(printed.flat) or rating_of_fill(fill) if role == "rag" else None
    arrow = arrow_of(printed.flat) if role == "direction" else None
    boxes = tuple(box for part in slot.parts for box in part.boxes)
    return Cell(printed, boxes, fill, rating, arrow, slot.parts[0].address)
