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
