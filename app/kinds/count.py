"""How many: actions or measures that satisfy the conditions, counted and listed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from app.evidence.desk import Desk
from app.evidence.figures import documents_for
from app.evidence.types import Evidence
from app.kinds import actions, measures, refuse
from app.kinds.types import Kind
from app.kinds.wording import plural, rating_words, statement
from app.types import Derived, Draft, Query, Question, Statement
from ingest.types import Action

_GROUPS: dict[str, Callable[[Action, Desk], str | None]] = {
    "document": lambda a, desk: desk.title(a.place.document),
    "section": lambda a, desk: " ".join((a.place.section or "").split()) or None,
    "rating": lambda a, desk: rating_words(a.rag),
    "lead": lambda a, desk: " ".join((a.lead or "").split()) or None,
}


def gather(query: Query, question: Question, desk: Desk) -> Evidence | None:
    """What is counted: actions unless measures are named."""
    if "measures" in query.wanted:
        found = measures.gather(query, question, desk)
        if found and "groups" in query.wanted and (parts := tuple(m for m in found.considered if m.breakdown)):
            return replace(found, considered=parts)
        return found
    if not query.topic and not query.conditioned and not query.called:
        names = documents_for(query, desk)
        return Evidence(actions=tuple(a for a in desk.actions if a.record.place.document in names))
    return actions.gather(query, question, desk)


def compose(query: Query, evidence: Evidence, desk: Desk) -> Draft:
    """The list's answer with its count."""
    if evidence.refusal:
        return refuse.compose(query, evidence, desk)
    listed = measures.compose if "measures" in query.wanted else actions.compose
    draft = listed(query, evidence, desk)
    parts = [
        s for name in _GROUPS if f"by {name}" in query.wanted for s in _by(name, [r for r in draft.rows if isinstance(r, Action)], desk)
    ]
    return replace(draft, count=len(draft.rows), statements=(*draft.statements[:1], *parts, *draft.statements[1:]))


def _by(name: str, actions: list[Action], desk: Desk) -> list[Statement]:
    """How many actions of each part, in the order in which the parts first stand; of leads the one with most first."""
    numbers = Counter(_GROUPS[name](a, desk) or "not said" for a in actions)
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
