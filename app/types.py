"""A question understood, and its answer: the shapes that the contract's JSON is printed from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from index.changes import Change
from index.measure_names import Names
from index.types import DocumentEntry, Filter, Hit
from ingest.types import Action, Box, Chunk, Commitment, Measure, Place, Record

Outcome = Literal[
    "answered",
    "needs_clarification",
    "false_premise",
    "not_in_documents",
    "measure_not_found",
    "period_not_reported",
    "not_comparable",
    "unreadable_source",
    "out_of_scope",
]
REFUSALS: tuple[Outcome, ...] = (
    "not_in_documents",
    "measure_not_found",
    "period_not_reported",
    "not_comparable",
    "unreadable_source",
    "out_of_scope",
)


@dataclass(frozen=True, slots=True)
class Correction:
    """What the asker put in the place of what was understood; None leaves a field as it was understood.

    `topic` are words as typed, `periods` contract forms ("2019/20-Q2"); empty takes the condition away.
    """

    topic: str | None = None
    periods: tuple[str, ...] | None = None
    authorities: tuple[str, ...] | None = None
    documents: tuple[str, ...] | None = None
    statuses: tuple[str, ...] | None = None
    rags: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Question:
    """What was asked, after the user's earlier questions (oldest first).

    `corrections` has one entry for each earlier question and a last one for this, None where nothing was corrected; empty for none at all.
    """

    text: str
    history: tuple[str, ...] = ()
    id: str | None = None
    corrections: tuple[Correction | None, ...] = ()


@dataclass(frozen=True)
class Citation:
    """One numbered source of an answer: `n` counts from 1 in the order of first use; `quote` is verbatim."""

    n: int
    document: str
    title: str
    page: int | None
    quote: str
    box: Box | None
    record: str | None = None
    sheet: str | None = None
    cell: str | None = None
    corrected: tuple[str, ...] = ()  # what was set right by hand in the records that stand in the quote, which is as printed


@dataclass(frozen=True)
class Line:
    """One row of the answer's table: the record and the number of its citation."""

    record: Measure | Action | Commitment
    citation: int


@dataclass(frozen=True)
class TableOfRecords:
    """The deterministic table: all rows are of one kind."""

    kind: Literal["measures", "actions", "commitments"]
    rows: tuple[Line, ...]


