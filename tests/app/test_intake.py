"""What is taken in, what is the same as before, and what is left out of folders."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.intake import FileReport, files_below, take_in_all
from index.embed import HashEncoder
from index.errors import LibraryDamaged
from index.library import Library
from index.vectors import MemoryVectors

HUBS = "Plan\n\nWe will open three family hubs by March 2026.\n"
CARERS = "Plan\n\nWe will recruit twelve foster carers by June 2026.\n"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library", create=True, encoder=HashEncoder(), store=MemoryVectors()) as opened:
        yield opened


def take(library: Library, path: Path, text: str) -> FileReport:
    path.write_text(text, encoding="utf-8")
    (report,) = take_in_all([path], library, lambda *_: None)
    return report


def promised(library: Library, name: str) -> str:
    return " ".join(c.quote for c in library.commitments() if c.place.document == name)


def test_a_file_that_became_the_same_as_another_gives_up_its_old_content(library: Library, tmp_path: Path) -> None:
    take(library, tmp_path / "current.txt", HUBS)
    take(library, tmp_path / "archive.txt", CARERS)

    report = take(library, tmp_path / "current.txt", CARERS)

    assert report.status == "read"
    assert "replaces" in (report.reason or "")
    assert "carers" in promised(library, "current.txt")
    assert "hubs" not in promised(library, "current.txt")


def test_the_same_bytes_are_unchanged_under_their_own_name_first(library: Library, tmp_path: Path) -> None:
    take(library, tmp_path / "b.txt", HUBS)
    take(library, tmp_path / "a.txt", CARERS)
    take(library, tmp_path / "a.txt", HUBS)  # now a and b hold the same

    again, new = take(library, tmp_path / "b.txt", HUBS), take(library, tmp_path / "c.txt", HUBS)

    assert (again.status, again.reason) == ("unchanged", None)
    assert new.status == "unchanged"
    assert "'a.txt'" in (new.reason or "")
    assert [entry.name for entry in library.documents()] == ["a.txt", "b.txt"]


def test_a_library_is_left_out_and_a_file_of_its_name_is_not(library: Library, tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    for name in ("plan.txt", "library.db"):
        (tmp_path / "plans" / name).write_text(HUBS)

    found = [path.relative_to(tmp_path).as_posix() for path in files_below([tmp_path])]

    assert found == ["plans/library.db", "plans/plan.txt"]
    (report,) = take_in_all([tmp_path / "library"], library, lambda *_: None)
    assert report.status == "refused"
    assert "a library's are left out" in (report.reason or "")


def test_a_library_that_cannot_be_kept_ends_the_run(tmp_path: Path) -> None:
    """Every further file would fail for the same reason, which is none of the file's."""
    with Library.open(tmp_path / "library", create=True, encoder=HashEncoder()) as library:
        (tmp_path / "library" / "chroma").write_text("in the way")
        with pytest.raises(LibraryDamaged, match="chroma/"):
            take(library, tmp_path / "plan.txt", HUBS)
