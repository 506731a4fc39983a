"""Reading a plan, step by step: file → source → document → records. Each step can be run and printed alone."""

from __future__ import annotations

from pathlib import Path

from ingest.layout.assemble import assemble
from ingest.readers import read_source
from ingest.records.actions import actions_of
from ingest.records.commitments import commitments_of
from ingest.records.measures import measures
from ingest.types import Document, Extraction


def read_document(path: Path, data: bytes | None = None) -> Document:
    """One file as a document; `data` are its bytes where they are already at hand. Raises IngestError, worded for the user."""
    return assemble(read_source(path, data))


def extract(document: Document) -> Extraction:
    """Every record of a document, and the table rows that gave none."""
    actions = actions_of(document)
    found = measures(document, actions.by_row)
    commitments = commitments_of(document, actions.actions)
    entries = sum(len({row.group for row in b.table.rows}) for b in document.blocks if b.table)
    return Extraction(tuple(found), actions.actions, commitments, actions.rejections([*found, *commitments]), entries)
