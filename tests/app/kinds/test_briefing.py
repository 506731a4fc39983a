"""Questions of a whole field of work: where it stands is told from its newest figures, how they moved and what is done; sample council."""

from __future__ import annotations

import pytest

from app.engine import ask
from app.types import Answer, Question
from index.library import Library
from ingest.types import Measure


def asked(library: Library, text: str) -> Answer:
    return ask(Question(text), library)


def figures(answer: Answer) -> list[Measure]:
    return [line.record for line in answer.table.rows if isinstance(line.record, Measure)] if answer.table else []


@pytest.mark.parametrize(
    "question",
    [
        "How are we doing on care leavers?",
        "what's happening with care leavers",
        "so how are care leavers doing?",
        "What's the current picture for care leavers?",
        "where are we with care leavers?",
    ],
)
def test_how_a_field_stands_is_told_from_its_newest_figures_and_its_actions(sample_library: Library, question: str) -> None:
    answer = asked(sample_library, question)
    assert answer.query.intent == "briefing"
    told = {m.measure: m for m in figures(answer)}
    assert {m.period for m in told.values() if m.target is not None} == {"2025/26-Q2"}
    assert "Of 3 measures with a target, 2 missed it and 1 met it." in answer.text
    assert "54%" in answer.text and "action" in answer.text


def test_targets_without_figures_do_not_stand_for_how_things_are(sample_library: Library) -> None:
    answer = asked(sample_library, "is the workforce getting better or worse?")
    assert "no figure reported" not in answer.text
    assert "16% (30 June 2025) to 14.6%" in answer.text  # over two documents


def test_which_way_things_went_is_counted_and_each_figure_has_both_values(sample_library: Library) -> None:
    answer = asked(sample_library, "Are things getting better for children in care?")
    assert answer.text.startswith("Of 2 figures on this given for more than one time, 2 got better and 0 got worse.")
    assert "94% (Q1 2025/26) to 96% (Q2 2025/26)" in answer.text


@pytest.mark.parametrize("question", ["How are we doing?", "So how is the council doing overall?", "What should I be worried about?"])
def test_a_question_of_everything_is_of_the_newest_document_and_says_so(sample_library: Library, question: str) -> None:
    answer = asked(sample_library, question)
    assert "given for more than one time" in answer.text and "missed it" in answer.text
    assert any("newest document" in note for note in answer.notes)


@pytest.mark.parametrize(
    "question",
    [
        "Are more children in care than last quarter?",
        "How many children are in care?",
        "Are caseloads coming down?",
        "Who leads on fostering?",
        "What did we promise about fostering, and did it happen?",
        "What rating does the improvement plan give child in need visits?",
        "Did we hit the target for care leavers in employment?",
    ],
)
def test_one_figure_or_one_action_is_no_field_of_work(sample_library: Library, question: str) -> None:
    assert asked(sample_library, question).query.intent != "briefing"


def test_only_the_newest_plan_tells_what_is_being_done(sample_library: Library) -> None:
    answer = asked(sample_library, "Brief me on fostering.")
    assert "Action 3.4" in answer.text
    assert "lead: Fostering Team Manager; due: March 2024" not in answer.text  # of the plan before


@pytest.mark.parametrize(
    "question", ["What is the greatest concern?", "what's the biggest problem at the moment?", "Are things getting better?"]
)
def test_the_greatest_trouble_is_no_largest_number(sample_library: Library, question: str) -> None:
    answer = asked(sample_library, question)
    assert answer.query.intent == "briefing"
    assert "14 got better and 5 got worse" in answer.text


def test_the_biggest_risks_are_told_in_words(sample_library: Library) -> None:
    assert asked(sample_library, "What are the biggest risks?").query.intent == "explain"


def test_a_word_that_no_measure_is_named_by_brings_none_from_near_it(sample_library: Library) -> None:
    assert not any("health" in m.measure.lower() for m in figures(asked(sample_library, "recruitment")))
