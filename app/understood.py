"""How a question was understood, said back in words, so that the asker sees at once where it went another way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from app.kinds import KINDS
from app.kinds.wording import SIDES, led_words, listing, margin_words, moved_words, rating_words
from app.question.own_words import own_words
from app.question.when import span_of
from app.types import Query, Question
from ingest.lexicon import lexicon

STATUS = {
    "off_target": "off target",
    "on_target": "on target",
    "no_value": "without a reported figure",
    "no_target": "without a target",
    "undetermined": "not decidable",
}
ORDER = {
    "gap_up": "nearest to target first",
    "gap_down": "furthest from target first",
    "value_up": "lowest first",
    "value_down": "highest first",
}
FIELD = {
    "intent": "kind of question",
    "topic": "subject",
    "spans": "period",
    "periods": "period",
    "period_text": "period",
    "documents": "documents",
    "authorities": "council",
    "authority": "council",
    "statuses": "status",
    "rags": "rating",
    "lead": "lead",
    "due_after": "due date",
    "due_before": "due date",
}


def understood(query: Query, question: Question, titles: Mapping[str, str]) -> str:
    """One line: the kind of question, and every condition that was read from it or taken over from an earlier one."""
    return "; ".join([*_kind(query), *_subject(query, question, titles), *_conditions(query, question), *_inherited(query)])


def _kind(query: Query) -> Iterator[str]:
    kind = next((kind for kind in KINDS if kind.name == query.intent), None)
    if kind:
        words = kind.help.partition(":")[0]
        yield words[0].lower() + words[1:]


def subject(query: Query, question: Question) -> str:
    """What the question is about, in words that would be understood the same; empty where it is about everything."""
    parts = [[_as_asked(term, question) for term in facet] for facet in query.facets]
    said = {word for part in parts for word in part}
    rest = [word for word in _terms(query, question) if word not in said]
    return " and ".join(" ".join(part) for part in (*parts, rest) if part)


def _terms(query: Query, question: Question) -> list[str]:
    return [_as_asked(term, question) for term in dict.fromkeys((*query.topic, *query.context))]


def _subject(query: Query, question: Question, titles: Mapping[str, str]) -> Iterator[str]:
    if terms := _terms(query, question):
        yield f"about {listing(terms)}"
    if query.refs:
        yield f"number {listing(query.refs)}"
    if names := query.authorities or ((query.authority,) if query.authority else ()):
        yield f"of {listing(names)}"
    if query.documents:
        yield f"in {listing([titles.get(name, name) for name in query.documents])}"
    yield from (f"without a {'due date' if name == 'due' else 'rating' if name == 'rag' else name}" for name in query.absent)
    if led := led_words(query):
        yield led


def _conditions(query: Query, question: Question) -> Iterator[str]:
    if query.statuses:
        yield " or ".join(STATUS[status] for status in query.statuses)
    if query.states:
        yield " or ".join(query.states)
    if query.completed is not None:
        yield "complete" if query.completed else "not complete"
    if "redated" in query.wanted:
        yield "put back"
    if query.rags:
        yield "rated " + " or ".join(rating_words(rag) or rag for rag in query.rags)
    sign = "%" if query.unit == "percent" else ""
    for limit, word in ((query.above, "above"), (query.below, "below")):
        if limit is not None:
            yield f"{'at or ' if query.inclusive else ''}{word} {limit:g}{sign}"
    if query.target is not None:
        yield f"with a target of {SIDES[query.target_side]}{query.target:g}{sign}"
    if query.moved:
        yield moved_words(query)
    elif query.margin is not None:
        yield margin_words(query)
    if query.versus:
        yield f"{query.versus}{'' if query.versus in ('above', 'below') else ' than'} {listing(query.others)}"
    if query.good:
        yield f"of those for which {query.good} is good"
    if query.pages:
        yield f"on page {listing([str(page) for page in query.pages])}"
    if query.heading:
        yield f"under “{query.heading}”"
    if query.apart:
        yield f"without {listing([_as_asked(t, question) for t in query.apart])}"
    if query.unread:
        yield f"leaving aside {listing(query.unread)}"
    yield from _times(query)
    if query.order in ORDER:
        yield ORDER[query.order]


def _times(query: Query) -> Iterator[str]:
    if query.period_text:
        yield query.period_text
        return
    for limit, word in ((query.due_after, "after"), (query.due_before, "before")):
        if span := span_of(limit):
            yield f"due {word} {span.label}"
    if query.periods:
        yield " or ".join(span.label if (span := span_of(period)) else period for period in query.periods)


def _inherited(query: Query) -> Iterator[str]:
    names = list(dict.fromkeys(FIELD[name] for name in query.inherited if name in FIELD))
    if names:
        yield f"{listing(names)} taken from your earlier question"


def _as_asked(term: str, question: Question) -> str:
    """A term in the documents' words where it is a concept, otherwise in the asker's own."""
    if term.startswith("@"):
        return lexicon().words_of(term)
    return own_words(question, (term,)).get(term, term)
