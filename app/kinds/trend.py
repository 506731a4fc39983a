"""How a figure moved: every value the documents give for it, oldest first, and the difference between the ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.evidence.desk import Desk, Marked
from app.evidence.figures import (
    FLOOR,
    Found,
    asked_for,
    beside,
    by_facet,
    documents_for,
    in_time,
    pool_for,
    ranked,
    rates_first,
    series,
    siblings,
    time_of,
)
from app.evidence.numbered import passages
from app.evidence.select import PASSAGE_FLOOR, sharp_enough
from app.evidence.types import Evidence
from app.kinds import figure
from app.kinds.types import Kind
from app.kinds.wording import figure_words, name_words, period_words, points, statement, value_words
from app.question.when import moved
from app.types import Derived, Draft, Query, Question, Statement
from index.series import differences
from ingest.types import Measure


def gather(query: Query, question: Question, desk: Desk) -> Evidence | None:
    """The series of each measure asked about, cut to the times named; sentences that tell of a change beside them."""
    asked = asked_for(query, desk)
    if not asked:
        return None
    pool = pool_for(query, desk)
    reported = _reported(asked, pool, query, desk)
    if len(query.spans) > 1 and reported:
        ends = _at_all(reported, query, desk)
        if not ends and reported[0].match.coverage >= FLOOR:
            return figure.gather(query, question, desk)
        reported = ends or reported
    chosen = beside(_with_line(reported, query, desk), asked, floor=0.35)
    chosen += [f for f in by_facet(query, reported, desk) if f not in chosen]
    chosen += siblings(chosen, query, reported)
    values = _values_of(chosen, query, desk) if chosen else _aims(asked, pool, desk)
    kept = _within(values, query, desk)
    sentences = passages(query, question, asked, desk, query.spans)
    best = chosen[0].match.coverage if chosen else 0.0
    if sentences and sentences[0].coverage < PASSAGE_FLOOR and not kept:
        sentences = []
    if not kept and not sentences:
        return figure.gather(query, question, desk)
    if sentences and sentences[0].coverage > best + 0.2:
        kept = [f for f in kept if f.record.place.document == sentences[0].chunk.place.document]
    if kept and all(f.record.value is None for f in kept):  # targets alone tell of no change
        return Evidence(refusal="measure_not_found", nearest=tuple(kept[:3]), sentences=tuple(sentences[:1]))
    return Evidence(measures=tuple(kept), sentences=tuple(s for s in sentences if s.coverage >= 0.5 or not kept))


def _reported(asked: Mapping[str, float], pool: Iterable[Marked[Measure]], query: Query, desk: Desk) -> list[Found]:
    """Reported values by how well they match, best first; only those at the times named where such match about as well."""
    found = ranked(asked, (m for m in pool if m.record.value is not None), desk)
    if len(query.spans) < 2:
        found = [f for f in found if sharp_enough(f, query, desk)]
    found = rates_first(found, query)
    near = _within(found, query, desk) if query.spans else []
    return near if near and near[0].match.coverage >= max(FLOOR, 0.8 * found[0].match.coverage) else found


def _at_all(found: list[Found], query: Query, desk: Desk) -> list[Found]:
    """Measures with a value at each of the times named; none where these match much worse than others."""
    names = documents_for(query, desk)
    ends = [f for f in found if all(any(in_time(m, (s,), desk) for m in series(f, desk, names)) for s in query.spans)]
    near_enough = 0.7 if len(query.facets) > 1 else 0.95
    if not ends or ends[0].match.coverage < near_enough * found[0].match.coverage:
        return []
    return [f for f in ends if f.match.coverage >= 0.6 * ends[0].match.coverage]


def _values_of(chosen: Iterable[Found], query: Query, desk: Desk) -> list[Found]:
    """Every value that the documents give for the measures, each once."""
    names = documents_for(query, desk)
    values: dict[str, Found] = {}
    for found in chosen:
        for m in series(found, desk, names):
            values.setdefault(m.record.id, Found(m, found.match))
    return list(values.values())


def _aims(asked: Mapping[str, float], pool: Iterable[Marked[Measure]], desk: Desk) -> list[Found]:
    """Where nothing is reported, the targets that match best."""
    aimed = ranked(asked, (m for m in pool if m.record.value is None and m.record.target is not None), desk)
    if not aimed or aimed[0].match.coverage < FLOOR:
        return []
    return [f for f in aimed if f.match.score >= 0.9 * aimed[0].match.score]


def _with_line(found: list[Found], query: Query, desk: Desk) -> list[Found]:
    """Where no time is named, measures that have more than one dated value before others that match about as well."""
    if query.spans or not found:
        return found
    names = documents_for(query, desk)
    near = [f for f in found[:12] if f.match.coverage >= 0.9 * found[0].match.coverage]
    lines = [f for f in near if len({m.span for m in series(f, desk, names) if m.span}) > 1]
    return [*lines, *(f for f in found if f not in lines)] if lines else found


def _within(found: list[Found], query: Query, desk: Desk) -> list[Found]:
    """Values at the times named, or between them; a single time keeps the year before it too."""
    if not query.spans or not found:
        return found
    if query.spans[0].last - query.spans[0].first > 600:  # "since June": all from then on
        return [f for f in found if (t := time_of(f.marked, desk)) and t.last >= query.spans[0].first]
    ends = query.spans if len(query.spans) > 1 else (moved(query.spans[0], -12), *query.spans)
    at_ends = [f for f in found if in_time(f.marked, ends, desk)]
    low, high = min(s.first for s in ends), max(s.last for s in ends)
    between = [f for f in found if (t := time_of(f.marked, desk)) and low <= t.last <= high]
    return at_ends if len(query.spans) > 1 and len(at_ends) > 1 else between or at_ends


def _alike(a: Marked[Measure], b: Marked[Measure]) -> bool:
    return (
        a.record.unit == b.record.unit
        and (a.record.breakdown or "") == (b.record.breakdown or "")
        and len(a.name & b.name) / len(a.name | b.name) >= 0.75
    )


def lines_of(found: tuple[Found, ...], desk: Desk) -> list[list[Found]]:
    """The values grouped by measure, each group oldest first."""
    groups: list[list[Found]] = []
    for f in found:
        home = next((g for g in groups if _alike(g[0].marked, f.marked)), None)
        if home:
            home.append(f)
        else:
            groups.append([f])
    return [sorted(g, key=lambda f: t.last if (t := time_of(f.marked, desk)) else 0) for g in groups]


def change_words(first: Measure, last: Measure) -> Statement:
    """ "X rose from 124 (September 2018) to 153 (September 2019), by 29.\""""
    assert first.value is not None and last.value is not None
    difference = round(last.value - first.value, 6)
    verb = "rose" if difference > 0 else "fell" if difference < 0 else "stayed the same"
    a, b = period_words(first.period), period_words(last.period)
    ends = f"from {value_words(first)}" + (f" ({a})" if a else "") + f" to {value_words(last)}" + (f" ({b})" if b else "")
    exact = not (first.qualifier or last.qualifier)  # "above 95%" is no distance from anything
    by = f", by {points(abs(difference), last.unit)}" if difference and exact else ""
    derived = Derived(abs(difference), "difference", (last.value, first.value))
    return statement(f"{name_words(last)} {verb} {ends}{by}.", [first, last], derived=[derived] if by else [])


