"""What a document calls itself and its lists: "delivery actions", "outcome measures", "the milestone tracker". Such words narrow nothing.

`bare_list` takes them out of a text before its subject is read, as far as the text alone tells; `of_a_named_list` out of the subject.
"""

from __future__ import annotations

import re
from dataclasses import replace

from app.evidence.desk import Desk, content
from app.evidence.figures import documents_for
from app.evidence.under import stems_of
from app.question.cues import group
from app.types import Query
from ingest.lexicon import lexicon, stem, tokens

_LIST = re.compile(rf"(?P<before>(?:[\w'’&-]+ ){{1,3}})(?P<noun>{group('measures')}|{group('action')}|{group('paper')})\b", re.I)
_PAPER = re.compile(group("paper"), re.I)
_INSIDE = re.compile(rf"\b(?:in|from|of|by|under|within|across)\s+(?:[\w'’-]+\s+){{0,3}}?(?P<noun>{group('paper')})\b", re.I)
_A_PAPER = re.compile(rf"(?P<which>(?:[\w'’&-]+ ){{1,6}}?){group('papers')}\b", re.I)
_EVERYWHERE = re.compile(
    r"\b(?:across|in|under|of|for|over|throughout)? ?(?:all|any) (?:of )?(?:the |its |their |our )?(?:\w+ )?"
    r"(?:priorit(?:y|ies)|themes?|work ?streams?|aims?|sections?|areas?|objectives?|outcomes?|strands?|parts?|pillars?|plans?)\b",
    re.I,
)
_SO_MANY = re.compile(r"\bof (?:the |our |its |all |these |those )*\d{1,3}\b(?!\s*(?:%|per|weeks|days|months|years|homes|people))", re.I)
_RATED = re.compile(
    r"\b(?:(?:delivery|progress|overall|current|latest|rag|brag|ragb) )*(?:ratings?|status(?:es)?|colours?|ragb?|brag)\b", re.I
)
_LONGEST = 3  # words before the noun that may be the list's name


def bare_list(text: str, documents: frozenset[str], nouns: tuple[str, ...], desk: Desk) -> str:
    """The text of a list of actions without what names no subject: the plan, "all four priorities", the noun, "delivery rating"."""
    titles = " ".join(f"{e.title} {e.name} {e.authority or ''}" for e in desk.entries if e.name in documents)
    named = content(lexicon().terms(re.sub(r"[-_.]", " ", titles)))
    text = re.sub(rf"\b(?:{'|'.join(nouns)})(?:s|es)?\b", " ", text, flags=re.I) if nouns else text
    for m in reversed(list(_A_PAPER.finditer(text))):
        if content(lexicon().terms(m["which"])) <= named:
            text = f"{text[: m.start('which')]} {text[m.end() :]}"
    return _RATED.sub(" ", _EVERYWHERE.sub(" ", _SO_MANY.sub(" ", text)))


def of_a_named_list(query: Query, text: str, desk: Desk) -> Query:
    """The list's query without the terms that, with the noun behind them, are printed as a heading, a sheet or the head of its column;
    and without a word for a paper that is left ("in the tracker")."""
    if query.intent not in ("measures", "count", "actions") or not query.topic:
        return query
    names = documents_for(query, desk)
    heads = {h for name in names for h in desk.heads.get(name, ())}
    heads |= {a.record.called for a in desk.actions if a.record.place.document in names and a.record.called}
    printed = [f" {' '.join(stems_of(h))} " for h in heads]
    gone = _papers(query, text, names, desk)
    for m in _LIST.finditer(text):
        words = m["before"].split()
        for size in range(min(_LONGEST, len(words)), 0, -1):
            said = " ".join(words[-size:])
            name = " ".join(stems_of(f"{said} {m['noun']}"))
            if any(f" {name} " in p for p in printed):
                gone |= set(lexicon().terms(said))
                break
    facets = tuple(f for facet in query.facets if (f := tuple(t for t in facet if t not in gone)))
    return replace(query, topic=tuple(t for t in query.topic if t not in gone), facets=facets)


def _papers(query: Query, text: str, names: frozenset[str], desk: Desk) -> set[str]:
    """The terms that are words for a paper ("in the tracker", "in our review"): where no record of the documents is called so, or one of
    the documents is."""
    said = {t for t in query.topic if _PAPER.fullmatch(t.lstrip("@")) or any(_PAPER.fullmatch(w) for w in tokens(text) if stem(w) == t)}
    own = [m.name for m in desk.measures if m.record.place.document in names] + [
        a.name for a in desk.actions if a.record.place.document in names
    ]
    called = {stem(w) for e in desk.entries if e.name in names for w in tokens(f"{e.title} {re.sub(r'[-_.]', ' ', e.name)} {e.kind}")}
    headed = {stem(w) for n in names for h in desk.heads.get(n, ()) for w in tokens(h)}
    inside = {stem(m["noun"].lower()) for m in _INSIDE.finditer(text)}
    named = {t for t in said if stem(t.lstrip("@")) in inside & called or t in inside & headed}  # a heading may speak of children's reviews
    return said.difference(*own) | named
