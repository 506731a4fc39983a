"""The register of what was promised: found by words and meaning, with lead, due date, rating and state; overdue as at any day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from urllib.parse import quote

from app.export import Row, columns_of, flat_rows
from app.grid import STRENGTH, Cell, Grid, first_due, rating, standing, where_words
from app.kinds.wording import period_words, plural
from app.question.when import span_of
from index.types import DocumentEntry, Filter, Hit
from ingest.types import Action, Commitment

FIRST_ROWS = 100  # shown before the rest is asked for
PASSAGES = 20  # that a search for commitments looks through
ALIKE = 0.6  # cosine below which, in the plans tried, a passage shares the field's words but not the promise
MOST_ALIKE = 8

STATE = {"completed": "Complete", "overdue": "Overdue", "open": "Not complete", "": "Not said"}


class Promises(Protocol):
    """What the register needs of a library."""

    def documents(self) -> list[DocumentEntry]: ...

    def actions(self, wanted: Filter) -> list[Action]: ...

    def commitments(self, wanted: Filter) -> list[Commitment]: ...

    def search(self, text: str, limit: int, *, documents: Sequence[str] | None = None) -> list[Hit]: ...


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the register: the commitment, the action it was read from, if any, and its state (a key of STATE)."""

    commitment: Commitment
    action: Action | None
    state: str

    @property
    def lead(self) -> str:
        """Who is to do it, as printed; empty where the plan does not say."""
        return self.commitment.owner or (self.action.lead if self.action else None) or ""

    @property
    def due(self) -> str:
        """By when, as printed; empty where the plan does not say."""
        ongoing = "ongoing" if self.action and self.action.ongoing else ""
        return self.commitment.by_when or (self.action.due if self.action else None) or ongoing


def register(library: Promises, wanted: Filter, text: str, on: date) -> list[Entry]:
    """The commitments that the filter lets through; with a text those in the passages that a search finds for it, best first.

    Overdue is what was due before the day `on` and is not said to be complete.
    """
    found = library.commitments(wanted)
    if text.strip():
        names = {c.place.document for c in found}
        found = best_first(text, found, library.search(text, PASSAGES, documents=sorted(names))) if names else []
    actions = {action.id: action for action in library.actions(Filter(documents=wanted.documents))}
    late = {c.id for c in library.commitments(Filter(documents=wanted.documents, due_before=on.isoformat()))}
    return [_entry(c, actions.get(c.action_id or ""), c.id in late) for c in found]


def _entry(commitment: Commitment, action: Action | None, late: bool) -> Entry:
    if action and action.completed:
        return Entry(commitment, action, "completed")
    if late:
        return Entry(commitment, action, "overdue")
    return Entry(commitment, action, "open" if action and action.completed is False else "")


def best_first(text: str, found: Sequence[Commitment], hits: Sequence[Hit]) -> list[Commitment]:
    """The commitments printed in the passages, in the passages' order; within one, those that share most words with the text first."""
    rank: dict[str, int] = {}
    for place, hit in enumerate(hits):
        for record in hit.chunk.records:
            rank.setdefault(record, place)
    words = set(text.casefold().split())
    matched = [(rank.get(c.id, rank.get(c.action_id or "")), c) for c in found]
    ordered = sorted(
        ((place, -len(words & set(c.commitment.casefold().split())), c) for place, c in matched if place is not None), key=lambda m: m[:2]
    )
    return [c for _, _, c in ordered]


def leads(entries: Iterable[Entry]) -> dict[str, str]:
    """Everyone named as a lead, in alphabetical order."""
    return {name: name for name in sorted({entry.lead for entry in entries if entry.lead}, key=str.casefold)}


def elsewhere(entry: Entry, library: Promises) -> list[Commitment]:
    """What other documents promise in like words, by the time of the document: found by search, not known to be the same promise."""
    documents = library.documents()
    others = [e.name for e in documents if e.name != entry.commitment.place.document]
    if not others:
        return []
    hits = [h for h in library.search(entry.commitment.commitment, PASSAGES, documents=others) if (h.cosine or 0.0) >= ALIKE]
    found = best_first(entry.commitment.commitment, library.commitments(Filter(documents=tuple(others))), hits)[:MOST_ALIKE]
    times = {e.name: (span.last if (span := span_of(e.period)) else 0) for e in documents}
    return sorted(found, key=lambda c: (times[c.place.document], c.place.document))


