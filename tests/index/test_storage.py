"""What the disk refuses is told in one line that says what to do, and leaves the library as it was."""

from __future__ import annotations

import os
import re
import resource
import shutil
import sqlite3
import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.embed import HashEncoder
from index.errors import LibraryDamaged, VectorsDamaged
from index.library import Library
from index.types import Vectors
from index.vectors import MemoryVectors
from tests.index.made import made


class RefusingVectors(MemoryVectors):
    """A store that keeps nothing while it refuses, as on a full disk."""

    refuses = False

    def add(self, document: str, ids: Sequence[str], vectors: Vectors) -> None:
        self._refuse()
        super().add(document, ids, vectors)

    def remove(self, ids: Collection[str]) -> None:
        self._refuse()
        super().remove(ids)

    def ids(self) -> set[str]:
        self._refuse()
        return super().ids()

    def _refuse(self) -> None:
        if self.refuses:
            raise VectorsDamaged("InternalError: disk full\nwhile writing")


@contextmanager
def no_file_above(size: int) -> Iterator[None]:
    """No file can be written beyond this many bytes, as on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def as_nobody() -> Iterator[None]:
    """Files are opened with the rights of a user who owns none: root may write anywhere."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def assert_told(error: pytest.ExceptionInfo[LibraryDamaged], folder: Path, *said: str) -> None:
    message = str(error.value)
    assert "\n" not in message
    assert str(folder) in message
    assert all(words in message for words in said), message
    assert "move the folder away" not in message


def test_vectors_that_cannot_be_written_keep_the_document_out(tmp_path: Path) -> None:
    store = RefusingVectors()
    with Library.open(tmp_path, create=True, encoder=HashEncoder(), store=store) as library:
        made("a.pdf").into(library)
        store.refuses = True
        with pytest.raises(LibraryDamaged) as error:
            made("b.pdf").into(library)
        assert_told(error, tmp_path, "disk full while writing", "chroma/")
        assert [entry.name for entry in library.documents()] == ["a.pdf"]
        store.refuses = False
        made("b.pdf").into(library)
        assert {hit.chunk.place.document for hit in library.search("late visits")} == {"a.pdf", "b.pdf"}


def test_vectors_that_cannot_be_rebuilt_are_told_of(tmp_path: Path) -> None:
    store = RefusingVectors()
    with Library.open(tmp_path, create=True, encoder=HashEncoder(), store=store) as library:
        made().into(library)
        store.clear()
        store.refuses = True
        with pytest.raises(LibraryDamaged) as error:
            library.search("late visits")
        assert_told(error, tmp_path, "disk full", "chroma/")
        store.refuses = False
        assert library.search("late visits")


def test_a_file_in_the_place_of_the_vectors(tmp_path: Path) -> None:
    with Library.open(tmp_path, create=True, encoder=HashEncoder()) as library:
        made().into(library)
    shutil.rmtree(tmp_path / "chroma")
    (tmp_path / "chroma").write_text("somebody's own file")
    with Library.open(tmp_path, encoder=HashEncoder()) as library:
        for ask in (lambda: library.search("visits"), lambda: made("b.pdf").into(library)):
            with pytest.raises(LibraryDamaged) as error:
                ask()
            assert_told(error, tmp_path, "chroma/")
        assert [entry.name for entry in library.documents()] == ["plan.pdf"]
        library.remove("plan.pdf")  # needs no vectors
        assert library.documents() == []
    assert (tmp_path / "chroma").read_text() == "somebody's own file"


def test_a_file_in_the_place_of_the_originals(tmp_path: Path) -> None:
    with Library.open(tmp_path, create=True, encoder=HashEncoder(), store=MemoryVectors()) as library:
        (tmp_path / "originals").rmdir()
        (tmp_path / "originals").write_text("somebody's own file")
        with pytest.raises(LibraryDamaged) as error:
            made().into(library)
        assert_told(error, tmp_path, "originals/")
        assert library.documents() == []


def test_a_full_disk(tmp_path: Path) -> None:
    with Library.open(tmp_path, create=True, encoder=HashEncoder(), store=MemoryVectors()) as library:
        made("a.pdf").into(library)
        large = made("b.pdf", [f"{n} {'words ' * 300}" for n in range(400)])
        with no_file_above(400_000), pytest.raises(LibraryDamaged) as error:
            large.into(library)
        assert_told(error, tmp_path, "library.db", "full")
        assert [entry.name for entry in library.documents()] == ["a.pdf"]
        large.into(library)
        assert [entry.name for entry in library.documents()] == ["a.pdf", "b.pdf"]


def test_a_library_that_cannot_be_written() -> None:
    folder = Path(tempfile.mkdtemp(prefix="planspoken-"))  # pytest's own are closed to other users
    try:
        with Library.open(folder, create=True, encoder=HashEncoder(), store=MemoryVectors()) as library:
            made().into(library)
        for path in (*folder.iterdir(), folder):
            path.chmod(0o555 if path.is_dir() else 0o444)
        with as_nobody(), pytest.raises(LibraryDamaged) as error:
            Library.open(folder, encoder=HashEncoder(), store=MemoryVectors())
        assert_told(error, folder, "library.db", "written")
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_pages_that_are_no_longer_readable(tmp_path: Path) -> None:
    with Library.open(tmp_path, create=True, encoder=HashEncoder(), store=MemoryVectors()) as library:
        made("a.pdf", [f"{n} {'words ' * 300}" for n in range(100)]).into(library)
    with sqlite3.connect(tmp_path / "library.db") as c:
        c.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    c.close()
    path = tmp_path / "library.db"
    data = path.read_bytes()
    path.write_bytes(data[:8192] + b"\xff" * (len(data) - 8192))
    with (
        pytest.raises(LibraryDamaged, match=re.escape("run `planspoken ingest` on the documents again")) as error,
        Library.open(tmp_path, encoder=HashEncoder(), store=MemoryVectors()) as library,
    ):
        library.chunks()
    assert "\n" not in str(error.value)
