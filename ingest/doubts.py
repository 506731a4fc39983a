"""Records whose words were recognised on a picture and not surely: for a person to look at."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.types import Box, Cell, Document, Extraction, Line, Record

UNSURE = 60.0  # confidence (0 to 100) under which the reader of pictures itself takes a word for doubtful


def unsure(document: Document, extraction: Extraction) -> dict[str, float]:
    """By record id the least confidence of a line at its place, 0 to 100, where that is under UNSURE."""
    doubtful = [line for line in _lines(document) if line.confidence is not None and line.confidence < UNSURE and line.box]
    out: dict[str, float] = {}
    records: list[Record] = (
        [*extraction.measures, *extraction.actions, *(c for c in extraction.commitments if not c.action_id)] if doubtful else []
    )
    for record in records:
        least = min((line.confidence or 0.0 for line in doubtful if _stands_in(line, record)), default=None)
        if least is not None:
            out[record.id] = least
    return out


def _lines(document: Document) -> Iterator[Line]:
    for block in document.blocks:
        yield from block.printed.lines
        if block.table:
            cells: dict[int, Cell] = {id(cell): cell for row in block.table.rows for cell in row.cells if cell is not None}
            for cell in cells.values():  # one that spans rows is the same object in each
                yield from cell.printed.lines


def _stands_in(line: Line, record: Record) -> bool:
    """Whether the middle of the line lies in the record's box; a record without one has the lines that are in its quote."""
    place = record.place
    if line.page != place.page or line.box is None:
        return False
    if place.box is None:
        return " ".join(line.text.split()) in record.quote
    x, y = _middle(line.box)
    return place.box[0] <= x <= place.box[2] and place.box[1] <= y <= place.box[3]


def _middle(box: Box) -> tuple[float, float]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
