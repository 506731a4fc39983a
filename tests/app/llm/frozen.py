"""Evidence as real plans were read one day, kept so that sentences written by hand for it stay what they are: true or false."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.check import check
from app.evidence.desk import Desk, desk
from app.types import Answer, Coverage, Derived, Draft, Query, Question, Source, Statement
from ingest.types import Action, Chunk, Commitment, Measure, Place, Record
from tests.app.memory import MemoryLibrary, entry

KEPT = Path(__file__).with_name("handwritten-evidence.json")
KINDS = {"Measure": Measure, "Action": Action, "Commitment": Commitment}


@lru_cache(maxsize=1)
def frozen() -> tuple[Desk, dict[str, tuple[Answer, Draft]]]:
    """The documents and records laid out, and the answer by rule to each question."""
    kept = json.loads(KEPT.read_text("utf-8"))
    records = {r["id"]: _record(dict(r)) for r in kept["records"]}
    library = MemoryLibrary(
        entries=[entry(d["name"], d["title"], d["authority"], period=d["period"]) for d in kept["documents"]],
        measured=[r for r in records.values() if isinstance(r, Measure)],
        acted=[r for r in records.values() if isinstance(r, Action)],
        passages=[
            Chunk(f"c{i}", _place(x["place"]), "prose", x["quote"], x["quote"])
            for i, x in enumerate(x for a in kept["answers"] for s in a["statements"] for x in s["sources"])
        ],
    )
    laid = desk(library)
    return laid, {a["question"]: _answer(a, records, laid) for a in kept["answers"]}


def _answer(kept: dict[str, Any], records: dict[str, Record], laid: Desk) -> tuple[Answer, Draft]:
    statements = tuple(
        Statement(
            s["text"],
            tuple(records[r] for r in s["records"]),
            tuple(Source(x["quote"], _place(x["place"]), x["record"]) for x in s["sources"]),
            tuple(Derived(d["value"], d["how"], tuple(d["of"])) for d in s["derived"]),
        )
        for s in kept["statements"]
    )
    coverage = Coverage(**kept["coverage"]) if kept["coverage"] else None
    draft = Draft("answered", statements, coverage=coverage)
    answer = check(Question(kept["question"]), Query("figure", period_text="Q2 2019/20"), draft, laid)
    return replace(answer, coverage=coverage), draft


def _record(kept: dict[str, Any]) -> Record:
    kind: Any = KINDS[kept.pop("type")]
    place = _place(kept.pop("place"))
    made: Record = kind(place=place, **{name: tuple(v) if isinstance(v, list) else v for name, v in kept.items()})
    return made


def _place(kept: dict[str, Any]) -> Place:
    return Place(**{**kept, "box": tuple(kept["box"]) if kept["box"] else None})
