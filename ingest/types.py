"""What reading a plan produces: pages, blocks, tables, and the typed records taken from them.

Every piece keeps the place it was printed at. Lengths are PDF points with the origin at the top left of the page.
`None` means "the document does not say", never zero and never the empty string.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

Box = tuple[float, float, float, float]  # x0, top, x1, bottom

Rating = Literal["R", "A", "G", "B"]
Direction = Literal["up", "same", "down"]
PageStatus = Literal["text", "ocr", "needs_ocr", "blank"]
BlockKind = Literal["heading", "paragraph", "list_item", "table"]
MeasureKind = Literal["actual", "target_only", "benchmark"]
Comparator = Literal[">=", "<=", "=", "<", ">", "between", "increase", "decrease"]
Status = Literal["off_target", "on_target", "no_target", "no_value", "undetermined"]
Unit = Literal["percent", "count", "days", "working_days", "weeks", "months", "gbp", "score", "other"]
Strength = Literal["explicit", "ongoing", "ambition"]
# applied: shown in place of what was read; superseded: by a later one of the same field; settled: the document is now read so by itself.
# Not applied, for a person to look at: changed: the field is now read otherwise; gone: there is no such record; unclear: there are several.
CorrectionState = Literal["applied", "superseded", "settled", "changed", "gone", "unclear", "undone"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands. `page` counts from 1; `sheet` and `cell` are for workbooks; `section` is the heading or aim above it."""

    document: str
    page: int | None = None
    box: Box | None = None
    section: str | None = None
    sheet: str | None = None
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line. `hard`: the author broke the line before it; `glued`: the layout broke a word before it; else it wrapped.

    `confidence`: of its least sure word, 0 to 100, where the line was recognised on a picture.
    """

    text: str
    page: int | None = None
    box: Box | None = None
    hard: bool = False
    glued: bool = False
    confidence: float | None = None

    @property
    def joint(self) -> str:
        """What stands between the line before and this one in the running text."""
        return "\n" if self.hard else "" if self.glued else " "


@dataclass(frozen=True)
class Printed:
    """Text as printed, line by line, so that any part of it can be traced back to its page and box."""

    lines: tuple[Line, ...] = ()

    @cached_property
    def text(self) -> str:
        """The whole text: wrapped lines joined by a space, hard breaks kept as newlines."""
        out = ""
        for line in self.lines:
            out += line.joint + line.text if out else line.text
        return out

    @property
    def flat(self) -> str:
        """The whole text with every run of white space collapsed to one space: the form of quotes."""
        return " ".join(self.text.split())

    def locate(self, start: int, end: int) -> tuple[int | None, Box | None]:
        """Page and box of the characters `start` to `end` of `text`; where they run over a page, of the part on the first."""
        found: list[Line] = []
        at = 0
        for i, line in enumerate(self.lines):
            at += len(line.joint) if i else 0
            stop = at + len(line.text)
            if at < end and start < stop:
                found.append(line)
            at = stop
        return span(found or list(self.lines))

    def __bool__(self) -> bool:
        return any(line.text.strip() for line in self.lines)


def span(lines: list[Line] | tuple[Line, ...]) -> tuple[int | None, Box | None]:
    """Page and surrounding box of the lines that stand on the first line's page."""
    if not lines:
        return None, None
    page = lines[0].page
    boxes = [line.box for line in lines if line.page == page and line.box]
    return page, union(boxes)


def union(boxes: list[Box]) -> Box | None:
    """The smallest box around all boxes; None for none."""
    if not boxes:
        return None
    return (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))


@dataclass(frozen=True, eq=False)
class Cell:
    """One table cell. A cell merged over several rows is the *same* object in each of them, and only the same object is equal to it.

    `boxes` has one (page, box) per page the cell runs over; `fill` is the painted colour as `#rrggbb`, None for white or unpainted.
    `rating` and `arrow` are what the cell shows by letter, word, colour or glyph.
    """

    printed: Printed
    boxes: tuple[tuple[int | None, Box | None], ...] = ()
    fill: str | None = None
    rating: Rating | None = None
    arrow: Direction | None = None
    address: str | None = None  # "B7" in a workbook

    @property
    def text(self) -> str:
        """The printed text, hard breaks as newlines."""
        return self.printed.text


@dataclass(frozen=True, slots=True)
class Column:
    """A table column: its header as printed and the role the vocabulary gives it (`action`, `lead`, `target` …), if any."""

    title: str
    role: str | None = None


@dataclass(frozen=True)
class Row:
    """One row of a stitched table: a cell per column (None where the grid has none).

    `group` is the number of the entry the row belongs to: rows that share one merged action cell share a group.
    `section` is the aim, work stream or area the row stands under, taken from band rows inside the table.
    """

    cells: tuple[Cell | None, ...]
    group: int
    section: str | None = None


@dataclass(frozen=True)
class Table:
    """A whole table, joined over pages, with its header understood. `caption` is a title printed as the table's own first row."""

    place: Place
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str | None = None

    def index_of(self, role: str) -> int | None:
        """Index of the first column with this role, None where there is none."""
        return next((i for i, c in enumerate(self.columns) if c.role == role), None)

    def cell(self, row: Row, role: str) -> Cell | None:
        """The row's cell in the first column with this role."""
        i = self.index_of(role)
        return None if i is None or i >= len(row.cells) else row.cells[i]


