"""correct: a field of a record set right by hand, listed, and taken back."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from app.commands.output import write_rows, write_table
from app.corrected import STATE, WAITING, correction_words, field_name
from app.export import CORRECTION_COLUMNS, CORRECTION_SHOWN
from index.library import Library
from ingest.types import Correction


def correct(record: str, field: str, value: str, by: str, why: str, folder: Path) -> None:
    """Sets the field right and says what it was."""
    with Library.open(folder) as library:
        made = library.correct(record, field, value, by, why)
    print(f"correction {made.number}  {made.name}, {_where(made)}: {correction_words(made)}")


def undo(number: int, by: str, folder: Path) -> None:
    """Takes a correction back and says which it was."""
    with Library.open(folder) as library:
        undone = library.undo(number, by)
    print(f"undone {undone.number}  {undone.name}, {_where(undone)}: {correction_words(undone)}")


def take_over(source: Path, folder: Path) -> None:
    """Takes over the corrections of another library and says what became of each."""
    with Library.open(folder) as library:
        taken = library.take_over(source)
    for made in taken:
        print(f"correction {made.number}  {made.name}, {_where(made)}: {correction_words(made)}: {STATE[made.state]}")
    if not taken:
        print(f"nothing to take over from {source}: it is all here")


def corrections(document: str | None, format: str, out: Path | None, folder: Path) -> None:
    """All corrections; those that wait for a person to look at first."""
    with Library.open(folder) as library:
        found = sorted(library.corrections(document), key=lambda c: c.state not in WAITING)
    if format == "table":
        told = [{**asdict(c), "state": STATE[c.state], "field": field_name(c.field) if c.field else None} for c in found]
        write_table(told, CORRECTION_SHOWN, "corrections", out)
    else:
        write_rows([asdict(c) for c in found], CORRECTION_COLUMNS, format, "corrections", out)


def _where(made: Correction) -> str:
    return f"{made.document} page {made.page}" if made.page is not None else made.document
