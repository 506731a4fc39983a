"""Commitments through the plans as they are drawn: each plan that has it, oldest first, with what changed in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.kinds.timeline import change_words
from app.kinds.wording import period_words, quoted, rating_words
from app.types import Step, Thread
from index.changes import due_of, finished, owner_of
from index.follow import Promised, words_of
from index.types import DocumentEntry
from ingest.types import Action

_LONGEST = 70  # characters of a commitment that name its timeline

_REPORTED = 240  # characters of its progress that are quoted


@dataclass(frozen=True, slots=True)
class Stop:
    """One plan on the way: its title and time, the commitment's words there, what is said of it, what changed since the one before, and
    the id of its record; for an action what the plan reports of it."""

    title: str
    when: str
    text: str
    facts: tuple[str, ...]
    changes: tuple[str, ...]
    citation: int | None
    record: str
    progress: str = ""


@dataclass(frozen=True, slots=True)
class Track:
    """One commitment from plan to plan; `end` says which later plans do not mention it, empty where that cannot be said."""

    name: str
    stops: tuple[Stop, ...]
    end: str = ""


def tracks(threads: Sequence[Thread], documents: Sequence[DocumentEntry]) -> tuple[Track, ...]:
    """The timelines of an answer, in its order."""
    held = {entry.name: entry for entry in documents}
    return tuple(_track(thread, held) for thread in threads)


def _track(thread: Thread, held: dict[str, DocumentEntry]) -> Track:
    name = " ".join(words_of(thread.steps[0].record).split())
    if len(name) > _LONGEST:
        name = name[: name.rfind(" ", 0, _LONGEST)] + " …"
    missing = [_title(document, held) for document in thread.silent]
    end = f"Not mentioned in {' or '.join(missing)}" if missing else ""
    return Track(name, tuple(_stop(step, held) for step in thread.steps), end)


def _title(document: str, held: dict[str, DocumentEntry]) -> str:
    return (held[document].title if document in held else "") or document


def _stop(step: Step, held: dict[str, DocumentEntry]) -> Stop:
    r = step.record
    entry = held.get(r.place.document)
    due, owner = due_of(r)[0], owner_of(r)
    facts = [f"Due: {due}" if due else "", f"Lead: {owner}" if owner else ""]
    if isinstance(r, Action):
        facts += [f"Rated {rating_words(r.rag)}" if r.rag else "", "Complete" if finished(r) else ""]
    text = " ".join(words_of(r).split())
    numbered = f"Action {r.ref}: {text}" if isinstance(r, Action) and r.ref else text
    told = tuple(words[:1].upper() + words[1:] for words in map(change_words, step.changes))
    when = (period_words(entry.period) if entry else None) or ""
    return Stop(_title(r.place.document, held), when, numbered, tuple(f for f in facts if f), told, step.citation, r.id, _progress(r))


def _progress(record: Promised) -> str:
    return quoted(record.progress, _REPORTED) if isinstance(record, Action) and record.progress else ""
