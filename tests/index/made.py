"""Small handmade documents, records and chunks; the same arguments always make the same things."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.library import Library
from ingest.types import Action, Chunk, Commitment, Document, Extraction, Measure, PageInfo, Place, Record, Rejection

MEASURE = Measure(
    id="m",
    place=Place("plan.pdf", page=3, box=(10.0, 20.5, 30.0, 40.0), section="Visits"),
    quote="Visits within timescale 85%",
    measure="child protection visits within timescale",
    breakdown=None,
    kind="actual",
    value=85.0,
    value_high=None,
    value_text="85%",
    qualifier=None,
    unit="percent",
    period="2019/20-Q2",
    target=95.0,
    target_high=None,
    comparator=">=",
    target_period=None,
    target_quote="Target of 95%",
    status="off_target",
    rag="R",
    direction="up",
    action_id=None,
)
ACTION = Action(
    id="a",
    place=Place("plan.pdf", page=4, section="Workforce"),
    quote="Recruit social workers",
    ref="1.2",
    action="Recruit more social workers",
    lead="Head of Service, Été Team",
    start=None,
    due="December 2014",
    due_iso="2014-12",
    ongoing=None,
    progress=None,
    rag="A",
    direction=None,
    completed=False,
    success_measures=None,
    pages=(4, 5),
)
COMMITMENT = Commitment(
    id="c",
    place=Place("plan.pdf", page=5),
    quote="We will open a hub",
    commitment="We will open a family hub",
    by_when=None,
    owner=None,
    strength="explicit",
    action_id=None,
)


@dataclass(frozen=True)
class Made:
    """What `Library.add` takes."""

    document: Document
    extraction: Extraction
    chunks: tuple[Chunk, ...]
    original: bytes

    def into(self, library: Library) -> str:
        """Adds it."""
        return library.add(self.document, self.extraction, self.chunks, self.original)


def made(
    name: str = "plan.pdf",
    texts: Sequence[str] = ("Visits to children were late", "Social workers are hard to recruit"),
    records: Sequence[Record] = (MEASURE, ACTION, COMMITMENT),
    *,
    authority: str | None = "Northshire",
    period: str | None = "2019/20-Q2",
    version: str = "1",
) -> Made:
    """A document whose n-th chunk has the n-th text; its bytes follow from its name and version, the first chunk holds all records."""
    original = f"{name} {version}".encode()
    placed = [replace(record, place=replace(record.place, document=name)) for record in records]
    extraction = Extraction(
        measures=tuple(r for r in placed if isinstance(r, Measure)),
        actions=tuple(r for r in placed if isinstance(r, Action)),
        commitments=tuple(r for r in placed if isinstance(r, Commitment)),
        rejections=(Rejection(Place(name, page=2, box=(1.0, 2.0, 3.0, 4.0)), "n/a n/a", "no value"),),
        rows=len(placed) + 1,
    )
    document = Document(
        name=name,
        sha256=hashlib.sha256(original).hexdigest(),
        format="pdf",
        title=f"Title of {name}",
        authority=authority,
        kind="plan",
        period=period,
        pages=(PageInfo(1, "text", 595.0, 842.0, 1), PageInfo(2, "blank", note="nothing on it")),
        blocks=(),
    )
    held = tuple(record.id for record in placed)
    chunks = tuple(
        Chunk(f"{name}#{n}", Place(name, page=n + 1), "prose", text, f"Heading\n{text}", held if n == 0 else ())
        for n, text in enumerate(texts)
    )
    return Made(document, extraction, chunks, original)
