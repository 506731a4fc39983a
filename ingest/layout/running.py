"""Text that is printed again on every page: headers, footers and page numbers. Its first appearance stays, the rest is dropped."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import replace

from ingest.source import Source, SourcePage, TextLine

_FEWEST = 3  # pages on which a line must stand at the same height before it counts as running text
_PAGE_NUMBER = re.compile(r"^(?:page\s*)?(\d{1,4})(?:\s*(?:of|/)\s*\d{1,4})?$", re.IGNORECASE)
_SAYS_PAGE = re.compile(r"\bpage\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?$|\b\d{1,4}\s*(?:of|/)\s*\d{1,4}$", re.IGNORECASE)
_LAST_NUMBER = re.compile(r"\b(\d{1,4})$")
_EDGE = 0.12  # share of the page's height, at top and bottom, in which headers, footers and page numbers stand


def drop_running_text(source: Source) -> Source:
    """The source without repeated headers and footers and without page numbers. Only lines at a page's edges can be either."""
    seen: dict[tuple[str, int], set[int]] = defaultdict(set)
    for page in source.pages:
        for line in _lines(page):
            if _at_edge(line, page):
                seen[_key(line, page)].add(page.info.number)
    first = {key: min(pages) for key, pages in seen.items() if len(pages) >= _FEWEST}
    counted = _page_numbers(source.pages)
    pages = tuple(_without(page, first, counted) for page in source.pages)
    return replace(source, pages=_footers_last(pages, first))


def _page_numbers(pages: tuple[SourcePage, ...]) -> frozenset[int]:
    """By how much the bare numbers at the pages' edges differ from the pages they stand on, where they count on over several pages."""
    offsets = Counter(
        int(m[1]) - page.info.number
        for page in pages
        for line in _lines(page)
        if _at_edge(line, page) and (m := _PAGE_NUMBER.match(line.text))
    )
    return frozenset(offset for offset, times in offsets.items() if times >= min(_FEWEST, max(2, len(pages))))


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
    """A line's text without its page number, and its height on the page, in steps of four points."""
    text = _SAYS_PAGE.sub("#", line.text)
    last = _LAST_NUMBER.search(text)
    if last and int(last[1]) == page.info.number:
        text = text[: last.start()] + "#"
    return text, round((line.box or (0, 0, 0, 0))[1] / 4)


def _at_edge(line: TextLine, page: SourcePage) -> bool:
    if not line.box or not page.info.height:
        return False
    return line.box[1] < _EDGE * page.info.height or line.box[3] > (1 - _EDGE) * page.info.height


def _without(page: SourcePage, first: dict[tuple[str, int], int], counted: frozenset[int]) -> SourcePage:
    def runs(line: TextLine) -> bool:
        if not _at_edge(line, page):
            return False
        number = _PAGE_NUMBER.match(line.text)
        if number and (int(number[1]) - page.info.number in counted or not line.text.strip().isdigit()):
            return True
        return first.get(_key(line, page), page.info.number) < page.info.number

    return replace(page, items=tuple(i for i in page.items if not (isinstance(i, TextLine) and runs(i))))
