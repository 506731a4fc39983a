"""What was wanted and what was given, in words for a reader."""

from __future__ import annotations

from eval.cases import ActionSet, Case, Count, Figures, Refusal, Rows, Statements
from eval.given import GivenRow
from eval.results import Result
from eval.scoring import GRADED

SHOWN_ROWS = 12


def failures(result: Result) -> list[tuple[str, str]]:
    """(scorer, what is wrong) of every scorer that found fault, graded measures aside."""
    return [(name, mark.why or f"{mark.score:.2f}") for name, mark in result.marks.items() if mark.score < 1 and name not in GRADED]


def wanted(case: Case) -> list[str]:
    """The label, a line each."""
    want = case.expected
    if isinstance(want, Refusal):
        return [f"a refusal ({' or '.join(want.outcomes) or 'of any type'}): {want.why}"]
    if isinstance(want, Rows):
        lines = [
            _figure(r.subject, r.value, r.unit, r.period) + (f", target {r.target:g}" if r.target is not None else "") for r in want.rows
        ]
        return [
            *lines,
            *(["exactly these"] if want.complete else []),
            *([f"{len(want.optional)} more are tolerated"] if want.optional else []),
        ]
    if isinstance(want, Figures):
        return [_figure(v.label, v.value, v.unit, v.period) for v in want.values]
    if isinstance(want, ActionSet):
        return [", ".join(want.refs) + (" and no other" if want.complete else "")]
    if isinstance(want, Count):
        return [f"{want.value:g} {want.of}"]
    assert isinstance(want, Statements)
    return [" or ".join(f"“{text}”" for text in group) for group in want.groups]


def _figure(subject: str, value: float | None, unit: str | None, period: str | None) -> str:
    return f"{subject}: {'no figure' if value is None else format(value, 'g')} {unit or ''}".rstrip() + (f", {period}" if period else "")


def evidence(case: Case) -> list[str]:
    """The labelled passages, a line each."""
    return [f"{e.document}{f', page {e.page}' if e.page else ''}: “{e.quote}”" for e in case.evidence]


def answered(result: Result) -> list[str]:
    """The answer, a line each: outcome, text, table."""
    given = result.given
    lines = [f"{given.outcome}: {given.text}"] + ([f"count {given.count:g}"] if given.count is not None else [])
    lines += [_row(row) for row in given.rows[:SHOWN_ROWS]]
    more = len(given.rows) - SHOWN_ROWS
    return [*lines, *([f"… and {more} more rows"] if more > 0 else []), *(f"note: {note}" for note in given.notes)]


def _row(row: GivenRow) -> str:
    where = f"{row.document}, page {row.page}"
    if row.measure is None:
        return f"row {row.ref or ''} {row.words} ({where})"
    target = f", target {row.target:g}" if row.target is not None else ""
    return "row " + _figure(row.subject, row.value, row.unit, row.period) + f"{target}, {row.status} ({where})"


def sources(result: Result) -> list[str]:
    """What the answer cites, a line each."""
    return [f"[{c.n}] {c.document}{f', page {c.page}' if c.page else ''}: “{c.quote}”" for c in result.given.citations[:SHOWN_ROWS]]
