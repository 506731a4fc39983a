"""The scorecard: every measure that was read, furthest off target first; and one measure with all that is told of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from app.evidence.desk import desk
from app.evidence.figures import Found, series
from app.evidence.match import Match
from app.grid import RATING, STATUS, Grid, record_grid
from app.kinds.wording import gap, period_words, plural, target_words
from app.question.when import same, span_of
from app.types import Library
from index.types import DocumentEntry, Filter
from ingest.types import Measure, Status

FIRST_ROWS = 100  # shown before the rest is asked for

_RANK: dict[Status, int] = {"off_target": 0, "undetermined": 1, "no_value": 2, "on_target": 3, "no_target": 4}
_NOT_MATCHED = Match(0.0, 0.0, frozenset())


@dataclass(frozen=True, slots=True)
class Options:
    """What measures can be filtered by, each value with its words."""

    authorities: dict[str, str]
    documents: dict[str, str]
    periods: dict[str, str]
    statuses: dict[str, str]
    ratings: dict[str, str]


@dataclass(frozen=True, slots=True)
class MeasurePage:
    """One measure: the reading it was reached by, its readings from first to last, and what else it is called."""

    measure: Measure
    readings: tuple[Measure, ...]
    targets: tuple[str, ...]
    other_names: tuple[str, ...]


def options(measures: Iterable[Measure], documents: Sequence[DocumentEntry]) -> Options:
    """What there is to choose from, latest period first."""
    spans = {m.period: span for m in measures if m.period and (span := span_of(m.period))}
    latest = sorted(spans, key=lambda period: (-spans[period].last, -spans[period].first, period))
    return Options(
        authorities={name: name for name in sorted({entry.authority for entry in documents if entry.authority})},
        documents=titles(documents),
        periods={period: period_words(period) or period for period in latest},
        statuses={str(status): word for status, word in STATUS.items()},
        ratings={str(rating): word for rating, word in RATING.items()},
    )


def titles(documents: Sequence[DocumentEntry]) -> dict[str, str]:
    """The title of each document, its file name where it has none."""
    return {entry.name: entry.title or entry.name for entry in documents}


def worst_first(measures: Iterable[Measure]) -> list[Measure]:
    """Off target first, by how far in shares of the target; then what cannot be decided, is not reported, is on target, has no target."""
    return sorted(measures, key=lambda m: (_RANK[m.status], -_distance(m)))


def _distance(measure: Measure) -> float:
    """How far a value misses its target: of percentages in hundredths, of the rest in shares of the target."""
    far = gap(measure)
    if far is None:
        return 0.0
    return far / (100 if measure.unit == "percent" else abs(measure.target or 0.0) or 1.0)


def scorecard(measures: Sequence[Measure], documents: Sequence[DocumentEntry], shown: int, page: Callable[[Measure], str]) -> Grid:
    """The first `shown` of the measures as a table; the caption says of how many."""
    count = plural(len(measures), "measure")
    caption = count if len(measures) <= shown else f"The first {shown} of {count}"
    return record_grid("measures", measures[:shown], titles(documents), f"{caption}, furthest off target first", page)


def address(record: Measure) -> str:
    """The address of a measure's own page."""
    return f"?measure={quote(record.id, safe='')}"


def measure_page(identity: str, library: Library) -> MeasurePage | None:
    """The measure of this id with its series: the readings of the same name, breakdown and unit in all documents; None for no such id."""
    laid = desk(library)
    own = next((marked for marked in laid.measures if marked.record.id == identity), None)
    if own is None:
        return None
    names = [entry.name for entry in library.documents()]
    readings = tuple(marked.record for marked in series(Found(own, _NOT_MATCHED), laid, names)) or (own.record,)
    targets = dict.fromkeys(words for m in readings if (words := _target(m)))
    others = dict.fromkeys(m.measure for m in readings if m.measure.casefold() != own.record.measure.casefold())
    return MeasurePage(own.record, readings, tuple(targets), tuple(others))


def about_measure(page: MeasurePage) -> list[tuple[str, str]]:
    """What is told of a measure besides its readings."""
    told = [
        ("Section", page.measure.place.section or ""),
        ("Targets", "; ".join(page.targets)),
        ("Also called", "; ".join(page.other_names)),
    ]
    return [(name, words) for name, words in told if words]


def _target(measure: Measure) -> str | None:
    words = target_words(measure)
    due, own = span_of(measure.target_period), span_of(measure.period)
    later = due if due and not (own and same(due, own)) else None
    return f"{words} by {later.label}" if words and later else words


def wanted(
    authorities: Sequence[str],
    documents: Sequence[str],
    periods: Sequence[str],
    statuses: Sequence[str],
    ratings: Sequence[str],
    topic: str,
) -> Filter:
    """The filter of the scorecard's fields; an empty field does not narrow."""
    return Filter(
        authorities=tuple(authorities),
        documents=tuple(documents),
        periods=tuple(periods),
        statuses=tuple(statuses),
        rags=tuple(ratings),
        topic=topic.strip() or None,
    )
