"""Commitments followed through the plans of their authority: the thread a question is about, or every thread that changed as it asks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.evidence.desk import Desk, Marked
from app.evidence.figures import asked_for, documents_for
from app.evidence.match import Match, match
from app.question.where import years_of
from app.types import Query, Step, Thread
from index.changes import Change, revised
from index.follow import Follow, Promised, ended
from ingest.types import Action

ABOUT = 0.55  # coverage from which a commitment is about what was asked
_BESIDE = 0.85  # share of the best match's score from which others stand beside it
_IN_NAME = 0.5  # coverage by a commitment's own words, in one document at least
_THREADS = 3


def about(query: Query, desk: Desk, alone: bool) -> list[Thread]:
    """The threads of the commitments that a question names, best first; with `alone` also those that stand in one document only.

    Without `alone` a commitment of one document counts where a later plan is silent on it.
    """
    names = documents_for(query, desk)
    found = _named(query, desk)
    asked = asked_for(query, desk)
    named = {p.record.id for p, _ in found if query.refs or match(asked, p.name, frozenset(), desk).coverage >= _IN_NAME}
    scores = {p.record.id: m.score for p, m in found}
    threads: dict[frozenset[str], Thread] = {}
    for marked, m in found:
        if m.score >= _BESIDE * found[0][1].score:
            thread = thread_of(marked.record, desk)
            if named & {s.record.id for s in thread.steps}:
                threads.setdefault(frozenset(s.record.id for s in thread.steps), thread)
    kept = [
        t
        for t in threads.values()
        if (alone or len(t.steps) > 1 or t.silent) and names & {*t.silent, *(s.record.place.document for s in t.steps)}
    ]

    def fit(thread: Thread) -> float:
        return sum(scores.get(s.record.id, 0.0) for s in thread.steps) / len(thread.steps)

    best = max(map(fit, kept), default=0.0)
    near = sorted((t for t in kept if alone or fit(t) >= _BESIDE * best), key=fit, reverse=True)
    return near if alone else near[:_THREADS]


def _named(query: Query, desk: Desk) -> list[tuple[Marked[Promised], Match]]:
    asked = asked_for(query, desk)
    names = documents_for(replace(query, documents=()), desk)  # what is promised in one plan is followed through all
    pool: list[Marked[Promised]] = [*desk.actions, *(c for c in desk.commitments if not c.record.action_id)]
    pool = [p for p in pool if p.record.place.document in names]
    if query.refs:
        pool = [p for p in pool if isinstance(p.record, Action) and (p.record.ref or "").rstrip(".") in query.refs]
        if not asked:
            return [(p, Match(1.0, 1.0, frozenset())) for p in pool]
    if not asked:
        return []
    found = [(p, match(asked, p.name, p.context, desk)) for p in pool]
    return sorted((p for p in found if p[1].coverage >= ABOUT), key=lambda p: -p[1].score)


def thread_of(record: Promised, desk: Desk) -> Thread:
    """The commitment with what came before and after it, oldest first; what changed is against the nearest document before."""
    return _thread([record], desk.succession.around(record.id), desk)


def _thread(records: Sequence[Promised], follows: Iterable[Follow], desk: Desk) -> Thread:
    links = list(follows)
    order = {e.name: (ended(e), e.name) for e in desk.entries}
    held = {r.id: r for r in (*records, *(r for f in links for r in (f.earlier, f.later)))}
    ordered = sorted(held.values(), key=lambda r: (order[r.place.document], r.place.page or 0, r.id))
    steps = tuple(Step(r, _since(r, links, order)) for r in ordered)
    silent = {u.record.id: u.later for u in desk.succession.unfollowed}
    return Thread(steps, silent.get(ordered[-1].id, ()))


def _since(record: Promised, links: Sequence[Follow], order: dict[str, tuple[str, str]]) -> tuple[Change, ...]:
    before = [f for f in links if f.later.id == record.id]
    return max(before, key=lambda f: order[f.earlier.place.document]).changes if before else ()


def plans_named(query: Query, desk: Desk) -> frozenset[str]:
    """The documents a question follows commitments between: those named, and those of the years named; all of its authority for none."""
    years = {y for s in query.spans if s.whole for y in range(s.first // 12, s.last // 12 + 1)}
    ours = [e for e in desk.entries if (not query.authorities or e.authority in query.authorities) and years_of(e) & years]
    plans = [e for e in ours if e.actions] or ours
    return frozenset({*query.documents, *(e.name for e in plans)}) or documents_for(query, desk)


def within(earlier: str, later: str, query: Query, desk: Desk) -> bool:
    """Whether a question is about what happened between two documents: both where it names several, otherwise either."""
    names = plans_named(query, desk)
    several = bool(query.documents or query.spans) and len(names) > 1
    return {earlier, later} <= names if several else bool({earlier, later} & names)


def changed(kinds: Iterable[str], query: Query, desk: Desk) -> list[Thread]:
    """Every pair of a commitment and the one that takes it up next with a change of one of the kinds; "dropped": those not taken up."""
    wanted = set(kinds)
    names = plans_named(query, desk)
    asked = asked_for(query, desk)
    out: list[Thread] = []
    for u in desk.succession.unfollowed if "dropped" in wanted else ():
        later = tuple(name for name in u.later if within(u.record.place.document, name, query, desk))
        out += [Thread((Step(u.record),), later)] if later else []
    for f in nearest(desk):
        kept = within(f.earlier.place.document, f.later.place.document, query, desk)
        if kept and ("carried" in wanted or any(c.kind in wanted for c in f.changes)):
            out.append(Thread((Step(f.earlier, ()), Step(f.later, f.changes))))
    if "delayed" in wanted:
        known = {s.record.id for t in out for s in t.steps}
        moved = [a.record for a in desk.actions if a.record.place.document in names and revised(a.record) and a.record.id not in known]
        out += [Thread((Step(a, ()),)) for a in moved]
    if asked:
        marks: dict[str, Marked[Promised]] = {m.record.id: m for m in desk.actions} | {m.record.id: m for m in desk.commitments}
        out = [t for t in out if any(_speaks(marks[s.record.id], asked, desk) for s in t.steps)]
    return out


def _speaks(marked: Marked[Promised], asked: dict[str, float], desk: Desk) -> bool:
    return match(asked, marked.name, marked.context, desk).coverage >= ABOUT


def nearest(desk: Desk) -> list[Follow]:
    """Of each commitment the link to the nearest later document that takes it up, in the order of the earlier documents."""
    order = {e.name: (ended(e), e.name) for e in desk.entries}
    first: dict[str, Follow] = {}
    for f in desk.succession.follows:
        known = first.get(f.earlier.id)
        if known is None or order[f.later.place.document] < order[known.later.place.document]:
            first[f.earlier.id] = f
    return list(first.values())
