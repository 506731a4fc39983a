"""ask: one question, or a batch of them."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from app.engine import ask as answer_to
from app.errors import AppError
from app.llm.providers import open_model
from app.llm.shown import what_is_sent
from app.render import answer_json, answer_text, query_json
from app.settings import llm_settings
from app.types import Answer, Question
from index.library import Library


def ask(question: str, history: Path | None, as_json: bool, explain: bool, folder: Path) -> None:
    """Prints one answer; `explain` adds how the question was understood and what a language model would be sent, and sends nothing."""
    model = open_model(llm_settings())
    asked = Question(_not_empty(question, "the question"), read_history(history) if history else ())
    with Library.open(folder) as library:
        answer = answer_to(asked, library, None if explain else model)
        sent = what_is_sent(asked, library, model) if explain and model else None
    if as_json:
        print(json.dumps(answer_json(answer), ensure_ascii=False, indent=2))
        return
    print(answer_text(answer).rstrip())
    if explain:
        print("\n" + explanation(answer))
        if sent is not None:
            print("\n" + sent)


def ask_batch(questions: Path, out: Path, folder: Path) -> None:
    """Answers every question of the file, one JSON line each, in order. Nothing is answered before all lines are understood."""
    asked = read_questions(questions)
    model = open_model(llm_settings())
    try:
        answers = out.open("w", encoding="utf-8", newline="\n")
    except OSError as error:
        raise AppError(f"{out}: cannot be written: {error.strerror}") from None
    with answers, Library.open(folder) as library:
        for number, (id, question) in enumerate(asked, start=1):
            answer = {**answer_json(answer_to(question, library, model)), "id": id}
            answers.write(json.dumps(answer, ensure_ascii=False) + "\n")
            if sys.stderr.isatty():
                print(f"\r{number} of {len(asked)} answered", end="\n" if number == len(asked) else "", file=sys.stderr, flush=True)


def explanation(answer: Answer) -> str:
    """What was understood, how it ended and how long it took."""
    understood = query_json(answer.query).items()
    lines = ["Understood as:"]
    lines += [f"  {name}: {', '.join(map(str, value)) if isinstance(value, list) else value}" for name, value in understood]
    lines.append(f"Outcome: {answer.outcome}")
    lines.append(f"Worded by: {answer.model or 'no model; by rule'}")
    lines.append("Time: " + ", ".join(f"{step} {ms:.0f} ms" for step, ms in answer.timings_ms.items()))
    return "\n".join(lines)


def read_history(path: Path) -> tuple[str, ...]:
    """The earlier questions: a JSON list of strings. AppError for anything else."""
    try:
        found = json.loads(_text_of(path))
    except json.JSONDecodeError as error:
        raise AppError(f"{path}, line {error.lineno}: not JSON ({error.msg}); a list of earlier questions is expected") from None
    return _history(found, str(path))


def read_questions(path: Path) -> list[tuple[object, Question]]:
    """(id as given, question) from JSON lines with `id`, `question`, `history`. AppError names the line that is not one."""
    questions: list[tuple[object, Question]] = []
    for number, line in enumerate(_text_of(path).splitlines(), start=1):
        if not line.strip():
            continue
        where = f"{path}, line {number}"
        try:
            found = json.loads(line)
        except json.JSONDecodeError as error:
            raise AppError(f"{where}: not JSON ({error.msg})") from None
        if not isinstance(found, dict) or not isinstance(found.get("question"), str):
            raise AppError(f'{where}: an object with "id" and "question" is expected')
        text = _not_empty(found["question"], f'{where}: "question"')
        history = _history(found.get("history") or [], f'{where}: "history"')
        questions.append((found.get("id"), Question(text, history)))
    if not questions:
        raise AppError(f"{path}: holds no questions")
    return questions


def _history(found: object, where: str) -> tuple[str, ...]:
    if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
        raise AppError(f"{where}: a JSON list of earlier questions (texts) is expected")
    return tuple(found)


def _not_empty(text: str, what: str) -> str:
    if not text.strip():
        raise AppError(f"{what} is empty")
    return text


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise AppError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise AppError(f"{path}: is not UTF-8 text") from None
