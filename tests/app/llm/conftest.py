"""What the tests of language models share: libraries laid out, and models that are scripted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.evidence.desk import Desk, desk
from app.intake import take_in_all
from index.embed import HashEncoder
from index.library import Library


@pytest.fixture(scope="session")
def laid(sample_library: Library) -> Desk:
    """The sample plans, laid out."""
    return desk(sample_library)


@pytest.fixture(scope="session")
def real_library(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """An open library of the real plans, with the fake encoder; not to be changed."""
    with Library.open(tmp_path_factory.mktemp("real") / "library", create=True, encoder=HashEncoder()) as library:
        assert all(report.status == "read" for report in take_in_all(sorted((shared / "plans").glob("*.pdf")), library, lambda *_: None))
        yield library
