"""Vectors on disk in Chroma, through llama-index, and the same in memory. The only place that knows either library.

What was measured about them, and why things are done as they are:
* Chroma's default embedding function would reach for the network: it is None on every call.
* Chroma's default distance is l2. With cosine and the numbers set below the first fifty results agree with exact search among thousands,
  also when filtered, and also where fifty are the same; the defaults lose some.
* An open client never sees what another process writes (it even returns what is deleted), so it is opened anew when the library's
  generation changes, with Chroma's cache of clients emptied.
* Two processes in the folder at once end in segmentation faults, and a half-written index in one or in wrong results without a word:
  the library lets one in at a time, and a folder that was in use when a process died is begun anew.
* Documents are written through llama-index; what is asked goes to the same collection directly: importing llama-index takes a second, which
  would be half the time of a question on the command line (and its score is exp(-distance), not the cosine).
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, cast

import numpy as np

from index.errors import VectorsDamaged
from index.types import Vectors

if TYPE_CHECKING:
    import chromadb
    from chromadb.api.types import Where
    from chromadb.config import System
    from llama_index.vector_stores.chroma import ChromaVectorStore

_COLLECTION = "chunks"
_BATCH = 2000  # Chroma takes at most 5,461 at once
_OPENING = RLock()  # Chroma keeps its clients in one dictionary for the whole process


class MemoryVectors:
    """Exact search in memory: for tests, and as the measure of any other store."""

    def __init__(self) -> None:
        self._vectors: dict[str, tuple[str, Vectors]] = {}

    def add(self, document: str, ids: Sequence[str], vectors: Vectors) -> None:
        """See `VectorStore`."""
        self._vectors.update({i: (document, v) for i, v in zip(ids, vectors, strict=True)})

    def remove(self, ids: Collection[str]) -> None:
        """See `VectorStore`."""
        for i in ids:
            self._vectors.pop(i, None)

    def search(self, vector: Vectors, limit: int, documents: Sequence[str] | None = None) -> list[tuple[str, float]]:
        """See `VectorStore`."""
        found = [(i, float(v @ vector)) for i, (document, v) in self._vectors.items() if documents is None or document in documents]
        return sorted(found, key=lambda item: -item[1])[:limit]

    def ids(self) -> set[str]:
        """See `VectorStore`."""
        return set(self._vectors)

    def count(self) -> int:
        """See `VectorStore`."""
        return len(self._vectors)

    def clear(self) -> None:
        """See `VectorStore`."""
        self._vectors.clear()

    def refresh(self) -> None:
        """Nothing to do: no other process can write here."""

    def close(self) -> None:
        """Nothing to let go of."""


class ChromaVectors:
    """A Chroma folder; opened at first use."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._mark = folder / "in-use"
        self._system: System | None = None
        self._opened: chromadb.Collection | None = None

    def add(self, document: str, ids: Sequence[str], vectors: Vectors) -> None:
        """See `VectorStore`."""
        from llama_index.core.schema import TextNode

        # The text stays in the database alone, where it cannot grow stale beside its other copy.
        nodes = [
            TextNode(id_=i, text="", embedding=v.tolist(), metadata={"document": document})
            for i, v in zip(ids, np.asarray(vectors, dtype=np.float32), strict=True)
        ]
        with self._using():
            store = self._written()
            for start in range(0, len(nodes), _BATCH):
                store.add(list(nodes[start : start + _BATCH]))

    def remove(self, ids: Collection[str]) -> None:
        """See `VectorStore`."""
        gone = sorted(ids)
        with self._using():
            for start in range(0, len(gone), _BATCH):
                self._written().delete_nodes(gone[start : start + _BATCH])

    def search(self, vector: Vectors, limit: int, documents: Sequence[str] | None = None) -> list[tuple[str, float]]:
        """See `VectorStore`."""
        if limit < 1 or (documents is not None and not documents):
            return []
        only = cast("Where", {"document": {"$in": list(documents)}}) if documents is not None else None
        with self._using():
            found = self._open().query(query_embeddings=[vector.tolist()], n_results=limit, where=only, include=["distances"])
        distances = (found["distances"] or [[]])[0]
        return sorted(zip(found["ids"][0], (1.0 - d for d in distances), strict=True), key=lambda item: (-item[1], item[0]))

    def ids(self) -> set[str]:
        """See `VectorStore`."""
        with self._using():
            return set(self._open().get(include=[])["ids"])

    def count(self) -> int:
        """See `VectorStore`."""
        with self._using():
            return int(self._open().count())

    def clear(self) -> None:
        """See `VectorStore`."""
        self.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def refresh(self) -> None:
        """See `VectorStore`."""
        self.close()

    def close(self) -> None:
        """See `VectorStore`; a use after it opens the store anew."""
        if self._system is not None:
            self._system.stop()
        self._system = self._opened = None

    @contextmanager
    def _using(self) -> Iterator[None]:
        """Says on disk that the folder is in use: a process that dies in between may leave half an index, which the next to come here
        must not trust, also where it has the folder open. Turns Chroma's errors and the disk's into ours."""
        from chromadb.errors import ChromaError

        try:
            if self._mark.exists():
                self.clear()
            self._folder.mkdir(parents=True, exist_ok=True)
            self._mark.touch()
            try:
                yield
            finally:
                self._mark.unlink(missing_ok=True)
        except (ChromaError, OSError) as error:
            raise VectorsDamaged(f"{type(error).__name__}: {error}") from error

    def _written(self) -> ChromaVectorStore:
        """The store as llama-index writes it."""
        from llama_index.vector_stores.chroma import ChromaVectorStore

        return ChromaVectorStore(chroma_collection=self._open())

    def _open(self) -> chromadb.Collection:
        """The opened store; its client is shared with nobody, so that closing it is ours to decide."""
        if self._opened is not None:
            return self._opened
        from chromadb.api.client import Client
        from chromadb.api.collection_configuration import CreateCollectionConfiguration, CreateHNSWConfiguration
        from chromadb.api.shared_system_client import SharedSystemClient
        from chromadb.config import Settings, System

        with _OPENING:
            SharedSystemClient.clear_system_cache()
            system = System(Settings(anonymized_telemetry=False, is_persistent=True, persist_directory=str(self._folder)))
            system.start()
            try:
                client = Client.from_system(system)
            except AttributeError as error:  # what its cleaning up ends in where the database cannot be opened
                raise VectorsDamaged(f"{self._folder} cannot be opened") from error
            index = CreateCollectionConfiguration(
                hnsw=CreateHNSWConfiguration(space="cosine", ef_search=500, ef_construction=200, max_neighbors=32)
            )
            collection = client.get_or_create_collection(_COLLECTION, embedding_function=None, configuration=index)
            SharedSystemClient.clear_system_cache()
        self._system, self._opened = system, collection
        return collection
