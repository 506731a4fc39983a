"""Who leads: the lead named beside the action."""

from __future__ import annotations

import re

from app.evidence import persons
from app.evidence.desk import Desk
from app.evidence.figures import asked_for, documents_for
from app.evidence.headed import facts
from app.evidence.match import match
from app.evidence.numbered import search_text
from app.evidence.passages import candidates, widened
from app.evidence.types import Evidence
from app.kinds import explain, finding, refuse
from app.kinds.progress import progress_words
from app.kinds.types import Kind
from app.kinds.wording import action_name, due_words, standing_words, statement
from app.question.cues import group
from app.types import Draft, Query, Question

_WE = re.compile(r"\s*(?:we|us|our|they|their|it|its|he|she|this|these|those|the (?:council|plan|service|authority))\b\s*$", re.I)

_CHARGED = re.compile(rf"\b(?:is|are|was|were|be)\b(?: \w+)? {group('charged')}\b|\b[A-Z]\w+ (?:leads|owns|oversees|chairs) ", re.I)
OWNED = 0.5  # coverage from which a sentence or commitment that names somebody in charge is about what was asked


def gather(query: Query, question: Question, desk: Desk) -> Evidence | None:
    """The action asked about, with a lead; a refusal where the documents asked about name no leads at all."""
    names = documents_for(query, desk)
    if facts(query, question, desk, names):
        return None
    leads = [a for a in desk.actions if a.record.place.document in names and a.record.lead]
    if not leads:
        asked = asked_for(query, desk)
        owned = [
            (c, match(asked, c.name, c.context, desk))
            for c in desk.commitments
            if c.record.place.document in names and c.record.owner and not _WE.match(c.record.owner)
        ]
        best = max(owned, key=lambda o: o[1].score, default=None)
        if best and best[1].coverage >= OWNED:
            return Evidence(commitments=(best[0],))
        told = [
            widened(s, asked, desk)
            for s in candidates(search_text(query, question), asked, desk, sorted(names))
            if _CHARGED.search(s.text) or (s.chunk.kind == "row" and persons.role_in(s.text))
        ]
        charged = max(told, key=lambda s: s.coverage, default=None)
        if charged and charged.coverage >= OWNED:
            return Evidence(sentences=(charged,))
        return Evidence(refusal="not_in_documents", sentences=tuple(told[:1]), notes=("the documents searched name no leads",))
    found = [a for a in finding.best(query, desk, floor=0.4) if a.record.lead]
    return Evidence(actions=tuple(found)) if found else None


def compose(query: Query, evidence: Evidence, desk: Desk) -> Draft:
    """The lead, as printed, with what it is the lead of."""
    if evidence.refusal:
        return refuse.compose(query, evidence, desk)
    if evidence.sentences:
        return explain.compose(query, evidence, desk)
    if evidence.commitments:
        promised = [c.record for c in evidence.commitments]
        told = [statement(f"{c.owner} is named for this: “{' '.join(c.quote.split())}”", [c]) for c in promised]
        return Draft("answered", tuple(told), rows=tuple(promised))
    actions = [a.record for a in evidence.actions]
    said = []
    for a in actions:
        more = [f"due: {due_words(a)}"] if "date" in query.wanted and a.due else []
        more += [stands] if "rating" in query.wanted and (stands := standing_words(a)) else []
        said.append(statement(f"{a.lead} leads on {action_name(a)}" + "".join(f"; {m}" for m in more) + ".", [a]))
        said += [progress_words(a)] if "state" in query.wanted else []
    return Draft("answered", tuple(said), rows=tuple(actions))


KIND = Kind(
    "owner",
    "Who leads on an action",
    ("Who leads on the health passport for care leavers?",),
    gather,
    compose,
    instead="explain",
    whole=True,
)
