"""How answers are made: the figures are those of the latest runs, and the text is easy to read."""

from __future__ import annotations

import json
import re
from pathlib import Path

from app.how_made import TEXT, evaluated, figures_grid


def run(folder: Path, name: str, figures: object) -> None:
    (folder / name).mkdir()
    told = {"set": name, "figures": figures, "questions": [{}, {}]}
    (folder / name / "run.json").write_text(json.dumps(told), "utf-8")


def test_the_latest_figures_are_shown_by_set(tmp_path: Path) -> None:
    run(tmp_path, "sample", {"right": {"mean": 0.905, "n": 200}, "grounded": {"mean": 1.0, "n": 180}, "other": {"mean": 0, "n": 1}})
    run(tmp_path, "dev", {"right": {"mean": 0.5, "n": 10}})
    drawn = figures_grid(evaluated(tmp_path))
    assert drawn.headers == ("What was measured", "dev, 2 questions", "sample, 2 questions")
    assert [[cell.text for cell in row] for row in drawn.rows] == [
        ["Questions answered right", "50% of 10", "90% of 200"],
        ["Answers whose every number is in a row or quote", "", "100% of 180"],
    ]


def test_no_runs_and_broken_ones_are_no_figures(tmp_path: Path) -> None:
    assert evaluated(tmp_path / "gone") == []
    run(tmp_path, "odd", None)
    (tmp_path / "half").mkdir()
    (tmp_path / "half" / "run.json").write_text("{", "utf-8")
    assert evaluated(tmp_path) == []


def test_the_explanation_has_a_reading_grade_of_about_nine() -> None:
    text = " ".join(line for _, lines in TEXT for line in lines)
    words = re.findall(r"[A-Za-z’']+", text)
    sentences = re.findall(r"[.!?](?:\s|$)", text)
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", re.sub(r"(?:es|ed|e)$", "", word.lower())))) for word in words)
    grade = 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59  # Flesch–Kincaid
    assert grade <= 9
