"""The subject of a question: its content words in the documents' own terms, and the several things it lists."""

from __future__ import annotations

import re

from rapidfuzz.distance import OSA

from app.evidence.desk import STOP, Desk, content
from ingest.lexicon import lexicon, stem, tokens

# Words of asking that are a subject nowhere: kept apart from STOP, which also serves for documents.
_ASKING = frozenset(
    """did ever come sorted sort find found whats ok so about across kind happen happened happening became become question answer confirm
    met miss missed below above higher lower better worse achieve meet hit beat reach fall short track progress status position rated rating_word colour rag
    lead leads led owner owns own responsible job charge accountable who due deadline date dates when long soon start finish by
    promised promise commit committed commitment commitments pledge actions action task tasks step steps
    change changed move moved trend shift rise fell drop increase decrease improve trajectory up down side
    many count total overall amber red green blue rag ragb still""".split()
)
_ASKING_STEMS = frozenset(stem(w) for w in _ASKING) | frozenset(stem(w) for w in STOP) | {"finish", "start", "increase", "decrease", "improve", "achieve", "@rating_word", "receive", "additional", "promise"}
_SPLIT = re.compile(r"\s*(?:[,;:]|\s[-–]\s|\band\b|\bor\b|\bas well as\b|\bplus\b|\bversus\b|\bvs\b)\s*", re.I)


def mend(text: str, desk: Desk) -> str:
    """The text with misspelt words put right: one slip in a word of five letters, two from nine, towards words the library or the lexicon holds."""
    known = desk.words | _vocabulary()

    def one(m: re.Match[str]) -> str:
        word = m[0]
        low = word.lower()
        if word.isupper() and 3 <= len(word) <= 6:
            if word in desk.acronyms or (stem(low),) in lexicon().forms:
                return word
            close = sorted(a for a in desk.acronyms if a[0] == word[0] and OSA.distance(a, word) == 1)
            return close[0] if close else word
        if len(low) < 5 or low in known or stem(low) in _stems(desk) or low in lexicon().misspelt:
            return word
        slips = 1 if len(low) < 9 else 2
        close = sorted((OSA.distance(low, k, score_cutoff=slips), k) for k in known if k[0] == low[0] and abs(len(k) - len(low)) <= slips)
        best = [k for d, k in close if d <= slips]
        return best[0] if best and OSA.distance(low, best[0]) <= slips else word

    return re.sub(r"[A-Za-z]+", one, text)


def _stems(desk: Desk) -> frozenset[str]:
    return frozenset(stem(w) for w in desk.words | _vocabulary())


def _vocabulary() -> frozenset[str]:
    """Words that need no mending: the lexicon's and the words of asking."""
    return frozenset(w for form in lexicon().forms for w in form) | STOP | _ASKING


def topic_of(text: str) -> tuple[str, ...]:
    """Content terms in the order asked, each once."""
    return tuple(dict.fromkeys(t for t in lexicon().terms(text) if t in content([t]) and t not in _ASKING_STEMS and t.rstrip("%") != ""))


def facets_of(text: str) -> tuple[tuple[str, ...], ...]:
    """The topic split at commas and conjunctions; parts without content are left out."""
    parts = (topic_of(part) for part in _SPLIT.split(text))
    return tuple(p for p in dict.fromkeys(parts) if p)
