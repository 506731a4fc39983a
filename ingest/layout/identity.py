"""What a document is: title, authority, kind and the period its current figures are for."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from ingest.language.period import dates_nothing, financial_year, last_day, periods
from ingest.language.sentences import statements
from ingest.language.words import any_of, finder
from ingest.layout.authority import authority_of, only_names
from ingest.source import Source
from ingest.types import Block, Document
from ingest.vocabulary import contains, normalise, vocabulary

_OPENING = 12  # blocks at the beginning in which a document says what it is and how far it is up to date
_NOTES = 2
_STRETCH = 12  # characters before a date in which the year that a stretch begins with ends
_PLACEHOLDER = re.compile(r"^(?:untitled|document\d*|presentation\d*|microsoft word.*|.*\.(?:docx?|pptx?|xlsx?|pdf))$", re.IGNORECASE)

_PAPER = re.compile(  # what any paper to a meeting is headed
    r"(?:(?:confidential|public|open|cabinet|council|committee|board|panel|scrutiny|officer|report|paper|agenda|item|no|to|the|of|for|appendix"
    r"|annex|and|members|[A-Z]|\d+)\b\W*)+",
    re.IGNORECASE,
)


def describe(source: Source, blocks: tuple[Block, ...]) -> Document:
    """The document with its identity read from metadata, opening text and file name, in this order."""
    opening = [b.printed.flat for b in blocks[:_OPENING] if b.printed] + [b.table.caption for b in blocks if b.table and b.table.caption]
    title = _title(source, blocks)
    name = normalise(Path(source.name).stem)
    return Document(
        name=source.name,
        sha256=source.sha256,
        format=source.format,
        title=title,
        authority=authority_of(source, title, blocks),
        kind=_kind(title, name, opening),
        period=_position([title, *opening, *_headers(blocks), Path(source.name).stem.replace("-", " ")], blocks),
        pages=tuple(page.info for page in source.pages),
        blocks=blocks,
    )


def _title(source: Source, blocks: tuple[Block, ...]) -> str:
    if source.title and not _PLACEHOLDER.match(source.title) and not _is_file_name(source.title, source.name):
        return " ".join(source.title.split())
    headings = [b for b in blocks[:_OPENING] if b.kind == "heading" and b.printed.flat != b.place.sheet]
    headings = [b for b in headings if not only_names(b.printed.flat) and not _PAPER.fullmatch(b.printed.flat)] or headings
    if headings:  # "Sandwick Partnership" above "Accelerated Progress Plan": the one that says what it is
        return min(headings, key=lambda b: (not _says_what(b.printed.flat), b.level)).printed.flat
    return " ".join(re.split(r"[-_\s]+", Path(source.name).stem)).capitalize()


def _says_what(heading: str) -> bool:
    """Whether the first heading that does so says what kind of document it is."""
    return any(contains(normalise(heading), phrase) for phrases in vocabulary()["kinds"].values() for phrase in phrases)


def _is_file_name(title: str, name: str) -> bool:
    """Whether what a program wrote as the title is only the name of a file: "action-plan-jan-2025"."""
    return " " not in title.strip() and (normalise(title) == normalise(Path(name).stem) or bool(re.search(r"\w[-_]\w+[-_]\w", title)))


def _headers(blocks: tuple[Block, ...]) -> list[str]:
    """Column headers that say how far a table is up to date ("Progress at July 2015")."""
    return [c.title for b in blocks if b.table for c in b.table.columns if c.role in ("progress", "rag")]


def _kind(title: str, name: str, opening: list[str]) -> str:
    for text in (normalise(title), name, normalise(" ".join(opening[:4]))):
        for kind, phrases in vocabulary()["kinds"].items():
            if any(contains(text, phrase) for phrase in phrases):
                return kind
    return "document"


def latest_reported(texts: list[str]) -> str | None:
    """The period a document says it is up to date to; failing that, the period its title names.

    `texts` are the title first, then opening text and table headings. A point named both as quarter and as month is given as quarter.
    """
    cues = vocabulary()["position"]["words"]
    events = any_of(vocabulary()["position"]["events"])
    dated = [
        (
            text,
            [
                d.period
                for d in periods(text)
                if d.period
                and not re.search(rf"{events}\W*(?:(?:in|on|of|from)\s+)?$", text[: d.start], re.I)
                and not _life(text, d.start, d.end)
            ],
        )
        for text in texts
    ]
    said = [p for text, found in dated if any(contains(normalise(text), cue) for cue in cues) for p in found]
    candidates = said or next((found for _, found in dated if found), [])
    if not candidates:
        return None
    first = next((found for text, found in dated if found and (not said or any(contains(normalise(text), cue) for cue in cues))))
    if not any(map(_is_year, first)):  # "position at 31 December 2024" says more than the year of the budget below it
        candidates = [p for p in candidates if not any(_is_year(p) and p in _years_of(q) for q in first)]
    newest = max(candidates, key=lambda p: last_day(p))
    same = [p for p in candidates if last_day(p) == last_day(newest)]
    return next((p for p in same if "-Q" in p), None) or _quarter(newest, texts) or newest


def _life(text: str, start: int, end: int) -> bool:
    """Whether a date is a stretch from year to year, "January 2025 – December 2026": how long a plan runs says not how far it is told."""
    before = text[max(0, start - _STRETCH) : start]
    return bool(re.search(r"\d{4}\s*(?:[-–—]|to|until)\s*[A-Z]", text[start:end]) or re.search(r"\d{4}\s*(?:[-–—]|to|until)\s*$", before))


def _is_year(period: str) -> bool:
    return bool(re.fullmatch(r"\d{4}(?:/\d\d)?", period))


def _years_of(period: str) -> tuple[str, str]:
    """The calendar and the financial year in which a period ends."""
    return str(last_day(period).year), financial_year(last_day(period))


def _position(texts: list[str], blocks: tuple[Block, ...]) -> str | None:
    """How far a document is up to date: as it says; where it names no more than a year, as its progress notes show."""
    said = latest_reported(texts)
    return said if said and len(said) > len("2014") else _last_told(blocks) or said


def _last_told(blocks: tuple[Block, ...]) -> str | None:
    """The latest month in which, by two progress notes or more, something was done: how far a plan that does not say so is up to date."""
    told = Counter(
        last_day(d.period).isoformat()[:7]
        for block in blocks
        if block.table
        for row in block.table.rows
        if (cell := block.table.cell(row, "progress")) is not None
        for start, end in statements(cell.text)
        for d in periods(cell.text[start:end])
        if d.period and len(d.period) >= len("2025-01") and "/" not in d.period and _was(cell.text[start:end], d.start)
    )
    return max((month for month, notes in told.items() if notes >= _NOTES), default=None)


def _was(said: str, at: int) -> bool:
    """Whether a note says before a date that something was done then, and nothing that is still to be."""
    before = said[:at]
    planned = finder("targets", "wants").search(said) or dates_nothing(before) or re.search(r"\b(?:by|until|for|from)\s*$", before, re.I)
    return not planned and bool(re.search(r"\b(?:[a-z]{3,}ed|held|met|took|sent|began|given|written)\b", before, re.I))


def _quarter(period: str, texts: list[str]) -> str | None:
    """The financial quarter that ends with this month or day, where the texts speak of it by its number ("quarter 2, September 2025")."""
    end = last_day(period)
    number = ((end.month - 4) % 12) // 3 + 1
    if end.month % 3 or len(period) < len("2025-09") or "/" in period:
        return None
    named = any(re.search(rf"\b(?:q|quarter ?){number}\b", text, re.IGNORECASE) for text in texts)
    return f"{financial_year(end)}-Q{number}" if named else None
