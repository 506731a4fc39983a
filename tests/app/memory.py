"""An in-memory library with the methods asking uses: the fake that ships with the seam `app.types.Library`."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from index.embed import HashEncoder
from index.measure_names import Names, called
from index.types import DocumentEntry, Filter, Hit
from ingest.lexicon import lexicon
from ingest.types import Action, Chunk, Commitment, Measure, PageInfo, Record


def entry(name: str, title: str, authority: str | None, kind: str = "plan", period: str | None = None, pages: int = 1) -> DocumentEntry:
    """A document's line with neutral counts."""
    listed = tuple(PageInfo(n + 1, "text") for n in range(pages))
    return DocumentEntry(name, title, authority, kind, period, "pdf", name, listed, 0, 0, 0, 0, 0, 0, "2026-01-01T00:00:00Z")


@dataclass(eq=False)
class MemoryLibrary:
    """Everything in lists; search ranks chunks by shared terms, the rarer the heavier."""

    entries: list[DocumentEntry] = field(default_factory=list)
    measured: list[Measure] = field(default_factory=list)
    acted: list[Action] = field(default_factory=list)
    committed: list[Commitment] = field(default_factory=list)
    passages: list[Chunk] = field(default_factory=list)
    generation: int = 1

    def __post_init__(self) -> None:
        self._terms = [Counter(lexicon().terms(c.embedded)) for c in self.passages]
        self._df = Counter(t for bag in self._terms for t in bag)

    def documents(self) -> list[DocumentEntry]:
        return self.entries

    def _kept(self, records: Sequence[Record], wanted: Filter) -> list[Record]:
        authority = {e.name: e.authority for e in self.entries}
        return [
            r
            for r in records
            if (not wanted.documents or r.place.document in wanted.documents)
            and (not wanted.authorities or authority.get(r.place.document) in wanted.authorities)
        ]

    def measures(self, wanted: Filter | None = None) -> list[Measure]:
        return self._kept(self.measured, wanted or Filter())  # type: ignore[return-value]

    def actions(self, wanted: Filter | None = None) -> list[Action]:
        return self._kept(self.acted, wanted or Filter())  # type: ignore[return-value]

    def commitments(self, wanted: Filter | None = None) -> list[Commitment]:
        return self._kept(self.committed, wanted or Filter())  # type: ignore[return-value]

    def measure_names(self) -> Names:
        encoder = HashEncoder()
        return Names(
            tuple(m.id for m in self.measured), encoder.encode([called(m) for m in self.measured]), lambda text: encoder.encode([text])[0]
        )

    def chunks(self, document: str | None = None) -> list[Chunk]:
        return [c for c in self.passages if document in (None, c.place.document)]

    def search(
        self,
        text: str,
        limit: int = 8,
        *,
        documents: Sequence[str] | None = None,
    ) -> list[Hit]:
        asked = set(lexicon().terms(text))
        n = len(self.passages)
        found = []
        for chunk, bag in zip(self.passages, self._terms, strict=True):
            if documents and chunk.place.document not in documents:
                continue
            length = 0.6 + 0.4 * sum(bag.values()) / 60
            score = sum(math.log(1 + n / self._df[t]) * bag[t] / (bag[t] + length) for t in asked if t in bag)
            if score:
                found.append(Hit(chunk, score, None, ("words",)))
        return sorted(found, key=lambda h: (-h.score, h.chunk.id))[:limit]
