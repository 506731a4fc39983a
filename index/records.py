"""Typed records in SQL: the fields that filters ask for as columns, the whole record as JSON, its text in FTS5."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import TypeVar

from index import corrections
from index.codec import KINDS, dump, kind_of, load
from index.database import marks
from index.errors import FilterInvalid
from index.keywords import all_of, content_words
from index.periods import days_of, end_of, same_point
from index.types import Filter
from ingest.doubts import unsure
from ingest.language.period import period_in, periods
from ingest.types import Action, Commitment, Document, Extraction, Measure, Record, Rejection

Kind = TypeVar("Kind", Measure, Action, Commitment)
Actions = Mapping[str, Action]
Condition = tuple[str, Sequence[str]]  # SQL, and the values of its question marks


def insert(connection: sqlite3.Connection, document: Document, extraction: Extraction) -> None:
    """Writes all records and rejections of a document that is already in the table of documents."""
    actions = {action.id: action for action in extraction.actions}
    records: list[Record] = [*extraction.measures, *extraction.actions, *extraction.commitments]
    for seq, record in enumerate(records):
        key = connection.execute(
            "INSERT INTO records (document, id, kind, seq, page, body, period, status, ongoing, lead, rag, due)"
            " VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
            (
                document.name,
                record.id,
                kind_of(type(record)),
                seq,
                record.place.page,
                dump(record),
                *_columns(record, document.period, actions),
            ),
        ).lastrowid
        connection.execute("INSERT INTO record_words (rowid, text) VALUES (?, ?)", (key, text_of(record)))
    rejected = [(document.name, seq, dump(rejection)) for seq, rejection in enumerate(extraction.rejections)]
    connection.executemany("INSERT INTO rejections VALUES (?, ?, ?)", rejected)
    doubts = [(document.name, record, confidence) for record, confidence in unsure(document, extraction).items()]
    connection.executemany("INSERT INTO doubts VALUES (?, ?, ?)", doubts)
    settle(connection, document.name)


def settle(connection: sqlite3.Connection, document: str) -> None:
    """Finds the records of a document that its corrections belong to, and lays these over them."""
    rows = connection.execute("SELECT kind, body FROM records WHERE document = ? ORDER BY seq", (document,))
    if corrections.settle(connection, document, [load(KINDS[kind], body) for kind, body in rows], rejections(connection, document)):
        lay_over(connection, document)


def lay_over(connection: sqlite3.Connection, document: str) -> None:
    """Makes filters and topics find the records of a document as they are corrected now; their bodies stay as they were read."""
    (period,) = connection.execute("SELECT period FROM documents WHERE name = ?", (document,)).fetchone()
    rows = connection.execute("SELECT key, kind, body FROM records WHERE document = ?", (document,)).fetchall()
    read: list[Record] = [load(KINDS[kind], body) for _, kind, body in rows]
    shown: list[Record] = corrections.onto(connection, read)
    actions = {record.id: record for record in shown if isinstance(record, Action)}
    for (key, *_), record in zip(rows, shown, strict=True):
        values = (*_columns(record, period, actions), key)
        connection.execute("UPDATE records SET period = ?, status = ?, ongoing = ?, lead = ?, rag = ?, due = ? WHERE key = ?", values)
        connection.execute("UPDATE record_words SET text = ? WHERE rowid = ?", (text_of(record), key))


def forget(connection: sqlite3.Connection, document: str) -> None:
    """Takes the words of a document's records out; the rows themselves go with the document."""
    connection.execute("DELETE FROM record_words WHERE rowid IN (SELECT key FROM records WHERE document = ?)", (document,))


def select(connection: sqlite3.Connection, kind: type[Kind], wanted: Filter) -> list[Kind]:
    """The records of a kind that the filter lets through, by document and in reading order. FilterInvalid as `Filter` says."""
    conditions = [("records.kind = ?", [kind_of(kind)]), *_conditions(wanted)]
    rows = connection.execute(
        "SELECT body FROM records JOIN documents ON documents.name = records.document"
        f" WHERE {' AND '.join(f'({sql})' for sql, _ in conditions)} ORDER BY document, seq",
        [value for _, values in conditions for value in values],
    )
    return corrections.onto(connection, [load(kind, body) for (body,) in rows])


def find(connection: sqlite3.Connection, identity: str) -> Record | None:
    """The record of this id, if any."""
    read = as_read(connection, identity)
    return None if read is None else corrections.onto(connection, [read])[0]


def as_read(connection: sqlite3.Connection, identity: str) -> Record | None:
    """The record of this id without its corrections, if any."""
    row = connection.execute("SELECT kind, body FROM records WHERE id = ? ORDER BY document", (identity,)).fetchone()
    return None if row is None else load(KINDS[row[0]], row[1])


