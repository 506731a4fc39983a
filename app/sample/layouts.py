"""Pages, text and ruled tables for the sample plans, drawn with reportlab. A tool for developers: nothing else imports it.

Tables are drawn line by line, because plans need what ready-made tables do badly: cells merged over several rows, rows that break in the
middle of a cell at the foot of a page, and a header that comes again on the next one. Lengths are points; `y` runs down from the top.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph

FONT_FOLDER = Path("/usr/share/fonts/truetype/liberation")
FONTS = {"Plan": "LiberationSans-Regular.ttf", "Plan-Bold": "LiberationSans-Bold.ttf"}
RATING_FILLS = {"R": "#D83B2D", "A": "#F7B21B", "G": "#35A853", "B": "#3B78C3"}
RULE = HexColor("#7C8790")
INK = HexColor("#1D2730")
PAD = 4.0  # inside a cell, each side
FEWEST = 2  # lines of a row that may stand alone at the foot of a page


class FontsMissing(Exception):
    """The fonts the sample is set in are not on this machine; the message says what to install."""


def register_fonts() -> None:
    """Makes the fonts known to reportlab, to be embedded. Raises FontsMissing."""
    for name, file in FONTS.items():
        path = FONT_FOLDER / file
        if not path.is_file():
            raise FontsMissing(f"no font {path}: install the Debian package fonts-liberation")
        pdfmetrics.registerFont(TTFont(name, str(path)))
    pdfmetrics.registerFontFamily("Plan", normal="Plan", bold="Plan-Bold", italic="Plan", boldItalic="Plan-Bold")


@dataclass(frozen=True, slots=True)
class Look:
    """Page size, margins and colours of one document."""

    width: float
    height: float
    margin: float
    accent: str  # rules, headings, table headers
    header_fill: str
    header_ink: str
    band_fill: str = "#DDE6EA"


@dataclass(frozen=True, slots=True)
class Column:
    """A table column and its width."""

    title: str
    width: float


@dataclass(frozen=True, slots=True)
class Cell:
    """What a table cell shows. A newline in the text is kept."""

    text: str = ""
    fill: str | None = None
    ink: str = "#1D2730"
    bold: bool = False
    centred: bool = False
    size: float | None = None  # of the type; the table's own where None


@dataclass(frozen=True, slots=True)
class Band:
    """A row of one cell across the whole table: the aim that the rows below stand under."""

    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """Rows that belong together: `merged` cells run over all of them, the other columns have a cell in each row."""

    rows: tuple[Mapping[int, Cell], ...]
    merged: Mapping[int, Cell] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table. Its header comes again at the top of each page it runs over."""

    columns: tuple[Column, ...]
    items: tuple[Band | Entry, ...]
    size: float = 8.5
    leading: float = 10.6


