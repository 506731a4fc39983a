"""The question, after the earlier ones, as a typed query: who and where, when, under which conditions, about what, asking for what."""

from __future__ import annotations

import re
from dataclasses import replace

from app.evidence.desk import Desk
from app.evidence.match import match, weigh
from app.question.correct import corrected
from app.question.cues import cues, group, words
from app.question.filters import Conditions, conditions
from app.question.followup import inherit, leans_back
from app.question.instructions import set_aside, to_be_said
from app.question.intent import intent_of
from app.question.leads import lead_in
from app.question.parts import Part, part_in
from app.question.preamble import plain_question
from app.question.spelling import mend, strange_names
from app.question.subject import said_as, unread
from app.question.times import Times, times_in
from app.question.topic import BENCHMARKS, GENERIC, WEAK, asking_terms, disputing_words, facets_of, followed_words, topic_of
from app.question.wanted import unit_in, wanted_in
from app.question.when import iso, span_of
from app.question.where import Scope, scope, years_of
from app.types import Query, Question, Span
from ingest.lexicon import lexicon, stem, tokens
from ingest.vocabulary import authorities

_ASKS = re.compile(rf"\s*(?:please |and |so |ok |but )*{group('asks')}\b", re.I)
_REF = re.compile(
    r"\b(?:actions?|ref(?:erence)?|item|recommendation|no\.?|number)\s+(?:no\.?\s*|number\s+)?(\d{1,3}(?:\.\d{1,2})?)\b(?!\s*(?:%|per|days|weeks|months|working))",
    re.I,
)
_SIZE = re.compile(
    r"\b(?:(?:of )?the |what |which |these |those )?(?:two|three|four|five|six|seven|eight|nine|ten|\d{1,2})\b"
    rf"(?=(?:\s+\S+){{0,5}}?\s+{group('counted')})",
    re.I,
)
_BECAUSE = re.compile(r"\b(?:because|due to|owing to|giving|with (?:its|their)|together with)\b.*$", re.I)
_APART = re.compile(
    r"\b(?:rather than|other than|instead of|as opposed to|excluding|except(?: for)?|apart from|not (?:counting|including)"
    r"|leaving (?:out|aside)|setting aside|ignoring|aside from)\b[^,.;?]*",
    re.I,
)
_DUE_TO = re.compile(r"\bdue to\b(?!\s+(?:end|finish|start|be|complete|conclude|close|begin))", re.I)
_MEASURED_AGAINST = re.compile(r"(?<!good or )\b(?:better|worse|improv(?:ed|ing|e)|higher|lower|the rest of)\b(?! (?:plan|board))", re.I)
_WAY = re.compile(
    r"\b(?:(?:in )?the (?:right|wrong) (?:way|direction)|how (?:close|near)|tough(?:er|est)|strict(?:er|est)|ambitious)\b", re.I
)
_LIMIT = re.compile(r"\b(?:breach(?:ed|ing|es)?|exceed(?:ed|ing|s)?|(?:\d[\d.]*%? )?(?:limit|cap|ceiling|maximum|threshold))\b", re.I)
_WHETHER = re.compile(r"^(?:(?:so|and|but|ok(?:ay)?)\W+)*(?:did|do|does|have|has|had|is|are|was|were)\b", re.I)
_HOW_MANY = re.compile(r"\bhow many (?:were|are|was|did we|have we)\b", re.I)
_LISTING = re.compile(rf"\b(?:{'|'.join(sorted(words('listing')))})\b(?!-)", re.I)
_STANDING = re.compile(rf"\b(?:{'|'.join(sorted(words('standing')))})\b(?!-)", re.I)
_SIZE_OF_TWO = re.compile(r"\b(?:the|our|both|these|those) (?:two|three)\b|\bboth\b", re.I)
_ALL = re.compile(
    rf"\b(?:all|every|each)\b(?: of)?(?: the| our)? (?:\S+ ){{0,3}}?{group('measures')}\b|\beverything\b.{{0,30}}\b{group('measures')}\b",
    re.I,
)
_STILL_OPEN = re.compile(r"\b(?:is|are|was|were|still|remain(?:s|ed)?) (?:still )?outstanding\b", re.I)
_PARTED = re.compile(
    r"\b(?:(?:in|for|of|by|per|each|every|all|the) )+(?:\w+ )?teams?\b|\bteams? by teams?\b"
    r"|\b(?:broken down|breakdown|split(?!.{0,50}\bbetween\b))\b",
    re.I,
)
_NEXT_CLAUSE = re.compile(r",?\s+and (?=(?:what(?:['’]?s)?|how|who|when|where|which|by)\b)", re.I)
_HAPPENED = re.compile(rf"\bhappen(?:ed|ing|s) (?:to|with) (?:\S+ ){{0,7}}?{group('measured')}\b", re.I)
_MILESTONE = re.compile(r"\b(?:milestones?|trajector(?:y|ies)|intended|required|planned)\b", re.I)
_TWO_SEEN = re.compile(
    r"\b(?:i|we)(?:['’]ve| have)? (?:also |now )?(?:seen|heard|read|been (?:told|given|shown)|got|found|come across|noticed)\b[^.?!]*"
    r"\b(?:numbers?|figures?|percentages?|versions?|answers?|values?|totals?)\b"
    r"|\b(?:seems?|appears?) to (?:say|give|have|show|print|quote) (?:two|three|several|different)\b[^.?!]*",
    re.I,
)
_NAMED = 0.8  # coverage from which a measure's name says the subject
_FIGURES = re.compile(r"\b(?:kpis?|measures?|indicators?|percentages?|figures?|rates?)\b", re.I)
_SLIPPED = re.compile(rf"\b{group('slipping')}\b", re.I)
_SEEN = re.compile(r"\b(?:seen?|saw|seeing)\b", re.I)  # "I have seen two figures" is no visit
_LISTS = ("measures", "count", "actions")
_A_PLAN = re.compile(rf"\b(?:(?:the|our|this|its|their) )?(?:{group('qualifier')} )+{group('papers')}\b", re.I)
_WHY_ASKED = re.compile(rf"\b{group('why')}\b", re.I)
_MANY = re.compile(rf"\b{group('measures')}\b|\b(?:which|what) (?:things|ones|\w+s)\b|\bwhere\b", re.I)
_ONE = re.compile(
    r"\b(?:what|which)(?:'s| is| was| were| are)? (?:the )?(?:percentage|proportion|share|number|rate|figure)\b"
    r"|\bhow (?:many|much|long|far)\b",
    re.I,
)


