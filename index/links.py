"""Figures that disagree: one measure at one time with different values, shares that do not follow from their counts, wholes outside
their parts, and ratings that contradict the numbers.

Pure functions over records. The same measure is told by its name's telling words, brought to the field's concepts (ingest/lexicon).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from math import ceil

from index.periods import end_of, same_point
from ingest.lexicon import lexicon
from ingest.types import Chunk, Measure, Place
from ingest.vocabulary import normalise, vocabulary

_ALIKE = 0.75  # share of telling words that two names of one measure have in common
_ROUNDING = Decimal("0.6")  # percentage points by which a share printed without decimals may differ from its counts
_COLOURS = {"R": "red", "A": "amber", "G": "green", "B": "blue"}
_NAME = 90  # characters of a sentence that stand for a measure without a name
_ONE_LINE = 14.0  # points
_NEAR_SUM = Decimal("0.2")  # a total further from the sum of the lines above it is no total of theirs
_OF = r"(?P<part>\d[\d,]*) (?:out )?of (?:the |all |our )?(?P<whole>\d[\d,]*)"
_COUNTS_FIRST = re.compile(rf"{_OF}\b[^.;%()]{{0,80}}?\((?P<share>\d+(?:\.\d+)?) ?%\)")  # "31 of the 48 who replied (72%)"
_SHARE_FIRST = re.compile(rf"(?P<share>\d+(?:\.\d+)?) ?% \({_OF}")  # "72% (31 of 48)"


@dataclass(frozen=True, slots=True)
class Side:
    """One of two figures that disagree, where it stands and how it is printed."""

    place: Place
    value_text: str
    quote: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two statements that cannot both be right; `certain` is false where they may be of different things. `why` says it in a sentence."""

    measure: str
    period: str | None
    certain: bool
    a: Side
    b: Side
    why: str


def conflicts(measures: Sequence[Measure], chunks: Iterable[Chunk], authorities: Mapping[str, str | None]) -> list[Conflict]:
    """All disagreements among the measures, and in the passages, of documents; `authorities` says whose each document is.

    Certain ones first, then in reading order; a pair of values is listed once however often it is printed.
    """
    found = [*_values(measures, authorities), *_shares(chunks), *_wholes(measures), *_sums(measures), *_ratings(measures)]
    seen: set[tuple[object, ...]] = set()
    out: list[Conflict] = []
    for conflict in sorted(found, key=lambda c: not c.certain):
        point = min(same_point(conflict.period)) if conflict.period else None
        texts = frozenset(" ".join(side.value_text.split()) for side in (conflict.a, conflict.b))
        key = (point, texts, conflict.a.place.document, telling(conflict.measure))
        if key not in seen:
            seen.add(key)
            out.append(conflict)
    return out


# -- the same measure


@lru_cache(maxsize=16384)
def telling(text: str) -> frozenset[str]:
    """The terms of a measure's name that tell it from others; weak words only where there is nothing else."""
    weak = {term for word in vocabulary()["names"]["weak"] for term in lexicon().terms(word)}
    terms = frozenset(lexicon().terms(text))
    return (terms - weak) or terms


def alike(a: Measure, b: Measure) -> float:
    """How alike two measures' names are, 0 to 1: 0 where a number, a part or the unit tells them apart."""
    if a.unit != b.unit:
        return 0.0
    if a.breakdown and b.breakdown and telling(a.breakdown) != telling(b.breakdown):
        return 0.0
    if bool(a.breakdown) != bool(b.breakdown) and telling(a.measure) == telling(b.measure):
        return 0.0  # a part, and the whole
    x, y = (telling(f"{m.measure} {m.breakdown or ''}") for m in (a, b))
    if {t for t in x if t[0].isdigit()} != {t for t in y if t[0].isdigit()}:
        return 0.0
    return len(x & y) / len(x | y)


def same_time(a: Measure, b: Measure) -> bool:
    """Whether both figures are for one reporting point; false where one has no date."""
    return bool(a.period and b.period and same_point(a.period) & same_point(b.period))


# -- kinds of disagreement


