"""Measures told in sentences and list items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ingest.language.figures import figures
from ingest.language.period import last_day
from ingest.language.phrases import likeness, terms
from ingest.language.sentences import Span
from ingest.language.target import Target, from_figure, headline, smaller_is_better
from ingest.language.types import Figure
from ingest.records.build import Setting, around_value, reading_record, target_record
from ingest.types import Block, Document, Measure, Place

_LABEL = 3  # words; a longer name stands for itself


def prose_measures(block: Block, document: Document) -> list[Measure]:
    """The measures of a paragraph or list item, in order, without ids. A figure without a date of its own has no period in a paragraph,
    which may tell of any time, and the document's in a list item, which reports the position."""
    if block.kind == "heading":
        return []
    text = block.printed.text
    found = figures(text, document.period)
    wanted = [_wanted(f, text, found) for f in found if f.role == "target" and f.quantity.value is not None]
    readings = [f for f in found if f.name and f.role != "target"]
    held = _held(readings, wanted, text)
    default = document.period if block.kind == "list_item" else None
    out = [(f.quantity.start, _reading(f, held.get(f), default, block, document)) for f in readings]
    used = {t.start for t in held.values()}
    out += [(t.start, _target_only(t, block, document)) for t in wanted if t.start not in used and terms(t.name)]
    return [m for _, m in sorted(out, key=lambda o: o[0])]


def _wanted(figure: Figure, text: str, found: list[Figure]) -> Target:
    """A target of prose; one without words of its own is not named by a sentence that merely came before."""
    target = from_figure(figure, text, found)
    beside = any(f.statement == figure.statement and f.role == "reading" for f in found)
    return replace(target, name="") if not figure.name and not figure.heading_is_label and beside else target


def _held(readings: Sequence[Figure], targets: Sequence[Target], text: str) -> dict[Figure, Target]:
    """Which readings of a paragraph its targets are for: those told before it that share its words, or those of the sentence before it."""
    out: dict[Figure, Target] = {}
    for target in targets:
        told = [
            f
            for f in readings
            if not f.earlier and f.role == "reading" and f.quantity.unit == target.unit and f.quantity.start < target.start
        ]
        beside = [f for f in told if f.statement == target.statement]
        topic = target.name or (text[target.above[0] : target.above[1]] if target.above and not beside else "")
        for figure in [f for f in told if likeness(f.name, topic) > 0] if topic else _latest(beside or told):
            lower = not target.name and target.comparator == ">=" and smaller_is_better(figure.name)
            out[figure] = replace(target, comparator="<=") if lower else target
    return out


def _latest(told: Sequence[Figure]) -> list[Figure]:
    """The current one of the figures last told of: without a date, else with the latest."""
    last = [f for f in told if f.name == told[-1].name]
    return [max(last, key=lambda f: last_day(f.period) if f.period else date.max)] if last else []


def _reading(figure: Figure, target: Target | None, default: str | None, block: Block, document: Document) -> Measure:
    text, quantity = block.printed.text, figure.quantity
    period = figure.period or (None if figure.earlier else default)
    setting = _setting(block, document, figure.statement, (quantity.start, quantity.end))
    target_quote = around_value(text, target.statement, (target.start, target.end)) if target else None
    return reading_record(figure, setting, _names(figure, document.authority), period, target, target_quote)


def _target_only(target: Target, block: Block, document: Document) -> Measure:
    setting = _setting(block, document, target.statement, (target.start, target.end))
    return target_record(target, setting, (target.name, target.label), None, setting.quote)


def _names(figure: Figure, authority: str | None) -> tuple[str, str | None]:
    """(measure, breakdown): a short name under a label of its own is a part of what the label names; the authority's own name is none."""
    above = headline(figure.heading) if figure.heading_is_label else ""
    if above and authority and figure.name.lower() in authority.lower():
        return above, figure.label
    return (above, figure.name) if above and len(figure.name.split()) <= _LABEL else (figure.name, figure.label)


def _setting(block: Block, document: Document, statement: Span, value: Span) -> Setting:
    page, box = block.printed.locate(*value)
    section = block.headings[-1] if block.headings else block.place.section
    place = Place(document.name, page if page is not None else block.place.page, box, section, block.place.sheet, block.place.cell)
    return Setting(place, around_value(block.printed.text, statement, value))
