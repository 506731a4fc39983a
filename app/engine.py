"""One answer: understand, gather, compose, check. Each step can be run and printed alone."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from itertools import chain, islice

from app.check import check
from app.evidence.desk import Desk, desk
from app.evidence.figures import asked_for, documents_for
from app.evidence.match import manner
from app.evidence.passages import candidates
from app.evidence.strangers import unspoken
from app.evidence.types import Evidence
from app.evidence.untold import denied, ending_untold, event_asked, still_to_come
from app.kinds import KINDS, explain, figure
from app.kinds.clarify import unclear
from app.kinds.nearby import with_nearby
from app.kinds.types import Kind
from app.llm.types import Heard, Model, Turn
from app.llm.understanding import propose, unsure
from app.question.cues import group
from app.question.topic import WEAK
from app.question.understand import understand
from app.question.when import meets, mentions
from app.referent import pointed_at
from app.types import Answer, Draft, Library, Query, Question
from app.understood import understood
from app.worded.word import word

# a question that asks for a figure
_NUMERIC = re.compile(
    r"\bhow (?:many|much|long|far|often|big|high|low|old|quick\w*)\b|%|\bper ?cent"
    r"|\b(?:percentage|proportion|share|rate|number|figure|total|average|score|target|backlog|caseload|timeliness|count|cost)s?\b",
    re.I,
)
# and one that asks to be told something, in one of its clauses, and not which figures there are
_TELLS = re.compile(
    r"(?:^|[.?!,;:]|\s[-–])\W*(?:(?:so|and|ok|but|then|well) )*"
    r"(?:what['’]?s?|how|which|who['’]?s?|why|where|is|are|was|were|do|does|did|has|have|had|tell me|give me)\b",
    re.I,
)
_FIGURES = re.compile(rf"\b{group('measures')}\b", re.I)
# "What happened in July?" asks for what was the matter, not for the figures before and after
_HAPPENED = re.compile(r"\bwhat (?:happened|went wrong|was (?:going on|going wrong|the matter))(?! (?:to|with)\b)", re.I)
_TAKING = frozenset({"explain", "deadline", "owner", "progress"})  # kinds of question that take something to have happened
_PROSE = ("explain", "progress", "owner")  # kinds that tell what passages say
_SAYING = 5  # words above which a sentence is no mere title
_TURNS = 6  # earlier questions that a question may lean on
_MENTIONED = 0.6  # coverage from which a passage that names an unheld council answers the question all the same


def ask(question: Question, library: Library, model: Model | None = None, heard: Heard | None = None) -> Answer:
    """The answer to a question from what the library holds; the same question gives the same answer.

    A model, where there is one, may read a question that the rules cannot and may word the answer; `heard` is given each sentence of it
    that holds. What it says is checked, and the table is the rules' own.
    """
    start = time.perf_counter()
    laid = desk(library)
    turn = Turn(model) if model else None
    question = replace(question, history=question.history[-_TURNS:])
    meant = pointed_at(question, lambda earlier: ask(earlier, library))
    query = understand(meant, laid)
    kind, evidence = gather(query, meant, laid)
    draft = with_nearby(compose(kind, query, evidence, laid), kind.name, query, meant, laid)
    if turn and unsure(query, draft):
        query, kind, draft = reread(meant, query, kind, draft, laid, turn)
    answer = check(question, replace(query, intent=kind.name), draft, laid)
    if turn:
        answer = word(answer, draft, laid, turn, heard)
    return replace(answer, timings_ms={"total": round((time.perf_counter() - start) * 1000, 1)})


def gather(query: Query, question: Question, laid: Desk) -> tuple[Kind, Evidence]:
    """The evidence, with the kind that found it; a refusal where the documents leave open, or deny, what the question is about."""
    kind, evidence = _found(query, question, laid)
    if kind.whole and evidence and not evidence.refusal and unspoken(query, evidence, laid):
        evidence = Evidence(refusal="not_in_documents", sentences=evidence.sentences[:1])
    refused = evidence is None or evidence.refusal == "not_in_documents"
    if refused and kind.name in _PROSE and (figured := _figured(query, question, laid)):
        return figure.KIND, figured
    if evidence and kind.name in _TAKING and (other := _unborne(query, question, evidence, laid)):
        kind, evidence = explain.KIND, other
    return kind, _with_nearest(evidence or Evidence(refusal="not_in_documents"), query, question, laid)


def _found(query: Query, question: Question, laid: Desk) -> tuple[Kind, Evidence | None]:
    """What a kind finds: one that finds nothing of its own hands on to the one named in it, or to what is told in words."""
    kinds = {k.name: k for k in KINDS}
    kind = kinds[_first(query, question, laid)]
    if kind.name in ("trend", "measures", "progress") and _HAPPENED.search(question.text) and (told := _told(query, question, laid)):
        return explain.KIND, told
    evidence = kind.gather(query, question, laid)
    while evidence is None and kind.instead:
        kind = kinds[kind.instead]
        evidence = kind.gather(query, question, laid)
    if evidence and _hands_on(kind, query, evidence, laid) and (told := _told(query, question, laid)):
        return explain.KIND, told
    return kind, evidence


def _figured(query: Query, question: Question, laid: Desk) -> Evidence | None:
    """The figure that a question means where no passage tells of what it asks for a number of; None where none is found."""
    if not _NUMERIC.search(question.text) or "reason" in query.wanted or query.premise or query.intent in ("owner", "deadline"):
        return None
    found = figure.gather(replace(query, intent="figure"), question, laid)
    return found if found and not found.refusal and any(f.record.value is not None for f in found.measures) else None


def _unborne(query: Query, question: Question, evidence: Evidence, laid: Desk) -> Evidence | None:
    """What is told instead of what the question takes to have happened: that it did not, or has not yet; None where nothing is."""
    text, told = question.text, evidence.sentences
    if not evidence.refusal and (against := denied(text, told)):
        return Evidence(refusal="false_premise", sentences=(against,))
    done = [f"{a.record.action} {a.record.progress or ''}" for a in evidence.actions]
    if not evidence.refusal and ending_untold(text, told, done):
        return Evidence(refusal="not_in_documents", sentences=told[:1])
    if not event_asked(text) or evidence.refusal or ("judgement" in query.wanted and told):
        return None
    found = candidates(text, asked_for(query, laid), laid, sorted(documents_for(query, laid)))
    coming = still_to_come(text, found)
    return Evidence(refusal="not_in_documents", sentences=(coming,)) if coming else None


def _with_nearest(evidence: Evidence, query: Query, question: Question, laid: Desk) -> Evidence:
    """A refusal with the passage nearest to the question, where one names a subject of it and the question is one for these documents."""
    if not evidence.refusal or evidence.refusal in ("out_of_scope", "false_premise") or evidence.nearest or not query.topic:
        return evidence
    if not evidence.sentences and (query.unknown or query.ignored):
        return evidence
    asked, names = asked_for(query, laid), sorted(documents_for(query, laid))
    aside = manner() | WEAK | set(query.framing)
    subjects = {t for t in asked if t not in aside} or set(asked)
    everywhere = sorted(documents_for(replace(query, documents=()), laid))
    found = chain(
        evidence.sentences, *(candidates(question.text, asked, laid, n) for n in ([names] if names == everywhere else [names, everywhere]))
    )
    near = (s for s in found if subjects & (s.name & s.matched) and len(s.text.split()) > _SAYING)
    return replace(evidence, sentences=tuple(islice(near, 1)))


def _hands_on(kind: Kind, query: Query, evidence: Evidence, laid: Desk) -> bool:
    """True where a kind that looks for figures or lists found none: passages may speak of what was asked all the same."""
    if kind.name == "trend" and evidence.nearest and all(f.record.value is None for f in evidence.nearest):
        return False  # it has targets and no value: nothing tells how it moved
    nothing = kind.name == "measures" and not evidence.refusal and not kind.compose(query, evidence, laid).rows
    return nothing or evidence.refusal == "measure_not_found" or (evidence.refusal == "period_not_reported" and kind.name != "figure")


def _told(query: Query, question: Question, laid: Desk) -> Evidence | None:
    """What the documents tell in words of a question that asks for no figure; None where that is not enough."""
    if _NUMERIC.search(question.text) or _FIGURES.search(question.text) or not _TELLS.search(question.text):
        return None
    told = explain.gather(replace(query, intent="explain", statuses=(), moved=None, order=None), question, laid)
    if not told or told.refusal or unspoken(query, told, laid) or max((s.coverage for s in told.sentences), default=0.0) < _MENTIONED:
        return None
    timed = any(m.span and meets(a, m.span) for s in told.sentences for m in mentions(s.chunk.text) for a in query.spans)
    bare = [re.compile(rf"\b{re.escape(word)}\b(?!\W+\d)") for a in query.spans for word in a.label.split()[:1]]
    timed = timed or any(p.search(s.text) for p in bare for s in told.sentences)  # "in July", of no other year
    return told if timed or not query.spans else None


def compose(kind: Kind, query: Query, evidence: Evidence, laid: Desk) -> Draft:
    """The kind's draft, with what was set aside said beside it."""
    draft = kind.compose(query, evidence, laid)
    if query.ignored:
        said = "instructions in the question were not followed; the answer is what the documents say"
        draft = replace(draft, notes=(*draft.notes, said))
    return draft


