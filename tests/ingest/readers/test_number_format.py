"""Numbers and dates appear as Excel shows them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.number_format import shown

SHOWN: list[tuple[Any, str, str]] = [
    (0.85, "0%", "85%"),
    (0.7875, "0.0%", "78.8%"),
    (1.04, "0%", "104%"),
    (14, '0"%"', "14%"),
    (-1250000, "#,##0,;(#,##0,)", "(1,250)"),
    (2500000, '£0.0,,"m"', "£2.5m"),
    (1234567.891, "#,##0.00", "1,234,567.89"),
    (1250, "[$£-809]#,##0.00", "£1,250.00"),
    (-5, '"£"#,##0;[Red]-"£"#,##0', "-£5"),
    (-5, "0.0", "-5.0"),
    (2.5, "0", "3"),
    (0, '0;-0;"-"', "-"),
    (0, "#", ""),
    (0, ";;;", ""),
    (5, "00", "05"),
    (0.1 + 0.2, "General", "0.3"),
    (12345, "General", "12345"),
    (3.0, "General", "3"),
    (3.25, "# ?/?", "3 1/4"),
    (1500, '[>=1000]0.0,"k";0', "1.5k"),
    (99, '[>=1000]0.0,"k";0', "99"),
    (1234.5, "0.00E+00", "1.23E+03"),
    (12.5, "_-* #,##0.00_-;-* #,##0.00_-", "12.50"),
    (True, "General", "TRUE"),
    ("On-going", "mmm yyyy", "On-going"),
    (None, "0%", ""),
    (datetime(2024, 12, 1), "mmm-yy", "Dec-24"),
    (datetime(2024, 12, 1), "mmmm yyyy", "December 2024"),
    (datetime(2024, 12, 1), "mm-dd-yy", "01/12/2024"),
    (datetime(2024, 12, 1, 9, 5), "dd/mm/yyyy hh:mm", "01/12/2024 09:05"),
    (datetime(2024, 12, 1, 15, 5), "h:mm AM/PM", "3:05 PM"),
    (date(2014, 8, 1), "[$-809]dd mmmm yyyy;@", "01 August 2014"),
    (time(9, 30), "hh:mm", "09:30"),
    (timedelta(hours=30), "[h]:mm", "30:00"),
]


@pytest.mark.parametrize(("value", "code", "text"), SHOWN, ids=[f"{v!r} {c}" for v, c, _ in SHOWN])
def test_a_value_is_shown_as_its_format_says(value: Any, code: str, text: str) -> None:
    assert shown(value, code) == text


@given(st.integers(-(10**12), 10**12))
def test_whole_numbers_read_back(number: int) -> None:
    assert int(shown(number, "#,##0").replace(",", "")) == number
    assert int(shown(number, "General")) == number
