"""Which part has the most or the fewest actions or measures: documents, councils, sections, ratings and leads set beside each other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from app.evidence.desk import Desk
from app.evidence.figures import documents_for
from app.evidence.holders import holders
from app.evidence.types import Evidence
from app.kinds import finding, measures, refuse
from app.kinds.wording import listing, plural, rating_words, statement
from app.question.leads import leads_match
from app.types import Derived, Draft, Query, Question, Statement
from ingest.types import Action

UNSAID = "not said"
_INITIALS = re.compile(r"\([A-Z]{2,3}\)")  # of who holds an office at the time
_TIED = 3  # parts with as many that are still named
_NEXT = 4  # parts named beside the one with most
_MANY = {"authority": "councils", "section": "sections", "document": "documents", "rating": "ratings", "lead": "leads"}


def _council(document: str, desk: Desk) -> str | None:
    entry = desk.entry(document)
    return entry.authority if entry else None


GROUPS: dict[str, Callable[[Action, Desk], str | None]] = {
    "document": lambda a, desk: desk.title(a.place.document),
    "authority": lambda a, desk: _council(a.place.document, desk),
    "section": lambda a, desk: " ".join((a.place.section or "").split()) or None,
    "rating": lambda a, desk: rating_words(a.rag),
    "lead": lambda a, desk: " ".join(_INITIALS.sub(" ", a.lead or "").split()) or None,
}


def by_actions(name: str, query: Query, draft: Draft, desk: Desk) -> Draft:
    """The part, or parts, with the most or the fewest actions, and beside it the next ones; the rows are those of the first."""
    counted = [r for r in draft.rows if isinstance(r, Action)]
    parts = {part for a in counted if (part := GROUPS[name](a, desk))} | (_without_any(name, query, desk) if _fewest(query) else set())
    held = {part: sum(_of(name, part, a, desk) for a in counted) for part in sorted(parts)}
    if not held:
        return replace(draft, count=len(draft.rows))
    first, said = _ranking(name, held, len(counted), "action", query)
    unsaid = sum(GROUPS[name](a, desk) is None for a in counted)
    if unsaid:
        said.append(statement(f"- no {name} is named: {plural(unsaid, 'action')}.", derived=[Derived(float(unsaid), "count")]))
    own = tuple(a for a in counted if any(_of(name, part, a, desk) for part in first))
    return replace(draft, outcome="answered", count=held[first[0]], rows=own, statements=tuple(said))


def _without_any(name: str, query: Query, desk: Desk) -> set[str]:
    """Every part of the documents asked about, as one without such an action has the fewest; for a rating, of those that rate."""
    names = finding.standing_in(query, desk)
    every = [a.record for a in desk.actions if a.record.place.document in names]
    rated = {a.place.document for a in every if a.rag}
    every = [a for a in every if not query.rags or a.place.document in rated]
    return {part for a in every if (part := GROUPS[name](a, desk))}


def _of(name: str, part: str, a: Action, desk: Desk) -> bool:
    """True where an action is of a part; of a lead, where its cell names that one beside others too."""
    own = GROUPS[name](a, desk)
    return own == part or (name == "lead" and own is not None and holders(own) > holders(part) and leads_match(part, own))


def measures_of_each(query: Query, question: Question, desk: Desk) -> Evidence:
    """The measures of every document asked about, each at its own latest: none stands back because another reports later."""
    each = [measures.gather(replace(query, documents=(n,), authorities=()), question, desk) for n in sorted(documents_for(query, desk))]
    found = tuple(m for e in each if e and not e.refusal for m in e.considered)
    return Evidence(considered=found) if found else Evidence(refusal="measure_not_found")


def by_measures(name: str, query: Query, evidence: Evidence, desk: Desk) -> Draft:
    """The document or council with the most or the fewest measures that are as asked."""
    titled: Callable[[str], str | None] = desk.title if name == "document" else lambda document: _council(document, desk)
    aimed = [m for m in evidence.considered if m.target is not None]
    if name == "authority" and _in_several({m.place.document for m in aimed}, desk):
        why = "a council’s documents give the same measures one after another; ask which plan has the most"
        return refuse.compose(query, Evidence(refusal="not_comparable", notes=(why,)), desk)
    rows = [m for m in aimed if measures.satisfies(m, query)]
    every = [part for m in aimed if (part := titled(m.place.document))]
    numbers = Counter(titled(m.place.document) for m in rows)
    held = {part: numbers[part] for part in dict.fromkeys(every) if numbers[part] or _fewest(query)}
    if not held:
        return Draft("answered", (statement("No measure is as asked.", derived=[Derived(0.0, "count")]),), count=0)
    first, said = _ranking(name, held, len(rows), "measure with a target", query)
    own = tuple(m for m in rows if titled(m.place.document) in first)
    return Draft("answered", tuple(said), rows=own, count=held[first[0]])


def _in_several(documents: set[str], desk: Desk) -> bool:
    """True where a council has more than one of the documents."""
    councils = [_council(d, desk) for d in documents]
    return len(set(councils)) < len(councils)


def _fewest(query: Query) -> bool:
    return "fewest" in query.wanted


def _ranking(name: str, held: dict[str, int], total: int, noun: str, query: Query) -> tuple[list[str], list[Statement]]:
    """(the first part, or parts, what is said of them and of the next)."""
    many = noun.replace("measure", "measures") if noun != "action" else None
    order = sorted(held.items(), key=lambda p: p[1] if _fewest(query) else -p[1])
    number = order[0][1]
    first = [part for part, n in order if n == number]
    which = "the fewest" if _fewest(query) else "the most"
    who = listing([p.rstrip(".") for p in first]) if len(first) <= _TIED else f"{len(first)} {_MANY[name]}"
    said = f"{who} {'has' if len(first) == 1 else 'have'} {which}: {plural(number, noun, many)}"
    said += f" of {total}." if len(first) == 1 else f" each, of {total}."
    counts = [Derived(float(n), "count") for n in (*([len(first)] if len(first) > _TIED else []), number, total)]
    others = [statement(f"- {p}: {plural(n, noun, many)}.", derived=[Derived(float(n), "count")]) for p, n in order[len(first) :][:_NEXT]]
    return first, [statement(said, derived=counts), *others]