class Sheet:
    """A document being drawn: text and tables go on below each other, over as many pages as they need."""

    def __init__(self, path: Path, look: Look, *, title: str, subject: str, author: str, issued: str, running: str, notice: str) -> None:
        """`issued` (ISO date) becomes the file's date, so that the same content gives the same bytes."""
        self.look = look
        self.notice = notice
        self.running = running
        self.canvas = Canvas(str(path), pagesize=(look.width, look.height), invariant=1, pageCompression=1, lang="en-GB")
        self.canvas.setTitle(title)
        self.canvas.setSubject(subject)
        self.canvas.setAuthor(author)
        self.canvas.setCreator("Planspoken sample")
        self.canvas.setDateFormatter(lambda *_: f"D:{issued.replace('-', '')}090000Z")
        self.page = 0
        self.y = 0.0
        self.start_page()

    @property
    def bottom(self) -> float:
        return self.look.height - self.look.margin - 14

    @property
    def width(self) -> float:
        return self.look.width - 2 * self.look.margin

    def start_page(self) -> None:
        """Ends the page, if there is one, and begins the next with its running title and foot."""
        if self.page:
            self.canvas.showPage()
        self.page += 1
        self.y = self.look.margin
        foot = self.look.height - self.look.margin + 6
        self._ruled(self.look.margin, foot - 9, self.look.margin + self.width, foot - 9, HexColor(self.look.accent), 0.6)
        self._word(self.look.margin, foot, self.notice, size=7)
        self._word(self.look.margin + self.width, foot, f"{self.running} | Page {self.page}", size=7, right=True)

    def save(self) -> None:
        self.canvas.showPage()
        self.canvas.save()

    def outline(self, title: str, level: int = 0) -> None:
        """An entry in the file's outline that leads to this page."""
        key = f"p{self.page}-{title}"
        self.canvas.bookmarkPage(key)
        self.canvas.addOutlineEntry(title, key, level)

    def gap(self, points: float) -> None:
        self.y += points

    def need(self, points: float) -> None:
        """Goes to the next page where fewer points are left on this one."""
        if self.y + points > self.bottom:
            self.start_page()

    def text(self, words: str, *, size: float = 10, bold: bool = False, ink: str = "#1D2730", indent: float = 0, mark: str = "") -> None:
        """A paragraph; `mark` is the number or bullet that hangs in its indent. It breaks over pages."""
        style = ParagraphStyle(
            "text",
            fontName="Plan-Bold" if bold else "Plan",
            fontSize=size,
            leading=size * 1.34,
            textColor=HexColor(ink),
            leftIndent=indent,
            bulletIndent=indent - 12 if mark == "•" else 0,
            bulletFontName="Plan",
            bulletFontSize=size,
            allowWidows=0,
            allowOrphans=0,
        )
        parts: list[Flowable] = [Paragraph(escape(words), style, bulletText=mark or None)]
        while parts:
            part = parts.pop(0)
            _, height = part.wrap(self.width, self.look.height)
            if self.y + height > self.bottom:
                split = part.split(self.width, self.bottom - self.y)
                if len(split) < 2:  # too little room for a part of it
                    self.start_page()
                    split = [part]
                part, *parts = split
                _, height = part.wrap(self.width, self.look.height)
            part.drawOn(self.canvas, self.look.margin, self.look.height - self.y - height)
            self.y += height

    def title_block(self, council: str, title: str, subject: str) -> None:
        """The council, the title and the line below it, at the top of the first page."""
        self.canvas.setFillColor(HexColor(self.look.accent))
        self._filled(self.look.margin, self.y, self.look.margin + self.width, self.y + 4, self.look.accent)
        self.gap(10)
        self.text(council, size=11, bold=True, ink=self.look.accent)
        self.gap(2)
        self.text(title, size=20, bold=True)
        self.gap(4)
        self.text(subject, size=10.5, ink="#45525C")
        self.gap(10)

    def heading(self, words: str, size: float = 13) -> None:
        """A heading, kept with the first lines below it, and named in the outline."""
        self.need(size * 2 + 50)
        self.outline(words)
        self.text(words, size=size, bold=True, ink=self.look.accent)
        self.gap(4)

    def table(self, table: Table) -> None:
        TableRun(self, table).draw()

    def cell(self, box: tuple[float, float, float, float], cell: Cell, lines: Sequence[str], table: Table) -> None:
        """A cell with these lines of its text, filled and ruled on its four sides."""
        x0, top, x1, bottom = box
        if cell.fill:
            self._filled(x0, top, x1, bottom, cell.fill)
        for a, b, c, d in ((x0, top, x1, top), (x0, bottom, x1, bottom), (x0, top, x0, bottom), (x1, top, x1, bottom)):
            self._ruled(a, b, c, d, RULE, 0.5)
        size = cell.size or table.size
        base = top + PAD + table.leading * 0.78 + (1.5 if size > table.size else 0)
        for i, line in enumerate(lines):
            x = (x0 + x1) / 2 if cell.centred else x0 + PAD
            self._word(x, base + i * table.leading, line, size=size, bold=cell.bold, ink=cell.ink, centred=cell.centred)

    def _word(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float,
        bold: bool = False,
        ink: str = "#45525C",
        centred: bool = False,
        right: bool = False,
    ) -> None:
        self.canvas.setFont("Plan-Bold" if bold else "Plan", size)
        self.canvas.setFillColor(HexColor(ink))
        put: Callable[[float, float, str], object] = self.canvas.drawString
        if centred:
            put = self.canvas.drawCentredString
        elif right:
            put = self.canvas.drawRightString
        put(x, self.look.height - y, words)

    def _filled(self, x0: float, top: float, x1: float, bottom: float, fill: str) -> None:
        self.canvas.setFillColor(HexColor(fill))
        self.canvas.rect(x0, self.look.height - bottom, x1 - x0, bottom - top, stroke=0, fill=1)

    def _ruled(self, x0: float, top: float, x1: float, bottom: float, colour: Color, weight: float) -> None:
        self.canvas.setStrokeColor(colour)
        self.canvas.setLineWidth(weight)
        self.canvas.line(x0, self.look.height - top, x1, self.look.height - bottom)


