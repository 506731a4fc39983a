"""Due dates of actions: as printed they may be broken by a narrow column ("Marc h 2016"), a word ("On-going") or no date at all."""

from __future__ import annotations

import re
from functools import cache

from ingest.language.period import last_day, periods
from ingest.vocabulary import contains, normalise, vocabulary

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_YEAR = re.compile(r"(?:by|before|in|during|the|end|of|calendar|year|\W)*20\d\d\W*", re.I)  # a due cell of nothing but a year
_NEVER = re.compile(r"\s*not\b(?!\s+(?:before|until|later|after))", re.I)  # "Not in 2026/27"
_BESIDE = 2  # words before a date that may say that it holds instead: "now", "revised to"
_ISO = re.compile(r"^\d{4}-\d{2}(?:-\d{2})?$")


def due_iso(text: str | None, around: str | None = None) -> str | None:
    """The first date of a due cell as `YYYY-MM` or `YYYY-MM-DD`; failing one, the month with which the quarter, year, season or school term
    ends that it names (the last of several: "Summer 2025 to Spring 2026"); None where it names none."""
    if not text or _NEVER.match(text):
        return None
    said = mended(text)
    day = next((p.period for p in periods(said, around) if p.period and _ISO.match(p.period)), None)
    if day or not re.search(r"\d", said):
        return day
    ends = [(m.end(), f"{m['y']}-{month}") for month, pattern in _seasons().items() for m in pattern.finditer(said)]
    spans = [d for d in periods(said, around, ahead=True) if d.period and not any(d.start < end <= d.end for end, _ in ends)]
    ends += [
        (d.end, last_day(d.period).isoformat()[:7]) for d in spans if d.period and (len(d.period) > len("2025") or _YEAR.fullmatch(said))
    ]
    return max(ends)[1] if ends else None


def due_isos(text: str | None, around: str | None = None) -> tuple[str | None, str | None]:
    """(the date that holds, the one it replaced) of a due cell that may print both: "Nov 2024, now March 2025", "June (was April)"."""
    first = due_iso(text, around)
    if not text or not first:
        return first, None
    said = mended(text)
    dated = [d for d in periods(said, around) if d.period and _ISO.match(d.period)]
    if len(dated) != 2:
        return first, None
    (one, other), between = dated, normalise(said[dated[0].end : dated[1].start])
    before = " ".join(normalise(said[: one.start]).split()[-2:])
    beside = " ".join(between.split()[-_BESIDE:])
    if not any(contains(part, w) for part in (beside, before) for w in _revising()):
        return first, None
    old_first = not any(contains(between, w) for w in ("was", "originally", "previously", "formerly", "from"))
    then, now = (one, other) if old_first else (other, one)
    return now.period, then.period if then.period != now.period else None


def put_to(progress: str | None, around: str | None = None) -> str | None:
    """The new date that a progress note gives, as `due_iso`: "Moved to April 2025", "New date March 2025."; None without one."""
    said = mended(" ".join((progress or "").split()))
    for d in periods(said, around, ahead=True):
        before = normalise(re.split(r"[.;!?]", said[: d.start])[-1])
        if d.period and any(contains(f"{' '.join(before.split()[-5:])} ", w) for w in vocabulary()["put_to"]["words"]):
            return due_iso(said[d.start : d.end], around) or due_iso(said[d.start : d.end + 6], around)
    return None


def _revising() -> tuple[str, ...]:
    return (*vocabulary()["promises"]["revised"], "now", "new", "moved to", "extended to")


@cache
def _seasons() -> dict[str, re.Pattern[str]]:
    """Month → pattern of the seasons and school terms that end with it."""
    return {
        month: re.compile(rf"\b(?:{'|'.join(names)})\s+(?:of\s+)?(?P<y>20\d\d)", re.I)
        for month, names in vocabulary()["season_ends"].items()
    }


def mended(text: str) -> str:
    """The text with month names put together again where a narrow column broke them: "Dec emb er 15" becomes "December 15"."""
    letters = [(i, c.lower()) for i, c in enumerate(text) if not c.isspace()]
    run = "".join(c for _, c in letters)
    for month in _MONTHS:
        for at in [m.start() for m in re.finditer(month, run)]:
            start, end = letters[at][0], letters[at + len(month) - 1][0] + 1
            if any(c.isspace() for c in text[start:end]) and (start == 0 or not text[start - 1].isalpha()):
                return mended(text[:start] + month.capitalize() + text[end:])
    return text


def is_ongoing(text: str | None) -> bool | None:
    """Whether a due cell says that the action has no end; None where there is no due cell."""
    if not text:
        return None
    said = normalise(text.replace("-", ""))
    spaced = normalise(text)
    return any(contains(said, w) or contains(spaced, w) for w in vocabulary()["ongoing"]["words"])
