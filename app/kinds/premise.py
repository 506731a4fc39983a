"""Questions that take something for granted: where the documents contradict it, the figure is given instead of a reason."""

from __future__ import annotations

from app.evidence.desk import Desk
from app.evidence.figures import FLOOR, Found, asked_for, beside, exact, in_time, newest, pool_for, ranked, series
from app.evidence.types import Evidence
from app.kinds.trend import change_words
from app.kinds.types import Kind
from app.kinds.wording import figure_words, statement
from app.types import Draft, Query, Question
from ingest.language.status import status_of
from ingest.types import Measure


def contradicted(query: Query, found: Found, desk: Desk) -> bool:
    """True where the figure shows the opposite of what the question takes for granted."""
    m = found.record
    if query.premise in ("missed", "met"):
        status = _against(m, query.target)
        return status == ("on_target" if query.premise == "missed" else "off_target")
    line = [x for x in series(found, desk, {m.place.document}) if x.record.value is not None and x.span]
    if len(line) < 2:
        return False
    first, last = line[0].record.value, line[-1].record.value
    assert first is not None and last is not None
    return last > first if query.premise == "fell" else last < first


def _against(m: Measure, target: float | None) -> str:
    if target is not None and m.target is None:
        return status_of(m.value, m.value_high, m.qualifier, target, None, ">=")
    return m.status


def gather(query: Query, question: Question, desk: Desk) -> Evidence | None:
    """The figures the premise is about; none where it holds, so that the question is answered as asked."""
    asked = asked_for(query, desk)
    reported = [m for m in pool_for(query, desk) if m.record.value is not None]
    found = ranked(asked, reported, desk)
    timed = [f for f in found if in_time(f.marked, query.spans, desk)] if query.spans else newest(found, desk)
    chosen = beside(exact(timed, query.spans, desk) if query.spans else timed, asked, FLOOR, 3)
    chosen = [f for f in chosen if f.record.measure == chosen[0].record.measure] if query.premise in ("fell", "rose") else chosen
    wrong = [f for f in chosen if contradicted(query, f, desk)]
    return Evidence(measures=tuple(wrong)) if wrong and 2 * len(wrong) > len(chosen) else None


def compose(query: Query, evidence: Evidence, desk: Desk) -> Draft:
    """What the documents say instead."""
    records = [f.record for f in evidence.measures]
    verb = {"missed": "was not missed", "met": "was not met", "fell": "did not fall", "rose": "did not rise"}[query.premise or "missed"]
    if query.premise in ("fell", "rose"):
        line = [m.record for m in series(evidence.measures[0], desk, {records[0].place.document}) if m.record.value is not None]
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
