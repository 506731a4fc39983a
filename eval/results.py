"""Each case with its answer and marks, and what they come to: means with intervals, by type, persona and document."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from eval.asking import Ask
from eval.cases import Case
from eval.given import MISSING, Given, Json, given
from eval.scoring import SCORERS, exact, score
from eval.scoring.types import Mark
from eval.sources import Sources

SEED = 20251120
DRAWS = 1000


@dataclass(frozen=True)
class Result:
    """A case, the answer it was given (None: none) and its marks."""

    case: Case
    answer: Json | None
    given: Given
    marks: dict[str, Mark]

    @property
    def right(self) -> bool:
        """Right by the shared rule."""
        return self.marks["right"].score == 1

    @property
    def exact(self) -> bool:
        """Right in every respect that is labelled."""
        return exact(self.marks)


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean over `n` cases with its 95% bootstrap interval."""

    mean: float
    low: float
    high: float
    n: int


def scored(cases: Sequence[Case], ask: Ask, sources: Sources) -> list[Result]:
    """Asks and scores every case, in order. A case without an answer is scored as wrong."""
    out = []
    for case in cases:
        answer = ask(case)
        seen = MISSING if answer is None else given(answer)
        out.append(Result(case, answer, seen, score(case, seen, sources)))
    return out


def figure(scores: Sequence[float]) -> Figure:
    """The mean and its interval: the 2.5th and 97.5th percentile of the means of DRAWS resamples (Efron 1979), always the same draws."""
    drawn = random.Random(SEED)
    n = len(scores)
    if len(set(scores)) == 1:
        return Figure(scores[0], scores[0], scores[0], n)
    means = sorted(sum(drawn.choices(scores, k=n)) / n for _ in range(DRAWS))
    return Figure(fmean(scores), means[int(0.025 * DRAWS)], means[int(0.975 * DRAWS)], n)


def by_scorer(results: Sequence[Result]) -> dict[str, Figure]:
    """Each scorer's figure over the cases that ask something of it, and `exact` over all."""
    out = {}
    for scorer in SCORERS:
        scores = [r.marks[scorer.name].score for r in results if scorer.name in r.marks]
        if scores:
            out[scorer.name] = figure(scores)
    out["exact"] = figure([float(r.exact) for r in results])
    return out


GROUPS = ("type", "persona", "document")


def by_group(results: Sequence[Result], group: str) -> dict[str, tuple[Figure, Figure]]:
    """(right, exact) for each value of a group. A case about two documents counts with both, one about none with "no document"."""
    members: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        for value in _values(result.case, group):
            members[value].append(result)
    return {
        value: (figure([float(r.right) for r in found]), figure([float(r.exact) for r in found]))
        for value, found in sorted(members.items())
    }


def _values(case: Case, group: str) -> Iterable[str]:
    if group == "document":
        return case.documents or ("no document",)
    return (case.type if group == "type" else case.persona,)


def shared_figures(results: Sequence[Result]) -> dict[str, float]:
    """The figures that `score.py answers` prints, by its own rules (a false premise put right is right, but no refusal)."""
    answered = [r for r in results if r.answer is not None]
    mean_f1 = [r.marks["likeness"].score for r in answered]
    cited = [(r.marks["passage cited"].score * len(r.case.evidence), len(r.case.evidence)) for r in answered if "passage cited" in r.marks]
    answerable = [r for r in answered if not r.case.refused]
    unanswerable = [r for r in answered if r.case.refused]
    return {
        "questions": float(len(results)),
        "accuracy": fmean(float(r.right) for r in results),
        "mean_f1": fmean(mean_f1) if mean_f1 else 0.0,
        "citation_recall": sum(hit for hit, _ in cited) / max(1, sum(of for _, of in cited)),
        "false_refusal": sum(r.given.refused for r in answerable) / max(1, len(answerable)),
        "missed_refusal": sum(not r.given.refused for r in unanswerable) / max(1, len(unanswerable)),
    }
