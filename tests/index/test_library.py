"""Documents go in and out as a whole; what comes out is what went in; nothing of them stays behind."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.embed import HashEncoder
from index.errors import DocumentUnknown, LibraryDamaged, LibraryMissing, LibraryOutdated, RecordUnknown
from index.library import Library
from index.measure_names import called
from index.types import Filter, Vectors
from index.vectors import MemoryVectors
from ingest.types import Chunk, Place, Record
from tests.index.made import ACTION, COMMITMENT, MEASURE, Made, made


class CountingEncoder(HashEncoder):
    """Remembers what it was asked to encode."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return super().encode(texts)


class OtherEncoder(HashEncoder):
    """Another model, with vectors of another length."""

    name = "other"

    def encode(self, texts: Sequence[str]) -> Vectors:
        vectors = super().encode(texts)
        return np.concatenate([vectors, vectors], axis=1) / np.float32(2**0.5)


def counts(folder: Path) -> dict[str, int]:
    """Rows of every table of library.db but `meta`, terms of full text too."""
    with sqlite3.connect(folder / "library.db") as c:
        tables = [
            name
            for (name,) in c.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%\\_words\\_%' ESCAPE '\\'")
        ]
        found = {name: c.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables if name != "meta"}
        for name in ("chunk_words", "record_words"):
            c.execute(f"CREATE VIRTUAL TABLE temp.terms_{name} USING fts5vocab (main, {name}, 'row')")
            found[f"terms of {name}"] = c.execute(f"SELECT count(*) FROM temp.terms_{name}").fetchone()[0]
    c.close()
    return found


def test_what_goes_in_comes_out(library: Library) -> None:
    plan = made()
    assert plan.into(library) == "added"
    (entry,) = library.documents()
    document = plan.document
    assert (entry.name, entry.title, entry.authority, entry.kind, entry.period, entry.format, entry.sha256, entry.pages) == (
        *(document.name, document.title, document.authority, document.kind, document.period, document.format, document.sha256),
        document.pages,
    )
    assert (entry.measures, entry.actions, entry.commitments, entry.chunks, entry.rows, entry.rejected_rows) == (1, 1, 1, 2, 4, 1)
    assert library.measures(Filter()) == [MEASURE]
    assert library.actions(Filter()) == [ACTION]
    assert library.commitments(Filter()) == [COMMITMENT]
    assert [library.record(i) for i in "mac"] == [MEASURE, ACTION, COMMITMENT]
    assert library.chunks() == library.chunks("plan.pdf") == list(plan.chunks)
    assert library.chunks_of("a") == [plan.chunks[0]]
    assert library.chunks_of("nothing") == []
    assert library.rejections("plan.pdf") == list(plan.extraction.rejections)
    assert library.original("plan.pdf").read_bytes() == plan.original


def test_order_is_by_document_and_as_read(library: Library) -> None:
    for name in ("b.pdf", "a.pdf"):
        made(name, ["last", "first"], [replace(MEASURE, id=f"{name}{n}") for n in (2, 1)]).into(library)
    assert [entry.name for entry in library.documents()] == ["a.pdf", "b.pdf"]
    assert [measure.id for measure in library.measures()] == ["a.pdf2", "a.pdf1", "b.pdf2", "b.pdf1"]
    assert [chunk.text for chunk in library.chunks()] == ["last", "first"] * 2


def test_same_bytes_are_recognised(library: Library) -> None:
    plan = made()
    assert not library.holds(plan.document.name, plan.document.sha256)
    plan.into(library)
    assert library.holds(plan.document.name, plan.document.sha256)
    assert not library.holds(plan.document.name, made(version="2").document.sha256)
    assert not library.holds("other.pdf", plan.document.sha256)


def test_a_changed_file_replaces_its_old_self(library: Library, tmp_path: Path) -> None:
    made(texts=["zebra crossings", "pelican crossings"]).into(library)
    made("other.pdf", ["swimming pools"], []).into(library)
    new = made(texts=["bus lanes"], records=[replace(MEASURE, id="m2", measure="bus punctuality")], version="2")
    assert new.into(library) == "replaced"
    assert [entry.name for entry in library.documents()] == ["other.pdf", "plan.pdf"]
    assert library.holds("plan.pdf", new.document.sha256)
    assert [measure.id for measure in library.measures()] == ["m2"]
    assert [*library.actions(), *library.commitments()] == []
    assert library.search_words("zebra crossings") == []
    assert {hit.chunk.text for hit in library.nearest("zebra crossings", 50)} == {"bus lanes", "swimming pools"}
    assert library.measures(Filter(topic="child protection visits")) == []
    assert sorted(path.read_bytes() for path in (tmp_path / "library" / "originals").iterdir()) == [b"other.pdf 1", new.original]


def test_the_same_document_again_is_there_once(library: Library) -> None:
    assert [made().into(library) for _ in range(3)] == ["added", "replaced", "replaced"]
    assert len(library.chunks()) == 2
    assert len(library.nearest("visits", 50)) == 2


