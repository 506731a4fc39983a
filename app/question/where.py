"""Which documents and authorities a question is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.evidence.desk import Desk
from app.question.councils import councils_in, unheld
from app.question.cues import group
from app.question.papers import by_words, says_which, speaks_best, unnamed
from app.question.when import mentions, month_span, span_of
from app.types import Span
from index.types import DocumentEntry
from ingest.lexicon import tokens

_SELF = r"\b(?<!\ba )(?<!\ban )(?:sef|self[- ]?eval(?:uation)?|self[- ]?assessment)(?:'s|s)?\b"
_NEW = r"(?:newest|latest|most recent|new|current)"
_OLD = r"(?:oldest|old|older|earlier|previous|original)"
_SMALL = r"(?:the|an?|our|is|are|was|were|do|does|did|has|have|had|will|of|in|on|for|to|by|and|or|what|how|which|who|when|why)"
_LINKS = ("the", "and", "for", "of", "or")
_PAPER_ONE = r"(?:plan|paper|document|report|tracker|scorecard|strategy)"
_PAPER = r"(?:plans?|papers?|documents?|reports?|trackers?|scorecards?|strategy)"


@dataclass(frozen=True)
class Scope:
    """`documents`: file names the question narrows to (empty: all). `rest`: the text without the words that named them."""

    rest: str
    documents: tuple[str, ...] = ()
    authorities: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    neutral: str = ""  # the text with authorities' names as "the council"
    sides: tuple[tuple[str, ...], ...] = ()  # the documents of each that is named, where several are

    def meant(self, entries: Sequence[DocumentEntry]) -> tuple[str, ...]:
        """The documents named, else those of the authorities named, else all."""
        return self.documents or tuple(e.name for e in entries if not self.authorities or e.authority in self.authorities)


_DUE = re.compile(rf"\b(?:over)?{group('due')}(?:\W+{group('due_link')})*\W*$", re.I)


def years_of(entry: DocumentEntry) -> frozenset[int]:
    """Calendar years a document speaks for: those of its title, file name and period."""
    spans = [m.span for text in (entry.title, re.sub(r"[-_]", " ", entry.name)) for m in mentions(text) if m.span]
    if own := span_of(entry.period):
        spans.append(own)
    return frozenset(y for s in spans for y in range(s.first // 12, s.last // 12 + 1))


def latest(entries: Sequence[DocumentEntry]) -> DocumentEntry | None:
    """The document whose period ends last."""
    dated = [(s.last, e.name, e) for e in entries if (s := span_of(e.period))]
    return max(dated)[2] if dated else None


def oldest(entries: Sequence[DocumentEntry]) -> DocumentEntry | None:
    """The document whose period ends first."""
    dated = [(s.last, e.name, e) for e in entries if (s := span_of(e.period))]
    return min(dated)[2] if len(dated) > 1 else None


def _blank(text: str, pattern: str) -> str:
    return re.sub(pattern, " ", text, flags=re.I)


def _by_month(text: str, pool: Sequence[DocumentEntry], desk: Desk) -> tuple[str, tuple[str, ...], str | None]:
    """ "the July 2025 review", "the plan of January 2025": the document of the pool that bears that month, and no other."""
    for when in mentions(text):
        if when.span is None or when.span.whole:
            continue
        after = re.match(rf"(?:'s|’s)?(?:\s+(?!{_SMALL}\b)[\w-]+){{0,4}}?\s+{group('paper')}\b", text[when.end :], re.I)
        before = re.search(rf"\b(?:{group('qualifier')}\s+)*{group('paper')}\s+(?:of|from|for|in|dated)\s+$", text[: when.start], re.I)
        found = tuple(e.name for e in pool if when.span in _months_of(e))
        if not (after or before) or len(found) != 1 or len(pool) == 1:
            continue
        start, end = (when.start, when.end + after.end()) if after else (before.start() if before else when.start, when.end)
        return f"{text[:start]} {text[end:]}", found, text[start:end].strip()
    return text, (), None


def _months_of(entry: DocumentEntry) -> set[Span]:
    """The months a document bears in its title and file name, and the one it is told to."""
    named = (entry.title, re.sub(r"[-_.]", " ", entry.name))
    told = span_of(entry.period)
    ends = {told, month_span(told.last // 12, told.last % 12 + 1)} if told and not told.whole else {told} if told else set()
    return {m.span for text in named for m in mentions(text) if m.span} | ends


@lru_cache(maxsize=1024)
def _words_of(title: str) -> str:
    return " ".join(tokens(title))


def _by_title(text: str, entries: Sequence[DocumentEntry], desk: Desk) -> tuple[str, tuple[str, ...], str | None]:
    """Documents of which two or more title words in a row stand in the question, where no other document's title has them."""
    titles = {e.name: _words_of(e.title) for e in entries}
    timed = [(m.start, m.end) for m in mentions(text)]
    words = [
        (m[0].lower(), m.start(), m.end()) for m in re.finditer(r"[A-Za-z0-9]+", text) if not any(a <= m.start() < b for a, b in timed)
    ]
    for size in range(6, 1, -1):
        for i in range(len(words) - size + 1):
            phrase = " ".join(w for w, _, _ in words[i : i + size])
            holders = [name for name, title in titles.items() if f" {phrase} " in f" {title} "]
            distinct = any(len(w) > 2 and w not in _LINKS for w in phrase.split()) and words[i][0] not in _LINKS
            tail = text[words[i + size - 1][2] :]
            naming = (
                size >= 4
                or any(w.isdigit() for w in phrase.split())
                or re.match(rf"\s+(?:improvement |action )*{_PAPER}\b", tail, re.I)
                or re.search(rf"\b{_PAPER}$", phrase)
            )
            if len(holders) == 1 and distinct and naming:
                rest = text[: words[i][1]] + " " + _after_title(tail, titles[holders[0]])
                if not says_which(phrase) and not speaks_best(rest, holders, entries, desk):
                    continue
                return rest, (holders[0],), phrase
    return text, (), None


