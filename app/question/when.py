"""Times in a question: "Q2", "September 2019", "24/25", "autumn 2019", "now", "a year earlier" become spans of months.

The council year runs from April to March: quarter 2 is July to September. A figure "at quarter 2", "for September" and
"as at 30 September" is one reporting point.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from app.types import Span

MONTHS = "january february march april may june july august september october november december".split()
_MONTH_NAMES = "(?:" + "|".join(f"{m[:3]}(?:{m[3:]})?" if m != "september" else "sept?(?:ember)?" for m in MONTHS) + ")"
_MONTH = f"(?P<month>{_MONTH_NAMES})"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_QUARTER = r"(?:q\s?(?P<q>[1-4])|quarter\s+(?P<qw>[1-4]|one|two|three|four)|(?P<qo>first|second|third|fourth|1st|2nd|3rd|4th)\s+quarter)"
_ORDINAL = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
}
_SEASON = {"spring": (2, 4), "summer": (5, 7), "autumn": (8, 10), "winter": (11, 13)}
_FISCAL = r"(?<![\d/])(?P<y1>(?:20)?\d\d)\s?[/–-]\s?(?P<y2>(?:20)?\d\d)(?![\d/%])"

_TO = r"\s*(?:to|[-–]|until|till|through(?: to)?|and|up to)\s*(?:the )?(?:end of )?(?:\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?)?"
_RANGE = (
    r"\b(?:\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<from>"
    + _MONTH_NAMES
    + r")(?:\s+(?P<y1>20\d\d))?"
    + _TO
    + r"(?P<to>"
    + _MONTH_NAMES
    + r")(?:,?\s+(?P<y2>20\d\d))?\b"
)

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("range", re.compile(_RANGE, re.I)),
    ("fiscal quarter", re.compile(_FISCAL + r"[\s,-]*" + _QUARTER + r"\b", re.I)),
    ("quarter fiscal", re.compile(r"\b" + _QUARTER + r"(?:\s+(?:of|in|for))?[\s,(]*" + _FISCAL, re.I)),
    ("quarter year", re.compile(r"\b" + _QUARTER + r"(?:\s+(?:of|in|for))?[\s,(]*" + _YEAR + r"\b", re.I)),
    (
        "month",
        re.compile(r"\b(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?)?" + _MONTH + r"\.?,?\s+(?:of\s+)?(?P<year>(?:20)?\d\d)\b", re.I),
    ),
    ("fiscal", re.compile(_FISCAL, re.I)),
    ("season", re.compile(r"\b(?P<season>spring|summer|autumn|winter)\s+(?:of\s+)?" + _YEAR, re.I)),
    ("year", re.compile(r"(?<![\d/£.,-])" + _YEAR + r"(?![\d/%,]\d|%)", re.I)),
    (
        "first month",  # "from March to September 2019"
        re.compile(
            rf"\b(?:from|between|since)\s+{_MONTH}(?=\s+(?:to|and|until|till)\s+(?:the )?(?:end of )?(?P<later>{_MONTH_NAMES})\s+{_YEAR})",
            re.I,
        ),
    ),
    ("first month", re.compile(rf"\b{_MONTH}(?=\s*(?:or|,|/|&)\s*(?P<later>{_MONTH_NAMES})\s+{_YEAR})", re.I)),  # "March or July 2015"
    ("open quarter", re.compile(r"\b" + _QUARTER + r"\b", re.I)),
    (
        "open month",
        re.compile(
            r"\b(?:end of|in|by|at|for|since|last|previous|during|and|to|before|after|until|till)\s+"
            + _MONTH
            + r"\b(?!\s+(?:be|have|not|help|need|also)\b)",
            re.I,
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A time found in the text: a span, or a quarter or month whose year is left open (`open_last` is its last month, 0 to 11)."""

    start: int
    end: int
    kind: str
    span: Span | None
    open_last: int | None = None


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def quarter_span(first_year: int, quarter: int) -> Span:
    """Quarter 1 to 4 of the council year that starts in April of `first_year`."""
    first = first_year * 12 + 3 + (quarter - 1) * 3
    return Span(first, first + 2, f"Q{quarter} {first_year}/{(first_year + 1) % 100:02d}")


