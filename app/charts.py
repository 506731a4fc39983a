"""Charts where looking beats reading: value against target, a series over time, counts by rating. Decided here, drawn as bars.

Every bar carries its name and value in words, so that nothing is said by length or colour alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.grid import RATING, STATUS, Tone
from app.kinds.wording import gap, name_words, period_words, plural, target_words, value_words
from app.question.when import span_of
from app.types import Answer
from ingest.types import Action, Measure, Rating, Status

MOST = 10  # bars: more are a table again
FEWEST = 3  # bars against a target, or points of time, that show more than the table does

_TONES: dict[Status, Tone] = {"off_target": "off", "on_target": "on"}


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of `share` of the full width, with a mark at `mark` of it; both from 0 to 1. `tone` repeats what the words say.

    `band` is the part of the width, from and to, that meets the target.
    """

    label: str
    words: str
    share: float
    mark: float | None = None
    tone: Tone | None = None
    band: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars on one scale. `told` says in a sentence what there is to see."""

    title: str
    told: str
    bars: tuple[Bar, ...]


def chart_of(answer: Answer) -> Chart | None:
    """The chart of an answer's table; None where a chart would show nothing that the table does not."""
    records = [line.record for line in answer.table.rows] if answer.table else []
    measures = [record for record in records if isinstance(record, Measure)]
    actions = [record for record in records if isinstance(record, Action)]
    return series_chart(measures) or target_chart(measures) or rating_chart(actions)


def series_chart(readings: Sequence[Measure]) -> Chart | None:
    """The readings of one measure from first to last; None for several measures, units or places, or fewer than three times."""
    dated = {span.last: m for m in readings if m.value is not None and (span := span_of(m.period))}
    same = {(m.unit, (m.breakdown or "").casefold()) for m in readings}
    if len(dated) < FEWEST or len(dated) != len(readings) or len(same) > 1:
        return None
    line = [dated[time] for time in sorted(dated)]
    most = _most(line)
    bars = tuple(
        Bar(period_words(m.period) or "", _against(m), _share(m.value, most), _mark(m.target, most), _TONES.get(m.status), _band(m, most))
        for m in line
    )
    first, last = line[0], line[-1]
    told = f"From {value_words(first)} ({period_words(first.period)}) to {value_words(last)} ({period_words(last.period)})."
    return Chart(f"{name_words(last)} over time", told + (_KEY if _marked(bars) else ""), bars)


def target_chart(measures: Sequence[Measure]) -> Chart | None:
    """Value against target for the measures in the commonest unit, furthest off target first; None for fewer than three."""
    judged = [m for m in measures if m.value is not None and m.target is not None and m.status in _TONES]
    unit = Counter(m.unit for m in judged).most_common(1)
    chosen = sorted((m for m in judged if m.unit == unit[0][0]), key=lambda m: -(gap(m) or 0))
    if len(chosen) < FEWEST:
        return None
    most = _most(chosen)
    bars = tuple(
        Bar(name_words(m), _against(m), _share(m.value, most), _mark(m.target, most), _TONES[m.status], _band(m, most))
        for m in chosen[:MOST]
    )
    shown = f"The {MOST} furthest from target of {len(chosen)}." if len(chosen) > MOST else f"{plural(len(chosen), 'measure')}."
    return Chart("Value against target", shown + _KEY, bars)


def rating_chart(actions: Sequence[Action]) -> Chart | None:
    """How many actions the plan rates red, amber, green and blue; None for fewer than three rated ones or all alike."""
    counts = Counter(action.rag for action in actions if action.rag)
    told = counts.total() >= FEWEST and (len(counts) > 1 or counts.total() < len(actions))
    return _counted("The plan's own ratings", counts, len(actions), RATING) if told else None


def status_chart(measures: Iterable[Measure]) -> Chart | None:
    """How many measures are off target, on target, and neither; None for none."""
    counts = Counter(measure.status for measure in measures)
    if not counts:
        return None
    most = max(counts.values())
    bars = tuple(Bar(word, str(counts[status]), counts[status] / most, tone=_TONES.get(status)) for status, word in STATUS.items())
    return Chart("Against target", f"{plural(counts.total(), 'measure')}.", bars)


_KEY = " The upright line marks the target, the shaded part what meets it."


def _counted(title: str, counts: Counter[Rating], of: int, words: Mapping[Rating, str]) -> Chart:
    most = max(counts.values())
    bars = [Bar(word, str(counts[rating]), counts[rating] / most, tone=rating) for rating, word in words.items() if counts[rating]]
    without = of - counts.total()
    bars += [Bar("No rating", str(without), min(without / most, 1.0))] if without else []
    return Chart(title, f"{plural(of, 'action')}.", tuple(bars))


def _most(measures: Sequence[Measure]) -> float:
    """The full width: a hundred for percentages, otherwise the greatest value or target."""
    values = [v for m in measures for v in (m.value, m.target, m.target_high) if v is not None]
    return max([*values, 100.0] if measures[0].unit == "percent" else values, default=1.0) or 1.0


def _share(value: float | None, most: float) -> float:
    return min(max((value or 0.0) / most, 0.0), 1.0)


def _mark(target: float | None, most: float) -> float | None:
    return None if target is None else _share(target, most)


def _band(measure: Measure, most: float) -> tuple[float, float] | None:
    """From where to where a value meets the target: a range has both ends; a target to be met exactly, or only a direction, has none."""
    if measure.target is None or measure.comparator in ("=", "increase", "decrease"):
        return None
    at = _share(measure.target, most)
    if measure.target_high is not None:
        return at, _share(measure.target_high, most)
    return (0.0, at) if measure.comparator in ("<=", "<") else (at, 1.0)


def _against(measure: Measure) -> str:
    target = target_words(measure)
    words = f"{value_words(measure)} against {target}" if target else value_words(measure)
    return f"{words}, {STATUS[measure.status].lower()}" if measure.status in _TONES else words


def _marked(bars: Sequence[Bar]) -> bool:
    return any(bar.mark is not None for bar in bars)
