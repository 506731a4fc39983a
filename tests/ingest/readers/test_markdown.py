"""Markdown: headings, lists and pipe tables without their marks."""

from __future__ import annotations

from pathlib import Path

from tests.ingest.read import document, prose, tables, texts

TEXT = """---
title: Board report
---
# Improvement plan
Some **bold** text with a [link](https://example.org)
that goes on.

Second heading
--------------
- Recruit *two* workers
  by May 2025
1. Train them
<!-- not shown -->
| Measure | Actual | Target |
|:--------|-------:|--------|
| Visits \\| calls | 85% | 95% |
| Reviews | 91%
"""


def test_structure_and_plain_text(tmp_path: Path) -> None:
    found = document(tmp_path, "report.md", TEXT.encode())

    assert (found.format, found.title) == ("markdown", "Board report")
    assert prose(found) == [
        ("heading", "Improvement plan"),
        ("paragraph", "Some bold text with a link that goes on."),
        ("heading", "Second heading"),
        ("list_item", "Recruit two workers by May 2025"),
        ("paragraph", "Train them"),
    ]
    table = tables(found)[0]
    assert [c.role for c in table.columns] == ["measure", "actual", "target"]
    assert texts(table) == [["Visits | calls", "85%", "95%"], ["Reviews", "91%", ""]]


def test_a_pipe_table_makes_a_text_markdown(tmp_path: Path) -> None:
    assert document(tmp_path, "notes.txt", b"a | b\n--|--\n1 | 2\n").format == "markdown"
    assert document(tmp_path, "plain.txt", b"a | b\nand so on\n").format == "text"
