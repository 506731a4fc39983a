"""What became of a commitment: followed through the sample's plans, with both places, and refused where plans cannot be compared."""

from __future__ import annotations

import pytest

from app.engine import ask
from app.markup import Links, timeline
from app.render import answer_json
from app.types import Answer, Question
from app.view import view
from index.library import Library
from ingest.types import Action
from tests.app.shelf import shelf


def asked(library: Library, *questions: str) -> Answer:
    return ask(Question(questions[-1], questions[:-1]), library)


def refs(answer: Answer) -> list[list[str | None]]:
    """The action numbers of each thread, None for a statement in prose."""
    return [[getattr(step.record, "ref", None) for step in thread.steps] for thread in answer.timeline]


@pytest.mark.parametrize(
    "question",
    [
        "What became of the family hubs?",
        "What did we promise about family hubs, and did it happen?",
        "Trace the family hub commitment through the plans",
        "whatever happened to the promise of a family hub",
    ],
)
def test_a_promise_is_followed_through_every_plan_that_has_it(sample_library: Library, question: str) -> None:
    answer = asked(sample_library, question)

    assert refs(answer) == [["3", None, "1.5"]]
    assert answer.headline.startswith("Complete in Saltmere Council: Children and Families Improvement Plan")
    assert [c.kind for c in answer.timeline[0].steps[2].changes if c.kind == "done"] == ["done"]
    assert "the due date moved from March 2024 to end of September 2025" in answer.text
    cited = {c.document for c in answer.citations}
    assert len(cited) == 3
    assert not [note for note in answer.notes if "withheld" in note]


@pytest.mark.parametrize(
    ("question", "kind", "has"),
    [
        ("Which actions slipped?", "delayed", "8"),
        ("which deadlines have been pushed back since the old plan", "delayed", "18"),
        ("Which commitments changed owner between the plans?", "reowned", "8"),
        ("which actions have a different lead now", "reowned", "1"),
        ("Which targets were watered down between the plans?", "retargeted", "21"),
    ],
)
def test_lists_of_what_changed(sample_library: Library, question: str, kind: str, has: str) -> None:
    answer = asked(sample_library, question)

    assert answer.query.intent == "timeline"
    assert all(any(c.kind == kind for s in t.steps for c in s.changes) for t in answer.timeline)
    assert [has] in [row[:1] for row in refs(answer)]
    assert answer.headline.startswith(f"{len(answer.timeline)} commitments ")
    assert not [note for note in answer.notes if "withheld" in note]


@pytest.mark.parametrize("question", ["What promises were quietly dropped?", "which actions of the 2023-24 plan are not in the new plan?"])
def test_what_was_left_open_and_is_not_mentioned(sample_library: Library, question: str) -> None:
    answer = asked(sample_library, question)

    assert {"5", "10", "16", "25"} <= {row[0] for row in refs(answer)}
    assert all(len(t.steps) == 1 and t.silent for t in answer.timeline)
    assert any("may have been closed" in note for note in answer.notes)


def test_one_promise_that_is_not_mentioned_again_is_said_with_care(sample_library: Library) -> None:
    answer = asked(sample_library, "What became of the refurbishment of the family time centre?")

    assert refs(answer) == [["10"]]
    assert answer.headline.startswith(
        "No action or commitment in Saltmere Council: Children and Families Improvement Plan 2025-26 takes this up"
    )
    assert "Awaiting a decision on capital funding." in answer.text


def test_whether_it_was_promised_before(sample_library: Library) -> None:
    answer = asked(sample_library, "Has the commitment on life story books appeared before?")

    assert answer.headline == "It stands in 2 documents, first in Saltmere Council: Children’s Services Action Plan 2023-24."
    assert refs(answer) == [["13", "3.6"]]


def test_a_figure_that_changed_over_the_plans_is_a_trend(sample_library: Library) -> None:
    answer = asked(sample_library, "How has the re-referral rate changed over the plans?")

    assert answer.table and answer.table.kind == "measures"
    assert "27%" in answer.text


def test_the_json_has_every_step_with_its_changes(sample_library: Library) -> None:
    threads = answer_json(asked(sample_library, "What became of the family hubs?"))["timeline"]

    assert isinstance(threads, list)
    steps = threads[0]["steps"]
    assert [(s["document"], s["due"], s["complete"]) for s in steps] == [
        ("action-plan-2023-24.pdf", "March 2024", False),
        ("self-evaluation-2025.pdf", "end of September 2025", False),
        ("improvement-plan-2025-26-q2.pdf", "September 2025", True),
    ]
    assert {"kind": "delayed", "before": "March 2024", "after": "end of September 2025"} in steps[1]["changes"]
    assert all(s["citation"] for s in steps)


def test_a_timeline_is_an_ordered_list_whose_places_open(sample_library: Library) -> None:
    answer = asked(sample_library, "What became of the family hubs?")
    shown = view(answer, sample_library.documents())
    drawn = timeline(shown.timeline, Links(0, len(shown.excerpts)))

    assert shown.grid is None
    assert drawn.count("<ol>") == 1 and drawn.count("<strong>") == 3
    assert drawn.count('data-open="0-') == 3
    assert "The due date moved from March 2024 to end of September 2025" in drawn
    assert "<script" not in drawn


def test_words_of_a_plan_are_no_markup(sample_library: Library) -> None:
    answer = asked(sample_library, "What became of the refurbishment of the family time centre?")
    drawn = timeline(view(answer, sample_library.documents()).timeline)

    assert "Tanner’s Lane" in drawn and "Awaiting a decision on capital funding." in drawn
    assert "Not mentioned in Saltmere Council: Children and Families Improvement Plan 2025-26" in drawn


def test_where_nothing_can_be_followed_what_slipped_is_what_the_plan_rates_as_late() -> None:
    answer = ask(Question("Which actions slipped?"), shelf())

    assert answer.headline.endswith("rated amber or red.")
    assert answer.table and {line.record.rag for line in answer.table.rows if isinstance(line.record, Action)} <= {"A", "R"}
    assert any("no commitment of these plans has a later due date" in note for note in answer.notes)


def test_what_was_dropped_needs_two_plans() -> None:
    answer = ask(Question("What was dropped from the plan?"), shelf())

    assert answer.outcome == "not_comparable"
    assert answer.headline.startswith("No commitment can be followed from one of these plans to another")


@pytest.mark.parametrize(
    "question",
    [
        "what actions were taken for children who went missing?",
        "What percentage of children who had gone missing got a return interview?",
        "Which actions must be done before the inspection?",
        "which actions were due before March 2024?",
        "what numbers have dropped",
        "Which actions address delayed transfers?",
        "what is done for children missing from care?",
        "How did the number of children on child protection plans change between March 2024 and June 2025?",
    ],
)
def test_words_of_leaving_out_and_lateness_that_are_of_something_else(sample_library: Library, question: str) -> None:
    assert asked(sample_library, question).query.intent != "timeline"


def test_what_happened_to_a_figure_is_its_trend(sample_library: Library) -> None:
    answer = asked(sample_library, "what happened to re-referrals after March 2024")

    assert answer.table and answer.table.kind == "measures"


def test_all_that_was_promised_is_told_where_no_later_plan_takes_it_up(sample_library: Library) -> None:
    answer = asked(sample_library, "What did we promise about the panel, and did it happen?")
    assert [len(thread.steps) for thread in answer.timeline] == [1, 1]
    assert answer.headline == "2 commitments on this in 2 documents; 1 of them is said to be complete."
