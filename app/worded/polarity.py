"""Which way a sentence says things went, are rated or judged, whether a target was met, what is denied and what is only planned."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from app.kinds.wording import name_words
from app.worded.figures import Bound, named_by
from app.worded.reading import Reading, clauses, denied
from app.worded.reading import denials as denied_in
from app.worded.roles import NOT_MET, status_in, unnamed
from app.worded.sheet import Item, terms_of
from app.worded.words import words
from ingest.lexicon import stem, tokens
from ingest.types import Action, Measure

WORDS = "a claim in words that its source does not use"
OPPOSITE = "the opposite of what its source says"
STATUS = "a target said to be met or missed otherwise than by the rule"
TENSE = "a plan told as done"


def directions(reading: Reading, items: Sequence[Item], bound: Sequence[Bound]) -> str | None:
    """Rises and falls, ratings, causes, judgements, quantities in words: each stands in the evidence or follows from two bound figures."""
    masked = reading.masked
    for pattern in words().status.values():
        masked = pattern.sub(lambda m: " " * len(m[0]), masked)
    for name, pattern in words().opposites.items():
        if not pattern.search(masked):
            continue
        if moved := _moved(reading, bound):
            if name in ("up", "down"):
                if moved == name:
                    continue
                return OPPOSITE
            if name in ("better", "worse") and (judged := _judged(moved, bound)):
                if judged == name:
                    continue
                return OPPOSITE
        if not any(_states(pattern, piece, reading, name in _QUANTITIES) for item in items for piece in item.said):
            return (
                OPPOSITE if name in ("up", "down", "better", "worse", "red", "amber", "green", "blue", "finished", "unfinished") else WORDS
            )
        if name in ("red", "amber", "green", "blue") and (rated := _rated(items)) and name not in rated:
            return OPPOSITE
    return _from_to(reading, bound, items)


def _next(text: str, at: int) -> str:
    """The stem of the first word that carries meaning after a quantity in words: what there is all, most or none of."""
    return next((stem(w) for w in tokens(text[at:]) if w not in _OF), "")


def _states(pattern: re.Pattern[str], piece: str, reading: Reading, quantity: bool) -> bool:
    """Whether a piece of evidence makes a claim: as a fact, unless the sentence too speaks of what is to be; a target is no fact.

    A quantity must be of the same thing: "every target" is not borne out by "every four weeks".
    """
    told = _AIMED.sub(" ", piece)
    found = [c for c in clauses(told) if pattern.search(c)]
    if found and quantity:
        mine = {_next(reading.masked, m.end()) for m in pattern.finditer(reading.masked)}
        found = [c for c in found if mine <= {_next(c, m.end()) for m in pattern.finditer(c)}]
    return any(not _only_planned(c) for c in found) or (bool(found) and bool(words().future.search(reading.text)))


_QUANTITIES = frozenset({"every", "most", "few", "none"})
_OF = frozenset("of the a an these those this that our their its such".split())
_AIMED = re.compile(r"\btargets? of (?:an? )?(?:increase|decrease|reduction)\b", re.I)


def _rated(items: Sequence[Item]) -> set[str]:
    letters = {"R": "red", "A": "amber", "G": "green", "B": "blue"}
    return {letters[r.rag] for i in items for r in i.records if isinstance(r, Action | Measure) and r.rag}


def _moved(reading: Reading, bound: Sequence[Bound]) -> str | None:
    """Which way two values of a sentence move in time; None where it does not say two."""
    values = sorted((b for b in bound if b.role in ("value", "text") and b.figure.unit != "points"), key=lambda b: b.figure.start)
    if len(values) != 2 or values[0].figure.unit != values[1].figure.unit or values[0].figure.value == values[1].figure.value:
        return None
    first, last = values
    if not _alike(first, last):
        return None
    a, b = _when(first, reading), _when(last, reading)
    if a is not None and b is not None and a != b:
        first, last = (first, last) if a < b else (last, first)
    elif re.search(
        r"\b(?:up|down|rose|fell|risen|fallen|increased?|decreased?|reduced|dropped|improved)?\s*from\s*$",
        reading.masked[: last.figure.start],
        re.I,
    ):
        first, last = last, first
    return "up" if last.figure.value > first.figure.value else "down"


def _alike(a: Bound, b: Bound) -> bool:
    """Whether two values can be of one measure at two times."""
    if a.record is None or b.record is None:
        return a.record is b.record and a.item.n == b.item.n
    mine, theirs = (named_by(x) for x in (a.record, b.record))
    return len(mine & theirs) >= 0.6 * len(mine | theirs)


def _when(b: Bound, reading: Reading) -> int | None:
    if b.record is not None and (own := b.item.time(b.record)):
        return own.last
    said = reading.governing(b.figure)
    return said[0].span.last if said and said[0].span else None


def _judged(moved: str, bound: Sequence[Bound]) -> str | None:
    comparators = {b.record.comparator for b in bound if b.record is not None and b.record.comparator}
    if comparators <= {">=", ">", "increase"} and comparators:
        return "better" if moved == "up" else "worse"
    if comparators <= {"<=", "<", "decrease"} and comparators:
        return "better" if moved == "down" else "worse"
    return None


def _from_to(reading: Reading, bound: Sequence[Bound], items: Sequence[Item]) -> str | None:
    """ "From 75 to 102" of what went from 102 to 75."""
    moved = _moved(reading, bound)
    values = sorted((b for b in bound if b.role == "value" and b.record is not None), key=lambda b: b.figure.start)
    if moved and len(values) == 2 and re.search(r"\bfrom\s+(?:\w+\s+)?$", reading.masked[: values[0].figure.start], re.I):
        first, last = (_when(v, reading) for v in values)
        if first is not None and last is not None and first > last:
            return OPPOSITE
    if not moved or not re.search(r"\bfrom\b", reading.masked, re.I) or any(b.record is not None for b in bound if b.role == "value"):
        return None
    other = words().opposites["down" if moved == "up" else "up"]
    same_way = words().opposites[moved]
    texts = [piece for item in items for piece in item.texts]
    return OPPOSITE if any(other.search(t) for t in texts) and not any(same_way.search(t) for t in texts) else None


def statuses(reading: Reading, items: Sequence[Item], bound: Sequence[Bound]) -> str | None:
    """A target is said to be met or missed only where the rule, or the passage itself, says so of that very figure."""
    masked = unnamed(reading, items)
    spots = [(masked[a:b], [x for x in bound if a <= x.figure.start < b]) for a, b in reading.segments] or [(masked, [])]
    whole = status_in(masked)
    for text, inside in spots:
        said = status_in(text)
        if said is None:
            continue
        records = {b.record.id: b.record for b in inside if b.record is not None} or {
            b.record.id: b.record for b in bound if b.record is not None
        }
        if not records and any(b.role == "count" for b in (inside or bound)):
            continue
        pool = list(records.values()) or _meant(reading, items)
        if pool and not all(_has(r, said) for r in pool):
            return STATUS
        if not pool and not _says(said, items):
            return STATUS
    return STATUS if whole == "none" and any(b.record is not None and b.role == "value" for b in bound) else None


def _has(r: Measure, said: str) -> bool:
    if said == "none":
        return r.value is None
    return r.status == {"off": "off_target", "on": "on_target"}[said]


def _meant(reading: Reading, items: Sequence[Item]) -> list[Measure]:
    """The figures of the evidence that a sentence without any speaks of: those whose name it shares most with."""
    told = terms_of(reading.masked)
    scored = [(len(told & named_by(r)), r) for i in items for r in i.measures]
    best = max((n for n, _ in scored), default=0)
    return [r for n, r in scored if n == best] if best else [r for _, r in scored]


def _says(said: str, items: Sequence[Item]) -> bool:
    return any(status_in(piece) == said for item in items for piece in (item.quote, *item.told, *item.texts))


def denials(reading: Reading, items: Sequence[Item], bound: Sequence[Bound]) -> str | None:
    """What the evidence denies the sentence denies, and the other way round; what is only planned is not told as done."""
    texts = [t for i in items for t in i.texts]
    theirs = {d for t in texts for d in denied_in(_rid(t))}
    for clause in clauses(_unquoted(reading)):
        plain = _rid(clause)
        mine = denied_in(plain)
        if not _each_matched(mine, theirs):
            return OPPOSITE
        told = terms_of(plain) - words().glue
        own = [b.record for b in bound if b.record is not None]
        if own:
            names_of = [name_words(r) for r in own if told & terms_of(r.measure)]
            if not mine and names_of and all(denied(_rid(name)) for name in names_of):
                return OPPOSITE
            continue
        best = _closest(told, items)
        if best and not mine and all(denied(_rid(piece)) for piece in best) and _says_what_is_denied(plain, best):
            return OPPOSITE
        figured = any(b.role in ("value", "gap", "count") for b in bound)
        if best and not figured and all(_only_planned(p) for p in best) and words().past.search(plain) and not words().future.search(plain):
            return TENSE
    return None


def _each_matched(mine: Sequence[tuple[str, ...]], theirs: set[tuple[str, ...]]) -> bool:
    """Whether each denial of the draft is one of the evidence, no two the same one."""
    left = set(theirs)
    for scope in mine:
        match = next((t for t in left if (scope[:1] == t[:1] or len(set(scope) & set(t)) >= 2)), None)
        if match is None:
            return False
        left.discard(match)
    return True


def _says_what_is_denied(plain: str, pieces: Sequence[str]) -> bool:
    said = {stem(w) for w in tokens(plain)}
    return any(len(set(d) & said) >= min(2, len(d)) for p in pieces for d in denied_in(_rid(p)))


_BOUNDS = re.compile(r"\bno (?:more|less|fewer|later|longer|earlier) than\b|\bnot (?:only|just|least)\b", re.I)


def _rid(piece: str) -> str:
    """The text without what says a target is missed, that there is no figure, or a bound: denials only in form."""
    for pattern in (NOT_MET, _BOUNDS, *words().status.values()):
        piece = pattern.sub(" ", piece)
    return piece


def _only_planned(piece: str) -> bool:
    return bool(words().future.search(piece)) and not words().past.search(piece)


def _unquoted(reading: Reading) -> str:
    return re.sub(r"[“\"][^”\"]*[”\"]", " ", reading.text)


def _closest(spoken: frozenset[str], items: Sequence[Item]) -> list[str]:
    """The clauses of the evidence that share most with a clause of the draft; none where they share too little to compare."""
    scored = [(len(spoken & terms), piece) for item in items for piece, terms in _clauses_of(item)]
    best = max((n for n, _ in scored), default=0)
    return [p for n, p in scored if n == best] if best >= min(2, len(spoken)) and best else []


@lru_cache(maxsize=512)
def _cut(texts: tuple[str, ...]) -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((c, terms_of(c) - words().glue) for text in texts for c in clauses(text))


def _clauses_of(item: Item) -> tuple[tuple[str, frozenset[str]], ...]:
    return _cut(item.texts)
