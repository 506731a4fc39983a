"""Numbers: each wanted figure with its value, unit, period and subject, in the table or in a sentence with what it cites."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from eval.cases import Case, Figure, Figures
from eval.given import Given, GivenRow
from eval.periods import same_period, spoken
from eval.scoring.pairing import same_unit
from eval.scoring.types import Mark, share
from eval.sources import Sources
from eval.wording import IN_WORDS, NUMBER, contained, near, unmarked

SAME_SUBJECT = 0.5  # of a label's words, from which a sentence or row speaks of it
_SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=[A-Z“\"(\[])|\n+")
_AFTER = (
    (re.compile(r"\s?(?:%|per ?cent\b|percentage points?|points?\b)"), "percent"),
    (re.compile(r"\s?working days?\b"), "working_days"),
    (re.compile(r"\s?days?\b"), "days"),
    (re.compile(r"\s?weeks?\b"), "weeks"),
    (re.compile(r"\s?months?\b"), "months"),
)


@dataclass(frozen=True, slots=True)
class Stated:
    """A number as the answer states it. `periods` are all that row, sentence or cited quotes name."""

    value: float
    unit: str | None
    periods: frozenset[str]
    subject: str
    row: bool = False


def stated(given: Given) -> list[Stated]:
    """Every number of the table, then every number of the text with its sentence and the quotes the sentence cites."""
    return [*(s for row in given.rows for s in _of_row(row)), *_of_text(given)]


def _of_row(row: GivenRow) -> Iterator[Stated]:
    periods = frozenset(p for p in (row.period,) if p)
    for value in (row.value, row.value_high):
        if value is not None:
            yield Stated(value, row.unit, periods, row.subject, row=True)
    for target in (row.target, row.target_high):
        if target is not None:
            for_when = periods | ({row.target_period} if row.target_period else frozenset())
            yield Stated(target, row.unit, for_when, f"target for {row.subject}", row=True)


def _of_text(given: Given) -> Iterator[Stated]:
    cited = {c.n: c for c in given.citations}
    for sentence in _SENTENCE.split(given.text):
        quotes = " ".join(cited[int(n)].quote for n in re.findall(r"\[(\d+)\]", sentence) if int(n) in cited)
        plain = unmarked(sentence)
        periods = spoken(plain) | spoken(quotes)
        for value, unit in _numbers(plain):
            yield Stated(value, unit, periods, f"{plain} {quotes}")


def _numbers(text: str) -> Iterator[tuple[float, str]]:
    for found in NUMBER.finditer(text):
        value = float(found[0].strip("£").replace(",", ""))
        yield value, "gbp" if found[0].startswith("£") else next((u for p, u in _AFTER if p.match(text, found.end())), "count")
    for word, number in IN_WORDS.items():
        if re.search(rf"\b{word}\b", text.lower()):
            yield float(number), "count"


def _unit(want: Figure, got: Stated) -> bool:
    return want.unit is None or same_unit(want.unit, got.unit)


def _period(want: Figure, got: Stated) -> bool:
    return want.period is None or any(same_period(want.period, period) for period in got.periods)


def _subject(want: Figure, got: Stated) -> bool:
    return contained(want.label, got.subject) >= SAME_SUBJECT


_PARTS: dict[str, Callable[[Figure, Stated], bool]] = {"unit": _unit, "period": _period, "subject": _subject}


def _best(want: Figure, said: list[Stated]) -> Stated | None:
    """The statement of the value that has most of unit, period and subject right. A row of the subject goes before any sentence."""
    same = [s for s in said if near(want.value, s.value)]
    same = [s for s in same if s.row and _subject(want, s)] or same
    return max(same, key=lambda s: sum(part(want, s) for part in _PARTS.values()), default=None)


def values(case: Case, given: Given, _: Sources) -> Mark | None:
    """The share of wanted numbers that are stated at all."""
    if not isinstance(case.expected, Figures):
        return None
    said = [] if given.refused else stated(given)
    missing = [f"{w.value:g}" for w in case.expected.values if _best(w, said) is None]
    of = len(case.expected.values)
    return share(of - len(missing), of, f"not stated: {', '.join(missing)}")


def _part(name: str) -> Callable[[Case, Given, Sources], Mark | None]:
    def score(case: Case, given: Given, _: Sources) -> Mark | None:
        if not isinstance(case.expected, Figures):
            return None
        wanted = [w for w in case.expected.values if name == "subject" or getattr(w, name) is not None]
        if not wanted:
            return None
        said = [] if given.refused else stated(given)
        wrong = []
        for want in wanted:
            best = _best(want, said)
            if best is None or not _PARTS[name](want, best):
                found = "nothing" if best is None else best.subject[:80] if name == "subject" else _shown(best, name)
                wrong.append(f"{want.value:g}: {getattr(want, 'label' if name == 'subject' else name)} wanted, {found} found")
        return share(len(wanted) - len(wrong), len(wanted), "; ".join(wrong))

    return score


def _shown(best: Stated, name: str) -> str:
    return str(best.unit) if name == "unit" else " ".join(sorted(best.periods)) or "no period"


units, periods, subjects = _part("unit"), _part("period"), _part("subject")
