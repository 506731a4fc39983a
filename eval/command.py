"""`planspoken`, the console script: hands the evaluation, which app may not import, to the command line declared in app/cli.py.

See docs/adr/ for why it is done this way.
"""

from __future__ import annotations

from app.cli import Evaluation, main


def planspoken() -> None:
    """Runs the command line."""
    main(evaluate)


def evaluate(wanted: Evaluation) -> bool:
    """Does what `planspoken eval` was asked for; False where the gate is not passed."""
    from eval.commands import compare, evaluate_own, evaluate_questions

    if wanted.compare:
        compare(*wanted.compare)
    elif wanted.questions:
        evaluate_questions(wanted.questions, wanted.library, wanted.out)
    else:
        return evaluate_own(wanted.out, wanted.accept)
    return True
