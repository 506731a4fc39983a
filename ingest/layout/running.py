"""Text that is printed again on every page: headers, footers and page numbers. Its first appearance stays, the rest is dropped."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace

from ingest.source import Source, SourcePage, TextLine

_FEWEST = 3  # pages on which a line must stand at the same height before it counts as running text
_PAGE_NUMBER = re.compile(r"^(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?$", re.IGNORECASE)
_LAST_NUMBER = re.compile(r"(?:\bpage\s*)?\b\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?$", re.IGNORECASE)
_EDGE = 0.12  # share of the page's height, at top and bottom, in which page numbers stand


def drop_running_text(source: Source) -> Source:
    """The source without repeated headers and footers and without page numbers."""
    seen: dict[tuple[str, int], set[int]] = defaultdict(set)
    for page in source.pages:
        for line in _lines(page):
            seen[_key(line, page)].add(page.info.number)
    first = {key: min(pages) for key, pages in seen.items() if len(pages) >= _FEWEST}
    pages = tuple(_without(page, first) for page in source.pages)
    return replace(source, pages=_footers_last(pages, first))


def _footers_last(pages: tuple[SourcePage, ...], first: dict[tuple[str, int], int]) -> tuple[SourcePage, ...]:
    """The footers that stay are moved to the end, in plain type: on their page they would stand between two halves of a sentence."""
    footers = [line for page in pages for line in _lines(page) if _key(line, page) in first and _at_foot(line, page)]
    kept = [replace(page, items=tuple(i for i in page.items if i not in footers)) for page in pages]
    if footers:
        plain = tuple(replace(line, size=0.0, bold=False) for line in footers)
        kept[-1] = replace(kept[-1], items=kept[-1].items + plain)
    return tuple(kept)


def _at_foot(line: TextLine, page: SourcePage) -> bool:
    return bool(line.box and page.info.height and line.box[1] > (1 - _EDGE) * page.info.height)


def _lines(page: SourcePage) -> list[TextLine]:
    return [item for item in page.items if isinstance(item, TextLine)]


def _key(line: TextLine, page: SourcePage) -> tuple[str, int]:
    """A line's text and its height on the page, in steps of four points. At the page's edges, a number at its end is a page number."""
    text = _LAST_NUMBER.sub("#", line.text) if _at_edge(line, page) else line.text
    return text, round((line.box or (0, 0, 0, 0))[1] / 4)


def _at_edge(line: TextLine, page: SourcePage) -> bool:
    if not line.box or not page.info.height:
        return False
    return line.box[1] < _EDGE * page.info.height or line.box[3] > (1 - _EDGE) * page.info.height


def _without(page: SourcePage, first: dict[tuple[str, int], int]) -> SourcePage:
    items = tuple(
        i
        for i in page.items
        if not (isinstance(i, TextLine) and (_is_number(i, page) or first.get(_key(i, page), page.info.number) < page.info.number))
    )
    return replace(page, items=items)


def _is_number(line: TextLine, page: SourcePage) -> bool:
    return bool(_PAGE_NUMBER.match(line.text)) and _at_edge(line, page)
