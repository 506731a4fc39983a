"""One sentence of a question: where it is asked of, its conditions and times, what is wanted, and its subject."""

from __future__ import annotations

import re
from dataclasses import replace

from app.evidence.desk import Desk
from app.evidence.figures import documents_for
from app.question.assemble import LISTS, TWO_SEEN, assembled
from app.question.benchmarks import versus_in
from app.question.broad import of_a_document, of_a_field
from app.question.changes import change_in
from app.question.cues import group
from app.question.domain import of_one_plan
from app.question.filters import Conditions, conditions
from app.question.intent import intent_of
from app.question.leads import held_by, led_list
from app.question.listname import bare_list, of_a_named_list
from app.question.named import hidden, shown
from app.question.parts import part_in
from app.question.refs import refs_in
from app.question.settle import Heard, Named, settled
from app.question.spelling import strange_names
from app.question.states import held_in, noun_in, printed_in, redated_in, said_in
from app.question.subject import beside, said_as, unread
from app.question.times import Times, times_in, with_due_years, with_plan_years, without_own_year
from app.question.topic import topic_of
from app.question.when import mentions
from app.question.where import Scope, scope, years_of
from app.types import Query
from ingest.vocabulary import authorities

_DUE = re.compile(
    r"\b(?:over)?due\b|\bdeadlines?\b|\b(?:should|ought to|were to|was to|meant to|supposed to)(?:['’]?ve| have)? (?:have )?be(?:en)?"
    r" (?:finished|done|completed?|delivered|closed) by\b",
    re.I,
)
_TO_BE_DONE = re.compile(rf"\b(?:{group('due')}|{group('late')})\b", re.I)
_AIMED = re.compile(
    r"\b(?:which|what|any|list|show)\b(?:\s+[\w%'’.-]+){0,5}?\s+targets?\b(?:\s+\w+){0,3}?\s+(?:(?:fall|falls|fell|falling|came|come|comes|become"
    r"|became)? ?due|(?:set|meant|supposed|to be) (?:for|to be|\w+ (?:by|for)))\b",
    re.I,
)
_ACTIONS = re.compile(r"\bactions?\b(?! plans?\b)", re.I)
_DUE_TO = re.compile(r"\bdue to\b(?!\s+(?:end|finish|start|be|complete|conclude|close|begin))", re.I)
_FIGURES = re.compile(r"\b(?:kpis?|measures?|indicators?|percentages?|figures?|rates?)\b", re.I)
_WORKS = re.compile(  # "which of the council's projects are red?"
    r"\b(?P<asks>which|what|whats|how many|any|all|list|show)\b(?:\s+of)?(?:\s+(?:the|our|their|its|these|those|[\w'’]*['’]s?))*"
    r"\s+(?:big |main |key |major |capital )?(?:projects|schemes|initiatives|deliverables|proposals|pledges|undertakings|pieces of work)\b",
    re.I,
)
_LISTED = re.compile(r"^\W*(?:and |so |ok |but )*(?:which|what|anything|is anything|are any|list|show|how many|give|name|tell)\b", re.I)
_THINGS = re.compile(rf"\b(?:big |main |key |major )?{group('things')}\b", re.I)
_TROUBLE = re.compile(r"\b(?:risks?|challenges?|problems?|concerns?|issues?|worr(?:y|ies)|weakness(?:es)?)\b", re.I)
_SLIPPED = re.compile(rf"\b{group('slipping')}\b", re.I)


def read(text: str, aside: str, desk: Desk) -> Query:
    """The query of a sentence. `aside`: the sentences beside it that ask nothing, which may set its place, time and conditions."""
    where = scope(text, desk, authorities())
    told = scope(aside, desk, authorities()) if aside else None
    heard = _heard(where, told, aside, desk)
    intent, wanted = settled(heard)
    if heard.slipped and "furthest" not in wanted:
        heard = replace(heard, met=replace(heard.met, statuses=heard.met.statuses or ("off_target",)))
    query = _placed(assembled(heard, intent, wanted), heard, told)
    listed = query.intent in ("measures", "count") and "actions" not in query.wanted
    if listed and (heard.conditioned or query.rags):
        query = _about(query, heard.met.rest, unread(heard.met.rest, query.topic, desk))
    elif query.intent in ("actions", "count") and heard.named_conditions:
        query = _about(query, heard.met.rest, beside(heard.met.rest, query.topic, heard.documents, desk))
    if aimed_in(where.neutral) and query.intent in ("measures", "figure", "target", "explain", "deadline"):
        query = replace(query, intent="measures", wanted=(*query.wanted, "aimed"))
    if query.order and query.order.startswith("value") and not query.topic and (m := _TROUBLE.search(where.neutral)):
        query = _troubles(query, m[0])
    query = of_a_document(of_a_field(query, heard), heard)
    return _by_year(of_one_plan(of_a_named_list(query, where.neutral, desk), desk), desk)


