"""The work beside the figures: which actions on a subject go well or badly, where a question speaks of plans, not measures."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.evidence.desk import Desk, Marked
from app.evidence.figures import asked_for
from app.evidence.match import match
from app.evidence.types import Evidence
from app.kinds import actions, finding
from app.kinds.wording import plural, statement
from app.question.cues import group
from app.question.topic import GENERIC, PEOPLE
from app.question.where import latest
from app.types import Derived, Draft, Query, Question, Statement
from ingest.lexicon import lexicon, stem
from ingest.types import Action

_WORK = re.compile(rf"\b{group('work')}", re.I)
_FIGURES = re.compile(rf"\b(?:{group('measures')}|kpi|measure|indicator|target|{group('measured')}|percent|%)", re.I)
_SHOWN = 12
_PARTS = frozenset(stem(w) for w in "team depot area unit department directorate".split())  # parts that figures are given by


def beside(query: Query, question: Question, desk: Desk) -> tuple[Marked[Action], ...]:
    """The actions on the subject that stand as the list of measures asks; none where the question speaks of figures."""
    judged = query.statuses in (("off_target",), ("on_target",)) or bool(query.rags)
    bound = (query.above, query.below, query.target, query.margin)
    if not judged or any(b is not None for b in bound) or query.order or query.moved or _FIGURES.search(question.text):
        return ()
    if query.topic and _PARTS.issuperset(query.topic):
        return ()  # "which teams are struggling?": actions that say "team" are not theirs
    if not (query.topic or query.heading or query.part or _WORK.search(question.text)):
        return ()
    found = _saying_so(finding.listed(as_actions(query), desk), query, desk)
    return tuple(found if query.documents or query.spans else _of_the_newest(found, desk))


def _saying_so(found: Sequence[Marked[Action]], query: Query, desk: Desk) -> list[Marked[Action]]:
    """The actions without those that only a heading brings which names other people beside those asked about: "Children in our care and
    care leavers" is not about care leavers alone."""
    asked = asked_for(query, desk)
    return [a for a in found if not asked or not _wider(a, asked) or match(asked, a.name, frozenset(), desk).coverage >= finding.OWN]


def _wider(a: Marked[Action], asked: Mapping[str, float]) -> bool:
    people = PEOPLE.intersection(lexicon().terms(a.record.place.section or "")) - GENERIC
    return bool(people & asked.keys()) and bool(people - asked.keys())


def _of_the_newest(found: Sequence[Marked[Action]], desk: Desk) -> list[Marked[Action]]:
    """Those of each council's latest plan among them: what goes badly now is asked."""
    held = {a.record.place.document for a in found}
    entries = [e for e in desk.entries if e.name in held]
    newest = {last.name for council in {e.authority for e in entries} if (last := latest([e for e in entries if e.authority == council]))}
    return [a for a in found if a.record.place.document in newest]


def as_actions(query: Query) -> Query:
    """The question read of actions; their ratings have no period but their document's."""
    return replace(query, intent="actions", wanted=tuple(w for w in query.wanted if w in ("rating", "newest")), spans=())


def asked_of(question: Question) -> bool:
    """True where a question speaks of plans, work or promises."""
    return bool(_WORK.search(question.text)) and not _FIGURES.search(question.text)


def told(query: Query, found: tuple[Marked[Action], ...]) -> list[Statement]:
    """How many actions stand so, and each with its lead, date and rating."""
    records = [a.record for a in found]
    said = actions.condition_words(as_actions(query))
    verb = "is" if len(records) == 1 else "are"
    head = statement(f"{plural(len(records), 'action')} on this {verb} {said}.", derived=[Derived(float(len(records)), "count")])
    return [head, *(statement(f"- {actions.action_words(a)}", [a]) for a in records[:_SHOWN])]


def instead(query: Query, found: tuple[Marked[Action], ...], desk: Desk) -> Draft:
    """The list of actions, where no measure stands as asked."""
    return actions.compose(as_actions(query), Evidence(actions=found), desk)
