"""Lists asked part by part: "which teams", "which depot is worst": the figures by those parts, and which end of them is the worse."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from app.evidence.desk import Marked
from app.kinds.moving import SCORECARD, wanted_way
from app.kinds.wording import gap
from app.types import Query
from ingest.language.words import words
from ingest.lexicon import stem
from ingest.types import Measure

_BY = re.compile(r"\b(?:by|per|in each|for each) ((?:[a-z]+ ){0,2}[a-z]+)", re.I)
_VERB = r"(?:did|do|does|has|have|had|is|are|was|were|can|could|will|the|a|an)\b"
_ASKED = rf"\b(?:which|what|any|list|name|show)(?: of)?(?: the| our)?(?: (?!{_VERB})[\w'’-]+){{{{0,2}}}}? ({{nouns}})\b"
_ROWS = 3  # parts for which a table gives a measure, from which it is one by parts
_LOOSE = frozenset("service area type category group home first council authority agency place".split())  # as often the subject as its part


def by_parts(pool: Sequence[Marked[Measure]], query: Query, text: str) -> tuple[list[Marked[Measure]], Query]:
    """The figures of the parts that the question asks for ("which depots"), without the word for them; else all as they are.

    What the parts are called stands in the heading over their table ("Performance by depot"), or is a word of the field.
    """
    parted = [m for m in pool if m.record.breakdown]
    headed: dict[str, set[str]] = {}
    for section in {m.record.place.section for m in parted if m.record.place.section}:
        for named in _BY.findall(section):
            headed.setdefault(named.split()[-1].lower().rstrip("s"), set()).add(section)
    nouns = {*headed, *(w for w in words("parts", "words") if " " not in w)} - _LOOSE
    m = re.search(_ASKED.format(nouns="|".join(f"{re.escape(n)}(?:e?s)?" for n in sorted(nouns, key=len, reverse=True))), text, re.I)
    if m is None or not parted:
        return list(pool), query
    sections = headed.get(m[1].lower().rstrip("s"))
    found = [p for p in parted if not sections or p.record.place.section in sections]
    term = stem(m[1].lower())
    if any(term in p.name for p in found):  # "Safeguarding Team 2"
        return found, query
    facets = tuple(f for facet in query.facets if (f := tuple(t for t in facet if t != term)))
    return found, replace(query, topic=tuple(t for t in query.topic if t != term), facets=facets)


def of_the_whole(pool: Sequence[Marked[Measure]], text: str) -> list[Marked[Measure]]:
    """The measures without the rows of tables by team or area, where neither is asked for and their document judges measures of the whole:
    how one team does is no indicator of a scorecard. What a plan measures by team alone, against a target, is one of its measures."""
    rows: dict[tuple[str, str | None, str], set[str]] = {}
    for m in pool:
        if m.record.breakdown and not m.record.action_id:
            rows.setdefault(_table_of(m.record), set()).add(m.record.breakdown)
    tables = {key for key, parts in rows.items() if len(parts) >= _ROWS}
    said = {stem(w) for w in re.findall(r"[a-z]+", text.lower())}
    names = {stem(w) for key in tables for part in rows[key] for w in re.findall(r"[a-z]{3,}", part.lower())}
    nouns = {stem(w) for w in words("parts", "words") if " " not in w}
    if not tables or said & (names | nouns):
        return list(pool)
    judged = Counter(m.record.place.document for m in pool if m.record.status in ("off_target", "on_target") and not m.record.breakdown)
    wholes = [m for m in pool if not m.record.breakdown and m.record.target is not None]
    aimed = {_table_of(m.record) for m in pool if m.record.target is not None and m.record.breakdown}
    alone = {key for key in aimed if not any(m.record.place.document == key[0] and _like(m.record.measure, key[2]) for m in wholes)}
    kept = tables - alone
    return [m for m in pool if _table_of(m.record) not in kept or judged[m.record.place.document] < SCORECARD]


def _like(a: str, b: str) -> bool:
    """Whether two names are of one measure: half of the words of the shorter stand in the other."""
    one, other = (frozenset(stem(w) for w in re.findall(r"[a-z0-9]{3,}", name.lower())) for name in (a, b))
    return len(one & other) >= 0.5 * min(len(one), len(other))


def _table_of(m: Measure) -> tuple[str, str | None, str]:
    return m.place.document, m.place.section, m.measure


def ordered(rows: Sequence[Measure], query: Query) -> list[Measure]:
    """The rows in the order asked, cut to the number asked, ties kept; those of one unit, the most frequent or the one asked for.

    The worst is the one furthest from its target or, where none has one, the one furthest from what is wanted.
    """
    if query.order is None:
        return list(rows)
    by_gap, sign = query.order.startswith("gap"), -1 if query.order.endswith("down") else 1
    reported = [m for m in rows if m.value is not None]
    if by_gap and not any(m.target is not None for m in reported):
        by_gap, sign = False, sign * _worse(reported)
    pool = [m for m in reported if not by_gap or (gap(m) or 0.0) > 0]
    units = [m.unit for m in pool]
    unit = query.unit or (max(set(units), key=lambda u: (units.count(u), u)) if units else None)

    def key(m: Measure) -> float:
        return sign * ((gap(m) if by_gap else m.value) or 0.0)

    pool = sorted((m for m in pool if m.unit == unit), key=key)
    limit = query.limit or 1
    return [m for i, m in enumerate(pool) if i < limit or key(m) == key(pool[limit - 1])]


def _worse(rows: Sequence[Measure]) -> int:
    """1 where a high value is the worse one, -1 where a low one is."""
    return -1 if sum(wanted_way(m, m) for m in rows) > 0 else 1
