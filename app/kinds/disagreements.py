"""Where the documents disagree: two values for one measure, a total that is not the sum of its lines, a colour the number contradicts."""

from __future__ import annotations

import re

from app.evidence.clashes import Clash, clashes
from app.evidence.desk import Desk
from app.evidence.figures import documents_for
from app.evidence.types import Evidence
from app.kinds.types import Kind
from app.kinds.wording import figure_words, plural, quoted, statement
from app.question.cues import group
from app.question.when import meets
from app.types import Derived, Draft, Query, Question, Source, Statement
from ingest.types import Measure

_LISTED = re.compile(
    rf"\b(?:which|what|where|list|any|are there|show|find)\b|\b{group('papers')}\b.{{0,40}}\b(?:disagree|contradict|differ)", re.I
)
_SHOWN = 8
_COLOURS = {"R": "red", "A": "amber", "G": "green", "B": "blue"}


def meant(query: Query, text: str, desk: Desk) -> list[Clash]:
    """The disagreements a question is about: of its documents and times, of the table or section it names, on its topic."""
    names = documents_for(query, desk)
    pool = [c for c in clashes(desk) if c.documents & names]
    if query.spans:
        pool = [c for c in pool if (own := c.span) and any(meets(s, own) or meets(own, s) for s in query.spans)] or [
            c for c in pool if c.conflict.period is None
        ]
    table = re.search(r"\btable\s+(\d+)", text, re.I)
    if table:
        return [c for c in pool if re.search(rf"\btable {table[1]}\b", f"{c.conflict.measure} {c.conflict.a.place.section}", re.I)]
    said = {t for c in pool for t in c.terms} & set(query.topic)
    if said:
        best = max(len(c.terms & said) for c in pool)
        return [c for c in pool if len(c.terms & said) == best]
    return [c for c in pool if c.conflict.certain] if _LISTED.search(text) else []


def gather(query: Query, question: Question, desk: Desk) -> Evidence | None:
    """The figures on both sides; None where no disagreement is meant, so that the question is answered with its figure."""
    found = meant(query, question.text, desk)
    return Evidence(clashes=tuple(found)) if found else None


def told(clash: Clash, desk: Desk) -> list[Statement]:
    """Both sides with their places, and what is wrong with them."""
    c, a, b = clash.conflict, clash.a, clash.b
    if a and b and a.id != b.id and not c.a.value_text.startswith("rated "):
        return [statement(f"The documents give two figures: {figure_words(a, False).rstrip('.')}, and {figure_words(b, False)}", [a, b])]
    if a and c.a.value_text.startswith("rated "):
        return [_rated(r) for r in dict.fromkeys(r for r in (a, b) if r)]
    fault = "The lines do not add up to the total." if "add up" in c.why else "The share does not follow from the counts."
    side = c.a
    words = f"{desk.title(side.place.document)}: {quoted(' '.join(side.quote.split()))} {fault}"
    return [statement(words, [a] if a else [], [] if a else [Source(side.quote, side.place)])]


def _rated(m: Measure) -> Statement:
    return statement(f"{figure_words(m)} It is rated {_COLOURS[str(m.rag)]}." if m.rag else figure_words(m), [m])


def compose(query: Query, evidence: Evidence, desk: Desk) -> Draft:
    """How many disagreements, where there are several, and both sides of each."""
    found = evidence.clashes
    statements = [s for c in found[:_SHOWN] for s in told(c, desk)]
    if len(found) > 1:
        text = f"{plural(len(found), 'disagreement')} found."
        statements.insert(0, statement(text, derived=[Derived(float(len(found)), "count")]))
    rows = tuple(dict.fromkeys(r for c in found[:_SHOWN] for r in (c.a, c.b) if r))
    said = tuple(f"{c.conflict.measure}: {c.conflict.a.value_text}, {c.conflict.b.value_text}; {c.conflict.why}" for c in found[:_SHOWN])
    return Draft("answered", tuple(statements), rows=rows, conflicts=said)


KIND = Kind(
    "disagreements",
    "Where the documents disagree",
    ("Which figures differ between the two plans?", "Do the documents agree on re-referrals?"),
    gather,
    compose,
    instead="figure",
)
