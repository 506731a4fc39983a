"""The other screens in a real browser: filter, follow, hand over files, review, remove; and links to screens that are opened first."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import expect

from app.sample import SAMPLE_PLANS
from index.library import Library
from tests.browser.conftest import Opening, serving
from tests.browser.steps import settled


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory, browser: Any) -> Iterator[tuple[Path, str]]:
    folder = tmp_path_factory.mktemp("empty") / "library"
    Library.open(folder, create=True).close()
    with serving(folder) as at:
        yield folder, at


def test_the_scorecard_leads_to_a_measure_and_its_place(opening: Opening, address: str) -> None:
    page = opening(f"{address}/measures")
    page.get_by_role("heading", name="Measures").wait_for()
    page.get_by_label("Words in the measure").fill("visits")
    page.get_by_label("Words in the measure").press("Enter")
    table = page.get_by_role("table")
    expect(table.locator("caption")).to_have_text(re.compile(r"^\d+ measures?, furthest off target first"))
    settled(page)
    name = table.get_by_role("rowheader").first.get_by_role("link")
    told = name.inner_text()
    name.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(told)
    settled(page)
    page.get_by_role("table").get_by_role("link", name=re.compile(r"^page \d+$")).first.click()
    page.get_by_role("dialog").get_by_role("img", name=re.compile("framed: ")).wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Back to all measures").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Measures")


def test_the_register_is_filtered_and_exported(opening: Opening, address: str, tmp_path: Path) -> None:
    page = opening(f"{address}/commitments")
    page.get_by_role("heading", name="Commitments").wait_for()
    caption = page.get_by_role("table").locator("caption")
    before = caption.inner_text()
    page.get_by_role("combobox", name="The plan's own rating").click()
    page.get_by_role("option", name="Red").click()
    page.keyboard.press("Escape")
    expect(caption).not_to_have_text(before)
    settled(page)
    rows = page.get_by_role("table").get_by_role("row").count() - 1
    assert page.locator(".ps-tone.ps-R").count() == rows
    with page.expect_download() as started:
        page.get_by_role("button", name="Download as CSV").click()
    started.value.save_as(tmp_path / "register.csv")
    found = list(csv.DictReader((tmp_path / "register.csv").read_text("utf-8-sig").splitlines(keepends=True)))
    assert len(found) == rows
    assert {row["rag"] for row in found} == {"R"}
    with page.expect_download() as started:
        page.get_by_role("button", name="Download for Excel").click()
    started.value.save_as(tmp_path / "register.xlsx")
    assert openpyxl.load_workbook(tmp_path / "register.xlsx")["Commitments"].max_row == rows + 1


def test_a_commitment_is_reached_by_its_meaning(opening: Opening, address: str) -> None:
    page = opening(f"{address}/commitments")
    caption = page.get_by_role("table").locator("caption")
    before = caption.inner_text()
    search = page.get_by_label("Search by words and meaning")
    search.fill("training for staff")
    search.press("Enter")
    expect(caption).not_to_have_text(before)
    settled(page)
    page.get_by_role("rowheader").first.get_by_role("link").click()
    page.get_by_role("button", name="Back to all commitments").wait_for()
    page.get_by_role("term").filter(has_text="State").wait_for()


def test_files_are_handed_over_reviewed_and_removed(opening: Opening, empty: tuple[Path, str], tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 and no more")
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet
    for row in (("Measure", "Target", "Q1 2025/26"), ("Visits on time", "95%", "85%"), ("Reviews on time", "90%", "92%")):
        sheet.append(row)
    book.save(tmp_path / "scorecard.xlsx")
    _, address = empty
    page = opening(f"{address}/documents")
    page.get_by_text("This library is empty").wait_for()
    page.locator("input[type=file]").set_input_files([str(SAMPLE_PLANS[0]), str(tmp_path / "scorecard.xlsx"), str(broken)])
    expect(page.get_by_text(re.compile("Not taken in: cannot read 'broken.pdf'"))).to_be_visible()
    expect(page.get_by_text(re.compile(r"scorecard\.xlsx Read: "))).to_be_visible()
    expect(page.get_by_role("table").locator("caption")).to_have_text("2 documents")
    settled(page)
    page.get_by_role("rowheader").filter(has_text=SAMPLE_PLANS[0].name).get_by_role("link").click()
    page.get_by_role("button", name="Next record").click()
    page.get_by_role("img", name=re.compile("framed: ")).wait_for()
    settled(page)
    page.get_by_role("button", name="Remove this document").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove it").click()
    page.get_by_role("dialog").wait_for(state="detached")
    expect(page.locator("caption").filter(has_text="1 document")).to_be_visible()


def test_reading_goes_on_when_the_browser_closes(opening: Opening, empty: tuple[Path, str]) -> None:
    folder, address = empty
    page = opening(f"{address}/documents")
    page.locator("input[type=file]").set_input_files([str(SAMPLE_PLANS[1])])
    page.get_by_text(re.compile(re.escape(SAMPLE_PLANS[1].name) + ": (Waiting|Reading|Preparing)")).wait_for()
    page.close()
    again = opening(f"{address}/documents")
    expect(again.get_by_role("rowheader").filter(has_text=SAMPLE_PLANS[1].name)).to_be_visible()
    with Library.open(folder) as library:
        assert SAMPLE_PLANS[1].name in {entry.name for entry in library.documents()}


def test_disagreements_and_the_explanation_are_reached_by_the_menu(page: Any) -> None:
    page.get_by_role("link", name="Disagreements").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Disagreements")
    page.get_by_role("link", name="How answers are made").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("How answers are made")
    page.get_by_role("heading", name="Accessibility").wait_for()