@dataclass
class Pending:
    """Cells of one row with the lines of each that are not yet printed."""

    cells: dict[int, Cell]
    lines: dict[int, list[str]]

    @property
    def most(self) -> int:
        """The number of lines of the longest cell."""
        return max((len(lines) for lines in self.lines.values()), default=0)

    def take(self, count: int) -> Pending:
        """The first `count` lines of every cell, taken off this row."""
        taken = Pending(self.cells, {i: lines[:count] for i, lines in self.lines.items()})
        self.lines = {i: lines[count:] for i, lines in self.lines.items()}
        return taken


class TableRun:
    """One table being drawn on a sheet."""

    def __init__(self, sheet: Sheet, table: Table) -> None:
        self.sheet = sheet
        self.table = table
        self.edges = [sheet.look.margin]
        for column in table.columns:
            self.edges.append(self.edges[-1] + column.width)

    def draw(self) -> None:
        first = self._header_height() + 2 * self._height(FEWEST)
        self.sheet.need(first)
        self._header()
        for item in self.table.items:
            if isinstance(item, Band):
                self._band(item)
            else:
                self._entry(item)

    def _height(self, lines: int) -> float:
        return lines * self.table.leading + 2 * PAD

    def _wrapped(self, cell: Cell, width: float) -> list[str]:
        font = "Plan-Bold" if cell.bold else "Plan"
        return list(simpleSplit(cell.text, font, cell.size or self.table.size, width - 2 * PAD)) if cell.text else []

    def _pending(self, cells: Mapping[int, Cell]) -> Pending:
        return Pending(dict(cells), {i: self._wrapped(cell, self.table.columns[i].width) for i, cell in cells.items()})

    def _header_row(self) -> Pending:
        look = self.sheet.look
        return self._pending({i: Cell(c.title, look.header_fill, look.header_ink, bold=True) for i, c in enumerate(self.table.columns)})

    def _header_height(self) -> float:
        return self._height(self._header_row().most)

    def _header(self) -> None:
        self._row(self._header_row(), self.sheet.y, self._header_height())
        self.sheet.gap(self._header_height())

    def _next_page(self) -> None:
        self.sheet.start_page()
        self._header()

    def _band(self, band: Band) -> None:
        cell = Cell(band.text, self.sheet.look.band_fill, self.sheet.look.accent, bold=True, size=self.table.size + 1)
        lines = self._wrapped(cell, self.edges[-1] - self.edges[0])
        height = self._height(len(lines)) + 2
        if self.sheet.y + height + self._height(FEWEST) > self.sheet.bottom:
            self._next_page()
        self.sheet.outline(band.text)
        top = self.sheet.y
        self.sheet.cell((self.edges[0], top, self.edges[-1], top + height), cell, lines, replace(self.table, size=self.table.size + 1))
        self.sheet.gap(height)

    def _entry(self, entry: Entry) -> None:
        """Prints an entry, page after page: whole rows while they fit, then the lines of the next that still do."""
        rows = [self._pending(row) for row in entry.rows]
        merged = self._pending(entry.merged)
        while rows or merged.most:
            parts = self._fill_page(rows, merged)
            if parts:
                self._print(parts, merged)
            if rows or merged.most:
                self._next_page()

    def _fill_page(self, rows: list[Pending], merged: Pending) -> list[tuple[Pending, float]]:
        """Takes off `rows` what fits on the rest of this page, with the height of each part."""
        room = self.sheet.bottom - self.sheet.y
        parts: list[tuple[Pending, float]] = []
        used = 0.0
        while rows:
            height = self._height(rows[0].most)
            if len(rows) == 1 and merged.most:
                height = max(height, self._height(merged.most) - used)
            if used + height <= room:
                parts.append((rows.pop(0), height))
                used += height
                continue
            fit = math.floor((room - used - 2 * PAD) / self.table.leading)
            lines = math.ceil((height - 2 * PAD) / self.table.leading)
            if fit >= FEWEST and lines - fit >= FEWEST - 1:
                parts.append((rows[0].take(fit), self._height(fit)))
            break
        return parts

    def _print(self, parts: list[tuple[Pending, float]], merged: Pending) -> None:
        top = self.sheet.y
        for part, height in parts:
            self._row(part, self.sheet.y, height)
            self.sheet.gap(height)
        fit = math.floor((self.sheet.y - top - 2 * PAD) / self.table.leading + 1e-6)
        self._row(merged.take(fit), top, self.sheet.y - top)

    def _row(self, row: Pending, top: float, height: float) -> None:
        for i, cell in row.cells.items():
            self.sheet.cell((self.edges[i], top, self.edges[i + 1], top + height), cell, row.lines[i], self.table)
