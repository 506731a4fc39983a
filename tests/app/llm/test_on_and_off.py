"""The tables of every labelled question, with a model and without: byte for byte the same, whatever the model says."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

from app.engine import ask
from app.llm.scripted import ScriptedLlm
from app.llm.types import Model, Prompt, Schema
from app.render import answer_json
from app.types import Answer, Question
from index.library import Library

ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "eval" / "cases" / "sample" / "questions.jsonl"


def retelling(prompt: Prompt, schema: Schema | None) -> str:
    """A model that says again what it was given, and reads no question."""
    if schema:
        return "{}"
    return "\n".join(f"{m[2].rstrip('.')} [{m[1]}]." for m in re.finditer(r'<evidence n="(\d+)">.*?\npassage: (.*?)\n', prompt.user, re.S))


def lying(prompt: Prompt, schema: Schema | None) -> str:
    """A model that makes things up."""
    return '{"kind": "figure", "subject": ["everything"]}' if schema else "All 999 targets were met in Q7 [1]. It cost £3 [2]. 42% [3]."


def questions(path: Path) -> list[Question]:
    found = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [Question(q["question"], tuple(q.get("history") or ()), q["id"]) for q in found]


def fixed(answer: Answer) -> bytes:
    parts = answer_json(answer)
    return json.dumps([parts[k] for k in ("outcome", "query", "table", "count", "coverage", "citations", "conflicts")]).encode()


def test_sample_questions(sample_library: Library) -> None:
    check_all(questions(SAMPLE), sample_library)


def test_dev_questions(real_library: Library, shared: Path) -> None:
    check_all(questions(shared / "gold" / "questions-dev.jsonl"), real_library)


def check_all(asked: list[Question], library: Library) -> None:
    worded = 0
    for question in asked:
        off = ask(question, library)
        retold = ask(question, library, Model(ScriptedLlm(retelling)))
        lied = ask(question, library, Model(ScriptedLlm(lying)))
        assert fixed(retold) == fixed(lied) == fixed(off), question.text
        assert (lied.text, lied.model) == (off.text, None), question.text
        worded += retold.model is not None
    assert worded > len(asked) / 2


def test_without_a_model_nothing_of_one_is_imported(sample_folder: Path) -> None:
    script = (
        "import sys\nfrom pathlib import Path\nfrom app.commands.asking import ask\n"
        f"ask('Which KPIs are below target in Q2?', None, False, False, Path({str(sample_folder)!r}))\n"
        "print([n for n in sys.modules if n.split('.')[0] in ('openai', 'ollama', 'httpx') or n.startswith('llama_index.llms')])"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True)
    assert run.stdout.rstrip().endswith("[]")
