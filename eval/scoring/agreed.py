"""Right or wrong by the shared rule (`score/score.py`, "answers"), so that figures can be compared with those of others.

It is lenient: a number counts wherever it is said. The other scorers ask for its unit, period and subject too.
"""

from __future__ import annotations

from eval.cases import ActionSet, Case, Count, Figures, Refusal, Rows, Statements
from eval.given import Given
from eval.scoring.pairing import LIKE, action_figures, pair, row_likeness
from eval.scoring.types import Mark, f_score
from eval.sources import Sources
from eval.wording import flat, near, numbers


def agreed(case: Case, given: Given, sources: Sources) -> tuple[bool, float, float]:
    """(right, precision, recall)."""
    want = case.expected
    if isinstance(want, Refusal):
        ok = given.refused or given.outcome == "false_premise"
        return ok, float(ok), float(ok)
    if given.refused or given.outcome in ("needs_clarification", "missing"):
        return False, 0.0, 0.0
    if isinstance(want, Rows):
        return _rows(want, given)
    if isinstance(want, ActionSet):
        precision, recall, _ = action_figures(want, given.rows, sources)
        return recall == 1 and (precision == 1 or not want.complete), precision, recall
    if isinstance(want, Count):
        ok = given.count == want.value and want.value in numbers(given.text)
        return ok, float(ok), float(ok)
    if isinstance(want, Figures):
        said = numbers(given.text)
        hit, of = sum(any(near(v.value, n) for n in said) for v in want.values), len(want.values)
    else:
        hit, of = len(want.groups) - len(unsaid(want, given.text)), len(want.groups)
    return hit == of, float(hit == of), hit / of


def unsaid(want: Statements, text: str) -> list[tuple[str, ...]]:
    """The groups of which nothing is said."""
    low = flat(text.lower())
    return [group for group in want.groups if not any(one.lower() in low for one in group)]


def _rows(want: Rows, given: Given) -> tuple[bool, float, float]:
    match = pair(want.rows, given.rows, row_likeness, LIKE)
    rest = [row for j, row in enumerate(given.rows) if j not in match.values()]
    tolerated = len(pair(want.optional, rest, row_likeness, LIKE))
    recall = len(match) / len(want.rows)
    precision = len(match) / (len(given.rows) - tolerated) if len(given.rows) > tolerated else 0.0
    return recall == 1 and (precision == 1 or not want.complete), precision, recall


def correct(case: Case, given: Given, sources: Sources) -> Mark:
    """Right by the shared rule."""
    ok, precision, recall = agreed(case, given, sources)
    return Mark(1.0) if ok else Mark(0.0, f"{given.outcome}; precision {precision:.2f}, recall {recall:.2f}")


def likeness(case: Case, given: Given, sources: Sources) -> Mark:
    """F1 by the shared rule: how much of the answer was there."""
    _, precision, recall = agreed(case, given, sources)
    return Mark(f_score(precision, recall))
