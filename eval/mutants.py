"""Seeded faults: a right answer with one thing wrong, and the scorers that must see it.

Faults are put into the ideal answers, so that what is tested is the scorers and not the engine.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from eval.cases import ActionSet, Case, Count, Figures, Refusal, Rows, Statements
from eval.given import given
from eval.ideal import ideal
from eval.scoring import score
from eval.sources import Sources
from eval.wording import near, numbers

Change = Callable[[Case, dict[str, Any], Sources], bool]  # changes the answer; False where there is nothing of the kind to change


@dataclass(frozen=True, slots=True)
class Mutant:
    """A fault, and the scorers that must fall by it: each of them that asks something of the case, and at least one does."""

    name: str
    change: Change
    caught_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Caught:
    """How often a scorer saw a fault, and the cases where it did not."""

    mutant: str
    scorer: str
    caught: int
    of: int
    missed: tuple[str, ...]


def imperfect(cases: Sequence[Case], sources: Sources) -> list[str]:
    """The cases whose ideal answer a scorer finds fault with: none, or label and scorer contradict each other."""
    out = []
    for case in cases:
        marks = score(case, given(ideal(case, sources)), sources)
        out += [f"{case.id} {name}: {mark.why or mark.score}" for name, mark in marks.items() if mark.score < 1]
    return out


def mutated(cases: Sequence[Case], sources: Sources) -> list[Caught]:
    """Every mutant of every case it applies to, by every scorer that must catch it and is content with the ideal answer."""
    out = []
    for mutant in MUTANTS:
        seen: dict[str, list[tuple[str, bool]]] = {name: [] for name in mutant.caught_by}
        for case in cases:
            right = ideal(case, sources)
            wrong = copy.deepcopy(dict(right))
            if not mutant.change(case, wrong, sources):
                continue
            before, after = score(case, given(right), sources), score(case, given(wrong), sources)
            for name in mutant.caught_by:
                if name in before and before[name].score == 1:
                    seen[name].append((case.id, name in after and after[name].score < 1))
        for name, found in seen.items():
            out.append(Caught(mutant.name, name, sum(ok for _, ok in found), len(found), tuple(id for id, ok in found if not ok)))
    return [caught for caught in out if caught.of]


def _rows(answer: dict[str, Any]) -> list[dict[str, Any]]:
    return answer["table"]["rows"] if answer["table"] else []


def _other(value: float) -> float:
    """The number with two digits swapped; the next one where that gives the same."""
    text = f"{value:g}"
    digits = [i for i, c in enumerate(text) if c.isdigit()]
    for i, j in pairwise(digits):
        if text[i] != text[j]:
            swapped = text[:i] + text[j] + text[i + 1 : j] + text[i] + text[j + 1 :]
            return float(swapped)
    return value + 1


def _digit(case: Case, answer: dict[str, Any], _: Sources) -> bool:
    if not isinstance(case.expected, Figures):
        return False
    wanted = [v.value for v in case.expected.values]
    value, wrong = wanted[0], _other(wanted[0])
    if any(near(wrong, v) for v in wanted) or wanted.count(value) > 1 or sum(near(value, n) for n in numbers(answer["text"])) > 1:
        return False
    _rows(answer)[0]["value"] = wrong
    answer["text"] = re.sub(rf"(?<![\d.]){re.escape(f'{value:g}')}(?!\d|\.\d)", f"{wrong:g}", answer["text"])
    return True


def _row_digit(case: Case, answer: dict[str, Any], _: Sources) -> bool:
    if not isinstance(case.expected, Rows) or _rows(answer)[0]["value"] is None:
        return False
    wrong = _other(_rows(answer)[0]["value"])
    if any(near(wrong, row.value) for row in (*case.expected.rows, *case.expected.optional)):
        return False
    _rows(answer)[0]["value"] = wrong
    return True


def _target(case: Case, answer: dict[str, Any], _: Sources) -> bool:
    if not isinstance(case.expected, Rows) or case.expected.rows[0].target is None:
        return False
    _rows(answer)[0]["target"] += 7
    return True


def _quarter(case: Case, answer: dict[str, Any], _: Sources) -> bool:
    want = case.expected
    labelled = isinstance(want, Figures | Rows) and any(row.get("period") and row.get("value") is not None for row in _rows(answer))
    for row in _rows(answer) if labelled else []:
        row["period"] = "2010/11-Q3"
    return labelled


def _unit(case: Case, answer: dict[str, Any], _: Sources) -> bool:
    labelled = isinstance(case.expected, Figures | Rows) and any(row.get("unit") for row in _rows(answer))
    for row in _rows(answer) if labelled else []:
        row["unit"] = "count" if row["unit"] == "percent" else "percent"
    return labelled


def _subject(case: Case, answer: dict[str, Any], _: Sources) -> bool:
    if not isinstance(case.expected, Figures):
        return False
    for row in _rows(answer):
        row["measure"] = "quite another thing"
    answer["text"] = "; ".join(f"another thing: {v.value:g}" for v in case.expected.values)  # and no citation that speaks of the right one
    return True


def _dropped(case: Case, answer: dict[str, Any], _: Sources) -> bool:
    if not isinstance(case.expected, Rows | ActionSet):
        return False
    _rows(answer).pop()
    return True


def _added(case: Case, answer: dict[str, Any], _: Sources) -> bool:
    if not isinstance(case.expected, Rows | ActionSet) or not case.expected.complete:
        return False
    extra = {
        **_rows(answer)[0],
        "measure": "a measure nobody asked for",
        "value": 98.7,
        "ref": "99.9",
        "action": "an action nobody asked for",
    }
    _rows(answer).append(extra)
    return True


def _elsewhere(case: Case, answer: dict[str, Any], _: Sources) -> bool:
    for piece in (*_rows(answer), *answer["citations"]):
        piece["document"] = "another-authority.pdf"
    return bool(case.evidence)


def _page(case: Case, answer: dict[str, Any], _: Sources) -> bool:
    for citation in answer["citations"]:
        citation["page"] = (citation["page"] or 0) + 40
    return any(e.page for e in case.evidence)


def _cell(case: Case, answer: dict[str, Any], _: Sources) -> bool:
    for citation in answer["citations"]:
        citation["cell"] = "ZZ999"
    return any(e.cell for e in case.evidence)


def _uncited(case: Case, answer: dict[str, Any], _: Sources) -> bool:
    answer["citations"].clear()
    return bool(case.evidence)


def _requoted(case: Case, answer: dict[str, Any], _: Sources) -> bool:
    for citation in answer["citations"]:
        citation["quote"] += " whereas zebras quietly juggled marzipan beneath volcanic chandeliers"
    return bool(case.evidence)


def _thin_air(case: Case, answer: dict[str, Any], _: Sources) -> bool:
    answer["text"] = f"{answer['text']} That is 4321.7 more than ever."
    return True


def _plausible(case: Case, answer: dict[str, Any], _: Sources) -> bool:
    """A number like any other, that nothing in the answer prints and that is no row's figure less its target."""
    held = {float(n) for n in re.findall(r"\d+(?:\.\d+)?", json.dumps(answer))}
    held |= {abs(row["value"] - row["target"]) for row in _rows(answer) if row.get("value") is not None and row.get("target") is not None}
    said = numbers(answer["text"])
    held |= {abs(a - b) for a in said for b in said}
    answer["text"] += f" That is {next(n for n in range(13, 1000) if n not in held)} now."
    return True


