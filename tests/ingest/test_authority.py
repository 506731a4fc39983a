"""Which council a document is of, for councils that are in no list: from its own text, wherever and however it names them."""

from __future__ import annotations

from pathlib import Path

import pytest

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
    ("recovery-plan.md", "# Recovery plan", "The Parish Council and the Youth Council met. Arts Council England pays.", None),
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
