"""PDF: pypdf opens the file (encryption, metadata, outline, text); pdfplumber finds words and ruled tables; pdfium paints the fills."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pdfplumber
import pypdfium2
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import NameObject

from ingest.errors import EmptyFile, EncryptedFile, UnreadableFile
from ingest.layout.columns import in_reading_order
from ingest.layout.glyphs import plain
from ingest.layout.grids import Palette, grid_of, rounded
from ingest.layout.words import Word, holds, least_sure, lines_of, mended
from ingest.readers import ocr
from ingest.readers.pdf_tables import Trail, on_page, palette_of, tables_on
from ingest.source import Grid, Source, SourcePage, TextLine, plain_text
from ingest.types import Box, PageInfo, union

FORMAT = "pdf"
SUFFIXES = (".pdf",)

_MAGIC = b"%PDF-"
_WORD_GAP = 2.0  # points between characters that still belong to one word, at usual text sizes
_NOWHERE = (0.0, 0.0, 0.0, 0.0)
_FEW_WORDS = 30  # up to which a page covered by a picture may be a scan with a typed page number
_MOST_OF_IT = 0.5  # of the page's area
_SOME_INK = 0.01  # share of a page without text from which something to read may be painted on it
_OUTLINES = 50  # curves from which a page without text may have its letters drawn


def accepts(data: bytes, suffix: str) -> bool:
    """Whether the first kilobyte is that of a PDF (readers allow some bytes before the marker), whatever the file is called."""
    return _MAGIC in data[:1024]


def read(path: Path, data: bytes, sha256: str) -> Source:
    """Read a PDF. Raises EncryptedFile where a password is needed, UnreadableFile where the file is damaged."""
    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it reports font trifles, page by page
    logging.getLogger("pypdf").setLevel(logging.ERROR)
    reader = _open(path, data)
    pages = tuple(_pages(path, data, reader))
    if not any(page.items or page.info.status == "needs_ocr" for page in pages):
        raise EmptyFile(
            f"cannot read {path.name!r}: there is no text on its pages, to read or to recognise; check that it is the right file"
        )
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
    plumber, painter = _layout(path, data)
    layers = _has_hidden_layers(reader)
    trail = Trail()
    with plumber, closing(painter):
        for number, page in enumerate(plumber.pages, start=1):
            turn = _sideways(page)
            typed = _typed_in(reader, number, turn)
            if turn:
                upright, one = _layout(path, _turned(reader, number, turn))
                with upright, closing(one):
                    yield _page(number, upright.pages[0], one[0], typed, trail, turned=turn, veiled=layers)
            else:
                yield _page(number, page, painter[number - 1], typed, trail, veiled=layers)
            page.close()


def _has_hidden_layers(reader: PdfReader) -> bool:
    """Whether the file switches layers of its content off: their text is in the file but not on the page."""
    layers = reader.root_object.get("/OCProperties")
    return bool(layers and layers.get_object().get("/D", {}).get_object().get("/OFF"))


def _layout(path: Path, data: bytes) -> tuple[Any, pypdfium2.PdfDocument]:
    try:
        return pdfplumber.open(io.BytesIO(data)), pypdfium2.PdfDocument(data)
    except Exception as error:  # pdfminer and pdfium raise bare and unrelated types for damaged files
        remedy = "open it in a viewer and save or print it anew"
        raise UnreadableFile(f"cannot read {path.name!r}: the PDF is damaged ({error}); {remedy}") from error


def _sideways(page: Any) -> int:
    """By how many degrees clockwise the page must be turned for most of its text to stand upright: 0, 90 or 270."""
    signs = [1 if c["matrix"][1] > 0 else -1 for c in page.chars if not c["upright"]]
    if 2 * len(signs) <= len(page.chars):
        return 0
    return 90 if sum(signs) > 0 else 270


def _turned(reader: PdfReader, number: int, degrees: int) -> bytes:
    """The page alone, turned, as a file of its own, with what the whole file says about its layers."""
    writer = PdfWriter()
    writer.add_page(reader.pages[number - 1])
    writer.pages[0].rotate(degrees)
    layers = reader.root_object.get("/OCProperties")
    if layers:
        writer.root_object[NameObject("/OCProperties")] = layers.get_object().clone(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _typed_in(reader: PdfReader, number: int, turn: int) -> list[Word]:
    """What is typed into form fields, which is not part of the page's text, at the fields' places on the page as it is displayed
    and then turned."""
    page = reader.pages[number - 1]
    left, top = float(page.mediabox.left), float(page.mediabox.top)
    size = (float(page.mediabox.width), float(page.mediabox.height))
    out: list[Word] = []
    for reference in page.get("/Annots") or []:
        field = reference.get_object()
        value = field.get("/V") or (field["/Parent"].get("/V") if "/Parent" in field else None)
        if field.get("/Subtype") != "/Widget" or not isinstance(value, str) or value.startswith("/") or not value.strip():
            continue
        x0, y0, x1, y1 = (float(v) for v in field["/Rect"])
        unturned = (min(x0, x1) - left, top - max(y0, y1), max(x0, x1) - left, top - min(y0, y1))
        box = _turned_box(unturned, size, (page.rotation + turn) % 360)
        out.append(Word(" ".join(value.split()), box, min(10.0, box[3] - box[1])))
    return out


def _turned_box(box: Box, size: tuple[float, float], degrees: int) -> Box:
    """Where a box of a page of this width and height lies when the page is turned clockwise."""
    width, height = size
    for _ in range(degrees // 90):
        box = (height - box[3], box[0], height - box[1], box[2])
        width, height = height, width
    return box


def _page(
    number: int, page: Any, painted: pypdfium2.PdfPage, typed: list[Word], trail: Trail, *, turned: int = 0, veiled: bool = False
) -> SourcePage:
    words = _words(page)
    if veiled:
        palette = palette_of(painted)
        words = [w for w in words if not palette.is_blank(w.box)]
    words += typed  # fields are no part of a layer's content, and not all of them are painted
    if not words or ocr.is_garbled(words) or _is_scan(page, words):
        seen = _seen(number, page, painted, words)
        if seen is not None:
            return seen
    size = (float(page.width), float(page.height))
    grids = tables_on(number, page, painted, words, trail)
    items = tuple(_in_order(number, words, grids))
    return SourcePage(PageInfo(number, "text", *size, tables=len(grids), turned=turned), "\n".join(map(plain_text, items)), items)


def _is_scan(page: Any, words: list[Word]) -> bool:
    """Whether a picture covers most of the page and only a few words, such as a page number, are text."""
    if len(words) > _FEW_WORDS:
        return False
    covered = max(((i["x1"] - i["x0"]) * (i["bottom"] - i["top"]) for i in page.images), default=0.0)
    return float(covered) > _MOST_OF_IT * float(page.width * page.height)


def _seen(number: int, page: Any, painted: pypdfium2.PdfPage, words: list[Word]) -> SourcePage | None:
    """A page whose text is to be seen but not in the file: read by OCR, or marked as unread; None where OCR finds no more than `words`."""
    size = (float(page.width), float(page.height))
    garbled = ocr.is_garbled(words)
    drawn = bool(page.images) or len(page.curves) > _OUTLINES or palette_of(painted).painted() > _SOME_INK  # not all pictures are listed
    if not words and not drawn:
        return SourcePage(PageInfo(number, "blank", *size), "", ())
    if not ocr.available():
        if words and not garbled:
            return None
        what = "its text layer is garbled, so it is not used" if garbled else "a picture without text"
        return SourcePage(PageInfo(number, "needs_ocr", *size, note=f"{what}: needs OCR; {ocr.INSTALL}"), "", ())
    scale = ocr.scale_for(*size)
    try:
        found = ocr.recognise(np.asarray(painted.render(scale=scale).to_pil().convert("RGB")), scale)
    except ocr.OcrError as error:
        return SourcePage(PageInfo(number, "needs_ocr", *size, note=str(error)), "", ())
    if words and not garbled and len(found.words) < 2 * len(words):
        return None
    if not found.words:
        return SourcePage(PageInfo(number, "ocr", *size, note=found.note), "", ())
    palette = Palette.of(found.picture, found.scale)
    read = list(found.words)
    grids = [grid_of(number, t.box, list(t.cells), [w for w in read if holds(t.box, w)], palette) for t in found.tables]
    items = tuple(_in_order(number, read, grids))
    info = PageInfo(number, "ocr", *size, tables=len(grids), note=found.note, turned=found.turned)
    return SourcePage(info, "\n".join(map(plain_text, items)), items)


def _words(page: Any) -> list[Word]:
    rises = _rise(page)
    attributes = ["fontname", "size", "upright"]
    if all(c["upright"] for c in page.chars):
        raw = page.extract_words(x_tolerance=_WORD_GAP, extra_attrs=attributes, keep_blank_chars=False)
        return mended([_word(w, 0, page) for w in raw])
    upright = page.filter(lambda o: o["object_type"] != "char" or o["upright"])
    turned = page.filter(lambda o: o["object_type"] != "char" or not o["upright"])
    sideways = {"line_dir_rotated": "ltr", "char_dir_rotated": "btt"} if rises > 0 else {}
    raw = upright.extract_words(x_tolerance=_WORD_GAP, extra_attrs=attributes, keep_blank_chars=False)
    for w in turned.extract_words(x_tolerance=_WORD_GAP, extra_attrs=["fontname", "upright"], keep_blank_chars=False, **sideways):
        raw.append({**w, "size": w["x1"] - w["x0"]})  # the "size" of a letter that lies on its side is its width
    return mended([_word(w, rises, page) for w in raw])


def _rise(page: Any) -> int:
    """1 where the page's sideways letters mostly run upwards, -1 where they run downwards or there are none."""
    return 1 if sum(1 if c["matrix"][1] > 0 else -1 for c in page.chars if not c["upright"]) > 0 else -1


