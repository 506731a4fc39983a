"""Tables without ruling lines, from pages drawn in layouts that no example plan has."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from ingest.layout.assemble import assemble
from ingest.readers import read_source
from ingest.types import Table
from tests.ingest.drawn import drawn, placed

X = (40.0, 90.0, 330.0, 450.0, 540.0, 640.0)
Text = tuple[float, float, str, bool]


def row(top: float, *texts: str, bold: bool = False) -> list[Text]:
    """The texts of a row at the columns' left edges; an empty one is not drawn."""
    return [(x, top, text, bold) for x, text in zip(X, texts, strict=False) if text]


def tables(folder: Path, *texts: list[Text]) -> list[Table]:
    """The tables of a page with these texts."""
    path = folder / "tracker.pdf"
    path.write_bytes(drawn(placed(*(t for line in texts for t in line))))
    return [b.table for b in assemble(read_source(path)).blocks if b.table]


def said(table: Table) -> list[list[str]]:
    return [[c.printed.flat if c else "" for c in r.cells] for r in table.rows]


def test_tracker_with_gaps_between_rows(tmp_path: Path) -> None:
    found = tables(
        tmp_path,
        [(40.0, 60.0, "Housing recovery tracker", True)],
        row(100, "Ref", "Action", "Owner", "Due", "Status", bold=True),
        row(120, "H1", "Move families out of bed and breakfast", "Housing Options", "March 2026", "On track"),
        row(131, "", "within six weeks of placement", "Manager"),
        row(152, "H2", "Bring forty empty homes back into use", "Head of Housing", "June 2026", "Overdue"),
        row(173, "H3", "Publish the repairs standard", "Repairs Manager", "May 2025", "Complete"),
    )

    assert len(found) == 1
    assert [c.role for c in found[0].columns] == ["ref", "action", "lead", "due", "rag"]
    assert said(found[0])[0] == [
        "H1",
        "Move families out of bed and breakfast within six weeks of placement",
        "Housing Options Manager",
        "March 2026",
        "On track",
    ]
    assert [r[0] for r in said(found[0])] == ["H1", "H2", "H3"]
    assert [r.cells[4].rating if r.cells[4] else None for r in found[0].rows] == ["G", "R", "B"]


def test_scorecard_with_numbers_and_sections(tmp_path: Path) -> None:
    found = tables(
        tmp_path,
        row(100, "", "Indicator", "Target", "Q1", "Q2", "Trend", bold=True),
        [(40.0, 116.0, "Adult social care and the support of carers in the community", True)],
        row(132, "", "Carers assessed in the year", "60%", "41%", "58%", "↑"),
        row(148, "", "People with a review on time", "75%", "70%", "69%", "↓"),
        [(40.0, 164.0, "Waste, recycling and street cleaning in all of the wards", True)],
        row(180, "", "Household waste recycled", "52%", "49%", "50%", "↑"),
    )

    assert len(found) == 1
    assert [c.role for c in found[0].columns] == ["measure", "target", "actual", "actual", "direction"]
    assert [r.section for r in found[0].rows][-1] == "Waste, recycling and street cleaning in all of the wards"
    assert said(found[0])[1][:4] == ["People with a review on time", "75%", "70%", "69%"]


def test_prose_that_mentions_header_words_is_no_table(tmp_path: Path) -> None:
    lines = [
        "The action plan names a lead officer and a target date for every action, and",
        "progress against each target is reported to the board with its rating and trend.",
        "Where an action is overdue the lead explains why, and a new due date is agreed.",
    ]

    assert tables(tmp_path, [(40.0, 100.0 + 14 * i, text, False) for i, text in enumerate(lines)]) == []


def test_text_below_the_table_stays_outside(tmp_path: Path) -> None:
    found = tables(
        tmp_path,
        row(100, "", "Measure", "Actual", "Target", bold=True),
        row(116, "", "Plans reviewed within six weeks", "71%", "90%"),
        row(132, "", "Visits held on time", "64%", "85%"),
        [
            (
                40.0,
                190.0,
                "Figures are for the quarter that ended in September and are provisional until they are audited in November.",
                False,
            )
        ],
    )

    assert said(found[0]) == [["Plans reviewed within six weeks", "71%", "90%"], ["Visits held on time", "64%", "85%"]]


