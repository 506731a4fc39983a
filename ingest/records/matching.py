"""Which target a reading of the same entry is to be held against."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from ingest.language.period import financial_year, last_day
from ingest.language.phrases import has_verb, likeness, terms
from ingest.language.target import headline
from ingest.records.readings import Aim, Reading
from ingest.types import Unit

_LIKE = 0.5  # shared terms of the shorter name from which two names speak of one measure


def match(readings: Sequence[Reading], aims: Sequence[Aim], around: str | None) -> list[tuple[Reading, Aim | None]]:
    """Each reading with its target, or None: by shared words first; a bare value or a mere label takes the one target of its unit."""
    out: list[tuple[Reading, Aim | None]] = []
    for reading in readings:
        benchmark = "benchmark" in (reading.figure.role, reading.role)
        fit = [a for a in aims if a.rows & reading.rows and covers(a, reading.period)]
        near = [] if benchmark or _said_in_percent(reading, readings) else fit
        reading, implied = _implied(reading, near)
        if implied is None:
            implied = _by_words(reading, near, around) or _by_place(reading, near, readings, around)
        out.append((_in_unit_of(reading, implied), implied))
    return _once(out)


def covers(aim: Aim, period: str | None) -> bool:
    """Whether a target may be held against a value of this period: one for a year or quarter only against values of that time."""
    if aim.span is None or period is None or not re.match(r"\d{4}/", aim.span):
        return True
    if "-Q" in aim.span:
        return last_day(aim.span) == last_day(period)
    return financial_year(last_day(period)) == aim.span


def _said_in_percent(reading: Reading, readings: Sequence[Reading]) -> bool:
    """ "34 of 40 (85%)": the fraction is said again as a percentage, and that is what the target is for."""
    if reading.figure.quantity.of is None:
        return False
    end = reading.figure.quantity.end
    return any(r.cell is reading.cell and r.figure.quantity.unit == "percent" and 0 <= r.figure.quantity.start - end < 40 for r in readings)


def _once(pairs: list[tuple[Reading, Aim | None]]) -> list[tuple[Reading, Aim | None]]:
    """A target for a number of things is for one count of a cell at one time, the one most like it ("8 approved, 6 in assessment")."""
    out: list[tuple[Reading, Aim | None]] = []
    for i, (reading, aim) in enumerate(pairs):
        earlier = [r for r, a in pairs[:i] if aim is not None and a is aim and _rivals(r, reading)]
        beaten = aim is not None and not aim.target.is_direction and any(_rank(r, aim) >= _rank(reading, aim) for r in earlier)
        out.append((reading, None if beaten else aim))
    return out


def _rivals(one: Reading, other: Reading) -> bool:
    """Whether two readings are counts of different things in one cell at one time, each told after its number."""
    plain = one.figure.quantity.unit == "count" and not one.figure.leads and not other.figure.leads
    return plain and one.cell is other.cell and one.period == other.period and one.figure.name != other.figure.name


def _rank(reading: Reading, aim: Aim) -> float:
    return likeness(reading.figure.name, aim.target.name)


def _by_words(reading: Reading, aims: Sequence[Aim], around: str | None) -> Aim | None:
    own = reading.figure.name
    above = reading.figure.heading if not own or reading.figure.heading_is_label else ""
    for said in filter(None, (own, above)):
        scored = [(score, a) for a in aims if _comparable(reading, a) and (score := _score(said, a)) >= _LIKE]
        if scored:
            top = max(score for score, _ in scored)
            return _in_time([a for score, a in scored if score > top - 0.01], reading, around)
    return None


def _score(said: str, aim: Aim) -> float:
    """How far words speak of what a target is for; a labelled target ("good", "inadequate") only where they name its label, and its
    label, or the last word of its name, alone is enough."""
    name, label = aim.target.name, aim.target.label
    last = label or (name.split() or [""])[-1]
    if (terms(said) and terms(said) == terms(last)) or _initials(said, name):
        return 1.0
    counted = aim.cell.text[aim.target.end : aim.target.end + len(said) + 2].split()
    if aim.target.unit == "count" and said.lower().split() == [w.lower().strip(".,;") for w in counted[: len(said.split())]]:
        return 1.0  # "18.4 children" beside "between 14 and 17 children"
    return likeness(said, f"{name} {label or ''}") if not label or terms(label) & terms(said) else 0.0


def _initials(said: str, name: str) -> bool:
    """Whether a label is the initials of words of a name: "IHA" of "Initial health assessments within 20 days"."""
    letters = re.sub(r"[^A-Za-z]", "", said)
    initials = "".join(w[0] for w in re.findall(r"[A-Za-z]+", name)).lower()
    return len(letters) >= 3 and letters.isupper() and letters.lower() in initials


def _by_place(reading: Reading, aims: Sequence[Aim], readings: Sequence[Reading], around: str | None) -> Aim | None:
    """The one target of the unit, for a reading without a measure's name of its own; a direction only for its kin."""
    figure = reading.figure
    if not _is_label(figure.name or headline(figure.heading)):
        return None
    if figure.name and figure.quantity.unit == "count" and not figure.leads:
        return None  # "three appointments" beside a target for placements
    numeric = [a for a in aims if not a.target.is_direction and _comparable(reading, a) and a.column != reading.column]
    if len({(a.target.name, a.target.label) for a in numeric}) == 1 and (not figure.name or not any(a.target.label for a in numeric)):
        return _in_time(numeric, reading, around)
    bare = [r for r in readings if r.cell is reading.cell and not r.figure.name]
    if not figure.name and len(bare) == len(numeric):
        return numeric[bare.index(reading)]
    return None if numeric else _direction(reading, [a for a in aims if a.target.is_direction])


