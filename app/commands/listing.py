"""measures, actions, commitments, documents: lists of what the library holds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.commands.output import write_rows
from app.errors import AppError
from app.export import DOCUMENT_SHOWN, SHOWN, columns_of, document_row, record_rows
from index.library import Library
from index.types import Filter
from ingest.types import Action, Commitment, Measure, Record


def documents(folder: Path, format: str, out: Path | None) -> None:
    """One line a document."""
    with Library.open(folder) as library:
        rows = [document_row(entry) for entry in library.documents()]
    write_rows(rows, format, list(rows[0]) if rows else DOCUMENT_SHOWN, DOCUMENT_SHOWN, "documents", out)


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


def _write(kind: type[Record], records: Sequence[Record], format: str, out: Path | None) -> None:
    write_rows(record_rows(records), format, columns_of(kind), SHOWN[kind], f"{kind.__name__.lower()}s", out)


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
