"""How answers are made: for those who want to know before they trust one."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from app import markup
from app.how_made import ACCESS, TEXT, evaluated, figures_grid
from app.screens.source import followed

RESULTS = Path(__file__).parents[2] / "eval" / "results"  # where `planspoken eval`, run in the checkout, writes to


def how_made(results: Path = RESULTS) -> None:
    """The explanation, the latest figures where there are any, and the accessibility statement."""
    st.title("How answers are made", anchor=False)
    for title, lines in TEXT:
        st.html(markup.heading(title, 2))
        st.html(markup.paragraphs(lines))
    st.html(markup.heading("How often answers are right", 2))
    sets = evaluated(results)
    if sets:
        st.html(markup.paragraphs(["Answers to a set of questions are compared by rule with those that people wrote. The latest figures:"]))
        st.html(markup.table(figures_grid(sets)))
    else:
        st.html(markup.paragraphs(["This has not been measured on this machine yet: `planspoken eval` in a terminal does it."]))
    st.html(markup.heading("Accessibility", 2))
    st.html(markup.paragraphs(ACCESS))
    followed()