def test_removed_is_gone(library: Library) -> None:
    made("a.pdf").into(library)
    made("b.pdf", ["bus lanes"], [replace(MEASURE, id="b")]).into(library)
    library.remove("a.pdf")
    assert [entry.name for entry in library.documents()] == ["b.pdf"]
    assert [measure.id for measure in library.measures()] == ["b"]
    assert [hit.chunk.text for hit in library.search("visits to children and bus lanes", 50)] == ["bus lanes"]
    with pytest.raises(DocumentUnknown, match=r"no document 'a\.pdf' .* there are: b\.pdf"):
        library.remove("a.pdf")


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=40)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(documents=st.dictionaries(st.sampled_from(["a.pdf", "b.PDF", "Ü c"]), st.lists(texts, max_size=4), min_size=1))
def test_add_then_remove_leaves_nothing(documents: dict[str, list[str]], tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("library")
    store = MemoryVectors()
    with Library.open(folder, create=True, encoder=HashEncoder(), store=store) as library:
        for name, chunks in documents.items():
            records: list[Record] = [replace(MEASURE, id=f"{name} m"), ACTION, COMMITMENT] if chunks else []
            made(name, chunks, records).into(library)
            assert [chunk.text for chunk in library.chunks(name)] == chunks
        assert store.count() == sum(len(set(chunks)) for chunks in documents.values())
        for name in documents:
            library.remove(name)
        assert library.documents() == []
    assert set(counts(folder).values()) == {0}
    assert store.ids() == set()
    assert list((folder / "originals").iterdir()) == []


def test_generation_changes_with_each_write_and_only_then(library: Library) -> None:
    seen = [library.generation]
    for write in (lambda: made().into(library), lambda: made(version="2").into(library), lambda: library.remove("plan.pdf")):
        write()
        seen.append(library.generation)
    assert len(set(seen)) == 4
    made().into(library)
    before = library.generation
    library.search("visits")
    library.documents()
    assert library.generation == before


def test_embeddings_are_made_once_for_the_same_text(tmp_path: Path) -> None:
    encoder = CountingEncoder()
    with Library.open(tmp_path, create=True, encoder=encoder, store=MemoryVectors()) as library:
        made("a.pdf", ["one", "two", "one"], []).into(library)
        assert sorted(encoder.asked) == ["Heading\none", "Heading\ntwo"]
        made("a.pdf", ["two", "three"], [], version="2").into(library)
        made("b.pdf", ["three"], []).into(library)
        assert encoder.asked[2:] == ["Heading\nthree"]
    with Library.open(tmp_path, encoder=encoder, store=MemoryVectors()) as library:  # an empty store is filled again
        assert {hit.chunk.text for hit in library.nearest("three", 9)} == {"two", "three"}
        assert encoder.asked[3:] == ["three"]  # the question


def test_progress_counts_up_to_all(library: Library) -> None:
    plan = made(texts=[f"passage {n}" for n in range(150)], records=[])
    told: list[tuple[str, int, int]] = []
    library.add(plan.document, plan.extraction, plan.chunks, plan.original, progress=lambda *step: told.append(step))
    assert [step for step, _, _ in told] == ["embedding"] * len(told)
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)
    assert told[-1][1:] == (150, 150)


def test_another_model_rebuilds_the_vectors(tmp_path: Path) -> None:
    store = MemoryVectors()
    with Library.open(tmp_path, create=True, encoder=HashEncoder(), store=store) as library:
        made().into(library)
    with Library.open(tmp_path, encoder=OtherEncoder(), store=store) as library:
        assert library.nearest("Heading Visits to children were late")[0].cosine == pytest.approx(1.0, abs=1e-5)
        made("b.pdf", ["bus lanes"], []).into(library)
        assert len(library.nearest("bus", 9)) == 3
    assert store.count() == 3


@pytest.fixture
def broken() -> Iterator[list[tuple[Made, str]]]:
    plan = made()
    yield [
        (replace(plan, original=b"other bytes"), "sha256"),
        (replace(plan, extraction=replace(plan.extraction, actions=(replace(ACTION, id="m"),))), "record ids occur twice: m"),
        (replace(plan, chunks=plan.chunks[:1] * 2), "chunk ids occur twice"),
        (replace(plan, chunks=(Chunk("x", Place("plan.pdf"), "prose", "t", "t", ("nobody",)),)), "records that are not there: nobody"),
    ]


def test_what_contradicts_itself_does_not_get_in(library: Library, broken: list[tuple[Made, str]]) -> None:
    for plan, message in broken:
        with pytest.raises(ValueError, match=message):
            plan.into(library)
    assert library.documents() == []


def test_unknown_names_and_ids_are_named(library: Library) -> None:
    for ask in (library.chunks, library.rejections, library.original, library.remove):
        with pytest.raises(DocumentUnknown, match=r"'x\.pdf' .* there are: none yet"):
            ask("x.pdf")
    with pytest.raises(RecordUnknown, match="'nobody'"):
        library.record("nobody")


def test_no_library_is_one_line_that_says_what_to_run(tmp_path: Path) -> None:
    for folder in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(LibraryMissing, match="planspoken ingest") as caught:
            Library.open(folder)
        assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_files_that_are_no_library_are_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file")
    with pytest.raises(LibraryDamaged, match="cannot be made a library folder"):
        Library.open(tmp_path / "file", create=True)
    (tmp_path / "library.db").write_text("not a database, whatever its name says " * 100)
    with pytest.raises(LibraryDamaged, match="move the folder away"):
        Library.open(tmp_path)


def test_a_library_of_another_version_is_refused(tmp_path: Path) -> None:
    Library.open(tmp_path, create=True).close()
    with sqlite3.connect(tmp_path / "library.db") as c:
        c.execute("UPDATE meta SET value = 'older' WHERE key = 'layout'")
    c.close()
    with pytest.raises(LibraryOutdated, match="another version"):
        Library.open(tmp_path, create=True)


def test_names_of_measures_go_in_and_out_with_their_document(sample_library: Library) -> None:
    names = sample_library.measure_names()
    measure = next(m for m in sample_library.measures() if m.id in names.ids)
    like = names.like(called(measure))

    assert like[measure.id] == pytest.approx(max(like.values()), abs=1e-5)
    assert {m.id for m in sample_library.measures()} >= set(names.ids)
    assert names.like(" ") == {}
