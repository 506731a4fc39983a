"""Which quantities of a statement are figures, and which only belong to a figure's words ("within 5 working days", "at least 2 oversights")."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

from ingest.language.period import Dated
from ingest.language.phrases import terms
from ingest.language.quantity import Quantity, quantities, zeros
from ingest.language.words import any_of, finder, words


def candidates(said: str, dates: list[Dated], role: str = "reading", lengths: Collection[str] = ()) -> list[Quantity]:
    """The quantities of one statement that are figures, in order. In a target's words a length of time is one where nothing else is;
    elsewhere only beside a cue ("average", "waiting time") or when its unit is in `lengths`."""
    found = [q for q in quantities(said) if not any(d.start < q.end and q.start < d.end for d in dates)]
    found = sorted([*found, *_in_words(said, role, bool(found))], key=lambda q: q.start)
    out: list[Quantity] = []
    for i, q in enumerate(found):
        follows = out[-1] if out else None
        if _labels(said, q, found[i + 1] if i + 1 < len(found) else None) or _defines(said, q):
            continue
        if q.is_duration:
            if re.match(rf"\s*{any_of(words('durations', 'bounds'))}", said[q.end :], re.I):
                continue
            if _is_measured(said, q) or q.unit_word in lengths or _alone(said, q, dates):
                out.append(q)
        elif q.value is None or q.unit in ("percent", "gbp") or _alone(said, q, dates):
            out.append(q)
        elif _counts(said, q, found) and not (follows and _absorbed(said, follows, q)):
            out.append(q)
    if not out and (role == "target" or finder("targets", "wants").search(said)):
        out = [q for q in found if q.is_duration and _limits(said, q)]
    return out


def _in_words(said: str, role: str, with_others: bool) -> list[Quantity]:
    """The "none", "no" and "both" of a statement that count: "None were resolved", "No unallocated cases", "There will be no …"."""
    out = []
    for q in zeros(said):
        word, before, after = q.printed.lower(), said[: q.start].strip(), said[q.end :]
        if word == "both":
            good = with_others and not before and bool(re.match(r"\s+(?!of\b|the\b|in\b)[a-z]", after))
        elif word == "none":
            good = not before and bool(re.match(r"\s+(?:of|were|was|have|has|had|are|is)\b", after))
        elif role == "target":
            good = bool(re.search(r"\bthere\s+(?:will\s+be|are|is|should\s+be|to\s+be)$", before, re.I)) or (not before and len(said.split()) <= 8)
        else:
            good = not before and not with_others and len(said.split()) <= 6
        if good:
            out.append(q)
    return out


def _defines(said: str, q: Quantity) -> bool:
    """ "% workers holding more than 20 cases": the number of a definition."""
    return (q.unit == "count" or q.is_duration) and q.qualifier is not None and bool(re.match(r"\s*(?:%|percentage|proportion|number of|no\. of|rate)", said, re.I)) and bool(re.search(r"\b(?:holding|having|with|have|has|had|who|of|missed|for|wait|waiting|took|taking)\s*$", said[: q.start], re.I))


def _labels(said: str, q: Quantity, following: Quantity | None) -> bool:
    """ "1 day: 89%": a quantity with a colon after it names the next one."""
    return following is not None and bool(re.match(r"[\w\s]{0,30}\):|\s*[:=]\s*$", said[q.end : following.start]))


def _alone(said: str, q: Quantity, dates: list[Dated]) -> bool:
    """Whether the statement is the quantity and nothing else but dates and punctuation."""
    rest = said[: q.start] + said[q.end :]
    for d in dates:
        rest = rest.replace(said[d.start : d.end], " ")
    return not re.search(r"\w", rest)


_BENCHMARK_FOLLOWS = rf"\s+(?:for|in|across|among)\s+(?:(?:our|the|all|its)\s+)*{any_of(words('comparisons', 'benchmarks'))}"
_LEADS_TO_LENGTH = "is|was|are|were|be|being|of|at|from|to|by|averag(?:e|es|ed|ing)|takes?|took|taking|lasts?|lasted|mean|median|now|currently"


@cache
def _cue() -> re.Pattern[str]:
    return re.compile(any_of(words("durations", "cues")), re.I)


def _is_measured(said: str, q: Quantity) -> bool:
    """Whether a cue that makes a length of time a figure stands near it, and nothing that makes it a habit ("every 4 weeks")."""
    before = re.split(r"[;.]\s|\sand\s", said[: q.start])[-1]
    near_before, near_after = " ".join(before.split()[-7:]), " ".join(said[q.end :].split()[:3])
    if re.search(any_of(words("durations", "steady")) + r"\s*$", before, re.I):
        return False
    if not q.qualifier and not re.search(rf"(?:[=@:(]|\b(?:{_LEADS_TO_LENGTH}))\s*$", before, re.I) and not re.match(r"\s*(?:on\s+)?average", near_after, re.I):
        return False
    return bool(_cue().search(near_before) or re.match(rf"\s*(?:on\s+)?(?:{any_of(('average', 'mean', 'median'))})", near_after, re.I) or re.search(r"[=]\s*$", before))


def _limits(said: str, q: Quantity) -> bool:
    before = said[: q.start]
    if re.search(any_of(words("durations", "steady")) + r"\s*$", before, re.I) and not re.search(r"\bwithin\s+the\s+first\s*$", before, re.I):
        return False
    return q.qualifier in ("<", "<=") or bool(re.search(rf"(?:{any_of(words('durations', 'limits'))})(?:\s+the\s+first)?\s*$|[=@:]\s*$|\b(?:is|are|of)\s*$", before, re.I))


def _counts(said: str, q: Quantity, found: list[Quantity]) -> bool:
    """Whether a bare number counts something: a noun after it, or words before it that lead up to a value."""
    after = re.match(r"\s*([A-Za-z][\w'’-]*|\d+\s?\+\s*[a-z]+)", said[q.end :])
    noun = after[1].lower() if after else ""
    opens = bool(re.search(r"(?:^|[;,])\s*$", said[: q.start])) and noun in ("on", "in", "with", "under", "not", "at")
    if re.match(r"\s*\(\s*\d", said[q.end :]) and not q.in_words:
        return True
    if re.match(rf"\s*{any_of(words('numbering', 'names'))}\s+\d+\s+[a-z]", said[q.end :], re.I):
        return True  # "2 stage 2 complaints"
    if opens or (noun and noun not in words("uncounted", "heads")):
        if q.in_words and re.search(r"(?:\b(?:the|these|those|all)|['’]s?)\s+$", said[: q.start], re.I):
            return False  # "the two authorities", "the council's three homes": which ones, not how many
        if q.in_words and q.value == 1:
            return len([o for o in found if o.unit == "count"]) >= 3
        return True
    if q.of is not None:
        return True
    if q.in_words:
        return False
    if q.qualifier or re.match(_BENCHMARK_FOLLOWS, said[q.end :], re.I):
        return True
    before = said[: q.start].rstrip()
    if re.search(r"\(\s*[A-Za-z][\w\s]{0,20}$", before) and re.match(r"\s*\)", said[q.end :]):
        return True
    leads = r"(?:[:=@(]|\b(?:is|are|was|were|at|to|from|of|by|numbering|than|now|currently|fomr|fonr|against|with|vs?|versus|averag(?:e|es|ed|ing)|totall(?:ed|ing)|reached)|\s[–—-])$"
    return bool(re.search(leads, before, re.I)) or q.unit_word == "rate" or bool(re.search(r"\b(?:number|numbers|total|staff|count)\b[\w\s]{0,40}$", before, re.I))


def _absorbed(said: str, figure: Quantity, q: Quantity) -> bool:
    """Whether a count belongs to the words of the figure before it."""
    gap = said[figure.end : q.start]
    if re.search(r"\((?:\w+\s+){0,3}$", gap):
        return False
    joints = any_of((*words("comparisons", "back"), *words("comparisons", "on")))
    if re.search(rf"(?:[,;:(]|\n|\s(?:and|with|including|plus|or|of which|[–—-])|{joints})\s*(?:of\s+|the\s+|a\s+|an\s+|low of\s+|high of\s+)*$", gap, re.I):
        return False
    if re.search(r"[,;:]\s[^,;:]*$|\s(?:and|with|while)\s[^,;:]*$", gap):
        tail = re.split(r"[,;:]\s|\s(?:and|with|while)\s", gap)[-1]
        return not re.search(r"\b(?:is|are|was|were|at|to|of|have|has|received|completed|had|numbering|totalling)\s*$", tail.strip(), re.I)
    return bool(terms(gap)) or not gap.strip()
