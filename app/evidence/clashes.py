"""Figures that disagree, as the library lists them, tied back to the records they were read into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.evidence.desk import Desk, content
from app.question.when import span_of
from app.types import Span
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


def clashes(desk: Desk) -> tuple[Clash, ...]:
    """Every disagreement in the library, certain ones first."""
    return tuple(Clash(c, _record(c, c.a, desk), _record(c, c.b, desk), content(lexicon().terms(c.measure))) for c in desk.conflicts)


def _record(conflict: Conflict, side: Side, desk: Desk) -> Measure | None:
    at = [m for m in desk.measures if m.record.place == side.place and m.record.quote == side.quote]
    told = [m.record for m in at if side.value_text in (m.record.value_text, str(m.record.value)) or side.value_text.startswith("rated ")]
    if len(told) > 1 and conflict.period:
        told = [r for r in told if r.period == conflict.period] or told
    return told[-1] if told else None


def against(records: Sequence[Measure], desk: Desk) -> list[tuple[Measure, Measure]]:
    """(record, the other figure) where a record has a certain disagreement on its value with another one."""
    ids = {r.id: r for r in records}
    out = []
    for clash in clashes(desk):
        if not clash.conflict.certain or clash.a is None or clash.b is None or clash.a.value == clash.b.value:
            continue
        if not clash.conflict.why.startswith(("the same measure", "two documents")):
            continue
        for one, other in ((clash.a, clash.b), (clash.b, clash.a)):
            if one.id in ids:
                out.append((one, other))
                break
    return out
