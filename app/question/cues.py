"""The words of asking, loaded from cues.toml: one reviewed file, no phrases in conditionals."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class Rule:
    """A question that the pattern fits, in small letters, is of this intent; `first` rules come before everything else."""

    intent: str
    wanted: tuple[str, ...]
    pattern: re.Pattern[str]
    first: bool


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(files("app.question").joinpath("cues.toml").read_text(encoding="utf-8"))


@cache
def rules() -> tuple[Rule, ...]:
    """The rules of intent, in order."""
    out: list[Rule] = []
    for entry in _file()["rule"]:
        phrases = [_filled(p) for p in entry["any"]]
        out.append(Rule(entry["intent"], tuple(entry["wanted"]), re.compile("|".join(phrases)), entry.get("first", False)))
    return tuple(out)


def _filled(phrase: str) -> str:
    for name in _file()["group"]:
        if "{" + name + "}" in phrase:
            phrase = phrase.replace("{" + name + "}", group(name))
    return phrase


@cache
def cues(section: str) -> dict[str, tuple[re.Pattern[str], ...]]:
    """A section's patterns by name, in the order of the file."""
    return {name: tuple(re.compile(_filled(p), re.I) for p in phrases) for name, phrases in _file()[section].items()}


@cache
def words(name: str) -> frozenset[str]:
    """A list of plain words."""
    return frozenset(str(_file()["list"][name]).split())


@cache
def group(name: str) -> str:
    """A word group as a pattern."""
    return "(?:" + "|".join(_file()["group"][name]) + ")"


@cache
def services() -> dict[str, tuple[str, ...]]:
    """What people call each service of a council."""
    return {name: tuple(forms) for name, forms in _file()["service"].items()}
