"""Measures are found by what their names mean where the question's words are its own, and not where none is meant."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.engine import ask
from app.evidence.desk import Desk, desk
from app.evidence.meant import meant
from app.question.understand import understand
from app.types import Question
from index.library import Library


@pytest.fixture(scope="module")
def laid(sample_folder: Path) -> Iterator[Desk]:
    """The sample's desk, with the real model's vectors."""
    with Library.open(sample_folder) as library:
        yield desk(library)


def test_a_name_is_meant_that_no_word_says(laid: Desk) -> None:
    question = Question("How long before a broken home gets mended?")
    found = meant(understand(question, laid), question, laid)

    assert found is not None
    assert {f.record.measure for f in found.figures} == {"Average time to complete repairs"}
    assert {f.record.unit for f in found.figures} == {"days"}  # a length of time, as asked
    assert "33 days" in ask(question, laid.library).headline


@pytest.mark.parametrize(
    "text",
    [
        "How long do callers hang on before someone picks up?",
        "What share of smokers managed to give up?",
        "How many potholes were filled?",
        "How much does a parking permit cost?",
        "What share of Section 47 enquiries led to an initial conference?",  # near in words and meaning, and another measure
    ],
)
def test_what_no_document_measures_stays_refused(text: str, laid: Desk) -> None:
    assert ask(Question(text), laid.library).outcome in ("measure_not_found", "not_in_documents")
