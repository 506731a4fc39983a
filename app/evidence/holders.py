"""Who holds an action: how many offices, bodies or people a lead cell names, and whether one of them holds it alone."""

from __future__ import annotations

import re
from functools import lru_cache

from app.question.cues import group
from app.question.wordclass import english

# Offices, also named short. A cell may run several on without any mark between them: "Heads of Service Team Managers".
_OFFICE = re.compile(
    rf"\b(?:{group('office')}|social workers?|partners?|advis[eo]rs?|AD|HoS|DCS|PSW|IRO|teachers?|workers?|teams?)\b", re.I
)
_BODY = re.compile(rf"\b{group('body')}\b", re.I)
_BRACKETS = re.compile(r"\([^)]*\)")
_APART = re.compile(r"\s*(?:[;/&\n]|,|\band\b|\bwith\b|(?<=[a-z])\.)\s+", re.I)
_PERSON = re.compile(r"(?:(?:Dr|Mr|Mrs|Ms|Miss|Cllr|Councillor)\.? )?[A-Z][a-z'’-]+(?: [A-Z][a-zA-Z'’-]+){1,2}")


@lru_cache(maxsize=4096)
def holders(lead: str) -> int:
    """How many hold an action together by its lead cell: "Head of LAC (JK) and Head of Fieldwork (KP)" 2, "Head of Access, Priya Shah" 1.

    Each office counts once, however its name goes on ("Head of Practice and Development"); without any, each person named. What a
    semicolon parts is parted.
    """
    plain = _BRACKETS.sub(" , ", " ".join(lead.split()))
    offices, end = 0, 0
    for m in _OFFICE.finditer(plain):
        offices += not offices or bool(plain[end : m.start()].strip())  # "Virtual Head Teacher" is one office
        end = m.end()
    people = sum(map(_person, _APART.split(plain)))
    parted = sum(bool(part.strip(" ,.")) for part in plain.split(";"))
    return max(1, parted, offices or people)


def _person(part: str) -> bool:
    """True for a person's name: capitalised words of which one is no English word, and none that of a body."""
    name = part.strip(" ,.")
    return bool(_PERSON.fullmatch(name)) and not _BODY.search(name) and not all(english(w) for w in name.split())
