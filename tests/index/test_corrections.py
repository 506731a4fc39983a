"""What people set right: validated, kept apart from the records, laid over them, matched again when the document is read again."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from index.embed import HashEncoder
from index.errors import CorrectionUnknown, LibraryMissing, LibraryOutdated, RecordUnknown
from index.library import Library
from index.types import Filter
from index.vectors import MemoryVectors
from ingest.errors import CorrectionInvalid
from ingest.types import Correction, Measure
from tests.index.made import ACTION, COMMITMENT, MEASURE, made

WHO = {"by": "A. Officer", "why": "the return says so"}


def only(library: Library) -> Correction:
    [correction] = library.corrections()
    return correction


def test_a_corrected_figure_is_shown_judged_and_found_by_what_it_now_is(library: Library) -> None:
    made().into(library)
    correction = library.correct("m", "value", "97.5%", **WHO)
    [measure] = library.measures()
    assert (measure.value, measure.value_text, measure.status) == (97.5, "97.5%", "on_target")
    assert measure.quote == MEASURE.quote, "what is printed stays"
    assert measure.corrected == (correction,)
    assert (correction.read, correction.value, correction.by, correction.why) == ("85%", "97.5%", "A. Officer", "the return says so")
    assert library.measures(Filter(statuses=("on_target",))) == [measure]
    assert library.measures(Filter(statuses=("off_target",))) == []
    assert library.record("m") == measure


def test_undoing_gives_back_the_one_before_and_then_what_was_read(library: Library) -> None:
    made().into(library)
    library.correct("m", "value", "97%", **WHO)
    library.correct("m", "value", "96%", **WHO)
    assert [c.state for c in library.corrections()] == ["superseded", "applied"]
    library.undo(2, "B")
    assert [m.value for m in library.measures()] == [97.0]
    library.undo(1, "B")
    [measure] = library.measures()
    assert (measure.value, measure.status, measure.corrected) == (85.0, "off_target", ())
    assert library.measures(Filter(statuses=("off_target",))) == [measure]
    assert [(c.state, c.undone_by) for c in library.corrections()] == [("undone", "B")] * 2


@pytest.mark.parametrize(
    ("record", "field", "text", "becomes"),
    [
        ("m", "value", "90", {"value": 90.0, "value_text": "90%", "unit": "percent", "status": "off_target"}),
        ("m", "value", "17 to 25", {"value": 17.0, "value_high": 25.0}),
        ("m", "value", "above 95%", {"value": 95.0, "qualifier": ">", "status": "on_target"}),
        ("m", "value", "£1.2m", {"value": 1_200_000.0, "unit": "gbp"}),
        ("m", "value", "none", {"value": None, "value_text": None, "status": "no_value"}),
        ("m", "target", "80", {"target": 80.0, "comparator": ">=", "status": "on_target"}),
        ("m", "target", "no more than 80%", {"target": 80.0, "comparator": "<=", "status": "off_target"}),
        ("m", "target", "70-90", {"target": 70.0, "target_high": 90.0, "comparator": "between", "status": "on_target"}),
        ("m", "target", "none", {"target": None, "status": "no_target"}),
        ("m", "target", "an increase", {"target": None, "comparator": "increase", "status": "undetermined"}),
        ("m", "period", "Q3 2019/20", {"period": "2019/20-Q3"}),
        ("m", "period", "2010-11", {"period": "2010-11"}),
        ("m", "rating", "Amber", {"rag": "A"}),
        ("m", "unit", "working days", {"unit": "working_days"}),
        ("m", "status", "on target", {"status": "on_target"}),
        ("m", "name", "visits  on time", {"measure": "visits on time"}),
        ("a", "lead", "Director", {"lead": "Director"}),
        ("a", "due", "31 March 2016", {"due": "31 March 2016", "due_iso": "2016-03-31", "ongoing": False}),
        ("a", "due", "ongoing", {"due_iso": None, "ongoing": True}),
        ("a", "status", "completed", {"completed": True}),
        ("c", "strength", "ambition", {"strength": "ambition"}),
    ],
)
def test_each_field_takes_what_would_be_printed(library: Library, record: str, field: str, text: str, becomes: dict[str, object]) -> None:
    made().into(library)
    library.correct(record, field, text, **WHO)
    shown = library.record(record)
    assert {name: getattr(shown, name) for name in becomes} == becomes


@pytest.mark.parametrize(
    ("record", "field", "text", "says"),
    [
        ("m", "value", "lots", "is no number"),
        ("m", "value", "85% and 90% and 95%", "is no number"),
        ("m", "value", "", "give its value"),
        ("m", "period", "whenever", "give one period"),
        ("m", "period", "Q1 and Q2 2019/20", "give one period"),
        ("m", "status", "fine", "give one of off_target"),
        ("m", "name", "none", "cannot be"),
        ("m", "quote", "x", "can be corrected: measure, breakdown, value"),
        ("m", "lead", "x", "can be corrected"),
        ("a", "due", "13/13/2013", "give a month"),
        ("a", "rating", "pink", "give one of red"),
        ("c", "value", "5", "can be corrected: commitment, owner"),
        ("m", "name", "x" * 2001, "too many"),
    ],
)
def test_what_is_no_value_of_a_field_is_refused_in_one_line(library: Library, record: str, field: str, text: str, says: str) -> None:
    made().into(library)
    with pytest.raises(CorrectionInvalid, match=says) as caught:
        library.correct(record, field, text, **WHO)
    assert "\n" not in str(caught.value)
    assert library.corrections() == []


def test_nobody_no_reason_no_record_no_number(library: Library) -> None:
    made().into(library)
    with pytest.raises(CorrectionInvalid, match="who"):
        library.correct("m", "value", "90", by=" ", why="x")
    with pytest.raises(CorrectionInvalid, match="why"):
        library.correct("m", "value", "90", by="A", why="")
    with pytest.raises(RecordUnknown, match="no record 'nothing'"):
        library.correct("nothing", "value", "90", **WHO)
    with pytest.raises(CorrectionUnknown, match="correction 7: there is none"):
        library.undo(7, "A")
    library.correct("m", "value", "90", **WHO)
    library.undo(1, "A")
    with pytest.raises(CorrectionUnknown, match="undone already"):
        library.undo(1, "A")


def test_a_corrected_action_is_also_so_in_its_commitment_and_filters(library: Library) -> None:
    promise = replace(COMMITMENT, commitment=ACTION.action, owner=ACTION.lead, by_when=ACTION.due, action_id=ACTION.id)
    made(records=(replace(MEASURE, action_id=ACTION.id), ACTION, promise)).into(library)
    library.correct("a", "lead", "Director of Visits", **WHO)
    library.correct("a", "due", "March 2016", **WHO)
    [commitment] = library.commitments()
    assert (commitment.owner, commitment.by_when) == ("Director of Visits", "March 2016")
    assert [c.field for c in commitment.corrected] == ["owner", "by_when"]
    assert len(library.measures(Filter(leads=("of visits",)))) == 1
    assert library.actions(Filter(due_before="2015-01")) == []


def test_a_corrected_name_is_found_as_a_topic(library: Library) -> None:
    made().into(library)
    library.correct("m", "name", "zebra crossings", **WHO)
    assert len(library.measures(Filter(topic="zebra"))) == 1
    library.undo(1, "A")
    assert library.measures(Filter(topic="zebra")) == []


# -- reading again


def again(library: Library, *records: object) -> None:
    made(records=records, version="2").into(library)  # type: ignore[arg-type]


def test_it_survives_reading_again_under_another_number(library: Library) -> None:
    made().into(library)
    library.correct("m", "value", "97%", **WHO)
    other = replace(MEASURE, measure="visits to babies", place=replace(MEASURE.place, box=(10.0, 90.0, 30.0, 99.0)))
    again(library, other, replace(MEASURE, id="m2"))
    assert [m.value for m in library.measures()] == [85.0, 97.0]
    assert (only(library).state, only(library).record) == ("applied", "m2")


@pytest.mark.parametrize(
    ("now", "state"),
    [
        ([replace(MEASURE, value=88.0, value_text="88%")], "changed"),
        ([replace(MEASURE, value=97.0, value_text="97%")], "settled"),
        ([], "gone"),
        ([replace(MEASURE, measure="something else", place=replace(MEASURE.place, page=9))], "gone"),
        ([replace(MEASURE, id="x"), replace(MEASURE, id="y")], "unclear"),
        ([replace(MEASURE, id="x"), MEASURE], "applied"),
        ([replace(MEASURE, id="x", period="2019/20-Q1"), replace(MEASURE, id="y")], "applied"),
        ([replace(MEASURE, id="x", place=replace(MEASURE.place, page=7))], "applied"),
        ([replace(MEASURE, id="x", measure="child protection visits in time")], "applied"),
    ],
)
def test_it_is_applied_again_only_where_the_same_was_read_at_the_same_place(library: Library, now: list[Measure], state: str) -> None:
    made().into(library)
    library.correct("m", "value", "97%", **WHO)
    again(library, *now)
    assert only(library).state == state
    shown = [m.value for m in library.measures() if m.corrected]
    assert shown == ([97.0] if state == "applied" else [])


def test_a_removed_document_takes_its_corrections_along(library: Library) -> None:
    made().into(library)
    library.correct("m", "value", "97%", **WHO)
    library.remove("plan.pdf")
    made().into(library)
    assert library.corrections() == []
    assert [m.value for m in library.measures()] == [85.0]


def test_what_was_confirmed_is_so_until_it_is_read_otherwise(library: Library) -> None:
    made().into(library)
    library.confirm(library.record("m"), **WHO)
    library.confirm(library.rejections("plan.pdf")[0], **WHO)
    again(library, MEASURE)
    assert [(c.kind, c.field, c.state) for c in library.corrections()] == [("measure", None, "applied"), ("row", None, "applied")]
    assert library.measures() == [MEASURE], "nothing was corrected"
    made(records=(replace(MEASURE, rag="G"),), version="3").into(library)
    assert [c.state for c in library.corrections()] == ["changed", "applied"]


def test_the_library_is_known_to_have_changed(library: Library) -> None:
    made().into(library)
    before, edits = library.generation, library.documents()[0].edits
    library.correct("m", "value", "97%", **WHO)
    assert library.generation != before
    library.undo(1, "A")
    assert library.documents()[0].edits == edits + 2


def test_corrections_are_taken_over_from_a_library_of_another_version(library: Library, tmp_path: Path) -> None:
    with Library.open(tmp_path / "old", create=True, encoder=HashEncoder(), store=MemoryVectors()) as old:
        made().into(old)
        made("zebra.pdf").into(old)
        old.correct("m", "value", "97%", **WHO)
        old.correct("m", "period", "Q3 2019/20", **WHO)
        old.confirm(old.record("c"), **WHO)
        old.undo(2, "A")
    with sqlite3.connect(tmp_path / "old" / "library.db") as c:  # as a version that knew another field and not that of today
        c.execute("UPDATE meta SET value = 'of yore' WHERE key = 'layout'")
        c.execute("UPDATE corrections SET body = json_remove(json_set(body, '$.yore', 1), '$.qualifier')")
    c.close()
    with pytest.raises(LibraryOutdated, match="correct --from"):
        Library.open(tmp_path / "old", encoder=HashEncoder(), store=MemoryVectors())
    again(library, replace(MEASURE, id="m2"), COMMITMENT)
    taken = library.take_over(tmp_path / "old")
    assert [(c.field, c.record, c.state) for c in taken] == [("value", "m2", "applied"), (None, "c", "applied")]
    assert [m.value for m in library.measures()] == [97.0]
    assert library.take_over(tmp_path / "old") == [], "once is enough"
    with pytest.raises(LibraryMissing, match="no corrections in"):
        library.take_over(tmp_path / "nothing")
