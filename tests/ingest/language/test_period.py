"""Dates and periods become the contract's forms; the year of a bare month comes from the document."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.language.period import financial_year, last_day, period_in, periods
from tests.ingest.language.pairs import rows


@pytest.mark.parametrize(("around", "ahead", "text", "expected"), rows("period/periods.txt"))
def test_a_text_gives_its_periods(around: str, ahead: str, text: str, expected: str) -> None:
    found = periods(text, None if around == "-" else around, ahead=ahead == "ahead")

    assert ("; ".join(f"{text[d.start : d.end]} = {d.period or '-'}" for d in found) or "-") == expected


@given(st.dates(date(2000, 1, 1), date(2039, 12, 31)))
def test_a_printed_day_is_read_back_and_lies_in_its_financial_year(day: date) -> None:
    assert period_in(f"as at {day.day} {day:%B} {day.year}") == day.isoformat()
    assert last_day(financial_year(day)) >= day


_PIECES = (
    *("0", "1", "2", "31", "30/02/2020", "31/06/19", "2019-02-30", "19", "2019", "2019/20", "19/20", "2015-99", "2099", "1900"),
    *("Feb", "februarY", "Sept", "ſept", "May", "Q1", "q4", "quarter 3", "fourth quarter", "th", "'18", "of", "between", "and"),
    *("at the end of", "the previous year", "year to date", "in year", "summer", "/", ".", "-", "–", " ", ":", ","),
)


@given(
    st.lists(st.sampled_from(_PIECES), max_size=12),
    st.sampled_from(["", " "]),
    st.sampled_from([None, "2019/20-Q4", "2024/25", "2024-02", "2020-02-29", "2016"]),
    st.booleans(),
)
def test_every_period_read_is_one_with_a_last_day(pieces: list[str], joint: str, around: str | None, ahead: bool) -> None:
    for dated in periods(joint.join(pieces), around, ahead):
        assert dated.period is None or last_day(dated.period).year >= 1900


@pytest.mark.parametrize(
    ("period", "last"),
    [
        ("2019/20-Q2", "2019-09-30"),
        ("2019/20-Q4", "2020-03-31"),
        ("2024/25", "2025-03-31"),
        ("2024-02", "2024-02-29"),
        ("2016", "2016-12-31"),
    ],
)
def test_a_period_ends_on_its_last_day(period: str, last: str) -> None:
    assert last_day(period).isoformat() == last


def test_what_is_no_period_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="'autumn'"):
        last_day("autumn")
