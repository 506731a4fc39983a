"""The name of a figure: from the words before it, the words after it, or the figure it goes on with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ingest.language.parts import noun_follows, unjoined
from ingest.language.phrases import description, has_verb, head, needs_subject, subject, terms, tidy
from ingest.language.quantity import Quantity
from ingest.language.types import Figure, Part
from ingest.language.words import any_of, finder, words

_LABEL = 4  # words; more in brackets is a remark, not a label
_CHANGED = r"(?:increas\w*|reduc\w*|decreas\w*|ris\w*|rose|fall\w*|fell|dropp\w*|grow\w*|grew|improv\w*|up|down|now)"


class Name(NamedTuple):
    """A figure's own name ("" for none), the heading it stands under, and the part of the measure it is for."""

    own: str
    heading: str
    label: str | None = None


def name_of(part: Part, before: Sequence[Figure], heading: str, noun: str) -> Name:
    """The name of a part of a statement. `before` are the figures of the statement up to it, `heading` the line above, `noun` what the
    statements before spoke of."""
    left, right, label = part.before, part.after, None
    if m := re.match(r"\s*\(([^()]*[A-Za-z][^()]*)\)", right):
        label, right = (tidy(m[1]) if len(m[1].split()) <= _LABEL else None), right[m.end() :]
    if before and (m := _FOR.search(left)) and before[-1].quantity.unit == part.quantity.unit and not terms(right):
        return Name(_FOR_WHOM.sub("", before[-1].name), heading, tidy(m[1]))
    if (m := re.search(r"\(([^()]*)$", left)) and not part.joined:
        inside = re.sub(r"^\s*for\s", "", f"{m[1]} {right.partition(')')[0]}")
        return Name(_bracketed(left[: m.start()], m[1], right, before), heading, label or tidy(inside) or None)
    if not left.rstrip().endswith(":"):
        above, _, beyond = left.rpartition(":")
        if terms(above):
            heading, left = subject(above), beyond
    return Name(_own(_cleared(left, part, before), right, part, before, noun), heading, label)


_FOR = re.compile(r"^(?:.*[,;]\s*|\s*)(?:and\s+)?(?:for|in|among)\s+([\w\s&/'’-]{3,40}?)\s*:?\s*$")
_FOR_WHOM = re.compile(r"\s(?:for|in|among)\s[\w\s&/'’-]+$")


def _cleared(left: str, part: Part, before: Sequence[Figure]) -> str:
    """The words before a figure, "" where they only tie it to another or take it up ("compared to", "this has", "no")."""
    if part.joined and not terms(unjoined(left)):
        return ""
    if any(f.quantity.unit == part.quantity.unit for f in before) and re.match(r"\s*(?:this|it|these|they)\b", left, re.I):
        return ""
    if left.rstrip().endswith(",") and has_verb(tidy(part.after).split(" ")[0]) and not re.match(r"\W*of\b", left, re.I):
        return ""  # "At the end of term, 96% had a plan"
    return "" if part.quantity.in_words and part.quantity.value == 0 else left


def _own(left: str, right: str, part: Part, before: Sequence[Figure], noun: str) -> str:
    if part.quantity.is_duration and terms(left):
        return subject(left)
    named, told = subject(left), description(right)
    told = "" if finder("targets", "mere").fullmatch(told) else told
    if part.joined and not named and before and re.match(r"\s*[,;]", right):
        return ""  # "down from £684m to £561m, the homes are safer"
    if part.joined and not named and before and (needs_subject(right) or terms(told) <= terms(before[-1].name)):
        return ""
    if re.match(r"\W*of\s+(?:which|these|those|them)\s*,?\s*$", left, re.I):
        return _owned(told, before, noun)
    if (m := re.match(r"\W*of\s+(?:(?:the|all|our|these|those)\s+)*([^,]+),\s*$", left, re.I)) and told:
        return f"{m[1]} {told}"  # "Of the work audited, 43% was graded good"
    if re.match(r"\s*of\s", right):
        return _of(named, left, told, before)
    if named and not _has_it(left, right, part.quantity) and not (noun and _tells(right)):
        return _before_it(named, left, right, told, part, before)
    return _owned(told, before, noun) if told and needs_subject(right) else told


def _before_it(named: str, left: str, right: str, told: str, part: Part, before: Sequence[Figure]) -> str:
    """A name from the words before the figure, with those after it where they go on with it."""
    if before and before[-1].name and terms(named) <= terms(" ".join(words("averages", "words"))):
        return f"{named}, {before[-1].name}"  # "73% of cases … with the average being 22.2 weeks"
    if told and needs_subject(right) and len(told.split()) <= 6 and not has_verb(right):
        return f"{named} {told}"
    if told and part.quantity.unit == "count":
        if re.search(r"\bof\s*$", left):
            return f"{named} of {head(told)}"
        if re.search(r"\b(?:is|are|was|were)\s*$", left) and len(told.split()) <= 4:
            return f"{named} ({told})"
    return named


