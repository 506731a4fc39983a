"""The check before an answer leaves: wrong numbers are withheld, quotes stay verbatim, citations are numbered by first use."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.check import bound, check
from app.evidence.desk import desk
from app.kinds.wording import figure_words, gap_derived
from app.types import Coverage, Derived, Draft, Query, Question, Source, Statement
from ingest.types import Place
from tests.app.shelf import ACTIONS, MEASURES, OUTCOMES, PLAN, shelf

LAID = desk(shelf())
VISITS = MEASURES[1]  # 70 % against 95 %
OVERALL, COURT, CASES = MEASURES[3], MEASURES[4], MEASURES[5]
EARLIER, LATER = MEASURES[7], MEASURES[8]  # 140 and 152
AUDIT = ACTIONS[1]
QUERY = Query("figure")
NAME = "Child in need (CIN) visits completed to timescale"
SAID = f"{NAME}: 70% (Q2 2023/24), against a target of at least 95% – below target."


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        (SAID, True),
        (f"- {SAID}", True),
        (f"Rated red: {SAID}", True),
        (f"{NAME}: 70%.", True),
        (SAID.replace("70%", "71%"), False),
        (SAID.replace("70%", "7%"), False),
        (SAID.replace("70%", "70.5%"), False),
        (SAID.replace("95%", "90%"), False),
        (SAID.replace("70%", "95%"), False),  # the target for the value
        (SAID.replace("95%", "70%"), False),
        (SAID.replace("70%", "70"), False),
        (SAID.replace("70%", "70 days"), False),
        (SAID.replace("70%", "above 70%"), False),
        (SAID.replace("at least", "no more than"), False),
        (SAID.replace("Q2", "Q3"), False),
        (SAID.replace("2023/24", "2024/25"), False),
        (SAID.replace("95%", "95% by March 2025"), False),
        (SAID.replace("below target", "target met"), False),
        (f"Rated green: {SAID}", False),
        (SAID.replace(NAME, "Looked after child (LAC) visits completed to timescale"), False),
        (SAID.replace("visits", "visits within 20 working days"), False),
        (f"{SAID} That is 12 more.", False),
    ],
)
def test_a_figure_is_bound_with_its_unit_time_role_and_name(text: str, holds: bool) -> None:
    assert bound(Statement(text, (VISITS,)), QUERY, LAID) is holds


@pytest.mark.parametrize(
    ("before", "after"),
    [("within 3 working days", "within 30 working days"), ("within 3 working days", "within 3 days"), ("100%", "10%")],
)
def test_numbers_in_a_name_are_part_of_the_name(before: str, after: str) -> None:
    interviews = MEASURES[6]
    text = figure_words(interviews)
    assert before in text
    assert bound(Statement(text, (interviews,)), QUERY, LAID)
    assert not bound(Statement(text.replace(before, after), (interviews,)), QUERY, LAID)


def test_one_teams_figure_is_not_said_of_another() -> None:
    both = (OVERALL, COURT)
    right = "Supervisions undertaken in the month (Court Team): 88% (Q2 2023/24)."
    assert bound(Statement(right, (COURT,)), QUERY, LAID)
    assert bound(Statement(right, both), QUERY, LAID)
    assert not bound(Statement(right, (OVERALL,)), QUERY, LAID)
    assert not bound(Statement(right.replace("88", "74"), both), QUERY, LAID)
    assert not bound(Statement(right.replace("Supervisions undertaken in the month", "Audits done"), (COURT,)), QUERY, LAID)


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("overall is lower, at 74%, than Court Team, at 88%: 14 points apart.", True),
        ("overall is lower, at 88%, than Court Team, at 74%: 14 points apart.", False),
        ("Court Team is lower, at 88%, than overall, at 74%: 14 points apart.", False),
        ("overall is lower, at 74%, than Court Team, at 88%: 15 points apart.", False),
        ("overall is lower, at 74%, than Court Team, at 88%: 14% apart.", False),
    ],
)
def test_two_figures_side_by_side_keep_their_names_and_order(text: str, holds: bool) -> None:
    pair = Statement(text, (OVERALL, COURT), derived=(Derived(14, "difference", (88, 74)),))
    assert bound(pair, QUERY, LAID) is holds


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("Children on child protection plans rose from 140 (September 2022) to 152 (September 2023), by 12.", True),
        ("Children on child protection plans fell from 140 (September 2022) to 152 (September 2023), by 12.", False),
        ("Children on child protection plans rose from 152 (September 2022) to 140 (September 2023), by 12.", False),
        ("Children on child protection plans rose from 140 (September 2023) to 152 (September 2022), by 12.", False),
        ("Children on child protection plans rose from 140 (September 2022) to 152 (September 2023), by 152.", False),
        ("Children on child protection plans rose from 140 (September 2022) to 152 (September 2023), by 12%.", False),
    ],
)
def test_a_movement_keeps_its_ends_and_direction(text: str, holds: bool) -> None:
    moved = Statement(text, (EARLIER, LATER), derived=(Derived(12, "difference", (152, 140)),))
    assert bound(moved, QUERY, LAID) is holds


def test_a_difference_is_worked_out_again() -> None:
    right = Statement(f"{NAME} is 25 points off its target.", (VISITS,), derived=(Derived(25, "difference", (70, 95)),))
    assert bound(right, QUERY, LAID)
    assert not bound(replace(right, derived=(Derived(24, "difference", (70, 95)),)), QUERY, LAID)
    assert not bound(replace(right, derived=(Derived(21, "difference", (70, 91)),)), QUERY, LAID)
    assert not bound(replace(right, text=f"{NAME} is 25 points inside its target."), QUERY, LAID)
    assert not bound(replace(right, derived=()), QUERY, LAID)
    worst = gap_derived(CASES)
    assert worst is not None
    said = figure_words(CASES) + " The gap is 60 points."
    assert bound(Statement(said, (CASES,), derived=(worst,)), QUERY, LAID)


COUNTED = tuple(Derived(float(n), "count") for n in (23, 12, 5, 6, 0))


@pytest.mark.parametrize(
    ("text", "derived", "holds"),
    [
        ("Considered 23 measures with a target: 12 off target, 5 on target, 6 without a reported figure.", COUNTED, True),
        ("Considered 23 measures with a target: 5 off target, 12 on target, 6 without a reported figure.", COUNTED, False),
        ("Considered 32 measures with a target: 12 off target, 5 on target, 6 without a reported figure.", COUNTED, False),
        ("Considered 23% measures with a target: 12 off target, 5 on target, 6 without a reported figure.", COUNTED, False),
        ("12 of 23 measures with a target are below target.", (COUNTED[1], COUNTED[0]), True),
        ("23 of 12 measures with a target are below target.", (COUNTED[1], COUNTED[0]), False),
        ("23 actions on this: 6 rated amber and 12 rated green.", (COUNTED[0], COUNTED[1], COUNTED[3]), True),
        ("23 actions on this: 6 rated amber and 11 rated green.", (COUNTED[0], COUNTED[1], COUNTED[3]), False),
        ("12 actions on this: 6 rated amber and 23 rated green.", (COUNTED[0], COUNTED[1], COUNTED[3]), False),
        ("23 actions.", (), False),
    ],
)
def test_counts_are_those_worked_out_in_the_order_said(text: str, derived: tuple[Derived, ...], holds: bool) -> None:
    assert bound(Statement(text, derived=derived), QUERY, LAID) is holds


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("3 measures are above 90% for Q2 2023/24.", True),
        ("3 measures are above 95% for Q2 2023/24.", False),
        ("3 measures are above 90 for Q2 2023/24.", False),
        ("3 measures are below 90% for Q2 2023/24.", False),
        ("3 measures are above 90% for Q3 2023/24.", False),
        ("4 measures are above 90% for Q2 2023/24.", False),
    ],
)
def test_what_repeats_the_question_repeats_it_exactly(text: str, holds: bool) -> None:
    asked = Query("measures", above=90.0, unit="percent", period_text="Q2 2023/24")
    assert bound(Statement(text, derived=(Derived(3, "count"),)), asked, LAID) is holds


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("- action 5: Audit how the guidance is used; lead: Head of Quality (AB); due: December 2021; rated amber.", True),
        ("- action 6: Audit how the guidance is used; lead: Head of Quality (AB); due: December 2021; rated amber.", False),
        ("- action 5: Audit how the guidance is used; lead: Head of LAC (JK); due: December 2021; rated amber.", False),
        ("- action 5: Audit how the guidance is used; lead: Head of Quality (AB); due: December 2022; rated amber.", False),
        ("- action 5: Audit how the guidance is used; lead: Head of Quality (AB); due: October 2021; rated amber.", False),
        ("- action 5: Audit how the guidance is used; rated green.", False),
        ("- action 5: Refresh the guidance; rated amber.", False),
        ("Due December 2021: action 5: Audit how the guidance is used.", True),
        ("Due October 2021: action 5: Audit how the guidance is used.", False),
        ("Head of Quality (AB) leads on action 5: Audit how the guidance is …; due: December 2021.", True),
    ],
)
def test_an_action_keeps_its_number_words_lead_date_and_rating(text: str, holds: bool) -> None:
    assert bound(Statement(text, (AUDIT,)), QUERY, LAID) is holds


NOT_YET = "Fewer children are seen by a dentist because many are afraid of treatment."


@pytest.mark.parametrize(
    ("quoted", "holds"),
    [
        (NOT_YET, True),
        ("Fewer children are seen by a dentist …", True),
        ("children are seen by a dentist because many are afraid of treatment.", False),
        ("Fewer children are seen by a dentist.", False),
        ("Fewer children are seen because many are afraid of treatment.", False),
        ("Fewer children are seen by a dentist because many are not afraid of treatment.", False),
        ("Fewer children are seen by a doctor because many are afraid of treatment.", False),
    ],
)
def test_what_stands_in_quotation_marks_is_the_cited_quote(quoted: str, holds: bool) -> None:
    told = Statement(f"Fernleigh outcomes report: “{quoted}”", sources=(Source(NOT_YET, Place(OUTCOMES, 3)),))
    assert bound(told, QUERY, LAID) is holds


@pytest.mark.parametrize(("quote", "page"), [(NOT_YET, 4), ("Fewer children are seen by a doctor.", 3)])
def test_a_quote_stands_on_the_page_it_is_cited_from(quote: str, page: int) -> None:
    assert not bound(Statement(f"“{quote}”", sources=(Source(quote, Place(OUTCOMES, page)),)), QUERY, LAID)


def test_a_rule_is_one_of_the_rules() -> None:
    assert bound(Statement("Rule: below target means the value is less than the target."), QUERY, LAID)
    assert not bound(Statement("Rule: below target means the value is more than the target."), QUERY, LAID)


def test_a_withheld_sentence_is_said_to_be_withheld_and_the_rest_stands() -> None:
    draft = Draft("answered", (Statement(f"{NAME}: 70%.", (VISITS,)), Statement(f"{NAME}: 99%.", (VISITS,))), coverage=Coverage())
    answer = check(Question("q"), QUERY, draft, LAID)
    assert answer.text == f"{NAME}: 70%. [1]"
    assert any("withheld" in note for note in answer.notes)


def test_nothing_is_claimed_where_everything_fails() -> None:
    answer = check(Question("q"), QUERY, Draft("answered", (Statement(f"{NAME}: 99%.", (VISITS,)),)), LAID)
    assert "99" not in answer.text and not answer.citations


def test_citations_are_numbered_by_first_use_and_shared() -> None:
    quote = Source("They asked for steadier staffing and more training.", Place(OUTCOMES, 3))
    figure = Statement(f"{NAME}: 70%.", (VISITS,))
    draft = Draft("answered", (Statement("One.", (), (quote,)), figure, Statement("Again.", (), (quote,))), rows=(VISITS,))
    answer = check(Question("q"), QUERY, draft, LAID)
    assert [(c.n, c.document) for c in answer.citations] == [(1, OUTCOMES), (2, PLAN)]
    assert answer.text == f"One. [1]\n{NAME}: 70%. [2]\nAgain. [1]"
    assert answer.table and answer.table.rows[0].citation == 2


def test_headline_is_the_first_sentence_without_markers() -> None:
    answer = check(Question("q"), QUERY, Draft("answered", (Statement(f"{NAME}: 70%.", (VISITS,)),)), LAID)
    assert answer.headline == f"{NAME}: 70%." and answer.text.startswith(answer.headline)
