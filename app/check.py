"""Before an answer leaves: every number bound to what it stands on, every quote verbatim, citations numbered in order of first use.

A statement that fails is withheld, and the answer says so. What binds a number: see `bound`; how each piece is bound: app/checking.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.checking import changes, figures, phrases
from app.checking.sentence import sentence
from app.evidence.desk import Desk
from app.kinds.wording import points
from app.types import Answer, Citation, Derived, Draft, Line, Query, Question, Source, Statement, TableOfRecords
from ingest.types import Action, Measure, Record

_BY_RATING = re.compile(r"\b(?:red|amber|green|blue)\b", re.I)
_WITHHELD = "a sentence was withheld: a number in it could not be bound to its source"


def _worked_out(derived: Derived, records: Iterable[Record]) -> bool:
    """True where a difference is that of two values the statement's records hold; a count is a whole number, bound by its place."""
    if derived.how == "count":
        return derived.value == int(derived.value) and derived.value >= 0
    held = {v for r in records if isinstance(r, Measure) for v in (r.value, r.value_high, r.target, r.target_high) if v is not None}
    a, b = derived.of
    return a in held and b in held and abs(abs(a - b) - derived.value) < 1e-6


def _worked(numbers: Sequence[str], statement: Statement) -> bool:
    """True where the numbers left are the counts and differences worked out, from the first on, in their order; none may go unsaid.

    Counts by rating may be in the order of the ratings: then all are said, and the first is the whole of which the others are parts.
    """
    units = {r.unit for r in statement.records if isinstance(r, Measure)}
    every = [_forms(d, units) for d in statement.derived]
    some = [forms for d, forms in zip(statement.derived, every, strict=True) if d.value or d.how == "difference"]
    if _in_turn(numbers, every) or _in_turn(numbers, some):
        return True
    if not _BY_RATING.search(statement.text) or len(numbers) != len(some) or any(d.how != "count" for d in statement.derived):
        return False
    counts = [int(n.replace(",", "")) for n in numbers if n.replace(",", "").isdigit()]
    return sorted(counts) == sorted(d.value for d in statement.derived if d.value) and counts[0] >= sum(counts[1:])


def _in_turn(numbers: Sequence[str], told: Sequence[frozenset[str]]) -> bool:
    return len(numbers) <= len(told) and all(n in forms for n, forms in zip(numbers, told, strict=False))


def _forms(derived: Derived, units: Iterable[str]) -> frozenset[str]:
    """How a number worked out may be said: a count bare, a difference in the unit of the records."""
    if derived.how == "count":
        return frozenset({f"{int(derived.value)}", f"{int(derived.value):,}"})
    return frozenset(points(derived.value, unit) for unit in units)


def bound(statement: Statement, query: Query, laid: Desk) -> bool:
    """True where a statement says nothing but what it stands on, struck out piece by piece, and no number is left over.

    Quotations are cited quotes, letter for letter, and each stands in its document. A value stands after the name of its record, with
    its unit and time; a target is called one, with its comparator; an action's words, dates and lead are its own; what repeats the
    question repeats it exactly. Any other number is a count or difference worked out for the statement, in the order it names them.
    """
    if not all(_worked_out(d, statement.records) for d in statement.derived):
        return False
    said = sentence(statement.text)
    cited = [*statement.sources, *(laid.source(r) for r in statement.records)]
    if not all(phrases.printed(s, laid) for s in statement.sources):
        return False
    if not changes.bind(said, statement, laid):
        return False
    if not phrases.quotations(said, [s.quote for s in cited] + [r.quote for r in statement.records]):
        return False
    phrases.titles(said, statement, laid)
    if not (phrases.rule(said) and phrases.actions(said, statement.records) and figures.bind(said, statement, laid)):
        return False
    if not (
        phrases.question(said, query, laid)
        and phrases.ratings(said, statement.records)
        and phrases.dates_and_leads(said, statement.records)
    ):
        return False
    return _worked(said.numbers(), statement)


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
                    self._laid.corrected(source),
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
    timeline = tuple(
        replace(t, steps=tuple(replace(s, citation=numbering.of(laid.source(s.record))) for s in t.steps)) for t in draft.timeline
    )
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
        notes=tuple(dict.fromkeys([*notes, *_corrected(numbering.listed), *_outdated(numbering.listed, laid)])),
        timeline=timeline,
    )


def _corrected(citations: Sequence[Citation]) -> list[str]:
    """What was set right by hand in what is cited."""
    return [told for citation in citations for told in citation.corrected]


def _outdated(citations: Sequence[Citation], laid: Desk) -> list[str]:
    """The documents cited of which a newer version, not cited, is held."""
    cited = {citation.document for citation in citations}
    newer = {name: entry.newer for name in sorted(cited) if (entry := laid.entry(name)) and entry.newer and entry.newer not in cited}
    return [f"there is a newer version of “{laid.title(old)}” ({old}): “{laid.title(new)}” ({new})" for old, new in newer.items()]


def _table(rows: tuple[Line, ...]) -> TableOfRecords:
    first = rows[0].record
    if isinstance(first, Measure):
        return TableOfRecords("measures", rows)
    return TableOfRecords("actions" if isinstance(first, Action) else "commitments", rows)
