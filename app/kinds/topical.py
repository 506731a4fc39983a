"""Which measures a list is about: those whose names, parts or headings say its topic; and those it leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from app.evidence.desk import Desk, Marked, content
from app.evidence.match import NEAR, match, weigh
from app.evidence.under import PART
from app.types import Query
from ingest.lexicon import lexicon
from ingest.types import Measure

_NUMBERED = re.compile(rf"{PART} (?:\d{{1,2}}|[A-H]|one|two|three|four|five|six|seven|eight)\b\W*", re.I)  # "Priority 3: "
_SHORT_FORM = re.compile(r"\([^()]*\)")
_SLIGHT = 0.25  # coverage from which one of the few measures of a table by parts is the one asked for
_TITLE = 0.7  # share of a heading's words that are asked for, and of what is asked that it says, from which it is asked for by its name
_OFTEN = 0.1  # share of the lines whose names say a word of the document's title, from which it tells them from the others
FACET = 0.5  # coverage from which a measure belongs to a part of the topic


def on_topic(query: Query, pool: Iterable[Marked[Measure]], desk: Desk) -> list[Marked[Measure]]:
    """Measures that belong to any part of the topic; parts that fit no measure at all are left out of account."""
    listed = list(pool)
    if query.order and query.order.startswith("value") and any(not desk.knows(t) and not t.startswith("@") for t in query.topic):
        return []  # the most of something that is not measured at all
    facets = [weigh(f, desk) for f in _narrowing(query.facets or ((query.topic,) if query.topic else ()), listed, desk)]
    if query.context:
        facets = [{**weigh(query.context, desk), **f} for f in facets] or [weigh(query.context, desk)]
    if not facets:
        return listed
    fits: set[str] = set()
    for facet in facets:
        own = {m.record.id: match(facet, m.name, frozenset(), desk).coverage for m in listed}
        best = max(own.values(), default=0.0)
        if titled := _titled(facet, listed, desk):
            fits |= titled | {i for i, c in own.items() if c >= 0.9}
            continue
        if len({m.name for m in listed if own[m.record.id] >= NEAR}) < 2 and (whole := _under_heading(facet, listed, desk)):
            fits |= whole
            continue
        if best >= (0.6 if len(facet) > 1 else 0.9):
            fits |= {i for i, c in own.items() if c >= (0.8 * best if len(facet) > 1 else NEAR - 0.01)}
        else:
            fits |= {m.record.id for m in listed if match(facet, m.name, m.context, desk).coverage >= FACET}
    fitting = [m for m in listed if m.record.id in fits]
    by_name = [m for m in fitting if not _by_part_only(m, facets)]
    return by_name if len(by_name) > 1 else fitting


def _narrowing(facets: Sequence[tuple[str, ...]], listed: Sequence[Marked[Measure]], desk: Desk) -> list[tuple[str, ...]]:
    """The facets without what every document in question is called by: "the SEND measures" of a SEND plan are all of them."""
    names = {m.record.place.document for m in listed}
    titled = [desk.titled(name) | content(lexicon().terms(re.sub(r"[-_.]", " ", name))) for name in names]
    common = frozenset.intersection(*titled) if titled else frozenset()
    common -= {t for t in common if t.isdigit()} | _parted(listed, common, desk)
    return [f for facet in facets if (f := tuple(t for t in facet if t not in common))]


def _parted(listed: Sequence[Marked[Measure]], terms: frozenset[str], desk: Desk) -> set[str]:
    """Those of the terms that tell some of the measures from others: a heading says them, or the names of several lines of tables do."""
    heads = [content(lexicon().terms(h)) for h in {m.record.place.section for m in listed} if h]
    names = {m.name for m in listed if not desk.in_prose(m.record)}
    return {t for t in terms if any(t in h for h in heads) or sum(t in name for name in names) >= max(2, _OFTEN * len(names))}


def _by_part_only(m: Marked[Measure], facets: Sequence[Mapping[str, float]]) -> bool:
    """True where only the part a figure is for says the subject, and more than it: housing is not what the training of "Housing options"
    is about."""
    part = content(lexicon().terms(m.record.breakdown or ""))
    name = content(lexicon().terms(m.record.measure))
    said = {t for facet in facets for t in facet}
    return bool(part & said) and not name & said and not part <= said


def _titled(facet: Mapping[str, float], listed: Sequence[Marked[Measure]], desk: Desk) -> set[str]:
    """The measures under a heading that says the facet and little else: the table "Tenant satisfaction measures", asked for by its name."""
    tabled = {m.record.place.section for m in listed if not m.record.action_id and not desk.in_prose(m.record)}
    heads = {h: content(lexicon().terms(_NUMBERED.sub("", _SHORT_FORM.sub(" ", h)))) for h in {m.record.place.section for m in listed} if h}
    named = {
        h
        for h, terms in heads.items()
        if (len(facet) > 1 or (len(tabled) > 1 and h in tabled and _NUMBERED.match(h)))
        and match(facet, terms, frozenset(), desk).coverage >= _TITLE
        and match({t: desk.weight(t) for t in terms}, frozenset(facet), frozenset(), desk).coverage >= _TITLE
    }
    return {m.record.id for m in listed if m.record.place.section in named}


def _under_heading(facet: Mapping[str, float], listed: Sequence[Marked[Measure]], desk: Desk) -> set[str]:
    """The measures of the parts of a plan whose heading says the whole facet: "workforce measures" are those of the workforce aim."""
    heads = {h: content(lexicon().terms(h)) for h in {m.record.place.section for m in listed if m.record.action_id} if h}
    named = {h for h, terms in heads.items() if match(facet, terms, frozenset(), desk).coverage >= 0.9}
    return {m.record.id for m in listed if m.record.place.section in named}


def nearest(query: Query, pool: Sequence[Marked[Measure]], desk: Desk) -> list[Marked[Measure]]:
    """Of the few figures of one table, those whose name says most of what is asked; none where it says next to nothing."""
    asked = weigh(query.topic, desk)
    fit = {m.record.id: match(asked, m.name, frozenset(), desk).coverage for m in pool}
    best = max(fit.values(), default=0.0)
    return [m for m in pool if best >= _SLIGHT and fit[m.record.id] >= 0.9 * best]


def left_out(m: Marked[Measure], query: Query, desk: Desk) -> bool:
    """True where a measure is of what the question leaves out, by its name or the heading it stands under."""
    asked = weigh(query.apart, desk)
    heading = content(lexicon().terms(m.record.place.section or ""))
    return bool(asked) and max(match(asked, own, frozenset(), desk).coverage for own in (m.name, heading)) >= 0.9
