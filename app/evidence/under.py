"""What stands under a heading: a numbered part, a section, theme, table or sheet, whatever a document calls its parts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from ingest.lexicon import stem, tokens
from ingest.types import Chunk, Record

Labels = frozenset[tuple[str, str]]  # ("priority", "2"), ("workstream", "b")

# what documents call their numbered parts
PART = (
    r"(?:work ?streams?|priorit(?:y|ies)|aims?|objectives?|themes?|outcomes?|goals?|pillars?|chapters?|strands?|domains?|sections?|parts?"
    r"|tables?|appendix|annex|ambitions?|missions?|standards?|projects?|programmes?|recommendations?|years?)"
)
DIGITS = {w: str(i) for i, w in enumerate("one two three four five six seven eight nine ten".split(), 1)}
_IN_WORDS = "|".join(DIGITS)
_LABEL = re.compile(rf"\b({PART}) (\d{{1,2}}|[a-h]|{_IN_WORDS})\b", re.I)
_LEADS = re.compile(rf"^{PART} (?:\d{{1,2}}|[A-H]|(?i:{_IN_WORDS}))\b\W*", re.I)
_TAIL = re.compile(r"\W+(?:measures|actions|indicators|kpis|milestones|targets|performance)$", re.I)


def paths_of(passages: Iterable[Chunk], titles: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The headings that each record stands under, by its id: from the outermost to the part of the table, with the sheet."""
    out: dict[str, tuple[str, ...]] = {}
    for chunk in passages:
        if not chunk.records:
            continue
        path = headings_over(chunk, titles)
        for record in chunk.records:
            out[record] = tuple(dict.fromkeys((*out.get(record, ()), *path)))
    return out


def headings_over(chunk: Chunk, titles: Mapping[str, str]) -> tuple[str, ...]:
    """The headings that a passage stands under, from the outermost, with its sheet; not the document's title."""
    above = [h for h in chunk.embedded.split("\n", 1)[0].split(" › ") if h != titles.get(chunk.place.document)]
    return tuple(h for h in (chunk.place.sheet, *above, chunk.place.section) if h)


def headed(record: Record, paths: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The headings over one record."""
    own = (record.place.section, record.place.sheet)
    return tuple(dict.fromkeys((*paths.get(record.id, ()), *(h for h in own if h))))


@lru_cache(maxsize=8192)
def stems_of(text: str) -> tuple[str, ...]:
    """The words of a heading as stems, "&" read as "and"."""
    return tuple(stem(w) for w in tokens(text.replace("&", " and ")))


@lru_cache(maxsize=256)
def titles_in(headings: frozenset[str]) -> dict[tuple[str, ...], frozenset[str]]:
    """The names by which each heading may be called, as stems: whole, without its number, without what follows a dash or colon."""
    out: dict[tuple[str, ...], frozenset[str]] = {}
    for heading in headings:
        bare = _LEADS.sub("", re.sub(r"\s*\([^)]*\)", " ", heading).strip())
        for name in {heading, bare, *re.split(r"\s+[–—-]\s+|:\s+", bare)}:
            words = stems_of(_TAIL.sub("", name))
            if words:
                out[words] = out.get(words, frozenset()) | {heading}
    return out


@lru_cache(maxsize=4096)
def labels_in(headings: frozenset[str]) -> Labels:
    """The numbered parts that headings name: ("priority", "2"), ("workstream", "b")."""
    return frozenset((part_word(m[1]), DIGITS.get(m[2].lower(), m[2].lower())) for h in headings for m in _LABEL.finditer(h))


def part_word(word: str) -> str:
    """A word for parts in one spelling: "workstream" of "Work streams"."""
    plain = re.sub(r"work stream", "workstream", word.lower())
    plain = re.sub(r"ies$", "y", plain)
    return plain if plain.endswith(("ss", "x")) else re.sub(r"s$", "", plain)


def in_part(headings: tuple[str, ...], part: str) -> bool:
    """True where a record under these headings belongs to a part ("priority 2"), or to one of several ("priority 1, 2").

    Where several of the headings number a part of that kind, the innermost counts: the others were misread as standing over it.
    """
    word, _, numbers = part.partition(" ")
    held = [labels_in(frozenset({h})) for h in headings]
    inner = next((labels for labels in reversed(held) if any(w == word for w, _ in labels)), labels_in(frozenset(headings)))
    return any((word, n) in inner for n in numbers.split(", "))
