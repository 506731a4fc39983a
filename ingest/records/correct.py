"""Records set right by hand: which fields can be, what is accepted for each, and the record as it then is. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, get_args

from ingest.errors import CorrectionInvalid
from ingest.language.period import last_day, periods
from ingest.language.quantity import Quantity, quantities
from ingest.language.status import status_of
from ingest.language.target import comparator_of
from ingest.records.dates import due_iso, is_ongoing
from ingest.types import Action, Commitment, Comparator, Direction, Measure, Rating, Record, Status, Strength, Unit

Changes = Mapping[str, Any]  # fields of a record and what they become
_Reader = Callable[[Record, str], Changes]

NOTHING = "none"  # what is typed for "the document does not say"
LONGEST = 2000  # characters of a value
_BARE = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_NUMBERS = {"value", "value_high", "qualifier", "target", "target_high", "comparator"}  # what a status is worked out from
_DIRECTIONS: Mapping[str, Comparator] = {
    "increase": "increase",
    "an increase": "increase",
    "decrease": "decrease",
    "a decrease": "decrease",
}
_RATINGS: Mapping[str, Rating] = {"red": "R", "amber": "A", "green": "G", "blue": "B", "r": "R", "a": "A", "g": "G", "b": "B"}
_YES = {"yes": True, "true": True, "no": False, "false": False}
_DONE = {"completed": True, "complete": True, "open": False} | _YES


def field_of(record: Record, said: str) -> str:
    """The record's own field that is meant: by its name, or as people say it ("name", "rating", "due"). CorrectionInvalid names them."""
    fields = correctable(record)
    told = "_".join(said.lower().replace("-", " ").split())
    field = _SAID[type(record)].get(told, told)
    if field not in fields:
        raise CorrectionInvalid(f"field {said!r}: of {_a(record)} these can be corrected: {', '.join(fields)}")
    return field


def correctable(record: Record) -> tuple[str, ...]:
    """The fields that can be set right by hand."""
    return tuple(_FIELDS[type(record)])


def changes(record: Record, field: str, text: str) -> Changes:
    """What the record's fields become when this one is set to the text. CorrectionInvalid where the text is no value of it."""
    said = " ".join(text.split())
    if not said:
        raise CorrectionInvalid(f"{field}: give its value, or {NOTHING!r} where the document does not say")
    if len(said) > LONGEST:
        raise CorrectionInvalid(f"{field}: {len(said)} characters are too many, at most {LONGEST}")
    if said.lower() == NOTHING:
        if field in _NEVER_NOTHING:
            raise CorrectionInvalid(f"{field}: it cannot be {NOTHING!r}")
        return _nothing(field)
    return _FIELDS[type(record)][field](record, said)


def as_corrected(record: Record, changed: Changes) -> Record:
    """The record with these fields; a measure's status follows from its figures, where it is not itself among them."""
    made: Record = replace(record, **changed)
    if isinstance(made, Action) and {"rag", "completed"} & set(changed):
        made = replace(made, status=None)  # the printed words spoke of what was set right
    if isinstance(made, Action) and {"due", "due_iso"} & set(changed):
        made = replace(made, due_was=None, due_was_iso=None)
    if isinstance(made, Measure) and "status" not in changed and _NUMBERS & set(changed):
        told = (made.value, made.value_high, made.qualifier, made.target, made.target_high, made.comparator)
        made = replace(made, status=status_of(*told))
    if isinstance(made, Measure) and made.kind == "target_only" and made.value is not None:
        made = replace(made, kind="actual")
    return made


def field_words(record: Record, field: str) -> str | None:
    """A field as it is said: the printed text where there is one; None where the document does not say."""
    value = getattr(record, field)
    if isinstance(record, Measure):
        if field == "value":
            return record.value_text if record.value is not None else None
        if field == "target" and value is not None:
            high = f" to {record.target_high:g}" if record.target_high is not None else ""
            return f"{record.comparator if record.comparator and not high else ''} {value:g}{high}".strip()
        if field == "target":
            return record.comparator
    if isinstance(value, bool):
        return "yes" if value else "no"
    return None if value is None else str(value)


def name_of(record: Record) -> str:
    """What a record is called."""
    if isinstance(record, Measure):
        return f"{record.measure} ({record.breakdown})" if record.breakdown else record.measure
    return record.action if isinstance(record, Action) else record.commitment


# -- what a text says of a field


def _nothing(field: str) -> Changes:
    if field == "value":
        return {"value": None, "value_high": None, "value_text": None, "qualifier": None}
    if field == "target":
        return {"target": None, "target_high": None, "comparator": None}
    if field == "due":
        return {"due": None, "due_iso": None, "ongoing": None}
    return {field: None}


