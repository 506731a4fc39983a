"""Questions of a whole field of work or a whole document: "how are we doing on care leavers?", "summarise the plan".

No one figure answers them; where the field stands does, as a briefing tells it, or the parts that the document is made up of.
"""

from __future__ import annotations

import re
from dataclasses import replace

from app.evidence.desk import Desk
from app.evidence.match import match
from app.evidence.under import part_word, stems_of
from app.question.cues import group
from app.question.settle import Heard
from app.question.topic import GENERIC, PEOPLE
from app.types import Query
from ingest.lexicon import lexicon, stem

_ONE_MEASURE = 0.5  # share of a measure's name that a subject says, from which that measure is asked about
_VERY_MEASURE = 0.75  # and where it is asked how well a subject goes, not how much of it there is
_FIELD = 4  # actions and figures on a subject from which its progress is that of a field of work
_ABOUT_IT = frozenset(stem(w) for w in "cover contain include say deal structure main key big".split())
_PAPER = re.compile(rf"\b(?:the|this|our|that) (?:\S+ ){{0,4}}?{group('papers')}\b", re.I)
_PARTS = re.compile(
    r"\b(?:what|which|list|name|give|show|how many|tell)\b(?:\W+\w+){0,4}?\W+"
    r"(?P<parts>work ?streams|priorities|aims|objectives|themes|goals|pillars|chapters|strands|sections|parts|headings|ambitions)\b",
    re.I,
)
_COVERS = re.compile(r"\bwhat\b.{0,60}\b(?:about|covers?|covered|contains?|includes?|deals? with)\W*$|\bwhat(?:.s| is| are) in\b", re.I)
_SUMMED_UP = re.compile(rf"\b{group('summed_up')}\b", re.I)
_ANY = re.compile(r"\b(?:any|anything|which|what|ones|measures|figures|indicators|kpis)\b", re.I)
_HOW = re.compile(r"\benough\b|\btime|\b(?:quick|fast|soon|prompt|often|frequent|regular)|\bwithin\b|\bshould\b|\btoo\b", re.I)
_WORTH = re.compile(rf"\b{group('worth')}\b", re.I)


def of_a_field(query: Query, heard: Heard) -> Query:
    """The query as one for a briefing where it asks how a field of work stands and no single figure or action of it."""
    asked = query.intent if "standing" not in query.wanted else "standing"
    plainly = set(query.wanted) <= {"progress", "newest"} and not query.spans and not heard.whether
    if heard.whether and query.intent == "measures" and query.moved in ("better", "worse") and not _ANY.search(heard.text):
        asked = "trend"  # "are things getting better?": both ways are told
    fits = asked == "standing" or (asked == "trend" and query.wanted in (("change",), ())) or (asked == "progress" and plainly)
    narrowed = _bounded(heard) or heard.lead or heard.refs or heard.aside or query.part or query.heading or query.rags
    if not fits or narrowed or len(query.spans) > 1 or max(len(query.sides), len(query.authorities)) > 1 or query.intent == "briefing":
        return query
    if asked == "trend" and query.intent == "measures" and not query.topic:
        return replace(query, intent="briefing", wanted=("standing", "change"), moved=None)
    topic = tuple(dict.fromkeys(_field(t, heard.text) for t in query.topic))
    query_of_it = replace(query, topic=topic, facets=(topic,), moved=None)
    if not topic or not all(t.startswith("@") for t in topic) or not _wide(query_of_it, heard.text, asked, heard.desk):
        return query
    return replace(query_of_it, intent="briefing", wanted=("standing", *(("change",) if asked == "trend" else ())))


def _bounded(heard: Heard) -> bool:
    """Whether a condition on figures is set, besides the way they went."""
    met = heard.met
    bounds = (met.above, met.below, met.target, met.margin)
    return bool(met.statuses or any(b is not None for b in bounds) or met.order)


def of_a_document(query: Query, heard: Heard) -> Query:
    """The query as one for the parts of a document, or for a briefing on it, where it names the document and nothing in it."""
    named = query.documents or query.authorities or _PAPER.search(heard.text)
    narrowed = heard.conditioned or heard.lead or heard.refs or query.part or query.heading or query.rags or query.statuses or query.states
    if not named or narrowed or query.intent not in ("explain", "actions", "figure", "headed", "count", "documents"):
        return query
    bare = replace(query, topic=(), facets=())
    if (m := _PARTS.search(heard.text)) and set(query.topic) <= {*stems_of(m["parts"]), *_ABOUT_IT}:
        return replace(bare, intent="contents", wanted=(part_word(m["parts"]),))
    if not set(query.topic) <= _ABOUT_IT:
        return query
    if _COVERS.search(heard.text):
        return replace(bare, intent="contents", wanted=())
    return replace(bare, intent="briefing", wanted=("standing", "change")) if _SUMMED_UP.search(heard.text) else query


def _field(term: str, text: str) -> str:
    """The field of work that a word names, where the lexicon says what belongs to it: "the workforce", "the front door"."""
    lex = lexicon()
    said = {f for f, forms in lex.fields.items() if any(form in text.lower() for form in forms)}
    return next((f for f, kinds in lex.narrower.items() if term == stem(f[1:]) or (f in said and term in kinds)), term)


def _wide(query: Query, text: str, asked: str, desk: Desk) -> bool:
    """True where the subject names a field and no measure of it: more is said of it than any one name says."""
    topic = set(query.topic)
    if asked == "progress":
        weights = {t: desk.weight(t) for t in topic}
        names = [a.name for a in desk.actions] + [m.name for m in desk.measures if m.record.value is not None]
        return sum(match(weights, name, frozenset(), desk).coverage >= 1 for name in names) >= _FIELD
    if topic <= PEOPLE:  # of people their number is measured; how they fare is another matter
        return asked == "standing" or bool(_WORTH.search(text))
    if topic & lexicon().narrower.keys():
        return True
    if len(topic) > 1:
        return False  # "recruitment of foster carers": a figure may be near to it, a field is not
    worth = bool(_WORTH.search(text))
    if asked == "trend" and not worth:
        return False  # "are they coming down?" is asked of a number
    held = [m for m in desk.measures if m.record.value is not None and topic <= m.name]
    plainly = not _HOW.search(text)  # "quickly enough?" asks one thing of it
    tabled = ([m for m in held if not desk.in_prose(m.record)] if plainly else []) or held
    if asked == "standing" and plainly and len({m.name for m in tabled}) >= _FIELD:
        return True
    measured = (m.name - GENERIC for m in tabled)
    shares = (sum(desk.weight(t) for t in topic) / (sum(desk.weight(t) for t in name) or 1.0) for name in measured)
    return max(shares, default=0.0) < (_VERY_MEASURE if worth else _ONE_MEASURE)
