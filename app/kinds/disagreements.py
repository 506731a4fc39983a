"""Where the documents disagree: two values for one measure, a total that is not the sum of its lines, a colour the number contradicts."""

from __future__ import annotations

import re

from app.evidence.clashes import Clash, clashes
from app.evidence.desk import Desk
from app.evidence.figures import FLOOR, Found, documents_for, in_time, pool_for, ranked, time_of
from app.evidence.match import weigh
from app.evidence.types import Evidence
from app.kinds.types import Kind
from app.kinds.wording import figure_words, numbers_in, plural, quoted, statement
from app.question.cues import cues, group
from app.question.when import meets
from app.types import Derived, Draft, Query, Question, Source, Statement
from index.links import alike, same_rounded, same_time
from ingest.types import Measure

_LISTED = re.compile(
    rf"\b(?:which|what|where|list|any|are there|show|find|anything)\b|\b{group('papers')}\b.{{0,40}}\b(?:disagree|contradict|differ)", re.I
)
_ON_TOPIC = 0.5  # share of what was asked that a disagreement's measure says
_NAMED_ALIKE = 0.75  # likeness of names from which two documents give figures for one measure
_SHOWN = 8
_COLOURS = {"R": "red", "A": "amber", "G": "green", "B": "blue"}
_UNSETTLED = "the documents do not say which is right"


def meant(query: Query, text: str, desk: Desk) -> list[Clash]:
    """The disagreements a question is about: of its documents and times, of the table or kind it names, with its figures, on its topic."""
    names = documents_for(query, desk)
    pool = [c for c in clashes(desk) if c.documents & names]
    if query.spans:
        pool = [c for c in pool if (own := c.span) and any(meets(s, own) or meets(own, s) for s in query.spans)] or [
            c for c in pool if c.conflict.period is None
        ]
    table = re.search(r"\btable\s+(\d+)", text, re.I)
    if table:
        return [c for c in pool if re.search(rf"\btable {table[1]}\b", f"{c.conflict.measure} {c.conflict.a.place.section}", re.I)]
    if re.search(r"\bhow many\b", text, re.I):
        pool = [c for c in pool if "%" not in c.conflict.a.value_text]
    elif query.unit == "percent":
        pool = [c for c in pool if "%" in f"{c.conflict.a.value_text} {c.conflict.b.value_text}"]
    quoted_ = [c for c in pool if len(numbers_in(f"{c.conflict.a.value_text} {c.conflict.b.value_text}") & numbers_in(text)) > 1]
    if quoted_:
        return quoted_
    if query.topic:
        return _on(query.topic, pool, desk)
    kinds = [kind for kind, patterns in cues("dispute").items() if any(p.search(text) for p in patterns)]
    pool = [c for c in pool if c.conflict.certain] if _LISTED.search(text) or kinds else []
    return [c for c in pool if _kind(c) in kinds] if kinds else pool


def _on(topic: tuple[str, ...], pool: list[Clash], desk: Desk) -> list[Clash]:
    """Those whose measure says most of the topic, and at least half of it; a pair of values once, however many places print it."""
    asked = weigh(topic, desk)
    told = [(sum(w for t, w in asked.items() if t in c.terms) / sum(asked.values()), c) for c in pool]
    best = max((share for share, _ in told), default=0.0)
    near = [c for share, c in told if share >= max(_ON_TOPIC, 0.9 * best)]
    return list({frozenset({c.conflict.a.value_text, c.conflict.b.value_text}): c for c in reversed(near)}.values())[::-1]


def _kind(clash: Clash) -> str:
    if clash.conflict.a.value_text.startswith("rated "):
        return "rating"
    return "sum" if "add up" in clash.conflict.why or "outside" in clash.conflict.why else "share" if clash.a is None else "value"


def gather(query: Query, question: Question, desk: Desk) -> Evidence | None:
    """The figures on both sides; without a disagreement what two documents give for the measure. None where that is nothing."""
    found = meant(query, question.text, desk)
    if found:
        return Evidence(clashes=tuple(found))
    if not query.topic:
        return Evidence() if _LISTED.search(question.text) else None
    pairs = _each(query, desk)
    return Evidence(measures=pairs) if pairs else None


def _each(query: Query, desk: Desk) -> tuple[Found, ...]:
    """The two figures of two documents for the measure asked about: of one time if there are such, else the newest of each."""
    found = [f for f in ranked(weigh(query.topic, desk), pool_for(query, desk), desk) if f.record.value is not None]
    found = [f for f in found if not query.spans or in_time(f.marked, query.spans, desk)]
    found = [f for f in found if f.match.coverage >= max(FLOOR, 0.9 * found[0].match.coverage)]
    newest = sorted(found, key=lambda f: t.last if (t := time_of(f.marked, desk)) else 0, reverse=True)
    best: tuple[Found, ...] = ()
    for i, a in enumerate(newest):
        for b in newest[i + 1 :]:
            if a.record.place.document == b.record.place.document or alike(a.record, b.record) < _NAMED_ALIKE:
                continue
            if same_time(a.record, b.record):
                return a, b
            best = best or (a, b)
    return best


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
    if evidence.measures:
        return _compared(evidence.measures[0].record, evidence.measures[1].record)
    found = evidence.clashes
    if not found:
        searched = len(documents_for(query, desk))
        text = f"No two figures that were read disagree in the {plural(searched, 'document')} searched."
        return Draft("answered", (statement(text, derived=[Derived(float(searched), "count")]),))
    statements = [s for c in found[:_SHOWN] for s in told(c, desk)]
    if len(found) > 1:
        text = f"{plural(len(found), 'disagreement')} found."
        statements.insert(0, statement(text, derived=[Derived(float(len(found)), "count")]))
    rows = tuple(dict.fromkeys(r for c in found[:_SHOWN] for r in (c.a, c.b) if r))
    said = tuple(f"{c.conflict.measure}: {c.conflict.a.value_text}, {c.conflict.b.value_text}; {c.conflict.why}" for c in found[:_SHOWN])
    return Draft("answered", tuple(statements), rows=rows, conflicts=said, notes=(_UNSETTLED,))


def _compared(a: Measure, b: Measure) -> Draft:
    """What two documents give for one measure: the same, or figures of different times, which cannot disagree."""
    figures = [statement(figure_words(r, False), [r]) for r in (a, b)]
    if same_time(a, b) and a.value is not None and b.value is not None and same_rounded(a, b):
        return Draft("answered", (statement("They agree."), *figures), rows=(a, b))
    text = "These figures cannot be set against each other: they are for different times."
    return Draft("not_comparable", (statement(text), *figures), rows=(a, b))


KIND = Kind(
    "disagreements",
    "Where the documents disagree",
    ("Which figures differ between the two plans?", "Do the documents agree on re-referrals?"),
    gather,
    compose,
    instead="figure",
)
