"""Page pictures: the frame is where the box says, what is cited keeps its colours, and what cannot be drawn says so."""

from __future__ import annotations

import io
from pathlib import Path

import pypdf
import pytest
from PIL import Image
from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from app.pictures import FRAME, SCALE, PictureError, page_picture
from app.sample import SAMPLE_PLANS
from ingest.readers import read_source
from ingest.source import Grid
from ingest.types import Box

WIDTH, HEIGHT = 800.0, 500.0
BOX: Box = (100, 50, 300, 90)  # of the displayed page
RED = (208, 0, 0)


def picture(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def at(image: Image.Image, x: float, y: float) -> tuple[int, ...]:
    """The colour at a point of the page."""
    colour = image.getpixel((round(x * SCALE), round(y * SCALE)))
    assert isinstance(colour, tuple)
    return colour


def red_page(path: Path, rotation: int = 0, origin: float = 0) -> Path:
    """A page that is displayed 800 points wide and 500 high, all red, however it is stored."""
    stored = (HEIGHT, WIDTH) if rotation % 180 else (WIDTH, HEIGHT)
    canvas = Canvas(str(path), pagesize=(stored[0] + origin, stored[1] + origin))
    canvas.setFillColor(HexColor("#d00000"))
    canvas.rect(0, 0, stored[0] + origin, stored[1] + origin, fill=1, stroke=0)
    canvas.save()
    writer = pypdf.PdfWriter(path)
    page = writer.pages[0]
    page.cropbox = pypdf.generic.RectangleObject((origin, origin, stored[0] + origin, stored[1] + origin))
    page.rotate(rotation)
    writer.write(path)
    return path


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("origin", [0, 40])
def test_the_box_is_framed_where_the_page_is_displayed(tmp_path: Path, rotation: int, origin: float) -> None:
    image = picture(page_picture(red_page(tmp_path / "page.pdf", rotation, origin), 1, [BOX]))
    assert image.size == (WIDTH * SCALE, HEIGHT * SCALE)
    x0, top, x1, bottom = BOX
    middle = ((x0 + x1) / 2, (top + bottom) / 2)
    assert at(image, *middle) == RED, "what is cited keeps its colour"
    edges = [(middle[0], top - 2), (middle[0], bottom + 2), (x0 - 2, middle[1]), (x1 + 2, middle[1])]
    assert [at(image, *edge) for edge in edges] == [FRAME] * 4
    around = [(middle[0], top - 10), (middle[0], bottom + 10), (x0 - 10, middle[1]), (x1 + 10, middle[1])]
    assert {at(image, *point) for point in around} == {at(image, 5, 5)}
    assert at(image, 5, 5)[0] < RED[0], "the rest is dimmed"


@pytest.mark.parametrize(("turned", "corner"), [(90, (HEIGHT - 5, 5)), (270, (5, WIDTH - 5))])
def test_a_page_read_on_its_side_is_shown_turned(tmp_path: Path, turned: int, corner: tuple[float, float]) -> None:
    path = tmp_path / "page.pdf"
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT))
    canvas.rect(0, HEIGHT - 20, 20, 20, fill=1)  # black at the top left, which goes round clockwise
    canvas.save()
    image = picture(page_picture(path, 1, [BOX], turned=turned))
    assert image.size == (HEIGHT * SCALE, WIDTH * SCALE)
    assert at(image, *corner) == (0, 0, 0)
    assert at(image, 200, 48) == FRAME, "boxes are on the page as it is shown"


def test_without_a_box_the_page_is_as_it_is(tmp_path: Path) -> None:
    assert picture(page_picture(red_page(tmp_path / "page.pdf"), 1)).getcolors() == [(int(WIDTH * SCALE * HEIGHT * SCALE), RED)]


def test_a_close_up_has_the_box_and_little_else(tmp_path: Path) -> None:
    path = red_page(tmp_path / "page.pdf")
    page, close = picture(page_picture(path, 1, [BOX])), picture(page_picture(path, 1, [BOX], close=True))
    cited = [sum(n for n, colour in image.getcolors(maxcolors=1 << 20) or () if colour == RED) for image in (page, close)]
    assert cited[0] == cited[1] > 0
    assert close.width < 0.75 * page.width and close.height < 0.5 * page.height


def test_a_wall_chart_does_not_fill_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "chart.pdf"
    canvas = Canvas(str(path), pagesize=(14400, 7200))
    canvas.showPage()
    canvas.save()
    chart = picture(page_picture(path, 1, [(7200, 3600, 9000, 4200)]))
    assert chart.size == (2400, 1200)
    assert chart.getpixel((1350, 650)) == (255, 255, 255), "what is cited, at a sixth of a pixel a point"
    assert chart.getpixel((1100, 650)) != (255, 255, 255)


@pytest.mark.parametrize("box", [(-50, -50, 20, 20), (780, 480, 900, 700), (900, 900, 950, 950), (10, 10, 10, 10), (300, 90, 100, 50)])
def test_boxes_at_and_over_the_edge_do_no_harm(tmp_path: Path, box: Box) -> None:
    for close in (False, True):
        assert picture(page_picture(red_page(tmp_path / "page.pdf"), 1, [box], close)).width > 0


def test_boxes_read_from_a_plan_lie_on_their_cells() -> None:
    plan = next(path for path in SAMPLE_PLANS if "improvement" in path.name)
    filled = [
        (page.info.number, cell)
        for page in read_source(plan).pages
        for grid in page.items
        if isinstance(grid, Grid)
        for row in grid.rows
        for cell in row
        if cell and cell.fill
    ]
    assert len(filled) > 20
    for number, cell in filled[:: max(len(filled) // 12, 1)]:
        (_, box), *_ = cell.boxes
        assert box
        inside = picture(page_picture(plan, number, [box])).crop(tuple(round(v * SCALE) for v in box))  # type: ignore[arg-type]
        commonest = max(inside.getcolors(maxcolors=1 << 20) or ())[1]
        assert isinstance(commonest, tuple)
        assert cell.fill == "#" + "".join(f"{v // 16 * 16:02x}" for v in commonest)


def test_a_page_that_is_not_there_is_named() -> None:
    with pytest.raises(PictureError, match=r"there is no page 99; the file has \d+$"):
        page_picture(SAMPLE_PLANS[0], 99)


def test_files_that_cannot_be_opened_are_named(tmp_path: Path) -> None:
    damaged = tmp_path / "plan.pdf"
    damaged.write_bytes(b"%PDF-1.7 and no more")
    for path in (damaged, tmp_path / "gone.pdf"):
        with pytest.raises(PictureError, match=rf"^{path.name}: the file cannot be opened") as raised:
            page_picture(path, 1)
        assert "\n" not in str(raised.value)
