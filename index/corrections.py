"""Corrections by hand, kept apart from the records: a record is read from its document, and what people set right is laid over it.

A correction belongs to what was printed, not to a row number: it keeps the whole record as it was read, and after the document was read
again it is matched by document, kind, name and place. Where the record is not found, or its field is now read otherwise, the correction
is not applied; it says so (`CorrectionState`) and waits for a person.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import MISSING, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from index.codec import KINDS, dump, kind_of, load
from index.errors import CorrectionUnknown, LibraryMissing
from ingest.errors import CorrectionInvalid
from ingest.records.correct import as_corrected, changes, field_of, field_words, name_of
from ingest.types import Action, Commitment, Correction, CorrectionState, Measure, Record, Rejection
from ingest.vocabulary import normalise

Kind = TypeVar("Kind", bound=Record)

ROW = "row"  # the kind of a table row that gave no record
_COLUMNS = "number, document, record, kind, field, value, changes, body, by_whom, at, why, state, undone_by, undone_at"
_LIVE = "undone_at IS NULL"
_MIRRORED = {"action": "commitment", "lead": "owner", "due": "by_when"}  # fields of an action that its commitment repeats
_NEAR = 0.5  # share of a box that lies in the other where both are one place
_LONGEST = {"by": 100, "why": 500}  # characters


class Kept(NamedTuple):
    """A correction with what it does, and the record as it was read when it was made."""

    correction: Correction
    changes: Mapping[str, Any]
    body: Record | Rejection


def add(connection: sqlite3.Connection, read: Record, field: str, text: str, by: str, why: str) -> int:
    """Keeps a correction of a record as read; returns its number. CorrectionInvalid for an unknown field, a value that is none of it,
    nobody's name or no reason."""
    own = field_of(read, field)
    made = changes(read, own, text)
    return _insert(connection, read, own, " ".join(text.split()), made, by, why)


def confirm(connection: sqlite3.Connection, read: Record | Rejection, by: str, why: str) -> int:
    """Keeps that a record, or a row without one, was looked at and is right as it was read; returns the number."""
    return _insert(connection, read, None, None, {}, by, why)


def undo(connection: sqlite3.Connection, number: int, by: str) -> Correction:
    """Takes a correction back; it stays in the list as undone. CorrectionUnknown where there is none, or it was undone before."""
    found = next((kept for kept in _kept(connection, "number = ?", number)), None)
    if found is None or found.correction.undone_at:
        why = "it is undone already" if found else "there is none of this number"
        raise CorrectionUnknown(f"correction {number}: {why}; `planspoken correct --list` shows those there are")
    values = (_said("by", by), _now(), number)
    connection.execute("UPDATE corrections SET state = 'undone', undone_by = ?, undone_at = ? WHERE number = ?", values)
    return found.correction


def forget(connection: sqlite3.Connection, document: str) -> None:
    """Takes all corrections of a document out."""
    connection.execute("DELETE FROM corrections WHERE document = ?", (document,))


def listed(connection: sqlite3.Connection, document: str | None = None) -> list[Correction]:
    """All corrections in the order they were made, those undone too; those of one document where it is named."""
    where = "TRUE" if document is None else "document = ?"
    all_of = [kept.correction for kept in _kept(connection, where, *([] if document is None else [document]))]
    last = {(c.document, c.record, c.field): c.number for c in all_of if c.state == "applied"}
    return [
        replace(c, state="superseded") if c.state == "applied" and last[(c.document, c.record, c.field)] != c.number else c for c in all_of
    ]


def onto(connection: sqlite3.Connection, records: Sequence[Kind]) -> list[Kind]:
    """The records as corrected."""
    held: dict[tuple[str, str | None], list[Kept]] = {}
    for kept in _kept(connection, "state = 'applied' AND field IS NOT NULL"):
        held.setdefault((kept.correction.document, kept.correction.record), []).append(kept)
    if not held:
        return list(records)
    return [_onto(record, held) for record in records]


