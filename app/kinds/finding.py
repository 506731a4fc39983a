"""Actions and commitments a question is about: by section, by their own words, by lead, due date, rating and number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from app.evidence.called import GENERAL, noun_of
from app.evidence.desk import Desk, Marked, content
from app.evidence.figures import asked_for, documents_for
from app.evidence.holders import holders
from app.evidence.match import Match, manner, match
from app.evidence.overtaken import overtaken
from app.evidence.states import in_state, is_behind, is_done, is_negated, moved_to
from app.question.cues import group
from app.question.leads import leads_match
from app.question.parts import of_part, under
from app.question.topic import WEAK, raised_words, topic_of
from app.question.when import iso, mentions, span_of
from app.question.where import latest, years_of
from app.types import Query
from ingest.lexicon import lexicon, stem, tokens
from ingest.types import Action

SECTION = 0.62  # coverage by a section's heading from which all its actions are meant
PLACED = 0.35  # and under a heading that is named, with few actions
_SMALL = 12
_RUN = 3  # words side by side that a heading and a question have in common, from which it is the one meant
OWN = 0.5  # coverage by an action's own words from which it is meant


_UNDATED = re.compile(rf"^\W*{group('undated')}\W*$", re.I)
_PAST = re.compile(rf"\b{group('past')}\b(?:\W+\w+){{0,4}}\W*$", re.I)


def horizon(document: str, desk: Desk) -> int | None:
    """The last month a document tells of: its period's, or the latest that a progress note speaks of as past."""
    entry = desk.entry(document)
    own = span_of(entry.period) if entry else None
    told = []
    for a in desk.actions:
        if a.record.place.document != document or not a.record.progress:
            continue
        text = " ".join(a.record.progress.split())
        told += [m.span.last for m in mentions(text) if m.span and not m.span.whole and _PAST.search(_before(text, m.start))]
    return max([*told, *([own.last] if own else [])], default=None)


def _before(text: str, at: int) -> str:
    """What the same sentence says before a place in it, the last sixty characters."""
    return re.split(r"[.;!?]\s", text[max(0, at - 60) : at])[-1]


def speaking(query: Query, desk: Desk) -> frozenset[str]:
    """The documents asked about that can tell of the times named: begun before their end, and not yet closed when they start."""
    names = documents_for(query, desk)
    if not query.spans or query.documents:
        return names
    out = set()
    for name in names:
        entry, last = desk.entry(name), horizon(name, desk)
        if entry is None or last is None:
            out.add(name)
            continue
        years = years_of(entry)
        first = min([y * 12 for y in years], default=last - 11)
        if any(s.first <= last and s.last >= first for s in query.spans):
            out.add(name)
    return frozenset(out)


def satisfies(a: Action, query: Query, desk: Desk) -> bool:
    """True where an action meets every condition on number, part, lead, rating, standing and due date."""
    if query.refs and (a.ref or "").rstrip(".") not in query.refs:
        return False
    if query.part and not of_part(a, query.part, desk):
        return False
    if query.pages and a.place.page not in query.pages:
        return False
    if a.id in query.other_than:
        return False
    if query.called and not _called(a, query.called, desk):
        return False
    if any(_given(a, name) for name in query.absent):
        return False
    if query.lead and not leads_match(query.lead, a.lead):
        return False
    if query.shared is not None and (not a.lead or (holders(a.lead) > 1) != query.shared):
        return False
    return _rated(a, query) and _standing(a, query, desk) and _due(a, query, desk)


def _rated(a: Action, query: Query) -> bool:
    """True where an action is rated as asked, or as what is asked to be on or off target is."""
    if query.rags and a.rag not in query.rags:
        return False
    if query.intent not in ("actions", "count"):
        return True
    if "on_target" in query.statuses and a.rag != "G":
        return False
    return "off_target" not in query.statuses or a.rag in ("R", "A") or is_behind(a)


def _standing(a: Action, query: Query, desk: Desk) -> bool:
    """True where an action stands as asked: done or not, in one of the states, put back or on time."""
    if query.completed is True and not is_done(a):
        return False
    if query.completed is False and (
        a.completed or a.rag == "B" or (a.rag == "G" not in query.rags and not desk.tells_done(a.place.document))
    ):
        return False
    if "on time" in query.wanted and moved_to(a):
        return False
    if query.states and not _stands(a, query.states, desk):
        return False
    return "redated" not in query.wanted or _put_back(a, query)


