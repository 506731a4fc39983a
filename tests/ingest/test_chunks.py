"""Passages hold every word, fit the model's window, and know the records printed in them, in every format."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from app.sample import SAMPLE_PLANS
from index.embed import count_pieces
from ingest.chunks import cut
from ingest.pipeline import extract, read_document
from ingest.types import Chunk, Document, Extraction, Record

FORMS = (
    "herefordshire-improvement-plan-2019-20-q2.pdf",
    "herefordshire-improvement-plan-2019-20-q2.docx",
    "herefordshire-ofsted-tracker-2014.xlsx",
    "hillingdon-action-plan-2015-16.docx",
    "herefordshire-phase-2-outcomes-2025.pptx",
)


@cache
def read(path: Path) -> tuple[Document, Extraction, tuple[Chunk, ...]]:
    document = read_document(path)
    extraction = extract(document)
    return document, extraction, cut(document, extraction, count_pieces)


def words(text: str) -> set[str]:
    return set(text.split())


@pytest.mark.parametrize("path", SAMPLE_PLANS, ids=lambda p: p.name)
def test_every_word_of_the_sample_is_in_a_passage_that_fits_the_model(path: Path) -> None:
    document, _, chunks = read(path)

    held = set().union(*(words(c.embedded) for c in chunks))
    printed = set().union(*(words(b.printed.text) for b in document.blocks))
    tables = [b.table for b in document.blocks if b.table]
    printed |= set().union(*(words(c.printed.text) for t in tables for r in t.rows for c in r.cells if c))
    assert printed <= held
    assert max(count_pieces(c.embedded) for c in chunks) <= 256


@pytest.mark.parametrize("form", FORMS)
def test_nearly_every_record_stands_in_a_passage(shared: Path, form: str) -> None:
    """A record in no passage is found by no search for words."""
    _, extraction, chunks = read(shared / "plans" / form)

    held = {record for c in chunks for record in c.records}
    records: list[Record] = [*extraction.measures, *extraction.actions, *extraction.commitments]
    assert sum(r.id in held for r in records) >= 0.97 * len(records)


def test_headings_alone_are_found_too(tmp_path: Path) -> None:
    path = tmp_path / "headings.md"
    path.write_text("# Our plan\n\n## We will recruit 20 social workers by March 2026\n\n## We will open a hub\n", encoding="utf-8")

    _, _, chunks = read(path)

    assert any("recruit 20 social workers" in c.text for c in chunks)
