"""Plain text, including machine extractions of plans in which a table row is a line of tab-separated cells.

A form feed starts a new page. Consecutive tab-separated lines are one grid; cells carry neither boxes nor colours.
"""

from __future__ import annotations

import re
from pathlib import Path

from ingest.errors import UnreadableFile
from ingest.layout.glyphs import plain
from ingest.readers.encoding import decoded, is_text
from ingest.source import Grid, Source, SourcePage
from ingest.types import Block, Cell, Line, PageInfo, Place, Printed

FORMAT = "text"
SUFFIXES = (".txt", ".text")

_MARKUP = re.compile(r"</?(?:b|i|u|p|br|strong|em|sup|sub)\s*/?>", re.IGNORECASE)
_LATEX = {
    r"\Leftrightarrow": "⇔", r"\leftrightarrow": "↔", r"\iff": "⇔", r"\Uparrow": "⇑", r"\uparrow": "↑",
    r"\Downarrow": "⇓", r"\downarrow": "↓", r"\rightarrow": "→", r"\Rightarrow": "⇒",
}  # fmt: skip


def accepts(data: bytes, suffix: str) -> bool:
    """Whether the bytes look like text, in any of the encodings that are told apart."""
    return is_text(data)


def read(path: Path, data: bytes, sha256: str) -> Source:
    """Read a text file. A form feed starts a new page."""
    whole, note = decoded(data)
    pages = tuple(_page(path.name, n, text, note if n == 1 else None) for n, text in enumerate(whole.split("\f"), start=1))
    if not any(p.items for p in pages):
        raise UnreadableFile(f"cannot read {path.name!r}: there is no text in it; export or copy it again")
    return Source(path.name, sha256, FORMAT, pages)


def _page(name: str, number: int, text: str, note: str | None) -> SourcePage:
    items: list[Block | Grid] = []
    rows: list[list[str]] = []
    for line in [*text.splitlines(), ""]:
        if "\t" in line:
            rows.append([clean(cell) for cell in line.split("\t")])
            continue
        if rows:
            items.append(_grid(number, rows))
            rows = []
        if line.strip():
            items.append(_block(name, number, clean(line)))
    status = "text" if items else "blank"
    return SourcePage(PageInfo(number, status, tables=sum(isinstance(i, Grid) for i in items), note=note), text, tuple(items))  # type: ignore[arg-type]


def clean(text: str) -> str:
    """A cell or line without the mark-up that extraction programs leave; LaTeX arrows become the arrow."""
    for command, arrow in _LATEX.items():
        text = text.replace(command, arrow)
    text = _MARKUP.sub(" ", text).replace("**", "").replace("$", "")
    return " ".join(plain(text).split())


def _grid(number: int, rows: list[list[str]]) -> Grid:
    width = max(len(r) for r in rows)
    cells = tuple(tuple(Cell(Printed((Line(t, number),) if t else ())) for t in r + [""] * (width - len(r))) for r in rows)
    return Grid(number, None, cells)


def _block(name: str, number: int, text: str) -> Block:
    heading = re.match(r"#+\s+", text)
    body = text[heading.end() :] if heading else text
    level = heading.group().count("#") if heading else 0
    return Block("heading" if heading else "paragraph", Place(name, number), Printed((Line(body, number),)), level=level)
