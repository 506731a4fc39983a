"""Questions of a whole field of work: "how are we doing on care leavers?", "is staffing improving?", "what's the latest on fostering?".

No one figure answers them; where the field stands does, as a briefing tells it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from app.evidence.desk import Desk
from app.evidence.match import match
from app.question.cues import group
from app.question.settle import Heard
from app.question.topic import GENERIC, PEOPLE
from app.types import Query
from ingest.lexicon import lexicon, stem

_ONE_MEASURE = 0.5  # share of a measure's name that a subject says, from which that measure is asked about
_VERY_MEASURE = 0.75  # and where it is asked how well a subject goes, not how much of it there is
_FIELD = 4  # actions and figures on a subject from which its progress is that of a field of work
_WORTH = re.compile(rf"\b{group('worth')}\b", re.I)


def of_a_field(query: Query, heard: Heard) -> Query:
    """The query as one for a briefing where it asks how a field of work stands and no single figure or action of it."""
    asked = query.intent if "standing" not in query.wanted else "standing"
    plainly = set(query.wanted) <= {"progress", "newest"} and not query.spans and not heard.whether
    fits = asked == "standing" or (asked == "trend" and query.wanted == ("change",)) or (asked == "progress" and plainly)
    narrowed = heard.conditioned or heard.lead or heard.refs or heard.aside or query.part or query.heading or query.rags
    if not fits or narrowed or len(query.spans) > 1 or max(len(query.sides), len(query.authorities)) > 1 or query.intent == "briefing":
        return query
    topic = tuple(dict.fromkeys(_field(t, heard.text) for t in query.topic))
    query_of_it = replace(query, topic=topic, facets=(topic,))
    if not topic or not all(t.startswith("@") for t in topic) or not _wide(query_of_it, heard.text, asked, heard.desk):
        return query
    return replace(query_of_it, intent="briefing", wanted=("standing", *(("change",) if asked == "trend" else ())))


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
    worth = bool(_WORTH.search(text))
    if asked == "trend" and not worth:
        return False  # "are they coming down?" is asked of a number
    measured = (m.name - GENERIC for m in desk.measures if m.record.value is not None and topic <= m.name)
    shares = (sum(desk.weight(t) for t in topic) / (sum(desk.weight(t) for t in name) or 1.0) for name in measured)
    return max(shares, default=0.0) < (_VERY_MEASURE if worth else _ONE_MEASURE)
