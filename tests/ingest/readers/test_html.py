"""Web pages: what a browser shows, with merged cells and colours."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.errors import UnreadableFile
from tests.ingest.read import document, prose, ratings, tables, texts

PAGE = """<!DOCTYPE html><html><head><title>Plan 2025</title><style>p {color: red}</style></head><body>
<script>alert("no")</script><nav>Home | Search</nav><h1>Improvement plan</h1><p>We will <b>visit</b> weekly.<br>Every child.</p>
<div style="display: none">Draft 41%</div><ol start="3"><li>Recruit</li><li>Train</li></ol><ul><li>Listen</li></ul>
<table><tr><th>Action</th><th>Lead</th><th>RAG</th></tr>
<tr><td rowspan="2">Visit</td><td>AB</td><td style="background-color: rgb(255, 0, 0)"></td></tr>
<tr><td>CD</td><td bgcolor="#00B050"></td></tr></table></body></html>"""


def test_headings_lists_and_tables(tmp_path: Path) -> None:
    found = document(tmp_path, "plan.html", PAGE.encode())

    assert found.title == "Plan 2025"
    assert prose(found) == [
        ("heading", "Improvement plan"),
        ("paragraph", "We will visit weekly.\nEvery child."),
        ("paragraph", "Recruit"),
        ("paragraph", "Train"),
        ("list_item", "Listen"),
    ]
    assert [block.number for block in found.blocks[2:4]] == ["3", "4"]
    table = tables(found)[0]
    assert texts(table) == [["Visit", "AB", ""], ["Visit", "CD", ""]]
    assert table.rows[0].cells[0] is table.rows[1].cells[0]
    assert ratings(table) == ["R", "G"]


@pytest.mark.parametrize("name", ["export.xls", "plan.docx", "plan.txt"])
def test_a_web_page_is_known_by_its_content(tmp_path: Path, name: str) -> None:
    assert document(tmp_path, name, PAGE.encode()).format == "html"


def test_a_web_page_saved_as_pdf_is_a_failed_download(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"report\.pdf.*not a PDF but a web page"):
        document(tmp_path, "report.pdf", PAGE.encode())
