"""Questions that take something for granted: where the documents contradict it, the figure is given instead of a reason."""

from __future__ import annotations

from app.evidence.desk import Desk
from app.evidence.figures import (
    FLOOR,
    Found,
    asked_for,
    beside,
    exact,
    in_time,
    named_parts,
    newest,
    pool_for,
    position_first,
    ranked,
    series,
)
from app.evidence.types import Evidence
from app.kinds.moving import better
from app.kinds.trend import change_words
from app.kinds.types import Kind
from app.kinds.wording import figure_words, statement
from app.types import Draft, Query, Question
from ingest.language.status import status_of
from ingest.types import Measure

_MOVED = ("fell", "rose", "worse", "better", "longer", "shorter")
_TIMES = ("days", "working_days", "weeks", "months", "years", "hours", "minutes", "seconds")
_AS_WELL = 0.95  # of the best measure's coverage that another's must have to be what is asked about


def _line(query: Query, found: Found, desk: Desk) -> list[Measure]:
    """Every dated value of a measure in its authority's documents, oldest first, up to the last time the question names."""
    home = desk.entry(found.record.place.document)
    names = {e.name for e in desk.entries if home and e.authority == home.authority}
    end = max((s.last for s in query.spans), default=None)
    listed = [m for m in series(found, desk, names) if m.span and (end is None or m.span.last <= end)]
    begun = min((s.first for s in query.spans if s.last - s.first > 600 or len(query.spans) > 1), default=0)  # "since June"
    return [m.record for m in listed if m.span and m.span.last >= begun]


def contradicted(query: Query, found: Found, desk: Desk) -> bool:
    """True where the figure shows the opposite of what the question takes for granted."""
    m = found.record
    if query.premise in ("missed", "met"):
        status = _against(m, query.target)
        return status == ("on_target" if query.premise == "missed" else "off_target")
    line = [r for r in _line(query, found, desk) if r.value is not None]
    steps = [moved for r in line[:-1][:: max(len(line) - 2, 1)] if (moved := _moved(r, line[-1], query.premise or ""))]
    return bool(steps) and all(s < 0 for s in steps)  # "gone up again": the last step may bear it out where the whole does not


def _moved(earlier: Measure, later: Measure, premise: str) -> float:
    """How far a figure went the way the question takes for granted, negative where it went the other; 0 where that cannot be told."""
    rise = (later.value or 0.0) - (earlier.value or 0.0)
    if premise in ("fell", "rose"):
        return rise if premise == "rose" else -rise
    if premise in ("longer", "shorter") and later.unit in _TIMES:
        return rise if premise == "longer" else -rise
    gain = better(earlier, later)
    return gain if premise in ("better", "shorter") else -gain


def _against(m: Measure, target: float | None) -> str:
    if target is not None and m.target is None:
        return status_of(m.value, m.value_high, m.qualifier, target, None, ">=")
    return m.status


def gather(query: Query, question: Question, desk: Desk) -> Evidence | None:
    """The figures the premise is about; none where it holds, so that the question is answered as asked."""
    asked = asked_for(query, desk)
    reported = [m for m in pool_for(query, desk) if m.record.value is not None and m.record.kind != "benchmark"]
    found = ranked(asked, reported, desk)
    timed = [f for f in found if in_time(f.marked, query.spans, desk)] if query.spans else position_first(newest(found, desk), query, desk)
    chosen = beside(exact(timed, query.spans, desk) if query.spans else timed, asked, FLOOR, 3)
    if query.premise in _MOVED:
        chosen = _followed(chosen, found, query, desk)
    chosen = named_parts(chosen, query)
    wrong = [f for f in chosen if contradicted(query, f, desk)]
    return Evidence(measures=tuple(wrong)) if wrong and 2 * len(wrong) > len(chosen) else None


def _followed(chosen: list[Found], found: list[Found], query: Query, desk: Desk) -> list[Found]:
    """The measure asked about; where it has but one value, another that says as much of the question and has several."""
    if chosen and len(_line(query, chosen[0], desk)) < 2:
        alike = (f for f in found if f.match.coverage >= _AS_WELL * chosen[0].match.coverage)
        chosen = [next((f for f in alike if len(_line(query, f, desk)) > 1), chosen[0])]
    return [f for f in chosen if f.record.measure == chosen[0].record.measure]


def compose(query: Query, evidence: Evidence, desk: Desk) -> Draft:
    """What the documents say instead."""
    records = [f.record for f in evidence.measures]
    verb = "was not met" if query.premise == "met" else "was not missed"
    if query.premise in _MOVED:
        line = _line(query, evidence.measures[0], desk)
        moved = change_words(line[0], line[-1])
        first = statement(f"The documents do not bear this out. {moved.text}", moved.records, derived=moved.derived)
        return Draft("false_premise", (first,), rows=tuple(line))
    first = statement(f"The documents do not bear this out: it {verb}. {figure_words(records[0])}", [records[0]])
    rest = [statement(figure_words(r), [r]) for r in records[1:]]
    return Draft("false_premise", (first, *rest), rows=tuple(records))


KIND = Kind(
    "premise",
    "Questions that take something for granted",
    ("Why did we miss the target for child protection visits?",),
    gather,
    compose,
    instead="explain",
)
