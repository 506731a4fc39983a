"""Beside an answer: the passages that search puts first, where the answer says nothing of them.

Rules of language pick the sentence that answers; search by words and meaning goes another way. Where the two disagree the reader is
given both, and of a table row that an answer quotes, who leads and when it is due.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from app.evidence.causes import SAID
from app.evidence.desk import Desk, content
from app.evidence.figures import asked_for, documents_for
from app.evidence.match import match
from app.evidence.numbered import timely
from app.evidence.passages import POINTS_BACK, Sentence, read_on, sentences_of
from app.kinds.actions import action_words
from app.kinds.wording import action_name, figure_words, quoted, statement
from app.question.when import span_of
from app.types import Draft, Query, Question, Source, Statement
from index.types import Hit
from ingest.lexicon import lexicon
from ingest.types import Action, Chunk, Measure

OPEN = frozenset({"figure", "target", "trend", "compare", "owner", "deadline", "progress", "explain"})  # one thing is asked, not a list
_FIRST = 3  # passages that search must put a passage among
_MORE = 2  # passages that are added at most
_CLOSE = 0.6  # of the first one's score
_ENOUGH = 0.9  # of what was asked in the answer's own words: a figure that says so much stands alone
_LESS = 0.1  # a passage may speak of so much less of what was asked than the answer does,
_LESS_OF_TWO = 0.3  # or, where two things are set side by side, of so much less
_WHOLE = 400  # characters of an action's own words: what was asked may stand in its second sentence
_LONGEST = 420  # characters of a passage that is quoted
_WORDS = 5  # of a passage that says something; a title alone does not
_SOMETHING = 0.3  # of what was asked a passage must speak of, also the first


def with_nearby(draft: Draft, kind: str, query: Query, question: Question, desk: Desk) -> Draft:
    """The draft with up to two more statements; as it is where it refuses, lists, or says already what search finds."""
    if draft.outcome != "answered" or kind not in OPEN or query.ignored or not query.topic:
        return draft
    if kind == "explain" and "reason" in query.wanted and any(SAID.search(x.text) for x in draft.statements):
        return draft  # a sentence that says why needs nothing beside it
    asked = asked_for(query, desk)
    told = _told(draft, asked, desk)
    added: list[Statement] = []
    for place, hit in enumerate(_nearest(query, question, desk)):
        chunk = hit.chunk
        if len(added) == _MORE or not _worth_adding(hit, not place, draft, kind, told, query, desk):
            continue
        action = next((a for r in chunk.records if (a := desk.action(r))), None) if chunk.kind == "row" else None
        made = _of_action(action, draft, desk) if action else _of_passage(chunk, draft, query, desk)
        if made:
            added.append(made)
    return replace(draft, statements=(*draft.statements, *added))


def _told(draft: Draft, asked: Mapping[str, float], desk: Desk) -> float:
    """The share of what was asked that the answer's statements, and the headings they stand under, speak of."""
    places = [s.place for x in draft.statements for s in (*x.sources, *(desk.source(r) for r in x.records))]
    terms = content(lexicon().terms(" . ".join(s.text for s in draft.statements)))
    around = content(lexicon().terms(" . ".join({p.section or "" for p in places})))
    return match(asked, terms, around, desk).coverage


def _cites(draft: Draft, chunk: Chunk) -> bool:
    """Whether a statement stands on the passage."""
    whole = " ".join(chunk.text.split())
    own = set(chunk.records)
    return any(
        any(r.id in own for r in s.records)
        or any(x.place.document == chunk.place.document and " ".join(x.quote.split()) in whole for x in s.sources)
        for s in draft.statements
    )


