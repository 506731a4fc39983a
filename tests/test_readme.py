"""The README stays true: it names every command and option there is, and none that is not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer

from app.cli import cli

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
COMMANDS = typer.main.get_command(cli).commands  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_and_option_is_documented(name: str) -> None:
    assert f"planspoken {name}" in README
    options = {option for parameter in COMMANDS[name].params for option in parameter.opts if option.startswith("--")}
    assert not {option for option in options if option not in README}


def test_every_command_shown_exists() -> None:
    shown = set(re.findall(r"(?:^|`|\./|bin/|\$ )planspoken ([a-z]+)", README, re.MULTILINE))
    assert shown
    assert not shown - set(COMMANDS)


def test_every_path_shown_exists() -> None:
    shown = set(re.findall(r"\]\(((?!https?:|#)[^)#]+)", README))
    assert not {path for path in shown if not (ROOT / path).exists()}


def test_every_make_target_shown_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert not set(re.findall(r"(?:^|`)make ([a-z]+)", README, re.MULTILINE)) - targets
