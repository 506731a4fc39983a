"""Columns whose titles leave open what they hold, settled by what stands below them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.language.period import periods
from ingest.language.quantity import is_figure
from ingest.types import Column

_MOSTLY = 0.8  # share of a column's cells that are figures


def settled(columns: tuple[Column, ...], rows: Sequence[Sequence[str]]) -> tuple[Column, ...]:
    """The columns with those of a dated title over figures ("Mid-year 2025 survey") as values of that time, not as times."""
    return tuple(
        replace(c, role="actual") if c.role == "period" and periods(c.title) and _holds_figures(rows, i) else c
        for i, c in enumerate(columns)
    )


def _holds_figures(rows: Sequence[Sequence[str]], index: int) -> bool:
    texts = [row[index] for row in rows if index < len(row) and row[index]]
    return len(texts) > 1 and sum(is_figure(t) for t in texts) >= _MOSTLY * len(texts)
