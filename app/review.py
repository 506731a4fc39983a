"""A document for review: what became of its pages and rows, and its records one by one, each with its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol
from urllib.parse import quote

from app.corrected import corrections_words
from app.grid import DIRECTION, RATING, STATUS, STRENGTH, Cell, Grid, where_words
from app.intake import FileReport
from app.kinds.wording import period_words, plural, target_words, value_words
from index.types import DocumentEntry, Filter
from ingest.types import Action, Commitment, Measure, PageStatus, Record, Rejection

PAGE: dict[PageStatus, str] = {
    "text": "Read",
    "ocr": "Read from a picture",
    "needs_ocr": "Not read: a picture without text",
    "blank": "Blank",
}
FILE = {
    "read": "Read",
    "read_with_ocr": "Read, in part from pictures",
    "partly_read": "Partly read",
    "unchanged": "Already in the library",
    "refused": "Not taken in",
}
RECORDS = {"measures": "Measures", "actions": "Actions", "commitments": "Commitments"}


class Reviewed(Protocol):
    """What a review needs of a library."""

    def documents(self) -> list[DocumentEntry]: ...

    def measures(self, wanted: Filter) -> list[Measure]: ...

    def actions(self, wanted: Filter) -> list[Action]: ...

    def commitments(self, wanted: Filter) -> list[Commitment]: ...

    def rejections(self, document: str) -> list[Rejection]: ...

    def remove(self, name: str) -> None: ...

    def original(self, name: str) -> Path: ...


def address(name: str) -> str:
    """The address of a document's own page."""
    return f"?document={quote(name, safe='')}"


def documents_grid(documents: Sequence[DocumentEntry]) -> Grid:
    """All documents, each leading to its own page."""
    titles = {entry.name: version_words(entry) for entry in documents}
    headers = (
        "Document",
        "Council",
        "Kind",
        "Period",
        "Pages",
        "Measures",
        "Actions",
        "Commitments",
        "Rows not read",
        "Added",
        "Newer version",
    )
    rows = tuple(
        (
            Cell(entry.title or entry.name, detail=entry.name, page=address(entry.name)),
            Cell(entry.authority or "not said"),
            Cell(entry.kind),
            Cell(period_words(entry.period) or "not said"),
            Cell(_pages(entry)),
            *(Cell(str(count)) for count in (entry.measures, entry.actions, entry.commitments, entry.rejected_rows)),
            Cell(entry.added[:10]),
            Cell(titles.get(entry.newer, entry.newer), page=address(entry.newer)) if entry.newer else Cell(""),
        )
        for entry in documents
    )
    shown = len(headers) - (not any(entry.newer for entry in documents))
    return Grid(plural(len(documents), "document"), headers[:shown], tuple(row[:shown] for row in rows))


def _pages(entry: DocumentEntry) -> str:
    unread = sum(page.status == "needs_ocr" for page in entry.pages)
    return f"{len(entry.pages)}, {unread} not read" if unread else str(len(entry.pages))


def version_words(entry: DocumentEntry) -> str:
    """A document told from its other versions, which may have its title."""
    return ", ".join(part for part in (entry.title or entry.name, period_words(entry.period)) if part)


def about_document(entry: DocumentEntry, documents: Sequence[DocumentEntry] = ()) -> list[tuple[str, str]]:
    """What is known of a document as a whole, and of its versions among the documents."""
    newer = next((other for other in documents if other.name == entry.newer), None)
    older = [version_words(other) for other in documents if other.newer == entry.name]
    statuses = Counter(page.status for page in entry.pages)
    told = [
        ("File", entry.name),
        ("Council", entry.authority or "not said"),
        ("Kind", entry.kind),
        ("Period", period_words(entry.period) or "not said"),
        ("Pages", ", ".join(f"{count} {PAGE[status].lower()}" for status, count in statuses.items())),
        ("Table rows", f"{entry.rows} seen, {entry.rejected_rows} of them not read as records"),
        ("Newer version", version_words(newer) if newer else ""),
        ("Earlier versions", "; ".join(older)),
        ("Added", entry.added),
        ("SHA-256", entry.sha256),
    ]
    return [(name, words) for name, words in told if words]


