"""Pages that are pictures: ruling lines, drawn arrows and text are recognised."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfgen.canvas import Canvas

from ingest.errors import EmptyFile
from ingest.layout.arrows import drawn_arrow
from ingest.layout.rulings import ruled_tables
from tests.ingest.read import document, ratings, tables, texts

SCALE = 200 / 72  # pixels a point
needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="needs Debian's package tesseract-ocr")

COLUMNS = (30, 60, 260, 340, 400, 460)
ROWS = (40, 70, 110, 150)
TEXTS = [
    ["No", "Action", "Lead", "RAG", "Trend"],
    ["11", "Visit every child weekly", "J Okafor", "", ""],
    ["12", "Write up the notes", "R Pryce", "", ""],
]


def scan(tilt: float = 0.0) -> Image.Image:
    """A scanned action plan: a ruled table with a dark header, coloured ratings and drawn arrows; the second row's lead is merged."""
    picture = Image.new("RGB", (1400, 600), "white")
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(size=30)

    def at(x: float, y: float) -> tuple[float, float]:
        return x * SCALE, y * SCALE

    for i, colour in enumerate(("#ff0000", "#00b050")):
        draw.rectangle((*at(COLUMNS[3], ROWS[1 + i]), *at(COLUMNS[4], ROWS[2 + i])), fill=colour)
    for y in ROWS:
        draw.line((*at(COLUMNS[0], y), *at(COLUMNS[-1], y)), fill="black", width=3)
    for x in COLUMNS:
        draw.line((*at(x, ROWS[0]), *at(x, ROWS[-1])), fill="black", width=3)
    for row, y in zip(TEXTS, ROWS, strict=False):
        for text, x in zip(row, COLUMNS, strict=False):
            draw.text(at(x + 4, y + 8), text, fill="black", font=font)
    for y, way in ((ROWS[1] + 18, 1), (ROWS[2] + 18, -1)):
        arrow(draw, at(COLUMNS[4] + 30, y), way)
    return picture.rotate(tilt, fillcolor="white", resample=Image.Resampling.BICUBIC)


def arrow(draw: ImageDraw.ImageDraw, centre: tuple[float, float], way: int) -> None:
    """A bold arrow that points down (1) or up (-1)."""
    x, y = centre
    draw.rectangle((x - 5, y - 22 * (way > 0) - 2 * (way < 0), x + 5, y + 2 * (way > 0) + 22 * (way < 0)), fill="black")
    draw.polygon([(x - 18, y), (x + 18, y), (x, y + 22 * way)], fill="black")


def as_pdf(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(picture.width / SCALE, picture.height / SCALE), invariant=1)
    canvas.drawInlineImage(picture, 0, 0, picture.width / SCALE, picture.height / SCALE)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_ruling_lines_make_cells() -> None:
    found = ruled_tables(np.asarray(scan().convert("L")), SCALE)

    assert len(found) == 1
    assert len(found[0].cells) == 15
    assert sorted({round(cell[0] / SCALE) for cell in found[0].cells}) == pytest.approx(COLUMNS[:-1], abs=1)


def test_a_merged_cell_is_one_box() -> None:
    picture = scan()
    x0, x1 = (round(COLUMNS[i] * SCALE) for i in (2, 3))
    y = round(ROWS[2] * SCALE)
    ImageDraw.Draw(picture).rectangle((x0 + 3, y - 3, x1 - 3, y + 3), fill="white")

    assert len(ruled_tables(np.asarray(picture.convert("L")), SCALE)[0].cells) == 14


def test_letters_are_no_tables() -> None:
    picture = Image.new("L", (900, 300), 255)
    ImageDraw.Draw(picture).text((20, 40), "HILLINGDON", fill=0, font=ImageFont.load_default(size=120))

    assert ruled_tables(np.asarray(picture), SCALE) == []


@pytest.mark.parametrize(("turn", "sign"), [(0, "↓"), (90, "→"), (180, "↑"), (270, "←")])
def test_drawn_arrows_point_somewhere(turn: int, sign: str) -> None:
    picture = Image.new("L", (200, 200), 255)
    arrow(ImageDraw.Draw(picture), (100, 95), 1)

    found = drawn_arrow(np.asarray(picture.rotate(turn, fillcolor=255)), (20.0, 20.0, 180.0, 180.0), SCALE)

    assert found is not None and found[0] == sign


@pytest.mark.parametrize("mark", ["blob", "bar", "nothing"])
def test_other_marks_are_no_arrows(mark: str) -> None:
    picture = Image.new("L", (200, 200), 255)
    if mark == "blob":
        ImageDraw.Draw(picture).ellipse((70, 70, 130, 130), fill=0)
    elif mark == "bar":
        ImageDraw.Draw(picture).rectangle((60, 95, 140, 105), fill=0)

    assert drawn_arrow(np.asarray(picture), (20.0, 20.0, 180.0, 180.0), SCALE) is None


@needs_tesseract
@pytest.mark.parametrize("tilt", [0.0, 1.2])
def test_a_scanned_plan_is_read_into_its_cells(tmp_path: Path, tilt: float) -> None:
    found = document(tmp_path, "scan.pdf", as_pdf(scan(tilt)))

    assert found.pages[0].status == "ocr"
    assert found.pages[0].note is not None and "confidence" in found.pages[0].note
    table = tables(found)[0]
    assert [row[:3] for row in texts(table)] == [row[:3] for row in TEXTS[1:]]
    assert ratings(table) == ["R", "G"]
    assert [row.cells[4].arrow if row.cells[4] else None for row in table.rows] == ["down", "up"]
    lead = table.rows[0].cells[2]
    assert lead is not None and all(line.confidence is not None and 0 <= line.confidence <= 100 for line in lead.printed.lines)


@needs_tesseract
def test_a_page_scanned_on_its_side_is_turned(tmp_path: Path) -> None:
    picture = Image.new("RGB", (1400, 900), "white")
    for i, line in enumerate(
        ["The board will meet every month.", "Visits to children are held on time.", "Placements are stable and close."]
    ):
        ImageDraw.Draw(picture).text((80, 100 + 80 * i), line, fill="black", font=ImageFont.load_default(size=40))

    found = document(tmp_path, "scan.pdf", as_pdf(picture.rotate(90, expand=True)))

    assert "Visits to children are held on time." in " ".join(block.printed.flat for block in found.blocks)


@needs_tesseract
def test_pictures_without_text_are_refused(tmp_path: Path) -> None:
    with pytest.raises(EmptyFile, match=r"scan\.pdf"):
        document(tmp_path, "scan.pdf", as_pdf(Image.new("RGB", (600, 400), "grey")))