def shared_cells(table: Table) -> set[int]:
    """Identities (`id`) of the cells that stand in rows of more than one group: an area or aim merged over several entries."""
    groups: dict[int, int] = {}
    shared: set[int] = set()
    for row in table.rows:
        for cell in row.cells:
            if cell is not None and groups.setdefault(id(cell), row.group) != row.group:
                shared.add(id(cell))
    return shared


@dataclass(frozen=True)
class Block:
    """A heading, paragraph, list item or table, in reading order. `number` is a printed paragraph number; `level` counts from 1."""

    kind: BlockKind
    place: Place
    printed: Printed
    level: int = 0
    number: str | None = None
    table: Table | None = None
    headings: tuple[str, ...] = ()  # the heading path above it, outermost first


@dataclass(frozen=True, slots=True)
class PageInfo:
    """What became of one page. `width` and `height` are as displayed, in points; `tables` counts the tables read on it.

    A page whose text lies on its side is read, and is to be shown, `turned` by so many degrees clockwise; its boxes are on the turned page.
    """

    number: int
    status: PageStatus
    width: float | None = None
    height: float | None = None
    tables: int = 0
    note: str | None = None
    turned: int = 0


@dataclass(frozen=True)
class Document:
    """One file, read: what it is, what became of each page, and its blocks in reading order.

    `name` is the file name, `sha256` the hash of its bytes, `period` the period its current figures are for ("2019/20-Q2").
    """

    name: str
    sha256: str
    format: str
    title: str
    authority: str | None
    kind: str
    period: str | None
    pages: tuple[PageInfo, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """A field of a record set right by hand, or, where `field` is None, the record confirmed as it was read.

    `record` is the id of the record it now belongs to, None where there is none; `kind` is "measure", "action", "commitment" or, for a
    row that gave no record, "row"; `read` and `value` are the field as it was read and as it should be, in words, None for nothing.
    `state` says what became of it: see CorrectionState. `at` is ISO 8601, UTC.
    """

    number: int
    document: str
    record: str | None
    kind: str
    name: str
    page: int | None
    field: str | None
    read: str | None
    value: str | None
    by: str
    at: str
    why: str
    state: CorrectionState
    undone_by: str | None = None
    undone_at: str | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """A KPI reading or a target without one. Field meanings and vocabularies: CONTRACT.md, "Records"."""

    id: str
    place: Place
    quote: str
    measure: str
    breakdown: str | None
    kind: MeasureKind
    value: float | None
    value_high: float | None
    value_text: str | None
    qualifier: str | None
    unit: Unit
    period: str | None
    target: float | None
    target_high: float | None
    comparator: Comparator | None
    target_period: str | None
    target_quote: str | None
    status: Status
    rag: Rating | None
    direction: Direction | None
    action_id: str | None
    corrected: tuple[Correction, ...] = ()  # those applied to it; the fields above are as corrected


@dataclass(frozen=True, slots=True)
class Action:
    """What someone said they would do, with what the document reports of it. Field meanings: CONTRACT.md, "Records".

    `status`: what its rating cell says, as printed ("On track", "Stuck"). `due_was`: the date first set, as printed, where the document
    gives a later or earlier one in its place; `due_was_iso` as `due_iso`. `called`: the head of its column ("Milestone", "Saving").
    """

    id: str
    place: Place
    quote: str
    ref: str | None
    action: str
    lead: str | None
    start: str | None
    due: str | None
    due_iso: str | None
    ongoing: bool | None
    progress: str | None
    rag: Rating | None
    direction: Direction | None
    completed: bool | None
    success_measures: str | None
    pages: tuple[int, ...] = ()  # every page it is printed on
    status: str | None = None
    due_was: str | None = None
    due_was_iso: str | None = None
    called: str | None = None
    corrected: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Commitment:
    """A statement of intent: an action, or a sentence of prose with what is promised, by when and by whom."""

    id: str
    place: Place
    quote: str
    commitment: str
    by_when: str | None
    owner: str | None
    strength: Strength
    action_id: str | None
    corrected: tuple[Correction, ...] = ()


Record = Measure | Action | Commitment


@dataclass(frozen=True, slots=True)
class Rejection:
    """A table row that gave no record, kept with the reason."""

    place: Place
    text: str
    reason: str


@dataclass(frozen=True)
class Extraction:
    """All records of one document, and the table entries that gave none.

    `rows` counts the entries of all tables (rows that share a merged action are one): those that gave records + those rejected.
    """

    measures: tuple[Measure, ...]
    actions: tuple[Action, ...]
    commitments: tuple[Commitment, ...]
    rejections: tuple[Rejection, ...]
    rows: int


@dataclass(frozen=True)
class Chunk:
    """A passage for search. `text` is verbatim; `embedded` is heading path + text, at most 256 word pieces of the embedding model.

    `kind` is "row" for a table row and "prose" otherwise; `records` are the ids of the records printed in it.
    """

    id: str
    place: Place
    kind: Literal["prose", "row"]
    text: str
    embedded: str
    records: tuple[str, ...] = ()
