"""Briefings: where a subject, a council or a period stands: its latest figures, how they moved, what is being done, what is said.

"Brief me on care leavers" asks for it, and so does every wide question: "how are we doing on care leavers?", "is staffing improving?".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.evidence.desk import Desk, Marked, content
from app.evidence.figures import Found, documents_for, pool_for, series, time_of
from app.evidence.match import Match, match, weigh
from app.evidence.repeats import without_repeats
from app.evidence.types import Evidence
from app.kinds import actions as actions_kind
from app.kinds import explain, finding, measures, refuse
from app.kinds.moving import SCORECARD, better, moved
from app.kinds.timed import current, overtaken
from app.kinds.topical import on_topic
from app.kinds.trend import change_words
from app.kinds.types import Kind
from app.kinds.wording import figure_words, gap, listing, plural, rating_words, statement
from app.question.where import latest
from app.types import Coverage, Derived, Draft, Query, Question, Statement
from ingest.lexicon import lexicon
from ingest.types import Action, Measure

_WORST_FIRST = "RABG"
_JUDGED = ("off_target", "on_target", "no_value", "undetermined")
_STATED = ("percent", "score")  # units in which figures of different measures can be set against one another
_NAMED = 0.9  # coverage from which a name says the topic
_MOSTLY = 0.6  # and most of a topic of several words
_Line = tuple[str | None, frozenset[str], str | None, str]  # council, name, unit and breakdown of a measure
_NO_MATCH = Match(0.0, 0.0, frozenset())


@dataclass(frozen=True)
class _Room:
    """How many of each are said; the table has them all."""

    missed: int = 8
    met: int = 5
    silent: int = 4
    other: int = 4
    moved: int = 8
    done: int = 6
    said: int = 4


_BRIEF = _Room()
_SHORT = _Room(missed=5, met=2, silent=0, other=3, moved=6, done=3, said=2)  # of a question that asks for no briefing by name


def gather(query: Query, question: Question, desk: Desk) -> Evidence | None:
    """Measures, actions and passages on the topic; without one, those of the newest document asked about."""
    query = _about(query, desk)
    if query.topic and not query.spans:
        known = _positions(_named(query, pool_for(query, desk), desk), desk)
    else:
        known, _ = current(on_topic(query, pool_for(query, desk), desk), query, desk)
        tabled = [m for m in known if not desk.in_prose(m.record)]
        known = tabled if len(tabled) >= SCORECARD else known  # what prose tells of other figures is beside a scorecard's
    judged = tuple(m.record for m in without_repeats(known, desk))
    listed = finding.listed(query, desk) if query.topic else [a for a in desk.actions if a.record.place.document in query.documents]
    said = explain.gather(query, question, desk) if query.topic else None
    sentences = said.sentences[: _room(query).said] if said and not said.refusal else ()
    if not judged and not listed and not sentences:
        return None
    return Evidence(considered=judged, actions=tuple(_newest_first(listed, desk)), sentences=sentences)


def _room(query: Query) -> _Room:
    return _SHORT if "standing" in query.wanted else _BRIEF


def _about(query: Query, desk: Desk) -> Query:
    """The query, where nothing narrows it on the newest document."""
    if query.topic or query.documents or query.spans:
        return query
    newest = latest([e for e in desk.entries if not query.authorities or e.authority in query.authorities])
    return replace(query, documents=(newest.name,)) if newest else query


def _named(query: Query, pool: list[Marked[Measure]], desk: Desk) -> list[Marked[Measure]]:
    """The measures whose own names say the topic; where none does, those it belongs to otherwise."""
    asked = weigh(query.topic, desk, query.context)
    said = {m.record.id: match(asked, m.name, frozenset(), desk).coverage for m in pool}
    named = [m for m in pool if said[m.record.id] >= _NAMED]
    if any(m.record.value is not None for m in named):
        return named
    if len(asked) > 1:  # of two words both count: "fostering recruitment" is not every figure on fostering
        return [m for m in pool if said[m.record.id] >= _MOSTLY]
    listed = on_topic(query, pool, desk)  # under a heading that says it; what only stands near the word is something else
    return [m for m in listed if match(asked, content(lexicon().terms(m.record.place.section or "")), frozenset(), desk).coverage >= _NAMED]


def _positions(pool: Sequence[Marked[Measure]], desk: Desk) -> list[Marked[Measure]]:
    """The newest figure of each measure, over all documents of its council, the newest first; benchmarks are not the council's own.

    Targets that no figure is reported for stand last.
    """
    own = [m for m in pool if m.record.kind != "benchmark" and not overtaken(m, desk)]
    documents: dict[str | None, set[str]] = {}
    for m in own:
        documents.setdefault(_council(m.record, desk), set()).add(m.record.place.document)
    last: dict[_Line, int] = {}
    kept = [m for m in own if not _later(m, documents, last, desk)]
    kept.sort(key=lambda m: (m.record.value is None, -(t.last if (t := time_of(m, desk)) else 0)))
    return kept


def _later(m: Marked[Measure], documents: Mapping[str | None, set[str]], last: dict[_Line, int], desk: Desk) -> bool:
    """Whether the same measure has a figure in its council's documents that is newer; `last`: what is known of each measure's newest."""
    mine = time_of(m, desk)
    council = _council(m.record, desk)
    line = (council, m.name, m.record.unit, (m.record.breakdown or "").lower())
    if line not in last:
        told = series(Found(m, _NO_MATCH), desk, documents[council])
        last[line] = max((t.last for o in told if (t := time_of(o, desk))), default=0)
    return mine is not None and last[line] > mine.last


def _council(r: Measure | Action, desk: Desk) -> str | None:
    entry = desk.entry(r.place.document)
    return entry.authority if entry else None


def _newest_first(listed: Sequence[Marked[Action]], desk: Desk) -> list[Marked[Action]]:
    """The actions of each council's newest document that speaks of them; what older plans said is no standing."""
    out = []
    for council in dict.fromkeys(_council(a.record, desk) for a in listed):
        own = [a for a in listed if _council(a.record, desk) == council]
        last = latest([e for e in desk.entries if e.name in {a.record.place.document for a in own}])
        out += [a for a in own if last is None or a.record.place.document == last.name]
    return out


