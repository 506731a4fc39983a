"""measures, actions, commitments, conflicts, documents: lists of what the library holds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.commands.output import write_rows, write_table
from app.errors import AppError
from app.export import (
    CONFLICT_COLUMNS,
    CONFLICT_FLAT,
    CONFLICT_SHOWN,
    DOCUMENT_COLUMNS,
    DOCUMENT_SHOWN,
    columns_of,
    conflict_flat,
    conflict_row,
    conflict_shown,
    document_row,
    flat_rows,
    record_rows,
    shown_columns,
    shown_rows,
)
from app.json_lines import is_text
from app.register import PASSAGES, best_first
from index.library import Library
from index.types import Filter
from ingest.types import Action, Commitment, Measure, Record


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
        if text is not None and not is_text(text):
            raise AppError("the words to search for are not UTF-8 text")
        found = library.commitments(wanted)
        if text is not None:
            hits = library.search(text, PASSAGES, documents=wanted.documents, authorities=wanted.authorities, periods=wanted.periods)
            found = best_first(text, found, hits)
    _write(Commitment, found, format, out)


def conflicts(folder: Path, format: str, out: Path | None) -> None:
    """The figures that disagree, the certain ones first."""
    with Library.open(folder) as library:
        found = library.conflicts()
    if format == "table":
        write_table([conflict_shown(c) for c in found], CONFLICT_SHOWN, "conflicts", out)
    elif format == "jsonl":
        write_rows([conflict_row(c) for c in found], CONFLICT_COLUMNS, format, "conflicts", out)
    else:
        write_rows([conflict_flat(c) for c in found], CONFLICT_FLAT, format, "conflicts", out)


def _write(kind: type[Record], records: Sequence[Record], format: str, out: Path | None) -> None:
    title = f"{kind.__name__}s".lower()
    if format == "table":
        write_table(shown_rows(records), shown_columns(kind, records), title, out)
    else:
        rows = record_rows(records) if format == "jsonl" else flat_rows(records)
        write_rows(rows, columns_of(kind), format, title, out)


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
