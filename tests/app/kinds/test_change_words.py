"""How a change is said: by how much only where both values are exact."""

from __future__ import annotations

from dataclasses import replace

from app.kinds.trend import change_words
from index.library import Library
from index.types import Filter


def test_a_value_that_the_document_qualifies_is_at_no_distance(sample_library: Library) -> None:
    first = next(m for m in sample_library.measures(Filter()) if m.value is not None and m.unit == "percent" and not m.qualifier)
    assert first.value is not None
    last = replace(first, value=first.value - 5, value_text=None)
    assert ", by 5 points." in change_words(first, last).text
    told = change_words(first, replace(last, qualifier=">"))
    assert ", by " not in told.text and not told.derived and "above" in told.text
