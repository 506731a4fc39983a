"""How well a record or a sentence speaks of what was asked: shared terms, the rarer the heavier."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from app.evidence.desk import Desk
from app.question.cues import words
from app.question.wordclass import inflected
from ingest.lexicon import lexicon, stem

NEAR = 0.6  # a neighbouring word is worth this much of the word itself
AROUND = 0.55  # a word in the surroundings is worth this much of one in the name
CONCEPT = 1.4  # a term of the field tells more of the subject than a common word as rare
UNKNOWN = 0.4  # a word that no record holds is more often the asker's wording than the subject
HOW = 0.8  # a word that says how, not what, which records hold
TOLD = 0.5  # and in a question that asks to be told something, no figure
MANNER = 0.1  # and a verb, an adjective or a word for anybody nearly always
ANOTHER = 0.6  # what is said of another group of children, team or stage is worth this much
CONTEXT = 0.45  # a term carried over from the earlier question weighs this much of a new one


@dataclass(frozen=True)
class Match:
    """`coverage`: the share of what was asked that is found, 0 to 1; `score` also prefers names that say little else."""

    score: float
    coverage: float
    matched: frozenset[str]


@lru_cache(maxsize=1)
def manner() -> frozenset[str]:
    """Stems of verbs, adjectives and words for anybody: an asker's own wording more often than the subject."""
    return frozenset(stem(f) for w in words("manner") for f in (w, f"{w}ing", f"{w}ed", f"{w[:-1]}ing"))


def weigh(topic: Iterable[str], desk: Desk, context: Iterable[str] = (), framing: Iterable[str] = (), how: float = HOW) -> dict[str, float]:
    """The weight of each asked term; terms carried over from an earlier question weigh less.

    `framing` terms name no subject: where no record holds them they hardly count, otherwise by `how`.
    """
    worth = {**dict.fromkeys(manner(), HOW), **dict.fromkeys(framing, how)}
    asked = {t: _told(t, desk, worth.get(t)) for t in topic}
    return {**{t: CONTEXT * _told(t, desk, worth.get(t)) for t in context if t not in asked}, **asked}


def _told(term: str, desk: Desk, how: float | None) -> float:
    if term.startswith("@"):
        return CONCEPT * desk.weight(term)
    if desk.knows(term):
        return (1.0 if how is None else how) * desk.weight(term)
    return (UNKNOWN if how is None else MANNER) * desk.weight(term)


def _worth(term: str, name: frozenset[str], around: frozenset[str]) -> float:
    lex = lexicon()
    if term in name or not name.isdisjoint(inflected(term)):
        return 1.0
    if any(n in name for n in lex.narrower.get(term, ())):
        return 1.0
    neighbours = lex.near.get(term, ())
    best = NEAR if any(n in name for n in neighbours) or any(term in lex.near.get(n, ()) for n in name) else 0.0
    if term in around or not around.isdisjoint(inflected(term)):
        best = max(best, AROUND)
    elif not best and any(n in around for n in (*neighbours, *lex.narrower.get(term, ()))):
        best = AROUND * NEAR
    return best


def _another(asked: Mapping[str, float], name: frozenset[str], around: frozenset[str]) -> bool:
    """True where a name is of another one of alternatives than the one asked for: looked after children, not child protection."""
    for group in lexicon().alternatives:
        wanted = group & asked.keys()
        if wanted and not wanted & name and not wanted & around and group & name:
            return True
    return False


def match(asked: Mapping[str, float], name: frozenset[str], around: frozenset[str], desk: Desk) -> Match:
    """Matches asked terms against a name and its surroundings."""
    total = sum(asked.values())
    if not total:
        return Match(0.0, 0.0, frozenset())
    worth = {t: _worth(t, name, around) for t in asked}
    coverage = sum(asked[t] * w for t, w in worth.items()) / total
    named = sum(desk.weight(t) for t in name)
    shared = sum(min(desk.weight(t), asked[t]) for t in name if t in asked)
    precision = shared / named if named else 0.0
    if _another(asked, name, around):
        coverage *= ANOTHER
    other = 0.93 if any(t.isdigit() and t not in asked for t in name) else 1.0  # "for more than 2 years" is another measure
    return Match(coverage * other * (0.8 + 0.2 * precision), coverage, frozenset(t for t, w in worth.items() if w >= 0.5))
