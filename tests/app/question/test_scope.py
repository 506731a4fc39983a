"""Which council, document and part a question means, over plans of councils that no list knows and of other services than children's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.engine import ask
from app.evidence.desk import Desk, desk
from app.intake import take_in_all
from app.question.understand import understand
from app.types import Query, Question
from index.embed import HashEncoder
from index.library import Library
from ingest.types import Action, Measure, Record

HOMES, ROADS, CARE, COAST = "brindlemoor-homes.md", "thornwick-roads.md", "thornwick-care.md", "coast.md"
PLANS = {
    HOMES: """# Brindlemoor City Council

# Housing improvement plan

Half-year review, September 2025

The Oxford Stock Model was used for the survey. Tolland Limited left in May. Leeds City Council lent us an inspector.

## Theme 1: Safe and warm homes

| Measure | Target | September 2025 | Status |
|---|---|---|---|
| Homes with a valid gas certificate | 100% | 99% | Off target |
| Lifts inspected on time | 95% | 97% | On target |

## Theme two: Repairs and empty homes

| Measure | Target | September 2025 | Status |
|---|---|---|---|
| Routine repairs completed in time | 90% | 71% | Off target |
| Appointments kept | 95% | 93% | Off target |
""",
    ROADS: """# Highways and waste recovery plan

Thornwick Borough Council (TWBC). Position at 30 September 2025

Reading the meters is a task for the depot. Thornwick Borough Council owns four depots.

| Action | Lead | Due | RAG |
|---|---|---|---|
| Replace nine gully tankers | Head of Highways | December 2025 | Red |
| Publish the resurfacing programme | Head of Highways | November 2025 | Green |
""",
    COAST: """# Wexley Bay Council

# Beaches: a note to Members

Two beaches were cleaned.
""",
    CARE: """# Adult social care improvement plan

Thornwick Borough Council. Position at 30 September 2025

## Priority 1: Getting help sooner

### Table 1: Waiting

| Measure | Target | September 2025 |
|---|---|---|
| Care assessments within 28 days | 80% | 64% |

### Actions for Priority 1

| Action | Lead | Due | RAG |
|---|---|---|---|
| Open one front door | Head of Access | December 2025 | Amber |

## Priority 2: Our workforce

### Actions for Priority 2

