"""When two periods are one reporting point: a quarter, its last month and that month's last day; a year and its last quarter."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

QUARTER_OF = {"03": "Q4", "06": "Q1", "09": "Q2", "12": "Q3"}
MONTH_OF = {quarter: month for month, quarter in QUARTER_OF.items()}
MONTHS = "january february march april may june july august september october november december".split()
_NAMED = re.compile(rf"\b({'|'.join(m[:3] for m in MONTHS)})[a-z]*\.?\s+((?:19|20)\d\d)\b")
_QUARTER = re.compile(
    r"\b(?:q(?:uarter)? ?([1-4])\b\D{0,12}((?:19|20)\d\d)\s?[/-]\s?(\d\d)\b|((?:19|20)\d\d)[/-](\d\d)\W{0,3}q(?:uarter)? ?([1-4])\b)"
)
_YEAR_PAIR = re.compile(r"\b((?:19|20)\d\d)\s?[/-]\s?(\d\d)\b(?!-)")
_YEAR = re.compile(r"(?<![\d/-])((?:19|20)\d\d)(?![\d/-])")


@lru_cache(maxsize=4096)
def forms(period: str) -> frozenset[str]:
    """The names of the same reporting point, as the shared scorer has them."""
    out = {period}
    if m := re.match(r"(\d{4})-(\d\d)(-\d\d)?$", period):
        out.add(period[:7])
        if m[2] in QUARTER_OF:
            start = int(m[1]) - (1 if m[2] == "03" else 0)
            out.add(f"{start}/{(start + 1) % 100:02d}-{QUARTER_OF[m[2]]}")
            if m[2] == "03":
                out.add(f"{start}/{(start + 1) % 100:02d}")
    if m := re.match(r"(\d{4})/(\d\d)-(Q\d)$", period):
        out.add(f"{int(m[1]) + (1 if m[3] == 'Q4' else 0)}-{MONTH_OF[m[3]]}")
    return frozenset(out)


def same_period(wanted: str | None, found: str | None, alternatives: Iterable[str | None] = ()) -> bool:
    """Whether a found period names the wanted reporting point, or one of the alternatives."""
    options = [wanted, *alternatives]
    if found in options:
        return True
    if found is None or wanted is None:
        return False
    return any(option and forms(option) & forms(found) for option in options)


@lru_cache(maxsize=4096)
def spoken(text: str) -> frozenset[str]:
    """The periods a sentence names, in contract forms: "September 2025", "quarter 2 of 2025/26", "2024/25", "2016"."""
    low = text.lower()
    out: set[str] = set()
    for name, year in _NAMED.findall(low):
        out.add(f"{year}-{[m[:3] for m in MONTHS].index(name) + 1:02d}")
    for q1, y1, e1, y2, e2, q2 in _QUARTER.findall(low):
        out.add(f"{y1 or y2}/{e1 or e2}-Q{q1 or q2}")
    out.update(f"{year}/{end}" for year, end in _YEAR_PAIR.findall(low) if int(end) == (int(year) + 1) % 100)
    out.update(_YEAR.findall(low))
    return frozenset(out)
