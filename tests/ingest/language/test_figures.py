"""Figures carry the words, dates and parts that belong to them."""

from __future__ import annotations

import pytest

from ingest.language.figures import figures
from ingest.language.types import Figure
from tests.ingest.language.pairs import broken, rows


def shown(figure: Figure) -> str:
    """A figure as the fixture writes it."""
    above = f"{figure.heading} > " if figure.heading and (figure.heading_is_label or not figure.name) else ""
    label = f" [{figure.label}]" if figure.label else ""
    period = f" @{figure.period}" if figure.period else ""
    role = "" if figure.role == "reading" else f" ({figure.role})"
    printed = " ".join(figure.quantity.printed.split())
    return f"{printed}: {above}{figure.name}{label}{period}{role}{' (earlier)' if figure.earlier else ''}"


@pytest.mark.parametrize(("text", "expected"), rows("figures/figures.txt"))
def test_a_text_gives_its_figures(text: str, expected: str) -> None:
    found = "; ".join(shown(f) for f in figures(broken(text), "2025/26-Q2")) or "-"

    assert found.strip() == expected


@pytest.mark.parametrize("text", ["Early help: Sep 24: 729 Apr 25: 1122", "Early help:\nSep 24: 729\nApr 25: 1122"])
def test_lost_line_breaks_change_nothing_in_a_series(text: str) -> None:
    found = figures(text, "2025/26-Q2")

    assert [(str(f.quantity.value), f.period, f.name or f.heading) for f in found] == [
        ("729", "2024-09", "Early help"),
        ("1122", "2025-04", "Early help"),
    ]


def test_a_span_points_at_the_value() -> None:
    text = "Of the 214 children who came into care,\n37 (17%) were unaccompanied."

    assert [text[f.quantity.start : f.quantity.end] for f in figures(text)] == ["214", "37", "17%"]
