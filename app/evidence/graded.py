"""What an inspection report says it judged: rows of a table of grades, or the outcome that stands in their place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from app.evidence.desk import STOP, Desk, content
from app.evidence.match import manner, match
from app.evidence.passages import Sentence, sentences_of
from app.question.cues import group
from app.question.when import meets, mentions
from app.question.where import years_of
from app.types import Query, Question
from ingest.lexicon import lexicon
from ingest.types import Chunk

_GRADE = re.compile(rf"^(?P<what>\S.{{5,160}}?)\W+(?P<grade>{group('grade')})\.?$", re.I | re.S)
_GRADED = re.compile(rf"\b{group('grade')}\b", re.I)
_OVERALL = re.compile(r"\boverall\b", re.I)
_JUDGED = re.compile(r"\bjudge?ments?\b", re.I)
_JUDGING = re.compile(r"\b(?:judge?(?:d|ments?)?|grad(?:ed?|ing)|rat(?:ed|ing)|found (?:to be|services)|inspect\w*)\b", re.I)
_BACK = re.compile(rf"\b{group('looking_back')}\b", re.I)
_ALL = re.compile(r"\b(?:judge?ments|grades|ratings|all)\b", re.I)
_OUTCOME = re.compile(r"\boutcomes?\b", re.I)
# "which councils are inadequate?" asks for those; "was it inadequate?" for its grade
_ONE_GRADE = re.compile(r"\b(?:which|what|who|list|any)\b", re.I)
_ENOUGH = 0.55  # share of what was asked from which a row is the one asked for
# Words that ask for a grade, and grades; none of them is what is graded.
ASKED_WORDS = frozenset("@ofsted @rating_word overall outcom grad judg rat good requir improv outstand @inadequate".split())

Rows = dict[str, list[tuple[Sentence, frozenset[str]]]]


def grades(query: Query, question: Question, desk: Desk, names: Iterable[str]) -> list[Sentence]:
    """Of each document asked about the graded rows asked for, else its overall grade; of one without grades, its outcome.

    Where several documents are asked about and the question looks for a grade, only rows with that grade. Where a year is named, only
    reports that speak for it.
    """
    wanted = [n for n in names if not query.spans or _of_time(n, query, desk)]
    aspect = {t: desk.weight(t) for t in query.topic if t not in ASKED_WORDS and t not in manner() and not t[0].isdigit()}
    rows = _rows(wanted, desk)
    graded = _asked_for(rows, aspect, question.text, desk)
    grade = _GRADED.search(question.text)
    sought = bool(grade and len(rows) > 1 and _ONE_GRADE.search(question.text) and not _named_apart(query))
    if grade and sought:
        graded = [s for s in graded if (m := _GRADE.match(s.text)) and m["grade"].lower().startswith(grade[0].lower())]
    elsewhere = [n for n in wanted if n not in rows]
    if elsewhere and _speaks_of_these(aspect, elsewhere, rows, desk):
        return _outcomes(elsewhere, aspect, desk)
    return [*graded, *_outcomes(elsewhere, aspect, desk)] if not graded or not (aspect or sought) else graded


def earlier(question: Question, names: Iterable[str], desk: Desk) -> list[Sentence]:
    """Where a question looks back ("last time", "its predecessor"), sentences on a judgement of a year before the document's own."""
    if not _BACK.search(question.text):
        return []
    found = []
    for chunk in desk.passages:
        entry = desk.entry(chunk.place.document)
        years = years_of(entry) if entry and chunk.place.document in names else ()
        for s in sentences_of(chunk, desk) if years else ():
            told = [m.span.last // 12 for m in mentions(s.text) if m.span]
            if told and max(told) < min(years) and _GRADED.search(s.text) and _JUDGING.search(s.text):
                found.append(s)
    return found[:2]


def is_grade(sentence: Sentence) -> bool:
    """True for a row of a table of grades."""
    return sentence.chunk.kind == "row" and _GRADE.match(" ".join(sentence.chunk.text.split())) is not None


def _named_apart(query: Query) -> bool:
    """True where the question sets councils side by side: the grade of each is asked for."""
    return len(query.authorities) > 1


def _of_time(name: str, query: Query, desk: Desk) -> bool:
    entry = desk.entry(name)
    if entry and "inspection" not in entry.kind:  # a paper that tells of an inspection: of the year it names
        own = [c for c in desk.passages if c.place.document == name]
        under = {c.place.section for c in own if is_grade(_whole(c))}
        told = [m.span for c in own if c.place.section in under and _JUDGED.search(c.text) for m in mentions(c.text)]
        return any(t and meets(s, t) for t in told for s in query.spans)
    years = years_of(entry) if entry else frozenset()
    return not years or any(s.first // 12 <= y <= s.last // 12 for s in query.spans for y in years)


def _rows(names: Sequence[str], desk: Desk) -> Rows:
    rows: Rows = {}
    for chunk in desk.passages:
        if chunk.place.document in names and chunk.kind == "row" and (m := _GRADE.match(" ".join(chunk.text.split()))):
            rows.setdefault(chunk.place.document, []).append((_whole(chunk), content(lexicon().terms(m["what"]))))
    return rows


def _asked_for(rows: Rows, aspect: dict[str, float], text: str, desk: Desk) -> list[Sentence]:
    out: list[Sentence] = []
    for found in rows.values():
        if not aspect and _ALL.search(text):
            out += [s for s, _ in found]
            continue
        scored = [(match(aspect, name, frozenset(), desk).coverage, s) for s, name in found]
        top = max((c for c, _ in scored), default=0.0)
        if not aspect or _OVERALL.search(text) or re.search(r"\bhow (?:was|were|is|are) (?:we|they|the council)\b", text, re.I):
            out += [s for _, s in scored if _OVERALL.search(s.text)][:1]
        if aspect and top >= _ENOUGH:
            out += [s for c, s in scored if c == top and s not in out]
    return out


def _speaks_of_these(aspect: dict[str, float], names: Sequence[str], rows: Rows, desk: Desk) -> bool:
    """True where what is asked about stands in the title of a report without grades, and in none with them."""
    titles = [content(lexicon().terms(desk.title(n))) for n in names]
    others = [content(lexicon().terms(desk.title(n))) for n in rows]
    return any(t in title for title in titles for t in aspect) and not any(t in title for title in others for t in aspect)


def _outcomes(names: Sequence[str], aspect: dict[str, float], desk: Desk) -> list[Sentence]:
    """The sentences under the heading "Inspection outcome", where the question asks for no part that such a report does not judge."""
    out: list[Sentence] = []
    for chunk in desk.passages:
        heading = chunk.place.section or ""
        if chunk.place.document not in names or chunk.kind != "prose" or not _OUTCOME.search(heading) or len(heading.split()) > 4:
            continue
        about = content(lexicon().terms(f"{desk.title(chunk.place.document)} {chunk.text}"))
        fields = {t for t in aspect if t.startswith("@")}
        if not aspect or (fields <= about and match(aspect, about, frozenset(), desk).coverage >= _ENOUGH):
            out += sentences_of(chunk, desk)[:3]
    return out


def _whole(chunk: Chunk) -> Sentence:
    return Sentence(chunk, 0, " ".join(chunk.text.split()), content(lexicon().terms(chunk.text)) - STOP, frozenset())
