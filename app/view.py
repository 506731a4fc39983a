"""What the chat draws, decided here and drawn in app/chat.py: an Answer becomes a label, lines of words, a table and numbered excerpts.

Every text is plain text: whoever draws it escapes it (app/markup.py does for HTML), because documents are data.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.corrected import corrections_words
from app.grid import Grid, grid
from app.kinds.wording import listing, period_words, plural
from app.tracks import Track, tracks
from app.types import Answer, Citation, Coverage, Outcome
from app.understood import understood
from index.types import DocumentEntry
from ingest.types import Box, Place, Record

PICTURED = ("pdf",)  # the formats whose pages can be drawn

LABEL: Mapping[Outcome, str] = {
    "needs_clarification": "Which one do you mean?",
    "false_premise": "The documents say otherwise",
    "not_in_documents": "Not in these documents",
    "measure_not_found": "No such measure in these documents",
    "period_not_reported": "Not reported for that period",
    "not_comparable": "These cannot be compared",
    "unreadable_source": "That page could not be read",
    "out_of_scope": "Not something these documents can answer",
}


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A numbered source: the document's title and the place in words, the verbatim quote, and the page to draw with its box.

    `page` is None where there is no page that can be drawn; it is shown `turned` by so many degrees clockwise. `corrected` is what was set
    right by hand in what stands there, `record` the id of the record read from it.
    """

    n: int
    title: str
    place: str
    quote: str
    document: str
    page: int | None
    turned: int
    boxes: tuple[Box, ...]
    corrected: tuple[str, ...] = ()
    record: str | None = None

    @property
    def alt(self) -> str:
        """What the page picture shows, for those who cannot see it."""
        marked = f", with the place of this excerpt framed: {self.quote}" if self.boxes else ""
        return f"Page {self.page} of {self.title}{marked}"


@dataclass(frozen=True, slots=True)
class View:
    """One answer as drawn, top to bottom. `label` where it was not answered as asked; `rule` follows a list's table."""

    label: str | None
    headline: str
    understood: str
    body: tuple[str, ...]
    grid: Grid | None
    rule: tuple[str, ...]
    coverage: str | None
    notes: tuple[str, ...]
    conflicts: tuple[str, ...]
    excerpts: tuple[Excerpt, ...]
    timeline: tuple[Track, ...] = ()


def view(answer: Answer, documents: Sequence[DocumentEntry]) -> View:
    """What is drawn for the answer; `documents` are those of the library it was asked of."""
    titles = {entry.name: entry.title or entry.name for entry in documents}
    turned = _turns(documents)
    return View(
        label=LABEL.get(answer.outcome),
        headline=_headline(answer),
        understood=understood(answer.query, answer.question, titles),
        body=() if answer.coverage else _paragraphs(answer),
        grid=grid(answer.table, titles) if answer.table and answer.table.rows and not answer.timeline else None,
        rule=_paragraphs(answer) if answer.coverage else (),
        coverage=coverage_words(answer.coverage, titles) if answer.coverage else None,
        notes=answer.notes,
        conflicts=answer.conflicts,
        timeline=tracks(answer.timeline, documents),
        excerpts=tuple(_excerpt(citation, turned) for citation in answer.citations),
    )


def excerpt_of(record: Record, documents: Sequence[DocumentEntry]) -> Excerpt:
    """The place of a record as a source on its own, without a number."""
    told = corrections_words(record.corrected)
    return replace(excerpt_at(record.place, record.quote, documents), corrected=(told,) if told else (), record=record.id)


def excerpt_at(place: Place, quote: str, documents: Sequence[DocumentEntry]) -> Excerpt:
    """A place with its words as a source on its own, without a number."""
    title = next((entry.title for entry in documents if entry.name == place.document), "")
    return _excerpt(Citation(0, place.document, title, place.page, quote, place.box, None, place.sheet, place.cell), _turns(documents))


def other_page(excerpt: Excerpt, page: int, documents: Sequence[DocumentEntry]) -> Excerpt:
    """The excerpt's document turned to another page, where nothing of it is framed."""
    turned = _turns(documents).get((excerpt.document, page), 0)
    if page == excerpt.page:
        return excerpt
    return replace(excerpt, page=page, place=f"page {page}", turned=turned, boxes=(), quote="", corrected=(), record=None)


def document_lines(entry: DocumentEntry) -> tuple[str, ...]:
    """A document of the library in a few lines: title, what it is, what was read from it, and what could not be."""
    what = [entry.authority, entry.kind, period_words(entry.period)]
    held = [plural(len(entry.pages), "page"), plural(entry.measures, "measure"), plural(entry.actions, "action")]
    unread = [page.number for page in entry.pages if page.status == "needs_ocr"]
    gaps = f"No text on {'page' if len(unread) == 1 else 'pages'} {', '.join(map(str, unread))}" if unread else ""
    newer = f"Newer version here: {entry.newer}" if entry.newer else ""
    return tuple(line for line in (entry.title or entry.name, " · ".join(w for w in what if w), " · ".join(held), gaps, newer) if line)


def coverage_words(coverage: Coverage, titles: Mapping[str, str]) -> str:
    """How many documents were searched, and which of them say nothing; the counts of measures are in the answer's text."""
    silent = [titles.get(name, name) for name in coverage.documents_silent]
    line = f"{plural(coverage.documents_searched, 'document')} searched"
    return f"{line}; nothing on this in {listing(silent)}." if silent else f"{line}."


def _turns(documents: Sequence[DocumentEntry]) -> dict[tuple[str, int | None], int]:
    """By how many degrees each page that can be drawn is to be turned."""
    return {(entry.name, page.number): page.turned for entry in documents if entry.format in PICTURED for page in entry.pages}


def _headline(answer: Answer) -> str:
    """The headline with its [n] markers, which stand in the text only."""
    found = re.match(re.escape(answer.headline) + r"( ?\[\d+\])*", answer.text)
    return found[0] if found else answer.headline


def _paragraphs(answer: Answer) -> tuple[str, ...]:
    """The paragraphs after the headline; a list of rows is left to the table or timeline, which says more of each."""
    lines = [line.strip() for line in answer.text.removeprefix(_headline(answer)).splitlines()]
    drawn = answer.table or answer.timeline
    return tuple(line for line in lines if line and not (drawn and line.startswith("- ")))


def _excerpt(citation: Citation, turned: Mapping[tuple[str, int | None], int]) -> Excerpt:
    places = (("page", citation.page), ("sheet", citation.sheet), ("cell", citation.cell))
    place = ", ".join(f"{word} {value}" for word, value in places if value is not None)
    turn = turned.get((citation.document, citation.page))
    page = citation.page if turn is not None else None
    boxes = (citation.box,) if citation.box else ()
    title = citation.title or citation.document
    return Excerpt(citation.n, title, place, citation.quote, citation.document, page, turn or 0, boxes, citation.corrected, citation.record)
