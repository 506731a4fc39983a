"""The check before an answer leaves: wrong numbers are withheld, quotes stay verbatim, citations are numbered by first use."""

from __future__ import annotations

import pytest

from app.check import bound, check
from app.evidence.desk import desk
from app.types import Derived, Draft, Query, Question, Source, Statement
from ingest.types import Place
from tests.app.shelf import MEASURES, OUTCOMES, PLAN, shelf

LAID = desk(shelf())
VISITS = MEASURES[1]  # 70 % against 95 %
QUERY = Query("figure")


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("Child in need visits: 70% (Q2 2023/24), against a target of 95%.", True),
        ("Child in need visits: 71% (Q2 2023/24), against a target of 95%.", False),
        ("Child in need visits: 70% (Q2 2023/24), against a target of 90%.", False),
        ("Child in need visits: 70% (Q3 2024/25).", False),
        ("Child in need visits rose.", True),
        ("Child in need visits: 7% of 95.", False),
        ("Child in need visits: 70.5%.", False),
    ],
)
def test_numbers_must_stand_on_the_statements_own_records(text: str, holds: bool) -> None:
    assert bound(Statement(text, (VISITS,)), QUERY, LAID) is holds


def test_a_number_of_another_record_does_not_count() -> None:
    assert not bound(Statement("Strategy discussions: 70%.", (MEASURES[2],)), QUERY, LAID)


def test_a_difference_is_worked_out_again() -> None:
    right = Statement("25 points off target.", (VISITS,), derived=(Derived(25, "difference", (70, 95)),))
    wrong = Statement("24 points off target.", (VISITS,), derived=(Derived(24, "difference", (70, 95)),))
    foreign = Statement("21 points apart.", (VISITS,), derived=(Derived(21, "difference", (70, 91)),))
    assert bound(right, QUERY, LAID)
    assert not bound(wrong, QUERY, LAID)
    assert not bound(foreign, QUERY, LAID)


def test_a_withheld_sentence_is_said_to_be_withheld_and_the_rest_stands() -> None:
    draft = Draft("answered", (Statement("Visits: 70%.", (VISITS,)), Statement("Visits: 99%.", (VISITS,))))
    answer = check(Question("q"), QUERY, draft, LAID)
    assert answer.text == "Visits: 70%. [1]"
    assert any("withheld" in note for note in answer.notes)


def test_nothing_is_claimed_where_everything_fails() -> None:
    answer = check(Question("q"), QUERY, Draft("answered", (Statement("Visits: 99%.", (VISITS,)),)), LAID)
    assert "99" not in answer.text and not answer.citations


def test_citations_are_numbered_by_first_use_and_shared() -> None:
    quote = Source("They asked for steadier staffing and more training.", Place(OUTCOMES, 3))
    draft = Draft(
        "answered", (Statement("One.", (), (quote,)), Statement("70%.", (VISITS,)), Statement("Again.", (), (quote,))), rows=(VISITS,)
    )
    answer = check(Question("q"), QUERY, draft, LAID)
    assert [(c.n, c.document) for c in answer.citations] == [(1, OUTCOMES), (2, PLAN)]
    assert answer.text == "One. [1]\n70%. [2]\nAgain. [1]"
    assert answer.table and answer.table.rows[0].citation == 2


def test_headline_is_the_first_sentence_without_markers() -> None:
    answer = check(Question("q"), QUERY, Draft("answered", (Statement("Visits: 70%.", (VISITS,)),)), LAID)
    assert answer.headline == "Visits: 70%." and answer.text.startswith(answer.headline)
