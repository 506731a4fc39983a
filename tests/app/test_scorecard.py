"""The scorecard: the order of measures, and one measure with all that is told of it, over the sample plans."""

from __future__ import annotations

from app.engine import ask
from app.kinds.wording import gap
from app.scorecard import about_measure, address, measure_page, options, scorecard, wanted, worst_first
from app.types import Question
from index.library import Library
from index.types import Filter


def test_furthest_off_target_comes_first(sample_library: Library) -> None:
    rows = worst_first(sample_library.measures())
    assert len(rows) == len(sample_library.measures())
    missed = [m for m in rows if m.status == "off_target"]
    assert rows[: len(missed)] == missed
    points = [gap(m) for m in missed if m.unit == "percent"]
    assert points == sorted(points, key=lambda far: -(far or 0))


def test_the_caption_says_of_how_many(sample_library: Library) -> None:
    rows = worst_first(sample_library.measures())
    drawn = scorecard(rows, sample_library.documents(), 3, address)
    assert len(drawn.rows) == 3
    assert drawn.caption == f"The first 3 of {len(rows)} measures, furthest off target first"
    assert drawn.rows[0][0].page == address(rows[0])
    assert drawn.rows[0][-1].record == rows[0].id


def test_filters_narrow_and_none_lets_all_through(sample_library: Library) -> None:
    chosen = options(sample_library.measures(), sample_library.documents())
    assert wanted([], [], [], [], [], "  ") == Filter()
    for period in chosen.periods:
        found = sample_library.measures(wanted([], [], [period], ["off_target"], [], ""))
        assert {m.status for m in found} <= {"off_target"}
    every = [len(sample_library.measures(wanted([], [name], [], [], [], ""))) for name in chosen.documents]
    assert sum(every) == len(sample_library.measures())


def test_a_measure_page_has_the_whole_series(sample_library: Library) -> None:
    pages = [page for m in sample_library.measures() if (page := measure_page(m.id, sample_library))]
    assert len(pages) == len(sample_library.measures())
    longest = max(pages, key=lambda page: len(page.readings))
    assert len(longest.readings) > 1
    assert longest.measure.id in {m.id for m in longest.readings}
    assert len({(m.unit, m.breakdown) for m in longest.readings}) == 1
    trend = ask(Question(f"How has {longest.measure.measure} changed over time?"), sample_library)
    assert trend.table, "the same series as an answer gives"
    assert {m.id for m in longest.readings} >= {line.record.id for line in trend.table.rows if line.record.unit == longest.measure.unit}  # type: ignore[union-attr]


def test_targets_are_told_with_their_time(sample_library: Library) -> None:
    told = [dict(about_measure(page)) for m in sample_library.measures() if m.target and (page := measure_page(m.id, sample_library))]
    assert told and all(page.get("Targets") for page in told)


def test_a_measure_that_is_gone_has_no_page(sample_library: Library) -> None:
    assert measure_page("gone", sample_library) is None
