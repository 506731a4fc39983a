"""Of the sentences that search finds, those that can answer a question put in words, and which of them answer it best."""

from __future__ import annotations

import re
from collections.abc import Callable, Set
from dataclasses import dataclass
from itertools import islice

from app.evidence import persons
from app.evidence.causes import SAID, causes
from app.evidence.desk import STOP, Desk
from app.evidence.graded import is_grade
from app.evidence.numbered import SUM, TWOFOLD, timely
from app.evidence.passages import Sentence, read_on, sentences_of, widened
from app.kinds import finding
from app.question.cues import group
from app.question.when import meets, mentions, span_of
from app.question.where import latest
from app.types import Query, Question
from ingest.lexicon import stem, tokens

FLOOR = 0.42  # coverage below which a sentence is not about the question
_SURE = 0.75  # coverage from which a sentence without a word of reason may give one: comments beside a figure seldom have any
_LATE = frozenset({"@timely"})
_CHANGE = re.compile(group("change"), re.I)
_ENOUGH = 3  # sentences that answer a question for two things
_NOT = re.compile(r"\b(?:not|never|no longer|\w+n['’]t)\b", re.I)
_DENIED = 1.2  # what a cause that says what is not done is worth to a question why it is not
_HALF = 0.45  # of what the best sentence says of the question a cause must say with the one beside it
_AS_WELL = 0.8  # of the first cause's score one that speaks of something else asked must have
_DEFINES = re.compile(r"\)?\s(?:is|are|means|stands for|refers to)\s(?:a|an|the|our)\b", re.I)
_WHAT_IS = re.compile(r"\W*(?:so |and |ok )*what(?: is| are|'s|’s) ", re.I)
_OFTEN = re.compile(rf"\b{group('often')}\b", re.I)
_PROMISED = re.compile(rf"\b(?:will|{group('promise')}|{group('promised')}|going to|plan(?:ned|ning)? to)\b", re.I)
_PROMISES = re.compile(r"\b(?:will|shall|going to|to be \w+ed)\b", re.I)
_MOST = re.compile(r"\b(?:most|majority|mainly|mostly|largest|biggest|commonest)\b", re.I)
WISHES = re.compile(
    r"\b(?:wants?|wanted|would like|wish(?:es|ed)?|hopes?|ask(?:s|ed)? (?:for|us|to|that)|asks|call(?:s|ed)? for|request(?:s|ed)?)\b", re.I
)
_JUDGEMENT = re.compile(rf"\b{group('judged')}\b", re.I)


@dataclass(frozen=True)
class Sought:
    """What a question seeks in the documents' own words: its terms by weight, and the documents that may tell."""

    query: Query
    question: Question
    terms: dict[str, float]
    names: tuple[str, ...]
    desk: Desk


def of_kind(found: list[Sentence], sought: Sought) -> list[Sentence]:
    """Sentences of the action that is named by its number, where there are any; of a judgement, where one is asked for."""
    if sought.query.refs:
        own = {a.record.id for a in finding.best(sought.query, sought.desk)}
        found = [s for s in found if own & set(s.chunk.records)] or found
    if "judgement" in sought.query.wanted:
        found = [s for s in found if _JUDGEMENT.search(s.text) and not is_grade(s) and len(s.text.split()) > 3]
    return found


def in_time(found: list[Sentence], sought: Sought) -> list[Sentence]:
    """Sentences that can speak for the times asked about; all of them where no time is, or where a document is named."""
    query, desk = sought.query, sought.desk
    if not query.spans or query.documents:
        return found
    return [
        s
        for s in found
        if timely(s.text, s.chunk.place.document, query.spans, desk) or _soon_after(s, query, desk) or _names_time(s.chunk.text, query)
    ]


def able(found: list[Sentence], sought: Sought) -> list[Sentence]:
    """Sentences that hold what an answer must: a person by name, a sum of money; a reason, where any gives one."""
    query, desk = sought.query, sought.desk
    if persons.asked_by_name(sought.question.text):
        called = persons.named_in(desk)
        found = [s for s in found if called(s.text)]
    if query.unit == "gbp" and "reason" not in query.wanted:
        found = [s for s in found if SUM.search(s.text)]
    return _reasons(found, sought) if "reason" in query.wanted and found else found


