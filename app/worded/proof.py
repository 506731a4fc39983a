"""Whether a model's sentence may be shown: every claim in it held against the evidence it refers to, check after check."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.worded import claims, polarity
from app.worded.figures import Bound, bind
from app.worded.reading import Reading, read
from app.worded.sentences import Sentence
from app.worded.sheet import Item, Sheet
from app.worded.words import words

FORM = "a link, markup or code"
UNCITED = "no reference"
UNKNOWN = "a reference to evidence that there is none of"
_MARKUP = re.compile(r"https?:|www\.|<\s*/?\s*\w+[^>]*>|!\[|\]\(|```|\bdata:|javascript:|\{\{|<\|", re.I)

Check = Callable[[Reading, Sequence[Item], Sequence[Bound]], str | None]
CHECKS: tuple[Check, ...] = (
    lambda r, items, bound: claims.quotations(r, items),
    lambda r, items, bound: claims.named_authorities(r, items),
    lambda r, items, bound: claims.names(r, items),
    claims.times,
    polarity.statuses,
    polarity.directions,
    polarity.denials,
)


@dataclass(frozen=True)
class Proof:
    """What a sentence is checked with: the evidence, the titles that are names in it, and the terms other records are about."""

    sheet: Sheet
    titles: tuple[str, ...]
    known: frozenset[str]

    def fault(self, sentence: Sentence) -> str | None:
        """Why a sentence must not be shown, in a few words; None where all it says is borne out by the evidence it refers to."""
        if _MARKUP.search(sentence.text):
            return FORM
        if any(n == 0 or self.sheet.item(n) is None for n in sentence.marks):
            return UNKNOWN
        cited = self.sheet.cited(sentence.marks)
        if not cited:
            return self._uncited(sentence)
        if claims.word_for_word(sentence.text, cited):
            return None
        reading = read(sentence.text, self.titles)
        if alone := self._useless(reading, cited):
            return alone
        return self._against(reading, cited)

    def _against(self, reading: Reading, cited: Sequence[Item]) -> str | None:
        bound, fault = bind(reading, cited, self.sheet)
        if fault:
            return fault
        if _unused(cited, bound):
            return claims.REFERENCE
        counted = self.sheet.worked_out
        items = [*cited, counted] if counted and any(b.role == "count" for b in bound) else list(cited)
        for check in CHECKS:
            if fault := check(reading, items, bound):
                return fault
        return claims.subject(reading, items, self.known)

    def _uncited(self, sentence: Sentence) -> str | None:
        """Without a reference only what the rules worked out can be said."""
        counted = self.sheet.worked_out
        if counted is None:
            return UNCITED
        return UNCITED if self._against(read(sentence.text, self.titles), [counted]) else None

    def _useless(self, reading: Reading, cited: Sequence[Item]) -> str | None:
        """Every passage referred to has a part in the sentence: a figure, a quotation or words of its subject."""
        if len(cited) < 2:
            return None
        spoken = frozenset(claims.spoken(reading))
        for item in cited:
            figures = {f.value for f in reading.figures}
            has = {v for r in item.measures for v in (r.value, r.target) if v is not None} & figures
            if not has and not (spoken & item.terms - words().glue) and not any(q in item.quote for q in reading.quotes):
                return claims.REFERENCE
        return None


def _unused(cited: Sequence[Item], bound: Sequence[Bound]) -> bool:
    """Whether a sentence that gives values refers to a passage with values of which it gives none."""
    values = {(b.figure.value, b.figure.unit) for b in bound if b.role in ("value", "text")}
    if len(cited) < 2 or not values:
        return False
    given = {v for v, _ in values}
    return any(all(v not in given for v in worth) for i in cited if (worth := [r.value for r in i.measures if r.value is not None]))