def _owned(told: str, before: Sequence[Figure], noun: str) -> str:
    """Words that begin with a verb or preposition, with the noun they are about: "208 were supported by a plan"."""
    said = _counted(before)
    whole = said and head(said) == said and len(said.split()) <= 6
    owner = (said if whole else head(said)) or noun
    return f"{owner} {told}" if owner else told


def _counted(before: Sequence[Figure]) -> str:
    """What the figures of a statement so far count: "18 actions, six are done, seven moving" → "actions"; "" where that is not said."""
    said = before[-1].name if before else ""
    said = min((f.name for f in before if f.name and f"{said} ".startswith(f"{f.name} ")), key=len, default=said)
    return "" if finder("targets", "status").fullmatch(said) else said


def _of(named: str, left: str, told: str, before: Sequence[Figure]) -> str:
    """The name of "N% of …": with its subject where that is a share of the rest ("Children form 20% of the population")."""
    if m := re.search(rf"{any_of(words('names', 'sharing'))}\s*$", left, re.I):
        owner = subject(left[: m.start()]) or (before[-1].name if before else "")
        return f"{owner} as a share of {told}" if owner else told
    preposition = re.search(r"\b(to|with|for|in|on|by|at|from)\s*$", left, re.I)
    if named and told and preposition and not re.search(rf"{_CHANGED}\s+to\s*$", left, re.I):
        return f"{named} {preposition[1].lower()} {told}"
    if named and told and len(named.split()) <= _LABEL and re.search(r"\b[a-z]{3,}s\s*$", left):
        return f"{named} {told}"  # "each partner attends 80% of board meetings"
    return told or named


def _bracketed(outer: str, inside: str, right: str, before: Sequence[Figure]) -> str:
    """The name of a figure in brackets: "teams (maximum 6)", "(AYSE 12)"."""
    last = before[-1].name if before else ""
    if inside.strip():
        return last or subject(outer)
    if last and not terms(outer):
        return last
    beyond = right.partition(")")[2]
    if noun_follows(beyond) and not re.match(r"\s*(?:and|or|but|which)\b", beyond):
        return description(beyond)
    return subject(outer) or last


def _has_it(left: str, right: str, quantity: Quantity) -> bool:
    """Whether the words before a figure are only who has it ("we have received 126 external compliments", "Allocate 29 cases")."""
    if quantity.unit not in ("count", "percent") or not terms(description(right)) or needs_subject(right):
        return False
    averaged = finder("averages", "words").search(left) and not re.search(r"\b(?:in|by|with)\s*$", left, re.I)
    if averaged or not (has_verb(left) or quantity.unit == "count"):
        return False
    return not re.search(rf"(?:\b(?:is|are|was|were|at|of|=|{_CHANGED}\s+to)|[:=@])\s*\(?$", left.strip(), re.I)


def _tells(right: str) -> bool:
    """ "6/9 felt safe": the words after the figure say what the counted ones said or felt."""
    return bool(re.match(rf"\W*{any_of(words('names', 'telling'))}", right, re.I))


def like_first(name: str, before: Sequence[Figure], part: Part) -> str:
    """A short label after a longer name goes on with it: "Timeliness of Contacts 97%, Referrals 95%" → "Timeliness of Referrals"."""
    if not before or not name or len(name.split()) > 3 or has_verb(name) or not name[0].isupper():
        return name
    first = before[0]
    if (
        first.quantity.unit != part.quantity.unit
        or not first.leads
        or first.heading_is_label
        or (terms(part.after) and not has_verb(part.after))
    ):
        return name
    m = re.match(r"(.+\s(?:of|for|in))\s+\S.*$", first.name)
    return f"{m[1]} {name}" if m else name


def to_be_reached(before: str) -> bool:
    """ "… and reach 90%": what is to reach the figure was named before."""
    reached = re.search(rf"{any_of(words('targets', 'reach'))}\s*$", before, re.I)
    return bool(reached) and (has_verb(before) or bool(re.search(r"\b(?:this|it|these|they|that)\b", before, re.I)))


def only_goes_on(before: str) -> bool:
    """ "This has then reduced to": words that take up the figure told before and name nothing new."""
    return takes_up(before) and not subject(_PRONOUN.sub("", before))


def takes_up(before: str) -> bool:
    """Whether words begin with a pronoun for what was told before."""
    return _PRONOUN.match(before) is not None


_PRONOUN = re.compile(r"\s*(?:this|it|these|they|that)\s+", re.I)
