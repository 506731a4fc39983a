"""Which documents are versions of one: told by council, kind and title, never by the day they were added."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.library import Library
from index.types import DocumentEntry
from index.versions import newest
from ingest.types import PageInfo
from tests.index.made import Made, made


def entry(name: str, title: str, period: str | None = None, authority: str | None = "Northshire", kind: str = "plan") -> DocumentEntry:
    return DocumentEntry(
        name, title, authority, kind, period, "pdf", name, (PageInfo(1, "text"),), 0, 0, 0, 0, 0, 0, "2026-01-01T00:00:00Z"
    )


PLAN = "Children's Improvement Plan"


@pytest.mark.parametrize(
    ("documents", "newer"),
    [
        ([("a", f"{PLAN} 2019/20 - quarter 1", "2019/20-Q1"), ("b", f"{PLAN} 2019/20 - quarter 2", "2019/20-Q2")], {"a": "b"}),
        (
            [("a", f"{PLAN} 2018-19", "2018/19"), ("b", f"{PLAN} 2020-21", "2020/21"), ("c", f"{PLAN} 2019-20", "2019/20")],
            {"a": "b", "c": "b"},
        ),
        ([("a", f"{PLAN} v1.9", None), ("b", f"{PLAN} v1.10", None)], {"a": "b"}),
        ([("plan-v2.pdf", PLAN, "2024/25"), ("plan-v1.pdf", PLAN, "2024/25")], {"plan-v1.pdf": "plan-v2.pdf"}),
        ([("a", f"Draft {PLAN} 2024/25", "2024/25"), ("b", f"{PLAN} 2024/25 (final)", "2024/25")], {"a": "b"}),
        ([("a", f"{PLAN}: position as at 31 March 2024", "2024-03-31"), ("b", f"{PLAN} - updated June 2024", "2024-06")], {"a": "b"}),
        ([("a.pdf", PLAN, "2024/25"), ("a.docx", PLAN, "2024/25")], {}),
        ([("a", PLAN, "2023/24"), ("b", "Adults' Improvement Plan", "2024/25")], {}),
        ([("a", "Plan 2023", "2023"), ("b", "Plan 2024", "2024")], {}),
    ],
)
def test_versions_of_one_document(documents: list[tuple[str, str, str | None]], newer: dict[str, str]) -> None:
    assert newest([entry(*told) for told in documents]) == newer


def test_another_council_or_kind_is_another_document() -> None:
    old = entry("a", f"{PLAN} 2023", "2023")
    assert newest([old, entry("b", f"{PLAN} 2024", "2024", authority="Southshire")]) == {}
    assert newest([old, entry("b", f"{PLAN} 2024", "2024", kind="self-evaluation")]) == {}
    assert newest([entry("a", f"{PLAN} 2023", "2023", authority=None), entry("b", f"{PLAN} 2024", "2024", authority=None)]) == {}


def titled(name: str, title: str, period: str) -> Made:
    base = made(name, records=(), period=period)
    return replace(base, document=replace(base.document, title=title))


def test_both_are_kept_and_the_list_says_which_is_newer(library: Library) -> None:
    titled("old.pdf", f"{PLAN} Q1", "2019/20-Q1").into(library)
    titled("new.pdf", f"{PLAN} Q2", "2019/20-Q2").into(library)
    assert {e.name: e.newer for e in library.documents()} == {"new.pdf": None, "old.pdf": "new.pdf"}
    library.remove("new.pdf")
    assert [e.newer for e in library.documents()] == [None]
