"""A figure asked for beside an earlier one: "fewer than we had?", "and what was it this time last year?"."""

from __future__ import annotations

import re

from app.question.topic import topic_of
from app.question.when import mentions

_AGO = (
    r"(?:this|the same) (?:time|point|quarter|period|month) (?:last year|a year ago|in the previous year|the year before)"
    r"|(?:a|one|the) (?:year|quarter|month) (?:ago|earlier|before|previously)|last (?:year|quarter|month|time)"
    r"|(?:the )?(?:previous|preceding|prior) (?:year|quarter|month|time|period)|before that|previously|beforehand"
)
_COMPARED = re.compile(r"\b(?!(?:rather|other|number|later) )(?:more|less|worse|\w{2,}er)\b(?=(?:\W+[\w'’]+){0,10}?\W+than\b)", re.I)
_THAN = re.compile(
    rf"\bthan (?:(?:at|in|on|it|they) )?(?:{_AGO}|before|ever|then|usual|when\b|(?:it|they|we|you|i|there|these|those|that|this) "
    r"(?:was|were|did|had|used|have been|has been)\b|(?:was|were|used) )",
    re.I,
)
_THEN = re.compile(r"\b(?:and|but) (?=(?:how (?:many|much|long|far|high|low|big)|what|where|was|were|is that|that compares)\b)", re.I)
_BESIDE = re.compile(rf"\b(?:compar\w+ (?:with|to)|against|versus|vs\.?|up on|down on|up or down on) (?:\S+ ){{0,4}}?(?:{_AGO})", re.I)
_WAS = re.compile(r"\b(?:was|were|did|had|been)\b", re.I)
_AIMED = re.compile(r"\b(?:targets?|aim\w*|supposed|meant|milestones?)\b", re.I)
_NOT_A_TIME = re.compile(r"^\W*(?:the )?(?:national|england|english|average|rest|target|other|\d{1,3}\b(?!/))", re.I)  # "than 20 cases"


def beside_earlier(text: str) -> bool:
    """True where a question sets how things are beside how they were at one time, named or not."""
    if compared := _COMPARED.search(text):
        after = text[text.lower().index("than", compared.end()) :]
        if _THAN.match(after) or (_dated(after) and not _NOT_A_TIME.match(after[4:])):
            return True
    if _BESIDE.search(text):
        return True
    return any(_told_then(text[: m.start()], text[m.end() :]) for m in _THEN.finditer(text))


def _told_then(first: str, second: str) -> bool:
    """True where the second clause asks for the same at an earlier time, and the first names none and is no target."""
    if _dated(first) or _AIMED.search(first) or not _WAS.search(second):
        return False
    if re.search(_AGO, second, re.I):
        return True
    times = mentions(second)
    left = second
    for m in reversed(times):
        left = left[: m.start] + " " + left[m.end :]
    return bool(times) and not topic_of(left)


def _dated(text: str) -> bool:
    return any(m.span or m.open_last is not None for m in mentions(text))
