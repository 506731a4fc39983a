"""A statement cut between its quantities: whose are the words, brackets and dates that stand there."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from ingest.language.period import Dated
from ingest.language.phrases import has_verb, needs_subject, subject, terms
from ingest.language.quantity import Quantity
from ingest.language.types import Joint, Part
from ingest.language.words import any_of, words


def parts_of(said: str, found: list[Quantity], dates: list[Dated]) -> list[Part]:
    """The words on the two sides of each quantity. A gap between two is divided at its last separator; without one it goes to the figure
    that has no words of its own yet."""
    sides = [["", ""] for _ in found]
    joined: list[Joint | None] = [None] * len(found)
    cuts = [0] * len(found) + [len(said)]
    sides[0][0] = undated(said, 0, found[0].start, dates)
    values_first = not subject(sides[0][0]) or (sides[0][0].rstrip().endswith(":") and noun_follows(said[found[0].end :]))
    for i, (one, two) in enumerate(pairwise(found)):
        a, b = one.end, two.start
        gap = undated(said, a, b, dates)
        joined[i + 1] = _joint(gap, sides[i][0])
        counts = one.unit == "count" and noun_follows(said[a:])
        at = a if joined[i + 1] and not terms(unjoined(gap)) else _divide(said, a, b, values_first or counts)
        if aimed := _target_clause().search(said[a:b]):
            at = a + aimed.start()
        cuts[i + 1] = _dates_part(said, a, b, dates) if joined[i + 1] else at
        sides[i][1], sides[i + 1][0] = undated(said, a, at, dates), undated(said, at, b, dates)
    sides[-1][1] = undated(said, found[-1].end, len(said), dates)
    _close_brackets(sides)
    spans = pairwise(cuts)
    return [
        Part(quantity, before, after, joint, tuple(d for d in dates if start <= d.start < end))
        for quantity, (before, after), joint, (start, end) in zip(found, sides, joined, spans, strict=True)
    ]


def undated(said: str, start: int, end: int, dates: list[Dated]) -> str:
    """A stretch of a statement without its dates and the prepositions before them."""
    out, at = "", start
    for d in dates:
        if d.period and start <= d.start < end:
            out += _before_date().sub("", said[at : d.start])
            at = min(d.end, end)
    return out + said[at:end]


def unjoined(text: str) -> str:
    """Words without the joining words at their end ("compared to", "down to")."""
    back, on, _ = _joints()
    return on.sub("", back.sub("", text))


def noun_follows(after: str) -> bool:
    """Whether a common noun comes right after a figure: it names what is counted."""
    return bool(re.match(r"\s*[a-z]", after)) and bool(terms(after)) and not needs_subject(after)


def _divide(said: str, a: int, b: int, values_first: bool) -> int:
    """Where the words between two figures part."""
    gap = said[a:b]
    for m in reversed(list(_SEPARATOR.finditer(gap))):
        tail, mark = gap[m.end() :], m[0].strip().lower()
        if mark in ("and", "or") and terms(tail) and not has_verb(tail) and values_first:
            continue  # "children and young people": an "and" inside the first figure's words
        return a + (m.end() if mark in (",", ";", ".") else m.start())
    return b if values_first else a


_SEPARATOR = re.compile(r"[,;.]\s|\n|\s\(|\s(?:and|or|with|including|while|whilst|but|plus|where|of which)\s|\s[–—-]\s", re.I)


def _dates_part(said: str, a: int, b: int, dates: list[Dated]) -> int:
    """Where the dates between two joined figures part: those before the joining words are the first figure's."""
    inside = [d for d in dates if a <= d.start < b]
    return b if inside and re.search(r"\w", said[inside[-1].end : b]) else a


def _close_brackets(sides: list[list[str]]) -> None:
    """What follows a bracketed figure goes on with the one before the bracket: "37 (17%) were unaccompanied"."""
    for one, two in pairwise(sides):
        inside, bracket, beyond = two[1].partition(")")
        between = f"{one[1]}{two[0]}"
        if bracket and re.search(r"\([^()]*$", between) and "(" not in inside:
            words_before, _, opened = between.rpartition("(")
            one[1], two[0], two[1] = f"{words_before} {beyond}", f"({opened}", inside + bracket


def _joint(gap: str, before: str) -> Joint | None:
    """How the words between two figures join them, None where they do not."""
    if not gap.strip():
        return "on" if re.search(r"\bfrom\s*$", before, re.I) else None  # "up from 52% 82%"
    back, on, benchmark = _joints()
    if benchmark.search(re.split(r"[;.]\s", gap)[-1]):
        return "benchmark"
    if _target_clause().search(gap):
        return None
    return "back" if back.search(gap) else "on" if on.search(gap) else None


@cache
def _joints() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    filler = r"(?:\s+(?:having|an?|the|just|only|low|high|of|\w+\s+of)){0,3}"
    return (
        re.compile(rf"(?:^|[\s,;(])(?:an?\s+)?{any_of(words('comparisons', 'back'))}{filler}[\s(]*$", re.I),
        re.compile(rf"(?:^|[\s,;(]){any_of(words('comparisons', 'on'))}[\s(]*$", re.I),
        re.compile(rf"{any_of(words('comparisons', 'benchmarks'))}[\w\s]{{0,25}}$", re.I),
    )


@cache
def _target_clause() -> re.Pattern[str]:
    """ "… against a target of" 85%: the words before it, and their dates, are the figure's before."""
    tied = any_of((*words("comparisons", "back"), "with", "but", "short of", "towards", "and"))
    aim = any_of(words("targets", "words"))
    return re.compile(rf"[\s,;(]+(?:{tied}\s+)?(?:(?:an?|the|our|its|their)\s+)?(?:\w+\s+)?{aim}\W*(?:of|is|was|being|set\s+at)?\W*$", re.I)


@cache
def _before_date() -> re.Pattern[str]:
    leading = (*words("periods", "ends"), *words("periods", "year_end"), *words("periods", "leading"))
    return re.compile(rf"(?:{any_of(leading)}\s*)+$", re.I)
