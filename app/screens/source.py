"""A source over the page: the quote beside the picture of its page with the place framed, and the pages around it.

Links that open one are plain HTML (app/markup.py, `opener`); a small script here tells the server which was followed, and says new answers
to screen readers.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol
from urllib.parse import parse_qsl

import streamlit as st

from app import markup
from app.pictures import page_picture
from app.screens.problems import PROBLEMS
from app.view import Excerpt, other_page
from index.types import DocumentEntry
from ingest.types import Box

_LISTENER = """
export default function ({ parentElement, data, setTriggerValue }) {
  const live = parentElement.querySelector("p");
  if (live.textContent !== data.said) live.textContent = data.said;
  const here = window.location;
  const address = here.pathname + (data.parameters ? "?" + data.parameters : "");
  if (data.parameters !== null && here.pathname + here.search !== address) window.history.replaceState(window.history.state, "", address);
  const follow = (event) => {
    const link = event.target.closest && event.target.closest("a[data-open]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    setTriggerValue("opened", link.dataset.open);
  };
  if (parentElement.follow) document.removeEventListener("click", parentElement.follow);
  parentElement.follow = follow;
  document.addEventListener("click", follow);
  return () => document.removeEventListener("click", follow);
}
"""
_STYLE = "p { position: absolute; width: 1px; height: 1px; margin: 0; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }"


class Originals(Protocol):
    """Where page pictures are drawn from."""

    def original(self, name: str) -> Path: ...


def followed(said: str = "", parameters: str | None = None) -> str | None:
    """What the link that was just followed opens, None for none; a link to another page of the screen (`?name=value`) is gone to at once.

    To be called once a page, after everything else is drawn.
    `said` is read aloud by screen readers when it changes. `parameters` become those of the address, without a step that the browser
    could go back.
    """
    listener = st.components.v2.component("planspoken_links", html='<p role="status" aria-live="polite"></p>', css=_STYLE, js=_LISTENER)
    with st.container(key="listener"):
        result = listener(data={"said": said, "parameters": parameters}, key="links", on_opened_change=_begin)
    opened = result.opened
    if isinstance(opened, str) and opened.startswith("?"):
        st.query_params.from_dict(dict(parse_qsl(opened[1:])))
        st.rerun()
    return opened if isinstance(opened, str) else None


def _begin() -> None:
    """Each source is opened at its own page."""
    st.session_state.pop("turned-to", None)


def show(excerpt: Excerpt, library: Originals, documents: Sequence[DocumentEntry]) -> None:
    """Opens the source over the page."""
    st.dialog(markup.label(excerpt.title), width="large")(_source)(excerpt, library, documents)


def _source(excerpt: Excerpt, library: Originals, documents: Sequence[DocumentEntry]) -> None:
    pages = next((len(entry.pages) for entry in documents if entry.name == excerpt.document), 0)
    if excerpt.page is None or not pages:
        st.html(markup.proof(excerpt))
        if excerpt.record:
            st.html(markup.to_review(excerpt.record))
        st.caption("Pages can be shown for PDF documents only.")
        return
    number = min(max(st.session_state.get("turned-to", excerpt.page), 1), pages)
    shown = other_page(excerpt, number, documents)
    beside, picture = st.columns([1, 2])
    with beside:
        st.html(markup.proof(excerpt))
        if excerpt.record:
            st.html(markup.to_review(excerpt.record))
        close = bool(shown.boxes) and st.toggle("Closer look", key="closer")
        st.write(f"Page {number} of {pages}")
        with st.container(horizontal=True):
            st.button("Previous page", on_click=_turn_to, args=(number - 1,), disabled=number == 1)
            st.button("Next page", on_click=_turn_to, args=(number + 1,), disabled=number == pages)
            if number != excerpt.page:
                st.button(f"Back to page {excerpt.page}", on_click=_turn_to, args=(excerpt.page,))
    with picture:
        draw(shown, library, close)


def _turn_to(page: int) -> None:
    st.session_state["turned-to"] = page


def beside(excerpt: Excerpt, library: Originals) -> None:
    """The excerpt and its page, beside a record that is looked at."""
    st.html(markup.proof(excerpt))
    if excerpt.page is None:
        st.caption("Pages can be shown for PDF documents only.")
    else:
        whole = st.toggle("Whole page", key="whole-page") or not excerpt.boxes
        draw(excerpt, library, close=not whole)


def draw(excerpt: Excerpt, library: Originals, close: bool) -> None:
    """The picture of the excerpt's page, cut to its place where `close`; or the line that says why there is none."""
    try:
        png = picture_of(excerpt, library, close)
    except PROBLEMS as error:
        st.warning(markup.label(str(error)))
        return
    st.image(png, width="content" if close else "stretch", alt=excerpt.alt)


def picture_of(excerpt: Excerpt, library: Originals, close: bool) -> bytes:
    """PNG of the excerpt's page. AppError, IngestError or LibraryError where it cannot be drawn."""
    return _drawn(str(library.original(excerpt.document)), excerpt.page or 1, excerpt.boxes, close, excerpt.turned)


@st.cache_data(max_entries=200, show_spinner=False)
def _drawn(pdf: str, page: int, boxes: tuple[Box, ...], close: bool, turned: int) -> bytes:
    """The page picture; originals are kept by content hash, so that the path stands for the bytes."""
    return page_picture(Path(pdf), page, boxes, close, turned)