def compose(query: Query, evidence: Evidence, desk: Desk) -> Draft:
    """Counts first, then the measures: the worst misses, those met, other figures; then the actions, and the documents' words."""
    if evidence.refusal:
        return refuse.compose(query, evidence, desk)
    whole = _about(query, desk)
    notes = (_narrow(whole, desk),) if whole.documents != query.documents and not query.authorities else ()
    query = whole
    rows = list(evidence.considered)
    work = [a.record for a in evidence.actions]
    changes = _moved(rows, query, desk) if "change" in query.wanted else []
    beside = {r.id for s in changes for r in s.records}
    statements = changes + _figures([r for r in rows if r.id not in beside], query, desk, bool(changes))
    statements += _work(work, query)
    statements += explain.spoken(evidence.sentences, desk)
    heard = {r.place.document for r in rows} | {a.place.document for a in work} | {s.chunk.place.document for s in evidence.sentences}
    aimed = [m for m in rows if m.status in _JUDGED]
    counted = measures.coverage(aimed, query, desk) if aimed else actions_kind.searched(query, heard, desk)
    silent = tuple(sorted(documents_for(query, desk) - heard))
    coverage = replace(counted, documents_silent=silent) if aimed else Coverage(counted.documents_searched, documents_silent=silent)
    return Draft("answered", tuple(statements), rows=tuple(rows or work), coverage=coverage, notes=notes)


def _narrow(query: Query, desk: Desk) -> str:
    return f"this is of the newest document, {desk.title(query.documents[0])}; name a plan, a subject or a time for others"


def _figures(rows: Sequence[Measure], query: Query, desk: Desk, beside: bool = False) -> list[Statement]:
    """How many met and missed their target, and the figures, the latest documents' first; `beside`: after others."""
    if not rows:
        return []
    room = _room(query)
    off, on, silent = ([m for m in rows if m.status == s] for s in ("off_target", "on_target", "no_value"))
    other = [m for m in rows if m.value is not None and m.status not in _JUDGED]
    shown = [*_worst(off, desk)[: room.missed], *on[: room.met], *other[: room.other], *silent[: room.silent]]
    if max(len(off) + len(on), len(silent[: room.silent])) > 1:
        head = _counted(rows, off, on, silent, query)
    else:
        valued = len(off) + len(on) + len(other)
        if not valued:
            return [statement(f"{figure_words(m)}", [m]) for m in silent[: max(1, room.silent)]]
        head = statement(
            f"{plural(valued, 'other figure' if beside else 'figure')}{' on this' if query.topic else ''}.",
            derived=[Derived(float(valued), "count")],
        )
    return [head, *(statement(f"- {figure_words(m)}", [m]) for m in shown)]


