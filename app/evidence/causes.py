"""Causes: the sentence that says why, with the one beside it that names what it explains.

"Short-term stability has worsened. The main driver is a shortage of foster homes": asked why stability is worse, the second sentence
answers and the first says of what; neither does alone. A comment in a table's row explains the figure it stands beside.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.evidence.desk import Desk, content
from app.evidence.match import match
from app.evidence.passages import POINTS_BACK, Sentence, sentences_of
from app.question.cues import group
from ingest.lexicon import lexicon
from ingest.types import Chunk

# a sentence that says outright that it gives a cause; that says so plainly; by leaning on what was said; of its own first half
SAID = re.compile(rf"\b(?:{'|'.join(group(g) for g in ('cause', 'caused', 'joined', 'implied'))})\b", re.I)
_PLAINLY = re.compile(rf"\b(?:{group('cause')}|{group('joined')})\b", re.I)
_NAMED = re.compile(rf"\b(?:{group('cause')}|{group('caused')})\b", re.I)
_JOINED = re.compile(rf"\w+ .*?\b(?:{group('joined')}|{group('implied')})\b", re.I)
_CONNECTIVE = re.compile(rf"\b(?:{group('joined')}|{group('implied')})\b", re.I)
_EFFECT_AFTER = re.compile(rf"\b{group('effect_after')}\b", re.I)
_HINDERED = re.compile(rf"\b{group('hindrance')}\b", re.I)  # one that tells what hinders or helps: a cause beside its effect
# the cells of a row that hold figures or a status; what stands after the last two of them is a remark
_CELLS = re.compile(
    r"(?:(?<!\S)(?:£?\d[\d.,]*[%mk]?|n/a|no data|[–-]|yes|no|red|amber|green|blue"
    r"|better|worse|same|worsening|improving|(?:not )?(?:met|achieved))(?!\S)\s*){2,}",
    re.I,
)
# where the sentence that names the subject stands, and what it is worth there: beside the cause, or anywhere before "the main reason is"
_BESIDE = ((-1, 0.95), (-2, 0.85), (1, 0.7))
_POINTS = re.compile(rf"^\W*(?:(?:this|that|these|those|both)\b|(?:the|a) (?:\w+ )?{group('change')}\b)", re.I)
_WORDS = 3  # of a remark
_RESULT = re.compile(r"\W*(?:as a (?:result|consequence)|consequently|therefore|hence|this (?:means|meant))\b", re.I)
_PASSAGE, _POINTED = 0.6, 0.7
_ROW = 0.9  # of what its row says, for a remark
_OTHERS = 0.7  # of what stands beside a sentence that names its own effect
# says plainly that it gives a cause; says so; a row's remark; what hinders, beside its effect; alone
_PLAIN, _SAID, _REMARKED, _PAIRED, _ALONE = 1.0, 0.93, 0.92, 0.88, 0.8
_ADDS = 0.12  # of the question a sentence beside must add to be shown


@dataclass(frozen=True)
class Cause:
    """A sentence that gives a cause, with the one that names its subject and the one that goes on."""

    sentence: Sentence
    subject: Sentence | None
    more: Sentence | None
    score: float
    coverage: float

    @property
    def told(self) -> list[Sentence]:
        """The sentences to show, in the order they stand."""
        return sorted({s.number: s for s in (self.subject, self.sentence, self.more) if s}.values(), key=lambda s: s.number)


def causes(found: Sequence[Sentence], asked: Mapping[str, float], desk: Desk) -> list[Cause]:
    """Every cause that the passages of the sentences found give, best first."""
    chunks = {s.chunk.id: s.chunk for s in found}
    out = [c for chunk in chunks.values() for c in _of_passage(chunk, asked, desk)]
    return sorted(out, key=lambda c: (-c.score, c.sentence.chunk.place.document, c.sentence.chunk.id, c.sentence.number))


def gives_one(sentence: Sentence, desk: Desk) -> bool:
    """True for a sentence that says that it gives a cause, tells what hinders or helps, or remarks on the row it stands in."""
    return bool(SAID.search(sentence.text) or _HINDERED.search(sentence.text)) or _remarks(sentence, desk)


def _remarks(sentence: Sentence, desk: Desk) -> bool:
    """True for a row of figures with a remark in words after them."""
    if sentence.chunk.kind != "row" or any(desk.action(r) for r in sentence.chunk.records):
        return False
    ends = [m.end() for m in _CELLS.finditer(sentence.text)]
    return bool(ends) and len(sentence.text[ends[-1] :].split()) >= _WORDS


def _of_passage(chunk: Chunk, asked: Mapping[str, float], desk: Desk) -> list[Cause]:
    parts = sentences_of(chunk, desk)
    heading = content(lexicon().terms(chunk.place.section or ""))
    return [_read(i, parts, heading, asked, desk) for i, s in enumerate(parts) if gives_one(s, desk)]


def _read(i: int, parts: Sequence[Sentence], heading: frozenset[str], asked: Mapping[str, float], desk: Desk) -> Cause:
    """The cause that a sentence gives, with the neighbour that says most of what was asked."""
    own = parts[i]
    effect, share = _effect(own), _OTHERS if _explains_itself(own) else 1.0
    alone = match(asked, effect, own.around, desk)
    best, beside, matched = alone.coverage * (1.0 if effect & asked.keys() else share), None, alone.matched
    if own.chunk.kind == "row":  # a remark is on all of its row
        row = match(asked, _before_remark(own) or desk.terms_of(own.chunk)[0], frozenset(), desk)
        best, matched = max((best, matched), (_ROW * row.coverage, row.matched), key=lambda p: p[0])
    for step, worth in _BESIDE:
        if not 0 <= i + step < len(parts) or (step > 0 and SAID.search(own.text)):
            continue
        other = parts[i + step]
        both = match(asked, own.name | other.name, heading - own.name - other.name, desk)
        if share * worth * both.coverage > best + _ADDS:
            best, beside, matched = share * worth * both.coverage, other, both.matched
    if SAID.search(own.text):
        before = frozenset().union(heading, *(p.name for p in parts[: i + 1]))
        whole = match(asked, before, frozenset(), desk)
        worth = share * (_POINTED if _POINTS.match(own.text) else _PASSAGE)
        if worth * whole.coverage > best:
            best, beside, matched = worth * whole.coverage, parts[i - 1] if i else None, whole.matched
    if beside is None and i and _RESULT.match(own.text):
        beside = parts[i - 1]
    told = replace(own, score=best, coverage=best, matched=matched)
    return Cause(told, beside, _goes_on(i, parts, asked, desk), best * _worth(own, beside, desk), best)


def _effect(sentence: Sentence) -> frozenset[str]:
    """The terms of what a sentence gives the cause of: "plans are late" of "plans are late because posts are vacant"."""
    if not _explains_itself(sentence):
        return _before_remark(sentence) or sentence.name
    halves = _CONNECTIVE.split(sentence.text, maxsplit=1)
    after = bool(_EFFECT_AFTER.search(sentence.text))
    return content(lexicon().terms(halves[-1] if after else halves[0]))


def _before_remark(sentence: Sentence) -> frozenset[str]:
    """The terms of a row of figures before its remark; none for any other sentence."""
    ends = [m.end() for m in _CELLS.finditer(sentence.text)] if sentence.chunk.kind == "row" else []
    return content(lexicon().terms(sentence.text[: ends[-1]])) if ends else frozenset()


def _explains_itself(sentence: Sentence) -> bool:
    """True for a sentence that says of what it gives the cause, and does not lean on the one before."""
    leans = _NAMED.search(sentence.text) or POINTS_BACK.match(sentence.text) or _POINTS.match(sentence.text)
    return bool(_JOINED.match(sentence.text)) and not leans


def _goes_on(i: int, parts: Sequence[Sentence], asked: Mapping[str, float], desk: Desk) -> Sentence | None:
    """The next sentence, where it gives a cause of the same too: it speaks of something asked that the first does not."""
    after = parts[i + 1] if i + 1 < len(parts) else None
    if after is None or not gives_one(after, desk):
        return None
    return after if any(t in after.name and t not in parts[i].name for t in asked) else None


def _worth(sentence: Sentence, beside: Sentence | None, desk: Desk) -> float:
    if SAID.search(sentence.text):
        return _PLAIN if _PLAINLY.search(sentence.text) else _SAID
    if _remarks(sentence, desk):
        return _REMARKED
    return _PAIRED if beside else _ALONE
