"""Lists of actions and commitments: by topic, lead, due date, rating or number."""

from __future__ import annotations

from app.evidence.called import GENERAL
from app.evidence.desk import Desk
from app.evidence.figures import asked_for, documents_for
from app.evidence.match import match
from app.evidence.types import Evidence
from app.kinds import explain, finding, refuse
from app.kinds.progress import progress_words
from app.kinds.types import Kind
from app.kinds.wording import action_name, due_words, led_words, listing, plural, rating_words, span_words, standing_words, statement
from app.types import Coverage, Derived, Draft, Query, Question, Statement
from ingest.language.period import period_in
from ingest.types import Action

FEW = 3  # actions whose progress is told too where they slipped
_ABSENT = {"lead": "lead", "due": "due date", "progress": "progress note", "rag": "rating"}
COMMITTED = 0.55  # coverage from which a commitment made in prose is meant


def gather(query: Query, question: Question, desk: Desk) -> Evidence | None:
    """The actions meant; where there are none, commitments made in prose; where the topic has neither, the kind steps aside."""
    found = finding.listed(query, desk, question.text)
    if found and "furthest" in query.wanted:
        found = finding.put_back_furthest(found)
    if found:
        return Evidence(actions=tuple(found))
    if query.conditioned and not query.topic:
        return Evidence()
    asked = asked_for(query, desk)
    names = documents_for(query, desk)
    scored = [
        (c, match(asked, c.name, c.context, desk)) for c in desk.commitments if c.record.place.document in names and not c.record.action_id
    ]
    scored = sorted((p for p in scored if p[1].coverage >= COMMITTED), key=lambda p: -p[1].score)
    if not scored:
        return None
    kept = [c for c, m in scored if m.score >= 0.85 * scored[0][1].score]
    prose = explain.gather(query, question, desk)
    return Evidence(commitments=tuple(kept[:5]), sentences=prose.sentences if prose else ())


def action_words(a: Action, limit: int = 160) -> str:
    """The action, its own words cut at `limit` characters, with its lead, due date and rating, on one line."""
    parts = [action_name(a, limit)]
    if a.lead:
        parts.append(f"lead: {a.lead}")
    if a.due:
        parts.append(f"due: {due_words(a)}")
    if told := standing_words(a):
        parts.append(told)
    return "; ".join(parts) + "."


def condition_words(query: Query) -> str:
    """What the actions had to satisfy, in words."""
    return " and ".join(words for words in (state_words(query), scope_words(query)) if words)


def state_words(query: Query) -> str:
    """How the actions had to stand: by rating, status or completion."""
    judged = ("A", "R") if {"slipped", "off_target"} & {*query.wanted, *query.statuses} else ("G",) if "on_target" in query.statuses else ()
    rags = query.rags or judged
    parts = [f"rated {' or '.join(rating_words(r) or r for r in rags)}"] if rags else []
    parts += [" or ".join(query.states)] if query.states else []
    done = "complete without their date put back" if "on time" in query.wanted else "complete"
    parts += [done if query.completed else "not complete"] if query.completed is not None else []
    return " and ".join(parts)


def scope_words(query: Query) -> str:
    """Which actions were looked at: put back, led by somebody, without a field, due at a time."""
    parts = [_put_back_words(query)] if "redated" in query.wanted else []
    parts += [led] if (led := led_words(query)) else []
    parts += [f"without a {_ABSENT[name]}" for name in query.absent]
    if query.due_before or query.due_after:
        parts.append(
            "past their due date"
            if query.due_before == "document"
            else f"{'first ' if 'first due' in query.wanted else ''}due {_due_words(query)}"
        )
    return " and ".join(parts)


def _put_back_words(query: Query) -> str:
    """ "put back from 2025 to 2026": the times as asked, where a whole year or a month is meant."""
    said = [f"{word} {time}" for word, span in (("from", query.was_due), ("to", query.now_due)) if (time := span_words(span))]
    return " ".join(["put back", *(["furthest"] if "furthest" in query.wanted else []), *said])


def _due_words(query: Query) -> str:
    """The due window as asked. Bounds are exclusive: a bound beyond the period named takes that period in."""
    when = query.period_text or query.due_before or query.due_after
    named = period_in(query.period_text) if query.period_text else None
    if query.due_before and query.due_after:
        return f"in {when}"
    if query.due_before:
        return f"by {when}" if named and query.due_before > named else f"before {when}"
    return f"from {when}" if named and query.due_after and query.due_after < named else f"after {when}"


def noun_for(query: Query) -> str:
    """What the actions asked for are called: "milestone" where a document calls them so and the question does."""
    own = [n for n in query.called if n not in GENERAL]
    return own[0] if len(own) == 1 else "action"


def headline(query: Query, count: int, among: int | None = None) -> Statement:
    """How many, `among` how many others where that is known, and under which conditions."""
    said, noun = condition_words(query), noun_for(query)
    if among and count:
        scope = f" {where}" if (where := scope_words(query)) else ""
        text = f"{count} of {plural(among, noun)}{scope} {'is' if count == 1 else 'are'} {state_words(query)}."
        return statement(text, derived=[Derived(float(n), "count") for n in (count, among)])
    if not count and "furthest" in query.wanted:
        return statement(f"No {noun} is shown with its date put back, so none can be said to have slipped furthest.")
    if not count:
        return statement(f"No {noun} is {said}." if said else f"No {noun} was found.", derived=[Derived(0.0, "count")])
    verb = "is" if count == 1 else "are"
    text = f"{plural(count, noun)} {verb} {said}." if said else f"{plural(count, noun)}{' on this' if query.topic else ''}."
    return statement(text, derived=[Derived(float(count), "count")])


def searched(query: Query, heard: set[str], desk: Desk) -> Coverage:
    """Which documents were looked through, and which said nothing."""
    names = documents_for(query, desk)
    return Coverage(documents_searched=len(names), documents_silent=tuple(sorted(names - heard)))


def compose(query: Query, evidence: Evidence, desk: Desk) -> Draft:
    """The count, then each action in the plan's order."""
    if evidence.refusal:
        return refuse.compose(query, evidence, desk)
    if evidence.commitments:
        rows = [c.record for c in evidence.commitments]
        lines = [statement(f"{desk.title(c.place.document)}: “{' '.join(c.quote.split())}”", [c]) for c in rows]
        lines += explain.spoken(evidence.sentences, desk, [c.quote for c in rows])
        return Draft("answered", tuple(lines), rows=tuple(rows), coverage=searched(query, {c.place.document for c in rows}, desk))
    actions = [a.record for a in evidence.actions]
    told = "state" in query.wanted or (("slipped" in query.wanted or query.refs) and len(actions) <= FEW)  # what slipped, to when, and why
    lines = [progress_words(a) if told else statement(f"- {action_words(a)}", [a]) for a in actions[:15]]
    statements = [headline(query, len(actions), evidence.among), *lines]
    return Draft(
        "answered",
        tuple(statements),
        rows=tuple(actions),
        coverage=searched(query, {a.place.document for a in actions}, desk),
        notes=(f"left aside, since no action is about it: {listing(query.unread)}",) if query.unread else (),
    )


KIND = Kind(
    "actions",
    "Lists of actions and commitments",
    ("Which actions due in December 2014 are still amber?", "What did we promise about sibling assessments?"),
    gather,
    compose,
    instead="explain",
    whole=True,
)
