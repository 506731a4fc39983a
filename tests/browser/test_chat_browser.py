"""The chat in a real browser, served as `planspoken chat` serves it, over the sample plans. Needs Playwright and Debian's chromium."""

from __future__ import annotations

import csv
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ROOT = Path(__file__).parents[2]
LIST = "Which KPIs are below target in Q2?"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright: pip install playwright")
    if not CHROMIUM.exists():
        pytest.skip(f"needs a browser at {CHROMIUM}: apt-get install chromium")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield opened
        opened.close()


def served(folder: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-c",
        "from eval.command import planspoken; planspoken()",
        "chat",
        "--library",
        str(folder),
        "--port",
        str(port),
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PLANSPOKEN_NO_BROWSER": "1"}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout and "Planspoken is at" in process.stdout.readline()
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        process.communicate()


@pytest.fixture(scope="module")
def address(browser: Any, sample_folder: Path) -> Iterator[str]:
    yield from served(sample_folder)


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    """A fresh page on the chat; fails where it asked for anything from outside this machine."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    outside: list[str] = []
    opened.on("request", lambda request: outside.append(request.url) if urlsplit(request.url).hostname not in LOCAL else None)
    opened.goto(address)
    opened.get_by_role("heading", name="Planspoken").wait_for()
    yield opened
    context.close()
    assert outside == []


LOCAL = ("localhost", "127.0.0.1", None, "")


def ask(page: Any, question: str, answers: int = 1) -> None:
    """Puts the question in and waits until so many answers are on the page."""
    box = page.get_by_role("textbox")
    box.fill(question)
    box.press("Enter")
    page.wait_for_function(f"document.querySelectorAll('.ps-headline').length === {answers}")


def test_an_answer_is_read_from_its_headline_to_the_framed_page(page: Any) -> None:
    ask(page, LIST)
    headline = page.locator(".ps-headline")
    headline.wait_for()
    page.wait_for_timeout(500)
    assert 0 <= headline.bounding_box()["y"] < 450, "the page stands at the beginning of the answer"
    table = page.get_by_role("table")
    rows = table.get_by_role("row").count() - 1
    assert re.match(rf"{rows} of \d+ measures", headline.inner_text())
    assert [head.inner_text() for head in table.get_by_role("columnheader").all()][:5] == ["Measure", "Value", "Target", "Period", "Status"]
    picture = page.get_by_role("img", name=re.compile(r"^Page \d+ of .+framed: "))
    assert picture.count() == 1, "only the first page is drawn"
    page.get_by_role("link", name="[2]").first.click()
    page.get_by_text(re.compile(r"^\[2\] Page \d+, with this place framed")).click()
    picture.nth(1).wait_for()
    assert picture.nth(1).evaluate("image => image.naturalWidth") > 1000


def test_a_suggested_question_and_a_follow_up(page: Any) -> None:
    first = page.get_by_role("button", name="below target")
    asked = first.inner_text()
    first.click()
    page.locator(".ps-headline").wait_for()
    assert page.locator(".ps-question").inner_text() == asked
    ask(page, "And which are on target?", answers=2)
    assert "taken from your earlier question" in page.get_by_text("Understood as:").nth(1).locator("..").inner_text()


def test_a_question_put_in_before_the_answer_loses_neither(page: Any) -> None:
    box = page.get_by_role("textbox")
    for question in ("What does the self-evaluation say about supervision?", LIST):
        box.fill(question)
        box.press("Enter")
        page.wait_for_timeout(50)
    page.wait_for_function("document.querySelectorAll('.ps-headline').length === 2")
    assert page.locator(".ps-question").last.inner_text() == LIST


def test_the_table_comes_down_as_a_file_a_spreadsheet_reads(page: Any, tmp_path: Path) -> None:
    ask(page, LIST)
    rows = page.get_by_role("table").get_by_role("row").count() - 1
    with page.expect_download() as started:
        page.get_by_role("button", name="Download the table").click()
    started.value.save_as(tmp_path / "table.csv")
    data = (tmp_path / "table.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf"), "Excel takes it for UTF-8"
    found = list(csv.DictReader(data.decode("utf-8-sig").splitlines(keepends=True)))
    assert len(found) == rows
    assert {"document", "page", "quote", "value", "target", "status"} <= set(found[0])


def test_what_is_typed_stays_text(page: Any) -> None:
    hostile = '<img src=x onerror="document.title=1"> **bold** $x$ :smile: [a](http://b)'
    ask(page, hostile)
    assert page.locator(".ps-question").inner_text() == hostile
    assert page.locator(".ps img").count() == 0
    assert page.title() == "Planspoken"


def test_on_a_phone_rows_become_cards_and_nothing_runs_off_the_side(browser: Any, address: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 700}, color_scheme="dark")
    page = context.new_page()
    page.goto(address)
    page.get_by_role("heading", name="Planspoken").wait_for()
    ask(page, LIST)
    page.get_by_role("table").wait_for()
    assert page.evaluate("document.querySelector('.ps-scroll').scrollWidth <= document.querySelector('.ps-scroll').clientWidth")
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 320
    assert page.get_by_role("rowheader").count() > 0, "a table still, for those who hear it"
    context.close()


def test_an_empty_library_says_what_to_do(browser: Any, tmp_path: Path) -> None:
    from index.library import Library

    Library.open(tmp_path / "library", create=True).close()
    for address in served(tmp_path / "library"):
        page = browser.new_page()
        page.goto(address)
        page.get_by_text("This library is empty").wait_for()
        assert page.get_by_role("textbox").count() == 0
        page.close()
