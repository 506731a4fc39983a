"""The sample's source as an SQL database in memory, and the printed pages: the independent path by which the labels are checked.

Nothing here uses the code that reads plans; pages come from pypdf's plain text.
"""

from __future__ import annotations

import re
import sqlite3
from functools import cache
from typing import Any

import pypdf

from app.sample import SAMPLE_PLANS
from app.sample.content import Plan, Reading, SelfEvaluation, action_plan, improvement_plan, load, self_evaluation

NAMES = {"new": "improvement-plan-2025-26-q2", "self": "self-evaluation-2025", "old": "action-plan-2023-24"}
TABLES = """
create table action (doc, ref, aim, action, lead, due, due_iso, ongoing, completed);
create table line (doc, ref, n, success, position, rag, direction);
create table reading (doc, ref, part, aim, measure, breakdown, kind, value, value_high, value_text, qualifier, unit, period, target,
    target_high, comparator, target_period, status, rag, direction, quote, evidence);
create table paragraph (doc, number, text);
create table promise (doc, ref, quote, by_when, owner, strength);
create table conflict (id, measure, period, certain, a, b, why);
create table link (source, target, what);
create table page (doc, page, text);
"""


def flat(text: str) -> str:
    """White space collapsed to single spaces."""
    return " ".join(text.split())


@cache
def pages(stem: str) -> tuple[str, ...]:
    """The plain text of each page, without its foot."""
    path = next(path for path in SAMPLE_PLANS if path.stem == stem)
    return tuple(flat(re.sub(r"\A.*\n.*\| Page \d+\n?", "", page.extract_text())) for page in pypdf.PdfReader(path).pages)


def page_of(stem: str, quote: str) -> int | None:
    """The number of the first page that prints the quote."""
    return next((number for number, text in enumerate(pages(stem), start=1) if flat(quote) in text), None)


def database() -> sqlite3.Connection:
    """Everything the source says, as tables."""
    db = sqlite3.connect(":memory:")
    db.executescript(TABLES)
    for doc, plan in (("new", improvement_plan()), ("old", action_plan())):
        _plan(db, doc, plan)
    _evaluation(db, self_evaluation())
    for c in load("links")["conflict"]:
        db.execute(
            "insert into conflict values (?,?,?,?,?,?,?)",
            (c["id"], c["measure"], c["period"], c["certain"], c["a"]["at"], c["b"]["at"], c["why"]),
        )
    for link in load("links")["link"]:
        db.execute("insert into link values (?,?,?)", (link["from"], link["to"], ", ".join(link["what"])))
    for doc, stem in NAMES.items():
        db.executemany("insert into page values (?,?,?)", [(doc, number, text) for number, text in enumerate(pages(stem), start=1)])
    return db


def _plan(db: sqlite3.Connection, doc: str, plan: Plan) -> None:
    for a in plan.actions:
        db.execute(
            "insert into action values (?,?,?,?,?,?,?,?,?)",
            (doc, a.ref, a.aim, a.action, a.lead, a.due, a.due_iso, a.ongoing, a.completed),
        )
        for n, row in enumerate(a.rows, start=1):
            db.execute("insert into line values (?,?,?,?,?,?,?)", (doc, a.ref, n, row.success, flat(row.position), row.rag, row.direction))
            for reading in row.readings:
                _reading(db, doc, "table", a.aim, reading, _row_quote(doc, row.success, row.position))
    if plan.summary:
        for line in plan.summary.lines:
            for reading in line.readings:
                cells = [line.measure, line.target_text, *(r.value_text or "" for r in line.readings)]
                _reading(db, doc, "summary", None, reading, " ".join(cells))


def _row_quote(doc: str, success: str, position: str) -> str:
    """The row's target and figure as one run of printed text where they are one, else the figure alone."""
    whole = flat(f"{success} {position}")
    for quote in (whole, flat(f"{success} {position.splitlines()[0]}"), flat(position), flat(position.splitlines()[0]), flat(success)):
        if len(quote) <= 200 and page_of(NAMES[doc], quote):
            return quote
    raise ValueError(f"{doc}: {success!r} is not printed in one piece")


