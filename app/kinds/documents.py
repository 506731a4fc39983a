"""The documents themselves: which are held, for which authority and period, and how much was read from each."""

from __future__ import annotations

from app.evidence.desk import Desk
from app.evidence.figures import documents_for
from app.evidence.types import Evidence
from app.kinds.types import Kind
from app.kinds.wording import period_words, plural, statement
from app.types import Derived, Draft, Query, Question


def gather(query: Query, question: Question, desk: Desk) -> Evidence | None:
    """Nothing to look up: the library's list of documents is all there is."""
    return Evidence()


def compose(query: Query, evidence: Evidence, desk: Desk) -> Draft:
    """One line a document."""
    names = documents_for(query, desk)
    entries = [e for e in desk.entries if e.name in names]
    if len(entries) == 1:
        only = entries[0]
        when = f" is for {period_words(only.period)}" if only.period else " names no period"
        first = statement(f"{only.title or only.name}{when}.")
    else:
        first = statement(f"{plural(len(entries), 'document')} in the library.", derived=[Derived(float(len(entries)), "count")])
    lines = []
    for e in entries:
        counts = (len(e.pages), e.measures, e.actions, e.commitments)
        kind = f"{e.kind}, {period_words(e.period)}" if e.period else e.kind
        read = (plural(n, w) for n, w in zip(counts, ("page", "measure", "action", "commitment"), strict=True))
        text = f"- {e.authority or 'Authority not named'}: {e.title or e.name} ({kind}): {', '.join(read)}."
        lines.append(statement(text, derived=[Derived(float(c), "count") for c in counts]))
    return Draft("answered", (first, *lines), count=len(entries))


KIND = Kind("documents", "The documents themselves", ("Which plans are in the library?",), gather, compose)
