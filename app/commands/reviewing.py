"""review: what a person should look at, and what somebody has looked at and found right."""

from __future__ import annotations

from pathlib import Path

from app.commands.output import write_rows, write_table
from app.corrected import correction_words
from app.errors import AppError
from app.export import DOUBTFUL_COLUMNS, DOUBTFUL_SHOWN, doubtful_flat, doubtful_row
from index.library import Library


def review(document: str | None, format: str, out: Path | None, folder: Path) -> None:
    """The queue, of one document or of all."""
    with Library.open(folder) as library:
        library.corrections(document)  # the document is there
        found = [doubtful for doubtful in library.review() if document in (None, doubtful.place.document)]
    if format == "table":
        write_table([doubtful_flat(doubtful) for doubtful in found], DOUBTFUL_SHOWN, "records to review", out)
    else:
        rows = [doubtful_row(doubtful) if format == "jsonl" else doubtful_flat(doubtful) for doubtful in found]
        write_rows(rows, DOUBTFUL_COLUMNS, format, "review", out)


def confirm(key: str, by: str, why: str, folder: Path) -> None:
    """Keeps that a record, or a row that gave none, is right as it was read. AppError where there is none to look at by this key."""
    with Library.open(folder) as library:
        found = next((doubtful for doubtful in library.review() if doubtful.key == key), None)
        if found is None:
            raise AppError(f"nothing to review goes by {key!r}: `planspoken review` lists the keys")
        made = library.confirm(found.of, by, why)
    print(f"confirmed {made.number}  {made.name}: {correction_words(made)}")
