"""Times in questions, as text pairs; and the laws of the council year."""

from __future__ import annotations

import pytest

from app.question.when import fiscal_span, meets, mentions, month_span, moved, quarter_span, resolve, same, span_of


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("in Q2 2019/20", ["Q2 2019/20"]),
        ("at 2019/20 Q2", ["Q2 2019/20"]),
        ("quarter 2 of 2019/20", ["Q2 2019/20"]),
        ("Q2 2019", ["Q2 2019/20"]),  # a single year is the one in which the council year starts
        ("the third quarter of 2021", ["Q3 2021/22"]),
        ("between September 2018 and Sept 2019", ["September 2018", "September 2019"]),
        ("as at 30 June 2019", ["June 2019"]),
        ("in 24/25", ["2024/25"]),
        ("2015-16", ["2015/16"]),
        ("autumn 2019", ["autumn 2019"]),
        ("in 2014", ["2014"]),
        ("between 20/30 per cent", []),
        ("£2,019 for 5-6 children", []),
        ("it may take 12 weeks", []),
    ],
)
def test_times_are_found(text: str, labels: list[str]) -> None:
    assert [m.span.label for m in mentions(text) if m.span] == labels


def test_an_open_quarter_is_the_latest_that_is_held() -> None:
    (mention,) = mentions("below target in Q2?")
    held = [quarter_span(2017, 2), quarter_span(2018, 2), quarter_span(2019, 1)]
    assert resolve(mention, held) == quarter_span(2018, 2)
    assert resolve(mention, [fiscal_span(2024)]) is None


def test_a_quarter_its_last_month_and_its_last_day_are_one_reporting_point() -> None:
    quarter = quarter_span(2019, 2)
    for period in ("2019/20-Q2", "2019-09", "2019-09-30"):
        recorded = span_of(period)
        assert recorded is not None and meets(quarter, recorded) and same(quarter, recorded)
    other = span_of("2019-08")
    assert other is not None and not meets(quarter, other)


def test_a_year_takes_in_what_ends_inside_it_and_a_point_takes_in_no_year() -> None:
    assert meets(fiscal_span(2019), quarter_span(2019, 4))
    assert not meets(fiscal_span(2019), quarter_span(2018, 4))
    assert not meets(quarter_span(2019, 4), fiscal_span(2019))


@pytest.mark.parametrize("span", [quarter_span(2019, 4), month_span(2020, 1), fiscal_span(2021)])
def test_moving_a_year_back_and_forth_changes_nothing(span: object) -> None:
    assert moved(moved(span, -12), 12) == span  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("July to September 2019", ["Q2 2019/20"]),
        ("between 1 July and 30 September 2019", ["Q2 2019/20"]),
        ("Jan to March 2020", ["Q4 2019/20"]),
        ("April 2018 to March 2019", ["2018/19"]),
        ("from March to September 2019", ["March 2019", "September 2019"]),
        ("between September and March 2020", ["September 2019", "March 2020"]),
        ("between June 2018 and September 2019", ["June 2018", "September 2019"]),
    ],
)
def test_stretches_of_months(text: str, labels: list[str]) -> None:
    assert [m.span.label for m in mentions(text) if m.span] == labels
