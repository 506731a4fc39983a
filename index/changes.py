"""What changed between a commitment and the later one that takes it up: each kind by a rule, with what was printed on both sides."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from index.links import telling
from index.periods import end_of
from ingest.language.period import period_in, periods
from ingest.lexicon import lexicon
from ingest.types import Action, Commitment, Measure
from ingest.vocabulary import contains, normalise, vocabulary

ChangeKind = Literal["delayed", "brought_forward", "reowned", "retargeted", "reworded", "done", "continued"]

_ALIKE = 0.5  # share of telling words two targets' names have in common where they are of one measure
_SAME_WORDING = 0.6  # share of words in common below which a commitment is reworded
_BY = re.compile(r"^(?:by|before|until|no later than) (?:the )?", re.I)
_INITIALS = re.compile(r"\([A-Z]{2,3}\)")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed, with what is printed before and after.

    Of a commitment that is done `after` is the progress that says so; of one that was complete before and is taken up again, `before`.
    """

    kind: ChangeKind
    before: str | None = None
    after: str | None = None


def changes(
    earlier: Action | Commitment, later: Action | Commitment, aims: Sequence[Measure] = (), later_aims: Sequence[Measure] = ()
) -> tuple[Change, ...]:
    """What changed from one to the other; `aims` are the targets each of them sets. Nothing is said of what one side does not print."""
    over = finished(earlier)
    found = [None if over else _dates(earlier, later), _owners(earlier, later), None if over else _targets(aims, later_aims)]
    found.append(_wording(earlier, later))
    if over:
        found.append(Change("continued", _progress(earlier)))
    elif finished(later):
        found.append(Change("done", None, _progress(later)))
    return tuple(c for c in found if c)


def _progress(promised: Action | Commitment) -> str | None:
    return _flat(promised.progress) if isinstance(promised, Action) else None


def finished(promised: Action | Commitment) -> bool:
    """Whether its plan says that it is complete, in the first sentence of its progress or by its rating; red or amber says it is not."""
    if not isinstance(promised, Action) or promised.rag in ("R", "A"):
        return False
    first = normalise(re.split(r"[.;]\s", promised.progress or "", maxsplit=1)[0])
    return promised.rag == "B" or bool(promised.completed and any(contains(first, w) for w in vocabulary()["completed"]["done"]))


def revised(action: Action) -> tuple[str, ...]:
    """The earlier due dates that the due cell itself names beside the present one: "March 2026 (was March 2024)"; ISO, as printed."""
    printed = _flat(action.due) or ""
    if not re.search(rf"\b(?:{_revising()})\b", printed, re.I):
        return ()
    return tuple(d.period for d in periods(printed) if d.period and d.period != action.due_iso)


@cache
def _revising() -> str:
    return "|".join(re.escape(word) for word in vocabulary()["promises"]["revised"])


@cache
def _beginning() -> str:
    return "|".join(re.escape(word) for word in vocabulary()["promises"]["beginning"])


def _flat(text: str | None) -> str | None:
    return " ".join(text.split()) if text else None


def due_of(promised: Action | Commitment) -> tuple[str | None, str | None]:
    """(the due date as printed, its ISO month or day); None where there is none."""
    if isinstance(promised, Action):
        return _flat(promised.due), promised.due_iso
    printed = _flat(promised.by_when)
    if not printed or re.search(rf"\b(?:{_beginning()})(?: \w+)? {re.escape(printed)}", _flat(promised.commitment) or "", re.I):
        return None, None  # a day on which something begins is no deadline
    return _BY.sub("", printed), period_in(printed)


def _dates(earlier: Action | Commitment, later: Action | Commitment) -> Change | None:
    (before, a), (after, b) = due_of(earlier), due_of(later)
    first, second = (end_of(p) if p else None for p in (a, b))
    if not (before and after and first and second) or first[:7] == second[:7]:
        return None
    return Change("delayed" if second > first else "brought_forward", before, after)


def owner_of(promised: Action | Commitment) -> str | None:
    """Who is to do it, as printed; None where nobody is named."""
    if isinstance(promised, Action):
        return _flat(promised.lead)
    named = _flat(promised.owner)  # the sentence's subject, which may be anything
    return named if named and any(contains(normalise(named), w) for w in vocabulary()["promises"]["office"]) else None


def _owners(earlier: Action | Commitment, later: Action | Commitment) -> Change | None:
    """Another owner: neither side's words hold the other's."""
    before, after = owner_of(earlier), owner_of(later)
    if not before or not after:
        return None
    a, b = (frozenset(lexicon().terms(_INITIALS.sub(" ", who))) for who in (before, after))
    return None if a <= b or b <= a else Change("reowned", before, after)


def _targets(earlier: Sequence[Measure], later: Sequence[Measure]) -> Change | None:
    """A target for the same measure, in the same unit, with another value."""
    for a in earlier:
        same = [b for b in later if same_measure(a, b) or (len(earlier) == len(later) == 1 and _akin(a, b))]
        same = [b for b in same if a.target is not None and b.target is not None]
        if same and all((a.target, a.target_high) != (b.target, b.target_high) for b in same):
            return Change("retargeted", _flat(a.target_quote), _flat(same[0].target_quote))
    return None


def _akin(a: Measure, b: Measure) -> bool:
    return a.unit == b.unit and bool(telling(a.measure) & telling(b.measure))


def same_measure(a: Measure, b: Measure) -> bool:
    """Whether two targets are set for one measure, its limits ("within 12 months") and counts aside."""
    if a.unit != b.unit:
        return False
    x, y = (frozenset(t for t in telling(f"{m.measure} {m.breakdown or ''}") if not t[0].isdigit()) for m in (a, b))
    return bool(x & y) and len(x & y) / len(x | y) >= _ALIKE


def _wording(earlier: Action | Commitment, later: Action | Commitment) -> Change | None:
    texts = [p.action if isinstance(p, Action) else p.commitment for p in (earlier, later)]
    a, b = (frozenset(lexicon().terms(text)) for text in texts)
    return Change("reworded", _flat(texts[0]), _flat(texts[1])) if len(a & b) / len(a | b) < _SAME_WORDING else None
