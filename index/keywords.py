"""Search by words: SQLite FTS5 with porter stems. Query texts are taken apart here and quoted, so that none is read as FTS syntax."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence

from index.database import marks

# Words that are in nearly every passage: they say nothing about what is sought, and OR'd they cost a hundred times the rest
# (measured: 290 ms against 6 at 100,000 passages). "s" and "t" are what FTS5 leaves of "children's" and "don't".
STOP_WORDS = frozenset(
    """
    a about all also am an and any are as at be because been being but by can could did do does doing don for from had has have having he
    her hers him his how i if in into is it its just let may me might more most my no nor not of on or other our ours out over per shall she
    should so some such s t than that the their theirs them then there these they this those through to too under up upon us was we were
    what when where which while who whom whose why will with within would you your yours
    """.split()
)
_WORD = re.compile(r"[^\W_]+")


def content_words(text: str) -> tuple[str, ...]:
    """The words of a text that can be searched for, lower case, each once; where all are stop words, all of them ("IT")."""
    words = dict.fromkeys(_WORD.findall(text.casefold()))
    return tuple(word for word in words if word not in STOP_WORDS) or tuple(words)


def any_of(words: Sequence[str]) -> str:
    """FTS5 query: at least one of the words."""
    return " OR ".join(f'"{word}"' for word in words)


def all_of(words: Sequence[str]) -> str:
    """FTS5 query: every one of the words."""
    return " AND ".join(f'"{word}"' for word in words)


def ranked(connection: sqlite3.Connection, text: str, limit: int, documents: Sequence[str] | None) -> list[tuple[int, float]]:
    """(key, score) of the chunks that have words of the text, best first by bm25; scores are positive, higher is better."""
    words = content_words(text)
    if not words:
        return []
    where, values = "chunk_words MATCH ?", [any_of(words)]
    if documents is not None:
        where += f" AND document IN ({marks(documents)})"
        values += documents
    rows = connection.execute(
        f"SELECT key, -bm25(chunk_words) FROM chunk_words JOIN chunks ON chunks.key = chunk_words.rowid WHERE {where}"
        " ORDER BY bm25(chunk_words), document, seq LIMIT ?",
        (*values, limit),
    )
    return [(int(key), float(score)) for key, score in rows]
