"""Reasons and narrative: the sentences that carry the answer, quoted verbatim, in order, no more than needed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.evidence import first_found, persons
from app.evidence.desk import STOP, Desk, content
from app.evidence.figures import asked_for, documents_for
from app.evidence.graded import earlier, grades, is_grade
from app.evidence.headed import facts, opening, titled
from app.evidence.match import manner
from app.evidence.numbered import SUM, search_text, timely
from app.evidence.passages import Sentence, candidates, choose, read_on, sentences_of, together, widened
from app.evidence.types import Evidence
from app.kinds import finding, refuse
from app.kinds.types import Kind
from app.kinds.wording import quoted, statement
from app.question.cues import cues, group
from app.question.topic import WEAK
from app.question.when import meets, mentions, span_of
from app.question.where import latest
from app.types import Draft, Query, Question, Statement
from ingest.lexicon import lexicon, stem, tokens

FLOOR = 0.42  # coverage below which a sentence is not about the question
_SURE = 0.75  # coverage from which a sentence without a word of reason may give one: comments beside a figure seldom have any
_LATE = frozenset({"@timely"})
_REASON = re.compile(rf"\b{group('reason')}\b", re.I)
_DEFINES = re.compile(r"\)?\s(?:is|are|means|stands for|refers to)\s(?:a|an|the|our)\b", re.I)
_WHAT_IS = re.compile(r"\W*(?:so |and |ok )*what(?: is| are|'s|’s) ", re.I)
_TELLS = re.compile(
    rf"\b{group('said')}\b|\b(?:say|tell|about|describe|think|thought|view|picture|summar)"
    r"|^\W*(?:so |and |ok )*how (?:good|bad|well|is|are|was|were)\b",
    re.I,
)
_ALIKE = 0.5  # of the first sentence's coverage one from another part must have: it speaks of the same subject
_TOLD = 4  # sentences that tell of one subject where the question asks what is said of it
_OFTEN = re.compile(rf"\b{group('often')}\b", re.I)
_PROMISED = re.compile(rf"\b(?:will|{group('promise')}|{group('promised')}|going to|plan(?:ned|ning)? to)\b", re.I)
_PROMISES = re.compile(r"\b(?:will|shall|going to|to be \w+ed)\b", re.I)
_JUDGEMENT = re.compile(rf"\b{group('judged')}\b", re.I)


def gather(query: Query, question: Question, desk: Desk) -> Evidence | None:
    """The fewest sentences that cover the question, of the kind it asks for: a reason, a judgement, a date."""
    asked = asked_for(query, desk)
    names, said = titled(query, sorted(documents_for(query, desk)), desk)
    asked = {t: w for t, w in asked.items() if t not in said}
    if (stands := _spelt_out(question.text, names, desk)) and "definition" in query.wanted:
        return Evidence(sentences=(stands,))
    told = earlier(question, names, desk) if "judgement" in query.wanted else []
    told = told or (grades(query, question, desk, names) if "judgement" in query.wanted else facts(query, question, desk, names))
    if told:
        return Evidence(sentences=tuple(told))
    if asked.keys() <= WEAK | manner() and (told := opening(names, desk)):
        return Evidence(sentences=tuple(told))
    if not asked:
        told = first_found.saying(question, sorted(documents_for(query, desk)), desk) if _plain(query, question) else []
        return Evidence(sentences=tuple(told)) if told else Evidence(refusal="not_in_documents")
    found = candidates(search_text(query, question), asked, desk, names)
    if query.refs:
        own = {a.record.id for a in finding.best(query, desk)}
        found = [s for s in found if own & set(s.chunk.records)] or found
    if "judgement" in query.wanted:
        found = [s for s in found if _JUDGEMENT.search(s.text) and not is_grade(s) and len(s.text.split()) > 3]
    if query.spans and not query.documents and found:
        timed = [
            s
            for s in found
            if timely(s, query.spans, desk)
            or _soon_after(s, query, desk)
            or any(m.span and meets(a, m.span) for a in query.spans for m in mentions(s.chunk.text))
        ]
        if "judgement" in query.wanted and not timed:  # a report of another year judged something else
            return Evidence(refusal="not_in_documents", sentences=tuple(found[:1]))
        found = timed or found
    if persons.asked_by_name(question.text):
        called = persons.named_in(desk)
        found = [s for s in found if called(s.text)]
    if query.unit == "gbp" and "reason" not in query.wanted:
        found = [s for s in found if SUM.search(s.text)]
    if "reason" in query.wanted and found:
        reasons = [widened(s, asked, desk) for s in found if _REASON.search(" ".join(p.text for p in read_on(s, desk)))]
        reasons.sort(key=lambda s: -s.score)
        best = max(s.coverage for s in found)
        found = [s for s in reasons if s.coverage >= max(0.5 * best, FLOOR)] or found
    last = latest([e for e in desk.entries if e.name in names])
    newest = {last.name} if last and "newest" in query.wanted else set()

    listed = _under_heading(found, query, desk)
    if listed:
        return Evidence(sentences=tuple(listed))

    who, promised = persons.asks_who(question.text), bool(_PROMISED.search(question.text))

    def bonus(s: Sentence) -> float:
        told = " ".join(p.text for p in read_on(s, desk))
        extra = 0.3 * _phrase(s, question.text) if _WHAT_IS.match(question.text) else 0.0
        extra += 0.2 if any(m.span and meets(a, m.span) for a in query.spans for m in mentions(s.text)) else 0.0
        extra += 0.6 if labelled(s.text, question.text) else 0.0
        extra += 0.3 if "definition" in query.wanted and _DEFINES.search(told) else 0.0
        extra -= 0.3 if _bare(s.text) else 0.0
        extra += 0.25 if who and persons.role_in(told) else 0.0
        extra += 0.15 if promised and _PROMISES.search(s.text) else 0.0
        extra += 0.15 if "frequency" in query.wanted and _OFTEN.search(told) else 0.0
        return extra + (0.15 if s.chunk.place.document in newest else 0.0)

    chosen = choose(found, asked, 3, bonus, _ALIKE)
    if "reason" in query.wanted and _beside_the_point(chosen, query, asked, desk):
        told = first_found.about(question, asked, names, desk, _REASON) if _plain(query, question) else []
        return Evidence(sentences=tuple(told)) if told else Evidence(refusal="not_in_documents", sentences=tuple(found[:1]))
    if (
        "reason" in query.wanted
        and not any(_REASON.search(p.text) for s in chosen for p in read_on(s, desk))
        and (told := _told_of_action(query, desk))
    ):
        return Evidence(sentences=tuple(told))
    if together(chosen, asked, one_part=True) < FLOOR:
        sought = _REASON if "reason" in query.wanted else None
        told = first_found.about(question, asked, names, desk, sought) if _plain(query, question) else []
        return Evidence(sentences=tuple(told)) if told else Evidence(refusal="not_in_documents", sentences=tuple(found[:1]))
    chosen = _beside(chosen, asked, desk)
    if len(chosen) < _TOLD and _TELLS.search(question.text):
        chosen = _told_more(chosen, found, asked)
    return Evidence(sentences=tuple(chosen))


def _bare(text: str) -> bool:
    """True for a row that is mostly figures: it tells nothing in words."""
    words = text.split()
    return sum(any(c.isdigit() for c in w) for w in words) * 2 > len(words)


def _plain(query: Query, question: Question) -> bool:
    """True where nothing but a subject is asked for: no time, name, sum or judgement, which a passage must hold to answer."""
    return not (query.spans or query.unit or "judgement" in query.wanted or persons.asked_by_name(question.text))


def _beside_the_point(chosen: list[Sentence], query: Query, asked: dict[str, float], desk: Desk) -> bool:
    """True for sentences that give no reason and leave open what happened: asbestos in the former library is not why it closed."""
    if any(_REASON.search(p.text) for s in chosen for p in read_on(s, desk)):
        return False
    best = max(chosen, key=lambda s: s.coverage, default=None)
    return best is not None and best.coverage < _SURE and bool(asked.keys() - best.matched - set(query.framing) - _LATE)


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


def _phrase(sentence: Sentence, text: str) -> float:
    """The share of a question's words that stand in a sentence side by side, three or more of them."""
    asked, said = tokens(text), f" {' '.join(tokens(sentence.text))} "
    for size in range(min(8, len(asked)), 2, -1):
        for i in range(len(asked) - size + 1):
            if f" {' '.join(asked[i : i + size])} " in said and any(w not in STOP for w in asked[i + 1 : i + size]):
                return size / len(asked)
    return 0.0


