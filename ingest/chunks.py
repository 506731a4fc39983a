"""Passages for search: each fits the embedding model's window and carries the headings it stands under."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from ingest.language.sentences import sentences
from ingest.records.standing import stands_in
from ingest.types import Block, Box, Cell, Chunk, Document, Extraction, Place, Printed, Record, Row, Table, shared_cells, span, union

CountPieces = Callable[[str], int]

WINDOW = 250  # word pieces; the model cuts at 256 in silence and adds two of its own
_COMFORT = 170  # word pieces up to which neighbouring paragraphs share a passage
_HEADING = 60  # word pieces that the heading path may take of the window


@dataclass(frozen=True)
class _Piece:
    """A stretch of text with its place, small enough for a passage of its own. `addresses` are its workbook cells ("Sheet1", "B7")."""

    text: str
    page: int | None
    boxes: tuple[Box, ...]
    addresses: tuple[str, ...] = ()


def cut(document: Document, extraction: Extraction, count_pieces: CountPieces) -> tuple[Chunk, ...]:
    """All passages of a document in reading order; together they hold every word of its paragraphs, list items and tables.

    `count_pieces` counts the word pieces of a text with the embedding model's own tokenizer.
    """
    records: list[Record] = [*extraction.measures, *extraction.actions, *extraction.commitments]
    out: list[Chunk] = []
    prose: list[Block] = []
    for block in document.blocks:
        if block.table is None and (not prose or prose[-1].headings == block.headings or block.kind == "heading"):
            prose.append(block)
            continue
        out.extend(_prose(document, prose, records, count_pieces, len(out)))
        prose = [] if block.table else [block]
        if block.table:
            out.extend(_rows(document, block, block.table, records, count_pieces, len(out)))
    out.extend(_prose(document, prose, records, count_pieces, len(out)))
    return tuple(out)


def _heading(document: Document, headings: Sequence[str], count: CountPieces) -> str:
    """Title and headings as one line, the outer ones dropped first where they take too much of the window."""
    path = list(dict.fromkeys([document.title, *headings]))
    while len(path) > 1 and count(" › ".join(path)) > _HEADING:
        path.pop(0)
    text = " › ".join(path)
    while count(text) > _HEADING:
        text = text[: int(len(text) * 0.8)]
    return text


def _prose(document: Document, blocks: list[Block], records: list[Record], count: CountPieces, number: int) -> list[Chunk]:
    out: list[Chunk] = []
    alone = [b for i, b in enumerate(blocks) if b.kind == "heading" and _stands_alone(b, blocks[i + 1 :], count)]
    for headings, blocks_here in groupby((b for b in blocks if b.kind != "heading" or b in alone), key=lambda b: b.headings):
        group = list(blocks_here)
        heading = _heading(document, headings, count)
        room = WINDOW - count(heading) - 1
        section = headings[-1] if headings else None
        for pieces in _packed([p for b in group for p in _pieces(b, room, count)], min(room, _COMFORT), count):
            under = Place(document.name, section=section, sheet=group[0].place.sheet)
            out.append(_chunk(document, "prose", heading, pieces, under, records, number + len(out)))
    return out


def _stands_alone(heading: Block, after: list[Block], count: CountPieces) -> bool:
    """Whether a heading must be a passage of its own: nothing stands under it here, or it is too long for a heading path."""
    bare = not after or (after[0].kind == "heading" and after[0].level <= heading.level)
    return bare or count(heading.printed.text) > _HEADING


def _pieces(block: Block, room: int, count: CountPieces) -> list[_Piece]:
    """The block, or where it is too long its sentences (and of an endless sentence, its lines)."""
    text = block.printed.text
    if count(text) <= room:
        return [_piece(block.printed, 0, len(text))]
    out: list[_Piece] = []
    for start, end in sentences(text):
        if count(text[start:end]) <= room:
            out.append(_piece(block.printed, start, end))
        else:
            out.extend(_words(block.printed, start, end, room, count))
    return list(_merged(out, room, count))


def _piece(printed: Printed, start: int, end: int) -> _Piece:
    page, box = printed.locate(start, end)
    return _Piece(printed.text[start:end], page, (box,) if box else ())


def _words(printed: Printed, start: int, end: int, room: int, count: CountPieces) -> Iterable[_Piece]:
    """A sentence longer than a window, in stretches that fit."""
    at = start
    while at < end:
        stop = end
        while stop > at + 1 and count(printed.text[at:stop]) > room:
            half = printed.text.rfind(" ", at + 1, at + int((stop - at) * 0.8))
            stop = half if half > at else at + max(1, int((stop - at) * 0.8))
        yield _piece(printed, at, stop)
        at = stop


def _merged(pieces: list[_Piece], room: int, count: CountPieces) -> Iterable[_Piece]:
    """Neighbouring sentences of one paragraph joined while they fit."""
    held: _Piece | None = None
    for piece in pieces:
        if held and count(f"{held.text} {piece.text}") <= room:
            held = _Piece(f"{held.text} {piece.text}", held.page, held.boxes + (piece.boxes if piece.page == held.page else ()))
            continue
        if held:
            yield held
        held = piece
    if held:
        yield held


def _packed(pieces: list[_Piece], room: int, count: CountPieces) -> Iterable[list[_Piece]]:
    """Neighbouring paragraphs of a section together while they are short."""
    held: list[_Piece] = []
    used = 0
    for piece in pieces:
        size = count(piece.text)
        if held and used + size > room:
            yield held
            held, used = [], 0
        held.append(piece)
        used += size + 1
    if held:
        yield held


def _rows(document: Document, block: Block, table: Table, records: list[Record], count: CountPieces, number: int) -> list[Chunk]:
    out: list[Chunk] = []
    shared = shared_cells(table)
    for _, rows in ((g, list(r)) for g, r in groupby(table.rows, key=lambda row: row.group)):
        section = _row_section(table, rows[0]) or block.place.section
        band = rows[0].section if rows[0].section != section else None  # "Outcome 1: …" over rows that each have a theme of their own
        heading = _heading(document, [h for h in (*block.headings, table.caption, band, section) if h], count)
        room = WINDOW - count(heading) - 1
        pieces = [p for cell in _cells(table, rows) for p in _pieces_of(cell, room, count, placed=id(cell) not in shared)]
        under = Place(document.name, section=section, sheet=block.place.sheet)
        for packed in _packed(pieces, room, count):
            out.append(_chunk(document, "row", heading, packed, under, records, number + len(out)))
    return out


def _row_section(table: Table, row: Row) -> str | None:
    cell = table.cell(row, "section")
    return (cell.printed.flat if cell and cell.printed else None) or row.section or table.caption


def _cells(table: Table, rows: list[Row]) -> list[Cell]:
    """The distinct cells of a row group that hold text, in reading order; the section column is in the heading."""
    return list(dict.fromkeys(c for row in rows for i, c in enumerate(row.cells) if c and c.printed and table.columns[i].role != "section"))


def _pieces_of(cell: Cell, room: int, count: CountPieces, *, placed: bool) -> list[_Piece]:
    """The cell's text in stretches that fit; `placed` is false for a cell that other rows share, whose box is not this row's."""
    printed = cell.printed
    text = printed.text
    page, box = span(printed.lines)
    pieces = [_Piece(text, page, (box,) if box else ())] if count(text) <= room else list(_words(printed, 0, len(text), room, count))
    own = (cell.address,) if cell.address and placed else ()
    return [_Piece(p.text, p.page, p.boxes if placed else (), own) for p in _merged(pieces, room, count)]


def _chunk(
    document: Document,
    kind: Literal["prose", "row"],
    heading: str,
    pieces: list[_Piece],
    under: Place,
    records: list[Record],
    number: int,
) -> Chunk:
    text = ("\n" if kind == "prose" else " ").join(" ".join(p.text.split()) for p in pieces)
    page = next((p.page for p in pieces if p.boxes), pieces[0].page)
    boxes = [b for p in pieces if p.page == page for b in p.boxes]
    place = replace(under, page=page, box=union(boxes))
    held = tuple(r.id for r in records if _printed_in(r, pieces, text))
    return Chunk(f"{document.sha256[:12]}/p{number + 1:04d}", place, kind, text, f"{heading}\n{text}", held)


def _printed_in(record: Record, pieces: list[_Piece], text: str) -> bool:
    """Whether the record is printed in these pieces."""
    here = union([b for p in pieces if p.page == record.place.page for b in p.boxes])
    page = record.place.page if here else pieces[0].page
    return stands_in(record, page, here, text, {a for p in pieces for a in p.addresses})
