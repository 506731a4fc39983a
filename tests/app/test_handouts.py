"""What can be taken away of an answer, opened again: the workbook and the Word briefing."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest

from app.answer_book import answer_workbook
from app.briefing import PICTURED, briefing
from app.engine import ask
from app.pictures import page_picture
from app.types import Answer, Question
from app.view import Excerpt, View, view
from index.library import Library

LIST = "Which KPIs are below target in Q2?"


@pytest.fixture(scope="module")
def answer(sample_library: Library) -> Answer:
    return ask(Question(LIST), sample_library)


@pytest.fixture(scope="module")
def shown(answer: Answer, sample_library: Library) -> View:
    return view(answer, sample_library.documents())


@pytest.fixture
def picture(sample_library: Library) -> Callable[[Excerpt], bytes | None]:
    return lambda excerpt: page_picture(Path(sample_library.original(excerpt.document)), excerpt.page or 1, excerpt.boxes, close=True)


def test_the_workbook_holds_values_sources_and_hashes(answer: Answer, shown: View, sample_library: Library) -> None:
    book = openpyxl.load_workbook(io.BytesIO(answer_workbook(answer, shown, sample_library.documents())))
    assert book.sheetnames == ["Answer", "Measures", "Sources", "Documents"]
    told = {str(what): words for what, words in book["Answer"].iter_rows(min_row=2, values_only=True)}
    assert told["question"] == LIST
    assert told["answer"] == answer.text
    header, *rows = book["Measures"].iter_rows(values_only=True)
    assert answer.table and len(rows) == len(answer.table.rows)
    first = dict(zip(header, rows[0], strict=True))
    record = answer.table.rows[0].record
    assert (first["citation"], first["value"], first["quote"]) == (1, record.value, record.quote)  # type: ignore[union-attr]
    header, *sources = book["Sources"].iter_rows(values_only=True)
    hashes = {entry.name: entry.sha256 for entry in sample_library.documents()}
    for source in (dict(zip(header, row, strict=True)) for row in sources):
        assert source["sha256"] == hashes[source["document"]]  # type: ignore[index]
        assert source["quote"] == answer.citations[source["citation"] - 1].quote  # type: ignore[operator,index]


def test_text_of_a_plan_is_no_formula(answer: Answer, shown: View, sample_library: Library) -> None:
    book = openpyxl.load_workbook(io.BytesIO(answer_workbook(answer, shown, sample_library.documents())))
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n", "b"}


def test_the_briefing_can_be_tabled(
    answer: Answer, shown: View, sample_library: Library, picture: Callable[[Excerpt], bytes | None]
) -> None:
    data = briefing(answer, shown, sample_library.documents(), picture, date(2025, 11, 20))
    paper = docx.Document(io.BytesIO(data))
    text = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    assert paper.paragraphs[0].text == LIST and paper.paragraphs[0].style.name == "Heading 1"  # type: ignore[union-attr]
    assert answer.headline in text
    assert shown.coverage and shown.coverage in text
    for excerpt in shown.excerpts:
        assert excerpt.quote in text
    [table] = paper.tables
    assert shown.grid and len(table.rows) == len(shown.grid.rows) + 1
    assert [cell.text for cell in table.rows[0].cells] == list(shown.grid.headers)
    assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader"), "the header repeats"
    assert len(paper.inline_shapes) == min(len(shown.excerpts), PICTURED)
    told = [shape._inline.docPr.get("descr") for shape in paper.inline_shapes]
    assert told == [excerpt.alt for excerpt in shown.excerpts[:PICTURED]]
    assert all(shape.width <= paper.sections[0].page_width for shape in paper.inline_shapes)
    assert "20 November 2025" in text
    assert next(entry.sha256 for entry in sample_library.documents() if entry.name == answer.citations[0].document) in text


def test_a_refusal_can_be_tabled_too(sample_library: Library) -> None:
    refused = ask(Question("How many school meals were served in 1987?"), sample_library)
    shown = view(refused, sample_library.documents())
    paper = docx.Document(io.BytesIO(briefing(refused, shown, sample_library.documents(), lambda _: None, date(2025, 1, 1))))
    text = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    assert shown.label and shown.label in text
    assert not paper.inline_shapes


def test_what_xml_may_not_hold_does_no_harm(answer: Answer, shown: View, sample_library: Library) -> None:
    strange = replace(answer, question=Question("a\x00\x0bb <w:p>"), notes=("\x1f",))
    made = briefing(strange, view(strange, sample_library.documents()), [], lambda _: None, date(2025, 1, 1))
    assert docx.Document(io.BytesIO(made)).paragraphs[0].text == "ab <w:p>"
    assert openpyxl.load_workbook(io.BytesIO(answer_workbook(strange, shown, [])))["Answer"]["B2"].value == "ab <w:p>"