def _after_title(tail: str, title: str) -> str:
    """The text after a document's name, without the words that go on naming it: "phase 2 *outcomes paper*"."""
    while m := re.match(r"\s+([A-Za-z]+)\b", tail):
        word = m[1].lower()
        names = re.fullmatch(_PAPER, word) or (word in title.split() and not re.fullmatch(rf"{group('measures')}|of|and|to|in|the", word))
        if not names:
            break
        tail = tail[m.end() :]
    return tail


def _by_year(text: str, entries: Sequence[DocumentEntry], desk: Desk) -> tuple[str, tuple[str, ...], str | None]:
    """ "the 2014 plan", "in the 2019 papers": documents that speak for that year."""
    nouns = rf"(?:{group('qualifier')} )*(?:{_PAPER}|outcomes(?: {_PAPER})?|actions?|commitments?|inspection|review)"
    dated = rf"\b(?P<year>20\d\d)\b(?:[/–-]\d\d(?:\d\d)?)?(?:'s)?\s+(?P<noun>{nouns})\b"
    nouned = rf"\b(?P<noun2>{_PAPER})\s+(?:of|from|for|in)\s+(?P<year2>20\d\d)\b(?!\s?[/–-])"
    for m in re.finditer(f"{dated}|{nouned}", text, re.I):
        year = int(m["year"] or m["year2"])
        holders = tuple(e.name for e in entries if year in years_of(e))
        if not holders and m["noun"] and re.search(_PAPER, m["noun"], re.I):
            return text[: m.start()] + " " + text[m.end() :], (), f"the year {year}"
        if holders:
            noun = (m["noun"] or m["noun2"]).split()[-1].lower()
            if re.fullmatch(_PAPER, noun):
                plain = [n for n in holders if not _is_self(next(e for e in entries if e.name == n))]
                holders = tuple(plain) or holders
            kept = noun if noun in ("actions", "action", "commitment", "commitments") else ""
            return text[: m.start()] + f" {kept} " + text[m.end() :], holders, m[0]
    return text, (), None


def _is_self(entry: DocumentEntry) -> bool:
    return bool(re.search(_SELF, f"{entry.kind} {entry.title}".replace("_", "-"), re.I))


def _without_own_years(text: str, entries: Sequence[DocumentEntry]) -> str:
    """The text without the years that a named document bears in its own title: they name it, not a period asked for.

    A year that something falls due in stays.
    """
    own = set.intersection(*(set(years_of(e)) for e in entries)) if entries else set()
    for m in reversed(mentions(text)):
        if _DUE.search(text[: m.start]):
            continue
        if m.span and m.span.whole and m.kind in ("fiscal", "year") and m.span.first // 12 in own:
            text = text[: m.start] + " " + text[m.end :]
    return text


