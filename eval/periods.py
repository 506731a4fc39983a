"""When two periods are one reporting point: a quarter, its last month and that month's last day; a year and its last quarter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

QUARTER_OF = {"03": "Q4", "06": "Q1", "09": "Q2", "12": "Q3"}
MONTH_OF = {quarter: month for month, quarter in QUARTER_OF.items()}
MONTHS = "january february march april may june july august september october november december".split()
_YEARS = r"((?:19|20)\d\d)\s?[/-]\s?(\d\d)"
# In the order they are looked for; what one has found is not looked at by the next, so that a quarter does not name its year as well.
_QUARTER = re.compile(rf"\bq(?:uarter)? ?([1-4])\b\D{{0,12}}{_YEARS}\b")
_OF_YEAR = re.compile(rf"\b{_YEARS}\W{{0,3}}q(?:uarter)? ?([1-4])\b")
_MONTH = re.compile(rf"\b({'|'.join(m[:3] for m in MONTHS)})[a-z]*\.?\s+((?:19|20)\d\d)\b")
_YEAR_PAIR = re.compile(rf"\b{_YEARS}\b(?!-)")
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
    rest, out = text.lower(), set()
    for pattern, named in _SPOKEN:
        out |= {named(found) for found in pattern.finditer(rest)}
        rest = pattern.sub(" ", rest)
    return frozenset(out)


_SPOKEN: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (_QUARTER, lambda m: f"{m[2]}/{m[3]}-Q{m[1]}"),
    (_OF_YEAR, lambda m: f"{m[1]}/{m[2]}-Q{m[3]}"),
    (_MONTH, lambda m: f"{m[2]}-{[name[:3] for name in MONTHS].index(m[1]) + 1:02d}"),
    (_YEAR_PAIR, lambda m: f"{m[1]}/{m[2]}"),
    (_YEAR, lambda m: m[1]),
)
