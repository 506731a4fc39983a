"""A record corrected in a real browser, seen so in the answer, and that taken back; without a mouse where it matters."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import Opening, serving
from tests.browser.steps import LIST, ask, settled, tab_to


@pytest.fixture
def own(browser: Any, sample_folder: Path, tmp_path: Path) -> Iterator[str]:
    """A copy of the sample plans, served, to be changed."""
    shutil.copytree(sample_folder, tmp_path / "library")
    with serving(tmp_path / "library") as at:
        yield at


def test_a_record_is_corrected_seen_so_in_the_answer_and_that_undone(opening: Opening, own: str) -> None:
    page = opening(own)
    ask(page, LIST)
    before = page.locator(".ps-headline").inner_text()
    page.get_by_role("link", name=re.compile(r"^\[1\] page \d+$")).first.click()
    page.get_by_role("dialog").get_by_role("link", name="Correct or confirm this record").click()
    page.get_by_role("button", name="Correct it").wait_for()
    settled(page)
    page.get_by_label("What it should be").fill("99.5%")
    page.get_by_label("Your name").fill("A. Officer")
    page.get_by_label("Why").fill("misread")
    page.get_by_role("button", name="Correct it").click()
    page.get_by_role("button", name="Undo correction 1").wait_for()
    page.get_by_role("img", name=re.compile("framed: ")).wait_for()
    assert "99.5%" in page.locator("dl").inner_text()
    asking = opening(own)
    ask(asking, LIST)
    assert asking.locator(".ps-headline").inner_text() != before, "one fewer is below target"
    ask(asking, LIST.replace("below", "above"), answers=2)
    table = asking.get_by_role("table").last
    row = table.get_by_role("row").filter(has_text="99.5%")
    assert "A. Officer" in row.inner_text() and "misread" in row.inner_text()
    page.get_by_role("button", name="Undo correction 1").click()
    page.get_by_text("Undone: value corrected").first.wait_for()
    ask(asking, LIST, answers=3)
    assert asking.locator(".ps-headline").last.inner_text() == before


def test_the_queue_is_worked_through_without_a_mouse(opening: Opening, own: str) -> None:
    page = opening(f"{own}/review")
    page.get_by_role("heading", name="Review").wait_for()
    settled(page)
    count = page.locator("caption").first.inner_text()
    tab_to(page, "tbody th a")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="It is right as it was read").wait_for()
    settled(page)
    tab_to(page, "[aria-label='Your name']")
    page.keyboard.type("A. Officer")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText?.includes('right as it was read')"):
            break
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Undo confirmation 1").wait_for()
    page.goto(f"{own}/review")
    page.get_by_role("heading", name="Set right by hand").wait_for()
    settled(page)
    assert page.locator("caption").first.inner_text() != count
