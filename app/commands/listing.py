"""measures, actions, commitments, documents: lists of what the library holds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.commands.output import write_rows, write_table
from app.errors import AppError
from app.export import DOCUMENT_COLUMNS, DOCUMENT_SHOWN, SHOWN, columns_of, document_row, record_rows, shown_rows
from index.library import Library
from index.types import Filter, Hit
from ingest.types import Action, Commitment, Measure, Record

PASSAGES = 20  # that a search for commitments looks through


def documents(folder: Path, format: str, out: Path | None) -> None:
    """One line a document."""
    with Library.open(folder) as library:
        rows = [document_row(entry) for entry in library.documents()]
    if format == "table":
        write_table(rows, DOCUMENT_SHOWN, "documents", out)
    else:
        write_rows(rows, DOCUMENT_COLUMNS, format, "documents", out)


def measures(wanted: Filter, folder: Path, format: str, out: Path | None) -> None:
    """The measures that match the filter."""
    with Library.open(folder) as library:
        _check_names(wanted, library)
        _write(Measure, library.measures(wanted), format, out)


def actions(wanted: Filter, folder: Path, format: str, out: Path | None) -> None:
    """The actions that match the filter."""
    with Library.open(folder) as library:
        _check_names(wanted, library)
        _write(Action, library.actions(wanted), format, out)


def commitments(text: str | None, wanted: Filter, folder: Path, format: str, out: Path | None) -> None:
    """The commitments that match the filter; with a text, those in the passages that a search for it finds, best first."""
    with Library.open(folder) as library:
        _check_names(wanted, library)
        found = library.commitments(wanted)
        if text is not None:
            hits = library.search(text, PASSAGES, documents=wanted.documents, authorities=wanted.authorities, periods=wanted.periods)
            found = _best_first(text, found, hits)
    _write(Commitment, found, format, out)


def _best_first(text: str, found: Sequence[Commitment], hits: Sequence[Hit]) -> list[Commitment]:
    """The commitments printed in the passages, in the passages' order; within one, those that share most words with the text first."""
    rank: dict[str, int] = {}
    for place, hit in enumerate(hits):
        for record in hit.chunk.records:
            rank.setdefault(record, place)
    words = set(text.casefold().split())
    matched = [(rank.get(c.id, rank.get(c.action_id or "")), c) for c in found]
    ordered = sorted(
        ((place, -len(words & set(c.commitment.casefold().split())), c) for place, c in matched if place is not None), key=lambda m: m[:2]
    )
    return [c for _, _, c in ordered]


def _write(kind: type[Record], records: Sequence[Record], format: str, out: Path | None) -> None:
    title = f"{kind.__name__}s".lower()
    if format == "table":
        write_table(shown_rows(records), SHOWN[kind], title, out)
    else:
        write_rows(record_rows(records), columns_of(kind), format, title, out)


def _check_names(wanted: Filter, library: Library) -> None:
    """AppError for a document or authority that the library does not hold: an empty list would look like an answer."""
    entries = library.documents()
    _check("document", wanted.documents, {e.name for e in entries})
    _check("authority", wanted.authorities, {e.authority for e in entries if e.authority})


def _check(what: str, names: Sequence[str], held: set[str]) -> None:
    known = {name.casefold() for name in held}
    for name in names:
        if name.casefold() not in known:
            raise AppError(f"no {what} {name!r} in the library; it holds: {', '.join(sorted(held)) or 'nothing yet'}")
