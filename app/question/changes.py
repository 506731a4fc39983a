"""How a figure moved, as the condition of a list: "went up by 10 points or more", "lower than a year ago", "shown as worsening".

A list of what moved is asked of measures in the plural or of nothing in particular; of one figure the same words ask how it went.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.question.cues import cues, group
from app.question.margins import Margin, margin_in
from app.question.when import mentions

_MANY = re.compile(rf"\b(?:{group('opening')}|how many|count|is there|was there)\b(?:\s+\S+){{0,7}}?\s*\b{group('several')}\b", re.I)
_WHAT = re.compile(  # "what has", "where is performance": nothing stands between the question word and how it moved
    r"\b(?:what|where|which|anything|everything|nothing)(?:['’]s)?"
    r"(?:\s+(?:is|are|was|were|has|have|had|things?|ones?|else|performance|did|we|they|it|get|got|actually|really|still|also|now))*\W*$",
    re.I,
)
_THAN = re.compile(  # a comparison with another time, not with a target, with what was meant to be, or with another council
    rf"\b(?P<word>{group('less')}|{group('more')}|worse|better|(?:un)?happier)\b(?P<between>(?:\s+\S+){{0,6}}?)\s+(?P<than>than)\b"
    r"(?!\s+(?:its |their |the |our |a )?(?:own )?(?:targets?|goals?|standards?|plan|national|england|average|neighbours|others?)\b)"
    r"(?!\s+(?:it|they|we|things)(?:.d| (?:should|ought|must|need|want|hoped|planned|\w+ (?:meant|supposed|expected)))\b)"
    r"(?=\s+(?:in|at|on|during|they|it|we|before|last|this time|a |an |the |q\d|quarter|\d{4}|\w+ \d{4}|previously|at the))",
    re.I,
)
_WITH = re.compile(r"\s+(?P<word>happy|satisfied|pleased|content|confident)\s+with\b", re.I)
_WITH_IT = re.compile(r"^\s+with\b")
_NOT_THOSE = re.compile(  # what is set against it: "not the ones below target"
    r"(?:^\s*|[,;:.?!–-]\s*|\s-\s)(?:and |but )?not (?:just |only |merely |simply )?(?:the |those |what|ones? |things? |stuff |anything )"
    r"[^,;.?]*",
    re.I,
)
_OCCASION = re.compile(r"\s+(?:survey|outturn|census|returns?|position|results?|figures?|report)\b", re.I)
_ANY = re.compile(r"\b(?:anything|things|areas|what)\b", re.I)
_AT_ALL = re.compile(r"\b(?:anything|anywhere|everything|nothing|things|stuff|areas)\b[^.?!]{0,80}$", re.I)
_BY = re.compile(r"\bby\b|\b(?:points?|pp|%|per ?cent)\b", re.I)


@dataclass(frozen=True)
class Change:
    """`way`: "up", "down", "better", "worse" or "same"; `size`: by how much, where that is asked; `rest`: the text without the words."""

    rest: str
    way: str
    size: Margin | None = None


def without_the_others(text: str) -> str:
    """The text without the clause that only says which are not meant: "not the ones below target, the ones getting worse"."""
    return _NOT_THOSE.sub(" ", text) if _MANY.search(text) or len(text.split()) > 4 else text


def change_in(text: str) -> Change | None:
    """The change a list asks for; None where the text asks for no such list."""
    many = _MANY.search(text) is not None
    found = _compared(text, many) or _told(text, many)
    if found is None:
        return None
    way, rest = found
    size = margin_in(rest, True) if _BY.search(rest) else None
    return Change(size.rest if size and size.unit else rest, way, size if size and size.unit else None)


def _compared(text: str, many: bool) -> tuple[str, str] | None:
    """ "lower in Q3 than in Q3 last year", "less happy now than in the survey"."""
    m = _THAN.search(text)
    if m is None or not (many or _WHAT.search(text[: m.start()]) or _ANY.search(text[: m.start()])):
        return None
    word, between, after = m["word"].lower(), m["between"], _dated(text[m.end() :])
    if re.search(r"\d+\s*(?:%|points?|per ?cent)?\s*$", between) and not re.search(r"\b(?:in|at|on|q\d|quarter)\b", between, re.I):
        return None  # "more than"
    if word.endswith("happier"):
        word, between = ("worse" if word.startswith("un") else "better"), f" with satisfaction {_WITH_IT.sub(' ', between)}"
    way = word if word in ("worse", "better") else "down" if re.fullmatch(group("less"), word, re.I) else "up"
    if way in ("up", "down") and (felt := _WITH.match(between)):
        return ("better" if way == "up" else "worse"), f"{text[: m.start()]} with satisfaction {between[felt.end() :]} , {after}"
    return way, f"{text[: m.start()]} {between} , {after}"


def _dated(text: str) -> str:
    """The text without the word for what was taken at a time it names: "the 2024/25 survey"."""
    for m in reversed(mentions(text)):
        if taken := _OCCASION.match(text, m.end):
            text = text[: m.end] + text[taken.end() :]
    return text


def _told(text: str, many: bool) -> tuple[str, str] | None:
    for way, patterns in cues("moved").items():
        for p in patterns:
            m = p.search(text)
            if m and (many or _WHAT.search(text[: m.start()]) or _AT_ALL.search(text[: m.start()])):
                return way, f"{text[: m.start()]} , {text[m.end() :]}"
    return None
