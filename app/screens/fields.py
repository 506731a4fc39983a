"""Fields to filter by, and files to take away: what several pages draw alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from app.export import Row, columns_of, flat_rows, to_csv, to_xlsx
from ingest.types import Record

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def several(label: str, options: Mapping[str, str], key: str, empty: str) -> list[str]:
    """A field where several values can be chosen; `empty` says what none means."""
    return st.multiselect(label, list(options), format_func=lambda value: options.get(value, value), key=key, placeholder=empty)


def csv_of(records: Sequence[Record]) -> bytes:
    """The records as CSV that Excel reads as UTF-8."""
    return _csv(*rows_of(records))


def rows_of(records: Sequence[Record]) -> tuple[list[Row], tuple[str, ...]]:
    """The contract's fields of each record, and their names; at least one record."""
    return flat_rows(records), columns_of(type(records[0]))


def take_away(made: Callable[[], tuple[list[Row], tuple[str, ...]]], name: str) -> None:
    """Buttons that give rows as CSV and as a workbook; they are made when asked for."""
    with st.container(horizontal=True):
        st.download_button("Download as CSV", lambda: _csv(*made()), f"{name}.csv", "text/csv", key=f"{name}-csv", on_click="ignore")
        st.download_button(
            "Download for Excel", lambda: to_xlsx(*made(), name.title()), f"{name}.xlsx", XLSX, key=f"{name}-xlsx", on_click="ignore"
        )


def _csv(rows: Sequence[Row], columns: Sequence[str]) -> bytes:
    return to_csv(rows, columns).encode("utf-8-sig")  # Excel needs the mark to read a file as UTF-8
