"""Table rows that say what someone will do, as actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from ingest.records.dates import due_iso, is_ongoing
from ingest.records.progress import completed
from ingest.records.standing import stands_in
from ingest.types import Action, Block, Cell, Direction, Document, Place, Rating, Record, Rejection, Row, Table, shared_cells
from ingest.vocabulary import contains, normalise, vocabulary

RowKey = tuple[int, int]  # (index of the table's block, row group)

_QUOTE = 1500  # characters of a row quoted with an action: all of it but for the longest
_MEANS_ACTION = ("lead", "due", "progress", "start")  # an action column alone may head a list of measures
_MEASURED = ("measure", "target", "actual", "success", "progress", "previous", "baseline", "benchmark")
_NUMBERED = 0.6  # share of a nameless first column's cells that are numbers, for it to be the reference


@dataclass(frozen=True)
class Actions:
    """A document's actions, which rows gave them, and which rows gave none."""

    actions: tuple[Action, ...]
    by_row: Mapping[RowKey, str]
    empty: tuple[tuple[Rejection, frozenset[str]], ...] = ()  # with the addresses of the row's cells

    def rejections(self, others: Sequence[Record]) -> tuple[Rejection, ...]:
        """The rows that gave neither an action nor one of the other records."""
        return tuple(r for r, cells in self.empty if not any(stands_in(o, r.place.page, r.place.box, r.text, cells) for o in others))


def actions_of(document: Document) -> Actions:
    """All actions of the document's tables, in reading order: of those with an action column and a lead, date or progress column."""
    actions: list[Action] = []
    by_row: dict[RowKey, str] = {}
    empty: list[tuple[Rejection, frozenset[str]]] = []
    for index, block in enumerate(document.blocks):
        table = block.table
        if table is None:
            continue
        shared = shared_cells(table)
        for group, rows in ((g, list(r)) for g, r in groupby(table.rows, key=lambda row: row.group)):
            key = (index, group)
            action = _action(document, block, table, rows, shared, len(actions) + 1) if holds_actions(table) else None
            if action is not None:
                actions.append(action)
                by_row[key] = action.id
            else:
                empty.append((_rejection(table, rows), frozenset(c.address for r in rows for c in r.cells if c and c.address)))
    return Actions(tuple(actions), by_row, tuple(empty))


def holds_actions(table: Table) -> bool:
    """Whether the table's columns are those of an action plan."""
    roles = {c.role for c in table.columns}
    return "action" in roles and bool(roles & set(_MEANS_ACTION))


def _action(document: Document, block: Block, table: Table, rows: list[Row], shared: set[int], number: int) -> Action | None:
    text = _joined(table, rows, "action")
    progress = _joined(table, rows, "progress") or _joined(table, rows, "comment")
    lead = _joined(table, rows, "lead")
    said = text or progress or _joined(table, rows, "success")
    if not said or _only_heading(table, rows):
        return None
    cells = [c for row in rows for c in row.cells if c]
    own = [c for c in cells if id(c) not in shared] or cells
    page, box = _place(own)
    due = _due(table, rows)
    return Action(
        id=f"{document.sha256[:12]}/a{number:04d}",
        place=Place(
            document.name, page, box, _section(block, table, rows), table.place.sheet, next((c.address for c in own if c.address), None)
        ),
        quote=_quote(cells),
        ref=_ref(table, rows),
        action=said,
        lead=lead,
        start=_joined(table, rows, "start"),
        due=due,
        due_iso=due_iso(due, document.period),
        ongoing=is_ongoing(due),
        progress=progress,
        rag=_rating(table, rows),
        direction=_direction(table, rows),
        completed=completed(progress, _rating(table, rows), _joined(table, rows, "rag")),
        success_measures=_joined(table, rows, "success", "target", "measure"),
        pages=tuple(sorted({p for c in cells for p, _ in c.boxes if p is not None})),
    )


def _cells(table: Table, rows: list[Row], *roles: str) -> list[Cell]:
    """The distinct cells of all columns with these roles, row by row."""
    wanted = [i for i, c in enumerate(table.columns) if c.role in roles]
    return list(dict.fromkeys(cell for row in rows for i in wanted if i < len(row.cells) and (cell := row.cells[i]) is not None))


