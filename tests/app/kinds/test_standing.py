"""Actions asked for by how they stand, by whom they sit with, by what they are called and by dates put back: two invented councils."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app import engine
from app.evidence.desk import Desk, desk
from app.evidence.states import state_of
from app.intake import take_in_all
from app.types import Answer, Question
from index.embed import HashEncoder
from index.library import Library
from ingest.types import Action

ROADS, CARE = "harrowmere-roads.md", "stonleigh-care.md"
PLANS = {
    ROADS: """# Highways recovery plan

Harrowmere Borough Council. Position at 30 September 2025

## Savings

| Ref | Saving | Target (£000) | Comment | Delivery rating |
|---|---|---|---|---|
| S1 | Bring street lighting in house | 220 | The transfer took longer than planned | Red |
| S2 | Change 6,000 lanterns to LED | 480 | The price was lower than forecast | Green |

## Recovery actions

| ID | Milestone | Owner | Original date | Revised date | Status | Latest update |
|---|---|---|---|---|---|---|
| 1a | Replace nine gully tankers | Fleet Manager, Owen Pryce | 31 July 2025 | 28 February 2026 | Stuck | The maker has no chassis. |
| 1b | Publish the resurfacing programme | Head of Highways | 30 June 2025 | 31 October 2025 | At risk | With the parish councils. |
| 1c | Inspect every bridge on the network | Bridges Engineer | 31 March 2026 | 31 March 2026 | On track | 61 of 90 inspected. |
| 1d | Open a second salt barn | Fleet Manager, Owen Pryce | 31 May 2025 | 31 May 2025 | Complete | Opened in May. |
| 1e | Cut the grass with electric mowers | Parks Manager | 31 January 2026 | 31 January 2026 | Not started | Waiting for the grant. |
""",
    CARE: """# Adult care improvement plan

Stonleigh County Council. Position at 31 December 2025

| No. | What we will do | Lead | By when | Progress | BRAG |
|---|---|---|---|---|---|
| 1 | Open one front door for contacts | Head of Access, Nadia Rahman | June 2025 | Live since June. | Blue |
| 2 | Complete 300 late assessments | Principal Social Worker | February 2026 | 187 of the 300 assessments completed. | Green |
| 3 | Hire twelve reablement workers | HR | November 2025 | Four have started. New date March 2026. | Amber |
| 4 | Build a supported living scheme | Head of Access, Nadia Rahman | September 2025 | The bid was turned down. | Red |

## Risks

