"""What a document is: title, authority, kind and the period its current figures are for."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from ingest.language.period import Dated, dates_nothing, financial_year, last_day, periods
from ingest.language.sentences import statements
from ingest.language.words import any_of, finder
from ingest.layout.authority import authority_of, only_names
from ingest.source import Source
from ingest.types import Block, Document
from ingest.vocabulary import contains, normalise, vocabulary

_OPENING = 12  # blocks at the beginning in which a document says what it is and how far it is up to date
_NOTES = 2
_APRIL_TO_MARCH = re.compile(r"\b(?:1(?:st)? )?April (20\d\d) (?:to|until|[-–]) (?:31(?:st)? )?March (20\d\d)\b", re.I)
_TITLE = 12  # words; a longer line is no title
_NEAR = 80  # characters before a day in which the paper says whether it is one of a meeting
_STRETCH = 12  # characters before a date in which the year that a stretch begins with ends
_PLACEHOLDER = re.compile(r"^(?:untitled|document\d*|presentation\d*|microsoft word.*|.*\.(?:docx?|pptx?|xlsx?|pdf))$", re.IGNORECASE)
_TO_FILL = re.compile(
    r"\b(?:NAME|DATE|TITLE)\b|<[^<>]*>"
)  # what a template leaves to fill in: "LA NAME - inspection report - INSPECTION DATE"

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
        period=_position([title, *opening], [*_headers(blocks), Path(source.name).stem.replace("-", " ")], blocks),
        pages=tuple(page.info for page in source.pages),
        blocks=blocks,
    )


def _title(source: Source, blocks: tuple[Block, ...]) -> str:
    if (
        source.title
        and not _PLACEHOLDER.match(source.title)
        and not _TO_FILL.search(source.title)
        and not _is_file_name(source.title, source.name)
    ):
        return " ".join(source.title.split())
    headings = [b for b in blocks[:_OPENING] if b.kind == "heading" and b.printed.flat != b.place.sheet]
    headings = [b for b in headings if not only_names(b.printed.flat) and not _PAPER.fullmatch(b.printed.flat)] or headings
    if (told := _below_the_name(blocks, headings)) is not None:
        return told
    if headings:  # "Sandwick Partnership" above "Accelerated Progress Plan": the one that says what it is
        return min(headings, key=lambda b: (not _says_what(b.printed.flat), b.level)).printed.flat
    return " ".join(re.split(r"[-_\s]+", Path(source.name).stem)).capitalize()


def _below_the_name(blocks: tuple[Block, ...], headings: list[Block]) -> str | None:
    """The line of a title page that says what a document is, where no heading does: it stands as plain text below the council's name."""
    if any(_says_what(h.printed.flat) for h in headings):
        return None
    for block in blocks[:_OPENING]:
        text = block.printed.flat
        if block.kind == "heading" and not only_names(text):
            return None  # the text has begun
        if block.kind == "paragraph" and len(text.split()) <= _TITLE and not text.endswith((".", ":", ";")) and _says_what(text):
            return text
    return None


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
    texts = [_in_years(text) for text in texts]
    dated = [
        (
            text,
            [
                d
                for d in periods(text)
                if d.period
                and not re.search(rf"{events}\W*(?:(?:in|on|of|from)\s+)?$", text[: d.start], re.I)
                and not _life(text, d.start, d.end)
            ],
        )
        for text in texts
    ]
    telling = [(text, found) for text, found in dated if any(contains(normalise(text), cue) for cue in cues)]
    if any(not _met(text, d) for text, found in telling for d in found):  # what was said there was written for a later meeting
        telling = dated = [(text, [d for d in found if not _met(text, d)]) for text, found in telling]
    said = [d.period for _, found in telling for d in found if d.period]
    candidates = said or next(([d.period for d in found if d.period] for _, found in dated if found), [])
    if not candidates:
        return None
    first = [d.period for d in next(found for _, found in (telling if said else dated) if found) if d.period]
    if not any(map(_is_year, first)):  # "position at 31 December 2024" says more than the year of the budget below it
        candidates = [p for p in candidates if not any(_is_year(p) and p in _years_of(q) for q in first)]
    newest = max(candidates, key=lambda p: last_day(p))
    same = [p for p in candidates if last_day(p) == last_day(newest)]
    return next((p for p in same if "-Q" in p), None) or _quarter(newest, texts) or newest


def _in_years(text: str) -> str:
    """A text with a stretch from April to March as the financial year that it is."""
    return _APRIL_TO_MARCH.sub(lambda m: f"{m[1]}/{m[2][2:]}" if int(m[2]) == int(m[1]) + 1 else m[0], text)


def _says_position(texts: list[str]) -> bool:
    """Whether one of the texts says on what day its figures are taken: "Position at 31 March 2025"."""
    return any(
        re.search(rf"\b{re.escape(cue)}\b\W*(?:the\s+)?(?:end\s+of\s+)?$", normalise(text[: d.start]))
        for text in texts
        for d in periods(text)
        if d.period and len(d.period) == len("2025-03-31")
        for cue in ("position at", "position as at", "position on", "position", "as at", "data to", "figures to", "figures at")
    )


def _life(text: str, start: int, end: int) -> bool:
    """Whether a date is a stretch from year to year, "January 2025 – December 2026": how long a plan runs says not how far it is told."""
    before = text[max(0, start - _STRETCH) : start]
    return bool(re.search(r"\d{4}\s*(?:[-–—]|to|until)\s*[A-Z]", text[start:end]) or re.search(r"\d{4}\s*(?:[-–—]|to|until)\s*$", before))


def _met(text: str, dated: Dated) -> bool:
    """Whether a day is that of a meeting: the nearest words before it that tell speak of one, and not of how far the document tells."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", dated.period or ""):
        return False
    before = normalise(text[max(0, dated.start - _NEAR) : dated.start])
    last = {
        name: max(((m.end(), len(w)) for w in words for m in re.finditer(rf"\b{w}\b", before)), default=None) for name, words in _told_by()
    }
    return last["meetings"] is not None and (last["words"] is None or last["meetings"] > last["words"])


def _told_by() -> tuple[tuple[str, tuple[str, ...]], ...]:
    section = vocabulary()["position"]
    return ("meetings", section["meetings"]), ("words", section["words"])


def _is_year(period: str) -> bool:
    return bool(re.fullmatch(r"\d{4}(?:/\d\d)?", period))


def _years_of(period: str) -> tuple[str, str]:
    """The calendar and the financial year in which a period ends."""
    return str(last_day(period).year), financial_year(last_day(period))


def _position(opening: list[str], headers: list[str], blocks: tuple[Block, ...]) -> str | None:
    """How far a document is up to date: as its opening says, else its table heads; where it names no more than a year, as its progress
    notes show."""
    said = latest_reported(opening) if _says_position(opening) else latest_reported([*opening, *headers])
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
