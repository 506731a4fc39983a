"""What was set right by hand, in words: beside a record, in lists and in exports. Every text is plain text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from ingest.types import Correction, CorrectionState

FIELD: Mapping[str, str] = {
    "measure": "name",
    "action": "name",
    "commitment": "name",
    "target_period": "target date",
    "rag": "rating",
    "direction": "arrow",
    "ref": "number",
    "completed": "complete",
    "success_measures": "how it will be known",
}
STATE: Mapping[CorrectionState, str] = {
    "applied": "applied",
    "superseded": "superseded by a later one",
    "settled": "no longer needed: the document is now read so",
    "changed": "not applied: the document is now read otherwise",
    "gone": "not applied: the record is no longer there",
    "unclear": "not applied: several records could be meant",
    "undone": "undone",
}
WAITING: frozenset[CorrectionState] = frozenset({"changed", "gone", "unclear"})  # for a person to look at


def field_name(field: str) -> str:
    """A field of a record as readers know it."""
    return FIELD.get(field, field.replace("_", " "))


def correction_words(c: Correction) -> str:
    """What was read, what it is now, who says so, when and why, in one line."""
    day = date.fromisoformat(c.at[:10])
    when = f"{day.day} {day:%B %Y}"
    if c.field is None:
        return f"confirmed as it was read by {c.by}, {when} ({c.why})"
    now, read = c.value or "nothing", c.read or "nothing"
    return f"{field_name(c.field)} corrected by hand to “{now}”, read as “{read}” ({c.by}, {when}: {c.why})"


def corrections_words(corrections: Iterable[Correction]) -> str | None:
    """All corrections of a record in one line; None for none."""
    return "; ".join(correction_words(c) for c in corrections) or None
