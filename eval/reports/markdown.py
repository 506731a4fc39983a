"""A run as Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from eval.reports.tables import Table, tables
from eval.reports.words import answered, evidence, failures, sources, wanted
from eval.results import Result
from eval.run import Run


def markdown(run: Run) -> str:
    """All tables, then every question with a failure: what was wanted, with its evidence, and what was given."""
    failed = [r for r in run.results if failures(r)]
    parts = [f"# Evaluation: the {run.set} set", *(_table(table) for table in tables(run))]
    parts.append(f"## Questions with a failure: {len(failed)} of {len(run.results)}")
    parts += [_failure(result) for result in failed]
    return "\n\n".join(parts) + "\n"


def _table(table: Table) -> str:
    rule = ["---:" if name in table.numbers else "---" for name in table.columns]
    lines = [_line(table.columns), _line(rule), *(_line(row) for row in table.rows)]
    return f"## {table.title}\n\n" + (f"{table.note}\n\n" if table.note else "") + "\n".join(lines)


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def _failure(result: Result) -> str:
    case = result.case
    head = f"### {case.id} ({case.persona}, {case.type}{'' if result.right else ', wrong'})"
    asked = " → ".join((*case.history, case.question))
    blocks = (
        ("Found wanting", [f"{name}: {why}" for name, why in failures(result)]),
        ("Wanted", wanted(case)),
        ("Evidence", evidence(case)),
        ("Given", answered(result)),
        ("Cited", sources(result)),
    )
    text = "\n\n".join(f"**{title}**\n\n" + "\n".join(f"* {_flat(line)}" for line in lines) for title, lines in blocks if lines)
    return f"{head}\n\n> {_flat(asked)}\n\n{text}"


def _flat(text: str) -> str:
    return " ".join(text.split()).replace("<", "&lt;")
