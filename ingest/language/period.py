"""Dates and reporting periods as plans print them, in the forms of the contract.

A period is one of `2019-06-30` (day), `2019-06` (month), `2019/20-Q2` (financial quarter), `2024/25` (financial year), `2016` (year).
The UK financial year runs from April to March: Q1 is April to June. A single year after a quarter ("Q2 2019") is that in which the
financial year starts.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from ingest.language.words import any_of, finder, numbers, words


@dataclass(frozen=True, slots=True)
class Dated:
    """A date or period at `start:end` of a text. `period` is None where it names no reporting point (a span of years, a season).

    `since` is where a span begins that ends with `period`; `ago` says that the period is a year before another, as "a year earlier".
    """

    start: int
    end: int
    period: str | None
    since: str | None = None
    ago: bool = False


@dataclass(frozen=True, slots=True)
class _Anchor:
    around: str | None
    ahead: bool


_MONTH = rf"(?a:{any_of(numbers('months'))})"  # plain letters only: under re.I alone "ſ" is an "s", and no month of the vocabulary
_YEAR = r"(?:19|20)\d\d"
_SHORT = r"['’]?[0-3]\d(?![\d%.]*[\d%])"
_Y = rf"(?:(?P<y>{_YEAR})|(?P<yy>{_SHORT}))"
_FY = rf"(?P<fy>{_YEAR}(?=\s?[/\-–])|\d\d(?=\s?/))\s?[/\-–]\s?(?P<fz>{_YEAR}|\d\d)(?![\d%])"
_END = rf"(?P<endof>{any_of(words('periods', 'ends'))})\s+(?:of\s+)?"
_QUARTER = rf"(?:q\s?(?P<q>[1-4])|(?:quarter|qtr)\s+(?P<qq>[1-4])|(?P<qw>(?a:{any_of(numbers('ordinals'))}))\s+quarter)"
_DAY = r"\d\d?\s?(?:st|nd|rd|th)?"
_AFTER_MONTH = (
    rf"\.?(?:\s*[\s,\-–/]\s*(?P<y>{_YEAR})|(?:\s*[\s\-–/]\s*|(?=['’]))(?P<yy>{_SHORT}))(?!\s?%|\w)"  # "June 2019", "Sep 18"; not "June, 43"
)
_AMBIGUOUS = ("may", "mar")  # words of their own: a month only when something beside them says so

_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.I), kind)
    for pattern, kind in (
        (rf"(?<![\w/])(?P<d>\d\d?)[/.](?P<mn>\d\d?)[/.](?:(?P<y>{_YEAR})|(?P<yy>\d\d))(?!\d)", "numeric"),
        (rf"(?<![\w/])(?P<y>{_YEAR})-(?P<mn>\d\d)-(?P<d>\d\d)(?!\d)", "numeric"),
        (
            rf"(?<![\w%])(?:{_DAY}\s*(?:to|and|[-–])\s*)?(?P<d>\d\d?)\s?(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m>{_MONTH})"
            rf"(?:,?\s+(?P<y>{_YEAR})|\s+(?P<yy>{_SHORT}(?!\s?%)))?",
            "day",
        ),
        (rf"(?<!\w)(?P<m1>{_MONTH})\s*(?P<y1>{_YEAR}|{_SHORT})?\s*(?:to|until|[-–])\s*(?P<m>{_MONTH}){_AFTER_MONTH}", "month"),
        (rf"(?<!\w)between\s+(?P<m1>{_MONTH})\s*(?P<y1>{_YEAR}|{_SHORT})?\s*and\s*(?P<m>{_MONTH}){_AFTER_MONTH}", "month"),
        (rf"(?<![\w£,.]){_YEAR}\s+(?:to|until)\s+{_YEAR}(?![\w%]|[,.]\d)", "span"),
        (rf"(?<!\w){_QUARTER}(?:\s+(?:of\s+)?|\s*[-–/,(]\s*)(?:{_FY}|(?P<y>{_YEAR}))", "quarter"),
        (rf"(?<!\w){_QUARTER}(?:\s+|\s*[-–/]\s*)(?P<yy>{_SHORT})", "quarter"),
        (rf"(?<![\w/]){_FY}\s*[-–,]?\s*{_QUARTER}(?!\w)", "quarter"),
        (rf"(?<!\w)(?P<y>{_YEAR})\s*[-–]?\s*{_QUARTER}(?!\w)", "quarter"),
        (rf"(?<!\w)(?P<m>{_MONTH})\.?[\s,\-–]*{_FY}", "month_of_year"),
        (rf"(?<!\w)(?:{_END})?(?P<m>{_MONTH}){_AFTER_MONTH}", "month"),
        (rf"(?<![\w/£.]){_FY}(?!\s?%|\w|[/.]\d)", "year"),
        (rf"(?<!\w){_QUARTER}(?!\w)", "quarter"),
        (rf"(?<!\w)(?:{_END})(?P<m>{_MONTH})(?!\w)", "month"),
        (rf"(?<!\w)(?P<m>{_MONTH})(?!\w)", "month"),
        (rf"(?<!\w)(?:{any_of(words('periods', 'seasons'))})\s+(?:of\s+)?(?P<y>{_YEAR})(?!\w)", "calendar"),
        (any_of(words("periods", "year_ago")), "ago"),
        (any_of(words("periods", "previous_year")), "previous"),
        (any_of(words("periods", "previous_quarter")), "previous_quarter"),
        (any_of(words("periods", "previous_month")), "previous_month"),
        (any_of(words("periods", "this_year")), "this"),
        (rf"(?<![\w£,.])(?P<y>{_YEAR})(?!\w|[,.]\d|\s?%)", "calendar"),
    )
)


_YEAR_TO = re.compile(r"\b(?:year|twelve months|12 months)(?:\s+(?:up\s+)?(?:to|ending|ended))?\s+(?:the\s+)?(?:end\s+of\s+)?$", re.I)


def periods(text: str, around: str | None = None, ahead: bool = False) -> list[Dated]:
    """Every date and period of the text, in order, none overlapping. `around` is the period of the document: it gives the year
    of a month or quarter without one (the nearest not after it; not before it when looking `ahead`, as targets do) and the
    meaning of "the previous year"."""
    found: list[Dated] = []
    taken = [False] * len(text)
    for pattern, kind in _PATTERNS:
        for m in pattern.finditer(text):
            if any(taken[m.start() : m.end()]) or not _plausible(m, kind, text):
                continue
            start = m.start() + (len(m[0]) - len(m[0].lstrip()))
            period = _READERS[kind](m, _Anchor(around, ahead))
            since = _since(m, period) if kind == "month" else None
            if since is None and period and _YEAR_TO.search(text[: m.start()]):
                since = a_year_before(period)
            found.append(Dated(start, m.end(), period, since, kind == "ago"))
            taken[m.start() : m.end()] = [True] * (m.end() - m.start())
    return sorted(found, key=lambda d: d.start)


def period_in(text: str, around: str | None = None) -> str | None:
    """The period a short text such as a column header or caption names; the last where it names several ("as at" comes last)."""
    named = [d.period for d in periods(text, around) if d.period]
    return named[-1] if named else None


def last_day(period: str) -> date:
    """The last day a period covers."""
    if m := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", period):
        return date(int(m[1]), int(m[2]), int(m[3]))
    if m := re.fullmatch(r"(\d{4})-(\d\d)", period):
        return _month_end(int(m[1]), int(m[2]))
    if m := re.fullmatch(r"(\d{4})/\d\d-Q([1-4])", period):
        quarter = int(m[2])
        return _month_end(int(m[1]) + (quarter == 4), {1: 6, 2: 9, 3: 12, 4: 3}[quarter])
    if m := re.fullmatch(r"(\d{4})/\d\d", period):
        return date(int(m[1]) + 1, 3, 31)
    if m := re.fullmatch(r"(\d{4})", period):
        return date(int(m[1]), 12, 31)
    raise ValueError(f"not a period of the contract: {period!r}")


def financial_year(day: date) -> str:
    """The financial year a day falls in, as `2019/20`."""
    start = day.year - (day.month < 4)
    return f"{start}/{(start + 1) % 100:02d}"


def _plausible(m: re.Match[str], kind: str, text: str) -> bool:
    group = m.groupdict()
    if group.get("fy") and _fy_start(group["fy"], group["fz"]) is None:
        return len(group["fy"]) == 4 and len(group["fz"]) in (2, 4)  # a span of years: a date, but no period
    if kind == "numeric":
        return 1 <= int(group["mn"]) <= 12 and 1 <= int(group["d"]) <= 31
    if kind == "day" and not 1 <= int(group["d"]) <= 31:
        return False
    if kind == "month" and group.get("yy"):
        follows = re.match(r"\s+([a-z]+)", text[m.end() :])  # "In June 12 children": a count, not a year
        return follows is None or follows[1] in words("names", "function") or follows[1] in words("names", "verbs")
    if kind == "month" and not group.get("y") and not group.get("endof"):
        return _month_alone(m, text)
    return True


def _month_alone(m: re.Match[str], text: str) -> bool:
    """A month without a year: capital letter; "May" and "Mar" only after a preposition or before a colon."""
    word = m["m"]
    if not word[0].isupper():
        return False
    if word.lower() not in _AMBIGUOUS:
        return True
    return bool(re.search(r"\b(?:in|by|since|to|from|until|during|for|of|at|end)\s+$", text[: m.start()], re.I)) or text[
        m.end() :
    ].lstrip().startswith(":")


def _year(text: str) -> int:
    digits = text.strip("'’ ")
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _printed_year(m: re.Match[str]) -> int | None:
    group = m.groupdict()
    digits = group.get("y") or group.get("yy")
    return _year(digits) if digits else None


def _fy_start(first: str, second: str) -> int | None:
    start = _year(first)
    follows = (start + 1) % 100 == int(second) % 100 and 1990 <= start <= 2060
    return start if follows and (len(first) == 4 or len(second) == 2) else None


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _day_of(year: int, month: int, day: int) -> str:
    """A day as printed; one that the month has not ("31/06/2019") is its last."""
    return min(f"{year}-{month:02d}-{day:02d}", _month_end(year, month).isoformat())


def _nearest(month: int, anchor: _Anchor) -> int | None:
    """The year of the nearest such month not after the document's period (not before it, when looking ahead)."""
    if anchor.around is None:
        return None
    end = last_day(anchor.around)
    if anchor.ahead:
        return end.year if month >= end.month else end.year + 1
    return end.year if month <= end.month else end.year - 1


