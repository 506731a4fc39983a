"""What the asker corrects is what is asked: over the sample plans, from the correction to the rows of the answer."""

from __future__ import annotations

from app.choices import choices
from app.engine import ask
from app.types import Answer, Correction, Question
from app.view import view
from index.library import Library

LIST = "Which KPIs are below target in Q2?"


def asked(library: Library, correction: Correction | None, text: str = LIST, before: tuple[str, ...] = ()) -> Answer:
    return ask(Question(text, before, corrections=(*(None for _ in before), correction)), library)


def names(answer: Answer) -> set[str]:
    assert answer.table
    return {line.record.id for line in answer.table.rows}


def test_no_correction_changes_nothing(sample_library: Library) -> None:
    assert names(asked(sample_library, None)) == names(ask(Question(LIST), sample_library))


def test_a_status_is_corrected(sample_library: Library) -> None:
    both = asked(sample_library, Correction(statuses=("off_target", "on_target")))
    assert names(both) > names(asked(sample_library, None))
    assert {line.record.status for line in both.table.rows if both.table} == {"off_target", "on_target"}  # type: ignore[union-attr]


def test_a_period_is_corrected_and_said_back(sample_library: Library) -> None:
    held = {m.period for m in sample_library.measures() if m.value is not None and m.period and "-Q" in m.period}
    other = sorted(held - {"2025/26-Q2"})
    answer = asked(sample_library, Correction(periods=tuple(other[:1])))
    assert answer.query.periods == tuple(other[:1])
    assert answer.outcome != "answered" or names(answer) != names(asked(sample_library, None))


def test_a_document_is_corrected(sample_library: Library) -> None:
    for entry in sample_library.documents():
        answer = asked(sample_library, Correction(documents=(entry.name,)))
        assert {c.document for c in answer.citations} <= {entry.name}


def test_a_subject_is_corrected_and_said_in_the_askers_words(sample_library: Library) -> None:
    all_of_them = asked(sample_library, None)
    assert all_of_them.table
    word = all_of_them.table.rows[0].record.measure  # type: ignore[union-attr]
    narrowed = asked(sample_library, Correction(topic=word))
    assert names(narrowed) < names(all_of_them)
    assert "about" in view(narrowed, sample_library.documents()).understood


def test_a_follow_up_leans_on_what_was_corrected(sample_library: Library) -> None:
    follow = Question("And which are on target?", (LIST,), corrections=(Correction(topic="visits"), None))
    assert ask(follow, sample_library).query.topic == asked(sample_library, Correction(topic="visits")).query.topic
    assert ask(Question("And which are on target?", (LIST,)), sample_library).query.topic == ()


def test_what_can_be_chosen_is_what_the_library_holds(sample_library: Library) -> None:
    answer = asked(sample_library, None)
    found = choices(answer, sample_library.documents(), [m.period for m in sample_library.measures()])
    offered = {choice.field: choice for choice in found.fields}
    assert set(offered["documents"].options) == {entry.name for entry in sample_library.documents()}
    assert offered["statuses"].chosen == ("off_target",)
    assert offered["periods"].chosen == answer.query.periods
    assert offered["periods"].options["2025/26-Q2"] == "Q2 2025/26"
    assert "authorities" not in offered, "there is one council only"


def test_what_is_chosen_already_corrects_nothing(sample_library: Library) -> None:
    answer = asked(sample_library, None)
    found = choices(answer, sample_library.documents(), [])
    again = asked(sample_library, Correction(topic=found.topic, **{choice.field: choice.chosen for choice in found.fields}))
    assert names(again) == names(answer)
