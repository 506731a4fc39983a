"""Workbooks (.xlsx): openpyxl opens the package; values are read as people see them, cell by cell with address and fill.

A sheet is a page. Hidden sheets, rows and columns and cell comments are left out, formulas that no program has calculated have no value;
the page says so.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
from lxml import etree
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from ingest.errors import EmptyFile, UnreadableFile
from ingest.layout.colour import rating_of_fill
from ingest.readers.blocks import Piece, Text, cell_lines, page_text, with_blocks
from ingest.readers.drawing import theme_of
from ingest.readers.number_format import shown
from ingest.readers.package import checked, metadata, office_kind
from ingest.readers.regions import Look, Sheet
from ingest.readers.sheet_drawing import drawn_texts
from ingest.readers.sheet_fill import Fills
from ingest.source import Grid, Source, SourcePage
from ingest.types import Block, Cell, PageInfo, Printed

FORMAT = "xlsx"
SUFFIXES = (".xlsx", ".xlsm")

_DEFAULT_NAME = re.compile(r"^(?:sheet|tabelle|feuil|hoja)\s*\d*$", re.IGNORECASE)
_NAMED = 12  # addresses that a note lists before it only counts


def accepts(data: bytes, suffix: str) -> bool:
    """Whether the bytes are a workbook package, whatever the file is called."""
    return office_kind(data) == "sheet"


def read(path: Path, data: bytes, sha256: str) -> Source:
    """Read a workbook. Raises UnreadableFile where it is damaged or unsafe, EmptyFile where no shown cell holds anything."""
    package = checked(path.name, data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of extensions and default styles it does not keep
            book = openpyxl.load_workbook(io.BytesIO(package), data_only=True)
            formulas = openpyxl.load_workbook(io.BytesIO(package)) if _has_formulas(package) else None
        drawn = drawn_texts(package)
        found = [_sheet(book, formulas, drawn, number) for number in range(1, len(book.sheetnames) + 1)]
    except (InvalidFileException, KeyError, ValueError, AttributeError, TypeError, IndexError, etree.XMLSyntaxError, SyntaxError) as error:
        raise UnreadableFile(f"cannot read {path.name!r}: the workbook is damaged ({error}); open it in Excel and save it again") from error
    if not found:
        raise UnreadableFile(f"cannot read {path.name!r}: the workbook has no sheets; open it in Excel and save it again")
    if not any(pieces for pieces, _ in found):
        raise EmptyFile(f"cannot read {path.name!r}: there is nothing in its cells (no data); check that it is the right file")
    several = sum(bool(pieces) for pieces, _ in found) > 1
    titled = [_titled(book.sheetnames[i], i + 1, pieces) if several else pieces for i, (pieces, _) in enumerate(found)]
    made = iter(with_blocks(path.name, [piece for pieces in titled for piece in pieces]))
    pages = tuple(
        _page(number, [next(made) for _ in pieces], notes) for number, (pieces, (_, notes)) in enumerate(zip(titled, found, strict=True), 1)
    )
    title, author = metadata(package)
    return Source(path.name, sha256, FORMAT, pages, title=title, author=author)


def _page(number: int, items: list[Block | Grid], notes: list[str]) -> SourcePage:
    tables = sum(isinstance(item, Grid) for item in items)
    info = PageInfo(number, "text" if items else "blank", tables=tables, note="; ".join(notes) or None)
    return SourcePage(info, page_text(items), tuple(items))


def _titled(name: str, number: int, pieces: list[Piece]) -> list[Piece]:
    """The sheet's name as its heading, unless it is only a number."""
    return [Text(name, number, level=1, sheet=name), *pieces] if pieces and not _DEFAULT_NAME.match(name) else pieces


