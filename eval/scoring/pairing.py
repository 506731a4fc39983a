"""Which given row answers to which wanted row: one to one, the likeliest first. The rules are those of the shared scorer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from eval.cases import ActionSet, WantedRow
from eval.given import GivenRow
from eval.sources import Sources
from eval.wording import near, overlap, words

Wanted = TypeVar("Wanted")
Got = TypeVar("Got")
LIKE = 0.4  # of the words of the shorter name, from which two rows of the same figure are the same


def pair(wanted: Sequence[Wanted], got: Sequence[Got], likeness: Callable[[Wanted, Got], float], floor: float) -> dict[int, int]:
    """Wanted index → got index, greedily by falling likeness down to `floor`."""
    scored = sorted(((likeness(w, g), i, j) for i, w in enumerate(wanted) for j, g in enumerate(got)), reverse=True)
    out: dict[int, int] = {}
    taken: set[int] = set()
    for likely, i, j in scored:
        if likely < floor:
            break
        if i not in out and j not in taken:
            out[i] = j
            taken.add(j)
    return out


def row_likeness(wanted: WantedRow, got: GivenRow) -> float:
    """0 unless value and (where labelled) target are the same; then how alike the names are."""
    if not near(wanted.value, got.value) or (wanted.target is not None and not near(wanted.target, got.target)):
        return 0.0
    return overlap(wanted.subject, got.subject)


def unlike(wanted: WantedRow, got: GivenRow) -> list[str]:
    """The further fields of a matched row that are not as labelled."""
    from eval.periods import same_period

    wrong = []
    if wanted.unit and not same_unit(wanted.unit, got.unit):
        wrong.append(f"unit {got.unit} for {wanted.unit}")
    if wanted.period and not same_period(wanted.period, got.period) and wanted.value is not None:
        wrong.append(f"period {got.period} for {wanted.period}")
    return wrong


def same_unit(wanted: str | None, got: str | None) -> bool:
    """Whether two units may stand for each other: days for working days, a count for a score."""
    return wanted == got or {wanted, got} <= {"days", "working_days"} or {wanted, got} <= {"count", "other", "score", None}


def named(refs: Sequence[str], rows: Sequence[GivenRow], sources: Sources) -> list[str]:
    """The references that a row stands for, by number or by first words."""
    have = {(row.document, (row.ref or "").rstrip(".")) for row in rows}
    texts = [(row.document, " ".join(words(row.words))) for row in rows]
    found = []
    for ref in refs:
        document, _, tail = ref.partition("/")
        file, tail = sources.files.get(document, document), tail.strip().rstrip(".")
        said = " ".join(words(tail))
        if (file, tail) in have or (said and any(d == file and said in text for d, text in texts)):
            found.append(ref)
    return found


def action_figures(wanted: ActionSet, rows: Sequence[GivenRow], sources: Sources) -> tuple[float, float, list[str]]:
    """(precision, recall, references not found) of a set of actions."""
    hit = named(wanted.refs, rows, sources)
    extra = len(rows) - len(named(wanted.optional, rows, sources))
    precision = min(1.0, len(hit) / extra) if extra > 0 else 0.0
    return precision, len(hit) / len(wanted.refs), [ref for ref in wanted.refs if ref not in hit]
