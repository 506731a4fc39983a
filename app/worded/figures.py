"""Every figure of a sentence bound to the evidence it refers to: value, unit, what it is (value, target, gap, count), when, and of what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from app.question.when import Mention, mentions, same, span_of
from app.types import Span
from app.worded.reading import Figure, Reading, read
from app.worded.roles import ends_right, roles, status_in, unnamed
from app.worded.sheet import Item, Sheet, terms_of
from app.worded.words import words
from ingest.lexicon import lexicon
from ingest.types import Measure

NUMBER = "a number that its source does not give"
PERIOD = "a figure given for another period than its source gives it for"
SUBJECT = "a figure given for something else than its source gives it for"

_NEAR = 60  # characters around a number in which a word of its subject must stand, in the draft and in the passage
_FROM_TO = re.compile(r"\bfrom\b[^.;]*\d[^.;]*\bto\b[^.;]*\d", re.I)
_OF_TOTAL = re.compile(r"^\s*(?:of|out of)\s+(?:the\s+)?(?:\w+\s+)?$", re.I)


@dataclass(frozen=True)
class Bound:
    """A figure and what it was found to be: the record (None where a passage or a rule says it) and its role."""

    figure: Figure
    record: Measure | None
    role: str
    item: Item


@dataclass
class Sentence:
    """A sentence that is being bound: what it says, the evidence it refers to, and what has been bound so far."""

    reading: Reading
    items: Sequence[Item]
    sheet: Sheet
    plain: str  # without the names of the evidence's figures
    bound: list[Bound] = field(default_factory=list)

    def values(self) -> list[Measure]:
        """The records whose values it gives."""
        return [b.record for b in self.bound if b.role == "value" and b.record is not None]


def bind(reading: Reading, items: Sequence[Item], sheet: Sheet) -> tuple[list[Bound], str | None]:
    """(the figures bound, None), or what is wrong with the first that cannot be."""
    said = Sentence(reading, items, sheet, unnamed(reading, items))
    # Values first: what a value is of decides whose target the other figure is.
    for figure in sorted(reading.figures, key=lambda f: ("value" not in roles(f, reading, said.plain), f.start)):
        if said.plain[figure.start : figure.end].isspace():  # part of a figure's own name: "visits within 20 working days"
            said.bound.append(Bound(figure, None, "name", items[0]))
            continue
        found, fault = _one(figure, said)
        if found is None:
            return said.bound, fault
        said.bound.append(found)
    return said.bound, None


def _one(figure: Figure, said: Sentence) -> tuple[Bound | None, str]:
    """The binding of one figure, or the nearest reason why there is none."""
    may = roles(figure, said.reading, said.plain)
    fault, typed = NUMBER, False
    for item in said.items:
        for record in item.measures:
            for role in _roles_of(record, figure):
                typed = True
                if role not in may or (role == "gap" and not (item.n and _alone(record, said))):
                    continue
                fault = _misfit(figure, role, record, item, said) or ""
                if not fault:
                    return Bound(figure, record, role, item), ""
    if typed and fault != NUMBER:
        return None, fault
    if difference := _between(figure, may, said):
        return difference, ""
    for item in said.items:
        told = _in_text(figure, said.reading, item, typed) if item.n else False
        if told is True:
            return Bound(figure, None, "text", item), ""
        fault = told or fault
    counted = said.sheet.worked_out
    if counted and _counted(figure, said.reading, said.sheet, counted):
        return Bound(figure, None, "count", counted), ""
    return None, fault


def _roles_of(record: Measure, figure: Figure) -> Iterable[str]:
    """What the figure's number is in the record: its value, its target, the gap between them; with the record's unit."""
    if _same_unit(figure.unit, record.unit):
        if any(v is not None and _equal(v, figure.value) for v in (record.value, record.value_high)):
            yield "value"
        if any(v is not None and _equal(v, figure.value) for v in (record.target, record.target_high)):
            yield "target"
    if (
        record.value is not None
        and record.target is not None
        and (figure.unit == "points" if record.unit == "percent" else _same_unit(figure.unit, record.unit))
    ):
        ends = [record.target, *([record.target_high] if record.target_high is not None else [])]
        if any(_equal(abs(record.value - end), figure.value) for end in ends):
            yield "gap"


def _same_unit(said: str | None, unit: str) -> bool:
    if unit in ("count", "score", "other"):
        return said is None
    return said == unit


def _equal(a: float, b: float) -> bool:
    return abs(a - b) < 1e-6 * max(1.0, abs(a))


def _alone(record: Measure, said: Sentence) -> bool:
    """A gap belongs to the record whose value the sentence gives, or to one of the few there are."""
    told = said.values()
    return record in told if told else sum(len(i.measures) for i in said.items) <= 12


def _misfit(figure: Figure, role: str, record: Measure, item: Item, said: Sentence) -> str | None:
    """Why the figure cannot be this record's: for another time, of another subject, the target of another value."""
    reading = said.reading
    if role == "value" and _hedged(figure, reading, record):
        return NUMBER
    times = reading.governing(figure)
    if any(not _fits(mention, record, role, item, reading) for mention in times):
        return PERIOD
    if role == "value" and not times and not _FROM_TO.search(reading.masked) and _at_other_times(record, item):
        return PERIOD
    told = said.values()
    if role != "value" and told and record not in told and not _named(figure, reading, record, told):
        return SUBJECT
    rivals = [r for i in said.sheet.items for r in i.measures if r.id != record.id]
    if (
        _another(figure, reading, record, rivals)
        or _labelled_otherwise(figure, reading, record, item)
        or _alternative(figure, reading, record)
    ):
        return SUBJECT
    return None