def _told_of_action(query: Query, desk: Desk) -> list[Sentence]:
    """What the row of the action asked about says of its progress: where no sentence gives a reason, the nearest to one."""
    best = finding.best(query, desk)[:1]
    if not best or not best[0].record.progress:
        return []
    told = " ".join(best[0].record.progress.split())
    rows = [c for c in desk.passages if best[0].record.id in c.records]
    return [s for c in rows for s in sentences_of(c, desk) if s.text in told and not s.text.rstrip("%").isdigit()][:3]


def _soon_after(sentence: Sentence, query: Query, desk: Desk) -> bool:
    """True where a sentence's document was written within a quarter of the time asked about: it looks back on it."""
    entry = desk.entry(sentence.chunk.place.document)
    own = span_of(entry.period) if entry else None
    return own is not None and any(0 <= own.last - s.last <= 3 for s in query.spans)


def _names_time(sentence: Sentence, query: Query) -> bool:
    return any(m.span and meets(asked, m.span) for asked in query.spans for m in mentions(sentence.chunk.text))


def _under_heading(found: list[Sentence], query: Query, desk: Desk, limit: int = 8) -> list[Sentence]:
    """The items under a heading that says just what is asked ("Areas of strength", "What needs to improve?")."""
    asked = set(query.topic)
    for s in found:
        heading = content(lexicon().terms(s.chunk.place.section or "")) - STOP
        if asked and heading and asked <= heading and len(heading) <= len(asked) + 1 and s.chunk.kind == "prose":
            return list(sentences_of(s.chunk, desk))[:limit]
    return []