def _premise(text: str) -> str | None:
    return next((name for name, patterns in cues("premise").items() if any(p.search(text) for p in patterns)), None)


def _sentences(text: str) -> tuple[str, str]:
    """(the sentences that ask, the others): "Compliments I mean" tells of the subject but asks nothing."""
    parts = [p for p in re.split(r"(?<=[.?!])\s+", text) if p.strip()]
    asking = [p for p in parts if p.rstrip().endswith("?") or _ASKS.match(p)]
    if not asking:
        return text, ""
    telling = [p for p in asking if intent_of(p, False, 0) != ("explain", ())]
    asking = telling or asking
    return " ".join(asking), " ".join(p for p in parts if p not in asking)


def understand(question: Question, desk: Desk) -> Query:
    """What the question asks, the earlier questions taken into account where it leans on them."""
    earlier = (
        understand(Question(question.history[-1], question.history[:-1], corrections=question.corrections), desk)
        if question.history
        else None
    )
    plain, ignored = set_aside(question.text)
    text = plain_question(mend(re.sub(r"\b(?:at )?christmas\b", "in December", plain, flags=re.I), desk))
    asking, aside = _sentences(text)
    query = _read(asking, aside, desk)
    if aside and not query.topic and query.context and query.intent not in ("measures", "count", "out_of_scope", "documents"):
        query = _read(text, "", desk)  # "Visits, June 2019: the pages differ. State both."
    if aside and (beside := intent_of(aside, False, 0))[0] == "out_of_scope":  # "I'd like their names."
        query = replace(query, intent=beside[0], wanted=beside[1])
    if ignored:
        query = replace(query, ignored=ignored)
        if any(intent_of(told, False, 0)[0] == "out_of_scope" for told in ignored):  # "pretend that …, and write me two lines saying so"
            query = replace(query, intent="out_of_scope", wanted=())
        if query.statuses and query.topic and query.intent == "measures":  # "Confirm that we met it."
            query = replace(query, intent="target", wanted=("target",))
        elif query.statuses and not query.topic and query.intent != "out_of_scope":
            query = query if query.intent == "count" else replace(query, intent="measures", wanted=())
        elif not query.topic and query.intent != "out_of_scope":
            told = _read(mend(" . ".join(ignored), desk), "", desk)
            found = "figure" if told.topic else "out_of_scope"
            query = replace(
                query,
                intent=found,
                wanted=("value", "target"),
                topic=told.topic,
                facets=told.facets,
                documents=query.documents or told.documents,
            )
    if ignored and query.topic and query.intent in ("explain", "progress", "figure", "target") and to_be_said(question.text, asking):
        query = replace(query, intent="figure", wanted=("value", "target", "asserted"))
    if earlier and leans_back(question.text, query):
        query = inherit(query, _dated(earlier, query, desk), question.text)
    query = corrected(query, question)
    return replace(query, spelt=_spelt(question, {*query.topic, *query.context, *query.counted}))