def _at_other_times(record: Measure, item: Item) -> bool:
    """Whether the passage gives the same measure another value at another time: then a value without its time misleads."""
    own, name = item.time(record), named_by(record)
    for r in item.measures:
        if r.value is None or r.unit != record.unit or r.value == record.value or (r.breakdown or "") != (record.breakdown or ""):
            continue
        theirs, when = named_by(r), item.time(r)
        if own and when and when.last != own.last and len(name & theirs) >= 0.75 * len(name | theirs):
            return True
    return False


def _hedged(figure: Figure, reading: Reading, record: Measure) -> bool:
    """ "Nearly 85%", "over 85%" of a value that is printed as 85%."""
    inexact = words().roles["inexact"]
    if record.qualifier in (">", "<", ">=", "<=") or not ends_right(inexact, reading.masked[: figure.start]):
        return False
    return not ends_right(inexact, _before(record, figure))


def _before(record: Measure, figure: Figure) -> str:
    at = (record.value_text or "").find(figure.text)
    return (record.value_text or "")[: max(at, 0)]


def _named(figure: Figure, reading: Reading, record: Measure, told: Sequence[Measure]) -> bool:
    own = _own_terms(record, told)
    a, b = reading.segment(figure)
    return bool(own and own & terms_of(reading.masked[a:b]))


def _own_terms(record: Measure, others: Sequence[Measure]) -> frozenset[str]:
    """The terms of a record's name that the names of the others lack, whichever words they use for the same thing."""
    return named_by(record) - frozenset().union(*(_in_any_words(named_by(r)) for r in others))


def named_by(record: Measure) -> frozenset[str]:
    """The terms of what a figure is called."""
    return terms_of(f"{record.measure} {record.breakdown or ''}")


@lru_cache(maxsize=4096)
def _in_any_words(terms: frozenset[str]) -> frozenset[str]:
    """The terms with the words of every form of the concepts among them: "CP" with "child" and "protection"."""
    lex = lexicon()
    return terms.union(*(terms_of(form) for t in terms if t.startswith("@") for form in lex.said(t)))


def _another(figure: Figure, reading: Reading, record: Measure, rivals: Sequence[Measure]) -> bool:
    """Whether the words around the figure name another record of the evidence and not this one."""
    a, b = reading.segment(figure)
    spoken = terms_of(reading.masked[a:b])
    last = not any(f.start > figure.start for f in reading.figures)
    wider = spoken | terms_of(reading.after(figure)) if last else spoken
    codes = {c.lower() for c in reading.codes}
    for rival in rivals:
        if rival.value == record.value and rival.unit == record.unit and rival.period == record.period:
            continue
        theirs, mine = _own_terms(rival, [record]), _own_terms(record, [rival])
        if theirs & (spoken | codes) and not mine & (wider | codes) and len(theirs & spoken) >= min(2, len(theirs)):
            return True
        if not mine and theirs and theirs <= spoken:
            return True
    return False


