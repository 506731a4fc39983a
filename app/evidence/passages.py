"""The sentences that carry an answer: found by search, read one by one, chosen so that together they cover what was asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from app.evidence.desk import Desk, content
from app.evidence.match import match
from app.types import Source
from ingest.language.sentences import statements
from ingest.lexicon import lexicon
from ingest.types import Chunk

POINTS_BACK = re.compile(
    r"^(?:(?:consequently|therefore|as a result|as a consequence|thus|hence|also|however|but|and),? )?"
    r"(?:many |all |most |some |both |one )?(?:of )?(?:this|these|those|they|their|it|such|that|he|she)\b",
    re.I,
)
# "found four root causes. First, … Second, …": a list in sentences
_ANNOUNCES = re.compile(r"\b(?:two|three|four|five|six|seven|several|\d|following|main|key)\b", re.I)
_FIRST = re.compile(r"(?:first(?:ly)?|one)\b", re.I)
_NEXT = re.compile(r"(?:second|third|fourth|fifth|sixth|seventh|two|three|four|final|last|next|then|also|and)(?:ly)?\b", re.I)
PER_DOCUMENT = 8  # passages that each document may bring, so that no plan is silently dropped


@dataclass(frozen=True)
class Sentence:
    """One sentence, verbatim with white space collapsed, its number in its passage from 0, and how well it speaks of what was asked."""

    chunk: Chunk
    number: int
    text: str
    name: frozenset[str]
    around: frozenset[str]
    score: float = 0.0
    coverage: float = 0.0
    matched: frozenset[str] = frozenset()

    @property
    def source(self) -> Source:
        """The sentence as a source."""
        return Source(self.text, self.chunk.place)


def sentences_of(chunk: Chunk, desk: Desk) -> tuple[Sentence, ...]:
    """All sentences of a passage; each knows the words of its heading and, more faintly, of its neighbours.

    A table row with an action is read cell by cell: what is to be done, how far it got, how success will be known.
    """
    action = next((a for r in chunk.records if (a := desk.action(r))), None) if chunk.kind == "row" else None
    row = " ".join(chunk.text.split())
    texts = [chunk.text]
    if action:
        cells = [" ".join(t.split()) for t in (action.action, action.progress, action.success_measures) if t]
        # a row of several lines prints its cells interleaved: what stands in it whole can be quoted, cell or sentence
        texts = [p for t in cells for p in ([t] if t in row else _whole_in(t, row))] or [chunk.text]
    return _sentences(chunk, tuple(texts))


_FIGURES_FIRST = re.compile(r"^(?:[£]?[\d.,]+%?\s+)+(?=[A-Z][a-z])")


def _whole_in(cell: str, row: str) -> list[str]:
    """The sentences of a cell that stand in the row as they are, without the figures of other lines before them."""
    parts = [_FIGURES_FIRST.sub("", cell[a:b]) for a, b in statements(cell)]
    return [p for p in parts if len(p.split()) > 3 and p in row]


@lru_cache(maxsize=8192)
def _sentences(chunk: Chunk, texts: tuple[str, ...]) -> tuple[Sentence, ...]:
    lex = lexicon()
    parts = [" ".join(t[a:b].split()) for t in texts for a, b in statements(t)]
    names = [content(lex.terms(p)) for p in parts]
    heading = content(lex.terms(f"{chunk.place.section or ''}"))
    row = content(lex.terms(chunk.text)) if chunk.kind == "row" else frozenset()
    out = []
    for i, part in enumerate(parts):
        beside = names[i - 1] if i else frozenset()
        out.append(Sentence(chunk, i, part, names[i], (heading | (row or beside)) - names[i]))
    return tuple(out)


def candidates(text: str, asked: Mapping[str, float], desk: Desk, documents: Sequence[str] = (), limit: int = 24) -> list[Sentence]:
    """Sentences of the passages that search finds, scored against what was asked; best first.

    The search is asked for each document in turn where several are in question, so that each is heard.
    """
    wanted = list(documents) or [e.name for e in desk.entries]
    chunks: dict[str, tuple[Chunk, float]] = {}
    hits = list(desk.hits(text, limit, wanted))
    heard = {h.chunk.place.document for h in hits}
    if len(wanted) <= 8:
        hits += [h for name in wanted if name not in heard for h in desk.hits(text, PER_DOCUMENT, [name])]
    best = max((h.score for h in hits), default=1.0) or 1.0
    for h in hits:
        chunks.setdefault(h.chunk.id, (h.chunk, h.score / best))
    found = []
    for chunk, rank in chunks.values():
        for s in sentences_of(chunk, desk):
            m = match(asked, s.name, s.around, desk)
            if m.coverage:
                found.append(replace(s, score=m.coverage * (0.9 + 0.1 * rank), coverage=m.coverage, matched=m.matched))
    return sorted(found, key=lambda s: (-s.score, s.chunk.place.document, s.chunk.id, s.number))


def widened(sentence: Sentence, asked: Mapping[str, float], desk: Desk) -> Sentence:
    """The sentence matched again with its whole passage around it: "The delay arises because …" names its subject sentences before."""
    around = (sentence.around | content(lexicon().terms(sentence.chunk.text))) - sentence.name
    m = match(asked, sentence.name, around, desk)
    return replace(
        sentence, score=max(m.score, sentence.score), coverage=max(m.coverage, sentence.coverage), matched=m.matched | sentence.matched
    )


def _gain(s: Sentence, behind: float, first: Sentence, covered: set[str], asked: Mapping[str, float]) -> float:
    """What a further sentence adds: the share of the question it newly covers; more beside the first, less where it matches worse."""
    fresh = sum(asked[t] for t in s.matched if t not in covered and t in s.name) / (sum(asked.values()) or 1.0)
    if not fresh:
        return 0.0
    near = 0.3 if s.chunk.id == first.chunk.id else 0.1 if s.chunk.place.document == first.chunk.place.document else 0.0
    return fresh + near + 0.35 * behind


def choose(
    found: Sequence[Sentence],
    asked: Mapping[str, float],
    limit: int,
    bonus: Callable[[Sentence], float] = lambda s: 0.0,
    alike: float = 0.0,
) -> list[Sentence]:
    """The fewest sentences that cover what was asked: the best first, then those that add most, up to `limit`.

    `bonus` raises sentences of the kind that is looked for: with a number, a date, a reason. From another part of the documents than the
    first, only those that speak of the question by so much as `alike` of the first one's coverage.
    """
    pool = [(s, s.score + bonus(s)) for s in found]
    if not pool:
        return []
    first = max(pool, key=lambda p: p[1])
    chosen = [first[0]]
    home = first[0].chunk.place.section
    covered = {t for t in first[0].matched if t in first[0].name}
    while len(chosen) < limit:
        rest = [p for p in pool if p[0] not in chosen and p[1] >= 0.45 * first[1]]
        rest = [p for p in rest if p[0].chunk.place.section == home or p[0].coverage >= alike * chosen[0].coverage]
        gains = [(_gain(s, rank - first[1], chosen[0], covered, asked), s) for s, rank in rest]
        gain, best = max(gains, key=lambda g: g[0], default=(0.0, first[0]))
        if gain < 0.12:
            break
        chosen.append(best)
        covered |= {t for t in best.matched if t in best.name}
    return sorted(
        chosen,
        key=lambda s: (
            chosen[0].chunk.place.document != s.chunk.place.document,
            s.chunk.place.document,
            s.chunk.place.page or 0,
            s.chunk.id,
            s.number,
        ),
    )


def together(chosen: Sequence[Sentence], asked: Mapping[str, float], one_part: bool = False) -> float:
    """The coverage of sentences of one document taken together; with `one_part` only of those under the first one's heading."""
    if not chosen:
        return 0.0
    total = sum(asked.values()) or 1.0
    home = max(chosen, key=lambda s: s.coverage).chunk.place
    near = [s for s in chosen if s.chunk.place.document == home.document and (not one_part or s.chunk.place.section == home.section)]
    matched = frozenset().union(*(s.matched for s in near))
    return max(max(s.coverage for s in near), 0.95 * sum(w for t, w in asked.items() if t in matched) / total)


