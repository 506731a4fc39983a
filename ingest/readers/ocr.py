"""Text recognition of page pictures with Debian's `tesseract-ocr`, through its command line. Nothing is downloaded.

The picture is set straight first; ruled tables are found in it, so that words go into cells as they do on any other page.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

import numpy as np
from PIL import Image

from ingest.layout.arrows import drawn_arrow
from ingest.layout.rulings import RuledTable, ruled_tables
from ingest.layout.words import Word, holds
from ingest.types import Box

PROGRAM = "tesseract"
_ODD = re.compile(r"(?:[{}|~^\\]\w)|(?:\w[{}|~^\\]\w)|\(cid:\d+\)|[\ufffd\ue000-\uefff]")
_GARBLED = 0.15  # share of such words
_RULES = re.compile(r"^[|_=~¦—]+|[|_=~¦—]+$")  # what is left of ruling lines is read as these
INSTALL = "install Debian's package tesseract-ocr (apt-get install tesseract-ocr) and ingest again"

_RESOLUTION = 200.0  # dots an inch at which type of eight points is read well
_MOST_PIXELS = 4000  # of a picture's longer side: pages of five metres are read coarsely, but read
_LONGEST = 1190  # points: a page longer than A3 is a drawing scaled up, and so is its type
_SECONDS = 50  # a page that takes longer is given up
_DOUBT = 60.0  # confidence (0 to 100) under which a word is doubtful
_SURE = 80.0  # confidence from which a letter or two in a cell are no arrow
_LIKE_ARROWS = ("4", "t", "f", "v", "+", "*")  # what an arrow is misread as with great confidence
_SIGN = 4  # characters that an arrow may be misread as
_NOISE = 25.0  # confidence under which a sign without letters or figures is a speck
_POOR = 55.0  # mean confidence under which a page may stand on its side
_ONE_SIZE = 0.22  # share by which measured heights of one type size differ
_TURN = 3.0  # degrees to either side that a page in a scanner may be askew
_BORDER = 1.2  # points to either side of a ruling line that are painted over
_PADDING = 9.0  # points between the cells that are read again
_TINY, _TALL = 3.0, 30.0  # points: ink that is lower is a speck, ink that is higher no lone line
_DARK = 110  # grey value of a cell under which its text is light


class OcrError(Exception):
    """A page could not be recognised; the message says why and what to do."""


@dataclass(frozen=True)
class Recognised:
    """What was read on a picture: words and tables in points of the page as displayed, and the picture they were read from.

    `picture` is the straightened picture (height, width, 3), with `scale` pixels a point; `turned` the degrees, clockwise, by which the
    page had to be turned to be read.
    """

    words: tuple[Word, ...]
    tables: tuple[RuledTable, ...]
    picture: np.ndarray
    scale: float
    turned: int = 0

    @property
    def note(self) -> str:
        """How sure the reading is, for people."""
        if not self.words:
            return "text recognition (OCR) found no text"
        sure = [w.confidence or 0.0 for w in self.words]
        doubtful = sum(c < _DOUBT for c in sure)
        return f"read by OCR, mean confidence {sum(sure) / len(sure):.0f} of 100, {doubtful} doubtful words"


def is_garbled(words: Sequence[Word]) -> bool:
    """Whether a text layer decodes to wrong characters: many words hold signs that no writing puts between letters."""
    long = [w.text for w in words if len(w.text) > 2]
    return bool(long) and sum(bool(_ODD.search(text)) for text in long) > _GARBLED * len(long)


def available() -> bool:
    """Whether the program is installed."""
    return shutil.which(PROGRAM) is not None


def scale_for(width: float, height: float) -> float:
    """Pixels a point at which a page of this size, in points, should be painted for recognition."""
    return min(_RESOLUTION / 72, _MOST_PIXELS / max(width, height, 1.0))


def recognise(picture: np.ndarray, scale: float) -> Recognised:
    """Words and ruled tables of a page's picture, an array (height, width, 3) with `scale` pixels a point.

    A page that reads badly is turned as the program advises and read again. Raises OcrError where the program fails.
    """
    found = _upright(Image.fromarray(picture), scale)
    sure = [w.confidence or 0.0 for w in found.words]
    if len(sure) > 3 and sum(sure) / len(sure) >= _POOR:
        return found
    turn = _advised_turn(Image.fromarray(picture))
    if not turn:
        return found
    turned = replace(_upright(Image.fromarray(picture).rotate(-turn, expand=True), scale), turned=turn)
    return turned if _weight(turned) > _weight(found) else found


def _weight(found: Recognised) -> float:
    return sum(w.confidence or 0.0 for w in found.words if len(w.text) > 2)


def _upright(image: Image.Image, scale: float) -> Recognised:
    grey = image.convert("L")
    angle = _skew(grey)
    if abs(angle) >= 0.05:
        image = image.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))
        grey = image.convert("L")
    values = np.asarray(grey)
    point = max(scale, max(image.size) / _LONGEST)
    tables = ruled_tables(values, point)
    readable = values.copy()
    for cell in (cell for table in tables for cell in table.cells):
        _clear(readable, cell, point)
    words = _words(_run(Image.fromarray(readable), "--psm", "11" if tables else "3", "-l", "eng", "tsv"))
    colours = np.asarray(image.convert("RGB"))
    words += _overlooked(words, readable, tables, point)
    words = _with_arrows(words, values, tables, point)
    in_points = [replace(w, box=_shrunk(w.box, scale), size=w.size / scale) for w in words]
    placed = tuple(RuledTable(_shrunk(t.box, scale), tuple(_shrunk(c, scale) for c in t.cells)) for t in tables)
    return Recognised(tuple(_one_size(in_points)), placed, colours, scale)


def _shrunk(box: Box, scale: float) -> Box:
    return (box[0] / scale, box[1] / scale, box[2] / scale, box[3] / scale)


def _skew(grey: Image.Image) -> float:
    """Degrees, counter-clockwise, by which the page must be turned for its lines to lie level: there the rows of ink are sharpest."""
    small = grey.resize((max(1, round(grey.width * 900 / max(grey.size))), max(1, round(grey.height * 900 / max(grey.size)))))
    ink = small.point(lambda v: 255 if v < 160 else 0)
    best = 0.0
    for step in (0.5, 0.1):
        reach = _TURN if step == 0.5 else 0.5
        angles = [best + i * step for i in range(-round(reach / step), round(reach / step) + 1)]
        best = max(angles, key=lambda a: (_sharpness(ink, a), -abs(a)))
    return best


def _sharpness(ink: Image.Image, angle: float) -> float:
    rows = np.asarray(ink.rotate(angle, resample=Image.Resampling.BILINEAR)).astype(np.float64).sum(axis=1)
    return float((np.diff(rows) ** 2).sum())


def _clear(grey: np.ndarray, cell: Box, point: float) -> None:
    """Make a cell readable: light text on a dark fill becomes dark on light, and the cell's borders are painted over."""
    x0, top, x1, bottom = (round(v) for v in cell)
    area = grey[top:bottom, x0:x1]
    if area.size and float(np.median(area)) < _DARK:
        grey[top:bottom, x0:x1] = 255 - area
    half = max(2, round(_BORDER * point))
    for y in (top, bottom):
        grey[max(y - half, 0) : y + half, max(x0 - half, 0) : x1 + half] = 255
    for x in (x0, x1):
        grey[max(top - half, 0) : bottom + half, max(x - half, 0) : x + half] = 255