def _labelled_otherwise(figure: Figure, reading: Reading, record: Measure, item: Item) -> bool:
    """Of figures that go by one name: whether the passage prints this one under a label that the sentence does not use, and another
    under the one it uses ("ICPC: 79% RCPC: 100%")."""
    named = (record.measure, record.breakdown, record.period, record.unit)
    if not any((r.measure, r.breakdown, r.period, r.unit) == named and r.value != record.value for r in item.measures):
        return False
    there = read(item.quote)
    ends = [0, *(f.end for f in there.figures)]
    labels = [(f, terms_of(item.quote[ends[i] : f.start]) - words().glue) for i, f in enumerate(there.figures)]
    a, b = reading.segment(figure)
    spoken = terms_of(reading.masked[a:b])
    own = [label for f, label in labels if _equal(f.value, figure.value) and f.unit == figure.unit and label]
    others = [label for f, label in labels if not _equal(f.value, figure.value) and f.unit == figure.unit and label]
    return bool(own) and all(
        any((theirs - mine) & spoken and not (mine - theirs) & spoken and mine - theirs for theirs in others) for mine in own
    )


def _alternative(figure: Figure, reading: Reading, record: Measure) -> bool:
    """Whether the words around the figure name one of several things of which the record's name names another: children in need, not
    looked after children."""
    a, b = reading.segment(figure)
    spoken, name = terms_of(reading.masked[a:b]), named_by(record)
    return any(group & spoken and group & name and not group & spoken & name for group in lexicon().alternatives)


def _fits(mention: Mention, record: Measure, role: str, item: Item, reading: Reading) -> bool:
    """Whether a time said of a figure is the record's own (or, of a target, the time it is set for)."""
    own = item.time(record)
    spans = [s for s in (own, span_of(record.target_period) if role != "value" or record.value is None else None) if s]
    if role == "target" and span_of(record.target_period) is None and own is None:
        return in_text(mention, item, reading.text)
    if any(during(mention, s) for s in spans) and _day_fits(mention, record, item, reading.text):
        return True
    return not spans and in_text(mention, item, reading.text)


def during(mention: Mention, own: Span) -> bool:
    """Whether a time as said is that of a record: the same point or stretch, or the year a shorter one lies in."""
    if mention.span is None:
        return mention.open_last is not None and not own.whole and own.last % 12 == mention.open_last
    asked = mention.span
    if same(asked, own):
        return True
    return asked.whole and not own.whole and asked.first <= own.first and own.last <= asked.last


def _day_fits(mention: Mention, record: Measure, item: Item, text: str) -> bool:
    day = re.match(r"\d{1,2}(?=\D)", text[mention.start : mention.end])
    if mention.kind != "month" or not day:
        return True
    printed = {p[-2:] for p in (record.period, record.target_period) if p and re.fullmatch(r"\d{4}-\d\d-\d\d", p)}
    last = int(day[0]) in (28, 29, 30, 31)
    return (f"{int(day[0]):02d}" in printed) if printed else last or in_text(mention, item, text)


def in_text(mention: Mention, item: Item, text: str) -> bool:
    """Whether a piece of evidence itself speaks of a time, to the day where the sentence names one."""
    said = " ".join(text[mention.start : mention.end].lower().split())
    day = re.match(r"(\d{1,2})(?:st|nd|rd|th)?\s", said)
    for piece in item.texts:
        for m in mentions(piece):
            alike = m.span is not None and mention.span is not None and same(m.span, mention.span)
            open_alike = mention.span is None and (m.open_last if m.span is None else m.span.last % 12) == mention.open_last
            if (alike or open_alike) and (not day or re.match(rf"{day[1]}(?!\d)", piece[m.start : m.end])):
                return True
    if any(m.span for piece in (item.quote, *item.told) for m in mentions(piece)):
        return False
    if mention.span is not None and item.span is not None and not day:
        return during(mention, item.span)
    return mention.span is None and item.span is not None and not item.span.whole and item.span.last % 12 == mention.open_last


