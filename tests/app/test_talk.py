"""The talk and its link: what goes into the address comes back from it, and what is not of its form does no harm."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.talk import LONGEST, MOST, Turn, from_parameters, question_at, to_parameters
from app.types import Answer, Correction, Query, Question

FIXED = Correction(topic="visits", periods=("2025/26-Q2",), documents=())
texts = st.text(min_size=1, max_size=60).map(str.strip).filter(bool)
corrections = st.builds(Correction, topic=st.none() | texts, periods=st.none() | st.lists(texts, max_size=2).map(tuple))


def answered(outcome: str = "answered") -> Answer:
    return Answer(Question("a"), outcome, "b", "b", Query("measures"))  # type: ignore[arg-type]


def test_a_turn_waits_until_it_is_answered_or_failed() -> None:
    assert Turn("a").waiting and not Turn("a").refused
    assert not Turn("a", error="no").waiting and Turn("a", error="no").refused
    assert not Turn("a", answered()).refused
    assert Turn("a", answered("not_in_documents")).refused


def test_a_corrected_turn_waits_to_be_answered_anew_and_keeps_what_was_corrected_before() -> None:
    turn = Turn("a", answered()).corrected("topic", " visits ").corrected("rags", ("R",))
    assert turn == Turn("a", correction=Correction(topic="visits", rags=("R",)))
    assert turn.waiting


def test_a_question_carries_the_corrections_of_those_before_it() -> None:
    turns = [Turn("a", correction=FIXED), Turn("b"), Turn("c")]
    assert question_at(turns, 1) == Question("b", ("a",), corrections=(FIXED, None))


@given(st.lists(st.builds(Turn, texts, correction=st.none() | corrections), max_size=MOST))
def test_a_link_brings_back_questions_and_corrections(turns: list[Turn]) -> None:
    kept = [turn if turn.correction != Correction() else Turn(turn.question) for turn in from_parameters(to_parameters(turns))]
    assert kept == [turn if turn.correction != Correction() else Turn(turn.question) for turn in turns]


def test_answers_are_not_in_the_link() -> None:
    assert to_parameters([Turn("a", answered())]) == {"q": ["a"]}
    assert to_parameters([]) == {}


@pytest.mark.parametrize("fix", ["", "0", "x {}", "0 {", "0 []", "-1 {}", '0 {"periods": "Q2", "topic": 3}', '0 {"periods": [1]}', "9 {}"])
def test_what_is_no_correction_is_left_out(fix: str) -> None:
    [turn] = from_parameters({"q": ["a"], "fix": [fix]})
    assert turn.correction in (None, Correction())


def test_a_link_is_bounded() -> None:
    assert len(from_parameters({"q": ["a"] * 1000})) == MOST
    assert len(from_parameters({"q": ["a" * 10000]})[0].question) == LONGEST
    assert from_parameters({"q": ["", "  "]}) == []


def test_a_correction_stays_with_its_question() -> None:
    """An address made by hand may hold an empty question: it is left out, and moves no correction to another one."""
    found = from_parameters({"q": ["", "Which KPIs missed?"], "fix": ['1 {"topic": "visits"}']})
    assert [(turn.question, turn.correction and turn.correction.topic) for turn in found] == [("Which KPIs missed?", "visits")]


@pytest.mark.parametrize("fix", ["9" * 5000 + " {}", "0 " + "[" * 100_000])
def test_an_address_too_large_to_read_is_left_out(fix: str) -> None:
    assert from_parameters({"q": ["How many?"], "fix": [fix]})[0].correction is None
