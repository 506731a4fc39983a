"""What the text around a table says of it: for when its figures and targets are, in what money, and what standard is set for them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.records.standards import standards
from tests.ingest.records.made import facts, prose, read, table

TEAMS: dict[str, str | None] = {"Team": None, "Visits on time": None, "Average caseload": None}
QUARTERS: dict[str, str | None] = {"Indicator": "measure", "Q1": "actual", "Q4": "actual", "Year target": "target"}


@pytest.mark.parametrize(
    ("heading", "period"),
    [
        ("Caseloads by team at 31 March 2025", "2025-03-31"),
        ("The four teams, April to June 2025", "2025/26-Q1"),
        ("How we did in 2024–25", "2024/25"),
        ("Priorities for 2026/27", "2025/26-Q2"),  # yet to come: the document's own
        ("What we want by March 2025", "2025/26-Q2"),
    ],
)
def test_figures_without_a_date_are_of_the_time_the_heading_names(heading: str, period: str) -> None:
    made = replace(table(TEAMS, ["North", "91%", "17.2"], ["South", "84%", "21.0"]), headings=("Plan", heading))

    assert {m.period for m in read(made)} == {period}


def test_bare_quarters_are_of_the_year_the_title_of_their_table_names() -> None:
    made = replace(table(QUARTERS, ["Reviews held on time", "71%", "84%", "90%"]), headings=("Table B: Local indicators, 2023–24",))

    assert [m.period for m in read(made, period="2025/26")] == ["2023/24-Q1", "2023/24-Q4"]


def test_the_sentence_before_a_table_says_for_when_it_is() -> None:
    before = prose("We visit all families. The table gives the position in each hub for 2024/25.")

    found = read(before, table(TEAMS, ["Quay", "91%", "17.2"], ["Hill", "84%", "21.0"]))

    assert {m.period for m in found if m.breakdown} == {"2024/25"}


def test_the_years_that_a_strategy_counts_are_the_years_it_says_they_are() -> None:
    columns: dict[str, str | None] = {"Measure": "measure", "Year 1": "actual", "Year 2": "actual"}

    found = read(prose("Year 2 covers 1 April 2024 to 31 March 2025."), table(columns, ["Homes let", "702", "776"]))

    assert [(m.value, m.period) for m in found if m.measure == "Homes let"] == [(702.0, "2023/24"), (776.0, "2024/25")]


def test_standards_set_before_a_table_are_the_targets_of_its_columns() -> None:
    before = prose("The expected average caseload is 17 or fewer (20 for advisers in Leaving Care). Visits should be at 90% or more.")

    found = read(before, table(TEAMS, ["Family Support", "91%", "17.2"], ["Leaving Care", "84%", "18.4"]))

    assert [
        (m.measure, m.breakdown, m.target, m.comparator, m.status) for m in found if m.breakdown in ("Family Support", "Leaving Care")
    ] == [
        ("Visits on time", "Family Support", 90.0, ">=", "on_target"),
        ("Average caseload", "Family Support", 17.0, "<=", "off_target"),
        ("Visits on time", "Leaving Care", 90.0, ">=", "off_target"),
        ("Average caseload", "Leaving Care", 20.0, "<=", "on_target"),
    ]
    assert not [m for m in found if m.kind == "actual" and m.value in (17.0, 20.0)], "what is expected is no figure"


def test_a_sentence_that_tells_how_things_are_sets_no_standard() -> None:
    assert standards("Average caseload rose to 19 in June. Visits on time fell to 84%.") == []


def test_targets_are_for_the_time_the_text_sets_for_all_of_them() -> None:
    columns: dict[str, str | None] = {"Measure": "measure", "Q2 2024/25": "actual", "Q2 2025/26": "actual", "Target": "target"}

    found = read(prose("Targets are for the year 2025/26."), table(columns, ["Reviews on time", "58%", "72%", "75%"]))

    assert [(m.period, m.target, m.target_period) for m in found] == [("2024/25-Q2", None, None), ("2025/26-Q2", 75.0, "2025/26")]


def test_a_target_is_for_the_date_its_column_names_and_a_numbered_milestone_is_no_day() -> None:
    columns: dict[str, str | None] = {
        "Measure": "measure",
        "Mar 2025": "actual",
        "Milestone 1 Jul 2025": "target",
        "Target Dec 2026": "target",
    }

    first, last = read(table(columns, ["Calls answered", "54%", "70%", "90%"]))

    assert (first.value, first.target, first.target_period) == (54.0, 70.0, "2025-07")
    assert (last.value, last.target, last.target_period) == (None, 90.0, "2026-12")


def test_a_column_of_teams_beside_the_measure_says_whose_figure_it_is() -> None:
    columns: dict[str, str | None] = {"Locality team": None, "Measure": "measure", "July 2025": "actual", "Target": "target"}

    found = read(
        table(
            columns,
            ["North", "Assessments in time", "85%", "88%"],
            ["South", "Assessments in time", "91%", "88%"],
            ["North", "Average caseload", "17", "16"],
            ["South", "Average caseload", "15", "16"],
        )
    )

    assert [(m.measure, m.breakdown, m.value, m.status) for m in found] == [
        ("Assessments in time", "North", 85.0, "off_target"),
        ("Assessments in time", "South", 91.0, "on_target"),
        ("Average caseload", "North", 17.0, "off_target"),
        ("Average caseload", "South", 15.0, "on_target"),
    ]


def test_sums_are_in_the_money_their_column_is_headed_with() -> None:
    columns: dict[str, str | None] = {"Saving": "measure", "Target 2025/26 (£000)": "target", "Forecast (£000)": "actual"}

    (found,) = read(table(columns, ["Move to three-weekly rounds", "1,150", "380"]))

    assert (found.measure, found.value, found.unit, found.value_text, found.target) == (
        "Move to three-weekly rounds",
        380000.0,
        "gbp",
        "£380k",
        1150000.0,
    )
    assert found.status == "off_target"


def test_a_remark_in_brackets_and_a_number_like_a_year_are_values() -> None:
    columns: dict[str, str | None] = {"Measure": "measure", "Q1 2025/26": "actual", "Q2 2025/26": "actual", "Target": "target"}

    found = read(table(columns, ["Tonnes of carbon", "1920", "3515", "8200"], ["Carers assessed", "312 (full year)", "340", "400"]))

    assert [m.value for m in found] == [1920.0, 3515.0, 312.0, 340.0]
    assert found[0].value_text == "1920"


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("Average days to re-let a home", "days"),
        ("Days to process new claims", "days"),
        ("Average wait, weeks", "weeks"),
        ("Sickness days per employee (rolling 12 months)", "count"),
        ("Working days lost to sickness per employee (rolling 12 months)", "working_days"),
        ("Children waiting over 52 weeks", "count"),
    ],
)
def test_a_bare_number_is_in_the_unit_of_time_its_name_is_of(name: str, unit: str) -> None:
    columns: dict[str, str | None] = {"Measure": "measure", "Q2 2025/26": "actual"}

    assert [m.unit for m in read(table(columns, [name, "34"]))] == [unit]


def test_columns_that_go_on_with_the_one_before_are_named_with_it() -> None:
    columns: dict[str, str | None] = {"Team": None, "Plans issued": None, "of which in 20 weeks": None, "% Q1": None, "% Q2": None}

    found = read(table(columns, ["North", "38", "23", "54%", "61%"], ["South", "45", "24", "50%", "53%"]))

    assert facts(found)[:4] == [
        ("Plans issued", "North", 38.0, "2025/26-Q2", None, "no_target"),
        ("Plans issued in 20 weeks", "North", 23.0, "2025/26-Q2", None, "no_target"),
        ("Plans issued in 20 weeks", "North", 54.0, "2025/26-Q1", None, "no_target"),
        ("Plans issued in 20 weeks", "North", 61.0, "2025/26-Q2", None, "no_target"),
    ]