def _run(image: Image.Image, *arguments: str) -> str:
    """What the program prints for a picture. Raises OcrError where it fails or takes too long."""
    held = io.BytesIO()
    image.save(held, "PNG", compress_level=1)
    try:
        command = ["env", "OMP_THREAD_LIMIT=1", PROGRAM, "stdin", "stdout", *arguments]  # its threads wait for each other on busy machines
        done = subprocess.run(command, input=held.getvalue(), capture_output=True, timeout=_SECONDS, check=True)
    except subprocess.TimeoutExpired as error:
        raise OcrError(
            f"text recognition (OCR) took longer than {_SECONDS} seconds; scan the page again, straight and without noise"
        ) from error
    except (subprocess.SubprocessError, OSError) as error:
        raise OcrError(f"text recognition (OCR) failed: {PROGRAM} ended with an error; {INSTALL}") from error
    return done.stdout.decode("utf-8", "replace")


def _words(table: str) -> list[Word]:
    """The words of tesseract's TSV output, with their confidence; specks are dropped."""
    out: list[Word] = []
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        text, sure = _RULES.sub("", (row.get("text") or "").strip()), float(row.get("conf") or -1)
        if row.get("level") != "5" or not text or sure < 0 or (sure < _NOISE and not any(c.isalnum() for c in text)):
            continue
        left, top, width, height = (float(row[name]) for name in ("left", "top", "width", "height"))
        out.append(Word(text, (left, top, left + width, top + height), height, confidence=sure))
    return out


