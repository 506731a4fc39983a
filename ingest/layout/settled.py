"""Columns whose titles leave open what they hold, settled by what stands below them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.language.period import periods
from ingest.language.quantity import is_figure
from ingest.language.words import words
from ingest.types import Column
from ingest.vocabulary import normalise, vocabulary

_MOSTLY = 0.8  # share of a column's cells that are figures
_VALUES = ("actual", "target", "previous", "baseline", "benchmark")
_FIGURED = {"success": "target", "progress": "actual"}  # what a column of such a title holds where nothing but figures stands below it
_TOLD = ("action", "lead", "due")


def settled(columns: tuple[Column, ...], rows: Sequence[Sequence[str]]) -> tuple[Column, ...]:
    """The columns, with those of a dated title over figures ("Mid-year 2025 survey") as values of that time, not as times, and those of a
    scorecard as what they hold: "Outcome measure" names what "Position" and "Milestone" give figures of."""
    columns = tuple(
        replace(c, role="actual") if c.role == "period" and periods(c.title) and _holds_figures(rows, i) else c
        for i, c in enumerate(columns)
    )
    return _risks(_scorecard(columns, rows))


def _scorecard(columns: tuple[Column, ...], rows: Sequence[Sequence[str]]) -> tuple[Column, ...]:
    """The columns of a table without actions, with what names its figures as the measure, and figures under any title as figures."""
    if any(c.role in _TOLD for c in columns):
        return columns
    figured = [i for i, c in enumerate(columns) if c.role in (*_VALUES, *_FIGURED) and _holds_figures(rows, i)]
    named = next((i for i, c in enumerate(columns) if c.role == "measure"), None)
    if named is None:
        named = next((i for i, c in enumerate(columns) if c.role == "success" and i not in figured and i < min(figured, default=0)), None)
    if named is None or len(figured) < 2:
        return columns
    return tuple(
        replace(c, role="measure") if i == named else replace(c, role=_FIGURED.get(c.role or "", c.role)) if i in figured else c
        for i, c in enumerate(columns)
    )


def _risks(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """A register of risks: what its scores are of is the risk, not what is done about it."""
    if any(c.role == "measure" for c in columns) or not any(c.role == "actual" for c in columns):
        return columns
    named = next((i for i, c in enumerate(columns) if normalise(c.title) in vocabulary()["risks"]["words"]), None)
    return tuple(replace(c, role="measure") if i == named else c for i, c in enumerate(columns))


def _holds_figures(rows: Sequence[Sequence[str]], index: int) -> bool:
    texts = [row[index] for row in rows if index < len(row) and row[index]]
    texts = [t for t in texts if t.lower() not in words("not_reported", "words")]
    return len(texts) > 1 and sum(is_figure(t) for t in texts) >= _MOSTLY * len(texts)
