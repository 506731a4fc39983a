"""The same commitment in successive plans of one authority: which later one takes up which earlier one, and which are not taken up.

Pure functions over records. Commitments are alike by their telling words, the rarer the heavier, brought to the field's concepts
(ingest/lexicon); those of two documents follow one another where each is the other's nearest. Thresholds: eval/cases/links/README.md.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from index.changes import Change, changes, finished, owner_of, same_measure
from index.numbering import by_number
from index.periods import end_of
from index.types import DocumentEntry, Vectors
from ingest.lexicon import lexicon
from ingest.types import Action, Chunk, Commitment, Measure
from ingest.vocabulary import contains, normalise, vocabulary

Promised = Action | Commitment

_AROUND = 0.3  # what a word of the targets, or of the paragraph around a sentence, weighs of one in the commitment's own words
_WEAK = 0.3  # what a word of doing ("develop", "review") weighs of one that tells what is done
_CONCEPT = 1.3  # what a concept of the field weighs of a plain word
_LIKE = 0.36  # likeness from which two commitments that share two telling words are one
_MORE_LIKE = 0.45  # from which one telling word that they share is enough
_ALONE = 0.28  # enough where neither is half as like any other one
_RIVAL = 0.5
_OVERLAP = 0.4  # and most of what the shorter one tells is in both
_TARGETED = 0.2  # added where both set a target for the same measure
_FAR_APART = 36  # months between two plans, after which alike is less often the same and silence says nothing
_TOO_FAR = 96  # months after which a promise in like words is another promise
_FURTHER = 0.12  # more likeness that plans far apart need
_MENTIONED = 0.45  # share of a commitment's telling words that a later passage of commitments may hold and still not mention it
_PRINTED = 0.6  # and that any other later passage may hold
_TELLING = 2  # telling words from which a commitment can be looked for
_PLAN = 5  # actions from which a document is a plan, whose silence tells something


@dataclass(frozen=True, slots=True)
class Follow:
    """A commitment and the later one that takes it up, how alike they are (0 to 1) and what changed between them."""

    earlier: Promised
    later: Promised
    likeness: float
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Unfollowed:
    """A commitment that was not complete, and the later plans on its subject and time that do not mention it."""

    record: Promised
    later: tuple[str, ...]


@dataclass(frozen=True)
class Succession:
    """What follows what in a library; `follows` in the order of the earlier documents.

    `pairs` are a document and a later plan near enough in time for its silence to tell something.
    """

    follows: tuple[Follow, ...]
    unfollowed: tuple[Unfollowed, ...]
    pairs: frozenset[tuple[str, str]]

    def around(self, identity: str) -> tuple[Follow, ...]:
        """Every step of the thread that the commitment of that id belongs to; none where it stands alone."""
        known, found = {identity}, set[int]()
        grown = True
        while grown:
            fresh = [i for i, f in enumerate(self.follows) if i not in found and {f.earlier.id, f.later.id} & known]
            grown = bool(fresh)
            found.update(fresh)
            known.update(r.id for i in fresh for r in (self.follows[i].earlier, self.follows[i].later))
        return tuple(self.follows[i] for i in sorted(found))


def succession(
    actions: Sequence[Action],
    commitments: Iterable[Commitment],
    measures: Iterable[Measure],
    chunks: Iterable[Chunk],
    documents: Sequence[DocumentEntry],
) -> Succession:
    """Links the actions and the prose commitments of each authority's documents, in the order of the periods they are for."""
    promised: list[Promised] = [*actions, *(c for c in commitments if not c.action_id)]
    promised = [p for p in promised if not _of_itself(words_of(p))]
    targets: dict[str, list[Measure]] = defaultdict(list)
    for m in measures:
        if m.action_id and (m.target is not None or m.comparator):
            targets[m.action_id].append(m)
    around: dict[str, str] = {}
    passages: dict[str, list[frozenset[str]]] = defaultdict(list)
    for chunk in chunks:
        passages[chunk.place.document].append(_content(chunk.text))
        for record in chunk.records:
            around[record] = f"{around.get(record, '')} {chunk.text}"
    follows: list[Follow] = []
    unfollowed: list[Unfollowed] = []
    pairs: set[tuple[str, str]] = set()
    for held in _by_authority(documents):
        names = {e.name for e in held}
        own = [p for p in promised if p.place.document in names]
        shelf = _shelf(own, around, held)
        found = _follows(shelf, targets)
        follows += found
        unfollowed += _unfollowed(shelf, found, passages)
        pairs.update((a.name, b.name) for a in held for b in _plans_after(shelf, a))
    return Succession(tuple(follows), tuple(unfollowed), frozenset(pairs))


def words_of(promised: Promised) -> str:
    """What was promised, as printed."""
    return promised.action if isinstance(promised, Action) else promised.commitment


# -- documents in order


