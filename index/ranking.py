"""The order of what a search found: by words, by the vector of a passage, and the best of them piece by piece."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from index import documents, keywords
from index.fusion import fuse, fuse_closely
from index.types import Hit, Vectors
from index.vector_index import VectorIndex

_CLOSELY = 50  # so many of the best by words and by vectors are compared piece by piece, 0.1 ms each


def fused(
    index: VectorIndex, connection: sqlite3.Connection, asked: tuple[Vectors, Vectors], words: list[Hit], near: list[Hit]
) -> list[Hit]:
    """Both in one; what was found by words alone is given its cosine, so that all are weighed alike. The best are compared closely."""
    vector, pieces = asked
    hits = {_key(hit): hit for hit in words}
    cosines = index.cosines(connection, vector, [hit.chunk.embedded for hit in words])
    meaning = dict(zip(hits, cosines, strict=True))
    for hit in near:
        known = hits.get(key := _key(hit))
        hits[key] = replace(hit, via=("words", "vectors")) if known else hit
        meaning[key] = hit.score
    told = {_key(hit): hit.score for hit in words}
    found = fuse(told, meaning)
    first = [key for key, _ in found[:_CLOSELY]]
    close = index.met(connection, pieces, [hits[key].chunk.embedded for key in first])
    if close is not None:
        found = fuse_closely(told, meaning, dict(zip(first, close, strict=True)))
    return [replace(hits[key], score=score, cosine=meaning[key]) for key, score in found]


def _key(hit: Hit) -> tuple[str, str]:
    return hit.chunk.place.document, hit.chunk.id


def repeats_last(hits: Sequence[Hit], limit: int) -> list[Hit]:
    """The first `limit` hits, which are to say different things: a plan may be there in two forms, and a sentence on every page.

    What says the same as an earlier one comes after all others.
    """
    said: set[str] = set()
    again: list[Hit] = []
    first: list[Hit] = []
    for hit in hits:
        if len(first) == limit:
            break
        letters = "".join(filter(str.isalnum, hit.chunk.text.casefold()))
        (again if letters in said else first).append(hit)
        said.add(letters)
    return (first + again)[:limit]


def by_words(connection: sqlite3.Connection, text: str, limit: int, names: Sequence[str] | None) -> list[Hit]:
    """The passages of these documents, or of all, that share words with a text; best first by bm25."""
    found = dict(keywords.ranked(connection, text, limit, names))
    hits = {key: Hit(chunk, found[key], None, ("words",)) for key, chunk in documents.chunks_by(connection, "key", list(found))}
    return [hits[key] for key in found]