def address(commitment: Commitment) -> str:
    """The address of a commitment's own page."""
    return f"?commitment={quote(commitment.id, safe='')}"


def register_grid(entries: Sequence[Entry], titles: Mapping[str, str], caption: str) -> Grid:
    """The register as a table whose first column leads to the commitment's own page and whose last to its place."""
    columns: list[tuple[str, Callable[[Entry], Cell]]] = [
        ("Commitment", lambda e: Cell(e.commitment.commitment, detail=e.commitment.place.section, page=address(e.commitment))),
        ("Lead", lambda e: Cell(e.lead)),
        ("Due", lambda e: Cell(e.due)),
        ("First due", lambda e: Cell(first_due(e.action) if e.action else "")),
        ("State", lambda e: Cell(STATE[e.state], tone="off" if e.state == "overdue" else "on" if e.state == "completed" else None)),
        ("Plan's status", lambda e: standing(e.action) if e.action else Cell("")),
        ("Plan's rating", lambda e: rating(e.action) if e.action else Cell("")),
        ("Strength", lambda e: Cell(STRENGTH[e.commitment.strength])),
        ("Source", lambda e: _source(e.commitment, titles)),
    ]
    filled = [(header, cells) for header, cell in columns if any(cells := [cell(entry) for entry in entries])]
    return Grid(caption, tuple(header for header, _ in filled), tuple(zip(*(cells for _, cells in filled), strict=True)))


def _source(commitment: Commitment, titles: Mapping[str, str]) -> Cell:
    place = commitment.place
    return Cell(where_words(place) or "shown", detail=titles.get(place.document, place.document), record=commitment.id)


def caption(entries: Sequence[Entry], shown: int) -> str:
    """How many there are, how many of them are overdue, and how many are shown."""
    count = plural(len(entries), "commitment")
    late = sum(entry.state == "overdue" for entry in entries)
    first = count if len(entries) <= shown else f"The first {shown} of {count}"
    return f"{first}, {late} overdue" if late else first


def about_commitment(entry: Entry, documents: Sequence[DocumentEntry]) -> list[tuple[str, str]]:
    """All that the plan says of a commitment, in words."""
    action = entry.action
    held = next((e for e in documents if e.name == entry.commitment.place.document), None)
    told = [
        ("Plan", " · ".join(w for w in (held.title or held.name, period_words(held.period)) if w) if held else ""),
        ("Section", entry.commitment.place.section or ""),
        ("Lead", entry.lead),
        ("Due", entry.due),
        ("First due", first_due(action) if action else ""),
        ("State", STATE[entry.state]),
        ("Plan's status", standing(action).text if action else ""),
        ("Progress", (action.progress if action else None) or ""),
        ("Plan's rating", rating(action).text if action else ""),
        ("How it will be known", (action.success_measures if action else None) or ""),
        ("Strength", STRENGTH[entry.commitment.strength]),
    ]
    return [(name, words) for name, words in told if words]


def export_rows(entries: Sequence[Entry]) -> tuple[list[Row], tuple[str, ...]]:
    """The register as rows for a file, and their columns: the commitment's fields with those of its action beside them."""
    rows: list[Row] = [
        {
            **row,
            "lead": entry.lead or None,
            "due": entry.due or None,
            "due_was": (first_due(entry.action) if entry.action else "") or None,
            "state": STATE[entry.state],
            "status": entry.action.status if entry.action else None,
            "rag": entry.action.rag if entry.action else None,
            "progress": entry.action.progress if entry.action else None,
        }
        for entry, row in zip(entries, flat_rows([e.commitment for e in entries]), strict=True)
    ]
    return rows, (*columns_of(Commitment), "lead", "due", "due_was", "state", "status", "rag", "progress")
