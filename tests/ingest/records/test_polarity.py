"""Whether more or less is better, told by what a scorecard prints beside a bare target."""

from __future__ import annotations

import pytest

from ingest.types import Measure, Rating
from tests.ingest.records.made import cell, read, table

_PLAIN = {"Measure": "measure", "2024/25 outturn": "actual", "Target": "target", "Q2 2025/26": "actual"}


def _latest(name: str, first: str, target: str, last: str, rating: Rating | None = None, moved: str = "") -> Measure:
    columns = {**_PLAIN, "Status": "rag", "Direction": "direction"}
    found = read(table(columns, [name, first, target, last, cell("", rating), moved]))
    return next(m for m in found if m.period == "2025/26-Q2")


@pytest.mark.parametrize(
    ("name", "first", "target", "last", "rating", "moved", "status"),
    [
        ("Open damp and mould cases", "1,420", "600", "844", None, "", "off_target"),  # it is to come down from where it started
        ("Open damp and mould cases", "", "600", "844", "R", "", "off_target"),
        ("Homes with a known hazard", "", "100", "96", "G", "", "on_target"),
        ("Anti-social behaviour cases with an agreed action plan", "58%", "90%", "72%", "R", "", "off_target"),
        ("Care homes rated Good or Outstanding", "74%", "80%", "77%", "A", "", "off_target"),
        ("Admissions in the year to date", "331", "640", "512", "R", "Worse", "off_target"),  # the two contradict: the words decide
        ("Homes let in the quarter", "120", "150", "131", None, "Better", "off_target"),
        ("Homes boarded up", "131", "150", "120", None, "Better", "on_target"),
        ("Visits made on time", "96%", "95%", "95.5%", None, "", "on_target"),  # a floor that was met from the start
        ("Homes let in the quarter", "120", "150", "131", None, "▲", "off_target"),  # an arrow may show the number or its worth
    ],
)
def test_a_row_shows_which_way_is_better(
    name: str, first: str, target: str, last: str, rating: Rating | None, moved: str, status: str
) -> None:
    assert _latest(name, first, target, last, rating, moved).status == status


def test_a_column_dated_by_its_title_holds_values() -> None:
    found = read(table({"Measure": "measure", "2024/25 survey": "actual", "Mid-year 2025 survey": "actual"}, ["Overall", "54.2%", "58.9%"]))
    assert [(m.period, m.breakdown) for m in found] == [("2024/25", None), ("2025", None)]


@pytest.mark.parametrize(
    ("name", "first", "target", "last", "met", "status"),
    [
        ("Stage 1 complaints answered within target", "55%", "60%", "63%", "Yes", "on_target"),
        ("Appeals registered", "35", "34", "31", "Yes", "on_target"),
        ("Appeals registered", "31", "34", "35", "No", "off_target"),
        ("Trees planted", "31", "34", "33", "No", "off_target"),
    ],
)
def test_a_column_that_asks_whether_it_was_met_tells_which_way_is_better(
    name: str, first: str, target: str, last: str, met: str, status: str
) -> None:
    found = read(table({**_PLAIN, "Met?": None}, [name, first, target, last, met]))
    assert next(m for m in found if m.period == "2025/26-Q2").status == status


@pytest.mark.parametrize("name", ["Cases open beyond 30 weeks (number; lower is better)", "Cases open beyond 30 weeks (L)"])
def test_a_name_that_says_which_way_is_better_is_believed(name: str) -> None:
    assert _latest(name, "91", "90", "97").status == "off_target"


def test_a_priority_in_brackets_is_no_word_for_which_way_is_better() -> None:
    assert _latest("Audit recommendations put in place (high)", "50", "60", "55").status == "off_target"


def test_targets_that_go_down_from_date_to_date_are_reached_from_above() -> None:
    columns = {"Measure": "measure", "September 2025": "actual", "Milestone September 2025": "target", "Target March 2026": "target"}
    found = read(table(columns, ["External borrowing", "£561m", "£570m", "£540m"], ["Reserves held", "£7.4m", "£7.0m", "£8.0m"]))
    assert [(m.measure, m.value, m.target, m.status, m.target_period) for m in found] == [
        ("External borrowing", 561e6, 570e6, "on_target", "2025-09"),
        ("External borrowing", None, 540e6, "no_value", "2026-03"),
        ("Reserves held", 7.4e6, 7e6, "on_target", "2025-09"),
        ("Reserves held", None, 8e6, "no_value", "2026-03"),
    ]


def test_the_number_of_a_milestone_is_no_day_of_its_month() -> None:
    columns = {"Measure": "measure", "December 2024": "actual", "Milestone 1 Jul 2025": "target", "Milestone 2 Jan 2026": "target"}
    found = read(table(columns, ["Plans on time", "31%", "42%", "55%"]), period="2025-01")
    assert [(m.value, m.target, m.target_period) for m in found] == [(31.0, 42.0, "2025-07"), (None, 55.0, "2026-01")]
