"""Wrong numbers seeded into the engine's own sentences, just before its check: each of them must be withheld."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.check import check
from app.engine import compose, gather
from app.evidence.desk import desk
from app.question.understand import understand
from app.types import Draft, Library, Question, Statement
from eval.cases import Case
from ingest.types import Measure

_NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Withheld:
    """How many sentences with a seeded fault were withheld, and those shown all the same."""

    fault: str
    withheld: int
    of: int
    shown: tuple[str, ...]


def withheld(cases: Sequence[Case], library: Library) -> list[Withheld]:
    """For each fault: every sentence of every draft that passes the check, with the fault in it, through the check again."""
    laid = desk(library)
    figures = sorted({m.value for m in library.measures() if isinstance(m, Measure) and m.value is not None})
    seen: dict[str, list[tuple[str, bool]]] = {"digits swapped": [], "another record's figure": []}
    for case in cases:
        question = Question(case.question, case.history, case.id)
        query = understand(question, laid)
        kind, evidence = gather(query, question, laid)
        draft = compose(kind, query, evidence, laid)

        def shown(statement: Statement, draft: Draft = draft, question: Question = question, query=query, kind=kind) -> bool:  # type: ignore[no-untyped-def]
            alone = replace(draft, statements=(statement,), rows=())
            return statement.text in check(question, replace(query, intent=kind.name), alone, laid).text

        for statement in draft.statements:
            if shown(statement):
                for fault, wrong in _faults(statement, figures):
                    seen[fault].append((f"{case.id}: {wrong.text}", not shown(wrong)))
    return [Withheld(fault, sum(ok for _, ok in found), len(found), tuple(text for text, ok in found if not ok)) for fault, found in seen.items()]


def _faults(statement: Statement, figures: Sequence[float]) -> Iterator[tuple[str, Statement]]:
    """The statement with its first number's digits swapped, and with the figure of another record in its place."""
    found = _NUMBER.search(statement.text)
    if found is None:
        return
    value = float(found[0].replace(",", ""))
    held = {float(n.replace(",", "")) for n in _NUMBER.findall(f"{statement.text} " + " ".join(s.quote for s in statement.sources))}
    held |= {v for r in statement.records if isinstance(r, Measure) for v in (r.value, r.value_high, r.target, r.target_high) if v is not None}
    swapped = _swapped(found[0])
    other = next((v for v in figures if v > value and v not in held), None)
    for fault, wrong in (("digits swapped", swapped), ("another record's figure", other)):
        if wrong is not None and wrong not in held:
            yield fault, replace(statement, text=f"{statement.text[: found.start()]}{wrong:g}{statement.text[found.end() :]}")


def _swapped(number: str) -> float | None:
    plain = number.replace(",", "")
    for i in range(len(plain) - 1):
        if plain[i].isdigit() and plain[i + 1].isdigit() and plain[i] != plain[i + 1]:
            return float(plain[:i] + plain[i + 1] + plain[i] + plain[i + 2 :])
    return None
