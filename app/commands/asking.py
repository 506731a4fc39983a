"""ask: one question, or a batch of them."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from app.engine import ask as answer_to
from app.errors import AppError
from app.json_lines import is_text, json_lines, json_value, text_of
from app.llm.providers import open_model
from app.llm.shown import what_is_sent
from app.render import answer_json, answer_text, query_json
from app.settings import llm_settings
from app.types import Answer, Question
from index.library import Library


def ask(question: str, history: Path | None, as_json: bool, explain: bool, folder: Path) -> None:
    """Prints one answer; `explain` adds how the question was understood and what a language model would be sent, and sends nothing.

    Beside JSON, which other programs read, it goes to standard error.
    """
    model = open_model(llm_settings())
    asked = Question(_not_empty(question, "the question"), read_history(history) if history else ())
    with Library.open(folder) as library:
        answer = answer_to(asked, library, None if explain else model)
        sent = what_is_sent(asked, library, model) if explain and model else None
    print(json.dumps(answer_json(answer), ensure_ascii=False, indent=2) if as_json else answer_text(answer).rstrip())
    if explain:
        beside = sys.stderr if as_json else sys.stdout
        print("\n" + explanation(answer), file=beside)
        if sent is not None:
            print("\n" + sent, file=beside)


def ask_batch(questions: Path, out: Path, folder: Path) -> None:
    """Answers every question of the file, one JSON line each, in order.

    Nothing is answered, and nothing in the way of `out` is lost, before all lines are understood and the library is open.
    """
    asked = read_questions(questions)
    model = open_model(llm_settings())
    if out.exists() and out.samefile(questions):
        raise AppError(f"{out}: holds the questions: name another file for the answers")
    with Library.open(folder) as library, _writing(out) as write:
        for number, (id, question) in enumerate(asked, start=1):
            write(json.dumps({**answer_json(answer_to(question, library, model)), "id": id}, ensure_ascii=False) + "\n")
            if sys.stderr.isatty():
                print(f"\r{number} of {len(asked)} answered", end="\n" if number == len(asked) else "", file=sys.stderr, flush=True)


@contextmanager
def _writing(out: Path) -> Iterator[Callable[[str], None]]:
    """A function that writes a line to the file at once, so that an answer given is kept. AppError where it cannot be written."""

    def cannot(error: OSError) -> AppError:
        return AppError(f"{out}: cannot be written: {error.strerror}")

    try:
        file = out.open("wb", buffering=0)
    except OSError as error:
        raise cannot(error) from None

    def write(line: str) -> None:
        try:
            file.write(line.encode())
        except OSError as error:
            raise cannot(error) from None

    with file:
        yield write


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
    return _history(json_value(text_of(path), str(path)), str(path))


def read_questions(path: Path) -> list[tuple[object, Question]]:
    """(id as given, question) from JSON lines with `id`, `question`, `history`. AppError names the line that is not one."""
    questions: list[tuple[object, Question]] = []
    for _, where, found in json_lines(path):
        if not isinstance(found, dict) or not isinstance(found.get("question"), str):
            raise AppError(f'{where}: an object with "id" and "question" is expected')
        text = _not_empty(found["question"], f'{where}: "question"')
        history = _history([] if found.get("history") is None else found["history"], f'{where}: "history"')
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
    if not is_text(text):
        raise AppError(f"{what} is not UTF-8 text")
    return text