def _spelt(question: Question, terms: set[str]) -> tuple[tuple[str, str], ...]:
    """The word that the asker used for each term, the last one where there are several: "safety" for the stem "safet"."""
    own = {stem(word): word for text in (*question.history, question.text) for word in tokens(text)}
    return tuple(sorted((term, own[term]) for term in terms if term in own))


def _dated(earlier: Query, query: Query, desk: Desk) -> Query:
    """The earlier query with the periods of the documents it named, where this one sets another time beside it."""
    if query.intent not in ("trend", "compare") or not query.spans or earlier.spans or not earlier.documents:
        return earlier
    periods = tuple(p for name in earlier.documents if (e := desk.entry(name)) and (p := span_of(e.period)))
    return replace(earlier, spans=periods)


def _read(text: str, aside: str, desk: Desk) -> Query:
    where = scope(text, desk.entries, authorities())
    told = scope(aside, desk.entries, authorities()) if aside else None
    text = where.neutral
    first, wanted = intent_of(text, False, 0)
    listed = first in ("actions", "count") and "measures" not in wanted
    dated = bool(re.search(r"\b(?:over)?due\b|\bdeadlines?\b", text, re.I)) and not re.search(
        r"\bdue to\b(?!\s+(?:end|finish|start|be|complete|conclude|close|begin))", text, re.I
    )
    about_actions = listed or dated or bool(re.search(r"\bactions?\b(?! plans?\b)", text, re.I))
    slipped = "slipped" in wanted or ("delayed" in wanted and len(where.documents) == 1 and bool(_SLIPPED.search(text)))
    slipped = slipped and not _FIGURES.search(text)
    if slipped:  # of one plan asked about, what it rates as late; between plans, what was given a later date
        where = replace(where, rest=_SLIPPED.sub(" ", where.rest))
    part = part_in(where.rest, desk)
    refs = tuple(m[1] for m in _REF.finditer(part.rest)) if about_actions else ()
    rest = _REF.sub(" ", part.rest) if refs else part.rest
    lead, rest = lead_in(rest, desk) if listed or dated else (None, rest)
    met = conditions(rest, about_actions)
    met = _added(met, conditions(told.rest, about_actions)) if told else met
    times = times_in(met.rest, desk)
    if not times.spans and told:
        side = times_in(told.rest, desk)
        times = replace(times, spans=side.spans, text=side.text)
    conditioned = bool(
        met.statuses
        or met.above is not None
        or met.below is not None
        or met.target is not None
        or met.margin is not None
        or met.order
        or met.moved
    )
    intent, wanted = intent_of(text, conditioned or bool(met.rags and not about_actions), len(times.spans))
    if aside and intent_of(aside, False, 0)[0] == "disagreements":  # "I have seen two numbers."
        intent, wanted = "disagreements", ()
    if aside and intent in ("explain", "progress"):
        whole, asked = intent_of(f"{text} {aside}", conditioned, len(times.spans))
        intent, wanted = (whole, asked) if whole in ("figure", "trend", "compare") else (intent, wanted)
        told_first = intent_of(f"{aside} {text}", False, 0)  # "We promised it. Did it happen?"
        intent, wanted = told_first if told_first[0] == "timeline" else (intent, wanted)
    if "slipped" in wanted and not slipped:
        intent, wanted = "measures", ()  # "which KPIs slipped below 70%?"
    if intent == "trend" and times.newest and len(times.spans) == 1:
        intent, wanted = "compare", ("value",)
    if (
        max(len(where.sides), len(where.authorities)) > 1
        and not about_actions
        and re.search(r"\btargets?\b", text, re.I)
        and topic_of(met.rest)
    ):
        intent, wanted = "target", ("target",)
    if len(where.sides) > 1 and intent in ("figure", "explain", "trend") and not about_actions and _measured(topic_of(met.rest), desk):
        intent, wanted = "compare", ("value",)
    if len(times.spans) > 1 and intent in ("progress", "explain") and _MEASURED_AGAINST.search(text) and _WHETHER.search(text):
        intent, wanted = "compare", ("value",)
    if intent in ("trend", "progress") and BENCHMARKS & set(topic_of(met.rest)):
        intent, wanted = "compare", ("value",)
    if met.statuses and intent in ("progress", "explain", "figure") and not about_actions and _WHETHER.search(text) and topic_of(met.rest):
        intent, wanted = "target", ("target",)  # "did we hit the target for visits?"
    if intent in ("measures", "figure", "progress") and about_actions and (met.rags or met.due_text or lead) and first != "progress":
        intent = "actions"
    if met.statuses and intent in ("figure", "explain", "progress", "measures") and _HOW_MANY.search(text):
        intent, wanted = "count", ("measures",)
    if intent == "progress" and not about_actions and _HAPPENED.search(text):
        intent, wanted = "trend", ("change",)
    if intent in ("explain", "target", "figure", "progress") and not about_actions and _lists_all(text, met, times, part):
        intent, wanted = "measures", ()
    if met.rags and intent == "figure" and not refs and _HOW_MANY.search(text):
        intent, wanted = "count", ("actions",)  # "of the things promised, how many were still amber?"
    if slipped:
        intent, wanted = "actions", ("slipped",)
        met = replace(met, statuses=met.statuses or ("off_target",))
    query = _assemble(intent, wanted, text, met, times, lead if intent in ("actions", "count") else None, refs)
    strange = {t for name in where.unknown for t in topic_of(name)}
    query = replace(
        query,
        part=part.part,
        pages=part.pages,
        heading=part.heading,
        sides=where.sides,
        topic=tuple(t for t in query.topic if t not in strange),
        facets=tuple(f for facet in query.facets if (f := tuple(t for t in facet if t not in strange))),
        context=_aside_topic(told, intent, desk) if told else (),
        authority=where.authorities[0] if len(where.authorities) == 1 else None,
        authorities=where.authorities,
        documents=where.documents or (told.documents if told and not times.spans else ()),
        unknown=(*where.unknown, *times.unresolved, *(n for n in strange_names(where.rest, desk) if n not in " ".join(where.unknown))),
    )
    if query.intent in ("measures", "count") and "actions" not in query.wanted and (conditioned or query.rags):
        query = _about(query, met.rest, desk)
    return _by_year(query, desk)


