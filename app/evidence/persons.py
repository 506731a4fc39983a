"""People by name: whether a question asks for one, and whether a sentence holds one."""

from __future__ import annotations

import re
from collections.abc import Callable

from app.evidence.desk import Desk
from app.question.cues import group

_BY_NAME = re.compile(
    rf"\bby name\b|\bname (?:the|our|their|both) (?:\w+ ){{0,3}}?{group('office')}\b"
    rf"|\bnames? of (?:the|our|their|each|all|any)?\b.{{0,30}}?\b{group('office')}|\b{group('office')}(?:'s)? names?\b"
    rf"|\bwho (?:is|was|are|were) (?:the |our |their )?(?:\w+ ){{0,3}}?{group('person')}\b",
    re.I,
)
_BODY = re.compile(rf"\b{group('body')}\b", re.I)
_CAPITALS = re.compile(r"\b[A-Z][a-z'’-]+(?: [A-Z][a-zA-Z'’-]+)+")

_OFFICE = re.compile(
    rf"(?:\b([A-Z][A-Z/&a-z]*[A-Z]) (?:\w+ )?)?\b(?:{group('office')}|boards?|committees?|panels?|teams?|meetings?)\b", re.I
)
_WHO = re.compile(r"(?:^|[.?!,;:]|\band\b)\s*(?:so |and |but )*(?:who|whose)(?:['’]?s|['’]?d)?\b", re.I)


def role_in(text: str) -> bool:
    """True where a text names an office or a body: "Head of Highways", "QA manager", "Improvement Board"; not just any "managers"."""
    return any(m[0].split()[-1][0].isupper() or (m[1] and m[1][0].isupper() and m[1][-1].isupper()) for m in _OFFICE.finditer(text))


def asks_who(text: str) -> bool:
    """True where a clause of a question asks for somebody."""
    return bool(_WHO.search(text))


def asked_by_name(text: str) -> bool:
    """True where a question wants to know what somebody is called, not which office is responsible."""
    return bool(_BY_NAME.search(text))


def named_in(desk: Desk) -> Callable[[str], bool]:
    """A test for sentences that name a person: capitalised words side by side that the documents never print in lower case."""
    lower = frozenset(w for c in desk.passages for w in re.findall(r"\b[a-z]{3,}\b", c.text))

    def holds(text: str) -> bool:
        return any(
            sum(w.lower() not in lower for w in a.split()[i : i + 2]) == 2
            for m in _CAPITALS.finditer(text)
            if not _BODY.search(m[0])
            for a in [m[0]]
            for i in range(len(a.split()) - 1)
        )

    return holds
