"""The scorecard of everything read, and the page of one measure."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app import markup
from app.charts import series_chart, status_chart
from app.grid import record_grid
from app.kinds.wording import name_words, plural
from app.scorecard import FIRST_ROWS, about_measure, address, measure_page, options, scorecard, titles, wanted, worst_first
from app.screens.ask import Shelf
from app.screens.fields import rows_of, several, take_away
from app.screens.source import followed, show
from app.view import excerpt_of
from index.types import DocumentEntry, Filter


def measures(library: Shelf) -> None:
    """The scorecard, or the page of the measure that the address names."""
    documents = library.documents()
    named = st.query_params.get("measure")
    if named:
        _one(named, library, documents)
    else:
        _all(library, documents)
    opened = followed()
    record = next((m for m in library.measures(Filter()) if m.id == opened), None) if opened else None
    if record:
        show(excerpt_of(record, documents), library, documents)


def _all(library: Shelf, documents: Sequence[DocumentEntry]) -> None:
    st.title("Measures", anchor=False)
    st.write("Every figure and target that was read, furthest off target first. Choose a name to see one measure over time.")
    everything = library.measures(Filter())
    if not everything:
        st.info("No measures have been read yet. Add plans on the page **Documents**.")
        return
    chosen = options(everything, documents)
    subject, council, document = st.columns(3)
    period, status, rating = st.columns(3)
    with subject:
        topic = st.text_input("Words in the measure", key="measures-topic", placeholder="any words")
    with council:
        councils = several("Council", chosen.authorities, "measures-council", "all councils")
    with document:
        names = several("Document", chosen.documents, "measures-document", "all documents")
    with period:
        periods = several("Period", chosen.periods, "measures-period", "any period")
    with status:
        statuses = several("Against target", chosen.statuses, "measures-status", "any status")
    with rating:
        ratings = several("The plan's own rating", chosen.ratings, "measures-rating", "any rating")
    found = worst_first(library.measures(wanted(councils, names, periods, statuses, ratings, topic)))
    if not found:
        st.info(f"None of the {plural(len(everything), 'measure')} is all of this. Take one of the conditions away.")
        return
    if chart := status_chart(found):
        st.html(markup.chart(chart))
    rows = len(found) if st.session_state.get("measures-all") else FIRST_ROWS
    st.html(markup.table(scorecard(found, documents, rows, address)))
    if rows < len(found):
        st.button(f"Show all {len(found)} measures", on_click=_show_all)
    take_away(lambda: rows_of(found), "measures")


def _show_all() -> None:
    st.session_state["measures-all"] = True


def _one(identity: str, library: Shelf, documents: Sequence[DocumentEntry]) -> None:
    st.button("Back to all measures", icon=":material/arrow_back:", on_click=st.query_params.clear)
    page = measure_page(identity, library)
    if page is None:
        st.title("Measures", anchor=False)
        st.info("This measure is not in the library any more. Its document may have been removed or read again.")
        return
    st.title(markup.label(name_words(page.measure)), anchor=False)
    st.html(markup.pairs(about_measure(page)))
    if chart := series_chart(page.readings):
        st.html(markup.chart(chart))
    caption = f"{plural(len(page.readings), 'reading')}, first to last"
    st.html(markup.table(record_grid("measures", page.readings, titles(documents), caption)))
    take_away(lambda: rows_of(page.readings), "measure")