def _by_authority(documents: Sequence[DocumentEntry]) -> list[list[DocumentEntry]]:
    """The dated documents of each authority that has several, oldest first."""
    held: dict[str, list[DocumentEntry]] = defaultdict(list)
    for entry in documents:
        if entry.authority and ended(entry):
            held[entry.authority].append(entry)
    return [sorted(entries, key=lambda e: (ended(e), e.name)) for entries in held.values() if len(entries) > 1]


def ended(entry: DocumentEntry) -> str:
    """The ISO day on which the document's period ends; empty where it has none."""
    return (end_of(entry.period) if entry.period else None) or ""


def _apart(earlier: DocumentEntry, later: DocumentEntry) -> int:
    """Months between the ends of two documents' periods."""
    a, b = ended(earlier), ended(later)
    return (int(b[:4]) - int(a[:4])) * 12 + int(b[5:7]) - int(a[5:7])


# -- telling words


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(t for phrases in vocabulary()["promises"][name] for t in _terms(phrases, name))


def _terms(phrases: str, name: str) -> list[str]:
    """A phrase of two to three words may be a concept of its own; a long list is read word by word."""
    words = phrases.split()
    return lexicon().terms(phrases) if name == "weak" and len(words) < 4 else [t for w in words for t in lexicon().terms(w)]


def _content(text: str) -> frozenset[str]:
    return frozenset(t for t in lexicon().terms(text) if t not in _listed("empty") and len(t) > 1 and not t[0].isdigit())


def telling_words(text: str) -> frozenset[str]:
    """The terms of a commitment that tell what it is about: not words of doing, offices or numbers."""
    return _content(text) - _listed("weak")


def _of_itself(text: str) -> bool:
    said = normalise(text)
    return any(said.startswith(f"{phrase} ") for phrase in vocabulary()["promises"]["itself"])


@dataclass(frozen=True)
class _Shelf:
    """The commitments of one authority by document, oldest first, with a unit vector and the telling words of each."""

    documents: tuple[DocumentEntry, ...]
    rows: Mapping[str, list[int]]
    promised: tuple[Promised, ...]
    vectors: Vectors
    own: tuple[frozenset[str], ...]
    all: tuple[frozenset[str], ...]
    weight: Mapping[str, float]


def _shelf(promised: list[Promised], around: Mapping[str, str], documents: list[DocumentEntry]) -> _Shelf:
    own = [_content(words_of(p)) for p in promised]
    near = [(p.success_measures or "") if isinstance(p, Action) else around.get(p.id, "") for p in promised]
    beside = [_content(text) - mine for text, mine in zip(near, own, strict=True)]
    held = Counter(t for terms in own for t in terms)
    weight = {t: _weight(t, held[t], len(promised)) for terms in (*own, *beside) for t in terms}
    column = {t: i for i, t in enumerate(sorted(weight))}
    vectors = np.zeros((len(promised), len(column)), dtype=np.float32)
    for row, (mine, more) in enumerate(zip(own, beside, strict=True)):
        for terms, share in ((mine, 1.0), (more, _AROUND)):
            for t in terms:
                vectors[row, column[t]] = share * weight[t]
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors /= np.where(length > 0, length, 1)
    rows: dict[str, list[int]] = defaultdict(list)
    for i, p in enumerate(promised):
        rows[p.place.document].append(i)
    weak = _listed("weak")
    both = tuple((o | b) - weak for o, b in zip(own, beside, strict=True))
    return _Shelf(tuple(documents), rows, tuple(promised), vectors, tuple(o - weak for o in own), both, weight)


def _weight(term: str, held: int, total: int) -> float:
    """Rare terms weigh more, concepts of the field a little more, words of doing little."""
    kind = _WEAK if term in _listed("weak") else _CONCEPT if term.startswith("@") else 1.0
    return kind * math.log(1 + total / (held + 0.5))


# -- which follows which


def _follows(shelf: _Shelf, targets: Mapping[str, list[Measure]]) -> list[Follow]:
    out: list[Follow] = []
    for i, earlier in enumerate(shelf.documents):
        for later in shelf.documents[i + 1 :]:
            if ended(earlier) < ended(later) and _apart(earlier, later) <= _TOO_FAR:
                more = _FURTHER if _apart(earlier, later) > _FAR_APART else 0.0
                out += _between(shelf, shelf.rows.get(earlier.name, []), shelf.rows.get(later.name, []), targets, more)
    return out


