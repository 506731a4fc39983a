"""Conditions in a question: missed or met, above and below, margins, ratings, due dates, order and limit.

Each reader takes the text and gives what it found together with the text that is left, so that no word is read twice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from app.question.when import iso, mentions
from app.types import Span

_NUMBER = r"(?P<n>£?\d[\d,]*(?:\.\d+)?)\s*(?:%|per ?cent|percentage points?|points?|pp)?"
_WORD_NUMBERS = {"half": 50.0, "a half": 50.0, "a third": 33.3, "a quarter": 25.0, "three quarters": 75.0, "two thirds": 66.7}

_MISSED = (
    r"\b(?:(?:are|is|were|was|fell|fall|falling|still|coming in|sit|sitting|running)\s+)*(?:below|under|short of|behind|off|not at|not on)\s+(?:its |their |the |our )?(?:own )?targets?\b",
    r"\b(?:miss(?:ed|es|ing)?|fail(?:ed|s|ing)?(?: to (?:meet|hit|reach|achieve|get to))?|underperform(?:ed|ing|s)?|under-perform(?:ed|ing)?|falling short(?: of)?|fell short(?: of)?|behind)\s*"
    r"(?:on )?(?:its |their |the |our )?(?:\S+ ){0,5}?(?:targets?|standards?|marks?|goals?)\b",
    r"\b(?:did ?n['o]t|did not|have ?n['o]t|have not|has not|hasn['’]?t|haven['’]?t|didn['’]?t|not|aren['’]?t|isn['’]?t|weren['’]?t|wasn['’]?t|never) (?:been )?(?:meet(?:ing)?|met|hit(?:ting)?|reach(?:ed|ing)?|achiev(?:e|ed|ing)|get(?:ting)? to|on target|on track)\b",
    r"\b(?:off[- ]target|off[- ]track|below[- ]target|under[- ]target|worse than (?:the )?target|unmet|not on target|underperforming)\b",
    r"\bwhere (?:are|were|did) we (?:falling short|failing|miss|short|behind)\b",
    r"\b(?:were|was|are|is|still) missing (?:its |their |the |our )?targets?\b",
    r"\bmissed\b",
    r"\bstruggling\b|\bpoor(?:ly)? performing\b|\bfalling short\b|\bfell short\b|\bgoing wrong\b|\bnot good enough\b|\blagging\b",
)
_MET = (
    r"\b(?:meet(?:ing|s)?|met|hit(?:ting|s)?|beat(?:ing|en|s)?|exceed(?:ed|ing|s)?|achiev(?:e|ed|ing|es)|reach(?:ed|ing|es)?|surpass(?:ed|ing)?)"
    r"(?:\s+or\s+(?:beat(?:en)?|exceed(?:ed)?|better(?:ed)?|meet|met))?\s*(?:its |their |the |our )?(?:\S+ ){0,3}?(?:targets?|standards?)\b",
    r"\btargets? (?:did|have|had|do|were) (?:we|they)? ?(?:meet|met|hit|beat|beaten|achieve|achieved|exceed|exceeded)(?: or (?:beat(?:en)?|exceed(?:ed)?|meet|met))?\b",
    r"\b(?:on[- ]target|at target|above target|on track|better than target|going (?:right|well)|at or above (?:the |its |their )?targets?)\b",
    r"\bhow many (?:\w+ )?(?:were|was|are|did we) (?:met|meet|hit)\b",
    r"\b(?:were|was|are|been) met\b",
    r"\bdid we (?:meet|hit|beat|exceed|achieve)\b",
)
_NO_DATA = (
    r"\b(?:no|without|lack(?:ing|ed|s)?|not (?:yet )?(?:have|had)|don['’]?t (?:yet )?have|did ?n['’]?t have|missing) (?:any )?(?:performance |up[- ]to[- ]date |reported |current )?(?:data|figures?|values?|results?|numbers?|information|reading)\b",
    r"\b(?:not|never|still to be|yet to be|un)[- ]?(?:yet )?(?:been )?(?:reported|measured|populated)\b",
    r"\bdata (?:was|were|is|are)(?: not|n['’]?t) (?:yet )?(?:available|reported|collected)\b",
    r"\bno (?:actual|outturn)\b",
)
_RATINGS = (
    ("R", r"\b(?:rated |rag[- ]?rated |still |marked |coloured |shown |showing |at )*red\b(?!\s+(?:cross|book|tape))(?:[- ]rated)?"),
    ("A", r"\b(?:rated |rag[- ]?rated |still |marked |coloured |shown |showing |at )*amber\b(?:[- ]rated)?"),
    ("G", r"\b(?:rated |rag[- ]?rated |still |marked |coloured |shown |showing |at )*green\b(?!\s+(?:paper|space|belt))(?:[- ]rated)?"),
    ("B", r"\b(?:rated |rag[- ]?rated |still |marked |coloured |shown |showing )+blue\b(?:[- ]rated)?"),
)
_ORDERS: tuple[tuple[str, str], ...] = (
    (
        "gap_up",
        r"\b(?:narrow(?:est|ly)(?: margin)?|smallest (?:gap|margin|shortfall|miss)|closest to (?:its |their |the )?targets?|nearest to (?:its |their |the )?targets?|only just|by the least|smallest margin)\b",
    ),
    (
        "gap_down",
        r"\b(?:furthest|farthest|most|worst) (?:\w+ )?(?:below|behind|from|short of|off|away from|adrift of)\b(?: (?:its|their|the))?(?: targets?)?"
        r"|\b(?:wid(?:est|er)|biggest|largest|greatest|worst) (?:gap|margin|shortfall|miss|distance)\b|\bby the most\b|\bworst[- ]performing\b|\bworst against target\b|\bmissed (?:\w+ )?(?:by )?(?:the )?most\b|\bdoing worst\b|\bworst\b",
    ),
    ("value_down", r"\b(?:highest|largest|biggest|greatest|top|the most|best)\b"),
    ("value_up", r"\b(?:lowest|smallest|fewest|the least|poorest)\b"),
)
_LIMIT = re.compile(
    r"\b(?:the |top |bottom |worst |best )?(two|three|four|five|six|ten|\d{1,2})\s+(?=(?:\w+ ){0,2}(?:worst|best|lowest|highest|furthest|biggest|largest|smallest))|\b(?:top|bottom|worst|best|lowest|highest)\s+(two|three|four|five|six|ten|\d{1,2})\b",
    re.I,
)
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
    due_after: str | None = None
    due_before: str | None = None
    due_text: str | None = None
    completed: bool | None = None
    unit: str | None = None
    taken: tuple[str, ...] = field(default=())


def _take(text: str, patterns: tuple[str, ...]) -> tuple[str, str | None]:
    for pattern in patterns:
        m = re.search(pattern, text, re.I)
        if m:
            return text[: m.start()] + " , " + text[m.end() :], m[0]
    return text, None


def _value(m: re.Match[str]) -> float:
    return float(m["n"].lstrip("£").replace(",", ""))


_MARGINS = (
    r"\bby\s+(?P<op>more than|over|at least|less than|under|fewer than)?\s*(?P<n>\d+(?:\.\d+)?)\s*(?:%|per ?cent)?\s*(?:percentage )?(?:points?|pp)?(?:\s+or\s+(?P<or>more|over|less|fewer|under))?",
    r"\b(?P<op>more than|over|at least|less than|under|fewer than|within)?\s*(?P<n>\d+(?:\.\d+)?)\s*(?:%|per ?cent)?\s*(?:percentage )?(?:points?|pp)\b(?:\s+or\s+(?P<or>more|over|less|fewer|under))?"
    r"\s*(?:below|short of|behind|off|adrift of|under|away from|from|of)?(?:\s+(?:its |their |the )?targets?)?",
)


def read_margin(c: Conditions) -> Conditions:
    """ "missed by 30 points or more", "within 5 points of target", "more than 10 points below target"."""
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


def read_threshold(c: Conditions) -> Conditions:
    """ "under 60%", "above 85", "half or more", "set at 100%"."""
    m = re.search(
        r"\btargets? (?:of|at|is|was|set at)?\s*"
        + _NUMBER
        + r"|\b(?:set|sets|setting|pitched) (?:\w+ )?(?:at|to)\s+(?:a target of )?"
        + _NUMBER.replace("?P<n>", "?P<k>"),
        c.rest,
        re.I,
    )
    m = m or re.search(r"\btargets?\b[^.?]{0,30}?\b(?:for|of|at|to)\s+(?P<n>\d[\d,]*(?:\.\d+)?)\s*(?:%|per ?cent)(?P<k>)", c.rest, re.I)
    m = m or re.search(r"(?P<n>\d[\d,]*(?:\.\d+)?)\s*(?:%|per ?cent)(?P<k>)\s+(?:\w+ )?(?:targets?|standards?)\b", c.rest, re.I)
    if m and re.search(r"%|per ?cent|\d", m[0]):
        number = float((m["n"] or m["k"]).lstrip("£").replace(",", ""))
        c = replace(c, target=number, rest=c.rest[: m.start()] + " target " + c.rest[m.end() :])
    unit = r"(?:%|per ?cent)"
    m = re.search(
        r"\bbetween\s+(?P<low>\d+(?:\.\d+)?)\s*(?:%|per ?cent)?\s+(?:and|to)\s+(?P<high>\d+(?:\.\d+)?)\s*(?:%|per ?cent)", c.rest, re.I
    )
    if m:
        return replace(
            c,
            rest=c.rest[: m.start()] + " , " + c.rest[m.end() :],
            above=float(m["low"]),
            below=float(m["high"]),
            inclusive=True,
            unit="percent",
        )
    m = re.search(
        r"\b(?P<op>below|under|less than|lower than|fewer than|no more than|at most|up to|above|over|more than|greater than|higher than|exceeding|at least|no less than|not less than)\s+(?P<n>\d[\d,]*(?:\.\d+)?)\s*"
        + unit,
        c.rest,
        re.I,
    )
    m = m or re.search(
        r"(?P<n>\d[\d,]*(?:\.\d+)?)\s*" + unit + r"?\s+or\s+(?P<op>more|over|above|higher|better|less|under|below|lower|fewer)\b",
        c.rest,
        re.I,
    )
    number = None
    if m:
        number = _value(m)
    else:
        m = re.search(
            r"\b(?P<op>below|under|less than|more than|over|above|at least)\s+(?P<w>half|a half|a third|a quarter|three quarters|two thirds)\b|\b(?P<w2>half|a half|a third|a quarter)\s+or\s+(?P<op2>more|less|over|under)\b",
            c.rest,
            re.I,
        )
        number = _WORD_NUMBERS[(m["w"] or m["w2"]).lower()] if m else None
    if not m or number is None:
        return c
    op = (m.groupdict().get("op") or m.groupdict().get("op2") or "").lower()
    under = op in ("below", "under", "less than", "lower than", "fewer than", "no more than", "at most", "up to", "less", "lower", "fewer")
    inclusive = op in ("no more than", "at most", "up to", "at least", "no less than", "not less than") or " or " in m[0].lower()
    return replace(
        c,
        rest=c.rest[: m.start()] + " , " + c.rest[m.end() :],
        below=number if under else None,
        above=None if under else number,
        inclusive=inclusive,
        unit="percent",
    )


def read_status(c: Conditions) -> Conditions:
    """Missed, met, or without data."""
    for status, patterns in (("no_value", _NO_DATA), ("off_target", _MISSED), ("on_target", _MET)):
        rest, taken = _take(c.rest, patterns)
        while taken:
            c = replace(c, rest=rest, statuses=(status,), taken=(*c.taken, taken))
            rest, taken = _take(c.rest, patterns)
        if c.taken:
            return c
    return c


def read_ratings(c: Conditions) -> Conditions:
    """Colours the document itself shows."""
    for letter, pattern in _RATINGS:
        rest, taken = _take(c.rest, (pattern,))
        if taken:
            c = replace(c, rest=rest, rags=(*c.rags, letter))
    m = re.search(r"\bnot (?:yet )?, ", c.rest)
    return replace(c, rags=tuple(r for r in "RAGB" if r not in c.rags)) if m and c.rags else c


def read_order(c: Conditions) -> Conditions:
    """Superlatives and how many are asked for."""
    limit = None
    m = _LIMIT.search(c.rest)
    if m:
        word = (m[1] or m[2]).lower()
        limit = _SMALL.get(word) or int(word)
    for order, pattern in _ORDERS:
        found = re.search(pattern, c.rest, re.I)
        if found:
            rest = c.rest[: found.start()] + " " + c.rest[found.end() :]
            return replace(c, rest=rest, order=order, limit=limit or 1)
    return c


def read_due(c: Conditions) -> Conditions:
    """ "due in November 2014", "by December 2014", "overdue as at January 2015": exclusive ISO bounds."""
    for m in mentions(c.rest):
        if not m.span:
            continue
        before = c.rest[max(0, m.start - 60) : m.start].lower()
        after = c.rest[m.end : m.end + 40].lower()
        late = re.search(
            r"(?:overdue|past (?:their|its) (?:due|deadline)|passed (?:their|its)|late|slipped|should have been (?:done|finished|completed))(?:\W+\w+){0,4}\W*$",
            before,
        )
        due = re.search(
            r"(?:due|deadlines?|completion|finish(?:ed)?|complet(?:ed|ion)|delivered|target dates?)(?:\W+(?:date|dates|for|to|be|by|in|on|of|was|were|is|are|a|the|end|before|after|had|end|finish|complete|completed|done|conclude|close))*\W*$",
            before,
        ) or re.match(r"\s*(?:deadline|due date|target date)", after)
        if not late and not due:
            continue
        rest = c.rest[: m.start] + " " + c.rest[m.end :]
        rest = re.sub(
            r"\b(?:(?:had|has|have|were|are) )?(?:already )?(?:passed|gone past|missed|past|over) (?:its|their|the) (?:due dates?|deadlines?|target dates?)",
            " ",
            rest,
            flags=re.I,
        )
        edge = re.search(r"\b(by|before|after|since|from|until|between)\b(?:\W+(?:the|end|of))*\W*$", before)
        return replace(
            c,
            rest=re.sub(r"\b(?:over)?due\b|\bdeadlines?\b", " ", rest, flags=re.I),
            due_text=m.span.label,
            **_due_bounds(m.span, edge[1] if edge else "", bool(late)),
        )
    if re.search(r"\boverdue\b|\bpassed (?:its|their) (?:due|deadline)|\bpast (?:its|their) (?:due|deadline)", c.rest, re.I):
        return replace(c, rest=re.sub(r"\boverdue\b", " ", c.rest, flags=re.I), due_text="overdue", due_before="document")
    return c


def _due_bounds(span: Span, edge: str, late: bool) -> dict[str, str | None]:
    if late or edge == "before":
        return {"due_after": None, "due_before": iso(span.first)}
    if edge in ("by", "until"):
        return {"due_after": None, "due_before": iso(span.last + 1)}
    if edge in ("after", "since"):
        return {"due_after": iso(span.last), "due_before": None}
    return {"due_after": iso(span.first - 1), "due_before": iso(span.last + 1)}


def conditions(text: str, about_actions: bool) -> Conditions:
    """All conditions of a question, read in the order in which they take their words."""
    c = Conditions(text)
    if about_actions:
        c = read_due(c)
    c = read_margin(c)
    c = read_threshold(c)
    c = read_order(c)
    c = read_status(c)
    return read_ratings(c)