def _counted(rows: Sequence[Measure], off: Sequence[Measure], on: Sequence[Measure], silent: Sequence[Measure], query: Query) -> Statement:
    aimed = sum(m.status in _JUDGED for m in rows)
    when = f" for {query.period_text}" if query.period_text else ""
    parts = [f"{len(off)} missed it", f"{len(on)} met it", *([f"{len(silent)} have no reported figure"] if silent else [])]
    numbers = (aimed, len(off), len(on), len(silent))
    return statement(
        f"Of {plural(aimed, 'measure')} with a target{when}, {listing(parts)}.", derived=[Derived(float(n), "count") for n in numbers]
    )


def _worst(off: Sequence[Measure], desk: Desk) -> list[Measure]:
    """The furthest from target first, percentages before other units, which cannot be set against them."""
    return sorted(off, key=lambda m: (m.unit not in _STATED, -abs(gap(m) or 0.0)))


def _moved(rows: Sequence[Measure], query: Query, desk: Desk) -> list[Statement]:
    """Of the figures given for two times how many got better and worse, and each with both values; none where nothing has two."""
    marked = {m.record.id: m for m in desk.measures}
    pairs = [(first, m) for m in rows if m.value is not None and (first := _before(marked[m.id], query, desk))]
    if not pairs:
        return []
    pairs.sort(key=lambda p: better(*p) >= 0)  # what got worse is not to fall off the end
    worth = [better(a, b) for a, b in pairs]
    up, down = sum(w > 0 for w in worth), sum(w < 0 for w in worth)
    on_this = " on this" if query.topic else ""
    head = f"Of {plural(len(pairs), 'figure')}{on_this} given for more than one time, {up} got better and {down} got worse."
    if not up + down:  # nothing tells which way is better
        head = f"{plural(len(pairs), 'figure')}{on_this} {'is' if len(pairs) == 1 else 'are'} given for more than one time."
    counted = statement(head, derived=[Derived(float(n), "count") for n in (len(pairs), up, down)])
    return [counted, *(change_words(a, b) for a, b in pairs[: _room(query).moved])]


def _before(m: Marked[Measure], query: Query, desk: Desk) -> Measure | None:
    """The figure of the same measure before the newest, in its own document or another of the same council."""
    council = _council(m.record, desk)
    names = {e.name for e in desk.entries if e.authority == council}
    if m.span is None:
        return None
    last = m.span.last
    line = [o for o in series(Found(m, _NO_MATCH), desk, names) if o.record.kind == "actual" and o.span and o.span.last < last]
    if line:
        return line[-1].record
    told = moved(m, query, desk)  # "42%, from 29%": an undated figure beside it is how things were
    return told[0] if told else None


def _work(work: Sequence[Action], query: Query) -> list[Statement]:
    if not work:
        return []
    rated = Counter(word for a in work if (word := rating_words(a.rag)))
    parts = [f"{count} rated {word}" for word, count in sorted(rated.items(), key=lambda r: _WORST_FIRST.index(r[0][0].upper()))]
    text = plural(len(work), "action") + (" on this" if query.topic else "") + (f": {listing(parts)}." if parts else ".")
    counted = statement(text, derived=[Derived(float(n), "count") for n in (len(work), *rated.values())])
    worst = sorted(work, key=lambda a: _WORST_FIRST.index(a.rag) if a.rag else len(_WORST_FIRST))
    shown = worst[: _room(query).done]
    return [counted, *(statement(words[:1].upper() + words[1:], [a]) for a in shown if (words := actions_kind.action_words(a)))]


KIND = Kind(
    "briefing",
    "Briefings: everything on a topic, an authority or a period, drawn together",
    ("Brief me on care leavers.", "How are we doing on children in care?", "Is staffing getting better or worse?"),
    gather,
    compose,
    instead="explain",
)
