"""Delimited text (.csv, .tsv): the delimiter and the encoding are told from the content; a title above the table is a heading.

A quotation mark that is not closed would swallow everything up to the next one, or to the end: such a line is read as it stands.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from itertools import islice
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
_LOOK_AT = 400  # lines from which the delimiter is told
_LONGEST = 200  # lines that one record may have in a file whose quotation marks are in disorder
_NAMED = 5  # lines that a note names
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
        lines = list(io.StringIO(text, newline=""))
        rows, unclosed = _rows(lines, _delimiter(lines))
    except csv.Error as error:
        raise UnreadableFile(f"cannot read {path.name!r}: its cells cannot be told apart ({error}); export it again as CSV") from error
    sheet = _sheet(rows)
    if not sheet.cells:
        raise EmptyFile(f"cannot read {path.name!r}: there is nothing in its cells; export it again")
    items = tuple(with_blocks(path.name, sheet.pieces()))
    tables = sum(isinstance(item, Grid) for item in items)
    notes = "; ".join(filter(None, (note, _told(unclosed)))) or None
    return Source(path.name, sha256, FORMAT, (SourcePage(PageInfo(1, "text", tables=tables, note=notes), page_text(items), items),))


def _rows(lines: list[str], delimiter: str) -> tuple[list[list[str]], list[int]]:
    """The records, and the numbers of the lines whose quotation marks are not closed."""
    try:
        return list(csv.reader(lines, delimiter=delimiter, strict=True)), []
    except csv.Error:
        pass
    rows: list[list[str]] = []
    unclosed: list[int] = []
    at = 0
    while at < len(lines):
        reader = csv.reader(islice(lines, at, at + _LONGEST), delimiter=delimiter, strict=True)
        try:
            rows.append(next(reader))
            at += reader.line_num
            continue
        except csv.Error:
            pass
        odd = lines[at].count('"') % 2 == 1
        rows += csv.reader([lines[at]], delimiter=delimiter, quoting=csv.QUOTE_NONE if odd else csv.QUOTE_MINIMAL)
        at += 1
        if odd:
            unclosed.append(at)
    return rows, unclosed


def _told(unclosed: list[int]) -> str | None:
    if not unclosed:
        return None
    more = f" and {len(unclosed) - _NAMED} more" if len(unclosed) > _NAMED else ""
    return f"a quotation mark is not closed in line {', '.join(map(str, unclosed[:_NAMED]))}{more}: read as it stands"


def _delimiter(lines: list[str]) -> str:
    """The delimiter that gives the most records of one width above one."""
    best, most = ",", 0
    for delimiter in _DELIMITERS:
        widths = Counter(len(row) for row in _rows(lines[:_LOOK_AT], delimiter)[0] if any(c.strip() for c in row))
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
