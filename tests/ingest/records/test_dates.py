"""Due dates of actions in the forms of the contract."""

from __future__ import annotations

import pytest

from ingest.records.dates import due_iso


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("31/02/2020", "2020-02-29"),
        ("31st June 2019", "2019-06-30"),
        ("31/06/19", "2019-06-30"),
        ("Dec emb er 15", "2015-12"),
        ("32/06/2019", None),
        ("On-going", None),
        ("Spring 2025", "2025-05"),
        ("Summer 2025 to Spring 2026", "2026-05"),
        ("Autumn term 2025", "2025-12"),
        ("Q3 2025/26", "2025-12"),
        ("2025/26", "2026-03"),
        ("End of 2025", "2025-12"),
        ("Phase 2 of the plan", None),
        (None, None),
    ],
)
def test_a_due_cell_gives_a_date_there_is(text: str | None, iso: str | None) -> None:
    assert due_iso(text) == iso
