"""Sums of money whose pounds, thousands or millions are printed once for a whole column or row: "Forecast (£000)", "Delivered £m"."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from ingest.language.quantity import Quantity

_SIGN = re.compile(r"£\s?(?P<scale>['’]?000s?|thousands?|millions?|billions?|bn|k|m)?(?![\d.\w])", re.I)
_SHORT = {1000: "k", 1000000: "m", 1000000000: "bn"}
_SCALES = {"0": 1000, "t": 1000, "k": 1000, "m": 1000000, "b": 1000000000}


def money_in(title: str) -> Decimal | None:
    """What the bare numbers under a title that gives them in pounds are to be multiplied by; None for a title that does not."""
    if (m := _SIGN.search(title)) is None:
        return None
    scale = (m["scale"] or "").lower().lstrip("'’")
    return Decimal(_SCALES[scale[0]]) if scale else Decimal(1)


def without_money(title: str) -> str:
    """A title without the sign that says in what money is given ("Delivered £m": "Delivered")."""
    return (
        re.sub(rf"\s*\(\s*{_SIGN.pattern}\s*\)|\s*,?\s*{_SIGN.pattern.replace('?P<scale>', '?:')}", "", title, flags=re.I).strip() or title
    )


def in_money(quantity: Quantity, scale: Decimal) -> Quantity:
    """A bare number as a sum of money in pounds, printed with what its title says ("£310k"); one with a unit of its own as it is."""
    if quantity.unit != "count" or "£" in quantity.printed:
        return quantity
    value, high = (n * scale if n is not None else None for n in (quantity.value, quantity.high))
    return replace(quantity, unit="gbp", value=value, high=high, printed=f"£{quantity.printed}{_SHORT.get(int(scale), '')}")
