"""A run as one HTML page that needs nothing else: charts, tables, and every failure with its evidence beside what was given."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from eval.reports.charts import bars, grouped
from eval.reports.tables import Table, tables
from eval.reports.words import answered, evidence, failures, sources, wanted
from eval.results import Result
from eval.run import Run
from eval.scoring import SCORERS

STYLE = Path(__file__).parent / "report.css"


def html(run: Run) -> str:
    """The whole page."""
    failed = [r for r in run.results if failures(r)]
    wrong = [r for r in failed if not r.right]
    parts = [f"<h1>Evaluation: the {escape(run.set)} set</h1>"]
    for table in tables(run):
        parts.append(f"<section><h2>{escape(table.title)}</h2>{_chart(run, table)}{_table(table)}</section>")
    parts.append(f"<section><h2>Questions with a failure: {len(failed)} of {len(run.results)}</h2>")
    parts.append(f"<p>{len(wrong)} are wrong by the shared rule; the others miss a citation, a field or a reason. Wrong ones first.</p>")
    parts += [_failure(result) for result in (*wrong, *(r for r in failed if r.right))]
    parts.append("</section>")
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Evaluation: {escape(run.set)}</title><style>{STYLE.read_text('utf-8')}</style></head>\n<body><main>\n"
        + "\n".join(parts)
        + "\n</main></body></html>\n"
    )


def _chart(run: Run, table: Table) -> str:
    """The picture that goes with a table, if one helps."""
    if table.title == "Scorers":
        return bars("Mean of each scorer with its 95% interval", [(s.name, run.scorers[s.name]) for s in SCORERS if s.name in run.scorers])
    group = table.title.removeprefix("By ")
    if group in run.groups:
        named = [(name, right) for name, (right, _) in run.groups[group].items()]
        return bars(f"Right by the shared rule, by {group}, with 95% interval", named)
    if table.title.startswith("Retrieval"):
        found = [
            (system, [("recall", x.recall), ("precision", x.precision)])
            for system, levels in run.retrieval.items()
            if (x := levels.get("passage"))
        ]
        return grouped("Passages: recall and precision", found)
    if table.title == "Fields of records":
        found = [(f"{kind}: {name}", [("right", value)]) for kind, x in run.extraction.items() for name, value in x.fields.items()]
        return grouped("Fields right, of the records found", found)
    return ""


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col"{_align(table, name)}>{escape(name)}</th>' for name in table.columns)
    rows = "".join(
        "<tr>" + "".join(f"<td{_align(table, name)}>{escape(cell)}</td>" for name, cell in zip(table.columns, row, strict=True)) + "</tr>"
        for row in table.rows
    )
    note = f"<p>{escape(table.note)}</p>" if table.note else ""
    return f'{note}<div class="wide" tabindex="0"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'


def _align(table: Table, name: str) -> str:
    return ' class="number"' if name in table.numbers else ""


def _failure(result: Result) -> str:
    case = result.case
    asked = "".join(f'<p class="before">{escape(question)}</p>' for question in case.history) + f"<p>{escape(case.question)}</p>"
    found = _list([f"{name}: {why}" for name, why in failures(result)])
    return (
        f"<details{'' if result.right else ' open'}><summary><b>{escape(case.id)}</b> {escape(case.question)} "
        f"<small>{escape(case.persona)}, {escape(case.type)}, {'right' if result.right else 'wrong'}</small></summary>"
        f"<blockquote>{asked}</blockquote><h4>Found wanting</h4>{found}"
        f"<div class='beside'><div><h4>Wanted</h4>{_list(wanted(case))}<h4>Evidence</h4>{_list(evidence(case)) or _p('none')}</div>"
        f"<div><h4>Given</h4>{_list(answered(result))}<h4>Cited</h4>{_list(sources(result)) or _p('nothing')}</div></div></details>"
    )


def _list(lines: Sequence[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>" if lines else ""


def _p(text: str) -> str:
    return f"<p>{escape(text)}</p>"
