"""What a sentence says that can be held against evidence: figures with their units, times, quotations, names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from app.question.when import Mention, mentions, moved
from app.worded.words import words
from ingest.lexicon import lexicon, stem, tokens

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100}
_IN_WORDS = {**{w: i for i, w in enumerate(_SMALL)}, **_TENS}
_TIMES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}
_UNIT = (
    r"percentage\s+points?|per\s?cent(?:age)?\s+points?|points?|pp|%|per\s?cent|working\s+days?|calendar\s+days?|days?|weeks?|weekly"
    r"|months?|monthly|years?|hours?|pounds"
)
_WORDS = rf"(?:(?:{'|'.join(_TENS)})-(?:{'|'.join(_SMALL[1:10])})|{'|'.join(sorted(_IN_WORDS, key=len, reverse=True))})(?![\w-])"
_FIGURE = re.compile(
    rf"(?<![\w.,£])(?P<pound>£\s?)?(?P<n>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|{_WORDS})"
    rf"(?:\s?(?P<times>k|m|bn|thousand|million|billion)(?![\w]))?(?:[\s-]?(?P<unit>{_UNIT})(?!\w))?(?![\w+])",
    re.I,
)
_NOT_A_COUNT = re.compile(r"\b(?:no|any|every|each|this|that|the|another|which)\s+$", re.I)
_ONE_OF = re.compile(r"\s+(?:of|another|or more|hand|way|such|entry|document|plan|source|passage|report|paper)\b", re.I)
_QUOTED = re.compile(r"[“\"]([^”\"]+)[”\"]|(?<!\w)‘([^’]+)’(?!\w)|(?<!\w)'([^']{3,})'(?!\w)")
_CODE = re.compile(r"(?<![\w.])(?=[\w+&-]*\d)(?=[\w+&-]*[A-Za-z+])[\w&]+(?:[+-]\w*)?(?!\w)")
_WITH_NUMBER = re.compile(r"\b[A-Za-z]+ \d{1,3}\b(?!\s?%|[.,]\d)")
_CAPITAL = re.compile(r"(?<![\w])[A-Z][\w’'&-]*")
_CUTS = re.compile(r"[;:–—]|,(?!\d)|\s-\s")

_BACK = re.compile(r"\b(?:the (?:previous|preceding|prior) year|the year before|(?:a|one) year (?:earlier|before)|last year)\b", re.I)
_TAIL = 20  # characters past a figure's stretch in which "the year before" still speaks of it

Unit = Literal["percent", "gbp", "points", "days", "working_days", "weeks", "months", "years", "hours"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit (None: bare) and where it stands in the sentence."""

    value: float
    unit: str | None
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Reading:
    """A sentence read. `masked` is its text with quotations, titles and times blanked out, letter for letter."""

    text: str
    masked: str
    figures: tuple[Figure, ...]
    codes: tuple[str, ...]
    times: tuple[Mention, ...]
    quotes: tuple[str, ...]
    names: tuple[str, ...]
    segments: tuple[tuple[int, int], ...]

    def segment(self, figure: Figure) -> tuple[int, int]:
        """The stretch of the sentence that speaks of a figure."""
        return next((s for s in self.segments if s[0] <= figure.start < s[1]), (0, len(self.text)))

    def _others_between(self, figure: Figure, back: re.Match[str]) -> bool:
        low, high = sorted((figure.start, back.start()))
        return any(low < f.start < high for f in self.figures)

    def after(self, figure: Figure) -> str:
        """The words between a figure and the next one, which may name its subject."""
        return self.masked[figure.end : min((f.start for f in self.figures if f.start > figure.start), default=len(self.masked))]

    def governing(self, figure: Figure) -> tuple[Mention, ...]:
        """The times a figure is said to be for: the sentence's only one; else that of its stretch, the next one, or the one before."""
        a, b = self.segment(figure)
        if self.times and (back := _BACK.search(self.masked, a, b + _TAIL)) and not self._others_between(figure, back):
            return tuple(replace(m, span=moved(m.span, -12)) for m in self.times[-1:] if m.span)
        if len({m.span or m.open_last for m in self.times}) < 2:
            return self.times[:1]
        own = [m for m in self.times if a <= m.start < b]
        if own:
            return tuple(own)
        others = [f.start for f in self.figures if f.start > figure.start]
        after = [m for m in self.times if m.start >= figure.end and m.start < min(others, default=len(self.text) + 1)]
        before = [m for m in self.times if m.end <= figure.start]
        return tuple(after[:1] or before[-1:])


@lru_cache(maxsize=4096)
def read(text: str, titles: tuple[str, ...] = ()) -> Reading:
    """Reads a sentence, or a piece of evidence in the same way. Titles of documents in it are names, not claims."""
    quotes = tuple(q for m in _QUOTED.finditer(text) if (q := next(g for g in m.groups() if g)))
    masked = _blank(text, [m.span() for m in _QUOTED.finditer(text)])
    for title in sorted((t for t in titles if len(t) > 5), key=len, reverse=True):
        masked = _blank(masked, [m.span() for m in re.finditer(re.escape(title), masked, re.I)])
    times = tuple(m for m in mentions(masked) if not _no_time(masked, m))
    masked = _blank(masked, [(m.start, m.end) for m in times])
    coined = _coined(masked)
    masked = _blank(masked, [m.span() for m in coined])
    figures = _figures(masked)
    codes = tuple(m[0] for m in coined) + tuple(
        m[0] for m in _CODE.finditer(masked) if not any(f.start <= m.start() < f.end for f in figures)
    )
    return Reading(text, masked, figures, codes, times, quotes, _names(masked), _segments(masked, figures))


