"""People at the chat: how long the first page and each answer take, errors, and the server's memory, with many at once for some minutes.

    python .ci/load.py [people] [minutes] [seconds each thinks between questions]     (20, 5 and 10)

A real Chromium is the people; on the machine that serves, it takes its share of the cores. Linux only: memory is read from /proc.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

ROOT = Path(__file__).resolve().parents[1]
PORT = 8690
CHROMIUM = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update".split()
ASKED = (
    "Which measures are below target?",
    "Which actions are overdue?",
    "How many school meals were served in 1987?",
    "What are we doing about social workers?",
    "Which actions are rated red?",
    "Who leads on supervision?",
    "How has the vacancy rate changed?",
)
TURNS = 6  # questions in a conversation before it is begun anew
PATIENCE = 120_000  # milliseconds


@dataclass
class Seen:
    """What the people saw; times in seconds."""

    first: list[float] = field(default_factory=list)
    answers: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


async def open_chat(page: Page) -> float:
    """Seconds until the field for a question can be used."""
    begun = time.monotonic()
    await page.goto(f"http://localhost:{PORT}", timeout=PATIENCE)
    await page.get_by_test_id("stChatInputTextArea").wait_for(timeout=PATIENCE)
    return time.monotonic() - begun


async def ask(page: Page, question: str, turn: int) -> float:
    """Seconds until the answer's first sentence stands on the screen."""
    field = page.get_by_test_id("stChatInputTextArea")
    begun = time.monotonic()
    await field.fill(question)
    await field.press("Enter")
    await page.wait_for_function(f"document.querySelectorAll('.ps-headline').length === {turn}", timeout=PATIENCE)
    return time.monotonic() - begun


async def person(browser: Browser, number: int, until: float, thinks: float, seen: Seen) -> None:
    """Opens the chat and asks, with a pause before each question, until the time is over."""
    await asyncio.sleep(number * thinks / 20)
    context = await browser.new_context()
    page = await context.new_page()
    try:
        seen.first.append(await open_chat(page))
        turn = asked = 0
        while time.monotonic() < until:
            turn, asked = turn + 1, asked + 1
            seen.answers.append(await ask(page, ASKED[(number + asked) % len(ASKED)], turn))
            if await page.get_by_test_id("stException").count():
                seen.errors.append("an error is shown")
            await asyncio.sleep(thinks)
            if turn == TURNS:
                await page.get_by_role("button", name="Start again").click()
                await page.wait_for_function("document.querySelectorAll('.ps-headline').length === 0", timeout=PATIENCE)
                turn = 0
    except Exception as error:  # counted and printed: one person's trouble does not end the others' session
        seen.errors.append(f"{type(error).__name__}: {str(error)[:150]}")
    await context.close()


def memory(server: int) -> int:
    """MB in use by the process and its children."""
    own = [server, *(int(p) for p in Path(f"/proc/{server}/task/{server}/children").read_text().split())]
    found = (re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text()) for pid in own)
    return sum(int(m[1]) for m in found if m) // 1024


def spread(name: str, times: list[float]) -> str:
    """Median, 95th percentile and longest, in words."""
    if not times:
        return f"{name}: none"
    t = sorted(times)
    return f"{name}: {len(t)}, median {t[len(t) // 2]:.2f} s, 95% within {t[int(len(t) * 0.95)]:.2f} s, longest {t[-1]:.2f} s"


async def watch(server: int, until: float) -> None:
    """Prints the server's memory every half minute."""
    begun = time.monotonic()
    while time.monotonic() < until:
        print(f"  {time.monotonic() - begun:4.0f} s: {memory(server)} MB", flush=True)
        await asyncio.sleep(30)


async def crowd(server: int, people: int, minutes: float, thinks: float) -> Seen:
    """One person alone first, on a server warmed by one answer; then all of them."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    async with async_playwright() as p:
        browser = await p.chromium.launch(executable_path=chromium, args=CHROMIUM)
        alone = Seen()
        for _ in range(5):
            context = await browser.new_context()
            page = await context.new_page()
            alone.first.append(await open_chat(page))
            alone.answers += [await ask(page, question, turn) for turn, question in enumerate(ASKED[:4], start=1)]
            await context.close()
        print(spread("alone, first page (server warm)", alone.first[1:]))
        print(spread("alone, answers", alone.answers[4:]), flush=True)
        seen, until = Seen(), time.monotonic() + 60 * minutes
        await asyncio.gather(watch(server, until), *(person(browser, n, until, thinks, seen) for n in range(people)))
        await browser.close()
    return seen


def main() -> int:
    """0 where nobody met an error."""
    people, minutes, thinks = (float(sys.argv[n]) if len(sys.argv) > n else default for n, default in ((1, 20.0), (2, 5.0), (3, 10.0)))
    planspoken = [sys.executable, "-c", "from eval.command import planspoken; planspoken()"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PLANSPOKEN_NO_BROWSER": "1"}
    with tempfile.TemporaryDirectory() as folder:
        plans = os.environ.get("PLANS", "").split() or [str(p) for p in sorted((ROOT / "app/sample/plans").glob("*.pdf"))]
        subprocess.run(
            [*planspoken, "ingest", "--library", folder, *plans], env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL
        )
        chat = subprocess.Popen(
            [*planspoken, "chat", "--library", folder, "--port", str(PORT)], env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        try:
            assert chat.stdout is not None
            while "is at" not in (line := chat.stdout.readline()):
                if not line:
                    raise SystemExit("the chat did not come up")
            seen = asyncio.run(crowd(chat.pid, int(people), minutes, thinks))
            print(f"  at the end: {memory(chat.pid)} MB")
        finally:
            chat.terminate()
            chat.wait()
    print(spread(f"{people:.0f} people, first page", seen.first))
    print(spread(f"{people:.0f} people, answers", seen.answers))
    print(f"errors: {len(seen.errors)} {'; '.join(sorted(set(seen.errors)))[:400]}")
    return 1 if seen.errors else 0


if __name__ == "__main__":
    sys.exit(main())
