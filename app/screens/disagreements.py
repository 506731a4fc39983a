"""Figures that disagree, with both places side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import streamlit as st

from app import markup
from app.export import CONFLICT_FLAT, conflict_flat
from app.kinds.wording import period_words, plural
from app.screens.fields import take_away
from app.screens.source import Originals, draw
from app.view import excerpt_at
from index.links import Conflict, Side
from index.types import DocumentEntry

FIRST = 30  # shown before the rest is asked for


class Disputed(Originals, Protocol):
    """What this screen needs of a library."""

    @property
    def generation(self) -> int: ...

    def documents(self) -> list[DocumentEntry]: ...

    def conflicts(self) -> list[Conflict]: ...


def disagreements(library: Disputed) -> None:
    """Every disagreement, certain ones first; each opens with the two places."""
    st.title("Disagreements", anchor=False)
    st.write("Where the documents give two figures that cannot both be right. Both are shown; the reader must find out which is.")
    found = _found(library, library.generation)
    if not found:
        st.info("No two figures that were read disagree. That says nothing about what could not be read.")
        return
    certain = sum(conflict.certain for conflict in found)
    st.write(f"{plural(len(found), 'disagreement')}: {certain} certain, {len(found) - certain} possible.")
    documents = library.documents()
    shown = len(found) if st.session_state.get("conflicts-all") else FIRST
    for number, conflict in enumerate(found[:shown]):
        _conflict(number, conflict, library, documents)
    if shown < len(found):
        st.button(f"Show all {len(found)} disagreements", on_click=_show_all)
    take_away(lambda: ([conflict_flat(conflict) for conflict in found], CONFLICT_FLAT), "disagreements")


@st.cache_data(max_entries=4, show_spinner=False)
def _found(_library: Disputed, generation: int) -> list[Conflict]:
    """The disagreements, worked out once for each state of the library (one server has one library)."""
    return _library.conflicts()


def _show_all() -> None:
    st.session_state["conflicts-all"] = True


def _conflict(number: int, conflict: Conflict, library: Disputed, documents: Sequence[DocumentEntry]) -> None:
    when = f", {period_words(conflict.period)}" if conflict.period else ""
    values = f"{conflict.a.value_text} or {conflict.b.value_text}"
    label = f"**{markup.label(conflict.measure + when)}**: {markup.label(values)}{'' if conflict.certain else ' (possible)'}"
    with st.expander(label, expanded=number == 0, key=f"conflict-{number}", on_change="rerun") as opened:
        if opened.open:
            st.html(markup.paragraphs([conflict.why[:1].upper() + conflict.why[1:] + "."]))
            one, other = st.columns(2)
            with one:
                _side(conflict.a, library, documents)
            with other:
                _side(conflict.b, library, documents)


def _side(side: Side, library: Disputed, documents: Sequence[DocumentEntry]) -> None:
    excerpt = excerpt_at(side.place, side.quote, documents)
    st.html(markup.side(side.value_text, excerpt))
    if excerpt.page is not None:
        draw(excerpt, library, close=bool(excerpt.boxes))
