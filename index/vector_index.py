"""Keeps the vector store in step with the database: embeds with a cache, rebuilds what is lost, sweeps what is nobody's."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache, partial
from typing import TypeVar

import numpy as np

from index import documents
from index.database import Database, encoder_name, generation, next_generation, set_encoder_name
from index.documents import text_hash
from index.errors import LibraryBusy, LibraryDamaged, VectorsDamaged
from index.pieces import met, packed
from index.types import Encoder, Vectors, VectorStore

Found = TypeVar("Found")
Nearest = Callable[[Vectors, int, Sequence[str] | None], list[tuple[str, float]]]  # as `VectorStore.search`
Progress = Callable[[str, int, int], None]  # step, how many are done, of how many

_ASKED = 32  # questions whose vectors are remembered
_SLICE = 64  # texts embedded between two commits of the cache: what a killed process has to do again at most


class VectorIndex:
    """The vectors of all chunks. `passages` embeds what is stored and `questions` what is asked; both are of one name.

    Whoever touches the store, also to search, holds the database's one write lock: two processes in one Chroma folder at the same
    time end in a segmentation fault. A search that finds the lock taken leaves the store alone and looks through the vectors that the
    database keeps, as they were before that write: it waits for nobody, and is never out of step with the passages.
    """

    def __init__(self, db: Database, store: VectorStore, passages: Encoder, questions: Encoder) -> None:
        self._db, self._store, self._passages, self._questions = db, store, passages, questions
        self._asked = lru_cache(maxsize=_ASKED)(self._embedded)
        self._seen = 0  # the generation the store was opened at
        self._swept = False

    def close(self) -> None:
        """Lets go of the store."""
        self._store.close()

    @contextmanager
    def turn(self) -> Iterator[sqlite3.Connection]:
        """The transaction in which everything is written that others can see: the store is as the last writer left it,
        swept of what killed writers left, and the generation is counted on at the end. LibraryDamaged where the disk does not let it."""
        try:
            with self._db.write() as c:
                self._see(c)
                self._sweep(c)
                yield c
                now = next_generation(c)
        except BaseException as error:
            self._seen, self._swept = 0, False
            if isinstance(error, VectorsDamaged | OSError):
                raise self._unkept(error) from error
            raise
        self._seen = now

    def search(self, look: Callable[[sqlite3.Connection, Nearest], Found]) -> Found:
        """What `look` finds in one state of the library, with that which gives it the vectors nearest to another. LibraryDamaged."""
        with suppress(LibraryBusy):
            return self.steadily(lambda c: look(c, self._store.search), patient=False)
        with self._db.read() as c:
            if encoder_name(c) == self._passages.name:
                return look(c, partial(self.exact, c))
        return self.steadily(lambda c: look(c, self._store.search))  # the library is just being embedded by another model

    def steadily(self, look: Callable[[sqlite3.Connection], Found], patient: bool = True) -> Found:
        """What `look` finds while database and store are in step and nobody changes either; rebuilds the store first where it must.

        LibraryBusy at once, without patience, where another writes; LibraryDamaged where rebuilding does not help.
        """
        cause: Exception | None = None
        for _ in range(3):
            with self._db.write(patient) as c:
                self._see(c)
                try:
                    if self._complete(c):
                        return look(c)
                except VectorsDamaged as error:
                    cause = error
                    self._store.clear()  # nothing is lost: it is filled again from the database
            self._mend()
        raise self._unkept(cause) from cause

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """One vector a text, those known from the cache; new ones go there as they are made, so that a second try goes on from there."""
        hashes = [text_hash(text) for text in texts]
        with self._db.read() as c:
            whole = documents.with_pieces(c, self._passages.name, hashes)
            known = {h: vector for h, vector in self._cached(c, hashes).items() if h in whole}
        # Alike lengths together: a batch is filled up to its longest text.
        missing = sorted({h: t for h, t in zip(hashes, texts, strict=True) if h not in known}.items(), key=lambda item: len(item[1]))
        for start in range(0, len(missing), _SLICE):
            part = missing[start : start + _SLICE]
            made, pieces = self._made([t for _, t in part])
            with self._db.write() as c:
                self._keep(c, made, pieces)
            known |= made
            if progress:
                progress("embedding", len(texts) - len(missing) + start + len(part), len(texts))
        return np.stack([known[h] for h in hashes]) if hashes else self._passages.encode([])

    @property
    def encoder_name(self) -> str:
        """Which model the vectors are of."""
        return self._passages.name

    def make_ready(self) -> None:
        """Loads the model of passages."""
        self._passages.encode(["."])

    def question(self, text: str) -> tuple[Vectors, Vectors]:
        """The vector of a question, and those of its pieces; the last ones are remembered, since one answer looks for the same often."""
        return self._asked(text)

    def _embedded(self, text: str) -> tuple[Vectors, Vectors]:
        vectors, pieces = self._questions.encode_pieces([text])
        return vectors[0], pieces[0]

    def exact(
        self, connection: sqlite3.Connection, vector: Vectors, limit: int, names: Sequence[str] | None = None
    ) -> list[tuple[str, float]]:
        """As `VectorStore.search`, from the database: for when the store is another's, or does not find all there is. Graphs like
        Chroma's can lose sight of some where hundreds are the same."""
        stored = documents.embedded(connection, self._passages.name, names)
        cosines = np.frombuffer(b"".join(v for _, v in stored), dtype=np.float32).reshape(len(stored), -1) @ vector if stored else []
        found = ((i, float(cosine)) for (i, _), cosine in zip(stored, cosines, strict=True))
        return sorted(found, key=lambda item: (-item[1], item[0]))[:limit]

    def cosines(self, connection: sqlite3.Connection, vector: Vectors, texts: Sequence[str]) -> list[float]:
        """The cosine of each stored text to a vector, from the database."""
        stored = self._cached(connection, [text_hash(text) for text in texts])
        return [float(stored[text_hash(text)] @ vector) for text in texts]

    def met(self, connection: sqlite3.Connection, pieces: Vectors, texts: Sequence[str]) -> list[float] | None:
        """How well each stored text meets the pieces of a question; None where those of some text are not kept."""
        stored = documents.stored_pieces(connection, self._passages.name, hashes := [text_hash(text) for text in texts])
        if any(h not in stored for h in hashes):
            return None
        return met(pieces, [stored[h] for h in hashes])

    def add(self, connection: sqlite3.Connection, document: str, ids: Mapping[str, str], vectors: Vectors) -> None:
        """Stores the vectors of a document's texts under ids never used before (`ids` by text, in the order of the vectors);
        inside a turn, at whose end they count."""
        if encoder_name(connection) != self._passages.name:  # no chunk needs the old ones: `steadily` came before
            self._store.clear()
            set_encoder_name(connection, self._passages.name)
        if ids:
            self._put(document, list(ids.values()), vectors)
            self._keep(connection, dict(zip(map(text_hash, ids), vectors, strict=True)), {})

    def drop(self, ids: Collection[str]) -> None:
        """Takes out vectors that are nobody's; inside a turn after the one that made them so."""
        try:
            self._store.remove(ids)
        except VectorsDamaged:
            self._store.clear()  # nothing is lost: `steadily` fills it again from the database

    def _put(self, document: str, ids: Sequence[str], vectors: Vectors) -> None:
        try:
            self._store.add(document, ids, vectors)
        except VectorsDamaged:
            self._store.clear()  # what is lost here `steadily` fills in again from the database
            self._store.add(document, ids, vectors)

    def _unkept(self, cause: Exception | None) -> LibraryDamaged:
        why = f" ({' '.join(str(cause).split())})" if cause else ""
        return LibraryDamaged(
            f"{self._db.folder}: the library cannot be kept there{why}: "
            "see that the disk is not full and that chroma/ and originals/ in it are folders that can be written"
        )

    def _sweep(self, connection: sqlite3.Connection) -> None:
        if self._swept:
            return
        try:
            self._store.remove(self._store.ids() - documents.vector_ids(connection))
        except VectorsDamaged:
            self._store.clear()  # as above
        self._swept = True

    def _see(self, connection: sqlite3.Connection) -> None:
        now = generation(connection)
        if now != self._seen:
            self._store.refresh()
            self._seen = now

    def _complete(self, connection: sqlite3.Connection) -> bool:
        wanted = documents.count_vectors(connection)
        return not wanted or (encoder_name(connection) == self._passages.name and self._store.count() >= wanted)

    def _mend(self) -> None:
        """Rebuilds from the database what the store lacks, and all of it where it is of another encoder."""
        with self._db.read() as c:
            texts = [text for _, _, text in documents.manifest(c)]
        self.embed(texts)
        with self.turn() as c:
            if encoder_name(c) != self._passages.name:
                self._store.clear()
            known = self._known()
            lacking: dict[str, dict[str, str]] = {}
            for vector, document, text in documents.manifest(c):
                if vector not in known:
                    lacking.setdefault(document, {})[vector] = text
            for document, chunks in lacking.items():
                self._put(document, list(chunks), self._in_turn(c, list(chunks.values())))
            set_encoder_name(c, self._passages.name)

    def _known(self) -> set[str]:
        try:
            return self._store.ids()
        except VectorsDamaged:
            self._store.clear()  # as above
            return set()

    def _in_turn(self, connection: sqlite3.Connection, texts: Sequence[str]) -> Vectors:
        """One vector a text; encodes only what was committed by another since `embed`."""
        known = self._cached(connection, [text_hash(text) for text in texts])
        new = [text for text in texts if text_hash(text) not in known]
        if new:
            made, pieces = self._made(new)
            known |= made
            self._keep(connection, known, pieces)
        return np.stack([known[text_hash(text)] for text in texts])

    def _cached(self, connection: sqlite3.Connection, hashes: Sequence[str]) -> dict[str, Vectors]:
        stored = documents.stored_embeddings(connection, self._passages.name, hashes)
        return {h: np.frombuffer(v, dtype=np.float32) for h, v in stored.items()}

    def _made(self, texts: Sequence[str]) -> tuple[dict[str, Vectors], dict[str, Vectors]]:
        """(vector, pieces) of texts by their hashes."""
        hashes = [text_hash(text) for text in texts]
        vectors, pieces = self._passages.encode_pieces(texts)
        return dict(zip(hashes, vectors, strict=True)), dict(zip(hashes, pieces, strict=True))

    def _keep(self, connection: sqlite3.Connection, vectors: Mapping[str, Vectors], pieces: Mapping[str, Vectors]) -> None:
        stored = [(h, np.asarray(v, dtype=np.float32).tobytes()) for h, v in vectors.items()]
        documents.store_embeddings(connection, self._passages.name, stored)
        documents.store_pieces(connection, self._passages.name, [(h, packed(p)) for h, p in pieces.items()])
