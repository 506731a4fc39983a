"""The gate: figures that were accepted once, and may not fall by more than a margin. They are kept in eval/gate.json."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.errors import EvalError
from eval.runfile import Standing

ACCEPTED = Path(__file__).parent / "gate.json"
MARGIN = 0.02  # two points: on a hundred questions two of them
GATED = (
    *("right", "exact", "refused", "answered", "passage cited", "page cited", "verbatim", "grounded", "coverage", "intent"),
    *(
        "measures recall",
        "measures precision",
        "measures whole",
        "actions recall",
        "actions whole",
        "commitments recall",
        "conflicts recall",
    ),
    *("our search, top 10, passage recall", "in other words, same facts"),
)
# What must be whole, whatever was accepted.
WHOLE = ("asked twice, same answer", "documents in another order, same answer", "mutants caught", "seeded wrong numbers withheld")


@dataclass(frozen=True, slots=True)
class Accepted:
    """What was accepted of a set: the gated figures, the questions that were right, and the ideal answers that a scorer may fault
    ("q116 verbatim": a label that does not quote its document letter for letter)."""

    figures: dict[str, float]
    right: tuple[str, ...]
    faulted: tuple[str, ...] = ()


def falls(run: Standing, accepted: Accepted | None) -> list[str]:
    """What keeps a run from passing, a line each; none where it passes."""
    out = [f"{run.set}: {name} is {100 * run.figures[name]:.1f}%, must be whole" for name in WHOLE if run.figures.get(name, 1.0) < 1]
    known = accepted.faulted if accepted else ()
    strange = [fault for fault in run.imperfect if _place(fault) not in known]
    out += [f"{run.set}: the ideal answer is faulted, so that label or scorer is wrong: {fault}" for fault in strange]
    if accepted is None:
        return [*out, f"{run.set}: no figures were accepted yet; run `planspoken eval --accept` and commit {ACCEPTED.name}"]
    fell = [name for name, was in accepted.figures.items() if run.figures.get(name, 0.0) < was - MARGIN]
    for name in fell:
        was, now = 100 * accepted.figures[name], 100 * run.figures.get(name, 0.0)
        out.append(f"{run.set}: {name} fell from {was:.1f}% to {now:.1f}% (margin {100 * MARGIN:.0f} points)")
    lost = [id for id in accepted.right if not run.right.get(id, False)]
    if fell and lost:
        out += [f"{run.set}: {id} was right and is not: {_why(run, id)}" for id in lost]
    return out


def _place(fault: str) -> str:
    """Question and scorer of a faulted ideal answer."""
    return fault.partition(":")[0]


def _why(run: Standing, id: str) -> str:
    found = run.failures.get(id)
    return "not asked" if found is None else "; ".join(f"{name}: {why}" for name, why in found.items())[:200]


def read_accepted(path: Path = ACCEPTED) -> dict[str, Accepted]:
    """Set → what was accepted; nothing where the file is not there. EvalError where it is no such file."""
    if not path.is_file():
        return {}
    try:
        found: dict[str, dict[str, Any]] = json.loads(path.read_text("utf-8"))
        return {name: Accepted(dict(x["figures"]), tuple(x["right"].split()), tuple(x.get("faulted", []))) for name, x in found.items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise EvalError(f"{path} does not hold accepted figures: write it anew with `planspoken eval --accept`") from None


def accept(runs: Sequence[Standing], path: Path = ACCEPTED) -> None:
    """Keeps the figures of the runs as accepted; those of sets that were not run stay."""
    found = {
        name: {"figures": a.figures, "right": " ".join(a.right), "faulted": list(a.faulted)} for name, a in read_accepted(path).items()
    }
    for run in runs:
        figures = {name: round(run.figures[name], 6) for name in GATED if name in run.figures}
        right = " ".join(id for id, ok in run.right.items() if ok)
        found[run.set] = {"figures": figures, "right": right, "faulted": [_place(fault) for fault in run.imperfect]}
    try:
        path.write_text(json.dumps(dict(sorted(found.items())), indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise EvalError(f"{path}: cannot be written: {error.strerror}") from None
