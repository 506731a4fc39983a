"""A run on the terminal: the tables that say how it stands, in columns."""

from __future__ import annotations

from eval.reports.tables import Table, tables
from eval.run import Run

LEFT_OUT = {
    *("Fields of records", "Records missed or wrong", "Mutants and the scorers that must catch them"),
    *("By document", "Figures as score.py prints them", "What was run"),
}
WIDEST = 70  # characters of a cell; the files have all of it


def terminal(run: Run) -> str:
    """The short tables and how long answers took; the rest is in the files."""
    parts = [columns(table) for table in tables(run) if table.title not in LEFT_OUT]
    missed = sum(m.of - m.caught for m in run.mutants)
    parts.append(
        f"Mutants: {sum(m.caught for m in run.mutants)} of {sum(m.of for m in run.mutants)} caught"
        + (f", {missed} MISSED" if missed else "")
    )
    t = run.timings
    parts.append(f"Latency of an answer: median {t['p50_ms']:.0f} ms, 95th percentile {t['p95_ms']:.0f} ms, longest {t['max_ms']:.0f} ms")
    return "\n\n".join(parts) + "\n"


def columns(table: Table) -> str:
    """A table in columns of even width, its title above, long cells cut."""
    cut = [tuple(cell if len(cell) <= WIDEST else cell[: WIDEST - 1] + "…" for cell in row) for row in table.rows]
    widths = [max(len(row[i]) for row in (table.columns, *cut)) for i in range(len(table.columns))]

    def line(cells: tuple[str, ...]) -> str:
        placed = [c.rjust(w) if n in table.numbers else c.ljust(w) for c, w, n in zip(cells, widths, table.columns, strict=True)]
        return "  ".join(placed).rstrip()

    return "\n".join([table.title, line(table.columns), line(tuple("-" * w for w in widths)), *(line(row) for row in cut)])
