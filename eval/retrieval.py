"""Retrieval apart from the answer: what search brings up, and what the answer points at, at the level of passages, pages and records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean

from eval.cases import ActionSet, Case, Evidence, Figures, Rows
from eval.given import GivenRow
from eval.results import Result
from eval.scoring.citations import cited
from eval.scoring.figures import SAME_SUBJECT
from eval.scoring.pairing import LIKE, named, row_likeness
from eval.scoring.types import f_score
from eval.sources import Sources
from eval.wording import carries, contained, near

DEPTHS = (2, 5, 10)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text that a search brought up: document, page and the records printed in it."""

    document: str
    page: int | None
    text: str
    records: tuple[str, ...] = ()


Search = Callable[[Case, int], Sequence[Piece]]


@dataclass(frozen=True, slots=True)
class Level:
    """Precision and recall averaged over `n` cases, F1 and F2 of the averages, and how many words a reader is given on average."""

    precision: float
    recall: float
    n: int
    words: float

    @property
    def f1(self) -> float:
        """Both in one."""
        return f_score(self.precision, self.recall)

    @property
    def f2(self) -> float:
        """Both in one, recall weighing twice: a reader can pass over a passage too many, not read one that is missing."""
        return f_score(self.precision, self.recall, 2)


def searched(cases: Sequence[Case], search: Search, sources: Sources, records: dict[str, GivenRow] | None) -> dict[int, dict[str, Level]]:
    """depth → level → figures of a search, for the cases that need evidence. `records` None: the search knows no records."""
    needing = [c for c in cases if c.evidence and not c.refused]
    found = {c.id: search(c, max(DEPTHS)) for c in needing}
    return {depth: _levels([(c, found[c.id][:depth]) for c in needing], sources, records) for depth in DEPTHS}


def pointed_at(results: Sequence[Result], sources: Sources, records: dict[str, GivenRow]) -> dict[str, Level]:
    """The same figures for what the answers cite and show in their tables."""
    pairs = []
    for result in results:
        if result.case.evidence and not result.case.refused:
            ids = [c.record for c in result.given.citations] + [row.id for row in result.given.rows]
            quotes = list(dict.fromkeys(c[:3] for c in cited(result.given)))
            pieces = [Piece(document, page, quote) for document, page, quote in quotes]
            pairs.append((result.case, [*pieces, *(Piece("", None, "", (id,)) for id in dict.fromkeys(ids) if id)]))
    return _levels(pairs, sources, records)


def _levels(pairs: Sequence[tuple[Case, Sequence[Piece]]], sources: Sources, records: dict[str, GivenRow] | None) -> dict[str, Level]:
    shown = fmean(sum(len(p.text.split()) for p in pieces) for _, pieces in pairs) if pairs else 0.0
    texts = [(case, [p for p in pieces if p.document]) for case, pieces in pairs]
    found: dict[str, list[tuple[float, float]]] = {
        "passage": [_passages(case, pieces, sources) for case, pieces in texts],
        "page": [_pages(case, pieces, sources) for case, pieces in texts if any(e.page for e in case.evidence)],
    }
    if records is not None:
        found["record"] = [r for case, pieces in pairs if (r := _records(case, pieces, sources, records))]
    return {name: Level(fmean(p for p, _ in of), fmean(r for _, r in of), len(of), shown) for name, of in found.items() if of}


def _share(part: int, of: int) -> float:
    return part / of if of else 0.0


def _passages(case: Case, pieces: Sequence[Piece], sources: Sources) -> tuple[float, float]:
    def is_in(place: Evidence, piece: Piece) -> bool:
        return sources.same(place.document, piece.document) and carries(place.quote, piece.text)

    useful = sum(any(is_in(place, piece) for e in case.evidence for place in e.places) for piece in pieces)
    found = sum(any(is_in(place, piece) for place in e.places for piece in pieces) for e in case.evidence)
    return _share(useful, len(pieces)), found / len(case.evidence)


def _pages(case: Case, pieces: Sequence[Piece], sources: Sources) -> tuple[float, float]:
    seen = {(p.document, p.page) for p in pieces}
    needed = [[(sources.files.get(place.document), place.page) for place in e.places] for e in case.evidence if e.page]
    useful = sum(page in {one for places in needed for one in places} for page in seen)
    return _share(useful, len(seen)), sum(any(place in seen for place in places) for places in needed) / len(needed)


def _records(case: Case, pieces: Sequence[Piece], sources: Sources, records: dict[str, GivenRow]) -> tuple[float, float] | None:
    """None for a case whose answer is no set of records."""
    rows = [records[id] for id in dict.fromkeys(id for p in pieces for id in p.records) if id in records]
    tests = _wanted(case, sources)
    if not tests:
        return None
    useful = sum(any(test(row) for test in tests) for row in rows)
    return _share(useful, len(rows)), sum(any(test(row) for row in rows) for test in tests) / len(tests)


def _wanted(case: Case, sources: Sources) -> list[Callable[[GivenRow], bool]]:
    """For each thing wanted, whether a record is it."""
    want = case.expected
    if isinstance(want, Rows):
        return [lambda row, w=w: row.measure is not None and row_likeness(w, row) >= LIKE for w in want.rows]  # type: ignore[misc]
    if isinstance(want, ActionSet):
        return [lambda row, ref=ref: bool(named([ref], [row], sources)) for ref in want.refs]  # type: ignore[misc]
    if isinstance(want, Figures):
        return [
            lambda row, w=w: contained(w.label, row.subject) >= SAME_SUBJECT and (near(w.value, row.value) or near(w.value, row.target))  # type: ignore[misc]
            for w in want.values
        ]
    return []


def asked_text(case: Case) -> str:
    """What to search for: the question, after the one before it where it is a follow-up."""
    return " ".join((*case.history[-1:], case.question))
