"""Actions by who holds them, alone or with others, by the part of a plan they stand in, by dates never given and promises not kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app import engine
from app.evidence.desk import Desk, desk
from app.evidence.holders import holders
from app.intake import take_in_all
from app.types import Answer, Question
from index.embed import HashEncoder
from index.library import Library
from ingest.types import Action

PLAN = """# Youth services improvement plan 2024

Marrowby County Council. Position at 31 January 2025

## Ensure that the youth council in every town is heard by the cabinet

| Ref | Action | Lead | Due | Progress | RAG |
|---|---|---|---|---|---|
| 1 | Hold a youth council meeting in each town | Head of Youth (TM) | October 2024 | Held in five towns. | Green |
| 2 | Publish what the cabinet said to them | Head of Youth (TM) and Head of Democracy (AB) | November 2024 | Still in draft. | Amber |

## Ensure that young people have somewhere to go

| Ref | Action | Lead | Due | Progress | RAG |
|---|---|---|---|---|---|
| 3 | Reopen the youth centre at Quay Street | Head of Youth (TM) | December 2024 | Roof not yet mended. | Red |
| 4 | Report attendance from the Mosaik system | Mosaik Programme Manager | December 2024 | Reports tested. | Amber |
| 5 | Train ten detached youth workers | Workforce Partner, Head of Youth (TM) | February 2025 | Six trained. | Amber |
| 6 | Lease a second minibus | Fleet Officer |  | Quotes asked for. | Amber |

# Youth justice board: improvement plan

## Ensure that the board knows how it does

| Ref | Action | Lead | Due | Progress | RAG |
|---|---|---|---|---|---|
| 1 | Agree a scorecard for the board | Chair of the Board | October 2024 | Agreed and in use. | Green |
| 2 | Appoint a lay member | Chair of the Board | TBC by Chair | No applicants. | Red |
"""


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder: Path = tmp_path_factory.mktemp("held")
    (folder / "marrowby-youth-plan-2024.md").write_text(PLAN, encoding="utf-8")
    with Library.open(folder / "library", create=True, encoder=HashEncoder()) as library:
        assert [r.status for r in take_in_all([folder / "marrowby-youth-plan-2024.md"], library, lambda *_: None)] == ["read"]
        yield desk(library)


def ask(laid: Desk, question: str) -> Answer:
    return engine.ask(Question(question), laid.library)


def found(laid: Desk, question: str) -> list[str]:
    """The first four words of each action listed."""
    table = ask(laid, question).table
    return [" ".join(r.record.action.split()[:3]) for r in (table.rows if table else ()) if isinstance(r.record, Action)]


@pytest.mark.parametrize(
    ("lead", "number"),
    [
        ("Head of LAC (JK) and Head of Fieldwork (KP)", 2),
        ("Head of Children with Disabilities and Practice Development (DC)", 1),
        ("Heads of Service Team Managers", 2),
        ("Head of Access, Priya Nandakumar", 1),
        ("Head of SEND and Inclusion; Parent Carer Forum", 2),
        ("Virtual Head Teacher (SL)", 1),
        ("Gareth Fell and Yasmin Karimi", 2),
        ("HR", 1),
    ],
)
def test_a_lead_cell_names_so_many(lead: str, number: int) -> None:
    assert holders(lead) == number


@pytest.mark.parametrize(
    ("question", "actions"),
    [
        ("Which actions is the Head of Youth the only lead for?", ["Hold a youth", "Reopen the youth"]),
        ("What does the Head of Youth lead on his own?", ["Hold a youth", "Reopen the youth"]),
        ("What does the Head of Youth share with somebody else?", ["Publish what the", "Train ten detached"]),
        (
            "List the actions whose lead is the Head of Youth, alone or jointly.",
            ["Hold a youth", "Publish what the", "Reopen the youth", "Train ten detached"],
        ),
        ("Which actions are jointly led?", ["Publish what the", "Train ten detached"]),
        ("Which bits have more than one person in charge?", ["Publish what the", "Train ten detached"]),
        ("What does AB lead on?", ["Publish what the"]),
        ("Which actions sit with the Mosai (Mosaik) Programme Manager?", ["Report attendance from"]),
    ],
)
def test_who_holds_an_action_alone_or_with_others(laid: Desk, question: str, actions: list[str]) -> None:
    assert found(laid, question) == actions


@pytest.mark.parametrize(
    ("question", "actions"),
    [
        ("In the youth justice board bit at the back of the plan, which actions are red?", ["Appoint a lay"]),
        ("What is still red in the last part of the plan?", ["Appoint a lay"]),
        ("Of the actions responding to the finding on the youth council in every town, which is amber?", ["Publish what the"]),
    ],
)
def test_the_part_of_a_plan_that_is_meant(laid: Desk, question: str, actions: list[str]) -> None:
    assert found(laid, question) == actions


@pytest.mark.parametrize(
    ("question", "actions"),
    [
        ("Which actions were never given a date?", ["Lease a second", "Appoint a lay"]),
        (
            "Which actions should have been finished before Christmas but were not?",
            ["Publish what the", "Reopen the youth", "Report attendance from"],
        ),
        ("Which actions were overdue at the end of 2024?", ["Publish what the"]),
        ("What was due in December?", ["Reopen the youth", "Report attendance from"]),
        ("Which of the promises about the youth centre did they fail to keep?", ["Reopen the youth"]),
    ],
)
def test_dates_never_given_and_promises_not_kept(laid: Desk, question: str, actions: list[str]) -> None:
    assert found(laid, question) == actions


def test_who_has_the_most_actions(laid: Desk) -> None:
    most = ask(laid, "Who leads most of the actions?")
    assert most.headline.startswith("Head of Youth has the most: 4 actions of 8")
    assert found(laid, "Which section has the most amber actions?") == ["Report attendance from", "Train ten detached", "Lease a second"]


def test_a_subject_nobody_measures_is_answered_by_its_actions(laid: Desk) -> None:
    assert found(laid, "What's amber on attendance?") == ["Report attendance from"]
