"""The labels of the sample are right: each is worked out again by SQL over the source, and held against the plans' own counts and pages."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.eval.source_db import NAMES, database, flat, labels, page_of, pages

CASES = Path(__file__).parents[2] / "eval" / "cases" / "sample"
QUESTIONS: list[dict[str, Any]] = [json.loads(line) for line in (CASES / "questions.jsonl").read_text("utf-8").splitlines()]
KNOWN = {"id", "persona", "type", "set", "history", "question", "docs", "answer", "must_not_say", "evidence", "query", "check"}
ROW = ("measure", "breakdown", "value", "unit", "target", "period")


@pytest.fixture(scope="module")
def source() -> sqlite3.Connection:
    return database()


@pytest.mark.parametrize("case", QUESTIONS, ids=[case["id"] for case in QUESTIONS])
def test_the_answer_is_what_sql_finds_in_the_source(case: dict[str, Any], source: sqlite3.Connection) -> None:
    answer, found = case["answer"], source.execute(case["check"]["sql"]).fetchall()
    if answer["kind"] == "refusal":
        assert found == [], "the source does say something about it"
        return
    assert found
    if answer["kind"] == "values":
        assert sorted(float(value) for (value,) in found) == sorted(float(value["value"]) for value in answer["values"])
    elif answer["kind"] == "rows":
        assert Counter(found) == Counter(tuple(row[key] for key in ROW) for row in answer["rows"])
    elif answer["kind"] == "actions":
        assert sorted(_ref(ref) for (ref,) in found) == sorted(answer["refs"])
    elif answer["kind"] == "count":
        assert found == [(answer["value"],)]
    else:
        said = flat(" ".join(str(value) for row in found for value in row)).lower()
        missing = [group for group in answer["must_include"] if not any(word.lower() in said for word in group)]
        assert not missing


@pytest.mark.parametrize("case", QUESTIONS, ids=[case["id"] for case in QUESTIONS])
def test_the_evidence_is_printed_where_the_label_says(case: dict[str, Any]) -> None:
    assert bool(case["evidence"]) != (case["answer"]["kind"] == "refusal")
    for item in case["evidence"]:
        for place in (item, *item.get("or", ())):
            assert flat(place["quote"]) in pages(place["doc"])[place["page"] - 1]
            assert place["page"] == page_of(place["doc"], place["quote"])
    if "printed" in case["check"]:
        assert any(case["check"]["printed"] in page for stem in NAMES.values() for page in pages(stem)), "the plan's own count"


def test_there_are_enough_of_each_kind() -> None:
    kinds, personas = Counter(case["type"] for case in QUESTIONS), Counter(case["persona"] for case in QUESTIONS)
    assert len(QUESTIONS) >= 120
    assert min(personas[persona] for persona in ("member", "officer", "analyst")) >= 30
    assert kinds["followup"] >= 15 and kinds["conflict"] >= 10 and kinds["injection"] >= 10
    refused = [case["answer"]["outcome"] for case in QUESTIONS if case["answer"]["kind"] == "refusal"]
    assert len(refused) >= 30
    assert len({outcomes[0] for outcomes in refused}) >= 5
    sets = Counter(case["set"] for case in QUESTIONS if "set" in case)
    assert len(sets) >= 8 and min(sets.values()) >= 2


def test_each_conflict_of_the_source_is_asked_about(source: sqlite3.Connection) -> None:
    """c1 to c7 of app/sample/README.md, by the words of their measures."""
    asked = " ".join(case["question"].lower() for case in QUESTIONS if case["type"] == "conflict")
    words = ("referred back", "child protection plan", "pathway plan", "survey", "vacancy", "table 2", "15.8")
    assert source.execute("select count(*) from conflict").fetchone() == (len(words),)
    assert not [word for word in words if word not in asked]


def test_only_known_fields_and_no_question_twice() -> None:
    assert not {key for case in QUESTIONS for key in case} - KNOWN
    asked = Counter((case["question"], *case["history"]) for case in QUESTIONS)
    assert not [question for question, times in asked.items() if times > 1]


@pytest.mark.parametrize("kind", ["measures", "actions", "commitments", "conflicts"])
def test_the_labelled_records_are_those_of_the_source(kind: str) -> None:
    """Written by tests/eval/source_db.py; a change of the source has to be labelled anew."""
    committed = [json.loads(line) for line in (CASES / f"{kind}.jsonl").read_text("utf-8").splitlines()]
    assert committed == labels(database())[kind]


def test_the_labelled_records_add_up_to_the_plans_own_counts() -> None:
    """Of the records as committed, not of the source: what the plans print about themselves is the oracle."""
    measures = [json.loads(line) for line in (CASES / "measures.jsonl").read_text("utf-8").splitlines()]
    actions = [json.loads(line) for line in (CASES / "actions.jsonl").read_text("utf-8").splitlines()]
    plan, older = NAMES["new"], NAMES["old"]
    now = [
        m
        for m in measures
        if m["doc"] == plan and m["ref"] != "summary" and m["comparator"] and m["target_period"] != "2026-03-31"
        if m["period"] not in ("2025/26-Q1", "2025-06", "2025-06-30")
    ]
    of = Counter(m["status"] for m in now)
    assert f"{len(now)} targets apply at the end of quarter 2. Of these, {of['on_target']} have been met" in pages(plan)[0]
    assert f"{of['off_target']} have been missed and for {of['no_value']} no figure is available yet" in pages(plan)[0]
    assert f"The plan has {sum(a['doc'] == plan for a in actions)} actions" in pages(plan)[0]
    assert f"Of the {sum(a['doc'] == older for a in actions)} actions in this plan" in pages(older)[0]
    assert f"{sum(a['doc'] == older and a['completed'] for a in actions)} are complete" in pages(older)[0]
    assert all(label["page"] for label in (*measures, *actions))


def _ref(found: str) -> str:
    doc, _, ref = found.partition("/")
    return f"{NAMES[doc]}/{ref}"
