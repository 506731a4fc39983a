"""Before an answer leaves: every number bound to what it stands on, every quote verbatim, citations numbered in order of first use.

A statement that fails is withheld, and the answer says so. What binds a number: a value, target or label of the records the statement
cites, a quote it cites, or a count or difference that is worked out again here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.evidence.desk import Desk
from app.kinds.wording import numbers_in, period_words
from app.types import Answer, Citation, Derived, Draft, Line, Query, Question, Source, Statement, TableOfRecords
from ingest.types import Action, Commitment, Measure, Record

_WITHHELD = "a sentence was withheld: a number in it could not be bound to its source"


def _printed(record: Record) -> set[float]:
    """The numbers a record stands for: its values, and those in its own words, periods and numbering."""
    values: set[float] = set()
    texts: tuple[str | None, ...]
    if isinstance(record, Measure):
        values = {v for v in (record.value, record.value_high, record.target, record.target_high) if v is not None}
        texts = (record.value_text, record.measure, record.breakdown, period_words(record.period), period_words(record.target_period))
    elif isinstance(record, Action):
        texts = (record.ref, record.action, record.lead, record.start, record.due)
    else:
        texts = (record.commitment, record.by_when, record.owner)
    return values | numbers_in(" ".join(t for t in texts if t))


def _worked_out(derived: Derived, records: Iterable[Record]) -> bool:
    """True where a difference is the difference of two values that the statement's records hold; a count is checked by its list."""
    if derived.how == "count":
        return derived.value == int(derived.value) and derived.value >= 0
    held = {v for r in records if isinstance(r, Measure) for v in (r.value, r.value_high, r.target, r.target_high) if v is not None}
    a, b = derived.of
    return a in held and b in held and abs(abs(a - b) - derived.value) < 1e-6


def bound(statement: Statement, query: Query, laid: Desk) -> bool:
    """True where every number of a statement stands on its records, its quotes, or a count or difference worked out again."""
    allowed: set[float] = set()
    for record in statement.records:
        allowed |= _printed(record)
    for source in (*(laid.source(r) for r in statement.records), *statement.sources):
        allowed |= numbers_in(source.quote) | numbers_in(laid.title(source.place.document))
    for derived in statement.derived:
        if not _worked_out(derived, statement.records):
            return False
        allowed.add(derived.value)
    allowed |= numbers_in(" ".join(filter(None, (query.period_text, query.lead)))) | {
        v for v in (query.above, query.below, query.target, query.margin) if v is not None
    }
    allowed |= (
        numbers_in(" ".join(f"{e.title} {e.name} {period_words(e.period) or ''}" for e in laid.entries))
        if not (statement.sources or statement.records)
        else set()
    )
    return all(any(abs(n - a) < 1e-9 for a in allowed) for n in numbers_in(statement.text))


class _Numbering:
    """Citations in the order of first use; the same quote at the same place is one citation."""

    def __init__(self, laid: Desk) -> None:
        self._laid = laid
        self.listed: list[Citation] = []
        self._known: dict[tuple[str, str, int | None], int] = {}

    def of(self, source: Source) -> int:
        quote = " ".join(source.quote.split())
        key = (source.place.document, quote, source.place.page)
        if key not in self._known:
            n = len(self.listed) + 1
            place = source.place
            self.listed.append(
                Citation(
                    n,
                    place.document,
                    self._laid.title(place.document),
                    place.page,
                    quote,
                    place.box,
                    source.record,
                    place.sheet,
                    place.cell,
                )
            )
            self._known[key] = n
        return self._known[key]


def check(question: Question, query: Query, draft: Draft, laid: Desk) -> Answer:
    """The answer of a draft: statements that hold, with markers; rows with their citations; the rest withheld and said so."""
    numbering = _Numbering(laid)
    said: list[str] = []
    notes = list(draft.notes)
    for statement in draft.statements:
        if not bound(statement, query, laid):
            notes.append(_WITHHELD)
            continue
        marks = "".join(
            f"[{n}]" for n in dict.fromkeys(numbering.of(s) for s in (*(laid.source(r) for r in statement.records), *statement.sources))
        )
        said.append(f"{statement.text} {marks}".strip())
    rows = tuple(Line(r, numbering.of(laid.source(r))) for r in draft.rows)
    if not said:
        said = ["What was found could not be tied to its sources, so nothing is claimed."]
    text = "\n".join(said)
    return Answer(
        question=question,
        outcome=draft.outcome,
        headline=re.sub(r"\s*(?:\[\d+\])+", "", said[0]).strip(),
        text=text,
        query=query,
        table=_table(rows) if rows else None,
        count=draft.count,
        coverage=draft.coverage,
        citations=tuple(numbering.listed),
        conflicts=draft.conflicts,
        notes=tuple(dict.fromkeys(notes)),
    )


def _table(rows: tuple[Line, ...]) -> TableOfRecords:
    first = rows[0].record
    if isinstance(first, Measure):
        return TableOfRecords("measures", rows)
    return TableOfRecords("actions" if isinstance(first, Action) else "commitments", rows)