def _coined(masked: str) -> list[re.Match[str]]:
    """Numbers that are part of one of the field's own words: "section 47"."""
    return [m for m in _WITH_NUMBER.finditer(masked) if len(terms := lexicon().terms(m[0])) == 1 and terms[0].startswith("@")]


def number_word(text: str) -> float | None:
    """The value of a number printed in digits or words."""
    low = text.lower().replace(",", "")
    if re.fullmatch(r"\d+(?:\.\d+)?", low):
        return float(low)
    parts = low.split("-")
    return float(sum(_IN_WORDS[p] for p in parts)) if all(p in _IN_WORDS for p in parts) else None


def _no_time(text: str, mention: Mention) -> bool:
    """A bare month word in no date ("may", "march on"), and what a unit makes a figure ("December 15%")."""
    if re.match(r"\s?%|\s?per\s?cent\b", text[mention.end :], re.I):
        return True
    return mention.kind == "open month" and not re.search(r"[A-Z]", text[mention.start : mention.end].split()[-1][:1])


def _figures(masked: str) -> tuple[Figure, ...]:
    found: list[Figure] = []
    for m in _FIGURE.finditer(masked):
        value = number_word(m["n"])
        if value is None or (m["n"].lower() == "one" and (_NOT_A_COUNT.search(masked[: m.start()]) or _ONE_OF.match(masked, m.end()))):
            continue
        value *= _TIMES[m["times"].lower()] if m["times"] else 1.0
        found.append(Figure(value, _unit(m["pound"], m["unit"]), m.start(), m.end(), m[0].strip()))
    for i in range(len(found) - 2, -1, -1):  # "79 to 85%", "73 and 85 per cent"
        between = masked[found[i].end : found[i + 1].start]
        if (
            found[i].unit is None
            and found[i + 1].unit in ("percent", "gbp", "days", "weeks", "months")
            and re.fullmatch(r"\s*(?:to|and|or|–|-)\s*", between)
        ):
            found[i] = Figure(found[i].value, found[i + 1].unit, found[i].start, found[i].end, found[i].text)
    return tuple(found)


def _unit(pound: str | None, unit: str | None) -> str | None:
    low = " ".join((unit or "").lower().split())
    if pound:
        return f"gbp {low}".strip()  # "£5%" is in no unit that a record has
    if not low:
        return None
    if "point" in low or low == "pp":
        return "points"
    if low in ("%", "per cent", "percent"):
        return "percent"
    if low == "pounds":
        return "gbp"
    if low.startswith("working"):
        return "working_days"
    stem = low.removeprefix("calendar ").rstrip("s")
    return {"day": "days", "week": "weeks", "weekly": "weeks", "month": "months", "monthly": "months", "year": "years", "hour": "hours"}[
        stem
    ]


def _names(masked: str) -> tuple[str, ...]:
    """Words with a capital that do not open the sentence, and words in capitals wherever they stand."""
    found = []
    for m in _CAPITAL.finditer(masked):
        before = masked[: m.start()].rstrip()
        opens = not before or before[-1] in ".!?:"
        if len(m[0]) > 1 and (not opens or (m[0].isupper() and len(m[0]) > 1)):
            found.append(re.sub(r"['’]s?$", "", m[0]))
    return tuple(dict.fromkeys(found))


def _segments(masked: str, figures: Sequence[Figure]) -> tuple[tuple[int, int], ...]:
    """The sentence cut at its joins so that each stretch has figures of its own; stretches without any belong to the next one."""
    cuts = [*sorted(m.start() for pattern in (_CUTS, words().roles["joins"]) for m in pattern.finditer(masked)), len(masked)]
    out: list[tuple[int, int]] = []
    start = 0
    for cut in cuts:
        if any(start <= f.start < cut for f in figures) or cut == len(masked):
            out.append((start, cut))
            start = cut
    if len(out) > 1 and not any(out[-1][0] <= f.start < out[-1][1] for f in figures):
        tail = out.pop()
        out[-1] = (out[-1][0], tail[1])
    return tuple(out)


def clauses(text: str) -> list[str]:
    """A text cut where one statement ends and another may deny or add to it."""
    parts = re.split(
        r"(?<=[.!?;:])\s+|,\s+(?=(?:and|but|while|whereas|although|though|which|who)\b)|\s+(?:but|while|whereas|although|though|however)\s+|\s[–—]\s|\n",
        text,
    )
    return [p for p in (" ".join(part.split()) for part in parts) if p]


def denied(clause: str) -> bool:
    """Whether a clause says that something is not so."""
    return bool(words().negation.search(clause))


_LINKS = frozenset(
    "a an the be been being is are was were to of at in on it its their any yet also have has had do does did that this by for".split()
)


def denials(clause: str) -> list[tuple[str, ...]]:
    """What each denial of a clause denies: the stems of the next words that carry meaning, at most three."""
    out = []
    for m in words().negation.finditer(clause):
        after = [stem(w) for w in tokens(re.split(r"[.;:]\s", clause[m.end() :])[0]) if w not in _LINKS]
        out.append(tuple(after[:3]))
    return out


def _blank(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for a, b in spans:
        text = text[:a] + " " * (b - a) + text[b:]
    return text
