"""Delimited text: delimiter, encoding, title lines and header are told from the content."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.errors import EmptyFile
from tests.ingest.read import document, prose, tables, texts


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_delimiter_and_encoding_are_told(tmp_path: Path, delimiter: str, encoding: str) -> None:
    rows = [["Measure", "Actual", "Target"], ["Children’s homes – cost", "£1.2m", "90%"], ["Café visits", "85%", "95%"]]
    data = "\r\n".join(delimiter.join(row) for row in rows).encode(encoding)

    found = tables(document(tmp_path, "scorecard.csv", data))[0]

    assert [c.role for c in found.columns] == ["measure", "actual", "target"]
    assert texts(found) == rows[1:]


def test_title_lines_and_broken_cells(tmp_path: Path) -> None:
    data = (
        b'Wexcombe Borough Council\n"Printed 14/01/2025, 09:30"\n\nIndicator,Value,Comment\nVisits,"1,097","two\nlines"\n=SUM(B1),-5.2,x\n'
    )

    found = document(tmp_path, "return.csv", data)

    assert [text for _, text in prose(found)] == ["Wexcombe Borough Council", "Printed 14/01/2025, 09:30"]
    table = tables(found)[0]
    assert texts(table) == [["Visits", "1,097", "two\nlines"], ["=SUM(B1)", "-5.2", "x"]]
    assert table.rows[0].cells[1] is not None and table.rows[0].cells[1].address == "B5"


def test_nothing_in_it_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EmptyFile, match=r"empty\.csv"):
        document(tmp_path, "empty.csv", b",,,\n,,,\n")


@pytest.mark.parametrize(
    ("lines", "rows", "told"),
    [
        (['"Visits,85%', "Referrals,12", "Audits,9"], [['"Visits', "85%"], ["Referrals", "12"], ["Audits", "9"]], "line 2"),
        (['"Visits,85%', '"Referrals, all",12', "Audits,9"], [['"Visits', "85%"], ["Referrals, all", "12"], ["Audits", "9"]], "line 2"),
        (["Visits,85%", "Audits,9", '"Referrals,12'], [["Visits", "85%"], ["Audits", "9"], ['"Referrals', "12"]], "line 4"),
        (['Visits,"85%', '"two', 'lines",12', "Audits,9"], [["Visits", '"85%'], ["two\nlines", "12"], ["Audits", "9"]], "line 2"),
        (['"Safe" places,85%', '"Audits, all",9'], [["Safe places", "85%"], ["Audits, all", "9"]], None),
    ],
)
def test_a_quotation_mark_that_is_not_closed_swallows_nothing(
    tmp_path: Path, lines: list[str], rows: list[list[str]], told: str | None
) -> None:
    found = document(tmp_path, "return.csv", "\n".join(["Measure,Actual", *lines]).encode())

    assert texts(tables(found)[0]) == rows
    note = found.pages[0].note
    assert note is None if told is None else note is not None and f"not closed in {told}:" in note
