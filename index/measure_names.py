"""What measures are called, as vectors: to tell which of them a question means whose words are its own.

"How long do people hang on before someone picks up?" shares no word with "Average wait for calls to be answered (seconds)". Of 46 questions
in lay words over twelve documents of nine services the nearest name is the right measure's in 30; a row's whole passage in 25. Only those
of tables have a name that was given to be one; figures of running text are found by their sentences.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.documents import text_hash
from index.types import Vectors
from ingest.types import Measure


@dataclass(frozen=True)
class Names:
    """The vectors of measures' names: row n of `vectors` is that of the measure `ids[n]`."""

    ids: tuple[str, ...]
    vectors: Vectors
    vector_of: Callable[[str], Vectors]

    def like(self, text: str) -> Mapping[str, float]:
        """The cosine of each measure's name to a text, by id; nothing for a library that was made before names were kept."""
        if not self.ids or not text.strip():
            return {}
        return dict(zip(self.ids, map(float, self.vectors @ self.vector_of(text)), strict=True))


def called(measure: Measure) -> str:
    """A measure's name with its part, as it is embedded."""
    return f"{measure.measure} ({measure.breakdown})" if measure.breakdown else measure.measure


def insert(connection: sqlite3.Connection, document: str, measures: Sequence[Measure]) -> None:
    """Keeps which measure goes by which name; the names' vectors are in the cache of embeddings."""
    rows = [(document, m.id, text_hash(called(m))) for m in measures]
    connection.executemany("INSERT OR REPLACE INTO measure_names VALUES (?, ?, ?)", rows)


def stored(connection: sqlite3.Connection, encoder: str, vector_of: Callable[[str], Vectors]) -> Names:
    """The names of all measures whose vectors of this encoder are kept; `vector_of` gives that of a question, of the same encoder."""
    sql = "SELECT n.record, e.vector FROM measure_names n JOIN embeddings e USING (hash) WHERE e.encoder = ? ORDER BY n.document, n.record"
    rows = connection.execute(sql, (encoder,)).fetchall()
    vectors = np.stack([np.frombuffer(vector, dtype=np.float32) for _, vector in rows]) if rows else np.zeros((0, 0), dtype=np.float32)
    return Names(tuple(str(record) for record, _ in rows), vectors, vector_of)
