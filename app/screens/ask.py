"""The talk: questions, answers, and what each answer stands on."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Protocol
from urllib.parse import urlencode

import streamlit as st

from app import markup
from app.answer_book import answer_workbook
from app.charts import chart_of
from app.choices import Choice, choices
from app.screens.fields import DOCX, XLSX, csv_of
from app.screens.problems import PROBLEMS
from app.screens.source import draw, followed, picture_of, show
from app.suggestions import suggested_questions
from app.talk import LONGEST, Field, Turn, from_parameters, question_at, to_parameters
from app.types import Answer, Library, Question
from app.view import Excerpt, View, document_lines, view
from index.types import DocumentEntry, Filter

AVATARS = {"user": ":material/person:", "assistant": ":material/find_in_page:"}
FIRST_EXCERPTS = 5  # shown before the rest is asked for: a list of forty measures has forty


class Shelf(Library, Protocol):
    """What the chat needs of a library: to ask it, to know when it has changed, and the files for page pictures."""

    @property
    def generation(self) -> int: ...

    def original(self, name: str) -> Path: ...


Asking = Callable[[Question, Library], Answer]


def chat(library: Shelf, ask: Asking) -> None:
    """Draws the whole page for this run: documents, the talk so far, the input; asks what was put in."""
    documents = library.documents()
    _sidebar(documents)
    st.title("Planspoken", anchor=False)
    st.write("Plain answers from council plans. Every figure is looked up and shown with the page it stands on; none is made up.")
    if not documents:
        st.info("This library is empty. Add plans on the page **Documents**, or with `planspoken ingest FILE…` in a terminal.")
        return
    turns = _talk()
    fresh = [number for number, turn in enumerate(turns) if turn.waiting]
    for number in range(len(turns)):
        _turn(number, turns, library, documents, ask)
    if not turns or turns[-1].refused:
        _suggestions(library, len(turns))
    with st.container(key="ask"):  # in a container of its own: left at the page's foot it would scroll past every answer to the end
        st.chat_input("Ask about the plans", max_chars=LONGEST, key="question", on_submit=_put)
    _open(turns, library, documents)
    if fresh:
        st.html(markup.scroll(fresh[-1]), unsafe_allow_javascript=True)


def _talk() -> list[Turn]:
    """The talk so far; a new session begins with the one its address names, so that a link or a reload brings it back."""
    if "turns" not in st.session_state:
        named = {name: st.query_params.get_all(name) for name in ("q", "fix")}
        st.session_state.turns = from_parameters(named)
    turns: list[Turn] = st.session_state.turns
    return turns


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
            st.button("Start again", on_click=_start_again)


def _start_again() -> None:
    st.session_state.clear()
    st.session_state.turns = []  # and not once more what the address names


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


@st.cache_data(max_entries=8, show_spinner=False)
def _periods(_library: Shelf, generation: int) -> tuple[str | None, ...]:
    """The periods that figures are held for."""
    return tuple(dict.fromkeys(measure.period for measure in _library.measures(Filter())))


def _answered(number: int, turns: Sequence[Turn], library: Shelf, ask: Asking) -> Turn:
    """The turn of this number with its answer, or with the one line that says why there is none."""
    turn = turns[number]
    try:
        return replace(turn, answer=ask(question_at(turns, number), library))
    except PROBLEMS as error:
        return replace(turn, error=str(error))
    except Exception as error:  # a fault of ours must not take the talk so far from the asker
        logging.getLogger(__name__).exception("asking %r failed", turn.question)
        fault = f"Planspoken failed on this question ({type(error).__name__}). The details are in the terminal it was started in."
        return replace(turn, error=fault)


def _turn(number: int, turns: list[Turn], library: Shelf, documents: Sequence[DocumentEntry], ask: Asking) -> None:
    """One question and its answer, which is looked up now if it is not there yet."""
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
            _answer(answer, number, turns, library, documents)


def _answer(answer: Answer, number: int, turns: list[Turn], library: Shelf, documents: Sequence[DocumentEntry]) -> None:
    shown = view(answer, documents)
    excerpts = shown.excerpts if st.session_state.get(f"all-{number}") else shown.excerpts[:FIRST_EXCERPTS]
    links = markup.Links(number, len(shown.excerpts))
    st.html(markup.lead(shown, links))
    _understood(answer, shown.understood, number, turns, library, documents)
    if shown.timeline:
        st.html(markup.timeline(shown.timeline, links))
    if shown.grid:
        st.html(markup.table(shown.grid, links))
    if rest := markup.rest(shown, links):
        st.html(rest)
    _take_away(answer, shown, number, turns, library, documents)
    if chart := chart_of(answer):
        st.html(markup.chart(chart))
    if excerpts:
        _excerpts(excerpts, number, number == len(turns) - 1, library)
    if len(excerpts) < len(shown.excerpts):
        st.button(f"Show all {len(shown.excerpts)} excerpts", key=f"more-{number}", on_click=_show_all, args=(number,))


def _understood(answer: Answer, told: str, number: int, turns: list[Turn], library: Shelf, documents: Sequence[DocumentEntry]) -> None:
    """What was understood, to be changed; the question is answered anew at once."""
    with st.expander(f"**Understood as:** {markup.label(told)}", key=f"understood-{number}", icon=":material/edit:"):
        found = choices(answer, documents, _periods(library, library.generation))
        key = f"fix-{number}-topic"
        st.session_state.setdefault(key, found.topic)
        places = [place for _ in range(0, len(found.fields) + 1, 3) for place in st.columns(3)]
        with places[0]:
            st.text_input(
                "Subject", key=key, on_change=_correct, args=(number, turns, "topic"), max_chars=LONGEST, placeholder="everything"
            )
        for place, choice in zip(places[1:], found.fields, strict=False):
            with place:
                _choice(choice, number, turns)
        if turns[number].correction:
            st.button("As it was first understood", key=f"unfix-{number}", on_click=_uncorrect, args=(number, turns))


def _choice(choice: Choice, number: int, turns: list[Turn]) -> None:
    key = f"fix-{number}-{choice.field}"
    st.session_state.setdefault(key, list(choice.chosen))
    st.multiselect(
        choice.label,
        list(choice.options),
        format_func=lambda value: choice.options.get(value, value),
        key=key,
        on_change=_correct,
        args=(number, turns, choice.field),
        placeholder=choice.any,
    )


def _correct(number: int, turns: list[Turn], field: Field) -> None:
    value = st.session_state[f"fix-{number}-{field}"]
    turns[number] = turns[number].corrected(field, value if isinstance(value, str) else tuple(value))


def _uncorrect(number: int, turns: list[Turn]) -> None:
    turns[number] = Turn(turns[number].question)
    for key in [key for key in st.session_state if str(key).startswith(f"fix-{number}-")]:
        del st.session_state[key]


def _take_away(answer: Answer, shown: View, number: int, turns: Sequence[Turn], library: Shelf, documents: Sequence[DocumentEntry]) -> None:
    """The answer to keep: as files, as text, as a link. Files are made when they are asked for."""
    name = f"answer-{number + 1}"

    def picture(excerpt: Excerpt) -> bytes | None:
        return picture_of(excerpt, library, close=True) if excerpt.page is not None and excerpt.boxes else None

    with st.container(horizontal=True, key=f"keep-{number}"):
        if answer.table and answer.table.rows:
            st.download_button(
                "Table (CSV)",
                csv_of([line.record for line in answer.table.rows]),
                f"{name}.csv",
                "text/csv",
                key=f"csv-{number}",
                on_click="ignore",
            )
        st.download_button(
            "Workbook (Excel)",
            lambda: answer_workbook(answer, shown, documents),
            f"{name}.xlsx",
            XLSX,
            key=f"xlsx-{number}",
            on_click="ignore",
        )
        st.download_button(
            "Briefing (Word)",
            lambda: _briefing(answer, shown, documents, picture),
            f"{name}.docx",
            DOCX,
            key=f"docx-{number}",
            on_click="ignore",
        )
        with st.popover("Copy or link"):
            st.write("The answer")
            st.code(markup.plain(answer, shown), language=None, wrap_lines=True)
            st.write("A link to this talk, for others who use this Planspoken")
            st.code(_address(turns), language=None, wrap_lines=True)


def _briefing(answer: Answer, shown: View, documents: Sequence[DocumentEntry], picture: Callable[[Excerpt], bytes | None]) -> bytes:
    from app.briefing import briefing  # a tenth of a second that no answer need wait for

    return briefing(answer, shown, documents, picture, date.today())


def _address(turns: Sequence[Turn]) -> str:
    return f"{(st.context.url or '').partition('?')[0]}?{_parameters(turns)}"


def _parameters(turns: Sequence[Turn]) -> str:
    return urlencode(to_parameters(turns), doseq=True)


def _excerpts(excerpts: Sequence[Excerpt], number: int, last: bool, library: Shelf) -> None:
    """The excerpts; the last answer shows the place of its first at once."""
    st.html(markup.heading("What the documents say"))
    for i, excerpt in enumerate(excerpts):
        st.html(markup.excerpt(excerpt, number))
        if last and i == 0 and excerpt.page is not None and excerpt.boxes:
            draw(excerpt, library, close=True)


def _show_all(number: int) -> None:
    st.session_state[f"all-{number}"] = True


def _open(turns: Sequence[Turn], library: Shelf, documents: Sequence[DocumentEntry]) -> None:
    """Opens the source that was just asked for, and says the latest answer to those who hear the page."""
    latest = turns[-1] if turns else None
    said = (latest.error or (latest.answer.headline if latest.answer else "")) if latest else ""
    turn, _, n = (followed(said, _parameters(turns)) or "").partition("-")
    if not (turn.isdecimal() and n.isdecimal() and int(turn) < len(turns)):
        return
    answer = turns[int(turn)].answer
    excerpt = next((e for e in view(answer, documents).excerpts if e.n == int(n)), None) if answer else None
    if excerpt:
        show(excerpt, library, documents)
