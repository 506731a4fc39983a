"""Workbooks are read as people see them, with the address of each cell."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.formatting.rule import CellIsRule, FormulaRule, IconSetRule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.colors import Color

from ingest.errors import EmptyFile
from ingest.records.actions import actions_of
from tests.ingest.read import document, prose, ratings, tables, texts

HEADER = ["Ref", "Action", "Lead", "By when", "RAG"]


def saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheet(rows: list[list[Any]], bold: tuple[int, ...] = ()) -> tuple[Any, Any]:
    """A workbook and its one sheet, holding the rows from A1 on; rows counted from 1 may be bold."""
    book = openpyxl.Workbook()
    made = book.active
    assert made is not None
    for row in rows:
        made.append(row)
    for r in bold:
        for cell in made[r]:
            cell.font = Font(bold=True)
    return book, made


def solid(colour: str | Color) -> PatternFill:
    return PatternFill("solid", fgColor=colour)


def test_values_are_shown_as_their_formats_say(tmp_path: Path) -> None:
    book, made = sheet(
        [["Measure", "Actual", "Target", "Period"], ["Visits", 0.7875, 0.95, datetime(2024, 12, 1)], ["Cost", -1250000, 0, None]]
    )
    for address, code in {"B2": "0.0%", "C2": "0%", "D2": "mmm-yy", "B3": "#,##0,;(#,##0,)", "C3": "0"}.items():
        made[address].number_format = code

    found = tables(document(tmp_path, "scorecard.xlsx", saved(book)))[0]

    assert texts(found) == [["Visits", "78.8%", "95%", "Dec-24"], ["Cost", "(1,250)", "0", ""]]
    assert found.rows[0].cells[1] is not None and found.rows[0].cells[1].address == "B2"


def test_records_say_sheet_and_cell(tmp_path: Path) -> None:
    book, made = sheet([["Action plan"], [], HEADER, ["1", "Visit weekly", "AB", "May 2025", "G"]])
    made.title = "Priority 1"

    found = actions_of(document(tmp_path, "tracker.xlsx", saved(book))).actions[0]

    assert (found.place.page, found.place.sheet, found.place.cell) == (1, "Priority 1", "A4")
    assert found.rag == "G"


def test_ratings_from_fills_themes_and_conditional_formats(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        [*HEADER, "Actual"],
        *[[str(i), f"Do {i}", "AB", "May 2025", None, value] for i, value in enumerate((50, 85, 97, 1, 2, 3), start=1)],
    ]
    book, made = sheet(rows)
    made["E2"].fill = solid("FF0000")
    made["E3"].fill = solid(Color(theme=6, tint=-0.25))  # the third accent of openpyxl's theme is green
    made.conditional_formatting.add("E4", FormulaRule(["$F4>=95"], fill=PatternFill(bgColor="00B050")))
    made["E5"] = "late"
    made.conditional_formatting.add("E5:E6", CellIsRule(operator="equal", formula=['"late"'], fill=PatternFill(bgColor="FFC000")))
    made["E7"] = 3
    made.conditional_formatting.add("E7", IconSetRule("3TrafficLights1", "num", [0, 1, 2]))

    found = tables(document(tmp_path, "tracker.xlsx", saved(book)))[0]

    assert ratings(found) == ["R", "G", "G", "A", None, "G"]


def test_several_tables_and_notes_on_a_sheet(tmp_path: Path) -> None:
    book, made = sheet(
        [["Scorecard 2025"], [], ["Measure", "Actual", None, "Team", "Staff"], ["Visits", "85%", None, "North", 12], ["Reviews", "91%"]]
    )
    made["A1"].font = Font(bold=True, size=16)
    made["A7"] = "Note: quarter 4 is provisional until the return is signed off in June."

    found = document(tmp_path, "board.xlsx", saved(book))

    assert [texts(t) for t in tables(found)] == [[["Visits", "85%"], ["Reviews", "91%"]], [["Team", "Staff"], ["North", "12"]]]
    assert [kind for kind, _ in prose(found)] == ["heading", "paragraph"]


def test_two_header_rows_that_only_their_type_shows(tmp_path: Path) -> None:
    book, made = sheet([["Team", "2023/24", None, "2024/25", None], [None, "Q1", "Q2", "Q1", "Q2"], ["North", 1, 2, 3, 4]], bold=(1, 2))
    for area in ("A1:A2", "B1:C1", "D1:E1"):
        made.merge_cells(area)

    found = tables(document(tmp_path, "teams.xlsx", saved(book)))[0]

    assert [c.title for c in found.columns] == ["Team", "2023/24 – Q1", "2023/24 – Q2", "2024/25 – Q1", "2024/25 – Q2"]


def test_an_empty_row_or_a_bold_title_inside_a_table_does_not_end_it(tmp_path: Path) -> None:
    rows = [
        HEADER,
        ["1", "Visit", "AB", "May 2025", "G"],
        [],
        ["2", "Write", "CD", "June 2025", "A"],
        ["Priority 2: homes"],
        ["3", "Find", "EF", "July 2025", "R"],
    ]
    book, made = sheet(rows)
    made["A5"].font = Font(bold=True)

    found = tables(document(tmp_path, "tracker.xlsx", saved(book)))

    assert len(found) == 1
    assert [row.section for row in found[0].rows] == [None, None, "Priority 2: homes"]


def test_hidden_parts_are_left_out_and_named(tmp_path: Path) -> None:
    book, made = sheet([["Measure", "Draft", "Actual"], ["Visits", "41%", "85%"], ["Reviews", "52%", "91%"]])
    made.column_dimensions["B"].hidden = True
    made.row_dimensions[3].hidden = True
    working = book.create_sheet("Working")
    working["A1"] = "secret"
    working.sheet_state = "hidden"

    found = document(tmp_path, "board.xlsx", saved(book))

    assert texts(tables(found)[0]) == [["Visits", "85%"]]
    assert [page.note for page in found.pages] == [
        "hidden rows left out: 3; hidden columns left out: B",
        "hidden sheet 'Working': left out",
    ]


def test_formulas_without_a_stored_value_are_named(tmp_path: Path) -> None:
    book, _ = sheet([["Measure", "Actual"], ["Visits", "=40+45"]])

    found = document(tmp_path, "board.xlsx", saved(book))

    assert found.pages[0].note is not None
    assert "1 formula not calculated, so without value: B2" in found.pages[0].note
    assert "0" not in texts(tables(found)[0])[0]


def test_sheet_names_head_their_sheets_but_do_not_title_the_document(tmp_path: Path) -> None:
    book, made = sheet([["Visits are weekly."]])
    made.title = "North"
    south = book.create_sheet("South")
    south["A1"] = "Visits are monthly."

    found = document(tmp_path, "visits-2025.xlsx", saved(book))

    assert [(b.printed.text, b.headings) for b in found.blocks if b.kind != "heading"] == [
        ("Visits are weekly.", ("North",)),
        ("Visits are monthly.", ("South",)),
    ]
    assert found.title == "Visits 2025"


def test_a_workbook_without_values_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EmptyFile, match=r"board\.xlsx"):
        document(tmp_path, "board.xlsx", saved(openpyxl.Workbook()))


def test_cards_beside_a_table_are_a_table_of_their_own(tmp_path: Path) -> None:
    book, made = sheet(
        [["Board scorecard"], [], ["Indicator", "Target", "Actual"], ["Care leavers in work", 0.65, 0.61], ["Reviews held", 0.9, 0.97]]
    )
    for column, card in (("F", ("Visits on time", "91%", "Target 95%")), ("H", ("Dental checks", "54%", "Target 85%"))):
        for row, text in enumerate(card, start=2):
            made[f"{column}{row}"] = text

    found = document(tmp_path, "board.xlsx", saved(book))

    cards, table = tables(found)
    assert [c.role for c in table.columns] == ["measure", "target", "actual"]
    assert [c.role for c in cards.columns] == ["measure", "actual", "target"]
    assert texts(cards) == [["Visits on time", "91%", "95%"], ["Dental checks", "54%", "85%"]]
