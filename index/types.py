"""What the library gives back, and the seams behind it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from ingest.types import Chunk, PageInfo

Vectors = np.ndarray  # float32, shape (n, dimensions), rows of length 1


class Encoder(Protocol):
    """Turns texts into unit vectors."""

    @property
    def name(self) -> str:
        """Identifies model and version; vectors of different names are never mixed."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """float32 array of shape (len(texts), dimensions), each row of length 1."""
        ...

    def encode_pieces(self, texts: Sequence[str]) -> tuple[Vectors, list[Vectors]]:
        """What `encode` gives, and for each text one row of length 1 for each piece of it that says something: a word, or a part of one.

        A text of nothing but common words has a row for each of them; a blank one has none.
        """
        ...


class VectorStore(Protocol):
    """Unit vectors under ids, each belonging to a document. It knows nothing of what is valid: the library's manifest says that.

    It is used by one thread, and one process, at a time; `refresh` is called when another has used it meanwhile.
    A method raises `VectorsDamaged` (index/errors.py) where the stored data cannot be read.
    """

    def add(self, document: str, ids: Sequence[str], vectors: Vectors) -> None:
        """Stores one vector an id; `vectors` has shape (len(ids), dimensions); ids are new."""
        ...

    def remove(self, ids: Collection[str]) -> None:
        """Takes vectors out; ids that are not there do not matter."""
        ...

    def search(self, vector: Vectors, limit: int, documents: Sequence[str] | None = None) -> list[tuple[str, float]]:
        """(id, cosine) best first, at most `limit`; `documents` limits the search to these documents. `vector` has shape (dimensions,)."""
        ...

    def ids(self) -> set[str]:
        """All ids there are."""
        ...

    def count(self) -> int:
        """How many vectors there are."""
        ...

    def clear(self) -> None:
        """Takes everything out, also what cannot be read, and with it the number of dimensions."""
        ...

    def refresh(self) -> None:
        """From now on sees what other processes wrote."""
        ...

    def close(self) -> None:
        """Lets go of files; the store is not used afterwards."""
        ...


@dataclass(frozen=True)
class DocumentEntry:
    """One line of `planspoken documents`."""

    name: str
    title: str
    authority: str | None
    kind: str
    period: str | None
    format: str
    sha256: str
    pages: tuple[PageInfo, ...]
    measures: int
    actions: int
    commitments: int
    chunks: int
    rows: int
    rejected_rows: int
    added: str  # ISO 8601, UTC
    newer: str | None = None  # the newest version of it in the library, by name: see index/versions.py
    edits: int = 0  # how often a record of it was corrected or confirmed by hand, or that undone; only ever grows


@dataclass(frozen=True)
class Filter:
    """Which records: every field narrows, an empty one does not. Texts compare without case; `leads` are contained in the lead.

    `periods` are contract forms ("2019/20-Q2") or words for them ("Q2 2019/20"); a quarter also matches its last month and that month's
    last day. Actions and commitments have the period of their document. Measures and commitments that belong to an action have its lead,
    due date and (commitments) rating. Statuses are those of measures (`off_target` …); actions, and commitments that belong to one, are
    `completed`, `open` or `ongoing`.
    A due month counts as its last day. `FilterInvalid` is raised for a due date that is no ISO month or day, for a period that names none
    or several, and for a topic without a word in it.
    """

    documents: tuple[str, ...] = ()
    authorities: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    rags: tuple[str, ...] = ()
    due_before: str | None = None  # ISO month or day, exclusive
    due_after: str | None = None  # ISO month or day, exclusive
    topic: str | None = None  # words; every one must be found (stemmed) in the record's text


@dataclass(frozen=True)
class Hit:
    """A passage found: `cosine` is the true cosine (None from a search by words only); `via` says which searches found it.

    `via` holds "words" and "vectors"; `score` compares hits of one search only (higher is better).
    """

    chunk: Chunk
    score: float
    cosine: float | None
    via: tuple[str, ...]
