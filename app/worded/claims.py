"""What a sentence claims besides figures, each held against the evidence it refers to: quotations, names, times, subject, direction, denial."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from app.evidence.desk import STOP
from app.kinds.wording import name_words
from app.question.when import MONTHS, Mention, mentions, same, span_of
from app.question.where import core_name
from app.worded.figures import Bound, during, in_text, status_in, unnamed
from app.worded.reading import Reading, clauses, denied
from app.worded.reading import denials as denied_in
from app.worded.sheet import Item, terms_of
from app.worded.words import words
from ingest.lexicon import lexicon, stem, tokens
from ingest.types import Action, Measure
from ingest.vocabulary import authorities

QUOTE = "a quotation that is not in the passage it cites"
NAME = "a name that its source does not give"
AUTHORITY = "an authority that its source is not from"
TIME = "a time that its source does not give"
WORDS = "a claim in words that its source does not use"
OPPOSITE = "the opposite of what its source says"
STATUS = "a target said to be met or missed otherwise than by the rule"
TENSE = "a plan told as done"
REFERENCE = "a reference to a passage that does not say it"

_COMMON = frozenset(
    "council plan plans quarter children's children services service report self-evaluation the rag ragb kpi kpis january february march april may june july august"
    " september october november december monday tuesday friday red amber green blue in of for and no yes it this".split()
)
_DONE = re.compile(r"(?:ed|en|ing)$")
_SPARE = 1  # words of an everyday kind that the evidence need not have


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
        if re.search(rf"(?<![\w]){re.escape(name)}(?:'s|’s)?(?![\w])", reading.masked):
            if not any(
                name in (item.authority or "") or name in item.quote or name in item.title or any(name in t for t in item.told)
                for item in items
            ):
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
    done = {stem(w) for w in tokens(reading.masked) if _DONE.search(w)}  # what an unknown verb says was done may be made up whole
    if any(t in known or t in done for t in foreign):
        return WORDS
    return WORDS if len(foreign) > _SPARE or (foreign and len(said) < 3) else None


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


def directions(reading: Reading, items: Sequence[Item], bound: Sequence[Bound]) -> str | None:
    """Rises and falls, ratings, causes, judgements, quantities in words: each stands in the evidence or follows from two bound figures."""
    masked = reading.masked
    for pattern in words().status.values():
        masked = pattern.sub(lambda m: " " * len(m[0]), masked)
    for name, pattern in words().opposites.items():
        if not pattern.search(masked):
            continue
        if moved := _moved(reading, bound):
            if name in ("up", "down"):
                if moved == name:
                    continue
                return OPPOSITE
            if name in ("better", "worse") and (judged := _judged(moved, bound)):
                if judged == name:
                    continue
                return OPPOSITE
        if not any(_states(pattern, piece, reading) for item in items for piece in item.said):
            return (
                OPPOSITE if name in ("up", "down", "better", "worse", "red", "amber", "green", "blue", "finished", "unfinished") else WORDS
            )
        if name in ("red", "amber", "green", "blue") and (rated := _rated(items)) and name not in rated:
            return OPPOSITE
    return _from_to(reading, bound, items)


def _states(pattern: re.Pattern[str], piece: str, reading: Reading) -> bool:
    """Whether a piece of evidence makes a claim: as a fact, unless the sentence too speaks of what is to be; a target is no fact."""
    told = _AIMED.sub(" ", piece)
    found = [c for c in clauses(told) if pattern.search(c)]
    return any(not _only_planned(c) for c in found) or (bool(found) and bool(words().future.search(reading.text)))


_AIMED = re.compile(r"\btargets? of (?:an? )?(?:increase|decrease|reduction)\b", re.I)


def _rated(items: Sequence[Item]) -> set[str]:
    letters = {"R": "red", "A": "amber", "G": "green", "B": "blue"}
    return {letters[r.rag] for i in items for r in i.records if isinstance(r, Action | Measure) and r.rag}


def _moved(reading: Reading, bound: Sequence[Bound]) -> str | None:
    """Which way two values of a sentence move in time; None where it does not say two."""
    values = sorted((b for b in bound if b.role in ("value", "text") and b.figure.unit != "points"), key=lambda b: b.figure.start)
    if len(values) != 2 or values[0].figure.unit != values[1].figure.unit or values[0].figure.value == values[1].figure.value:
        return None
    first, last = values
    if not _alike(first, last):
        return None
    a, b = _when(first, reading), _when(last, reading)
    if a is not None and b is not None and a != b:
        first, last = (first, last) if a < b else (last, first)
    elif re.search(
        r"\b(?:up|down|rose|fell|risen|fallen|increased?|decreased?|reduced|dropped|improved)?\s*from\s*$",
        reading.masked[: last.figure.start],
        re.I,
    ):
        first, last = last, first
    return "up" if last.figure.value > first.figure.value else "down"


def _alike(a: Bound, b: Bound) -> bool:
    """Whether two values can be of one measure at two times."""
    if a.record is None or b.record is None:
        return a.record is b.record and a.item.n == b.item.n
    mine, theirs = (terms_of(f"{x.measure} {x.breakdown or ''}") for x in (a.record, b.record))
    return len(mine & theirs) >= 0.6 * len(mine | theirs)


def _when(b: Bound, reading: Reading) -> int | None:
    if b.record is not None and (own := b.item.time(b.record)):
        return own.last
    said = reading.governing(b.figure)
    return said[0].span.last if said and said[0].span else None


def _judged(moved: str, bound: Sequence[Bound]) -> str | None:
    comparators = {b.record.comparator for b in bound if b.record is not None and b.record.comparator}
    if comparators <= {">=", ">", "increase"} and comparators:
        return "better" if moved == "up" else "worse"
    if comparators <= {"<=", "<", "decrease"} and comparators:
        return "better" if moved == "down" else "worse"
    return None


def _from_to(reading: Reading, bound: Sequence[Bound], items: Sequence[Item]) -> str | None:
    """ "From 75 to 102" of what went from 102 to 75."""
    moved = _moved(reading, bound)
    values = sorted((b for b in bound if b.role == "value" and b.record is not None), key=lambda b: b.figure.start)
    if moved and len(values) == 2 and re.search(r"\bfrom\s+(?:\w+\s+)?$", reading.masked[: values[0].figure.start], re.I):
        first, last = (_when(v, reading) for v in values)
        if first is not None and last is not None and first > last:
            return OPPOSITE
    if not moved or not re.search(r"\bfrom\b", reading.masked, re.I) or any(b.record is not None for b in bound if b.role == "value"):
        return None
    other = words().opposites["down" if moved == "up" else "up"]
    same_way = words().opposites[moved]
    texts = [piece for item in items for piece in item.texts]
    return OPPOSITE if any(other.search(t) for t in texts) and not any(same_way.search(t) for t in texts) else None


def statuses(reading: Reading, items: Sequence[Item], bound: Sequence[Bound]) -> str | None:
    """A target is said to be met or missed only where the rule, or the passage itself, says so of that very figure."""
    masked = unnamed(reading, items)
    spots = [(masked[a:b], [x for x in bound if a <= x.figure.start < b]) for a, b in reading.segments] or [(masked, [])]
    whole = status_in(masked)
    for text, inside in spots:
        said = status_in(text)
        if said is None:
            continue
        records = {b.record.id: b.record for b in inside if b.record is not None} or {
            b.record.id: b.record for b in bound if b.record is not None
        }
        if not records and any(b.role == "count" for b in (inside or bound)):
            continue
        pool = list(records.values()) or _meant(reading, items)
        if pool and not all(_has(r, said) for r in pool):
            return STATUS
        if not pool and not _says(said, items):
            return STATUS
    return STATUS if whole == "none" and any(b.record is not None and b.role == "value" for b in bound) else None


def _has(r: Measure, said: str) -> bool:
    if said == "none":
        return r.value is None
    return r.status == {"off": "off_target", "on": "on_target"}[said]


def _meant(reading: Reading, items: Sequence[Item]) -> list[Measure]:
    """The figures of the evidence that a sentence without any speaks of: those whose name it shares most with."""
    told = terms_of(reading.masked)
    scored = [(len(told & terms_of(f"{r.measure} {r.breakdown or ''}")), r) for i in items for r in i.measures]
    best = max((n for n, _ in scored), default=0)
    return [r for n, r in scored if n == best] if best else [r for _, r in scored]


def _says(said: str, items: Sequence[Item]) -> bool:
    return any(status_in(piece) == said for item in items for piece in (item.quote, *item.told, *item.texts))


def denials(reading: Reading, items: Sequence[Item], bound: Sequence[Bound]) -> str | None:
    """What the evidence denies the sentence denies, and the other way round; what is only planned is not told as done."""
    texts = [t for i in items for t in i.texts]
    theirs = {d for t in texts for d in denied_in(_rid(t))}
    for clause in clauses(_unquoted(reading)):
        plain = _rid(clause)
        mine = denied_in(plain)
        if not _each_matched(mine, theirs):
            return OPPOSITE
        told = terms_of(plain) - words().glue
        own = [b.record for b in bound if b.record is not None]
        if own:
            names_of = [name_words(r) for r in own if told & terms_of(r.measure)]
            if not mine and names_of and all(denied(_rid(name)) for name in names_of):
                return OPPOSITE
            continue
        best = _closest(told, items)
        if best and not mine and all(denied(_rid(piece)) for piece in best) and _says_what_is_denied(plain, best):
            return OPPOSITE
        figured = any(b.role in ("value", "gap", "count") for b in bound)
        if best and not figured and all(_only_planned(p) for p in best) and words().past.search(plain) and not words().future.search(plain):
            return TENSE
    return None


def _each_matched(mine: Sequence[tuple[str, ...]], theirs: set[tuple[str, ...]]) -> bool:
    """Whether each denial of the draft is one of the evidence, no two the same one."""
    left = set(theirs)
    for scope in mine:
        match = next((t for t in left if (scope[:1] == t[:1] or len(set(scope) & set(t)) >= 2)), None)
        if match is None:
            return False
        left.discard(match)
    return True


def _says_what_is_denied(plain: str, pieces: Sequence[str]) -> bool:
    said = {stem(w) for w in tokens(plain)}
    return any(len(set(d) & said) >= min(2, len(d)) for p in pieces for d in denied_in(_rid(p)))


_NOT_MET = re.compile(
    r"(?:\b(?:did|does|do|was|were|has|have|is|are)\s*)?(?:\bnot|n['’]t)\s+(?:\w+\s+){0,2}?(?:meet|met|meeting|hit|reach|reached|achieve|achieved)\b",
    re.I,
)
_BOUNDS = re.compile(r"\bno (?:more|less|fewer|later|longer|earlier) than\b|\bnot (?:only|just|least)\b", re.I)


def _rid(piece: str) -> str:
    """The text without what says a target is missed, that there is no figure, or a bound: denials only in form."""
    for pattern in (_NOT_MET, _BOUNDS, *words().status.values()):
        piece = pattern.sub(" ", piece)
    return piece


def _only_planned(piece: str) -> bool:
    return bool(words().future.search(piece)) and not words().past.search(piece)


def _unquoted(reading: Reading) -> str:
    return re.sub(r"[“\"][^”\"]*[”\"]", " ", reading.text)


def _closest(spoken: frozenset[str], items: Sequence[Item]) -> list[str]:
    """The clauses of the evidence that share most with a clause of the draft; none where they share too little to compare."""
    scored = [(len(spoken & terms), piece) for item in items for piece, terms in _clauses_of(item)]
    best = max((n for n, _ in scored), default=0)
    return [p for n, p in scored if n == best] if best >= min(2, len(spoken)) and best else []


@lru_cache(maxsize=512)
def _cut(texts: tuple[str, ...]) -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((c, terms_of(c) - words().glue) for text in texts for c in clauses(text))


def _clauses_of(item: Item) -> tuple[tuple[str, frozenset[str]], ...]:
    return _cut(item.texts)
