"""What a document is called, and up to when it says that it tells."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from ingest.layout.identity import latest_reported
from tests.ingest.read import document


@pytest.mark.parametrize(
    ("texts", "period"),
    [
        (["Six-month review", "Report to: Improvement Board, 17 July 2025. Data: to 30 June 2025 (quarter 1 of 2025/26)"], "2025/26-Q1"),
        (["Self-evaluation", "Position at 31 March 2025. Version 3.1 – approved by the Board on 22 May 2025"], "2025-03-31"),
        (["Homelessness strategy", "Year 2 covers 1 April 2024 to 31 March 2025. Report to Cabinet on 8 July 2025."], "2024/25"),
        (["Action plan", "Agreed with the Department on 24 January 2025"], "2025-01-24"),  # it says no other day
        (["Scorecard, Quarter 3 2025/26", "Cabinet, 10 February 2026"], "2025/26-Q3"),
    ],
)
def test_a_paper_tells_up_to_the_day_its_figures_are_of_not_to_that_of_the_meeting(texts: list[str], period: str) -> None:
    assert latest_reported(texts) == period


def _written(folder: Path, *parts: tuple[str, str]) -> str:
    made = docx.Document()
    for style, text in parts:
        made.add_paragraph(text, style=style)
    made.save(str(folder / "made.docx"))
    return document(folder, "read.docx", (folder / "made.docx").read_bytes()).title


def test_a_title_page_whose_only_heading_is_the_council_names_the_document_in_plain_text(tmp_path: Path) -> None:
    opening = ("Title", "Saltmere Council"), ("Normal", "SEND and Early Help Self-Evaluation"), ("Normal", "September 2025")

    assert _written(tmp_path, *opening, ("Heading 1", "1. Our area"), ("Normal", "We are a port.")) == "SEND and Early Help Self-Evaluation"


def test_a_heading_that_says_what_the_document_is_stays_its_title(tmp_path: Path) -> None:
    opening = ("Title", "Saltmere Council"), ("Normal", "An annual report"), ("Heading 1", "Housing Improvement Plan")

    assert _written(tmp_path, *opening, ("Normal", "We repair homes.")) == "Housing Improvement Plan"
