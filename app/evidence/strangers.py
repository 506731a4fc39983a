"""Subjects of a question that the documents never print: then what was found beside them is about something else."""

from __future__ import annotations

from functools import lru_cache

from app.evidence.desk import Desk
from app.evidence.figures import documents_for
from app.evidence.match import CONCEPT, match
from app.evidence.types import Evidence
from app.question.cues import words
from app.types import Query
from ingest.lexicon import lexicon, stem

# The share of a question, its unprinted words counted whole, from which the rest answers all the same. Of 201 labelled questions answered
# in prose, 95% of those with an answer lie above it and all that have none, but name something the documents do not print, below.
ENOUGH = 0.62


@lru_cache(maxsize=1)
def _manner() -> frozenset[str]:
    """Stems of verbs, adjectives and words for anybody: an asker's own wording more often than the subject."""
    return frozenset(stem(w) for w in words("manner"))


@lru_cache(maxsize=1)
def _forms() -> dict[str, tuple[str, ...]]:
    out: dict[str, list[str]] = {}
    for form, term in lexicon().forms.items():
        out.setdefault(term, []).append(" ".join(form))
    return {term: tuple(forms) for term, forms in out.items()}


def _printed(term: str, document: str, desk: Desk) -> bool:
    """True where a document prints a term in any of its forms, or a narrower one."""
    text = desk.printed(document)
    terms = (term, *lexicon().narrower.get(term, ()))
    return any(f" {form} " in text for t in terms for form in (t, *_forms().get(t, ())))


def strangers(query: Query, desk: Desk) -> tuple[str, ...]:
    """The subjects of the question that no document it is about prints; words that only say how are none."""
    names = documents_for(query, desk)
    told = [t for t in query.topic if t not in _manner() and not t.replace(".", "").isdigit()]
    return tuple(t for t in told if not any(_printed(t, n, desk) for n in names))


def unspoken(query: Query, evidence: Evidence, desk: Desk) -> bool:
    """True where the question names a subject that is printed nowhere and what was found leaves too much of it open."""
    if not (evidence.sentences or evidence.actions or evidence.commitments) or not strangers(query, desk):
        return False
    name: set[str] = set()
    around: set[str] = set()
    for s in evidence.sentences:
        name |= s.name
        around |= s.around
    for action in evidence.actions:
        name |= action.name
        around |= action.context
    for promise in evidence.commitments:
        name |= promise.name
        around |= promise.context
    whole = {t: desk.weight(t) * (CONCEPT if t.startswith("@") else 1.0) for t in query.topic if t not in _manner() or desk.knows(t)}
    return match(whole, frozenset(name), frozenset(around - name), desk).coverage < ENOUGH
