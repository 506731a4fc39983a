"""Text cut into what is said at once: statements (lines, list items and sentences), each as a span of the text."""

from __future__ import annotations

import re

from ingest.language.words import any_of, numbers, words

Span = tuple[int, int]

WRAP = "\v"  # what a caller may put where a line is broken by the width of its column, to have such a break weighed

_NEAR = 60  # characters on either side of a break that decide on it; no word or phrase looked for is longer
_LONGEST = 800  # characters; no one says more at once, and what looks back over a statement must not look back over a whole book

_BULLET = re.compile(r"^\s*(?:[•●○▪◦■□–\-—*·\uf0a7\uf0b7\uf0d8o](?=\s)|[a-z]\)|\(?[ivx]+\)|\d{1,2}[.)](?=\s\D))\s*", re.I)
_INLINE_BULLET = re.compile(r"\s*[•●○▪◦■□\uf0a7\uf0b7\uf0d8]\s*")
_SENTENCE_END = re.compile(r"[.!?][\"”’')]*\s+(?=[\"“‘'(£%]?[A-Z0-9•])")
_ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|etc|no|nos|approx|dr|mr|mrs|ms|st|re|vs|fig|para|inc|ref|c)|(?<!\w)[A-Z])\.$", re.I)
_OPEN_END = re.compile(rf"(?:{any_of(words('sentences', 'open_ends'))}|[,&@(/])$", re.I)
_STARTS_ON = re.compile(any_of(words("sentences", "goes_on")))
_FRESH = re.compile(rf"(?<=[a-z)\d%:])\s+(?=(?:{'|'.join(re.escape(w.capitalize()) for w in words('sentences', 'starters'))})\s+\w)")


def statements(text: str) -> list[Span]:
    """The statements of a cell or paragraph in order: an author's line, a list item, or a sentence of one. White space and bullets at
    their edges are left out; a line broken only by the width of its column (a `WRAP`, or a newline before words that go on) is joined
    to the next, unless a new statement plainly begins there: a percentage with its own words."""
    out: list[Span] = []
    for start, end in _lines(text):
        for a, b in _split(text, start, end, _INLINE_BULLET):
            for c, d in _unwrapped(text, a, b):
                out += [s for one in _sentences(text, c, d) for s in _of_length(text, *one) if s[0] < s[1]]
    return out


def sentences(text: str) -> list[Span]:
    """The sentences of running text, line breaks taken as spaces."""
    flat = text.replace("\n", " ")
    return [s for s in _sentences(flat, 0, len(flat)) if s[0] < s[1]]


_VALUE_FIRST = re.compile(r"\d+(?:\.\d+)?\s?%\s+(?:of\s+)?[A-Za-z]\S*\s+\S+")


def _unwrapped(text: str, start: int, end: int) -> list[Span]:
    """A line cut where a new statement begins although the author's break before it is lost."""
    out: list[Span] = []
    for a, b in _split(text, start, end, _FRESH):
        at = a
        for m in re.finditer(WRAP, text[a:b]):
            brk, on = a + m.start(), a + m.end()
            if _fresh_wrap(text[max(at, brk - _NEAR) : brk], text[on : min(b, on + _NEAR)]):
                out.append((at, brk))
                at = on
        out.append((at, b))
    return out


def _fresh_wrap(before: str, after: str) -> bool:
    """Whether a new statement begins after a wrap: "… all LAC missing / 80% permanent staff to agency ratio"."""
    last = re.search(r"([\w%]+)\W*$", before)
    if not last or _OPEN_END.search(before) or before.rstrip()[-1] in ",-(/–" or last[1].lower() in words("names", "verbs"):
        return False
    if re.search(r"\d\s?%?$", before) and re.match(r"[A-Z][a-z]+\s", after) and not re.match(any_of(numbers("months")), after, re.I):
        return True
    return bool(_VALUE_FIRST.match(after))


def _lines(text: str) -> list[Span]:
    spans: list[Span] = []
    at = 0
    for line in text.split("\n"):
        bullet = _BULLET.match(line)
        start, end = at + (bullet.end() if bullet else 0), at + len(line)
        if spans and line.strip() and not bullet and _goes_on(text[max(spans[-1][0], spans[-1][1] - _NEAR) : spans[-1][1]], line.strip()):
            spans[-1] = (spans[-1][0], end)
        elif line.strip():
            spans.append((start, end))
        at += len(line) + 1
    return spans


def _goes_on(before: str, after: str) -> bool:
    """Whether a line break between the two is only that of a narrow column."""
    before = before.rstrip()
    if not before or not after or before[-1] in ".:;!?":
        return False
    if _OPEN_END.search(before):
        return True
    if before[-1] == "-" and after[0].isdigit():
        return True
    if before[-1] == "%":
        return bool(_STARTS_ON.match(after))
    return after[0].islower() or (after[0] in "(" and not re.match(r"\(\d", after))


def _split(text: str, start: int, end: int, mark: re.Pattern[str]) -> list[Span]:
    out, at = [], start
    for m in mark.finditer(text, start, end):
        out.append((at, m.start()))
        at = m.end()
    return [*out, (at, end)]


def _sentences(text: str, start: int, end: int) -> list[Span]:
    out, at = [], start
    for m in _SENTENCE_END.finditer(text, start, end):
        if _ABBREVIATION.search(text[max(at, m.start() - _NEAR) : m.start() + 1]):
            continue
        out.append(_trim(text, at, m.start() + 1))
        at = m.end()
    return [*out, _trim(text, at, end)]


def _of_length(text: str, start: int, end: int) -> list[Span]:
    """A statement, cut at white space where it is longer than any: a table or page without stops run together."""
    out = []
    while end - start > _LONGEST:
        gaps = [i for i in range(start + 1, start + _LONGEST + 1) if text[i].isspace()]
        whole = [i for i in gaps if not text[i - 1].isdigit()] or gaps  # "5 per cent", "£2 million": a number keeps its unit
        at = whole[-1] if whole else start + _LONGEST
        out.append(_trim(text, start, at))
        start = at
    return [*out, _trim(text, start, end)]


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