def _troubles(query: Query, word: str) -> Query:
    """ "What are the biggest risks?": what the documents tell of them, and where they tell of none how things stand; no largest number."""
    bare = replace(query, order=None, limit=None, unread=(), wanted=())
    topic = topic_of(word)
    if topic and word.lower().startswith("risk"):  # of risks plans tell by that name; troubles they call what they are
        return replace(bare, intent="explain", topic=topic, facets=(topic,))
    return replace(bare, intent="briefing", wanted=("standing", "change"))


def _heard(where: Scope, told: Scope | None, aside: str, desk: Desk) -> Heard:
    """The sentence taken apart, in an order in which each part is taken out before the next is looked for."""
    text = where.neutral
    first, wanted = intent_of(text, False, 0)
    listed = first in ("actions", "count") and "measures" not in wanted
    dated = bool(_DUE.search(text)) and not _DUE_TO.search(text) and not aimed_in(text)
    works = bool(_WORKS.search(text)) and not _FIGURES.search(text)
    about_actions = listed or dated or works or bool(_ACTIONS.search(text))
    within = documents_for(Query("actions", documents=where.documents, authorities=where.authorities), desk)
    slipped = "slipped" in wanted or ("delayed" in wanted and len(within) == 1 and bool(_SLIPPED.search(text)))
    slipped = slipped and not _FIGURES.search(text) and not held_in(where.rest, within, desk) and not _went_back(text, within, desk)
    if slipped:  # of one plan asked about, what it rates as late; between plans, what was given a later date
        where = replace(where, rest=_SLIPPED.sub(" ", where.rest))
    part = part_in(where.rest, where.meant(desk.entries), desk)
    if about_actions:
        part = replace(part, rest=without_own_year(part.rest, within, desk))
    elif first != "figure":  # one figure may be told of the year without its date
        part = replace(part, rest=with_plan_years(part.rest, within, desk))
    if works:
        part = replace(part, rest=_WORKS.sub(lambda m: m["asks"], part.rest))
    refs, rest = refs_in(part.rest, within, desk, about_actions)
    about_actions = about_actions or bool(refs)
    rest = with_due_years(rest, within, desk) if about_actions and (dated or _TO_BE_DONE.search(rest)) else rest
    lead, shared, rest = held_by(rest, desk, listed or dated or led_list(rest))
    named = _named(rest, within, about_actions or bool(lead) or shared is not None, desk)
    about_actions = about_actions or bool(lead) or shared is not None or named.actions
    slipped = slipped and not named.redated.asked and not named.states
    met, times = _limits(named.rest, told, about_actions, desk, _asked_of(where, desk))
    return Heard(text, aside, where, part, met, times, lead, refs, about_actions, slipped, first, desk, named, shared)


def aimed_in(text: str) -> bool:
    """True where the targets that are set for a time are asked for ("which 100% targets fall due in March?"), not what is to be done."""
    return bool(_AIMED.search(text)) and not _ACTIONS.search(text) and bool(mentions(text))


def _went_back(text: str, documents: frozenset[str], desk: Desk) -> bool:
    """True where "what has slipped since quarter 1" asks for figures: the documents give some for two times, and no actions are named."""
    if _ACTIONS.search(text) or change_in(text) is None:
        return False
    times = {m.span for m in desk.measures if m.span and m.record.place.document in documents and not desk.in_prose(m.record)}
    return len(times) > 1


def _named(rest: str, documents: frozenset[str], about_actions: bool, desk: Desk) -> Named:
    """How the actions asked for are called and stand, where the sentence is about actions or says so in a document's own words."""
    nouns = noun_in(rest, documents, desk)
    states = printed_in(rest, documents, desk)
    bare = _THINGS.sub(" ", states.rest)
    subject = topic_of(bare_list(said_in(bare, documents, desk).rest, documents, nouns, desk))
    if not (about_actions or nouns) and _LISTED.search(rest) and (states.printed or held_in(rest, documents, desk)):
        about_actions = not subject or (states.printed and bare != states.rest)
    if not (about_actions or nouns) or _FIGURES.search(rest):
        return Named(rest, nouns)
    redated = redated_in(states.rest, documents, desk)
    known = states.printed or bool(nouns) or held_in(rest, documents, desk)
    if not states.printed:
        states = said_in(redated.rest, documents, desk)
    left = _THINGS.sub(" ", redated.rest) if states.printed else states.rest
    return Named(left, nouns, states.states, redated, actions=known, bare=subject)


