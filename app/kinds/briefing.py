"""Briefings: what the library holds on a topic, an authority or a period, drawn together: missed, met, not reported, being done, said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from app.evidence.desk import Desk
from app.evidence.figures import pool_for
from app.evidence.repeats import without_repeats
from app.evidence.types import Evidence
from app.kinds import actions as actions_kind
from app.kinds import explain, finding, measures, refuse
from app.kinds.types import Kind
from app.kinds.wording import figure_words, gap, listing, plural, rating_words, statement
from app.question.where import latest
from app.types import Derived, Draft, Query, Question, Statement
from ingest.types import Action, Measure

_MISSED, _MET, _SILENT, _DONE, _SAID = 8, 5, 4, 6, 4  # how many of each are said; the table has them all
_WORST_FIRST = "RABG"


def gather(query: Query, question: Question, desk: Desk) -> Evidence | None:
    """Measures, actions and passages on the topic; without one, those of the newest document asked about."""
    query = _about(query, desk)
    timed, _ = measures.current(measures.on_topic(query, pool_for(query, desk), desk), query, desk)
    judged = tuple(m.record for m in without_repeats(timed, desk))
    listed = finding.listed(query, desk) if query.topic else [a for a in desk.actions if a.record.place.document in query.documents]
    said = explain.gather(query, question, desk) if query.topic else None
    sentences = said.sentences[:_SAID] if said and not said.refusal else ()
    if not judged and not listed and not sentences:
        return None
    return Evidence(considered=judged, actions=tuple(listed), sentences=sentences)


def _about(query: Query, desk: Desk) -> Query:
    """The query, where nothing narrows it on the newest document."""
    if query.topic or query.documents or query.spans:
        return query
    newest = latest([e for e in desk.entries if not query.authorities or e.authority in query.authorities])
    return replace(query, documents=(newest.name,)) if newest else query


def compose(query: Query, evidence: Evidence, desk: Desk) -> Draft:
    """Counts first, then the measures: the worst misses, those met, those without a figure; then the actions, and the documents' words."""
    if evidence.refusal:
        return refuse.compose(query, evidence, desk)
    query = _about(query, desk)
    rows = [m for m in evidence.considered if m.status in ("off_target", "on_target", "no_value", "undetermined")]
    work = [a.record for a in evidence.actions]
    statements = _figures(rows, query, desk) + _work(work) + explain.spoken(evidence.sentences, desk)
    heard = {r.place.document for r in rows} | {a.place.document for a in work} | {s.chunk.place.document for s in evidence.sentences}
    counted = measures.coverage(evidence.considered, query, desk) if rows else actions_kind.searched(query, heard, desk)
    coverage = replace(counted, documents_silent=tuple(d for d in counted.documents_silent if d not in heard))
    return Draft("answered", tuple(statements), rows=tuple(rows or work), coverage=coverage)


def _figures(rows: Sequence[Measure], query: Query, desk: Desk) -> list[Statement]:
    if not rows:
        return []
    off, on, silent = ([m for m in rows if m.status == s] for s in ("off_target", "on_target", "no_value"))
    when = f" for {query.period_text}" if query.period_text else ""
    head = f"Of {plural(len(rows), 'measure')} with a target{when}, {len(off)} missed it, {len(on)} met it"
    head += f" and {len(silent)} have no reported figure."
    counted = statement(head, derived=[Derived(float(n), "count") for n in (len(rows), len(off), len(on), len(silent))])
    shown = [*sorted(off, key=_distance)[:_MISSED], *on[:_MET], *silent[:_SILENT]]
    return [counted, *(statement(f"- {figure_words(m)}", [m]) for m in shown)]


def _distance(m: Measure) -> tuple[bool, float]:
    """Percentages first, the furthest from target first; other units cannot be set against them."""
    return m.unit != "percent", -abs(gap(m) or 0.0)


def _work(work: Sequence[Action]) -> list[Statement]:
    if not work:
        return []
    rated = Counter(word for a in work if (word := rating_words(a.rag)))
    parts = [f"{count} rated {word}" for word, count in sorted(rated.items(), key=lambda r: _WORST_FIRST.index(r[0][0].upper()))]
    text = f"{plural(len(work), 'action')} on this" + (f": {listing(parts)}." if parts else ".")
    counted = statement(text, derived=[Derived(float(n), "count") for n in (len(work), *rated.values())])
    worst = sorted(work, key=lambda a: _WORST_FIRST.index(a.rag) if a.rag else len(_WORST_FIRST))
    return [counted, *(statement(words[:1].upper() + words[1:], [a]) for a in worst[:_DONE] if (words := actions_kind.action_words(a)))]


KIND = Kind(
    "briefing",
    "Briefings: everything on a topic, an authority or a period, drawn together",
    ("Brief me on care leavers.", "Give me a short briefing on visits to children."),
    gather,
    compose,
    instead="explain",
)
