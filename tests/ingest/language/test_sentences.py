"""Text is cut where something new is said, and only there."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.language.sentences import WRAP, sentences, statements
from tests.ingest.language.pairs import broken, rows


@pytest.mark.parametrize(("text", "expected"), rows("sentences/statements.txt"))
def test_a_cell_gives_its_statements(text: str, expected: str) -> None:
    said = broken(text)

    assert [" ".join(said[a:b].split()) for a, b in statements(said)] == expected.split(" ¦ ")


def test_a_percentage_with_its_own_words_after_a_wrap_begins_a_statement() -> None:
    said = f"Weekly oversight of all children missing{WRAP}80% permanent staff to agency ratio"

    assert len(statements(said)) == 2
    assert len(statements(said.replace(WRAP, " "))) == 1


@pytest.mark.parametrize("piece", ["a\n", "visits \v", "see e.g. A ", "no stop here ", "from 5 % to 6 % ", "unbroken"])
def test_a_text_without_stops_is_cut_at_white_space_and_nothing_of_it_lost(piece: str) -> None:
    """Twenty thousand pieces: what looked back over all that came before would not end."""
    text = piece * 20_000

    spans = statements(text)

    assert all(b - a <= 800 for a, b in spans)
    assert all(b - a > 700 for a, b in spans[:-1])
    assert piece == "unbroken" or {word for a, b in spans for word in text[a:b].split()} == set(piece.split())
    assert not any(re.search(r"\d$", text[a:b]) for a, b in spans)
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())


@given(st.text(alphabet="abc QZ.!?;:•-\n12%(", max_size=80))
def test_no_word_is_lost_or_told_twice(text: str) -> None:
    for cut in (statements, sentences):
        spans = cut(text)
        kept = "".join(text[a:b] for a, b in spans)

        assert all(a < b for a, b in spans)
        assert [c for c in kept if c in "QZ%"] == [c for c in text if c in "QZ%"]
