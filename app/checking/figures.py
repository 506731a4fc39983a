"""A sentence's figures bound to its records: each value after its own name, with its unit and time; each target as a target.

What a sentence calls a figure is the record's name, or its breakdown; a value belongs to the last of them before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.checking.sentence import STRUCK, Sentence
from app.evidence.desk import Desk, content
from app.kinds.wording import gap, name_words, period_words, target_words, value_words
from app.types import Statement
from ingest.lexicon import lexicon
from ingest.types import Measure

_AIM = "target of "
_QUALIFIED = re.compile(r"(?:above|under|over|below|about|around|at least|at most|no more than|more than|less than|target of|by)\s$", re.I)
_MEASURED = re.compile(r"\s(?:off|inside) its target|\sapart\b")  # what a gap or difference is, not a value
_NAMED = re.compile(r"\sis\b|[,:]\s|\s\(")  # what follows a breakdown that stands for the whole name
_AIMED = re.compile(r"\ban increase\b|\ba decrease\b")
_STATUS = {"– below target": "off_target", "– off target": "off_target", "– target met": "on_target"}
_ORDER = (  # words between or before two values, and the second's side of the first
    (re.compile(r"\brose from\b|\bis lower, at\b"), 1),
    (re.compile(r"\bfell from\b|\bis higher, at\b"), -1),
    (re.compile(r"\bstayed the same from\b|^They are the same: "), 0),
)


@dataclass(frozen=True)
class Mention:
    """Where a sentence names records: several where they go by one name."""

    start: int
    end: int
    records: tuple[Measure, ...]


@dataclass(frozen=True)
class Given:
    """A value where the sentence gives it."""

    start: int
    record: Measure


def bind(said: Sentence, statement: Statement, laid: Desk) -> bool:
    """Strikes every name, value, period and target that is bound; False where the sentence says of a record what it does not hold."""
    records = [r for r in statement.records if isinstance(r, Measure)]
    if not records:
        return True
    named = _mentions(said, records)
    if not _reported(said, records, laid):
        return False
    targets = _targets(said, records, named)
    values = _values(said, records, named)
    return (
        targets
        and _follow(said, named, values)
        and _in_order(said, values)
        and _judged(said, records, named)
        and _gaps(said, records, named)
        and (bool(values) or bool(named) or STRUCK in said.left)
    )


def _labels(m: Measure) -> list[str]:
    """What a record may be called, the longest first."""
    name, when = name_words(m), period_words(m.period)
    return [*([f"{name} ({when})"] if when else []), name, *([m.breakdown] if m.breakdown else [])]


def _mentions(said: Sentence, records: Sequence[Measure]) -> list[Mention]:
    """Every name in the sentence, longest first where one is part of another; struck."""
    labels: dict[str, list[Measure]] = {}
    for r in records:
        for label in _labels(r):
            labels.setdefault(label, []).append(r)
    out = []
    parts = {r.breakdown for r in records}
    for label in sorted(labels, key=len, reverse=True):
        for at in said.found(label):
            if label in parts and (said.left[:at].endswith("(") or not _NAMED.match(said.left, at + len(label))):
                continue  # a breakdown beside the name of something else
            out.append(Mention(at, at + len(label), tuple(labels[label])))
            said.strike(at, at + len(label))
    return sorted(out, key=lambda m: m.start)


def _owns(record: Measure, at: int, named: Sequence[Mention], said: Sentence) -> bool:
    """True where the last name before a place is the record's, or that of its series; without any name, where the sentence says "They"."""
    before = [m for m in named if m.end <= at]
    if not before:
        return said.text.startswith("They ")
    moves = said.left[:at].endswith(("from ", "to "))
    return any(r is record or (moves and _series(r, record)) for r in before[-1].records)


def _series(a: Measure, b: Measure) -> bool:
    """True for two readings of one measure at two times, under whichever of its names."""
    if a.unit != b.unit or a.period == b.period or (a.breakdown or "").lower() != (b.breakdown or "").lower():
        return False
    x, y = content(lexicon().terms(a.measure)), content(lexicon().terms(b.measure))
    return len(x & y) >= 0.6 * len(x | y)