def take_over(connection: sqlite3.Connection, folder: Path) -> list[int]:
    """Copies what was corrected in another library, also one of a layout that is no longer read; returns the numbers given.

    They are to be settled before they count. What was undone there, and what is here already, is left. LibraryMissing where there are none.
    """
    try:
        with closing(sqlite3.connect(f"{(folder / 'library.db').absolute().as_uri()}?mode=ro", uri=True)) as other:
            rows = other.execute(f"SELECT {_COLUMNS} FROM corrections WHERE {_LIVE} ORDER BY number").fetchall()
    except sqlite3.DatabaseError:
        raise LibraryMissing(f"no corrections in {folder}: name the folder of the library they were made in") from None
    here = {tuple(row) for row in connection.execute("SELECT document, kind, field, value, by_whom, at FROM corrections")}
    numbers = []
    for _, document, _, kind, field, value, made, body, by, at, why, *_ in rows:
        if (document, kind, field, value, by, at) not in here:
            cursor = connection.execute(
                "INSERT INTO corrections (document, kind, field, value, changes, body, by_whom, at, why, state)"
                " VALUES (?,?,?,?,?,?,?,?,?,'gone')",
                (document, kind, field, value, made, body, by, at, why),
            )
            numbers.append(int(cursor.lastrowid or 0))
    return numbers


def settle(connection: sqlite3.Connection, document: str, records: Sequence[Record], rejections: Sequence[Rejection]) -> bool:
    """Finds, after a document was read again, the record of each of its corrections, and says what became of it; whether there are any."""
    there = _kept(connection, f"document = ? AND {_LIVE}", document)
    for kept in there:
        record, state = _settled(kept, records, rejections)
        values = (record, state, kept.correction.number)
        connection.execute("UPDATE corrections SET record = ?, state = ? WHERE number = ?", values)
    return bool(there)


def match(body: Record, records: Iterable[Record]) -> list[Record]:
    """The records that are the one that was read as `body`: of its kind and name, at the place nearest to its own.

    One where that is clear; several that nothing tells apart; none where the document has it no longer.
    """
    there = [r for r in records if type(r) is type(body) and (_named(r) == _named(body) or _same_place(r, body))]
    ranked = sorted(((_likeness(r, body), n) for n, r in enumerate(there)), reverse=True)
    best = [there[n] for likeness, n in ranked if likeness == ranked[0][0]]
    return best if len(best) == 1 or not any(r.id == body.id for r in best) else [r for r in best if r.id == body.id]


# -- helpers


def _insert(
    connection: sqlite3.Connection,
    read: Record | Rejection,
    field: str | None,
    value: str | None,
    made: Mapping[str, Any],
    by: str,
    why: str,
) -> int:
    kind, identity = (ROW, None) if isinstance(read, Rejection) else (kind_of(type(read)), read.id)
    values = (read.place.document, identity, kind, field, value, json.dumps(made), dump(read), _said("by", by), _now(), _said("why", why))
    cursor = connection.execute(
        "INSERT INTO corrections (document, record, kind, field, value, changes, body, by_whom, at, why, state)"
        " VALUES (?,?,?,?,?,?,?,?,?,?,'applied')",
        values,
    )
    return int(cursor.lastrowid or 0)


def _said(what: str, text: str) -> str:
    said = " ".join(text.split())
    if not said:
        raise CorrectionInvalid("the name (by) is empty: say who corrects it" if what == "by" else "the reason (why) is empty: say why")
    if len(said) > _LONGEST[what]:
        raise CorrectionInvalid(f"{what}: {len(said)} characters are too many, at most {_LONGEST[what]}")
    return said


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _kept(connection: sqlite3.Connection, where: str, *values: object) -> list[Kept]:
    rows = connection.execute(f"SELECT {_COLUMNS} FROM corrections WHERE {where} ORDER BY number", values)
    return [_load(row) for row in rows]


def _load(row: tuple[Any, ...]) -> Kept:
    number, document, record, kind, field, value, made, text, by, at, why, state, undone_by, undone_at = row
    body: Record | Rejection = _body(Rejection if kind == ROW else KINDS[kind], json.loads(text))
    name = body.text if isinstance(body, Rejection) else name_of(body)
    read = field_words(body, field) if field and not isinstance(body, Rejection) else None
    said = None if value is not None and value.lower() == "none" else value
    return Kept(
        Correction(number, document, record, kind, name, body.place.page, field, read, said, by, at, why, state, undone_by, undone_at),
        {name: tuple(v) if isinstance(v, list) else v for name, v in json.loads(made).items()},
        body,
    )


