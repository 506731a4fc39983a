"""Grids drawn page by page become whole tables."""

from __future__ import annotations

from ingest.layout.stitch import begin, extend, finish, goes_on
from ingest.source import Grid
from ingest.types import Cell, Line, Printed, Table

HEADER = ["No.", "Action", "Lead", "By when", "Progress", "RAG"]


def cell(text: str, page: int, fill: str | None = None) -> Cell:
    """A cell with a box on its page."""
    box = (0.0, 0.0, 10.0, 10.0)
    return Cell(Printed((Line(text, page, box),) if text else ()), boxes=((page, box),), fill=fill)


def grid(page: int, *rows: list[str], fills: dict[tuple[int, int], str] | None = None, header: list[str] = HEADER) -> Grid:
    """A grid with the given body rows under the header; "^" is the same cell as in the row above."""
    made: list[tuple[Cell, ...]] = [tuple(cell(t, page) for t in header)]
    for r, row in enumerate(rows):
        made.append(tuple(made[-1][c] if t == "^" else cell(t, page, (fills or {}).get((r, c))) for c, t in enumerate(row)))
    return Grid(page, (0, 0, 60, 100), tuple(made), tuple(float(10 * i) for i in range(len(header) + 1)))


def joined(*grids: Grid) -> Table:
    """The table that the grids make."""
    draft = begin(grids[0])
    for g in grids[1:]:
        assert goes_on(draft, g)
        extend(draft, g)
    return finish(draft, "plan.pdf")


def texts(table: Table) -> list[list[str]]:
    return [[c.printed.flat if c else "" for c in row.cells] for row in table.rows]


def test_repeated_header_is_dropped_and_rows_follow() -> None:
    table = joined(
        grid(1, ["1", "Recruit two social workers.", "AB", "May 2025", "Done.", "G"]),
        grid(2, ["2", "Review the duty rota.", "CD", "June 2025", "Started.", "A"]),
    )

    assert [t[0] for t in texts(table)] == ["1", "2"]
    assert [row.group for row in table.rows] == [0, 1]


def test_row_broken_over_a_page_is_one_row_with_both_boxes() -> None:
    table = joined(
        grid(1, ["1", "Recruit two social workers to the", "AB", "May 2025", "Advert placed and", "G"]),
        grid(2, ["", "assessment service", "", "", "interviews held.", ""], ["2", "Review the rota.", "CD", "June 2025", "Started.", "A"]),
    )

    assert texts(table)[0] == [
        "1",
        "Recruit two social workers to the assessment service",
        "AB",
        "May 2025",
        "Advert placed and interviews held.",
        "G",
    ]
    assert len(table.rows) == 2
    action = table.rows[0].cells[1]
    assert action is not None and [page for page, _ in action.boxes] == [1, 2]


def test_numbered_row_at_the_top_of_a_page_is_new_even_in_lower_case() -> None:
    table = joined(
        grid(1, ["1", "Recruit two social workers", "AB", "May 2025", "Done", "G"]),
        grid(2, ["2", "review the rota", "CD", "June 2025", "Started", "A"]),
    )

    assert len(table.rows) == 2


def test_row_without_number_column_goes_on_by_its_words() -> None:
    header = HEADER[1:]
    table = joined(
        grid(1, ["We will establish a third team with", "Assistant Director", "", "Request made and approval in", ""], header=header),
        grid(
            2,
            ["four social workers", "", "", "principle October 2025", ""],
            ["We will track cases.", "AB", "", "Some delay.", ""],
            header=header,
        ),
    )

    assert [t[0] for t in texts(table)] == ["We will establish a third team with four social workers", "We will track cases."]


def test_merged_action_groups_its_rows() -> None:
    header = ["Action", "Lead", "How will we know", "Progress", "RAG"]
    table = joined(grid(1, ["Visits on time", "HoS", "95% of visits", "85%", ""], ["^", "^", "90% of reviews", "92%", ""], header=header))

    assert [row.group for row in table.rows] == [0, 0]
    assert table.rows[0].cells[0] is table.rows[1].cells[0]


def test_next_measure_of_a_merged_action_is_a_new_row_over_the_page() -> None:
    header = ["Ref", "Action", "How will we know", "Progress", "RAG"]
    first = grid(
        1,
        ["2.1", "See children", "Protection visits. Target 95%", "88%", ""],
        ["^", "^", "Need visits. Target 90%", "79%", ""],
        header=header,
    )

    table = joined(first, grid(2, ["", "", "Care visits. Target 95%", "96%", ""], header=header))

    assert [t[3] for t in texts(table)] == ["88%", "79%", "96%"]
    assert [row.group for row in table.rows] == [0, 0, 0]
    assert table.rows[2].cells[0] is table.rows[0].cells[0]


def test_rating_comes_from_letter_word_or_fill_only_in_a_rating_column() -> None:
    rows = [["1", "a.", "AB", "May 2025", "x.", ""], ["2", "b.", "AB", "May 2025", "x.", "Amber"], ["3", "c.", "AB", "May 2025", "x.", "G"]]
    table = joined(grid(1, *rows, fills={(0, 5): "#f00000", (0, 1): "#00b050", (1, 5): "#00b050"}))

    assert [row.cells[5].rating if row.cells[5] else None for row in table.rows] == ["R", "A", "G"]
    assert table.rows[0].cells[1] is not None and table.rows[0].cells[1].rating is None


def test_other_columns_are_another_table() -> None:
    draft = begin(grid(1, ["1", "Recruit.", "AB", "May 2025", "Done.", "G"]))

    assert not goes_on(draft, grid(2, ["Visits", "95%"], header=["Measure", "Target"]))
    assert not goes_on(draft, grid(3, ["2", "Review.", "CD", "June 2025", "Started.", "A"]))
