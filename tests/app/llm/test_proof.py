"""The check that stands between a model's draft and the reader: false sentences are caught, true ones pass.

The sentences are made from every record of the sample plans and, where they are there, of real ones; a few dozen were written by hand.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from itertools import chain, zip_longest
from pathlib import Path

import pytest

from app.evidence.desk import Desk, desk
from app.kinds.wording import statement
from app.llm.scripted import ScriptedLlm
from app.llm.types import Model
from app.types import Answer, Draft
from app.worded.sentences import finished, sentences_of
from app.worded.sheet import sheet
from app.worded.sheet import shown as as_sent
from app.worded.word import proof_of
from index.library import Library
from ingest.types import Measure, Place
from tests.app.llm.drafts import MODEL, Case, all_true, answered, faults, shown, wrong
from tests.app.llm.frozen import frozen
from tests.app.memory import MemoryLibrary, entry

HANDWRITTEN = Path(__file__).with_name("handwritten.jsonl")
FAULTS = {
    *("digits swapped", "count for percent", "percent for count", "other quarter", "other month", "other year", "other authority"),
    *("invented quote", "quote altered", "dropped negation", "added negation", "wrong passage", "opposite status", "other rating"),
}


def spread(cases: Sequence[Case], count: int) -> list[Case]:
    """So many cases, evenly over all."""
    step = max(1, len(cases) // count)
    return list(cases[::step])[:count]


def seeded(cases: Sequence[Case], laid: Desk, count: int) -> list[Case]:
    """So many false sentences, as many of each fault as there are."""
    by_fault: dict[str, list[Case]] = defaultdict(list)
    for case in spread(cases, 400):
        for false in wrong(case, laid):
            by_fault[false.fault or ""].append(false)
    return [case for case in chain(*zip_longest(*by_fault.values())) if case is not None][:count]


@pytest.fixture(scope="module")
def sentences(laid: Desk) -> list[Case]:
    """True sentences on the sample plans."""
    return all_true(laid)


def test_a_hundred_true_sentences_pass_but_for_one(sentences: list[Case], laid: Desk) -> None:
    withheld = [(case.text, faults(case, laid)) for case in spread(sentences, 100) if not shown(case, laid)]
    assert len(withheld) <= 1, withheld


def test_a_hundred_false_sentences_are_caught(sentences: list[Case], laid: Desk) -> None:
    false = seeded([case for case in sentences if shown(case, laid)], laid, 100)
    assert len(false) == 100
    assert {case.fault for case in false} >= FAULTS
    assert not [(case.fault, case.text) for case in false if shown(case, laid)]


def test_the_same_on_real_plans(real_library: Library) -> None:
    laid = desk(real_library)
    true = all_true(laid)
    withheld = [(case.text, faults(case, laid)) for case in spread(true, 100) if not shown(case, laid)]
    assert len(withheld) <= 1, withheld

    false = seeded([case for case in true if shown(case, laid)], laid, 100)
    assert len(false) == 100
    assert not [(case.fault, case.text) for case in false if shown(case, laid)]


def two_plans() -> tuple[Desk, Answer, Draft]:
    """An answer in one sentence over the figures of two plans, as a comparison is told."""
    figures = [
        Measure(
            f"m{n}", Place(f"{name}.pdf", 1, (0, 0, 10, 10), None), f"Repeat referrals were {value:g}%", "repeat referrals", None,
            "actual", value, None, f"{value:g}%", None, "percent", period, None, None, None, None, None, "no_target", None, None, None,
        )
        for n, (name, value, period) in enumerate([("earlier", 19.0, "2019/20"), ("later", 23.0, "2024/25")])
    ]  # fmt: skip
    entries = [entry("earlier.pdf", "Plan 2019/20", "Saltmere", period="2019/20"), entry("later.pdf", "Plan 2024/25", "Saltmere")]
    laid = desk(MemoryLibrary(entries, figures))
    told = "Repeat referrals (2019/20) is lower, at 19%, than repeat referrals (2024/25), at 23%: 4 points apart."
    return laid, *answered([statement(told, figures)], figures, laid)


@pytest.mark.parametrize(
    ("sentence", "true"),
    [
        ("Repeat referrals were 19% in 2019/20 [1].", True),
        ("Repeat referrals were 23% in 2024/25 [2].", True),
        ("Repeat referrals were 19% in 2019/20 [2].", False),
        ("Repeat referrals were 23% in 2024/25 [1].", False),
        ("Repeat referrals were 19% in 2019/20, lower than 23% in 2024/25 [1][2].", True),
        ("Repeat referrals were 19% in 2019/20, lower than 23% in 2024/25 [1].", False),
    ],
)
def test_of_two_plans_each_figure_is_cited_to_its_own(sentence: str, true: bool) -> None:
    """A sentence by rule that rests on both is evidence for neither alone."""
    laid, answer, draft = two_plans()
    assert shown(Case(sentence, answer, draft), laid) is true


def test_a_figure_kept_back_is_not_sent_beside_one_that_may_be() -> None:
    laid, answer, draft = two_plans()
    open_to_it = sheet(answer, draft, laid, Model(ScriptedLlm.saying(), kept_back=("earlier*",)))
    sent = "\n".join(as_sent(item) for item in open_to_it.items)
    assert "23%" in sent
    assert "19" not in sent


@pytest.mark.parametrize("truth", [True, False])
def test_sentences_written_by_hand(truth: bool) -> None:
    """True ones in plain words of their own, false ones that are hard to see; the evidence is as the real plans were once read."""
    laid, answers = frozen()
    cases = [json.loads(line) for line in HANDWRITTEN.read_text("utf-8").splitlines()]
    wrongly = []
    for case in cases:
        if case["true"] is truth:
            proof = proof_of(sheet(*answers[case["question"]], laid, MODEL), laid)
            found = [fault for s in sentences_of(case["sentence"]) if (fault := proof.fault(s))]
            if bool(found) is truth:
                wrongly.append((case["sentence"], found))
    assert not wrongly


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        ("A is 5 [1]. B is 6 [2][3].", [("A is 5.", (1,)), ("B is 6.", (2, 3))]),
        ("A is 5. [1] B is 6. [2, 3]", [("A is 5.", (1,)), ("B is 6.", (2, 3))]),
        ("A is 5.5% [1], and B 6 [4-6].", [("A is 5.5%, and B 6.", (1, 4, 5, 6))]),
        ("## Summary\n- **A**: 5 [1]\n1. B is 6.[2]", [("Summary", ()), ("A: 5", (1,)), ("B is 6.", (2,))]),
        ("He said “No. Never.” [1] Then it ended [2].", [("He said “No. Never.”", (1,)), ("Then it ended.", (2,))]),
        ("The no. of cases, e.g. Q2, is 5 [1].", [("The no. of cases, e.g. Q2, is 5.", (1,))]),
        ("", []),
        ("[1] [2]\n***", []),
    ],
)
def test_a_draft_is_read_as_sentences_with_references(draft: str, expected: list[tuple[str, tuple[int, ...]]]) -> None:
    assert [(s.text, s.marks) for s in sentences_of(draft)] == expected


def test_a_sentence_is_read_the_same_while_the_draft_still_comes() -> None:
    draft = "In Q2 2019/20, 73% were on time [1]. The target, 95%, was missed. [2][3] One more [4]."
    whole = sentences_of(draft)

    for end in range(len(draft)):
        so_far = finished(draft[:end])
        assert so_far == whole[: len(so_far)], draft[:end]
    assert finished(draft) == whole[:2]
