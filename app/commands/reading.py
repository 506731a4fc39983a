"""ingest, read, remove: files into the library, what a stage makes of a file, documents out again."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from app.errors import AppError
from app.export import Row, page_row
from app.intake import FileReport, take_in_all
from app.kinds.wording import plural
from index.embed import count_pieces
from index.library import Library
from ingest.chunks import cut
from ingest.json_form import record_json
from ingest.pipeline import extract, read_document
from ingest.readers import read_source
from ingest.types import Block, Cell, Place, Record, Table

Printout = tuple[Row, str]  # the same thing as JSON and as text


def ingest(paths: Sequence[Path], folder: Path, as_json: bool) -> bool:
    """Takes the files into the library, printing a line a file. Whether none was refused."""
    refused = 0
    with Library.open(folder, create=True) as library:
        for report in take_in_all(paths, library, _progress):
            _clear_progress()
            refused += report.status == "refused"
            print(json.dumps(report_row(report), ensure_ascii=False) if as_json else report_line(report), flush=True)
    return not refused


def report_row(report: FileReport) -> Row:
    """The contract's object for one file."""
    return {
        "document": report.document,
        "status": report.status,
        "reason": report.reason,
        "pages": [page_row(page.number, page.status, page.note) for page in report.pages],
        "measures": report.measures,
        "actions": report.actions,
        "commitments": report.commitments,
        "rejected_rows": report.rejected_rows,
        "to_review": report.to_review,
    }


def report_line(report: FileReport) -> str:
    """One line for a reader: what became of the file, what was found in it."""
    line = f"{report.status:<13}  {report.document}"
    if report.status != "refused":
        line += (
            f": {len(report.pages)} pages, {report.measures} measures, {report.actions} actions, {report.commitments} commitments,"
            f" {report.rejected_rows} rows rejected" + (f", {report.to_review} to review" if report.to_review else "")
        )
    return f"{line}: {report.reason}" if report.status == "refused" else line + (f" ({report.reason})" if report.reason else "")


def remove(names: Sequence[str], folder: Path) -> None:
    """Takes the documents out; none where one of them is not there."""
    with Library.open(folder) as library:
        held = {entry.name for entry in library.documents()}
        unknown = [name for name in names if name not in held]
        if unknown:
            raise AppError(
                f"no document {', '.join(map(repr, unknown))} in the library; `planspoken documents` lists them; nothing was removed"
            )
        for name in names:
            made = sum(not correction.undone_at for correction in library.corrections(name))
            library.remove(name)
            print(f"removed  {name}" + (f", with {plural(made, 'correction')} made by hand" if made else ""))


def read(path: Path, stage: str, as_json: bool) -> None:
    """Prints what one stage makes of the file, as JSON lines or for people. Raises IngestError where the file cannot be read."""
    for row, text in STAGES[stage](path):
        print(json.dumps(row, ensure_ascii=False) if as_json else text)


def _text(path: Path) -> Iterator[Printout]:
    for page in read_source(path).pages:
        number, status = page.info.number, page.info.status
        yield {**page_row(number, status, page.info.note), "text": page.text}, f"--- page {number} ({status})\n{page.text}"


def _blocks(path: Path) -> Iterator[Printout]:
    for block in read_document(path).blocks:
        row = {"kind": block.kind, "level": block.level, "number": block.number, "headings": list(block.headings), "text": _text_of(block)}
        yield {**row, **_place(block.place)}, f"{_where(block.place)} {block.kind}: {_text_of(block)}"


def _tables(path: Path) -> Iterator[Printout]:
    for block in read_document(path).blocks:
        if block.table is not None:
            yield _table_row(block.table), _table_text(block.table)


def _records(path: Path) -> Iterator[Printout]:
    extraction = extract(read_document(path))
    kinds: tuple[tuple[str, Sequence[Record]], ...] = (
        ("measure", extraction.measures),
        ("action", extraction.actions),
        ("commitment", extraction.commitments),
    )
    for kind, records in kinds:
        for record in records:
            yield {"record": kind, **record_json(record)}, f"{_where(record.place)} {kind}: {record.quote}"
    for rejection in extraction.rejections:
        row = {"record": None, "rejected": rejection.reason, "quote": rejection.text, **_place(rejection.place)}
        yield row, f"{_where(rejection.place)} rejected row ({rejection.reason}): {rejection.text}"


def _chunks(path: Path) -> Iterator[Printout]:
    document = read_document(path)
    for chunk in cut(document, extract(document), count_pieces):
        row = {"id": chunk.id, "kind": chunk.kind, "text": chunk.text, "embedded": chunk.embedded, "records": list(chunk.records)}
        yield {**row, **_place(chunk.place)}, f"{_where(chunk.place)} {chunk.kind}: {chunk.embedded}\n"


STAGES: dict[str, Callable[[Path], Iterator[Printout]]] = {
    "text": _text,
    "blocks": _blocks,
    "tables": _tables,
    "records": _records,
    "chunks": _chunks,
}


def _table_row(table: Table) -> Row:
    return {
        "caption": table.caption,
        "columns": [{"title": column.title, "role": column.role} for column in table.columns],
        "rows": [{"section": row.section, "group": row.group, "cells": [_cell_row(cell) for cell in row.cells]} for row in table.rows],
        **_place(table.place),
    }


def _cell_row(cell: Cell | None) -> Row | None:
    if cell is None:
        return None
    boxes = [{"page": page, "box": box} for page, box in cell.boxes]
    return {"text": cell.text, "boxes": boxes, "cell": cell.address, "fill": cell.fill, "rating": cell.rating, "direction": cell.arrow}


def _table_text(table: Table) -> str:
    lines = [f"{_where(table.place)} table of {len(table.rows)} rows" + (f": {table.caption}" if table.caption else "")]
    lines.append("  " + " | ".join(column.title + (f" [{column.role}]" if column.role else "") for column in table.columns))
    lines += ["  " + " | ".join("" if cell is None else _cell_text(cell) for cell in row.cells) for row in table.rows]
    return "\n".join(lines) + "\n"


def _cell_text(cell: Cell) -> str:
    shown = [cell.rating or "", cell.arrow or ""]
    marks = " ".join(mark for mark in shown if mark)
    return cell.printed.flat + (f" ({marks})" if marks else "")


def _text_of(block: Block) -> str:
    return block.printed.flat if block.table is None else f"{len(block.table.rows)} rows × {len(block.table.columns)} columns"


def _place(place: Place) -> Row:
    return asdict(place)


def _where(place: Place) -> str:
    if place.sheet is not None:
        return f"[{place.sheet} {place.cell or ''}]"
    return f"[p{place.page}]" if place.page is not None else "[–]"


def _progress(path: Path, step: str, done: int, of: int) -> None:
    """Keeps one line of the terminal up to date; says nothing into pipes and files."""
    if sys.stderr.isatty():
        print(f"\r\033[K{path.name}: {step}" + (f" {done} of {of}" if of else " …"), end="", file=sys.stderr, flush=True)


def _clear_progress() -> None:
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr, flush=True)
