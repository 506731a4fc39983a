"""The loaded language of reporting: `words.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from ingest.lexicon import lexicon, stem, tokens


@dataclass(frozen=True)
class Words:
    """`glue` are terms that claim nothing; the patterns match the phrases of one class each, longest first."""

    glue: frozenset[str]
    status: Mapping[str, re.Pattern[str]]
    opposites: Mapping[str, re.Pattern[str]]
    roles: Mapping[str, re.Pattern[str]]
    future: re.Pattern[str]
    past: re.Pattern[str]
    negation: re.Pattern[str]
    orders: re.Pattern[str]


@lru_cache(maxsize=1)
def words() -> Words:
    """The vocabulary file, read once."""
    told = tomllib.loads(files("app.worded").joinpath("words.toml").read_text("utf-8"))
    listed = tokens(told["glue"]["terms"])
    glue = frozenset({stem(w) for w in listed} | {t for w in listed for t in lexicon().terms(w)})
    return Words(
        glue,
        {name: _any_of(forms) for name, forms in told["status"].items()},
        {name: _any_of(forms) for name, forms in told["opposites"].items()},
        {name: _any_of(forms) for name, forms in told["roles"].items()},
        _any_of(told["intent"]["future"]),
        _any_of(told["intent"]["past"]),
        _any_of(told["negation"]["words"]),
        re.compile("|".join(f"(?:{p})" for p in told["orders"]["patterns"]), re.I | re.M),
    )


def _any_of(forms: Iterable[str]) -> re.Pattern[str]:
    """Any of the phrases as whole words; runs of white space are free, "n't" ends a word."""
    longest = sorted(forms, key=len, reverse=True)
    parts = [r"\w+n['’]t" if form == "n't" else r"\s+".join(re.escape(w) for w in form.split()) for form in longest]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?![\w-])", re.I)
