"""How many: actions or measures that satisfy the conditions, counted and listed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from app.evidence.desk import Desk
from app.evidence.types import Evidence
from app.kinds import actions, finding, measures, ranked, refuse
from app.kinds.ranked import GROUPS, UNSAID
from app.kinds.types import Kind
from app.kinds.wording import plural, statement
from app.types import Derived, Draft, Query, Question, Statement
from ingest.types import Action


def gather(query: Query, question: Question, desk: Desk) -> Evidence | None:
    """What is counted: actions unless measures are named."""
    if "measures" in query.wanted and {"most", "fewest"} & set(query.wanted):
        return ranked.measures_of_each(query, question, desk)
    if "measures" in query.wanted:
        found = measures.gather(query, question, desk)
        if found and "groups" in query.wanted and (parts := tuple(m for m in found.considered if m.breakdown)):
            return replace(found, considered=parts)
        return found
    if not query.topic and not query.conditioned and not query.called:
        names = finding.standing_in(query, desk)
        return Evidence(actions=tuple(a for a in desk.actions if a.record.place.document in names))
    found = actions.gather(query, question, desk)
    if found is None or found.commitments:
        return None  # what a sentence promises is not counted as an action
    return replace(found, among=finding.considered(query, desk, question.text)) if actions.state_words(query) else found


def compose(query: Query, evidence: Evidence, desk: Desk) -> Draft:
    """The list's answer with its count."""
    if evidence.refusal:
        return refuse.compose(query, evidence, desk)
    names = [name for name in GROUPS if f"by {name}" in query.wanted]
    most = bool(names) and bool({"most", "fewest"} & set(query.wanted))
    if most and "measures" in query.wanted:
        return ranked.by_measures(names[0], query, evidence, desk)
    listed = measures.compose if "measures" in query.wanted else actions.compose
    draft = listed(query, evidence, desk)
    if most:
        return ranked.by_actions(names[0], query, draft, desk)
    counted = [r for r in draft.rows if isinstance(r, Action)]
    parts = [s for name in names for s in _by(name, counted, desk)]
    return replace(draft, count=len(draft.rows), statements=(*draft.statements[:1], *parts, *draft.statements[1:]))


def _numbers(name: str, actions: list[Action], desk: Desk) -> Counter[str]:
    """How many actions each part has, in the order in which the parts first stand."""
    return Counter(GROUPS[name](a, desk) or UNSAID for a in actions)


def _by(name: str, actions: list[Action], desk: Desk) -> list[Statement]:
    """How many actions of each part; of leads the one with most first."""
    numbers = _numbers(name, actions, desk)
    parts = numbers.most_common() if name == "lead" else list(numbers.items())
    return [statement(f"- {part}: {plural(n, 'action')}.", derived=[Derived(float(n), "count")]) for part, n in parts]


KIND = Kind(
    "count",
    "How many actions or measures",
    ("How many actions due in November 2014 were amber?", "How many of the review standards were met?"),
    gather,
    compose,
    instead="figure",
    whole=True,
)
