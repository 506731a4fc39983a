"""Questions to begin with, drawn from what a library really holds, so that none of them leads nowhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from app.question.when import span_of
from ingest.lexicon import lexicon, tokens
from ingest.types import Action, Measure

MOST = 6
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9][A-Za-z0-9 ,'’()&%+-]{3,70}")  # a name that reads well inside a question
_SPACES = 3  # a measure's name of fewer words seldom says what is measured
_FEWEST = 3  # actions of one lead, or on one topic, that make a list worth asking for
_COMMONPLACE = 0.15  # a topic in more of the actions than this is what all of them are about


def suggested_questions(measures: Sequence[Measure], actions: Sequence[Action], today: date) -> tuple[str, ...]:
    """At most six questions that the records can answer; none where there are no records."""
    found = [*_of_measures(measures), *_of_actions(actions, today)]
    return tuple(dict.fromkeys(found))[:MOST]


def _of_measures(measures: Sequence[Measure]) -> Iterator[str]:
    missed = [m for m in measures if m.kind == "actual" and m.status == "off_target" and span_of(m.period)]
    if not missed:
        return
    latest = max((span for m in missed if (span := span_of(m.period))), key=lambda span: (span.last, -span.first))
    of_latest = [m for m in missed if span_of(m.period) == latest]
    when = latest.label.split()[0] if re.match(r"Q[1-4] ", latest.label) else latest.label
    yield f"Which KPIs are below target in {when}?"
    names = [m.measure for m in of_latest if not m.breakdown and _PLAIN.fullmatch(m.measure) and m.measure.count(" ") >= _SPACES]
    if names:
        name = min(names, key=len)
        yield f"What was the figure for {name if name[1].isupper() else name[0].lower() + name[1:]} in {latest.label}?"


def _of_actions(actions: Sequence[Action], today: date) -> Iterator[str]:
    leads = Counter(a.lead for a in actions if a.lead and _PLAIN.fullmatch(a.lead))
    if leads and leads.most_common(1)[0][1] >= _FEWEST:
        yield f"Which actions is the {leads.most_common(1)[0][0]} responsible for?"
    if any(a.due_iso and a.due_iso < today.isoformat()[: len(a.due_iso)] and not a.completed for a in actions):
        yield "Which actions are overdue?"
    if any(a.rag == "R" for a in actions):
        yield "Which actions are rated red?"
    if topic := _topic(actions):
        yield f"What are we doing about {topic}?"


def _topic(actions: Sequence[Action]) -> str | None:
    """What most actions are about, commonplaces left out, in the words they use most: several, as one is seldom a topic."""
    said: dict[str, Counter[str]] = {}
    for action in actions:
        words = tokens(action.action)
        for term, form in {(term, " ".join(words[start:end])) for term, start, end in lexicon().spans(words) if end - start > 1}:
            said.setdefault(term, Counter())[form] += 1
    telling = [forms for forms in said.values() if _FEWEST <= forms.total() <= max(_FEWEST, _COMMONPLACE * len(actions))]
    return max(telling, key=lambda forms: forms.total()).most_common(1)[0][0] if telling else None
