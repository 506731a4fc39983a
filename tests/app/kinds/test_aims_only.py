"""How a figure moved is not told by targets alone; what a large library holds is looked up, not gone through measure by measure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.engine import ask
from app.evidence.desk import desk
from app.evidence.figures import Found, series, time_of
from app.evidence.match import Match
from app.kinds.timed import overtaken
from app.types import Question
from index.library import Library
from tests.app.memory import MemoryLibrary
from tests.app.shelf import MEASURES, shelf


@pytest.mark.parametrize("question", ["How has the average caseload changed?", "How has the average caseload per social worker changed?"])
def test_targets_alone_tell_of_no_change(question: str) -> None:
    answer = ask(Question(question), shelf())
    assert answer.query.intent == "trend"
    assert answer.outcome == "measure_not_found"
    assert "no more than 16" in answer.text  # the nearest


def test_a_measures_line_is_its_values_oldest_first() -> None:
    laid = desk(shelf())
    plans = next(m for m in laid.measures if m.record.id == "m9")
    line = series(Found(plans, Match(0.0, 0.0, frozenset())), laid, {plans.record.place.document})
    assert [m.record.id for m in line] == ["m8", "m9"]


def test_each_figure_stands_in_its_own_line(sample_library: Library) -> None:
    laid = desk(sample_library)
    for m in laid.measures:
        line = series(Found(m, Match(0.0, 0.0, frozenset())), laid, {e.name for e in laid.entries})
        times = [(t.last, t.first) if (t := time_of(o, laid)) else (0, 0) for o in line]
        assert times == sorted(times) and (m.record.value is None or not m.name or m in line)


def test_an_undated_figure_gives_way_to_a_dated_one_of_its_name() -> None:
    first = replace(MEASURES[0], target=None, target_quote=None, comparator=None)
    undated = replace(first, id="u1", period=None)
    laid = desk(MemoryLibrary(shelf().entries, [first, undated]))
    assert [overtaken(m, laid) for m in laid.measures] == [False, True]
