"""The texts of text boxes and shapes drawn on a workbook's sheets, which openpyxl does not keep."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator, Mapping

from lxml import etree

from ingest.readers.drawing import A

_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_SHEET_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"


def drawn_texts(package: bytes) -> Mapping[str, tuple[str, ...]]:
    """Sheet name → the texts of its shapes, in the order in which they were drawn."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        names = set(archive.namelist())
        book = "xl/workbook.xml"
        if book not in names:
            return {}
        parts = _related(archive, names, book)
        sheets = {s.get("name", ""): parts.get(s.get(_ID, ""), "") for s in _parsed(archive.read(book)).iter(f"{_MAIN}sheet")}
        return {name: tuple(_texts(archive, names, part)) for name, part in sheets.items() if part in names}


def _texts(archive: zipfile.ZipFile, names: set[str], sheet: str) -> Iterator[str]:
    for part in _related(archive, names, sheet).values():
        if "/drawings/" in part and part.endswith(".xml") and part in names:
            for body in _parsed(archive.read(part)).iter(f"{_SHEET_DRAWING}txBody"):
                lines = ["".join(t.text or "" for t in p.iter(f"{A}t")).strip() for p in body.iter(f"{A}p")]
                if any(lines):
                    yield "\n".join(line for line in lines if line)


def _related(archive: zipfile.ZipFile, names: set[str], part: str) -> dict[str, str]:
    """Relation id → the part of the package it points at."""
    folder, name = posixpath.split(part)
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in names:
        return {}
    found = _parsed(archive.read(relations)).iter(_RELATIONS)
    return {r.get("Id", ""): posixpath.normpath(posixpath.join("/", folder, r.get("Target", ""))).lstrip("/") for r in found}


def _parsed(part: bytes) -> etree._Element:
    return etree.fromstring(part, etree.XMLParser(resolve_entities=False))
