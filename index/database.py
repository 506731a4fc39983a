"""The SQLite file of a library: its tables, its transactions, and its generation number. Writers take turns; who only reads does not wait.

Readers and the writer have a connection each, so that what is being written is seen by nobody before its commit. A search by meaning
takes the writers' turn where it is free, for the sake of the vector store beside this file (see index/vector_index.py).
"""

from __future__ import annotations

import hashlib
import sqlite3
import time
from collections.abc import Iterator, Sized
from contextlib import contextmanager
from pathlib import Path
from threading import RLock

from index.codec import field_names
from index.errors import LibraryBusy, LibraryDamaged, LibraryMissing, LibraryOutdated

WAIT_S = 120.0  # how long a writer waits for another; the longest turn is writing one large document's vectors

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
    name TEXT PRIMARY KEY, sha256 TEXT NOT NULL, format TEXT NOT NULL, title TEXT NOT NULL, authority TEXT, kind TEXT NOT NULL,
    period TEXT, pages TEXT NOT NULL, rows INTEGER NOT NULL, added TEXT NOT NULL, original TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE records (
    key INTEGER PRIMARY KEY, document TEXT NOT NULL REFERENCES documents ON DELETE CASCADE, id TEXT NOT NULL, kind TEXT NOT NULL,
    seq INTEGER NOT NULL, page INTEGER, period TEXT, status TEXT, ongoing INTEGER, lead TEXT, rag TEXT, due TEXT, body TEXT NOT NULL,
    UNIQUE (document, id)
);
CREATE INDEX records_by_id ON records (id);
CREATE TABLE rejections (
    document TEXT NOT NULL REFERENCES documents ON DELETE CASCADE, seq INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (document, seq)
) WITHOUT ROWID;
CREATE TABLE chunks (
    key INTEGER PRIMARY KEY, document TEXT NOT NULL REFERENCES documents ON DELETE CASCADE, id TEXT NOT NULL, seq INTEGER NOT NULL,
    vector TEXT NOT NULL, hash TEXT NOT NULL, body TEXT NOT NULL,
    UNIQUE (document, id)
);
CREATE INDEX chunks_by_hash ON chunks (hash);
CREATE INDEX chunks_by_vector ON chunks (vector);
CREATE TABLE chunk_records (
    chunk INTEGER NOT NULL REFERENCES chunks ON DELETE CASCADE, record TEXT NOT NULL, PRIMARY KEY (chunk, record)
) WITHOUT ROWID;
CREATE INDEX chunks_by_record ON chunk_records (record);
CREATE TABLE embeddings (encoder TEXT NOT NULL, hash TEXT NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (encoder, hash)) WITHOUT ROWID;
CREATE VIRTUAL TABLE chunk_words USING fts5 (heading, text, concepts, tokenize = 'porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE record_words USING fts5 (text, tokenize = 'porter unicode61 remove_diacritics 2');
"""
# Made in libraries that are without them, and so no part of the layout that a library is refused for: what people set right
# outlives the records as they were read, a passage without pieces is found by its words and its vector alone, and a measure without the
# vector of its name by its words.
_ADDED = (
    """
CREATE TABLE IF NOT EXISTS corrections (
    number INTEGER PRIMARY KEY, document TEXT NOT NULL, record TEXT, kind TEXT NOT NULL, field TEXT, value TEXT, changes TEXT NOT NULL,
    body TEXT NOT NULL, by_whom TEXT NOT NULL, at TEXT NOT NULL, why TEXT NOT NULL, state TEXT NOT NULL, undone_by TEXT, undone_at TEXT
)""",
    """
CREATE TABLE IF NOT EXISTS doubts (
    document TEXT NOT NULL REFERENCES documents ON DELETE CASCADE, record TEXT NOT NULL, confidence REAL NOT NULL,
    PRIMARY KEY (document, record)
) WITHOUT ROWID""",
    "CREATE TABLE IF NOT EXISTS pieces (encoder TEXT NOT NULL, hash TEXT NOT NULL, rows BLOB NOT NULL, PRIMARY KEY (encoder, hash))",
    """
CREATE TABLE IF NOT EXISTS measure_names (
    document TEXT NOT NULL REFERENCES documents ON DELETE CASCADE, record TEXT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (document, record)
) WITHOUT ROWID""",
)
_REMEDIES = {  # what to do about the errors of SQLite that come from the disk and not from the program
    sqlite3.SQLITE_FULL: "the disk is full: make room on it and try again",
    sqlite3.SQLITE_IOERR: "see that its disk is sound and not full, and try again",
    sqlite3.SQLITE_READONLY: "see that the library's folder and the files in it can be written",
    sqlite3.SQLITE_PERM: "see that the library's folder and the files in it can be written",
    sqlite3.SQLITE_CANTOPEN: "see that the library's folder and the files in it can be read and written",
    sqlite3.SQLITE_CORRUPT: "move the folder away and run `planspoken ingest` on the documents again",
    sqlite3.SQLITE_NOTADB: "move the folder away and run `planspoken ingest` on the documents again",
}
_HAS_ADDED = "SELECT count(*) = 4 FROM sqlite_master WHERE name IN ('corrections', 'doubts', 'pieces', 'measure_names')"
_HAS_TABLES = "SELECT 1 FROM sqlite_master WHERE name = 'meta'"


class Database:
    """One library.db. `read()` and `write()` give a connection inside a transaction; safe to share between threads."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        """Opens the file, with `create` making it and its tables first where they are not there.

        LibraryMissing, LibraryDamaged, LibraryOutdated or LibraryBusy where that fails.
        """
        if not create and not path.is_file():
            raise no_library(path.parent)
        self._path = path
        self._reading, self._writing = RLock(), RLock()
        self._reader, self._writer = self._connect(WAIT_S), self._connect(0.0)
        try:
            self._prepare(create)
        except BaseException:
            self.close()
            raise

    @property
    def folder(self) -> Path:
        """The folder of the library."""
        return self._path.parent

    def close(self) -> None:
        """Closes both connections."""
        self._reader.close()
        self._writer.close()

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """A connection that sees one state of the library from beginning to end. LibraryDamaged where the file cannot be read."""
        with self._reading, self._in_our_words():
            self._reader.execute("BEGIN")
            try:
                yield self._reader
            finally:
                if self._reader.in_transaction:  # an error of the disk may have ended it
                    self._reader.execute("ROLLBACK")

    @contextmanager
    def write(self, patient: bool = True) -> Iterator[sqlite3.Connection]:
        """A connection that alone may write; committed at the end, or undone when an exception passes.

        LibraryBusy after WAIT_S, or at once without patience, where another writes; LibraryDamaged where the disk is full or the file
        cannot be written.
        """
        with self._taken(patient), self._in_our_words():
            self._patiently("BEGIN IMMEDIATE", WAIT_S if patient else 0.0)
            try:
                yield self._writer
                self._writer.execute("COMMIT")
            except BaseException:
                if self._writer.in_transaction:  # a COMMIT that found the disk full has undone it already
                    self._writer.execute("ROLLBACK")
                raise

    @contextmanager
    def _taken(self, patient: bool) -> Iterator[None]:
        """The writers' turn within this process."""
        if not self._writing.acquire(blocking=patient):
            raise LibraryBusy(f"{self._path.parent}: this process is writing there")
        try:
            yield
        finally:
            self._writing.release()

    @contextmanager
    def _in_our_words(self) -> Iterator[None]:
        """Turns SQLite's errors that come from the disk into LibraryDamaged; the others are mistakes of the program."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            remedy = _REMEDIES.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)  # the low byte is the kind of error
            if remedy is None:
                raise
            raise LibraryDamaged(f"{self._path} cannot be used ({error}): {remedy}") from None

    def _patiently(self, statement: str, seconds: float = WAIT_S) -> None:
        """Runs a statement on the writer's connection as soon as no other process writes; LibraryBusy where that takes longer.

        Asks every few milliseconds: SQLite's own waiting grows to 100 ms, in which a busy writer is back before anybody else.
        """
        end = time.monotonic() + seconds
        while True:
            try:
                self._writer.execute(statement)
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                    raise
            if time.monotonic() >= end:
                raise LibraryBusy(f"{self._path.parent}: another process has been writing for {seconds:.0f} s; try again when it is done")
            time.sleep(0.003)

    def _connect(self, timeout: float) -> sqlite3.Connection:
        try:
            connection = sqlite3.connect(self._path, timeout=timeout, isolation_level=None, check_same_thread=False)
        except sqlite3.OperationalError as error:
            raise LibraryDamaged(f"{self._path} cannot be opened ({error}): check the folder and its permissions") from None
        connection.create_function("fold", 1, lambda text: None if text is None else str(text).casefold(), deterministic=True)
        return connection

    def _prepare(self, create: bool) -> None:
        try:
            with self._in_our_words():
                self._patiently("PRAGMA journal_mode = WAL")
                self._writer.execute("PRAGMA foreign_keys = ON")
                found = self._layout(create)
        except sqlite3.DatabaseError as error:
            raise LibraryDamaged(
                f"{self._path} cannot be read ({error}): move the folder away and run `planspoken ingest` on the documents again"
            ) from None
        if found != _layout():
            raise LibraryOutdated(
                f"{self._path.parent} was made by another version of planspoken: "
                "move it away and run `planspoken ingest` on the documents again; "
                "`planspoken correct --from FOLDER` then brings over what was corrected by hand"
            )
        with self.read() as c:
            (there,) = c.execute(_HAS_ADDED).fetchone()
        if not there:
            with self.write() as c:
                for statement in _ADDED:
                    c.execute(statement)

    def _layout(self, create: bool) -> str:
        """The layout the file was made with; makes the tables where there are none yet and `create` is given."""
        if create:
            with self.write() as c:
                if not c.execute(_HAS_TABLES).fetchone():
                    for statement in filter(str.strip, _TABLES.split(";\n")):
                        c.execute(statement)
                    c.executemany("INSERT INTO meta VALUES (?, ?)", [("layout", _layout()), ("generation", "1"), ("encoder", "")])
        with self.read() as c:
            if not c.execute(_HAS_TABLES).fetchone():  # as a process leaves it that was killed before its first commit
                raise no_library(self._path.parent)
            return str(c.execute("SELECT value FROM meta WHERE key = 'layout'").fetchone()[0])


def no_library(folder: Path) -> LibraryMissing:
    """The error for a folder without a library."""
    return LibraryMissing(f"no library in {folder}: run `planspoken ingest PATH…` first, or name another folder with --library")


def generation(connection: sqlite3.Connection) -> int:
    """A number that is another after each write."""
    return int(connection.execute("SELECT value FROM meta WHERE key = 'generation'").fetchone()[0])


def next_generation(connection: sqlite3.Connection) -> int:
    """Counts the generation on and returns it; every write does this."""
    connection.execute("UPDATE meta SET value = value + 1 WHERE key = 'generation'")
    return generation(connection)


def encoder_name(connection: sqlite3.Connection) -> str:
    """The encoder that the vectors in the vector store were made by; empty where there are none yet."""
    return str(connection.execute("SELECT value FROM meta WHERE key = 'encoder'").fetchone()[0])


def set_encoder_name(connection: sqlite3.Connection, name: str) -> None:
    """Says which encoder the vectors in the vector store were made by, and forgets those of others."""
    connection.execute("UPDATE meta SET value = ? WHERE key = 'encoder'", (name,))
    connection.execute("DELETE FROM embeddings WHERE encoder <> ?", (name,))


def marks(values: Sized) -> str:
    """Question marks for an SQL list of these values."""
    return ",".join("?" * len(values))


def _layout() -> str:
    return hashlib.sha256((_TABLES + field_names()).encode()).hexdigest()