def _numeric(m: re.Match[str], anchor: _Anchor) -> str | None:
    year = _printed_year(m)
    return None if year is None else _day_of(year, int(m["mn"]), int(m["d"]))


def _day(m: re.Match[str], anchor: _Anchor) -> str | None:
    month = int(numbers("months")[m["m"].lower()])
    year = _printed_year(m) or _nearest(month, anchor)
    return None if year is None else _day_of(year, month, int(m["d"]))


def _month(m: re.Match[str], anchor: _Anchor) -> str | None:
    month = int(numbers("months")[m["m"].lower()])
    year = _printed_year(m) or _nearest(month, anchor)
    if year is None:
        return None
    return _month_end(year, month).isoformat() if m.groupdict().get("endof") else f"{year}-{month:02d}"


def _month_of_year(m: re.Match[str], anchor: _Anchor) -> str | None:
    month = int(numbers("months")[m["m"].lower()])
    start = _fy_start(m["fy"], m["fz"])
    return None if start is None else f"{start + (month < 4)}-{month:02d}"


def _quarter(m: re.Match[str], anchor: _Anchor) -> str | None:
    group = m.groupdict()
    word = group.get("q") or group.get("qq")
    quarter = int(word) if word else int(numbers("ordinals")[group["qw"].lower()])
    start = _fy_start(group["fy"], group["fz"]) if group.get("fy") else _printed_year(m)
    if start is None and anchor.around is not None:
        start = int(financial_year(last_day(anchor.around))[:4])
        if not anchor.ahead and last_day(f"{start}/{(start + 1) % 100:02d}-Q{quarter}") > last_day(anchor.around):
            start -= 1
    return None if start is None else f"{start}/{(start + 1) % 100:02d}-Q{quarter}"


