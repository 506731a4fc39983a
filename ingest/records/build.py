"""Measure records from figures and targets: the one place where the fields of the contract are filled."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ingest.language.sentences import Span
from ingest.language.status import status_of
from ingest.language.target import Target
from ingest.language.types import Figure
from ingest.types import Direction, Measure, Place, Rating

QUOTE = 200  # characters that a quote aims at


@dataclass(frozen=True, slots=True)
class Setting:
    """What a record takes from where it stands, not from its words."""

    place: Place
    quote: str
    rag: Rating | None = None
    direction: Direction | None = None
    action: str | None = None


def reading_record(
    figure: Figure,
    setting: Setting,
    name: tuple[str, str | None],
    period: str | None,
    target: Target | None = None,
    target_quote: str | None = None,
    previous: Decimal | None = None,
) -> Measure:
    """A figure as a record without an id. `name` is (measure, breakdown); `previous` the document's earlier value of the same series."""
    q = figure.quantity
    want, want_high, comparator = (target.value, target.high, target.comparator) if target else (None, None, None)
    return Measure(
        id="",
        place=setting.place,
        quote=setting.quote,
        measure=name[0],
        breakdown=name[1],
        kind="benchmark" if figure.role == "benchmark" else "actual",
        value=_float(q.value),
        value_high=_float(q.high),
        value_text=" ".join(q.printed.split()),
        qualifier=q.qualifier,
        unit=q.unit,
        period=period,
        target=_float(want),
        target_high=_float(want_high),
        comparator=comparator,
        target_period=target.period if target else None,
        target_quote=target_quote if target else None,
        status=status_of(q.value, q.high, q.qualifier, want, want_high, comparator, previous),
        rag=setting.rag,
        direction=setting.direction,
        action_id=setting.action,
    )


def target_record(target: Target, setting: Setting, name: tuple[str, str | None], period: str | None, target_quote: str) -> Measure:
    """A target without a value as a record without an id; `period` is the one for which no value is reported."""
    return Measure(
        id="",
        place=setting.place,
        quote=setting.quote,
        measure=name[0],
        breakdown=name[1],
        kind="target_only",
        value=None,
        value_high=None,
        value_text=None,
        qualifier=None,
        unit=target.unit,
        period=period,
        target=_float(target.value),
        target_high=_float(target.high),
        comparator=target.comparator,
        target_period=target.period,
        target_quote=target_quote,
        status="no_value",
        rag=setting.rag,
        direction=setting.direction,
        action_id=setting.action,
    )


def flat(text: str, span: Span) -> str:
    """A stretch of a text with white space collapsed: the form of quotes."""
    return " ".join(text[span[0] : span[1]].split())


def around_value(text: str, statement: Span, value: Span, before: int = 110, after: int = 80) -> str:
    """A statement as a quote, cut at word ends to what stands around the value where it is long."""
    said = flat(text, statement)
    if len(said) <= QUOTE:
        return said
    start, end = max(statement[0], value[0] - before), min(statement[1], value[1] + after)
    while start > statement[0] and not text[start - 1].isspace():
        start -= 1
    while end < statement[1] and not text[end].isspace():
        end += 1
    return flat(text, (start, end))


def _float(number: Decimal | None) -> float | None:
    return None if number is None else float(number)
