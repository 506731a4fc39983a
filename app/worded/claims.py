"""What a sentence names, held against the evidence it refers to: quotations, authorities, names, times, its subject."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from app.evidence.desk import STOP
from app.question.councils import core_name
from app.question.when import MONTHS, Mention, mentions, same, span_of
from app.worded.figures import Bound, during, in_text
from app.worded.polarity import WORDS
from app.worded.reading import Reading
from app.worded.roles import status_in
from app.worded.sheet import Item
from app.worded.words import words
from ingest.lexicon import lexicon, stem, tokens
from ingest.types import Action
from ingest.vocabulary import authorities

QUOTE = "a quotation that is not in the passage it cites"
NAME = "a name that its source does not give"
AUTHORITY = "an authority that its source is not from"
TIME = "a time that its source does not give"
REFERENCE = "a reference to a passage that does not say it"

_COMMON = frozenset(
    "council plan plans quarter children's children services service report self-evaluation the rag ragb kpi kpis red amber green blue"
    " january february march april may june july august september october november december in of for and no yes it this".split()
)
_DONE = re.compile(r"(?:ed|en|ing)$")
_SPARE = 1  # words of an everyday kind that the evidence need not have, in a sentence of so many words of its own:
_LONG = 4


def quotations(reading: Reading, items: Sequence[Item]) -> str | None:
    """Every quotation stands, letter for letter, in a passage the sentence refers to."""
    for quote in reading.quotes:
        if quote.strip(" .,;:") and not any(_verbatim(quote, item) for item in items):
            return QUOTE
    return None


def _verbatim(quote: str, item: Item) -> bool:
    """The quote's pieces between ellipses, in order, in the passage or in a title or field; white space and quotation marks aside."""
    pieces = [p for part in re.split(r"…|\.\.\.|\[[^\]]*\]", quote) if (p := _plain(part).strip(" .,;:"))]
    for text in (item.quote, item.title, *item.texts):
        at, there = 0, f" {_plain(text)} "
        for piece in pieces:
            found = re.compile(rf"(?<!\w){re.escape(piece)}(?!\w)").search(there, at)
            if not found:
                break
            at = found.end()
        else:
            return bool(pieces)
    return False


_SAID = re.compile(r"^(?:according to (?:the )?[\w-]+(?: plan)?,|the [\w-]+(?: plan)? (?:says|states|notes|adds|reports) that)\s+", re.I)


def word_for_word(text: str, items: Sequence[Item]) -> bool:
    """Whether a sentence is, letter for letter, a whole statement of a passage or one made by rule."""
    plain = _plain(_SAID.sub("", text)).rstrip(" .")
    if len(plain.split()) < 4:
        return False
    first = f"[{plain[0].upper()}{plain[0].lower()}]" if plain[0].isalpha() else re.escape(plain[0])
    whole = re.compile(rf"(?:^|[.;:•!?]\s){first}{re.escape(plain[1:])}(?=$|[.;•!?](?:\s|$))")
    return any(whole.search(_plain(piece)) for item in items for piece in (item.quote, *item.told))


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[“”\"‘’']", "'", text).split())


def named_authorities(reading: Reading, items: Sequence[Item]) -> str | None:
    """An authority that is named is that of the evidence, or is named in the passage."""
    for name in _authorities():
        named = re.search(rf"(?<![\w]){re.escape(name)}(?:'s|’s)?(?![\w])", reading.masked)
        if named and not any(name in text for item in items for text in (item.authority or "", item.quote, item.title, *item.told)):
            return AUTHORITY
    return None


@lru_cache(maxsize=1)
def _authorities() -> tuple[str, ...]:
    return tuple(
        sorted(
            {" ".join(w.capitalize() if w not in ("and", "of", "upon", "the") else w for w in core_name(a).split()) for a in authorities()}
        )
    )


def names(reading: Reading, items: Sequence[Item]) -> str | None:
    """Every name, acronym and code (S47, 24hr) stands in the evidence."""
    text = " ".join(i.text for i in items)
    there = frozenset(re.findall(r"[\w&+]+", text.lower()))
    stems = frozenset(stem(w) for w in there)
    terms = frozenset(t for i in items for t in i.terms)
    for name in (*reading.names, *reading.codes):
        parts = [p for p in re.findall(r"[\w&+]+", name.lower()) if p not in _COMMON and p not in ("s",)]
        if all(p in there or stem(p) in stems or (p.isdigit() is False and stem(p) in words().glue | STOP) for p in parts):
            continue
        concepts = [t for t in lexicon().terms(name) if t.startswith("@")]
        if concepts and all(t in terms for t in concepts):
            continue
        return NAME
    return None


