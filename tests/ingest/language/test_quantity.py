"""Quantities are read as printed, and numbers that measure nothing are left alone."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.language.quantity import Quantity, quantities
from tests.ingest.language.pairs import broken, number, rows


def shown(quantity: Quantity) -> str:
    """A quantity as the fixture writes it."""
    high = f"..{number(quantity.high)}" if quantity.high is not None else ""
    whole = f"/{number(quantity.of)}" if quantity.of else ""
    return f"{quantity.qualifier or ''}{number(quantity.value)}{high}{whole} {quantity.unit}"


@pytest.mark.parametrize(("text", "expected"), rows("quantity/quantities.txt"))
def test_a_text_gives_its_quantities(text: str, expected: str) -> None:
    assert ("; ".join(shown(q) for q in quantities(broken(text))) or "-") == expected


@given(st.integers(0, 10**7), st.integers(0, 99), st.sampled_from(["{}%", "{} children", "£{}", "{} weeks", "at least {}%"]))
def test_a_printed_number_is_read_back_exactly(whole: int, hundredths: int, form: str) -> None:
    printed = f"{whole:,}.{hundredths:02d}"

    (found,) = quantities("overall " + form.format(printed))

    assert found.value == Decimal(whole) + Decimal(hundredths) / 100


@given(st.text(alphabet="0123456789%£.,-−–/:() abcdeino'\n", max_size=60))
def test_spans_are_in_order_apart_and_verbatim(text: str) -> None:
    found = quantities(text)

    assert all(q.high is None or (q.value is not None and q.value < q.high) for q in found)
    for one, two in pairwise(found):
        assert one.end <= two.start
    for quantity in found:
        assert text[quantity.start : quantity.end].strip() == quantity.printed.strip()
