"""Stability: the same question twice, the same documents in another order, the same question in other words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from eval.asking import Ask, steady
from eval.given import Given
from eval.results import Result
from eval.wording import numbers, unmarked


@dataclass(frozen=True, slots=True)
class Same:
    """How many of `of` are the same, and those that are not."""

    same: int
    of: int
    differing: tuple[str, ...]


def again(results: Sequence[Result], ask: Ask) -> Same:
    """Every question asked once more: the answer must be the same to the last character, timings aside."""
    differing = tuple(r.case.id for r in results if steady(r.answer) != steady(ask(r.case)))
    return Same(len(results) - len(differing), len(results), differing)


def paraphrased(results: Sequence[Result]) -> tuple[Same, Same]:
    """(sets whose answers hold the same facts, sets whose answers are all right)."""
    sets: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        if result.case.set:
            sets[result.case.set].append(result)
    differ = tuple(name for name, found in sorted(sets.items()) if len({_facts(r.given) for r in found}) > 1)
    wrong = tuple(name for name, found in sorted(sets.items()) if not all(r.right for r in found))
    return Same(len(sets) - len(differ), len(sets), differ), Same(len(sets) - len(wrong), len(sets), wrong)


def _facts(given: Given) -> tuple[object, ...]:
    """Outcome, count and rows; where there are no rows, the numbers said."""
    rows = frozenset((row.document, row.page, row.quote, row.subject, row.value) for row in given.rows)
    return given.outcome, given.count, rows or frozenset(numbers(unmarked(given.text)))
