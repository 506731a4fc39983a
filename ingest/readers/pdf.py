"""PDF: pypdf opens the file (encryption, metadata, outline, text); pdfplumber finds words and ruled tables; pdfium paints the fills."""

from __future__ import annotations

import io
import itertools
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pdfplumber
import pypdfium2
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from ingest.errors import EncryptedFile, UnreadableFile
from ingest.layout.cells import cell_lines
from ingest.layout.glyphs import plain
from ingest.layout.words import Word, lines_of, mended
from ingest.source import Grid, Source, SourcePage, TextLine
from ingest.types import Box, Cell, PageInfo, Printed

FORMAT = "pdf"
SUFFIXES = (".pdf",)

_MAGIC = b"%PDF-"
_WORD_GAP = 2.0  # points between characters that still belong to one word, at usual text sizes
_INSET = 3  # points of a cell's edge left out when its colour is read: the ruling lines are there
_MIN_CELLS = 2  # a "table" of one cell is a frame around text, not a table


def accepts(data: bytes, suffix: str) -> bool:
    """Whether the first kilobyte is that of a PDF (readers allow some bytes before the marker), whatever the file is called."""
    return _MAGIC in data[:1024]


def read(path: Path, data: bytes, sha256: str) -> Source:
    """Read a PDF. Raises EncryptedFile where a password is needed, UnreadableFile where the file is damaged."""
    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it reports font trifles, page by page
    logging.getLogger("pypdf").setLevel(logging.ERROR)
    reader = _open(path, data)
    pages = tuple(_pages(path, data, reader))
    title, author = _metadata(reader)
    return Source(path.name, sha256, FORMAT, pages, title=title, author=author, outline=tuple(_outline(reader)))


def _open(path: Path, data: bytes) -> PdfReader:
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise EncryptedFile(f"cannot read {path.name!r}: it is protected by a password; save a copy without one and ingest that")
        if not len(reader.pages):
            raise UnreadableFile(f"cannot read {path.name!r}: the PDF has no pages; export it again from the program that made it")
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as error:
        raise UnreadableFile(
            f"cannot read {path.name!r}: the PDF is damaged ({error}); open it in a viewer and save or print it anew"
        ) from error
    return reader


def _metadata(reader: PdfReader) -> tuple[str | None, str | None]:
    meta = reader.metadata
    if meta is None:
        return None, None
    return (str(meta.title).strip() or None) if meta.title else None, (str(meta.author).strip() or None) if meta.author else None


def _outline(reader: PdfReader) -> Iterator[str]:
    def walk(items: list[Any]) -> Iterator[str]:
        for item in items:
            if isinstance(item, list):
                yield from walk(item)
            elif getattr(item, "title", None):
                yield str(item.title)

    try:
        yield from walk(reader.outline)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError):
        return  # an outline is a convenience; a broken one loses no content


def _pages(path: Path, data: bytes, reader: PdfReader) -> Iterator[SourcePage]:
    try:
        plumber = pdfplumber.open(io.BytesIO(data))
        painter = pypdfium2.PdfDocument(data)
    except Exception as error:  # pdfminer and pdfium raise bare and unrelated types for damaged files
        raise UnreadableFile(
            f"cannot read {path.name!r}: the PDF is damaged ({error}); open it in a viewer and save or print it anew"
        ) from error
    with plumber:
        for number, page in enumerate(plumber.pages, start=1):
            yield _page(number, page, painter, _text(reader, number))
            page.close()
    painter.close()


def _text(reader: PdfReader, number: int) -> str:
    try:
        return plain(reader.pages[number - 1].extract_text() or "")
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        return ""  # the layout library reads the page all the same; the status says what came of it


def _page(number: int, page: Any, painter: pypdfium2.PdfDocument, text: str) -> SourcePage:
    raw = page.extract_words(x_tolerance=_WORD_GAP, extra_attrs=["fontname", "size"], keep_blank_chars=False)
    words = mended([_word(w) for w in raw])
    size = (float(page.width), float(page.height))
    if not words:
        status = "needs_ocr" if page.images else "blank"
        note = "a picture without text: needs OCR" if page.images else "nothing printed"
        return SourcePage(PageInfo(number, status, *size, note=note), "", ())  # type: ignore[arg-type]
    grids, inside = _grids(number, page, painter, words)
    lines = [_text_line(number, line) for line in lines_of([w for i, w in enumerate(words) if i not in inside])]
    items: list[TextLine | Grid] = [*lines, *grids]
    items.sort(key=lambda item: (item.box or (0, 0, 0, 0))[1])
    return SourcePage(PageInfo(number, "text", *size, tables=len(grids)), text, tuple(items))


