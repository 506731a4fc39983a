"""Web pages: lxml parses them; scripts, styles, navigation and hidden parts are dropped, tables keep their merged cells and colours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree
from lxml import html as parser

from ingest.errors import EmptyFile, UnreadableFile
from ingest.layout.glyphs import plain
from ingest.readers.blocks import Piece, Text, cell_lines, page_text, with_blocks
from ingest.readers.drawing import hex_colour, named, unless_white
from ingest.readers.encoding import decoded, is_text
from ingest.source import Grid, Source, SourcePage
from ingest.types import Cell, PageInfo, Printed

FORMAT = "html"
SUFFIXES = (".html", ".htm", ".xhtml")

_MARKS = re.compile(
    r"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|div|h[1-6]|meta|title)\b",
    re.IGNORECASE | re.DOTALL,
)
_DROPPED = {"script", "style", "noscript", "template", "head", "nav", "svg", "iframe", "object", "select", "button", "input", "textarea"}
_BLOCKS = {
    "p", "div", "section", "article", "main", "header", "footer", "aside", "blockquote", "pre", "li", "dt", "dd", "address", "figcaption",
    "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "figure", "form", "fieldset", "details", "summary", "body", "html",
    "tr", "td", "th", "caption", "hr", "center",
}  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BACKGROUND = re.compile(r"background(?:-color)?\s*:\s*([^;]+)", re.IGNORECASE)
_RGB = re.compile(r"rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)")
_WIDEST = 200  # columns: a table that claims more is damaged
_TALLEST = 2000  # rows that one cell may span


def accepts(data: bytes, suffix: str) -> bool:
    """Whether the text begins as a web page does, whatever the file is called."""
    return is_text(data) and bool(_MARKS.match(decoded(data[:8192])[0].lstrip("\ufeff")))


def read(path: Path, data: bytes, sha256: str) -> Source:
    """Read a web page as one page without number. Raises EmptyFile where it shows no text."""
    text, note = decoded(data)
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.lstrip("\ufeff"))
    try:
        root = parser.document_fromstring(text, parser=parser.HTMLParser(no_network=True, remove_comments=True, huge_tree=False))
    except (etree.ParserError, ValueError) as error:
        raise UnreadableFile(f"cannot read {path.name!r}: the web page is damaged ({error}); save it again from the browser") from error
    pieces = list(_pieces(root))
    if not pieces:
        raise EmptyFile(f"cannot read {path.name!r}: the web page shows no text; save it again from the browser, or as PDF")
    items = tuple(with_blocks(path.name, pieces))
    tables = sum(isinstance(item, Grid) for item in items)
    title = " ".join((root.findtext(".//title") or "").split()) or None
    page = SourcePage(PageInfo(1, "text", tables=tables, note=note), page_text(items), items)
    return Source(path.name, sha256, FORMAT, (page,), title=title)


def _pieces(element: Any) -> Iterator[Piece]:
    """The paragraphs, headings, list items and tables of an element in reading order."""
    held: list[str] = []
    for part in _flow(element):
        if isinstance(part, str):
            held.append(part)
            continue
        yield from _paragraph(element, held)
        held = []
        if part.tag == "table":
            yield from _table(part)
        else:
            yield from _pieces(part)
    yield from _paragraph(element, held)


def _flow(element: Any) -> Iterator[Any]:
    """Running text as strings, block elements as they are."""
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and not _unseen(child):
            if child.tag == "br":
                yield "\n"
            elif child.tag in _BLOCKS:
                yield child
            else:
                yield from _flow(child)
        yield child.tail or ""


def _unseen(element: Any) -> bool:
    hidden = element.get("hidden") is not None or element.get("aria-hidden") == "true"
    return element.tag in _DROPPED or hidden or bool(_HIDDEN.search(element.get("style", "")))


def _paragraph(element: Any, parts: list[str]) -> Iterator[Text]:
    rows = ["".join(p if p == "\n" else re.sub(r"\s+", " ", p) for p in parts)]
    said = "\n".join(line.strip() for line in plain(rows[0]).split("\n")).strip("\n")
    if not said.strip():
        return
    level = int(element.tag[1]) if re.fullmatch(r"h[1-6]", element.tag) else 0
    item = element.tag == "li" or (element.getparent() is not None and element.getparent().tag == "li" and element.tag == "p")
    number = _position(element) if element.tag == "li" and element.getparent() is not None and element.getparent().tag == "ol" else None
    bold = element.tag in ("dt", "th", "caption", "summary") or _all_bold(element)
    yield Text(said, bold=bold, level=level, bullet=item and number is None, number=number)


def _position(element: Any) -> str:
    """The number of an ordered list's item."""
    before = sum(1 for sibling in element.itersiblings("li", preceding=True))
    start = element.getparent().get("start", "1")
    return str((int(start) if start.isdigit() else 1) + before)


