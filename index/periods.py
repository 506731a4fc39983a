"""The same reporting point under its several names, and where an ISO month or day begins and ends."""

from __future__ import annotations

import re
from calendar import monthrange

from ingest.language.period import financial_year, last_day

_ISO = re.compile(r"\d{4}-\d\d(-\d\d)?")


def same_point(period: str) -> frozenset[str]:
    """The period and every other form that names the same reporting point.

    A quarter is reported as at its last month and that month's last day: 2019/20-Q2 = 2019-09 = 2019-09-30 (financial years run
    from April). Years stand for themselves: an outturn is not a fourth quarter. Any other text stands for itself.
    """
    try:
        day = last_day(period)
    except ValueError:
        return frozenset({period})
    month_ends = day.day == monthrange(day.year, day.month)[1]
    if "-" not in period or not month_ends:
        return frozenset({period})
    forms = {period, day.isoformat(), f"{day:%Y-%m}"}
    if day.month % 3 == 0:
        forms.add(f"{financial_year(day)}-Q{(day.month // 3 - 2) % 4 + 1}")
    return frozenset(forms)


def end_of(period: str) -> str | None:
    """The ISO day a period of the contract ends; None for any other text."""
    try:
        return last_day(period).isoformat()
    except ValueError:
        return None


def days_of(month_or_day: str) -> tuple[str, str] | None:
    """First and last ISO day of an ISO month or day; None for any other text."""
    end = end_of(month_or_day) if _ISO.fullmatch(month_or_day) else None
    if end is None:
        return None
    return (month_or_day if len(month_or_day) == len(end) else f"{month_or_day}-01"), end
