"""Measures told in sentences and list items."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.types import Block, Document, Measure


def prose_measures(blocks: Sequence[Block], document: Document) -> list[Measure]:
    """The measures of running text, in order."""
    return []