@dataclass(frozen=True)
class Coverage:
    """A list's denominator: considered = off_target + on_target + no_value + undetermined."""

    considered: int = 0
    off_target: int = 0
    on_target: int = 0
    no_value: int = 0
    undetermined: int = 0
    documents_searched: int = 0
    documents_silent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of months, both ends included, counted as year * 12 + month - 1; `label` is how a reader would say it."""

    first: int
    last: int
    label: str
    whole: bool = False  # a year, season or range: anything that ends inside it is meant


@dataclass(frozen=True)
class Query:
    """What was understood; every field can be shown to the asker and corrected.

    `intent` names the kind (see app/kinds). `topic` are the content words in the documents' own terms, `facets` the same
    split where the question lists several things. Numbers are in the unit of the measures they are compared with.
    """

    intent: str
    topic: tuple[str, ...] = ()
    facets: tuple[tuple[str, ...], ...] = ()
    authority: str | None = None
    authorities: tuple[str, ...] = ()  # all that are named and held
    documents: tuple[str, ...] = ()
    sides: tuple[tuple[str, ...], ...] = ()  # the documents of each that the question names, where it names several
    periods: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    period_text: str | None = None
    statuses: tuple[str, ...] = ()
    rags: tuple[str, ...] = ()
    lead: str | None = None
    shared: bool | None = None  # actions that several lead together; False: that one leads alone
    refs: tuple[str, ...] = ()
    part: str | None = None  # "aim 6": the numbered part of a plan that is meant
    pages: tuple[int, ...] = ()  # "on page 4": the pages that are meant
    heading: str | None = None  # "in the MASH section": words of the heading or table that is meant
    apart: tuple[str, ...] = ()  # "not counting housing": terms of what a list leaves out
    unread: tuple[str, ...] = ()  # words of the question that no measure knows and that were left aside
    completed: bool | None = None  # actions that are, or are not, complete
    states: tuple[str, ...] = ()  # how the actions stand, in a document's status words or the field's: "stuck", "not on track"
    other_than: tuple[str, ...] = ()  # ids of the actions that the asker knows of already
    called: tuple[str, ...] = ()  # what the documents call the actions asked for: "milestone", "saving"
    was_due: tuple[str, ...] = ()  # of actions put back: first and last month, as YYYY-MM, in which they were first due
    now_due: tuple[str, ...] = ()  # and in which they are due now
    absent: tuple[str, ...] = ()  # fields that the actions leave empty: "lead", "due", "progress", "rag"
    due_after: str | None = None
    due_before: str | None = None
    unit: str | None = None
    above: float | None = None
    below: float | None = None
    inclusive: bool = False  # "85 or more", "at most 60"
    target: float | None = None
    target_side: str = "="  # "=", ">=", ">", "<=", "<": how a measure's target stands to `target`
    margin: float | None = None
    margin_high: float | None = None  # "by 5 to 10 points": the upper end
    margin_above: bool = True  # missed (or, with status "on_target", beaten) by `margin` or more; otherwise by less
    loose: str | None = None  # "nowhere near": words that `margin` is a reading of
    order: str | None = None
    moved: str | None = None  # "better", "worse", "same", "up", "down": a list of the measures that moved so, by `margin` where it is set
    versus: str | None = None  # "worse", "better", "above" or "below": a list of the measures that stand so beside `others`
    others: tuple[str, ...] = ()  # benchmarks as documents print their names: "SN", "England 2024-25"
    good: str | None = None  # "high" or "low": a list of the measures that are better so
    limit: int | None = None
    wanted: tuple[str, ...] = ()
    premise: str | None = None  # "missed" | "met" | "fell" | "rose": what the question takes for granted
    unknown: tuple[str, ...] = ()  # names in the question that the library knows nothing of
    ignored: tuple[str, ...] = ()  # instructions in the question that were not followed
    counted: tuple[str, ...] = ()  # what "how many" asks the number of, where the question says more before it
    context: tuple[str, ...] = ()  # the earlier question's subject, where this one adds to it
    inherited: tuple[str, ...] = ()  # fields taken from the earlier question
    framing: tuple[str, ...] = ()  # terms that name no subject: verbs, adjectives of manner, nouns that only frame another
    spelt: tuple[tuple[str, str], ...] = ()  # (term, the asker's own word) of the terms that are no concepts, to be said again

    @property
    def conditioned(self) -> bool:
        """Whether it sets any condition on actions besides its topic."""
        placed = self.refs or self.lead or self.shared is not None or self.part or self.heading or self.pages or self.absent
        dated = self.due_before or self.due_after or "redated" in self.wanted
        return bool(placed or dated or self.rags or self.statuses or self.states) or self.completed is not None


@dataclass(frozen=True)
class Source:
    """Where a statement comes from: a verbatim quote with its place, and the record it was read into, if any."""

    quote: str
    place: Place
    record: str | None = None


@dataclass(frozen=True)
class Step:
    """A commitment as one document has it, with what changed since the document before; `citation` is set in the answer."""

    record: Action | Commitment
    changes: tuple[Change, ...] = ()
    citation: int | None = None


@dataclass(frozen=True)
class Thread:
    """One commitment through the plans, oldest first; `silent` are later plans on its subject and time that do not mention it."""

    steps: tuple[Step, ...]
    silent: tuple[str, ...] = ()


@dataclass(frozen=True)
class Derived:
    """A number that no document prints, with how it was worked out: a count of listed things, or a difference of two printed values."""

    value: float
    how: Literal["count", "difference"]
    of: tuple[float, ...] = ()  # the two values of a difference


@dataclass(frozen=True)
class Statement:
    """One sentence of an answer: its words without markers, what it stands on, and the numbers worked out for it."""

    text: str
    records: tuple[Record, ...] = ()
    sources: tuple[Source, ...] = ()
    derived: tuple[Derived, ...] = ()
    changes: tuple[Change, ...] = ()  # of the commitments cited, that the sentence tells of


@dataclass(frozen=True)
class Draft:
    """What a kind of question composes; the engine numbers the citations and checks every statement. The first is the headline."""

    outcome: Outcome
    statements: tuple[Statement, ...]
    rows: tuple[Record, ...] = ()
    count: int | None = None
    coverage: Coverage | None = None
    conflicts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    timeline: tuple[Thread, ...] = ()


@dataclass(frozen=True)
class Answer:
    """The whole answer; `text` starts with `headline` and carries [n] markers. Field meanings: CONTRACT.md, "Answer"."""

    question: Question
    outcome: Outcome
    headline: str
    text: str
    query: Query
    table: TableOfRecords | None = None
    count: int | None = None
    coverage: Coverage | None = None
    citations: tuple[Citation, ...] = ()
    conflicts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    model: str | None = None
    timings_ms: dict[str, float] = field(default_factory=dict)
    timeline: tuple[Thread, ...] = ()


class Library(Protocol):
    """What asking needs of a library; `index.library.Library` has it."""

    @property
    def generation(self) -> int:
        """A number that is another after each change to the library."""
        ...

    def documents(self) -> list[DocumentEntry]: ...

    def measures(self, wanted: Filter) -> list[Measure]: ...

    def actions(self, wanted: Filter) -> list[Action]: ...

    def commitments(self, wanted: Filter) -> list[Commitment]: ...

    def search(self, text: str, limit: int, *, documents: Sequence[str] | None = None) -> list[Hit]:
        """Passages best first, by words and meaning; `documents` names the files to stay within."""
        ...

    def chunks(self, document: str | None = None) -> list[Chunk]:
        """A document's passages, or all, in reading order."""
        ...

    def measure_names(self) -> Names:
        """What all measures are called, as vectors."""
        ...
