"""Which records stand in which stretch of a document: by cell address, by box, or, in formats with neither, by their words."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from ingest.types import Action, Box, Commitment, Measure, Record
from ingest.vocabulary import normalise

_MOST = 0.8  # share of a record's words that must occur in the text it is said to stand in


def stands_in(record: Record, page: int | None, box: Box | None, text: str, addresses: Iterable[str] = ()) -> bool:
    """Whether a record is printed in the stretch of this page, box, text and cell addresses."""
    place = record.place
    if place.cell is not None:  # every sheet has a cell of this address
        return place.cell in addresses and page == place.page
    if place.box is not None:
        return box is not None and page == place.page and (_centred_in(place.box, box) or _centred_in(box, place.box))
    if place.page is not None and page is not None and place.page != page:
        return False
    here = _words(text)
    own = _words(_said(record))
    if isinstance(record, Measure) and record.breakdown and record.value_text:
        part = _words(f"{record.breakdown} {record.value_text}")
        if part <= here:  # its quote has the words of its column's head, which do not stand in the row
            return True
    return bool(own) and len(own & here) >= _MOST * len(own)


def _said(record: Record) -> str:
    """The record's own words: an action's without its row, a measure's with its value."""
    if isinstance(record, Action):
        return record.action
    return record.commitment if isinstance(record, Commitment) else record.quote


@lru_cache(maxsize=8192)
def _words(text: str) -> frozenset[str]:
    return frozenset(normalise(text).split())


def _centred_in(a: Box, b: Box) -> bool:
    x, y = (a[0] + a[2]) / 2, (a[1] + a[3]) / 2
    return b[0] <= x <= b[2] and b[1] <= y <= b[3]
