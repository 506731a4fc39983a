"""What models are told, as text files; `prompt` reads one."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=8)
def prompt(name: str) -> str:
    """The text of that name."""
    return files("app.prompts").joinpath(f"{name}.txt").read_text("utf-8").strip()
