"""A reader's source, assembled into a document: running text dropped, lines grouped, tables joined, sections carried down."""

from __future__ import annotations

from dataclasses import replace

from ingest.layout import stitch
from ingest.layout.cards import cards_in
from ingest.layout.identity import describe
from ingest.layout.paragraphs import body_size, group, heading_levels
from ingest.layout.running import drop_running_text
from ingest.source import Grid, Source, SourcePage, TextLine
from ingest.types import Block, Document, Place, Printed, span

_ENDS = (".", "?", "!", ":", ";")
_SLIDES = 3  # pages whose first heading stands at one height, from which it counts as the title of slides
_TITLE_HEIGHT = 30.0  # points: a longer title is set smaller and begins a little higher

Piece = Block | stitch.Draft


def assemble(source: Source) -> Document:
    """The document that the source's pages make."""
    clean = drop_running_text(source)
    pieces = _pieces(clean)
    blocks = _with_headings(source.name, _joined(source.name, _same_level(pieces)))
    return describe(source, blocks)


def _pieces(source: Source) -> list[Piece]:
    """Blocks and drafted tables in reading order; a table that goes on on the next page is one piece."""
    body = body_size(source)
    levels = heading_levels(source, body)
    pieces: list[Piece] = []
    open_table: stitch.Draft | None = None
    for page in source.pages:
        for item in _grouped(source.name, page, body, levels):
            if isinstance(item, Grid):
                if open_table is not None and stitch.goes_on(open_table, item):
                    stitch.extend(open_table, item)
                else:
                    open_table = stitch.begin(item)
                    pieces.append(open_table)
            else:
                pieces.append(item)
                if item.kind == "heading":
                    open_table = None
    return pieces


def _grouped(document: str, page: SourcePage, body: float, levels: tuple[float, ...]) -> list[Block | Grid]:
    out: list[Block | Grid] = []
    lines: list[TextLine] = []
    for item in page.items:
        if isinstance(item, TextLine):
            lines.append(item)
            continue
        out.extend(group(document, lines, body, levels))
        lines = []
        out.append((cards_in(item) or item) if isinstance(item, Grid) else item)
    out.extend(group(document, lines, body, levels))
    return out


def _same_level(pieces: list[Piece]) -> list[Piece]:
    """Slide titles at one level: a heading that opens its page at the height where other pages' first headings stand ranks with them."""
    first: dict[int, int] = {}
    for i, piece in enumerate(pieces):
        if isinstance(piece, Block) and piece.place.page is not None and piece.place.box:
            first.setdefault(piece.place.page, i)
    titles = {i: p for i in first.values() if isinstance(p := pieces[i], Block) and p.kind == "heading" and p.place.box}
    out = list(pieces)
    for i, title in titles.items():
        peers = [t for t in titles.values() if t.place.box and title.place.box and abs(t.place.box[1] - title.place.box[1]) < _TITLE_HEIGHT]
        if len(peers) >= _SLIDES:
            out[i] = replace(title, level=min(t.level for t in peers))
    return out


def _joined(document: str, pieces: list[Piece]) -> list[Block]:
    """Drafts finished into tables; a paragraph that stops in mid-sentence at a page's end is joined with its rest."""
    out: list[Block] = []
    for piece in pieces:
        if isinstance(piece, stitch.Draft):
            table = stitch.finish(piece, document)
            out.append(Block("table", table.place, Printed(), table=table))
        elif out and _runs_over(out[-1], piece):
            printed = Printed(out[-1].printed.lines + piece.printed.lines)
            out[-1] = replace(out[-1], printed=printed, place=replace(out[-1].place, box=span(printed.lines)[1]))
        else:
            out.append(piece)
    return out


def _runs_over(before: Block, after: Block) -> bool:
    if before.kind not in ("paragraph", "list_item") or after.kind != "paragraph" or after.number:
        return False
    last = before.printed.lines[-1].page
    if last is None or after.place.page != last + 1:
        return False
    text, rest = before.printed.flat, after.printed.flat
    return not text.endswith(_ENDS) and rest[:1].islower()


def _with_headings(document: str, blocks: list[Block]) -> tuple[Block, ...]:
    """Every block with the headings above it, and its section: the nearest heading."""
    path: list[tuple[int, str]] = []
    out: list[Block] = []
    for block in blocks:
        if block.kind == "heading":
            path = [(level, text) for level, text in path if level < block.level] + [(block.level, block.printed.flat)]
            out.append(replace(block, headings=tuple(text for _, text in path[:-1])))
            continue
        if block.table and path and path[-1][1].endswith(":") and out and out[-1].kind != "heading":
            path.pop()  # "Key:" heads the lines below it, not the table after them
        headings = tuple(text for _, text in path)
        section = headings[-1] if headings else None
        table = replace(block.table, place=replace(block.table.place, section=section)) if block.table else None
        out.append(
            replace(
                block, place=Place(document, block.place.page, block.place.box, section, block.place.sheet), headings=headings, table=table
            )
        )
    return tuple(out)