def _worth_adding(hit: Hit, first: bool, draft: Draft, kind: str, told: float, query: Query, desk: Desk) -> bool:
    """Whether a passage adds to an answer that speaks of `told` of what was asked."""
    if kind in ("figure", "target") and draft.rows and told >= _ENOUGH:
        return False
    if _cites(draft, hit.chunk):
        return True
    if query.spans and not _timely(hit.chunk, query, desk):
        return False
    terms, heading = desk.terms_of(hit.chunk)
    own = match(asked_for(query, desk), terms, heading, desk).coverage
    if own < _SOMETHING:
        return False
    return first or own >= told - (_LESS_OF_TWO if kind in ("compare", "trend") else _LESS)


def _timely(chunk: Chunk, query: Query, desk: Desk) -> bool:
    """Whether a passage, or its document, is of a time asked about."""
    entry = desk.entry(chunk.place.document)
    return entry is None or span_of(entry.period) is None or timely(chunk.text, chunk.place.document, query.spans, desk)


def _nearest(query: Query, question: Question, desk: Desk) -> list[Hit]:
    text = " ".join((*question.history[-1:], question.text))
    hits = desk.hits(text, 24, sorted(documents_for(query, desk)))[:_FIRST]
    return [h for h in hits if h.score >= _CLOSE * hits[0].score]


def _said(draft: Draft) -> str:
    return "\n".join(s.text for s in draft.statements)


def _of_action(action: Action, draft: Draft, desk: Desk) -> Statement | None:
    """What a row says of its action: lead, due date, rating, progress; None where the answer says all of it."""
    said = _said(draft)
    told = " ".join((action.progress or "").split())
    known = any(action in s.records for s in draft.statements) or action_name(action, 60).rstrip(" …") in said
    if known and (not action.lead or action.lead in said) and (not action.due or action.due in said) and told[:60] in said:
        return None
    words = action_words(replace(action, ref=None), _WHOLE)  # its number stands in no table of the answer, nor always in the quote
    if not told or (known and told[:60] in said):
        return statement(f"Also on this: {words}", [action])
    return statement(
        f"Also on this: {words} Progress: {quoted(told, _LONGEST)}",
        [action],
        sources=[Source(told, action.place, action.id)],
    )


def _of_passage(chunk: Chunk, draft: Draft, query: Query, desk: Desk) -> Statement | None:
    """The passage in its own words, from the sentence that speaks most of what was asked; None where the answer quotes it."""
    said = " ".join(_said(draft).split())
    whole = " ".join(chunk.text.split())
    measured = [m for r in chunk.records for m in desk.measures_of(r) if isinstance(m, Measure)]
    if len(whole.split()) < _WORDS or whole[:80] in said or (measured and any(figure_words(m).rstrip(".") in said for m in measured)):
        return None
    asked = asked_for(query, desk)
    parts = sentences_of(chunk, desk)
    if not parts:
        return None
    best = max(parts, key=lambda s: match(asked, s.name, s.around, desk).coverage)
    if best.text in said:
        return None
    window = _window(best, parts, desk)
    quote = whole[: _end(whole, _LONGEST)] if chunk.kind == "row" else window
    if quote not in whole:
        return None
    return statement(
        f"Also on this, in {desk.title(chunk.place.document)}: {quoted(quote, _LONGEST)}", sources=[Source(quote, chunk.place)]
    )


def _window(best: Sentence, parts: tuple[Sentence, ...], desk: Desk) -> str:
    """The sentence with what goes on from it, and the one before where it points back to that, as far as there is room."""
    i = next(n for n, p in enumerate(parts) if p.number == best.number)
    after = [*read_on(best, desk)[1:], *parts[i + 1 : i + 3]]
    text = best.text
    for part in parts[i + 1 : i + 1 + len(after)]:
        if len(text) + len(part.text) >= _LONGEST:
            break
        text = f"{text} {part.text}"
    if i and POINTS_BACK.match(best.text) and len(text) + len(parts[i - 1].text) < _LONGEST:
        text = f"{parts[i - 1].text} {text}"
    return text


def _end(text: str, most: int) -> int:
    return len(text) if len(text) <= most else text.rfind(" ", 0, most)