def compose(query: Query, evidence: Evidence, desk: Desk) -> Draft:
    """One sentence a measure, from its first to its last value, where each has a date of its own; else the values as given."""
    if evidence.refusal or not evidence.measures:
        return figure.compose(query, evidence, desk)
    statements = []
    rows: list[Measure] = []
    for line in lines_of(evidence.measures, desk):
        records = [f.record for f in line]
        rows += records
        dated = [f.record for f in line if f.record.value is not None and f.marked.span]
        if len(dated) > 1 and len({r.period for r in dated}) > 1 and len(dated) == len(records):
            statements.append(change_words(dated[0], dated[-1]))
            statements += [statement(figure_words(r), [r]) for r in dated[1:-1]]
        else:
            statements += [t for t in figure.told(records, desk) if t.text not in {s.text for s in statements}]
    statements += figure.spoken(evidence.sentences, desk, rows)
    apart = [d for line in lines_of(evidence.measures, desk) for d in differences([f.record for f in line])]
    return Draft("answered", tuple(statements), rows=tuple(rows), notes=tuple(dict.fromkeys((*evidence.notes, *apart))))


KIND = Kind(
    "trend",
    "How a figure moved over time",
    ("How did early help numbers move between September 2018 and September 2019?", "Are re-referrals coming down?"),
    gather,
    compose,
    instead="explain",
)