def rejections(connection: sqlite3.Connection, document: str) -> list[Rejection]:
    """The rows of a document that gave no record, in reading order."""
    rows = connection.execute("SELECT body FROM rejections WHERE document = ? ORDER BY seq", (document,))
    return [load(Rejection, body) for (body,) in rows]


def confidences(connection: sqlite3.Connection) -> dict[str, float]:
    """How surely, 0 to 100, records were recognised on pictures, by id: of those that are doubtful (ingest/doubts.py)."""
    return dict(connection.execute("SELECT record, confidence FROM doubts"))


def named_periods(texts: Sequence[str]) -> list[str]:
    """The periods that a filter's texts name, in contract forms. FilterInvalid for a text that names none, or more than one."""
    return [_named_period(text.strip()) for text in texts]


def text_of(record: Record) -> str:
    """The text that topics are looked for in: what the record is about, says and stands under; not who leads it."""
    parts: tuple[str | None, ...]
    if isinstance(record, Measure):
        parts = (record.measure, record.breakdown)
    elif isinstance(record, Action):
        parts = (record.action, record.progress, record.success_measures)
    else:
        parts = (record.commitment,)
    return "\n".join(part for part in (*parts, record.place.section, record.quote) if part)


def _columns(record: Record, current: str | None, actions: Actions) -> tuple[str | int | None, ...]:
    """`current` is the document's period. period, status, ongoing, lead, rag and last due day, as `Filter` describes them."""
    if isinstance(record, Action):
        return current, _done(record), record.ongoing, record.lead, record.rag, _action_due(record)
    action = actions.get(record.action_id) if record.action_id else None
    if isinstance(record, Measure):
        due = (record.target_period and end_of(record.target_period)) or _action_due(action)
        return record.period, record.status, None, action.lead if action else None, record.rag, due
    printed = period_in(record.by_when, current) if record.by_when else None
    due = _action_due(action) or (printed and end_of(printed))
    ongoing = record.strength == "ongoing" or (action is not None and bool(action.ongoing))
    lead = record.owner or (action.lead if action else None)
    return current, _done(action) if action else None, ongoing, lead, action.rag if action else None, due


def _done(action: Action) -> str | None:
    return None if action.completed is None else ("completed" if action.completed else "open")


def _action_due(action: Action | None) -> str | None:
    return end_of(action.due_iso) if action and action.due_iso else None


def _conditions(wanted: Filter) -> list[Condition]:
    conditions: list[Condition] = []

    def narrow(column: str, values: Sequence[str]) -> None:
        if values:
            conditions.append((f"fold({column}) IN ({marks(values)})", [value.casefold() for value in values]))

    narrow("documents.name", wanted.documents)
    narrow("documents.authority", wanted.authorities)
    narrow("records.period", sorted({form for period in named_periods(wanted.periods) for form in same_point(period)}))
    narrow("records.rag", wanted.rags)
    if wanted.statuses:
        statuses = [status.casefold() for status in wanted.statuses]
        sql = f"fold(records.status) IN ({marks(statuses)})" + (" OR records.ongoing" if "ongoing" in statuses else "")
        conditions.append((sql, statuses))
    if wanted.leads:
        conditions.append((" OR ".join(["instr(fold(lead), ?) > 0"] * len(wanted.leads)), [lead.casefold() for lead in wanted.leads]))
    if wanted.due_before is not None:
        conditions.append(("records.due < ?", [_bound("due before", wanted.due_before)[0]]))
    if wanted.due_after is not None:
        conditions.append(("records.due > ?", [_bound("due after", wanted.due_after)[1]]))
    if wanted.topic and wanted.topic.strip():
        words = content_words(wanted.topic)
        if not words:
            raise FilterInvalid(f"topic {wanted.topic!r}: there is no word in it to look for; give one or more words")
        conditions.append(("records.key IN (SELECT rowid FROM record_words WHERE record_words MATCH ?)", [all_of(words)]))
    return conditions


def _named_period(text: str) -> str:
    """Months and days in ISO form stand for themselves: as words, "2010-11" would be a financial year."""
    if days_of(text):
        return text
    named = {dated.period for dated in periods(text) if dated.period and end_of(dated.period)}
    if len(named) != 1:
        raise FilterInvalid(
            f"period {text!r}: give one period, as 2019/20, 2019/20-Q2, 2019, 2019-09 or 2019-09-30, or in words: Q2 2019/20"
        )
    return named.pop()


def _bound(name: str, value: str) -> tuple[str, str]:
    days = days_of(value)
    if days is None:
        raise FilterInvalid(f"{name} {value!r}: give a month as 2015-01 or a day as 2015-01-31")
    return days