def _word(raw: dict[str, Any], rises: int, page: Any) -> Word:
    font = str(raw["fontname"])
    box = on_page((raw["x0"], raw["top"], raw["x1"], raw["bottom"]), page)
    return Word(plain(raw["text"], font), box, float(raw["size"]), "bold" in font.lower(), 0 if raw["upright"] else rises)


def _in_order(number: int, words: list[Word], grids: list[Grid]) -> Iterator[TextLine | Grid]:
    """Tables and lines of text from top to bottom; text beside or between tables is read column by column."""
    left = [w for w in words if not any(g.box and holds(g.box, w) for g in grids)]
    for grid in sorted(grids, key=lambda g: (g.box or _NOWHERE)[1]):
        above = [w for w in left if w.centre[1] < (grid.box or _NOWHERE)[1]]
        yield from _lines(number, above)
        yield grid
        left = [w for w in left if w not in above]
    yield from _lines(number, left)


def _lines(number: int, words: list[Word]) -> Iterator[TextLine]:
    for group in in_reading_order(words):
        right = max(w.box[2] for w in group)
        for line in lines_of(group):
            yield _text_line(number, line, right)


def _text_line(number: int, words: list[Word], right: float) -> TextLine:
    return TextLine(
        " ".join(w.text for w in words),
        number,
        rounded(union([w.box for w in words]) or _NOWHERE),
        size=max(w.size for w in words),
        bold=all(w.bold for w in words if w.text[:1].isalnum()) and any(w.bold for w in words),
        first_word_width=words[0].box[2] - words[0].box[0],
        right=right,
        confidence=least_sure(words),
    )
