"""The queue of what a person should look at, and the corrections made so far, as the review screen draws them. Every text is plain text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from app.corrected import STATE, field_name
from app.grid import Cell, Grid, where_words
from app.kinds.wording import plural
from index.review import REASONS, Doubtful, Reason
from ingest.records.correct import correctable, field_words, name_of
from ingest.types import Correction, Record, Rejection


def address(key: str) -> str:
    """The address of a record's own page of review."""
    return f"?record={quote(key, safe='')}"


def name_words(of: Record | Rejection) -> str:
    """What is to be looked at, in a line."""
    flat = " ".join((of.text if isinstance(of, Rejection) else name_of(of)).split())
    return flat if len(flat) <= 140 else flat[: flat.rfind(" ", 0, 140)] + " …"


def reasons_of(found: Sequence[Doubtful]) -> dict[str, str]:
    """The reasons there are, with how many have each."""
    counts: dict[Reason, int] = {}
    for doubtful in found:
        for reason in dict.fromkeys(doubt.reason for doubt in doubtful.doubts):
            counts[reason] = counts.get(reason, 0) + 1
    return {reason: f"{words} ({counts[reason]})" for reason, words in REASONS.items() if reason in counts}


def narrowed(found: Sequence[Doubtful], documents: Sequence[str], reasons: Sequence[str]) -> list[Doubtful]:
    """Those of these documents and reasons; all where none is named."""
    return [
        doubtful
        for doubtful in found
        if (not documents or doubtful.place.document in documents)
        and (not reasons or any(doubt.reason in reasons for doubt in doubtful.doubts))
    ]


def doubtful_grid(found: Sequence[Doubtful], rows: int, titles: Mapping[str, str]) -> Grid:
    """The first rows of the queue, each leading to the record beside its page."""
    lines = tuple(
        (
            Cell(name_words(doubtful.of), page=address(doubtful.key)),
            Cell("; ".join(doubt.words for doubt in doubtful.doubts)),
            Cell(where_words(doubtful.place) or "shown", detail=titles.get(doubtful.place.document, doubtful.place.document)),
        )
        for doubtful in found[:rows]
    )
    shown = f", the first {rows}" if rows < len(found) else ""
    return Grid(f"{plural(len(found), 'record or row', 'records and rows')} to look at{shown}", ("What was read", "Why", "Place"), lines)


def corrections_grid(corrections: Sequence[Correction]) -> Grid:
    """All corrections, the latest first, each leading to its record."""
    headers = ("Record", "Field", "Read as", "Corrected to", "By", "On", "Why", "State")
    rows = tuple(
        (
            Cell(f"{c.number}: {c.name}", detail=c.document, page=address(c.record) if c.record else None),
            Cell(field_name(c.field) if c.field else "all of it"),
            Cell((c.read or "nothing") if c.field else "as it stands"),
            Cell((c.value or "nothing") if c.field else "confirmed"),
            Cell(c.by),
            Cell(c.at[:10]),
            Cell(c.why),
            Cell(STATE[c.state], detail=f"by {c.undone_by}" if c.undone_by else None),
        )
        for c in reversed(corrections)
    )
    return Grid(plural(len(rows), "correction or confirmation", "corrections and confirmations"), headers, rows)


def fields_of(record: Record) -> dict[str, str]:
    """The fields that can be set right, with what each is now."""
    return {field: " ".join((field_words(record, field) or "nothing").split()) for field in correctable(record)}


def field_label(field: str) -> str:
    """A field as a choice."""
    words = field_name(field)
    return words[:1].upper() + words[1:]
