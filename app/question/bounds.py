"""What a bound on a value looks like: "under 60%", "half or more", "more than 60 people waiting"; patterns that filters.py reads with."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.question.cues import group
from app.question.numbers import FRACTION, NUMBER

PERCENT = r"(?:%|per ?cent)"
STOOD = (
    r"(?:\b(?:scor(?:ed?|es|ing)|s[ai]t(?:s|ting)?|lies?|lying|stood|stands?|came(?: in| out)?|com(?:es?|ing)(?: in| out)?"
    r"|recorded|show(?:ed|ing)?|register(?:ed|ing)?|hover(?:ed|ing)?) (?:at )?)?"
)
SHARE = re.compile(rf"{PERCENT}|\bpercentages?\b|\bproportions?\b|\bshares?\b", re.I)
_BARE = r"(?P<n>\d{1,3}(?:\.\d+)?)(?![\d,.]*\d)(?=\s*(?:[?.,;!)]|$|in\b|at\b|for\b|and\b|but\b|on\b|against\b|this\b|or\b))"


_PLANNED = r"(?:due|set|planned|scheduled)"
_AT_FIRST = re.compile(rf"\b(?:(?:first|originally|initially) {_PLANNED}|{_PLANNED} (?:originally|initially))\b(?: for)?", re.I)


def due_at_first(text: str) -> str:
    """The text with "due" for "first due", "originally planned for": the date first set is meant."""
    return _AT_FIRST.sub("due", text)


GROUPS = re.compile(r"\b(?:which|what|how many|list|any)\b.{0,30}?\b(?:teams?|services?|units?)\b", re.I)
_STAFF = r"(?:its|their|the) (?:social )?(?:workers?|staff)"
ANYBODY = re.compile(  # of a share of workers, by team
    rf"\b(?P<none>nobody|no[ -]one|no (?:social )?workers?|all (?:of )?{_STAFF} (?:under|below|within)|none of {_STAFF})\b"
    r"|\b(?:at least )?(?:somebody|someone|anybody|anyone|(?:any|one) (?:social )?workers?)\b",
    re.I,
)


def bounds(text: str) -> Iterator[tuple[str, str]]:
    """Patterns with the number's kind: a percentage, a fraction in words, a bare number."""
    under, over = group("under"), group("over")
    yield rf"\b(?P<op>{under}|{over})\s+(?P<w>{FRACTION})\b", "share"
    yield rf"\b(?P<w>{FRACTION})(?:(?: of)? (?:the|their|its|all|our) (?:\w+ ){{1,3}}?| of \w+ )?\s*or\s+(?P<op>{under}|{over})\b", "share"
    yield rf"{STOOD}\b(?P<op>{under}|{over})\s+(?:a )?(?P<n>{NUMBER})\s*{PERCENT}", "number"
    yield rf"(?P<n>{NUMBER})\s*{PERCENT}(?: of (?:the |all |their )?\w+)?\s+(?:or|and) (?P<op>{under}|{over})\b", "number"
    yield rf"(?P<n>\d[\d.]*)\s*{PERCENT}\s?(?P<op>\+)", "number"
    if SHARE.search(text):
        yield rf"{STOOD}\b(?P<op>{under}|{over})\s+{_BARE}", "number"
        yield rf"\b{_BARE}\s*or\s+(?P<op>{under}|{over})\b", "number"
    yield rf"(?P<op>[<>]=?)\s*(?P<n>\d+(?:\.\d+)?)\s*{PERCENT}?", "number"


# plain numbers are asked for, by name or since percentages are not: "not percentages", "head counts lower than 50"
PLAIN = re.compile(
    r",?\s*\b(?:(?:and|but) )?(?:not|no|rather than|instead of|excluding|leaving (?:out|aside)|without|ignoring|never mind|as opposed to)"
    rf" (?:the |any |a |those that are )?(?:percentages?|{PERCENT}s?(?: figures?)?|proportions?|rates?|shares?)(?! of\b)"
    r"|\b(?:and )?(?:other )?(?:(?:plain|raw|whole|actual|absolute|simple|straight)"
    r" (?:numbers?|counts?|totals?|figures?)|head ?-?counts?)\b",
    re.I,
)
PLAIN_BOUND = rf"\b(?P<op>{group('under')}|{group('over')})\s+(?P<n>{NUMBER})(?!\s*(?:{PERCENT}|points?\b)|[\d/])"
COUNTED = re.compile(  # of a number of things, by part: "which teams have more than 60 people waiting"
    rf"\b(?:which|what|any|list)\s+(?:of (?:the|our|its|their)\s+)?(?:[\w'’-]+\s+){{0,4}}?"
    rf"(?:have|has|had|hold|held|carr(?:y|ies|ied)|got|with)\s+(?P<op>{group('under')}|{group('over')})\s+(?P<n>{NUMBER})"
    r"(?!\s?(?:%|per ?cent|percent|points?|pp|working|days?|weeks?|months?|years?|hours?|miles?|of\s)|[\d/])(?=\s[a-z])",
    re.I,
)
