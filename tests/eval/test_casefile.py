"""Question and label files: read whole, or refused with the line and field that is wrong."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from eval.casefile import read_cases
from eval.cases import Case, Figures, Refusal
from eval.errors import CaseInvalid, DocumentsMissing
from eval.labels import read_labels
from eval.sources import named_beside, sources_of
from index.library import Library

GOOD: dict[str, Any] = {
    "id": "q1",
    "persona": "member",
    "type": "metric_lookup",
    "history": ["And before?"],
    "question": "How many?",
    "docs": ["plan"],
    "answer": {"kind": "values", "values": [{"label": "visits", "value": 85, "unit": "percent", "period": "2019/20-Q2"}]},
    "evidence": [{"doc": "plan", "quote": "Visits 85%", "page": 3, "or": [{"doc": "plan", "quote": "85% of visits"}]}],
    "notes": "not read",
}
CHANGES: tuple[tuple[dict[str, Any], str], ...] = (
    ({"id": ""}, "field 'id'"),
    ({"question": None}, "field 'question'"),
    ({"persona": "clerk"}, "field 'persona': one of member, officer, analyst is expected, not \"clerk\""),
    ({"type": "riddle"}, "field 'type'"),
    ({"docs": 0}, "field 'docs': a list of texts"),
    ({"evidence": ""}, "field 'evidence': a list of objects"),
    ({"answer": {"kind": "count", "value": 10**400}}, "field 'answer.value': a number"),
    ({"history": "before"}, "field 'history'"),
    ({"answer": "85"}, "field 'answer'"),
    ({"answer": {"kind": "guess"}}, "field 'answer.kind'"),
    ({"answer": {"kind": "values", "values": []}}, "field 'answer.values'"),
    ({"answer": {"kind": "values", "values": [{"label": "visits", "value": "85%"}]}}, "field 'answer.values[0].value': a number"),
    ({"answer": {"kind": "rows", "rows": [{"value": 1}]}}, "field 'answer.rows[0].measure': missing"),
    ({"answer": {"kind": "rows", "rows": [{"measure": "visits", "target": True}]}}, "field 'answer.rows[0].target'"),
    ({"answer": {"kind": "actions", "refs": []}}, "field 'answer.refs'"),
    ({"answer": {"kind": "actions", "refs": ["a/1"], "complete": "yes"}}, "field 'answer.complete'"),
    ({"answer": {"kind": "count", "value": None}}, "field 'answer.value'"),
    ({"answer": {"kind": "text", "must_include": ["monthly"]}}, "field 'answer.must_include'"),
    ({"answer": {"kind": "refusal", "outcome": ["no_idea"]}}, "field 'answer.outcome'"),
    ({"evidence": [{"doc": "plan"}]}, "field 'evidence[0].quote': missing"),
    ({"evidence": [{"doc": "plan", "quote": "x", "page": 0}]}, "field 'evidence[0].page'"),
    ({"query": {"statuses": [{}]}}, "field 'query.statuses'"),
)


def written(folder: Path, *lines: str) -> Path:
    path = folder / "questions.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_case_is_read_whole(tmp_path: Path) -> None:
    case = read_cases(written(tmp_path, "", json.dumps(GOOD)))[0]
    assert (case.id, case.line, case.history, case.documents) == ("q1", 2, ("And before?",), ("plan",))
    assert isinstance(case.expected, Figures)
    assert case.expected.values[0].period == "2019/20-Q2"
    assert [place.quote for place in case.evidence[0].places] == ["Visits 85%", "85% of visits"]


@pytest.mark.parametrize(("change", "message"), CHANGES, ids=[message for _, message in CHANGES])
def test_what_is_wrong_is_named_by_line_and_field(tmp_path: Path, change: dict[str, Any], message: str) -> None:
    path = written(tmp_path, json.dumps(GOOD | {"id": "q0"}), json.dumps(GOOD | change))
    with pytest.raises(CaseInvalid) as error:
        read_cases(path)
    assert f"{path}, line 2, " in str(error.value)
    assert message in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"id": ', "line 1: not JSON"),
        ("[1]", "line 1: an object is expected"),
        ("\n\n", "holds no questions"),
        (json.dumps(GOOD) + "\n" + json.dumps(GOOD), "line 2, field 'id': 'q1' is the id of line 1 too"),
    ],
)
def test_what_is_no_question_file_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(CaseInvalid, match=message):
        read_cases(written(tmp_path, text))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CaseInvalid, match=r"nowhere\.jsonl: cannot be read"):
        read_cases(tmp_path / "nowhere.jsonl")


def test_the_shared_questions_and_labels_are_read(shared: Path) -> None:
    """Refusals of the shared format name no type; every document of theirs is named in the SCHEMA.md beside them."""
    cases = read_cases(shared / "gold" / "questions-dev.jsonl")
    labels = read_labels(shared / "gold")
    assert len(cases) == len((shared / "gold" / "questions-dev.jsonl").read_text("utf-8").splitlines())
    assert all(case.expected.outcomes == () for case in cases if isinstance(case.expected, Refusal))
    assert {d for case in cases for d in case.documents} | labels.documents <= set(named_beside([shared / "gold"]))
    assert labels.measures and labels.actions and labels.commitments


def test_a_label_that_is_wrong_is_named(tmp_path: Path) -> None:
    (tmp_path / "measures.jsonl").write_text('{"id": "m1", "doc": "plan", "measure": "visits", "kind": "rumour", "quote": "x"}\n')
    with pytest.raises(CaseInvalid, match=r"measures\.jsonl, line 1, field 'kind': one of actual"):
        read_labels(tmp_path)


def test_documents_that_the_library_does_not_hold_are_named(sample_library: Library, cases: Sequence[Case], tmp_path: Path) -> None:
    strange = read_cases(written(tmp_path, json.dumps(GOOD)))
    with pytest.raises(DocumentsMissing, match=r"does not hold: plan; it holds: action-plan-2023-24\.pdf"):
        sources_of(sample_library, [*cases, *strange], {})
    (tmp_path / "SCHEMA.md").write_text("| doc id | file | what |\n|---|---|---|\n| plan | self-evaluation-2025 | found by this table |\n")
    found = sources_of(sample_library, [*cases, *strange], named_beside([tmp_path]))
    assert found.same("plan", "self-evaluation-2025.pdf")
