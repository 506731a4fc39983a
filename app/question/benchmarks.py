"""Measures set against the figure of others that their table prints beside them: "worse than England", "which beat the neighbours".

What the figures of others are called ("SN", "England 2024-25", "Region") is learnt from the documents asked about; a question may say it
in the field's words as well ("statistical neighbours", "nationally").
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.evidence.desk import Desk, content
from app.question.cues import cues, group
from app.question.topic import BENCHMARKS
from app.question.when import mentions
from ingest.lexicon import lexicon, tokens

_BETWEEN = 9  # words between how figures stand and whose they are set against
_MANY = re.compile(rf"\b(?:{group('opening')}|how many|count|where)\b(?:\s+[\w'’-]+){{0,9}}?\s*\b(?:{group('several')}|we|they|it)\b", re.I)
_ANYTHING = re.compile(
    r"\b(?:what|where|which|anything|everything)(?:['’]s)?"
    r"(?: (?:do|does|did|is|are|was|were|has|have|we|they|it|the \w+|council|been|ones))*"
    r"\W*$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Versus:
    """`way`: how the council's own figures stand ("worse", "better", "above", "below"); `names`: the others, as the documents print them;
    none where they print nothing of the kind; `rest`: the text without the words for both."""

    rest: str
    way: str
    names: tuple[str, ...]


def versus_in(text: str, documents: frozenset[str], desk: Desk) -> Versus | None:
    """What a list sets figures against; None where it asks for no such list."""
    stands = any(p.search(text) for patterns in cues("versus").values() for p in patterns)
    named = _named(text, documents, desk) if stands else None
    if named is None:
        return None
    start, end, names = named
    for way, patterns in cues("versus").items():
        for pattern in patterns:
            for m in pattern.finditer(text):
                gap = text[m.end() : start] if m.end() <= start else text[end : m.start()]
                if len(gap.split()) > _BETWEEN or not _list(text, min(m.start(), start)):
                    continue
                cut = sorted(((m.start(), m.end()), (start, end)), reverse=True)
                for a, b in cut:
                    text = f"{text[:a]} , {text[b:]}"
                return Versus(text, way, names)
    return None


def _list(text: str, first: int) -> bool:
    """Whether several figures are asked for, not one by its name."""
    return bool(_MANY.search(text) or _ANYTHING.search(text[:first]))


def _named(text: str, documents: frozenset[str], desk: Desk) -> tuple[int, int, tuple[str, ...]] | None:
    """(start, end, names) of the others in a text: under the names that the documents print, or a word of the field for such."""
    held = (m.record for m in desk.measures if m.record.kind == "benchmark" and m.record.place.document in documents)
    printed = {r.breakdown for r in held if r.breakdown}
    for name in sorted(printed, key=lambda n: (-len(n), n)):
        bare = undated(name)
        if bare and (m := re.search(rf"\b{_LEAD}{re.escape(bare)}(?:['’]s|s)?\b{_TAIL}", text, re.I)):
            return m.start(), m.end(), tuple(sorted(n for n in printed if undated(n).lower() == bare.lower()))
    said = tokens(text)
    for term, a, b in lexicon().spans(said):
        fit = tuple(sorted(n for n in printed if term in _terms(n)))
        words = r"[\s-]+".join(map(re.escape, said[a:b]))
        if term in BENCHMARKS and (m := re.search(rf"\b{_LEAD}{words}\w*{_TAIL}", text, re.I)):
            return m.start(), m.end(), fit
    m = re.search(rf"\b{_LEAD}{group('others')}{_TAIL}", text, re.I)
    return (m.start(), m.end(), tuple(sorted(printed))) if m and printed else None


_LEAD = r"(?:the |our |their |its |all |rest of |whole of |average (?:for|in|of|across) |figures? for )*"
_TAIL = r"(?:['’]s?)?(?: (?:authorit(?:y|ies)|councils?|areas?))?(?: (?:averages?|figures?|rates?|medians?|ones?|do|does|did|manages?))*\b"


def undated(name: str) -> str:
    """A printed name without its time: "England 2024-25" is England."""
    for m in reversed(mentions(name)):
        name = f"{name[: m.start]} {name[m.end :]}"
    return " ".join(re.sub(r"[()]", " ", re.sub(r"\b(?:average|avg|\d{4})\b", " ", name, flags=re.I)).split())


def _terms(name: str) -> frozenset[str]:
    return content(lexicon().terms(undated(name)))
