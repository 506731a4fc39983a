"""Numbers that measure nothing: dates, ages, names and codes with a number in them, ordinals, rates' bases, vague tens."""

from __future__ import annotations

import re
from functools import cache

from ingest.language.period import periods
from ingest.language.words import any_of, numbers, words

_N = r"\d+(?:\.\d+)*"

# Each line one kind of number; `re.I` holds for all.
_PATTERNS = (
    r"(?<!\w)\d+\s?(?:st|nd|rd|th)(?!\w)",  # 1st
    r"(?<!\w)(?:over|under)[\s-]?\d{1,2}['’]?s\b",  # under-18s
    r"(?<!\w)(?:16|17|18|19|21|25|50|65)\s?\+(?!\s?%)",  # 16+
    r"(?<!\w)\d+\s?\+(?=\s?(?:team|service|year|cohort|provision|accommodation|placement)|\s+[a-z]+\s+team)",
    r"(?<!\w)\d+\s?[-–]\s?\d+(?=\s+(?:SEND|service|team|year|programme|offer|education|provision)\b)",  # 0-25 SEND service
    rf"(?<!\w){_N}\s?[-–/]\s?{_N}\s?(?:yrs?|year)s?\b(?!\s+(?:average|period|plan))",  # 16/17yr
    r"(?<!\w)(?:one|two|three|four|1|2|3|4)\s+(?:or|to|and)\s+(?:one|two|three|four|five|more|\d)\b(?=\s+(?:placement|move|time)s?\b)",
    r"(?<!\w)1\s?-\s?2\s?-\s?1(?:['’]?s)?|(?<!\w)\d+(?::\d+)+|(?<!\w)24\s?/\s?7",  # 1-2-1, 1:1, 12:30:00, 24/7
    r"(?<!\w)\d\s?-\s?\d(?:\s?-\s?\d)?(?:['’]?s)?(?=\s+(?:supervision|tuition|meeting|session|support|work))",
    r"(?<!\w)\d\s?½|½",
    r"(?<!\w)(?:low|mid|high)\s+\d0['’]?s|(?<!\w)\d\d['’]?s(?!\w)",  # high 20's
    r"(?<![\w£])0\d{3,}[\s\d]*|(?<!\w)\d{2,}(?:,\d{2,})*\s?,\d{2}(?!\d)|(?<![\w.])\d+(?:\.\d+){2,}",  # telephone, garbled, 4.2.1
    r"(?<![\w.])(?<!\d,)(?!\d{1,3}(?:,\d{3})+(?!,?\d))\d+(?:,\d+)+(?:\.\d+)?",  # 12,5: a comma that parts no thousands
    r"(?<!\w)[a-z]{1,4}\d[\w.-]*|[A-Za-z]-\d+(?!\w)",  # S47, COVID-19
    r"(?<!\d )(?<!\w)(?:every|each|rate per)\s+\d[\d,]*(?!\s?%)",  # rate per 10,000
    r"\((?:see\s+)?\d+(?:\.\d+)*(?:\s*(?:,|;|and|&)\s*\d+(?:\.\d+)*)+\)|\(\d+\.\d+\)",  # (1.5, 4.4 and 7.3)
    r"(?<!\w)one\s+\w+\s+in\s+\w+",  # one child in five
    r"https?://\S+|\S+@\S+\.\w+",
)


def unmeasured(text: str) -> list[bool]:
    """For each character of a text, whether it belongs to a number that measures nothing."""
    out = [False] * len(text)
    spans = [(d.start, d.end) for d in periods(text)]
    for pattern in _patterns():
        spans += [m.span() for m in pattern.finditer(text)]
    for start, end in spans:
        out[start:end] = [True] * (end - start)
    return out


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    before, after, people = (any_of(words("ages", name)) for name in ("before", "after", "people"))
    singular = words("numbering", "names")
    named = any_of((*singular, *(f"{name}s" for name in singular if len(name) > 2)))
    more = rf"(?:\s?(?:[-–&,]|and|to)\s?{_N}(?!\s?%))*"
    return tuple(
        re.compile(pattern, re.I)
        for pattern in (
            *_PATTERNS,
            rf"(?<!\w){any_of(numbers('numbers'))}\s+in\s+{any_of(numbers('numbers'))}",  # nine in ten
            rf"(?<![\w'’]){named}\.?\s?(?:{_N}|[ivx]+\b){more}[a-z]?(?:\(\w+\))*(?!\w|\s?%|\.\d)",  # Team 1, sections 17 and 47
            rf"(?<!\w){before}\s*{_N}(?:\s?(?:[-–/]|to|and|or)\s?{_N})?(?!\s?%|\w)",  # aged 16 or 17
            rf"(?<!\w){_N}(?:\s*[-–/]\s*|\s+to\s+|\s*,\s*|\s*[-–]?\s+and\s+)?(?:{_N})?\s*[-–]?\s*{after}",  # 16- and 17-year-olds
            rf"(?<!\w){people}\s+(?:aged\s+)?(?:over|under|above|below)\s+\d{{1,2}}(?!\s?%|\w|,\d)",  # children under 5
            rf"(?<!\w){people}\s+(?:are|turn|turned|reach|reached|become|became)\s+\d{{1,2}}(?=\s*[,.;)]|\s+(?:and|or|who|but|if)\b|$)",
        )
    )
