"""The words that a library's documents print: to tell names and slips of the pen from words, and what a document speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import islice

from index.types import DocumentEntry
from ingest.lexicon import lexicon, stem, tokens
from ingest.types import Chunk, Measure, Record


@lru_cache(maxsize=1)
def _forms() -> dict[str, tuple[str, ...]]:
    """The printed forms of each term."""
    out: dict[str, list[str]] = {}
    for form, term in lexicon().forms.items():
        out.setdefault(term, []).append(" ".join(form))
    return {term: tuple(forms) for term, forms in out.items()}


@dataclass(frozen=True)
class Printed:
    """What the documents of a library print, in passages, records and titles; each kind of word is gathered when first asked for."""

    entries: Sequence[DocumentEntry]
    passages: Sequence[Chunk]
    records: Sequence[Record]
    _texts: dict[str, str] = field(default_factory=dict, compare=False)
    _terms: dict[tuple[str, str], bool] = field(default_factory=dict, compare=False)

    def text(self, document: str) -> str:
        """All words of a document's passages and headings, stemmed, with a space on each side of each."""
        if document not in self._texts:
            texts = [f"{c.place.section or ''} {c.text}" for c in self.passages if c.place.document == document]
            texts += [f"{e.title} {e.authority}" for e in self.entries if e.name == document]
            own = (r for r in self.records if isinstance(r, Measure) and r.place.document == document)
            texts += [f"{m.measure} {m.breakdown or ''}" for m in own]
            self._texts[document] = f" {' '.join(stem(w) for t in texts for w in tokens(t))} "
        return self._texts[document]

    def holds(self, term: str, documents: Iterable[str]) -> bool:
        """True where one of the documents prints a term in any of its forms, or a narrower one."""
        return any(self._held(term, document) for document in documents)

    def _held(self, term: str, document: str) -> bool:
        key = (term, document)
        if key not in self._terms:
            terms = (term, *lexicon().narrower.get(term, ()))
            self._terms[key] = any(f" {form} " in self.text(document) for t in terms for form in (t, *_forms().get(t, ())))
        return self._terms[key]

    def opening(self, document: str) -> list[str]:
        """The first lines of a document: its council, title, subtitle and date, as far as it prints them."""
        first = islice((c for c in self.passages if c.place.document == document), 3)
        return [line for c in first for line in c.text.split("\n")][:6]

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of four letters or more in the records, lower case."""
        return frozenset(w for record in self.records for w in tokens(record.quote) if len(w) > 3)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of `words`."""
        return frozenset(stem(w) for w in self.words)

    @cached_property
    def all_words(self) -> frozenset[str]:
        """Every word of the passages, and of the titles, files and councils, lower case."""
        named = (f"{e.title} {e.name} {e.authority}" for e in self.entries)
        return frozenset(w for text in (*(c.text for c in self.passages), *named) for w in tokens(text))

    @cached_property
    def all_stems(self) -> frozenset[str]:
        """The stems of `all_words`."""
        return frozenset(stem(w) for w in self.all_words)

    @cached_property
    def naming(self) -> frozenset[str]:
        """The words of five letters or more by which councils and documents are called, lower case."""
        return frozenset(w for e in self.entries for w in tokens(f"{e.authority or ''} {e.title}") if len(w) > 4)

    @cached_property
    def small(self) -> frozenset[str]:
        """Every word that a passage prints in small letters."""
        return frozenset(w for c in self.passages for w in re.findall(r"\b[a-z]{4,}\b", c.text))

    @cached_property
    def acronyms(self) -> frozenset[str]:
        """Every word printed in capitals in the records and titles."""
        texts = [*(r.quote for r in self.records), *(e.title for e in self.entries)]
        return frozenset(w for text in texts for w in re.findall(r"\b[A-Z][A-Z&]{2,}\b", text))

    def initials_of(self, council: str) -> frozenset[str]:
        """The initials that a passage gives in brackets after a council's name."""
        said = re.compile(rf"\b{re.escape(council)}\b(?: [A-Z]\w+){{0,4}} \(['\"“‘]?([A-Z]{{2,6}})\b", re.I)
        return frozenset(m[1].upper() for c in self.passages for m in said.finditer(c.text) if m[1].isupper())
