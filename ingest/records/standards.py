"""Standards that the words before a table set for its columns: "The expected average caseload is 17 or fewer (20 for personal advisers)".

They are its targets, where the table has none of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.language.phrases import terms
from ingest.language.quantity import Quantity, quantities
from ingest.language.sentences import sentences
from ingest.language.words import any_of, words

_SCOPE = re.compile(r"\W*\s*(?:for|in)\s+(?P<parts>[^.;]*?)\W*(?:\band\W*)?$", re.I)
_TIMES = ("days", "working_days", "weeks", "months", "hours", "years")


@dataclass(frozen=True)
class Standard:
    """What a sentence sets: the number with its limit as printed, the words it is set for, and the parts it is for alone, if any."""

    said: str
    unit: str
    about: frozenset[str]
    parts: frozenset[str]
    sentence: str


def standards(text: str) -> list[Standard]:
    """The standards that the sentences of a paragraph set, in order."""
    flat = text.replace("\n", " ")
    return [s for start, end in sentences(flat) if _sets(flat[start:end]) for s in _of(flat[start:end])]


def _sets(sentence: str) -> bool:
    return bool(re.search(any_of(words("targets", "standards")), sentence, re.I))


def _of(sentence: str) -> Iterator[Standard]:
    found = quantities(sentence)
    if not found:
        return
    subject: frozenset[str] = frozenset()
    for before, one, after in zip([None, *found[:-1]], found, [*found[1:], None], strict=True):
        led = sentence[before.end if before else 0 : one.start]
        follows = sentence[one.end : after.start if after else len(sentence)]
        scope = _SCOPE.fullmatch(follows)
        own = terms(led) if scope else terms(led) | terms(follows)
        subject = subject or own
        yield Standard(
            said=" ".join(sentence[one.start : one.end].split()),
            unit=one.unit,
            about=own | subject if before and scope else own,
            parts=_words(scope["parts"]) if scope else frozenset(),
            sentence=sentence,
        )


def standard_for(name: str, part: str, value: Quantity, found: Sequence[Standard]) -> Standard | None:
    """The standard for a column at a row: of those that share the column's words and its unit the one that is set for the row's part,
    else the one that is set for all."""
    fit = [s for s in found if s.about & terms(name) and _comparable(value, s, name)]
    own, label = [s for s in fit if s.parts], _words(re.sub(r"\(.*\)", " ", part)) or _words(part)
    shared = {id(s): len(s.parts & (label | _words(part))) for s in own}
    whole = [s for s in fit if not s.parts]
    best = max(own, key=lambda s: shared[id(s)], default=None)
    if best is not None and shared[id(best)] and (not whole or label <= best.parts):
        return best
    return max(whole, key=lambda s: len(s.about & terms(name)), default=None)


def _comparable(value: Quantity, standard: Standard, name: str) -> bool:
    if (value.unit == "percent") != (standard.unit == "percent") or (value.unit == "gbp") != (standard.unit == "gbp"):
        return False
    return standard.unit not in _TIMES or bool(re.search(r"\b(?:days?|weeks?|months?|hours?)\b", name, re.I))


def _words(text: str) -> frozenset[str]:
    return frozenset(re.sub(r"s$", "", w) for w in re.findall(r"[a-z]{3,}", text.lower())) - {"the", "and", "team", "for"}
