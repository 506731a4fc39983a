"""One figure or the few a question names, on a plan of a service that no other test knows; expectations are read from the plan itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.engine import ask
from app.intake import take_in_all
from app.question.earlier import beside_earlier
from app.types import Answer, Question
from index.embed import HashEncoder
from index.library import Library

PLAN = """# Waste and Highways Recovery Plan

Fenwick Council

Position at Quarter 2 2024/25

## Performance

| PI | Indicator | 2023/24 | 2024/25 target | Q1 2024/25 | Q2 2024/25 | Better is |
| --- | --- | --- | --- | --- | --- | --- |
| W1 | Missed bins per 100,000 collections | 142 | 70 | 118 | 93 | Lower |
| W2 | Missed bins put right within two working days | 74% | 95% | 83% | 90% | Higher |
| H1 | Potholes waiting for repair (number) | 7,400 | 2,000 | 3,900 | 2,150 | Lower |
| H2 | Street lights working | 98.1% | 99% | 98.9% | 99.2% | Higher |

## Performance by depot, Quarter 2 2024/25

| Depot | Missed bins per 100,000 | Vacant supervisor posts | Vehicle breakdowns per week |
| --- | --- | --- | --- |
| Saltway | 112 | 3 | 7.2 |
| Thornby | 61 | 1 | 3.1 |
| Whole service | 93 | 4 | 5.6 |

## The money

| Ref | Saving | Target (£000) | Forecast (£000) | Variance (£000) |
| --- | --- | --- | --- | --- |
| S1 | Garden waste charge raised | 310 | 285 | -25 |
| S2 | Fewer agency drivers | 530 | 295 | -235 |

## What residents say

| Measure | 2023/24 survey | Quarter 2 2024/25 survey | National median |
| --- | --- | --- | --- |
| Overall satisfaction | 54.2% | 58.9% | 71.8% |
| Satisfaction with street cleaning | 57.0% | 63.4% | 73.6% |

In 2023/24 the service overspent by £3.1 million. The forecast at 30 September 2024 is an overspend of £2.35 million.

The number of agency drivers is down to 18 in September 2024.
"""


@pytest.fixture(scope="module")
def waste(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library of the plan above."""
    folder = tmp_path_factory.mktemp("waste")
    plan = folder / "recovery-plan.md"
    plan.write_text(PLAN, encoding="utf-8")
    with Library.open(folder / "library", create=True, encoder=HashEncoder()) as library:
        assert [report.status for report in take_in_all([plan], library, lambda *_: None)] == ["read"]
        yield library


def asked(library: Library, *questions: str) -> Answer:
    return ask(Question(questions[-1], questions[:-1]), library)


def values(answer: Answer) -> list[float | None]:
    return [getattr(line.record, "value", None) for line in answer.table.rows] if answer.table else []


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Are fewer potholes waiting than in 2023/24?", ["7,400", "2,150"]),
        ("How many potholes are waiting, and how many was it in 2023/24?", ["7,400", "2,150"]),
        ("Are there more street lights working than there were?", ["98.1%", "99.2%"]),
        ("What share of street lights work compared with last year?", ["98.1%", "99.2%"]),
    ],
)
def test_a_figure_beside_an_earlier_one_tells_both(waste: Library, question: str, told: list[str]) -> None:
    answer = asked(waste, question)

    assert answer.outcome == "answered"
    assert all(words in answer.text for words in told), answer.text


def test_a_word_of_a_measures_name_sets_no_condition(waste: Library) -> None:
    answer = asked(waste, "What is the missed bins rate at Saltway?")

    assert values(answer)[:1] == [112.0]
    assert not answer.query.statuses
    assert asked(waste, "Which indicators missed the target at Quarter 2?").query.statuses == ("off_target",)


def test_a_part_does_not_disagree_with_the_whole(waste: Library) -> None:
    answer = asked(waste, "How many vehicle breakdowns a week are there at Saltway?")

    assert "7.2" in answer.text
    assert not answer.conflicts


def test_how_many_is_not_answered_with_money(waste: Library) -> None:
    assert asked(waste, "How many agency drivers are there now?").count == 18
    assert "£295k" in asked(waste, "What is the target and forecast for the agency drivers saving?").text


def test_of_them_counts_what_was_listed_before(sample_library: Library) -> None:
    before = asked(sample_library, "Which actions under aim 2 are amber?")
    answer = asked(sample_library, "Which actions are there under aim 2?", "How many of them are amber?")

    assert before.table is not None
    assert answer.count == len(before.table.rows) > 0


def test_that_place_is_the_one_the_earlier_answer_names(waste: Library) -> None:
    before = "How many bins does the Saltway depot miss per 100,000?"
    answer = asked(waste, before, "And how many vacant supervisor posts does that depot have?")

    assert values(asked(waste, before))[0] == 112.0
    assert values(answer)[0] == 3.0
    assert answer.question.text == "And how many vacant supervisor posts does that depot have?"


def test_overall_asks_for_the_whole(waste: Library) -> None:
    assert values(asked(waste, "What percentage of residents are satisfied overall?"))[0] == 58.9


def test_a_figure_is_set_beside_the_median(waste: Library) -> None:
    answer = asked(waste, "How does satisfaction with street cleaning compare with the national median?")

    assert {63.4, 73.6} <= set(values(answer))


def test_words_of_the_documents_title_are_said_by_all_its_figures(waste: Library) -> None:
    answer = asked(waste, "How much is the waste and highways service overspent by?")

    assert values(answer)[:1] == [2350000.0]
    assert "Garden" not in answer.text


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        ("Proportion of workers holding more than 20 cases in Q2 2019/20?", False),
        ("Were fewer visits late than in 2023/24?", True),
        ("Are more visits late than in Q2 2019/20?", True),
    ],
)
def test_a_number_after_than_is_no_earlier_time(text: str, beside: bool) -> None:
    assert beside_earlier(text) is beside
