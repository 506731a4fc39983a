"""The answer a label describes, as the contract's JSON: what every scorer must give full marks, and what mutants are made from."""

from __future__ import annotations

from typing import Any

from eval.cases import ActionSet, Case, Count, Figures, Refusal, Rows, Statements, WantedRow
from eval.given import Json
from eval.scoring.understanding import KINDS_OF
from eval.sources import Sources

SAID = {"percent": "%", "days": " days", "working_days": " working days", "weeks": " weeks", "months": " months"}


def ideal(case: Case, sources: Sources) -> Json:
    """An answer that holds what the label asks for and cites the labelled evidence, nothing else."""
    want = case.expected
    citations = [
        {
            "n": n,
            "document": sources.files[e.document],
            "title": "",
            "page": e.page,
            "quote": e.quote,
            "box": None,
            "record": None,
            "cell": e.cell,
        }
        for n, e in enumerate(case.evidence, start=1)
    ]
    marks = "".join(f"[{c['n']}]" for c in citations)
    answer: dict[str, Any] = {
        "id": case.id,
        "question": case.question,
        "history": list(case.history),
        "outcome": "answered",
        "headline": "",
        "text": f"{_sentence(case)} {marks}".strip(),
        "query": {"intent": (case.understood.get("intent") or KINDS_OF.get(case.type) or ("explain",))[0]}
        | {name: list(values) for name, values in case.understood.items() if name != "intent"},
        "table": _table(case, sources),
        "count": int(want.value) if isinstance(want, Count) else None,
        "coverage": _coverage(want) if isinstance(want, Rows) else None,
        "citations": citations,
        "conflicts": [],
        "notes": [],
        "model": None,
        "timings_ms": {"total": 0.0},
    }
    if isinstance(want, Refusal):
        answer["outcome"] = want.outcomes[0] if want.outcomes else "not_in_documents"
    return answer


def _sentence(case: Case) -> str:
    want = case.expected
    if isinstance(want, Statements):
        return "; ".join(group[0] for group in want.groups) + "."
    if isinstance(want, Count):
        return f"There are {want.value:g} {want.of}."
    if isinstance(want, Refusal):
        return "The documents do not say."
    if isinstance(want, Figures):
        return "; ".join(f"{v.label}: {v.value:g}{SAID.get(v.unit or '', '')}" for v in want.values) + "."
    return "These are the ones."


def _row(want: WantedRow, document: str, kind: str = "measures") -> dict[str, Any]:
    return {
        "id": None,
        "document": document,
        "page": None,
        "quote": "",
        "measure": want.measure,
        "breakdown": want.breakdown,
        "value": want.value,
        "unit": want.unit,
        "period": want.period,
        "target": want.target,
        "status": "no_value" if want.value is None else "no_target" if want.target is None else "undetermined",
        "ref": None,
    }


def _table(case: Case, sources: Sources) -> dict[str, Any] | None:
    want = case.expected
    documents = [sources.files[d] for d in case.documents] or [""]
    if isinstance(want, Rows):
        return {"kind": "measures", "rows": [_row(row, documents[0]) for row in want.rows]}
    if isinstance(want, ActionSet):
        rows = []
        for ref in want.refs:
            document, _, tail = ref.partition("/")
            rows.append(_row(WantedRow("", None), sources.files[document]) | {"measure": None, "ref": tail, "action": tail, "status": None})
        return {"kind": "actions", "rows": rows}
    if isinstance(want, Figures):
        return {
            "kind": "measures",
            "rows": [_row(WantedRow(v.label, v.value, None, v.unit, None, v.period), documents[0]) for v in want.values],
        }
    return None


def _coverage(want: Rows) -> dict[str, Any]:
    silent = sum(row.value is None for row in want.rows)
    others = len(want.rows) - silent
    return {
        "considered": others + silent,
        "off_target": 0,
        "on_target": 0,
        "no_value": silent,
        "undetermined": others,
        "documents_searched": 1,
        "documents_silent": [],
    }
