"""The files of a run."""

from __future__ import annotations

from pathlib import Path

from eval.errors import EvalError
from eval.reports.html import html
from eval.reports.jsonform import answers_jsonl, run_json, timings_json
from eval.reports.markdown import markdown
from eval.run import Run


def write_run(run: Run, folder: Path) -> Path:
    """Writes run.json, answers.jsonl, report.md, report.html and timings.json into a folder of the set's name, which it gives."""
    into = folder / run.set
    files = {
        "run.json": run_json(run),
        "answers.jsonl": answers_jsonl(run),
        "report.md": markdown(run),
        "report.html": html(run),
        "timings.json": timings_json(run),
    }
    try:
        into.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (into / name).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise EvalError(f"{into}: the report cannot be written: {error.strerror}") from None
    return into