| Risk | Score | Mitigation | Owner |
|---|---|---|---|
| Providers hand back contracts | 16 | Weekly call with every provider | Nadia Rahman |
""",
}


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder: Path = tmp_path_factory.mktemp("standing")
    for name, text in PLANS.items():
        (folder / name).write_text(text, encoding="utf-8")
    files = [folder / name for name in PLANS]
    with Library.open(folder / "library", create=True, encoder=HashEncoder()) as library:
        assert [r.status for r in take_in_all(files, library, lambda *_: None)] == ["read"] * len(files)
        yield desk(library)


def ask(laid: Desk, *questions: str) -> Answer:
    return engine.ask(Question(questions[-1], questions[:-1]), laid.library)


def refs(found: Answer) -> list[str]:
    rows = found.table.rows if found.table else ()
    return [r.record.ref or "?" for r in rows if isinstance(r.record, Action)]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Which Harrowmere milestones are stuck?", ["1a"]),
        ("Which Harrowmere milestones have ground to a halt?", ["1a"]),
        ("What is stalled in Harrowmere's highways plan?", ["1a"]),
        ("Which Harrowmere projects are touch and go - down as at risk?", ["1b"]),
        ("Which Harrowmere milestones might not make it?", ["1b"]),
        ("Which Harrowmere milestones are either stuck or complete?", ["1a", "1d"]),
        ("Which milestones have not been started?", ["1e"]),
        ("Which milestones have yet to begin?", ["1e"]),
        ("Which milestones are on track?", ["1c"]),
        ("Which milestones are not on track?", ["1a", "1b", "1e"]),
        ("Which Harrowmere milestones are still to be finished?", ["1a", "1b", "1c", "1e"]),
        ("Which Stonleigh actions have come off the rails?", ["4"]),
        ("Which Stonleigh actions are at risk?", ["3"]),
        ("Which Stonleigh actions are not yet green?", ["3", "4"]),
        ("Which Stonleigh actions are overdue?", ["3", "4"]),
        ("Which Stonleigh actions have still to be completed?", ["2", "3", "4"]),
    ],
)
def test_actions_are_found_by_how_they_stand(laid: Desk, said: str, found: list[str]) -> None:
    assert refs(ask(laid, said)) == found


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("How many Harrowmere milestones are complete?", 1),
        ("How many of the savings have a Red delivery rating?", 1),
        ("How many of the 5 Harrowmere milestones are complete?", 1),
        ("How many savings are in the Harrowmere plan?", 2),
        ("How many actions across all the priorities of the Stonleigh adult care plan carry a Blue BRAG rating?", 1),
    ],
)
def test_actions_are_counted_under_the_name_their_document_gives_them(laid: Desk, said: str, count: int) -> None:
    assert ask(laid, said).count == count


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("List the actions led by Nadia Rahman.", ["1", "4"]),
        ("What is nadia rahman responsible for?", ["1", "4"]),
        ("Which actions are Rahman's?", ["1", "4"]),
        ("Which jobs have been handed to HR?", ["3"]),
        ("What does Owen Pryce lead on?", ["1a", "1d"]),
        ("Which milestones sit with the Fleet Manager?", ["1a", "1d"]),
    ],
)
def test_a_lead_is_found_by_person_role_or_team(laid: Desk, said: str, found: list[str]) -> None:
    assert refs(ask(laid, said)) == found


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Which milestones have had their completion date put back from 2025 into 2026?", ["1a"]),
        ("Which Harrowmere milestones have been put back?", ["1a", "1b"]),
        ("Which Stonleigh actions have been given a new date?", ["3"]),
        ("Which Stonleigh actions have been put back?", ["3"]),
        ("Which Stonleigh actions have a deadline later than November 2025?", ["2"]),
        ("Which Stonleigh actions are not due until 2026?", ["2"]),
        ("Which Stonleigh actions are due no later than September 2025?", ["1", "4"]),
        ("Which Harrowmere milestones were meant to be done by July 2025 but were not?", ["1a", "1b"]),
        ("Which Stonleigh actions run into 2026?", ["2"]),
        ("Of the Harrowmere milestones put back, which are stuck and who leads them?", ["1a"]),
        ("Which Harrowmere milestones were finished on time?", ["1d"]),
        ("Which Stonleigh actions have been delivered?", ["1"]),
    ],
)
def test_dates_put_back_and_deadlines(laid: Desk, said: str, found: list[str]) -> None:
    assert refs(ask(laid, said)) == found


def test_what_else_the_lead_just_named_has_to_do(laid: Desk) -> None:
    assert refs(
        ask(laid, "Who is responsible for replacing the gully tankers?", "What other milestone is that officer responsible for?")
    ) == ["1d"]
    assert refs(ask(laid, "Who leads on the front door for contacts?", "What else does she lead on?")) == ["4"]


def test_of_those_listed_before(laid: Desk) -> None:
    assert ask(laid, "Which Stonleigh actions are led by Nadia Rahman?", "How many of them are red?").count == 1
    assert refs(ask(laid, "Which Harrowmere milestones have been put back?", "And which are stuck?")) == ["1a"]


def test_a_new_date_is_given_with_the_first(laid: Desk) -> None:
    assert "Due 28 February 2026 (first 31 July 2025)" in ask(laid, "What is the new date for replacing the gully tankers?").text


def test_a_count_by_how_actions_stand_says_of_how_many(laid: Desk) -> None:
    stuck = ask(laid, "How many Harrowmere milestones are stuck?")
    assert (stuck.count, stuck.headline) == (1, "1 of 5 milestones is stuck.")
    assert ask(laid, "What proportion of Stonleigh actions are red?").headline == "1 of 4 actions is rated red."


def test_the_action_put_back_by_most(laid: Desk) -> None:
    assert refs(ask(laid, "Which Harrowmere milestone has slipped the furthest?")) == ["1a"]


def test_why_actions_stand_so_is_told_by_their_progress(laid: Desk) -> None:
    assert "The maker has no chassis" in ask(laid, "Which Harrowmere milestones are stuck, and what's holding them up?").text


def test_what_somebody_still_has_to_do(laid: Desk) -> None:
    assert refs(ask(laid, "What does Owen Pryce still have to do?")) == ["1a"]


def test_an_action_is_known_by_its_number_alone(laid: Desk) -> None:
    assert "The maker has no chassis" in ask(laid, "What's the latest on milestone 1a?").text
    assert "Bridges Engineer" in ask(laid, "Who leads milestone 1c and when is it due?").text


def test_who_or_when_is_told_with_how_far_it_got_where_that_is_asked_too(laid: Desk) -> None:
    late = ask(laid, "When will the supported living scheme be built, and what has held it up?").text
    assert "Due September 2025" in late and "The bid was turned down" in late
    assert "Opened in May" in ask(laid, "Who was opening the salt barn, and has it been done?").text


def test_a_status_is_told_in_the_words_it_is_printed_in(laid: Desk) -> None:
    said = ask(laid, "Which Harrowmere milestones are at risk?").text
    assert "1 milestone is at risk" in said
    assert "status: At risk" in said and "amber" not in said
    assert "due: 31 October 2025 (first 30 June 2025)" in said


@pytest.mark.parametrize(
    ("said", "state"), [("Minor delay", "delayed"), ("Going nowhere", "stuck"), ("Moving", "in progress"), ("Green", None)]
)
def test_a_status_speaks_of_a_state(said: str, state: str | None) -> None:
    assert state_of(said) == state
