"""Asking in the chat: by rule alone or, where a model words the answer, with its sentences drawn as they pass the check."""

from __future__ import annotations

import streamlit as st

from app import markup
from app.engine import ask
from app.llm.types import Model
from app.screens.ask import Asking
from app.types import Answer, Library, Question


def asking(model: Model | None) -> Asking:
    """How a question is asked here. What is drawn meanwhile is taken away again when the answer is there."""
    if model is None:
        return ask

    def worded(question: Question, library: Library) -> Answer:
        place, lines = st.empty(), list[str]()

        def heard(line: str) -> None:
            lines.append(line)
            place.html(markup.draft(lines))

        answer = ask(question, library, model, heard)
        place.empty()
        return answer

    return worded