def _counted_off(after: Sequence[Sentence]) -> list[Sentence]:
    """The sentences of a list that is counted off, up to the first that goes on to something else."""
    end = next((i for i, s in enumerate(after) if i and not _NEXT.match(s.text)), len(after))
    return list(after[:end])


def read_on(sentence: Sentence, desk: Desk, limit: int = 8) -> list[Sentence]:
    """The sentence with what follows it in its passage where it cannot stand alone.

    A list that it or the next sentence announces ("Answers were:"), or a next sentence that points back ("Many of these …").
    """
    parts = sentences_of(sentence.chunk, desk)
    i = next((n for n, p in enumerate(parts) if p.number == sentence.number), None)
    if i is None:
        return [sentence]
    after = parts[i + 1 : i + 2 + limit]
    if (after[-1:] or (sentence,))[-1].text.rstrip().endswith(":") and (beyond := desk.following(sentence.chunk)):
        after = (*after, *sentences_of(beyond, desk)[:limit])
    if sentence.text.rstrip().endswith(":"):
        return [sentence, *after[:limit]]
    if after and _ANNOUNCES.search(sentence.text) and _FIRST.match(after[0].text):
        return [sentence, *_counted_off(after)]
    if after and after[0].text.rstrip().endswith(":") and len(after[0].text) < 40:
        return [sentence, *after]
    if after and sentence.chunk.kind == "prose" and POINTS_BACK.match(after[0].text):
        return [sentence, after[0]]
    return [sentence]
