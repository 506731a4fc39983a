"""Documents and their chunks in SQL."""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Literal, TypeVar

from index.codec import dump, dump_pages, load_chunk, load_pages
from index.database import marks
from index.keywords import columns
from index.periods import same_point
from index.records import forget as forget_records
from index.types import DocumentEntry
from index.versions import newest
from ingest.types import Chunk, Document, Extraction, Record

Value = TypeVar("Value", str, int)

_ENTRIES = """
SELECT name, title, authority, documents.kind AS kind, period, format, sha256, pages,
    (SELECT count(*) FROM records WHERE document = name AND records.kind = 'measure') AS measures,
    (SELECT count(*) FROM records WHERE document = name AND records.kind = 'action') AS actions,
    (SELECT count(*) FROM records WHERE document = name AND records.kind = 'commitment') AS commitments,
    (SELECT count(*) FROM chunks WHERE document = name) AS chunks,
    rows, (SELECT count(*) FROM rejections WHERE document = name) AS rejected_rows, added,
    (SELECT count(*) + count(undone_at) FROM corrections WHERE document = name) AS edits
FROM documents ORDER BY name
"""


@lru_cache(maxsize=8192)  # of the passages that are weighed for every question
def text_hash(text: str) -> str:
    """The name of a text in the cache of embeddings."""
    return hashlib.sha256(text.encode()).hexdigest()


def insert(connection: sqlite3.Connection, document: Document, extraction: Extraction, original: str) -> None:
    """Writes the row of a document; `original` is the name of its file in the folder of originals."""
    d, added = document, datetime.now(UTC).isoformat(timespec="seconds")
    values = (d.name, d.sha256, d.format, d.title, d.authority, d.kind, d.period, dump_pages(d.pages), extraction.rows, added, original)
    connection.execute("INSERT INTO documents VALUES (?,?,?,?,?,?,?,?,?,?,?)", values)


def insert_chunks(connection: sqlite3.Connection, document: str, chunks: Sequence[Chunk], vectors: Mapping[str, str]) -> None:
    """Writes the chunks of a document with their words and the records they contain; `vectors` has the vector id of each text to embed."""
    for seq, chunk in enumerate(chunks):
        key = connection.execute(
            "INSERT INTO chunks (document, id, seq, vector, hash, body) VALUES (?,?,?,?,?,?)",
            (document, chunk.id, seq, vectors[chunk.embedded], text_hash(chunk.embedded), dump(chunk)),
        ).lastrowid
        connection.execute("INSERT INTO chunk_words (rowid, heading, text, concepts) VALUES (?,?,?,?)", (key, *columns(chunk)))
        connection.executemany("INSERT INTO chunk_records VALUES (?, ?)", [(key, record) for record in dict.fromkeys(chunk.records)])


def forget(connection: sqlite3.Connection, name: str) -> list[str]:
    """Takes a document out with all that hangs on it; returns the ids of its vectors, which are nobody's from then on."""
    vectors = [str(vector) for (vector,) in connection.execute("SELECT DISTINCT vector FROM chunks WHERE document = ?", (name,))]
    connection.execute("DELETE FROM chunk_words WHERE rowid IN (SELECT key FROM chunks WHERE document = ?)", (name,))
    forget_records(connection, name)
    connection.execute("DELETE FROM documents WHERE name = ?", (name,))
    return vectors


def entries(connection: sqlite3.Connection) -> list[DocumentEntry]:
    """All documents by name."""
    rows = connection.execute(_ENTRIES)
    columns = [column[0] for column in rows.description]
    there = [DocumentEntry(**{**dict(zip(columns, row, strict=True)), "pages": load_pages(row[columns.index("pages")])}) for row in rows]
    newer = newest(there)
    return [replace(entry, newer=newer.get(entry.name)) for entry in there] if newer else there


def names(connection: sqlite3.Connection) -> list[str]:
    """The names of all documents, sorted."""
    return [str(name) for (name,) in connection.execute("SELECT name FROM documents ORDER BY name")]


