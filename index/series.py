"""One measure under its several names: its readings over documents and times, and what keeps two figures from being of one definition.

Pure functions over records. Names are brought to the field's concepts (ingest/lexicon) by `index.links.telling`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.links import alike, telling
from index.periods import end_of
from ingest.types import Measure, Unit

SAME = 0.75  # share of telling words from which two names are of one measure

_UNITS: dict[Unit, str] = {
    "percent": "a percentage",
    "count": "a number",
    "days": "a number of days",
    "working_days": "a number of working days",
    "weeks": "a number of weeks",
    "months": "a number of months",
    "gbp": "an amount of money",
    "score": "a score",
    "other": "something else",
}


@dataclass(frozen=True, slots=True)
class Series:
    """The dated readings of one measure, oldest first, the names it goes by and what differs between its readings, each said once."""

    readings: tuple[Measure, ...]
    names: tuple[str, ...]
    differences: tuple[str, ...]


def series(of: Measure, measures: Iterable[Measure]) -> Series:
    """Every reported value of the same measure, of the same part and in the same unit, under whichever name."""
    own = [m for m in measures if m.value is not None and m.period and _same_part(m, of) and alike(m, of) >= SAME]
    readings = sorted(own, key=lambda m: (end_of(m.period or "") or "", m.place.document, m.id))
    return Series(tuple(readings), names_of(readings), differences(readings))


def _same_part(a: Measure, b: Measure) -> bool:
    return a.unit == b.unit and telling(a.breakdown or "") == telling(b.breakdown or "") and a.kind == b.kind


def names_of(readings: Iterable[Measure]) -> tuple[str, ...]:
    """The names as printed that differ in more than capitals and white space, in the order of the readings."""
    found: dict[str, str] = {}
    for m in readings:
        name = " ".join(m.measure.split())
        found.setdefault(name.lower(), name)
    return tuple(found.values())


def differences(readings: Sequence[Measure]) -> tuple[str, ...]:
    """Why figures side by side may not be of one definition, each reason in words: unit, limit, part, kind, length of time, names."""
    out = []
    units = list(dict.fromkeys(m.unit for m in readings))
    if len(units) > 1:
        out.append(f"one is {_UNITS[units[0]]} and the other {_UNITS[units[1]]}")
    if len({frozenset(t for t in telling(m.measure) if t[0].isdigit()) for m in readings}) > 1:
        out.append("they are measured against different limits")
    parts = list(dict.fromkeys(" ".join((m.breakdown or "all").split()) for m in readings))
    if len(parts) > 1:
        out.append(f"they are for different parts: {', '.join(parts[:4])}")
    if len({m.kind == "benchmark" for m in readings}) > 1:
        out.append("one is a benchmark, not the council's own figure")
    if len({_yearly(m.period or "") for m in readings if m.period}) > 1:
        out.append("some are for a whole year and some for a shorter time")
    names = names_of(readings)
    if len(names) > 1:
        out.append("they go by different names: " + ", ".join(f"“{name}”" for name in names[:3]))
    return tuple(out)


def _yearly(period: str) -> bool:
    """Whether a period is a whole year: "2024/25", "2016"."""
    return "-" not in period