def _all_bold(element: Any) -> bool:
    """Whether an element's whole text is in bold."""
    own = (element.text or "").strip() or any((child.tail or "").strip() for child in element)
    return not own and len(element) > 0 and all(child.tag in ("b", "strong") for child in element)


def _table(table: Any) -> Iterator[Piece]:
    """A table as a grid; one that only lays out the page is read cell by cell."""
    rows = [row for row in table.iter("tr") if _owner(row) is table and not _unseen(row)]
    cells = [[c for c in row if isinstance(c.tag, str) and c.tag in ("td", "th") and not _unseen(c)] for row in rows]
    caption = table.find("caption")
    if caption is not None:
        yield from _pieces(caption)
    if all(len(row) < 2 for row in cells):
        for row in cells:
            for cell in row:
                yield from _pieces(cell)
        return
    grid = _grid(cells)
    header = 0
    for row, found in zip(rows, cells, strict=True):
        if row.getparent().tag != "thead" and not (found and all(c.tag == "th" for c in found)):
            break
        header += 1
    yield Grid(1, None, grid, whole=True, header=header if header < len(grid) else 0)


def _owner(row: Any) -> Any:
    return next((up for up in row.iterancestors() if up.tag == "table"), None)


def _grid(rows: list[list[Any]]) -> tuple[tuple[Cell | None, ...], ...]:
    taken: dict[tuple[int, int], Cell] = {}
    for r, row in enumerate(rows):
        c = 0
        for element in row:
            while (r, c) in taken:
                c += 1
            cell = _cell(element)
            down = min(_span(element, "rowspan"), _TALLEST, len(rows) - r)
            for y in range(r, r + down):
                for x in range(c, min(c + _span(element, "colspan"), _WIDEST)):
                    taken[y, x] = cell
    width = max((c for _, c in taken), default=-1) + 1
    return tuple(tuple(taken.get((r, c)) for c in range(width)) for r in range(len(rows)))


def _span(element: Any, name: str) -> int:
    value = element.get(name, "1").strip()
    return max(1, int(value)) if value.isdigit() else 1


def _cell(element: Any) -> Cell:
    texts: list[Text] = []
    for piece in _pieces(element):
        if isinstance(piece, Text):
            texts.append(piece)
        else:
            texts += [Text(" ".join(c.printed.flat for c in dict.fromkeys(row) if c is not None and c.printed)) for row in piece.rows]
    return Cell(Printed(cell_lines(texts)), fill=_fill(element))


def _fill(element: Any) -> str | None:
    """The background that a cell, or the one element in it, is given in place; style sheets are not followed."""
    style = _BACKGROUND.search(element.get("style", ""))
    said = style.group(1) if style else element.get("bgcolor")
    if said is None:
        return _fill(element[0]) if len(element) == 1 else None
    rgb = _RGB.search(said)
    if rgb:
        return unless_white("#" + "".join(f"{min(int(part), 255):02x}" for part in rgb.groups()))
    word = said.split()[0].strip() if said.split() else ""
    short = re.fullmatch(r"#([0-9a-fA-F]{3})", word)
    return unless_white(hex_colour("".join(c * 2 for c in short[1]) if short else word) or named(word.lower()))
