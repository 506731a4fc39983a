"""What the layout of a document says by itself: lists under a heading, facts beside a label, grades beside what they are given for."""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.evidence.desk import STOP, Desk, content
from app.evidence.match import match
from app.evidence.passages import Sentence, sentences_of
from app.question.cues import cues, group
from app.question.lists import heads
from app.types import Query, Question
from ingest.lexicon import lexicon
from ingest.types import Chunk

_LABEL = re.compile(r"(?:^|(?<=\s))([A-Z][\w'’/-]*(?: [a-z][\w'’/-]*){0,5}):\s+\S")
_GRADE = re.compile(rf"^(?P<what>\S.{{5,160}}?)\W+(?P<grade>{group('grade')})\.?$", re.I | re.S)
_GRADED = re.compile(rf"\b{group('grade')}\b", re.I)
_ITEMS = 16  # the longest list that is still read out whole
_ENOUGH = 0.55  # coverage from which an item, a label or a graded row is what was asked for


def under_heading(query: Query, question: Question, desk: Desk, names: Iterable[str]) -> list[Sentence]:
    """The items of the lists whose heading, or announcing sentence, asks what the question asks; on its topic where it names one."""
    asked = heads(question.text)
    if asked is None:
        return []
    rest = {t: desk.weight(t) for t in _beyond(query, question.text, asked)}
    wanted = set(names)
    chunks = [c for c in desk.passages if c.place.document in wanted]
    fitting = [c for c in chunks if heads(c.place.section or "") == asked]
    said = set(lexicon().terms(question.text))
    named = [c for c in fitting if content(lexicon().terms(c.place.section or "")) <= said]  # "Areas for improvement", asked for by name
    items = [s for c in chunks for s in _announced(sentences_of(c, desk), asked)]
    items = items or [s for c in named or fitting for s in sentences_of(c, desk)]
    if rest:
        items = [s for s in items if match(rest, s.name, frozenset(), desk).coverage >= _ENOUGH]
    by_document: dict[str, list[Sentence]] = {}
    for s in items:
        by_document.setdefault(s.chunk.place.document, []).append(s)
    return [s for found in by_document.values() for s in found[:_ITEMS]]


def _beyond(query: Query, text: str, asked: str) -> list[str]:
    """The terms of a question's topic that are not the words that ask for the list."""
    for pattern in cues("headed")[asked]:
        text = pattern.sub(" ", text)
    left = set(lexicon().terms(text))
    return [t for t in query.topic if t in left and t != "@ofsted"]


def _announced(parts: tuple[Sentence, ...], asked: str) -> list[Sentence]:
    """The items after a sentence such as "Our strengths are:", up to the next that announces something."""
    out: list[Sentence] = []
    inside = False
    for s in parts:
        if s.text.rstrip().endswith(":"):
            inside = heads(s.text) == asked
        elif inside:
            out.append(s)
    return out


def facts(query: Query, question: Question, desk: Desk, names: Iterable[str]) -> list[Sentence]:
    """Sentences like "Inspection dates: 6 to 10 March" whose label says what the question asks, the fullest label of each document."""
    lex = lexicon()
    said = set(lex.terms(question.text)) | ({"dat"} if re.search(r"\bwhen\b", question.text, re.I) else set())
    asked = {t: desk.weight(t) for t in query.topic}
    wanted = set(names)
    best: dict[str, tuple[int, Sentence]] = {}
    for chunk in desk.passages:
        if chunk.place.document not in wanted or chunk.kind != "prose" or ":" not in chunk.text:
            continue
        for s in sentences_of(chunk, desk):
            for m in _LABEL.finditer(s.text):
                label = frozenset(t for t in lex.terms(m[1]) if len(t) > 2) - {"the", "and", "for"}
                if not label or not label <= said or (asked and match(asked, label, frozenset(), desk).coverage < _ENOUGH):
                    continue
                if len(label) > best.get(chunk.place.document, (0, s))[0]:
                    best[chunk.place.document] = (len(label), s)
    return [s for _, s in best.values()]


def grades(query: Query, question: Question, desk: Desk, names: Iterable[str]) -> list[Sentence]:
    """Rows of a table of grades ("Overall effectiveness | Good"): of each document the row asked for, else its overall grade.

    Where several documents are asked about and the question names a grade, only rows with that grade.
    """
    asked = {t: desk.weight(t) for t in query.topic if t not in ("@ofsted", "@rating_word")}
    overall = not asked or bool(re.search(r"\boverall\b", question.text, re.I))
    rows: dict[str, list[tuple[Sentence, frozenset[str]]]] = {}
    wanted = set(names)
    for chunk in desk.passages:
        if chunk.place.document in wanted and chunk.kind == "row" and (m := _GRADE.match(" ".join(chunk.text.split()))):
            rows.setdefault(chunk.place.document, []).append((_whole(chunk), content(lexicon().terms(m["what"]))))
    out: list[Sentence] = []
    for found in rows.values():
        scored = [(match(asked, name, frozenset(), desk).coverage, s) for s, name in found]
        top = max((c for c, _ in scored), default=0.0)
        if overall or re.search(r"\bhow (?:was|were|is|are) (?:we|they|the council)\b", question.text, re.I):
            out += [s for _, s in scored if re.search(r"\boverall\b", s.text, re.I)][:1]
        if asked and top >= _ENOUGH:
            out += [s for c, s in scored if c == top and s not in out]
    grade = _GRADED.search(question.text)
    if grade and len(rows) > 1:
        out = [s for s in out if (m := _GRADE.match(s.text)) and m["grade"].lower().startswith(grade[0].lower())]
    return out


def _whole(chunk: Chunk) -> Sentence:
    return Sentence(chunk, 0, " ".join(chunk.text.split()), content(lexicon().terms(chunk.text)) - STOP, frozenset())
