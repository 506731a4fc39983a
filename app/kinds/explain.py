"""Reasons and narrative: the sentences that carry the answer, quoted verbatim, in order, no more than needed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.evidence import first_found, persons
from app.evidence.causes import SAID
from app.evidence.desk import STOP, Desk, content
from app.evidence.figures import asked_for, documents_for
from app.evidence.graded import earlier, grades
from app.evidence.headed import facts, opening, titled
from app.evidence.match import manner
from app.evidence.numbered import search_text
from app.evidence.passages import Sentence, candidates, choose, read_on, sentences_of, together
from app.evidence.types import Evidence
from app.kinds import finding, refuse
from app.kinds.telling import FLOOR, WISHES, Sought, able, because, gives_reason, in_time, leaves_open, of_kind, raised
from app.kinds.types import Kind
from app.kinds.wording import quoted, statement
from app.question.cues import cues, group
from app.question.topic import WEAK
from app.types import Draft, Query, Question, Statement
from ingest.lexicon import lexicon

_TELLS = re.compile(
    rf"\b{group('said')}\b|\b(?:say|tell|about|describe|think|thought|view|picture|summar)"
    r"|^\W*(?:so |and |ok )*how (?:good|bad|well|is|are|was|were)\b",
    re.I,
)
_ALIKE = 0.5  # of the first sentence's coverage one from another part must have: it speaks of the same subject
_TOLD = 4  # sentences that tell of one subject where the question asks what is said of it


def gather(query: Query, question: Question, desk: Desk) -> Evidence | None:
    """The fewest sentences that cover the question, of the kind it asks for: a reason, a judgement, a date."""
    names, said = titled(query, sorted(documents_for(query, desk)), desk)
    terms = {t: w for t, w in asked_for(query, desk).items() if t not in said}
    sought = Sought(query, question, terms, tuple(names), desk)
    if told := _printed_as_asked(sought):
        return Evidence(sentences=tuple(told))
    if not terms:
        told = first_found.saying(question, sorted(documents_for(query, desk)), desk) if _plain(sought) else []
        return _told(told, ())
    found = of_kind(candidates(search_text(query, question), terms, desk, names), sought)
    timed = in_time(found, sought)
    if found and not timed and "judgement" in query.wanted:  # a report of another year judged something else
        return _told((), found[:1])
    if "reason" in query.wanted and (why := because(timed or found, sought)):
        return Evidence(sentences=tuple(why))
    found = able(timed or found, sought)
    if (listed := _under_heading(found, query, desk)) and not WISHES.search(question.text):
        return Evidence(sentences=tuple(listed))
    chosen = choose(found, terms, 3, raised(sought), _ALIKE)
    return _instead(chosen, found, sought) or Evidence(sentences=tuple(_with_more(chosen, found, sought)))


def _told(sentences: Sequence[Sentence], nearest: Sequence[Sentence]) -> Evidence:
    """Sentences that tell what was asked; where there are none, that the documents do not say, with what comes nearest."""
    if sentences:
        return Evidence(sentences=tuple(sentences))
    return Evidence(refusal="not_in_documents", sentences=tuple(nearest))


def _printed_as_asked(sought: Sought) -> list[Sentence]:
    """What documents print in a form of its own: an acronym with its words, a grade, a fact under its label, how a document opens."""
    query, question, names, desk = sought.query, sought.question, list(sought.names), sought.desk
    if "definition" in query.wanted and (stands := _spelt_out(question.text, names, desk)):
        return [stands]
    if "judgement" in query.wanted:
        told = earlier(question, names, desk) or grades(query, question, desk, names)
    else:
        told = facts(query, question, desk, names)
    return told or (opening(names, desk) if sought.terms.keys() <= WEAK | manner() else [])


def _instead(chosen: list[Sentence], found: list[Sentence], sought: Sought) -> Evidence | None:
    """What is told, or that nothing is, where the sentences chosen do not answer the question; None where they do."""
    unexplained = "reason" in sought.query.wanted and not any(gives_reason(s, sought.desk) for s in chosen)
    best = max(chosen, key=lambda s: s.coverage, default=None)
    beside = unexplained and best is not None and leaves_open(best.coverage, best.matched, sought)
    if unexplained and not beside and (told := _told_of_action(sought.query, sought.desk)):
        return Evidence(sentences=tuple(told))
    if not beside and together(chosen, sought.terms, one_part=True) >= FLOOR:
        return None
    reason = SAID if "reason" in sought.query.wanted else None
    told = first_found.about(sought.question, sought.terms, sought.names, sought.desk, reason) if _plain(sought) else []
    return _told(told, found[:1])


def _with_more(chosen: list[Sentence], found: list[Sentence], sought: Sought) -> list[Sentence]:
    """The sentences chosen with those that go on about the same subject."""
    chosen = _beside(chosen, sought.terms, sought.desk)
    if len(chosen) < _TOLD and _TELLS.search(sought.question.text):
        return _told_more(chosen, found, sought.terms)
    return chosen


def _plain(sought: Sought) -> bool:
    """True where nothing but a subject is asked for: no time, name, sum or judgement, which a passage must hold to answer."""
    query = sought.query
    return not (query.spans or query.unit or "judgement" in query.wanted or persons.asked_by_name(sought.question.text))


def _spelt_out(text: str, names: list[str], desk: Desk) -> Sentence | None:
    """The sentence that sets an acronym of the question beside its words: "special educational needs and disabilities (SEND)"."""
    for acronym in re.findall(r"\b[A-Z][A-Z&]+\b", text):
        beside = re.compile(rf"\w\w+ \({acronym}s?\)|\b{acronym}s? ?\([A-Za-z][\w ’'-]{{5,}}\)")
        for chunk in desk.passages:
            if chunk.place.document in names and acronym in chunk.text:
                found = next((s for s in sentences_of(chunk, desk) if beside.search(s.text)), None)
                if found:
                    return found
    return None


def _told_of_action(query: Query, desk: Desk) -> list[Sentence]:
    """What the row of the action asked about says of its progress: where no sentence gives a reason, the nearest to one."""
    best = finding.best(query, desk)[:1]
    if not best or not best[0].record.progress:
        return []
    told = " ".join(best[0].record.progress.split())
    rows = [c for c in desk.passages if best[0].record.id in c.records]
    return [s for c in rows for s in sentences_of(c, desk) if s.text in told and not s.text.rstrip("%").isdigit()][:3]


def _under_heading(found: list[Sentence], query: Query, desk: Desk, limit: int = 8) -> list[Sentence]:
    """The items under a heading that says just what is asked ("Areas of strength", "What needs to improve?")."""
    asked = set(query.topic)
    for s in found:
        heading = content(lexicon().terms(s.chunk.place.section or "")) - STOP
        if asked and heading and asked <= heading and len(heading) <= len(asked) + 1 and s.chunk.kind == "prose":
            return list(sentences_of(s.chunk, desk))[:limit]
    return []


def _beside(chosen: list[Sentence], asked: dict[str, float], desk: Desk) -> list[Sentence]:
    """With a single sentence chosen from running text, the next one too where it goes on about the same subject."""
    if len(chosen) != 1 or chosen[0].chunk.kind != "prose":
        return chosen
    parts = sentences_of(chosen[0].chunk, desk)
    i = next((n for n, p in enumerate(parts) if p.number == chosen[0].number), len(parts))
    subject = max((t for t in chosen[0].matched if t in asked), key=lambda t: asked[t], default="")
    follows = [p for p in parts[i + 1 : i + 2] if subject in p.name]
    return chosen + follows


def _told_more(chosen: list[Sentence], found: list[Sentence], asked: dict[str, float]) -> list[Sentence]:
    """With what a document says of a subject, its other sentences that name the same subject, in the order they stand."""
    first = chosen[0]
    subject = {t for t in first.matched if t in first.name and t in asked}
    home = first.chunk.place.document
    others = [s for s in found if s not in chosen and s.chunk.place.document == home and subject and subject <= s.name]
    near = sorted(others, key=lambda s: s.chunk.id != first.chunk.id)
    return [*chosen, *near[: _TOLD - len(chosen)]]


def spoken(sentences: Iterable[Sentence], desk: Desk, told: Iterable[str] = (), alone: bool = False) -> list[Statement]:
    """Sentences as quoted statements, each named by its document once; lists follow the sentence that announces them, unless `alone`."""
    out: list[Statement] = []
    already = {" ".join(t.split()) for t in told}
    said: set[str] = set()
    last = None
    for s in sentences:
        if any(s.text in t for t in already) or (s.chunk.place.document == last and any(s.text in t for t in said)):
            continue
        for part in [s] if alone else read_on(s, desk):
            lead = "" if part.chunk.place.document == last else f"{desk.title(part.chunk.place.document)}: "
            said = said if part.chunk.place.document == last else set()
            last = part.chunk.place.document
            out.append(statement(f"{lead}{quoted(part.text, 600)}", sources=[part.source]))
            said.add(part.text)
    return out


def compose(query: Query, evidence: Evidence, desk: Desk) -> Draft:
    """The document's own words."""
    if evidence.refusal and evidence.refusal != "false_premise":
        return refuse.compose(query, evidence, desk)
    said = tuple(spoken(evidence.sentences, desk))
    if not (evidence.refusal or _otherwise(query, evidence.sentences)):
        return Draft("answered", said, notes=evidence.notes)
    first = replace(said[0], text=f"The documents do not bear this out. {said[0].text}")
    return Draft("false_premise", (first, *said[1:]), notes=evidence.notes)


_OPPOSITE = {"rose": "fell", "fell": "rose", "worse": "better", "better": "worse", "longer": "shorter", "shorter": "longer"}


def _otherwise(query: Query, told: Sequence[Sentence]) -> bool:
    """True where a question takes for granted that something rose, or fell, and what is told of it only says the other."""
    premise = query.premise or ""
    if premise not in _OPPOSITE or not told:
        return False
    says = {way: any(p.search(s.text) for s in told for p in cues("says")[way]) for way in (premise, _OPPOSITE[premise])}
    return says[_OPPOSITE[premise]] and not says[premise]


KIND = Kind(
    "explain",
    "Reasons and narrative, in the documents' own words",
    ("Why do unaccompanied children tend to move away?", "What did team managers say would help?"),
    gather,
    compose,
    whole=True,
)
