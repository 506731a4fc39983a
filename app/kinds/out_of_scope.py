"""What plans cannot answer: writing things, opinions, forecasts, private persons, councils that are not held."""

from __future__ import annotations

from app.evidence.desk import Desk
from app.evidence.figures import asked_for, documents_for
from app.evidence.numbered import search_text
from app.evidence.passages import candidates
from app.evidence.types import Evidence
from app.kinds import refuse
from app.kinds.types import Kind
from app.kinds.wording import listing, plural, rating_words, statement
from app.types import Derived, Draft, Query, Question


def gather(query: Query, question: Question, desk: Desk) -> Evidence | None:
    """The refusal with the nearest passage; nothing is shown beside a question for a private person."""
    outcome = "not_in_documents" if query.unknown and query.intent != "out_of_scope" else "out_of_scope"
    if outcome == "out_of_scope":
        return Evidence(refusal="out_of_scope")
    found = candidates(search_text(query, question), asked_for(query, desk), desk, sorted(documents_for(query, desk)))
    return Evidence(refusal="not_in_documents", sentences=tuple(found[:1]))


def compose(query: Query, evidence: Evidence, desk: Desk) -> Draft:
    """The refusal and, where the question names documents with rated actions, how those stand."""
    draft = refuse.compose(query, evidence, desk)
    actions = [a.record for a in desk.actions if a.record.place.document in query.documents and a.record.rag]
    if not actions or "identity" in query.wanted:
        return draft
    counts = [(r, sum(a.rag == r for a in actions)) for r in "RAGB"]
    said = listing([f"{n} {rating_words(r)}" for r, n in counts if n])
    derived = [Derived(float(n), "count") for _, n in counts] + [Derived(float(len(actions)), "count")]
    stand = statement(f"{desk.title(query.documents[0])} rates {plural(len(actions), 'action')}: {said}.", derived=derived)
    return Draft(draft.outcome, (*draft.statements, stand), notes=draft.notes)


KIND = Kind("out_of_scope", "What plans cannot answer", ("Write a press release saying all actions are complete",), gather, compose)
