"""Records and documents as rows, and rows as JSON lines, CSV, a workbook or a table for the terminal."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from app.corrected import corrections_words
from app.evidence.called import printed_states
from app.kinds.wording import target_words, value_words
from index.links import Conflict
from index.review import Doubtful
from index.types import DocumentEntry
from ingest.json_form import record_json
from ingest.records.correct import name_of
from ingest.types import Action, Commitment, Measure, Record, Rejection

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Row = Mapping[str, object]

COMMON = ("id", "document", "page", "sheet", "box", "cell", "quote", "section")
SHOWN = {  # the columns of the terminal table; everything else is in the other formats
    Measure: ("measure", "breakdown", "period", "value", "target", "status", "rag", "document", "page"),
    Action: ("ref", "action", "lead", "due", "rag", "completed", "document", "page"),
    Commitment: ("commitment", "owner", "by_when", "strength", "document", "page"),
}
CORRECTION_COLUMNS = (
    *("number", "state", "document", "page", "kind", "name", "field", "read", "value", "by", "at", "why", "record"),
    *("undone_by", "undone_at"),
)
CORRECTION_SHOWN = ("number", "name", "field", "read", "value", "by", "at", "why", "state", "document")
DOUBTFUL_COLUMNS = ("key", "kind", "name", "document", "page", "sheet", "cell", "quote", "reasons", "why")
DOUBTFUL_SHOWN = ("key", "name", "why", "document", "page")
CONFLICT_COLUMNS = ("measure", "period", "certain", "a", "b", "why")
CONFLICT_FLAT = (
    *("measure", "period", "certain", "a document", "a page", "a value_text", "a quote"),
    *("b document", "b page", "b value_text", "b quote", "why"),
)
CONFLICT_SHOWN = ("measure", "period", "one figure", "the other", "why", "certain")
DOCUMENT_SHOWN = ("document", "authority", "kind", "period", "pages", "measures", "actions", "commitments", "rejected_rows", "newer")
DOCUMENT_COLUMNS = (
    *("document", "title", "authority", "kind", "period", "format", "sha256", "added", "pages"),
    *("measures", "actions", "commitments", "chunks", "rows", "rejected_rows", "newer"),
)
EXCEL_CELL = 32767  # characters, Excel's own limit
NUMBER = re.compile(r"[-+]?£?[\d,]*\.?\d+\s?%?")
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what a workbook's XML may not hold


def columns_of(kind: type[Record]) -> tuple[str, ...]:
    """The contract's fields of a kind of record, in the contract's order."""
    return COMMON + tuple(f.name for f in fields(kind) if f.name not in {"id", "place", "pages", "quote"})


def shown_columns(kind: type[Record], records: Sequence[Record]) -> tuple[str, ...]:
    """The columns of the terminal table: with the plan's own status, the date first set and what was corrected, where a record has one."""
    actions = [r for r in records if isinstance(r, Action)]
    beside = ("due_was",) * any(a.due_was for a in actions) + ("status",) * bool(printed_states(actions))
    shown = tuple(name for column in SHOWN[kind] for name in ((column, *beside) if column == "due" else (column,)))
    return (*shown, "corrected") if any(record.corrected for record in records) else shown


def record_rows(records: Sequence[Record]) -> list[Row]:
    """One row of contract fields a record."""
    return [record_json(record) for record in records]


def flat_rows(records: Sequence[Record]) -> list[Row]:
    """One row of contract fields a record, for spreadsheets: what was corrected by hand in words."""
    return [{**record_json(record), "corrected": corrections_words(record.corrected)} for record in records]


def shown_rows(records: Sequence[Record]) -> list[Row]:
    """The records as rows for people: value, target and corrections in words."""
    return [
        {**row, "value": value_words(r), "target": target_words(r) or None} if isinstance(r, Measure) else row
        for r, row in zip(records, flat_rows(records), strict=True)
    ]


def conflict_row(conflict: Conflict) -> Row:
    """A conflict in the contract's fields."""
    a, b = (
        {"document": s.place.document, "page": s.place.page, "value_text": s.value_text, "quote": s.quote} for s in (conflict.a, conflict.b)
    )
    return {"measure": conflict.measure, "period": conflict.period, "certain": conflict.certain, "a": a, "b": b, "why": conflict.why}


def conflict_flat(conflict: Conflict) -> Row:
    """A conflict in single columns, for spreadsheets."""
    row = conflict_row(conflict)
    sides = {f"{name} {key}": value for name in ("a", "b") for key, value in dict(row[name]).items()}  # type: ignore[call-overload]
    return {"measure": conflict.measure, "period": conflict.period, "certain": conflict.certain, **sides, "why": conflict.why}


def conflict_shown(conflict: Conflict) -> Row:
    """A conflict as a row for people: each figure with where it stands."""
    sides = {
        name: f"{side.value_text} ({side.place.document}, page {side.place.page})"
        for name, side in (("one figure", conflict.a), ("the other", conflict.b))
    }
    certain = "yes" if conflict.certain else "perhaps"
    return {"measure": conflict.measure, "period": conflict.period, **sides, "why": conflict.why, "certain": certain}