def _about(query: Query, text: str, desk: Desk) -> Query:
    """A list's query without the words that name no subject; the asker is told of them."""
    left = unread(text, query.topic, desk)
    if not left:
        return query
    facets = tuple(f for facet in query.facets if (f := tuple(t for t in facet if t not in left)))
    words = tuple(dict.fromkeys(said_as(t, text) for t in left))
    return replace(query, topic=tuple(t for t in query.topic if t not in left), facets=facets, unread=words)


def _measured(topic: tuple[str, ...], desk: Desk) -> bool:
    """True where the name of a measure says nearly all of a subject."""
    asked = weigh(topic, desk)
    return bool(asked) and any(match(asked, m.name, frozenset(), desk).coverage >= _NAMED for m in desk.measures)


def _lists_all(text: str, met: Conditions, times: Times, part: Part) -> bool:
    """True where nothing but conditions is asked: "Q2 performance: what is below target?" lists every measure that satisfies them."""
    if not _WHY_ASKED.search(text) and (_ALL.search(text) or (part != Part(part.rest) and _MANY.search(text) and not _ONE.search(text))):
        return "promise" not in text.lower()
    judged = met.statuses or met.margin is not None
    if judged and part != Part(part.rest) and not _WHY_ASKED.search(text) and not _WHETHER.search(text):
        return True  # "what was hit under aim 3"
    bound = met.above is not None or met.below is not None
    if not (judged or bound) or _premise(text) or _WHY_ASKED.search(text):
        return False
    bare = not topic_of(_APART.sub(" ", times.rest))
    return bare if judged and not bound else bool(_MANY.search(text)) and not _ONE.search(text)


