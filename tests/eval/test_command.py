"""`planspoken eval` as a user meets it: questions over a library, its report, runs compared, and mistakes in one line."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from eval.sets import CASES, own_sets
from tests.conftest import Planspoken

FILES = {"run.json", "answers.jsonl", "report.md", "report.html", "timings.json"}
ASKED = ("s020", "s130", "s170", "s247", "s286")


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A handful of the sample's questions, in a file of their own."""
    path = tmp_path_factory.mktemp("questions") / "few.jsonl"
    lines = (CASES / "sample" / "questions.jsonl").read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if json.loads(line)["id"] in ASKED), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def reports(few: Path, sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The reports of two runs over the same library."""
    from tests.conftest import run_planspoken

    out = tmp_path_factory.mktemp("reports")
    for name in ("one", "two"):
        run = run_planspoken("eval", "--questions", few, "--library", sample_folder, "--out", out / name)
        assert run.code == 0, run.err
        assert "right by the shared rule" in run.out
        assert "median" in run.out
    return out / "one" / "few", out / "two" / "few"


def test_two_runs_are_the_same_to_the_last_byte_timings_aside(reports: tuple[Path, Path]) -> None:
    one, two = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in reports)
    assert set(one) == FILES
    assert {name for name in FILES if one[name] != two[name]} <= {"timings.json"}


def test_a_run_keeps_what_it_was(reports: tuple[Path, Path]) -> None:
    run = json.loads((reports[0] / "run.json").read_text("utf-8"))
    assert [q["id"] for q in run["questions"]] == list(ASKED)
    assert run["configuration"]["cases"] == len(ASKED)
    assert len(run["library"]) == 64
    assert run["commit"] is None or re.fullmatch(r"[0-9a-f]{40}(\+changes)?", run["commit"])
    assert {"our answers", "our evidence, top 5", "our search, top 10", "plain LlamaIndex, top 10"} <= set(run["retrieval"])
    assert run["withheld"][0]["of"] > 0
    assert all(m["caught"] == m["of"] for m in run["mutants"])


def test_the_page_needs_nothing_else_and_shows_every_failure(reports: tuple[Path, Path]) -> None:
    page = (reports[0] / "report.html").read_text("utf-8")
    assert "<svg" in page
    assert not re.search(r"<script|<link|<img|src=|@import|url\(|https?://", page)
    questions = json.loads((reports[0] / "run.json").read_text("utf-8"))["questions"]
    failed = [q["id"] for q in questions if q["failures"]]
    wrong = [q["id"] for q in questions if q["failures"] and not q["right"]]
    assert re.findall(r"<summary><b>(s\d+)</b>", page) == [*wrong, *(id for id in failed if id not in wrong)]
    text = (reports[0] / "report.md").read_text("utf-8")
    assert re.findall(r"^### (s\d+)", text, re.MULTILINE) == failed


def test_runs_are_compared(planspoken: Planspoken, reports: tuple[Path, Path]) -> None:
    run = planspoken("eval", "--compare", *reports)
    assert run.code == 0
    assert "Runs" in run.out
    assert "Questions that fell" not in run.out


def test_mistakes_are_named_in_one_line(planspoken: Planspoken, few: Path, sample_folder: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_text(few.read_text("utf-8") + '{"id": "x", "persona": "clerk"}\n', encoding="utf-8")
    strange = tmp_path / "strange.jsonl"
    strange.write_text(few.read_text("utf-8").replace("improvement-plan-2025-26-q2", "a-plan-of-mars"), encoding="utf-8")
    for questions, library, message in (
        (broken, sample_folder, f"broken.jsonl, line {len(ASKED) + 1}, field "),
        (strange, sample_folder, "does not hold: a-plan-of-mars"),
        (few, tmp_path / "nowhere", "no library in"),
    ):
        run = planspoken("eval", "--questions", questions, "--library", library, "--out", tmp_path / "out")
        assert (run.code, run.out) == (1, "")
        assert message in run.err
        assert run.err.count("\n") == 1
    assert planspoken("eval", "--compare", tmp_path, tmp_path).code == 1


def test_the_own_sets_are_there(tmp_path: Path) -> None:
    """The sample always; the dev set only where the folder of real plans is."""
    assert [found.name for found in own_sets(tmp_path)] == ["sample"]
    assert all(path.is_file() for found in own_sets() for path in (found.questions, *found.plans))
