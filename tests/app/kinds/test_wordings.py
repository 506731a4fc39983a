"""The same question in other words: lists of measures, figures and disagreements over the sample plans."""

from __future__ import annotations

import pytest

from app.engine import ask
from app.types import Answer, Question
from index.library import Library
from ingest.types import Measure


def asked(library: Library, text: str) -> Answer:
    return ask(Question(text), library)


def rows(answer: Answer) -> list[Measure]:
    return [line.record for line in answer.table.rows if isinstance(line.record, Measure)] if answer.table else []


@pytest.mark.parametrize(
    "question",
    [
        "Which of our targets haven't we hit at Q2",
        "Where are we falling short in quarter two?",
        "Off-target KPIs, second quarter",
        "all measures where the Q2 value is below target",
        "what's not up to scratch in Q2",
        "In the improvement plan updated to the end of quarter 2, which measures are off target?",
        "Give me a list of everything that missed its target at the end of September",
        "which numbers aren't where they should be at Q2",
        "are we missing any targets this quarter?",
        "Targets not met, Q2 2025/26",
    ],
)
def test_measures_below_target_however_they_are_asked_for(sample_library: Library, question: str) -> None:
    plain = asked(sample_library, "Which measures are below target in quarter 2?")
    answer = asked(sample_library, question)
    assert answer.query.intent == "measures"
    assert {m.id for m in rows(answer)} == {m.id for m in rows(plain)}
    assert {m.status for m in rows(answer)} == {"off_target"}


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("which targets are we doing well on in Q2", "on_target"),
        ("Where did we succeed in quarter 2?", "on_target"),
        ("which targets are still waiting for data", "no_value"),
        ("Targets for which nothing was reported at Q2", "no_value"),
        ("Any KPIs with missing values?", "no_value"),
    ],
)
def test_lists_by_what_became_of_the_target(sample_library: Library, question: str, status: str) -> None:
    found = rows(asked(sample_library, question))
    assert found
    assert {m.status for m in found} == {status}


def test_a_summary_line_is_listed_once_with_the_plans_own_value_and_the_other_beside_it(sample_library: Library) -> None:
    answer = asked(sample_library, "Which measures are below target in quarter 2?")
    values = [m.value for m in rows(answer) if "pathway plan" in m.measure]
    assert values == [86]
    assert any("86%" in c and "89%" in c for c in answer.conflicts)


def test_a_target_set_for_later_is_not_missing_a_figure(sample_library: Library) -> None:
    found = rows(asked(sample_library, "For which targets was no figure available at the end of quarter 2 2025/26?"))
    assert all((m.target_period or "") < "2026-03" for m in found)


def test_exactly_on_target_leaves_out_what_is_above_it(sample_library: Library) -> None:
    found = rows(asked(sample_library, "Which percentage measures were exactly on target at Q2 2025/26?"))
    assert found
    assert all(m.value == m.target for m in found)


@pytest.mark.parametrize(("way", "rises"), [("got worse", False), ("improved", True)])
def test_measures_by_how_they_moved(sample_library: Library, way: str, rises: bool) -> None:
    answer = asked(sample_library, f"In the performance summary, which measures have {way} since quarter 1?")
    found = rows(answer)
    assert found
    assert {m.place.section for m in found} == {"Performance summary"}
    visits = [m for m in found if m.measure.startswith("Child in need visits")]  # 83% at quarter 1, 79% at quarter 2
    assert bool(visits) is not rises


def test_a_superlative_with_a_number(sample_library: Library) -> None:
    found = rows(asked(sample_library, "name the three worst gaps to target"))
    assert len(found) >= 3
    assert found[0].measure.startswith("Initial health assessments")


@pytest.mark.parametrize(
    "question",
    [
        "how did we compare with England on single assessments within 45 working days?",
        "are we better or worse than the rest of the country on re-referrals?",
    ],
)
def test_a_benchmark_stands_beside_the_councils_own_figure(sample_library: Library, question: str) -> None:
    found = rows(asked(sample_library, question))
    assert any(m.kind == "benchmark" for m in found)
    assert any(m.kind == "actual" for m in found)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Which figures for the end of June 2025 differ between the self-evaluation and the improvement plan?", ("209", "214")),
        ("Do the documents agree on the number of children on child protection plans?", ("209", "214")),
        ("Do the lines of Table 2 in the self-evaluation add up to the total it prints?", ("412", "not add up")),
        ("What percentage of care leavers had an up-to-date pathway plan at Q2 2025/26?", ("86%", "89%")),
    ],
)
def test_both_figures_are_shown_where_documents_disagree(sample_library: Library, question: str, said: tuple[str, ...]) -> None:
    answer = asked(sample_library, question)
    assert answer.outcome == "answered"
    assert all(s in answer.text for s in said)
    assert answer.conflicts


@pytest.mark.parametrize(
    ("question", "outcome"),
    [
        ("What share of Section 47 enquiries led to an initial conference?", "measure_not_found"),
        ("What is the re-referral rate at Q3?", "period_not_reported"),
        ("Why has the number of families with an early help plan fallen since last year?", "false_premise"),
        ("Why did child protection visits get worse?", "false_premise"),
        ("Why did suspensions of pupils with an EHC plan go up in quarter 2?", "false_premise"),
    ],
)
def test_refusals_of_figures_have_their_type(sample_library: Library, question: str, outcome: str) -> None:
    assert asked(sample_library, question).outcome == outcome


def test_a_period_that_is_not_reported_names_the_newest_that_is(sample_library: Library) -> None:
    assert "Q2 2025/26" in asked(sample_library, "child protection visits in December 2025?").headline


@pytest.mark.parametrize(
    "question", ["did we hit the target for annual reviews?", "are annual reviews on target?", "annual reviews: what are we aiming for?"]
)
def test_one_measure_against_its_target(sample_library: Library, question: str) -> None:
    found = rows(asked(sample_library, question))
    assert (61, 80) in {(m.value, m.target) for m in found}


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Which actions are due before December 2025?", "due before December 2025"),
        ("Which actions are due by December 2025?", "due by December 2025"),
        ("Which actions are due in December 2025?", "due in December 2025"),
        ("Which actions are due after December 2025?", "due after December 2025"),
    ],
)
def test_a_due_window_is_said_as_it_was_asked(sample_library: Library, question: str, said: str) -> None:
    """A list that takes December in must not call itself "before December"."""
    assert said in asked(sample_library, question).headline
