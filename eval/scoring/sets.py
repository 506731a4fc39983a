"""Sets and counts: rows of measures, actions, how many, and what must be said."""

from __future__ import annotations

from eval.cases import ActionSet, Case, Count, Rows, Statements
from eval.given import Given
from eval.scoring.agreed import agreed, unsaid
from eval.scoring.pairing import LIKE, action_figures, pair, row_likeness, unlike
from eval.scoring.types import Mark, f_score, passed, share
from eval.sources import Sources
from eval.wording import numbers, unmarked


def row_precision(case: Case, given: Given, sources: Sources) -> Mark | None:
    """How much of the table was asked for."""
    if not isinstance(case.expected, Rows):
        return None
    precision = agreed(case, given, sources)[1]
    return Mark(precision, "" if precision == 1 else f"{len(given.rows)} rows given for {len(case.expected.rows)} wanted")


def row_recall(case: Case, given: Given, sources: Sources) -> Mark | None:
    """How much of what was asked for is in the table."""
    want = case.expected
    if not isinstance(want, Rows):
        return None
    match = pair(want.rows, given.rows, row_likeness, LIKE)
    missing = [f"{w.subject} {'no figure' if w.value is None else format(w.value, 'g')}" for i, w in enumerate(want.rows) if i not in match]
    return Mark(agreed(case, given, sources)[2], f"not in the table: {'; '.join(missing)}" if missing else "")


def row_f1(case: Case, given: Given, sources: Sources) -> Mark | None:
    """Precision and recall in one."""
    if not isinstance(case.expected, Rows):
        return None
    _, precision, recall = agreed(case, given, sources)
    return Mark(f_score(precision, recall))


def row_exact(case: Case, given: Given, sources: Sources) -> Mark | None:
    """Exactly the rows asked for, each with its unit and period."""
    want = case.expected
    if not isinstance(want, Rows):
        return None
    if not agreed(case, given, sources)[0]:
        return Mark(0.0, "not the rows asked for")
    match = pair(want.rows, given.rows, row_likeness, LIKE)
    wrong = [f"{want.rows[i].subject}: {', '.join(found)}" for i, j in match.items() if (found := unlike(want.rows[i], given.rows[j]))]
    return passed(not wrong, "; ".join(wrong))


def action_f1(case: Case, given: Given, sources: Sources) -> Mark | None:
    """Precision and recall of a set of actions in one."""
    if not isinstance(case.expected, ActionSet):
        return None
    _, precision, recall = agreed(case, given, sources)
    missing = action_figures(case.expected, given.rows, sources)[2]
    return Mark(f_score(precision, recall), f"not in the table: {', '.join(missing)}" if missing else "")


def action_exact(case: Case, given: Given, sources: Sources) -> Mark | None:
    """Exactly the actions asked for (where the label's set is complete), else all of them."""
    if not isinstance(case.expected, ActionSet):
        return None
    return passed(agreed(case, given, sources)[0], f"{len(given.rows)} rows given for {len(case.expected.refs)} wanted")


def counts(case: Case, given: Given, _: Sources) -> Mark | None:
    """The count, set and said."""
    want = case.expected
    if not isinstance(want, Count):
        return None
    said = not given.refused and want.value in numbers(unmarked(given.text))
    return passed(
        given.count == want.value and said, f"{want.value:g} wanted, count is {given.count}, {'' if said else 'not '}said in the text"
    )


def statements(case: Case, given: Given, _: Sources) -> Mark | None:
    """The share of required statements that are made."""
    if not isinstance(case.expected, Statements):
        return None
    of = len(case.expected.groups)
    missing = list(case.expected.groups) if given.refused else unsaid(case.expected, unmarked(given.text))
    return share(of - len(missing), of, f"not said: {'; '.join(' or '.join(group) for group in missing)}")


def restraint(case: Case, given: Given, _: Sources) -> Mark | None:
    """Nothing is said that must not be; of an answer that is missing nothing can be said either way, and it counts as wrong."""
    if not case.must_not_say:
        return None
    low = given.text.lower()
    said = [text for text in case.must_not_say if text.lower() in low]
    return passed(not said and given.outcome != "missing", f"said: {', '.join(said)}" if said else "no answer")
