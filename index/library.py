"""The library folder, and the only door to it: documents go in and out as a whole, records and passages come out.

    library.db    the book of record: documents, records, chunks, full text, embeddings, and the manifest of valid vectors
    chroma/       vectors, rebuilt from library.db where they are lost
    originals/    the files as they came, by hash

The commit of library.db is the moment a change happens. Vectors and the file are written before it, the vectors under ids that no earlier
write used; what a change leaves behind is swept after it, or by the next writer where a process died in between. Ids that the manifest
does not know are nobody's.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Literal, Self, TypeVar
from uuid import uuid4

from index import corrections, database, documents, measure_names, originals, ranking, records
from index.database import Database
from index.documents import scope
from index.embed import QuickEncoder, SentenceTransformerEncoder
from index.errors import DocumentUnknown, LibraryDamaged, RecordUnknown
from index.links import Conflict, conflicts
from index.review import Doubtful, queue
from index.types import DocumentEntry, Encoder, Filter, Hit, Vectors, VectorStore
from index.vector_index import Nearest, Progress, VectorIndex
from index.vectors import ChromaVectors
from ingest.types import Action, Chunk, Commitment, Correction, Document, Extraction, Measure, Record, Rejection

Kind = TypeVar("Kind", Measure, Action, Commitment)

_DEPTH = 50  # how far down each ranking the fusion looks, at least; also four times what is asked for


class Library:
    """An open library. May be shared between threads; other processes may read and write the same folder.

    Every method sees a committed state. LibraryError (index/errors.py) for what the user can mend.
    """

    def __init__(self, folder: Path, db: Database, index: VectorIndex) -> None:
        self._folder, self._db, self._index = folder, db, index

    @classmethod
    def open(cls, folder: Path, *, create: bool = False, encoder: Encoder | None = None, store: VectorStore | None = None) -> Self:
        """Opens the library in `folder`; LibraryMissing where there is none, unless `create` says to make it.

        `encoder` and `store` default to the sentence-transformers model and Chroma, loaded when first needed; tests give fakes.
        """
        if create:
            try:
                (folder / "originals").mkdir(parents=True, exist_ok=True)  # by which a library is told from a file of its name
            except OSError as error:
                raise LibraryDamaged(f"{folder} cannot be made a library folder ({error.strerror}): name another with --library") from None
        db = Database(folder / "library.db", create=create)
        index = VectorIndex(
            db, store or ChromaVectors(folder / "chroma"), encoder or SentenceTransformerEncoder(), encoder or QuickEncoder()
        )
        return cls(folder, db, index)

    def close(self) -> None:
        """Lets go of all files."""
        self._index.close()
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    # -- documents in and out

    def make_ready(self) -> None:
        """Loads the model of passages, so that the first `add` need not wait for it."""
        self._index.make_ready()

    def add(
        self,
        document: Document,
        extraction: Extraction,
        chunks: Sequence[Chunk],
        original: bytes,
        *,
        progress: Progress | None = None,
    ) -> Literal["added", "replaced"]:
        """Takes a document in whole, in the place of the one of the same name if there is one.

        `original` are the bytes that `document.sha256` is the hash of; `progress` is told ("embedding", done, of) as passages are embedded.
        ValueError where ids occur twice or a chunk names a record that is not there.
        """
        documents.check(document, extraction, chunks, original)
        texts = list(dict.fromkeys(chunk.embedded for chunk in chunks))  # a text twice in a document has one vector
        embedded = self._index.embed(texts, progress)
        printed = {record for chunk in chunks if chunk.kind == "row" for record in chunk.records}
        tabled = [measure for measure in extraction.measures if measure.id in printed]
        self._index.embed(sorted({measure_names.called(measure) for measure in tabled}))
        self._index.steadily(lambda _: None)  # also when the encoder is another than the library was made with
        write = uuid4().hex
        ids = {text: f"{write}:{n}" for n, text in enumerate(texts)}
        with self._index.turn() as c:
            originals.sweep(self._folder / "originals", documents.originals(c))  # what a killed writer left
            known = documents.hash_of(c, document.name) is not None
            stale = documents.forget(c, document.name)
            file = originals.name_of(document.name, document.sha256)
            originals.keep(self._folder / "originals", file, original)
            documents.insert(c, document, extraction, file)
            records.insert(c, document, extraction)
            documents.insert_chunks(c, document.name, chunks, ids)
            measure_names.insert(c, document.name, tabled)
            self._index.add(c, document.name, ids, embedded)
            if known:
                documents.forget_unused_embeddings(c)
        if known:
            self._sweep(stale)
        return "replaced" if known else "added"

    def remove(self, name: str) -> None:
        """Takes a document out with everything that came from it. DocumentUnknown names those there are."""
        with self._index.turn() as c:
            self._known(c, name)
            stale = documents.forget(c, name)
            corrections.forget(c, name)
            documents.forget_unused_embeddings(c)
        self._sweep(stale)

    def holds(self, name: str, sha256: str) -> bool:
        """Whether the document of this name is there, with these very bytes."""
        with self._db.read() as c:
            return documents.hash_of(c, name) == sha256

    @property
    def generation(self) -> int:
        """A number that is another after each write, by whichever process."""
        with self._db.read() as c:
            return database.generation(c)

    # -- what there is

    def documents(self) -> list[DocumentEntry]:
        """All documents by name."""
        with self._db.read() as c:
            return documents.entries(c)

    def measures(self, wanted: Filter = Filter()) -> list[Measure]:  # noqa: B008 - frozen
        """The measures the filter lets through, by document and in reading order. FilterInvalid as `Filter` says."""
        return self._select(Measure, wanted)

    def actions(self, wanted: Filter = Filter()) -> list[Action]:  # noqa: B008 - frozen
        """The actions the filter lets through, as `measures`."""
        return self._select(Action, wanted)

    def commitments(self, wanted: Filter = Filter()) -> list[Commitment]:  # noqa: B008 - frozen
        """The commitments the filter lets through, as `measures`."""
        return self._select(Commitment, wanted)

    def record(self, identity: str) -> Record:
        """The record of this id. RecordUnknown where there is none."""
        with self._db.read() as c:
            return self._record(records.find(c, identity), identity)

    def chunks(self, document: str | None = None) -> list[Chunk]:
        """The chunks of a document, or of all, in reading order. DocumentUnknown where it is not there."""
        with self._db.read() as c:
            if document is not None:
                self._known(c, document)
            return documents.chunks(c, document)

    def chunks_of(self, record: str) -> list[Chunk]:
        """The chunks that the record of this id is printed in."""
        with self._db.read() as c:
            return documents.chunks_of(c, record)

    def rejections(self, document: str) -> list[Rejection]:
        """The table rows of a document that gave no record, with the reason. DocumentUnknown where it is not there."""
        with self._db.read() as c:
            self._known(c, document)
            return records.rejections(c, document)

    def original(self, name: str) -> Path:
        """The file a document was read from. DocumentUnknown where it is not there."""
        with self._db.read() as c:
            self._known(c, name)
            return self._folder / "originals" / str(documents.original_of(c, name))

    def conflicts(self) -> list[Conflict]:
        """The figures that disagree, within and across documents: see index/links.py."""
        with self._db.read() as c:
            authorities = {entry.name: entry.authority for entry in documents.entries(c)}
            measures, chunks = records.select(c, Measure, Filter()), documents.chunks(c, None)
        return conflicts(measures, chunks, authorities)  # takes its time, in which others may read

    # -- corrections by hand

    def correct(self, identity: str, field: str, value: str, by: str, why: str) -> Correction:
        """Sets a field of the record right, from now on and after the document is read again; what was read is kept.

        `field` is one of `correctable` (ingest/records/correct.py) or a word for it, `value` what would be printed, "none" for nothing.
        RecordUnknown; CorrectionInvalid for an unknown field, a value that is none of it, nobody's name or no reason.
        """
        with self._writing() as c:
            read = self._record(records.as_read(c, identity), identity)
            number = corrections.add(c, read, field, value, by, why)
            records.lay_over(c, read.place.document)
            return next(made for made in corrections.listed(c, read.place.document) if made.number == number)

    def confirm(self, looked_at: Record | Rejection, by: str, why: str) -> Correction:
        """Keeps that somebody looked at a record, or at a row that gave none, and found it right as it was read. Errors as `correct`."""
        with self._writing() as c:
            read = looked_at
            if not isinstance(looked_at, Rejection):
                read = self._record(records.as_read(c, looked_at.id), looked_at.id)
            number = corrections.confirm(c, read, by, why)
            return next(made for made in corrections.listed(c, read.place.document) if made.number == number)

    def undo(self, number: int, by: str) -> Correction:
        """Takes a correction back: the one before it counts again, or what was read. CorrectionUnknown; CorrectionInvalid for no name."""
        with self._writing() as c:
            undone = corrections.undo(c, number, by)
            if documents.hash_of(c, undone.document) is not None:
                records.lay_over(c, undone.document)
            return undone

    def take_over(self, folder: Path) -> list[Correction]:
        """Takes over what was corrected in the library in another folder, such as one of an earlier version of this program.

        LibraryMissing where there are none.
        """
        with self._writing() as c:
            numbers = corrections.take_over(c, folder)
            for name in documents.names(c):
                records.settle(c, name)
            return [made for made in corrections.listed(c) if made.number in numbers]

    def corrections(self, document: str | None = None) -> list[Correction]:
        """All corrections in the order they were made, of a document or of all; those undone, and those that wait for a person, too."""
        with self._db.read() as c:
            if document is not None:
                self._known(c, document)
            return corrections.listed(c, document)

    def review(self, document: str | None = None) -> list[Doubtful]:
        """What a person should look at: in one document by itself, or in all taken together (see index/review.py)."""
        wanted = Filter(documents=(document,) if document is not None else ())
        with self._db.read() as c:
            names = [document] if document is not None else documents.names(c)
            authorities = {entry.name: entry.authority for entry in documents.entries(c)}
            measures, chunks = records.select(c, Measure, wanted), documents.chunks(c, document)
            rest: list[Record] = [*records.select(c, Action, wanted), *records.select(c, Commitment, wanted)]
            rejected = [rejection for name in names for rejection in records.rejections(c, name)]
            confidences, made = records.confidences(c), corrections.listed(c, document)
        return queue([*measures, *rest], rejected, confidences, conflicts(measures, chunks, authorities), made)

    # -- search

    def search(
        self,
        text: str,
        limit: int = 8,
        *,
        documents: Sequence[str] | None = None,
        authorities: Sequence[str] | None = None,
        periods: Sequence[str] | None = None,
    ) -> list[Hit]:
        """The passages nearest to a text by words and by meaning, best first; none for a blank text.

        What is found by words and by vectors is fused by weighted scores (index/fusion.py). `documents`, `authorities` and `periods`
        limit the search, an empty one does not; a document belongs to a period when its figures, or one of its measures, are for it.
        What says the same as a better hit, letter for letter, comes after everything else. FilterInvalid for a text that is no period.
        """
        if not text.strip():
            return []
        vector, pieces = self._index.question(text)
        depth = max(_DEPTH, 4 * limit)
        points = records.named_periods(periods or ())

        def look(c: sqlite3.Connection, nearest: Nearest) -> list[Hit]:
            names = scope(c, documents, authorities, points)
            near = self._by_vectors(c, nearest, vector, depth, names)
            fused = ranking.fused(self._index, c, (vector, pieces), ranking.by_words(c, text, depth, names), near)
            return ranking.repeats_last(fused, limit)

        return self._index.search(look)

    def search_words(
        self,
        text: str,
        limit: int = 8,
        *,
        documents: Sequence[str] | None = None,
        authorities: Sequence[str] | None = None,
        periods: Sequence[str] | None = None,
    ) -> list[Hit]:
        """The passages that share words with a text, best first by bm25; limited as `search`."""
        points = records.named_periods(periods or ())
        with self._db.read() as c:
            return ranking.by_words(c, text, limit, scope(c, documents, authorities, points))

    def nearest(
        self,
        text: str,
        limit: int = 8,
        *,
        documents: Sequence[str] | None = None,
        authorities: Sequence[str] | None = None,
        periods: Sequence[str] | None = None,
    ) -> list[Hit]:
        """The passages nearest to a text by cosine, best first; none for a blank text; limited as `search`."""
        if not text.strip():
            return []
        vector, _ = self._index.question(text)
        points = records.named_periods(periods or ())
        return self._index.search(
            lambda c, near: self._by_vectors(c, near, vector, limit, scope(c, documents, authorities, points)),
        )

    def measure_names(self) -> measure_names.Names:
        """What all measures are called, as vectors."""
        with self._db.read() as c:
            return measure_names.stored(c, self._index.encoder_name, lambda text: self._index.question(text)[0])

    def _by_vectors(
        self, connection: sqlite3.Connection, nearest: Nearest, vector: Vectors, limit: int, names: Sequence[str] | None
    ) -> list[Hit]:
        """Looks deeper while vectors that are nobody's stand in the way."""
        there = min(limit, documents.count_vectors(connection, names))
        ask = limit
        while True:
            found = dict(nearest(vector, ask, names))
            chunks = documents.chunks_by(connection, "vector", list(found))
            if len({key for key, _ in chunks}) >= there:
                break
            if len(found) < ask:
                found = dict(self._index.exact(connection, vector, limit, names))
                chunks = documents.chunks_by(connection, "vector", list(found))
                break
            ask *= 2
        hits = [Hit(chunk, found[key], found[key], ("vectors",)) for key, chunk in chunks]
        return sorted(hits, key=lambda hit: -hit.score)[:limit]

    # -- helpers

    def _select(self, kind: type[Kind], wanted: Filter) -> list[Kind]:
        with self._db.read() as c:
            return records.select(c, kind, wanted)

    def _record(self, found: Record | None, identity: str) -> Record:
        if found is None:
            raise RecordUnknown(
                f"no record {identity!r} in {self._folder}: see `planspoken measures`, `actions` and `commitments` for the ids"
            )
        return found

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A write that leaves the vectors as they are."""
        with self._db.write() as c:
            yield c
            database.next_generation(c)

    def _known(self, connection: sqlite3.Connection, name: str) -> None:
        if documents.hash_of(connection, name) is None:
            there = ", ".join(documents.names(connection)) or "none yet"
            raise DocumentUnknown(f"no document {name!r} in {self._folder}; there are: {there}")

    def _sweep(self, vectors: Sequence[str]) -> None:
        with self._index.turn() as c:
            self._index.drop(vectors)
            originals.sweep(self._folder / "originals", documents.originals(c))
