"""Expectations kept as data: lines of "input | … | expected" in tests/fixtures, comments with #."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

FIXTURES = Path(__file__).parents[2] / "fixtures"


def rows(name: str) -> list[tuple[str, ...]]:
    """The columns of each line of a fixture file."""
    lines = (FIXTURES / name).read_text("utf-8").splitlines()
    return [tuple(part.strip() for part in line.split(" | ")) for line in lines if line and not line.startswith("#")]


def broken(text: str) -> str:
    """A fixture's text with "/ " read as the author's line breaks."""
    return text.replace("/ ", "\n").replace("\\n", "\n")


def number(value: Decimal | None) -> str:
    """A number as fixtures write it: "?" for none."""
    return "?" if value is None else format(value.normalize(), "f")
