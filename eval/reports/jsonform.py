"""A run as JSON: what comparisons and the gate read, and other programs may."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from eval.asking import steady
from eval.reports.words import failures
from eval.results import Figure
from eval.retrieval import Level
from eval.run import Run

DIGITS = 6


def run_json(run: Run) -> str:
    """The run without timings and whole answers (they are in answers.jsonl)."""
    found: dict[str, Any] = {
        "set": run.set,
        "configuration": dict(run.configuration),
        "commit": run.commit,
        "library": run.library,
        "figures": {name: _figure(figure) for name, figure in run.scorers.items()},
        "groups": {g: {name: {"right": _figure(r), "exact": _figure(e)} for name, (r, e) in of.items()} for g, of in run.groups.items()},
        "shared": run.shared,
        "retrieval": {system: {name: _level(level) for name, level in levels.items()} for system, levels in run.retrieval.items()},
        "extraction": {kind: {**asdict(x), "f1": x.f1} for kind, x in run.extraction.items()},
        "stability": {name: asdict(same) for name, same in run.stability.items()},
        "mutants": [asdict(mutant) for mutant in run.mutants],
        "imperfect": list(run.imperfect),
        "withheld": [asdict(w) for w in run.withheld],
        "questions": [
            {
                "id": r.case.id,
                "right": r.right,
                "exact": r.exact,
                "outcome": r.given.outcome,
                "marks": {name: mark.score for name, mark in r.marks.items()},
                "failures": dict(failures(r)),
            }
            for r in run.results
        ],
    }
    return json.dumps(_rounded(found), ensure_ascii=False, indent=1) + "\n"


def answers_jsonl(run: Run) -> str:
    """The answers as given, timings aside, one a line: what score.py reads."""
    return "".join(json.dumps(steady(r.answer), ensure_ascii=False) + "\n" for r in run.results if r.answer is not None)


def timings_json(run: Run) -> str:
    """How long each answer took: the only file that differs from run to run."""
    each = {r.case.id: r.given.total_ms for r in run.results}
    return json.dumps({**run.timings, "answers_ms": each}, indent=1) + "\n"


def _figure(figure: Figure) -> dict[str, float]:
    return asdict(figure)


def _level(level: Level) -> dict[str, float]:
    return {**asdict(level), "f1": level.f1, "f2": level.f2}


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, DIGITS)
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    return [_rounded(item) for item in value] if isinstance(value, list | tuple) else value
