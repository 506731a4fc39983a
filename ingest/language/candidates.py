"""Which quantities of a statement are figures, and which only belong to a figure's words ("within 5 working days", "at least 2 visits")."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

from ingest.language.period import Dated
from ingest.language.phrases import terms
from ingest.language.quantity import Quantity, quantities, zeros
from ingest.language.words import any_of, finder, words

_WISH = 16  # words; a longer target that begins with "no" is about something else
_BRIEF = 6  # words; "No unallocated cases." is a count, a "no" in a sentence is not


def candidates(said: str, dates: list[Dated], role: str = "reading", lengths: Collection[str] = ()) -> list[Quantity]:
    """The quantities of one statement that are figures, in order. In a target's words a length of time is one where nothing else is;
    elsewhere only beside a cue ("average", "waiting time") or when its unit is in `lengths`."""
    found = [q for q in quantities(said) if not any(d.start < q.end and q.start < d.end for d in dates)]
    found = sorted([*found, *_in_words(said, role, bool(found))], key=lambda q: q.start)
    out: list[Quantity] = []
    for i, q in enumerate(found):
        aside = _names_next(said, q, found[i + 1 : i + 2]) or _defines(said, q) or _differs(said, q)
        if not aside and _is_figure(said, q, found, out, dates, lengths, role):
            out.append(q)
    if not out and (role == "target" or finder("targets", "wants").search(said)):
        out = [q for q in found if q.is_duration and _limits(said, q)]
    return out


def _is_figure(
    said: str, q: Quantity, found: list[Quantity], before: list[Quantity], dates: list[Dated], lengths: Collection[str], role: str
) -> bool:
    if q.is_duration:
        bound = re.match(rf"\s*{any_of(words('durations', 'bounds'))}", said[q.end :], re.I)  # "against the 26 week timescale"
        negated = bool(before) and before[-1].in_words and before[-1].value == 0  # "No child waits more than six months": none may
        return (
            not bound
            and not negated
            and (_is_measured(said, q) or q.unit_word in lengths or _alone(said, q, dates) or _set_beside(said, q, before))
        )
    if q.value is None or q.unit in ("percent", "gbp") or _alone(said, q, dates):
        return True
    if before and _dated_on(said, q, dates) and before[-1].unit == q.unit:
        return True
    return _counts(said, q, found, role == "target") and not (before and _absorbed(said, before[-1], q))


def _in_words(said: str, role: str, with_others: bool) -> list[Quantity]:
    """The "none", "no" and "both" of a statement that count: "None were resolved", "No unallocated cases", "There will be no …"."""

    def counts(q: Quantity) -> bool:
        word, before, after = q.printed.lower(), said[: q.start].strip(), said[q.end :]
        if word == "both":
            return with_others and not before and bool(re.match(r"\s+(?!of\b|the\b|in\b)[a-z]", after))
        if word == "none":
            return not before and bool(re.match(r"\s+(?:of|were|was|have|has|had|are|is)\b", after))
        if role == "target" and re.search(r"\bthere\s+(?:will\s+be|are|is|should\s+be|to\s+be)$", before, re.I):
            return True
        return not before and (role == "target" or not with_others) and len(said.split()) <= (_WISH if role == "target" else _BRIEF)

    return [q for q in zeros(said) if counts(q)]


def _defines(said: str, q: Quantity) -> bool:
    """ "% workers holding more than 20 cases": the number of a definition."""
    if not (q.unit == "count" or q.is_duration) or q.qualifier is None:
        return False
    opens = re.match(rf"\s*{any_of(words('leads', 'definitions'))}", said, re.I)
    return bool(opens) and bool(re.search(rf"{any_of(words('leads', 'defined'))}\s*$", said[: q.start], re.I))


def _differs(said: str, q: Quantity) -> bool:
    """ "Rose by 9%", "£0.7 million more than the budget", "two percentage points": how far something moved, not where it stands."""
    if "point" in q.printed.lower() or re.match(r"\s*(?:percentage\s+)?points?\b", said[q.end :], re.I):
        return True
    if re.match(r"\s*of\s+(?:the|its)\s+target\b", said[q.end :], re.I):
        return True
    if re.match(r"\s*(?:more|fewer|less)\b", said[q.end :], re.I):
        return True
    if re.match(rf"\s*{any_of(words('comparisons', 'differences'))}(?:\s+\w+){{0,2}}?\s+than\b", said[q.end :], re.I):
        return True
    return bool(re.search(rf"{any_of(words('comparisons', 'changes_by'))}\s+(?:\w+ly\s+)?by\s*$", said[: q.start], re.I))


def _set_beside(said: str, q: Quantity, before: list[Quantity]) -> bool:
    """ "94 weeks in June, up from 78 weeks a year before": a length of time set beside one that is measured."""
    if not before or before[-1].unit != q.unit:
        return False
    return bool(re.search(rf"{any_of(words('comparisons', 'back'))}\s*$", said[before[-1].end : q.start], re.I))


def _dated_on(said: str, q: Quantity, dates: list[Dated]) -> bool:
    """ "10 by September and 20 by March": a bare number with a date of its own."""
    return any(re.fullmatch(r"\s*(?:by|in|at|for)?\s*(?:the\s+)?", said[q.end : d.start], re.I) for d in dates if d.start >= q.end)


def _names_next(said: str, q: Quantity, following: list[Quantity]) -> bool:
    """ "1 day: 89%", "Stability (3+ moves): 9%": a quantity with a colon after it belongs to the name of the next."""
    return bool(following) and bool(re.match(r"[\w\s]{0,30}\):|\s*[:=]\s*$", said[q.end : following[0].start]))


def _alone(said: str, q: Quantity, dates: list[Dated]) -> bool:
    """Whether the statement is the quantity and nothing else but dates and punctuation."""
    rest = said[: q.start] + said[q.end :]
    for d in dates:
        rest = rest.replace(said[d.start : d.end], " ")
    return not re.search(r"\w", rest)


def _is_measured(said: str, q: Quantity) -> bool:
    """Whether a cue that makes a length of time a figure stands near it, and nothing that makes it a habit ("every 4 weeks")."""
    before = re.split(r"[;.]\s|\sand\s", said[: q.start])[-1]
    if _is_steady(before):
        return False
    averaged = re.match(rf"\s*(?:on\s+)?{any_of(words('durations', 'statistics'))}", said[q.end :], re.I)
    if not q.qualifier and not averaged and not re.search(rf"(?:[=@:(]|{any_of(words('leads', 'to_length'))})\s*$", before, re.I):
        return False
    near = " ".join(before.split()[-7:])
    return bool(averaged or finder("durations", "cues").search(near) or re.search(r"=\s*$", before))


def _is_steady(before: str) -> bool:
    return bool(re.search(rf"{any_of(words('durations', 'steady'))}\s*$", before, re.I))


def _limits(said: str, q: Quantity) -> bool:
    """Whether a length of time is the most something may take: "within 2 weeks", "= 26 weeks"."""
    before = said[: q.start]
    if _is_steady(before) and not re.search(r"\bwithin\s+the\s+first\s*$", before, re.I):
        return False
    leading = rf"{any_of(words('durations', 'limits'))}(?:\s+the\s+first)?\s*$|[=@:]\s*$|\b(?:is|are|of)\s*$"
    return q.qualifier in ("<", "<=") or bool(re.search(leading, before, re.I))


def _counts(said: str, q: Quantity, found: list[Quantity], wanted: bool) -> bool:
    """Whether a bare number counts something: a noun after it, or words before it that lead up to a value."""
    before, after = said[: q.start], said[q.end :]
    if re.match(r"\s*\(\s*\d", after) and not q.in_words:
        return True  # "37 (17%) were"
    if re.match(rf"\s*{any_of(words('numbering', 'names'))}\s+\d+\s+[a-z]", after, re.I):
        return True  # "2 stage 2 complaints"
    if q.of is not None:
        return True
    if _has_noun(before, after):
        if wanted and re.fullmatch(r"\s*all\s+", before, re.I):
            return True  # "All three posts filled"
        if q.in_words and re.search(r"(?:\b(?:the|these|those|all)|['’]s?)\s+$", before, re.I):
            return False  # "the two authorities", "the council's three homes": which ones, not how many
        return not (q.in_words and q.value == 1) or len([o for o in found if o.unit == "count"]) >= 3
    if q.in_words:
        return False
    if re.match(rf"\s*{any_of(words('uncounted', 'lengths'))}", after, re.I):
        return False
    if q.qualifier or q.unit_word == "rate" or _benchmark_follows().match(after):
        return True
    if re.search(r"\(\s*[A-Za-z][\w\s]{0,20}$", before.rstrip()) and re.match(r"\s*\)", after):
        return True  # "(AYSE 12)"
    return bool(_leads_to_count().search(before.rstrip()))


def _has_noun(before: str, after: str) -> bool:
    m = re.match(r"\s*([A-Za-z][\w'’-]*|\d+\s?\+\s*[a-z]+)", after)
    noun = m[1].lower() if m else ""
    if re.search(r"(?:^|[;,])\s*$", before) and noun in ("on", "in", "with", "under", "not", "at"):
        return True  # "18 on a plan for the second time"
    return bool(noun) and noun not in words("uncounted", "heads")


@cache
def _leads_to_count() -> re.Pattern[str]:
    return re.compile(rf"(?:[:=@(]|{any_of(words('leads', 'to_count'))}|\s[–—-]|{any_of(words('leads', 'totals'))}[\w\s]{{0,40}})$", re.I)


@cache
def _benchmark_follows() -> re.Pattern[str]:
    benchmark = any_of(words("comparisons", "benchmarks"))
    return re.compile(rf"\s+(?:for|in|across|among)\s+(?:(?:our|the|all|its)\s+)*{benchmark}", re.I)


@cache
def _fresh_count() -> re.Pattern[str]:
    joints = any_of((*words("comparisons", "back"), *words("comparisons", "on")))
    separators = rf"(?:[,;:(]|\n|\s(?:and|with|including|plus|or|of which|[–—-])|{joints})"
    return re.compile(rf"{separators}\s*(?:of\s+|the\s+|a\s+|an\s+|low of\s+|high of\s+)*$|\((?:\w+\s+){{0,3}}$", re.I)


def _absorbed(said: str, figure: Quantity, q: Quantity) -> bool:
    """Whether a count belongs to the words of the figure before it: "90% of cases have at least 2 oversights"."""
    gap = said[figure.end : q.start]
    if _fresh_count().search(gap):
        return False
    clauses = re.split(r"[,;:]\s|\s(?:and|with|while)\s", gap)
    if len(clauses) > 1:
        return not re.search(rf"{any_of(words('leads', 'new_count'))}\s*$", clauses[-1].strip(), re.I)
    return bool(terms(gap)) or not gap.strip()
