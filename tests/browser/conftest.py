"""A real browser, and Planspoken served as `planspoken chat` serves it. Needs Playwright and Debian's chromium."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
LOCAL = ("localhost", "127.0.0.1", None, "")
PATIENCE = 90_000  # milliseconds: for a slow machine that does other things too

Opening = Callable[..., Any]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright: pip install playwright")
    if not CHROMIUM.exists():
        pytest.skip(f"needs a browser at {CHROMIUM}: apt-get install chromium")
    playwright.expect.set_options(timeout=PATIENCE)
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield opened
        opened.close()


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of a server over the library in this folder."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    script = "from eval.command import planspoken; planspoken()"
    command = [sys.executable, "-c", script, "chat", "--library", str(folder), "--port", str(port)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PLANSPOKEN_NO_BROWSER": "1"}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout and "Planspoken is at" in process.stdout.readline()
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        process.communicate()


@pytest.fixture(scope="session")
def address(browser: Any, sample_folder: Path) -> Iterator[str]:
    """The sample plans, served; nothing may be changed in them."""
    with serving(sample_folder) as at:
        yield at


@pytest.fixture
def opening(browser: Any) -> Iterator[Opening]:
    """Opens addresses in fresh contexts; fails where a page asked for anything from outside this machine."""
    contexts: list[Any] = []
    outside: list[str] = []

    def opened(url: str, width: int = 1280, height: int = 900, scheme: str = "light") -> Any:
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce")
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: outside.append(request.url) if urlsplit(request.url).hostname not in LOCAL else None)
        page.goto(url)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert outside == []


@pytest.fixture
def page(opening: Opening, address: str) -> Any:
    """A fresh page on the chat over the sample plans."""
    opened = opening(address)
    opened.get_by_role("heading", name="Planspoken").wait_for()
    return opened