def hash_of(connection: sqlite3.Connection, name: str) -> str | None:
    """sha256 of a document's bytes, None where there is no such document."""
    row = connection.execute("SELECT sha256 FROM documents WHERE name = ?", (name,)).fetchone()
    return None if row is None else str(row[0])


def original_of(connection: sqlite3.Connection, name: str) -> str | None:
    """The name of a document's file in the folder of originals."""
    row = connection.execute("SELECT original FROM documents WHERE name = ?", (name,)).fetchone()
    return None if row is None else str(row[0])


def originals(connection: sqlite3.Connection) -> set[str]:
    """The names of all files in the folder of originals that belong to a document."""
    return {str(original) for (original,) in connection.execute("SELECT original FROM documents")}


def chunks(connection: sqlite3.Connection, document: str | None) -> list[Chunk]:
    """The chunks of a document, or of all, in reading order."""
    where, values = ("WHERE document = ?", [document]) if document is not None else ("", [])
    return [load_chunk(body) for (body,) in connection.execute(f"SELECT body FROM chunks {where} ORDER BY document, seq", values)]


def chunks_of(connection: sqlite3.Connection, record: str) -> list[Chunk]:
    """The chunks a record is printed in."""
    sql = "SELECT body FROM chunks JOIN chunk_records ON chunk = key WHERE record = ? ORDER BY document, seq"
    return [load_chunk(body) for (body,) in connection.execute(sql, (record,))]


def chunks_by(connection: sqlite3.Connection, column: Literal["key", "vector"], values: Sequence[Value]) -> list[tuple[Value, Chunk]]:
    """(value, chunk) of the chunks that have one of these keys or vectors, in reading order; what belongs to no chunk is left out."""
    found: list[tuple[str, int, Value, str]] = []
    for part in _parts(values):
        found += connection.execute(f"SELECT document, seq, {column}, body FROM chunks WHERE {column} IN ({marks(part)})", part)
    return [(value, load_chunk(body)) for _, _, value, body in sorted(found)]


