"""Paragraphs of formats that know their own (Word, slides, sheets, web pages), as blocks: by style first, else as they look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.layout.glyphs import starts_with_bullet
from ingest.layout.paragraphs import group, heading_levels
from ingest.source import Grid, Source, SourcePage, TextLine
from ingest.types import Block, Box, Cell, Line, PageInfo, Place, Printed

_LONGEST = 200  # characters: a longer bold paragraph is emphasis, not a heading
_USUAL = 11.0  # points where a file names no size at all


@dataclass(frozen=True, slots=True)
class Text:
    """One paragraph as its file gives it: `text` with "\\n" where the author broke the line; `level` of its heading style, 0 for none."""

    text: str
    page: int | None = None
    size: float = 0.0
    bold: bool = False
    level: int = 0
    bullet: bool = False
    number: str | None = None
    box: Box | None = None
    sheet: str | None = None


Piece = Text | Grid


def with_blocks(name: str, pieces: Sequence[Piece]) -> list[Block | Grid]:
    """The same pieces with each paragraph made a block. Headings that only look like headings rank below those that are styled so."""
    texts = [p for p in pieces if isinstance(p, Text)]
    body = _body(texts)
    styled = max((t.level for t in texts), default=0)
    plain = tuple(_line(t, body) for t in texts if not t.level)
    levels = heading_levels(Source(name, "", "", (SourcePage(PageInfo(1, "text"), "", plain),)), body)
    return [p if isinstance(p, Grid) else _block(name, p, body, levels, styled) for p in pieces]


def cell_lines(texts: Sequence[Text]) -> tuple[Line, ...]:
    """The paragraphs of a table cell as lines, each begun by its author, with its bullet or number."""
    out: list[Line] = []
    for text in texts:
        label = "• " if text.bullet and not starts_with_bullet(text.text) else f"{text.number} " if text.number else ""
        rows = [" ".join(row.split()) for row in text.text.split("\n")]
        for i, row in enumerate(row for row in rows if row):
            out.append(Line((label if not i else "") + row, text.page, hard=bool(out)))
    return tuple(out)


def page_text(pieces: Sequence[Block | Grid | Text | TextLine]) -> str:
    """The plain text of a page: a paragraph a line, a table row a line of tab-separated cells."""
    out: list[str] = []
    for piece in pieces:
        if isinstance(piece, Grid):
            out.extend("\t".join(_cell_texts(row)) for row in piece.rows)
        elif isinstance(piece, Block):
            out.append(f"{piece.number} {piece.printed.text}" if piece.number else piece.printed.text)
        else:
            out.append(piece.text)
    return "\n".join(out)


def _cell_texts(row: Sequence[Cell | None]) -> list[str]:
    """The distinct cells' texts: a merged cell is said once."""
    return [cell.printed.flat for cell in dict.fromkeys(row) if cell is not None]


def _body(texts: Sequence[Text]) -> float:
    sizes: Counter[float] = Counter()
    for text in texts:
        if text.size and not text.level:
            sizes[round(text.size, 1)] += len(text.text)
    return sizes.most_common(1)[0][0] if sizes else _USUAL


def _line(text: Text, body: float) -> TextLine:
    bold = text.bold and len(text.text) <= _LONGEST
    size = text.size if text.size and len(text.text) <= _LONGEST else body
    said = " ".join(text.text.split())
    return TextLine(f"• {said}" if text.bullet and not starts_with_bullet(said) else said, text.page or 1, text.box, size, bold)


def _block(name: str, text: Text, body: float, levels: tuple[float, ...], styled: int) -> Block:
    made = group(name, [_line(text, body)], body, levels)[0]
    if text.level:
        made = replace(made, kind="heading", level=text.level)
    elif text.bullet:
        made = replace(made, kind="list_item", level=0)
    elif made.kind == "heading":
        made = replace(made, level=made.level + styled)
    lines = _lines(text, " ".join(text.text.split()) if text.number else made.printed.lines[0].text)
    place = Place(name, text.page, text.box, sheet=text.sheet)
    return replace(made, number=text.number or made.number, printed=Printed(lines), place=place)


def _lines(text: Text, said: str) -> tuple[Line, ...]:
    """The lines as the author broke them, without the bullet or number that stands before `said`."""
    rows = [row for row in (" ".join(r.split()) for r in text.text.split("\n")) if row]
    whole = " ".join(rows)
    if rows and whole.endswith(said):
        rows[0] = rows[0][len(whole) - len(said) :] or said
    return tuple(Line(row, text.page, text.box, hard=i > 0) for i, row in enumerate(rows)) or (Line(said, text.page, text.box),)
