"""What is put in the queue for a person, and what takes it out again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.library import Library
from index.review import Doubtful
from ingest.doubts import unsure
from ingest.types import Block, Line, Measure, Place, Printed, Record, Rejection
from tests.index.made import ACTION, MEASURE, made

WHO = {"by": "A. Officer", "why": "checked"}


def doubts(found: list[Doubtful]) -> list[tuple[str, str]]:
    return [(doubtful.key, doubt.reason) for doubtful in found for doubt in doubtful.doubts]


def test_what_is_clear_is_not_in_it(library: Library) -> None:
    made().into(library)
    assert library.review() == []


@pytest.mark.parametrize(
    ("odd", "reason"),
    [
        ({"period": None}, "period"),
        ({"period": "2019/20", "quote": "from 70% in Q1 2019/20 to 85% in Q2 2019/20"}, "period"),
        ({"unit": "other"}, "unit"),
        ({"unit": "count", "value": 85.0, "value_text": "85", "target_quote": "Target 95%"}, "unit"),
        ({"value": 850.0, "value_text": "850%"}, "scale"),
        ({"value": 9.5, "value_text": "9.5%"}, "scale"),
        ({"rag": "G", "status": "off_target"}, "disagrees"),
    ],
)
def test_a_doubtful_figure_is_in_it_with_the_reason(library: Library, odd: dict[str, object], reason: str) -> None:
    made(records=(replace(MEASURE, **odd),)).into(library)  # type: ignore[arg-type]
    assert doubts(library.review()) == [("m", reason)]


def test_a_figure_far_outside_its_kin_is_in_it(library: Library) -> None:
    values = {"2018/19-Q1": 84.0, "2018/19-Q2": 86.0, "2018/19-Q3": 85.0, "2018/19-Q4": 87.0, "2019/20-Q1": 31.0}
    series: list[Record] = [
        replace(MEASURE, id=f"m{n}", period=period, value=value, value_text=f"{value:g}%", rag=None)
        for n, (period, value) in enumerate(values.items())
    ]
    made(records=series).into(library)
    assert doubts(library.review()) == [("m4", "kin")]


def test_both_sides_of_a_disagreement_are_in_it(library: Library) -> None:
    made("one.pdf", records=(replace(MEASURE, id="x"),)).into(library)
    made("two.pdf", records=(replace(MEASURE, id="y", value=70.0, value_text="70%", quote="Visits 70%"),)).into(library)
    assert doubts(library.review()) == [("x", "disagrees"), ("y", "disagrees")]
    assert library.review("one.pdf") == [], "by itself it agrees"


def test_rows_with_figures_that_gave_no_record_are_in_it(library: Library) -> None:
    base = made(records=())
    rows = tuple(Rejection(Place("plan.pdf", 2), text, "no heading") for text in ("n/a n/a", "Visits 85%"))
    replace(base, extraction=replace(base.extraction, rejections=rows)).into(library)
    [doubtful] = library.review()
    assert (doubtful.key, doubtful.of) == ("plan.pdf#row2", rows[1])
    library.confirm(doubtful.of, **WHO)
    assert library.review() == []


def test_what_somebody_looked_at_leaves_it_until_that_is_undone(library: Library) -> None:
    odd = (replace(MEASURE, period=None), replace(MEASURE, id="n", measure="audits on time", period=None))
    made(records=odd).into(library)
    library.correct("m", "period", "Q2 2019/20", **WHO)
    library.confirm(library.record("n"), **WHO)
    assert library.review() == []
    library.undo(1, "A")
    library.undo(2, "A")
    assert doubts(library.review()) == [("m", "period"), ("n", "period")]


def test_what_was_confirmed_comes_back_when_it_is_read_otherwise(library: Library) -> None:
    made(records=(replace(MEASURE, period=None),)).into(library)
    library.confirm(library.record("m"), **WHO)
    made(records=(replace(MEASURE, period=None, value=84.0, value_text="84%"),), version="2").into(library)
    assert doubts(library.review()) == [("m", "period")]


def test_words_that_were_hardly_recognised_make_their_record_doubtful(library: Library) -> None:
    base = made(records=(MEASURE, ACTION))
    inside = Line("Visits within timescale 85%", 3, (12.0, 22.0, 28.0, 30.0), confidence=41.0)
    outside = Line("smudge", 3, (300.0, 300.0, 310.0, 310.0), confidence=12.0)
    sure = Line("Recruit", 4, (1.0, 1.0, 2.0, 2.0), confidence=93.0)
    blocks = tuple(Block("paragraph", Place("plan.pdf", line.page, line.box), Printed((line,))) for line in (inside, outside, sure))
    base = replace(base, document=replace(base.document, blocks=blocks))
    assert unsure(base.document, base.extraction) == {"m": 41.0}
    base.into(library)
    [doubtful] = library.review()
    assert isinstance(doubtful.of, Measure)
    assert "41 of 100" in doubtful.doubts[0].words
    library.remove("plan.pdf")
    made().into(library)
    assert library.review() == [], "nothing of it stayed behind"


def test_a_large_return_of_one_day_is_looked_through(library: Library) -> None:
    names = [
        f"{who} {what} in area {n}" for n in range(25) for who in ("visits", "reviews", "audits", "plans") for what in ("babies", "elders")
    ]
    same = [
        replace(MEASURE, id=f"m{n}", measure=name, value=50.0 + n % 7, value_text=f"{50 + n % 7}%", rag=None, quote=name)
        for n, name in enumerate(names)
    ]
    twice = replace(
        same[0],
        id="twice",
        value=99.0,
        value_text="99%",
        quote="visits to babies, area 0",
        measure="visits in area 0, babies",
        place=Place("plan.pdf", 9),
    )
    made(records=[*same, twice]).into(library)
    assert {key for key, reason in doubts(library.review()) if reason == "disagrees"} == {"m0", "twice"}
