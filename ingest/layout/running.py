"""Text that is printed again on every page: headers, footers and page numbers. Its first appearance stays, the rest is dropped."""

from __future__ import annotations

import re
from collections import defaultdict

from ingest.readers.types import Source, SourcePage, TextLine

_FEWEST = 3  # pages on which a line must stand at the same height before it counts as running text
_PAGE_NUMBER = re.compile(r"^(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?$", re.IGNORECASE)
_EDGE = 0.12  # share of the page's height, at top and bottom, in which page numbers stand


def drop_running_text(source: Source) -> Source:
    """The source without repeated headers and footers and without page numbers."""
    seen: dict[tuple[str, int], set[int]] = defaultdict(set)
    for page in source.pages:
        for line in _lines(page):
            seen[_key(line)].add(page.info.number)
    first = {key: min(pages) for key, pages in seen.items() if len(pages) >= _FEWEST}
    pages = tuple(_without(page, first) for page in source.pages)
    return Source(source.name, source.sha256, source.format, pages, source.title, source.author, source.outline)


def _lines(page: SourcePage) -> list[TextLine]:
    return [item for item in page.items if isinstance(item, TextLine)]


def _key(line: TextLine) -> tuple[str, int]:
    """A line's text without digits (page numbers count on) and its height on the page, in steps of four points."""
    return re.sub(r"\d+", "#", line.text), round((line.box or (0, 0, 0, 0))[1] / 4)


def _without(page: SourcePage, first: dict[tuple[str, int], int]) -> SourcePage:
    items = tuple(
        i
        for i in page.items
        if not (isinstance(i, TextLine) and (_is_number(i, page) or first.get(_key(i), page.info.number) < page.info.number))
    )
    return SourcePage(page.info, page.text, items)


def _is_number(line: TextLine, page: SourcePage) -> bool:
    if not _PAGE_NUMBER.match(line.text) or not line.box or not page.info.height:
        return False
    return line.box[1] < _EDGE * page.info.height or line.box[3] > (1 - _EDGE) * page.info.height