def _values(measures: Sequence[Measure], authorities: Mapping[str, str | None]) -> list[Conflict]:
    """The same measure at the same time with values that are not the same figure rounded."""
    at: dict[tuple[object, ...], list[Measure]] = defaultdict(list)
    for m in measures:
        if m.kind == "actual" and m.value is not None and m.value_high is None and not m.qualifier and m.period:
            whose = authorities.get(m.place.document) or m.place.document
            for point in same_point(m.period):
                at[(whose, m.unit, point)].append(m)
    out: dict[tuple[str, str], Conflict] = {}
    for group in at.values():
        for a, b in _pairs(group):
            if a.value == b.value or same_rounded(a, b) or (a.id, b.id) in out or _together(a, b) or alike(a, b) < _ALIKE:
                continue
            why = "the same measure at the same time has two values"
            if a.place.document != b.place.document:
                why = "two documents give different values for the same measure at the same time"
            certain = "-" in (a.period or "") and "-" in (b.period or "")  # a whole year has many moments
            out[(a.id, b.id)] = Conflict(_name(a), a.period, certain, _side(a), _side(b), why)
    return list(out.values())


def _pairs(group: Sequence[Measure]) -> list[tuple[Measure, Measure]]:
    """The pairs of a group whose names can be alike, in the group's order: thousands of figures of one day are not all compared.

    Of two names with a share of _ALIKE in common each has one of the other's rarest terms among its own: of so many that the rest are
    too few to be that share.
    """
    terms = [telling(f"{m.measure} {m.breakdown or ''}") for m in group]
    counts = Counter(term for named in terms for term in named)
    at: dict[str, list[int]] = defaultdict(list)
    found: set[tuple[int, int]] = set()
    for i, named in enumerate(terms):
        rarest = sorted(named, key=lambda term: (counts[term], term))[: len(named) - ceil(_ALIKE * len(named)) + 1]
        for term in rarest:
            found.update((k, i) for k in at[term])
            at[term].append(i)
    return [(group[a], group[b]) for a, b in sorted(found)]


def _together(a: Measure, b: Measure) -> bool:
    """Whether both stand in one cell or sentence: nobody contradicts himself in one breath, the names are just short."""
    if a.place.document != b.place.document or a.place.page != b.place.page:
        return False
    if a.quote == b.quote:
        return True
    if not a.place.box or not b.place.box:
        return False
    return abs(a.place.box[1] - b.place.box[1]) < _ONE_LINE and a.place.section == b.place.section


def same_rounded(a: Measure, b: Measure) -> bool:
    """Whether two values are one figure, printed to more or fewer places."""
    x, y = Decimal(str(a.value)), Decimal(str(b.value))
    return abs(x - y) <= max(_step(a), _step(b)) / 2


def _step(m: Measure) -> Decimal:
    """The size of one in the last place printed: 0.1 for "15.8%", 100,000 for "£1.2m"."""
    printed = re.search(r"\d[\d,]*(?:\.(\d+))?\s*(m(?:illion)?\b|bn\b|billion\b|k\b|thousand\b)?", m.value_text or "", re.I)
    if not printed:
        return Decimal(1)
    scale = {"m": 6, "b": 9, "k": 3, "t": 3}.get((printed[2] or " ")[0].lower(), 0)
    return Decimal(1).scaleb(scale - len(printed[1] or ""))


def _shares(chunks: Iterable[Chunk]) -> list[Conflict]:
    """ "31 of the 48 (72%)": a share that does not follow from the counts printed with it."""
    out: list[Conflict] = []
    for chunk in chunks:
        for m in (*_COUNTS_FIRST.finditer(chunk.text), *_SHARE_FIRST.finditer(chunk.text)):
            part, whole, share = (Decimal(m[name].replace(",", "")) for name in ("part", "whole", "share"))
            if not whole or part > whole or abs(100 * part / whole - share) <= _ROUNDING:
                continue
            counts = f"{m['part']} of {m['whole']}"
            quote = _around(chunk.text, m.start(), m.end())
            why = f"{counts} is {100 * part / whole:.0f}%, not {share}%"
            out.append(
                Conflict(
                    quote[:_NAME].rsplit(" ", 1)[0],
                    None,
                    True,
                    Side(chunk.place, counts, quote),
                    Side(chunk.place, f"{share}%", quote),
                    why,
                )
            )
    return out


