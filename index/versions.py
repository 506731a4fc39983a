"""Versions of one document: the same plan, of the same council, for a later time, or revised. Older and newer are both kept.

Pure functions over the list of documents: told by council, kind and title, without what in the title says which version it is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from index.periods import end_of
from index.types import DocumentEntry
from ingest.language.period import periods
from ingest.vocabulary import vocabulary

_NUMBERED = re.compile(r"(?<![a-z])(?:v|version|rev|revision|issue)[\s._-]?(\d+(?:\.\d+)*)(?!\w)", re.IGNORECASE)
_FEWEST = 2  # telling words in a title: "Plan" alone may be any

Rank = tuple[str, tuple[int, ...], bool]  # when its figures are from, its number, and that it is no draft


def newest(entries: Sequence[DocumentEntry]) -> Mapping[str, str]:
    """By the name of each document that has a newer version the name of the newest.

    Newer is what is for a later period, has a higher number, or is final where the other is a draft; the day it was added says nothing.
    """
    chains: dict[tuple[str, str, frozenset[str]], list[DocumentEntry]] = defaultdict(list)
    for entry in entries:
        telling = _telling(entry.title)
        if entry.authority and len(telling) >= _FEWEST:
            chains[(entry.authority, entry.kind, telling)].append(entry)
    out: dict[str, str] = {}
    for chain in chains.values():
        last = max(chain, key=_rank)
        out |= {entry.name: last.name for entry in chain if _rank(entry) < _rank(last)}
    return out


def _rank(entry: DocumentEntry) -> Rank:
    return (end_of(entry.period or "") or "", *_revision(f"{entry.title} . {entry.name}"))


@lru_cache(maxsize=4096)
def _revision(said: str) -> tuple[tuple[int, ...], bool]:
    """The version's number, none for none, and whether it is no draft."""
    numbered = _NUMBERED.search(said)
    drafts = "|".join(map(re.escape, vocabulary()["versions"]["draft"]))
    number = tuple(int(part) for part in numbered[1].split(".")) if numbered else ()
    return number, not re.search(rf"(?<![a-z])(?:{drafts})(?![a-z])", said, re.IGNORECASE)


@lru_cache(maxsize=4096)
def _telling(title: str) -> frozenset[str]:
    """The words of a title but for dates and what says which version it is."""
    kept = _NUMBERED.sub(" ", title)
    for dated in reversed(periods(kept)):
        kept = f"{kept[: dated.start]} {kept[dated.end :]}"
    said = " ".join(re.findall(r"[a-z]+", kept.lower().replace("’", "").replace("'", "")))
    for word in sorted(vocabulary()["versions"]["words"], key=len, reverse=True):
        said = re.sub(rf"\b{re.escape(word)}\b", " ", said)
    return frozenset(word for word in said.split() if len(word) > 1)