def doubtful_row(doubtful: Doubtful) -> Row:
    """One thing to review: what it is, where it stands, and why."""
    of, place = doubtful.of, doubtful.place
    return {
        "key": doubtful.key,
        "kind": "row" if isinstance(of, Rejection) else type(of).__name__.lower(),
        "name": of.text if isinstance(of, Rejection) else name_of(of),
        "document": place.document,
        "page": place.page,
        "sheet": place.sheet,
        "cell": place.cell,
        "quote": of.text if isinstance(of, Rejection) else of.quote,
        "reasons": [doubt.reason for doubt in doubtful.doubts],
        "why": [doubt.words for doubt in doubtful.doubts],
    }


def doubtful_flat(doubtful: Doubtful) -> Row:
    """One thing to review in single columns, for people and spreadsheets."""
    row = doubtful_row(doubtful)
    reasons = ", ".join(doubt.reason for doubt in doubtful.doubts)
    return {**row, "reasons": reasons, "why": "; ".join(doubt.words for doubt in doubtful.doubts)}


def document_row(entry: DocumentEntry) -> Row:
    """One document of the library, with the status of each page."""
    return {
        "document": entry.name,
        "title": entry.title,
        "authority": entry.authority,
        "kind": entry.kind,
        "period": entry.period,
        "format": entry.format,
        "sha256": entry.sha256,
        "added": entry.added,
        "pages": [page_row(page.number, page.status, page.note) for page in entry.pages],
        "measures": entry.measures,
        "actions": entry.actions,
        "commitments": entry.commitments,
        "chunks": entry.chunks,
        "rows": entry.rows,
        "rejected_rows": entry.rejected_rows,
        "newer": entry.newer,
    }


def page_row(number: int, status: str, note: str | None) -> Row:
    """What became of one page."""
    return {"page": number, "status": status, "note": note}


def to_jsonl(rows: Sequence[Row]) -> str:
    """One JSON object a line."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def to_csv(rows: Sequence[Row], columns: Sequence[str]) -> str:
    """A header line and one line a row; text that a spreadsheet would take for a formula gets a leading apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_harmless(_flat(row.get(column))) for column in columns])
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook: the columns in order, and the rows that fill them."""

    title: str
    rows: Sequence[Row]
    columns: Sequence[str]


def to_xlsx(rows: Sequence[Row], columns: Sequence[str], title: str) -> bytes:
    """A workbook of one sheet; text is always a text cell, never a formula."""
    return to_workbook([Sheet(title, rows, columns)])


def to_workbook(sheets: Sequence[Sheet]) -> bytes:
    """A workbook of these sheets; text is always a text cell, never a formula, cut with "…" where it is longer than a cell can hold."""
    from openpyxl import Workbook  # a quarter of a second that the other formats need not wait for

    book = Workbook()
    del book["Sheet"]
    for sheet in sheets:
        _fill(book.create_sheet(sheet.title), sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(page: Worksheet, sheet: Sheet) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    for index, column in enumerate(sheet.columns, start=1):
        values = [_flat(row.get(column)) for row in sheet.rows]
        page.cell(1, index, column).font = Font(bold=True)
        for number, value in enumerate(values, start=2):
            cell = page.cell(number, index)
            if isinstance(value, str):
                cell.value = _cut(CONTROL.sub("", value), EXCEL_CELL)
                cell.data_type = "s"  # what openpyxl takes for a formula, because of a leading =, is the document's own text
            else:
                cell.value = value
        longest = max((len(str(value or "")) for value in values), default=0)
        page.column_dimensions[get_column_letter(index)].width = min(max(len(column), longest) + 2, 60)
    page.freeze_panes = "A2"
    page.auto_filter.ref = page.dimensions


def to_table(rows: Sequence[Row], columns: Sequence[str], width: int | None) -> str:
    """Columns side by side, cut with "…" to `width` characters; nothing is cut where `width` is None."""
    lines = [[column.replace("_", " ") for column in columns]]
    lines += [[_shown(row.get(column)) for column in columns] for row in rows]
    widths = [max(len(line[i]) for line in lines) for i in range(len(columns))]
    if width is not None:
        widths = _fitted(widths, width - 2 * (len(columns) - 1))
    lines.insert(1, ["-" * w for w in widths])
    return "".join("  ".join(_cut(text, w).ljust(w) for text, w in zip(line, widths, strict=True)).rstrip() + "\n" for line in lines)


def _flat(value: object) -> str | int | float | bool | None:
    """A single cell's value: lists and mappings as JSON."""
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return json.dumps(value, ensure_ascii=False)


def _harmless(value: str | int | float | bool | None) -> str | int | float | bool | None:
    """A spreadsheet runs text that starts with one of FORMULA: documents are data, so it is marked as text. Plain numbers pass."""
    if isinstance(value, str) and value[:1] in FORMULA and not NUMBER.fullmatch(value):
        return "'" + value
    return value


def _shown(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return str(len(value))
    return " ".join(str(value).split())


def _fitted(widths: list[int], room: int) -> list[int]:
    """The widest columns shrink first, none below 6 characters."""
    fitted = list(widths)
    while sum(fitted) > room and max(fitted) > 6:
        fitted[fitted.index(max(fitted))] -= 1
    return fitted


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
