"""Markdown: headings, lists and pipe tables; emphasis, links and comments are taken off their text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ingest.errors import EmptyFile
from ingest.readers.blocks import Piece, Text, cell_lines, page_text, with_blocks
from ingest.readers.encoding import decoded, is_text
from ingest.source import Grid, Source, SourcePage
from ingest.types import Cell, PageInfo, Printed

FORMAT = "markdown"
SUFFIXES = (".md", ".markdown")

_RULE = re.compile(r"^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?\s*$")  # the line under the header of a pipe table
_HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_BULLET = re.compile(r"^\s*[-*+]\s+(.*)$")
_NUMBERED = re.compile(r"^\s*(\d{1,3})[.)]\s+(.*)$")
_FENCE = re.compile(r"^\s*(?:```|~~~)")
_UNDERLINE = re.compile(r"^ {0,3}(=+|-+)\s*$")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)


def accepts(data: bytes, suffix: str) -> bool:
    """Whether the bytes are text, and named or built as Markdown: a plain text with a ruled pipe table in it counts."""
    if not is_text(data):
        return False
    if suffix in SUFFIXES:
        return True
    return suffix in ("", ".txt", ".text") and any("|" in line and _RULE.match(line) for line in decoded(data)[0].splitlines())


def read(path: Path, data: bytes, sha256: str) -> Source:
    """Read Markdown as one page. Raises EmptyFile where there is no text in it."""
    text, note = decoded(data)
    front = _FRONT.match(text)
    title = re.search(r"^title:\s*[\"']?(.*?)[\"']?\s*$", front[1], re.MULTILINE) if front else None
    body = _COMMENT.sub("", text[front.end() :] if front else text)
    items = tuple(with_blocks(path.name, list(_pieces(body.replace("\f", "\n").splitlines()))))
    if not items:
        raise EmptyFile(f"cannot read {path.name!r}: there is no text in it; export or copy it again")
    tables = sum(isinstance(item, Grid) for item in items)
    page = SourcePage(PageInfo(1, "text", tables=tables, note=note), page_text(items), items)
    return Source(path.name, sha256, FORMAT, (page,), title=title[1] if title else None)


def _pieces(lines: list[str]) -> Iterator[Piece]:
    held: list[str] = []
    i = 0
    while i < len(lines):
        line = lines[i]
        piece, used = _piece(lines, i)
        if piece is not None or not line.strip() or _FENCE.match(line):
            yield from _paragraph(held)
            held = []
            if piece is not None:
                yield piece
        elif held and _UNDERLINE.match(line):
            yield Text(said(" ".join(held)), level=1 if "=" in line else 2)
            held = []
        else:
            held.append(line)
        i += used
    yield from _paragraph(held)


def _piece(lines: list[str], at: int) -> tuple[Piece | None, int]:
    """The heading, list item or table that begins at a line, and how many lines it takes."""
    line = lines[at]
    heading = _HEADING.match(line)
    if heading:
        return Text(said(heading[2]), level=len(heading[1])), 1
    if "|" in line and at + 1 < len(lines) and _RULE.match(lines[at + 1]):
        end = at + 2
        while end < len(lines) and "|" in lines[end] and lines[end].strip():
            end += 1
        return _table([line, *lines[at + 2 : end]]), end - at
    item = _BULLET.match(line) or _NUMBERED.match(line)
    if item is None or _UNDERLINE.match(line):
        return None, 1
    end = at + 1  # a line that is indented goes on with the item
    while end < len(lines) and re.match(r"^\s{2,}\S", lines[end]) and not (_BULLET.match(lines[end]) or _NUMBERED.match(lines[end])):
        end += 1
    text = said(" ".join([item[item.lastindex or 1], *(rest.strip() for rest in lines[at + 1 : end])]))
    return Text(text, bullet=item.lastindex == 1, number=item[1] if item.lastindex == 2 else None), end - at


def _paragraph(lines: list[str]) -> Iterator[Text]:
    """A paragraph; two spaces at a line's end break it."""
    if lines:
        raw = "".join(line.strip() + ("\n" if line.endswith("  ") else " ") for line in lines).strip()
        whole = re.fullmatch(r"(?:\*\*|__)(.+?)(?:\*\*|__)", raw)
        yield Text("\n".join(said(row) for row in raw.split("\n")), bold=whole is not None)


def _table(lines: list[str]) -> Grid:
    rows = [[c.replace("\\|", "|") for c in re.split(r"(?<!\\)\|", re.sub(r"^\||\|$", "", line.strip()))] for line in lines]
    width = max(len(row) for row in rows)
    cells = tuple(tuple(_cell(text) for text in [*row, *[""] * (width - len(row))]) for row in rows)
    return Grid(1, None, cells, whole=True, header=1)


def _cell(text: str) -> Cell:
    parts = [said(part) for part in re.split(r"<br\s*/?>", text)]
    return Cell(Printed(cell_lines([Text(part) for part in parts if part])))


def said(text: str) -> str:
    """The text as it is displayed, without Markdown's marks."""
    text = re.sub(r"!\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"(?<!\w)(\*\*\*|\*\*|\*|___|__|_|~~|`)(\S(?:.*?\S)?)\1(?!\w)", r"\2", text)
    text = re.sub(r"</?\w+[^>]*>", " ", text)
    return " ".join(re.sub(r"\\([\\`*_{}\[\]()#+\-.!|])", r"\1", text).split())
