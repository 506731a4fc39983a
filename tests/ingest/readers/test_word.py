"""Word documents are read as they print, with all tracked changes accepted."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document as DocxDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

from ingest.errors import EmptyFile, UnreadableFile
from tests.ingest.read import document, prose, ratings, tables, texts

HEADER = ["Ref", "Action", "Lead", "By when", "Progress", "RAG"]


def saved(made: DocxDocument) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def table(made: DocxDocument, rows: list[list[str]]) -> Any:
    drawn = made.add_table(len(rows), len(rows[0]))
    for cells, row in zip(drawn.rows, rows, strict=True):
        for cell, text in zip(cells.cells, row, strict=True):
            cell.text = text
    return drawn


def shade(cell: Any, colour: str) -> None:
    cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="{colour}"/>'))


def paragraph(made: DocxDocument, inner: str) -> None:
    """A paragraph of raw XML before the end of the body."""
    body = made.element.body
    body.insert(len(body) - 1, parse_xml(f"<w:p {nsdecls('w')}>{inner}</w:p>"))


def test_headings_lists_and_paragraphs_by_style(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_heading("Improvement plan", 0)
    made.add_heading("Priorities", 1)
    made.add_paragraph("We will visit weekly.")
    made.add_paragraph("more foster carers", style="List Bullet")
    made.add_heading("Staff", 2)
    bold = made.add_paragraph().add_run("Key measures")
    bold.bold, bold.font.size = True, Pt(11)
    made.add_paragraph("Vacancies fell to 12%.")

    found = document(tmp_path, "plan.docx", saved(made))

    assert prose(found) == [
        ("heading", "Improvement plan"),
        ("heading", "Priorities"),
        ("paragraph", "We will visit weekly."),
        ("list_item", "more foster carers"),
        ("heading", "Staff"),
        ("heading", "Key measures"),
        ("paragraph", "Vacancies fell to 12%."),
    ]
    assert found.blocks[-1].headings == ("Improvement plan", "Priorities", "Staff", "Key measures")
    assert {block.place.page for block in found.blocks} == {None}, "Word was never asked to lay this out"


def test_merged_cells_are_one_cell_and_fills_are_ratings(tmp_path: Path) -> None:
    made = docx.Document()
    drawn = table(made, [HEADER, ["1", "Visit weekly", "AB", "May 2025", "85%", ""], ["", "", "", "", "92%", ""]])
    for column in (0, 1, 2, 3):
        drawn.cell(1, column).merge(drawn.cell(2, column))
    shade(drawn.cell(1, 5), "FF0000")
    shade(drawn.cell(2, 5), "00B050")

    found = tables(document(tmp_path, "plan.docx", saved(made)))[0]

    assert [c.role for c in found.columns] == ["ref", "action", "lead", "due", "progress", "rag"]
    assert found.rows[0].cells[1] is found.rows[1].cells[1]
    assert [row.group for row in found.rows] == [0, 0]
    assert ratings(found) == ["R", "G"]


def test_equal_neighbouring_cells_stay_two(tmp_path: Path) -> None:
    made = docx.Document()
    table(made, [HEADER, ["1", "Visit weekly", "AB", "May 2025", "85%", "G"], ["2", "Write up", "AB", "May 2025", "85%", "G"]])

    found = tables(document(tmp_path, "plan.docx", saved(made)))[0]

    assert found.rows[0].cells[4] is not found.rows[1].cells[4]
    assert texts(found)[1] == ["2", "Write up", "AB", "May 2025", "85%", "G"]


def test_tracked_changes_are_accepted(tmp_path: Path) -> None:
    made = docx.Document()
    mark = 'w:id="1" w:author="a" w:date="2025-01-01T00:00:00Z"'
    paragraph(
        made,
        f"<w:r><w:t xml:space='preserve'>The target is </w:t></w:r><w:del {mark}><w:r><w:delText>80%</w:delText></w:r></w:del>"
        f"<w:ins {mark}><w:r><w:t>95%</w:t></w:r></w:ins>",
    )
    paragraph(made, f"<w:moveFrom {mark}><w:r><w:t>Moved away.</w:t></w:r></w:moveFrom>")

    assert prose(document(tmp_path, "plan.docx", saved(made))) == [("paragraph", "The target is 95%")]


def test_symbols_are_what_they_look_like(tmp_path: Path) -> None:
    made = docx.Document()
    drawn = table(made, [["Action", "Lead", "Direction of travel"], ["Visit", "AB", ""], ["Write", "CD", ""]])
    drawn.cell(1, 2).paragraphs[0]._p.append(parse_xml(f'<w:r {nsdecls("w")}><w:sym w:font="Wingdings" w:char="F0E9"/></w:r>'))
    letter = drawn.cell(2, 2).paragraphs[0].add_run("ê")
    letter.font.name = "Wingdings"

    found = tables(document(tmp_path, "plan.docx", saved(made)))[0]

    assert [row.cells[2].arrow if row.cells[2] else None for row in found.rows] == ["up", "down"]


def test_numbers_that_word_counts_itself(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("first", style="List Number")
    made.add_paragraph("second", style="List Number")
    drawn = table(made, [["Ref", "Action", "Lead"], ["", "Visit", "AB"], ["", "Write", "CD"]])
    for row in (1, 2):
        drawn.cell(row, 0).paragraphs[0].style = made.styles["List Number 2"]

    found = document(tmp_path, "plan.docx", saved(made))

    assert [(block.number, block.printed.text) for block in found.blocks[:2]] == [("1", "first"), ("2", "second")]
    assert [row[0].rstrip(".") for row in texts(tables(found)[0])] == ["1", "2"]


def test_a_frame_of_one_cell_is_no_table_and_a_table_in_a_cell_reads_row_by_row(tmp_path: Path) -> None:
    made = docx.Document()
    frame = table(made, [["Our aim is stability."]])
    assert frame is not None
    outer = table(made, [["Measure", "Actual", "Target"], ["Visits", "", "90%"]])
    inner = outer.cell(1, 1).add_table(2, 2)
    for i, text in enumerate(("North", "66%", "South", "73%")):
        inner.cell(i // 2, i % 2).text = text

    found = document(tmp_path, "plan.docx", saved(made))

    assert prose(found) == [("paragraph", "Our aim is stability.")]
    assert texts(tables(found)[0]) == [["Visits", "North 66%\nSouth 73%", "90%"]]


def test_header_text_is_said_once_and_page_numbers_not_at_all(tmp_path: Path) -> None:
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "Updated to September 2025"
    made.sections[0].footer.paragraphs[0].text = "Page 1 of 3"
    made.add_paragraph("We will visit weekly.")

    said = [text for _, text in prose(document(tmp_path, "plan.docx", saved(made)))]

    assert said == ["Updated to September 2025", "We will visit weekly."]


def test_pages_are_those_that_word_laid_out(tmp_path: Path) -> None:
    made = docx.Document()
    paragraph(made, "<w:r><w:t>First.</w:t></w:r>")
    paragraph(made, "<w:r><w:lastRenderedPageBreak/><w:t>Second.</w:t></w:r>")

    found = document(tmp_path, "plan.docx", saved(made))

    assert [block.place.page for block in found.blocks] == [1, 2]
    assert [page.number for page in found.pages] == [1, 2]


def test_hidden_text_is_left_out_and_named(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("Shown.").add_run(" Draft: 41%").font.hidden = True

    found = document(tmp_path, "plan.docx", saved(made))

    assert prose(found) == [("paragraph", "Shown.")]
    assert found.pages[0].note == "hidden text left out"


def test_an_empty_document_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EmptyFile, match=r"plan\.docx"):
        document(tmp_path, "plan.docx", saved(docx.Document()))


def test_a_cut_off_document_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="damaged or cut off"):
        document(tmp_path, "plan.docx", saved(docx.Document())[:900])
