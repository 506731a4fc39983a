"""Every vector store keeps the same promises; exact search over the same vectors is the oracle."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from index.errors import VectorsDamaged
from index.types import Vectors, VectorStore
from index.vectors import ChromaVectors, MemoryVectors

STORES: dict[str, Callable[[Path], VectorStore]] = {"memory": lambda _: MemoryVectors(), "chroma": ChromaVectors}
DOCUMENTS = ("a.pdf", "b.pdf", "c.pdf", "d.pdf")


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[VectorStore]:
    opened = STORES[request.param](tmp_path / "vectors")
    yield opened
    opened.close()


def unit(rows: Vectors) -> Vectors:
    found: Vectors = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return found


def clustered(count: int) -> Vectors:
    """Vectors as texts have them: in clumps."""
    rng = np.random.default_rng(7)
    centres = rng.normal(size=(12, 32))
    return unit(centres[rng.integers(0, 12, count)] + 0.5 * rng.normal(size=(count, 32)))


def test_finds_the_nearest_with_their_true_cosines(store: VectorStore) -> None:
    store.add("a.pdf", ["east", "north-east", "west"], unit(np.array([[1.0, 0.0], [1.0, 1.0], [-1.0, 0.0]])))
    found = store.search(np.array([1.0, 0.0], dtype=np.float32), 3)
    assert [i for i, _ in found] == ["east", "north-east", "west"]
    assert [cosine for _, cosine in found] == pytest.approx([1.0, 0.5**0.5, -1.0], abs=1e-5)


def test_is_exact_with_and_without_a_filter(store: VectorStore) -> None:
    vectors = clustered(1600)
    owners = [DOCUMENTS[n % 4] for n in range(len(vectors))]
    for document in DOCUMENTS:
        own = [n for n, owner in enumerate(owners) if owner == document]
        store.add(document, [str(n) for n in own], vectors[own])
    for query in clustered(1620)[1600:]:
        for names in (None, ["b.pdf"], ["a.pdf", "d.pdf"]):
            order = [str(n) for n in np.argsort(-(vectors @ query)) if names is None or owners[n] in names]
            assert [i for i, _ in store.search(query, 20, names)] == order[:20]


def test_limits(store: VectorStore) -> None:
    query = np.array([1.0, 0.0], dtype=np.float32)
    assert store.search(query, 5) == []
    store.add("a.pdf", ["one", "two"], unit(np.array([[1.0, 0.0], [0.0, 1.0]])))
    assert len(store.search(query, 50)) == 2
    assert len(store.search(query, 1)) == 1
    assert store.search(query, 5, []) == []
    assert store.search(query, 5, ["b.pdf"]) == []


def test_removed_is_gone_and_unknown_does_not_matter(store: VectorStore) -> None:
    store.add("a.pdf", ["one", "two"], unit(np.array([[1.0, 0.0], [0.0, 1.0]])))
    store.remove({"one", "never there"})
    store.remove(set())
    assert (store.ids(), store.count()) == ({"two"}, 1)
    assert [i for i, _ in store.search(np.array([1.0, 0.0], dtype=np.float32), 5)] == ["two"]


def test_cleared_takes_vectors_of_another_length(store: VectorStore) -> None:
    store.add("a.pdf", ["one"], unit(np.array([[1.0, 0.0]])))
    store.clear()
    assert store.count() == 0
    store.add("a.pdf", ["one"], unit(np.array([[1.0, 0.0, 0.0]])))
    assert store.ids() == {"one"}


def test_chroma_sees_what_another_wrote_after_a_refresh(tmp_path: Path) -> None:
    query = np.array([1.0, 0.0], dtype=np.float32)
    reader, writer = ChromaVectors(tmp_path / "c"), ChromaVectors(tmp_path / "c")
    writer.add("a.pdf", ["old"], unit(np.array([[1.0, 0.1]])))
    assert [i for i, _ in reader.search(query, 5)] == ["old"]
    writer.refresh()
    writer.add("a.pdf", ["new"], unit(np.array([[1.0, 0.0]])))
    writer.remove(["old"])
    reader.refresh()
    assert [i for i, _ in reader.search(query, 5)] == ["new"]
    reader.close()
    writer.close()


def test_chroma_begins_anew_where_a_process_died_in_the_folder(tmp_path: Path) -> None:
    store = ChromaVectors(tmp_path / "c")
    for closed in (True, False):
        store.add("a.pdf", ["one"], unit(np.array([[1.0, 0.0]])))
        if closed:
            store.close()
        (tmp_path / "c" / "in-use").touch()  # as a killed process leaves it
        assert store.count() == 0
    store.close()
    assert not (tmp_path / "c" / "in-use").exists()


@pytest.mark.parametrize("name", ["header.bin", "index_metadata.pickle", "chroma.sqlite3"])
def test_chroma_says_so_where_its_files_cannot_be_read(tmp_path: Path, name: str) -> None:
    store = ChromaVectors(tmp_path / "c")
    store.add("a.pdf", [str(n) for n in range(1200)], clustered(1200))
    store.close()
    path = next((tmp_path / "c").rglob(name))
    path.write_bytes(os.urandom(path.stat().st_size))
    with pytest.raises(VectorsDamaged):
        store.search(clustered(1)[0], 5)
    store.clear()
    assert store.count() == 0
    store.close()


def test_chroma_copies_of_a_folder_do_not_meet(tmp_path: Path) -> None:
    first = ChromaVectors(tmp_path / "one")
    first.add("a.pdf", ["x"], unit(np.array([[1.0, 0.0]])))
    first.close()
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    second = ChromaVectors(tmp_path / "two")
    second.remove(["x"])
    assert (second.count(), first.count()) == (0, 1)
    first.close()
    second.close()


def test_a_search_waits_for_no_library_but_chroma(tmp_path: Path) -> None:
    """llama-index, which writes the store, takes as long to import as all the rest of a question on the command line."""
    store = ChromaVectors(tmp_path)
    store.add("a.pdf", ["east"], np.array([[1.0, 0.0]], dtype=np.float32))
    store.close()
    code = (
        "import sys, pathlib, numpy; from index.vectors import ChromaVectors; "
        f"found = ChromaVectors(pathlib.Path({str(tmp_path)!r})).search(numpy.array([1, 0], 'float32'), 1, ['a.pdf']); "
        "print([i for i, _ in found], [m for m in ('llama_index', 'torch', 'sentence_transformers') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True)
    assert done.stdout == "['east'] []\n"
