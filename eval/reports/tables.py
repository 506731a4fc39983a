"""The tables of a report, the same in every form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from eval.results import Figure
from eval.run import Run
from eval.scoring import SCORERS
from eval.stability import Same


@dataclass(frozen=True, slots=True)
class Table:
    """A table in words. `note` says what the figures mean; numbers stand right where a column's name is in `numbers`."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    numbers: frozenset[str] = frozenset()


def percent(value: float | None) -> str:
    """A share in per cent to a tenth; a dash for none."""
    return "–" if value is None else f"{100 * value:.1f}%"


def interval(figure: Figure) -> str:
    """The 95% interval in per cent."""
    return f"{100 * figure.low:.0f}–{100 * figure.high:.0f}%"


def tables(run: Run) -> list[Table]:
    """All tables of a run, the most asked for first."""
    return [table for table in _all(run) if table.rows]


def _all(run: Run) -> Iterator[Table]:
    yield _headline(run)
    yield _scorers(run)
    for group, found in run.groups.items():
        yield _group(group, found)
    yield _retrieval(run)
    yield from _extraction(run)
    yield _stability(run.stability)
    yield _mutants(run)
    yield _withheld(run)
    yield _shared(run)
    yield _records(run)
    yield _configuration(run)


def _headline(run: Run) -> Table:
    right, whole = run.scorers["right"], run.scorers["exact"]
    rows = [
        ("right by the shared rule", percent(right.mean), interval(right), str(right.n)),
        ("right in every respect labelled", percent(whole.mean), interval(whole), str(whole.n)),
    ]
    for name, words in (("passage cited", "needed passages cited"), ("grounded", "answers with every number bound to its source")):
        if name in run.scorers:
            rows.append((words, percent(run.scorers[name].mean), interval(run.scorers[name]), str(run.scorers[name].n)))
    rows.append(("refused although the documents say it", percent(run.shared["false_refusal"]), "", ""))
    rows.append(("answered although they do not", percent(run.shared["missed_refusal"]), "", ""))
    return Table(
        f"The {run.set} set in short",
        ("", "share", "95% interval", "questions"),
        tuple(rows),
        "Judged by rule: no model takes part. A question without an answer counts as wrong. Intervals: bootstrap over questions.",
        frozenset({"share", "95% interval", "questions"}),
    )


def _scorers(run: Run) -> Table:
    rows = [
        (s.component, s.name, percent(f.mean), interval(f), str(f.n), s.help) for s in SCORERS if (f := run.scorers.get(s.name)) is not None
    ]
    note = "Each scorer over the questions that ask something of it."
    return Table(
        "Scorers",
        ("part", "scorer", "mean", "95% interval", "n", "what is asked"),
        tuple(rows),
        note,
        frozenset({"mean", "95% interval", "n"}),
    )


def _group(group: str, found: Mapping[str, tuple[Figure, Figure]]) -> Table:
    rows = tuple((name, percent(r.mean), interval(r), percent(e.mean), str(r.n)) for name, (r, e) in found.items())
    return Table(
        f"By {group}", (group, "right", "95% interval", "exact", "n"), rows, numbers=frozenset({"right", "95% interval", "exact", "n"})
    )


def _retrieval(run: Run) -> Table:
    rows = tuple(
        (system, name, percent(x.precision), percent(x.recall), percent(x.f1), percent(x.f2), f"{x.words:.0f}", str(x.n))
        for system, levels in run.retrieval.items()
        for name, x in levels.items()
    )
    columns = ("what", "level", "precision", "recall", "F1", "F2", "words", "n")
    note = (
        "Against the labelled evidence: what our answers cite, the passages they are made from (of the records that satisfy the question, "
        "of the sentences chosen, then searched for), what our search brings up for the question's words alone, and the plain LlamaIndex "
        "pipeline (default splitter, same embedding model) over the same files. F2 weighs recall twice. "
        "Words: how many are brought up for a question on average."
    )
    return Table("Retrieval, and the plain pipeline beside it", columns, rows, note, frozenset(columns[2:]))


def _extraction(run: Run) -> Iterator[Table]:
    rows = tuple(
        (kind, percent(x.recall), percent(x.precision), percent(x.f1), percent(x.whole), str(x.labelled), str(x.read))
        for kind, x in run.extraction.items()
    )
    columns = ("records", "recall", "precision", "F1", "every field right", "labelled", "read")
    yield Table("Records read", columns, rows, "Against labels made by hand.", frozenset(columns[1:]))
    fields = tuple((kind, name, percent(value)) for kind, x in run.extraction.items() for name, value in x.fields.items())
    note = "Of the records found, those with the field right, where it is labelled."
    yield Table("Fields of records", ("records", "field", "right"), fields, note, frozenset({"right"}))


def _records(run: Run) -> Table:
    rows = [(kind, "missed", record) for kind, x in run.extraction.items() for record in x.missed]
    rows += [(kind, "wrong", record) for kind, x in run.extraction.items() for record in x.wrong]
    return Table("Records missed or wrong", ("records", "", "label"), tuple(rows), "With the fields that are not as labelled.")


def _stability(found: Mapping[str, Same]) -> Table:
    rows = tuple((name, f"{same.same} of {same.of}", ", ".join(same.differing[:12])) for name, same in found.items())
    return Table(
        "Stability", ("test", "the same", "not"), rows, "To the last character of the JSON, timings aside.", frozenset({"the same"})
    )


def _mutants(run: Run) -> Table:
    rows = tuple((m.mutant, m.scorer, f"{m.caught} of {m.of}", ", ".join(m.missed[:8])) for m in run.mutants)
    note = (
        f"One fault at a time, seeded into the ideal answer of every label it applies to. Ideal answers that a scorer finds fault with: "
        f"{len(run.imperfect)}."
    )
    return Table("Mutants and the scorers that must catch them", ("fault", "scorer", "caught", "missed"), rows, note, frozenset({"caught"}))


def _withheld(run: Run) -> Table:
    rows = tuple((w.fault, f"{w.withheld} of {w.of}", "; ".join(text[:110] for text in w.shown[:3])) for w in run.withheld if w.of)
    note = "Wrong numbers seeded into the engine's own sentences before its check."
    return Table("Seeded wrong numbers withheld", ("fault", "withheld", "shown"), rows, note, frozenset({"withheld"}))


def _shared(run: Run) -> Table:
    rows = tuple((name, f"{value:.4f}" if name != "questions" else f"{value:.0f}") for name, value in run.shared.items())
    return Table("Figures as score.py prints them", ("figure", "value"), rows, numbers=frozenset({"value"}))


def _configuration(run: Run) -> Table:
    rows: Sequence[tuple[str, str]] = [(name, str(value)) for name, value in run.configuration.items()]
    return Table("What was run", ("", "value"), (*rows, ("commit", run.commit or "not a checkout"), ("library fingerprint", run.library)))
