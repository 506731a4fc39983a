"""In which state an action stands ("stuck", "at risk"): by the status its document prints, else by its rating, dates and progress."""

from __future__ import annotations

from functools import lru_cache

from app.evidence.desk import Desk
from app.question.cues import cues
from ingest.records.dates import put_to
from ingest.types import Action
from ingest.vocabulary import contains, normalise

# What a document that has no such status calls it instead, the likelier first.
_NEAR = {
    "stuck": ("off track", "delayed"),
    "off track": ("overdue", "stuck", "delayed"),
    "delayed": ("off track",),
    "overdue": ("delayed",),
}
NOT = "not "  # before a state that actions must not be in
_RATED = {"off track": "R", "stuck": "R", "delayed": "RA", "at risk": "A", "on track": "G"}


@lru_cache(maxsize=4096)
def state_of(said: str) -> str | None:
    """The state that a status or a phrase speaks of: "Minor delay" of "at risk"; None for a colour, or where it speaks of none."""
    return next((name for name, patterns in cues("state").items() if any(p.search(said) for p in patterns)), None)


def is_late(a: Action, after: str | None) -> bool:
    """True where an action's date lies before the month `after`, and it is not done."""
    return bool(after and a.due_iso and a.due_iso[:7] < after and not is_done(a))


def is_done(a: Action) -> bool:
    """True where a document rates an action as done, or its progress says so."""
    return a.rag == "B" or bool(a.completed and a.rag not in ("R", "A"))


def is_behind(a: Action) -> bool:
    """True where an action's status says in words that it is not where it should be."""
    return bool(a.status) and state_of(a.status or "") in ("overdue", "stuck", "off track", "delayed", "at risk")


def moved_to(a: Action) -> tuple[str, str] | None:
    """(the date first set, the later one that holds), as ISO: of two that are printed, or of one and a progress note's new one."""
    if a.due_was_iso and a.due_iso and a.due_iso[:7] > a.due_was_iso[:7]:
        return a.due_was_iso, a.due_iso
    new = put_to(a.progress) if a.due_iso and not a.completed else None
    return (a.due_iso, new) if new and a.due_iso and new[:7] > a.due_iso[:7] else None


def is_negated(asked: str) -> bool:
    """True for a state that actions must not be in: "not stuck", but not "not started", which is a state of its own."""
    return asked.startswith(NOT) and state_of(asked) in (None, state_of(asked.removeprefix(NOT)))


def in_state(a: Action, asked: str, after: str | None, desk: Desk) -> bool:
    """True where an action stands as asked; `after` is the month that follows the last one its document tells of."""
    if is_negated(asked) or (asked.startswith(NOT) and normalise(asked.removeprefix(NOT)) in desk.statuses(a.place.document)):
        return not is_done(a) and not in_state(a, asked.removeprefix(NOT), after, desk)
    said, printed = normalise(a.status or ""), desk.statuses(a.place.document)
    wanted = normalise(asked)
    if wanted in printed:
        return said == wanted
    state = state_of(asked)
    if state is None:
        return contains(said, wanted)
    states = {state_of(p) for p in printed}
    held = next((s for s in (state, *_NEAR.get(state, ())) if s in states), None)
    if held and not (state == "overdue" and held != state):
        return state_of(said) == held
    return _by_rating(a, state, after)


def _by_rating(a: Action, state: str, after: str | None) -> bool:
    """Of a document that prints no such status: by colour, date and progress."""
    if state == "overdue":
        return is_late(a, after)
    if state == "complete":
        return is_done(a)
    unbegun = any(p.search(a.progress or "") for p in cues("state")["not started"])
    if state == "not started":
        return unbegun and not is_done(a)
    if state == "in progress":
        return not unbegun and not is_done(a)
    return a.rag is not None and a.rag in _RATED.get(state, "")
