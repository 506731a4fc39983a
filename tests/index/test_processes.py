"""Other processes: one that is killed leaves the old state or the new one, and a reader sees what another process wrote."""

from __future__ import annotations

import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index.embed import HashEncoder
from index.library import Library
from index.vectors import ChromaVectors
from tests.index.doomed_run import MOMENTS, PASSAGES, plan
from tests.index.made import made

ROOT = Path(__file__).parents[2]


def started(folder: Path, version: int, *moment: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-W", "error", "-m", "tests.index.doomed_run", str(folder), str(version), *moment]
    return subprocess.Popen(command, cwd=ROOT)


def opened(folder: Path) -> Library:
    return Library.open(folder, create=True, encoder=HashEncoder())


def state(library: Library) -> tuple[bytes, set[str], set[str], set[str]]:
    """The plan as the file, the chunks, the search by words and the search by vectors give it."""
    limit = 2 * PASSAGES
    by_words = library.search_words("visits", limit, documents=["plan.pdf"])
    by_vectors = library.nearest("visits", limit, documents=["plan.pdf"])
    assert len(by_words) == len(by_vectors) == len(library.chunks("plan.pdf"))
    return (
        library.original("plan.pdf").read_bytes(),
        {chunk.text for chunk in library.chunks("plan.pdf")},
        {hit.chunk.text for hit in by_words},
        {hit.chunk.text for hit in by_vectors},
    )


def expected(version: int) -> tuple[bytes, set[str], set[str], set[str]]:
    texts = {chunk.text for chunk in plan(version).chunks}
    return plan(version).original, texts, texts, texts


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A library for each moment, in which a process died at that moment as it put version 2 in the place of version 1."""
    folders = {moment: tmp_path_factory.mktemp("library") for moment in MOMENTS}
    for folder in folders.values():
        with opened(folder) as library:
            plan(1).into(library)
            made("other.pdf", ["bus lanes"], []).into(library)
    processes = [started(folder, 2, moment) for moment, folder in folders.items()]
    assert [process.wait(120) for process in processes] == [-signal.SIGKILL] * len(MOMENTS)
    return folders


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_killed_write_leaves_the_old_state_or_the_new_one(killed: dict[str, Path], moment: str) -> None:
    folder, version = killed[moment], 2 if MOMENTS[moment] else 1
    with opened(folder) as library:
        assert state(library) == expected(version)
        assert library.holds("plan.pdf", plan(version).document.sha256)
        assert [hit.chunk.text for hit in library.nearest("bus lanes", 1)] == ["bus lanes"]
        assert plan(3).into(library) == "replaced"
        assert state(library) == expected(3)
        library.remove("other.pdf")
    assert [path.read_bytes() for path in (folder / "originals").iterdir()] == [plan(3).original]
    store = ChromaVectors(folder / "chroma")
    assert store.count() == PASSAGES
    store.close()


def test_a_reader_sees_what_another_process_writes(tmp_path: Path) -> None:
    with opened(tmp_path) as reader:
        plan(1).into(reader)
        made("gone.pdf", ["visits that are gone"], []).into(reader)
        assert state(reader) == expected(1)
        before = reader.generation
        assert started(tmp_path, 2).wait(120) == 0
        assert reader.generation != before
        assert state(reader) == expected(2)
        assert [entry.name for entry in reader.documents()] == ["plan.pdf"]
        assert {hit.chunk.place.document for hit in reader.search("visits that are gone", 200)} == {"plan.pdf"}


_WRITING = """
import sqlite3, sys
writer = sqlite3.connect(sys.argv[1], isolation_level=None)
writer.execute("BEGIN IMMEDIATE")
writer.execute("DELETE FROM chunks")
print("writing", flush=True)
sys.stdin.read()
"""


def test_a_question_does_not_wait_for_another_process_that_writes(tmp_path: Path) -> None:
    """It sees what was committed. One that waited would end in LibraryBusy, since the other does not stop writing."""
    with opened(tmp_path) as reader:
        plan(1).into(reader)
        before = reader.search("visits passage 12", 200)
        command = [sys.executable, "-c", _WRITING, str(tmp_path / "library.db")]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout and writer.stdout.readline() == "writing\n"
            found = reader.search("visits passage 12", 200)
            assert state(reader) == expected(1)
            assert writer.poll() is None
            writer.communicate()
        assert found[0].chunk == before[0].chunk
        scores = {hit.chunk.text: hit.score for hit in before}
        assert {hit.chunk.text: hit.score for hit in found} == pytest.approx(scores, abs=1e-5)


def test_threads_that_search_see_one_version_while_another_writes(tmp_path: Path) -> None:
    with opened(tmp_path) as library, ThreadPoolExecutor(4) as threads:
        plan(1).into(library)
        written = threads.submit(lambda: [plan(version).into(library) for version in (2, 3, 4)])
        looks = [threads.submit(library.search, "visits", 30, documents=["plan.pdf"]) for _ in range(60)]
        assert written.result() == ["replaced"] * 3
        for look in looks:
            hits = look.result()
            assert len(hits) == 30
            assert len({hit.chunk.text.split()[1] for hit in hits}) == 1
        assert state(library) == expected(4)


def test_lost_or_damaged_vectors_are_rebuilt(tmp_path: Path) -> None:
    with opened(tmp_path) as library:
        plan(1).into(library)
    for path in sorted((tmp_path / "chroma").rglob("*.sqlite3")):
        path.write_bytes(b"not what it was")
    with opened(tmp_path) as library:
        assert state(library) == expected(1)
        plan(2).into(library)
        assert state(library) == expected(2)
