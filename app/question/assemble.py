"""The query of a sentence: its subject, which is what its conditions and its way of asking leave over, and all that was heard of it."""

from __future__ import annotations

import re
from dataclasses import replace

from app.evidence.states import state_of
from app.question.cues import cues, group, words
from app.question.listname import bare_list
from app.question.settle import APART, MEASURED_AGAINST, Heard, premise_of
from app.question.topic import BENCHMARKS, GENERIC, WEAK, asking_terms, disputing_words, facets_of, followed_words, topic_of
from app.question.wanted import unit_in, wanted_in
from app.question.when import iso
from app.question.why import without_asking
from app.types import Query, Span
from ingest.lexicon import lexicon

_SIZE = re.compile(
    r"\b(?:(?:of )?the |what |which |these |those )?(?:two|three|four|five|six|seven|eight|nine|ten|\d{1,2})\b"
    rf"(?=(?:\s+\S+){{0,5}}?\s+{group('counted')})",
    re.I,
)
_BECAUSE = re.compile(r"\b(?:because|due to|owing to|giving|with (?:its|their)|together with)\b.*$", re.I)
_WAY = re.compile(
    r"\b(?:(?:in )?the (?:right|wrong) (?:way|direction)|how (?:close|near)|tough(?:er|est)|strict(?:er|est)|ambitious)\b", re.I
)
_LIMIT = re.compile(r"\b(?:breach(?:ed|ing|es)?|exceed(?:ed|ing|s)?|(?:\d[\d.]*%? )?(?:limit|cap|ceiling|maximum|threshold))\b", re.I)
_UNDERTAKEN = re.compile(r"\b(?:sign(?:ed|ing)? up|agree(?:d|ing)?|commit(?:ted|ting)?) (?:to|for)\b", re.I)
_LISTING = re.compile(rf"\b(?:{'|'.join(sorted(words('listing')))})\b(?!-)", re.I)
_STANDING = re.compile(rf"\b(?:{'|'.join(sorted(words('standing')))})\b(?!-)", re.I)
_SIZE_OF_TWO = re.compile(r"\b(?:the|our|both|these|those) (?:two|three)\b|\bboth\b", re.I)
_STILL_OPEN = re.compile(r"\b(?:is|are|was|were|still|remain(?:s|ed)?) (?:still )?outstanding\b", re.I)
_PARTED = re.compile(
    r"\b(?:(?:in|for|of|by|per|each|every|all|the) )+(?:\w+ )?teams?\b|\bteams? by teams?\b"
    r"|\b(?:broken down|breakdown|split(?!.{0,50}\bbetween\b))\b",
    re.I,
)
_NEXT_CLAUSE = re.compile(r",?\s+and (?=(?:what(?:['’]?s)?|how|who|when|where|which|by)\b)", re.I)
_MILESTONE = re.compile(r"\b(?:milestones?|trajector(?:y|ies)|intended|required|planned)\b", re.I)
TWO_SEEN = re.compile(
    r"\b(?:i|we)(?:['’]ve| have)? (?:also |now )?(?:seen|heard|read|been (?:told|given|shown)|got|found|come across|noticed)\b[^.?!]*"
    r"\b(?:numbers?|figures?|percentages?|versions?|answers?|values?|totals?)\b"
    r"|\b(?:seems?|appears?) to (?:say|give|have|show|print|quote) (?:two|three|several|different)\b[^.?!]*",
    re.I,
)
_SEEN = re.compile(r"\b(?:seen?|saw|seeing)\b", re.I)  # "I have seen two figures" is no visit
_FURTHEST = re.compile(r"\b(?:slipp\w*|furthest|farthest|longest|the most|by most|delay|postponement)\b", re.I)
LISTS = ("measures", "count", "actions")
_A_PLAN = re.compile(rf"\b(?:(?:the|our|this|its|their) )?(?:{group('qualifier')} )+{group('papers')}\b", re.I)


def assembled(heard: Heard, intent: str, wanted: tuple[str, ...]) -> Query:
    """The query, but for where it is asked of (see read.py)."""
    rest = _bare(heard.times.rest, intent, wanted)
    wanted = wanted_in(heard.text, intent, wanted, heard.times.newest)
    if intent == "count":
        wanted, rest = _grouped(heard, wanted, rest)
    if intent in ("actions", "count") and "measures" not in wanted and heard.about_actions:
        rest = bare_list(rest, heard.documents, heard.named.nouns, heard.desk)
    if "table" in wanted:
        rest = re.sub(r"\b(?:data )?table\b", " ", rest, flags=re.I)
    counted = _counted(rest) if "count" in wanted else ()
    premise = premise_of(heard.text)
    if intent in ("trend", "compare", "target"):
        rest = MEASURED_AGAINST.sub(" ", _WAY.sub(" ", rest))
    if premise in ("missed", "met"):
        rest = _LIMIT.sub(" ", rest)
    topic, facets = _subject(heard.text, rest, intent, wanted)
    if heard.met.versus:  # "national indicators" are those that the nation's figures stand beside
        topic, facets = _without(topic, facets, BENCHMARKS)
    return _conditioned(
        Query(
            intent=intent,
            topic=topic,
            facets=facets,
            spans=heard.times.spans,
            periods=tuple(_form(s) for s in heard.times.spans),
            period_text=heard.times.text or heard.met.due_text,
            lead=heard.lead if intent in ("actions", "count") else None,
            shared=heard.shared if intent in ("actions", "count") else None,
            refs=heard.refs,
            wanted=wanted,
            premise=premise,
            counted=counted,
        ),
        heard,
    )


