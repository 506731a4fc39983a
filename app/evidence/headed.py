"""What the layout of a document says by itself: lists under a heading, facts beside a label."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.evidence.desk import Desk, content
from app.evidence.match import manner, match
from app.evidence.passages import Sentence, sentences_of
from app.question.cues import cues, group
from app.question.lists import heads
from app.types import Query, Question
from ingest.lexicon import lexicon

_LABEL = re.compile(r"(?:^|(?<=\s))([A-Z][\w'’/-]*(?: [a-z][\w'’/-]*){0,5}):\s+\S")
_WELL = re.compile(rf"\b{group('good')}\b", re.I)
_BUT = re.compile(rf"\b{group('but')}\b", re.I)
_PRAISED = 5  # sentences of praise quoted from one document
_ITEMS = 16  # the longest list that is still read out whole
_HEADING = 9  # words below which an item that asks the same is the heading itself, printed with its list
_FULL = 3  # words of a label from which it is the one asked for whatever else the question says
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
    items = [s for s in items if not (heads(s.text) == asked and len(s.text.split()) < _HEADING)]
    if rest:
        items = [s for s in items if match(rest, s.name, frozenset(), desk).coverage >= _ENOUGH]
    by_document: dict[str, list[Sentence]] = {}
    for s in items:
        by_document.setdefault(s.chunk.place.document, []).append(s)
    return [s for found in by_document.values() for s in found[:_ITEMS]]


def praised(query: Query, question: Question, desk: Desk, names: Iterable[str]) -> list[Sentence]:
    """Where no list of strengths stands in a report: sentences that speak well, and take nothing back, on the topic or of the whole.

    Of the whole, those of the summary with which a report opens come first; the fewest per document.
    """
    rest = {t: desk.weight(t) for t in _beyond(query, question.text, "strengths")}
    out: list[Sentence] = []
    for name in sorted(names):
        prose = [c for c in desk.passages if c.place.document == name and c.kind == "prose"]
        said = [s for c in prose for s in sentences_of(c, desk) if _WELL.search(s.text) and not _BUT.search(s.text) and len(s.text) > 50]
        if rest:
            said = [s for s in said if match(rest, s.name, s.around, desk).coverage >= _ENOUGH]
        out += said[:_PRAISED]
    return out


def opening(names: Sequence[str], desk: Desk) -> list[Sentence]:
    """The beginning of the summary with which an inspection report opens: what it says as a whole; none for other papers."""
    entries = [e for n in names if (e := desk.entry(n)) and "inspection" in e.kind]
    if len(names) != 1 or not entries:
        return []
    prose = [c for c in desk.passages if c.place.document == names[0] and c.kind == "prose"]
    told = [[s for s in sentences_of(c, desk) if len(s.text) > 50 and not _LABEL.search(s.text)] for c in prose]
    return next((found[:_PRAISED] for found in told if len(found) > 1), [])


def titled(query: Query, names: Sequence[str], desk: Desk) -> tuple[list[str], frozenset[str]]:
    """(The documents, the terms that chose them): of several inspection reports those whose title says a term that is asked for.

    A council has a report on its children's services and another on special educational needs: the question says which is meant.
    """
    if len(names) < 2 or not all((e := desk.entry(n)) and "inspection" in e.kind for n in names):
        return list(names), frozenset()
    titles = {n: content(lexicon().terms(desk.title(n))) for n in names}
    said = frozenset(t for t in query.topic if t.startswith("@") and 0 < sum(t in title for title in titles.values()) < len(names))
    return [n for n in names if said & titles[n]] if said else list(names), said


def _beyond(query: Query, text: str, asked: str) -> list[str]:
    """The terms of a question's topic that are not the words that ask for the list."""
    for pattern in cues("headed")[asked]:
        text = pattern.sub(" ", text)
    left = set(lexicon().terms(text))
    return [t for t in query.topic if t in left and t != "@ofsted" and t not in manner()]


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
                if not label or not label <= said:
                    continue
                if asked and len(label) < _FULL and match(asked, label, frozenset(), desk).coverage < _ENOUGH:
                    continue
                if len(label) > best.get(chunk.place.document, (0, s))[0]:
                    best[chunk.place.document] = (len(label), replace(s, coverage=1.0))
    return [s for _, s in best.values()]