NARROW = (40.0, 64.0, 164.0, 232.0, 276.0, 320.0, 490.0, 530.0)  # where columns begin (and the last ends) that a space parts
SEND = [  # the names and dates fill their columns; a stroke is a new line of the cell
    "No. | Action (short title) | Lead | Original/date | Revised/date | Position at 30 June 2025 | BRAG",
    "2.1 | 360 more assessments of/young children | Aisha/Rahman | 30 Apr/2025 | – | Contract signed in June | Blue",
    "2.2 | Pathway led by their need | Dr Neil Strand | 30 Sep/2025 | – | Draft tested with all 12 of the pilot schools/in May | Green",
    "2.3 | Therapists recruited here | Gwen Tullyson | 31 May/2025 | 30 Sep/2025 | Five of the six posts are filled and one is/not | Amber",
    "2.4 | Touch kept with families | Debbie Crosse | 30 Apr/2025 | – | Running since April for families that wait to be/seen | Blue",
]


def narrow(*, rules: bool, top: float = 100.0) -> Callable[[Canvas], None]:
    """A page with the table of narrow columns under a line of prose, with row rules drawn cell by cell or none."""

    def page(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(40, 595 - top + 30, "Below are the actions and what was done about each of them in the half year.")
        y = 595 - top
        for i, cells in enumerate(SEND):
            row = [cell.split("/") for cell in cells.split(" | ")]
            canvas.setFont("Helvetica-Bold" if i == 0 else "Helvetica", 8)
            for x, cell in zip(NARROW, row, strict=False):
                for j, line in enumerate(cell):
                    canvas.drawString(x, y - 9.6 * j, line)
            y -= 9.6 * max(map(len, row)) + 7
            for x0, x1 in pairwise(NARROW) if rules else ():
                canvas.rect(x0 - 2, y + 9.5, x1 - x0, 0.7, fill=1, stroke=0)

    return page


@pytest.mark.parametrize("rules", [True, False])
def test_columns_that_only_a_space_parts_keep_their_words(tmp_path: Path, rules: bool) -> None:
    path = tmp_path / "review.pdf"
    path.write_bytes(drawn(narrow(rules=rules)))

    found = [b.table for b in assemble(read_source(path)).blocks if b.table]

    assert len(found) == 1
    assert [c.title for c in found[0].columns] == SEND[0].replace("/", " ").split(" | ")
    assert said(found[0]) == [row.replace("/", " ").split(" | ") for row in SEND[1:]]


def test_header_of_coloured_cells_belongs_to_the_rows_below(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        for x0, x1 in pairwise(X):
            canvas.setFillColor(HexColor("#dddddd"))
            canvas.rect(x0 - 3, 595 - 104, x1 - x0, 14, fill=1, stroke=0)
        canvas.setFillColor(HexColor("#000000"))
        placed(
            *row(100, "Ref", "Action", "Owner", "Due", "Status", bold=True),
            *row(120, "H1", "Move families out of bed and breakfast", "Housing Options", "March 2026", "On track"),
            *row(136, "H2", "Bring forty empty homes back into use", "Head of Housing", "June 2026", "Overdue"),
        )(canvas)

    path = tmp_path / "tracker.pdf"
    path.write_bytes(drawn(page))
    found = [b.table for b in assemble(read_source(path)).blocks if b.table]

    assert [[c.role for c in t.columns] for t in found] == [["ref", "action", "lead", "due", "rag"]]
    assert [r[0] for r in said(found[0])] == ["H1", "H2"]


def test_heading_of_the_next_table_ends_a_table(tmp_path: Path) -> None:
    first = [*row(100, "Ref", "Action", "Owner", "Due", "Status", bold=True), *row(114, "H1", "Mend roofs", "Ann Lee", "May 2025", "Done")]
    second = [*row(170, "", "Measure", "Target", "Q1", "Q2", bold=True), *row(184, "", "Roofs mended", "60", "41", "58")]
    last = row(198, "", "Doors mended", "75", "70", "69")

    def page(canvas: Canvas) -> None:
        placed(*first, *row(128, "H2", "Mend doors", "Tom Oye", "June 2025", "Late"), *second, *last)(canvas)
        placed((40.0, 150.0, "Measures", True), size=12)(canvas)

    path = tmp_path / "tracker.pdf"
    path.write_bytes(drawn(page))
    found = [b.table for b in assemble(read_source(path)).blocks if b.table]

    assert [said(t) for t in found] == [
        [["H1", "Mend roofs", "Ann Lee", "May 2025", "Done"], ["H2", "Mend doors", "Tom Oye", "June 2025", "Late"]],
        [["Roofs mended", "60", "41", "58"], ["Doors mended", "75", "70", "69"]],
    ]