def _has_formulas(package: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return any(re.search(rb"<(?:\w+:)?f[ />]", archive.read(n)) for n in archive.namelist() if n.startswith("xl/worksheets/"))


def _sheet(book: Any, formulas: Any | None, drawn: Mapping[str, tuple[str, ...]], number: int) -> tuple[list[Piece], list[str]]:
    """What is shown on a sheet, and what is not read of it."""
    name = book.sheetnames[number - 1]
    sheet = book[name]
    if sheet.sheet_state != "visible":
        return [], [f"hidden sheet {name!r}: left out"]
    if not hasattr(sheet, "merged_cells"):
        return [], [f"sheet {name!r} is a chart: not read"]
    reader = _Reader(sheet, formulas[name] if formulas is not None else None, number, Fills(sheet, theme_of(book.loaded_theme)))
    pieces = reader.read().pieces()
    return [*pieces, *(Text(text, number, sheet=name) for text in drawn.get(name, ()))], reader.notes()


class _Reader:
    """One sheet, cell by cell."""

    def __init__(self, sheet: Any, formulas: Any | None, number: int, fills: Fills) -> None:
        self._sheet = sheet
        self._formulas = formulas
        self._number = number
        self._fills = fills
        self._uncalculated: list[str] = []
        self._comments = 0
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()

    def read(self) -> Sheet:
        """The shown cells, at positions counted without the hidden rows and columns."""
        self._fills.materialise()
        values = {at: cell for at, cell in self._sheet._cells.items() if self._holds(cell)}  # openpyxl's only sparse view of a sheet
        out = Sheet(self._number, self._sheet.title)
        spans = self._spans(values)
        self._hidden_rows = {r for r, _ in spans if self._sheet.row_dimensions[r].hidden}
        self._hidden_columns = self._hidden_of({c for _, c in spans})
        rows = {r: i for i, r in enumerate(_shown({r for r, _ in spans}, self._hidden_rows))}
        columns = {c: i for i, c in enumerate(_shown({c for _, c in spans}, self._hidden_columns))}
        made: dict[tuple[int, int], Cell] = {}
        for at, origin in spans.items():
            if at[0] not in rows or at[1] not in columns:
                continue
            cell = values[origin]
            if origin not in made:
                made[origin] = self._cell(cell)
                out.looks[id(made[origin])] = Look(float(cell.font.sz or 0.0), bool(cell.font.b))
            if made[origin].printed or rating_of_fill(made[origin].fill):
                out.cells[rows[at[0]], columns[at[1]]] = made[origin]
        return out

    def notes(self) -> list[str]:
        """What of the sheet was not read, worded for people."""
        out = []
        if self._hidden_rows:
            out.append(f"hidden rows left out: {_listed([str(r) for r in sorted(self._hidden_rows)])}")
        if self._hidden_columns:
            out.append(f"hidden columns left out: {_listed([get_column_letter(c) for c in sorted(self._hidden_columns)])}")
        if self._uncalculated:
            count = f"{len(self._uncalculated)} formula{'s' if len(self._uncalculated) > 1 else ''}"
            out.append(f"{count} not calculated, so without value: {_listed(self._uncalculated)}; open the file in Excel and save it")
        if self._comments:
            out.append(f"{self._comments} cell comments left out")
        charts, pictures = len(self._sheet._charts), len(self._sheet._images)
        out += [f"{charts} charts not read"] if charts else []
        out += [f"{pictures} pictures not read"] if pictures else []
        return out

    def _holds(self, cell: Any) -> bool:
        """Whether a cell says something, or shows a rating by its colour."""
        if cell.value is not None and str(cell.value).strip():
            return True
        if self._formulas is not None and cell.data_type == "n":
            formula = self._formulas._cells.get((cell.row, cell.column))
            if formula is not None and formula.data_type == "f":
                self._uncalculated.append(cell.coordinate)
                return True
        return rating_of_fill(self._fills.of(cell)) is not None

    def _spans(self, values: dict[tuple[int, int], Any]) -> dict[tuple[int, int], tuple[int, int]]:
        """Every position with content → the cell it shows: itself, or the first cell of its merged area."""
        out = {at: at for at in values}
        last = max((r for r, _ in values), default=0), max((c for _, c in values), default=0)
        for area in self._sheet.merged_cells.ranges:
            origin = (area.min_row, area.min_col)
            if origin in values:
                for r in range(area.min_row, min(area.max_row, last[0]) + 1):
                    for c in range(area.min_col, min(area.max_col, last[1]) + 1):
                        out[r, c] = origin
        return out

    def _hidden_of(self, columns: set[int]) -> set[int]:
        """The hidden columns; openpyxl keeps a run of columns of one width as one entry."""
        hidden: set[int] = set()
        for dimension in self._sheet.column_dimensions.values():
            if dimension.hidden:
                hidden |= {c for c in columns if (dimension.min or 0) <= c <= (dimension.max or 0)}
        return hidden

    def _cell(self, cell: Any) -> Cell:
        text = shown(cell.value, cell.number_format)
        self._comments += cell.comment is not None
        lines = cell_lines([Text(text, self._number)]) if text.strip() else ()
        return Cell(Printed(lines), ((self._number, None),), self._fills.of(cell), address=cell.coordinate)


def _shown(indices: set[int], hidden: set[int]) -> list[int]:
    """All indices from the first to the last that are not hidden, so that gaps stay gaps; wide gaps are narrowed to two."""
    out: list[int] = []
    for index in sorted(indices - hidden):
        if out:
            gap = [i for i in range(out[-1] + 1, min(index, out[-1] + 3)) if i not in hidden]
            out.extend(gap)
        out.append(index)
    return out


def _listed(names: list[str]) -> str:
    return ", ".join(names[:_NAMED]) + (f" and {len(names) - _NAMED} more" if len(names) > _NAMED else "")