def _joined(table: Table, rows: list[Row], *roles: str) -> str | None:
    """The distinct texts of these cells in reading order, white space collapsed; None where they say nothing."""
    texts: list[str] = []
    for cell in _cells(table, rows, *roles):
        text = cell.printed.flat
        if text and not (roles == ("lead",) and normalise(text) in map(normalise, texts)):
            texts.append(text)
    return " ".join(texts) or None


def _due(table: Table, rows: list[Row]) -> str | None:
    """The due date as printed; where columns give an earlier plan beside it ("Planned", "Forecast"), the one that holds now."""
    words = vocabulary()["due_now"]["words"]
    revised = [i for i, c in enumerate(table.columns) if c.role == "due" and any(contains(normalise(c.title), w) for w in words)]
    cells = [c for row in rows for i in revised if i < len(row.cells) and (c := row.cells[i]) is not None and c.printed]
    return " ".join(dict.fromkeys(c.printed.flat for c in cells)) or _joined(table, rows, "due")


def _ref(table: Table, rows: list[Row]) -> str | None:
    wanted = numbered_column(table)
    index = wanted if wanted is not None else table.index_of("ref")
    cell = rows[0].cells[index] if index is not None and index < len(rows[0].cells) else None
    return (cell.printed.flat.rstrip(".") or None) if cell else None


def numbered_column(table: Table) -> int | None:
    """The first column where it has no name and counts its rows: the reference, whatever else is called one."""
    if not table.columns or table.columns[0].role is not None or table.columns[0].title:
        return None
    texts = [row.cells[0].printed.flat for row in table.rows if row.cells and row.cells[0] is not None]
    numbers = sum(t.rstrip(".").replace(".", "").isdigit() for t in texts)
    return 0 if texts and numbers >= _NUMBERED * len(texts) else None


def _rating(table: Table, rows: list[Row]) -> Rating | None:
    """The one rating of the rows; None where there is none or they differ."""
    found = {c.rating for c in _cells(table, rows, "rag") if c.rating}
    return found.pop() if len(found) == 1 else None


def _direction(table: Table, rows: list[Row]) -> Direction | None:
    found = {c.arrow for c in _cells(table, rows, "direction") if c.arrow}
    return found.pop() if len(found) == 1 else None


def _section(block: Block, table: Table, rows: list[Row]) -> str | None:
    own = _joined(table, rows[:1], "section")
    return own or rows[0].section or table.caption or block.place.section


def _only_heading(table: Table, rows: list[Row]) -> bool:
    """Whether the rows repeat the header's own words."""
    titles = {normalise(c.title) for c in table.columns if c.title}
    texts = {normalise(c.printed.flat) for row in rows for c in row.cells if c and c.printed}
    return bool(texts) and texts <= titles


def _place(cells: list[Cell]) -> tuple[int | None, tuple[float, float, float, float] | None]:
    """First page of the row, and the box around its cells there."""
    boxes = [b for c in cells for b in c.boxes]
    page = min((p for p, _ in boxes if p is not None), default=None)
    here = [b for p, b in boxes if p == page and b]
    if not here:
        return page, None
    return page, (min(b[0] for b in here), min(b[1] for b in here), max(b[2] for b in here), max(b[3] for b in here))


def _quote(cells: list[Cell]) -> str:
    text = " ".join(dict.fromkeys(c.printed.flat for c in cells if c.printed))
    return text if len(text) <= _QUOTE else text[:_QUOTE].rsplit(" ", 1)[0]


def _rejection(table: Table, rows: list[Row]) -> Rejection:
    cells = [c for row in rows for c in row.cells if c]
    page, box = _place(cells)
    named = any(c.role in _MEASURED for c in table.columns)
    reason = (
        "no action text in the row"
        if holds_actions(table)
        else "no figure or target in the row"
        if named
        else "the table's headings name no action, measure or target column"
    )
    return Rejection(Place(table.place.document, page, box, table.place.section), _quote(cells), reason)
