"""Causes and what never happened, over an invented report in prose: bins, repairs, a regulator, a director."""

from __future__ import annotations

import pytest

from app.engine import ask
from app.types import REFUSALS, Answer, Question
from ingest.types import Chunk, Place
from tests.app.memory import MemoryLibrary, entry
from tests.app.shelf import measure

REPORT = "holmsey-report.pdf"
PASSAGES = {
    "Streets": "Missed collections reached 74 in every 100,000 in October. The chief reason is that two in five crews drove rounds they "
    "did not know. Street sweeping is on time.",
    "Homes": "Empty homes now stand unlet for 61 days. A plumbing contractor withdrew in May and the voids team has four vacant posts. "
    "Repairs are finished sooner than last year because tradespeople carry more parts. Mould cases rose through the winter.",
    "Regulation": "The Regulator has not used its enforcement powers. It made its first visit in March 2025 and found honest records. "
    "A second visit is expected in the autumn of 2026. The tenants' survey is in the field until May.",
    "People": "Helen Marsh, Director of Housing, chairs the recovery board. Councillor Ade Obi left the board in June.",
    "Tenants": "Tenants thank staff who ring back. Tenants' one request is a named officer. A few tenants complain of bins. The majority "
    "of tenants complain about lifts.",
    "Money": "The repairs contract with Tolland Ltd was renewed in April.",
}


def holmsey() -> MemoryLibrary:
    """The report: prose under headings, and a measure of re-lets that got better."""
    relets = [
        measure(f"r{i}", "Average days to answer a complaint", value, 20, unit="days", period=period, comparator="<=", document=REPORT)
        for i, (value, period) in enumerate([(31.0, "2024/25-Q4"), (24.0, "2025/26-Q1")])
    ]
    prose = [
        Chunk(f"p{n}", Place(REPORT, 1, None, head), "prose", text, f"{head} {text}", ()) for n, (head, text) in enumerate(PASSAGES.items())
    ]
    return MemoryLibrary(
        [entry(REPORT, "Holmsey housing and streets report", "Holmsey Council", period="2025/26-Q1")], relets, [], [], prose
    )


def told(question: str) -> Answer:
    return ask(Question(question), holmsey())


@pytest.mark.parametrize(
    ("question", "cause"),
    [
        ("Why did missed collections go to pot last autumn?", "rounds they did not know"),
        ("What's behind the missed collections?", "rounds they did not know"),
        ("What do they put the missed collections down to?", "rounds they did not know"),
        ("Why are empty homes hanging about for so long?", "withdrew"),
        ("What is to blame for the missed collections?", "rounds they did not know"),
        ("What's made repairs quicker?", "carry more parts"),
        ("How did they manage to get repairs done sooner?", "carry more parts"),
        ("We collect no more than last year, so why the missed collections?", "rounds they did not know"),
    ],
)
def test_the_sentence_that_gives_the_cause_is_quoted_though_it_does_not_repeat_the_subject(question: str, cause: str) -> None:
    answer = told(question)
    assert answer.outcome == "answered"
    assert cause in answer.text


def test_a_cause_is_quoted_after_the_sentence_that_names_what_it_explains() -> None:
    text = told("Why are there missed collections?").text
    assert text.index("Missed collections reached 74") < text.index("The chief reason")
    assert "sweeping" not in text


@pytest.mark.parametrize(
    "question",
    [
        "What did the regulator conclude at its second visit?",
        "What were the results of the tenants' survey?",
        "Why did the Director of Housing resign?",
        "When did Helen Marsh leave?",
        "Why did the Director of Repairs quit the board?",
        "Why were the sweeping rounds scrapped?",
        "What is the value of the repairs contract?",
        "How much is the Tolland contract worth?",
        "What share of tenants took up a boiler check in Q1 2025/26?",
    ],
)
def test_what_has_not_happened_or_is_not_told_is_refused(question: str) -> None:
    assert told(question).outcome in REFUSALS


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What did the regulator find at its first visit?", "honest records"),
        ("When did Councillor Obi leave the board?", "June"),
    ],
)
def test_what_did_happen_is_told(question: str, said: str) -> None:
    answer = told(question)
    assert answer.outcome == "answered"
    assert said in answer.text


def test_a_second_thing_asked_is_told_from_what_follows() -> None:
    text = told("Why are there missed collections, and what about sweeping?").text
    assert "The chief reason" in text
    assert "Street sweeping is on time" in text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Why did the regulator use its enforcement powers?", "has not used"),
        ("Why has answering a complaint got slower?", "fell from 31"),
        ("Why is a complaint taking longer to answer?", "fell from 31"),
    ],
)
def test_what_the_report_denies_is_not_explained(question: str, said: str) -> None:
    answer = told(question)
    assert answer.outcome == "false_premise"
    assert said in answer.text


def test_figures_go_with_the_measure_they_bear_out() -> None:
    answer = told("Why has answering a complaint got quicker?")
    assert answer.outcome != "false_premise"


@pytest.mark.parametrize(
    ("question", "near"),
    [
        ("Why did the swimming pool flood?", None),
        ("How much did street sweeping cost?", "sweeping"),
        ("Why did the Director of Housing resign?", "Director of Housing"),
    ],
)
def test_the_nearest_passage_of_a_refusal_names_a_subject_of_the_question(question: str, near: str | None) -> None:
    answer = told(question)
    assert answer.outcome in REFUSALS
    assert (near in answer.text) if near else not answer.citations


@pytest.mark.parametrize(
    ("question", "said", "not_said"),
    [
        ("What do tenants want?", "a named officer", "thank staff"),
        ("What did most tenants complain about?", "lifts", "bins"),
    ],
)
def test_what_people_want_and_what_most_of_them_say_is_quoted_first(question: str, said: str, not_said: str) -> None:
    first = told(question).citations[0].quote
    assert said in first
    assert not_said not in first


def test_the_half_of_a_sentence_that_is_the_cause_is_not_what_it_explains() -> None:
    prose = "Caseloads are uneven because vacancies fall in two teams. The vacancy rate came down after a bonus was paid."
    chunk = Chunk("v", Place(REPORT, 1, None, "Staff"), "prose", prose, prose, ())
    library = MemoryLibrary([entry(REPORT, "Holmsey staffing report", "Holmsey Council")], [], [], [], [chunk])
    first = ask(Question("Why did the vacancy rate come down?"), library).citations[0].quote
    assert "bonus" in first
    assert "uneven" not in first
