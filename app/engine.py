"""One answer: understand, gather, compose, check. Each step can be run and printed alone."""

from __future__ import annotations

import time
from dataclasses import replace

from app.check import check
from app.evidence.desk import Desk, desk
from app.evidence.figures import asked_for
from app.evidence.passages import candidates
from app.evidence.types import Evidence
from app.kinds import KINDS
from app.kinds.types import Kind
from app.question.understand import understand
from app.types import Answer, Draft, Library, Query, Question

_MENTIONED = 0.6  # coverage from which a passage that names an unheld council answers the question all the same


def ask(question: Question, library: Library) -> Answer:
    """The answer to a question from what the library holds; the same question gives the same answer."""
    start = time.perf_counter()
    laid = desk(library)
    query = understand(question, laid)
    kind, evidence = gather(query, question, laid)
    draft = compose(kind, query, evidence, laid)
    answer = check(question, replace(query, intent=kind.name), draft, laid)
    return replace(answer, timings_ms={"total": round((time.perf_counter() - start) * 1000, 1)})


def gather(query: Query, question: Question, laid: Desk) -> tuple[Kind, Evidence]:
    """The evidence, with the kind that found it: a kind that finds nothing of its own hands on to the one named in it."""
    kinds = {k.name: k for k in KINDS}
    kind = kinds[_first(query, question, laid)]
    evidence = kind.gather(query, question, laid)
    while evidence is None and kind.instead:
        kind = kinds[kind.instead]
        evidence = kind.gather(query, question, laid)
    return kind, evidence or Evidence(refusal="not_in_documents")


def compose(kind: Kind, query: Query, evidence: Evidence, laid: Desk) -> Draft:
    """The kind's draft, with what was set aside said beside it."""
    draft = kind.compose(query, evidence, laid)
    if query.ignored:
        said = "instructions in the question were not followed; the answer is what the documents say"
        draft = replace(draft, notes=(*draft.notes, said))
    return draft


def _first(query: Query, question: Question, laid: Desk) -> str:
    if query.intent != "out_of_scope" and query.unknown and not _spoken_of(query, question, laid):
        return "out_of_scope"
    if query.premise and query.intent == "explain":
        return "premise"
    return query.intent


def _spoken_of(query: Query, question: Question, laid: Desk) -> bool:
    """True where a passage names what the library does not hold and speaks of the rest of the question too."""
    found = candidates(question.text, asked_for(query, laid), laid)
    return any(s.coverage >= _MENTIONED and any(u.lower() in s.text.lower() for u in query.unknown) for s in found)
