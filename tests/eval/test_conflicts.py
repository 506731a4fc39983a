"""Listed disagreements against the labelled ones: found only with both values, each in its own document."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eval.extraction import conflicts
from eval.labels import ConflictLabel
from eval.sources import Sources
from index.links import Conflict, Side
from ingest.types import Place

SOURCES = Sources(files={"plan": "plan.pdf", "sef": "sef.pdf"}, pages={})
LABEL = ConflictLabel("x1", "visits in timescale", True, ("plan", "sef"), ("84", "8.5"))


def side(document: str, value: str) -> Side:
    return Side(Place(document, page=1), value, f"visits {value}")


FOUND = Conflict("visits in timescale", "2025-06", True, side("plan.pdf", "84%"), side("sef.pdf", "8.5"), "two values")


@pytest.mark.parametrize(
    ("listed", "recall", "precision"),
    [
        ([FOUND], 1.0, 1.0),
        ([replace(FOUND, a=FOUND.b, b=FOUND.a)], 1.0, 1.0),  # which of the two comes first says nothing
        ([FOUND, replace(FOUND, measure="agency staff", a=side("plan.pdf", "30%"))], 1.0, 0.5),
        ([replace(FOUND, a=side("sef.pdf", "84%"), b=side("plan.pdf", "8.5"))], 0.0, 0.0),  # the values in each other's document
        ([replace(FOUND, a=side("plan.pdf", "184%"))], 0.0, 0.0),
        ([replace(FOUND, b=side("sef.pdf", "85"))], 0.0, 0.0),
        ([replace(FOUND, measure="agency social workers")], 0.0, 0.0),
        ([], 0.0, 0.0),
    ],
)
def test_a_disagreement_is_found_with_its_values_and_documents(listed: list[Conflict], recall: float, precision: float) -> None:
    found = conflicts([LABEL], listed, SOURCES)
    assert (found.recall, found.precision, found.labelled, found.read) == (recall, precision, 1, len(listed))
    assert found.missed == (() if recall else ("x1 visits in timescale",))


def test_an_uncertain_label_is_no_miss_and_no_fault() -> None:
    perhaps = replace(LABEL, certain=False, values=("82", "8.5"))
    assert conflicts([LABEL, perhaps], [FOUND], SOURCES).recall == 1.0
    assert conflicts([perhaps], [], SOURCES).missed == ()
    assert conflicts([LABEL, perhaps], [FOUND, replace(FOUND, a=side("plan.pdf", "82%"))], SOURCES).precision == 1.0