def quarter_beside(month: int, ends: int) -> Span:
    """The quarter that ends with the month `ends` (0 to 11), of the financial year that a month is of."""
    year = month // 12 - (1 if month % 12 < 3 else 0)
    return quarter_span(year, ((ends - 2) % 12) // 3 or 4)


def fiscal_span(first_year: int) -> Span:
    """The council year from April of `first_year`."""
    return Span(first_year * 12 + 3, first_year * 12 + 14, f"{first_year}/{(first_year + 1) % 100:02d}", whole=True)


def month_span(year: int, month: int) -> Span:
    """One month, 1 to 12."""
    return Span(year * 12 + month - 1, year * 12 + month - 1, f"{MONTHS[month - 1].title()} {year}")


def span_of(period: str | None) -> Span | None:
    """The span of a contract period form ("2019/20-Q2", "2019-09", "2019-06-30", "2024/25", "2016"); None for none or another form."""
    found = re.fullmatch(r"(\d{4})(?:/(\d\d))?(?:-Q([1-4]))?(?:-(\d\d))?(?:-(\d\d))?", period or "")
    if not found:
        return None
    year = int(found[1])
    if found[3]:
        return quarter_span(year, int(found[3]))
    if found[2]:
        return fiscal_span(year)
    if found[4]:
        span = month_span(year, int(found[4]))
        return Span(span.first, span.last, f"{int(found[5])} {span.label}") if found[5] else span
    return Span(year * 12, year * 12 + 11, str(year), whole=True)


def meets(asked: Span, recorded: Span) -> bool:
    """True where a figure recorded for one span answers a question about the other.

    The same reporting point always does; a year, season or range also takes in what ends inside it.
    """
    return (asked.last == recorded.last and (asked.whole or not recorded.whole)) or (
        asked.whole and asked.first <= recorded.last <= asked.last
    )


def same(asked: Span, recorded: Span) -> bool:
    """True for the very same stretch or, for points, the same last month."""
    return (asked.first, asked.last) == (recorded.first, recorded.last) or (
        not asked.whole and not recorded.whole and asked.last == recorded.last
    )


def _month_of(name: str) -> int:
    """The month, 1 to 12, that a name begins with."""
    return next(i + 1 for i, month in enumerate(MONTHS) if month.startswith(name[:3].lower()))


def _range(m: re.Match[str]) -> Mention | None:
    """ "July to September 2019" is a quarter, "April 2018 to March 2019" a council year; any other two months are two times."""
    first, last = _month_of(m["from"]), _month_of(m["to"])
    after = 0 if last >= first else 1
    if last == first % 12 + 2 and first % 3 == 1 and m["y1"] in (None, m["y2"]):
        if m["y2"] is None:
            return Mention(m.start(), m.end(), "open quarter", None, last - 1)
        year = int(m["y2"])
        return Mention(m.start(), m.end(), "range", quarter_span(year - (1 if last == 3 else 0), (first - 1) // 3 or 4))
    if (first, last) == (4, 3) and m["y2"] and m["y1"] in (None, str(int(m["y2"]) - after)):
        return Mention(m.start(), m.end(), "range", fiscal_span(int(m["y2"]) - 1))
    return None


def _read(kind: str, m: re.Match[str]) -> Mention | None:
    if kind == "range":
        return _range(m)
    got = m.groupdict()
    quarter = next((int(_ORDINAL.get(v.lower(), v)) for k in ("q", "qw", "qo") if (v := got.get(k))), 0)
    month = next((i + 1 for i, name in enumerate(MONTHS) if got.get("month") and name.startswith(got["month"][:3].lower())), 0)
    if got.get("y1"):
        first, second = _year(got["y1"]), _year(got["y2"])
        if second != first + 1:
            return None
        return Mention(m.start(), m.end(), kind, quarter_span(first, quarter) if quarter else fiscal_span(first))
    if kind == "quarter year":
        return Mention(m.start(), m.end(), kind, quarter_span(int(got["year"]), quarter))
    if kind == "first month":
        return Mention(m.start(), m.end(), "month", month_span(int(got["year"]) - (month > _month_of(got["later"])), month))
    if kind == "month":
        return Mention(m.start(), m.end(), kind, month_span(_year(got["year"]), month))
    if kind == "season":
        low, high = _SEASON[got["season"].lower()]
        year = int(got["year"])
        return Mention(m.start(), m.end(), kind, Span(year * 12 + low, year * 12 + high, f"{got['season'].lower()} {year}", whole=True))
    if kind == "year":
        year = int(got["year"])
        return Mention(m.start(), m.end(), kind, Span(year * 12, year * 12 + 11, str(year), whole=True))
    if kind == "open quarter":
        return Mention(m.start(), m.end(), kind, None, (quarter * 3 + 2) % 12)
    return Mention(m.start(), m.end(), kind, None, month - 1)


def mentions(text: str) -> list[Mention]:
    """All times in the text, in order, each stretch of text read once by the most specific pattern."""
    return list(_mentions(text))


@lru_cache(maxsize=8192)  # the passages of a library are read again for each question
def _mentions(text: str) -> tuple[Mention, ...]:
    found: list[Mention] = []
    for kind, pattern in _PATTERNS:
        for m in pattern.finditer(text):
            if any(m.start() < f.end and f.start < m.end() for f in found):
                continue
            mention = _read(kind, m)
            if mention:
                found.append(mention)
    return tuple(sorted(found, key=lambda f: f.start))


def resolve(mention: Mention, held: Iterable[Span], firm: bool = True) -> Span | None:
    """The mention's span; an open quarter or month becomes the latest of its kind among the spans held.

    `firm`: a month held stands for the quarter it ends; otherwise only quarters that are held as such do.
    """
    if mention.span:
        return mention.span
    fitting = [s for s in held if not s.whole and s.last % 12 == mention.open_last]
    quarters = [s for s in fitting if s.last - s.first == 2]
    if mention.kind == "open quarter" and mention.open_last is not None:
        best = max(quarters or (fitting if firm else []), key=lambda s: s.last, default=None)
        if best is None:
            return None
        return quarter_beside(best.last, mention.open_last)
    latest = max(fitting, key=lambda s: s.last, default=None) or max(quarters, key=lambda s: s.last, default=None)
    return month_span(latest.last // 12, latest.last % 12 + 1) if latest else None


def moved(span: Span, months: int) -> Span:
    """The span shifted by months, relabelled by its new place."""
    first, last = span.first + months, span.last + months
    if last - first == 2 and first % 3 == 0:
        year = first // 12 - (1 if first % 12 < 3 else 0)
        return quarter_span(year, (first % 12 // 3 - 1) % 4 + 1)
    if last == first:
        return month_span(first // 12, first % 12 + 1)
    if first % 12 == 3 and last - first == 11:
        return fiscal_span(first // 12)
    return Span(first, last, f"{first // 12}" if first % 12 == 0 else f"{MONTHS[last % 12].title()} {last // 12}", span.whole)


def iso(month: int) -> str:
    """`YYYY-MM` of a month number."""
    return f"{month // 12}-{month % 12 + 1:02d}"
