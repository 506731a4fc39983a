"""Measures of a document: readings with their targets from tables, figures from prose, targets without a reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ingest.records.prose import prose_measures
from ingest.records.table_measures import table_measures
from ingest.types import Document, Measure


def measures(document: Document, actions_by_row: Mapping[tuple[int, int], str]) -> list[Measure]:
    """Every measure of a document in reading order. `actions_by_row` gives the id of the action that the rows of a table's group
    belong to, by (index of the table in `document.blocks`, group). Ids are stable for unchanged bytes."""
    found: list[Measure] = []
    for index, block in enumerate(document.blocks):
        if block.table is not None:
            found += table_measures(block, index, document, actions_by_row)
        else:
            found += prose_measures(block, document)
    return [replace(m, id=f"{document.sha256[:12]}/m{n:04d}") for n, m in enumerate(found, start=1)]
