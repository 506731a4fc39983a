"""The documents that answers are held against: which file a label's document is, and what stands on its pages."""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from eval.cases import Case
from eval.errors import DocumentsMissing
from index.library import Library
from ingest.json_form import record_json
from ingest.types import Chunk, Record


@dataclass(frozen=True)
class Sources:
    """What labels are held against.

    `files` is the file of each document id, `pages` what stands around each page (None: in the whole document), `titles` all names and
    titles, the longest first, `times` what periods the documents are for, `periods` when the figure of each measure is for, by its id.
    """

    files: Mapping[str, str]
    pages: Mapping[tuple[str, int | None], str]
    titles: tuple[str, ...] = ()
    times: str = ""
    periods: Mapping[str, str] = field(default_factory=dict)

    def same(self, wanted: str, document: str) -> bool:
        """Whether a file is the labelled document."""
        return self.files.get(wanted) == document

    def around(self, document: str, page: int | None) -> str:
        """What stands on a page and on those before and after it, which a row may run over; of the whole document for no page."""
        return self.pages.get((document, page), "")


def sources_of(library: Library, cases: Sequence[Case], named: Mapping[str, str], others: Iterable[str] = ()) -> Sources:
    """The sources of a library. DocumentsMissing names the documents of the cases, and of `others`, that the library does not hold.

    A document id is a file name without its ending, or stands for one in `named`.
    """
    held = {Path(entry.name).stem.lower(): entry.name for entry in library.documents()}
    wanted = sorted({*others, *(d for c in cases for d in c.documents), *(p.document for c in cases for e in c.evidence for p in e.places)})
    files = {id: held.get(named.get(id, id).lower()) or held.get(Path(id).stem.lower()) for id in wanted}
    missing = [f"{id} ({named[id]})" if id in named else id for id, file in files.items() if file is None]
    if missing:
        there = ", ".join(sorted(held.values())) or "nothing yet"
        raise DocumentsMissing(
            f"the questions need documents that the library does not hold: {', '.join(missing)}; it holds: {there}. "
            "Ingest them, or name the file of each id in a table | id | file | of SCHEMA.md beside the questions"
        )
    return Sources(
        files={id: file for id, file in files.items() if file},
        pages=_pages(library.chunks()),
        titles=tuple(sorted({t for e in library.documents() for t in (e.name, e.title) if t}, key=lambda t: (-len(t), t))),
        times=" ".join(entry.period or "" for entry in library.documents()),
        periods={m.id: f"{m.period or ''} {m.target_period or ''}" for m in library.measures()},
    )


def _pages(chunks: Iterable[Chunk]) -> dict[tuple[str, int | None], str]:
    by_page: dict[tuple[str, int | None], list[str]] = defaultdict(list)
    for chunk in chunks:
        page = chunk.place.page
        for near in (None, *((page - 1, page, page + 1) if page is not None else ())):
            by_page[chunk.place.document, near].append(f"{chunk.place.section or ''} {chunk.embedded} {chunk.text}")
    return {place: "\n".join(texts) for place, texts in by_page.items()}


def named_beside(folders: Iterable[Path]) -> dict[str, str]:
    """Document id → file name without ending, from the tables | doc id | file | of the folders' SCHEMA.md; the first counts."""
    found: dict[str, str] = {}
    for folder in folders:
        schema = folder / "SCHEMA.md"
        if schema.is_file():
            for id, file in re.findall(r"^\|\s*([\w.-]+)\s*\|\s*([\w.-]+)\s*\|", schema.read_text("utf-8"), re.MULTILINE):
                found.setdefault(id, file)
    return found


def fingerprint(library: Library) -> str:
    """A hash of everything the library holds that answers may draw on: documents, records and passages. Not of when it was made."""
    seen = hashlib.sha256()
    for entry in library.documents():
        seen.update(f"{entry.name} {entry.sha256}\n".encode())
    records: tuple[Record, ...] = (*library.measures(), *library.actions(), *library.commitments())
    for record in records:
        seen.update(json.dumps(record_json(record), sort_keys=True).encode())
    for chunk in library.chunks():
        seen.update(f"{chunk.id} {chunk.embedded}\n{chunk.text}\n".encode())
    return seen.hexdigest()