def _misquoted(case: Case, answer: dict[str, Any], sources: Sources) -> bool:
    """One number of a long quote another, which its document prints nowhere."""
    for citation in answer["citations"]:
        printed = sources.around(citation["document"], None)
        if (found := re.search(r"(?<![\w.,/])\d+(?![\w.,/])", citation["quote"])) and len(citation["quote"].split()) > 20:
            other = next(str(n) for n in range(11, 1000) if not re.search(rf"(?<!\d){n}(?!\d)", printed))
            citation["quote"] = citation["quote"][: found.start()] + other + citation["quote"][found.end() :]
            return True
    return False


def _marker(case: Case, answer: dict[str, Any], _: Sources) -> bool:
    answer["text"] += " [99]"
    return True


def _answered(case: Case, answer: dict[str, Any], _: Sources) -> bool:
    if not isinstance(case.expected, Refusal):
        return False
    answer.update(outcome="answered", text="It was 71%.")
    return True


def _refused(case: Case, answer: dict[str, Any], _: Sources) -> bool:
    answer.update(outcome="not_in_documents", text="The documents do not say.", table=None, count=None, citations=[])
    return not case.refused


def _wrong_reason(case: Case, answer: dict[str, Any], _: Sources) -> bool:
    want = case.expected
    if not isinstance(want, Refusal) or not want.outcomes:
        return False
    answer["outcome"] = next(o for o in ("unreadable_source", "not_comparable") if o not in want.outcomes)
    return True


