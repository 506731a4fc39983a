"""Headers are given roles by the vocabulary, and header rows are told from content."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.layout.headers import header_rows, role_of
from ingest.source import Grid
from ingest.types import Cell, Line, Printed

PAIRS = [
    tuple(part.strip() for part in line.split("|"))
    for line in (Path(__file__).parents[1] / "fixtures" / "headers" / "roles.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


def cell(text: str) -> Cell:
    """A cell without a place."""
    return Cell(Printed((Line(text, 1),) if text else ()))


def grid(*rows: list[str]) -> Grid:
    """A grid of one page; a text that repeats its left neighbour's is the same, merged cell."""
    made = []
    for row in rows:
        cells: list[Cell] = []
        for i, text in enumerate(row):
            cells.append(cells[-1] if i and text and text == row[i - 1] else cell(text))
        made.append(tuple(cells))
    return Grid(1, None, tuple(made))


@pytest.mark.parametrize(("title", "role"), PAIRS, ids=[p[0] for p in PAIRS])
def test_a_header_names_its_role(title: str, role: str) -> None:
    assert (role_of(title) or "-") == role


def test_header_under_bands_is_found() -> None:
    found = header_rows(
        grid(["Aim", "Aim", "Aim"], ["Keep children safe"] * 3, ["Action", "Lead", "By when"], ["Visit weekly", "AB", "May 2025"])
    )

    assert found is not None
    assert found[0] == 3
    assert [c.role for c in found[1]] == ["action", "lead", "due"]


def test_two_level_header_takes_the_lower_names() -> None:
    found = header_rows(
        grid(["Process", "Process", "Targets and Outcomes"], ["Action", "Lead", "Key targets"], ["Visit weekly", "AB", "95%"])
    )

    assert found is not None
    assert found[0] == 2
    assert [c.role for c in found[1]] == ["action", "lead", "success"]


def test_content_is_no_header() -> None:
    assert header_rows(grid(["Early Help", "1288 Early help assessments"], ["Assessments", "280 completed"])) is None


def test_of_two_columns_that_may_name_what_is_measured_the_codes_do_not() -> None:
    found = header_rows(
        grid(["PI", "Indicator", "Target", "Q2"], ["HW1", "Street lights working", "99%", "98%"], ["HW2", "Potholes", "80%", "81%"])
    )

    assert found is not None
    assert [c.role for c in found[1]] == ["ref", "measure", "target", "actual"]


@pytest.mark.parametrize(
    ("titles", "row", "roles"),
    [
        (
            ["Saving", "Target 2025/26", "Forecast", "Variance"],
            ["Garden bins", "310", "285", "-25"],
            ["measure", "target", "actual", "basis"],
        ),
        (["2023/24", "Target", "Q2"], ["61", "70", "93"], ["actual", "target", "actual"]),  # figures name nothing
        (
            ["What", "Lead", "Target"],
            ["Open a hub", "Head of Waste", "2"],
            ["action", "lead", "target"],
        ),  # someone leads: work, not a measure
    ],
)
def test_words_beside_targets_name_what_is_measured(titles: list[str], row: list[str], roles: list[str | None]) -> None:
    found = header_rows(grid(titles, row, row))

    assert found is not None
    assert [c.role for c in found[1]] == roles


def test_bare_figures_under_a_plans_heads_are_a_scorecard() -> None:
    heads = ["Ref", "Outcome measure", "Baseline", "Position 30 Sept 2025", "Milestone Sept 2025", "Target March 2026", "Assessment"]
    rows = [
        ["B1", "Rent collected", "93.8%", "99.9%", "100%", "100%", "Behind"],
        ["B2", "Homes let", "12", "44", "40", "60", "Met"],
        ["B3", "Repairs on time", "51%", "83%", "82%", "90%", "Met"],
    ]
    found = header_rows(grid(heads, *rows))
    assert found and [c.role for c in found[1]] == ["ref", "measure", "baseline", "actual", "target", "target", "rag"]


def test_words_under_a_plans_heads_stay_a_plan() -> None:
    heads = ["Outcome measure", "Position", "Milestone"]
    rows = [["Rent collected", "Letters went out in May", "Arrears team in place by June"], ["Homes let", "Slow start", "Agents found"]]
    found = header_rows(grid(heads, *rows))
    assert found and [c.role for c in found[1]] == ["success", "progress", "success"]
