"""Plain text, including machine extractions of plans in which a table row is a line of tab-separated cells.

A form feed starts a new page. Tab-separated lines are tables; their cells carry neither boxes nor colours.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ingest.errors import EmptyFile
from ingest.layout.glyphs import plain, starts_with_bullet
from ingest.readers.blocks import Piece, Text, with_blocks
from ingest.readers.encoding import decoded, is_text
from ingest.readers.text_rows import Row, carried_down, heads_table, is_rule, parts_of
from ingest.source import Grid, Source, SourcePage
from ingest.types import Cell, Line, PageInfo, Printed
from ingest.vocabulary import normalise, vocabulary

FORMAT = "text"
SUFFIXES = (".txt", ".text")

_REPEATED = 3  # times from which a line is a page's running head
_HEADING = 120  # characters: a longer line is no heading
_WORDS = 9  # of a heading that nothing marks but its place
_UPPER = 3  # tab-separated lines in which a table's header stands, the upper lines of its header included
_GAP = 2  # lines of prose that may have strayed into a table
_ENDS = (".", "?", "!", ":", ";", ",")
_MARKUP = re.compile(r"</?(?:b|i|u|p|br|strong|em|sup|sub)\s*/?>", re.IGNORECASE)
_LATEX = {
    r"\Leftrightarrow": "⇔", r"\leftrightarrow": "↔", r"\iff": "⇔", r"\Uparrow": "⇑", r"\uparrow": "↑",
    r"\Downarrow": "⇓", r"\downarrow": "↓", r"\rightarrow": "→", r"\Rightarrow": "⇒",
}  # fmt: skip
_OTHER_LATEX = re.compile(r"\$\\[a-zA-Z]+(?:\{[^}]*\})*\$")


def accepts(data: bytes, suffix: str) -> bool:
    """Whether the bytes look like text, in any of the encodings that are told apart."""
    return is_text(data)


def read(path: Path, data: bytes, sha256: str) -> Source:
    """Read a text file. Raises EmptyFile where there is no text in it."""
    whole, note = decoded(data)
    texts = whole.split("\f")
    counts = Counter(line.strip() for text in texts for line in text.splitlines() if line.strip() and "\t" not in line)
    reader = _Reader({line for line, count in counts.items() if count >= _REPEATED})
    found = [list(reader.pieces(text, number)) for number, text in enumerate(texts, start=1)]
    if not any(found):
        raise EmptyFile(f"cannot read {path.name!r}: there is no text in it; export or copy it again")
    made = iter(with_blocks(path.name, [piece for pieces in found for piece in pieces]))
    pages = []
    for number, (text, pieces) in enumerate(zip(texts, found, strict=True), start=1):
        items = tuple(next(made) for _ in pieces)
        tables = sum(isinstance(item, Grid) for item in items)
        info = PageInfo(number, "text" if items else "blank", tables=tables, note=note if number == 1 else None)
        pages.append(SourcePage(info, text, items))
    return Source(path.name, sha256, FORMAT, tuple(pages))


def clean(text: str) -> str:
    """A cell or line without the mark-up that extraction programs leave; LaTeX arrows become the arrow."""
    for command, arrow in _LATEX.items():
        text = text.replace(command, arrow)
    text = _MARKUP.sub(" ", _OTHER_LATEX.sub(" ", text)).replace("**", "").replace("$", "")
    return " ".join(plain(text).split())


class _Reader:
    """Reads the pages of one file in order."""

    def __init__(self, running: set[str]) -> None:
        """`running` are the lines printed on page after page: they are said once."""
        self._running = running
        self._said: set[str] = set()
        self._headers: list[Row] = []
        self._begun = False

    def pieces(self, text: str, page: int) -> Iterator[Piece]:
        """Paragraphs, headings and tables of one page."""
        lines = [line for line in text.splitlines() if line.strip() and not is_rule(line) and not self._is_said(line.strip())]
        rows: list[Row] = []
        strayed: list[str] = []
        paragraph: list[str] = []
        for i, line in enumerate(lines):
            if "\t" in line:
                ahead = [_cells(other) for other in lines[i : i + _UPPER] if "\t" in other]
                yield from self._paragraph(paragraph, page, any(map(heads_table, ahead)))
                paragraph = []
                rows.append(_cells(line))
            elif rows and self._is_within(lines, i):
                strayed.append(line)
            else:
                yield from self._tables(rows, strayed, page)
                rows, strayed = [], []
                if paragraph and not _goes_on(paragraph[-1], line):
                    yield from self._paragraph(paragraph, page, _is_title(paragraph, line))
                    paragraph = []
                paragraph.append(line)
        yield from self._paragraph(paragraph, page)
        yield from self._tables(rows, strayed, page)

    def _is_said(self, line: str) -> bool:
        again = line in self._running and line in self._said
        self._said.add(line)
        return again

    def _is_within(self, lines: list[str], at: int) -> bool:
        """Whether a line of prose has strayed into a table: after one or two such lines the table goes on without a new header."""
        ahead = next((n for n in range(at, min(at + _GAP + 1, len(lines))) if "\t" in lines[n]), None)
        if ahead is None:
            return False
        return not heads_table(_cells(lines[ahead])) and not (ahead + 1 < len(lines) and heads_table(_cells(lines[ahead + 1])))

    def _paragraph(self, lines: list[str], page: int, heads: bool = False) -> Iterator[Text]:
        """A paragraph, or a heading: where it is marked as one, opens the file, or stands where a heading would (`heads`)."""
        if not lines:
            return
        said = clean(" ".join(line.strip() for line in lines))
        marked = re.match(r"#+\s+", said)
        level = marked.group().count("#") if marked else 0
        level = 1 if level and not self._begun else level
        said = said[marked.end() :] if marked else said
        if not level and _may_head(said):
            level = 1 if not self._begun else 2 if heads or said.isupper() else 0
        self._begun = True
        if said:
            yield Text(said, page, level=level)

    def _tables(self, rows: list[Row], strayed: list[str], page: int) -> Iterator[Piece]:
        """The tables in neighbouring rows, then the lines that strayed into them."""
        for part in parts_of(rows, self._headers):
            every = [part.header, *part.rows] if part.header else part.rows
            if every:
                yield _grid(page, every, carried_down(part) if part.numbered else set(), whole=part.numbered)
        for line in strayed:
            yield Text(clean(line), page)


def _cells(line: str) -> Row:
    return [clean(cell) for cell in line.split("\t")]


def _may_head(text: str) -> bool:
    """Whether a line can be a heading: short, a whole, and more than a bare label such as "Aim"."""
    label = normalise(text) in vocabulary()["bands"]["labels"]
    return 3 < len(text) <= _HEADING and not text.endswith(_ENDS) and not text[:1].islower() and not starts_with_bullet(text) and not label


def _is_title(lines: list[str], after: str) -> bool:
    """Whether a lone short line stands over a list, or over a long paragraph."""
    lone = len(lines) == 1 and len(lines[0].split()) <= _WORDS and not any(c.isdigit() for c in lines[0])
    listed = starts_with_bullet(after) or re.match(r"\s*\d{1,3}[.)]\s", after) is not None
    return lone and (listed or len(after) > 2 * _HEADING)


def _goes_on(before: str, line: str) -> bool:
    """Whether a line of prose is the rest of the one before it."""
    return line.strip()[:1].islower() and not before.rstrip().endswith(_ENDS) and not before.lstrip().startswith("#")


def _grid(page: int, rows: list[Row], carried: set[int], *, whole: bool) -> Grid:
    """The rows as a grid; in the columns that are `carried` down an empty cell is the one above it."""
    width = max(len(r) for r in rows)
    made: list[tuple[Cell, ...]] = []
    for row in rows:
        cells = [Cell(Printed((Line(t, page),) if t else ())) for t in row + [""] * (width - len(row))]
        if len(made) > 1:
            cells = [made[-1][i] if i in carried and not cell.printed else cell for i, cell in enumerate(cells)]
        made.append(tuple(cells))
    return Grid(page, None, tuple(made), whole=whole, header=int(whole))
