"""How far from its target: "missed by 30 points or more", "within 5 points", "nowhere near", "only just".

A margin in words ("nowhere near") is read as a number of percentage points, which the answer says; a number in the question goes before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.question.cues import cues, group
from app.question.numbers import NUMBER, number_of

LOOSE = {"miles": 20.0, "far": 10.0, "near": 5.0}  # percentage points that a margin in words is read as; "near" is at most so much

_UNITS = r"(?P<unit>(?:percentage )?points?|pp|p\.p\.|ppts?|pts?|percent(?:age)?|per cent|%|(?:working )?days?|weeks?|months?)"
_OP = (
    r"(?P<op>more than|over|at least|a minimum of|less than|under|fewer than|within|at most|no more than|up to|not more than"
    r"|a maximum of|upwards of|exactly|precisely|>=?|<=?)?"
)
_SO = r"(?:\s+(?:or|and) (?P<so>more|over|above|greater|worse|less|fewer|under|below|better))?"
_PLUS = r"(?P<plus>\+|-?plus)?"
_AMOUNT = rf"{_OP}\s*(?:a |an )?(?P<n>{NUMBER}){_PLUS}{_SO}\s*-?(?:full )?{_UNITS}?{_SO.replace('so', 'so2')}"
_POINTS = r"(?P<unit>(?:percentage )?points?|pp|p\.p\.|ppts?|pts?)\b"
_RANGE = rf"(?:between\s+)?(?P<low>{NUMBER})\s*(?:%|points?|per cent)?\s*(?:and|to|[-–])\s*(?P<n>{NUMBER})\s*-?{_UNITS}"
_TWO = (  # "more than 10 but no more than 20 points"
    rf"(?:by\s+)?(?:more than|over|at least|above)\s+(?P<low>{NUMBER})\s*(?:%|points?)?\s*(?:,? ?but|and)\s+"
    rf"(?:no more than|less than|under|at most|not more than|up to|below)\s+(?P<n>{NUMBER})\s*-?{_UNITS}"
)
_SIDE = (
    r"(?:below|beneath|short|behind|off|adrift|under|away|from|of|shy|out|wide|outside|worse|down|lower|beyond|past|above|over|clear"
    r"|ahead|better|higher)"
)
_GOAL = (
    r"(?:\s+(?:of|from|than|on|against|to))?(?:\s+(?:its|their|the|our))?(?:\s+(?:own|set|agreed))?\s+(?:targets?|goals?|standards?|marks?)"
)
_GAP = r"(?:gaps?|margins?|shortfalls?|differences?|distances?|deficits?)"
_MARGINS = tuple(
    re.compile(p, re.I)
    for p in (
        rf"\b{_TWO}(?:\s+{_SIDE})*(?:{_GOAL})?",
        rf"\b(?:by|with)\s+(?:a\s+)?(?:{_GAP}\s+of\s+)?(?:anything\s+)?{_RANGE}",
        rf"\b{_RANGE}(?=\s+{_SIDE}\b)(?:\s+{_SIDE})*(?:{_GOAL})?",
        rf"\b(?:(?:was|were|is|are|of)\s+)?{_RANGE.replace(_UNITS, _POINTS)}(?:{_GOAL})?",
        rf"\bby\s+(?:a\s+)?(?:{_GAP}\s+of\s+)?(?:anything\s+)?{_AMOUNT}",
        rf"\b(?:a |with a |have a |whose |the )?{_GAP}\s+(?:to (?:the |its |their )?target\s+)?(?:is |was |were |are )?(?:of\s+)?{_AMOUNT}",
        rf"\b{_AMOUNT}(?:\s+{_SIDE})+(?:{_GOAL})?",
        rf"\bwithin\s+{_AMOUNT.replace(_OP, '(?P<op>$^)?')}(?:{_GOAL})?",
        rf"\b{_OP}\s*(?P<n>{NUMBER}){_PLUS}\s*-?(?:percentage )?(?P<unit>points?|pp)\b{_SO}(?:{_GOAL})?",
    )
)
_LESS = re.compile(
    r"^(?:less|fewer|under|below|better|less than|fewer than|within|at most|no more than|up to|not more than|a maximum of|<=?)$", re.I
)
_CLOSED = re.compile(r"^(?:at least|a minimum of|within|at most|no more than|up to|not more than|a maximum of|upwards of|>=|<=|)$", re.I)
_TIME = re.compile(r"\s*(?:st|nd|rd|th)?\s*(?:of\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|/\d", re.I)
_SINGLE = re.compile(
    r"\b(?:which|what)(?:'s| is| was)? (?:the |one )?(?:\w+ ){0,2}?(?:kpi|measure|indicator|target|standard|one)\b(?!s)", re.I
)


@dataclass(frozen=True)
class Margin:
    """`rest` is the text without the margin's words. `above`: missed by `size` or more, otherwise by less; `high` closes a range.

    `loose` is what was said instead of a number; `unit` the unit of the size, None where none was said.
    """

    rest: str
    size: float
    above: bool
    inclusive: bool
    high: float | None = None
    unit: str | None = None
    loose: str | None = None
    exact: bool = False


def margin_in(text: str, judged: bool) -> Margin | None:
    """The margin a text sets; None for none. `judged`: the text also says missed or met, so that a bare "by 30" is a margin."""
    said = _loose(text)
    found = _numbered(said.rest if said else text, judged or said is not None)
    if found:
        return found
    return said if said and not _SINGLE.search(text) else None


def _numbered(text: str, judged: bool) -> Margin | None:
    for pattern in _MARGINS:
        for m in pattern.finditer(text):
            unit = _unit(m["unit"])
            targeted = re.search(rf"(?:{_SIDE}|gap|shortfall|margin)\b", m[0], re.I) is not None
            if unit is None and not (judged and m[0].lower().lstrip().startswith(("by", "with", "gap", "a gap"))):
                continue
            if unit is None and (_TIME.match(text[m.end() :]) or number_of(m["n"]) > 100):
                continue  # "by 30 September"
            if unit not in (None, "percent") and (m[0].lower().startswith("within") or not (targeted or judged)):
                continue  # "within 15 working days" is what is measured
            if (
                re.search(r"[%]|per ?cent", m["unit"] or "", re.I)
                and not judged
                and not re.search(r"\btargets?\b|adrift|short", m[0], re.I)
            ):
                continue  # "5% below the national average", "over 20% off sick"
            if "low" in m.groupdict():
                open_end = re.search(r"\b(?:more than|over|above)\b", m[0][: m.end("low") - m.start()], re.I) is not None
                return Margin(_without(text, m), number_of(m["low"]), True, not open_end, number_of(m["n"]), unit)
            got = m.groupdict()
            so = got.get("so") or got.get("so2") or ""
            op = (got.get("op") or "").strip()
            op = "within" if m[0].lower().startswith("within") else op
            if op.lower() in ("exactly", "precisely"):
                return Margin(_without(text, m), number_of(m["n"]), True, True, number_of(m["n"]), unit)
            less = bool(_LESS.match(so) or (op and _LESS.match(op)))
            inclusive = bool(so) or bool(got.get("plus")) or bool(_CLOSED.match(op))
            return Margin(_without(text, m), number_of(m["n"]), not less, inclusive, unit=unit)
    return None


def _without(text: str, m: re.Match[str]) -> str:
    return text[: m.start()] + " target " + text[m.end() :]


def _unit(said: str | None) -> str | None:
    low = (said or "").lower()
    if not low:
        return None
    for word, unit in (("working day", "working_days"), ("day", "days"), ("week", "weeks"), ("month", "months")):
        if low.startswith(word):
            return unit
    return "percent"


def _loose(text: str) -> Margin | None:
    """A margin in words; its words but not what it is a margin of are taken from the text."""
    for name, patterns in cues("loose").items():
        m = next((m for p in patterns if (m := p.search(text))), None)
        if m:
            near = name == "near"
            rest = text[: m.start()] + " target " + text[m.end() :]
            said = m[0] + (re.match(r"\w*", text[m.end() :]) or m)[0] if m[0].endswith(" ") else m[0]
            return Margin(rest, LOOSE[name], not near, near, unit="percent", loose=" ".join(said.split()).lower())
    return None


_EXACT = re.compile(
    r"\b(?:(?:exactly|precisely|bang|spot|dead|right|just|merely) )+(?:on|at|hit(?:ting)?|met|equal to|matche?[sd]?) "
    rf"(?:its |their |the |our )?{group('goal')}"
    rf"|\bequal(?:led|s|ling)? (?:to )?(?:its |their |the |our )?{group('goal')}"
    rf"|\b(?:met|hit|meeting|hitting) (?:its |their |the |our )?{group('goal')} (?:exactly|precisely|on the nose)\b",
    re.I,
)


def exactly_in(text: str) -> str | None:
    """The text without the words for "exactly on target"; None where it has none."""
    m = _EXACT.search(text)
    return text[: m.start()] + " target " + text[m.end() :] if m else None
