"""When: the due date printed beside an action, or the date its text gives."""

from __future__ import annotations

import re

from app.evidence.desk import Desk
from app.evidence.figures import asked_for, documents_for
from app.evidence.headed import facts
from app.evidence.match import match
from app.evidence.numbered import search_text
from app.evidence.passages import Sentence, candidates, choose
from app.evidence.types import Evidence
from app.kinds import finding, refuse
from app.kinds.explain import spoken
from app.kinds.progress import progress_words
from app.kinds.types import Kind
from app.kinds.wording import action_name, due_words, standing_words, statement
from app.question.cues import group
from app.question.when import mentions
from app.types import Draft, Query, Question

_WHEN = re.compile(rf"\b(?:{group('often')}|{group('sometime')})\b", re.I)

_COMING = re.compile(r"\b(?:will|going to|due|to be|be \w+ed|supposed|meant|expected|plan(?:s|ned|ning)?|are (?:we|they)|next)\b", re.I)
_AHEAD = re.compile(r"\b(?:will|to be|to (?:start|begin|take place|open|launch)|planned|due|by|expected|from|is scheduled)\b", re.I)
_NEARER = 0.1  # by so much of the question a sentence must speak of it better than the nearest action
_SURE = 0.45  # coverage from which a sentence with a date comes before those that only say how often

_ORDINAL = frozenset({"2nd", "3rd", "4th", "5th", "last"})  # the second meeting is not the first


def dated(text: str) -> bool:
    """True where a sentence names a time; a bare year is as often part of a name ("the Children Act 2004")."""
    return any(m.kind != "year" for m in mentions(text)) or bool(_WHEN.search(text))


def _only_often(text: str) -> bool:
    """True where a sentence says how often, and no time."""
    return not any(m.kind != "year" for m in mentions(text)) and not re.search(rf"\b{group('sometime')}\b", text, re.I)


def gather(query: Query, question: Question, desk: Desk) -> Evidence | None:
    """The action asked about and the dated sentences that speak of it."""
    asked = asked_for(query, desk)
    names = sorted(documents_for(query, desk))
    if facts(query, question, desk, names):
        return None
    coming = bool(_COMING.search(question.text))

    def bonus(s: Sentence) -> float:
        return 0.15 if coming and _AHEAD.search(s.text) else 0.0

    actions = [a for a in finding.best(query, desk, floor=0.45) if _ORDINAL & set(query.topic) <= a.name | a.context]
    found = [
        s for s in candidates(search_text(query, question), asked, desk, names) if dated(s.text) and _ORDINAL & set(query.topic) <= s.name
    ]
    found = [s for s in found if s.coverage >= _SURE and not _only_often(s.text)] or found
    home = {(a.record.place.document, a.record.id) for a in actions}
    own = [s for s in found if any((s.chunk.place.document, r) in home for r in s.chunk.records)]
    own = [s for s in own if s.coverage >= 0.3][:3]
    near = max((match(asked, a.name, a.context, desk).coverage for a in actions), default=0.0)
    elsewhere = [s for s in found if s.coverage >= near + _NEARER]
    if elsewhere and not own:
        actions = []  # a sentence speaks of it better than any action
    sentences = own or choose([] if any(a.record.due for a in actions) else found, asked, 2, bonus)
    if _ORDINAL & set(query.topic) and not actions and (not sentences or sentences[0].coverage < 0.45):
        return Evidence(refusal="not_in_documents")
    if not actions and (not sentences or sentences[0].coverage < 0.45):
        return None
    return Evidence(actions=tuple(a for a in actions if a.record.due or own), sentences=tuple(s for s in sentences if s.coverage >= 0.3))


def compose(query: Query, evidence: Evidence, desk: Desk) -> Draft:
    """The date the text gives, then the action's own due date."""
    if evidence.refusal:
        return refuse.compose(query, evidence, desk)
    actions = [a.record for a in evidence.actions]
    said = []
    for a in actions:
        if a.due:
            told = standing_words(a) if "rating" in query.wanted else None
            rated = f"; {told}" if told else ""
            start = f"from {a.start} " if a.start else ""
            said.append(
                statement(
                    f"Due {start}to {a.due}: {action_name(a)}{rated}." if start else f"Due {due_words(a)}: {action_name(a)}{rated}.", [a]
                )
            )
        elif a.ongoing:
            said.append(statement(f"Ongoing: {action_name(a)}.", [a]))
    said += [progress_words(a) for a in actions] if "state" in query.wanted else []
    quotes = spoken(evidence.sentences, desk)
    statements = quotes + said if not said or not actions[0].due else said + quotes
    if not statements:
        statements = [statement(f"No date is given for {action_name(a)}.", [a]) for a in actions]
    return Draft("answered", tuple(statements), rows=tuple(actions))


KIND = Kind(
    "deadline",
    "When something is due or will happen",
    ("When will the flats for care leavers be ready?",),
    gather,
    compose,
    instead="explain",
    whole=True,
)
