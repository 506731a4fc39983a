"""Question files: JSON lines in the format of SCHEMA.md, checked field by field before anything is asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.types import REFUSALS
from eval.cases import ActionSet, Case, Count, Evidence, Expected, Figure, Figures, Refusal, Rows, Scalar, Statements, WantedRow
from eval.errors import CaseInvalid
from eval.fields import Fields, json_lines

PERSONAS = ("member", "officer", "analyst")
TYPES = (
    *("kpi_filter", "metric_lookup", "trend", "comparison", "commitment", "owner", "deadline", "status", "count", "narrative"),
    *("conflict", "unanswerable", "followup", "injection"),
)
REFUSED = (*REFUSALS, "false_premise")


def read_cases(path: Path) -> list[Case]:
    """All questions of a file, in its order. CaseInvalid names the line and field that is wrong."""
    cases: list[Case] = []
    seen: dict[str, int] = {}
    for line, found in json_lines(path):
        case = _case(found, line)
        if case.id in seen:
            raise CaseInvalid(f"{found.where}, field 'id': {case.id!r} is the id of line {seen[case.id]} too")
        seen[case.id] = line
        cases.append(case)
    if not cases:
        raise CaseInvalid(f"{path}: holds no questions")
    return cases


def _case(found: Fields, line: int) -> Case:
    expected = _expected(found.inner("answer"))
    evidence = tuple(_evidence(item) for item in found.objects("evidence"))
    return Case(
        id=found.text("id"),
        persona=found.one_of("persona", PERSONAS),
        type=found.one_of("type", TYPES),
        question=found.text("question"),
        expected=expected,
        history=found.texts("history"),
        documents=found.texts("docs"),
        evidence=evidence,
        must_not_say=found.texts("must_not_say"),
        understood=_understood(found.inner("query")) if found.has("query") else {},
        set=found.text_or_none("set"),
        line=line,
    )


def _expected(found: Fields) -> Expected:
    return KINDS[found.one_of("kind", tuple(KINDS))](found)


def _rows(found: Fields) -> Rows:
    rows = tuple(_row(item) for item in found.objects("rows"))
    if not rows:
        raise found.wrong("rows", "a list of at least one row")
    return Rows(rows, tuple(_row(item) for item in found.objects("optional_rows")), found.flag("complete"))


def _row(found: Fields) -> WantedRow:
    return WantedRow(
        measure=found.text("measure"),
        value=found.number_or_none("value"),
        breakdown=found.text_or_none("breakdown"),
        unit=found.text_or_none("unit"),
        target=found.number_or_none("target"),
        period=found.text_or_none("period"),
    )


def _figures(found: Fields) -> Figures:
    values = tuple(
        Figure(item.text("label"), item.number("value"), item.text_or_none("unit"), item.text_or_none("period"))
        for item in found.objects("values")
    )
    if not values:
        raise found.wrong("values", "a list of at least one number")
    return Figures(values)


def _actions(found: Fields) -> ActionSet:
    refs = found.texts("refs")
    if not refs:
        raise found.wrong("refs", "a list of at least one action")
    return ActionSet(refs, found.texts("optional_refs"), found.flag("complete"))


def _count(found: Fields) -> Count:
    return Count(found.number("value"), found.text_or_none("of") or "")


def _statements(found: Fields) -> Statements:
    groups = found.found.get("must_include")
    if not isinstance(groups, list) or not groups or not all(_is_group(group) for group in groups):
        raise found.wrong("must_include", "a list of lists of texts")
    return Statements(tuple(tuple(group) for group in groups))


def _is_group(group: object) -> bool:
    return isinstance(group, list) and bool(group) and all(isinstance(text, str) and text.strip() for text in group)


def _refusal(found: Fields) -> Refusal:
    outcomes = found.texts("outcome")
    unknown = [outcome for outcome in outcomes if outcome not in REFUSED]
    if unknown:
        raise found.wrong("outcome", "a list of " + ", ".join(REFUSED))
    return Refusal(found.text_or_none("why") or "", outcomes)


KINDS: dict[str, Callable[[Fields], Expected]] = {
    "rows": _rows,
    "values": _figures,
    "actions": _actions,
    "count": _count,
    "text": _statements,
    "refusal": _refusal,
}


def _evidence(found: Fields) -> Evidence:
    others = tuple(_evidence(item) for item in found.objects("or"))
    return Evidence(found.text("doc"), found.text("quote"), found.page("page"), found.text_or_none("cell"), others)


def _understood(found: Fields) -> dict[str, tuple[Scalar, ...]]:
    """Each labelled field with the values it must have; a single value stands for a list of one."""
    out: dict[str, tuple[Scalar, ...]] = {}
    for name, value in found.found.items():
        values = value if isinstance(value, list) else [value]
        if not values or not all(isinstance(item, str | int | float | bool) for item in values):
            raise found.wrong(name, "a text, a number or a list of them")
        out[name] = tuple(values)
    return out
