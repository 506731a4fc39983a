"""One figure, or the few a question names: the value, when, and its target."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from app.evidence.clashes import against, rated_otherwise
from app.evidence.desk import Desk
from app.evidence.figures import time_of
from app.evidence.match import match, weigh
from app.evidence.numbered import NUMBERING
from app.evidence.passages import Sentence, read_on
from app.evidence.select import merge, select
from app.evidence.strangers import strangers
from app.evidence.types import Evidence
from app.kinds import refuse
from app.kinds.types import Kind
from app.kinds.wording import (
    figure_words,
    gap,
    gap_derived,
    name_words,
    number,
    numbers_in,
    points,
    quoted,
    rating_words,
    statement,
    value_words,
)
from app.question.numbers import number_of
from app.question.topic import GENERIC
from app.types import Draft, Query, Question, Statement
from ingest.language.words import any_of, words
from ingest.lexicon import lexicon, stem, tokens
from ingest.types import Measure


def gather(query: Query, question: Question, desk: Desk) -> Evidence | None:
    """The measures and sentences for each time the question names."""
    if not query.topic:
        return None
    if len(query.spans) < 2:
        return _numbered(query, select(query, question, desk, query.spans), question, desk)
    parts = [select(query, question, desk, (s,)) for s in query.spans]
    return _numbered(query, merge(parts), question, desk)


def _numbered(query: Query, found: Evidence, question: Question, desk: Desk) -> Evidence:
    """The evidence of a "how many" question; a refusal where it holds no number, or what is to be counted is printed nowhere.

    What the asker wants said is not borne out by a target alone.
    """
    if "asserted" in query.wanted and not found.refusal and not any(f.record.value is not None for f in found.measures):
        return Evidence(refusal="period_not_reported", nearest=found.measures, sentences=found.sentences[:1])
    if "count" not in query.wanted or found.refusal or found.meant:
        return found
    strange = set(query.counted) & set(strangers(query, desk))
    if m := _DONE.search(question.text) or _DID.search(question.text):  # "How many were conscripted?", "How many did they conscript?"
        strange |= {stem(m[1].lower())} & set(strangers(replace(query, framing=()), desk))
    if strange or not (found.measures or any(_OF.search(_bare(s.text)) for s in found.sentences)):
        return Evidence(refusal="measure_not_found", sentences=found.sentences[:1])
    return found


def _bare(text: str) -> str:
    """The text without the numbers that name a thing or a telephone."""
    return _PHONE.sub(" ", _NAMED.sub(" ", NUMBERING.sub("", text)))


def disagreements(records: Iterable[Measure], desk: Desk) -> list[tuple[Measure, Measure]]:
    """Pairs that measure the same thing at the same time in the same unit and give different values."""
    marked = {m.record.id: m for m in desk.measures}
    listed = [r for r in records if r.value is not None]
    out = []
    for i, a in enumerate(listed):
        for b in listed[i + 1 :]:
            ma, mb = marked.get(a.id), marked.get(b.id)
            if (
                not ma
                or not mb
                or a.unit != b.unit
                or a.value == b.value
                or a.quote == b.quote
                or (a.breakdown != b.breakdown and a.measure == b.measure)
            ):
                continue
            ta, tb = time_of(ma, desk), time_of(mb, desk)
            if not ta or not tb or ta.last != tb.last or (ta.whole != tb.whole):
                continue
            a_name, b_name = ma.name - GENERIC, mb.name - GENERIC
            digits = {t for t in a_name ^ b_name if t.isdigit()}
            if a_name and b_name and not digits and len(a_name & b_name) / len(a_name | b_name) >= 0.6:
                out.append((a, b))
    return out


def told(records: Iterable[Measure], desk: Desk) -> list[Statement]:
    """Each figure as a sentence; figures read from running text in the document's own sentence, said once for all of its figures."""
    out: list[Statement] = []
    own: dict[str, list[Measure]] = {}
    for r in records:
        quote = " ".join(r.quote.split())
        if desk.in_prose(r) and len(quote.split()) > 4:
            own.setdefault(quote, []).append(r)
            if r.value is not None and not numbers_in(quote) & {r.value, r.value_high}:  # "Eighty-one of our children"
                out.append(statement(figure_words(r), [r]))
            if len(own[quote]) == 1:
                out.append(statement(f"{desk.title(r.place.document)}: {quoted(quote)}", [r]))
        else:
            out.append(statement(figure_words(r), [r]))
    return out


def spoken(sentences: Iterable[Sentence], desk: Desk, records: Iterable[Measure] = ()) -> list[Statement]:
    """The sentences as quoted statements, each with what it cannot stand without; those a record already quotes are left out."""
    own = [" ".join(r.quote.split()) for r in records]
    out: list[Statement] = []
    seen: set[str] = set()
    for s in sentences:
        if (s.chunk.kind == "row" and own) or any(s.text in q or (q in s.text and len(q) > 0.8 * len(s.text)) for q in own):
            continue
        for part in read_on(s, desk):
            if part.text not in seen:
                seen.add(part.text)
                out.append(statement(f"{desk.title(part.chunk.place.document)}: {quoted(part.text)}", sources=[part.source]))
    return out


def gap_statement(m: Measure) -> Statement | None:
    """How far a figure is from its target, in one sentence."""
    distance = gap(m)
    if distance is None:
        return None
    side = "off" if distance > 0 else "inside"
    return statement(f"{name_words(m)} is {points(abs(distance), m.unit)} {side} its target.", [m], derived=[gap_derived(m)])


