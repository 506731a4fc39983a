"""Conditions in a question: missed or met, above and below, margins, ratings, due dates, order and limit.

Each reader takes the text and gives what it found together with the text that is left, so that no word is read twice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from app.question.cues import cues, group
from app.question.when import iso, mentions
from app.types import Span

_WORD_NUMBERS = {"half": 50.0, "a half": 50.0, "a third": 33.3, "a quarter": 25.0, "three quarters": 75.0, "two thirds": 66.7}

_COUNT = r"(two|three|four|five|six|ten|\d{1,2})"
_LIMIT = re.compile(rf"\b(?:the )?{_COUNT}\s+(?=(?:\w+ ){{0,2}}{group('extreme')})|\b(?:top|bottom|{group('extreme')})\s+{_COUNT}\b", re.I)
_SMALL = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10}


@dataclass(frozen=True)
class Conditions:
    """What a question asks the rows to satisfy; fields as in `app.types.Query`. `rest` is the text left to read."""

    rest: str
    statuses: tuple[str, ...] = ()
    rags: tuple[str, ...] = ()
    above: float | None = None
    below: float | None = None
    inclusive: bool = False
    target: float | None = None
    margin: float | None = None
    margin_above: bool = True
    order: str | None = None
    limit: int | None = None
    moved: str | None = None
    due_after: str | None = None
    due_before: str | None = None
    due_text: str | None = None
    completed: bool | None = None
    unit: str | None = None
    taken: tuple[str, ...] = field(default=())


def _take(text: str, patterns: tuple[re.Pattern[str], ...]) -> tuple[str, str | None]:
    """(the text without the first phrase that fits, that phrase); what a pattern calls `kept` stays: "missed their *visits* target"."""
    for pattern in patterns:
        m = pattern.search(text)
        if m:
            kept = m.groupdict().get("kept") or ""
            return f"{text[: m.start()]} , {kept} , {text[m.end() :]}" if kept.strip() else text[: m.start()] + " , " + text[m.end() :], m[
                0
            ]
    return text, None


def _value(m: re.Match[str]) -> float:
    return float(m["n"].lstrip("£").replace(",", ""))


_AMOUNT = r"(?P<n>\d+(?:\.\d+)?)\s*(?:%|per ?cent)?\s*(?:percentage )?"
_ABOUT = r"(?P<op>more than|over|at least|less than|under|fewer than|within)?"
_OR_SO = r"(?:\s+or\s+(?P<or>more|over|less|fewer|under))?"
_OFF = r"(?:below|short of|behind|off|adrift of|under|away from|from|of)"
_EXACT = re.compile(
    r"\b(?:(?:exactly|precisely|bang|spot|dead|right|just|merely) )+(?:on|at|hit(?:ting)?|met|equal to|matche?[sd]?) "
    rf"(?:its |their |the |our )?{group('goal')}"
    rf"|\bequal(?:led|s|ling)? (?:to )?(?:its |their |the |our )?{group('goal')}"
    rf"|\b(?:met|hit|meeting|hitting) (?:its |their |the |our )?{group('goal')} (?:exactly|precisely|on the nose)\b",
    re.I,
)
_MARGINS = (
    rf"\bby\s+{_ABOUT}\s*{_AMOUNT}(?:points?|pp)?{_OR_SO}",
    rf"\b{_ABOUT}\s*{_AMOUNT}(?:points?|pp)\b{_OR_SO}\s*{_OFF}?(?:\s+(?:its |their |the )?targets?)?",
)


def read_margin(c: Conditions) -> Conditions:
    """ "missed by 30 points or more", "within 5 points of target", "more than 10 points below target", "exactly on target"."""
    exact = _EXACT.search(c.rest)
    if exact:
        rest = c.rest[: exact.start()] + " target " + c.rest[exact.end() :]
        return replace(c, rest=rest, margin=0.0, margin_above=False, statuses=("on_target",), inclusive=True)
    for pattern in _MARGINS:
        m = re.search(pattern, c.rest, re.I)
        if not m or not (re.search(r"point|pp|%|per ?cent", m[0], re.I) or c.statuses):
            continue
        op = (m["op"] or "").lower()
        less = (m["or"] or "") in ("less", "fewer", "under") or op in ("under", "less than", "fewer than", "within")
        return replace(
            c,
            rest=c.rest[: m.start()] + " target " + c.rest[m.end() :],
            margin=_value(m),
            margin_above=not less,
            statuses=c.statuses or ("off_target",),
            inclusive=bool(m["or"]) or op in ("at least", "within", ""),
        )
    return c


_PERCENT = r"(?:%|per ?cent)"
_PLAIN = r"\d[\d,]*(?:\.\d+)?"
_TARGETS = (
    rf"\btargets? (?:of|at|is|was|set at)?\s*(?P<n>£?{_PLAIN})\s*{_PERCENT}?",
    rf"\b(?:set|sets|setting|pitched) (?:\w+ )?(?:at|to)\s+(?:a target of )?(?P<n>£?{_PLAIN})\s*{_PERCENT}?",
    rf"\btargets?\b[^.?]{{0,30}}?\b(?:for|of|at|to)\s+(?P<n>{_PLAIN})\s*{_PERCENT}",
    rf"(?P<n>{_PLAIN})\s*{_PERCENT}\s+(?:\w+ )?(?:targets?|standards?)\b",
)


def read_target(c: Conditions) -> Conditions:
    """ "a target of 95%", "set at 100%", "the 95% target"."""
    m = next((m for p in _TARGETS if (m := re.search(p, c.rest, re.I))), None)
    return replace(c, target=_value(m), rest=c.rest[: m.start()] + " target " + c.rest[m.end() :]) if m else c


_STOOD = (
    r"(?:\b(?:scor(?:ed?|es|ing)|s[ai]t(?:s|ting)?|lies?|lying|stood|stands?|came(?: in| out)?|com(?:es?|ing)(?: in| out)?"
    r"|recorded|show(?:ed|ing)?) )?"
)


def read_threshold(c: Conditions) -> Conditions:
    """ "under 60%", "above 85%", "between 80% and 90%", "half or more"; always of a share."""
    m = re.search(rf"{_STOOD}\bbetween\s+(?P<low>{_PLAIN})\s*{_PERCENT}?\s+(?:and|to)\s+(?P<high>{_PLAIN})\s*{_PERCENT}", c.rest, re.I)
    if m:
        return _limited(c, m, above=float(m["low"]), below=float(m["high"]), inclusive=True)
    under, over = group("under"), group("over")
    m = re.search(rf"{_STOOD}\b(?P<op>{under}|{over})\s+(?P<n>{_PLAIN})\s*{_PERCENT}", c.rest, re.I)
    m = m or re.search(rf"(?P<n>{_PLAIN})\s*{_PERCENT}?\s+or\s+(?P<op>{under}|{over})\b", c.rest, re.I)
    number = _value(m) if m else None
    if m is None:
        part = "|".join(sorted(_WORD_NUMBERS, key=len, reverse=True))
        m = re.search(rf"\b(?P<op>{under}|{over})\s+(?P<w>{part})\b|\b(?P<w2>{part})\s+or\s+(?P<op2>{under}|{over})\b", c.rest, re.I)
        number = _WORD_NUMBERS[(m["w"] or m["w2"]).lower()] if m else None
    if not m or number is None:
        return c
    op = (m.groupdict().get("op") or m.groupdict().get("op2") or "").lower()
    inclusive = bool(re.fullmatch(group("inclusive"), op, re.I)) or " or " in m[0].lower()
    below = bool(re.fullmatch(under, op, re.I))
    return _limited(c, m, above=None if below else number, below=number if below else None, inclusive=inclusive)


def _limited(c: Conditions, m: re.Match[str], above: float | None, below: float | None, inclusive: bool) -> Conditions:
    rest = c.rest[: m.start()] + " , " + c.rest[m.end() :]
    return replace(c, rest=rest, above=above, below=below, inclusive=inclusive, unit="percent")


def read_status(c: Conditions) -> Conditions:
    """Missed, met, or without data."""
    for status, patterns in cues("status").items():
        rest, taken = _take(c.rest, patterns)
        while taken:
            c = replace(c, rest=rest, statuses=(status,), taken=(*c.taken, taken))
            rest, taken = _take(c.rest, patterns)
        if c.taken:
            return c
    return c


def read_ratings(c: Conditions) -> Conditions:
    """Colours the document itself shows."""
    for letter, patterns in cues("rating").items():
        rest, taken = _take(c.rest, patterns)
        if taken:
            c = replace(c, rest=rest, rags=(*c.rags, letter))
    m = re.search(r"\bnot (?:yet )?, ", c.rest)
    return replace(c, rags=tuple(r for r in "RAGB" if r not in c.rags)) if m and c.rags else c


_MANY = re.compile(rf"\b(?:{group('opening')}|how many|count)\b(?:\s+\S+){{0,7}}?\s*\b{group('measures')}\b", re.I)


def read_moved(c: Conditions) -> Conditions:
    """ "which measures got worse", "KPIs that improved": only of measures in the plural; of one figure it is a trend."""
    if not _MANY.search(c.rest):
        return c
    for way, patterns in cues("moved").items():
        rest, taken = _take(c.rest, patterns)
        if taken:
            return replace(c, rest=rest, moved=way)
    return c


def read_order(c: Conditions) -> Conditions:
    """Superlatives and how many are asked for."""
    limit, word = None, ""
    m = _LIMIT.search(c.rest)
    if m:
        word = (m[1] or m[2]).lower()
        limit = _SMALL.get(word) or int(word)
    for order, patterns in cues("order").items():
        found = next((m for p in patterns if (m := p.search(c.rest))), None)
        if found:
            rest = c.rest[: found.start()] + " " + c.rest[found.end() :]
            rest = re.sub(rf"\b{re.escape(word)}\b", " ", rest, count=1, flags=re.I) if limit else rest
            return replace(c, rest=rest, order=order, limit=limit or 1)
    return c


_PASSED = re.compile(
    r"\b(?:(?:had|has|have|were|are) )?(?:already )?(?:passed|gone past|missed|past|over) (?:its|their|the) "
    r"(?:due|target)?\s?(?:dates?|deadlines?)",
    re.I,
)


def read_completed(c: Conditions) -> Conditions:
    """ "which actions are complete", "not yet finished"."""
    for done, patterns in ((False, cues("done")["no"]), (True, cues("done")["yes"])):
        rest, taken = _take(c.rest, patterns)
        if taken:
            return replace(c, rest=rest, completed=done)
    return c


def read_due(c: Conditions) -> Conditions:
    """ "due in November 2014", "by December 2014", "overdue as at January 2015": exclusive ISO bounds."""
    for m in mentions(c.rest):
        if not m.span:
            continue
        before = c.rest[max(0, m.start - 60) : m.start].lower()
        after = c.rest[m.end : m.end + 40].lower()
        late = re.search(rf"{group('late')}(?:\W+\w+){{0,4}}\W*$", before)
        due = re.search(rf"{group('due')}(?:\W+{group('due_link')})*\W*$", before) or re.match(
            r"\s*(?:deadline|due date|target date)", after
        )
        if not late and not due:
            continue
        rest = c.rest[: m.start] + " " + c.rest[m.end :]
        rest = _PASSED.sub(" ", rest)
        edge = re.search(r"\b(by|before|after|since|from|until|between)\b(?:\W+(?:the|end|of))*\W*$", before)
        after_iso, before_iso = _due_bounds(m.span, edge[1] if edge else "", bool(late))
        return replace(
            c,
            rest=re.sub(r"\b(?:over)?due\b|\bdeadlines?\b", " ", rest, flags=re.I),
            due_text=m.span.label,
            completed=False if late else None,
            due_after=after_iso,
            due_before=before_iso,
        )
    if re.search(r"\boverdue\b|\bpassed (?:its|their) (?:due|deadline)|\bpast (?:its|their) (?:due|deadline)", c.rest, re.I):
        return replace(c, rest=re.sub(r"\boverdue\b", " ", c.rest, flags=re.I), due_text="overdue", due_before="document", completed=False)
    return c


def _due_bounds(span: Span, edge: str, late: bool) -> tuple[str | None, str | None]:
    if late or edge == "before":
        return None, iso(span.first)
    if edge in ("by", "until"):
        return None, iso(span.last + 1)
    if edge in ("after", "since"):
        return iso(span.last), None
    return iso(span.first - 1), iso(span.last + 1)


def conditions(text: str, about_actions: bool) -> Conditions:
    """All conditions of a question, read in the order in which they take their words."""
    c = Conditions(text)
    if about_actions:
        c = read_completed(read_due(c))
    c = read_margin(c)
    c = read_threshold(read_target(c))
    c = read_order(read_moved(c))
    c = read_status(c)
    return read_ratings(c)
