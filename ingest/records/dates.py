"""Due dates of actions: as printed they may be broken by a narrow column ("Marc h 2016"), a word ("On-going") or no date at all."""

from __future__ import annotations

import re

from ingest.language.period import periods
from ingest.vocabulary import contains, normalise, vocabulary

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_ISO = re.compile(r"^\d{4}-\d{2}(?:-\d{2})?$")


def due_iso(text: str | None, around: str | None = None) -> str | None:
    """The first date of a due cell as `YYYY-MM` or `YYYY-MM-DD`; None where it names no month."""
    if not text:
        return None
    return next((p.period for p in periods(mended(text), around) if p.period and _ISO.match(p.period)), None)


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
