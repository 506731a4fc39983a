"""Targets are read with what they are for, how they are held, and when."""

from __future__ import annotations

import pytest

from ingest.language.target import Target, targets
from tests.ingest.language.pairs import broken, number, rows


def shown(target: Target) -> str:
    """A target as the fixture writes it."""
    value = "" if target.value is None else f" {number(target.value)}"
    high = "" if target.high is None else f"..{number(target.high)}"
    label = f" [{target.label}]" if target.label else ""
    when = f" @{target.period}" if target.period else ""
    return f"{target.comparator}{value}{high} {target.unit}: {target.name}{label}{when}"


@pytest.mark.parametrize(("text", "expected"), rows("target/targets.txt"))
def test_a_target_cell_gives_its_targets(text: str, expected: str) -> None:
    found = "; ".join(shown(t) for t in targets(broken(text), "2025/26-Q2")) or "-"

    assert found.strip() == expected


def test_a_target_keeps_its_place_in_the_text() -> None:
    text = "Visits to timescale.\nTarget 95%"

    (target,) = targets(text)

    assert text[target.start : target.end] == "95%"
    assert target.above is not None
    assert text[slice(*target.above)] == "Visits to timescale."