def _conditioned(query: Query, heard: Heard) -> Query:
    """The query with the conditions that were heard, those that a question of its kind can have."""
    met, intent = heard.met, query.intent
    on_time = met.completed and any(state_of(s) == "on track" for s in heard.named.states)
    query = replace(query, wanted=(*query.wanted, "on time")) if on_time and intent in ("actions", "count") else query
    query = replace(query, wanted=(*query.wanted, "first due")) if met.first_due and intent in ("actions", "count") else query
    listed = intent in ("measures", "compare", "count", "actions")
    apart = topic_of(" ".join(m[0] for m in APART.finditer(heard.times.rest))) if intent in ("measures", "count") else ()
    return replace(
        query,
        statuses=() if "furthest" in query.wanted else met.statuses,
        rags=met.rags,
        due_after=met.due_after,
        due_before=met.due_before,
        unit=unit_in(heard.text, met.unit),
        above=met.above,
        below=met.below,
        inclusive=met.inclusive,
        target=met.target,
        target_side=met.target_side,
        margin=met.margin,
        margin_high=met.margin_high,
        margin_above=met.margin_above,
        loose=met.loose,
        completed=met.completed,
        states=_states(heard, "furthest" in query.wanted) if intent in ("actions", "count") else (),
        called=heard.named.nouns if intent in ("actions", "count") else (),
        was_due=heard.named.redated.was,
        now_due=heard.named.redated.now,
        absent=met.absent if intent in ("actions", "count") else (),
        order=met.order if listed and not {"most", "fewest", "furthest"} & set(query.wanted) else None,
        good=met.good if intent in ("measures", "count") else None,
        moved=met.moved if intent in ("measures", "count") else None,
        versus=met.versus if intent in ("measures", "count") else None,
        others=met.others if intent in ("measures", "count") else (),
        limit=met.limit if listed else None,
        apart=apart,
    )


def _states(heard: Heard, furthest: bool) -> tuple[str, ...]:
    """The states asked for: none of being on track for what is done; where a rating says what is meant ("in trouble, that is red or
    amber") only those a document prints."""
    if furthest:  # what slipped furthest is asked, however it stands now
        return tuple(s for s in heard.named.states if state_of(s) != "delayed")
    if heard.met.completed:
        return tuple(s for s in heard.named.states if state_of(s) != "on track")
    if not heard.met.rags:
        return heard.named.states
    printed = {s for name in heard.documents for s in heard.desk.statuses(name)}
    return tuple(s for s in heard.named.states if s in printed)


def _bare(text: str, intent: str, wanted: tuple[str, ...]) -> str:
    """The text without the words that only say how, for a question of its kind."""
    rest = APART.sub(" ", text)
    rest = _SEEN.sub(" ", rest) if intent == "disagreements" else rest
    if intent in (*LISTS, "figure", "target", "trend", "compare"):
        rest = _A_PLAN.sub(" ", rest)
    if intent == "compare":
        rest = _SIZE_OF_TWO.sub(" ", rest)
    if intent == "figure":
        rest = TWO_SEEN.sub(" ", _STILL_OPEN.sub(" ", rest))
    if "parts" in wanted:
        rest = _PARTED.sub(" ", rest)
    if "standing" in wanted:
        rest = _STANDING.sub(" ", rest)
    if intent == "target":
        rest = _MILESTONE.sub(" ", rest)
    if "reason" in wanted:
        rest = without_asking(rest)
    if "furthest" in wanted:
        rest = _FURTHEST.sub(" ", rest)
    if intent in LISTS:
        rest = _BECAUSE.sub(" ", _SIZE.sub(" ", _LISTING.sub(" ", _UNDERTAKEN.sub(" ", rest))))
    return rest


def _grouped(heard: Heard, wanted: tuple[str, ...], rest: str) -> tuple[tuple[str, ...], str]:
    """What a count is by ("by rating"), and the text without the words for it."""
    rest = " ".join(rest.split())
    for name, patterns in cues("grouped").items():
        if any(p.search(rest) for p in patterns) or (name == "rating" and len(heard.met.rags) > 1):
            wanted = (*wanted, f"by {name}")
        for p in patterns:
            rest = p.sub(" ", rest)
    if {"most", "fewest"} & set(wanted):
        name = next(n for n, patterns in cues("most_of").items() if any(p.search(heard.text) for p in patterns))
        wanted = (*wanted, f"by {name}")
        for p in cues("most_of")[name]:
            rest = p.sub(" ", rest)
    return wanted, rest


def _counted(rest: str) -> tuple[str, ...]:
    after = re.split(r"\bhow many\b|\bnumber of\b", rest, flags=re.I)[-1]
    return topic_of(_NEXT_CLAUSE.split(after)[0])


def _subject(text: str, rest: str, intent: str, wanted: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """(topic, its facets)."""
    topic, facets = topic_of(rest), facets_of(rest)
    if intent in ("timeline", "disagreements"):
        asking = followed_words() if intent == "timeline" else disputing_words()
        topic = tuple(t for t in topic if t not in asking)
        facets = tuple(f for facet in facets if (f := tuple(t for t in facet if t in topic)))
    if intent == "explain" and set(topic) <= WEAK and re.search(r"\bofsted\b|\binspect|\baccording to\b", text, re.I):
        topic += asking_terms(rest)
    if "count" in wanted:
        topic += tuple(t for t in GENERIC if t in lexicon().terms(rest) and t not in topic)
    return topic, facets


def _without(
    topic: tuple[str, ...], facets: tuple[tuple[str, ...], ...], terms: frozenset[str]
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    kept = (tuple(t for t in facet if t not in terms) for facet in facets)
    return tuple(t for t in topic if t not in terms), tuple(f for f in kept if f)


def _form(span: Span) -> str:
    if span.last == span.first:
        return iso(span.last)
    if span.last - span.first == 2 and not span.whole:
        return span.label[3:] + "-" + span.label[:2]
    return span.label
