"""JSON that people and scripts hand in: what cannot be read is named by file and line, whatever is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from app.errors import AppError


def json_lines(path: Path, wrong: type[AppError] = AppError) -> Iterator[tuple[int, str, object]]:
    """(line number, "file, line 3", value) for each line that is not blank. Raises `wrong` for a file or line that cannot be read."""
    for number, line in enumerate(text_of(path, wrong).split("\n"), start=1):
        if line.strip():
            where = f"{path}, line {number}"
            yield number, where, json_value(line, where, wrong)


def json_value(text: str, where: str, wrong: type[AppError] = AppError) -> object:
    """The value of a JSON text. Raises `wrong`, which says `where`, for what is none or cannot be held."""
    try:
        found: object = json.loads(text, parse_constant=_not_json)
    except json.JSONDecodeError as error:
        line = f", line {error.lineno}" if error.lineno > 1 else ""
        raise wrong(f"{where}{line}: not JSON ({error.msg})") from None
    except (ValueError, RecursionError) as error:
        what = "lists or objects too deep in each other" if isinstance(error, RecursionError) else str(error).split(";")[0]
        raise wrong(f"{where}: cannot be read ({what})") from None
    if not is_text(json.dumps(found, ensure_ascii=False)):
        raise wrong(f"{where}: holds half a character (a lone \\ud800 to \\udfff)")
    return found


def text_of(path: Path, wrong: type[AppError] = AppError) -> str:
    """The text of a UTF-8 file. Raises `wrong` where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise wrong(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise wrong(f"{path}: is not UTF-8 text") from None


def is_text(text: str) -> bool:
    """Whether a text is one: bytes of an argument that are no UTF-8, and half a character in JSON, are not."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _not_json(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number of JSON")
