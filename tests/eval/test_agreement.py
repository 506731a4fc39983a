"""Our figures are those of the shared scorer: it is run here on the same answers and records."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from app.export import conflict_row
from eval.asking import Ask, Script, engine
from eval.casefile import read_cases
from eval.cases import Case
from eval.extraction import Extracted, extraction
from eval.given import Json
from eval.ideal import ideal
from eval.labels import Labels, read_labels
from eval.mutants import MUTANTS
from eval.results import scored, shared_figures
from eval.sets import CASES
from eval.sources import Sources, named_beside, sources_of
from index.library import Library
from ingest.json_form import record_json


@pytest.fixture(scope="module")
def score_py(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", shared / "score" / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def ours(cases: Sequence[Case], ask: Ask, sources: Sources) -> tuple[dict[str, float], list[Json]]:
    """Our figures, and the answers. Passages that would serve as well (`or`) are left out: the shared scorer knows none."""
    plain = [replace(c, evidence=tuple(replace(e, others=()) for e in c.evidence)) for c in cases]
    results = scored(plain, ask, sources)
    return shared_figures(results), [r.answer for r in results if r.answer is not None]


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def compare(score_py: ModuleType, questions: Path, figures: dict[str, float], answers: Sequence[Json]) -> None:
    theirs = score_py.score_answers(lines(questions), list(answers), False)
    assert figures == pytest.approx({name: theirs[name] for name in figures}, abs=1e-12)


def test_the_sample_set_agrees(score_py: ModuleType, cases: Sequence[Case], sources: Sources, sample_library: Library) -> None:
    compare(score_py, CASES / "sample" / "questions.jsonl", *ours(cases, engine(sample_library), sources))


def test_faulty_answers_agree(score_py: ModuleType, cases: Sequence[Case], sources: Sources) -> None:
    """Every mutant of every question: where the engine is right both scorers could agree by chance."""
    for mutant in MUTANTS:
        answers = {}
        for case in cases:
            answer = json.loads(json.dumps(ideal(case, sources)))
            mutant.change(case, answer, sources)
            answers[case.id] = answer
        compare(score_py, CASES / "sample" / "questions.jsonl", *ours(cases, Script(answers), sources))


def test_missing_answers_agree(score_py: ModuleType, cases: Sequence[Case], sources: Sources) -> None:
    answers = {case.id: ideal(case, sources) for case in cases[::3]}
    figures, given = ours(cases, Script(answers), sources)
    assert figures["accuracy"] == pytest.approx(len(answers) / len(cases))
    compare(score_py, CASES / "sample" / "questions.jsonl", figures, given)


def test_the_dev_set_agrees(score_py: ModuleType, shared: Path, real_library: Library) -> None:
    questions = shared / "gold" / "questions-dev.jsonl"
    cases = read_cases(questions)
    found = sources_of(real_library, cases, named_beside([shared / "gold"]))
    compare(score_py, questions, *ours(cases, engine(real_library), found))


def test_extraction_agrees(score_py: ModuleType, shared: Path, real_library: Library) -> None:
    labels = read_labels(shared / "gold")
    found = extraction(real_library, labels, sources_of(real_library, [], named_beside([shared / "gold"]), labels.documents))
    check_extraction(score_py, shared / "gold", found, real_library)


def test_extraction_of_the_sample_agrees(score_py: ModuleType, sample_library: Library) -> None:
    labels: Labels = read_labels(CASES / "sample")
    found = extraction(sample_library, labels, sources_of(sample_library, [], {}, labels.documents))
    check_extraction(score_py, CASES / "sample", found, sample_library)


def check_extraction(score_py: ModuleType, folder: Path, found: dict[str, Extracted], library: Library) -> None:
    def gold(kind: str) -> list[dict[str, Any]]:
        return [label for path in sorted(folder.glob(f"{kind}*.jsonl")) for label in lines(path)]

    measures = score_py.score_measures(gold("measures"), [dict(record_json(m)) for m in library.measures()], False)
    ours = {"recall": found["measures"].recall, "precision": found["measures"].precision, "whole_record": found["measures"].whole}
    ours |= {f"{name}_ok": value for name, value in found["measures"].fields.items()}
    assert ours == pytest.approx({name: measures[name] for name in ours}, abs=1e-12)

    actions = score_py.score_actions(gold("actions"), [dict(record_json(a)) for a in library.actions()], False)
    ours = {"recall": found["actions"].recall, "precision": found["actions"].precision}
    ours |= {f"{name}_ok": value for name, value in found["actions"].fields.items()}
    assert ours == pytest.approx({name: actions[name] for name in ours}, abs=1e-12)

    commitments = score_py.score_commitments(gold("commitments"), [dict(record_json(c)) for c in library.commitments()], False)
    ours = {"recall_explicit": found["commitments"].recall, "precision": found["commitments"].precision}
    assert ours == pytest.approx({name: commitments[name] for name in ours}, abs=1e-12)

    conflicts = score_py.score_conflicts(gold("conflicts"), [conflict_row(c) for c in library.conflicts()], False)
    assert found["conflicts"].recall == pytest.approx(conflicts["recall"], abs=1e-12)
    assert (found["conflicts"].labelled, found["conflicts"].read) == (conflicts["certain"], conflicts["got"])
