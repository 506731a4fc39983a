"""A document for review: every record in words, every page and rejected row accounted for."""

from __future__ import annotations

from dataclasses import replace

from app.intake import FileReport
from app.review import (
    RECORDS,
    about_document,
    documents_grid,
    pages_grid,
    record_fields,
    record_label,
    records_of,
    rejections_grid,
    report_words,
)
from index.library import Library
from ingest.types import PageInfo, Place, Rejection


def test_every_document_leads_to_its_page(sample_library: Library) -> None:
    drawn = documents_grid(sample_library.documents())
    assert drawn.caption == f"{len(sample_library.documents())} documents"
    assert [row[0].page for row in drawn.rows] == [f"?document={entry.name}" for entry in sample_library.documents()]


def test_pages_that_were_not_read_are_counted() -> None:
    from tests.app.test_view import entry

    one = entry(pages=(PageInfo(1, "text"), PageInfo(2, "needs_ocr", note="a picture")))
    assert documents_grid([one]).rows[0][4].text == "2, 1 not read"
    assert dict(about_document(one))["Pages"] == "1 read, 1 not read: a picture without text"
    assert [cell.text for cell in pages_grid(one).rows[1]] == ["Page 2", "Not read: a picture without text", "0", "a picture"]
    assert pages_grid(replace(one, pages=one.pages[:1])).headers == ("Page", "Reading", "Tables")


def test_every_record_is_told_in_words_with_what_is_not_said(sample_library: Library) -> None:
    count = 0
    for entry in sample_library.documents():
        for kind in RECORDS:
            for record in records_of(entry.name, kind, sample_library):
                count += 1
                told = dict(record_fields(record))
                assert all(told.values())
                assert told["Identifier"] == record.id
                assert len(record_label(record)) < 130
    held = sum(e.measures + e.actions + e.commitments for e in sample_library.documents())
    assert count == held > 100


def test_rejected_rows_say_why_and_lead_to_their_place() -> None:
    drawn = rejections_grid([Rejection(Place("a.pdf", 3), "Total 5", "no measure is named"), Rejection(Place("a.txt"), "x", "y")])
    assert [[cell.text for cell in row] for row in drawn.rows] == [["Total 5", "no measure is named", "page 3"], ["x", "y", "shown"]]
    assert [row[2].record for row in drawn.rows] == ["0", "1"]


def test_a_report_is_a_sentence() -> None:
    pages = (PageInfo(1, "text"), PageInfo(2, "text"))
    assert report_words(FileReport("a.pdf", "read", None, pages, 3, 0, 1)) == "Read: 2 pages, 3 measures, 0 actions, 1 commitment."
    assert report_words(FileReport("a.pdf", "refused", "it is empty")) == "Not taken in: it is empty."
    partly = FileReport("a.pdf", "partly_read", "no text on page 2", pages, rejected_rows=1)
    assert report_words(partly).endswith("; 1 table row not read as a record. Note: no text on page 2.")
