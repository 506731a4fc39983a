"""A question that points at something nobody has named: asked back, with what could be asked."""

from __future__ import annotations

import re

from app.evidence.desk import Desk
from app.evidence.figures import latest_of_each, pool_for
from app.evidence.types import Evidence
from app.kinds.types import Kind
from app.kinds.wording import action_name, figure_words, name_words, plural, statement
from app.question.cues import group
from app.question.followup import leans_back
from app.question.topic import GENERIC, PEOPLE
from app.types import Derived, Draft, Query, Question, Statement

_POINTS = re.compile(
    rf"^\W*(?:{group('joining')})\b|\b(?P<what>it|that|this|they|them|those|these|the other (?:one|team)|the same)\b", re.I
)
_GREETING = re.compile(rf"^\W*{group('greeting')}(?:\W+{group('greeting')})*\W*$", re.I)
_LONGEST = 9  # words: a longer question says somewhere what it is about
_KINDS = ("explain", "progress", "trend", "owner", "deadline", "figure", "compare", "target")


def unclear(query: Query, question: Question) -> bool:
    """Whether a question names nothing and points back where there is nothing before it, or asks for the number of no children in
    particular."""
    if _anybody(query) or _GREETING.match(question.text):
        return True
    if question.history or query.topic or query.context or query.documents or query.refs or query.unknown or query.intent not in _KINDS:
        return False
    text = question.text.strip()
    return len(text.split()) <= _LONGEST and bool(_POINTS.search(text)) and leans_back(text, query)


def _anybody(query: Query) -> bool:
    """ "Are there more children now?": plans give the numbers of those in care, on plans, in need, not of all."""
    of_all = set(query.topic) == GENERIC and not (query.context or query.heading or query.part or query.conditioned)
    return of_all and query.intent in ("figure", "trend", "compare") and query.unit is None


def gather(query: Query, question: Question, desk: Desk) -> Evidence | None:
    """Nothing: what is asked about is not known."""
    return Evidence(notes=(question.text,))


def compose(query: Query, evidence: Evidence, desk: Desk) -> Draft:
    """What is missing, and a measure and an action that could be named."""
    if _anybody(query):
        said = "It is not clear which children are meant: plans count those in care, on a plan or in need, and not all of them"
        return Draft("needs_clarification", (Statement(f"{said}."), *_numbers(query, desk)))
    if evidence.notes and _GREETING.match(evidence.notes[0]):
        held = f"{plural(len(desk.entries), 'document')} here say{'s' if len(desk.entries) == 1 else ''}"
        first = statement(f"Ask what the {held}: a figure, a list, who leads, what became of a promise.", derived=[_count(desk)])
        return Draft("needs_clarification", (first, *_examples(desk)))
    found = _POINTS.search(evidence.notes[0]) if evidence.notes else None
    word = found["what"] if found and found["what"] else None
    said = f"It is not clear what {word} stands for" if word else "It is not clear what is asked about"
    return Draft("needs_clarification", (Statement(f"{said}: name a measure, an action or a plan."), *_examples(desk)))


def _count(desk: Desk) -> Derived:
    return Derived(float(len(desk.entries)), "count")


def _numbers(query: Query, desk: Desk) -> list[Statement]:
    """The newest numbers of children, of whom there are several kinds."""
    people = PEOPLE - GENERIC
    own = [m for m in pool_for(query, desk) if m.record.unit == "count" and m.record.value is not None and m.name & people]
    plain = [m for m in own if m.name <= PEOPLE | {"number", "total"} and m.record.kind == "actual"]
    return [statement(f"You could name them, for example: {figure_words(m.record)}", [m.record]) for m in latest_of_each(plain, desk)[:4]]


def _examples(desk: Desk) -> list[Statement]:
    """A measure and an action of the library, that a question could name."""
    measure = next((m.record for m in desk.measures if m.record.value is not None and m.record.target is not None), None)
    action = next((a.record for a in desk.actions), None)
    out = []
    if measure:
        out.append(statement(f"You could name a measure, for example: {name_words(measure)}.", [measure]))
    if action:
        name = action_name(action, 100)
        out.append(statement(f"You could name an action, for example {name}.", [action]))
    return out


KIND = Kind(
    "clarify",
    "Asked back, where a question points at something that is not named",
    ("Is it getting better?",),
    gather,
    compose,
)