def times(reading: Reading, items: Sequence[Item], bound: Sequence[Bound]) -> str | None:
    """A time that governs no figure stands in the evidence; a due date is that of the action."""
    governed = {m.start for b in bound if b.record is not None for m in reading.governing(b.figure)}
    for mention in reading.times:
        near = reading.text[max(0, mention.start - 40) : mention.start]
        due = re.search(r"\b(?:due|deadline|complete(?:d)? by|by|finish(?:ed)? by|end date)\b", near, re.I)
        dated = [a for i in items for a in i.records if isinstance(a, Action) and a.due_iso]
        if due and dated and not any(_is_due(mention, a, reading.text) for a in dated):
            others = [i for i in items if not any(isinstance(r, Action) for r in i.records)]
            if not any(in_text(mention, i, reading.text) for i in others):
                return TIME
        if mention.start in governed:
            continue
        if not any(in_text(mention, i, reading.text) or _of_records(mention, i) for i in items):
            return TIME
    return None


def _of_records(mention: Mention, item: Item) -> bool:
    return any((own := item.time(r)) is not None and during(mention, own) for r in item.measures)


def _is_due(mention: Mention, action: Action, text: str) -> bool:
    said = text[mention.start : mention.end].lower()
    day = re.match(r"(\d{1,2})(?:st|nd|rd|th)?\s", said)
    own = span_of(action.due_iso)
    printed = [m.span for m in mentions(action.due or "") if m.span]
    spans = [s for s in (own, *printed) if s]
    if day and action.due_iso and len(action.due_iso) == 10 and int(action.due_iso[-2:]) != int(day[1]):
        return False
    if mention.span is None:
        return any(s.last % 12 == mention.open_last for s in spans)
    asked = mention.span
    return any(same(asked, s) or (asked.whole and asked.first <= s.first and s.last <= asked.last) for s in spans)


def subject(reading: Reading, items: Sequence[Item], known: frozenset[str]) -> str | None:
    """The sentence's own words stand in the evidence. `known` are terms that other records of the library are about: none may be new."""
    there = frozenset(t for i in items for t in i.terms)
    said = [t for t in dict.fromkeys(spoken(reading)) if t not in words().glue and not t.replace(".", "").isdigit()]
    foreign = [t for t in said if t not in there and not _akin(t, there)]
    if not said and not (reading.figures or reading.quotes or reading.times or reading.names or status_in(reading.masked)):
        return WORDS  # words of reporting alone, which any passage would bear out
    done = {stem(w) for w in tokens(reading.masked) if _DONE.search(w)}  # what an unknown verb says was done may be made up whole
    if any(t in known or t in done for t in foreign):
        return WORDS
    return WORDS if len(foreign) > _SPARE or (foreign and len(said) < _LONG) else None


def spoken(reading: Reading) -> list[str]:
    """The terms of what a sentence says itself: concepts where their words are not in the evidence as such, single words otherwise."""
    masked = reading.masked
    for f in reading.figures:
        masked = masked[: f.start] + " " * (f.end - f.start) + masked[f.end :]
    for pattern in (*words().status.values(), *words().opposites.values()):
        masked = pattern.sub(" ", masked)
    pieces = re.split(r"[,;:.()–—]|\s{3,}", re.sub(r"\b\d[\w.,]*", " , ", masked))  # so that no concept is read over a gap
    return [t for piece in pieces for t in lexicon().terms(piece) if t not in STOP and len(t) > 1 and t not in MONTHS]


def _akin(term: str, there: frozenset[str]) -> bool:
    """Whether a term stands in the evidence in another form: a wider or narrower concept, or a longer or shorter word of one root."""
    lex = lexicon()
    if len(term) > 4 and not term.startswith("@") and any(t.startswith(term) or (len(t) > 4 and term.startswith(t)) for t in there):
        return True
    if term.startswith("@") and all(t in there for w in lex.words_of(term).split() for t in lex.terms(w)):
        return True
    kin = {*lex.narrower.get(term, ()), *lex.near.get(term, ())}
    return bool(kin & there) or any(term in lex.near.get(t, ()) or term in lex.narrower.get(t, ()) for t in there)
