"""What a person should look at: records that may have been read wrongly, and rows with figures that gave no record.

Pure functions over records: nothing is changed or left out for being doubtful, it is only put in a queue.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

from index.links import Conflict, Side, telling
from ingest.language.period import periods
from ingest.types import Correction, Measure, Place, Record, Rejection

Reason = Literal["recognised", "period", "unit", "scale", "kin", "disagrees", "row"]

REASONS: Mapping[Reason, str] = {
    "recognised": "read from a picture, and not surely",
    "period": "no period, or one of several",
    "unit": "a figure without its unit",
    "scale": "a share outside 0 to 100%, or far from its target",
    "kin": "far outside the other readings of the same measure",
    "disagrees": "disagrees with another figure, its parts or its rating",
    "row": "a table row with figures that gave no record",
}
_FAR = 5.0  # times its target, or a fifth of it
_KIN = 4  # readings of one measure from which one can be called odd
_WIDE = 6.0  # times the usual distance from the median
_LEAST = 0.5  # of the median: a series that hardly moves has no odd one within this


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a record should be looked at, in a sentence."""

    reason: Reason
    words: str


@dataclass(frozen=True)
class Doubtful:
    """One thing to look at: a record, or a row that gave none; `key` names it."""

    key: str
    of: Record | Rejection
    doubts: tuple[Doubt, ...]

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.of.place


def queue(
    records: Sequence[Record],
    rejections: Sequence[Rejection],
    confidences: Mapping[str, float],
    disagreements: Sequence[Conflict],
    looked_at: Iterable[Correction],
) -> list[Doubtful]:
    """What is doubtful, by document in reading order; not what somebody has corrected or confirmed.

    `confidences` are those of doubtful recognised records by id (ingest/doubts.py).
    """
    done = [c for c in looked_at if c.state in ("applied", "superseded")]
    seen, rows = {c.record for c in done if c.record}, {(c.document, c.name) for c in done if c.kind == "row"}
    found: dict[str, list[Doubt]] = defaultdict(list)
    for record_id, confidence in confidences.items():
        found[record_id].append(Doubt("recognised", f"read from a picture; the least sure word has {confidence:.0f} of 100"))
    measures = [record for record in records if isinstance(record, Measure)]
    for measure in measures:
        found[measure.id] += _alone(measure)
    for identity, doubt in [*_odd(measures), *_disagreeing(records, disagreements)]:
        found[identity].append(doubt)
    kept = [Doubtful(r.id, r, tuple(found[r.id])) for r in records if found.get(r.id) and r.id not in seen]
    left = [
        Doubtful(row_key(n, r), r, (Doubt("row", f"a row with figures that gave no record: {r.reason}"),))
        for n, r in _numbered(rejections)
        if any(char.isdigit() for char in r.text) and (r.place.document, r.text) not in rows
    ]
    return sorted([*kept, *left], key=lambda d: (d.place.document, d.place.page or 0, d.place.box[1] if d.place.box else 0.0))


def row_key(number: int, rejection: Rejection) -> str:
    """What a row without a record goes by: its document and its number among such rows."""
    return f"{rejection.place.document}#row{number}"


def _numbered(rejections: Sequence[Rejection]) -> list[tuple[int, Rejection]]:
    counts: dict[str, int] = defaultdict(int)
    out = []
    for rejection in rejections:
        counts[rejection.place.document] += 1
        out.append((counts[rejection.place.document], rejection))
    return out


def _alone(m: Measure) -> list[Doubt]:
    """What is doubtful about a figure by itself."""
    if m.value is None or m.kind == "benchmark":
        return []
    out = []
    named = {dated.period for dated in periods(m.quote) if dated.period}
    if m.period is None and m.kind == "actual":
        out.append(Doubt("period", "it is not said when the figure was true"))
    elif len(named) > 1 and m.period not in named:
        out.append(Doubt("period", "its words name several periods, and none of them was taken"))
    bare = not re.search(r"%|per\s?cent|£", m.value_text or "")
    if m.unit == "other" or (m.unit == "count" and bare and "%" in (m.target_quote or "")):
        out.append(Doubt("unit", "the figure has no unit that is known, or its target has another"))
    if m.unit == "percent" and not 0 <= m.value <= 100:
        out.append(Doubt("scale", "a share is not between 0 and 100%"))
    elif m.target and m.value > 0 and m.target_high is None and not 1 / _FAR <= m.value / m.target <= _FAR:
        out.append(Doubt("scale", f"more than {_FAR:g} times its target, or less than a fifth of it"))
    return out


def _odd(measures: Sequence[Measure]) -> list[tuple[str, Doubt]]:
    """Figures far outside the other readings of the same measure."""
    kin: dict[tuple[object, ...], list[Measure]] = defaultdict(list)
    for m in measures:
        if m.kind == "actual" and m.value is not None:
            kin[(telling(m.measure), telling(m.breakdown or ""), m.unit)].append(m)
    out = []
    for group in kin.values():
        values = [m.value for m in group if m.value is not None]
        if len(values) < _KIN:
            continue
        middle = median(values)
        usual = median(abs(value - middle) for value in values)
        room = max(_WIDE * usual, _LEAST * abs(middle))
        low, high = min(values), max(values)
        words = f"far outside the {len(values)} readings of this measure: from {low:g} to {high:g}, the middle one {middle:g}"
        out += [(m.id, Doubt("kin", words)) for m in group if m.value is not None and abs(m.value - middle) > room]
    return out


def _disagreeing(records: Sequence[Record], disagreements: Sequence[Conflict]) -> list[tuple[str, Doubt]]:
    """The figures that disagree with others, or with their own rating."""
    at: dict[tuple[Place, str], list[Record]] = defaultdict(list)
    for record in records:
        if isinstance(record, Measure):
            at[(record.place, record.quote)].append(record)
    out: dict[tuple[str, str], Doubt] = {}
    for conflict in disagreements:
        for side in (conflict.a, conflict.b):
            for record in at.get((side.place, side.quote), []):
                if _shown(side, record):
                    out[(record.id, conflict.why)] = Doubt("disagrees", conflict.why)
    return [(identity, doubt) for (identity, _), doubt in out.items()]


def _shown(side: Side, record: Record) -> bool:
    """Whether this record is the one that the side shows: of several in one quote the one with its value."""
    return isinstance(record, Measure) and (side.value_text in (record.value_text, str(record.value)) or not side.value_text[:1].isdigit())
