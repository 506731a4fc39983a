"""The words of language.toml, as lists, tables and patterns: the language package's only way to its vocabulary."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads(resources.files("ingest").joinpath("language.toml").read_text("utf-8"))


@cache
def words(section: str, name: str) -> tuple[str, ...]:
    """The phrases listed under `name` in `[section]` ("qualifiers.before" reaches a subsection)."""
    return tuple(_section(section)[name])


@cache
def numbers(section: str) -> Mapping[str, float]:
    """A section that maps words to numbers ([months], [numbers] …)."""
    return {str(word): value for word, value in _section(section).items()}


@cache
def groups(section: str) -> Mapping[str, tuple[str, ...]]:
    """A section that maps a key to its phrases ([units], [qualifiers.before] …)."""
    return {key: tuple(phrases) for key, phrases in _section(section).items()}


def any_of(phrases: Iterable[str]) -> str:
    """A pattern for any of the phrases, longest first, white space free, whole words only."""
    return _alternatives(tuple(phrases))


@cache
def _alternatives(phrases: tuple[str, ...]) -> str:
    return "(?:" + "|".join(_phrase(p) for p in sorted(set(phrases), key=lambda p: (-len(p), p))) + ")"


@cache
def finder(section: str, name: str) -> re.Pattern[str]:
    """A compiled pattern that finds any phrase of a list, ignoring case."""
    return re.compile(any_of(words(section, name)), re.I)


def _section(path: str) -> Mapping[str, Any]:
    node: Mapping[str, Any] = _data()
    for part in path.split("."):
        node = node[part]
    return node


def _phrase(phrase: str) -> str:
    body = r"\s+".join(re.escape(word) for word in phrase.split())
    before = r"(?<![\w£])" if phrase[0].isalnum() else ""
    after = r"(?!\w)" if phrase[-1].isalnum() else ""
    return before + body + after
