"""What kind of answer a question asks for, decided by its words alone, first rule that fits.

The rules stand in cues.toml. The kinds themselves are in `app/kinds`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from app.question.cues import Rule, cues, group, rules
from app.question.lists import counted as counted_items
from app.question.lists import heads
from app.question.why import asks_why

_PROSE = re.compile(rf"\b{group('telling')}\b", re.I)
_FIGURE = re.compile(rf"\b{group('figure_word')}\b", re.I)
_STANDING = re.compile(
    r"^(?:(?:so|and|but|ok(?:ay)?|please|now|right|then)\W+)*"
    r"(?:(?:in|at|for|on|by|as of|from|during|according to|looking at) [^,]{3,80},\s*)?"
    rf"(?:(?:and|so) )?(?:(?:where|what|which|how many|anything|everything|all|any|list|show"
    r"|give|name|tell|identify|find|pull out|set out)\b"
    rf"|(?!(?:is|are|was|were|did|do|does|has|have|had|can|will|should)\b)"
    rf"(?:\w+[- ]){{0,3}}?{group('measure')}\b(?! (?:is|are|was|were|did|do|does|has|have) {group('we')}))",
    re.I,
)
_COLOURED = re.compile(
    r"^(?:so |and |ok )*what(?:'s| is| are) (?:still |now )?(?:red|amber|green|blue|off target|below target|behind)\b", re.I
)
_BOTH = re.compile(r"\bactual and target\b|\btarget and actual\b", re.I)
_PLAIN_LIST = re.compile(r"^(?:please )?(?:list|show|give)(?: me)? (?:\S+ ){0,6}?(?:kpis?|measures|indicators)\b", re.I)
_ACTION = re.compile(rf"\b{group('action')}\b(?! plans?\b)", re.I)
_MEASURES = re.compile(r"\b(?:measures|indicators|kpis)\b(?! of success)")


@cache
def _lists() -> re.Pattern[str]:
    named = rf"\b{group('opening')}\b(?:\s+\S+){{0,9}}?\s*\b{group('measure')}\b"
    having = rf"\b(?:which|what)\b(?:\s+\S+){{0,9}}?\s*\b{group('having')}\b"
    return re.compile(rf"{named}|{having}", re.I)


@lru_cache(maxsize=256)  # a sentence is read several times: whole, without its conditions, after what it leans on
def _fitting(low: str) -> tuple[Rule, ...]:
    """The rules that a text in small letters fits, in their order."""
    return tuple(r for r in rules() if r.pattern.search(low))


def intent_of(text: str, conditioned: bool, timed: int) -> tuple[str, tuple[str, ...]]:
    """(intent, wanted) of the question. `conditioned`: it sets conditions on figures; `timed`: how many times it names."""
    low = re.sub(r"\b(?:no )?further action\b", "nfa", text.lower().replace("’", "'"))
    low = re.sub(r"\b(what|who|how|where|when)s\b", r"\1's", low)
    fitting = _fitting(low)
    first = next((r for r in fitting if r.first), None)
    if first and not (first.intent == "explain" and heads(low) and "judgement" not in first.wanted):
        return first.intent, first.wanted
    if _ACTION.search(low) and not asks_why(low) and any(p.search(low) for patterns in cues("absent").values() for p in patterns):
        return ("count" if counted_items(low) else "actions"), ("actions",) * counted_items(low)
    if heads(low):
        return "headed", ("count",) if counted_items(low) else ()
    if asks_why(low):
        return "explain", ("reason",)
    counted = next((r for r in fitting if r.intent == "count"), None)
    if counted:
        return counted.intent, counted.wanted
    listed_work = not _MEASURES.search(low) and any(r.intent == "actions" and "promise" not in r.wanted for r in fitting)
    if (
        _PLAIN_LIST.search(low) or _COLOURED.search(low) or (conditioned and (_lists().search(low) or _STANDING.search(low)))
    ) and not listed_work:
        return "measures", ()
    if fitting:
        return fitting[0].intent, fitting[0].wanted
    if timed > 1:
        return "trend", ("change",)
    if (_FIGURE.search(low) or timed or _BOTH.search(low)) and not _PROSE.search(low):
        return "figure", ("value",)
    return "explain", ()
