"""The question, after the earlier ones, as a typed query: who and where, when, under which conditions, about what, asking for what."""

from __future__ import annotations

import re
from dataclasses import replace

from app.evidence.desk import Desk
from app.evidence.figures import documents_for
from app.evidence.strangers import strangers
from app.question.correct import corrected
from app.question.cues import group
from app.question.followup import inherit, leans_back, of_that_lead
from app.question.instructions import set_aside, to_be_said
from app.question.intent import intent_of
from app.question.keywords import as_question
from app.question.own_words import own_words
from app.question.preamble import plain_question
from app.question.read import read
from app.question.spelling import mend
from app.question.when import span_of
from app.question.wordclass import framing, unheard
from app.types import Query, Question

_CHRISTMAS = re.compile(
    r"\b(?:(?P<edge>by|before|until|till|after|since) |(?:at|over|for) )?(?:the )?christmas\b(?: day| eve| break| holidays?)?", re.I
)
_THEREFORE = re.compile(r"[,;]?\s+(?:[-–]\s+)?(?=(?:so|but|and yet|yet|then) (?:why|how come|what)\b)", re.I)  # "…, so why did it fall?"
_ASKS = re.compile(rf"\s*(?:please |and |so |ok |but )*{group('asks')}\b", re.I)


def _sentences(text: str) -> tuple[str, str]:
    """(the sentences that ask, the others): "Compliments I mean" tells of the subject but asks nothing."""
    parts = [p for p in re.split(r"(?<=[.?!])\s+", _THEREFORE.sub(". ", text)) if p.strip()]
    asking = [p for p in parts if p.rstrip().endswith("?") or _ASKS.match(p)]
    if not asking:
        return text, ""
    telling = [p for p in asking if intent_of(p, False, 0) != ("explain", ())]
    asking = telling or asking
    return " ".join(asking), " ".join(p for p in parts if p not in asking)


def _in_december(m: re.Match[str]) -> str:
    """ "by December" for "before Christmas": what is due in December is due before Christmas as people say it."""
    edge = (m["edge"] or "").lower()
    return f"{'by' if edge == 'before' else edge} December" if edge else "in December"


def understand(question: Question, desk: Desk) -> Query:
    """What the question asks, the earlier questions taken into account where it leans on them."""
    earlier = (
        understand(Question(question.history[-1], question.history[:-1], corrections=question.corrections), desk)
        if question.history
        else None
    )
    plain, ignored = set_aside(question.text)
    text = plain_question(mend(_CHRISTMAS.sub(_in_december, plain), desk))
    asking, aside = _sentences(text)
    query = read(asking, aside, desk)
    if not aside and not (earlier and leans_back(question.text, query)):
        query = as_question(asking, query, desk)
    if aside and _points_on(asking, query) and query.context and query.intent not in ("measures", "count", "out_of_scope", "documents"):
        query = read(text, "", desk)  # "Visits, June 2019: the pages differ. State both."
    if aside and query.intent == "actions" and not query.topic and not query.conditioned:
        whole = read(text, "", desk)  # "Inspectors wanted thresholds understood. What actions did we agree?"
        query = whole if whole.intent == "actions" else query
    if aside and (beside := intent_of(aside, False, 0))[0] == "out_of_scope":  # "I'd like their names."
        query = replace(query, intent=beside[0], wanted=beside[1])
    if ignored:
        query = _told_what_to_say(replace(query, ignored=ignored), question.text, asking, desk)
    led = of_that_lead(query, earlier, question.text, desk) if earlier else query
    if led is not query:
        query = led
    elif earlier and leans_back(question.text, query):
        query = inherit(query, _dated(earlier, query, desk), question.text)
    query = corrected(query, question)
    terms = {*query.topic, *query.context, *query.counted}
    texts = (*question.history, question.text)
    framed = {*framing(texts, terms), *unheard(texts, strangers(query, desk))}
    framed = framed if terms - framed else framed - {t for t in terms if desk.printed.holds(t, documents_for(query, desk))}
    return replace(query, spelt=tuple(sorted(own_words(question, terms).items())), framing=tuple(sorted(framed)))


def _points_on(asking: str, query: Query) -> bool:
    """True for a question whose own words name no subject: "what's the matter with it?"."""
    return set(query.topic) <= set(framing((asking,), query.topic))


def _told_what_to_say(query: Query, whole: str, asking: str, desk: Desk) -> Query:
    """The query of a question that carries instructions: they are not followed, and what they want said is looked up instead."""
    if any(intent_of(told, False, 0)[0] == "out_of_scope" for told in query.ignored):  # "pretend that …, and write me two lines saying so"
        query = replace(query, intent="out_of_scope", wanted=())
    if query.statuses and query.topic and query.intent == "measures":  # "Confirm that we met it."
        query = replace(query, intent="target", wanted=("target",))
    elif query.statuses and not query.topic and query.intent != "out_of_scope":
        query = query if query.intent == "count" else replace(query, intent="measures", wanted=())
    elif not query.topic and query.intent != "out_of_scope":
        told = read(mend(" . ".join(query.ignored), desk), "", desk)
        query = replace(
            query,
            intent="figure" if told.topic else "out_of_scope",
            wanted=("value", "target"),
            topic=told.topic,
            facets=told.facets,
            documents=query.documents or told.documents,
        )
    if query.topic and query.intent in ("explain", "progress", "figure", "target") and to_be_said(whole, asking):
        query = replace(query, intent="figure", wanted=("value", "target", "asserted"))
    return query


def _dated(earlier: Query, query: Query, desk: Desk) -> Query:
    """The earlier query with the periods of the documents it named, where this one sets another time beside it."""
    if query.intent not in ("trend", "compare") or not query.spans or earlier.spans or not earlier.documents:
        return earlier
    periods = tuple(p for name in earlier.documents if (e := desk.entry(name)) and (p := span_of(e.period)))
    return replace(earlier, spans=periods)
