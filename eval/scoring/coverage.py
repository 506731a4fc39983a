"""Coverage: a list says what it was chosen from, and the parts add up."""

from __future__ import annotations

from collections import Counter

from eval.cases import Case, Rows
from eval.given import Given
from eval.scoring.types import Mark, passed
from eval.sources import Sources


def coverage(case: Case, given: Given, _: Sources) -> Mark | None:
    """considered = off target + on target + no value + undetermined; no status has more rows than were considered with it.

    Asked of every list of measures that is answered, and of every answer that states a coverage.
    """
    listed = isinstance(case.expected, Rows)
    c = given.coverage
    if c is None:
        return Mark(0.0, "a list without what it was chosen from") if listed else None
    parts = {"off_target": c.off_target, "on_target": c.on_target, "no_value": c.no_value, "undetermined": c.undetermined}
    wrong = []
    if sum(parts.values()) != c.considered:
        wrong.append(f"{' + '.join(map(str, parts.values()))} is not {c.considered}")
    shown = Counter(row.status for row in given.rows if row.status in parts)
    wrong += [f"{n} rows {status}, {parts[status]} considered" for status, n in shown.items() if status and n > parts[status]]
    if c.documents_silent > c.documents_searched:
        wrong.append(f"{c.documents_silent} documents silent of {c.documents_searched} searched")
    return passed(not wrong, "; ".join(wrong))
