"""PDF files drawn for a test, with ruled tables, fills and merged cells."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

RowSpec = list[tuple[str, str | None]]  # (text, fill or None) per cell


def drawn(*pages: Callable[[Canvas], None], rotate: int = 0, password: str | None = None) -> bytes:
    """A landscape A4 PDF with one call a page."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=landscape(A4), invariant=1, encrypt=password)
    for page in pages:
        if rotate:
            canvas.setPageRotation(rotate)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def table(rows: list[RowSpec], widths: list[float], top: float = 500, height: float = 40) -> Callable[[Canvas], None]:
    """A page with one ruled table; the text of a cell is wrapped by hand with newlines."""

    def page(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        y = top
        for row in rows:
            x = 40.0
            for (text, fill), width in zip(row, widths, strict=True):
                _cell(canvas, text, fill, (x, y - height, width, height))
                x += width
            y -= height

    return page


def _cell(canvas: Canvas, text: str, fill: str | None, box: tuple[float, float, float, float]) -> None:
    x, y, width, height = box
    if fill:
        canvas.setFillColor(HexColor(fill))
        canvas.rect(x, y, width, height, fill=1, stroke=0)
        canvas.setFillColor(HexColor("#000000"))
    canvas.rect(x, y, width, height, fill=0, stroke=1)
    for i, line in enumerate(text.split("\n")):
        canvas.drawString(x + 3, y + height - 11 - 11 * i, line)


def words(*lines: str, size: float = 11) -> Callable[[Canvas], None]:
    """A page of text lines."""

    def page(canvas: Any) -> None:
        canvas.setFont("Helvetica", size)
        for i, line in enumerate(lines):
            canvas.drawString(40, 500 - 16 * i, line)

    return page


def nothing(canvas: Canvas) -> None:
    """A blank page."""


def picture(canvas: Canvas) -> None:
    """A page that is only a picture of words, as a scanner makes it."""
    scan = Image.new("RGB", (900, 300), "white")
    ImageDraw.Draw(scan).text((60, 110), "We will visit every child", fill="black", font=ImageFont.load_default(size=60))
    canvas.drawInlineImage(scan, 40, 200, width=700, height=233)


def placed(*texts: tuple[float, float, str, bool], size: float = 9) -> Callable[[Canvas], None]:
    """A page of texts, each at its x and its distance from the top, in bold or not."""

    def page(canvas: Canvas) -> None:
        for x, top, text, bold in texts:
            canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
            canvas.drawString(x, A4[0] - top, text)

    return page