def _direction(reading: Reading, directions: Sequence[Aim]) -> Aim | None:
    figure = reading.figure
    if figure.name or figure.heading:
        said = f"{figure.heading} {figure.name}" if figure.heading_is_label or not figure.name else figure.name
        directions = [a for a in directions if likeness(said, a.target.name) > 0]
    return directions[0] if len(directions) == 1 else None


def _is_label(name: str) -> bool:
    return len(name.split()) <= 6 and not has_verb(name)


def _comparable(reading: Reading, aim: Aim) -> bool:
    """Whether value and target are in one unit (nothing of a whole counts as percent; a direction fits any unit)."""
    unit, want = reading.figure.quantity.unit, aim.target.unit
    if aim.target.is_direction or unit == want or {unit, want} in ({"days", "working_days"}, {"count", "score"}):
        return True
    return want == "percent" and _share(reading) is not None


def _share(reading: Reading) -> Decimal | None:
    quantity = reading.figure.quantity
    if quantity.printed.lower() == "none":
        return Decimal(0)
    if quantity.of and quantity.value is not None:
        return (quantity.value * 100 / quantity.of).quantize(Decimal("0.1"))
    return None


def _in_unit_of(reading: Reading, aim: Aim | None) -> Reading:
    """ "None of 4" against a target in percent is 0%, "6 of 9" 66.7%."""
    if aim is None or aim.target.unit != "percent" or reading.figure.quantity.unit == "percent" or (share := _share(reading)) is None:
        return reading
    unit: Unit = "percent"
    return replace(reading, figure=replace(reading.figure, quantity=replace(reading.figure.quantity, value=share, unit=unit)))


def _in_time(aims: Sequence[Aim], reading: Reading, around: str | None) -> Aim:
    """Of milestones, the last that was due by the reading's date; where none was due yet, the first."""
    dated = [(last_day(a.target.period), a) for a in aims if a.target.period]
    if not dated:
        return min(aims, key=lambda a: a.target.is_direction)
    at = reading.period or around
    past = [(day, a) for day, a in dated if day <= (last_day(at) if at else date.max)]
    undated = [a for a in aims if not a.target.period]  # "Target" beside "Milestone March 2027"
    return max(past, key=lambda d: d[0])[1] if past else undated[0] if undated else min(dated, key=lambda d: d[0])[1]


def _implied(reading: Reading, aims: Sequence[Aim]) -> tuple[Reading, Aim | None]:
    """ "All caseloads under 20" held against "% of workers with more than 20 cases": none may be over, so the target is 0%."""
    figure = reading.figure
    if figure.quantity.unit != "percent":
        return reading, None
    words = f"{figure.heading} {figure.name}"
    for aim in aims:
        t = aim.target
        if t.universal and t.comparator in ("<", "<=") and re.search(rf"(?:more than|over|above|exceeding|>)\s*{t.value}\b", words, re.I):
            return reading, replace(aim, target=replace(t, value=Decimal(0), unit="percent", comparator="<="))
    return reading, None