def labelled(text: str, question: str) -> bool:
    """True for a sentence like "Lead inspector: A. Name" whose label the question says."""
    m = re.match(r"([A-Z][\w '’/-]{3,40}):\s+\S", text)
    return m is not None and {stem(w) for w in tokens(m[1])} <= {stem(w) for w in tokens(question)}


def _beside(chosen: list[Sentence], asked: dict[str, float], desk: Desk) -> list[Sentence]:
    """With a single sentence chosen from running text, the next one too where it goes on about the same subject."""
    if len(chosen) != 1 or chosen[0].chunk.kind != "prose":
        return chosen
    parts = sentences_of(chosen[0].chunk, desk)
    i = next((n for n, p in enumerate(parts) if p.start == chosen[0].start), len(parts))
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
    if evidence.refusal:
        return refuse.compose(query, evidence, desk)
    said = tuple(spoken(evidence.sentences, desk))
    if not _otherwise(query, evidence.sentences):
        return Draft("answered", said, notes=evidence.notes)
    first = replace(said[0], text=f"The documents do not bear this out. {said[0].text}")
    return Draft("false_premise", (first, *said[1:]), notes=evidence.notes)


def _otherwise(query: Query, told: Sequence[Sentence]) -> bool:
    """True where a question takes for granted that something rose, or fell, and what is told of it only says the other."""
    if query.premise not in ("rose", "fell") or not told:
        return False
    says = {way: any(p.search(s.text) for s in told for p in cues("says")[way]) for way in ("rose", "fell")}
    return says["fell" if query.premise == "rose" else "rose"] and not says[query.premise]


KIND = Kind(
    "explain",
    "Reasons and narrative, in the documents' own words",
    ("Why do unaccompanied children tend to move away?", "What did team managers say would help?"),
    gather,
    compose,
    whole=True,
)
