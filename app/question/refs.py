"""Actions named by their number: "action 57", "milestones F4 and F5", or "F4" alone where a document numbers an action so."""

from __future__ import annotations

import re

from app.evidence.desk import Desk

_PLAIN = r"\d{1,3}(?:\.\d{1,2})?"
_NUMBER = rf"(?:[A-Za-z]{{1,3}}\d{{1,3}}[a-z]?|\d{{1,3}}[a-z]\b|{_PLAIN})"
_NOT_A_SIZE = r"\b(?!\s*(?:%|per|days|weeks|months|working))"
_NAMED = re.compile(
    r"\b(?P<noun>(?:actions?|milestones?|tasks?|jobs?|commitments?|deliverables?|savings?|ref(?:erence)?|items?|recommendations?|number)|no\.?)"
    r"\s+(?:no\.?\s*|number\s+)?"
    rf"(?P<refs>{_NUMBER}(?:(?:\s*,\s*|\s+(?:and|or|&)\s+){_NUMBER})*){_NOT_A_SIZE}",
    re.I,
)
_ALONE = re.compile(r"\b(?!Q[1-4]\b)(?:[A-Z]{1,3}\d{1,3}[a-z]?|\d{1,2}[a-z])\b")
_OF_ANY = re.compile(r"(?:actions?|ref(?:erence)?|items?|recommendations?|no\.?|number)", re.I)  # whose number may be one that nobody has


def refs_in(text: str, documents: frozenset[str], desk: Desk, about_actions: bool) -> tuple[tuple[str, ...], str]:
    """(the numbers of the actions named, as printed, the text without the words that name them).

    A number of digits alone names an action only after a word for one, in a question `about_actions` or where a document has it.
    """
    held = {r.lower(): r for a in desk.actions if a.record.place.document in documents and (r := (a.record.ref or "").rstrip("."))}
    found: list[str] = []
    for m in reversed(list(_NAMED.finditer(text))):
        said = re.findall(_NUMBER, m["refs"])
        known = [held[s.lower()] for s in said if s.lower() in held]
        bare = about_actions and _OF_ANY.fullmatch(m["noun"]) and all(re.fullmatch(_PLAIN, s) for s in said)
        if len(known) == len(said) or bare:
            found = [*(known if len(known) == len(said) else said), *found]
            text = f"{text[: m.start()]} {text[m.end() :]}"
    if not found:
        alone = [m for m in _ALONE.finditer(text) if m[0].lower() in held]
        found = [held[m[0].lower()] for m in alone]
        for m in reversed(alone):
            text = f"{text[: m.start()]} {text[m.end() :]}"
    return tuple(dict.fromkeys(found)), text
