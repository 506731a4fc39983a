"""Measures told in sentences and list items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from ingest.language.figures import figures
from ingest.language.period import last_day
from ingest.language.phrases import likeness, terms
from ingest.language.status import status_of
from ingest.language.types import Figure
from ingest.language.target import Target, from_figure, headline, smaller_is_better
from ingest.types import Block, Comparator, Document, Measure, Place

_QUOTE = 200  # characters of a quote


def prose_measures(block: Block, document: Document) -> list[Measure]:
    """The measures of a paragraph or list item, in order, without ids. A figure without a date of its own has no period in a paragraph,
    which may tell of any time, and the document's in a list item, which reports the position."""
    if block.kind == "heading":
        return []
    text = block.printed.text
    found = figures(text, document.period)
    said = [f for f in found if f.name and f.role != "target"]
    wanted = [(f, from_figure(f, text, found)) for f in found if f.role == "target" and f.quantity.value is not None]
    held = _held(said, [t for _, t in wanted], text)
    out = [(f.quantity.start, _reading(f, held.get(f), found, block, document)) for f in said]
    used = {t.start for t in held.values()}
    out += [(f.quantity.start, _target_only(t, block, document)) for f, t in wanted if t.start not in used and terms(t.name)]
    return [m for _, m in sorted(out, key=lambda o: o[0])]


def _held(readings: Sequence[Figure], targets: Sequence[Target], text: str) -> dict[Figure, Target]:
    """Which readings of a paragraph its targets are for: those told before it that share its words, or those of the sentence before it."""
    out: dict[Figure, Target] = {}
    for target in targets:
        topic = target.name or (text[target.above[0] : target.above[1]] if target.above else "")
        told = [f for f in readings if not f.earlier and f.role == "reading" and f.quantity.unit == target.unit and f.quantity.start < target.start]
        kin = [f for f in told if likeness(f.name, topic) > 0] if topic else _latest(told)
        for figure in kin:
            out[figure] = target if target.name else replace(target, comparator=_worded(target, figure))
    return out


def _latest(told: Sequence[Figure]) -> list[Figure]:
    """The current one of the figures last told of: without a date, else with the latest."""
    last = [f for f in told if f.name == told[-1].name] if told else []
    return [max(last, key=lambda f: last_day(f.period) if f.period else date.max)] if last else []


def _worded(target: Target, figure: Figure) -> Comparator:
    """The comparator of a target that names nothing, by what it is a target for ("The vacancy rate is 17%. Our target is 15%.")."""
    return "<=" if target.comparator == ">=" and smaller_is_better(figure.name) else target.comparator


def _reading(figure: Figure, target: Target | None, found: Sequence[Figure], block: Block, document: Document) -> Measure:
    quantity = figure.quantity
    name, breakdown = _names(figure, document.authority)
    default = document.period if block.kind == "list_item" and not figure.earlier else None
    period = figure.period or default
    return Measure(
        id="",
        place=_place(block, document, (quantity.start, quantity.end)),
        quote=quote_of(block.printed.text, figure.statement, (quantity.start, quantity.end)),
        measure=name,
        breakdown=breakdown,
        kind="benchmark" if figure.role == "benchmark" else "actual",
        value=_float(quantity.value),
        value_high=_float(quantity.high),
        value_text=" ".join(quantity.printed.split()),
        qualifier=quantity.qualifier,
        unit=quantity.unit,
        period=period,
        target=_float(target.value) if target else None,
        target_high=_float(target.high) if target else None,
        comparator=target.comparator if target else None,
        target_period=target.period if target else None,
        target_quote=quote_of(block.printed.text, target.statement, (target.start, target.end)) if target else None,
        status=status_of(quantity.value, quantity.high, quantity.qualifier, target.value if target else None, target.high if target else None, target.comparator if target else None),
        rag=None,
        direction=None,
        action_id=None,
    )  # fmt: skip


def _target_only(target: Target, block: Block, document: Document) -> Measure:
    quote = quote_of(block.printed.text, target.statement, (target.start, target.end))
    return Measure(
        id="",
        place=_place(block, document, (target.start, target.end)),
        quote=quote,
        measure=target.name,
        breakdown=target.label,
        kind="target_only",
        value=None,
        value_high=None,
        value_text=None,
        qualifier=None,
        unit=target.unit,
        period=None,
        target=_float(target.value),
        target_high=_float(target.high),
        comparator=target.comparator,
        target_period=target.period,
        target_quote=quote,
        status="no_value",
        rag=None,
        direction=None,
        action_id=None,
    )


def _names(figure: Figure, authority: str | None) -> tuple[str, str | None]:
    """(measure, breakdown): a short name under a label of its own is a part of what the label names."""
    above = headline(figure.heading) if figure.heading_is_label else ""
    if above and authority and figure.name.lower() in authority.lower():
        return above, None
    if above and len(figure.name.split()) <= 3:
        return above, figure.name
    return figure.name, figure.label


def _place(block: Block, document: Document, span: tuple[int, int]) -> Place:
    page, box = block.printed.locate(*span)
    section = block.headings[-1] if block.headings else block.place.section
    return Place(document.name, page if page is not None else block.place.page, box, section, block.place.sheet, block.place.cell)


def quote_of(text: str, statement: tuple[int, int], value: tuple[int, int]) -> str:
    """The sentence, cut at word ends to what stands around the value where it is long."""
    said = " ".join(text[statement[0] : statement[1]].split())
    if len(said) <= _QUOTE:
        return said
    start, end = max(statement[0], value[0] - 110), min(statement[1], value[1] + 80)
    while start > statement[0] and not text[start - 1].isspace():
        start -= 1
    while end < statement[1] and not text[end].isspace():
        end += 1
    return " ".join(text[start:end].split())


def _float(number: Decimal | None) -> float | None:
    return None if number is None else float(number)