def _financial(m: re.Match[str], anchor: _Anchor) -> str | None:
    start = _fy_start(m["fy"], m["fz"])
    return None if start is None else f"{start}/{(start + 1) % 100:02d}"


def _calendar(m: re.Match[str], anchor: _Anchor) -> str | None:
    return str(_year(m["y"]))


def a_year_before(period: str) -> str:
    """The same day, month, quarter or year, a year earlier."""
    year = int(period[:4]) - 1
    if m := re.fullmatch(r"\d{4}/\d\d(.*)", period):
        return f"{year}/{(year + 1) % 100:02d}{m[1]}"
    return min(f"{year}{period[4:]}", _month_end(year, 2).isoformat()) if period[4:] == "-02-29" else f"{year}{period[4:]}"


def _since(m: re.Match[str], period: str | None) -> str | None:
    """The month with which a span of months begins; one without a year is of the last month's year, or of the one before."""
    first = m.groupdict().get("m1")
    if not first or period is None:
        return None
    month, last = int(numbers("months")[first.lower()]), int(period[5:7])
    year = _year(m["y1"]) if m["y1"] else int(period[:4]) - (month > last)
    return f"{year}-{month:02d}"


def _ago(m: re.Match[str], anchor: _Anchor) -> str | None:
    return None if anchor.around is None else a_year_before(anchor.around)


