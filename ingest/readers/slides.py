"""Slides (.pptx): python-pptx opens the package. A slide is a page, its title a heading; charts are read as tables of their data.

Hidden slides and speaker notes are left out, and the page says so.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PythonPptxError

from ingest.errors import EmptyFile, UnreadableFile
from ingest.layout.card_regions import cards_on
from ingest.layout.cards import Card, card_grid, read_card
from ingest.layout.glyphs import plain
from ingest.layout.words import Word
from ingest.readers.blocks import Piece, Text, cell_lines, page_text, with_blocks
from ingest.readers.drawing import A, Theme, arrow, solid, theme_of, unless_white
from ingest.readers.package import checked, metadata, office_kind
from ingest.source import Grid, Source, SourcePage
from ingest.types import Block, Box, Cell, Line, PageInfo, Printed

FORMAT = "pptx"
SUFFIXES = (".pptx", ".pptm", ".ppsx")

_POINT = 12700  # English metric units in a point
_TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.VERTICAL_TITLE)
_FURNITURE = (PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER)
_DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
_ROW = 6.0  # points by which shapes that stand side by side may differ in height
_LEADING = 1.2  # height of a line of text against its type size
_USUAL = 18.0  # points: the size of slide text that names none


def accepts(data: bytes, suffix: str) -> bool:
    """Whether the bytes are a package of slides, whatever the file is called."""
    return office_kind(data) == "slides"


def read(path: Path, data: bytes, sha256: str) -> Source:
    """Read slides. Raises UnreadableFile where the file is damaged or unsafe, EmptyFile where nothing is written on any slide."""
    package = checked(path.name, data)
    try:
        deck = Presentation(io.BytesIO(package))
        size = (float(deck.slide_width or 0) / _POINT, float(deck.slide_height or 0) / _POINT)
        slides = [_Slide(slide, number) for number, slide in enumerate(deck.slides, start=1)]
        found = [list(slide.pieces()) for slide in slides]
    except (PythonPptxError, KeyError, ValueError, AttributeError, TypeError, IndexError, etree.XMLSyntaxError) as error:
        raise UnreadableFile(
            f"cannot read {path.name!r}: the file of slides is damaged ({error}); open it in PowerPoint and save it again"
        ) from error
    if not any(found):
        raise EmptyFile(f"cannot read {path.name!r}: there is no text on its slides; if they are pictures, save it as PDF and ingest that")
    made = iter(with_blocks(path.name, [piece for pieces in found for piece in pieces]))
    pages = tuple(_page(slide, size, [next(made) for _ in pieces]) for slide, pieces in zip(slides, found, strict=True))
    title, author = metadata(package)
    return Source(path.name, sha256, FORMAT, pages, title=title, author=author)


def _page(slide: _Slide, size: tuple[float, float], items: list[Block | Grid]) -> SourcePage:
    tables = sum(isinstance(item, Grid) for item in items)
    status = "text" if items else "blank"
    info = PageInfo(slide.number, status, *size, tables=tables, note="; ".join(slide.left_out()) or None)  # type: ignore[arg-type]
    return SourcePage(info, page_text(items), tuple(items))


class _Slide:
    """One slide, read shape by shape."""

    def __init__(self, slide: Any, number: int) -> None:
        self.number = number
        self._slide = slide
        self._hidden = slide.element.get("show") in ("0", "false")
        master = next((r.target_part for r in slide.slide_layout.slide_master.part.rels.values() if r.reltype.endswith("/theme")), None)
        self._theme: Theme = theme_of(getattr(master, "blob", None))

    def left_out(self) -> list[str]:
        """What of the slide was not read."""
        if self._hidden:
            return ["hidden slide: left out"]
        notes = self._slide.notes_slide.notes_text_frame if self._slide.has_notes_slide else None
        return ["speaker notes left out"] if notes is not None and notes.text.strip() else []

    def pieces(self) -> Iterator[Piece]:
        """Title first, then the shapes row by row, each from the left."""
        if self._hidden:
            return
        shapes = list(_flat(self._slide.shapes))
        tables = [s for s in shapes if getattr(s, "has_table", False) and s.has_table]
        marks = [s for s in shapes if not _said(s) and _is_mark(s)]
        ordered = sorted(shapes, key=lambda s: (not _is_title(s), *_row_of(s)))
        carded: dict[int, Card | None] = {id(s): card for s in ordered if (card := self._card_of(s)) is not None}
        cards = card_grid(self.number, [card for card in carded.values() if card])
        if cards is None and (loose := self._loose_cards(ordered)) is not None:
            cards, carded = loose
        for shape in ordered:
            if cards is not None and id(shape) in carded:
                yield from [cards] if id(shape) == next(iter(carded)) else []
            elif shape in tables:
                yield self._table(shape, marks)
            elif getattr(shape, "has_chart", False) and shape.has_chart:
                yield from self._chart(shape)
            elif getattr(shape, "has_text_frame", False) and shape.has_text_frame:
                yield from self._texts(shape)
            else:
                yield from self._diagram(shape)

    def _card_of(self, shape: Any) -> Card | None:
        """The KPI card that the text of a shape makes."""
        if not _said(shape) or _is_title(shape):
            return None
        rows = [row for text in _paragraphs(shape.text_frame, self.number, outlined=False) for row in text.text.split("\n") if row.strip()]
        card = read_card(
            [Cell(Printed((Line(" ".join(row.split()), self.number, _box(shape)),)), ((self.number, _box(shape)),)) for row in rows]
        )
        if card is not None:
            card.fill = unless_white(solid(getattr(shape._element, "spPr", None), self._theme))
        return card

    def _loose_cards(self, shapes: list[Any]) -> tuple[Grid, dict[int, Card | None]] | None:
        """The KPI cards that text boxes beside and below one another make, with the shapes they are made of."""
        words: list[Word] = []
        of: dict[int, int] = {}
        for shape in (s for s in shapes if _said(s) and not _is_title(s) and _box(s)):
            texts = list(_paragraphs(shape.text_frame, self.number, outlined=False))
            x0, top, x1, _ = _box(shape) or (0.0, 0.0, 0.0, 0.0)
            for i, text in enumerate(texts):
                words.append(Word(text.text, (x0, top + _LEADING * text.size * i, x1, top + _LEADING * text.size * (i + 1)), text.size))
                of[id(words[-1])] = id(shape)
        found = cards_on(self.number, words, [])
        return (found.grid, dict.fromkeys(of[id(w)] for w in found.words)) if found else None

    def _texts(self, shape: Any) -> Iterator[Text]:
        kind = shape.placeholder_format.type if shape.is_placeholder else None
        said = shape.text_frame.text.strip()
        if kind in _FURNITURE or said == str(self.number):
            return
        title = kind in _TITLES
        outlined = kind in (PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT)
        for text in _paragraphs(shape.text_frame, self.number, outlined=outlined):
            yield replace(text, level=1 if title else 0, bullet=text.bullet and not title, box=_box(shape))

    def _table(self, frame: Any, marks: list[Any]) -> Grid:
        table = frame.table
        tops = _edges(frame.top or 0, [row.height for row in table.rows])
        lefts = _edges(frame.left or 0, [column.width for column in table.columns])
        made: dict[tuple[int, int], Cell] = {}
        rows: list[tuple[Cell | None, ...]] = []
        for r, row in enumerate(table.rows):
            for c, cell in enumerate(row.cells):
                if cell.is_spanned:
                    continue
                box = (lefts[c], tops[r], lefts[min(c + cell.span_width, len(lefts) - 1)], tops[min(r + cell.span_height, len(tops) - 1)])
                value = self._cell(cell, tuple(v / _POINT for v in box), [m for m in marks if _inside(m, box)])  # type: ignore[arg-type]
                for y in range(r, r + (cell.span_height if cell.is_merge_origin else 1)):
                    for x in range(c, c + (cell.span_width if cell.is_merge_origin else 1)):
                        made[y, x] = value
            rows.append(tuple(made.get((r, c)) for c in range(len(row.cells))))
        return Grid(self.number, _box(frame), tuple(rows), whole=True, header=int(bool(table.first_row)))

    def _cell(self, cell: Any, box: Box, marks: list[Any]) -> Cell:
        """A cell; a coloured or arrow-shaped mark that lies on it belongs to it."""
        texts = list(_paragraphs(cell.text_frame, self.number, outlined=False))
        texts += [Text(glyph, self.number) for mark in marks if (glyph := _arrow(mark))]
        fill = unless_white(solid(cell._tc.tcPr, self._theme))
        fills = {unless_white(solid(mark._element.spPr, self._theme)) for mark in marks if not _arrow(mark)} - {None}
        blobs = {c for p in cell.text_frame.paragraphs for c in _blob_colours(p, self._theme)}
        fill = fill or next(iter(fills), None) or (blobs.pop() if len(blobs) == 1 else None)
        return Cell(Printed(cell_lines(texts)), ((self.number, _rounded(box)),), fill)

    def _chart(self, frame: Any) -> Iterator[Piece]:
        """A chart's data as a table: a row for each category, a column for each series."""
        chart = frame.chart
        if chart.has_title and chart.chart_title.has_text_frame and chart.chart_title.text_frame.text.strip():
            yield Text(chart.chart_title.text_frame.text, self.number, box=_box(frame))
        for plot in chart.plots:
            names = [str(name) for name in plot.categories]
            series = list(plot.series)
            head = ("", *(str(s.name) for s in series))
            rows = [head, *((name, *(_number(s.values, i) for s in series)) for i, name in enumerate(names))]
            cells = tuple(tuple(self._plain_cell(text) for text in row) for row in rows)
            if names and series:
                yield Grid(self.number, _box(frame), cells, whole=True, header=1)

    def _plain_cell(self, text: str) -> Cell:
        return Cell(Printed(cell_lines([Text(text, self.number)])), ((self.number, None),))

    def _diagram(self, shape: Any) -> Iterator[Text]:
        """The texts of a SmartArt diagram, which python-pptx does not open."""
        for ids in shape._element.iter(f"{{{_DIAGRAM}}}relIds"):
            part = self._slide.part.related_part(next(v for k, v in ids.attrib.items() if k.endswith("}dm")))
            root = etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False))
            for body in root.iter(f"{{{_DIAGRAM}}}t"):
                said = " ".join("".join(t.text or "" for t in p.iter(f"{A}t")) for p in body.iter(f"{A}p")).strip()
                if said:
                    yield Text(said, self.number, bullet=True, box=_box(shape))


