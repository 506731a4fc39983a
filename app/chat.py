"""The front end as Streamlit serves it: opens the library, offers the pages. `planspoken chat` serves this file."""

from __future__ import annotations

import logging
import sys
import threading
from contextlib import suppress
from functools import partial
from pathlib import Path

import streamlit as st

from app import markup
from app.errors import AppError
from app.llm.providers import open_model
from app.screens.ask import chat
from app.screens.commitments import commitments
from app.screens.disagreements import disagreements
from app.screens.documents import documents
from app.screens.how_made import how_made
from app.screens.live import asking
from app.screens.measures import measures
from app.screens.problems import PROBLEMS
from app.screens.review import review
from app.settings import llm_settings, read_settings, stay_offline
from app.uploads import ReadingProcess, Uploads
from index.errors import LibraryError
from index.library import Library

STYLE = Path(__file__).with_name("chat.css")
ICON = Path(__file__).with_name("icon.svg")  # of our own: Streamlit fetches its icons for the browser tab from outside


@st.cache_resource(show_spinner="Opening the library…")
def _opened(folder: Path) -> Library:
    """The library, opened once for all sessions; it notices by itself when another process changes it."""
    library = Library.open(folder)
    threading.Thread(target=_warm_up, args=(library,), daemon=True).start()
    return library


def _warm_up(library: Library) -> None:
    """Searches once, so that the first to ask need not wait for the libraries underneath to be loaded."""
    with suppress(LibraryError):  # whoever asks is told
        library.search("targets", 1)


@st.cache_resource(show_spinner=False)
def _uploads(folder: Path) -> Uploads:
    """The files handed over to this server: they are read on when the session that handed them over ends."""
    return Uploads(ReadingProcess(folder).read)


def main() -> None:
    """The page as served: over the library that the environment names."""
    st.set_page_config("Planspoken", page_icon=str(ICON), layout="wide")
    stay_offline()
    beside = str(Path(__file__).parent)  # Streamlit puts it on the path, where app/types.py and others could stand in for outside modules
    sys.path[:] = [folder for folder in sys.path if folder != beside]
    st.html(STYLE)
    folder = read_settings().library
    try:
        if folder is None:
            raise AppError("no library is named: start this page with `planspoken chat`")
        library = _opened(folder)
        uploads = _uploads(folder)
        page = st.navigation(
            [
                st.Page(
                    partial(chat, library, asking(open_model(llm_settings()))),
                    title="Ask",
                    icon=":material/forum:",
                    url_path="ask",
                    default=True,
                ),
                st.Page(partial(measures, library), title="Measures", icon=":material/target:", url_path="measures"),
                st.Page(partial(commitments, library), title="Commitments", icon=":material/handshake:", url_path="commitments"),
                st.Page(partial(disagreements, library), title="Disagreements", icon=":material/compare:", url_path="disagreements"),
                st.Page(partial(documents, library, uploads), title="Documents", icon=":material/folder_open:", url_path="documents"),
                st.Page(partial(review, library), title="Review", icon=":material/rule:", url_path="review"),
                st.Page(how_made, title="How answers are made", icon=":material/fact_check:", url_path="how"),
            ],
            position="top",
        )
        page.run()
    except PROBLEMS as error:
        st.error(markup.label(str(error)))
    except Exception as error:  # a fault of ours: the rest of the front end stays usable, and the terminal has the details
        logging.getLogger(__name__).exception("a screen failed")
        fault = f"Planspoken failed on this screen ({type(error).__name__}). The details are in the terminal it was started in."
        st.error(markup.label(fault))


if __name__ == "__main__":
    main()
