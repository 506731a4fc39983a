"""Rows as files: what spreadsheets do to text is known and met."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest

from app.export import Row, to_csv, to_table, to_xlsx

# (text in a document, the same in a CSV cell): what a spreadsheet would run as a formula is marked as text; numbers stay numbers
CELLS = [
    ('=HYPERLINK("http://x","y")', '\'=HYPERLINK("http://x","y")'),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
    ("-2+3", "'-2+3"),
    ("\t=1", "'\t=1"),
    ("\n=1", "'\n=1"),
    ("＝1+1", "'＝1+1"),
    ("- the audit is late", "'- the audit is late"),
    ("-14.6%", "-14.6%"),
    ("+3", "+3"),
    ("-£1,200", "-£1,200"),
    ("≥ 95%", "≥ 95%"),
    ("tŷ – “quoted”, 100%", "tŷ – “quoted”, 100%"),
]


@pytest.mark.parametrize(("text", "cell"), CELLS)
def test_csv_marks_formulas_as_text(text: str, cell: str) -> None:
    ((found,),) = list(csv.reader(io.StringIO(to_csv([{"quote": text}], ["quote"]))))[1:]
    assert found == cell


@pytest.mark.parametrize("text", [text for text, _ in CELLS])
def test_workbook_keeps_text_as_text(text: str) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx([{"quote": text}], ["quote"], "measures")))["measures"]
    assert (sheet["A2"].value, sheet["A2"].data_type) == (text, "s")


def test_workbook_takes_what_xml_cannot() -> None:
    rows: list[Row] = [
        {"quote": "a\x0bb\x00c", "box": [1.5, 2.0, 3.0, 4.0], "value": 97.5, "completed": True, "rag": None},
        {"quote": "x" * 40000},
    ]
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx(rows, list(rows[0]), "measures")))["measures"]
    assert [cell.value for cell in sheet[2]] == ["abc", "[1.5, 2.0, 3.0, 4.0]", 97.5, True, None]
    assert len(sheet["A3"].value) == 32767
    assert sheet["A3"].value.endswith("xx…")


@pytest.mark.parametrize("bad", ["\ufffe", "\uffff", "\ud800", "\udfff", "\x1f"])
def test_workbook_leaves_out_what_is_no_character(bad: str) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx([{"quote": f"a{bad}b 😀"}], ["quote"], "measures")))["measures"]
    assert sheet["A2"].value == "ab 😀"


def test_workbook_keeps_what_just_fits() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx([{"quote": "y" * 32767}], ["quote"], "measures")))["measures"]
    assert sheet["A2"].value == "y" * 32767


def test_files_without_records_have_their_header() -> None:
    assert to_csv([], ["id", "measure"]) == "id,measure\n"
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx([], ["id", "measure"], "measures")))["measures"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [["id", "measure"]]


def test_table_fits_the_terminal_and_is_whole_in_a_pipe() -> None:
    name = "Initial child protection conferences held within fifteen days"
    rows: list[Row] = [{"measure": name, "status": "off_target", "page": 3, "rag": None}]
    columns = ["measure", "status", "page", "rag"]
    assert all(len(line) <= 50 for line in to_table(rows, columns, 50).splitlines())
    assert to_table(rows, columns, 50).splitlines()[2].endswith("off_target  3     –")
    assert name in to_table(rows, columns, None)
