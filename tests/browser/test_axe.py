"""No serious or critical violation that axe can find, on any screen and state, light and dark, wide and narrow."""

from __future__ import annotations

import importlib.resources
import importlib.util
import re
from pathlib import Path
from typing import Any

import pytest

from index.library import Library
from tests.browser.conftest import Opening, serving
from tests.browser.steps import LIST, ask, settled

LOOKS = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]
ACCEPTED = ("serious", "critical")


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core, which the package axe-playwright-python carries."""
    if importlib.util.find_spec("axe_playwright_python") is None:
        pytest.skip("needs axe-core: pip install axe-playwright-python")
    return (importlib.resources.files("axe_playwright_python") / "axe.min.js").read_text("utf-8")


def check(page: Any, axe: str, state: str) -> list[str]:
    """The serious and critical violations in this state, a line each."""
    settled(page)
    page.evaluate(f"() => {{ if (!window.axe) {{ {axe} }} }}")
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [
        f"{state}: {v['id']} ({v['impact']}, {len(v['nodes'])}): {v['nodes'][0]['html'][:200]}" for v in found if v["impact"] in ACCEPTED
    ]


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_the_chat(opening: Opening, address: str, axe: str, width: int, scheme: str) -> None:
    page = opening(address, width=width, scheme=scheme)
    page.get_by_test_id("stChatInputTextArea").wait_for()
    found = check(page, axe, "start")
    ask(page, LIST)
    found += check(page, axe, "answer")
    page.get_by_text("Understood as:").click()
    page.get_by_label("Subject").wait_for()
    found += check(page, axe, "understood")
    page.get_by_text("Understood as:").click()
    page.get_by_role("button", name="Copy or link").click()
    page.get_by_test_id("stPopoverBody").wait_for()
    found += check(page, axe, "copy")
    page.keyboard.press("Escape")
    page.get_by_role("link", name=re.compile(r"^\[2\] page \d+$")).first.click()
    page.get_by_role("dialog").get_by_role("img").first.wait_for()
    found += check(page, axe, "source")
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="detached")
    ask(page, "How many school meals were served in 1987?", answers=2)
    found += check(page, axe, "refusal")
    ask(page, "Which actions are overdue?", answers=3)
    found += check(page, axe, "actions")
    assert not found


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_the_other_screens(opening: Opening, address: str, axe: str, width: int, scheme: str) -> None:
    found: list[str] = []
    for screen in ("measures", "commitments", "documents"):
        page = opening(f"{address}/{screen}", width=width, scheme=scheme)
        page.get_by_role("table").wait_for()
        found += check(page, axe, screen)
        page.get_by_role("rowheader").first.get_by_role("link").click()
        page.get_by_role("button", name=f"Back to all {screen}").wait_for()
        found += check(page, axe, f"one of {screen}")
        page.close()
    page = opening(f"{address}/review", width=width, scheme=scheme)
    page.get_by_role("table").wait_for()
    found += check(page, axe, "review")
    page.get_by_role("rowheader").first.get_by_role("link").click()
    page.get_by_role("button", name="Correct it").click()
    page.get_by_role("alert").last.wait_for()
    found += check(page, axe, "one to review")
    page.close()
    for screen, heading in (("how", "How answers are made"), ("disagreements", "Disagreements")):
        page = opening(f"{address}/{screen}", width=width, scheme=scheme)
        page.get_by_role("heading", name=heading, level=1).wait_for()
        found += check(page, axe, screen)
        page.close()
    assert not found


def test_an_empty_library(opening: Opening, axe: str, tmp_path: Path) -> None:
    Library.open(tmp_path / "library", create=True).close()
    found: list[str] = []
    with serving(tmp_path / "library") as address:
        for screen in ("", "measures", "commitments", "documents", "disagreements", "review"):
            page = opening(f"{address}/{screen}")
            page.get_by_role("heading", level=1).wait_for()
            found += check(page, axe, f"empty {screen}")
    assert not found
