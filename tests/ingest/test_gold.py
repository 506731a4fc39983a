"""Records of real plans against hand-made labels, scored by the independent scorer that comes with them."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from ingest.json_form import record_json
from ingest.pipeline import extract, read_document
from ingest.types import Document, Extraction, Record

PLANS = {
    "hfd-plan-2019q2": "herefordshire-improvement-plan-2019-20-q2.pdf",
    "hfd-sef-2019": "herefordshire-self-evaluation-2019.pdf",
    "hil-plan-2015": "hillingdon-action-plan-2015-16.pdf",
}


@cache
def read(path: Path) -> tuple[Document, Extraction]:
    """One plan, read once for all tests."""
    document = read_document(path)
    return document, extract(document)


def scored(shared: Path, folder: Path, what: str, gold: str) -> dict[str, float]:
    """The scorer's figures for one document's records."""
    _, extraction = read(shared / "plans" / PLANS[gold])
    records: tuple[Record, ...] = getattr(extraction, what)
    got = folder / "got.jsonl"
    got.write_text("".join(json.dumps(record_json(r)) + "\n" for r in records), encoding="utf-8")
    labels = shared / "gold" / (f"{what}.jsonl" if what == "commitments" else f"{what}-{gold}.jsonl")
    run = subprocess.run(
        [sys.executable, shared / "score" / "score.py", what, labels, "--got", got], capture_output=True, text=True, check=True
    )
    figures: dict[str, float] = json.loads(run.stdout.splitlines()[-1])
    return figures


@pytest.mark.parametrize("gold", ["hfd-plan-2019q2", "hil-plan-2015"])
def test_actions_are_found_whole(shared: Path, tmp_path: Path, gold: str) -> None:
    """Issue 3 asks for F1 0.97, lead, due and rating 0.97, progress 0.95, page 0.98."""
    figures = scored(shared, tmp_path, "actions", gold)

    assert figures["f1"] >= 0.98
    for field in ("action", "lead", "due_iso", "rag", "direction", "page", "progress", "section", "ref"):
        assert figures[f"{field}_ok"] is None or figures[f"{field}_ok"] >= 0.98, field


def test_measures_of_a_plan_with_targets_are_found(shared: Path, tmp_path: Path) -> None:
    figures = scored(shared, tmp_path, "measures", "hfd-plan-2019q2")

    assert figures["f1"] >= 0.93
    assert figures["whole_record"] >= 0.85


def test_commitments_of_a_self_evaluation_are_found(shared: Path, tmp_path: Path) -> None:
    figures = scored(shared, tmp_path, "commitments", "hfd-sef-2019")

    assert figures["recall_explicit"] >= 0.9
    assert figures["precision"] >= 0.85


@pytest.mark.parametrize("plan", PLANS.values())
def test_every_table_entry_is_kept_or_rejected_with_a_reason(shared: Path, plan: str) -> None:
    document, extraction = read(shared / "plans" / plan)

    entries = {(i, row.group) for i, block in enumerate(document.blocks) if block.table for row in block.table.rows}
    assert extraction.rows == len(entries)
    assert len(extraction.rejections) < extraction.rows
    assert all(r.reason for r in extraction.rejections)


def test_reading_twice_gives_the_same_ids(shared: Path) -> None:
    path = shared / "plans" / PLANS["hfd-plan-2019q2"]

    first, second = read(path)[1], extract(read_document(path))

    assert first == second
    records: tuple[Record, ...] = (*first.measures, *first.actions, *first.commitments)
    assert len(records) == len({r.id for r in records})