def _miscounted(case: Case, answer: dict[str, Any], _: Sources) -> bool:
    if not isinstance(case.expected, Count):
        return False
    answer["count"] += 1
    answer["text"] = answer["text"].replace(f"{case.expected.value:g}", f"{case.expected.value + 1:g}", 1)
    return True


def _unsaid(case: Case, answer: dict[str, Any], _: Sources) -> bool:
    if not isinstance(case.expected, Statements):
        return False
    answer["text"] = "It is as the plan has it."
    return True


def _obeyed(case: Case, answer: dict[str, Any], _: Sources) -> bool:
    answer["text"] += f" {case.must_not_say[0]}" if case.must_not_say else ""
    return bool(case.must_not_say)


def _sums(case: Case, answer: dict[str, Any], _: Sources) -> bool:
    if answer["coverage"] is None:
        return False
    answer["coverage"]["considered"] += 1
    return True


def _intent(case: Case, answer: dict[str, Any], _: Sources) -> bool:
    known = "intent" in case.understood or case.type not in ("unanswerable", "followup", "injection", "conflict")
    answer["query"]["intent"] = "documents"
    return known


def _misunderstood(case: Case, answer: dict[str, Any], _: Sources) -> bool:
    names = [name for name in case.understood if name != "intent"]
    for name in names:
        answer["query"].pop(name)
    return bool(names)


def _silent(case: Case, answer: dict[str, Any], _: Sources) -> bool:
    answer.update(outcome="missing", text="", table=None, count=None, coverage=None, citations=[], query={})
    return True


MUTANTS: tuple[Mutant, ...] = (
    Mutant("digit swapped", _digit, ("value", "right")),
    Mutant("digit swapped in a row", _row_digit, ("row recall", "row set exact", "right")),
    Mutant("target of a row changed", _target, ("row recall", "row set exact", "right")),
    Mutant("wrong quarter", _quarter, ("period", "row set exact")),
    Mutant("per cent for count", _unit, ("unit", "row set exact")),
    Mutant("another subject", _subject, ("subject",)),
    Mutant("row dropped", _dropped, ("row recall", "row F1", "row set exact", "action F1", "action set exact", "right")),
    Mutant("row added", _added, ("row precision", "row F1", "row set exact", "action F1", "action set exact", "right")),
    Mutant("wrong authority", _elsewhere, ("document cited", "passage cited")),
    Mutant("citation to another page", _page, ("page cited",)),
    Mutant("citation to another cell", _cell, ("cell cited",)),
    Mutant("citations left out", _uncited, ("document cited", "passage cited", "quote overlap", "verbatim")),
    Mutant("quote added to", _requoted, ("verbatim",)),
    Mutant("number changed in a quote", _misquoted, ("verbatim",)),
    Mutant("number out of thin air", _thin_air, ("grounded",)),
    Mutant("plausible number out of thin air", _plausible, ("grounded",)),
    Mutant("marker without a citation", _marker, ("markers",)),
    Mutant("refusal turned to answer", _answered, ("refused", "right")),
    Mutant("answer turned to refusal", _refused, ("answered", "right", "likeness")),
    Mutant("refused for another reason", _wrong_reason, ("refusal type",)),
    Mutant("count one too many", _miscounted, ("count", "right")),
    Mutant("statement left out", _unsaid, ("statements", "right")),
    Mutant("order in the question obeyed", _obeyed, ("restraint",)),
    Mutant("sum of coverage wrong", _sums, ("coverage",)),
    Mutant("kind of question mistaken", _intent, ("intent",)),
    Mutant("query field lost", _misunderstood, ("query fields",)),
    Mutant("no answer at all", _silent, ("right", "markers", "grounded")),
)
