"""Figures that disagree, as the library lists them, tied back to the records they were read into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from app.evidence.desk import Desk, content
from app.question.when import span_of
from app.types import Library, Span
from index.links import Conflict, Side
from ingest.lexicon import lexicon
from ingest.types import Measure


@dataclass(frozen=True)
class Clash:
    """A disagreement with the record of each side, None where a side is no measure's value; `terms` are those of its measure."""

    conflict: Conflict
    a: Measure | None
    b: Measure | None
    terms: frozenset[str]

    @property
    def span(self) -> Span | None:
        """When both figures are for."""
        return span_of(self.conflict.period)

    @property
    def documents(self) -> frozenset[str]:
        """The file names of both sides."""
        return frozenset({self.conflict.a.place.document, self.conflict.b.place.document})


_laid: WeakKeyDictionary[Library, tuple[list[Conflict], tuple[Clash, ...]]] = WeakKeyDictionary()


def clashes(desk: Desk) -> tuple[Clash, ...]:
    """Every disagreement in the library, certain ones first; worked out once for each state of the library."""
    kept = _laid.get(desk.library)
    if kept and kept[0] is desk.conflicts:
        return kept[1]
    found = tuple(Clash(c, _record(c, c.a, desk), _record(c, c.b, desk), content(lexicon().terms(c.measure))) for c in desk.conflicts)
    _laid[desk.library] = (desk.conflicts, found)
    return found


def _record(conflict: Conflict, side: Side, desk: Desk) -> Measure | None:
    at = [m for m in desk.measures if m.record.place == side.place and m.record.quote == side.quote]
    told = [m.record for m in at if side.value_text in (m.record.value_text, str(m.record.value)) or side.value_text.startswith("rated ")]
    if len(told) > 1 and conflict.period:
        told = [r for r in told if r.period == conflict.period] or told
    return told[-1] if told else None


def against(records: Sequence[Measure], desk: Desk) -> list[tuple[Measure, Measure]]:
    """(record, the other figure) where a record has a certain disagreement on its value with another one; a pair of values once."""
    ids = {r.id for r in records}
    seen: set[frozenset[object]] = set()
    out = []
    for clash in clashes(desk):
        a, b = clash.a, clash.b
        if not clash.conflict.certain or a is None or b is None or a.value == b.value or not {a.id, b.id} & ids:
            continue
        if clash.conflict.why.startswith(("the same measure", "two documents")) and frozenset({a.value, b.value}) not in seen:
            seen.add(frozenset({a.value, b.value}))
            out.append((a, b) if a.id in ids else (b, a))
    return out


def rated_otherwise(records: Sequence[Measure], desk: Desk) -> list[tuple[Measure, Measure]]:
    """(record, the same figure rated otherwise) where one of two ratings surely contradicts the number."""
    ids = {r.id for r in records}
    return [
        (c.a, c.b) if c.a.id in ids else (c.b, c.a)
        for c in clashes(desk)
        if c.conflict.certain
        and c.a
        and c.b
        and c.a.id != c.b.id
        and c.conflict.a.value_text.startswith("rated ")
        and {c.a.id, c.b.id} & ids
    ]
