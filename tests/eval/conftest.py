"""What the tests of the evaluation share: the sample's cases and labels, and the real plans read once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from app.intake import take_in_all
from eval.casefile import read_cases
from eval.cases import Case
from eval.sets import CASES
from eval.sources import Sources, sources_of
from index.embed import HashEncoder
from index.library import Library

SAMPLE = CASES / "sample"


@pytest.fixture(scope="session")
def cases() -> list[Case]:
    """All questions about the sample."""
    return read_cases(SAMPLE / "questions.jsonl")


@pytest.fixture(scope="session")
def sources(cases: Sequence[Case], sample_library: Library) -> Sources:
    """What the sample's questions are held against."""
    return sources_of(sample_library, cases, {})


@pytest.fixture(scope="session")
def real_library(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """An open library of the real plans, with the fake encoder."""
    with Library.open(tmp_path_factory.mktemp("real") / "library", create=True, encoder=HashEncoder()) as library:
        assert all(report.status == "read" for report in take_in_all(sorted((shared / "plans").glob("*.pdf")), library, lambda *_: None))
        yield library
