"""How many somebody did something to: not answered by how many there are, where nothing tells that it was done."""

from __future__ import annotations

import pytest

from app.engine import ask
from app.types import Question
from index.library import Library


@pytest.mark.parametrize(
    "question", ["How many fostering households did we have to sue?", "How many complaints did Saltmere auction in 2025?"]
)
def test_what_nobody_prints_as_done_is_refused(sample_library: Library, question: str) -> None:
    assert ask(Question(question), sample_library).outcome == "measure_not_found"


def test_what_is_printed_as_done_is_counted(sample_library: Library) -> None:
    assert ask(Question("How many new fostering households did Saltmere approve in Q2?"), sample_library).count == 7
