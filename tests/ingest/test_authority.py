"""Which council a document is of, for councils that are in no list: from its own text, wherever and however it names them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ingest.layout.identity import describe
from ingest.source import Source
from tests.ingest.read import document

PLAN = """{head}

Recovery plan, progress at 30 September 2025

{body}
"""
NAMED = [  # (file name, first lines, text, the council)
    ("plan.md", "# Brindlemoor City Council\n\n# Housing plan", "The Council meets the Regulator every month.", "Brindlemoor"),
    ("plan.md", "# Housing plan\n\nLondon Borough of Thornwick", "The Council let 40 homes. Thornwick Homes closed.", "Thornwick"),
    ("plan.md", "# Report to Cabinet\n\nHarrowmere MBC", "Leeds City Council lent us two inspectors.", "Harrowmere"),
    ("plan.md", "# Highways recovery\n\nRoyal Borough of Wexcombe", "Our Council and the Parish Council agreed.", "Wexcombe"),
    ("plan.md", "# ASHGROVE AND HALE COUNCIL", "The Youth Council met. Council tax rose.", "Ashgrove and Hale"),
    ("plan.md", "# Inspection of Oakvale local authority children's services", "Oakvale does this well.", "Oakvale"),
    ("plan.md", "# Recovery and Savings Plan Eastmere Council", "Eastmere has 9 depots. Derby City Council has 2.", "Eastmere"),
    ("plan.md", "# Recovery plan", "Members of Dunley County Council asked for this. Dunley County Council has met it.", "Dunley"),
    (
        "sandwick-recovery-plan.md",
        "# Recovery plan",
        "In Sandwick we wait. For Sandwick it is late. The Sandwick depot shut.",
        "Sandwick",
    ),
    ("sandwick-send-review.md", "# Sandwick SEND Partnership\n\n# Six-month review", "The Board met in June.", "Sandwick"),
    ("2015-16-action-plan.md", "# Action plan 2015", "In 2015 we wait. For 2015 it is late. The 2015 depot shut.", None),
    ("housing-tracker.md", "# Housing tracker", "Our tracker tells of it.", None),
    ("recovery-plan.md", "# Recovery plan", "The Parish Council and the Youth Council met. Arts Council England pays.", None),
    (
        "plan.md",
        "# Planning recovery plan\n\nNORTHMERE COUNTY COUNCIL",
        "Kent County Council came. Kent County Council said so.",
        "Northmere",
    ),
    (
        "plan.md",
        "# Health scorecard\n\nFor the Board of Kings Wexley Council",
        "Leeds City Council lent us two inspectors.",
        "Kings Wexley",
    ),
    ("plan.md", "# Action plan\n\nCity of Averleigh Council and Sedge Vale District Council", "Averleigh has 3 offices.", "Averleigh"),
    ("plan.md", "# Improvement plan\n\nIsle of Marrow Council", "The Youth Council met.", "Isle of Marrow"),
    ("plan.md", "# Cornwall Council\n\n# Plan", "Cornwall is large.", "Cornwall"),
]


@pytest.mark.parametrize(("name", "head", "body", "council"), NAMED)
def test_the_council_is_found_in_the_document(tmp_path: Path, name: str, head: str, body: str, council: str | None) -> None:
    assert document(tmp_path, name, PLAN.format(head=head, body=body).encode()).authority == council


def test_a_title_is_more_than_the_name_of_the_council(tmp_path: Path) -> None:
    found = document(tmp_path, "paper.md", b"# Brindlemoor City Council\n\n# Housing improvement plan\n\nProgress in June 2025.\n")
    assert found.title == "Housing improvement plan"


def test_a_plan_is_up_to_date_to_the_quarter_it_says_and_not_to_the_end_of_its_budget_year(tmp_path: Path) -> None:
    text = (
        "# Care plan\n\nProgress report for Quarter 3, 2024/25 (position at 31 December 2024)\n\n"
        "The budget for 2024/25 is £118 million, the quarter's forecast £122 million.\n"
    )
    assert document(tmp_path, "care.md", text.encode()).period == "2024/25-Q3"


def test_a_plan_that_runs_for_two_years_is_told_to_the_day_it_was_agreed_on(tmp_path: Path) -> None:
    text = "# Progress plan\n\nJanuary 2025 – December 2026\n\nVersion 1.3, agreed on 24 January 2025\n"
    assert document(tmp_path, "plan.md", text.encode()).period == "2025-01-24"


def test_the_heading_that_says_what_it_is_names_the_document(tmp_path: Path) -> None:
    text = "# Sandwick Local Area Partnership\n\n## Accelerated progress plan\n\nThe Board meets every month.\n"
    assert document(tmp_path, "sandwick-app.md", text.encode()).title == "Accelerated progress plan"


def test_a_file_name_written_as_the_title_is_none() -> None:
    source = Source("action-plan-jan-2025.pdf", "0", "pdf", (), title="action-plan-jan-2025")
    assert describe(source, ()).title == "Action plan jan 2025"
    assert describe(replace(source, title="Homes first"), ()).title == "Homes first"
