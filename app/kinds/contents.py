"""What a document is made up of: its priorities, aims, work streams or sections, in order, and how much stands under each."""

from __future__ import annotations

from collections.abc import Sequence

from app.evidence.desk import Desk
from app.evidence.figures import documents_for
from app.evidence.types import Evidence
from app.evidence.under import labels_in
from app.kinds.actions import searched
from app.kinds.types import Kind
from app.kinds.wording import listing, plural, statement
from app.types import Derived, Draft, Query, Question, Source, Statement
from ingest.types import Place, Record

_MOST = 40  # headings listed of one document
_NEARLY = 0.9  # share of a document's records from which a heading over them is no part of it


def gather(query: Query, question: Question, desk: Desk) -> Evidence | None:
    """None where no document asked about has a heading over what it sets out."""
    return Evidence() if any(_parts(name, query, desk) for name in documents_for(query, desk)) else None


def _parts(name: str, query: Query, desk: Desk) -> list[Source]:
    """The headings of a document in reading order, each where it first stands: those called as asked, else the numbered ones, else all."""
    title = (desk.title(name), name)
    first: dict[str, Place] = {}
    for chunk in desk.passages:
        if chunk.place.document == name:
            for heading in desk.above(chunk):
                first.setdefault(heading, chunk.place)
    held = desk.heads.get(name, frozenset()) or frozenset(first)
    listed = [h for h in first if h in held and h not in title]
    called = set(query.wanted)
    labelled = [h for h in listed if labels_in(frozenset({h}))]
    asked = [h for h in labelled if any(word in called for word, _ in labels_in(frozenset({h})))]
    parts = [h for h in listed if not _over_all(h, name, desk)] or listed
    chosen = asked or (labelled if len(labelled) > 1 else []) or parts
    return [Source(h, Place(name, first[h].page, section=h, sheet=first[h].sheet)) for h in chosen]


def _over_all(heading: str, name: str, desk: Desk) -> bool:
    """True for a heading that nearly all of a document stands under: its title on the page, and no part of it."""
    held: Sequence[Record] = [m.record for m in desk.measures] + [a.record for a in desk.actions]
    own = [r for r in held if r.place.document == name]
    return sum(heading in desk.headings(r) for r in own) > _NEARLY * len(own)


def compose(query: Query, evidence: Evidence, desk: Desk) -> Draft:
    """For each document how many parts it has, then each with the measures and actions under it."""
    names = documents_for(query, desk)
    held = {e.name: parts for e in desk.entries if e.name in names and (parts := _parts(e.name, query, desk))}
    lines: list[Statement] = []
    for name, parts in held.items():
        text = f"{desk.title(name)} has {plural(len(parts), *_words(parts))}."
        lines.append(statement(text, derived=[Derived(float(len(parts)), "count")]))
        lines += [_line(part, desk) for part in parts[:_MOST]]
    return Draft("answered", tuple(lines), count=sum(map(len, held.values())), coverage=searched(query, set(held), desk))


def _words(parts: Sequence[Source]) -> tuple[str, str]:
    """What one part and several are called where all are called the same, else "part"."""
    words = {word for p in parts for word, _ in labels_in(frozenset({p.quote}))}
    word = words.pop() if len(words) == 1 else "part"
    word = "work stream" if word == "workstream" else word
    return word, word[:-1] + "ies" if word.endswith("y") else word + "s"


def _line(part: Source, desk: Desk) -> Statement:
    """A heading in the document's words, with how much stands under it."""
    own = part.place.document
    measures = sum(part.quote in desk.headings(m.record) for m in desk.measures if m.record.place.document == own)
    actions = sum(part.quote in desk.headings(a.record) for a in desk.actions if a.record.place.document == own)
    counts = [(n, word) for n, word in ((measures, "measure"), (actions, "action")) if n]
    told = f": {listing([plural(n, word) for n, word in counts])}." if counts else "."
    return statement(f"- “{part.quote}”{told}", sources=[part], derived=[Derived(float(n), "count") for n, _ in counts])


KIND = Kind("contents", "What a plan is made up of", ("What are the priorities of the plan?",), gather, compose, instead="explain")
