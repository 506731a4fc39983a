"""The field's language, loaded from vocabulary.toml: one reviewed file, no words in conditionals."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

Section = Mapping[str, tuple[str, ...]]


@cache
def vocabulary() -> Mapping[str, Section]:
    """Section → term → phrases, as written in vocabulary.toml (read once)."""
    raw = tomllib.loads(resources.files("ingest").joinpath("vocabulary.toml").read_text("utf-8"))
    return {name: {term: tuple(phrases) for term, phrases in section.items()} for name, section in raw.items()}


def normalise(text: str) -> str:
    """Lower case, letters and digits only, single spaces: the form in which phrases are compared."""
    return " ".join(re.sub(r"[^\w%]+", " ", text.lower().replace("’", "").replace("'", "")).split())


def contains(text: str, phrase: str) -> bool:
    """Whether the normalised phrase stands in the normalised text as whole words."""
    return f" {phrase} " in f" {text} "


@cache
def authorities() -> tuple[str, ...]:
    """Names of UK local authorities without "Council", as in authorities.txt, longest first."""
    text = resources.files("ingest").joinpath("authorities.txt").read_text("utf-8")
    names = {line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")}
    return tuple(sorted(names, key=lambda n: (-len(n), n)))
