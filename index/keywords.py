"""Search by words: SQLite FTS5 with porter stems. Query texts are taken apart here and quoted, so that none is read as FTS syntax.

A passage is indexed in three columns: the headings it stands under, its own text, and the field's concepts in both (ingest/lexicon.py),
so that "kids in care" finds what is printed as "LAC".
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence

from index.database import marks
from ingest.lexicon import lexicon
from ingest.types import Chunk

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
# bm25's weights of the columns. A heading stands over many passages and tells less of each; a concept tells more than the common words it
# may be said with ("kids", "care"). Of the evidence of the labelled questions five passages hold 0.01 to 0.02 less with all at 1.
_HEADING, _TEXT, _CONCEPTS = 0.5, 1.0, 2.0


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


def columns(chunk: Chunk) -> tuple[str, str, str]:
    """What a passage is found by: its headings, its text, and the concepts of both."""
    return chunk.embedded.removesuffix(chunk.text), chunk.text, " ".join(_concepts(chunk.embedded))


def sought(text: str) -> tuple[str, ...]:
    """What a question is looked for by: its content words, misspelt ones set right, and its concepts; each once."""
    known = lexicon().misspelt
    words = [part for word in content_words(text) for part in known.get(word, word).split()]
    return tuple(dict.fromkeys([*words, *_concepts(text)]))


def _concepts(text: str) -> list[str]:
    """The concepts of a text as words of their own, which no text holds and porter leaves alone: "@looked_after" as "qlookedafterq"."""
    return [f"q{term[1:].replace('_', '')}q" for term in lexicon().terms(text) if term.startswith("@")]


def ranked(connection: sqlite3.Connection, text: str, limit: int, documents: Sequence[str] | None) -> list[tuple[int, float]]:
    """(key, score) of the chunks that have words or concepts of the text, best first by bm25; scores are positive, higher is better."""
    words = sought(text)
    if not words:
        return []
    where, values = "chunk_words MATCH ?", [any_of(words)]
    if documents is not None:
        where += f" AND document IN ({marks(documents)})"
        values += documents
    rank = f"bm25(chunk_words, {_HEADING}, {_TEXT}, {_CONCEPTS})"
    rows = connection.execute(
        f"SELECT key, -{rank} FROM chunk_words JOIN chunks ON chunks.key = chunk_words.rowid WHERE {where}"
        f" ORDER BY {rank}, document, seq LIMIT ?",
        (*values, limit),
    )
    return [(int(key), float(score)) for key, score in rows]