def _between(shelf: _Shelf, before: list[int], after: list[int], targets: Mapping[str, list[Measure]], more: float) -> list[Follow]:
    """Of two documents the commitments that are each other's nearest, and near enough; `more` than else where they are far apart."""
    if not before or not after:
        return []
    likeness = shelf.vectors[before] @ shelf.vectors[after].T
    for i, a in enumerate(before):
        for near in np.flatnonzero(likeness[i] >= _LIKE / 2):
            likeness[i, near] += _TARGETED * _same_target(shelf.promised[a], shelf.promised[after[int(near)]], targets)
    numbered = _same_number(shelf, before, after)
    for i, j in numbered:
        likeness[i, j] += 1  # the report on a plan keeps its numbers: nothing else is nearer
    nearest, back = likeness.argmax(axis=1), likeness.argmax(axis=0)
    out = []
    for i, a in enumerate(before):
        j = int(nearest[i])
        b = after[j]
        like = float(likeness[i, j]) - ((i, j) in numbered)
        shared = len(shelf.own[a] & shelf.own[b])
        alone = not more and max(_second(likeness[i]), _second(likeness[:, j])) <= _RIVAL * like and _overlap(shelf, a, b) >= _OVERLAP
        floor = _ALONE if alone else _LIKE if shared > 1 else _MORE_LIKE
        if back[j] == i and ((i, j) in numbered or (shared and like >= floor + more)):
            x, y = shelf.promised[a], shelf.promised[b]
            out.append(Follow(x, y, round(min(like, 1.0), 3), changes(x, y, targets.get(x.id, []), targets.get(y.id, []))))
    return out


def _same_number(shelf: _Shelf, before: list[int], after: list[int]) -> set[tuple[int, int]]:
    """The places in both lists of actions that bear one number for one thing, where the two documents number theirs alike."""
    at = {shelf.promised[b].id: j for j, b in enumerate(after)}
    numbers = by_number(*([p for r in rows if isinstance(p := shelf.promised[r], Action)] for rows in (before, after)))
    pairs = ((i, at.get(numbers.get(shelf.promised[a].id, ""))) for i, a in enumerate(before))
    return {(i, j) for i, j in pairs if j is not None}


def _overlap(shelf: _Shelf, a: int, b: int) -> float:
    """The share, by weight, of the telling words of the shorter of two commitments that the other one holds too."""
    if min(len(shelf.own[a]), len(shelf.own[b])) < _TELLING:
        return 0.0
    both, *each = (sum(shelf.weight[t] for t in terms) for terms in (shelf.own[a] & shelf.own[b], shelf.own[a], shelf.own[b]))
    return both / min(each)


def _second(row: Vectors) -> float:
    return float(np.partition(row, -2)[-2]) if len(row) > 1 else 0.0


def _same_target(a: Promised, b: Promised, targets: Mapping[str, list[Measure]]) -> bool:
    return any(same_measure(x, y) for x in targets.get(a.id, []) for y in targets.get(b.id, []))


# -- which are not taken up


def _unfollowed(shelf: _Shelf, follows: list[Follow], passages: Mapping[str, list[frozenset[str]]]) -> list[Unfollowed]:
    """Commitments that were not complete and that no later document mentions, where some later plan speaks of their subject and time."""
    taken = {f.earlier.id for f in follows}
    out = []
    for i, before in enumerate(shelf.documents):
        later = [e for e in shelf.documents[i + 1 :] if ended(e) > ended(before)]
        plans = _plans_after(shelf, before)
        for row in shelf.rows.get(before.name, []) if plans else []:
            record = shelf.promised[row]
            if record.id in taken or finished(record) or not _told_whole(record) or len(shelf.own[row]) < _TELLING:
                continue
            said = [shelf.all[r] for e in later for r in shelf.rows.get(e.name, [])]
            printed = [terms for e in later for terms in passages.get(e.name, [])]
            if any(_share(shelf, row, t) > _MENTIONED for t in said) or any(_share(shelf, row, t) > _PRINTED for t in printed):
                continue
            silent = tuple(e.name for e in plans if any(shelf.own[row] & shelf.all[r] for r in _actions(shelf, e)))
            if silent:
                out.append(Unfollowed(record, silent))
    return out


def _plans_after(shelf: _Shelf, before: DocumentEntry) -> list[DocumentEntry]:
    """The later plans near enough in time."""
    later = [e for e in shelf.documents if ended(e) > ended(before) and _apart(before, e) <= _FAR_APART]
    return [e for e in later if len(_actions(shelf, e)) >= _PLAN]


def _actions(shelf: _Shelf, entry: DocumentEntry) -> list[int]:
    return [r for r in shelf.rows.get(entry.name, []) if isinstance(shelf.promised[r], Action)]


def _told_whole(record: Promised) -> bool:
    """Whether a sentence can be judged by its own words: an action can; in prose a firm promise with a date or an owner, that points at
    nothing outside itself."""
    if isinstance(record, Action):
        return True
    said = normalise(record.commitment)
    pointing = any(contains(said, word) for word in vocabulary()["promises"]["pointing"])
    return record.strength == "explicit" and bool(record.by_when or owner_of(record)) and not pointing


def _share(shelf: _Shelf, row: int, said: frozenset[str]) -> float:
    """The share of a commitment's telling words that are said."""
    own = sum(shelf.weight[t] for t in shelf.own[row])
    return sum(shelf.weight[t] for t in shelf.own[row] & said) / own
