"""The status rule: one comparison, exact, printed in words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.language.status import rule_text, status_of
from ingest.types import Comparator, Status


@pytest.mark.parametrize(
    ("value", "high", "qualifier", "target", "target_high", "comparator", "previous", "expected"),
    [
        (85, None, None, 95, None, ">=", None, "off_target"),
        (95, None, None, 95, None, ">=", None, "on_target"),
        (94.9, None, None, 95, None, ">=", None, "off_target"),
        (4, None, ">", 4, None, "<=", None, "off_target"),
        (4, None, None, 4, None, "<=", None, "on_target"),
        (5, None, None, 5, None, "<", None, "off_target"),
        (124, None, None, 140, 150, "between", None, "off_target"),
        (150, None, None, 140, 150, "between", None, "on_target"),
        (17, 25, None, 20, None, "<=", None, "undetermined"),
        (17, 25, None, 26, None, "<=", None, "on_target"),
        (95, None, ">", 95, None, ">=", None, "on_target"),
        (90, None, ">", 95, None, ">=", None, "undetermined"),
        (90, None, "<", 90, None, ">=", None, "off_target"),
        (24, None, None, None, None, "decrease", 17.4, "off_target"),
        (19, None, None, None, None, "decrease", 23, "on_target"),
        (19, None, None, None, None, "decrease", 19, "off_target"),
        (19, None, None, None, None, "decrease", None, "undetermined"),
        (None, None, None, 95, None, ">=", None, "no_value"),
        (None, None, None, None, None, "increase", 3, "no_value"),
        (0, None, None, 95, None, ">=", None, "off_target"),
        (37, None, None, None, None, None, None, "no_target"),
        (-5, None, None, -3, None, ">=", None, "off_target"),
        (-2, None, None, -3, None, ">=", None, "on_target"),
        (-5, None, None, 0, None, "<=", None, "on_target"),
        (-5, None, None, -5, 5, "between", None, "on_target"),
        (-6, None, None, -5, 5, "between", None, "off_target"),
        (-10, -2, None, -5, None, ">=", None, "undetermined"),
        (-5, None, "<", -5, None, ">=", None, "off_target"),
        (-4, None, None, None, None, "increase", -6, "on_target"),
        (0.3, None, None, Decimal("0.3"), None, ">=", None, "on_target"),
    ],
)
def test_a_value_is_judged_as_the_rule_says(
    value: float | None,
    high: float | None,
    qualifier: str | None,
    target: float | Decimal | None,
    target_high: float | None,
    comparator: Comparator | None,
    previous: float | None,
    expected: Status,
) -> None:
    assert status_of(value, high, qualifier, target, target_high, comparator, previous) == expected


@given(st.decimals(-1000, 1000, places=2), st.decimals(-1000, 1000, places=2))
def test_at_least_and_less_than_are_opposites(value: Decimal, target: Decimal) -> None:
    met = status_of(value, target=target, comparator=">=") == "on_target"

    assert met == (value >= target)
    assert (status_of(value, target=target, comparator="<") == "on_target") == (not met)
    assert (status_of(value, target=target, comparator="between", target_high=target) == "on_target") == (value == target)


@pytest.mark.parametrize("comparator", [">=", ">", "<=", "<", "=", "between", "increase", "decrease"])
def test_every_comparator_has_its_words(comparator: Comparator) -> None:
    assert "value" in rule_text(comparator)
    assert "not counted as zero" in rule_text()