def pages_grid(entry: DocumentEntry) -> Grid:
    """What became of each page."""
    rows = tuple(
        (Cell(f"Page {page.number}"), Cell(PAGE[page.status]), Cell(str(page.tables)), Cell(page.note or "")) for page in entry.pages
    )
    headers = ("Page", "Reading", "Tables", "Note")
    if any(row[3] for row in rows):
        return Grid(plural(len(rows), "page"), headers, rows)
    return Grid(plural(len(rows), "page"), headers[:3], tuple(row[:3] for row in rows))


def rejections_grid(rejections: Sequence[Rejection]) -> Grid:
    """The table rows that gave no record, each with the reason, leading to its place by its number."""
    rows = tuple(
        (Cell(rejection.text), Cell(rejection.reason), Cell(where_words(rejection.place) or "shown", record=str(number)))
        for number, rejection in enumerate(rejections)
    )
    return Grid(f"{plural(len(rows), 'table row')} not read as a record", ("Row", "Why not", "Place"), rows)


def records_of(name: str, kind: str, library: Reviewed) -> Sequence[Record]:
    """The records of a document of one kind (a key of RECORDS), in reading order."""
    wanted = Filter(documents=(name,))
    if kind == "measures":
        return library.measures(wanted)
    return library.actions(wanted) if kind == "actions" else library.commitments(wanted)


def record_label(record: Record) -> str:
    """A record in a list to choose from."""
    if isinstance(record, Measure):
        words = record.measure + (f" ({record.breakdown})" if record.breakdown else "")
    else:
        words = record.action if isinstance(record, Action) else record.commitment
    flat = " ".join(words.split())
    place = where_words(record.place)
    return f"{flat[:100]}{'…' if len(flat) > 100 else ''}" + (f" – {place}" if place else "")


def record_fields(record: Record) -> list[tuple[str, str]]:
    """Every field of a record in words; what the document does not say is said to be so."""
    told = _told(record)
    corrections = ("Corrected", corrections_words(record.corrected))
    told += [corrections] if record.corrected else []
    return [(name, words or "not said") for name, words in [*told, ("Section", record.place.section), ("Identifier", record.id)]]


def _told(record: Record) -> list[tuple[str, str | None]]:
    if isinstance(record, Measure):
        return _measure(record)
    return _action(record) if isinstance(record, Action) else _commitment(record)


def _measure(m: Measure) -> list[tuple[str, str | None]]:
    return [
        ("Measure", m.measure),
        ("Breakdown", m.breakdown),
        ("Kind", {"actual": "a figure", "target_only": "a target without a figure", "benchmark": "a figure of others"}[m.kind]),
        ("Value", value_words(m) if m.value is not None else m.value_text),
        ("Unit", m.unit.replace("_", " ")),
        ("Period", period_words(m.period)),
        ("Target", target_words(m)),
        ("Target for", period_words(m.target_period)),
        ("Status", STATUS[m.status]),
        ("Plan's rating", RATING[m.rag] if m.rag else None),
        ("Plan's arrow", DIRECTION[m.direction] if m.direction else None),
    ]


def _action(a: Action) -> list[tuple[str, str | None]]:
    return [
        ("Number", a.ref),
        ("Action", a.action),
        ("Lead", a.lead),
        ("Start", a.start),
        ("Due", a.due or ("ongoing" if a.ongoing else None)),
        ("Progress", a.progress),
        ("Complete", None if a.completed is None else "yes" if a.completed else "no"),
        ("Plan's rating", RATING[a.rag] if a.rag else None),
        ("Plan's arrow", DIRECTION[a.direction] if a.direction else None),
        ("How it will be known", a.success_measures),
    ]


def _commitment(c: Commitment) -> list[tuple[str, str | None]]:
    return [("Commitment", c.commitment), ("By when", c.by_when), ("Owner", c.owner), ("Strength", STRENGTH[c.strength])]


def report_words(report: FileReport) -> str:
    """What became of a file, in a sentence or two."""
    if report.status == "refused":
        return f"{FILE['refused']}: {report.reason}."
    found = [plural(report.measures, "measure"), plural(report.actions, "action"), plural(report.commitments, "commitment")]
    rejected = f"; {plural(report.rejected_rows, 'table row')} not read as a record" if report.rejected_rows else ""
    if report.to_review:
        rejected += f"; {plural(report.to_review, 'record')} to review"
    note = f" Note: {report.reason}." if report.reason else ""
    return f"{FILE[report.status]}: {plural(len(report.pages), 'page')}, {', '.join(found)}{rejected}.{note}"
