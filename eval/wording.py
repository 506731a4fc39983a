"""How likely two texts speak of the same thing, by their words. The rules are those of the shared scorer (`score/score.py`)."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

STOP = frozenset(
    "a an the of to in on at by for and or with within is are be will have has been that this their from as it its all".split()
)
ENDINGS = re.compile(r"(ations|ation|ments|ment|ings|ing|ies|ied|es|ed|s|e)$")
NUMBER = re.compile(r"(?<![\w.])[£]?\d[\d,]*(?:\.\d+)?")
IN_WORDS = dict(zip("none one two three four five six seven eight nine ten eleven twelve".split(), range(13), strict=True))
MARKER = re.compile(r"\s*\[\d+\]")


def words(text: str | None) -> list[str]:
    """Lower-case words, numbers and per cent signs, without the commonest words."""
    return [w for w in re.findall(r"[a-z0-9%]+", (text or "").lower().replace("’", "'")) if w not in STOP]


@lru_cache(maxsize=65536)
def _bag(text: str) -> Counter[str]:
    return Counter(ENDINGS.sub("", w) if len(w) > 4 else w for w in words(text))


def overlap(a: str, b: str) -> float:
    """Share of the smaller bag of words that is in the other, 0 to 1."""
    one, two = _bag(a), _bag(b)
    small = min(one.total(), two.total())
    return (one & two).total() / small if small else 0.0


def contained(wanted: str, found: str) -> float:
    """Share of the wanted words that are in what was found, 0 to 1."""
    one, two = _bag(wanted), _bag(found)
    return (one & two).total() / one.total() if one.total() else 0.0


def carries(quote: str, found: str) -> bool:
    """Whether a found passage is, or carries most of, a wanted quote."""
    return contained(quote, found) >= 0.7 or (len(words(found)) >= 4 and contained(found, quote) >= 0.8)


def numbers(text: str) -> list[float]:
    """The numbers of a text, also those up to twelve in words."""
    out = [float(n.strip("£").replace(",", "")) for n in NUMBER.findall(text)]
    low = text.lower()
    return out + [float(value) for word, value in IN_WORDS.items() if re.search(rf"\b{word}\b", low)]


def near(a: float | None, b: float | None) -> bool:
    """The same number to a twentieth; None is only like None."""
    if a is None or b is None:
        return a is None and b is None
    return abs(a - b) < 0.051


def flat(text: str) -> str:
    """White space collapsed to single spaces."""
    return " ".join(text.split())


def unmarked(text: str) -> str:
    """The text without its [n] markers."""
    return MARKER.sub("", text)