def _word(raw: dict[str, Any]) -> Word:
    font = str(raw["fontname"])
    return Word(plain(raw["text"], font), (raw["x0"], raw["top"], raw["x1"], raw["bottom"]), float(raw["size"]), "bold" in font.lower())


def _text_line(number: int, words: list[Word]) -> TextLine:
    boxes = [w.box for w in words]
    box = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
    return TextLine(
        " ".join(w.text for w in words),
        number,
        _rounded(box),
        size=max(w.size for w in words),
        bold=all(w.bold for w in words if w.text[:1].isalnum()) and any(w.bold for w in words),
        first_word_width=boxes[0][2] - boxes[0][0],
    )


def _grids(number: int, page: Any, painter: pypdfium2.PdfDocument, words: list[Word]) -> tuple[list[Grid], set[int]]:
    """The ruled tables of a page, and the indices of the words that stand in them."""
    tables = page.find_tables() if page.rects or page.lines or page.curves else []
    tables = [t for t in tables if len(t.cells) >= _MIN_CELLS]
    if not tables:
        return [], set()
    palette = _palette(painter[number - 1])
    inside: set[int] = set()
    grids: list[Grid] = []
    for table in tables:
        owned = {i: w for i, w in enumerate(words) if i not in inside and _holds(table.bbox, w)}
        grid = _grid(number, table, list(owned.values()), palette)
        if _is_frame(grid):
            continue
        inside.update(owned)
        grids.append(grid)
    return grids, inside


def _is_frame(grid: Grid) -> bool:
    """Whether the ruling lines only frame running text: no row has text in more than one cell."""
    return all(len({id(c) for c in row if c and c.printed}) <= 1 for row in grid.rows)


def _holds(box: Box, word: Word) -> bool:
    x, y = word.centre
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _grid(number: int, table: Any, words: list[Word], palette: np.ndarray) -> Grid:
    edges = sorted({_snap(b[0], table.cells, 0) for b in table.cells} | {_snap(b[2], table.cells, 2) for b in table.cells})
    edges = _merge_close(edges)
    tops = _merge_close(sorted({b[1] for b in table.cells} | {b[3] for b in table.cells}))
    cells = {box: _cell(number, box, words, palette) for box in table.cells}
    rows: list[tuple[Cell | None, ...]] = []
    for top, bottom in itertools.pairwise(tops):
        y = (top + bottom) / 2
        row = tuple(_covering(cells, (x0 + x1) / 2, y) for x0, x1 in itertools.pairwise(edges))
        if any(row):
            rows.append(row)
    return Grid(number, _rounded(table.bbox), tuple(rows), tuple(round(e, 1) for e in edges))


def _snap(x: float, cells: list[Box], side: int) -> float:
    return min((c[side] for c in cells if abs(c[side] - x) < 1), default=x)


def _merge_close(values: list[float], tolerance: float = 2.0) -> list[float]:
    """Sorted positions with those nearer than `tolerance` points taken as one."""
    out: list[float] = []
    for value in values:
        if not out or value - out[-1] > tolerance:
            out.append(value)
    return out


def _covering(cells: dict[Box, Cell], x: float, y: float) -> Cell | None:
    return next((cell for box, cell in cells.items() if box[0] <= x <= box[2] and box[1] <= y <= box[3]), None)


def _cell(number: int, box: Box, words: list[Word], palette: np.ndarray) -> Cell:
    owned = [w for w in words if _holds(box, w)]
    return Cell(Printed(cell_lines(owned, box, number)), boxes=((number, _rounded(box)),), fill=_fill(palette, box))


def _palette(page: pypdfium2.PdfPage) -> np.ndarray:
    """The page as painted at one pixel a point: an array (height, width) of colours 0xRGB in steps of 16 a channel."""
    picture = np.asarray(page.render(scale=1.0).to_pil().convert("RGB")).astype(np.int32) >> 4
    palette: np.ndarray = (picture[..., 0] << 8) | (picture[..., 1] << 4) | picture[..., 2]
    return palette


def _fill(palette: np.ndarray, box: Box) -> str | None:
    """The commonest colour inside the cell as painted; None for (nearly) white."""
    x0, top, x1, bottom = (round(v) for v in box)
    area = palette[top + _INSET : max(bottom - _INSET, top + _INSET + 1), x0 + _INSET : max(x1 - _INSET, x0 + _INSET + 1)]
    if not area.size:
        return None
    colour = f"{int(np.bincount(area.ravel()).argmax()):03x}"
    return None if colour == "fff" else "#" + "".join(digit + "0" for digit in colour)


def _rounded(box: Box) -> Box:
    return (round(float(box[0]), 1), round(float(box[1]), 1), round(float(box[2]), 1), round(float(box[3]), 1))
