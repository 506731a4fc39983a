"""The register of what was promised, and the page of one commitment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from app import markup
from app.evidence.desk import desk
from app.evidence.threads import thread_of
from app.grid import RATING, record_grid
from app.kinds.wording import plural
from app.register import (
    FIRST_ROWS,
    STATE,
    Entry,
    about_commitment,
    address,
    caption,
    elsewhere,
    export_rows,
    leads,
    register,
    register_grid,
)
from app.scorecard import titles
from app.screens.ask import Shelf
from app.screens.fields import several, take_away
from app.screens.source import draw, followed, show
from app.tracks import tracks
from app.view import excerpt_of
from index.types import DocumentEntry, Filter


def commitments(library: Shelf) -> None:
    """The register, or the page of the commitment that the address names."""
    documents = library.documents()
    named = st.query_params.get("commitment")
    if named:
        _one(named, library, documents)
    else:
        _all(library, documents)
    opened = followed()
    record = next((c for c in library.commitments(Filter()) if c.id == opened), None) if opened else None
    if record:
        show(excerpt_of(record, documents), library, documents)


def _all(library: Shelf, documents: Sequence[DocumentEntry]) -> None:
    st.title("Commitments", anchor=False)
    st.write("Everything the plans promise: actions, and statements of intent in their text. Choose one to see all that is said of it.")
    everything = register(library, Filter(), "", date.today())
    if not everything:
        st.info("No commitments have been read yet. Add plans on the page **Documents**.")
        return
    found = _wanted(library, documents, everything)
    if not found:
        st.info(f"None of the {plural(len(everything), 'commitment')} is all of this. Take one of the conditions away.")
        return
    rows = len(found) if st.session_state.get("commitments-all") else FIRST_ROWS
    st.html(markup.table(register_grid(found[:rows], titles(documents), caption(found, rows))))
    if rows < len(found):
        st.button(f"Show all {len(found)} commitments", on_click=_show_all)
    take_away(lambda: export_rows(found), "commitments")


def _wanted(library: Shelf, documents: Sequence[DocumentEntry], everything: Sequence[Entry]) -> list[Entry]:
    text = st.text_input("Search by words and meaning", key="commitments-text", placeholder="for example: training for social workers")
    lead, rating, state = st.columns(3)
    plan, before, as_at = st.columns(3)
    with lead:
        people = several("Lead", leads(everything), "commitments-lead", "anyone")
    with rating:
        ratings = several("The plan's own rating", {str(r): word for r, word in RATING.items()}, "commitments-rating", "any rating")
    with state:
        states = several("State", STATE, "commitments-state", "any state")
    with plan:
        names = several("Plan", titles(documents), "commitments-plan", "all plans")
    with before:
        due = st.date_input("Due before", value=None, key="commitments-due", format="DD/MM/YYYY")
    with as_at:
        on = st.date_input("Overdue as at", value="today", key="commitments-on", format="DD/MM/YYYY")
    wanted = Filter(documents=tuple(names), leads=tuple(people), rags=tuple(ratings), due_before=due.isoformat() if due else None)
    found = register(library, wanted, text, on or date.today())
    return [entry for entry in found if not states or entry.state in states]


def _show_all() -> None:
    st.session_state["commitments-all"] = True


def _one(identity: str, library: Shelf, documents: Sequence[DocumentEntry]) -> None:
    st.button("Back to all commitments", icon=":material/arrow_back:", on_click=st.query_params.clear)
    entry = next((e for e in register(library, Filter(), "", date.today()) if e.commitment.id == identity), None)
    if entry is None:
        st.title("Commitments", anchor=False)
        st.info("This commitment is not in the library any more. Its document may have been removed or read again.")
        return
    st.title("Commitment", anchor=False)
    st.html(markup.paragraphs([entry.commitment.commitment]))
    excerpt = excerpt_of(entry.commitment, documents)
    told, picture = st.columns([2, 3])
    with told:
        st.html(markup.pairs(about_commitment(entry, documents)))
    with picture:
        st.html(markup.proof(excerpt, entry.commitment.id))
        if excerpt.page is not None:
            draw(excerpt, library, close=bool(excerpt.boxes))
    if _through_the_plans(entry, library, documents):
        return
    alike = elsewhere(entry, library)
    if alike:
        st.html(markup.heading("Promised in like words in other plans, by time", 2))
        st.write("Found by search. Whether it is the same promise is for the reader to judge.")
        st.html(markup.table(record_grid("commitments", alike, titles(documents), plural(len(alike), "commitment"), address)))


def _through_the_plans(entry: Entry, library: Shelf, documents: Sequence[DocumentEntry]) -> bool:
    """Draws what became of the commitment in other plans; False where it can be followed into none."""
    thread = thread_of(entry.action or entry.commitment, desk(library))
    if len(thread.steps) < 2 and not thread.silent:
        return False
    st.html(markup.heading("Through the plans", 2))
    st.write("Followed by wording, dates, leads and targets. What changed is said as both plans print it.")
    places = {c.action_id or c.id: c.id for c in library.commitments(Filter())}
    st.html(markup.timeline(tracks([thread], documents), places=places))
    return True
