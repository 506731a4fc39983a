"""What a sentence says changed between two plans, bound to what is printed on both sides."""

from __future__ import annotations

from app.checking.sentence import Sentence, flat
from app.evidence.desk import Desk
from app.kinds.wording import AIM, quoted
from app.types import Statement
from index.changes import Change
from ingest.types import Action


def bind(said: Sentence, statement: Statement, laid: Desk) -> bool:
    """Strikes both sides of each change where they stand as such; False where a side is printed in none of the records cited."""
    records = [r for s in statement.sources if s.record and (r := laid.promised(s.record))]
    printed = [flat(" ".join(t for t in texts if t)) for r in records for texts in (_texts(r),)]
    for r in records:
        if isinstance(r, Action) and r.ref and statement.changes:
            said.strike_all(r.ref, "action ")
    for change in statement.changes:
        sides = [side for side in (change.before, change.after) if side]
        if not all(any(side in text for text in printed) for side in sides):
            return False
        _strike(said, change)
    return True


def _texts(record: object) -> tuple[str | None, ...]:
    names = ("due", "lead", "success_measures", "action", "progress", "commitment", "by_when", "owner", "quote")
    return tuple(getattr(record, name, None) for name in names)


def _strike(said: Sentence, change: Change) -> None:
    if change.before and change.after:
        for words, lead in ((change.after, "to "), (change.before, "from ")):  # what comes after may repeat what was before
            said.strike_all(quoted(words, AIM), lead)
            said.strike_all(words, lead)
