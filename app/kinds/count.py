"""How many: actions or measures that satisfy the conditions, counted and listed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from app.evidence.desk import Desk
from app.evidence.holders import holders
from app.evidence.types import Evidence
from app.kinds import actions, finding, measures, refuse
from app.kinds.types import Kind
from app.kinds.wording import listing, plural, rating_words, statement
from app.question.leads import leads_match
from app.types import Derived, Draft, Query, Question, Statement
from ingest.types import Action

_INITIALS = re.compile(r"\([A-Z]{2,3}\)")  # of who holds an office at the time
_GROUPS: dict[str, Callable[[Action, Desk], str | None]] = {
    "document": lambda a, desk: desk.title(a.place.document),
    "section": lambda a, desk: " ".join((a.place.section or "").split()) or None,
    "rating": lambda a, desk: rating_words(a.rag),
    "lead": lambda a, desk: " ".join(_INITIALS.sub(" ", a.lead or "").split()) or None,
}

_TIED = 3  # parts with as many that are still named
_NEXT = 4  # parts named beside the one with most


def gather(query: Query, question: Question, desk: Desk) -> Evidence | None:
    """What is counted: actions unless measures are named."""
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
    listed = measures.compose if "measures" in query.wanted else actions.compose
    draft = listed(query, evidence, desk)
    names = [name for name in _GROUPS if f"by {name}" in query.wanted]
    counted = [r for r in draft.rows if isinstance(r, Action)]
    if names and counted and {"most", "fewest"} & set(query.wanted):
        return _most(names[0], counted, query, draft, desk)
    parts = [s for name in names for s in _by(name, counted, desk)]
    return replace(draft, count=len(draft.rows), statements=(*draft.statements[:1], *parts, *draft.statements[1:]))


def _numbers(name: str, actions: list[Action], desk: Desk) -> Counter[str]:
    """How many actions each part has, in the order in which the parts first stand."""
    return Counter(_GROUPS[name](a, desk) or "not said" for a in actions)


def _by(name: str, actions: list[Action], desk: Desk) -> list[Statement]:
    """How many actions of each part; of leads the one with most first."""
    numbers = _numbers(name, actions, desk)
    parts = numbers.most_common() if name == "lead" else list(numbers.items())
    return [statement(f"- {part}: {plural(n, 'action')}.", derived=[Derived(float(n), "count")]) for part, n in parts]


def _held(name: str, actions: list[Action], desk: Desk) -> dict[str, int]:
    """How many actions each part has; each lead those too that it holds with others."""
    return {part: sum(_of(name, part, a, desk) for a in actions) for part in _numbers(name, actions, desk)}


def _of(name: str, part: str, a: Action, desk: Desk) -> bool:
    """True where an action is of a part; of a lead, where its cell names that one beside others too."""
    own = _GROUPS[name](a, desk) or "not said"
    return own == part or (name == "lead" and holders(own) > holders(part) and leads_match(part, own))


def _most(name: str, actions: list[Action], query: Query, draft: Draft, desk: Desk) -> Draft:
    """The part, or parts, with the most or the fewest actions, and beside it the next ones; the rows are those of the first."""
    order = sorted(_held(name, actions, desk).items(), key=lambda p: p[1] if "fewest" in query.wanted else -p[1])
    number = order[0][1]
    first = [part for part, n in order if n == number]
    own = tuple(a for a in actions if any(_of(name, part, a, desk) for part in first))
    which = "the fewest" if "fewest" in query.wanted else "the most"
    who = listing([p.rstrip(".") for p in first]) if len(first) <= _TIED else plural(len(first), name)
    said = f"{who} {'has' if len(first) == 1 else 'have'} {which}: {plural(number, 'action')}"
    said += f" of {len(actions)}." if len(first) == 1 else f" each, of {len(actions)}."
    counts = [Derived(float(n), "count") for n in (*([len(first)] if len(first) > _TIED else []), number, len(actions))]
    others = [statement(f"- {p}: {plural(n, 'action')}.", derived=[Derived(float(n), "count")]) for p, n in order[len(first) :][:_NEXT]]
    return replace(draft, count=number, rows=own, statements=(statement(said, derived=counts), *others))


KIND = Kind(
    "count",
    "How many actions or measures",
    ("How many actions due in November 2014 were amber?", "How many of the review standards were met?"),
    gather,
    compose,
    instead="figure",
    whole=True,
)