def because(found: list[Sentence], sought: Sought) -> list[Sentence]:
    """The cause that speaks most of the question, with one of another part that speaks of it as much; none where all leave it open."""
    given = causes(found, sought.terms, sought.desk)
    if _NOT.search(sought.question.text):  # "why aren't we …?": a sentence that says what is not done comes first of those that say as much
        given.sort(key=lambda c: -c.score * (_DENIED if _NOT.search(c.sentence.text) else 1.0))
    best = max((s.coverage for s in found), default=0.0)
    if not given or given[0].coverage < max(_HALF * best, FLOOR):
        return []
    first = given[0]
    if not SAID.search(first.sentence.text) and leaves_open(first.coverage, first.sentence.matched, sought):
        return []
    others = (c for c in given[1:] if c.score >= _AS_WELL * first.score and c.sentence.matched - first.sentence.matched)
    told = [s for c in (first, *islice(others, 1)) for s in c.told]
    if len(told) < _ENOUGH and TWOFOLD.search(sought.question.text):  # "why was it missed, and what tool are we bringing in?"
        told += [p for p in sentences_of(told[-1].chunk, sought.desk) if p.number == told[-1].number + 1]
    return told


def leaves_open(coverage: float, matched: Set[str], sought: Sought) -> bool:
    """True for sentences that leave open what happened: asbestos in the former library is not why it closed."""
    moved = {t for t, word in sought.query.spelt if _CHANGE.fullmatch(word)}
    return coverage < _SURE and bool(sought.terms.keys() - matched - set(sought.query.framing) - moved - _LATE)


def _reasons(found: list[Sentence], sought: Sought) -> list[Sentence]:
    """The sentences that give a reason and are about the question, each read with its passage, best first; all where none does."""
    reasons = [widened(s, sought.terms, sought.desk) for s in found if gives_reason(s, sought.desk)]
    reasons.sort(key=lambda s: -s.score)
    best = max(s.coverage for s in found)
    return [s for s in reasons if s.coverage >= max(0.5 * best, FLOOR)] or found


def raised(sought: Sought) -> Callable[[Sentence], float]:
    """By how much a sentence is raised over its score for the form it has: a date, a name, a promise where the question asks for one."""
    query, text, desk = sought.query, sought.question.text, sought.desk
    last = latest([e for e in desk.entries if e.name in sought.names])
    newest = {last.name} if last and "newest" in query.wanted else set()
    who, promised = persons.asks_who(text), bool(_PROMISED.search(text))

    def bonus(s: Sentence) -> float:
        told = _whole(s, desk)
        extra = 0.3 * _side_by_side(text, s.text) if _WHAT_IS.match(text) else 0.0
        extra += 0.2 if _names_time(s.text, query) else 0.0
        extra += 0.6 if _labelled(s.text, text) else 0.0
        extra += 0.3 if "definition" in query.wanted and _DEFINES.search(told) else 0.0
        extra -= 0.3 if _bare(s.text) else 0.0
        extra += 0.25 if who and persons.role_in(told) else 0.0
        extra += 0.15 if promised and _PROMISES.search(s.text) else 0.0
        extra += 0.2 if _MOST.search(text) and _MOST.search(told) else 0.0
        extra += 0.3 if WISHES.search(text) and WISHES.search(told) else 0.0
        extra += 0.15 if "frequency" in query.wanted and _OFTEN.search(told) else 0.0
        return extra + (0.15 if s.chunk.place.document in newest else 0.0)

    return bonus


def gives_reason(sentence: Sentence, desk: Desk) -> bool:
    """True where a sentence, read on to where it can stand alone, gives a reason."""
    return bool(SAID.search(_whole(sentence, desk)))


def _whole(sentence: Sentence, desk: Desk) -> str:
    """A sentence with those it cannot stand without."""
    return " ".join(p.text for p in read_on(sentence, desk))


def _bare(text: str) -> bool:
    """True for a row that is mostly figures: it tells nothing in words."""
    words = text.split()
    return sum(any(c.isdigit() for c in w) for w in words) * 2 > len(words)


def _soon_after(sentence: Sentence, query: Query, desk: Desk) -> bool:
    """True where a sentence's document was written within a quarter of the time asked about: it looks back on it."""
    entry = desk.entry(sentence.chunk.place.document)
    own = span_of(entry.period) if entry else None
    return own is not None and any(0 <= own.last - s.last <= 3 for s in query.spans)


def _names_time(text: str, query: Query) -> bool:
    return any(m.span and meets(asked, m.span) for asked in query.spans for m in mentions(text))


def _side_by_side(question: str, text: str) -> float:
    """The share of a question's words that stand in a sentence side by side, three or more of them."""
    asked, said = tokens(question), f" {' '.join(tokens(text))} "
    for size in range(min(8, len(asked)), 2, -1):
        for i in range(len(asked) - size + 1):
            if f" {' '.join(asked[i : i + size])} " in said and any(w not in STOP for w in asked[i + 1 : i + size]):
                return size / len(asked)
    return 0.0


def _labelled(text: str, question: str) -> bool:
    """True for a sentence like "Lead inspector: A. Name" whose label the question says."""
    m = re.match(r"([A-Z][\w '’/-]{3,40}):\s+\S", text)
    return m is not None and {stem(w) for w in tokens(m[1])} <= {stem(w) for w in tokens(question)}
