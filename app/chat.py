"""The Streamlit chat: draws what app/view.py decides, and decides nothing itself. `planspoken chat` serves this file."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

import streamlit as st

from app import markup
from app.engine import ask
from app.errors import AppError
from app.export import columns_of, record_rows, to_csv
from app.pictures import page_picture
from app.settings import read_settings, stay_offline
from app.suggestions import suggested_questions
from app.types import Answer, Library, Question, TableOfRecords
from app.view import Excerpt, Turn, document_lines, view
from index.errors import LibraryError
from index.library import Library as LibraryFolder
from index.types import DocumentEntry, Filter
from ingest.errors import IngestError
from ingest.types import Box

STYLE = Path(__file__).with_name("chat.css")
ICON = Path(__file__).with_name("icon.svg")  # of our own: Streamlit fetches its icons for the browser tab from outside
AVATARS = {"user": ":material/person:", "assistant": ":material/find_in_page:"}
FIRST_EXCERPTS = 5  # shown before the rest is asked for: a list of forty measures has forty
PROBLEMS = (AppError, IngestError, LibraryError)  # what the asker can mend, worded in one line


class Shelf(Library, Protocol):
    """What the chat needs of a library: to ask it, to know when it has changed, and the files for page pictures."""

    @property
    def generation(self) -> int: ...

    def original(self, name: str) -> Path: ...


Asking = Callable[[Question, Library], Answer]


def chat(library: Shelf, ask: Asking) -> None:
    """Draws the whole page for this run: documents, the talk so far, the input; asks what was put in."""
    st.html(STYLE)
    documents = library.documents()
    _sidebar(documents)
    st.title("Planspoken", anchor=False)
    st.write("Plain answers from council plans. Every figure is looked up and shown with the page it stands on; none is made up.")
    if not documents:
        st.info("This library is empty. Add plans with `planspoken ingest FILE…` in a terminal, then load this page again.")
        return
    turns: list[Turn] = st.session_state.setdefault("turns", [])
    fresh = any(turn.waiting for turn in turns)
    for number in range(len(turns)):
        _turn(number, turns, library, documents, ask)
    if not turns or turns[-1].refused:
        _suggestions(library, len(turns))
    with st.container(key="ask"):  # in a container of its own: left at the page's foot it would scroll past every answer to the end
        st.chat_input("Ask about the plans", max_chars=1000, key="question", on_submit=_put)
    if fresh:
        st.html(markup.scroll(len(turns) - 1), unsafe_allow_javascript=True)


def _put(question: str | None = None) -> None:
    """Keeps a question before it is answered: one that is put in while another is being answered ends that run, and both are wanted."""
    text = (question or st.session_state.question or "").strip()
    if text:
        st.session_state.setdefault("turns", []).append(Turn(text))


def _sidebar(documents: Sequence[DocumentEntry]) -> None:
    with st.sidebar:
        st.header(f"Documents ({len(documents)})", anchor=False)
        if documents:
            st.html(markup.documents([document_lines(entry) for entry in documents]))
        if st.session_state.get("turns"):
            st.button("Start again", on_click=st.session_state.clear)


def _suggestions(library: Shelf, number: int) -> None:
    questions = _suggested(library, library.generation, date.today())
    if questions:
        st.write("You could ask:")
    for i, question in enumerate(questions):
        st.button(markup.label(question), key=f"suggestion-{number}-{i}", on_click=_put, args=(question,))


@st.cache_data(max_entries=8, show_spinner=False)
def _suggested(_library: Shelf, generation: int, today: date) -> tuple[str, ...]:
    """The suggested questions, worked out once for each state of the library (one server has one library)."""
    return suggested_questions(_library.measures(Filter()), _library.actions(Filter()), today)


def _answered(number: int, turns: Sequence[Turn], library: Shelf, ask: Asking) -> Turn:
    """The turn of this number with its answer, or with the one line that says why there is none."""
    question = turns[number].question
    try:
        return Turn(question, ask(Question(question, tuple(turn.question for turn in turns[:number])), library))
    except PROBLEMS as error:
        return Turn(question, error=str(error))
    except Exception as error:  # a fault of ours must not take the talk so far from the asker
        logging.getLogger(__name__).exception("asking %r failed", question)
        fault = f"Planspoken failed on this question ({type(error).__name__}). The details are in the terminal it was started in."
        return Turn(question, error=fault)


@st.fragment
def _turn(number: int, turns: list[Turn], library: Shelf, documents: Sequence[DocumentEntry], ask: Asking) -> None:
    """One question and its answer, which is looked up now if it is not there yet; opening a page in it draws only this turn again."""
    with st.chat_message("user", avatar=AVATARS["user"]):
        st.html(markup.question(turns[number].question, number))
    with st.chat_message("assistant", avatar=AVATARS["assistant"]):
        with st.empty():
            if turns[number].waiting:
                with st.spinner("Looking it up…"):
                    turns[number] = _answered(number, turns, library, ask)
        answer = turns[number].answer
        if answer is None:
            st.error(markup.label(turns[number].error or ""))
        else:
            _answer(answer, number, number == len(turns) - 1, library, documents)


def _answer(answer: Answer, number: int, last: bool, library: Shelf, documents: Sequence[DocumentEntry]) -> None:
    shown = view(answer, documents)
    excerpts = shown.excerpts if st.session_state.get(f"all-{number}") else shown.excerpts[:FIRST_EXCERPTS]
    links = markup.Links(number, len(excerpts))
    st.html(markup.lead(shown, links))
    if shown.grid:
        st.html(markup.table(shown.grid, links))
    if rest := markup.rest(shown, links):
        st.html(rest)
    if answer.table and shown.grid:
        _download(answer.table, number)
    if excerpts:
        _excerpts(excerpts, number, last, library)
    if len(excerpts) < len(shown.excerpts):
        st.button(f"Show all {len(shown.excerpts)} excerpts", key=f"more-{number}", on_click=_show_all, args=(number,))


def _download(table: TableOfRecords, number: int) -> None:
    records = [line.record for line in table.rows]
    text = to_csv(record_rows(records), columns_of(type(records[0])))
    data = text.encode("utf-8-sig")  # Excel needs the mark to read a file as UTF-8
    st.download_button("Download the table (CSV)", data, f"answer-{number + 1}.csv", "text/csv", key=f"csv-{number}", on_click="ignore")


def _excerpts(excerpts: Sequence[Excerpt], number: int, last: bool, library: Shelf) -> None:
    """The excerpts, each with its page to open; the first page of the last answer is open."""
    st.html(markup.heading("What the documents say"))
    for i, excerpt in enumerate(excerpts):
        st.html(markup.excerpt(excerpt, number))
        if excerpt.page is None:
            continue
        label = markup.label(f"[{excerpt.n}] Page {excerpt.page}, with this place framed")
        page = st.expander(label, expanded=last and i == 0, key=f"page-{number}-{excerpt.n}", on_change="rerun")
        if page.open:
            with page:
                _picture(excerpt, library, close=bool(excerpt.boxes) and st.toggle("Closer look", key=f"close-{number}-{excerpt.n}"))


def _show_all(number: int) -> None:
    st.session_state[f"all-{number}"] = True


def _picture(excerpt: Excerpt, library: Shelf, close: bool) -> None:
    try:
        png = _drawn(str(library.original(excerpt.document)), excerpt.page or 1, excerpt.boxes, close, excerpt.turned)
    except PROBLEMS as error:
        st.warning(markup.label(str(error)))
        return
    st.image(png, width="content" if close else "stretch", alt=excerpt.alt)


@st.cache_data(max_entries=200, show_spinner=False)
def _drawn(pdf: str, page: int, boxes: tuple[Box, ...], close: bool, turned: int) -> bytes:
    """The page picture; originals are kept by content hash, so that the path stands for the bytes."""
    return page_picture(Path(pdf), page, boxes, close, turned)


@st.cache_resource(show_spinner="Opening the library…")
def _opened(folder: Path) -> Shelf:
    """The library, opened once for all sessions; it notices by itself when another process changes it."""
    return LibraryFolder.open(folder)


def main() -> None:
    """The page as served: over the library that the environment names."""
    st.set_page_config("Planspoken", page_icon=str(ICON), layout="wide")
    stay_offline()
    beside = str(Path(__file__).parent)  # Streamlit puts it on the path, where app/types.py and others could stand in for outside modules
    sys.path[:] = [folder for folder in sys.path if folder != beside]
    folder = read_settings().library
    try:
        if folder is None:
            raise AppError("no library is named: start this page with `planspoken chat`")
        chat(_opened(folder), ask)
    except PROBLEMS as error:
        st.error(markup.label(str(error)))


if __name__ == "__main__":
    main()
