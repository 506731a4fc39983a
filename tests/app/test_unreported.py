"""A scorecard's row without a figure for the time asked is not an answer: what it does report is said beside the refusal."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.engine import ask
from app.intake import take_in_all
from app.types import Question
from index.embed import HashEncoder
from index.library import Library

_SCORECARD = """# Brackwater Council: Performance scorecard, quarter 2 of 2025/26

| Ref | Indicator | Good is | Q1 2025/26 | Q2 2025/26 | Target | Note |
|---|---|---|---|---|---|---|
| HC5 | Residents who took up a health check | High | 40.2% | No data | 42.0% | Reported a quarter in arrears |
| CG4 | Council carbon emissions (tonnes) | Low | n/a | n/a | 8,900 | Not due until year end |
| CG2 | Missed bins per 100,000 collections | Low | 64 | 88 | 60 | Two new rounds |
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("scorecard")
    (folder / "scorecard.md").write_text(_SCORECARD, "utf-8")
    with Library.open(folder / "library", create=True, encoder=HashEncoder()) as opened:
        assert [r.status for r in take_in_all([folder / "scorecard.md"], opened, lambda *_: None)] == ["read"]
        yield opened


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("What share of residents had taken up a health check at Q2 2025/26?", "health check"),
        ("What were the council's carbon emissions in Q2 2025/26?", "carbon"),
    ],
)
def test_a_cell_without_a_figure_is_no_answer(text: str, said: str, library: Library) -> None:
    answer = ask(Question(text), library)

    assert answer.outcome == "period_not_reported"
    assert said in answer.text


def test_a_cell_with_one_is(library: Library) -> None:
    assert "88" in ask(Question("How many bins were missed in Q2 2025/26?"), library).text
