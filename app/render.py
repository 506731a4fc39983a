"""An answer as the contract's JSON, and as text for a terminal."""

from __future__ import annotations

from dataclasses import fields

from app.kinds.wording import period_words, rating_words, target_words, value_words
from app.types import Answer, Citation, Coverage, Line, Query, Step, Thread
from index.changes import due_of, finished, owner_of
from index.follow import words_of
from ingest.json_form import record_json
from ingest.types import Action, Commitment, Measure


def answer_json(answer: Answer) -> dict[str, object]:
    """The contract's Answer object."""
    table = answer.table
    return {
        "id": answer.question.id,
        "question": answer.question.text,
        "history": list(answer.question.history),
        "outcome": answer.outcome,
        "headline": answer.headline,
        "text": answer.text,
        "query": query_json(answer.query),
        "table": {"kind": table.kind, "rows": [{**record_json(r.record), "citation": r.citation} for r in table.rows]} if table else None,
        "count": answer.count,
        "coverage": _coverage_json(answer.coverage),
        "citations": [_citation_json(c) for c in answer.citations],
        "conflicts": list(answer.conflicts),
        "notes": list(answer.notes),
        "model": answer.model,
        "timings_ms": answer.timings_ms,
        "timeline": [_thread_json(thread) for thread in answer.timeline],
    }


def query_json(query: Query) -> dict[str, object]:
    """What was understood; fields that say nothing are left out."""
    out: dict[str, object] = {}
    for f in fields(query):
        value = getattr(query, f.name)
        if value is None or value == () or f.name in ("spans", "spelt") or value is False:
            continue
        out[f.name] = [list(v) if isinstance(v, tuple) else v for v in value] if isinstance(value, tuple) else value
    return out


def _coverage_json(c: Coverage | None) -> dict[str, object] | None:
    if c is None:
        return None
    return {f.name: list(v) if isinstance(v := getattr(c, f.name), tuple) else v for f in fields(c)}


def _citation_json(c: Citation) -> dict[str, object]:
    return {
        "n": c.n,
        "document": c.document,
        "title": c.title,
        "page": c.page,
        "sheet": c.sheet,
        "cell": c.cell,
        "quote": c.quote,
        "box": list(c.box) if c.box else None,
        "record": c.record,
        "corrected": list(c.corrected) or None,
    }


def _thread_json(thread: Thread) -> dict[str, object]:
    """A commitment through the plans: each step with its document, its citation and what changed since the step before."""
    return {"steps": [_step_json(step) for step in thread.steps], "not_mentioned_in": list(thread.silent)}


def _step_json(step: Step) -> dict[str, object]:
    r = step.record
    due, due_iso = due_of(r)
    return {
        "document": r.place.document,
        "page": r.place.page,
        "record": r.id,
        "ref": r.ref if isinstance(r, Action) else None,
        "text": " ".join(words_of(r).split()),
        "owner": owner_of(r),
        "due": due,
        "due_iso": due_iso,
        "rag": r.rag if isinstance(r, Action) else None,
        "complete": finished(r),
        "changes": [{"kind": c.kind, "before": c.before, "after": c.after} for c in step.changes],
        "citation": step.citation,
    }


def answer_text(answer: Answer) -> str:
    """The answer for a terminal: text, table, coverage, notes and numbered citations, in plain characters."""
    parts = [answer.text]
    if answer.table:
        parts.append(_table([_cells(r) for r in answer.table.rows], _HEADS[answer.table.kind]))
    c = answer.coverage
    if c and c.documents_searched:
        silent = f"; silent: {', '.join(c.documents_silent)}" if c.documents_silent else ""
        parts.append(f"Documents searched: {c.documents_searched}{silent}")
    parts += [f"Figures disagree: {x}" for x in answer.conflicts] + [f"Note: {n}" for n in answer.notes]
    if answer.citations:
        parts.append("\n".join(f"[{x.n}] {x.title}, {_where(x)}: “{_short(x.quote)}”" for x in answer.citations))
    return "\n\n".join(parts)


_HEADS = {
    "measures": ("measure", "value", "target", "status", "period", "page", "source"),
    "actions": ("no.", "action", "lead", "due", "rating", "page", "source"),
    "commitments": ("commitment", "owner", "by when", "page", "source"),
}


def _where(c: Citation) -> str:
    return f"page {c.page}" if c.page else f"sheet {c.sheet}" + (f" {c.cell}" if c.cell else "") if c.sheet else c.document


def _short(text: str, limit: int = 220) -> str:
    return text if len(text) <= limit else text[: text.rfind(" ", 0, limit)] + " …"


def _cells(line: Line) -> tuple[str, ...]:
    r = line.record
    page, source = str(r.place.page or ""), f"[{line.citation}]"
    if isinstance(r, Measure):
        name = r.measure + (f" ({r.breakdown})" if r.breakdown else "")
        return name, value_words(r), target_words(r) or "", r.status.replace("_", " "), period_words(r.period) or "", page, source
    if isinstance(r, Action):
        return r.ref or "", r.action, r.lead or "", r.due or "", rating_words(r.rag) or "", page, source
    assert isinstance(r, Commitment)
    return r.commitment, r.owner or "", r.by_when or "", page, source


def _table(rows: list[tuple[str, ...]], heads: tuple[str, ...], widest: int = 56) -> str:
    cut = [tuple(_short(" ".join(c.split()), widest) for c in row) for row in rows]
    widths = [max(len(row[i]) for row in [heads, *cut]) for i in range(len(heads))]
    lines = ["  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in [heads, *cut]]
    return "\n".join([lines[0], "  ".join("-" * w for w in widths), *lines[1:]])
