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


@dataclass(frozen=True, slots=True)
class _Kin:
    """What stands for a term: `same` in a name and `said` around it as well as the term itself, `near` and `beside` less well."""

    same: frozenset[str]
    near: frozenset[str]
    said: frozenset[str]
    beside: frozenset[str]

    def worth(self, name: frozenset[str], around: frozenset[str]) -> float:
        """How far a name and its surroundings speak of the term, 0 to 1."""
        if not self.same.isdisjoint(name):
            return 1.0
        if not self.near.isdisjoint(name):
            return NEAR
        if not self.said.isdisjoint(around):
            return AROUND
        return 0.0 if self.beside.isdisjoint(around) else AROUND * NEAR


@lru_cache(maxsize=8192)
def _kin(term: str) -> _Kin:
    lex = lexicon()
    said, narrower, neighbours = {term, *inflected(term)}, lex.narrower.get(term, ()), lex.near.get(term, ())
    towards = (n for n, listed in lex.near.items() if term in listed)
    return _Kin(
        same=frozenset({*said, *narrower}),
        near=frozenset({*neighbours, *towards}),
        said=frozenset(said),
        beside=frozenset({*neighbours, *narrower}),
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a set of asked terms is matched by. `reach`: all that stands for any; `others`: groups of alternatives with those asked for."""

    kin: Mapping[str, _Kin]
    reach: frozenset[str]
    others: tuple[tuple[frozenset[str], frozenset[str]], ...]

    def another(self, name: frozenset[str], around: frozenset[str]) -> bool:
        """True where a name is of another one of alternatives than the one asked for: looked after children, not child protection."""
        return any(wanted.isdisjoint(name) and wanted.isdisjoint(around) and not group.isdisjoint(name) for group, wanted in self.others)


@lru_cache(maxsize=1024)  # a question's terms are matched against hundreds of names
def _asked(terms: frozenset[str]) -> _Asked:
    kin = {t: _kin(t) for t in terms}
    reach = frozenset(other for k in kin.values() for other in (*k.same, *k.near, *k.beside))
    return _Asked(kin, reach, tuple((group, group & terms) for group in lexicon().alternatives if group & terms))


def match(asked: Mapping[str, float], name: frozenset[str], around: frozenset[str], desk: Desk) -> Match:
    """Matches asked terms against a name and its surroundings."""
    total = sum(asked.values())
    told = _asked(frozenset(asked))
    if not total or (told.reach.isdisjoint(name) and told.reach.isdisjoint(around)):
        return Match(0.0, 0.0, frozenset())
    worth = {t: told.kin[t].worth(name, around) for t in asked}
    coverage = sum(asked[t] * w for t, w in worth.items()) / total
    named = desk.weight_of(name)
    shared = sum(min(desk.weight(t), asked[t]) for t in name if t in asked)
    precision = shared / named if named else 0.0
    if told.another(name, around):
        coverage *= ANOTHER
    other = 0.93 if any(t.isdigit() and t not in asked for t in name) else 1.0  # "for more than 2 years" is another measure
    return Match(coverage * other * (0.8 + 0.2 * precision), coverage, frozenset(t for t, w in worth.items() if w >= 0.5))
