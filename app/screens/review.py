"""What a person should look at: the queue, one record beside its page to be set right or confirmed, and what was corrected so far."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import streamlit as st

from app import markup
from app.corrected import correction_words
from app.doubts import corrections_grid, doubtful_grid, field_label, fields_of, name_words, narrowed, reasons_of
from app.review import Reviewed, record_fields
from app.screens.fields import several
from app.screens.problems import PROBLEMS
from app.screens.source import beside, followed
from app.view import excerpt_at, excerpt_of
from index.review import Doubtful
from index.types import DocumentEntry
from ingest.records.correct import LONGEST
from ingest.types import Correction, Record, Rejection

FIRST_ROWS = 50
CONFIRMED = "checked against the page"


class Desk(Reviewed, Protocol):
    """What this screen needs of a library."""

    @property
    def generation(self) -> int: ...

    def record(self, identity: str) -> Record: ...

    def review(self) -> list[Doubtful]: ...

    def corrections(self) -> list[Correction]: ...

    def correct(self, identity: str, field: str, value: str, by: str, why: str) -> Correction: ...

    def confirm(self, looked_at: Record | Rejection, by: str, why: str) -> Correction: ...

    def undo(self, number: int, by: str) -> Correction: ...


def review(library: Desk) -> None:
    """The queue and the corrections so far, or the record that the address names."""
    found, documents = _queue(library, library.generation), library.documents()
    named = st.query_params.get("record")
    if named:
        _one(named, library, found, documents)
    else:
        _all(library, found, documents)
    followed(st.session_state.get("review-done", ""))


@st.cache_data(max_entries=4, show_spinner="Looking through what was read…")
def _queue(_library: Desk, generation: int) -> list[Doubtful]:
    """The queue, worked out once for each state of the library."""
    return _library.review()


def _all(library: Desk, found: Sequence[Doubtful], documents: Sequence[DocumentEntry]) -> None:
    st.title("Review", anchor=False)
    st.write("What may have been read wrongly. Look at each beside its page, and set it right or confirm it. Answers leave none of it out.")
    if found:
        titles = {entry.name: entry.title or entry.name for entry in documents}
        held = {d.place.document for d in found}
        left, right = st.columns(2)
        with left:
            names = several("Document", {n: t for n, t in titles.items() if n in held}, "review-document", "all documents")
        with right:
            reasons = several("Reason", reasons_of(found), "review-reason", "any reason")
        shown = narrowed(found, names, reasons)
        rows = len(shown) if st.session_state.get("review-all") else FIRST_ROWS
        if shown:
            st.html(markup.table(doubtful_grid(shown, rows, titles)))
        else:
            st.info("Nothing to look at is all of this. Take one of the conditions away.")
        if rows < len(shown):
            st.button(f"Show all {len(shown)}", on_click=_show_all)
    else:
        st.info("Nothing waits to be looked at.")
    made = library.corrections()
    if made:
        st.html(markup.heading("Set right by hand", 2))
        st.html(markup.table(corrections_grid(made)))


def _show_all() -> None:
    st.session_state["review-all"] = True


def _one(key: str, library: Desk, found: Sequence[Doubtful], documents: Sequence[DocumentEntry]) -> None:
    at = next((n for n, doubtful in enumerate(found) if doubtful.key == key), None)
    with st.container(horizontal=True):
        st.button("Back to the queue", icon=":material/arrow_back:", on_click=_back)
        after = found[(at + 1) % len(found)].key if at is not None and len(found) > 1 else found[0].key if at is None and found else None
        if after and after != key:
            st.button("Next to look at", on_click=_go, args=(after,))
    of = found[at].of if at is not None else _record(key, library)
    if of is None:
        st.title("Review", anchor=False)
        st.info("This is not in the library any more, or it was looked at already.")
        _outcome()
        return
    name = name_words(of)
    st.title(markup.label(f"{name[:1].upper()}{name[1:]}"), anchor=False)
    for doubt in found[at].doubts if at is not None else ():
        st.warning(markup.label(f"{doubt.words[:1].upper()}{doubt.words[1:]}."), icon=":material/help:")
    told, picture = st.columns([2, 3])
    with told:
        if isinstance(of, Rejection):
            st.html(markup.pairs([("Row", of.text), ("Why it gave no record", of.reason)]))
        else:
            st.html(markup.pairs(record_fields(of)))
            _undoing(of, library)
    with picture:
        beside(excerpt_at(of.place, of.text, documents) if isinstance(of, Rejection) else excerpt_of(of, documents), library)
        _deciding(of, library)


def _record(key: str, library: Desk) -> Record | None:
    try:
        return library.record(key)
    except PROBLEMS:
        return None


def _deciding(of: Record | Rejection, library: Desk) -> None:
    """The form: which field, what it should be, who says so and why; or that it is right as it was read."""
    st.html(markup.heading("Set it right or confirm it" if not isinstance(of, Rejection) else "Confirm that no record is missing", 2))
    key = "row" if isinstance(of, Rejection) else of.id
    if not isinstance(of, Rejection):
        which, becomes = st.columns(2)
        fields = fields_of(of)
        with which:
            field = st.selectbox("Field", list(fields), format_func=field_label, key=f"field-{key}", index=_usual(list(fields)))
        with becomes:
            st.text_input("What it should be", key=f"value-{key}", placeholder="as printed; none for nothing", max_chars=LONGEST)
        st.caption(markup.label(f"{field_label(field)} now: {fields.get(field, '')}"))
    who, reason = st.columns(2)
    st.session_state.setdefault("by", st.session_state.get("who", ""))
    with who:
        st.text_input("Your name", key="by", autocomplete="name", max_chars=100)
    with reason:
        st.text_input("Why", key=f"why-{key}", placeholder=CONFIRMED, max_chars=500)
    with st.container(horizontal=True):
        if not isinstance(of, Rejection):
            st.button("Correct it", type="primary", icon=":material/edit:", on_click=_correct, args=(of.id, library))
        st.button("It is right as it was read", icon=":material/check:", on_click=_confirm, args=(of, key, library))
    _outcome()


def _outcome() -> None:
    """What became of the last step, once."""
    if failed := st.session_state.pop("review-failed", None):
        st.error(markup.label(failed), icon=":material/block:")
    if done := st.session_state.pop("review-shown", None):
        st.success(markup.label(done), icon=":material/check:")


def _usual(fields: Sequence[str]) -> int:
    """The field that is most often wrong: a figure's value, an action's due date."""
    return next((n for n, field in enumerate(fields) if field in ("value", "due", "by_when")), 0)


def _undoing(record: Record, library: Desk) -> None:
    for made in [made for made in library.corrections() if made.record == record.id and made.state == "applied"]:
        st.button(
            f"Undo {'correction' if made.field else 'confirmation'} {made.number}",
            key=f"undo-{made.number}",
            icon=":material/undo:",
            on_click=_undo,
            args=(made.number, library),
        )


def _correct(identity: str, library: Desk) -> None:
    told = st.session_state
    field, value, why = (str(told.get(f"{name}-{identity}") or "") for name in ("field", "value", "why"))
    if _do(lambda: library.correct(identity, field, value, told.get("by", ""), why)):
        told[f"value-{identity}"] = told[f"why-{identity}"] = ""


def _confirm(of: Record | Rejection, key: str, library: Desk) -> None:
    why = st.session_state.get(f"why-{key}") or CONFIRMED
    if _do(lambda: library.confirm(of, st.session_state.get("by", ""), why)):
        st.session_state[f"why-{key}"] = ""


def _undo(number: int, library: Desk) -> None:
    _do(lambda: library.undo(number, st.session_state.get("by", "")), "Undone: ")


def _do(step: Callable[[], Correction], said: str = "") -> bool:
    """Does it, and keeps what is to be said of it when the page is drawn anew; whether it was done."""
    st.session_state["who"] = st.session_state.get("by", "")
    try:
        words = correction_words(step())
    except PROBLEMS as error:
        st.session_state["review-failed"] = f"{str(error)[:1].upper()}{str(error)[1:]}"
        return False
    told = f"{said}{words[:1].upper()}{words[1:]}."
    st.session_state["review-done"] = st.session_state["review-shown"] = told
    return True


def _back() -> None:
    st.query_params.clear()


def _go(key: str) -> None:
    st.query_params.from_dict({"record": key})
