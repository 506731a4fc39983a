"""What people do in the browser, a step a function."""

from __future__ import annotations

from typing import Any

LIST = "Which KPIs are below target in Q2?"


def ask(page: Any, question: str, answers: int = 1) -> None:
    """Puts the question in and waits until so many answers are on the page and nothing is being drawn any more."""
    box = page.get_by_test_id("stChatInputTextArea")
    box.fill(question)
    box.press("Enter")
    page.wait_for_function(f"document.querySelectorAll('.ps-headline').length === {answers}")
    settled(page)


def settled(page: Any) -> None:
    """Waits until the server has nothing more to draw."""
    page.wait_for_function(
        "() => { const app = document.querySelector('[data-testid=stApp]');"
        " return app && app.dataset.testScriptState === 'notRunning' && !document.querySelector('[data-stale=true]') }"
    )


def tab_to(page: Any, what: str, most: int = 150) -> None:
    """Presses Tab until the element in focus fits the CSS selector."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("what => document.activeElement.matches(what)", what):
            return
    raise AssertionError(f"{what} cannot be reached with the Tab key")
