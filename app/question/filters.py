"""Conditions in a question: missed or met, above and below, margins, ratings, due dates, order and limit.

Each reader takes the text and gives what it found together with the text that is left, so that no word is read twice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from app.question.bounds import ANYBODY, COUNTED, GROUPS, PERCENT, PLAIN, PLAIN_BOUND, SHARE, STOOD, bounds, due_at_first
from app.question.changes import change_in, without_the_others
from app.question.cues import cues, group
from app.question.margins import exactly_in, margin_in
from app.question.numbers import NUMBER, number_of, share_of
from app.question.when import iso, mentions
from app.types import Span

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
    target_side: str = "="  # how a measure's target stands to `target`
    margin: float | None = None
    margin_high: float | None = None
    margin_above: bool = True
    loose: str | None = None
    order: str | None = None
    limit: int | None = None
    moved: str | None = None  # "better", "worse", "same", "up" or "down"; `margin` is then by how much
    versus: str | None = None  # "worse", "better", "above" or "below" the figures of `others`, as documents print their name
    others: tuple[str, ...] = ()
    good: str | None = None  # "high" or "low": which way the measures are better
    due_after: str | None = None
    due_before: str | None = None
    due_text: str | None = None
    first_due: bool = False  # "was meant to be done by May": the date first set counts
    completed: bool | None = None
    absent: tuple[str, ...] = ()
    unit: str | None = None
    taken: tuple[str, ...] = field(default=())


def _take(text: str, patterns: tuple[re.Pattern[str], ...]) -> tuple[str, str | None]:
    """(the text without the first phrase that fits, that phrase); what a pattern calls `kept` stays, and every time.

    "missed their *visits* target", "no *Q2* figure".
    """
    for pattern in patterns:
        if m := pattern.search(text):
            kept = (m.groupdict().get("kept") or "").strip()
            kept = kept and kept + _aimed(m[0][m.end("kept") - m.start() :], kept)
            said = [(m[0][t.start : t.end], m[0][t.end :]) for t in mentions(m[0])]
            times = " ".join(time + _aimed(after, time) for time, after in said if time not in kept)
            return " , ".join(filter(None, (_JUDGED.sub("", text[: m.start()]), kept, times, text[m.end() :]))), m[0]
    return text, None


_JUDGED = re.compile(
    r"\b(?:assessed|judged|deemed|reckoned|classed|scored|recorded|reported|described)(?: (?:as|to be|as being))?\s*$", re.I
)


def _aimed(after: str, time: str) -> str:
    """The word "target" where what was said goes on with it after a time: "their March 2026 target"."""
    return " target" if mentions(time) and re.match(r"\s*targets?\b", after, re.I) else ""


def _value(m: re.Match[str]) -> float:
    return float(m["n"].lstrip("£").replace(",", ""))


def read_margin(c: Conditions) -> Conditions:
    """ "missed by 30 points or more", "within 5 points of target", "nowhere near target", "exactly on target"."""
    if exact := exactly_in(c.rest):
        return replace(c, rest=exact, margin=0.0, margin_above=False, statuses=("on_target",), inclusive=True)
    m = margin_in(c.rest, any(p.search(c.rest) for name in ("off_target", "on_target") for p in cues("status")[name]))
    if m is None:
        return c
    ahead = _AHEAD.search(c.rest) is not None
    return replace(
        c,
        rest=m.rest,
        margin=m.size,
        margin_high=m.high,
        margin_above=m.above,
        statuses=("on_target",) if ahead else ("off_target",),
        inclusive=m.inclusive,
        unit=m.unit,
        loose=m.loose,
    )


_AHEAD = re.compile(
    r"\b(?:beat(?:en|ing)?|exceed(?:ed|ing)?|surpass(?:ed|ing)?|bettered|ahead of|over|above|better than|clear of|met|hit|inside)\s+"
    r"(?:(?:its|their|the|our) )?targets?\b|\b(?:beat(?:en)?|exceeded|surpassed|bettered)\b"
    r"|\b(?:scrap|edg|squeak)(?:ed|ing) (?:over|past|home|through|in)\b"
    r"|\b(?:just|barely|narrowly|comfortably|easily) (?:met|hit|made|above|over)\b",
    re.I,
)
_PLAIN = r"\d[\d,]*(?:\.\d+)?"
_NOT_A_TIME = r"(?!\s*(?:st|nd|rd|th|%|,?\d)?\s*(?:of\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|/\d|[\d,.]*\d)"
_SIDED = rf"(?P<op>{group('under')}|{group('over')})?\s*"
_OR_SIDE = rf"(?:\s+(?:or|and)\s+(?P<or>{group('under')}|{group('over')}|above|below))?"
_BOUND = rf"{_SIDED}(?P<n>£?{_PLAIN}){_NOT_A_TIME}\s*{PERCENT}?{_OR_SIDE}"
_TARGETS = (
    rf"\b{group('goal_word')} (?:of |at |is |was |are |were |set at |set |that (?:is|was|are|were) )*{_BOUND}",
    rf"\b(?:set|sets|setting|pitched) (?:\w+ )?(?:at|to)\s+(?:a target of )?{_BOUND}",
    rf"\b{group('goal_word')}\b[^.?]{{0,30}}?\b(?:for|of|at|to)\s+(?P<n>{_PLAIN})\s*{PERCENT}",
    rf"(?P<n>{_PLAIN})\s*{PERCENT}\s+(?:\w+ )?{group('goal_word')}\b",
)


_WISHED = re.compile(
    r"\b(?:want(?:ed|ing|s)?|aim(?:ed|ing|s)?|hop(?:e|ed|ing)|plan(?:ned|ning)?|intend(?:ed|ing)?|meant|supposed|expected|set out|pledged"
    rf"|promised)\b(?:\s+[\w'’-]+){{0,3}}? to (?:have |be |get |see )*(?:(?:reach|hit|achiev|attain)\w*|met|meet|got to|at|up to)?\s*"
    rf"(?P<n>{_PLAIN})\s*{PERCENT}",
    re.I,
)


def read_target(c: Conditions) -> Conditions:
    """ "a target of 95%", "set at 100%", "the 95% target", "targets of 90% or more", "what did we want to have reached 100%?"."""
    if wished := _WISHED.search(c.rest):
        return replace(c, target=_value(wished), rest=c.rest[: wished.start()] + " target " + c.rest[wished.end() :])
    m = next((m for p in _TARGETS if (m := re.search(p, c.rest, re.I))), None)
    if m is None:
        return c
    got = m.groupdict()
    side = got.get("op") or got.get("or") or ""
    sign = "=" if not side else "<=" if re.fullmatch(f"{group('under')}|below", side, re.I) else ">="
    strict = side and not got.get("or") and not re.fullmatch(group("inclusive"), side, re.I)
    return replace(
        c,
        target=_value(m),
        target_side=sign.rstrip("=") if strict else sign,
        rest=c.rest[: m.start()] + " target " + c.rest[m.end() :],
    )


def read_threshold(c: Conditions) -> Conditions:
    """ "under 60%", "between 80% and 90%", "half or more", "over 50% but under 70%", "more than 60 people waiting" by team."""
    if PLAIN.search(c.rest) and (bound := re.search(PLAIN_BOUND, PLAIN.sub(" ", c.rest), re.I)):
        below, inclusive = (bool(re.fullmatch(group(side), bound["op"], re.I)) for side in ("under", "inclusive"))
        number = number_of(bound["n"])
        c = replace(c, rest=PLAIN.sub(" ", c.rest))
        return replace(_limited(c, bound, None if below else number, number if below else None, inclusive), unit="count")
    if counted := COUNTED.search(c.rest):
        below = bool(re.fullmatch(group("under"), counted["op"], re.I))
        number, inclusive = number_of(counted["n"]), bool(re.fullmatch(group("inclusive"), counted["op"], re.I))
        rest = f"{c.rest[: counted.start('op')]} of {c.rest[counted.end('n') :]}"
        return replace(c, rest=rest, above=None if below else number, below=number if below else None, inclusive=inclusive, unit="count")
    m = re.search(
        rf"{STOOD}\b(?:between|from)\s+(?P<low>{NUMBER})\s*{PERCENT}?\s+(?:and|to)\s+(?P<high>{NUMBER})\s*(?P<sign>{PERCENT})?",
        c.rest,
        re.I,
    )
    if m and (m["sign"] or (SHARE.search(c.rest) and number_of(m["high"]) <= 100)):
        return _limited(c, m, above=number_of(m["low"]), below=number_of(m["high"]), inclusive=True)
    if (m := ANYBODY.search(c.rest)) and GROUPS.search(c.rest):
        return _limited(c, m, above=None if m["none"] else 0.0, below=0.0 if m["none"] else None, inclusive=bool(m["none"]))
    c = _one_bound(c)
    return _one_bound(c) if (c.above is None) != (c.below is None) else c


def _one_bound(c: Conditions) -> Conditions:
    for pattern, kind in bounds(c.rest):
        m = re.search(pattern, c.rest, re.I)
        if m is None:
            continue
        number = share_of(m["w"]) if kind == "share" else number_of(m["n"])
        op = m["op"].lower()
        inclusive = op in ("+", ">=", "<=") or bool(re.fullmatch(group("inclusive"), op, re.I)) or " or " in m[0].lower()
        below = op.startswith("<") or bool(re.fullmatch(group("under"), op, re.I))
        if (c.below if below else c.above) is not None:
            return c
        return _limited(c, m, None if below else number, number if below else None, inclusive)
    return c


def _limited(c: Conditions, m: re.Match[str], above: float | None, below: float | None, inclusive: bool) -> Conditions:
    rest = c.rest[: m.start()] + " , " + c.rest[m.end() :]
    above, below = (c.above if above is None else above), (c.below if below is None else below)
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


def read_absent(c: Conditions) -> Conditions:
    """ "with no lead", "without a due date", "no progress recorded": fields that an action leaves empty."""
    for name, patterns in cues("absent").items():
        rest, taken = _take(c.rest, patterns)
        if taken:
            c = replace(c, rest=rest, absent=(*c.absent, name))
    return c


def read_ratings(c: Conditions) -> Conditions:
    """Colours the document itself shows."""
    barred = False
    for letter, patterns in cues("rating").items():
        rest, taken = _take(c.rest, patterns)
        if taken:
            negated = next((m for p in patterns if (m := p.search(c.rest))), None)
            barred = barred or bool(negated and _NO_COLOUR.search(c.rest[: negated.start()]))
            c = replace(c, rest=_NO_COLOUR.sub(" ", rest) if barred else rest, rags=(*c.rags, letter))
    beyond = {"B"} if "G" in c.rags else set()  # what is done is past being green
    return replace(c, rags=tuple(r for r in "RAGB" if r not in {*c.rags, *beyond})) if barred else c


# before a colour that is not meant: "not yet green", "anything but green", "have still to go green"
_NO_COLOUR = re.compile(
    r"\b(?:not|never|n['’]?t|(?:are|is|were|was|have|has|had|did|do)n['’]?t|anything but|other than|neither|(?:yet|still|failed|failing) to"
    r"|(?:any|every) \w+ (?:but|except)|short of)"
    r"(?: (?:yet|been|be|gone?|going|turn(?:ed)?|rated|marked|shown|as|at|currently|all|a|even|or|red|amber|green|blue))*[\s,]*$",
    re.I,
)


def read_moved(c: Conditions) -> Conditions:
    """ "which measures got worse", "what went up by 10 points or more"; a size that it moved by is no margin from a target."""
    change = change_in(c.rest)
    if change is None:
        return c
    size = change.size
    c = replace(c, rest=change.rest, moved=change.way)
    if size is None:
        return c
    return replace(c, margin=size.size, margin_high=size.high, margin_above=size.above, inclusive=size.inclusive, unit=size.unit)


def read_good(c: Conditions) -> Conditions:
    """ "where high is good", "lower-is-better indicators": which way a measure is better."""
    for way, patterns in cues("good_is").items():
        rest, taken = _take(c.rest, patterns)
        if taken:
            return replace(c, rest=rest, good=way)
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
            kept = f" {said} target " if (said := found.groupdict().get("kept")) else " "  # the date of a target stays beside it
            rest = c.rest[: found.start()] + kept + c.rest[found.end() :]
            rest = re.sub(rf"\b{re.escape(word)}\b", " ", rest, count=1, flags=re.I) if limit else rest
            return replace(c, rest=rest, order=order, limit=limit or 1)
    return c


_PASSED = re.compile(
    r"\b(?:(?:had|has|have|were|are) )?(?:already )?(?:passed|gone past|missed|past|over) (?:its|their|the) "
    r"(?:due|target)?\s?(?:dates?|deadlines?)",
    re.I,
)
_ASKS_DONE = re.compile(r"\bwhat(?:'s|’s)?(?: \w+){0,3}? (?:been |being )?done\b", re.I)


def read_completed(c: Conditions) -> Conditions:
    """ "which actions are complete", "not yet finished"; "what has been done about it?" asks for no such thing."""
    if _ASKS_DONE.search(c.rest):
        return c
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
        dated = _POSITION.sub(" ", before)  # "at the end of December" tells how things stood then
        due = re.search(rf"{group('due')}(?:\W+{group('due_link')})*\W*$", dated) or re.match(
            r"\s*(?:deadline|due date|target date)", after
        )
        if not late and not due:
            continue
        rest = c.rest[: m.start] + " " + c.rest[m.end :]
        rest = _PASSED.sub(" ", rest)
        edge = _edge(before)
        beyond = _OR_BEYOND.match(c.rest, m.end)
        rest = rest.replace(beyond[0], " ", 1) if beyond else rest
        promised = late and _PROMISED.search(before)  # "should have been finished by October": what was due in October is meant too
        if promised:
            late, rest = None, rest.replace(c.rest[promised.start() + max(0, m.start - 60) : m.start], " ", 1)
        after_iso, before_iso = _due_bounds(m.span, edge or (_EDGES[bool(beyond["on"])] if beyond else ""), bool(late))
        return replace(
            c,
            rest=_DUE_SAID.sub(" ", rest),
            due_text=m.span.label,
            first_due=bool(promised),
            completed=False if late else None,
            due_after=after_iso,
            due_before=before_iso,
        )
    if re.search(r"\boverdue\b|\bpassed (?:its|their) (?:due|deadline)|\bpast (?:its|their) (?:due|deadline)", c.rest, re.I):
        return replace(c, rest=re.sub(r"\boverdue\b", " ", c.rest, flags=re.I), due_text="overdue", due_before="document", completed=False)
    return c


# "April 2015 or after", "March or earlier": the time named is taken in
_OR_BEYOND = re.compile(r"\s*,?\s*(?:or|and) (?:(?P<on>after(?:wards)?|later|beyond|since|onwards?)|before|earlier|sooner)\b", re.I)
_POSITION = re.compile(r"(?<!due )(?:\bas )?\bat (?:the )?(?:very )?(?:end|close|start) of(?: the)?\W*$")
_EDGES = {True: "from", False: "by"}
_DUE_SAID = re.compile(
    r"\b(?:over)?due\b|\bdeadlines?\b|\b(?:runs?|extends?|stretch(?:es)?|lasts?)(?: on)?(?: right)? (?:into|until|till|past|beyond)\b", re.I
)
_PROMISED = re.compile(
    r"\b(?:should|ought to|were to|was to|meant to|supposed to)(?:['’]?ve| have)? (?:have )?be(?:en)? \w+"
    r" (?:by|before)(?:\W+(?:the|end|of))*\W*$"
)
_EDGE = re.compile(
    r"\b(?:(?P<by>by|no later than|not later than|not after|at the latest|up to)"
    r"|(?P<before>before|earlier than|prior to|ahead of|sooner than)"
    r"|(?P<from>from|no earlier than|not before|not until|at the earliest)|(?P<after>after|since|later than|past|beyond|following)"
    r"|(?P<until>until|till)|(?P<between>between))\b(?:\W+(?:the|end|of))*\W*$"
)


def _edge(before: str) -> str:
    """On which side of a time the words before it put a date: "by", "before", "from", "after", "until", "between", or ""."""
    m = _EDGE.search(before)
    if m and m["until"] and re.search(r"\bnot\b|n['’]t\b", before):
        return "from"  # "not due until April"
    return next((name for name, said in m.groupdict().items() if said), "") if m else ""


def _due_bounds(span: Span, edge: str, late: bool) -> tuple[str | None, str | None]:
    if late:
        return None, iso(span.last)  # what was due in the last month of the time is not yet past it
    if edge == "before":
        return None, iso(span.first)
    if edge in ("by", "until"):
        return None, iso(span.last + 1)
    if edge in ("after", "since"):
        return iso(span.last), None
    if edge == "from":
        return iso(span.first - 1), None
    return iso(span.first - 1), iso(span.last + 1)


def _read_first_due(c: Conditions) -> Conditions:
    """ "first due in 2025": the date first set is asked about."""
    read = read_due(replace(c, rest=plain)) if (plain := due_at_first(c.rest)) != c.rest else c
    return replace(read, first_due=True) if read.due_before or read.due_after else read_due(c)


_VAGUE = re.compile(r"(?:good|bad) news|bright spots?|strong(?:est)? points?|success(?:es|ful)?", re.I)


def conditions(text: str, about_actions: bool) -> Conditions:
    """All conditions of a question, read in the order in which they take their words."""
    c = Conditions(without_the_others(text))
    if about_actions:
        c = read_completed(_read_first_due(read_absent(c)))
    c = read_moved(read_good(c))
    c = read_margin(c) if c.margin is None else c
    c = read_threshold(read_target(c)) if c.margin is None or not c.moved else c
    c = read_status(read_order(c))
    if (c.above is not None or c.below is not None) and c.taken and all(_VAGUE.fullmatch(t.strip()) for t in c.taken):
        c = replace(c, statuses=())  # "the good news: which came in at 95% or better?"
    return read_ratings(c)