def _flat(shapes: Iterable[Any]) -> Iterator[Any]:
    """All shapes, those in groups too."""
    for shape in shapes:
        if hasattr(shape, "shapes"):
            yield from _flat(shape.shapes)
        else:
            yield shape


def _row_of(shape: Any) -> tuple[int, float]:
    return round((shape.top or 0) / _POINT / _ROW), float(shape.left or 0)


def _is_title(shape: Any) -> bool:
    return bool(shape.is_placeholder and shape.placeholder_format.type in _TITLES)


def _said(shape: Any) -> str:
    return shape.text_frame.text.strip() if getattr(shape, "has_text_frame", False) and shape.has_text_frame else ""


def _is_mark(shape: Any) -> bool:
    return getattr(shape._element, "spPr", None) is not None and shape._element.spPr.find(f"{A}prstGeom") is not None


def _arrow(shape: Any) -> str | None:
    return arrow(shape._element.spPr.find(f"{A}prstGeom").get("prst"), float(shape.rotation or 0))


def _inside(shape: Any, box: tuple[float, ...]) -> bool:
    x = (shape.left or 0) + (shape.width or 0) / 2
    y = (shape.top or 0) + (shape.height or 0) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _edges(start: int, sizes: list[int]) -> list[float]:
    out = [float(start)]
    for size in sizes:
        out.append(out[-1] + size)
    return out


