"""Records as the contract's JSON objects (CONTRACT.md, "Records")."""

from __future__ import annotations

from dataclasses import fields

from ingest.types import Place, Record

_NOT_IN_CONTRACT = ("place", "pages", "corrected")
_SAID = ("number", "field", "read", "value", "by", "at", "why")  # of a correction


def place_json(place: Place) -> dict[str, object]:
    """document, page, sheet, box, cell and section, None where they do not apply."""
    return {
        "document": place.document,
        "page": place.page,
        "sheet": place.sheet,
        "box": list(place.box) if place.box else None,
        "cell": place.cell,
        "section": place.section,
    }


def record_json(record: Record) -> dict[str, object]:
    """A measure, action or commitment with its place flattened, in the contract's field names.

    `corrected` is null, or lists the fields that were set right by hand: {"number", "field", "read", "value", "by", "at", "why"}.
    """
    own = {f.name: getattr(record, f.name) for f in fields(record) if f.name not in _NOT_IN_CONTRACT}
    corrected = [{name: getattr(correction, name) for name in _SAID} for correction in record.corrected]
    return {"id": own.pop("id"), **place_json(record.place), **own, "corrected": corrected or None}
