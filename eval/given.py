"""An answer as it was given: the contract's JSON, read into types, so that what is scored is what other programs see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.types import REFUSALS
from eval.errors import EvalError
from eval.wording import flat

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class GivenRow:
    """A row of the answer's table, of whatever kind; None where its kind has no such field."""

    document: str
    page: int | None
    quote: str
    id: str | None = None
    measure: str | None = None
    breakdown: str | None = None
    value: float | None = None
    value_high: float | None = None
    unit: str | None = None
    period: str | None = None
    target: float | None = None
    target_high: float | None = None
    target_period: str | None = None
    status: str | None = None
    ref: str | None = None
    words: str = ""  # action or commitment
    said: str = ""  # every other text of the row
    citation: int | None = None

    @property
    def subject(self) -> str:
        """Measure and breakdown, as one text."""
        return f"{self.measure or ''} {self.breakdown or ''}".strip()


@dataclass(frozen=True, slots=True)
class GivenCitation:
    """A numbered source."""

    n: int
    document: str
    page: int | None
    quote: str
    cell: str | None = None
    record: str | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class GivenCoverage:
    """What a list was chosen from."""

    considered: int
    off_target: int
    on_target: int
    no_value: int
    undetermined: int
    documents_searched: int
    documents_silent: int


@dataclass(frozen=True)
class Given:
    """One answer. `outcome` is "missing" where there is none."""

    outcome: str = "missing"
    text: str = ""
    rows: tuple[GivenRow, ...] = ()
    count: float | None = None
    coverage: GivenCoverage | None = None
    citations: tuple[GivenCitation, ...] = ()
    conflicts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    query: Json = field(default_factory=dict)
    total_ms: float | None = None

    @property
    def refused(self) -> bool:
        """Whether it is a refusal. An answer that puts a false premise right is none, nor is a question back."""
        return self.outcome in REFUSALS


MISSING = Given()


def given(answer: Json) -> Given:
    """The answer of a contract's JSON object. EvalError names the field that is not in the contract's shape."""
    try:
        table = answer["table"]
        coverage = answer["coverage"]
        return Given(
            outcome=answer["outcome"],
            text=answer["text"],
            rows=tuple(given_row(row) for row in (table["rows"] if table else ())),
            count=answer["count"],
            coverage=_coverage(coverage) if coverage else None,
            citations=tuple(_citation(citation) for citation in answer["citations"]),
            conflicts=tuple(str(conflict) for conflict in answer["conflicts"]),
            notes=tuple(str(note) for note in answer["notes"]),
            query=answer["query"],
            total_ms=answer["timings_ms"].get("total"),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise EvalError(f"answer {answer.get('id')!r} is not in the contract's shape: {type(error).__name__} {error}") from None


def given_row(row: Json) -> GivenRow:
    """A table row, or a record, from the contract's fields."""
    text = " ".join(str(row[name]) for name in _TEXTS if row.get(name))
    return GivenRow(
        document=row["document"],
        page=row["page"],
        quote=flat(row.get("quote") or ""),
        id=row.get("id"),
        measure=row.get("measure"),
        breakdown=row.get("breakdown"),
        value=row.get("value"),
        value_high=row.get("value_high"),
        unit=row.get("unit"),
        period=row.get("period"),
        target=row.get("target"),
        target_high=row.get("target_high"),
        target_period=row.get("target_period"),
        status=row.get("status"),
        ref=row.get("ref"),
        words=row.get("action") or row.get("commitment") or "",
        said=text,
        citation=row.get("citation"),
    )


_TEXTS = (
    "value_text",
    "measure",
    "breakdown",
    "target_quote",
    "lead",
    "start",
    "due",
    "due_iso",
    "due_was",
    "progress",
    "by_when",
    "owner",
    "success_measures",
)


def _citation(citation: Json) -> GivenCitation:
    return GivenCitation(
        n=citation["n"],
        document=citation["document"],
        page=citation["page"],
        quote=flat(citation["quote"] or ""),
        cell=citation.get("cell"),
        record=citation.get("record"),
        title=citation.get("title") or "",
    )


def _coverage(coverage: Json) -> GivenCoverage:
    numbers = {name: coverage[name] for name in ("considered", "off_target", "on_target", "no_value", "undetermined", "documents_searched")}
    return GivenCoverage(**numbers, documents_silent=len(coverage["documents_silent"]))
