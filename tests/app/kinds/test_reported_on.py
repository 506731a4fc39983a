"""A plan and the later review that reports on its actions under the same numbers: what is asked now is answered from the review."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app import engine
from app.evidence.desk import Desk, desk
from app.evidence.overtaken import overtaken
from app.intake import take_in_all
from app.types import Answer, Question
from index.embed import HashEncoder
from index.library import Library
from ingest.types import Action

PLAN = """# SEND action plan January 2025

Dunmarsh County Council. Position at 31 January 2025

| Ref | Action | Lead | Due | RAG |
|---|---|---|---|---|
| 1.1 | Recruit four permanent educational psychologists with a market supplement | Joan Whitby | 30 June 2025 | Amber |
| 1.2 | Build one shared tracker for education, health and care advice | Lorna Fitch | 30 April 2025 | Green |
| 1.3 | Offer 22 short breaks a month | Anil Desai | 31 May 2025 | Green |
| 1.4 | Rebuild the local offer website with parents | Kim Sadler | 30 September 2025 | Green |
| 1.5 | Train 120 social workers to write advice | Paul Deering | 31 July 2025 | Green |
"""
REVIEW = """# SEND action plan: review July 2025

Dunmarsh County Council. Position at 31 July 2025

| Ref | Project | Lead | Due | Progress | RAG |
|---|---|---|---|---|---|
| 1.1 | Recruitment of psychologists | Joan Whitby | 31 October 2025 | Two of four appointed. | Red |
| 1.2 | Advice tracker | Ellie Navarro | 30 April 2025 | Live since 6 May. | Blue |
| 1.3 | 1.3 Offer 22 short breaks | Anil Desai | 31 May 2025 | 19 a month so far. | Amber |
| 1.4 | New local offer website | Kim Sadler | 28 February 2026 | The developer left. | Red |
| 1.5 | Training in advice | Paul Deering | 31 July 2025 | 46 trained so far. | Green |
"""


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder: Path = tmp_path_factory.mktemp("reported")
    files = [folder / "dunmarsh-send-plan-january-2025.md", folder / "dunmarsh-send-review-july-2025.md"]
    for file, text in zip(files, (PLAN, REVIEW), strict=True):
        file.write_text(text, encoding="utf-8")
    with Library.open(folder / "library", create=True, encoder=HashEncoder()) as library:
        assert [r.status for r in take_in_all(files, library, lambda *_: None)] == ["read"] * 2
        yield desk(library)


def ask(laid: Desk, question: str) -> Answer:
    return engine.ask(Question(question), laid.library)


def listed(answer: Answer) -> list[tuple[str, str]]:
    rows = answer.table.rows if answer.table else ()
    return [(r.record.place.document.split("-")[2], r.record.ref or "") for r in rows if isinstance(r.record, Action)]


def test_actions_reported_on_under_their_numbers_are_told_as_the_report_has_them(laid: Desk) -> None:
    assert overtaken(laid) == {"dunmarsh-send-plan-january-2025.md"}
    assert ask(laid, "How many of the actions are red?").headline == "2 of 5 actions are rated red."
    assert listed(ask(laid, "Which of the council's projects are red?")) == [("review", "1.1"), ("review", "1.4")]
    assert listed(ask(laid, "Which actions in the January 2025 plan are amber?")) == [("plan", "1.1")]


def test_an_action_is_followed_by_its_number_where_its_words_are_cut(laid: Desk) -> None:
    assert (
        "the due date moved from 30 June 2025 to 31 October 2025" in ask(laid, "What became of the promise to recruit psychologists?").text
    )
    assert "No commitment was found" in ask(laid, "Has anything in the plan been dropped since January?").headline
    assert listed(ask(laid, "Which actions changed hands between January and July?")) == [("plan", "1.2"), ("review", "1.2")]


def test_a_number_that_stands_in_the_cell_itself_is_not_said_twice(laid: Desk) -> None:
    assert "action 1.3: Offer 22 short breaks; lead: Anil Desai" in ask(laid, "Which actions are amber?").text