def _between(figure: Figure, may: frozenset[str], said: Sentence) -> Bound | None:
    """A difference of two values the sentence gives or, of a rise or fall, of two values of one measure."""
    told = [(b.figure.value, b.figure.unit, b.item) for b in said.bound if b.role in ("value", "text")]
    if "change" in may and not told:
        for item in said.items:
            alike = [(r, s) for r in item.measures for s in item.measures if r.unit == s.unit and named_by(r) == named_by(s)]
            gone = [abs(r.value - s.value) for r, s in alike if r.value is not None and s.value is not None]
            if any(_equal(g, figure.value) for g in gone if g):
                return Bound(figure, None, "difference", item)
    if may.isdisjoint({"gap", "change"}):
        return None
    for i, (x, unit, item) in enumerate(told):
        for y, other, _ in told[i + 1 :]:
            fits = figure.unit == "points" if unit == "percent" else figure.unit == unit
            if unit == other and fits and _equal(abs(x - y), figure.value):
                return Bound(figure, None, "difference", item)
    return None


def _in_text(figure: Figure, reading: Reading, item: Item, typed: bool) -> bool | str:
    """Whether a passage prints the number with this unit beside words of the same subject; PERIOD where only its time is another.

    A number that a record has as something else (its target, say) is not taken from the record's own passage.
    """
    a, b = reading.segment(figure)
    near = terms_of(
        reading.masked[max(a, figure.start - _NEAR) : figure.start] + " . " + reading.masked[figure.end : min(b, figure.end + _NEAR)]
    )
    near -= words().glue
    wrong = False
    for piece in item.told if typed else item.said:
        there = read(piece)
        for f in there.figures:
            if not _equal(f.value, figure.value) or f.unit != figure.unit:
                continue
            around = terms_of(piece[max(0, f.start - _NEAR) : f.end + _NEAR])
            if near and not near & around:
                continue
            may = roles(figure, reading, reading.masked)
            if (typed or "value" not in may) and roles(f, there, there.masked).isdisjoint(may):
                continue
            mine, theirs = reading.governing(figure), there.governing(f)
            if len({m.span or m.open_last for m in there.times}) > 1 and mine and theirs and not _any_alike(mine, theirs):
                wrong = True
                continue
            if mine and not all(in_text(m, item, reading.text) for m in mine):
                wrong = True
                continue
            return True
    return PERIOD if wrong else False


def _any_alike(mine: Sequence[Mention], theirs: Sequence[Mention]) -> bool:
    for m in mine:
        for t in theirs:
            if m.span and t.span and (same(m.span, t.span) or m.span.first <= t.span.first <= t.span.last <= m.span.last):
                return True
            if (m.span is None or t.span is None) and (m.open_last if m.span is None else m.span.last % 12) == (
                t.open_last if t.span is None else t.span.last % 12
            ):
                return True
    return False


def _counted(figure: Figure, reading: Reading, sheet: Sheet, counted: Item) -> bool:
    """Whether a bare number is a count the rules made, of what the sentence says: "12 of 23 measures missed their target"."""
    if figure.unit is not None:
        return _in_text(figure, reading, counted, False) is True
    a, b = reading.segment(figure)
    said = status_in(reading.masked[a:b]) or (status_in(reading.masked) if len(reading.figures) <= 2 else None)
    c = sheet.coverage
    if c is not None and c.considered and said is not None:
        before_total = any(_OF_TOTAL.match(reading.masked[figure.end : f.start]) for f in reading.figures if f.start > figure.start)
        after_part = any(_OF_TOTAL.match(reading.masked[f.end : figure.start]) for f in reading.figures if f.end < figure.start)
        if after_part:
            return _equal(figure.value, c.considered)
        own = {"off": c.off_target, "on": c.on_target, "none": c.no_value}[said]
        listed = sum(getattr(r, "status", None) == {"off": "off_target", "on": "on_target", "none": "no_value"}[said] for r in sheet.rows)
        return _equal(figure.value, own) or (_equal(figure.value, listed) and not before_total)
    return _in_text(figure, reading, counted, False) is True