def compose(query: Query, evidence: Evidence, desk: Desk) -> Draft:
    """The best figure first, the others after it, then the document's own words."""
    if evidence.refusal:
        return refuse.compose(query, evidence, desk)
    records = [f.record for f in evidence.measures]
    texts = [s.text for s in evidence.sentences]
    shown = [
        r
        for r in records
        if not (desk.in_prose(r) and any(" ".join(r.quote.split()) in t or t in " ".join(r.quote.split()) for t in texts))
    ]
    statements = told(shown, desk)
    if "gap" in query.wanted:
        statements += [s for r in records if (s := gap_statement(r))]
    clashes = list({frozenset({a.value, b.value}): (a, b) for a, b in reversed(disagreements(records, desk))}.values())[::-1]
    said = {frozenset({a.value, b.value}) for a, b in clashes}
    clashes += [(a, b) for a, b in against(records[:_TOUCHED], desk) if frozenset({a.value, b.value}) not in said]
    records += [b for _, b in clashes if b not in records]
    for a, b in clashes:
        statements.insert(
            0, statement(f"The documents give two figures: {figure_words(a, False).rstrip('.')}, and {figure_words(b, False)}", [a, b])
        )
    for a, b in rated_otherwise(records[:_TOUCHED], desk):
        statements.append(statement(f"{name_words(a)}: {value_words(a)} is rated {rating_words(a.rag)}.", [a]))
        statements.append(statement(f"{name_words(b)}: {value_words(b)} is rated {rating_words(b.rag)} elsewhere.", [b]))
        records += [b] if b not in records else []
    statements += spoken(evidence.sentences, desk, shown)
    conflicts = tuple(f"{figure_words(a, False)} {figure_words(b, False)}" for a, b in clashes)
    count = _count(query, records, evidence.sentences, desk)
    return Draft("answered", tuple(statements), rows=tuple(records), count=count, conflicts=conflicts, notes=_notes(query, evidence, desk))


_DONE = re.compile(r"\bhow many\b[^?]{0,80}?\b(?:were|was|been|being|got|get|are|is) (\w{4,}ed)\b", re.I)  # what is done to those counted
_DID = re.compile(
    r"\bhow many\b[^?]{0,80}?\b(?:did|have|has|had) [^?]{1,50}? (\w{3,})(?=\W*$|[?.,;]| (?:in|at|by|last|this|during|between|since)\b)",
    re.I,
)
_NAMED = re.compile(rf"\b{any_of(w for w in words('numbering', 'names') if len(w) > 1)} \d+(?:\.\d+)*\b", re.I)
_TOUCHED = 3  # the figures that answer; a figure further down is beside the question
_WORD_NUMBER = r"none|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_TENS = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-(?:one|two|three|four|five|six|seven|eight|nine))?"
_UNIT = r"%|per ?cent|/|working|weeks?|months?|days?|hours?|years?"
_PHONE = re.compile(r"^\d{1,3}\.(?=[A-Z])|\b0\d{2,5}(?: \d{3,})+\b|\b\S+@\S+|\b(?:https?:|www\.)\S+")
_OF = re.compile(rf"(?<![\d/])(\d+)\s?/\s?\d+(?![\d/])|\b(\d+|{_TENS}|{_WORD_NUMBER})\b(?!\s*(?:{_UNIT}))", re.I)


def _count(query: Query, records: list[Measure], sentences: tuple[Sentence, ...], desk: Desk) -> int | None:
    """The count a "how many" question asks for: that of the best measure, else the number nearest to the question's words."""
    if "count" not in query.wanted or query.unit == "percent":  # "how many in every hundred"
        return None
    values = {r.value for r in records if r.unit != "percent"}
    spoken_first = len(records) > 1 and len(values) > 1 and desk.in_prose(records[0]) and bool(sentences)
    marked = {m.record.id: m for m in desk.measures}
    told = weigh(query.counted or query.topic, desk)
    ordered = sorted(records, key=lambda r: -match(told, marked[r.id].name, marked[r.id].context, desk).score)
    whole = [] if spoken_first else [n for r in ordered if (n := _whole(r)) is not None]
    if whole:
        return whole[0]
    if not sentences:
        return None
    first = max(sentences, key=lambda s: match(told, s.name, frozenset(), desk).coverage)
    ends = [first.text.lower().find(w) for t in query.counted or query.topic for w in _said(t, first.text)]
    found = [
        (min((abs(m.start() - e) for e in ends if e >= 0), default=0), m.start(), m)
        for m in _OF.finditer(_NAMED.sub(lambda n: " " * len(n[0]), NUMBERING.sub("", first.text)))
        if not {m[1] or m[2], number(number_of(m[1] or m[2]))} & set(query.topic)  # "more than 20 miles": said in the question, not counted
    ]
    if not found:
        return None
    m = min(found)[2]
    return int(number_of(m[1] or m[2]))


def _whole(m: Measure) -> int | None:
    """A value that counts things, as a whole number; a share of nothing is none of them."""
    if m.value is None or m.value != int(m.value):
        return None
    return int(m.value) if m.unit in ("count", "other") or (m.unit == "percent" and m.value == 0) else None


def _said(term: str, text: str) -> list[str]:
    """The words of a text that stand for a term."""
    words = tokens(text)
    return [words[a] for t, a, _ in lexicon().spans(words) if t == term]


def _notes(query: Query, evidence: Evidence, desk: Desk) -> tuple[str, ...]:
    notes = list(evidence.notes)
    undated = [f for f in evidence.measures if f.marked.span is None and f.record.value is not None]
    if undated and query.spans:
        notes.append("a figure without a date of its own is taken to be for its document's period")
    return tuple(notes)


KIND = Kind(
    "figure",
    "One figure, with its date and target",
    ("What percentage of child in need visits were on time in Q2?", "How many complaints were there in 2024/25?"),
    gather,
    compose,
    instead="explain",
)
