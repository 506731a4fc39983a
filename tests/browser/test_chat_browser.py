"""The chat in a real browser over the sample plans: ask, correct, open the source, take the answer away; with and without a mouse."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from index.library import Library
from tests.browser.conftest import Opening, serving
from tests.browser.steps import LIST, ask, settled, tab_to


def downloaded(page: Any, button: str, folder: Path) -> bytes:
    with page.expect_download() as started:
        page.get_by_role("button", name=button).click()
    started.value.save_as(folder / "file")
    return (folder / "file").read_bytes()


def test_an_answer_is_read_from_its_headline_to_the_framed_place(page: Any) -> None:
    ask(page, LIST)
    headline = page.locator(".ps-headline")
    page.wait_for_function("() => { const y = document.querySelector('.ps-headline').getBoundingClientRect().y; return 0 <= y && y < 450 }")
    table = page.get_by_role("table")
    rows = table.get_by_role("row").count() - 1
    assert re.match(rf"{rows} of \d+ measures", headline.inner_text())
    assert [head.inner_text() for head in table.get_by_role("columnheader").all()][:5] == ["Measure", "Value", "Target", "Period", "Status"]
    picture = page.get_by_role("img", name=re.compile(r"^Page \d+ of .+framed: "))
    picture.first.wait_for()
    assert picture.count() == 1, "only the first place is drawn"


def test_a_row_opens_its_page_beside_its_quote_and_pages_can_be_turned(page: Any) -> None:
    ask(page, LIST)
    link = page.get_by_role("link", name=re.compile(r"^\[7\] page \d+$"))
    number = int(link.inner_text().split()[-1])
    link.click()
    dialog = page.get_by_role("dialog")
    picture = dialog.get_by_role("img", name=re.compile(rf"^Page {number} of .+framed: "))
    picture.wait_for()
    assert picture.evaluate("image => image.naturalWidth") > 1000
    quote = dialog.locator("blockquote").inner_text()
    assert picture.get_attribute("alt").endswith(quote)
    dialog.get_by_role("button", name="Next page").click()
    dialog.get_by_role("img", name=re.compile(rf"^Page {number + 1} of ")).wait_for()
    dialog.get_by_role("button", name=f"Back to page {number}").click()
    picture.wait_for()
    page.keyboard.press("Escape")
    dialog.wait_for(state="detached")
    page.get_by_role("link", name=re.compile(r"^\[1\] page \d+$")).first.click()
    page.get_by_role("dialog").get_by_role("img", name=re.compile("framed: ")).wait_for()


def test_a_suggested_question_and_a_follow_up(page: Any) -> None:
    first = page.get_by_role("button", name="below target")
    asked = first.inner_text()
    first.click()
    page.locator(".ps-headline").wait_for()
    assert page.locator(".ps-question").inner_text() == asked
    settled(page)
    ask(page, "And which are on target?", answers=2)
    page.get_by_text("taken from your earlier question").wait_for()


def test_what_was_understood_is_corrected_and_answered_at_once(page: Any) -> None:
    ask(page, LIST)
    before = page.locator(".ps-headline").inner_text()
    page.get_by_text("Understood as:").click()
    page.get_by_label("Subject").fill("visits")
    page.get_by_label("Subject").press("Enter")
    page.wait_for_function("before => document.querySelector('.ps-headline')?.innerText !== before", arg=before)
    settled(page)
    assert all("visit" in row.inner_text().lower() for row in page.get_by_role("table").get_by_role("row").all()[1:])
    page.wait_for_url(re.compile("fix="))
    page.reload()
    page.get_by_text("about visit").wait_for()
    page.go_back()
    page.wait_for_url("about:blank")  # a talk is one step to the browser


def test_a_question_put_in_before_the_answer_loses_neither(page: Any) -> None:
    box = page.get_by_test_id("stChatInputTextArea")
    for question in ("What does the self-evaluation say about supervision?", LIST):
        box.fill(question)
        box.press("Enter")
        page.wait_for_function("() => document.querySelector('[data-testid=stChatInputTextArea]').value === ''")
    page.wait_for_function("document.querySelectorAll('.ps-headline').length === 2")
    assert page.locator(".ps-question").last.inner_text() == LIST


def test_an_answer_is_taken_away_in_each_form(page: Any, tmp_path: Path) -> None:
    ask(page, LIST)
    rows = page.get_by_role("table").get_by_role("row").count() - 1
    data = downloaded(page, "Table (CSV)", tmp_path)
    assert data.startswith(b"\xef\xbb\xbf"), "Excel takes it for UTF-8"
    found = list(csv.DictReader(data.decode("utf-8-sig").splitlines(keepends=True)))
    assert len(found) == rows
    assert {"document", "page", "quote", "value", "target", "status"} <= set(found[0])
    book = openpyxl.load_workbook(io.BytesIO(downloaded(page, "Workbook (Excel)", tmp_path)))
    assert book["Measures"].max_row == rows + 1
    paper = docx.Document(io.BytesIO(downloaded(page, "Briefing (Word)", tmp_path)))
    assert paper.paragraphs[0].text == LIST
    assert len(paper.tables[0].rows) == rows + 1
    assert len(paper.inline_shapes) > 0


def test_an_answer_is_copied_with_its_sources_and_linked(page: Any) -> None:
    ask(page, LIST)
    page.get_by_role("button", name="Copy or link").click()
    texts = page.get_by_test_id("stPopoverBody").locator("pre")
    texts.nth(1).wait_for()
    assert texts.nth(0).inner_text().startswith(LIST)
    assert texts.nth(1).inner_text().startswith(page.url.split("?")[0].rstrip("/"))
    assert "q=Which+KPIs" in texts.nth(1).inner_text()


def test_a_refusal_says_why_and_offers_what_can_be_answered(page: Any) -> None:
    ask(page, "How many school meals were served in 1987?")
    assert page.locator(".ps-label").inner_text()
    page.get_by_text("You could ask:").wait_for()


def test_what_is_typed_stays_text(page: Any) -> None:
    hostile = '<img src=x onerror="document.title=1"> **bold** $x$ :smile: [a](http://b)'
    ask(page, hostile)
    assert page.locator(".ps-question").inner_text() == hostile
    assert page.locator(".ps img").count() == 0
    assert page.title() == "Ask" or "Planspoken" in page.title()


def test_the_main_path_without_a_mouse(page: Any) -> None:
    settled(page)
    tab_to(page, "textarea")
    page.keyboard.type(LIST)
    page.keyboard.press("Enter")
    page.locator(".ps-headline").wait_for()
    settled(page)
    live = page.locator("[role=status][aria-live=polite]").filter(has_text=page.locator(".ps-headline").inner_text().split(".")[0])
    live.wait_for(state="attached")
    tab_to(page, "a[data-open='0-2']")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("img").first.wait_for()
    page.keyboard.press("Escape")
    dialog.wait_for(state="detached")
    tab_to(page, "[data-testid=stDownloadButton] button")
    with page.expect_download() as started:
        page.keyboard.press("Enter")
    assert started.value.suggested_filename == "answer-1.csv"


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (390, "light")])
def test_on_a_phone_rows_become_cards_and_nothing_runs_off_the_side(opening: Opening, address: str, width: int, scheme: str) -> None:
    page = opening(address, width=width, height=700, scheme=scheme)
    page.get_by_role("heading", name="Planspoken").wait_for()
    ask(page, LIST)
    page.get_by_role("table").wait_for()
    assert page.evaluate("document.querySelector('.ps-scroll').scrollWidth <= document.querySelector('.ps-scroll').clientWidth")
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= width
    assert page.get_by_role("rowheader").count() > 0, "a table still, for those who hear it"


def test_an_empty_library_says_what_to_do(opening: Opening, tmp_path: Path) -> None:
    Library.open(tmp_path / "library", create=True).close()
    with serving(tmp_path / "library") as address:
        page = opening(address)
        page.get_by_text("This library is empty").wait_for()
        assert page.get_by_test_id("stChatInputTextArea").count() == 0
