"""Records as the contract's JSON objects (CONTRACT.md, "Records")."""

from __future__ import annotations

from dataclasses import fields

from ingest.types import Place, Record

_NOT_IN_CONTRACT = ("place", "pages")


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
    """A measure, action or commitment with its place flattened, in the contract's field names."""
    own = {f.name: getattr(record, f.name) for f in fields(record) if f.name not in _NOT_IN_CONTRACT}
    return {"id": own.pop("id"), **place_json(record.place), **own}
