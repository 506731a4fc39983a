"""A library in a new folder, with fakes where they do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.embed import HashEncoder
from index.library import Library
from index.vectors import MemoryVectors


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty library whose vectors are in memory, without a model."""
    with Library.open(tmp_path / "library", create=True, encoder=HashEncoder(), store=MemoryVectors()) as opened:
        yield opened