def _box(shape: Any) -> Box | None:
    if shape.left is None or shape.top is None:
        return None
    return _rounded((shape.left / _POINT, shape.top / _POINT, (shape.left + shape.width) / _POINT, (shape.top + shape.height) / _POINT))


def _rounded(box: Box) -> Box:
    return (round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1))


def _paragraphs(frame: Any, page: int, *, outlined: bool) -> Iterator[Text]:
    """The paragraphs of a text frame; those of an outline are bulleted unless they say otherwise."""
    for paragraph in frame.paragraphs:
        said = "".join(_run_text(child) for child in paragraph._p).strip()
        if not said:
            continue
        properties = paragraph._p.pPr
        marks = {etree.QName(c).localname for c in properties} if properties is not None else set()
        bullet = bool(marks & {"buChar", "buAutoNum", "buBlip"}) or (outlined and "buNone" not in marks)
        runs = [run for run in paragraph.runs if any(c.isalnum() for c in run.text)]
        size = max((run.font.size.pt for run in runs if run.font.size), default=paragraph.font.size.pt if paragraph.font.size else _USUAL)
        yield Text(said, page, size, bool(runs) and all(run.font.bold for run in runs), bullet=bullet)


def _run_text(element: Any) -> str:
    """The text of a run, field or line break, with the signs of symbol fonts as what they look like."""
    if element.tag == f"{A}br":
        return "\n"
    if element.tag not in (f"{A}r", f"{A}fld"):
        return ""
    symbols = element.find(f"{A}rPr/{A}sym")
    text = "".join(t.text or "" for t in element.iter(f"{A}t"))
    latin = element.find(f"{A}rPr/{A}latin")
    font = next((f.get("typeface", "") for f in (latin, symbols) if f is not None), "")
    if re.match(r"wingdings|symbol", font, re.IGNORECASE) and (latin is not None or any(0xF000 <= ord(c) <= 0xF0FF for c in text)):
        text = "".join(chr(0xF000 + ord(c)) if 0x20 < ord(c) < 0x100 else c for c in text)
    return plain(text, font)


def _blob_colours(paragraph: Any, theme: Theme) -> Iterator[str]:
    """The colours of runs that are nothing but signs, such as blobs."""
    for run in paragraph.runs:
        colour = solid(run._r.rPr, theme)
        if colour and run.text.strip() and not any(c.isalnum() for c in run.text):
            yield colour


def _number(values: Any, index: int) -> str:
    value = values[index] if index < len(values) else None
    return "" if value is None else f"{value:g}"
