"""Records, rejections, pages and chunks to JSON text and back, losing nothing."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from functools import lru_cache
from typing import Any, TypeVar

from ingest.types import Action, Chunk, Commitment, Measure, PageInfo, Place, Record, Rejection

Placed = TypeVar("Placed", Measure, Action, Commitment, Record, Rejection, Chunk)

KINDS: dict[str, type[Record]] = {"measure": Measure, "action": Action, "commitment": Commitment}
_NOT_STORED = ("corrected",)  # kept apart: see index/corrections.py
_LATER = ("status", "due_was", "due_was_iso", "called")  # of actions: a library written before there were these holds none
_PASSAGES = 8192  # that are remembered
_STORED = (Place, PageInfo, Rejection, Chunk, *KINDS.values())


def field_names() -> str:
    """The names of all stored fields but those that may be missing: a library that was written with others cannot be read."""
    return ";".join(f"{kind.__name__}:{','.join(f.name for f in fields(kind) if not _may_lack(kind, f.name))}" for kind in _STORED)


def _may_lack(kind: type, name: str) -> bool:
    return name in _NOT_STORED or (kind is Action and name in _LATER)


def kind_of(record: type[Record]) -> str:
    """The word that records of a type are stored under."""
    return next(word for word, kind in KINDS.items() if kind is record)


def dump(thing: Record | Rejection | Chunk) -> str:
    """One line of JSON; what was corrected by hand is no part of it."""
    body = {name: value for name, value in asdict(thing).items() if name not in _NOT_STORED}
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def load(kind: type[Placed], text: str) -> Placed:
    """What `dump` was given; `kind` is its type."""
    body = _values(json.loads(text))
    return kind(**{**body, "place": Place(**_values(body["place"]))})


@lru_cache(maxsize=_PASSAGES)
def load_chunk(text: str) -> Chunk:
    """As `load`, of a passage: the best are found again with every question, and reading one takes longer than finding it."""
    return load(Chunk, text)


def dump_pages(pages: tuple[PageInfo, ...]) -> str:
    """One line of JSON: a list."""
    return json.dumps([asdict(page) for page in pages], ensure_ascii=False, separators=(",", ":"))


def load_pages(text: str) -> tuple[PageInfo, ...]:
    """What `dump_pages` was given."""
    return tuple(PageInfo(**_values(page)) for page in json.loads(text))


def _values(body: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in body.items()}
