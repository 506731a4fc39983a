"""Word documents (.docx): python-docx opens the package; the text is read as it prints with all tracked changes accepted.

Comments are left out. Footnotes and endnotes follow the paragraph or table that refers to them. Word files hold no pages but those
that Word noted when it last laid the document out; without that note, pages are None.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from lxml import etree

from ingest.errors import EmptyFile, UnreadableFile
from ingest.readers.blocks import Piece, page_text, with_blocks
from ingest.readers.drawing import A, theme_of
from ingest.readers.package import checked, metadata, office_kind
from ingest.readers.word_numbering import Numbering, W
from ingest.readers.word_table import Tables, as_texts, cells_of, content_of, is_frame, rows_of
from ingest.readers.word_text import Paragraph, Styles, Texts
from ingest.source import Grid, Source, SourcePage
from ingest.types import PageInfo

FORMAT = "docx"
SUFFIXES = (".docx", ".docm")

_PAGE_NUMBER = re.compile(r"^(?:page)?\s*\d*\s*(?:(?:of|/|\|)\s*\d*)?$", re.IGNORECASE)
_LAID_OUT = b"lastRenderedPageBreak"


def accepts(data: bytes, suffix: str) -> bool:
    """Whether the bytes are a Word package, whatever the file is called."""
    return office_kind(data) == "word"


def read(path: Path, data: bytes, sha256: str) -> Source:
    """Read a Word document. Raises UnreadableFile where it is damaged or unsafe, EmptyFile where nothing is written in it."""
    package = checked(path.name, data)
    try:
        document = docx.Document(io.BytesIO(package))
        walk = _Walk(document)
        walk.run()
    except (PackageNotFoundError, KeyError, ValueError, AttributeError, TypeError, etree.XMLSyntaxError, RecursionError) as error:
        raise UnreadableFile(f"cannot read {path.name!r}: the Word file is damaged ({error}); open it in Word and save it again") from error
    if not walk.pieces:
        what = "only pictures" if walk.pictures else "no text"
        raise EmptyFile(f"cannot read {path.name!r}: there is {what} in it; if it holds scanned pages, save it as PDF and ingest that")
    title, author = metadata(package)
    pages = _pages(path.name, walk)
    return Source(path.name, sha256, FORMAT, pages, title=title, author=author)


def _pages(name: str, walk: _Walk) -> tuple[SourcePage, ...]:
    """One page a laid-out page; a document that was never laid out is one page."""
    made = with_blocks(name, walk.pieces)
    count = max([p for p in walk.places if p is not None], default=1)
    pages = []
    for number in range(1, count + 1):
        items = tuple(item for item, place in zip(made, walk.places, strict=True) if (place or 1) == number)
        note = "; ".join(walk.left_out) if number == 1 and walk.left_out else None
        tables = sum(isinstance(item, Grid) for item in items)
        pages.append(SourcePage(PageInfo(number, "text" if items else "blank", tables=tables, note=note), page_text(items), items))
    return tuple(pages)


@dataclass
class _Walk:
    """Goes through one document from header to footer."""

    document: Any
    pieces: list[Piece] = field(default_factory=list)
    places: list[int | None] = field(default_factory=list)
    pictures: int = 0
    left_out: list[str] = field(default_factory=list)

    def run(self) -> None:
        """Fills `pieces`, in reading order, and `places`, the page of each."""
        parts = {str(rel.reltype).rsplit("/", 1)[-1]: rel.target_part for rel in self.document.part.rels.values() if not rel.is_external}
        styles, numbering = (_root(parts.get(name)) for name in ("styles", "numbering"))
        theme = theme_of(getattr(parts.get("theme"), "blob", None))
        self._texts = Texts(Styles(styles), Numbering(numbering), theme)
        self._tables = Tables(self._texts, theme)
        self._notes = {kind: _notes(_root(parts.get(f"{kind}s"))) for kind in ("footnote", "endnote")}
        body = self.document.element.body
        self._page = 1 if _LAID_OUT in self.document.part.blob else None
        self._titled = any(self._texts.is_title(p) for p in body.iterchildren(f"{W}p"))
        self.pictures = sum(1 for _ in body.iter(f"{A}blip"))
        self._margin("header")
        self._container(body)
        self._margin("footer")
        if "comments" in parts and len(_parsed(parts["comments"])):
            self.left_out.append("reviewers' comments left out")

    def _container(self, container: Any) -> None:
        for child in content_of(container):
            if child.tag == f"{W}p":
                self._paragraph(self._texts.read(child))
            elif is_frame(child):
                for row in rows_of(child):
                    for cell in cells_of(row):
                        self._container(cell)
            else:
                self._table(child)

    def _paragraph(self, paragraph: Paragraph) -> None:
        if self._page is not None:
            self._page += paragraph.page_breaks
        level = 1 if paragraph.looks.title else paragraph.looks.level + self._titled if paragraph.looks.level else 0
        for text in as_texts(paragraph, self._page, level):
            self._add(text)
        for box in paragraph.boxes:
            self._container(box)
        self._add_notes(paragraph.notes)
        if paragraph.hidden and "hidden text left out" not in self.left_out:
            self.left_out.append("hidden text left out")

    def _table(self, table: Any) -> None:
        notes: list[tuple[str, str]] = []
        grid, breaks = self._tables.grid(table, self._page, notes)
        if grid.rows:
            self._add(grid)
        if self._page is not None:
            self._page += breaks
        self._add_notes(notes)

    def _add(self, piece: Piece) -> None:
        self.pieces.append(piece)
        self.places.append(self._page)

    def _add_notes(self, references: list[tuple[str, str]]) -> None:
        for kind, key in references:
            for element in self._notes[kind].get(key, ()):
                self._paragraph(self._texts.read(element))

    def _margin(self, kind: str) -> None:
        """Headers stand at the beginning and footers at the end, each wording once; page numbers are dropped."""
        said: set[str] = set()
        for part in dict.fromkeys(r.target_part for r in self.document.part.rels.values() if str(r.reltype).endswith(f"/{kind}")):
            for element in _parsed(part).iter(f"{W}p"):
                paragraph = self._texts.read(element)
                if paragraph.text not in said and not _PAGE_NUMBER.match(paragraph.text):
                    said.add(paragraph.text)
                    self._paragraph(paragraph)


def _root(part: Any | None) -> Any | None:
    """The root element of a part of the package, None where there is no such part."""
    return None if part is None else _parsed(part)


def _parsed(part: Any) -> Any:
    element = getattr(part, "element", None)
    return element if element is not None else etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False, huge_tree=False))


def _notes(root: Any | None) -> dict[str, list[Any]]:
    """Footnotes or endnotes by id: their paragraphs. Separators, which Word keeps among them, are left out."""
    if root is None:
        return {}
    return {note.get(f"{W}id", ""): list(note.iter(f"{W}p")) for note in root if note.get(f"{W}type") in (None, "normal")}
