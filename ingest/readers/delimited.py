"""Delimited text (.csv, .tsv): the delimiter and the encoding are told from the content; a title above the table is a heading."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from pathlib import Path

from ingest.errors import EmptyFile, UnreadableFile
from ingest.layout.glyphs import plain
from ingest.readers.blocks import Text, cell_lines, page_text, with_blocks
from ingest.readers.encoding import decoded, is_text
from ingest.readers.regions import Look, Sheet, address
from ingest.source import Grid, Source, SourcePage
from ingest.types import Cell, PageInfo, Printed

FORMAT = "csv"
SUFFIXES = (".csv", ".tsv")

_DELIMITERS = ",;\t|"
_LOOK_AT = 200  # records from which the delimiter is told
_FIELD = 2**20  # characters that one cell may hold
_FIGURE = re.compile(r"^[-+(£$€]*\d[\d.,\s]*[%)]?$")


def accepts(data: bytes, suffix: str) -> bool:
    """Whether the bytes are text and the name says that it is delimited: prose with commas in it looks no different."""
    return suffix in SUFFIXES and is_text(data)


def read(path: Path, data: bytes, sha256: str) -> Source:
    """Read delimited text as a sheet of cells with addresses. Raises EmptyFile where there is nothing in any cell."""
    text, note = decoded(data)
    text = text.replace("\f", " ")
    csv.field_size_limit(_FIELD)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=False))
    except csv.Error as error:
        raise UnreadableFile(f"cannot read {path.name!r}: its cells cannot be told apart ({error}); export it again as CSV") from error
    sheet = _sheet(rows)
    if not sheet.cells:
        raise EmptyFile(f"cannot read {path.name!r}: there is nothing in its cells; export it again")
    items = tuple(with_blocks(path.name, sheet.pieces()))
    tables = sum(isinstance(item, Grid) for item in items)
    return Source(path.name, sha256, FORMAT, (SourcePage(PageInfo(1, "text", tables=tables, note=note), page_text(items), items),))


def _delimiter(text: str) -> str:
    """The delimiter that gives the most records of one width above one."""
    best, most = ",", 0
    for delimiter in _DELIMITERS:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        widths = Counter(len(row) for row, _ in zip(reader, range(_LOOK_AT), strict=False) if any(c.strip() for c in row))
        wide = {width: count for width, count in widths.items() if width > 1}
        weight = max(wide.values(), default=0) * 1000 + max(wide, default=0)
        if wide and weight > most:
            best, most = delimiter, weight
    return best


def _sheet(rows: list[list[str]]) -> Sheet:
    """The rows as a sheet; a row of words above rows with figures is set as its header would be."""
    sheet = Sheet(1, None)
    head = _header(rows)
    for r, row in enumerate(rows):
        for c, raw in enumerate(row):
            said = plain(raw).strip()
            if said:
                cell = Cell(Printed(cell_lines([Text(said)])), address=address(r, c))
                sheet.cells[r, c] = cell
                sheet.looks[id(cell)] = Look(bold=r == head)
    return sheet


def _header(rows: list[list[str]]) -> int | None:
    """Index of the first of the widest rows, where it holds words only."""
    filled = [sum(bool(c.strip()) for c in row) for row in rows]
    first = next((i for i, count in enumerate(filled) if count > 1 and count >= max(filled) - 1), None)
    if first is None or any(_FIGURE.match(c.strip()) for c in rows[first] if c.strip()):
        return None
    return first
