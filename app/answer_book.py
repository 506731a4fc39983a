"""An answer as a workbook: the question and what was answered, the table, the sources, and the documents with their hashes."""

from __future__ import annotations

from collections.abc import Sequence

from app.export import Row, Sheet, columns_of, document_row, flat_rows, to_workbook
from app.types import Answer
from app.view import View
from index.types import DocumentEntry

SOURCE_COLUMNS = ("citation", "document", "title", "page", "sheet", "cell", "quote", "corrected", "sha256")
DOCUMENT_COLUMNS = ("document", "title", "authority", "kind", "period", "sha256", "added")


def answer_workbook(answer: Answer, shown: View, documents: Sequence[DocumentEntry]) -> bytes:
    """The answer as an Excel workbook; rows carry the number of their source, sources the hash of the file they were read from."""
    hashes = {entry.name: entry.sha256 for entry in documents}
    cited = {citation.document for citation in answer.citations}
    sources: list[Row] = [
        {
            "citation": c.n,
            "document": c.document,
            "title": c.title,
            "page": c.page,
            "sheet": c.sheet,
            "cell": c.cell,
            "quote": c.quote,
            "corrected": "; ".join(c.corrected) or None,
            "sha256": hashes.get(c.document),
        }
        for c in answer.citations
    ]
    sheets = [Sheet("Answer", _told(answer, shown), ("what", "words"))]
    if answer.table and answer.table.rows:
        records = [line.record for line in answer.table.rows]
        rows = [{"citation": line.citation, **row} for line, row in zip(answer.table.rows, flat_rows(records), strict=True)]
        sheets.append(Sheet(answer.table.kind.title(), rows, ("citation", *columns_of(type(records[0])))))
    sheets.append(Sheet("Sources", sources, SOURCE_COLUMNS))
    sheets.append(Sheet("Documents", [document_row(entry) for entry in documents if entry.name in cited], DOCUMENT_COLUMNS))
    return to_workbook(sheets)


def _told(answer: Answer, shown: View) -> list[Row]:
    lines = [
        ("question", answer.question.text),
        ("after", "\n".join(answer.question.history)),
        ("understood as", shown.understood),
        ("outcome", answer.outcome),
        ("answer", answer.text),
        ("coverage", shown.coverage or ""),
        ("the documents disagree", "\n".join(answer.conflicts)),
        ("notes", "\n".join(answer.notes)),
    ]
    return [{"what": what, "words": words} for what, words in lines if words]
