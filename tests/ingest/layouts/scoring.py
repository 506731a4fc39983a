"""Records read from a layout against what its maker knows to be in it (`gold/<layout>.<kind>.csv`; `?` where anything may stand)."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.json_form import record_json
from ingest.language.period import last_day
from ingest.types import Action, Measure

GOLD = Path(__file__).with_name("gold")
FIELDS = {
    "measures": ("unit", "period", "target", "status", "rag", "direction"),
    "actions": ("action", "lead", "due_iso", "ongoing", "rag", "completed", "progress", "ref", "section"),
}
Row = dict[str, str]
Got = dict[str, object]


@dataclass(frozen=True)
class Score:
    """F1 of the records found, the share of all wanted ones with every field right, and a line for each that is not."""

    f1: float
    whole: float
    faults: tuple[str, ...]


def gold(layout: str, kind: str) -> list[Row] | None:
    """The wanted records of a layout, or None where nobody wrote them down."""
    file = GOLD / f"{layout}.{kind}.csv"
    if not file.exists():
        return None
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def score(wanted: Sequence[Row], records: Sequence[Measure | Action], kind: str) -> Score:
    """The records compared; one wanted record is met by at most one that was read."""
    got: list[Got] = [record_json(r) for r in records]
    likeness = _measures_alike if kind == "measures" else _actions_alike
    match = _paired(wanted, got, likeness)
    needed = [i for i, w in enumerate(wanted) if not w.get("optional")]
    found = [i for i in needed if i in match]
    faults = [f"MISS {_shown(wanted[i])}" for i in needed if i not in match]
    faults += [f"EXTRA {_shown(g)}" for j, g in enumerate(got) if j not in match.values()]
    whole = 0
    for i in found:
        wrong = {f: got[match[i]].get(f) for f in FIELDS[kind] if not _right(wanted[i].get(f, "?"), got[match[i]].get(f), f)}
        whole += not wrong
        faults += [f"FIELD {_shown(wanted[i])} got {wrong}"] if wrong else []
    recall, precision = len(found) / len(needed), len(match) / len(got) if got else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Score(f1, whole / len(needed), tuple(faults))


def _paired(wanted: Sequence[Row], got: Sequence[Got], likeness: Callable[[Row, Got], float]) -> dict[int, int]:
    pairs = sorted(((likeness(w, g), i, j) for i, w in enumerate(wanted) for j, g in enumerate(got)), key=lambda p: (-p[0], p[1], p[2]))
    match: dict[int, int] = {}
    for alike, i, j in pairs:
        if alike >= 0.5 and i not in match and j not in match.values():
            match[i] = j
    return match


def _measures_alike(want: Row, got: Got) -> float:
    if want["kind"] != got["kind"] or not _right(want["value"], got["value"], "value"):
        return 0.0
    name = _held(f"{want['measure']} {want['breakdown']}", f"{got['measure']} {got.get('breakdown') or ''}")
    return (
        name + 0.3 * _right(want["period"], got["period"], "period") + 0.1 * _right(want["target"], got["target"], "target")
        if name >= 0.6
        else 0.0
    )


def _actions_alike(want: Row, got: Got) -> float:
    return min(_held(want["action"], str(got["action"])), 2 * _held(str(got["action"]), want["action"]))


def _held(a: str, b: str) -> float:
    """Share of the first text's words that stand in the second."""
    first, second = Counter(_words(a)), Counter(_words(b))
    return sum((first & second).values()) / max(1, sum(first.values()))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _right(want: str, got: object, field: str) -> bool:
    if want == "?":
        return True
    if want == "":
        return got in (None, False) or field == "completed"
    if field in ("value", "target"):
        return isinstance(got, int | float) and abs(float(want) - got) < 0.051
    if field == "period":
        return isinstance(got, str) and last_day(want) == last_day(got)  # a quarter or year and the day it ends on are one reporting point
    if field == "unit" and want in ("count", "other"):
        return got in ("count", "other", "score", None)
    if field == "section":
        return _words(str(got or ""))[: len(_words(want))] == _words(want)
    if field in ("action", "lead", "progress"):
        return _words(want) == _words(str(got or ""))
    return want == str(got)


def _shown(record: Row | Got) -> str:
    return " · ".join(str(v) for k, v in record.items() if k in SHOWN and v not in (None, ""))


SHOWN = (
    "measure",
    "breakdown",
    "kind",
    "value",
    "unit",
    "period",
    "target",
    "status",
    "action",
    "lead",
    "due_iso",
    "progress",
    "rag",
    "direction",
)