def _due(a: Action, query: Query, desk: Desk) -> bool:
    """True where an action is due, or was at first, between the months asked for."""
    before = query.due_before
    if before == "document":
        last = horizon(a.place.document, desk)
        before = iso(last + 1) if last is not None else None
    due = ((a.due_was_iso if "first due" in query.wanted else None) or a.due_iso or "")[:7]
    if (before or query.due_after) and not due:
        return False
    return not (before and due >= before) and not (query.due_after and due <= query.due_after)


def _called(a: Action, asked: tuple[str, ...], desk: Desk) -> bool:
    """True where a document calls an action as asked; those it calls nothing in particular are its "actions", not its savings."""
    noun = noun_of(a.called) if a.called else None
    if set(asked) - GENERAL or set(asked) & desk.nouns(a.place.document):
        return noun in asked
    return noun in GENERAL or noun is None or not any(n is None or n in GENERAL for n in desk.nouns(a.place.document))


def _in_passing(a: Action, desk: Desk) -> bool:
    """True for what a register of risks says is done, in a document whose own actions are numbered or dated: no action of the plan."""
    if a.ref or a.due or a.start or a.rag or a.progress:
        return False
    return any(b.record.ref or b.record.due for b in desk.actions if b.record.place.document == a.place.document)


def _stands(a: Action, asked: tuple[str, ...], desk: Desk) -> bool:
    """True where an action stands in one of the states asked for, and in none of those it must not be in."""
    last = horizon(a.place.document, desk)
    after = iso(last + 1) if last is not None else None
    barred = [s for s in asked if is_negated(s)]
    wanted = [s for s in asked if s not in barred]
    return all(in_state(a, s, after, desk) for s in barred) and (not wanted or any(in_state(a, s, after, desk) for s in wanted))


def _put_back(a: Action, query: Query) -> bool:
    """True where an action's date was put back, between the times asked for."""
    moved = moved_to(a)
    spans = [(query.was_due, moved[0]), (query.now_due, moved[1])] if moved else []
    return moved is not None and all(not s or s[0] <= date[:7] <= s[1] for s, date in spans)


def put_back_furthest(found: Sequence[Marked[Action]]) -> list[Marked[Action]]:
    """Of actions whose date was put back the one, or those, put back by the most months."""
    months = {a.record.id: _month(moved[1]) - _month(moved[0]) for a in found if (moved := moved_to(a.record))}
    return [a for a in found if months and months.get(a.record.id) == max(months.values())]


def _month(iso_date: str) -> int:
    return int(iso_date[:4]) * 12 + int(iso_date[5:7])


def _given(a: Action, name: str) -> bool:
    """True where an action fills a field; a due date that names no time ("ongoing", "to be confirmed") is none."""
    told = getattr(a, name)
    return bool(told) and not (name == "due" and not a.due_iso and _UNDATED.search(told))


def scored(query: Query, desk: Desk) -> list[tuple[Marked[Action], Match]]:
    """Every action of the documents asked about with its match, best first."""
    asked = asked_for(query, desk)
    names = speaking(query, desk)
    found = [(a, match(asked, a.name, a.context, desk)) for a in desk.actions if a.record.place.document in names]
    return sorted(found, key=lambda p: -p[1].score)


def standing_in(query: Query, desk: Desk) -> frozenset[str]:
    """The documents whose actions are looked at: where none is named, not those whose actions a later one reports on."""
    names = documents_for(query, desk)
    return names if query.documents or query.due_before or query.due_after else names - overtaken(desk)


