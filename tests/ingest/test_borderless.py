"""Tables without ruling lines, from pages drawn in layouts that no example plan has."""

from __future__ import annotations

from pathlib import Path

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