def _targets(said: Sentence, records: Sequence[Measure], named: Sequence[Mention]) -> bool:
    """Strikes each target with the time it is set for; False where a figure is called a target and is none of these records'."""
    at = said.left.find(_AIM)
    while at >= 0:
        start = at + len(_AIM)
        for r in records:
            words = target_words(r)
            if words and start in said.found(words) and _owns(r, at, named, said):
                end = start + len(words)
                due = period_words(r.target_period)
                if due and end + 4 in said.found(due) and said.left.startswith(" by ", end):
                    end += len(f" by {due}")
                said.strike(start, end)
                break
        else:
            if said.left[start : start + 1] != STRUCK:
                return False
        at = said.left.find(_AIM, start)
    return not _AIMED.search(said.left)


def _values(said: Sentence, records: Sequence[Measure], named: Sequence[Mention]) -> list[Given]:
    """Strikes each value that stands after its record's name, with the time given for it; a value with another time stays."""
    out: list[Given] = []
    for r in sorted(records, key=lambda r: -len(value_words(r))):
        words, when = value_words(r), period_words(r.period)
        for at in said.found(words):
            end = at + len(words)
            if _QUALIFIED.search(said.left[:at]) or _MEASURED.match(said.left, end) or not _owns(r, at, named, said):
                continue
            if said.left.startswith(" (", end):
                if not when or not said.left.startswith(f" ({when})", end):
                    continue
                end += len(f" ({when})")
            said.strike(at, end)
            out.append(Given(at, r))
    return sorted(out, key=lambda g: g.start)


def _follow(said: Sentence, named: Sequence[Mention], values: Sequence[Given]) -> bool:
    """True where a name and a colon are followed by a value of that record, or by its having none."""
    starts = {g.start for g in values}
    for mention in named:
        if not said.text.startswith(": ", mention.end) or mention.end + 2 in starts:
            continue
        if said.text.startswith(": no figure reported", mention.end) and any(r.value is None for r in mention.records):
            continue
        if not any(m.start == mention.end + 2 for m in named):
            return False
    return True


def _in_order(said: Sentence, values: Sequence[Given]) -> bool:
    """True where what is said to have risen rose, and what is said to be lower is lower."""
    told = [g.record.value for g in values if g.record.value is not None]
    if len(told) < 2:
        return True
    side = (told[1] > told[0]) - (told[1] < told[0])
    return all(side == said_side for pattern, said_side in _ORDER if pattern.search(said.left))


def _judged(said: Sentence, records: Sequence[Measure], named: Sequence[Mention]) -> bool:
    """True where a status that is said after a figure is its record's."""
    for words, status in _STATUS.items():
        at = said.left.find(words)
        while at >= 0:
            if not any(r.status == status and _owns(r, at, named, said) for r in records):
                return False
            at = said.left.find(words, at + 1)
    return True


def _gaps(said: Sentence, records: Sequence[Measure], named: Sequence[Mention]) -> bool:
    """True where a figure that is said to lie off or inside its target does."""
    for words, off in (("off its target", True), ("inside its target", False)):
        at = said.left.find(words)
        held = [g for r in records if _owns(r, at, named, said) and (g := gap(r)) is not None]
        if at >= 0 and not any((g > 0) is off for g in held):
            return False
    return True


def _reported(said: Sentence, records: Sequence[Measure], laid: Desk) -> bool:
    """Strikes the times a refusal lists as those that are reported: of these records, or of others of the same name; each said once."""
    _, found, listed = said.text.partition("the documents report ")
    if not found:
        return True
    names = {r.measure.lower() for r in records}
    for m in laid.measures:
        if m.record.measure.lower() in names:
            entry = laid.entry(m.record.place.document)
            for when in filter(None, (period_words(m.record.period), period_words(entry.period) if entry else None)):
                for lead in ("report ", ", ", "and "):
                    said.strike_all(when, lead)
    times = re.split(r", | and ", listed.rstrip("."))
    return len(times) == len(set(times)) and not any(ch.isdigit() for ch in said.left[-len(listed) :])
