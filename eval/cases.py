"""A labelled question: what was asked, what a right answer holds, and where the documents say so.

Field meanings: `SCHEMA.md` of the gold labels. Added here: several accepted outcomes of a refusal, `set` (paraphrases of one question),
`must_not_say`, `query` (fields that a right understanding has), `page` and `cell` of evidence and other places that serve as well (`or`).
"""

from __future__ import annotations

from dataclasses import dataclass, field

Scalar = str | float | bool


@dataclass(frozen=True, slots=True)
class Figure:
    """A number the answer must state. `unit` and `period` are None where the label does not say: then they are not scored."""

    label: str
    value: float
    unit: str | None = None
    period: str | None = None


@dataclass(frozen=True, slots=True)
class WantedRow:
    """A row of a set answer. `value` is None for a target without a figure."""

    measure: str
    value: float | None
    breakdown: str | None = None
    unit: str | None = None
    target: float | None = None
    period: str | None = None

    @property
    def subject(self) -> str:
        """Measure and breakdown, as one text."""
        return f"{self.measure} {self.breakdown or ''}".strip()


@dataclass(frozen=True, slots=True)
class Rows:
    """A set of measures. `complete`: exactly these; `optional` ones are tolerated besides."""

    rows: tuple[WantedRow, ...]
    optional: tuple[WantedRow, ...] = ()
    complete: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """Numbers the answer must state."""

    values: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class ActionSet:
    """A set of actions, each "document id/number" or "document id/first words"."""

    refs: tuple[str, ...]
    optional: tuple[str, ...] = ()
    complete: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """A number of things, to be set in `count` and said in the text."""

    value: float
    of: str


@dataclass(frozen=True, slots=True)
class Statements:
    """Of each group at least one text must be said."""

    groups: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Not to be answered. `outcomes` are the types that say why; empty where the label names none."""

    why: str
    outcomes: tuple[str, ...] = ()


Expected = Rows | Figures | ActionSet | Count | Statements | Refusal


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage that a right answer cites: document id, verbatim quote, page and cell where labelled. Any of `others` serves as well."""

    document: str
    quote: str
    page: int | None = None
    cell: str | None = None
    others: tuple[Evidence, ...] = ()

    @property
    def places(self) -> tuple[Evidence, ...]:
        """The passage itself and those that serve as well."""
        return (self, *self.others)


@dataclass(frozen=True, slots=True)
class Case:
    """One labelled question. `history` are the earlier questions, oldest first; `line` is its line in the file."""

    id: str
    persona: str
    type: str
    question: str
    expected: Expected
    history: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    must_not_say: tuple[str, ...] = ()
    understood: dict[str, tuple[Scalar, ...]] = field(default_factory=dict)
    set: str | None = None
    line: int = 0

    @property
    def refused(self) -> bool:
        """Whether the right answer is a refusal."""
        return isinstance(self.expected, Refusal)