def _evaluation(db: sqlite3.Connection, document: SelfEvaluation) -> None:
    for p in document.paragraphs:
        db.execute("insert into paragraph values (?,?,?)", ("self", p.number, " ".join((p.text, *p.bullets))))
        for reading in p.readings:
            _reading(db, "self", "prose", None, reading, reading.quote or "")
        for promise in p.promises:
            db.execute(
                "insert into promise values (?,?,?,?,?,?)",
                ("self", p.number, promise.quote, promise.by_when, promise.owner, promise.strength),
            )
    for table in document.tables:
        for reading in table.readings:
            cells = next(line for line in table.lines if line[0] in (reading.measure, reading.breakdown or "Total"))
            _reading(db, "self", "data", None, reading, " ".join(cells))


def _reading(db: sqlite3.Connection, doc: str, part: str, aim: str | None, r: Reading, evidence: str) -> None:
    db.execute(
        f"insert into reading values ({','.join('?' * 22)})",
        (
            *(doc, r.ref, part, aim, r.measure, r.breakdown, r.kind, r.value, r.value_high, r.value_text, r.qualifier, r.unit),
            *(r.period, r.target, r.target_high, r.comparator, r.target_period, r.status, r.rag, r.direction, r.quote, evidence),
        ),
    )


def labels(db: sqlite3.Connection) -> dict[str, list[dict[str, object]]]:
    """The record labels of eval/cases/sample, worked out from the source: file name without ending → objects."""
    db.row_factory = sqlite3.Row
    found = {
        "measures": [_measure(number, row) for number, row in enumerate(db.execute("select * from reading"), start=1)],
        "actions": [_action(db, row) for row in db.execute("select * from action")],
        "commitments": [
            {"id": f"{NAMES['self']}/c{n:03}", "doc": NAMES["self"], "commitment": row["quote"], "strength": row["strength"]}
            | {"by_when": row["by_when"] or None, "owner": row["owner"] or None, "page": page_of(NAMES["self"], row["quote"])}
            for n, row in enumerate(db.execute("select * from promise"), start=1)
        ],
        "conflicts": [_conflict(c) for c in load("links")["conflict"]],
    }
    db.row_factory = None
    return found


def _measure(number: int, row: sqlite3.Row) -> dict[str, object]:
    doc = NAMES[row["doc"]]
    same = ("measure", "breakdown", "kind", "value", "value_high", "value_text", "qualifier", "unit", "period")
    bound = ("target", "target_high", "comparator", "target_period", "status", "rag", "direction")
    return {
        "id": f"{doc}/m{number:03}",
        "doc": doc,
        **{name: row[name] for name in (*same, *bound)},
        "quote": row["evidence"],
        "page": page_of(doc, row["evidence"]),
        "ref": row["ref"],
    }


def _action(db: sqlite3.Connection, row: sqlite3.Row) -> dict[str, object]:
    doc, ref = NAMES[row["doc"]], row["ref"]
    lines = db.execute("select * from line where doc=? and ref=? order by n", (row["doc"], ref)).fetchall()
    plan = improvement_plan() if row["doc"] == "new" else action_plan()
    one = lines[0] if len(lines) == 1 else None  # of several lines each has its own rating
    return {
        "id": f"{doc}/a{ref}",
        "doc": doc,
        "ref": ref,
        "section": next(aim.title for aim in plan.aims if aim.id == row["aim"]),
        **{name: row[name] for name in ("action", "lead", "due", "due_iso")},
        "ongoing": bool(row["ongoing"]),
        "progress": " ".join(line["position"] for line in lines),
        "rag": one["rag"] if one else None,
        "direction": one["direction"] if one else None,
        "completed": bool(row["completed"]),
        "page": page_of(doc, row["action"]) or page_of(doc, row["action"][:60]),
    }


def _conflict(found: dict[str, Any]) -> dict[str, object]:
    sides = {name: {"doc": NAMES[found[name]["at"].split(":")[0]], **{f: found[name][f] for f in ("value", "quote")}} for name in "ab"}
    return {**{name: found[name] for name in ("id", "measure", "period", "certain")}, **sides}


if __name__ == "__main__":  # writes the record labels anew
    import json
    from pathlib import Path

    for name, items in labels(database()).items():
        path = Path(__file__).parents[2] / "eval" / "cases" / "sample" / f"{name}.jsonl"
        path.write_text("".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items), encoding="utf-8")
