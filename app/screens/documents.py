"""What is in the library: files handed over and how their reading goes, every document with its pages and records, and taking one out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import streamlit as st

from app import markup
from app.kinds.wording import plural
from app.review import (
    RECORDS,
    Reviewed,
    about_document,
    documents_grid,
    pages_grid,
    record_fields,
    record_label,
    records_of,
    rejections_grid,
    report_words,
)
from app.screens.problems import PROBLEMS
from app.screens.source import beside, followed, show
from app.uploads import STEP, Upload, Uploads
from app.view import excerpt_at, excerpt_of
from index.types import DocumentEntry
from ingest.readers import known_suffixes

EVERY = 1.0  # seconds between two looks at how reading goes


class Archive(Reviewed, Protocol):
    """What this screen needs of a library."""

    @property
    def generation(self) -> int: ...


def documents(library: Archive, uploads: Uploads) -> None:
    """All documents and the place to add more, or the document that the address names."""
    listed = library.documents()
    named = st.query_params.get("document")
    if named:
        _one(named, library, listed)
        return
    st.title("Documents", anchor=False)
    st.write("Plans, self-evaluations, scorecards and trackers. A file is taken in whole or not at all; one of the same name is replaced.")
    _hand_over(uploads)
    _reading(uploads)
    if listed:
        st.html(markup.table(documents_grid(listed)))
    else:
        st.info("This library is empty. Add a plan above, or with `planspoken ingest FILE…` in a terminal.")
    followed()


def _hand_over(uploads: Uploads) -> None:
    kinds = ", ".join(sorted({suffix.lstrip(".") for suffix in known_suffixes()}))
    chosen = st.file_uploader("Add documents", accept_multiple_files=True, key="files", help=f"Formats: {kinds}")
    taken: set[str] = st.session_state.setdefault("taken", set())
    for file in chosen or []:
        if file.file_id not in taken:
            taken.add(file.file_id)
            uploads.hand_over(file.name, file.getvalue())


def _reading(uploads: Uploads) -> None:
    """The files handed over; while any is being read the list is drawn anew every second."""
    if not uploads.listed():
        return
    st.html(markup.heading("Files handed over", 2))
    if uploads.busy():
        st.write("Reading goes on when this page is closed.")
        st.fragment(_progress, run_every=EVERY)(uploads)
    else:
        _states(uploads.listed())


def _progress(uploads: Uploads) -> None:
    _states(uploads.listed())
    if not uploads.busy():
        st.rerun()


def _states(listed: Sequence[Upload]) -> None:
    for upload in listed:
        name = markup.label(upload.name)
        if upload.report is None:
            words = STEP.get(upload.step, "Reading") if upload.state == "reading" else "Waiting"
            of = f", {upload.done} of {upload.of}" if upload.of else ""
            st.progress(upload.share, f"{name}: {words}{of}")
        elif upload.report.status == "refused":
            st.error(f"**{name}** {markup.label(report_words(upload.report))}", icon=":material/block:")
        elif upload.report.status == "partly_read":
            st.warning(f"**{name}** {markup.label(report_words(upload.report))}", icon=":material/warning:")
        else:
            st.success(f"**{name}** {markup.label(report_words(upload.report))}", icon=":material/check:")


def _one(name: str, library: Archive, listed: Sequence[DocumentEntry]) -> None:
    st.button("Back to all documents", icon=":material/arrow_back:", on_click=st.query_params.clear)
    entry = next((entry for entry in listed if entry.name == name), None)
    if entry is None:
        st.title("Documents", anchor=False)
        st.info("This document is not in the library any more.")
        return
    st.title(markup.label(entry.title or entry.name), anchor=False)
    st.html(markup.pairs(about_document(entry, listed)))
    _records(entry, library, listed)
    rejected = library.rejections(name)
    if rejected:
        st.html(markup.heading("Rows that were not read", 2))
        st.html(markup.table(rejections_grid(rejected)))
    st.html(markup.heading("Pages", 2))
    st.html(markup.table(pages_grid(entry)))
    st.button("Remove this document", icon=":material/delete:", on_click=_ask_to_remove, args=(name,))
    if st.session_state.get("removing") == name:
        st.dialog("Remove this document?", on_dismiss=_keep)(_remove)(entry, library)
    opened = followed()
    if opened and opened.isdecimal() and int(opened) < len(rejected):
        row = rejected[int(opened)]
        show(excerpt_at(row.place, row.text, listed), library, listed)


def _records(entry: DocumentEntry, library: Archive, listed: Sequence[DocumentEntry]) -> None:
    """The records one by one, each beside its place on the page."""
    st.html(markup.heading("What was read, beside the page", 2))
    kinds = {kind: records for kind in RECORDS if (records := records_of(entry.name, kind, library))}
    if not kinds:
        st.info("Nothing in this document was read as a measure, an action or a commitment. Its text can be searched and asked about.")
        return
    words = {kind: f"{RECORDS[kind]} ({len(records)})" for kind, records in kinds.items()}
    kind = st.radio("Kind of record", list(words), format_func=lambda k: words.get(k, k), horizontal=True, key=f"kind-{entry.name}")
    records = kinds.get(kind) or next(iter(kinds.values()))
    key = f"record-{entry.name}-{kind}"
    number = st.selectbox("Record", range(len(records)), format_func=lambda n: record_label(records[n]), key=key)
    at = number if isinstance(number, int) and number < len(records) else 0
    with st.container(horizontal=True):
        st.button("Previous record", on_click=_turn_to, args=(key, at - 1), disabled=at == 0)
        st.button("Next record", on_click=_turn_to, args=(key, at + 1), disabled=at == len(records) - 1)
    excerpt = excerpt_of(records[at], listed)
    told, picture = st.columns([2, 3])
    with told:
        st.html(markup.pairs(record_fields(records[at])))
        st.html(markup.to_review(records[at].id))
    with picture:
        beside(excerpt, library)


def _turn_to(key: str, number: int) -> None:
    st.session_state[key] = number


def _ask_to_remove(name: str) -> None:
    st.session_state["removing"] = name


def _keep() -> None:
    st.session_state.pop("removing", None)


def _remove(entry: DocumentEntry, library: Archive) -> None:
    held = [plural(entry.measures, "measure"), plural(entry.actions, "action"), plural(entry.commitments, "commitment")]
    st.write(
        markup.label(
            f"“{entry.title or entry.name}” goes out of the library with its {', '.join(held)}. The file itself must be kept elsewhere."
        )
    )
    if st.button("Remove it", type="primary"):
        try:
            with st.spinner("Removing it…"):
                library.remove(entry.name)
        except PROBLEMS as error:
            st.error(markup.label(str(error)))
            return
        _keep()
        st.query_params.clear()
        st.rerun()
