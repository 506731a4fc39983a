"""A page of a PDF as a picture, with the cited places boxed: the proof beside a quote."""

from __future__ import annotations

import io
import threading
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw

from app.errors import AppError
from ingest.types import Box, union

SCALE = 2.0  # pixels a point: an A4 page is 1684 pixels long, readable when enlarged to the whole screen
LONGEST = 2400  # pixels of the longer side: A3 at that scale; a wall chart is drawn smaller, or it would fill the memory
AROUND = (150.0, 90.0)  # points to the sides of, and above and below, the boxes that a close-up shows: the row and its neighbours
DIMMED = 0.86  # brightness left to the page around the boxes: they stand out without a colour laid over a coloured rating
FRAME = (106, 27, 209)  # violet, because red, amber, green and blue mean something in plans
HALO = (255, 255, 255)  # parts the frame from dark fills
MARGIN = 1.0  # points left free around a cited box
LINE = 1.5  # thickness of the frame in points

_ONE_AT_A_TIME = threading.Lock()  # pdfium may not be entered by two threads, and every session of the chat is one


class PictureError(AppError):
    """The page cannot be drawn; the message says which and why."""


def page_picture(pdf: Path, page: int, boxes: Sequence[Box] = (), close: bool = False, turned: int = 0) -> bytes:
    """PNG of the page (counted from 1) as displayed, with a frame around each box; `close` cuts it to what is around the boxes.

    Two pixels a point, fewer for a page so large that it would have more than 2,400 on a side.
    The page is shown `turned` by so many degrees clockwise, for text that lies on its side. Boxes are in points of the page as it is
    shown, origin top left; what reaches over its edge is cut.
    PictureError where the file cannot be opened or has no such page.
    """
    picture, scale = _painted(pdf, page, turned)
    if boxes:
        picture = _framed(picture, [_pixels(box, picture, scale) for box in boxes], max(round(LINE * scale), 1))
    if boxes and close:
        x0, top, x1, bottom = union(list(boxes)) or boxes[0]
        picture = picture.crop(_pixels((x0 - AROUND[0], top - AROUND[1], x1 + AROUND[0], bottom + AROUND[1]), picture, scale))
    out = io.BytesIO()
    picture.save(out, format="PNG", compress_level=4)
    return out.getvalue()


def _painted(pdf: Path, page: int, turned: int) -> tuple[Image.Image, float]:
    """The page, and how many pixels a point has in it."""
    with _ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except (pypdfium2.PdfiumError, OSError) as error:
            raise PictureError(f"{pdf.name}: the file cannot be opened to draw page {page} ({error}); ingest the document again") from None
        try:
            if not 1 <= page <= len(document):
                raise PictureError(f"{pdf.name}: there is no page {page}; the file has {len(document)}")
            document.init_forms()  # so that what is typed into form fields is drawn too
            opened = document[page - 1]
            scale = min(SCALE, LONGEST / max(opened.get_size()))
            return opened.render(scale=scale, rotation=turned).to_pil().convert("RGB"), scale
        except pypdfium2.PdfiumError as error:
            raise PictureError(f"{pdf.name}: page {page} cannot be drawn ({error})") from None
        finally:
            document.close()


def _pixels(box: Box, picture: Image.Image, scale: float) -> tuple[int, int, int, int]:
    """The box with its margin in whole pixels inside the picture, at least one line thick."""
    x0, top, x1, bottom = (round(v * scale) for v in (box[0] - MARGIN, box[1] - MARGIN, box[2] + MARGIN, box[3] + MARGIN))
    x0, top = min(max(x0, 0), picture.width - 2), min(max(top, 0), picture.height - 2)
    return x0, top, min(max(x1, x0 + 1), picture.width - 1), min(max(bottom, top + 1), picture.height - 1)


def _framed(picture: Image.Image, boxes: list[tuple[int, int, int, int]], thick: int) -> Image.Image:
    out = picture.point([round(v * DIMMED) for v in range(256)] * 3)
    for box in boxes:
        out.paste(picture.crop(box), box)
    pen = ImageDraw.Draw(out)
    for x0, top, x1, bottom in boxes:
        pen.rectangle((x0 - thick - 1, top - thick - 1, x1 + thick + 1, bottom + thick + 1), outline=HALO, width=1)
        pen.rectangle((x0 - thick, top - thick, x1 + thick, bottom + thick), outline=FRAME, width=thick)
    return out
