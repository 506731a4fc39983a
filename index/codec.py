"""Records, rejections, pages and chunks to JSON text and back, losing nothing."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from typing import Any

from ingest.types import Action, Chunk, Commitment, Measure, PageInfo, Place, Record, Rejection

KINDS: dict[str, type[Record]] = {"measure": Measure, "action": Action, "commitment": Commitment}
_STORED = (Place, PageInfo, Rejection, Chunk, *KINDS.values())


def field_names() -> str:
    """The names of all stored fields: a library that was written with others cannot be read."""
    return ";".join(f"{kind.__name__}:{','.join(f.name for f in fields(kind))}" for kind in _STORED)


def kind_of(record: Record) -> str:
    """The word a record is stored under: measure, action or commitment."""
    return type(record).__name__.lower()


def dump(thing: Record | Rejection | Chunk) -> str:
    """One line of JSON."""
    return json.dumps(asdict(thing), ensure_ascii=False, separators=(",", ":"))


def dump_pages(pages: tuple[PageInfo, ...]) -> str:
    """One line of JSON: a list."""
    return json.dumps([asdict(page) for page in pages], ensure_ascii=False, separators=(",", ":"))


def load_pages(text: str) -> tuple[PageInfo, ...]:
    """What `dump_pages` was given."""
    return tuple(PageInfo(**page) for page in json.loads(text))


def load_measure(text: str) -> Measure:
    """The measure that was dumped."""
    return Measure(**_body(text))


def load_action(text: str) -> Action:
    """The action that was dumped."""
    body = _body(text)
    return Action(**{**body, "pages": tuple(body["pages"])})


def load_commitment(text: str) -> Commitment:
    """The commitment that was dumped."""
    return Commitment(**_body(text))


def load_record(kind: str, text: str) -> Record:
    """The record of that kind that was dumped."""
    if kind == "measure":
        return load_measure(text)
    return load_action(text) if kind == "action" else load_commitment(text)


def load_rejection(text: str) -> Rejection:
    """The rejection that was dumped."""
    return Rejection(**_body(text))


def load_chunk(text: str) -> Chunk:
    """The chunk that was dumped."""
    body = _body(text)
    return Chunk(**{**body, "records": tuple(body["records"])})


def _body(text: str) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(text)
    place = body["place"]
    box = place["box"]
    body["place"] = Place(**{**place, "box": None if box is None else tuple(box)})
    return body
