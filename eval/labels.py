"""Labelled records: what a document's tables and prose say, as hand-made labels in the format of SCHEMA.md."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.errors import CaseInvalid
from eval.fields import Fields, json_lines

# A record with any of these marks may be read or not: it is scored neither way.
OPTIONAL = ("context", "same_as", "duplicate_of", "marginal", "non_numeric", "directional_only", "superseded", "disputable")


@dataclass(frozen=True, slots=True)
class MeasureLabel:
    """A labelled measure; None where the document does not say."""

    id: str
    document: str
    measure: str
    breakdown: str | None
    kind: str
    value: float | None
    unit: str | None
    period: str | None
    periods: tuple[str | None, ...]
    target: float | None
    target_high: float | None
    status: str | None
    rag: str | None
    direction: str | None
    page: int | None
    quote: str
    optional: bool


@dataclass(frozen=True, slots=True)
class ActionLabel:
    """A labelled action; None where the document does not say."""

    id: str
    document: str
    ref: str | None
    section: str | None
    action: str
    lead: str | None
    due_iso: str | None
    progress: str | None
    rag: str | None
    direction: str | None
    page: int | None


@dataclass(frozen=True, slots=True)
class CommitmentLabel:
    """A labelled statement of intent."""

    id: str
    document: str
    commitment: str
    strength: str


@dataclass(frozen=True, slots=True)
class ConflictLabel:
    """Two labelled statements that cannot both be right, with the value each gives as it is printed, without its unit.

    Of labels that are not `certain` the two may be of different things: to list one is no fault, to leave it out none either.
    """

    id: str
    measure: str
    certain: bool
    documents: tuple[str, str]
    values: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Labels:
    """All labelled records of a set."""

    measures: tuple[MeasureLabel, ...] = ()
    actions: tuple[ActionLabel, ...] = ()
    commitments: tuple[CommitmentLabel, ...] = ()
    conflicts: tuple[ConflictLabel, ...] = ()

    @property
    def documents(self) -> set[str]:
        """The ids of the documents that are labelled."""
        found: tuple[MeasureLabel | ActionLabel | CommitmentLabel, ...] = (*self.measures, *self.actions, *self.commitments)
        return {label.document for label in found} | {document for label in self.conflicts for document in label.documents}


def read_labels(folder: Path) -> Labels:
    """The labels in a folder: `measures*.jsonl`, and the same for actions, commitments and conflicts. CaseInvalid names line and field."""

    def lines(kind: str) -> Sequence[Fields]:
        return [found for path in sorted(folder.glob(f"{kind}*.jsonl")) for _, found in json_lines(path)]

    return Labels(
        tuple(_measure(found) for found in lines("measures")),
        tuple(_action(found) for found in lines("actions")),
        tuple(_commitment(found) for found in lines("commitments")),
        tuple(_conflict(found) for found in lines("conflicts")),
    )


def _measure(found: Fields) -> MeasureLabel:
    return MeasureLabel(
        id=found.text("id"),
        document=found.text("doc"),
        measure=found.text("measure"),
        breakdown=found.text_or_none("breakdown"),
        kind=found.one_of("kind", ("actual", "target_only", "benchmark")),
        value=found.number_or_none("value"),
        unit=found.text_or_none("unit"),
        period=found.text_or_none("period"),
        periods=_alternatives(found),
        target=found.number_or_none("target"),
        target_high=found.number_or_none("target_high"),
        status=found.text_or_none("status"),
        rag=found.text_or_none("rag"),
        direction=found.text_or_none("direction"),
        page=found.page("page"),
        quote=found.text("quote"),
        optional=any(found.found.get(name) for name in OPTIONAL),
    )


def _alternatives(found: Fields) -> tuple[str | None, ...]:
    """Other acceptable periods; null is "no period"."""
    value = found.found.get("period_alt") or []
    if not isinstance(value, list) or not all(item is None or isinstance(item, str) for item in value):
        raise found.wrong("period_alt", "a list of texts or nulls")
    return tuple(value)


def _action(found: Fields) -> ActionLabel:
    action = found.text_or_none("action") or found.text_or_none("progress")
    if action is None:
        raise CaseInvalid(f"{found.where}, field 'action': a text is expected")
    return ActionLabel(
        id=found.text("id"),
        document=found.text("doc"),
        ref=str(found.found["ref"]) if found.has("ref") else None,
        section=found.found.get("section") or None,
        action=action,
        lead=found.found.get("lead") or None,
        due_iso=found.found.get("due_iso") or None,
        progress=found.found.get("progress") or None,
        rag=found.found.get("rag") or None,
        direction=found.found.get("direction") or None,
        page=found.page("page"),
    )


def _commitment(found: Fields) -> CommitmentLabel:
    return CommitmentLabel(found.text("id"), found.text("doc"), found.text("commitment"), found.text_or_none("strength") or "explicit")


def _conflict(found: Fields) -> ConflictLabel:
    sides = (found.inner("a"), found.inner("b"))
    return ConflictLabel(
        id=found.text("id"),
        measure=found.text("measure"),
        certain=found.flag("certain"),
        documents=(sides[0].text("doc"), sides[1].text("doc")),
        values=(sides[0].shown("value"), sides[1].shown("value")),
    )
