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


@pytest.mark.parametrize(
    ("text", "value"), [("(£1.2m)", "-1200000.0"), ("(5%)", "None"), ("Budget (£1.2m)", "1200000.0"), ("Budget\n(£1.2m)", "1200000.0")]
)
def test_a_sum_alone_in_brackets_is_below_nought_and_another_number_unknown(text: str, value: str) -> None:
    (found,) = figures(text)

    assert str(found.quantity.value) == value
    assert text[found.quantity.start : found.quantity.end] == found.quantity.printed


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("Average score was 2.3", ["score"]),
        ("The average score for visits was 2.3, up from 2.1", ["score", "score"]),
        ("Average score:\n2.3", ["score"]),
        ("12 children with a score over 3", ["count"]),
        ("Children with a score over 3: 12", ["count"]),
        ("Number of scores: 12", ["count"]),
        ("Score of 85%", ["percent"]),
    ],
)
def test_a_bare_number_of_what_is_called_a_score_is_one(text: str, units: list[str]) -> None:
    assert [f.quantity.unit for f in figures(text)] == units


def test_a_long_run_of_pairs_gives_each_of_its_figures() -> None:
    found = figures("from 5% to 6% " * 300)

    assert [str(f.quantity.value) for f in found] == ["5", "6"] * 300
    assert all(f.earlier for f in found[::2])


def test_a_span_points_at_the_value() -> None:
    text = "Of the 214 children who came into care,\n37 (17%) were unaccompanied."

    assert [text[f.quantity.start : f.quantity.end] for f in figures(text)] == ["214", "37", "17%"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (
            "Of the 18 actions, six are done, seven are moving, three are stuck and two have not started.",
            {6: "actions done", 7: "actions moving", 3: "actions stuck", 2: "actions not started"},
        ),
        (
            "At the end of September nine are complete, four are on track and three are overdue.",
            {9: "complete", 4: "on track", 3: "overdue"},
        ),
        ("Borrowing has come down from £684m to £561m, the homes are safer.", {684000000: "Borrowing", 561000000: "Borrowing"}),
        ("£1.31 million of the £2.4 million set aside had been spent.", {1310000: "set aside spent"}),
        ("The average wait was 94 weeks in June 2025, up from 78 weeks in June 2024.", {94: "average wait", 78: "average wait"}),
    ],
)
def test_what_is_counted_side_by_side_is_named_by_itself(text: str, named: dict[float, str]) -> None:
    found = {float(f.quantity.value): f.name for f in figures(text, "2025-09") if f.quantity.value is not None}

    assert {value: found.get(float(value)) for value in named} == named


def test_what_is_forecast_is_nobodys_target_and_a_bare_number_beside_a_length_of_time_is_one() -> None:
    (forecast,) = figures("The cost of placements is forecast to be £6.2 million.", "2025/26-Q3")
    now, then = figures("The average wait was 17 weeks in June 2025, compared with 26 a year before.", "2025-09")

    assert forecast.role == "reading"
    assert [(f.quantity.unit, f.period) for f in (now, then)] == [("weeks", "2025-06"), ("weeks", "2024-06")]
