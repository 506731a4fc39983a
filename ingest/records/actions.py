"""Table rows that say what someone will do, as actions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from ingest.records.dates import due_iso, due_isos, is_ongoing
from ingest.records.progress import completed
from ingest.records.standing import stands_in
from ingest.records.statuses import with_first_words
from ingest.types import Action, Block, Cell, Direction, Document, Place, Rating, Record, Rejection, Row, Table, shared_cells
from ingest.vocabulary import contains, normalise, vocabulary

RowKey = tuple[int, int]  # (index of the table's block, row group)

_QUOTE = 1500  # characters of a row quoted with an action: all of it but for the longest
_MEANS_ACTION = ("lead", "due", "progress", "start", "rag")  # an action column alone may head a list of measures
_MEASURED = ("measure", "target", "actual", "success", "progress", "previous", "baseline", "benchmark")
_NUMBERED = 0.6  # share of a nameless first column's cells that are numbers, for it to be the reference

_INSIDE = re.compile(r"(?P<ref>[A-Z]{1,4}[ -]?\d{1,3}[a-z]?|[A-Z]{0,3}\d{1,2}(?:\.\d{1,2}){0,2}[a-z]?)\s*[.:)–-]?\s+(?=[A-Z“\"'])")


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
    return Actions(_none_done_but_blue(with_first_words(actions)), by_row, tuple(empty))


def _none_done_but_blue(actions: tuple[Action, ...]) -> tuple[Action, ...]:
    """The actions; where a document rates what is done blue, what it rates otherwise is not done, whatever a note says of a part of it."""
    blue = any(a.rag == "B" for a in actions)
    return tuple(replace(a, completed=False) if blue and a.rag in ("R", "A", "G") else a for a in actions)


def holds_actions(table: Table) -> bool:
    """Whether the table's columns are those of an action plan."""
    roles = {c.role for c in table.columns}
    return bool(roles & set(_MEANS_ACTION)) and ("action" in roles or _saving(table) is not None)


def _saving(table: Table) -> int | None:
    """The column of savings or schemes of a table that rates them: to be delivered as actions are, whatever they are to bring."""
    named = (i for i, c in enumerate(table.columns) if normalise(c.title) in vocabulary()["savings"]["words"])
    return next(named, None) if table.index_of("rag") is not None else None


def _action(document: Document, block: Block, table: Table, rows: list[Row], shared: set[int], number: int) -> Action | None:
    text = _joined(table, rows, "action") or _saved(table, rows)
    progress = _joined(table, rows, "progress") or _joined(table, rows, "comment")
    lead = _joined(table, rows, "lead")
    said = text or progress or _joined(table, rows, "success")
    if not said or _only_heading(table, rows):
        return None
    cells = [c for row in rows for c in row.cells if c]
    own = [c for c in cells if id(c) not in shared] or cells
    page, box = _place(own)
    due, was = _due(table, rows)
    holds, first = due_isos(due, document.period)
    status = _joined(table, rows, "rag")
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
        due_iso=holds,
        ongoing=is_ongoing(due),
        progress=progress,
        rag=_rating(table, rows),
        direction=_direction(table, rows),
        completed=completed(progress, _rating(table, rows), status),
        success_measures=_joined(table, rows, "success", "target", "measure"),
        pages=tuple(sorted({p for c in cells for p, _ in c.boxes if p is not None})),
        status=status,
        due_was=was or (due if first else None),
        due_was_iso=due_iso(was, document.period) or first,
        called=_called(table),
    )


def _saved(table: Table, rows: list[Row]) -> str | None:
    """The saving that a row names, where its table has no actions."""
    index = None if table.index_of("action") is not None else _saving(table)
    cell = rows[0].cells[index] if index is not None and index < len(rows[0].cells) else None
    return (cell.printed.flat or None) if cell else None


def _called(table: Table) -> str | None:
    """The head of the column that says what will be done."""
    index = table.index_of("action")
    index = _saving(table) if index is None else index
    return (table.columns[index].title or None) if index is not None else None


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


def _due(table: Table, rows: list[Row]) -> tuple[str | None, str | None]:
    """(the due date as printed, the one it was put in place of).

    Where columns give several ("Planned", "Forecast"; "Original date", "Revised date"), the later word holds; a revised date that
    revises nothing, being empty or the same, leaves the first. One cell may print both ("Nov 2024, now March 2025").
    """
    told: dict[str, list[str]] = {"now": [], "": [], "then": [], "done": []}
    for i, column in enumerate(table.columns):
        if column.role == "due":
            found = [c for row in rows if i < len(row.cells) and (c := row.cells[i]) is not None and c.printed]
            told[_kind_of_date(column.title)] += [c.printed.flat for c in dict.fromkeys(found)]
    kept = {kind: " ".join(dict.fromkeys(t for t in texts if not _revises_nothing(t))) or None for kind, texts in told.items()}
    if told["now"] and not any(kept.values()):
        return " ".join(dict.fromkeys(told["now"])), None
    first = kept[""] or kept["then"]
    due = kept["now"] or first or kept["done"] or _joined(table, rows, "due")
    was = kept["then"] or (kept[""] if kept["now"] else None)
    return due, was if was and due and normalise(was) != normalise(due) else None


def _kind_of_date(title: str) -> str:
    """Whether a date column gives the date that holds ("now"), the one first set ("then"), the day it was "done", or just a date ("")."""
    said, words = normalise(title), vocabulary()
    groups = {"now": words["due_now"]["words"], "then": words["due_then"]["words"], "done": words["due_then"]["done"]}
    found = next((kind for kind, phrases in groups.items() if any(contains(said, w) for w in phrases)), "")
    return "" if found == "done" and (said.endswith(" by") or contains(said, "to be")) else found


def _revises_nothing(text: str) -> bool:
    return normalise(text) in vocabulary()["due_then"]["same"]


def _ref(table: Table, rows: list[Row]) -> str | None:
    wanted = numbered_column(table)
    index = wanted if wanted is not None else table.index_of("ref")
    cell = rows[0].cells[index] if index is not None and index < len(rows[0].cells) else None
    if index is None and _numbers_inside(table) and (m := _INSIDE.match(_joined(table, rows, "action") or "")):
        return m["ref"]
    return (cell.printed.flat.rstrip(".") or None) if cell else None


def _numbers_inside(table: Table) -> bool:
    """Whether the action cells of a table without a column of numbers begin with a number each, all different."""
    column = table.index_of("action")
    cells = [] if column is None else [c for row in table.rows if column < len(row.cells) and (c := row.cells[column]) and c.printed]
    found = [m["ref"] for c in dict.fromkeys(cells) if (m := _INSIDE.match(c.printed.flat))]
    return len(found) >= _NUMBERED * len(set(map(id, cells))) and len(set(found)) == len(found) > 1


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
