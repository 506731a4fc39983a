"""Whether a figure is a reading, a target or a benchmark, and which period it is for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.language.period import Dated, dates_nothing
from ingest.language.phrases import subject, tidy
from ingest.language.types import Part, Role
from ingest.language.words import any_of, finder, words


def role_of(said: str, part: Part, usual: Role) -> Role:
    """What a figure of a statement is: a target where target words or a wish stand before it and nothing done is told, else `usual`."""
    before = said[: part.quantity.start]
    if usual == "target" or finder("targets", "reached").search(before):
        return usual
    target_words = any_of(words("targets", "words"))
    if re.search(target_words, part.before, re.I) or (part.quantity.unit != "count" and re.match(rf"\s*{target_words}", part.after, re.I)):
        return "target"
    if re.match(rf"[^.;,]{{0,70}}?{any_of(words('targets', 'wants_after'))}", part.after, re.I):
        return "target"
    wishes = list(finder("targets", "wants").finditer(before))
    if not wishes:
        return usual
    wish = wishes[-1]
    if finder("targets", "foreseen").search(before):
        return usual  # "is forecast to be £6.2 million": nobody wants that
    # "to be completed" is not done, and what is to be ensured is not either
    done = [m for m in finder("targets", "done").finditer(before) if m.start() > wish.start() and before[wish.end() : m.start()].strip()]
    return usual if done and "ensure" not in wish[0].lower() else "target"


def benchmark_after(after: str) -> str | None:
    """The benchmark a figure is said to be in the words after it: "70 for England" → "England"."""
    leading = r"\W*(?:(?:for|in|across|among|by)\s+)?(?:(?:our|the|all|its)\s+)*"
    m = re.match(rf"{leading}({any_of(words('comparisons', 'benchmarks'))}(?:\s+averages?)?)", after, re.I)
    return tidy(m[1]) if m else None


def benchmark_before(before: str) -> str | None:
    """The benchmark that is all the words before a figure name: "England stands at 46%" → "England"."""
    benchmark = any_of(words("comparisons", "benchmarks"))
    m = re.match(rf"\W*(?:and\s+)?(?:(?:our|the|all|its)\s+)*({benchmark}(?:\s+averages?)?)\W*(.*)$", before, re.I | re.S)
    return tidy(m[1]) if m and not subject(re.sub(r"\b(?:it|they|this|that)\b", "", m[2], flags=re.I)) else None


def is_benchmark(part: Part, heading: str) -> bool:
    """Whether the words before a figure, or the heading it stands under, make it a benchmark ("national average 71%")."""
    if part.joined == "benchmark" or re.match(r"\W*benchmarks?\b", part.before, re.I) or re.match(r"benchmarks?\b", heading, re.I):
        return True
    near = " ".join(part.before.split()[-5:]) + " "
    return bool(re.search(rf"{any_of(words('comparisons', 'benchmarks'))}\s*(?:average|figure|rate|is|of|was|at|:|=|\(|\s)*$", near, re.I))


def period_of(said: str, parts: Sequence[Part], i: int) -> str | None:
    """The period nearest the figure in its own words, else the one the whole statement speaks of or opens with."""
    part = parts[i]
    older = part.joined == "back" or (i + 1 < len(parts) and parts[i + 1].joined == "on")
    own = [d for d in part.dated if _dates(said, d) and not ((part.joined or older) and _spans(said, d))]
    if own:
        after = [d for d in own if d.start >= part.quantity.end]
        before = [d for d in own if d.start < part.quantity.start]
        labelled = before and not tidy(said[before[-1].end : part.quantity.start])
        return before[-1].period if labelled or not after else after[0].period
    if older:
        return None
    throughout = [d for p in parts for d in p.dated if d.period and _spans(said, d)]
    opening = [d for d in parts[0].dated if _dates(said, d) and d.start < parts[0].quantity.start] if i > 0 else []
    chosen = throughout or opening
    return chosen[-1].period if chosen else None


def _dates(said: str, d: Dated) -> bool:
    return d.period is not None and not dates_nothing(said[: d.start])


def _spans(said: str, d: Dated) -> bool:
    """Whether a date is the span all of the statement speaks of: "43% from 31% through 24/25", "in year"."""
    throughout = re.search(r"\b(?:through|throughout|across|over)\s+(?:the\s+)?$", said[: d.start], re.I)
    return bool(throughout) or bool(finder("periods", "this_year").fullmatch(said[d.start : d.end]))
