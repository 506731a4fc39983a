"""The measure a question means whose words are its own: chosen among those of the documents asked of by what their names mean.

Words come first; this speaks where they find nothing, or something that says little of what was asked. A name counts only where it is of
the kind the question's form asks for (a length of time, money, a share) and stands out from the others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.evidence.desk import Desk, Marked
from app.evidence.figures import Found, asked_for, documents_for, exact, in_time, newest, pool_for
from app.evidence.match import match
from app.question.topic import GENERIC, STAFF
from app.types import Query, Question, Span
from ingest.lexicon import lexicon
from ingest.types import Measure

# Settled on the practice sets: a name at `_NEAR` that leaves the next one `_APART` behind is the one meant, a less near one where it
# leaves it far behind; from `SURE` on also where the question says a term of the field that the name does not. Nearness alone tells badly
# whether a figure is there at all, so it is asked only where words find next to nothing.
_NEAR, _APART = 0.5, 0.05
_LESS_NEAR, _FAR = 0.42, 0.3
SURE = 0.65
_UNSAID = 0.3  # the share of a question that terms of the field may be which the name does not say
_NOTED = 0.05  # a figure in an action's progress note has a name made of its words, and is so much further off
_SET_ASIDE = GENERIC | STAFF | {"@average", "@timely"}  # terms that a name may leave out
_LENGTH = re.compile(
    r"^\W*(?:average|mean|median|typical|longest|shortest|time)\b|\((?:[^()]*\W)?(?:seconds|minutes|hours|days|weeks|months)\)", re.I
)
_TIMES = ("days", "working_days", "weeks", "months")


@dataclass(frozen=True)
class Meant:
    """The measure meant, with all its figures; `likeness` is the cosine of its name to the question."""

    figures: tuple[Found, ...]
    likeness: float
    lead: float  # how far behind the next one is

    def at(self, spans: Sequence[Span], desk: Desk) -> tuple[Found, ...]:
        """Its figures at one of these times, or its newest where no time is named."""
        if not spans:
            return tuple(newest(self.figures, desk))[:3]
        return tuple(exact([f for f in self.figures if in_time(f.marked, spans, desk)], spans, desk))[:3]


def meant(query: Query, question: Question, desk: Desk) -> Meant | None:
    """The measure that a question means, or None where no name stands out."""
    like = desk.names.like(_text(query, question))
    groups: dict[str, list[Marked[Measure]]] = {}
    for m in _pool(query, desk):
        if m.record.id in like and m.record.kind != "benchmark":
            groups.setdefault(" ".join(m.record.measure.lower().split()), []).append(m)
    scored = sorted(((_score(ms, like), name) for name, ms in groups.items()), reverse=True)
    if not scored:
        return None
    best, name = scored[0]
    own = groups[name]
    others = (score for score, other in scored[1:] if not _alike(groups[other][0], own[0]))
    lead = best - next(others, 0.0)
    near = (best >= _NEAR and lead >= _APART) or (best >= _LESS_NEAR and lead >= _FAR)
    if not near or (best < SURE and _leaves_out(own[0], query, desk)):
        return None
    asked = asked_for(query, desk)
    part = max(own, key=lambda m: (like[m.record.id], m.record.breakdown is None)).record.breakdown
    figures = [Found(m, match(asked, m.name, m.context, desk)) for m in own if m.record.breakdown == part and m.record.value is not None]
    return Meant(tuple(figures), best, lead) if figures else None


def _text(query: Query, question: Question) -> str:
    """What was asked, after the question whose subject it inherits."""
    return " ".join([*question.history[-1:], question.text] if query.inherited else [question.text])


def _score(measures: Sequence[Marked[Measure]], like: Mapping[str, float]) -> float:
    noted = all(m.record.action_id for m in measures)
    return max(like[m.record.id] for m in measures) - (_NOTED if noted else 0.0)


def _pool(query: Query, desk: Desk) -> list[Marked[Measure]]:
    """Measures of the documents asked of, of the kind of unit that the form of the question asks for."""
    if query.unit not in ("time", *_TIMES):
        return pool_for(query, desk) if query.unit else [m for m in desk.measures if m.record.place.document in documents_for(query, desk)]
    names = documents_for(query, desk)
    return [m for m in desk.measures if m.record.place.document in names and (m.record.unit in _TIMES or _LENGTH.search(m.record.measure))]


def _alike(a: Marked[Measure], b: Marked[Measure]) -> bool:
    """True where two names are one measure's, said in a plan and in its review."""
    union = a.name | b.name
    return a.record.unit == b.record.unit and bool(union) and len(a.name & b.name) / len(union) >= 0.5


def _leaves_out(marked: Marked[Measure], query: Query, desk: Desk) -> bool:
    """True where a good part of the question is terms of the field of which neither the name nor what stands around it speaks."""
    said = marked.name | marked.context
    terms = {t for t in query.topic if t.startswith("@")} - _SET_ASIDE
    unsaid = [t for t in terms if t not in said and said.isdisjoint(lexicon().narrower.get(t, ()))]
    return sum(desk.weight(t) for t in unsaid) > _UNSAID * sum(desk.weight(t) for t in query.topic)
