"""Which part of a document a question means: its pages, a numbered part ("aim 6"), the heading or table it names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.evidence.desk import Desk, content
from app.question.when import mentions
from ingest.lexicon import lexicon

_NUMBERED = re.compile(
    r"\b(?:under |in |of |for )?(aim|work ?stream|objective|priority|theme|outcome|goal)\s+(\d{1,2})\b(?:\s*\([^)]*\))?", re.I
)
_PAGES = re.compile(
    r"\(?\b(?:(?:on|from|at|see|of|in|across) )?(?:the )?(?:(?P<first>first|front|opening) page(?: only)?"
    r"|(?:pages?|pgs?\.?|pp?\.)\s*(?P<a>\d{1,3})(?:\s*(?P<to>-|–|to|and|&|,)\s*(?P<b>\d{1,3})(?!\d|/\d))?(?: only)?)\b\)?",
    re.I,
)
_NOUN = r"(?:sections?|part|chapter|page|heading|bit|table|domain|pillar|strand|tab|sheet|scorecard|dashboard)"
_NAMED = r"(?P<named>(?:[\w'’&-]+ ){1,7}?)"
_HEADED = re.compile(
    rf"\b(?:in|on|under|from|within) (?:the |its |their |our |your )?{_NAMED}{_NOUN}\b(?! \d)(?: only)?"
    rf"|^\W*(?:the )?{_NAMED.replace('named', 'opening')}{_NOUN}\b(?=\s*(?:only\b|of (?:the|our)\b|\(|[:,–-]))(?: only)?",
    re.I,
)
_SAID = 0.6  # share of the named words that a heading must say


@dataclass(frozen=True)
class Part:
    """`rest`: the text without the words that name the part. `heading`: words that a heading of the library says."""

    rest: str
    part: str | None = None
    pages: tuple[int, ...] = ()
    heading: str | None = None


def part_in(text: str, desk: Desk) -> Part:
    """The part of a document that the question narrows to; words that only say "section" or "page" are taken away."""
    part = None
    if m := _NUMBERED.search(text):
        part, text = f"{m[1].lower().replace(' ', '')} {m[2]}", text[: m.start()] + " " + text[m.end() :]
    pages: tuple[int, ...] = ()
    if m := _PAGES.search(text):
        pages, text = _pages(m), text[: m.start()] + " " + text[m.end() :]
    heading = None
    if m := _HEADED.search(text):
        group = "named" if m["named"] else "opening"
        times = mentions(m[group])
        named = m[group].strip()
        for time in reversed(times):  # "the June 2019 data table": the time stays a time
            named = named.replace(m[group][time.start : time.end], " ").strip()
        if headings_of(named, desk):
            kept = " ".join(m[group][t.start : t.end] for t in times)
            heading, text = " ".join(named.split()), f"{text[: m.start()]} {kept} {text[m.end() :]}"
        else:
            text = text[: m.end(group)] + text[m.end() :]
    return Part(text, part, pages, heading)


def _pages(m: re.Match[str]) -> tuple[int, ...]:
    if m["first"]:
        return (1,)
    low, high = int(m["a"]), int(m["b"] or m["a"])
    if m["to"] in ("and", "&", ","):
        return (low, high)
    return tuple(range(low, high + 1)) if low <= high else (low,)


def headings_of(named: str, desk: Desk) -> frozenset[str]:
    """The headings over measures that say most of the words, those that say most of all."""
    asked = content(lexicon().terms(named))
    if not asked:
        return frozenset()
    said = {h: len(asked & content(lexicon().terms(h))) / len(asked) for h in {m.record.place.section for m in desk.measures} if h}
    best = max(said.values(), default=0.0)
    return frozenset(h for h, share in said.items() if share == best) if best >= _SAID else frozenset()
