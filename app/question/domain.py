"""Words of a list that only repeat what its one document is about: "which housing measures" of a housing plan are all of them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from app.evidence.desk import Desk, content
from app.evidence.figures import documents_for
from app.question.cues import services
from app.question.papers import says_which
from app.types import Query
from ingest.lexicon import lexicon


def of_one_plan(query: Query, desk: Desk) -> Query:
    """The list's query without the parts of its subject that are the document's own title, or that it alone of the document says."""
    names = documents_for(query, desk)
    if len(names) != 1 or query.intent not in ("measures", "count", "actions") or not query.facets:
        return query
    name = next(iter(names))
    whole = content(lexicon().terms(desk.title(name)))
    title = frozenset(t for t in whole if says_which(t) and not any(c.isdigit() for c in t))
    own = [m.name for m in desk.measures if query.intent != "actions" and m.record.place.document == name]
    own += [a.name for a in desk.actions if query.intent != "measures" and a.record.place.document == name]
    if _services(whole) and _services(whole) == _called(query.facets):
        return replace(query, facets=(), topic=())
    repeated = [f for f in query.facets if set(f) <= title and (set(f) == title or not any(set(f) <= terms for terms in own))]
    gone = {t for f in repeated for t in f}
    facets = tuple(f for f in query.facets if f not in repeated)
    return replace(query, facets=facets, topic=tuple(t for t in query.topic if t not in gone))


@cache
def _forms() -> dict[frozenset[str], str]:
    told = ((content(lexicon().terms(form)), name) for name, forms in services().items() for form in forms)
    return {form: name for form, name in told if form}


def _services(title: frozenset[str]) -> frozenset[str]:
    """The services that the words of a title name."""
    return frozenset(name for form, name in _forms().items() if form <= title)


def _called(facets: tuple[tuple[str, ...], ...]) -> frozenset[str]:
    """The services that the parts of a subject name; none where one of them names none."""
    named = [_forms().get(frozenset(f)) for f in facets]
    return frozenset(n for n in named if n) if all(named) else frozenset()
