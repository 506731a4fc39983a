"""The scorers can fail: full marks for what the labels describe, and each fault seen by the scorers that must see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from eval.cases import Case
from eval.given import MISSING, given
from eval.ideal import ideal
from eval.mutants import MUTANTS, imperfect, mutated
from eval.scoring import GRADED, SCORERS, exact, score
from eval.sources import Sources


def in_cells(cases: Sequence[Case]) -> list[Case]:
    """The first cases with their evidence in spreadsheet cells, which no sample plan has."""
    return [replace(c, evidence=tuple(replace(e, cell=f"B{n}") for n, e in enumerate(c.evidence))) for c in cases if c.evidence][:3]


def test_ideal_answers_have_full_marks(cases: Sequence[Case], sources: Sources) -> None:
    assert imperfect([*cases, *in_cells(cases)], sources) == []


def test_every_mutant_is_caught(cases: Sequence[Case], sources: Sources) -> None:
    found = mutated([*cases, *in_cells(cases)], sources)
    assert {(c.mutant, c.scorer) for c in found} == {(m.name, name) for m in MUTANTS for name in m.caught_by}
    assert not [c for c in found if c.caught < c.of]


def test_every_scorer_has_a_mutant() -> None:
    assert {s.name for s in SCORERS} == {name for m in MUTANTS for name in m.caught_by}
    assert set(GRADED) <= {s.name for s in SCORERS}


def test_nothing_is_right_by_default(cases: Sequence[Case], sources: Sources) -> None:
    """No answer: every scorer that asks something of the case gives nothing, and the case is neither right nor exact."""
    for case in cases:
        marks = score(case, MISSING, sources)
        assert marks["right"].score == 0
        assert not exact(marks)
        assert all(mark.score == 0 for mark in marks.values()), (case.id, marks)
        asked = set(score(case, given(ideal(case, sources)), sources))
        assert asked - set(marks) <= {"verbatim", "coverage"}, "only what depends on there being a quote or a coverage"