def manifest(connection: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """(vector id, document, text to embed) of every vector that is valid."""
    rows = connection.execute("SELECT DISTINCT vector, document, body ->> 'embedded' FROM chunks ORDER BY document, seq")
    return [(str(vector), str(document), str(text)) for vector, document, text in rows]


def vector_ids(connection: sqlite3.Connection) -> set[str]:
    """The ids of the vectors that are valid."""
    return {str(vector) for (vector,) in connection.execute("SELECT vector FROM chunks")}


def count_vectors(connection: sqlite3.Connection, names: Sequence[str] | None = None) -> int:
    """How many vectors are valid, in these documents or in all."""
    where, values = _in_documents(names)
    return int(connection.execute(f"SELECT count(DISTINCT vector) FROM chunks WHERE {where}", values).fetchone()[0])


def embedded(connection: sqlite3.Connection, encoder: str, names: Sequence[str] | None) -> list[tuple[str, bytes]]:
    """(vector id, float32 bytes) of every valid vector, in these documents or in all."""
    where, values = _in_documents(names)
    sql = f"SELECT DISTINCT chunks.vector, e.vector FROM chunks JOIN embeddings e USING (hash) WHERE e.encoder = ? AND {where}"
    return [(str(i), bytes(vector)) for i, vector in connection.execute(sql, (encoder, *values))]


def scope(
    connection: sqlite3.Connection,
    documents: Sequence[str] | None,
    authorities: Sequence[str] | None,
    periods: Sequence[str] | None,
) -> list[str] | None:
    """The names of the documents a search is limited to, None for no limit; an empty argument sets none. Texts compare without case.

    A document belongs to a period when its figures are for it, or when a measure in it is; forms of one reporting point are one.
    """
    conditions: list[str] = []
    values: list[str] = []
    for column, wanted in (("name", documents), ("authority", authorities)):
        if wanted:
            folded = [text.casefold() for text in wanted]
            conditions.append(f"fold({column}) IN ({marks(folded)})")
            values += folded
    if periods:
        forms = sorted({form for period in periods for form in same_point(period)})
        measured = f"SELECT document FROM records WHERE kind = 'measure' AND period IN ({marks(forms)})"
        conditions.append(f"(period IN ({marks(forms)}) OR name IN ({measured}))")
        values += forms * 2
    if not conditions:
        return None
    return [
        str(name) for (name,) in connection.execute(f"SELECT name FROM documents WHERE {' AND '.join(conditions)} ORDER BY name", values)
    ]


def stored_embeddings(connection: sqlite3.Connection, encoder: str, hashes: Sequence[str]) -> dict[str, bytes]:
    """The embeddings there are, as float32 bytes, of the texts with these hashes."""
    found: dict[str, bytes] = {}
    for part in _parts(hashes):
        found |= dict(
            connection.execute(f"SELECT hash, vector FROM embeddings WHERE encoder = ? AND hash IN ({marks(part)})", (encoder, *part))
        )
    return found


def store_embeddings(connection: sqlite3.Connection, encoder: str, vectors: Iterable[tuple[str, bytes]]) -> None:
    """Keeps embeddings (text hash, float32 bytes); those already there stay as they are."""
    connection.executemany("INSERT OR IGNORE INTO embeddings VALUES (?, ?, ?)", [(encoder, key, vector) for key, vector in vectors])


def stored_pieces(connection: sqlite3.Connection, encoder: str, hashes: Sequence[str]) -> dict[str, bytes]:
    """The pieces there are, as index/pieces.py packs them, of the texts with these hashes."""
    found: dict[str, bytes] = {}
    for part in _parts(hashes):
        sql = f"SELECT hash, rows FROM pieces WHERE encoder = ? AND hash IN ({marks(part)})"
        found |= dict(connection.execute(sql, (encoder, *part)))
    return found


def with_pieces(connection: sqlite3.Connection, encoder: str, hashes: Sequence[str]) -> set[str]:
    """Those of these hashes whose texts have pieces."""
    found: set[str] = set()
    for part in _parts(hashes):
        rows = connection.execute(f"SELECT hash FROM pieces WHERE encoder = ? AND hash IN ({marks(part)})", (encoder, *part))
        found |= {key for (key,) in rows}
    return found


def store_pieces(connection: sqlite3.Connection, encoder: str, packed: Iterable[tuple[str, bytes]]) -> None:
    """Keeps packed pieces (text hash, bytes); those already there stay as they are."""
    connection.executemany("INSERT OR IGNORE INTO pieces VALUES (?, ?, ?)", [(encoder, key, rows) for key, rows in packed])


def forget_unused_embeddings(connection: sqlite3.Connection) -> None:
    """Takes out the embeddings and pieces of texts that are in no chunk, and name no measure, any more."""
    for table in ("embeddings", "pieces"):
        connection.execute(f"DELETE FROM {table} WHERE hash NOT IN (SELECT hash FROM chunks UNION SELECT hash FROM measure_names)")


def _in_documents(names: Sequence[str] | None) -> tuple[str, Sequence[str]]:
    return ("TRUE", ()) if names is None else (f"document IN ({marks(names)})", names)


def _parts(values: Sequence[Value]) -> Iterator[Sequence[Value]]:
    """The values in parts that SQLite takes as the values of one statement."""
    return (values[start : start + 1000] for start in range(0, len(values), 1000))


def check(document: Document, extraction: Extraction, chunks: Sequence[Chunk], original: bytes) -> None:
    """ValueError for what would make the library contradict itself: a mistake in the program that read the document."""
    if hashlib.sha256(original).hexdigest() != document.sha256:
        raise ValueError(f"{document.name}: sha256 is not that of the original's bytes")
    found: list[Record] = [*extraction.measures, *extraction.actions, *extraction.commitments]
    ids = [record.id for record in found]
    for name, values in (("record", ids), ("chunk", [chunk.id for chunk in chunks])):
        twice = [value for value, count in Counter(values).items() if count > 1]
        if twice:
            raise ValueError(f"{document.name}: {name} ids occur twice: {', '.join(twice[:5])}")
    strange = sorted({record for chunk in chunks for record in chunk.records} - set(ids))
    if strange:
        raise ValueError(f"{document.name}: chunks name records that are not there: {', '.join(strange[:5])}")
