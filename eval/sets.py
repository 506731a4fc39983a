"""The sets of labelled questions that are run without being named: the shipped sample, and the real plans where they are there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.sample import SAMPLE_PLANS

ROOT = Path(__file__).parents[1]
CASES = Path(__file__).parent / "cases"
SHARED = ROOT.parent / "shared"


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions with the plans they are about and, where there are any, the folder of record labels.

    `reordered` says that the answers are compared with those of a library built in the opposite order.
    """

    name: str
    questions: Path
    plans: tuple[Path, ...] = ()
    labels: Path | None = None
    reordered: bool = False


def own_sets(shared: Path = SHARED) -> Sequence[QuestionSet]:
    """The sample set and, where the folder of real plans and gold labels is there, the dev set."""
    sample = QuestionSet("sample", CASES / "sample" / "questions.jsonl", SAMPLE_PLANS, CASES / "sample", reordered=True)
    gold = shared / "gold"
    if not (gold / "questions-dev.jsonl").is_file():
        return [sample]
    return [sample, QuestionSet("dev", gold / "questions-dev.jsonl", tuple(sorted((shared / "plans").glob("*.pdf"))), gold)]
