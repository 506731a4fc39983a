"""From marks to figures: intervals, stability, retrieval, the gate and comparisons, on scripted answers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from eval.asking import Script, gathered, steady
from eval.cases import Case, Evidence, Rows
from eval.compare import compared
from eval.errors import EvalError, RunInvalid
from eval.gate import MARGIN, Accepted, accept, falls, read_accepted
from eval.given import Json
from eval.ideal import ideal
from eval.periods import same_period, spoken
from eval.results import by_group, by_scorer, figure, scored
from eval.retrieval import Piece, searched
from eval.runfile import Standing, read_standing, standing
from eval.sources import Sources
from eval.stability import again, paraphrased
from index.library import Library
from ingest.types import Measure


def answers(cases: Sequence[Case], sources: Sources) -> dict[str, Json]:
    return {case.id: ideal(case, sources) for case in cases}


def stood(right: dict[str, bool], **figures: float) -> Standing:
    whole = {"right": sum(right.values()) / len(right), **figures}
    failures = {id: {} if ok else {"value": "not stated: 85"} for id, ok in right.items()}
    return Standing("made", "abc", "f00", {"cases": len(right)}, whole, right, right, failures)


def test_intervals_are_the_same_each_time_and_hold_the_mean() -> None:
    scores = [1.0] * 70 + [0.0] * 30
    found = figure(scores)
    assert found == figure(scores)
    assert found.low < found.mean < found.high
    assert found.mean == 0.7
    assert 0.08 < found.high - found.mean < 0.1, "1.96 standard errors of 0.7 in 100 are 0.09"
    assert figure([1.0, 1.0]).low == 1.0


def test_figures_by_scorer_and_group(cases: Sequence[Case], sources: Sources) -> None:
    wrong = {id: answer for id, answer in answers(cases, sources).items() if id not in {c.id for c in cases if c.type == "owner"}}
    results = scored(cases, Script(wrong), sources)
    types = by_group(results, "type")
    assert types["owner"][0].mean == 0
    assert all(right.mean == 1 for name, (right, _) in types.items() if name != "owner")
    assert by_scorer(results)["right"].n == len(cases)
    assert sum(right.n for right, _ in by_group(results, "persona").values()) == len(cases)
    assert "no document" in by_group(results, "document")


def test_another_answer_the_second_time_is_seen(cases: Sequence[Case], sources: Sources) -> None:
    first = answers(cases, sources)
    results = scored(cases, Script(first), sources)
    slower = {id: {**answer, "timings_ms": {"total": 99.0}} for id, answer in first.items()}
    assert again(results, Script(slower)).differing == ()
    other = {**first, cases[3].id: {**first[cases[3].id], "notes": ["by the way"]}}
    assert again(results, Script(other)).differing == (cases[3].id,)
    assert steady(None) is None


def test_paraphrases_with_other_facts_are_seen(cases: Sequence[Case], sources: Sources) -> None:
    found = answers(cases, sources)
    same, right = paraphrased(scored(cases, Script(found), sources))
    assert (same.differing, right.differing) == ((), ())
    last = next(c.id for c in reversed(cases) if c.set == "missed-count")
    same, right = paraphrased(scored(cases, Script({**found, last: {**found[last], "count": 5}}), sources))
    assert (same.differing, right.differing) == (("missed-count",), ("missed-count",))


def test_retrieval_counts_passages_and_pages(cases: Sequence[Case], sources: Sources) -> None:
    case = next(c for c in cases if len(c.evidence) == 2 and c.evidence[0].page != c.evidence[1].page)
    case = replace(case, evidence=tuple(Evidence(e.document, e.quote, e.page) for e in case.evidence))
    first, second = case.evidence
    pieces = [
        Piece(sources.files[first.document], first.page, f"before {first.quote} after"),
        Piece("another.pdf", second.page, second.quote),
        Piece(sources.files[second.document], 99, "quite another thing"),
    ]
    top = searched([case], lambda _, limit: pieces[:limit], sources, None)
    assert (top[2]["passage"].precision, top[2]["passage"].recall) == (0.5, 0.5)
    assert top[5]["passage"].precision == pytest.approx(1 / 3)
    assert top[5]["page"].recall == 0.5
    assert top[2]["passage"].f2 == pytest.approx(0.5)


def test_an_answers_passages_are_those_of_the_records_asked_for(sample_library: Library) -> None:
    """A search by words cannot tell which rows missed their target; nor, without being told, which plan is meant."""
    passages = gathered(sample_library)
    for asked, missed in (
        ("Which measures are below target in quarter 2?", 5),
        ("Which targets in the 2023-24 action plan were missed?", 5),
    ):
        found = passages(Case("x", "member", "kpi_filter", asked, Rows(())), 5)
        held = [[r for id in chunk.records if isinstance(r := sample_library.record(id), Measure)] for chunk in found]
        assert sum(any(m.status == "off_target" for m in measures) for measures in held) == missed
        assert len({(chunk.place.document, chunk.id) for chunk in found}) == 5
    assert {chunk.place.document for chunk in found} == {"action-plan-2023-24.pdf"}


def test_a_search_in_lay_words_brings_up_the_row(sample_folder: Path) -> None:
    """Each asks in words that its row does not print: with the model, since the fake of the tests knows letters only."""
    lay = {
        "are there enough social workers or do they have too much on": "Average caseload between 14 and 17 children",
        "how often do kids in care get moved about": "children in care have three or more moves",
        "do we lean on temps": "Agency staff to be no more than 15%",
    }
    with Library.open(sample_folder) as library:
        for asked, printed in lay.items():
            texts = [" ".join(hit.chunk.text.split()) for hit in library.search(asked, 5)]
            assert any(printed in text for text in texts), asked


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("it was 85% in September 2025", {"2025-09"}),
        ("at 30 June 2025", {"2025-06"}),
        ("in quarter 2 of 2025/26", {"2025/26-Q2"}),
        ("Q1 2025/26 and Q2 2025/26", {"2025/26-Q1", "2025/26-Q2"}),
        ("214 audits in 2024/25", {"2024/25"}),
        ("the survey of 2023", {"2023"}),
        ("over 2,025 children, 12 of 19", set()),
    ],
)
def test_periods_in_a_sentence(text: str, periods: set[str]) -> None:
    assert spoken(text) == periods


@pytest.mark.parametrize(
    ("wanted", "found", "same"),
    [
        ("2025/26-Q2", "2025-09-30", True),
        ("2025-09", "2025/26-Q2", True),
        ("2025/26-Q4", "2026-03", True),
        ("2025/26-Q2", "2025-06", False),
        ("2025/26-Q2", None, False),
        (None, None, True),
    ],
)
def test_reporting_points(wanted: str | None, found: str | None, same: bool) -> None:
    assert same_period(wanted, found) is same


def test_the_gate_names_the_figure_and_the_questions_that_fell() -> None:
    before = stood({f"q{n}": True for n in range(50)})
    accepted = Accepted({"right": 1.0}, tuple(before.right))
    assert falls(before, accepted) == []
    inside = stood({f"q{n}": n > 0 for n in range(50)})
    assert 1 - inside.figures["right"] == pytest.approx(MARGIN)
    assert falls(inside, accepted) == []
    below = stood({f"q{n}": n > 1 for n in range(50)})
    assert falls(below, accepted) == [
        "made: right fell from 100.0% to 96.0% (margin 2 points)",
        "made: q0 was right and is not: value: not stated: 85",
        "made: q1 was right and is not: value: not stated: 85",
    ]


def test_the_gate_is_shut_where_nothing_was_accepted_or_an_answer_changes_by_itself() -> None:
    unsteady = stood({"q1": True}, **{"asked twice, same answer": 0.99})
    assert any("must be whole" in line for line in falls(unsteady, Accepted({}, ())))
    assert any("--accept" in line for line in falls(stood({"q1": True}), None))
    shown = stood({"q1": True}, **{"seeded wrong numbers withheld": 0.999})
    assert any("seeded wrong numbers withheld is 99.9%, must be whole" in line for line in falls(shown, Accepted({}, ())))
    faulted = replace(stood({"q1": True}), imperfect=("q1 subject: nothing found",))
    assert any("ideal answer is faulted" in line and "q1 subject" in line for line in falls(faulted, Accepted({}, ())))
    assert falls(faulted, Accepted({}, (), ("q1 subject",))) == []
    assert any("fell from 90.0% to 0.0%" in line for line in falls(stood({"q1": True}), Accepted({"row F1": 0.9}, ()))), "a figure gone"


def test_what_is_accepted_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "gate.json"
    assert read_accepted(path) == {}
    accept([stood({"q1": True, "q2": False})], path)
    accept([replace(stood({"q9": True}), set="other")], path)
    assert read_accepted(path) == {"made": Accepted({"right": 0.5}, ("q1",)), "other": Accepted({"right": 1.0}, ("q9",))}
    path.write_text("[]", encoding="utf-8")
    with pytest.raises(EvalError, match="does not hold accepted figures"):
        read_accepted(path)


def test_compared_runs_show_what_fell_and_rose() -> None:
    runs, figures, fell, rose = compared(stood({"q1": True, "q2": False, "q3": True}), stood({"q1": False, "q2": True, "q3": True}))
    assert ("set", "made", "made") in runs.rows
    assert figures.rows == ()
    assert fell.rows == (("q1", "right, exact", "value: not stated: 85"),)
    assert [row[0] for row in rose.rows] == ["q2"]
    better = compared(stood({"q1": False, "q2": True}), stood({"q1": True, "q2": True}))[1]
    assert better.rows == (("right", "50.0%", "100.0%", "+50.0"),)


@pytest.mark.parametrize("text", ["", "{}", "[1]", json.dumps({"set": "x", "questions": 3})])
def test_what_is_no_run_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "run.json").write_text(text, encoding="utf-8")
    with pytest.raises(RunInvalid, match="is not a run of `planspoken eval`"):
        read_standing(tmp_path)
    with pytest.raises(RunInvalid, match="cannot be read"):
        read_standing(tmp_path / "nowhere")
    with pytest.raises(RunInvalid, match="the file"):
        standing(text, "the file")
