"""Measures: readings held against the right targets, targets without a reading, figures told in prose."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.sample import SAMPLE_PLANS
from ingest.language.period import last_day
from ingest.pipeline import extract, read_document
from ingest.types import Measure
from tests.ingest.records.made import cell, facts, prose, read, table

PLAN = {"Action": "action", "How will we know": "success", "Progress": "progress", "RAG": "rag", "Travel": "direction"}
CARD: dict[str, str | None] = {"KPI": "measure", "Q1 2025/26": "actual", "Q2 2025/26": "actual", "Target": "target"}


def test_a_value_takes_target_rating_arrow_and_action_of_its_row() -> None:
    (found,) = read(table(PLAN, ["Visit", "Visits will be in time. Target 95%", "85%", cell("", "A"), cell("", None, "down")]))

    assert (found.measure, found.value, found.unit, found.target, found.comparator) == ("Visits in time", 85.0, "percent", 95.0, ">=")
    assert (found.status, found.rag, found.direction, found.period) == ("off_target", "A", "down", "2025/26-Q2")
    assert (found.id, found.action_id) == ("abababababab/m0001", "ab/a001")
    assert found.quote == "Visits will be in time. Target 95% 85%"
    assert found.target_quote == "Target 95%"


def test_the_place_is_that_of_the_values_own_line_also_over_a_page_break() -> None:
    values = cell("North: 62%\nSouth: 81%", pages=[4, 5])

    north, south = read(table(PLAN, ["Assess", "85% of assessments in 45 days", values, None, None]))

    assert (north.place.page, south.place.page) == (4, 5)
    assert south.place.box == (0.0, 10.0, 50.0, 18.0)
    assert (south.measure, south.breakdown) == ("assessments in 45 days", "South")


def test_each_reading_finds_the_target_that_shares_its_words() -> None:
    wanted = "Increase in families receiving early help.\nReduction in % contacts converting to referral.\n90% of reviews held on time"
    told = "Early help:\nSep 24: 700\nSep 25: 650\nContacts to referral: 24%\nReviews on time 88%"

    found = read(table(PLAN, ["Help early", wanted, told, None, None]))

    assert [(m.value, m.comparator, m.target, m.status) for m in found] == [
        (700.0, "increase", None, "undetermined"),
        (650.0, "increase", None, "off_target"),
        (24.0, "decrease", None, "undetermined"),
        (88.0, ">=", 90.0, "off_target"),
    ]


def test_columns_of_measures_beside_places_of_any_kind_are_read_place_by_place() -> None:
    found = read(
        table(
            {"Depot": None, "Missed bins per 100,000": None, "Put right in two days": None},
            ["Saltway", "112", "88%"],
            ["Whole service", "93", "90%"],
        )
    )

    assert [(m.measure, m.breakdown, m.value) for m in found] == [
        ("Missed bins per 100,000", "Saltway", 112.0),
        ("Put right in two days", "Saltway", 88.0),
        ("Missed bins per 100,000", None, 93.0),
        ("Put right in two days", None, 90.0),
    ]


def test_a_percentage_in_a_measures_name_is_no_target_beside_one_of_its_own() -> None:
    (found,) = read(
        table({"KPI": "measure", "Q2 2025/26": "actual", "Target": "target"}, ["Pupils missing more than 50% of sessions", "2.9%", "2.4%"])
    )

    assert (found.measure, found.value, found.target) == ("Pupils missing more than 50% of sessions", 2.9, 2.4)


def test_a_count_is_not_held_against_a_percentage() -> None:
    found = read(table(PLAN, ["Learn", "70% of staff will attend workshops", "9 workshops planned", None, None]))

    assert [(m.kind, m.value, m.target) for m in found] == [("actual", 9.0, None), ("target_only", None, 70.0)]


def test_milestones_are_held_by_their_dates() -> None:
    wanted = "The % of work graded good will rise:\nEnd September target;\n30% good\n0% inadequate\nEnd December target\n40% good"

    found = read(table(PLAN, ["Audit", wanted, "Good 29%. RI 50%. Inadequate 21%.", None, None]))

    assert [(m.breakdown, m.value, m.target, m.target_period, m.status) for m in found] == [
        (None, 29.0, 30.0, "2025-09-30", "off_target"),
        ("RI", 50.0, None, None, "no_target"),
        ("inadequate", 21.0, 0.0, "2025-09-30", "off_target"),
        (None, None, 40.0, "2025-12-31", "no_value"),
    ]


def test_a_limit_on_every_case_makes_the_share_over_it_nought() -> None:
    told = "% workers holding more than 20 cases.\n16+ team: 0%\nTeam 1: 43%"

    found = read(table(PLAN, ["Caseloads", "Reports will show all caseloads under 20.", told, None, None]))

    assert facts(found) == [
        ("workers holding more than 20 cases", "16+ team", 0.0, "2025/26-Q2", 0.0, "on_target"),
        ("workers holding more than 20 cases", "Team 1", 43.0, "2025/26-Q2", 0.0, "off_target"),
    ]


def test_none_and_no_are_numbers_where_a_target_makes_them_so() -> None:
    disputes = ["Resolve", "100% of disputes resolved in 20 days", "4 escalations raised. None were resolved in time.", None, None]
    cases = ["Transfer", "There will be no unallocated cases", "No unallocated cases.", None, None]
    idle = ["Meet", "Meetings will be held", "No concerns.", None, None]

    found = read(table(PLAN, disputes, cases, idle))

    assert [(m.value_text, m.value, m.unit, m.status) for m in found] == [
        ("4", 4.0, "count", "no_target"),
        ("None", 0.0, "percent", "off_target"),
        ("No", 0.0, "count", "on_target"),
    ]


def test_a_length_of_time_is_a_reading_only_where_one_is_the_target() -> None:
    told = "Some children waited more than 4 weeks; the list is reviewed every 2 weeks."

    waited = read(table(PLAN, ["Help", "Children will wait no more than 4 weeks", told, None, None]))
    reviewed = read(table(PLAN, ["Help", "Children will be helped", told, None, None]))

    assert [(m.value_text, m.qualifier, m.target, m.status) for m in waited] == [("more than 4 weeks", ">", 4.0, "off_target")]
    assert reviewed == []


def test_one_target_cell_over_several_rows_serves_each_and_is_told_once() -> None:
    wanted = cell("90% of staff supervised")

    held = read(table(PLAN, ["Supervise", wanted, "North: 93%", None, None], [None, wanted, "South: 74%", None, None], groups=[0, 0]))
    open_ = read(table(PLAN, ["Supervise", wanted, "Starting soon", None, None], [None, wanted, "", None, None], groups=[0, 0]))

    assert [(m.breakdown, m.target) for m in held] == [("North", 90.0), ("South", 90.0)]
    assert [(m.kind, m.target, m.status) for m in open_] == [("target_only", 90.0, "no_value")]


def test_a_scorecard_gives_one_record_for_each_period() -> None:
    found = read(table(CARD, ["% of care leavers in work", "83", "86", "90%"], ["Repeat referrals", "26%", "24%", "20%"]))

    assert facts(found) == [
        ("care leavers in work", None, 83.0, "2025/26-Q1", 90.0, "off_target"),
        ("care leavers in work", None, 86.0, "2025/26-Q2", 90.0, "off_target"),
        ("Repeat referrals", None, 26.0, "2025/26-Q1", 20.0, "off_target"),
        ("Repeat referrals", None, 24.0, "2025/26-Q2", 20.0, "off_target"),
    ]
    assert [m.comparator for m in found] == [">=", ">=", "<=", "<="]
    assert found[1].quote == "% of care leavers in work 86 90%"


@pytest.mark.parametrize(
    ("polarity", "rating", "comparator"), [("Low", None, "<="), ("High", None, ">="), ("", "R", "<="), ("", "G", ">=")]
)
def test_polarity_or_the_rows_own_rating_says_which_way_a_bare_target_holds(polarity: str, rating: str | None, comparator: str) -> None:
    columns: dict[str, str | None] = {"KPI": "measure", "Good is": "polarity", "Actual": "actual", "Target": "target", "RAG": "rag"}
    shown = cell("", rating)  # type: ignore[arg-type]

    (found,) = read(table(columns, ["Children in care", polarity, "83", "75", shown]))

    assert found.comparator == comparator


def test_not_reported_is_no_value_and_not_nought() -> None:
    found = read(table(CARD, ["Staff turnover", "14%", "Not available", "No more than 12%"]))

    assert [(m.kind, m.value, m.period, m.status) for m in found] == [
        ("actual", 14.0, "2025/26-Q1", "off_target"),
        ("target_only", None, "2025/26-Q2", "no_value"),
    ]


@pytest.mark.parametrize("wanted", ["12%", "12% by March 2026"])
def test_a_value_not_reported_is_told_once(wanted: str) -> None:
    found = read(table(CARD, ["Staff turnover", "", "Not available", wanted]))

    assert [(m.kind, m.value, m.period, m.status) for m in found] == [("target_only", None, "2025/26-Q2", "no_value")]


@pytest.mark.parametrize(
    ("title", "printed", "period"),
    [
        ("As at", "June 2025", "2025-06"),
        ("Date of data", "31/06/2025", "2025-06-30"),
        ("Period", "Q1", "2025/26-Q1"),
        ("Quarter", "1", "2025/26-Q1"),
        ("Year", "2024/25", "2024/25"),
        ("Period", "to be agreed", "2025/26-Q2"),
        ("Period", "", "2025/26-Q2"),
    ],
)
def test_a_value_is_of_the_period_its_row_names(title: str, printed: str, period: str) -> None:
    columns: dict[str, str | None] = {"KPI": "measure", title: "period", "Actual": "actual", "Target": "target"}

    found = read(table(columns, ["Reviews in time", printed, "83%", "90%"], ["Visits in time", printed, "", "90%"]))

    assert [(m.kind, m.value, m.period) for m in found] == [("actual", 83.0, period), ("target_only", None, period)]


def test_a_rows_period_is_of_its_latest_value_alone() -> None:
    columns: dict[str, str | None] = {"KPI": "measure", "As at": "period", "Baseline": "baseline", "Actual": "actual", "Target": "target"}

    found = read(
        table(
            columns,
            ["Reviews in time", "June 2025", "70%", "83%, up from 79%", "90%"],
            ["Visits", "May 2025", "", "84% in July 2025", "90%"],
        )
    )

    assert [(m.value, m.period) for m in found] == [(70.0, None), (83.0, "2025-06"), (79.0, None), (84.0, "2025-07")]


def test_a_value_below_nought_keeps_its_sign_and_its_status() -> None:
    rows = [["Budget variance", "-5%", "−2%", "-3%"], ["Net position", "(£1.2m)", "-£0.5m", "£0"]]

    found = read(table(CARD, *rows))

    assert [(m.value, m.value_text, m.target, m.status) for m in found] == [
        (-5.0, "-5%", -3.0, "off_target"),
        (-2.0, "−2%", -3.0, "on_target"),
        (-1200000.0, "(£1.2m)", 0.0, "on_target"),
        (-500000.0, "-£0.5m", 0.0, "on_target"),
    ]
    assert [m.comparator for m in found] == [">=", ">=", "<=", "<="]


def test_a_dash_that_may_be_a_minus_leaves_the_value_open() -> None:
    (found,) = read(table(PLAN, ["Visit", "Visits in time. Target 95%", "Visits in time -85%", None, None]))

    assert (found.value, found.value_text, found.target, found.status) == (None, "-85%", 95.0, "no_value")


def test_a_score_is_held_against_the_score_wanted() -> None:
    columns: dict[str, str | None] = {"KPI": "measure", "Actual": "actual", "Target": "target"}

    (card,) = read(table(columns, ["Satisfaction score", "4.2", "4.5"]))
    (plan,) = read(table(PLAN, ["Listen", "Average satisfaction will be at least 4.5", "Average satisfaction score was 4.2", None, None]))

    assert [(m.value, m.unit, m.target, m.status) for m in (card, plan)] == [(4.2, "score", 4.5, "off_target")] * 2


def test_benchmark_columns_are_kept_apart() -> None:
    columns: dict[str, str | None] = {"KPI": "measure", "Actual": "actual", "England": "benchmark", "Target": "target"}

    actual, england = read(table(columns, ["Assessments in time", "76%", "84%", "85%"]))

    assert (actual.kind, actual.status) == ("actual", "off_target")
    assert (england.kind, england.breakdown, england.target, england.status) == ("benchmark", "England", None, "no_target")


def test_a_table_without_a_header_holds_facts_of_the_captions_date() -> None:
    rows = [["Referrals", "381 referrals\n88% managed in timescale\n23% re-referrals"], ["Visits (in time)", "CP 84%\nLAC 82%"]]

    found = read(table({"": None, " ": None}, *rows, caption="Data to the end of June 2025"), period="2025-07")

    assert facts(found) == [
        ("Referrals", None, 381.0, "2025-06-30", None, "no_target"),
        ("referrals managed in timescale", None, 88.0, "2025-06-30", None, "no_target"),
        ("re-referrals", None, 23.0, "2025-06-30", None, "no_target"),
        ("Visits (in time)", "CP", 84.0, "2025-06-30", None, "no_target"),
        ("Visits (in time)", "LAC", 82.0, "2025-06-30", None, "no_target"),
    ]


def test_prose_gives_values_benchmarks_and_the_target_set_for_them() -> None:
    text = "Visits were in time for 74% in June 2025, compared to 69% in March. Nationally it is 80%. A target of 95% has been set."

    found = read(prose(text))

    assert [(m.kind, m.value, m.period, m.target, m.status) for m in found] == [
        ("actual", 74.0, "2025-06", 95.0, "off_target"),
        ("actual", 69.0, "2025-03", None, "no_target"),
        ("benchmark", 80.0, None, None, "no_target"),
    ]
    assert {m.place.page for m in found} == {3}
    assert {m.place.section for m in found} == {"Our work"}


def test_a_figure_without_a_date_is_of_the_document_in_a_list_and_of_no_date_in_a_paragraph() -> None:
    (item,) = read(prose("Timeliness of reviews at 98.9%", "list_item"))
    (told,) = read(prose("There are 78 primary schools."))

    assert (item.period, told.period) == ("2025/26-Q2", None)


def test_what_prose_sets_as_target_holds_for_the_same_measure_in_a_table() -> None:
    facts_table = table({"": None, " ": None}, ["Visits in timescale", "CP 84%"], caption="Data to the end of June 2025")
    text = prose("Child protection visits in timescale are at 84% at the end of June 2025. Our target is 95%.")

    found = read(facts_table, text)

    assert [(m.value, m.target, m.status) for m in found] == [(84.0, 95.0, "off_target")] * 2


@pytest.mark.parametrize(
    "text",
    [
        "Section 47 of the Children Act 1989 applies to those aged 16 and 17.",
        "Our plan for 2024-2027 has five priorities and is reviewed every 6 weeks.",
        "Phase 2 of the programme, led by Team 1, follows paragraph 4.2 and Stage 1.",
        "Ring 01432 260000 or write to HR1 2ZB by 30 June 2025.",
        "Costs rose by 9% and one child in five is affected.",
    ],
)
def test_numbers_that_are_not_measures_give_none(text: str) -> None:
    assert read(prose(text)) == []


@pytest.mark.parametrize(
    "name",
    [
        "herefordshire-improvement-plan-2019-20-q2",
        "herefordshire-self-evaluation-2019",
        "hillingdon-action-plan-2015-16",
        "herefordshire-phase-2-outcomes-2025",
    ],
)
def test_every_quote_of_a_real_plan_is_verbatim_and_holds_its_value(shared: Path, name: str) -> None:
    document = read_document(shared / "plans" / f"{name}.pdf")
    blocks = [b.printed.flat for b in document.blocks]
    cells = [c.printed.flat for b in document.blocks if b.table for row in b.table.rows for c in row.cells if c]

    found = extract(document).measures

    assert len(found) > 50
    for measure in found:
        assert measure.value_text is None or measure.value_text in measure.quote, measure
        assert _is_made_of(measure.quote, [*blocks, *cells], parts=3), measure
        assert measure.place.page is not None, measure
        assert measure.measure.strip(), measure


def _is_made_of(quote: str, texts: list[str], parts: int) -> bool:
    """Whether a quote is at most so many verbatim stretches of the texts, in a row."""
    if not quote:
        return True
    ends = [len(quote), *(i for i in range(len(quote) - 1, 0, -1) if quote[i] == " ")]
    return parts > 0 and any(_is_made_of(quote[end + 1 :], texts, parts - 1) for end in ends if any(quote[:end] in t for t in texts))


def test_the_sample_plans_own_counts_come_out() -> None:
    """The plan says of itself how many of its targets are met, missed and without a figure: an oracle nobody wrote for the code."""
    path = next(Path(p) for p in SAMPLE_PLANS if "improvement-plan" in str(p))
    document = read_document(path)
    text = " ".join(b.printed.flat for b in document.blocks)
    said = re.search(r"(\d+) targets apply .*? (\d+) have been met, (\d+) have been missed and for (\d+) no figure", text)
    headline = re.search(r"these (\d+) headline measures, (\d+) met their target at the end of quarter 2 and (\d+) did not", text)
    assert said is not None and headline is not None

    found = [m for m in extract(document).measures if m.comparator and m.period and last_day(m.period) >= date(2025, 8, 1)]
    due = [m for m in found if not m.target_period or last_day(m.target_period) <= date(2025, 9, 30)]
    plan, card = [m for m in due if m.action_id], [m for m in due if not m.action_id]

    assert _counted(plan) == tuple(int(n) for n in said.groups())
    assert _counted(card) == (*(int(n) for n in headline.groups()), 0)


def _counted(found: Sequence[Measure]) -> tuple[int, int, int, int]:
    """How many there are, are on target, off target, and without a value."""
    number = Counter(m.status for m in found)
    return len(found), number["on_target"], number["off_target"], number["no_value"]


def test_a_heading_over_a_table_of_measures_says_when_it_is_for() -> None:
    by_team = table({"Team": None, "Average caseload": None, "Posts filled": None}, ["North", "17.8", "10"], ["South", "19.4", "11"])
    block = replace(by_team, headings=("Our performance", "Caseloads by team at 31 March 2025"))
    assert {(m.measure, m.breakdown, m.period) for m in read(block, period="2025-05")} == {
        ("Average caseload", "North", "2025-03-31"),
        ("Posts filled", "North", "2025-03-31"),
        ("Average caseload", "South", "2025-03-31"),
        ("Posts filled", "South", "2025-03-31"),
    }


def test_a_column_that_says_only_when_measures_what_the_one_beside_it_does() -> None:
    columns = {"Team": None, "Assessments completed": None, "Within 45 working days": None, "Q3 %": None, "Q2 %": None}
    found = read(table(columns, ["East", "148", "135", "91.2%", "89.6%"], ["West", "131", "97", "74.0%", "84.8%"]), period="2025/26-Q3")
    assert [(m.measure, m.value, m.period) for m in found if m.breakdown == "West"] == [
        ("Assessments completed", 131, "2025/26-Q3"),
        ("Assessments completed within 45 working days", 97, "2025/26-Q3"),
        ("Assessments completed within 45 working days", 74.0, "2025/26-Q3"),
        ("Assessments completed within 45 working days", 84.8, "2025/26-Q2"),
    ]
