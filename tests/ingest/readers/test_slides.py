"""Slides: titles are headings, a slide is a page, marks on table cells rate them, charts are tables of their data."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Pt

from ingest.errors import EmptyFile
from tests.ingest.read import document, prose, ratings, tables, texts


def saved(deck: Any) -> bytes:
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def slide(deck: Any, title: str, layout: int = 5) -> Any:
    made = deck.slides.add_slide(deck.slide_layouts[layout])
    made.shapes.title.text = title
    return made


def table(made: Any, rows: list[list[str]]) -> Any:
    drawn = made.shapes.add_table(len(rows), len(rows[0]), Pt(40), Pt(120), Pt(600), Pt(40 * len(rows))).table
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            drawn.cell(r, c).text = text
    return drawn


def paint(fill: Any, colour: str) -> None:
    fill.solid()
    fill.fore_color.rgb = RGBColor.from_string(colour)


def test_titles_bullets_and_pages(tmp_path: Path) -> None:
    deck = Presentation()
    one = slide(deck, "Workforce", layout=1)
    one.placeholders[1].text = "8 new carers\nAgency staff fell to 41"
    slide(deck, "Placements")

    found = document(tmp_path, "board.pptx", saved(deck))

    assert prose(found) == [
        ("heading", "Workforce"),
        ("list_item", "8 new carers"),
        ("list_item", "Agency staff fell to 41"),
        ("heading", "Placements"),
    ]
    assert [block.place.page for block in found.blocks] == [1, 1, 1, 2]


def test_merged_cells_fills_and_marks_on_cells(tmp_path: Path) -> None:
    deck = Presentation()
    made = slide(deck, "Plan")
    rows = [["Action", "Lead", "RAG", "Direction of travel"], ["Visit", "AB", "", ""], ["Write", "", "", ""], ["Check", "CD", "", ""]]
    drawn = table(made, rows)
    drawn.cell(1, 1).merge(drawn.cell(2, 1))
    paint(drawn.cell(1, 2).fill, "FFC000")
    blob = made.shapes.add_shape(MSO_SHAPE.OVAL, Pt(400), Pt(212), Pt(16), Pt(16))  # on the third row's rating
    paint(blob.fill, "FF0000")
    up = made.shapes.add_shape(MSO_SHAPE.DOWN_ARROW, Pt(560), Pt(212), Pt(16), Pt(16))
    up.rotation = 180

    found = tables(document(tmp_path, "board.pptx", saved(deck)))[0]

    assert found.rows[0].cells[1] is found.rows[1].cells[1]
    assert ratings(found) == ["A", "R", None]
    assert [row.cells[3].arrow if row.cells[3] else None for row in found.rows] == [None, "up", None]


def test_charts_are_tables_of_their_data(tmp_path: Path) -> None:
    deck = Presentation()
    data = CategoryChartData()
    data.categories = ["Q1", "Q2"]
    data.add_series("Visits on time", (82, 85.5))
    slide(deck, "Visits").shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Pt(40), Pt(120), Pt(300), Pt(200), data)

    found = tables(document(tmp_path, "board.pptx", saved(deck)))[0]

    assert [c.title for c in found.columns] == ["", "Visits on time"]
    assert texts(found) == [["Q1", "82"], ["Q2", "85.5"]]


def test_hidden_slides_and_notes_are_left_out_and_named(tmp_path: Path) -> None:
    deck = Presentation()
    slide(deck, "Shown").notes_slide.notes_text_frame.text = "say this aloud"
    slide(deck, "Draft").element.set("show", "0")

    found = document(tmp_path, "board.pptx", saved(deck))

    assert prose(found) == [("heading", "Shown")]
    assert [page.note for page in found.pages] == ["speaker notes left out", "hidden slide: left out"]


def test_slides_without_text_are_refused(tmp_path: Path) -> None:
    deck = Presentation()
    deck.slides.add_slide(deck.slide_layouts[6])

    with pytest.raises(EmptyFile, match=r"board\.pptx"):
        document(tmp_path, "board.pptx", saved(deck))
