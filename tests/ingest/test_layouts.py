"""Layouts of our own, each read as its maker says it is to be read (tests/ingest/layouts/README.md)."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.pipeline import extract, read_document
from tests.ingest.layouts.made import LAYOUTS
from tests.ingest.layouts.scoring import FIELDS, gold, score

KINDS = [(layout, kind) for layout in LAYOUTS for kind in FIELDS if gold(layout, kind) is not None]


@pytest.mark.parametrize(("layout", "kind"), KINDS)
def test_a_layout_is_read_as_it_was_made(tmp_path: Path, layout: str, kind: str) -> None:
    suffix, make = LAYOUTS[layout]
    path = tmp_path / f"{layout}{suffix}"
    make(path)

    found = score(gold(layout, kind) or [], getattr(extract(read_document(path)), kind), kind)

    assert (found.f1, found.whole) == (1.0, 1.0), found.faults