def scope(text: str, desk: Desk, gazetteer: Sequence[str]) -> Scope:
    """Reads authorities, then documents, from the question; names of authorities not held end in `unknown`."""
    rest, neutral, authorities = councils_in(text, desk)
    unknown = unheld(rest, gazetteer, authorities, desk)
    pool = [e for e in desk.entries if not authorities or e.authority in authorities]
    sides: list[tuple[str, ...]] = []
    while len(sides) < 3:
        rest, documents, how = _reference(rest, pool, desk)
        if sides and not documents:
            rest, documents, how = _by_kind(rest, [e for e in pool if not any(e.name in side for side in sides)])
        unknown = (*unknown, how) if how and not documents else unknown
        if not documents or any(set(documents) & set(side) for side in sides):
            break
        sides.append(documents)
    rest = unnamed(rest, [e for e in pool if not sides or any(e.name in side for side in sides)], desk)
    told = {e.authority for e in pool for side in sides if e.name in side}
    if sides and len(authorities) > 1:  # one council's document beside the other council
        sides += [tuple(e.name for e in pool if e.authority == a) for a in authorities if a not in told]
    named = tuple(dict.fromkeys(n for side in sides for n in side))
    return Scope(rest, named, authorities, unknown, neutral, tuple(sides) if len(sides) > 1 else ())


def _reference(text: str, pool: Sequence[DocumentEntry], desk: Desk) -> tuple[str, tuple[str, ...], str | None]:
    """(the text without the first words that name documents, their file names, those words)."""
    for reader in (_by_self, _by_age, _by_month, _by_title, by_words, _by_year):
        text, documents, how = reader(text, pool, desk)
        if documents and reader in (_by_title, by_words, _by_year):
            text = _without_own_years(text, [e for e in pool if e.name in documents])
        if documents or how:
            return text, documents, how
    return text, (), None


def _by_self(text: str, pool: Sequence[DocumentEntry], desk: Desk) -> tuple[str, tuple[str, ...], str | None]:
    """ "the SEF", "the 2019 self-evaluation"."""
    m = re.search(_SELF, text, re.I)
    selves = tuple(e.name for e in pool if _is_self(e))
    if not m or not selves or re.search(r"\bsef\b\s+(?:completed|done)", text, re.I):
        return text, (), None
    years = [x.span for x in mentions(text) if x.span]
    narrowed = tuple(n for n in selves if any(s.first // 12 in years_of(e) for s in years for e in pool if e.name == n))
    for year in reversed([x for x in mentions(text) if x.kind == "year" and re.match(rf"(?:'s)?\s+{_SELF}", text[x.end :], re.I)]):
        text = text[: year.start] + " " + text[year.end :]
    return _blank(text, rf"{_SELF}(?:\s+{_PAPER})?"), narrowed or selves, m[0]


def _by_age(text: str, pool: Sequence[DocumentEntry], desk: Desk) -> tuple[str, tuple[str, ...], str | None]:
    """ "the newest plan", "the old 2023-24 plan" by its age alone; a year beside it names it better."""
    m = re.search(rf"\b(?:the |our |this |its )?(?P<age>{_NEW}|{_OLD})\s+(?:{group('qualifier')} )*(?:{_PAPER_ONE}|update)\b", text, re.I)
    if m is None or mentions(text[max(0, m.start() - 1) : m.end() + 12]):
        return text, (), None
    plans = [e for e in pool if "plan" in f"{e.kind} {e.title}".lower() and not _is_self(e)] or list(pool)
    found = latest(plans) if re.fullmatch(_NEW, m["age"], re.I) else oldest(plans)
    return (text[: m.start()] + " " + text[m.end() :], (found.name,), m[0]) if found else (text, (), None)


def _by_kind(text: str, pool: Sequence[DocumentEntry]) -> tuple[str, tuple[str, ...], str | None]:
    """ "the improvement plan", beside another document that is named."""
    m = re.search(rf"\b(?:the|our|its) (?P<kind>(?:{group('qualifier')} )*{_PAPER_ONE})\b", text, re.I)
    if m is None:
        return text, (), None
    words = set(tokens(m["kind"]))
    holders = tuple(e.name for e in pool if words <= set(tokens(e.kind.replace("_", " "))) and not _is_self(e))
    return (text[: m.start()] + " " + text[m.end() :], holders, m[0]) if holders else (text, (), None)