def _asked_of(where: Scope, desk: Desk) -> frozenset[str]:
    """The documents named, or those of the councils named; none where none is."""
    return frozenset(where.documents) or frozenset(e.name for e in desk.entries if e.authority in where.authorities)


def _limits(rest: str, told: Scope | None, about_actions: bool, desk: Desk, within: frozenset[str]) -> tuple[Conditions, Times]:
    """Conditions and times, with those that only the sentences beside it set."""
    versus = None if _ACTIONS.search(rest) else versus_in(rest, within or frozenset(e.name for e in desk.entries), desk)
    rest, kept = hidden(versus.rest if versus else rest, desk)
    met = conditions(rest, about_actions)
    met = replace(met, rest=shown(met.rest, kept))
    if versus:  # a margin said beside it is from the others, not from a target
        met = replace(met, versus=versus.way, others=versus.names, statuses=(), moved=None)
    met = _added(met, conditions(told.rest, about_actions)) if told else met
    times = times_in(met.rest, desk, within)
    if not times.spans and told:
        side = times_in(told.rest, desk, within)
        times = replace(times, spans=side.spans, text=side.text)
    return met, times


def _placed(query: Query, heard: Heard, told: Scope | None) -> Query:
    """The query with where it is asked of; the names of what the library does not hold are no subject."""
    where, part, desk = heard.where, heard.part, heard.desk
    apart = told if told and not heard.times.spans and not where.documents and not where.authorities else None
    authorities = where.authorities or (apart.authorities if apart else ())
    strange = {t for name in where.unknown for t in topic_of(name)}
    named = " ".join(where.unknown)
    return replace(
        query,
        part=part.part,
        pages=part.pages,
        heading=part.heading,
        sides=where.sides,
        topic=tuple(t for t in query.topic if t not in strange),
        facets=tuple(f for facet in query.facets if (f := tuple(t for t in facet if t not in strange))),
        context=_aside_topic(told, query.intent, desk) if told else (),
        authority=authorities[0] if len(authorities) == 1 else None,
        authorities=authorities,
        documents=where.documents or (told.documents if told and not heard.times.spans else ()),
        unknown=(*where.unknown, *heard.times.unresolved, *(n for n in strange_names(where.rest, desk) if n not in named)),
    )


def _about(query: Query, text: str, left: tuple[str, ...]) -> Query:
    """A list's query without the words that name no subject; the asker is told of them."""
    if not left:
        return query
    facets = tuple(f for facet in query.facets if (f := tuple(t for t in facet if t not in left)))
    words = tuple(dict.fromkeys(said_as(t, text) for t in left))
    return replace(query, topic=tuple(t for t in query.topic if t not in left), facets=facets, unread=words)


def _added(met: Conditions, aside: Conditions) -> Conditions:
    """The conditions with a bound that only a sentence beside the question sets: "... by miles. I mean more than 30 points.\""""
    if aside.margin is not None and (met.margin is None or met.loose):
        met = replace(met, margin=aside.margin, margin_high=aside.margin_high, margin_above=aside.margin_above, loose=aside.loose)
        met = replace(met, inclusive=aside.inclusive, unit=aside.unit or met.unit, statuses=met.statuses or aside.statuses)
    if (aside.above is not None or aside.below is not None) and met.above is None and met.below is None and met.margin is None:
        met = replace(met, above=aside.above, below=aside.below, inclusive=aside.inclusive, unit=aside.unit)
    if aside.rags and not met.rags:  # "what are we just short on? The amber ones, I mean"
        met = replace(met, rags=aside.rags)
        met = replace(met, margin=None, margin_high=None, loose=None, statuses=(), unit=None) if met.loose else met
    return met


def _aside_topic(told: Scope, intent: str, desk: Desk) -> tuple[str, ...]:
    """What the sentences that ask nothing add to the subject; to a list only the field's own terms, not chatter."""
    found = topic_of(TWO_SEEN.sub(" ", times_in(told.rest, desk).rest))
    return tuple(t for t in found if t.startswith("@")) if intent in LISTS else found


def _by_year(query: Query, desk: Desk) -> Query:
    """A bare year that no figure is wanted for narrows to the documents that speak for it, where there are any."""
    years = [s for s in query.spans if s.whole and s.first % 12 == 0 and s.last - s.first == 11]
    if not years or query.documents or len(query.spans) > len(years):
        return query
    pool = [e for e in desk.entries if not query.authorities or e.authority in query.authorities]
    titled = [e for e in pool if any(y.first // 12 in years_of(e) for y in years)]
    if not titled or len(years) > 1:
        return query
    return replace(query, documents=tuple(e.name for e in titled))
