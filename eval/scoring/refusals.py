"""Refusals: given where they must be, of the right type, and only there."""

from __future__ import annotations

from eval.cases import Case, Refusal
from eval.given import Given
from eval.scoring.types import Mark, passed
from eval.sources import Sources


def refused(case: Case, given: Given, _: Sources) -> Mark | None:
    """What the documents do not say is not answered; putting a false premise right is as good."""
    if not isinstance(case.expected, Refusal):
        return None
    return passed(given.refused or given.outcome == "false_premise", f"answered ({given.outcome}), but {case.expected.why}")


def refusal_type(case: Case, given: Given, _: Sources) -> Mark | None:
    """The refusal says the right reason, where the label names it."""
    want = case.expected
    if not isinstance(want, Refusal) or not want.outcomes:
        return None
    return passed(given.outcome in want.outcomes, f"{given.outcome} for {' or '.join(want.outcomes)}")


def answered(case: Case, given: Given, _: Sources) -> Mark | None:
    """What the documents do say is not refused, nor asked back about."""
    if case.refused:
        return None
    ok = not given.refused and given.outcome not in ("missing", "needs_clarification")
    return passed(ok, f"{given.outcome}, but the documents say it")