def _quantity(field: str, text: str, unit: Unit) -> Quantity:
    """The one number that the whole text is; without a unit of its own it has that of the record."""
    if _BARE.fullmatch(text):
        found = quantities(f"{text}%")
        if found and found[0].start == 0:
            return replace(found[0], unit=unit, printed=text, end=len(text))
    found = quantities(text)
    if len(found) != 1 or found[0].value is None or found[0].start > 0 or text[found[0].end :].strip(" ."):
        raise CorrectionInvalid(f"{field} {text!r} is no number: give one as 85, 85%, £1.2m, 17 to 25, at least 90% or 12 weeks")
    one = found[0]
    return one if one.unit_word or "%" in text or "£" in text else replace(one, unit=unit)


def _value(record: Record, text: str) -> Changes:
    assert isinstance(record, Measure)
    q = _quantity("value", text, record.unit)
    return {
        "value": float(q.value) if q.value is not None else None,
        "value_high": None if q.high is None else float(q.high),
        "value_text": f"{text}%" if q.unit == "percent" and "%" not in text and _BARE.fullmatch(text) else text,
        "qualifier": q.qualifier,
        "unit": q.unit,
    }


def _target(record: Record, text: str) -> Changes:
    assert isinstance(record, Measure)
    if direction := _DIRECTIONS.get(text.lower()):
        return {"target": None, "target_high": None, "comparator": direction}
    q = _quantity("target", text, record.unit)
    assert q.value is not None
    kept = record.comparator if record.comparator in (">=", "<=", ">", "<", "=") and q.high is None and q.qualifier is None else None
    comparator = kept or comparator_of(q, record.measure)
    return {"target": float(q.value), "target_high": None if q.high is None else float(q.high), "comparator": comparator}


def _period(field: str) -> _Reader:
    def read(_: Record, text: str) -> Changes:
        return {field: _named(field, text)}

    return read


def _named(field: str, text: str) -> str:
    """The one period of a text; months and days in ISO form stand for themselves: as words, "2010-11" would be a financial year."""
    try:
        last_day(text)
        return text
    except ValueError:
        named = {dated.period for dated in periods(text)}
    if len(named) != 1 or None in named:
        raise CorrectionInvalid(f"{field} {text!r}: give one period, as 2019/20, 2019/20-Q2, 2019, 2019-09, 2019-09-30 or Q2 2019/20")
    return str(named.pop())


def _due(_: Record, text: str) -> Changes:
    day, ongoing = due_iso(text), is_ongoing(text)
    if day is None and not ongoing and any(char.isdigit() for char in text):
        raise CorrectionInvalid(f"due {text!r}: give a month and year or a day, as March 2026 or 31 March 2026, or 'ongoing'")
    return {"due": text, "due_iso": day, "ongoing": ongoing}


def _words(field: str) -> _Reader:
    return lambda _, text: {field: text}


def _one_of(field: str, accepted: Mapping[str, object]) -> _Reader:
    def read(_: Record, text: str) -> Changes:
        told = "_".join(text.lower().split())
        if told not in accepted:
            raise CorrectionInvalid(f"{field} {text!r}: give one of {', '.join(accepted)}")
        return {field: accepted[told]}

    return read


def _named_so(values: tuple[str, ...]) -> Mapping[str, object]:
    return {value.lower(): value for value in values}


def _a(record: Record) -> str:
    return {Measure: "a measure", Action: "an action", Commitment: "a commitment"}[type(record)]


_FIELDS: Mapping[type[Record], Mapping[str, _Reader]] = {
    Measure: {
        "measure": _words("measure"),
        "breakdown": _words("breakdown"),
        "value": _value,
        "unit": _one_of("unit", _named_so(get_args(Unit))),
        "period": _period("period"),
        "target": _target,
        "target_period": _period("target_period"),
        "status": _one_of("status", _named_so(get_args(Status))),
        "rag": _one_of("rag", _RATINGS),
        "direction": _one_of("direction", _named_so(get_args(Direction))),
    },
    Action: {
        "ref": _words("ref"),
        "action": _words("action"),
        "lead": _words("lead"),
        "start": _words("start"),
        "due": _due,
        "progress": _words("progress"),
        "completed": _one_of("completed", _DONE),
        "rag": _one_of("rag", _RATINGS),
        "direction": _one_of("direction", _named_so(get_args(Direction))),
        "success_measures": _words("success_measures"),
    },
    Commitment: {
        "commitment": _words("commitment"),
        "owner": _words("owner"),
        "by_when": _words("by_when"),
        "strength": _one_of("strength", _named_so(get_args(Strength))),
    },
}
_NEVER_NOTHING = {"measure", "action", "commitment", "unit", "status", "strength"}
_ALIKE = {"rating": "rag", "arrow": "direction"}
_SAID: Mapping[type[Record], Mapping[str, str]] = {
    Measure: {**_ALIKE, "name": "measure", "figure": "value"},
    Action: {**_ALIKE, "name": "action", "number": "ref", "owner": "lead", "status": "completed", "by_when": "due"},
    Commitment: {"name": "commitment", "lead": "owner", "due": "by_when"},
}
