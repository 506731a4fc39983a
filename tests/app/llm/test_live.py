"""The chat with a model: its checked sentences come as they are ready, and the answer is what stays."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from app.llm.errors import LlmTooSlow
from app.llm.scripted import ScriptedLlm
from app.llm.types import Model
from app.screens.live import asking
from index.library import Library

ASKED = "What percentage of child in need visits were in timescale in Q2 2025/26?"
TRUE = "Child in need visits were at 79% in Q2 2025/26, short of the 90% target [1]."


def page(library: object, ask: object) -> None:
    """What Streamlit runs."""
    from app.screens.ask import chat

    chat(library, ask)  # type: ignore[arg-type]  # Streamlit runs this text on its own, where only builtins are known


def asked(library: Library, model: Model) -> str:
    """All HTML on the page after the question."""
    app = AppTest.from_function(page, kwargs={"library": library, "ask": asking(model)}, default_timeout=30).run()
    app.chat_input[0].set_value(ASKED).run()
    assert not app.exception
    return "\n".join(element.proto.body for element in app.get("html"))


def test_what_the_model_words_is_drawn_once(sample_library: Library) -> None:
    html = asked(sample_library, Model(ScriptedLlm.saying(f"{TRUE} In Wiltshire it was 99% [1].")))
    assert html.count("were at 79% in Q2 2025/26") == 1
    assert "99%" not in html
    assert "worded by a scripted model" in html


def test_a_model_that_fails_leaves_the_rules_answer(sample_library: Library) -> None:
    html = asked(sample_library, Model(ScriptedLlm.saying(LlmTooSlow("it took longer than the 30 s it is given"))))
    assert "79%" in html
    assert "worded by rule: it took longer" in html