def reread(question: Question, query: Query, kind: Kind, draft: Draft, laid: Desk, turn: Turn) -> tuple[Query, Kind, Draft]:
    """What the model's reading of the question leads to, where it is valid and leads to an answer; otherwise the rules' own."""
    proposal = propose(question, query, laid, turn)
    if proposal.query is None:
        return query, kind, replace(draft, notes=(*draft.notes, *([proposal.why] if proposal.why else [])))
    other, evidence = gather(proposal.query, question, laid)
    found = compose(other, proposal.query, evidence, laid)
    name = turn.model.llm.name
    if found.outcome != "answered":
        return query, kind, replace(draft, notes=(*draft.notes, f"the question was also read by {name}; that led no further"))
    meant = understood(replace(proposal.query, intent=other.name), question, {e.name: e.title or e.name for e in laid.entries})
    note = f"the question was read by {name}, since the rules found nothing: {meant}"
    return proposal.query, other, replace(found, notes=(note, *found.notes))


def _first(query: Query, question: Question, laid: Desk) -> str:
    if unclear(query, question):
        return "clarify"
    if query.intent != "out_of_scope" and query.unknown and not _spoken_of(query, question, laid):
        return "out_of_scope"
    if query.premise and query.intent == "explain":
        return "premise"
    return query.intent


def _spoken_of(query: Query, question: Question, laid: Desk) -> bool:
    """True where a passage names what the library does not hold and speaks of the rest of the question too."""
    found = candidates(question.text, asked_for(query, laid), laid)
    return any(s.coverage >= _MENTIONED and any(u.lower() in s.text.lower() for u in query.unknown) for s in found)