def _body(kind: type[Record] | type[Rejection], stored: dict[str, Any]) -> Record | Rejection:
    """What was read when the correction was made, also by a version of this program that knew other fields."""
    known = {field.name: field for field in fields(kind)}
    missing = {name: None for name, field in known.items() if name not in stored and field.default is MISSING}
    kept = {name: value for name, value in stored.items() if name in known}
    return load(kind, json.dumps({**missing, **kept}))  # type: ignore[type-var]  # one of those it loads


def _onto(record: Kind, held: Mapping[tuple[str, str | None], Sequence[Kept]]) -> Kind:
    own = held.get((record.place.document, record.id), [])
    mirrored: dict[str, Any] = {}
    shown = list(own)
    if isinstance(record, Commitment) and record.action_id:
        for kept in held.get((record.place.document, record.action_id), []):
            said = {_MIRRORED[f]: v for f, v in kept.changes.items() if f in _MIRRORED and _repeats(record, kept.body, f)}
            mirrored |= said
            shown += [_as_mirrored(kept)] if said else []
    made = {**mirrored, **{field: value for kept in own for field, value in kept.changes.items()}}
    if not made:
        return record
    last = {kept.correction.field: kept.correction for kept in sorted(shown, key=lambda k: k.correction.number)}
    return replace(as_corrected(record, made), corrected=tuple(last.values()))  # type: ignore[return-value]  # of the type that went in


def _as_mirrored(kept: Kept) -> Kept:
    """A correction of an action, as its commitment shows it."""
    field = _MIRRORED[str(kept.correction.field)]
    return kept._replace(correction=replace(kept.correction, field=field))


def _repeats(commitment: Commitment, body: Record | Rejection, field: str) -> bool:
    return isinstance(body, Action) and getattr(commitment, _MIRRORED[field]) == getattr(body, field)


def _settled(kept: Kept, records: Sequence[Record], rejections: Sequence[Rejection]) -> tuple[str | None, CorrectionState]:
    body, field = kept.body, kept.correction.field
    if isinstance(body, Rejection):
        there = any((r.text, r.reason) == (body.text, body.reason) for r in rejections)
        return None, "applied" if there else "gone"
    found = match(body, records)
    if len(found) != 1:
        return None, "unclear" if found else "gone"
    (record,) = found
    if field is None:
        return record.id, "applied" if _content(record) == _content(body) else "changed"
    if getattr(record, field) == getattr(body, field) and field_words(record, field) == field_words(body, field):
        return record.id, "applied"
    if all(getattr(record, name) == value for name, value in kept.changes.items() if name != "value_text"):
        return record.id, "settled"
    return record.id, "changed"


def _content(record: Record) -> tuple[object, ...]:
    """All that was read into a record, but where in the file it stands."""
    body = json.loads(dump(record))
    return tuple(sorted((name, str(value)) for name, value in body.items() if name not in ("id", "place", "action_id", "pages")))


def _named(record: Record) -> tuple[str, str]:
    part = record.breakdown if isinstance(record, Measure) else record.ref if isinstance(record, Action) else None
    own = record.measure if isinstance(record, Measure) else name_of(record)
    return normalise(own), normalise(part or "")


def _likeness(record: Record, body: Record) -> tuple[bool, ...]:
    """What two records have in common, the telling first."""
    same_period = (
        isinstance(record, Measure)
        and isinstance(body, Measure)
        and ((record.period, record.target_period, record.kind) == (body.period, body.target_period, body.kind))
    )
    return (
        _named(record) == _named(body),
        same_period,
        _same_place(record, body),
        record.quote == body.quote,
        record.place.section == body.place.section,
        (record.place.page, record.place.sheet) == (body.place.page, body.place.sheet),
    )


def _same_place(record: Record, body: Record) -> bool:
    """Whether both stand in one cell, or in one box of a page."""
    a, b = record.place, body.place
    if (a.page, a.sheet) != (b.page, b.sheet):
        return False
    if a.cell or b.cell:
        return a.cell == b.cell
    if not a.box or not b.box:
        return False
    width, height = (min(a.box[i + 2], b.box[i + 2]) - max(a.box[i], b.box[i]) for i in (0, 1))
    least = min((box[2] - box[0]) * (box[3] - box[1]) for box in (a.box, b.box))
    return width > 0 and height > 0 and width * height >= _NEAR * least
