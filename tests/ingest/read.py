"""Short ways to look at what reading a file gave."""

from __future__ import annotations

from pathlib import Path

from ingest.layout.assemble import assemble
from ingest.readers import read_source
from ingest.types import Document, Table


def document(folder: Path, name: str, data: bytes) -> Document:
    """The document read from these bytes under this name."""
    path = folder / name
    path.write_bytes(data)
    return assemble(read_source(path))


def tables(found: Document) -> list[Table]:
    """The tables of a document, in reading order."""
    return [block.table for block in found.blocks if block.table]


def texts(table: Table) -> list[list[str]]:
    """The text of each cell, row by row; "" where there is none."""
    return [[cell.printed.text if cell else "" for cell in row.cells] for row in table.rows]


def ratings(table: Table, role: str = "rag") -> list[str | None]:
    """The rating in each row's cell of a role."""
    return [cell.rating if (cell := table.cell(row, role)) else None for row in table.rows]


def prose(found: Document) -> list[tuple[str, str]]:
    """Kind and text of each block that is no table."""
    return [(block.kind, block.printed.text) for block in found.blocks if not block.table]