def listed(query: Query, desk: Desk, said: str = "") -> list[Marked[Action]]:
    """All actions meant: those that satisfy the conditions and, where a topic is named, belong to it.

    A heading that covers the topic brings all its actions, of several the one that has most of the words `said` side by side; otherwise
    actions are taken by their own words, those near the best.
    """
    names = standing_in(query, desk)
    everything = [a for a in desk.actions if a.record.place.document in names]
    everything, query = _of_heading(everything, query, desk)
    pool = [a for a in everything if satisfies(a.record, query, desk)]
    named = {a.record.id for a in pool if a.record.called and noun_of(a.record.called) in query.called}  # "new commitments"
    pool = [a for a in pool if a.record.id in named or not _in_passing(a.record, desk)] or (pool if query.lead else [])
    asked = asked_for(query, desk)
    raised = "finding" in query.wanted  # what was raised stands as a heading
    aside = WEAK | raised_words() if raised else WEAK
    asked = {t: w for t, w in asked.items() if t not in aside} or asked  # what came of an inspection is asked for, not the inspection
    if not asked or query.refs or (query.part and asked.keys() <= manner()):
        return pool if query.conditioned or (query.called and query.intent == "count") else []
    heads = {
        (place.document, section): match(asked, _heading(section), frozenset(), desk).coverage
        for place in (a.record.place for a in everything)
        if (section := place.section)
    }
    own = {a.record.id: match(asked, a.name, a.context, desk).coverage for a in everything}
    best_head = max(heads.values(), default=0.0)
    best_own = max((own[a.record.id] for a in pool), default=0.0)
    fields = {t for t in asked if t.startswith("@")}
    raised = raised and best_head >= OWN and bool(fields) and any(fields <= _heading(k[1]) for k, v in heads.items() if v == best_head)
    if raised or (best_head >= SECTION and best_head >= best_own - 0.15):
        top = _said_in_full({k for k, v in heads.items() if v >= 0.9 * best_head}, said)
        inside = {a.record.id for a in pool if (a.record.place.document, a.record.place.section or "") in top}
        passing = all(len(_heading(section) & asked.keys()) < 0.5 * len(_heading(section)) for _, section in top)
        spelt = [a for a in pool if own[a.record.id] >= max(best_head, 0.9)]
        if (
            passing and not raised and any(a.record.id not in inside for a in spelt)
        ):  # the headings are wider; actions elsewhere say it themselves
            return spelt
        return [a for a in pool if a.record.place.section and (a.record.place.document, a.record.place.section) in top]
    least = PLACED if (query.part or query.heading) and len(pool) <= _SMALL else OWN  # little else can be meant
    floor = max(least, 0.85 * best_own)
    return [a for a in pool if own[a.record.id] >= floor] if best_own >= least else []


def considered(query: Query, desk: Desk, said: str = "") -> int:
    """Of how many actions a list is picked by how they stand: those that meet its other conditions."""
    every = replace(query, rags=(), statuses=(), states=(), completed=None)
    if every.topic or every.conditioned or every.called:
        return len(listed(every, desk, said))
    names = standing_in(query, desk)
    return sum(a.record.place.document in names and not _in_passing(a.record, desk) for a in desk.actions)


def _said_in_full(heads: set[tuple[str, str]], said: str) -> set[tuple[str, str]]:
    """Of several headings on a subject those with the longest run of the words said: "children in care council" is not every heading on
    children in care. All of them where no run is longer than a name of the field."""
    words = [stem(w) for w in tokens(said)]
    runs = {k: _run(words, [stem(w) for w in tokens(k[1])]) for k in heads}
    longest = max(runs.values(), default=0)
    return {k for k in heads if runs[k] == longest} if longest >= _RUN else heads


def _run(a: Sequence[str], b: Sequence[str]) -> int:
    """How many words two texts have in common side by side, at most."""
    best, above = 0, [0] * (len(b) + 1)
    for word in a:
        row = [0] * (len(b) + 1)
        for i, other in enumerate(b, 1):
            row[i] = above[i - 1] + 1 if word == other else 0
            best = max(best, row[i])
        above = row
    return best


def _of_heading(pool: list[Marked[Action]], query: Query, desk: Desk) -> tuple[list[Marked[Action]], Query]:
    """The actions under the heading the question names; where none stands there, its words are the subject instead."""
    if query.heading is None:
        return pool, query
    below = under(pool, query.heading, desk)
    if below:
        return below, query
    return pool, replace(query, heading=None, topic=tuple(dict.fromkeys((*query.topic, *topic_of(query.heading)))))


def _heading(text: str) -> frozenset[str]:
    return content(lexicon().terms(text))


def best(query: Query, desk: Desk, floor: float = OWN) -> list[Marked[Action]]:
    """The one action meant, or the few that match as well; none below the floor."""
    found = [(a, m) for a, m in scored(query, desk) if satisfies(a.record, query, desk)]
    if query.refs and found:
        return [a for a, _ in found][:3]
    if not found or found[0][1].coverage < floor:
        return []
    top = found[0][1].score
    if not query.spans and not query.documents:
        found = _latest([(a, m) for a, m in found if m.score >= 0.75 * top], desk)
        top = found[0][1].score
    return [a for a, m in found if m.score >= 0.93 * top][:3]


def _latest(found: list[tuple[Marked[Action], Match]], desk: Desk) -> list[tuple[Marked[Action], Match]]:
    """Of actions that match about as well, those of the best one's authority in its latest document: what was asked is how it stands."""
    home = desk.entry(found[0][0].record.place.document)
    held = {a.record.place.document for a, _ in found}
    last = latest([e for e in desk.entries if e.name in held and home and e.authority == home.authority])
    return [(a, m) for a, m in found if last is None or a.record.place.document == last.name]
