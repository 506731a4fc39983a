"""PDF files are read as they look, and refused in one line when they cannot be."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from ingest.errors import EmptyFile, EncryptedFile, FileMissing, IngestError, UnreadableFile, UnsupportedFormat
from ingest.layout.assemble import assemble
from ingest.readers import read_source
from ingest.source import Grid, TextLine
from tests.ingest.drawn import RowSpec, drawn, nothing, picture, placed, table, words

WIDTHS = [60.0, 200.0, 120.0, 100.0, 60.0]
HEAD: RowSpec = [("Ref", None), ("Action", None), ("Lead", None), ("Progress", None), ("RAG", None)]


def write(folder: Path, data: bytes, name: str = "plan.pdf") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_fills_are_the_colours_as_painted(tmp_path: Path) -> None:
    rows = [
        HEAD,
        [("1", None), ("Visit weekly", None), ("AB", None), ("85%", None), ("", "#FF0000")],
        [("2", None), ("Write up", None), ("CD", None), ("92%", None), ("", "#00B050")],
    ]

    document = assemble(read_source(write(tmp_path, drawn(table(rows, WIDTHS)))))

    found = document.blocks[0].table
    assert found is not None
    assert [row.cells[4].rating if row.cells[4] else None for row in found.rows] == ["R", "G"]
    assert [row.cells[1].printed.flat if row.cells[1] else None for row in found.rows] == ["Visit weekly", "Write up"]


def test_rotated_page_reads_as_displayed(tmp_path: Path) -> None:
    rows: list[RowSpec] = [HEAD, [("1", None), ("Visit weekly", None), ("AB", None), ("85%", None), ("", "#FF0000")]]

    source = read_source(write(tmp_path, drawn(table(rows, WIDTHS), rotate=180)))

    assert source.pages[0].info.status == "text"
    assert any(isinstance(item, Grid) for item in source.pages[0].items)


def test_author_breaks_are_kept_and_wraps_are_not(tmp_path: Path) -> None:
    rows: list[RowSpec] = [
        HEAD,
        [
            ("1", None),
            ("Initial conferences are held within the\ntimescale", None),
            ("AB", None),
            ("ICPC: 79%\nRCPC: 100%", None),
            ("", None),
        ],
    ]

    found = assemble(read_source(write(tmp_path, drawn(table(rows, [60, 158, 120, 100, 60]))))).blocks[0].table

    assert found is not None
    row = found.rows[0]
    assert row.cells[1] is not None and row.cells[1].text == "Initial conferences are held within the timescale"
    assert row.cells[3] is not None and row.cells[3].text == "ICPC: 79%\nRCPC: 100%"


def test_every_page_has_a_status(tmp_path: Path) -> None:
    source = read_source(write(tmp_path, drawn(words("We will visit."), nothing, picture)))

    seen = "ocr" if shutil.which("tesseract") else "needs_ocr"
    assert [page.info.status for page in source.pages] == ["text", "blank", seen]


def test_running_headers_and_page_numbers_are_said_once(tmp_path: Path) -> None:
    numbers = ("one", "two", "three")
    pages = [placed((40, 30, "Improvement plan 2025", False), (40, 200, f"Sentence number {n} stands here.", False)) for n in numbers]

    document = assemble(read_source(write(tmp_path, drawn(*pages))))

    text = " ".join(block.printed.flat for block in document.blocks)
    assert text.count("Improvement plan 2025") == 1
    assert all(f"number {n}" in text for n in numbers)


REFUSED = [
    ("missing.pdf", None, FileMissing),
    ("empty.pdf", b"", EmptyFile),
    ("locked.pdf", drawn(words("secret"), password="x"), EncryptedFile),
    ("cut.pdf", drawn(words("short"))[:300], UnreadableFile),
    ("notes.pdf", b"just some text, no PDF at all\n" * 5, UnreadableFile),
    ("plan.docx", b"PK\x03\x04" + b"x" * 200, UnreadableFile),
    ("plan.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 200, UnsupportedFormat),
    ("photo.png", b"\x89PNG\r\n" + b"\0" * 50, UnsupportedFormat),
]


@pytest.mark.parametrize(("name", "data", "error"), REFUSED, ids=[r[0] for r in REFUSED])
def test_refusals_name_the_file_and_a_remedy_in_one_line(tmp_path: Path, name: str, data: bytes | None, error: type[IngestError]) -> None:
    if data is not None:
        write(tmp_path, data, name)

    with pytest.raises(error) as caught:
        read_source(tmp_path / name)

    said = str(caught.value)
    assert name in said
    assert "\n" not in said
    assert re.search(r"; .*(check|export|save|copy|scan|open)", said)


def in_layers(data: bytes, hidden: bool, rotate: int) -> bytes:
    """The PDF with the text that its content marks as `/OC /Draft` in a layer that is switched off or on, its pages rotated."""
    writer = PdfWriter(clone_from=io.BytesIO(data))
    layer = writer._add_object(DictionaryObject({NameObject("/Type"): NameObject("/OCG"), NameObject("/Name"): TextStringObject("Draft")}))
    states = DictionaryObject({NameObject("/OFF"): ArrayObject([layer] if hidden else []), NameObject("/BaseState"): NameObject("/ON")})
    properties = DictionaryObject({NameObject("/OCGs"): ArrayObject([layer]), NameObject("/D"): states})
    writer.root_object[NameObject("/OCProperties")] = properties
    for page in writer.pages:
        page.rotate(rotate)
        resources = page["/Resources"].get_object()
        resources[NameObject("/Properties")] = DictionaryObject({NameObject("/Draft"): layer})  # type: ignore[index]
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def form(*, degrees: int) -> Callable[[Canvas], None]:
    """A page with two labels, a form field beside each and a line in a layer; all of it turned on the paper by 0, 90 or -90 degrees."""

    def page(canvas: Any) -> None:
        width, height = landscape(A4)
        fields = []
        for label, typed, y in (("Lead officer", "Ann Archer", 300.0), ("Due date", "31 March 2026", 250.0)):
            fields.append((typed, 150.0, y - 4, 200.0, 16.0))
            canvas.saveState()
            _turn(canvas, degrees, width, height)
            canvas.drawString(40, y, label)
            canvas.restoreState()
        canvas.saveState()
        _turn(canvas, degrees, width, height)
        canvas._code.append("/OC /Draft BDC")
        canvas.drawString(40, 200, "Withdrawn wording")
        canvas._code.append("EMC")
        canvas.drawString(40, 150, "Agreed wording")
        canvas.restoreState()
        for typed, x, y, w, h in fields:
            if degrees == 90:
                x, y, w, h = width - y - h, x, h, w
            elif degrees == -90:
                x, y, w, h = y, height - x - w, h, w
            canvas.acroForm.textfield(value=typed, x=x, y=y, width=w, height=h, borderWidth=0)

    return page


def _turn(canvas: Canvas, degrees: int, width: float, height: float) -> None:
    if degrees:
        canvas.translate(*((width, 0) if degrees == 90 else (0, height)))
        canvas.rotate(degrees)


@pytest.mark.parametrize(("degrees", "rotate"), [(0, 0), (0, 90), (0, 270), (90, 0), (90, 90), (90, 180), (-90, 0), (-90, 270), (-90, 180)])
def test_typed_values_stand_beside_their_labels_and_hidden_layers_are_left_out(tmp_path: Path, degrees: int, rotate: int) -> None:
    data = drawn(form(degrees=degrees))

    for hidden in (True, False):
        page = read_source(write(tmp_path, in_layers(data, hidden, rotate))).pages[0]
        found = [item.text for item in page.items if isinstance(item, TextLine)]
        draft = [] if hidden else ["Withdrawn wording"]
        assert found == ["Lead officer Ann Archer", "Due date 31 March 2026", *draft, "Agreed wording"]