| Action | Lead | Due | RAG |
|---|---|---|---|
| Recruit nine social workers | Head of Workforce | December 2025 | Amber |
| Publish a skills offer | Head of Workforce | January 2026 | Red |
""",
}


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("scope")
    for name, text in PLANS.items():
        (folder / name).write_text(text)
    files = [Path(folder / name) for name in PLANS]
    with Library.open(folder / "library", create=True, encoder=HashEncoder()) as library:
        assert [r.status for r in take_in_all(files, library, lambda *_: None)] == ["read"] * len(files)
        yield desk(library)


def listed(laid: Desk, text: str) -> list[Record]:
    table = ask(Question(text), laid.library).table
    return [line.record for line in table.rows] if table else []


def read(laid: Desk, text: str) -> Query:
    return understand(Question(text), laid)


@pytest.mark.parametrize(
    ("text", "council"),
    [
        ("How many repairs were done in Brindlemoor?", "Brindlemoor"),
        ("whats happening with brindlemoors repairs", "Brindlemoor"),
        ("What is Brindlemor's target for lifts?", "Brindlemoor"),
        ("What is Brindlemoor City Council's target for lifts?", "Brindlemoor"),
        ("Does the City of Brindlemoor inspect its lifts?", "Brindlemoor"),
        ("What is TWBC's target for care assessments?", "Thornwick"),
        ("How are the beaches in Wexley?", "Wexley Bay"),
        ("How are Wexley Bay's beaches?", "Wexley Bay"),
        ("Which gullies did the Borough Council of Thornwick clear?", "Thornwick"),
    ],
)
def test_a_council_is_known_by_any_form_of_its_name_which_is_no_subject(laid: Desk, text: str, council: str) -> None:
    query = read(laid, text)
    assert query.authorities == (council,)
    assert not query.unknown
    assert not [t for t in query.topic if t[:4] in ("brin", "thor", "twbc")]


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("How many potholes did Leeds fill?", ("Leeds",)),
        ("Is Brindlemoor quicker than Leeds at repairs?", ("Leeds",)),
        ("How many potholes did Snaithley Council fill?", ("Snaithley",)),
        ("What did the Oxford Stock Model show?", ()),
        ("What did the Leeds inspector do for Brindlemoor?", ()),
        ("Why did Tolland leave?", ()),
    ],
)
def test_a_place_is_an_unheld_council_only_where_it_is_one(laid: Desk, text: str, unknown: tuple[str, ...]) -> None:
    assert read(laid, text).unknown == unknown


@pytest.mark.parametrize(
    ("text", "document"),
    [
        ("Which measures in the housing plan are off target?", HOMES),
        ("Which measures in Brindlemoor's housing improvement plan are off target?", HOMES),
        ("Which actions in the recovery plan are red?", ROADS),
        ("What does the highways plan say of tankers?", ROADS),
        ("Which measures in the adult care plan are below target?", CARE),
        ("What does the six-month review say of lifts?", HOMES),
        ("In the improvement plan, which measures are below target?", None),
        ("Is a support plan in place for everyone?", None),
    ],
)
def test_words_of_a_title_choose_the_document_and_are_no_subject(laid: Desk, text: str, document: str | None) -> None:
    query = read(laid, text)
    assert query.documents == ((document,) if document else ())
    assert not {"hous", "improv", "adult", "highway", "recover"} & set(query.topic)


@pytest.mark.parametrize(
    ("text", "document"),
    [
        ("Which actions in the March 2024 review are red?", "sandwick-review.md"),
        ("Which actions are red in the improvement plan of September 2023?", "sandwick-plan.md"),
        ("Which actions are red in the plan?", None),
        ("In March 2024 what did the review say of lifts?", None),
    ],
)
def test_a_month_chooses_the_document_that_bears_it(tmp_path: Path, text: str, document: str | None) -> None:
    papers = {
        "sandwick-plan.md": "# Improvement plan\n\nSandwick Council, September 2023.",
        "sandwick-review.md": "# Review, March 2024\n\nSandwick Council.",
    }
    for name, words in papers.items():
        (tmp_path / name).write_text(f"{words}\n\nThe lifts are slow.\n", encoding="utf-8")
    with Library.open(tmp_path / "library", create=True, encoder=HashEncoder()) as library:
        assert len(list(take_in_all([tmp_path / name for name in papers], library, lambda *_: None))) == len(papers)
        assert read(desk(library), text).documents == ((document,) if document else ())


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("Which measures under Repairs and empty homes are off target?", {"Routine repairs completed in time", "Appointments kept"}),
        ("Which of Brindlemoor's Safe and warm homes measures are off target?", {"Homes with a valid gas certificate"}),
        ("Which measures in the safe and warm homes theme are off target?", {"Homes with a valid gas certificate"}),
        ("Which measures in theme 1 are off target?", {"Homes with a valid gas certificate"}),
        ("Which measures in Brindlemoor's priority one are off target?", {"Homes with a valid gas certificate"}),
        ("Which measures in Brindlemoor's priority 1 are off target?", {"Homes with a valid gas certificate"}),
        ("Which measures in the second theme are off target?", {"Routine repairs completed in time", "Appointments kept"}),
        ("Which measures in table 1 are below target?", {"Care assessments within 28 days"}),
        ("Which Thornwick measures are off target under priority 1?", {"Care assessments within 28 days"}),
        ("Which of Brindlemoor's lifts measures are on target?", {"Lifts inspected on time"}),
        (
            "Which of Brindlemoor's landlord measures are off target?",
            {"Homes with a valid gas certificate", "Routine repairs completed in time", "Appointments kept"},
        ),
        (
            "Which of Brindlemoor's housing measures are off target?",
            {"Homes with a valid gas certificate", "Routine repairs completed in time", "Appointments kept"},
        ),
    ],
)
def test_a_list_keeps_to_the_part_that_is_named(laid: Desk, text: str, measures: set[str]) -> None:
    assert {m.measure for m in listed(laid, text) if isinstance(m, Measure)} == measures


@pytest.mark.parametrize(
    ("text", "actions"),
    [
        ("Which Thornwick actions under priority 2 are amber?", {"Recruit nine social workers"}),
        ("List the actions in priorities 1 and 2 that are amber.", {"Open one front door", "Recruit nine social workers"}),
        ("Which actions across all the priorities of the adult care plan are red?", {"Publish a skills offer"}),
        ("Which actions under Our workforce are red?", {"Publish a skills offer"}),
        ("Which of Thornwick's actions in the priority on workforce are amber?", {"Recruit nine social workers"}),
        ("Which actions in the roads and waste plan are red?", {"Replace nine gully tankers"}),
    ],
)
def test_actions_of_the_part_that_is_named(laid: Desk, text: str, actions: set[str]) -> None:
    assert {a.action for a in listed(laid, text) if isinstance(a, Action)} == actions
