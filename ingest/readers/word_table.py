"""Word tables as grids: cells merged across and down, rows that begin or end short, fills, tables inside cells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ingest.readers.blocks import Text, cell_lines
from ingest.readers.drawing import Theme
from ingest.readers.word_numbering import W
from ingest.readers.word_text import Paragraph, Texts, shading
from ingest.source import Grid
from ingest.types import Cell, Line, Printed

_MOST_HEADER = 3  # rows: a table all in bold has no header that its type would show
_WIDEST = 200  # columns: a table that claims more is damaged


def rows_of(table: Any) -> Iterator[Any]:
    """The `w:tr` of a table that remain when tracked changes are accepted, those in content controls too."""
    for child in table:
        if child.tag == f"{W}tr":
            if child.find(f"{W}trPr/{W}del") is None:
                yield child
        elif child.tag in (f"{W}sdt", f"{W}customXml"):
            inner = child.find(f"{W}sdtContent")
            yield from rows_of(inner if inner is not None else child)


def cells_of(row: Any) -> Iterator[Any]:
    """The `w:tc` of a row, those in content controls too."""
    for child in row:
        if child.tag == f"{W}tc":
            yield child
        elif child.tag in (f"{W}sdt", f"{W}customXml"):
            inner = child.find(f"{W}sdtContent")
            yield from cells_of(inner if inner is not None else child)


def content_of(container: Any) -> Iterator[Any]:
    """The `w:p` and `w:tbl` of a body, cell or text box, those in content controls too."""
    for child in container:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag in (f"{W}sdt", f"{W}customXml", f"{W}ins", f"{W}moveTo", f"{W}smartTag"):
            inner = child.find(f"{W}sdtContent")
            yield from content_of(inner if inner is not None else child)


def is_frame(table: Any) -> bool:
    """Whether a table is only a frame around text: no row has two cells."""
    return all(sum(1 for _ in cells_of(row)) < 2 for row in rows_of(table))


class Tables:
    """Reads the tables of one document."""

    def __init__(self, texts: Texts, theme: Theme) -> None:
        """`texts` reads the paragraphs in the cells."""
        self._texts = texts
        self._theme = theme
        self._plain = 0  # paragraphs of the present row that are not bold

    def grid(self, table: Any, page: int | None, notes: list[tuple[str, str]]) -> tuple[Grid, int]:
        """The grid, and how many page breaks lie in it. References to notes met in the cells are added to `notes`.

        `page` is where the table begins, None where the document does not say.
        """
        rows: list[list[Cell | None]] = []
        breaks, marked, bold = 0, 0, 0
        for row in rows_of(table):
            self._plain = 0
            cells, inside = self._row(row, rows[-1] if rows else [], None if page is None else page + breaks, notes)
            marked += marked == len(rows) and _is_marked(row)
            bold += bold == len(rows) and not self._plain and len({id(c) for c in cells if c is not None and c.printed}) > 1
            rows.append(cells)
            breaks += inside
        width = max((len(row) for row in rows), default=0)
        full = tuple(tuple(row + [None] * (width - len(row))) for row in rows)
        return Grid(page or 1, None, full, whole=True, header=marked or (bold if bold <= _MOST_HEADER else 0)), breaks

    def _row(self, row: Any, above: list[Cell | None], page: int | None, notes: list[tuple[str, str]]) -> tuple[list[Cell | None], int]:
        out: list[Cell | None] = [None] * _skipped(row, "gridBefore")
        breaks = 0
        for element in cells_of(row):
            properties = element.find(f"{W}tcPr")
            span = _number(properties, "gridSpan", 1)
            merge = properties.find(f"{W}vMerge") if properties is not None else None
            goes_on = merge is not None and merge.get(f"{W}val") != "restart"
            if goes_on and len(out) < len(above) and above[len(out)] is not None:
                cell = above[len(out)]
            else:
                cell, inside = self._cell(element, properties, page, notes)
                breaks = max(breaks, inside)
            out.extend([cell] * min(span, _WIDEST - len(out)))
        return out + [None] * _skipped(row, "gridAfter"), breaks

    def _cell(self, element: Any, properties: Any | None, page: int | None, notes: list[tuple[str, str]]) -> tuple[Cell, int]:
        found = list(self._paragraphs(element))
        lines = cell_lines([text for p in found for text in as_texts(p, page)])
        colours = set().union(*(p.colours for p in found)) if found else set()
        fill = shading(properties.find(f"{W}shd") if properties is not None else None, self._theme)
        for paragraph in found:
            notes.extend(paragraph.notes)
            self._plain += bool(paragraph.text) and not paragraph.bold
        boxes = ((page, None),) if page is not None else ()
        cell = Cell(Printed(_paged(lines, page)), boxes, fill or (colours.pop() if len(colours) == 1 else None))
        return cell, sum(p.page_breaks for p in found)

    def _paragraphs(self, container: Any) -> Iterator[Paragraph]:
        """The paragraphs of a cell; a row of a table inside it reads as one."""
        for child in content_of(container):
            if child.tag == f"{W}p":
                paragraph = self._texts.read(child)
                if not paragraph.text and paragraph.label and paragraph.label.number:
                    paragraph.text, paragraph.label = paragraph.label.number, None  # a column of numbers that Word counts itself
                yield paragraph
                for box in paragraph.boxes:
                    yield from self._paragraphs(box)
                continue
            for row in rows_of(child):
                inner = [p for cell in cells_of(row) for p in self._paragraphs(cell)]
                whole = Paragraph(text=" ".join(p.text for p in inner if p.text))
                for p in inner:
                    whole.colours |= p.colours
                    whole.notes += p.notes
                    whole.page_breaks += p.page_breaks
                yield whole


def _is_marked(row: Any) -> bool:
    """Whether a row is marked to be repeated at the top of each page."""
    mark = row.find(f"{W}trPr/{W}tblHeader")
    return mark is not None and mark.get(f"{W}val") not in ("0", "false", "off")


def as_texts(paragraph: Paragraph, page: int | None, level: int = 0) -> Iterator[Text]:
    """The paragraph as a text of the document, nothing where it is empty."""
    label = paragraph.label
    if paragraph.text:
        yield Text(
            paragraph.text,
            page,
            paragraph.size,
            paragraph.bold,
            level,
            bullet=label is not None and label.bullet,
            number=label.number.strip("()").rstrip(".):") if label and label.number else None,
        )


def _paged(lines: tuple[Line, ...], page: int | None) -> tuple[Line, ...]:
    return tuple(Line(line.text, page, None, line.hard) for line in lines)


def _skipped(row: Any, name: str) -> int:
    return min(_number(row.find(f"{W}trPr"), name, 0), _WIDEST)


def _number(properties: Any | None, name: str, default: int) -> int:
    element = properties.find(f"{W}{name}") if properties is not None else None
    value = element.get(f"{W}val", "") if element is not None else ""
    return int(value) if value.isdigit() else default
