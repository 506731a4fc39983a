"""How the actions asked for stand, as a question says it: in the words of a document's own status column, or in anybody's; and put back."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.evidence.called import noun_of
from app.evidence.desk import Desk
from app.evidence.states import moved_to, state_of
from app.question.cues import cues, group
from app.question.when import iso, mentions

_PLAIN = ("complete", "in progress", None)  # states whose words are everyday verbs: they need a sign that a status is meant
_SIGN = (
    r"(?:\b(?:status(?:es)?(?: of| is| was)?|marked|rated|shown|listed|down|flagged|reported|recorded|showing|stands?|are|is|were|was|be|"
    r"still|now|already|currently)(?: (?:as|at|still|now|all|already|currently|being))* [\"“'‘]?)"
)
_JOINED = r"\b(?:either|neither|both|or|nor|and) "  # a state beside another: "delayed or stopped"
_NOT = re.compile(
    r"\b(?:not|isn.t|aren.t|wasn.t|weren.t|never|neither)(?: (?:yet|currently|now|actually|marked|rated|shown|down|as))*\W*$", re.I
)
_DATED = re.compile(r"\s*(?:as at|as of|as|at|by|in|on|since|before|from)?\s*(?:the )?(?:end of )?$", re.I)
_PUT_BACK = re.compile(
    rf"\b(?:(?P<dated>(?:put|push|mov|kick)(?:e?d|ing)? (?:back|out|on)|revised|re-?scheduled|re-?dated|re-?profiled|postponed"
    rf"|deferred|(?:new|later|revised|changed) (?:\w+ )?(?:dates?|deadlines?)"
    rf"|(?:dates?|deadlines?) (?:(?:was|were|has|have) )?(?:been )?(?:changed|extended))"
    rf"|{group('put_back')})\b",
    re.I,
)
_OF_DATES = re.compile(r"\bdates?\b|\bdeadlines?\b|\bfrom\b.{1,25}\b(?:in)?to\b", re.I)
# what may follow a state that is said of the actions: "late health checks" are a subject
_PREDICATE = re.compile(
    rf"\W*(?:$|[?.,;!–-]|(?:and|or|but|at|in|on|by|as|with|for|to|than|now|still|yet|this|since|because|so|according|who|what|of|under|from)\b"
    rf"|{group('things')}\b)",
    re.I,
)
_AND_RATED = re.compile(r"\b(?:status|rag|brag|ragb) (?:is|of|as)?\s*$", re.I)


@dataclass(frozen=True, slots=True)
class States:
    """`rest`: the text without the words for the states; `printed`: whether a document in question prints one of them as a status."""

    rest: str
    states: tuple[str, ...] = ()
    printed: bool = False


def printed_in(text: str, documents: frozenset[str], desk: Desk) -> States:
    """The statuses asked for that the documents print, the longest first; other words for the same states are taken out with them."""
    rest, found = text, []
    held = sorted({s for name in documents for s in desk.statuses(name)}, key=lambda s: (-len(s), s))
    for status in held:
        words = r"\W+".join(map(re.escape, status.split()))
        sign = rf"(?:{_SIGN}|{_JOINED})" if len(status.split()) == 1 and state_of(status) in _PLAIN else ""
        while m := re.search(rf"{sign}(?P<said>\b{words}\b)[\"”'’]?(?!-)", rest, re.I):
            if _time_follows(status, rest, m.end()):
                break
            rest, said = _taken(rest, m.start("said"), m.end(), status)
            found.append(said)
    for state in {state_of(f) for f in found} - {*_PLAIN}:
        for p in cues("state")[state or ""]:
            rest = p.sub(" ", rest)
    return States(_AND_RATED.sub(" ", rest) if found else rest, tuple(dict.fromkeys(found)), bool(found))


def held_in(text: str, documents: frozenset[str], desk: Desk) -> bool:
    """True where a state asked for in other words is one that a document prints as a status."""
    return bool({state_of(s) for s in said_in(text, documents, desk).states} & _states_of(documents, desk))


def _states_of(documents: frozenset[str], desk: Desk) -> set[str]:
    return {state for name in documents for s in desk.statuses(name) if (state := state_of(s))}


def said_in(text: str, documents: frozenset[str], desk: Desk) -> States:
    """The states asked for in anybody's words; to be delayed is one only where a document prints it as a status."""
    rest, found = text, []
    held = _states_of(documents, desk)
    for state, patterns in cues("state").items():
        if state in _PLAIN or (state == "delayed" and state not in held):
            continue  # what is done and what is not is read with other words (filters.py)
        for p in patterns:
            if (m := p.search(rest)) and not _time_follows(state, rest, m.end()) and _PREDICATE.match(rest, m.end()):
                rest, said = _taken(rest, m.start(), m.end(), state)
                found.append(said)
    return States(rest, tuple(dict.fromkeys(found)))


def _taken(text: str, start: int, end: int, state: str) -> tuple[str, str]:
    """(the text without the words, the state they mean: "not …" after a negation)."""
    negated = _NOT.search(text[:start])
    before = text[: negated.start()] if negated else text[:start]
    return f"{before} {text[end:]}", f"not {state}" if negated else state


def _time_follows(state: str, text: str, end: int) -> bool:
    """True where what is overdue is asked as at a date, which due dates answer."""
    return state_of(state) == "overdue" and any(_DATED.fullmatch(text[end : m.start + end]) for m in mentions(text[end:]) if m.span)


@dataclass(frozen=True, slots=True)
class Redated:
    """`asked`: the actions whose date was put back are asked for; `was` and `now`: first and last month of the times between which."""

    rest: str
    asked: bool = False
    was: tuple[str, ...] = ()
    now: tuple[str, ...] = ()


def redated_in(text: str, documents: frozenset[str], desk: Desk) -> Redated:
    """Which actions had their date put back, "from 2025 into 2026": of documents that print a date in another's place."""
    m = _PUT_BACK.search(text)
    moved = [a.record for a in desk.actions if a.record.place.document in documents and moved_to(a.record)] if m else []
    dated = m is not None and (m["dated"] or _OF_DATES.search(text))  # what just "slipped" may be what is rated as late
    if m is None or not moved or not dated or (len(documents) > 1 and not any(a.due_was_iso for a in moved)):
        return Redated(text)
    was: tuple[str, ...] = ()
    now: tuple[str, ...] = ()
    cut: list[tuple[int, int]] = [(m.start(), m.end())]
    for t in mentions(text):
        if t.span is None or t.start < m.start():
            continue
        link = re.search(r"\b(from|(?:in)?to|until|till|beyond|past)\s+(?:the\s+)?(?:\w+ of\s+)?$", text[: t.start], re.I)
        if link is None:
            continue
        months = (iso(t.span.first), iso(t.span.last))
        was, now = (months, now) if link[1].lower() == "from" else (was, months)
        cut.append((link.start(), t.end))
    for start, end in sorted(cut, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    text = re.sub(
        r"\b(?:completion|due|target|end|delivery|finish(?:ing)?|agreed|planned|original|their|its|have|has|had) (?=dates?\b|deadlines?\b)",
        " ",
        text,
        flags=re.I,
    )
    return Redated(re.sub(r"\b(?:dates?|deadlines?)\b", " ", text, flags=re.I), True, was, now)


def noun_in(text: str, documents: frozenset[str], desk: Desk) -> tuple[str, ...]:
    """The words by which the documents call their actions that the question uses: "milestone", "saving"."""
    said = {noun_of(w) for w in re.findall(r"[a-z]+", text.lower())}
    return tuple(sorted(n for n in {n for name in documents for n in desk.nouns(name)} if n and n in said))