def _wholes(measures: Sequence[Measure]) -> list[Conflict]:
    """An overall percentage below or above every part of it."""
    groups: dict[tuple[object, ...], list[Measure]] = defaultdict(list)
    for m in measures:
        if m.kind == "actual" and m.unit == "percent" and m.value is not None and m.breakdown:
            groups[(m.place.document, m.action_id, m.measure, m.period)].append(m)
    out: list[Conflict] = []
    for group in groups.values():
        whole = [m for m in group if _is_whole(m.breakdown)]
        parts = [m for m in group if not _is_whole(m.breakdown)]
        if len(whole) != 1 or len(parts) < 2:
            continue
        low, high = min(parts, key=_value), max(parts, key=_value)
        if not _value(low) <= _value(whole[0]) <= _value(high):
            nearest = low if _value(whole[0]) < _value(low) else high
            why = "the overall figure lies outside its parts"
            out.append(Conflict(_name(whole[0]), whole[0].period, True, _side(whole[0]), _side(nearest), why))
    return out


def _sums(measures: Sequence[Measure]) -> list[Conflict]:
    """A printed total that is not the sum of the lines above it in its table."""
    out: list[Conflict] = []
    columns: dict[tuple[object, ...], list[Measure]] = defaultdict(list)
    for m in measures:
        if m.kind == "actual" and m.unit in ("count", "gbp") and m.value is not None and m.place.box:
            columns[(m.place.document, m.place.page, m.place.section, m.period, m.unit)].append(m)
    for lines in columns.values():
        for i, m in enumerate(lines):
            if i < 2 or not (_is_whole(m.measure) or _is_whole(m.breakdown)):
                continue
            before = max((k + 1 for k in range(i) if _is_whole(lines[k].measure) or _is_whole(lines[k].breakdown)), default=0)
            parts = lines[before:i]
            total = sum((_value(p) for p in parts), Decimal())
            if len(parts) < 2 or total == _value(m) or abs(total - _value(m)) > _NEAR_SUM * abs(_value(m)):
                continue
            why = f"the lines above add up to {total.normalize():f}, the total printed is {m.value_text}"
            named = f"{m.measure} ({m.place.section})" if m.place.section else m.measure
            out.append(Conflict(named, m.period, True, _side(m), Side(parts[0].place, f"{total.normalize():f}", parts[0].quote), why))
    return out


def _ratings(measures: Sequence[Measure]) -> list[Conflict]:
    """Green or blue on missed targets alone, red on met ones alone. A rating that several figures share is judged by all of them, and it
    is of the newest figure; it is surely wrong only where the same figure is rated otherwise elsewhere, for it may rate the action."""
    newest = {(m.place.document, m.place.section, m.measure, m.breakdown): m for m in sorted(measures, key=lambda m: _end(m.period))}
    groups: dict[tuple[object, ...], list[Measure]] = defaultdict(list)
    for m in newest.values():
        if m.rag and m.kind == "actual" and m.status in ("off_target", "on_target"):
            groups[(m.place.document, m.action_id or m.place.box, m.rag)].append(m)
    out: list[Conflict] = []
    for (*_, rag), group in groups.items():
        wrong = "off_target" if rag in ("G", "B") else "on_target" if rag == "R" else None
        if wrong is None or any(m.status != wrong or m.comparator in ("increase", "decrease") for m in group):
            continue
        m = group[-1]
        others = [
            o for o in newest.values() if o.rag not in (None, rag) and o.value == m.value and same_time(o, m) and alike(o, m) >= _ALIKE
        ]
        colour = _COLOURS[str(rag)]
        why = f"{m.value_text} {'misses' if wrong == 'off_target' else 'meets'} its target but is rated {colour}"
        other = Side(others[0].place, f"rated {_COLOURS[str(others[0].rag)]}", others[0].quote) if others else _side(m)
        out.append(Conflict(_name(m), m.period, bool(others), Side(m.place, f"rated {colour}", m.quote), other, why))
    return out


def _end(period: str | None) -> str:
    return (end_of(period) if period else None) or ""


# -- helpers


def _is_whole(name: str | None) -> bool:
    said = normalise(name or "")
    return any(said == w or said.startswith(f"{w} ") for w in vocabulary()["names"]["whole"])


def _value(m: Measure) -> Decimal:
    return Decimal(str(m.value))


def _name(m: Measure) -> str:
    return f"{m.measure} ({m.breakdown})" if m.breakdown else m.measure


def _side(m: Measure) -> Side:
    return Side(m.place, m.value_text or str(m.value), m.quote)


def _around(text: str, start: int, end: int) -> str:
    """The sentence that holds these characters, at most about 200 of them."""
    left = max(text.rfind(". ", 0, start) + 2, start - 100, 0) if text.rfind(". ", 0, start) >= 0 else max(0, start - 100)
    right = text.find(". ", end)
    right = min(right + 1 if right >= 0 else len(text), end + 100)
    return " ".join(text[left:right].split())
