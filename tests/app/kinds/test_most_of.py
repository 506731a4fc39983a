"""Who has most and fewest, what slipped furthest, and what was first due when."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app import engine
from app.evidence.desk import Desk, desk
from app.intake import take_in_all
from app.types import Answer, Question
from index.embed import HashEncoder
from index.library import Library

ROADS = """# Roads improvement plan 2025

Marrowby County Council. Position at 30 September 2025

| Ref | Action | Lead | Original due | Revised due | Progress | RAG |
|---|---|---|---|---|---|---|
| 1 | Resurface the ring road | Head of Roads | 31 March 2025 | 30 June 2025 | Half laid. | Red |
| 2 | Replace the street lights | Head of Roads | 31 December 2025 | 31 March 2026 | Ordered. | Amber |
| 3 | Paint the crossings | | 30 April 2025 | 30 April 2025 | All painted. | Blue |
| 4 | Survey the bridges | | 30 April 2025 | 30 April 2025 | All surveyed. | Blue |
| 5 | Clear the gullies | | 31 August 2025 | 28 February 2026 | Team short. | Amber |
"""
PARKS = """# Parks improvement plan 2025

Oxley Borough Council. Position at 30 September 2025

| Ref | Action | Lead | Original due | Revised due | Progress | RAG |
|---|---|---|---|---|---|---|
| 1 | Reopen the bandstand | Head of Parks | 31 May 2025 | 31 May 2025 | Open. | Green |
| 2 | Plant an orchard | Parks Officer | 30 November 2026 | 30 November 2026 | Site found. | Green |
"""


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder: Path = tmp_path_factory.mktemp("most")
    files = [folder / "marrowby-roads-plan-2025.md", folder / "oxley-parks-plan-2025.md"]
    for file, text in zip(files, (ROADS, PARKS), strict=True):
        file.write_text(text, encoding="utf-8")
    with Library.open(folder / "library", create=True, encoder=HashEncoder()) as library:
        assert {r.status for r in take_in_all(files, library, lambda *_: None)} == {"read"}
        yield desk(library)


def ask(laid: Desk, question: str) -> Answer:
    return engine.ask(Question(question), laid.library)


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("Which plan has the fewest actions complete?", "Parks improvement plan 2025 has the fewest: 0 actions of 2"),
        ("Which council has the fewest red actions?", "Oxley has the fewest: 0 actions of 1"),
        ("Which council has the most actions?", "Marrowby has the most: 5 actions of 7"),
        ("Who has the most actions?", "Head of Roads has the most: 2 actions of 7"),
        ("What slipped furthest?", "1 action is put back furthest."),
        ("Which action has slipped furthest?", "1 action is put back furthest."),
        ("Which actions were first due in 2025?", "6 actions are first due in 2025."),
        ("Which actions were originally planned for 2026?", "1 action is first due in 2026."),
    ],
)
def test_most_and_fewest(laid: Desk, question: str, headline: str) -> None:
    assert ask(laid, question).headline.startswith(headline)


def test_where_nothing_was_put_back(laid: Desk) -> None:
    answer = ask(laid, "Which action in the Parks improvement plan slipped furthest?")
    assert "date put back" in answer.headline


def test_teams_that_struggle_are_not_actions_that_say_team(laid: Desk) -> None:
    assert "rated amber or red" not in ask(laid, "Which teams are struggling?").headline
