"""Runs read back from their run.json: what comparing and the gate need of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.errors import RunInvalid


@dataclass(frozen=True, slots=True)
class Standing:
    """How a run stood: every figure by name, and for each question whether it was right and exact and what was wrong."""

    set: str
    commit: str | None
    library: str
    configuration: Mapping[str, Any]
    figures: Mapping[str, float]
    right: Mapping[str, bool]
    exact: Mapping[str, bool]
    failures: Mapping[str, Mapping[str, str]]
    imperfect: tuple[str, ...] = ()


def standing(text: str, where: str) -> Standing:
    """The standing in a run.json. RunInvalid where the text is none; `where` names it."""
    try:
        found = json.loads(text)
        questions = found["questions"]
        return Standing(
            set=found["set"],
            commit=found["commit"],
            library=found["library"],
            configuration=found["configuration"],
            figures=_figures(found),
            right={q["id"]: q["right"] for q in questions},
            exact={q["id"]: q["exact"] for q in questions},
            failures={q["id"]: q["failures"] for q in questions},
            imperfect=tuple(found["imperfect"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        raise RunInvalid(
            f"{where} is not a run of `planspoken eval`: name its folder, such as eval/results/sample, or its run.json"
        ) from None


def read_standing(path: Path) -> Standing:
    """The standing in a run's folder or run.json. RunInvalid where there is none."""
    file = path / "run.json" if path.is_dir() else path
    try:
        text = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise RunInvalid(f"{file} cannot be read: name the folder of a run, such as eval/results/sample, or its run.json") from None
    return standing(text, str(file))


def _figures(found: dict[str, Any]) -> dict[str, float]:
    """All figures in one list: scorers by name, then records, retrieval and stability with what they are of."""
    out = {name: figure["mean"] for name, figure in found["figures"].items()}
    for kind, x in found["extraction"].items():
        out |= {f"{kind} {name}": x[name] for name in ("recall", "precision", "f1", "whole") if x[name] is not None}
        out |= {f"{kind} {name} right": value for name, value in x["fields"].items()}
    for system, levels in found["retrieval"].items():
        out |= {f"{system}, {name} {what}": level[what] for name, level in levels.items() for what in ("recall", "precision")}
    out |= {name: same["same"] / same["of"] for name, same in found["stability"].items()}
    out["seeded wrong numbers withheld"] = sum(w["withheld"] for w in found["withheld"]) / max(1, sum(w["of"] for w in found["withheld"]))
    out["mutants caught"] = sum(m["caught"] for m in found["mutants"]) / max(1, sum(m["of"] for m in found["mutants"]))
    return out
