"""Action tables under heads of every kind: what will be done, by whom, by when, how far it got, and its status as printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.layout.ratings import rating_of_text
from ingest.pipeline import extract, read_document
from ingest.records.dates import due_isos, put_to
from ingest.types import Action


def actions(folder: Path, *tables: str) -> tuple[Action, ...]:
    """The actions of a web page of these tables, each a heading row and rows with cells parted by bars."""
    rows = [[line.split(" | ") for line in t.strip().splitlines()] for t in tables]

    def row(cells: list[str], tag: str) -> str:
        return f"<tr>{''.join(f'<{tag}>{c.strip()}</{tag}>' for c in cells)}</tr>"

    html = "".join(
        f"<h2>Part {n}</h2><table>"
        + "".join(
            f"<tr>{''.join(f'<{tag}>{c.strip()}</{tag}>' for c in cells)}</tr>"
            for cells, tag in [(t[0], "th"), *((r, "td") for r in t[1:])]
        )
        + "</table>"
        for n, t in enumerate(rows)
    )
    path = folder / "recovery-plan-2024.html"
    path.write_text(
        f"<!doctype html><html><head><title>Recovery plan</title></head><body><h1>Recovery plan</h1>{html}</body></html>", "utf-8"
    )
    return extract(read_document(path)).actions


PLAIN = """Ref | What | Who | When | Where are we now | Status
1a | Recruit 24 permanent drivers for the collection rounds | Fleet Manager | 31 Oct 2024 | 16 appointed, of whom 11 have passed. | Moving
1b | Fit devices to all collection vehicles | Systems Lead | 31 Jul 2024 | All 62 fitted by the month's end. | Done
1c | Replace the vehicles that are nine years old | Fleet Manager | 31 Mar 2025 | Seven came; the others are put back. | Stuck"""


def test_plain_heads_say_what_by_whom_by_when_and_how_far(tmp_path: Path) -> None:
    found = actions(tmp_path, PLAIN)

    assert [(a.ref, a.lead, a.due_iso) for a in found] == [
        ("1a", "Fleet Manager", "2024-10-31"),
        ("1b", "Systems Lead", "2024-07-31"),
        ("1c", "Fleet Manager", "2025-03-31"),
    ]
    assert found[0].action.startswith("Recruit 24") and (found[0].progress or "").startswith("16 appointed")


def test_a_status_is_kept_in_the_words_it_is_printed_in(tmp_path: Path) -> None:
    found = actions(tmp_path, PLAIN)

    assert [(a.status, a.rag, a.completed) for a in found] == [("Moving", None, False), ("Done", "B", True), ("Stuck", None, False)]


def test_a_revised_date_holds_and_the_first_is_kept_beside_it(tmp_path: Path) -> None:
    found = actions(
        tmp_path,
        """ID | Milestone | Owner | Original date | Revised date | Status
A1 | Survey every roof of the estate | Asset Lead | 31 May 2025 | 31 May 2025 | Complete
A2 | Renew the water contract for all blocks | Water Lead | 30 June 2025 | 31 October 2025 | Overdue
A3 | Buy a new repairs system this year | Repairs Lead | 31 July 2025 | – | On track""",
    )

    assert [(a.due_iso, a.due_was, a.due_was_iso) for a in found] == [
        ("2025-05-31", None, None),
        ("2025-10-31", "30 June 2025", "2025-06-30"),
        ("2025-07-31", None, None),
    ]


def test_a_date_now_expected_holds(tmp_path: Path) -> None:
    found = actions(
        tmp_path, "Commitment | Owner | Due | Now expected | Status\nOpen two homes | Head of Homes | 31 Oct 2025 | 30 Apr 2026 | Slipping"
    )
    assert [(a.due, a.due_iso, a.due_was) for a in found] == [("30 Apr 2026", "2026-04-30", "31 Oct 2025")]


def test_savings_with_a_rating_are_things_to_be_done(tmp_path: Path) -> None:
    found = actions(
        tmp_path,
        """Ref | Saving | Target (£000) | Forecast (£000) | Comment | Delivery rating
SV1 | Move to collection every three weeks | 1,150 | 640 | Began in July rather than April | Red
SV2 | Charge more for garden waste | 310 | 280 | Fewer renewals than were assumed | Amber""",
    )

    assert [(a.ref, a.action, a.rag) for a in found] == [
        ("SV1", "Move to collection every three weeks", "R"),
        ("SV2", "Charge more for garden waste", "A"),
    ]


def test_a_number_at_the_head_of_the_action_is_its_reference(tmp_path: Path) -> None:
    found = actions(
        tmp_path,
        """Action | Lead | By when
1.1 Open the new centre at the mill | Centre Lead | May 2025
1.2 Close the old centre by the river | Centre Lead | June 2025""",
    )

    assert [a.ref for a in found] == ["1.1", "1.2"]


def test_a_register_of_risks_gives_no_column_of_things_to_do(tmp_path: Path) -> None:
    assert not actions(
        tmp_path,
        """Risk | Score | What we think of it all | Risk owner | Review date
Drivers go on leaving for better paid work | 20 | We have agreed a supplement for a year | Head of Waste | May 2025
A hard winter overtakes what was repaired | 15 | There is an extra gang from December on | Head of Roads | May 2025""",
    )


def test_where_what_is_done_is_blue_a_green_action_is_not_done(tmp_path: Path) -> None:
    found = actions(
        tmp_path,
        """No. | Action | Lead | Progress | BRAG
