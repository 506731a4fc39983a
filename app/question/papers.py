"""Documents meant by words of their titles in any order: "the housing plan", "the adult care improvement plan", "the scorecard"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from app.evidence.desk import STOP, Desk
from app.question.cues import group, services
from app.question.when import mentions
from index.types import DocumentEntry
from ingest.lexicon import stem, tokens

_NOUN = re.compile(rf"\b{group('paper')}(?:'s|’s)?(?![\w'’-])", re.I)
_ANY = frozenset(stem(w) for w in "plan paper document report update review".split())  # says nothing of which one
_SAID = 0.6  # share of the words before "plan" that a title must say
_LEAD = 0.25  # by how much it must say more than the next title
_MORE = 2  # words of a question by which another document prints clearly more of it
_SUBTITLE = 14  # words of the longest line that still is a subtitle
_OWN = 4  # times that documents print the phrase, from which it is a thing they are about: "a care plan", "a support plan"
_STOPS = frozenset(
    "the a an our their its this that these those in on from of for by under within per across does do is are was has with to".split()
)


def by_words(text: str, pool: Sequence[DocumentEntry], desk: Desk) -> tuple[str, tuple[str, ...], str | None]:
    """(the text without the words, the documents of `pool` they mean, the words); none where no title clearly says them."""
    for start, end, found in _named(text, pool, desk):
        phrase, rest = text[start:end], _without(text, start, end, found, pool, desk)
        if len(found) < len(pool) and (says_which(phrase) or (len(found) == 1 and speaks_best(rest, found, pool, desk))):
            return rest, found, phrase.strip()
    return text, (), None


def unnamed(text: str, pool: Sequence[DocumentEntry], desk: Desk) -> str:
    """The text without the words for documents that all of the pool, or several of it, are called by: they are no subject."""
    for start, end, found in _named(text, pool, desk):
        return _without(text, start, end, found, pool, desk)
    return text


def _named(text: str, pool: Sequence[DocumentEntry], desk: Desk) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Where words for a document stand in the text, with the documents whose titles say them best."""
    for m in _NOUN.finditer(text):
        start = _start(text, m.start())
        phrase = text[start : m.end()]
        said = [stem(w) for w in _words(text[start : m.start()]) if w not in ("and", "s")]
        noun = stem(tokens(m[0])[0])
        named = [*said, *([] if noun in _ANY else [noun])]
        definite = len(said) > 1 and re.search(r"(?:\b(?:the|our|this|that|its|their)\s|['’]s?\s|  )\s*$", text[:start], re.I)
        if not named or (said and says_which(phrase) and not definite and _told_of(phrase, desk, pool)):
            continue
        share = {e.name: sum(bool(_kin(w) & _title(e, desk)) for w in named) / len(named) for e in pool}
        best = max(share.values(), default=0.0)
        if best >= _SAID and not any(best - _LEAD < s < best for s in share.values()):
            yield start, m.end(), tuple(n for n, s in share.items() if s == best)


def says_which(phrase: str) -> bool:
    """False for words that many titles share: "the improvement plan"."""
    return bool({stem(w) for w in tokens(phrase)} - _plain() - _ANY)


def speaks_best(rest: str, found: Iterable[str], pool: Sequence[DocumentEntry], desk: Desk) -> bool:
    """True where no other document of the pool prints clearly more of the rest of the question than those found."""
    asked = {stem(w) for w in tokens(rest) if len(w) > 2} - STOP
    said = {e.name: sum(f" {w} " in desk.printed.text(e.name) for w in asked) for e in pool}
    chosen = set(found)
    return max((said[n] for n in chosen), default=0) + _MORE > max((s for n, s in said.items() if n not in chosen), default=0)


def _start(text: str, end: int) -> int:
    """Where the words begin that stand directly before the noun and may name it: up to five, none of them a function word or a time."""
    timed = [(t.start, t.end) for t in mentions(text)]
    start = end
    for m in reversed(list(re.finditer(r"[\w'’&-]+", text[:end]))[-6:]):
        gap = text[m.end() : start]
        if re.search(r"[^\s,]|  ", gap) or m[0].lower() in _STOPS or any(a <= m.start() < b for a, b in timed):
            break
        start = m.start()
    return start


def _title(entry: DocumentEntry, desk: Desk) -> frozenset[str]:
    """The words of a document's title, subtitle, file name and kind."""
    lines = [line for line in desk.printed.opening(entry.name) if _NOUN.search(line) and len(line.split()) <= _SUBTITLE]
    named = f"{entry.title} {re.sub(r'[-_.]', ' ', entry.name)} {entry.kind.replace('_', ' ')} {' '.join(lines)}"
    return frozenset(stem(w) for w in _words(named))


@cache
def _kin(word: str) -> frozenset[str]:
    """The word and the other single words for the same service: "bins" for waste, "roads" for highways."""
    own = [{stem(f) for f in forms if " " not in f} for forms in services().values()]
    return frozenset({word}).union(*(forms for forms in own if word in forms))


def _words(text: str) -> list[str]:
    """The words, a half-year by one name."""
    return tokens(re.sub(r"\b(?:(?:six|6)[- ]months?|mid[- ]?year|half[- ]?yearly)\b", "half year", text, flags=re.I))


def _plain() -> frozenset[str]:
    """Words that many titles share: "improvement", "action"."""
    return frozenset(stem(w) for w in "improvement action progress corporate council service annual quarterly delivery performance".split())


def _told_of(phrase: str, desk: Desk, pool: Sequence[DocumentEntry]) -> bool:
    """True where the documents speak of such plans: of every child's care plan."""
    words = " ".join(stem(w) for w in tokens(phrase))
    return sum(desk.printed.text(e.name).count(f" {words} ") for e in pool) >= _OWN


def _without(text: str, start: int, end: int, found: Iterable[str], pool: Sequence[DocumentEntry], desk: Desk) -> str:
    """The text without the words that name documents; those before the noun that no title found says stay in the question."""
    chosen = set(found)
    known = frozenset().union(*(_title(e, desk) for e in pool if e.name in chosen))
    before = _NOUN.sub(" ", text[start:end])
    left = " ".join(w for w in before.split() if w.lower() != "and" and not all(_kin(stem(t)) & known for t in _words(w)))
    return f"{text[:start]} {left} {text[end:]}"
