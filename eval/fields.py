"""Typed reading of JSON lines: a value that is missing or of another type is named by file, line and field."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.json_lines import json_lines as lines
from eval.errors import CaseInvalid

LARGEST = 1e15  # above it not every whole number can be told from the next, and no plan has one


@dataclass(frozen=True, slots=True)
class Fields:
    """A JSON object with the place it stands at: "questions.jsonl, line 3, answer.values[0]"."""

    where: str
    path: str
    found: dict[str, Any]

    def wrong(self, name: str, expected: str) -> CaseInvalid:
        """The error that a field is not what is expected."""
        field = f"{self.path}.{name}".strip(".")
        if name not in self.found:
            return CaseInvalid(f"{self.where}, field {field!r}: missing; {expected} is expected")
        return CaseInvalid(f"{self.where}, field {field!r}: {expected} is expected, not {_shown(self.found[name])}")

    def has(self, name: str) -> bool:
        """Whether the field is there and not null."""
        return self.found.get(name) is not None

    def text(self, name: str) -> str:
        """A text that is not empty."""
        value = self.found.get(name)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(name, "a text")
        return value

    def text_or_none(self, name: str) -> str | None:
        """A text, or None where the field is missing or null."""
        return self.text(name) if self.has(name) else None

    def shown(self, name: str) -> str:
        """A text, or a number as it is written: "84", "15.8"."""
        value = self.found.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return f"{value:g}" if abs(value) < 1e6 else str(int(value) if value == int(value) else value)
        if isinstance(value, str) and value.strip():
            return value
        raise self.wrong(name, "a text or a number")

    def number(self, name: str) -> float:
        """A number."""
        value = self.found.get(name)
        if not isinstance(value, int | float) or isinstance(value, bool) or not abs(value) < LARGEST:
            raise self.wrong(name, "a number")
        return float(value)

    def number_or_none(self, name: str) -> float | None:
        """A number, or None where the field is missing or null."""
        return self.number(name) if self.has(name) else None

    def page(self, name: str) -> int | None:
        """A page, counted from 1, or None."""
        value = self.number_or_none(name)
        if value is not None and (value < 1 or value != int(value)):
            raise self.wrong(name, "a page, counted from 1,")
        return None if value is None else int(value)

    def flag(self, name: str) -> bool:
        """True or false; false where missing."""
        value = self.found.get(name, False)
        if not isinstance(value, bool):
            raise self.wrong(name, "true or false")
        return value

    def one_of(self, name: str, known: tuple[str, ...]) -> str:
        """A text that is one of those known."""
        value = self.found.get(name)
        if value not in known:
            raise self.wrong(name, "one of " + ", ".join(known))
        return str(value)

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts; empty where missing."""
        value = self.found[name] if self.has(name) else []
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            raise self.wrong(name, "a list of texts")
        return tuple(value)

    def inner(self, name: str) -> Fields:
        """The object in a field."""
        value = self.found.get(name)
        if not isinstance(value, dict):
            raise self.wrong(name, "an object")
        return Fields(self.where, f"{self.path}.{name}".strip("."), value)

    def objects(self, name: str) -> tuple[Fields, ...]:
        """The objects of a list; none where missing."""
        value = self.found[name] if self.has(name) else []
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.wrong(name, "a list of objects")
        path = f"{self.path}.{name}".strip(".")
        return tuple(Fields(self.where, f"{path}[{n}]", item) for n, item in enumerate(value))


def json_lines(path: Path) -> Iterator[tuple[int, Fields]]:
    """(line number, object) for each line that is not blank. CaseInvalid for a file or line that cannot be read."""
    for number, where, found in lines(path, CaseInvalid):
        if not isinstance(found, dict):
            raise CaseInvalid(f"{where}: an object is expected, not {_shown(found)}")
        yield number, Fields(where, "", found)


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:59] + "…"
