"""What `planspoken eval` does: the own sets behind the gate, a question file over a library, two runs compared."""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.casefile import read_cases
from eval.compare import compared
from eval.gate import ACCEPTED, accept, falls, read_accepted
from eval.labels import Labels
from eval.reports.jsonform import run_json
from eval.reports.terminal import columns, terminal
from eval.reports.write import write_run
from eval.run import Run, evaluate, run_set
from eval.runfile import Standing, read_standing, standing
from eval.sets import SHARED, QuestionSet, own_sets
from index.library import Library


def evaluate_own(out: Path, accepting: bool) -> bool:
    """Evaluates the sets that are there, each over a library of its own; False where they fell behind what was accepted."""
    accepted = read_accepted()
    sets = own_sets()
    with ProcessPoolExecutor(len(sets), get_context("spawn")) as processes:  # a set each: reading plans keeps one processor busy
        runs = [_report(run, out) for run in processes.map(_run, sets)]
    if accepting:
        accept(runs)
        print(f"accepted: {ACCEPTED}")
        return True
    fell = [line for run in runs for line in falls(run, accepted.get(run.set))]
    for name in sorted(set(accepted) - {run.set for run in runs}):
        print(f"the {name} set was not run: its plans and labels are not there ({SHARED})")
    print("\n".join(fell) if fell else "the gate is passed: nothing fell")
    return not fell


def _run(found: QuestionSet) -> Run:
    """Runs in a process of its own."""
    with TemporaryDirectory(prefix="planspoken-eval-", ignore_cleanup_errors=True) as folder:
        return run_set(found, Path(folder), _say)


def evaluate_questions(questions: Path, folder: Path, out: Path) -> None:
    """Evaluates the questions of a file over a library that is there. There is no gate for them."""
    cases = read_cases(questions)
    with Library.open(folder) as library:
        _report(evaluate(QuestionSet(questions.stem, questions), cases, Labels(), library, _say), out)


def compare(before: Path, after: Path) -> None:
    """Prints what differs between two runs."""
    tables = [t for t in compared(read_standing(before), read_standing(after)) if t.rows]
    print("\n\n".join(columns(table) for table in tables))


def _report(run: Run, out: Path) -> Standing:
    folder = write_run(run, out)
    print(terminal(run))
    print(f"report: {folder / 'report.html'}\n")
    return standing(run_json(run), str(folder))


def _say(text: str) -> None:
    if sys.stderr.isatty():
        print(text, file=sys.stderr, flush=True)
