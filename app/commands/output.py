"""Where the output goes: the terminal, a pipe or a file."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from collections.abc import Sequence
from pathlib import Path

from app.errors import AppError
from app.export import Row, to_csv, to_jsonl, to_table, to_xlsx


def write_rows(rows: Sequence[Row], columns: Sequence[str], format: str, title: str, out: Path | None) -> None:
    """Writes the rows for a program: as jsonl, csv or xlsx. AppError where the output cannot be written."""
    if format == "xlsx":
        write_bytes(to_xlsx(rows, columns, title), out)
    elif format == "csv":
        text = to_csv(rows, columns)
        write_text("\ufeff" + text if _is_file(out) else text, out)  # Excel needs the mark to read a file as UTF-8; pipes do without
    else:
        write_text(to_jsonl(rows), out)


def write_table(rows: Sequence[Row], columns: Sequence[str], title: str, out: Path | None) -> None:
    """Writes the rows for a person: cut to the terminal's width, whole in pipes and files."""
    if not rows:
        return write_text(f"no {title} match\n", out)
    to_terminal = out is None and sys.stdout.isatty()
    return write_text(to_table(rows, columns, shutil.get_terminal_size().columns if to_terminal else None), out)


def write_text(text: str, out: Path | None) -> None:
    """Writes UTF-8 to the file, or prints."""
    if out is None:
        sys.stdout.write(text)
    else:
        write_bytes(text.encode(), out)


def write_bytes(data: bytes, out: Path | None) -> None:
    """Writes to the file, or to a standard output that is no terminal."""
    if out is None:
        if sys.stdout.isatty():
            raise AppError("a workbook cannot be shown in the terminal: add --out FILE.xlsx")
        sys.stdout.buffer.write(data)
        return
    try:
        out.write_bytes(data)
    except OSError as error:
        raise AppError(f"{out}: cannot be written: {error.strerror}") from None


def _is_file(out: Path | None) -> bool:
    """Whether what is written ends up in a file, by --out or by the shell's `>`."""
    if out is not None:
        return True
    try:
        return stat.S_ISREG(os.fstat(sys.stdout.fileno()).st_mode)
    except OSError:
        return False
