"""What a reader gives: pages of text lines, ready-made blocks and grids, with nothing interpreted yet."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.types import Block, Box, Cell, Column, PageInfo


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of running text as printed. `size` is in points; `right` is the right edge of the text column it stands in.

    `confidence`: of its least sure word, 0 to 100, where the line was recognised on a picture.
    """

    text: str
    page: int
    box: Box | None
    size: float = 0.0
    bold: bool = False
    first_word_width: float = 0.0
    right: float = 0.0
    confidence: float | None = None


@dataclass(frozen=True)
class Grid:
    """A table as drawn on one page: every row has one entry per column.

    An entry is the cell that covers this position (a merged cell is the same object in each position), None where there is none.
    `edges` are the x positions of the column borders, empty for formats without geometry. `whole`: the file itself says where the
    table's rows and cells begin and end (Word, slides, workbooks, web pages), so that nothing in it is a broken row. `header` is the
    number of rows at the top that the file marks or sets as the header, 0 where it does not say. `columns` are given where the layout
    says what stands in them and no row does (KPI cards).
    """

    page: int
    box: Box | None
    rows: tuple[tuple[Cell | None, ...], ...]
    edges: tuple[float, ...] = ()
    sheet: str | None = None
    whole: bool = False
    header: int = 0
    columns: tuple[Column, ...] = ()


@dataclass(frozen=True)
class SourcePage:
    """One page: its status, its plain text, and what stands on it in reading order."""

    info: PageInfo
    text: str
    items: tuple[TextLine | Block | Grid, ...]


@dataclass(frozen=True)
class Source:
    """One file as its reader saw it. `title`, `author` and `outline` are what the file's own metadata says."""

    name: str
    sha256: str
    format: str
    pages: tuple[SourcePage, ...]
    title: str | None = None
    author: str | None = None
    outline: tuple[str, ...] = ()


def plain_text(item: TextLine | Block | Grid) -> str:
    """A page item as plain text: a table row is a line, its cells separated by tabs, a merged cell said once."""
    if isinstance(item, TextLine):
        return item.text
    if isinstance(item, Block):
        return item.printed.text
    return "\n".join("\t".join(c.printed.flat for c in dict.fromkeys(row) if c) for row in item.rows)