def _advised_turn(image: Image.Image) -> int:
    """Degrees, clockwise, by which tesseract advises to turn the page; 0 where it cannot tell."""
    try:
        found = re.search(r"Rotate: (\d+)", _run(image, "--psm", "0", "-l", "osd"))
    except OcrError:
        return 0  # it ends with an error on pages with few letters
    return int(found[1]) if found else 0


def _one_size(words: list[Word]) -> list[Word]:
    """The words with measured heights taken as type sizes: those about as high as most are one size."""
    if not words:
        return []
    usual = median(w.size for w in words)
    return [replace(w, size=usual if abs(w.size - usual) <= _ONE_SIZE * usual or w.size < usual else w.size) for w in words]


def _with_arrows(words: list[Word], grey: np.ndarray, tables: list[RuledTable], point: float) -> list[Word]:
    """The words, with the arrows that stand alone in table cells in place of what they were misread as."""
    out = list(words)
    for cell in (c for table in tables for c in table.cells):
        inside = [w for w in out if holds(cell, w)]
        if sum(len(w.text) for w in inside) > _SIGN or any(_is_said(w) for w in inside):
            continue
        found = drawn_arrow(grey, cell, point)
        if found:
            out = [w for w in out if w not in inside]
            out.append(Word(found[0], found[1], found[1][3] - found[1][1], confidence=_DOUBT))
    return out


def _overlooked(words: list[Word], readable: np.ndarray, tables: list[RuledTable], point: float) -> list[Word]:
    """The words in cells that hold ink but gave none: a lone figure is easily overlooked. Such cells are read again, one above another."""
    pad = round(_PADDING * point)
    crops: list[tuple[int, Box, np.ndarray]] = []
    top = pad
    for cell in (c for table in tables for c in table.cells if not any(holds(c, w) for w in words)):
        x0, y0, x1, y1 = (round(v) for v in cell)
        area = readable[y0:y1, x0:x1]
        ys, xs = np.flatnonzero((area < _DARK).any(axis=1)), np.flatnonzero((area < _DARK).any(axis=0))
        if len(ys) and _TINY * point <= ys[-1] - ys[0] <= _TALL * point:
            inner = area[max(ys[0] - 3, 0) : ys[-1] + 4, max(xs[0] - 3, 0) : xs[-1] + 4]
            crops.append((top, (x0 + max(int(xs[0]) - 3, 0), y0 + max(int(ys[0]) - 3, 0), x1, y1), inner))
            top += inner.shape[0] + pad
    if not crops:
        return []
    sheet = np.full((top, max(c.shape[1] for _, _, c in crops) + 2 * pad), 255, np.uint8)
    for at, _, crop in crops:
        sheet[at : at + crop.shape[0], pad : pad + crop.shape[1]] = crop
    out: list[Word] = []
    for word in _words(_run(Image.fromarray(sheet), "--psm", "6", "-l", "eng", "tsv")):
        at, box, _ = max((c for c in crops if c[0] <= word.centre[1]), default=crops[0], key=lambda c: c[0])
        x, y = box[0] - pad, box[1] - at
        out.append(replace(word, box=(word.box[0] + x, word.box[1] + y, word.box[2] + x, word.box[3] + y)))
    return [w for w in out if (w.confidence or 0.0) >= _DOUBT]


def _is_said(word: Word) -> bool:
    """Whether a word is surely text: letters or figures, read well."""
    return any(c.isalnum() for c in word.text) and (word.confidence or 0.0) >= _SURE and word.text not in _LIKE_ARROWS