def _added(met: Conditions, aside: Conditions) -> Conditions:
    """The conditions with a bound that only a sentence beside the question sets: "... by miles. I mean more than 30 points.\""""
    if aside.margin is not None and (met.margin is None or met.loose):
        met = replace(met, margin=aside.margin, margin_high=aside.margin_high, margin_above=aside.margin_above, loose=aside.loose)
        met = replace(met, inclusive=aside.inclusive, unit=aside.unit or met.unit, statuses=met.statuses or aside.statuses)
    if (aside.above is not None or aside.below is not None) and met.above is None and met.below is None and met.margin is None:
        met = replace(met, above=aside.above, below=aside.below, inclusive=aside.inclusive, unit=aside.unit)
    return met


def _aside_topic(told: Scope, intent: str, desk: Desk) -> tuple[str, ...]:
    """What the sentences that ask nothing add to the subject; to a list only the field's own terms, not chatter."""
    found = topic_of(_TWO_SEEN.sub(" ", times_in(told.rest, desk).rest))
    return tuple(t for t in found if t.startswith("@")) if intent in _LISTS else found


def _assemble(
    intent: str, wanted: tuple[str, ...], text: str, met: Conditions, times: Times, lead: str | None, refs: tuple[str, ...]
) -> Query:
    rest = _APART.sub(" ", times.rest)
    rest = _SEEN.sub(" ", rest) if intent == "disagreements" else rest
    if intent in (*_LISTS, "figure", "target", "trend", "compare"):
        rest = _A_PLAN.sub(" ", rest)
    if intent == "compare":
        rest = _SIZE_OF_TWO.sub(" ", rest)
    if intent == "figure":
        rest = _TWO_SEEN.sub(" ", _STILL_OPEN.sub(" ", rest))
    if "parts" in wanted:
        rest = _PARTED.sub(" ", rest)
    if "standing" in wanted:
        rest = _STANDING.sub(" ", rest)
    if intent == "target":
        rest = _MILESTONE.sub(" ", rest)
    if intent in _LISTS:
        rest = _LISTING.sub(" ", rest)
        rest = _BECAUSE.sub(" ", _SIZE.sub(" ", rest))
    wanted = wanted_in(text, intent, wanted, times.newest)
    if intent == "count":
        for name, patterns in cues("grouped").items():
            if any(p.search(rest) for p in patterns) or (name == "rating" and len(met.rags) > 1):
                wanted = (*wanted, f"by {name}")
            for p in patterns:
                rest = p.sub(" ", rest)
    if "table" in wanted:
        rest = re.sub(r"\b(?:data )?table\b", " ", rest, flags=re.I)
    counted = topic_of(_NEXT_CLAUSE.split(re.split(r"\bhow many\b|\bnumber of\b", rest, flags=re.I)[-1])[0]) if "count" in wanted else ()
    if intent in ("trend", "compare", "target"):
        rest = _MEASURED_AGAINST.sub(" ", _WAY.sub(" ", rest))
    premise = _premise(text)
    if premise in ("missed", "met"):
        rest = _LIMIT.sub(" ", rest)
    topic = topic_of(rest)
    facets = facets_of(rest)
    if intent in ("timeline", "disagreements"):
        asking = followed_words() if intent == "timeline" else disputing_words()
        topic = tuple(t for t in topic if t not in asking)
        facets = tuple(f for facet in facets if (f := tuple(t for t in facet if t in topic)))
    if intent == "explain" and set(topic) <= WEAK and re.search(r"\bofsted\b|\binspect|\baccording to\b", text, re.I):
        topic += asking_terms(rest)
    if "count" in wanted:
        topic += tuple(t for t in GENERIC if t in lexicon().terms(rest) and t not in topic)
    return Query(
        intent=intent,
        topic=topic,
        facets=facets,
        spans=times.spans,
        periods=tuple(_form(s) for s in times.spans),
        period_text=times.text or met.due_text,
        statuses=met.statuses,
        rags=met.rags,
        lead=lead,
        refs=refs,
        due_after=met.due_after,
        due_before=met.due_before,
        unit=unit_in(text, met.unit),
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
        absent=met.absent if intent in ("actions", "count") else (),
        order=met.order if intent in ("measures", "compare", "count", "actions") else None,
        moved=met.moved if intent in ("measures", "count") else None,
        limit=met.limit if intent in ("measures", "compare", "count", "actions") else None,
        wanted=wanted,
        premise=premise,
        apart=topic_of(" ".join(m[0] for m in _APART.finditer(times.rest))) if intent in ("measures", "count") else (),
        counted=counted,
    )


def _form(span: Span) -> str:
    if span.last == span.first:
        return iso(span.last)
    if span.last - span.first == 2 and not span.whole:
        return span.label[3:] + "-" + span.label[:2]
    return span.label


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
