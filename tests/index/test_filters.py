"""Each field of a filter narrows as its description says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from index.errors import FilterInvalid
from index.library import Library
from index.periods import days_of, same_point
from index.types import Filter
from tests.index.made import ACTION, COMMITMENT, MEASURE, made

MEASURES = (
    replace(MEASURE, id="q2", rag="A", status="on_target"),
    replace(MEASURE, id="sep", period="2019-09", measure="re-referrals"),
    replace(MEASURE, id="day", period="2019-09-30", rag=None, target_period="2020-03-31"),
    replace(MEASURE, id="aug", period="2019-08", action_id="dec", status="no_value"),
    replace(MEASURE, id="none", period=None, status="no_target", rag="B"),
)
ACTIONS = (
    replace(ACTION, id="dec"),
    replace(ACTION, id="going", due_iso=None, ongoing=True, completed=None, lead=None, rag="G", progress="Neglect tool in use"),
    replace(ACTION, id="day", due_iso="2015-01-15", completed=True, lead="Director", rag=None, action="Publish", quote="Publish"),
)
COMMITMENTS = (
    replace(COMMITMENT, id="own", owner="The Board", by_when="by 1st July 2019"),
    replace(COMMITMENT, id="of dec", action_id="dec"),
    replace(COMMITMENT, id="always", strength="ongoing"),
)


@pytest.fixture
def filled(library: Library) -> Library:
    made("a.pdf", ["x"], [*MEASURES, ACTIONS[0], *COMMITMENTS[:2]]).into(library)
    made("b.pdf", ["y"], [ACTIONS[1], COMMITMENTS[2]], authority="Southshire", period="2014").into(library)
    made("c.pdf", ["z"], [ACTIONS[2]], authority=None, period=None).into(library)
    return library


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (Filter(), "q2 sep day aug none"),
        (Filter(documents=("A.PDF",)), "q2 sep day aug none"),
        (Filter(documents=("b.pdf",)), ""),
        (Filter(authorities=("NORTHSHIRE", "x")), "q2 sep day aug none"),
        (Filter(periods=("2019/20-Q2",)), "q2 sep day"),
        (Filter(periods=("2019-09",)), "q2 sep day"),
        (Filter(periods=("2019-09-30",)), "q2 sep day"),
        (Filter(periods=("2019-08-31",)), "aug"),
        (Filter(periods=("2019-09-29",)), ""),
        (Filter(periods=("2019/20",)), ""),
        (Filter(periods=("Q2 2019/20",)), "q2 sep day"),
        (Filter(periods=("September 2019",)), "q2 sep day"),
        (Filter(periods=("august 2019", " 2019-09 ")), "q2 sep day aug"),
        (Filter(periods=("2010-11",)), ""),
        (Filter(periods=("2019-08", "2019/20-Q2")), "q2 sep day aug"),
        (Filter(statuses=("on_target", "NO_VALUE")), "q2 aug"),
        (Filter(rags=("a", "B")), "q2 none"),
        (Filter(leads=("head of service",)), "aug"),
        (Filter(due_before="2015-01"), "aug"),
        (Filter(due_after="2020-02"), "day"),
        (Filter(topic="the visit of children"), ""),
        (Filter(topic="child visits"), "q2 day aug none"),
        (Filter(topic="REFERRAL"), "sep"),
        (Filter(topic="child unicorns"), ""),
        (Filter(topic="  "), "q2 sep day aug none"),
        (Filter(periods=("2019-09",), statuses=("off_target",), topic="protection"), "day"),
    ],
)
def test_measures(filled: Library, wanted: Filter, ids: str) -> None:
    assert [measure.id for measure in filled.measures(wanted)] == ids.split()


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (Filter(), "dec going day"),
        (Filter(periods=("2019-09-30",)), "dec"),
        (Filter(periods=("2014",)), "going"),
        (Filter(leads=("ÉTÉ team",)), "dec"),
        (Filter(leads=("head of", "director")), "dec day"),
        (Filter(rags=("g",)), "going"),
        (Filter(statuses=("open",)), "dec"),
        (Filter(statuses=("completed", "ongoing")), "going day"),
        (Filter(statuses=("off_target",)), ""),
        (Filter(due_before="2014-12"), ""),
        (Filter(due_before="2014-12-31"), ""),
        (Filter(due_before="2015-01"), "dec"),
        (Filter(due_before="2015-02"), "dec day"),
        (Filter(due_after="2014-11"), "dec day"),
        (Filter(due_after="2014-12"), "day"),
        (Filter(due_after="2014-12-15", due_before="2015-01-15"), "dec"),
        (Filter(topic="neglect"), "going"),
        (Filter(topic="recruiting workers"), "dec going"),
        (Filter(topic="head of service"), ""),
    ],
)
def test_actions(filled: Library, wanted: Filter, ids: str) -> None:
    assert [action.id for action in filled.actions(wanted)] == ids.split()


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (Filter(), "own,of dec,always"),
        (Filter(leads=("board",)), "own"),
        (Filter(leads=("head of service",)), "of dec"),
        (Filter(due_before="2015-01"), "of dec"),
        (Filter(due_after="2019-06"), "own"),
        (Filter(rags=("A",)), "of dec"),
        (Filter(statuses=("open",)), "of dec"),
        (Filter(statuses=("ongoing",)), "always"),
        (Filter(topic="family hubs"), "own,of dec,always"),
    ],
)
def test_commitments(filled: Library, wanted: Filter, ids: str) -> None:
    assert [commitment.id for commitment in filled.commitments(wanted)] == [i for i in ids.split(",") if i]


@pytest.mark.parametrize(
    "wanted", [Filter(due_before="January 2015"), Filter(due_after="2015-02-30"), Filter(due_before="2015"), Filter(due_after="")]
)
def test_a_due_date_of_no_iso_form_is_refused(filled: Library, wanted: Filter) -> None:
    with pytest.raises(FilterInvalid, match=r"give a month as 2015-01 or a day as 2015-01-31"):
        filled.actions(wanted)


@pytest.mark.parametrize("period", ["garbage", "", "Q2", "2019/21", "2019-13", "2018/19 or 2019/20"])
def test_a_period_that_names_none_or_several_is_refused(filled: Library, period: str) -> None:
    asked: list[Callable[[], object]] = [
        lambda: filled.measures(Filter(periods=("2019/20", period))),
        lambda: filled.search("visits", periods=[period]),
        lambda: filled.search_words("visits", periods=[period]),
        lambda: filled.nearest("visits", periods=[period]),
    ]
    for ask in asked:
        with pytest.raises(FilterInvalid, match=r"give one period, as .*2019/20-Q2") as caught:
            ask()
        assert repr(period) in str(caught.value)
        assert "\n" not in str(caught.value)


def test_a_search_knows_periods_in_words(filled: Library) -> None:
    for find in (filled.search, filled.search_words, filled.nearest):
        assert {hit.chunk.place.document for hit in find("x y z heading", periods=["Q2 2019/20"])} == {"a.pdf"}


@pytest.mark.parametrize("topic", ["£", "–", "? !", "%"])
def test_a_topic_without_a_word_is_refused(filled: Library, topic: str) -> None:
    with pytest.raises(FilterInvalid, match=r"no word in it"):
        filled.actions(Filter(topic=topic))


@pytest.mark.parametrize(
    ("period", "forms"),
    [
        ("2019/20-Q1", "2019-06 2019-06-30"),
        ("2019/20-Q2", "2019-09 2019-09-30"),
        ("2019/20-Q3", "2019-12 2019-12-31"),
        ("2019/20-Q4", "2020-03 2020-03-31"),
        ("1999/00-Q4", "2000-03 2000-03-31"),
        ("2020-02", "2020-02-29"),
        ("2020-02-28", ""),
        ("2019/20", ""),
        ("2019", ""),
        ("2019-13", ""),
        ("spring", ""),
    ],
)
def test_forms_of_a_reporting_point(period: str, forms: str) -> None:
    assert same_point(period) == {period, *forms.split()}
    assert all(same_point(form) == same_point(period) for form in same_point(period))


def test_days_of() -> None:
    assert days_of("2020-02") == ("2020-02-01", "2020-02-29")
    assert days_of("2020-02-03") == ("2020-02-03", "2020-02-03")
    assert days_of("2019/20-Q2") is None