def _previous(m: re.Match[str], anchor: _Anchor) -> str | None:
    if anchor.around is None:
        return None
    start = int(financial_year(last_day(anchor.around))[:4]) - 1
    return f"{start}/{(start + 1) % 100:02d}"


def _span(m: re.Match[str], anchor: _Anchor) -> str | None:
    """ "2023 to 2027": the years a plan is for, no time at which a figure was taken."""
    return None


def _previous_quarter(m: re.Match[str], anchor: _Anchor) -> str | None:
    """The quarter before the one that ends with the document's period."""
    if anchor.around is None or (end := last_day(anchor.around)).month % 3:
        return None
    number = ((end.month - 4) % 12) // 3
    if number:
        return f"{financial_year(end)}-Q{number}"
    start = int(financial_year(end)[:4]) - 1
    return f"{start}/{(start + 1) % 100:02d}-Q4"


def _previous_month(m: re.Match[str], anchor: _Anchor) -> str | None:
    """The month before a document's own, where its period is a month or a day."""
    if anchor.around is None or not re.fullmatch(r"\d{4}-\d\d(?:-\d\d)?", anchor.around):
        return None
    end = last_day(anchor.around)
    return f"{end.year}-{end.month - 1:02d}" if end.month > 1 else f"{end.year - 1}-12"


def _this(m: re.Match[str], anchor: _Anchor) -> str | None:
    """ "In year" is the document's own period when that is a year; a part of a year says no more than the default does."""
    return anchor.around if anchor.around and re.fullmatch(r"\d{4}/\d\d", anchor.around) else None


_READERS: dict[str, Callable[[re.Match[str], _Anchor], str | None]] = {
    "numeric": _numeric,
    "day": _day,
    "quarter": _quarter,
    "month_of_year": _month_of_year,
    "month": _month,
    "year": _financial,
    "calendar": _calendar,
    "ago": _ago,
    "previous": _previous,
    "span": _span,
    "previous_quarter": _previous_quarter,
    "previous_month": _previous_month,
    "this": _this,
}


def dates_nothing(before: str) -> bool:
    """Whether the words before a date say that no figure was taken then ("since", "until", "week commencing" …)."""
    if re.search(r"\bsince\b(?:\s+[A-Za-z'’-]+){0,8}\s*$", before, re.I):
        return True
    return bool(re.search(any_of(words("periods", "not_of_value")) + r"\s*(?:the\s+)?$", before, re.I)) or bool(
        finder("periods", "not_of_value").fullmatch(before.strip())
    )