1 | Open the front door service | Access Lead | Live since June | Blue
2 | Complete 300 late assessments | Care Lead | 187 of the 300 assessments completed | Green""",
    )

    assert [a.completed for a in found] == [True, False]


@pytest.mark.parametrize(
    ("said", "rating"),
    [
        ("Blue - complete", "B"),
        ("Delivered", "B"),
        ("Not complete", None),
        ("Partially complete", None),
        ("Not on target", "R"),
        ("Off track", "R"),
        ("Stuck", None),
    ],
)
def test_a_status_rates_only_what_it_says(said: str, rating: str | None) -> None:
    assert rating_of_text(said) == rating


@pytest.mark.parametrize(
    ("said", "holds", "was"),
    [
        ("Nov 2024, now March 2025", "2025-03", "2024-11"),
        ("June 2025 (was April 2025)", "2025-06", "2025-04"),
        ("August 2014 and September 2015", "2014-08", None),
        ("March 2025", "2025-03", None),
    ],
)
def test_a_due_cell_may_print_both_dates(said: str, holds: str, was: str | None) -> None:
    assert due_isos(said) == (holds, was)


@pytest.mark.parametrize(
    ("said", "new"),
    [
        ("One of two posts filled. New date March 2025.", "2025-03"),
        ("Go-live moved to April 2025 while questions are answered.", "2025-04"),
        ("A smaller offer will start in April 2025.", None),
    ],
)
def test_a_progress_note_may_give_a_new_date(said: str, new: str | None) -> None:
    assert put_to(said) == new


@pytest.mark.parametrize(
    ("notes", "statuses"),
    [
        (("Done – in force since May", "Delayed – no bids", "Done – met in June"), ["Done", "Delayed", "Done"]),
        (
            ("On track: lease signed", "At risk: no money", "On track: two trained", "Two trained so far"),
            ["On track", "At risk", "On track", None],
        ),
        (("Update: no bids", "Update: two bids", "Update: done"), [None, None, None]),
        (("The tender closed – no bids came", "In May – as agreed – we met", "Two trained so far"), [None, None, None]),
        (("Tender closed – no bids", "Panel met – in June", "Vans ordered – none came"), [None, None, None]),
    ],
)
def test_notes_that_all_begin_with_how_it_stands_give_the_status(
    tmp_path: Path, notes: tuple[str, ...], statuses: list[str | None]
) -> None:
    rows = [f"Open the hub {n} | Head of Homes | May 2025 | {note}" for n, note in enumerate(notes)]
    found = actions(tmp_path, "\n".join(["Action | Owner | By when | Where we are now", *rows]))
    assert [a.status for a in found] == statuses
    assert all(a.completed for a in found if a.status == "Done")


def test_a_column_of_a_few_words_of_ratings_rates_whatever_its_head(tmp_path: Path) -> None:
    said = ["Completed", "Carried on", "Completed", "Delayed"]
    table = "\n".join(
        [
            "No. | Action | Who | Due | What happened in Year 2 | Outcome",
            *(f"1.{n} | Open hub {n} | Homes | June 2025 | It was {n}. | {s}" for n, s in enumerate(said)),
        ]
    )
    assert [(a.status, a.rag) for a in actions(tmp_path, table)] == [
        ("Completed", "B"),
        ("Carried on", None),
        ("Completed", "B"),
        ("Delayed", "A"),
    ]
    told = [s.replace("Completed", "More homes for families who wait") for s in said]
    table = table.replace("Completed", told[0])
    assert [a.rag for a in actions(tmp_path, table)] == [None] * 4


def test_a_target_of_a_numbered_year_is_a_target_and_how_it_did_its_rating(tmp_path: Path) -> None:
    path = tmp_path / "review.md"
    path.write_text(
        "# Homes review 2024/25\n\n| Measure | Year 1 2023/24 | Year 2 2024/25 | Year 2 ambition | How we did |\n|---|---|---|---|---|\n"
        "| Homes let on time | 41% | 47% | 50% | Not achieved |\n| Repairs on time | 53% | 61% | 60% | Achieved |\n"
        "| Calls answered | 70% | 71% | 70% | Achieved |\n",
        encoding="utf-8",
    )
    found = extract(read_document(path)).measures
    assert [(m.measure, m.value, m.target, m.period) for m in found if m.measure == "Homes let on time"] == [
        ("Homes let on time", 41.0, 50.0, "2023/24"),
        ("Homes let on time", 47.0, 50.0, "2024/25"),
    ]
    assert {m.measure: m.rag for m in found if m.period == "2024/25"} == {
        "Homes let on time": "R",
        "Repairs on time": "G",
        "Calls answered": "G",
    }


def test_a_forecast_beside_what_was_reached_is_no_reading(tmp_path: Path) -> None:
    path = tmp_path / "review.md"
    path.write_text(
        "# Homes review, Q2 2025/26\n\n| Measure | Target | Actual | Forecast outturn |\n|---|---|---|---|\n"
        "| Calls answered | 80% | 85% | 79% |\n",
        encoding="utf-8",
    )
    assert [(m.value, m.status) for m in extract(read_document(path)).measures] == [(85.0, "on_target")]


def test_green_within_tolerance_does_not_turn_a_target_over(tmp_path: Path) -> None:
    path = tmp_path / "review.md"
    path.write_text(
        "# Homes review, Q2 2025/26\n\n| Measure | Target | Q2 2025/26 | RAG |\n|---|---|---|---|\n"
        "| Homes let within 45 days | 90% | 89% | Green |\n",
        encoding="utf-8",
    )
    assert [(m.status, m.comparator, m.rag) for m in extract(read_document(path)).measures] == [("off_target", ">=", "G")]


def test_two_dates_of_which_none_revises_the_other() -> None:
    assert due_isos("Sept 2024 (new forms) then Dec 2024 (training)") == ("2024-09", None)
