"""What answers a question for a figure at one time: measures and sentences, or why there are none."""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.evidence.desk import Desk
from app.evidence.figures import (
    FLOOR,
    Found,
    asked_for,
    beside,
    by_facet,
    elsewhere,
    exact,
    in_time,
    newest,
    pool_for,
    position_first,
    ranked,
    rates_first,
    siblings,
    time_of,
    union,
)
from app.evidence.match import match, weigh
from app.evidence.meant import SURE, meant
from app.evidence.numbered import passages
from app.evidence.passages import Sentence, together
from app.evidence.strangers import strangers
from app.evidence.types import Evidence
from app.question.topic import GENERIC, PEOPLE
from app.types import Outcome, Query, Question, Span
from ingest.lexicon import lexicon

_UNTOLD = 0.4  # share of what was asked that must not go unsaid
_SAID = 0.6  # coverage below which what was found by words may be beside the point,
_MEANT, _FAR = 0.5, 0.08  # where a measure's name is so near to the question, and so far before all others
_STRANGE = 0.3  # the share of a question that a word no document prints must be to be its subject,
_TELLING = 0.7  # where what was found speaks of less than this
PASSAGE_FLOOR = 0.52  # coverage below which a sentence does not answer a question for a figure


def sharp_enough(found: Found, query: Query, desk: Desk) -> bool:
    """False where a question names so little that a measure which says much more is another measure.

    "How many children are looked after?" is not answered by the share of reviews of looked after children.
    """
    if "rate" in query.wanted and re.search(r"\brates?\b", found.record.measure, re.I):
        return True  # "the vacancy rate" names one whole measure
    plain = {t for t in query.topic if t.startswith("@")} - PEOPLE
    if plain & found.marked.name and "count" not in query.wanted:
        return True  # named by what it measures
    own = found.marked.name - GENERIC
    told = sum(desk.weight(t) for t in own) or 1.0
    share = sum(desk.weight(t) for t in own if t in query.topic or t in query.context) / told
    return share >= {1: 0.5, 2: 0.3}.get(len(query.topic) + len(query.context), 0.0)


def named(found: Found, asked: Mapping[str, float], desk: Desk) -> bool:
    """True where a measure's own name, not only its row, says half of what was asked."""
    return match(asked, found.marked.name, frozenset(), desk).coverage >= 0.5


def touches(found: Found, asked: Mapping[str, float]) -> bool:
    """True where a measure's own name says one of the field's terms asked for, or none is asked for."""
    concepts = {t for t in asked if t.startswith("@")}
    return not concepts or bool(concepts & found.marked.name)


def select(query: Query, question: Question, desk: Desk, spans: tuple[Span, ...]) -> Evidence:
    """Measures and sentences for one time (or the newest), or why there are none."""
    found = _select(query, question, desk, spans)
    if not found.refusal and not _speaks(found, query, desk):
        found = Evidence(
            refusal="measure_not_found", nearest=found.measures[:3], sentences=found.sentences[:1] if not found.measures else ()
        )
    found = _as_meant(found, query, question, desk, spans)
    if unreported := _unreported(found, desk, spans):
        return Evidence(refusal="period_not_reported", nearest=unreported, sentences=found.sentences[:1])
    if not found.refusal and not found.meant and _of_another(found, query, question, desk):
        return Evidence(
            refusal="measure_not_found", nearest=found.measures[:3], sentences=found.sentences[:1] if not found.measures else ()
        )
    return found


def _unreported(found: Evidence, desk: Desk, spans: tuple[Span, ...]) -> tuple[Found, ...]:
    """What a scorecard's row does report where it is all that was found and has no figure for the time asked: "n/a", "not due"."""
    if not spans or found.refusal or found.measures or not found.sentences:
        return ()
    if any(s.chunk.kind != "row" or any(desk.action(r) for r in s.chunk.records) for s in found.sentences):
        return ()
    held = {r for s in found.sentences for r in s.chunk.records}
    own = [m for m in desk.measures if m.record.id in held]
    if any(m.record.value is not None and in_time(m, spans, desk) for m in own):
        return ()
    last = sorted(own, key=lambda m: t.last if m.record.value is not None and (t := time_of(m, desk)) else 0)
    return tuple(Found(m, match({}, m.name, m.context, desk)) for m in last[-1:])


def _of_another(found: Evidence, query: Query, question: Question, desk: Desk) -> bool:
    """True where the question names a subject that no document prints, and neither words nor names bring what was found near to it.

    What a parking permit costs is not answered by what temporary accommodation does.
    """
    strange = () if query.inherited else strangers(query, desk)
    share = sum(desk.weight(t) for t in strange) / (sum(desk.weight(t) for t in query.topic) or 1.0)
    if share < _STRANGE or _told_of(found) >= _TELLING:
        return False
    like = desk.names.like(question.text)
    return bool(like) and all(like.get(f.record.id, 0.0) < _MEANT for f in found.measures)


def _told_of(found: Evidence) -> float:
    """The share of what was asked that the best of what was found speaks of."""
    return max([*(f.match.coverage for f in found.measures), *(s.coverage for s in found.sentences)], default=0.0)


def _as_meant(found: Evidence, query: Query, question: Question, desk: Desk, spans: tuple[Span, ...]) -> Evidence:
    """What was found by words or, where that is nothing or says little of what was asked, the measure whose name means it."""
    if found.refusal not in (None, "measure_not_found"):
        return found
    if not found.refusal and _told_of(found) >= _SAID:
        return found
    other = meant(query, question, desk)
    if other is None or (not found.refusal and (other.likeness < _MEANT or other.lead < _FAR)):
        return found
    if any(f.record.measure == other.figures[0].record.measure for f in found.measures):
        return found
    figures = other.at(spans, desk)
    if figures:
        return Evidence(measures=figures, meant=True)
    sure = found.refusal and other.likeness >= SURE
    return Evidence(refusal="period_not_reported", nearest=other.at((), desk)) if sure else found


def _speaks(found: Evidence, query: Query, desk: Desk) -> bool:
    """False where a good part of what was asked, in the field's own terms, stands neither in the figures nor in the sentences found.

    The share of enquiries that led to a conference is not answered by how many conferences were on time.
    """
    asked = asked_for(query, desk)
    told = frozenset().union(
        *(f.marked.name | f.marked.context | f.titled for f in found.measures), *(s.name | s.around for s in found.sentences)
    )
    narrower = lexicon().narrower
    silent = [t for t in query.topic if t.startswith("@") and t not in told and not any(n in told for n in narrower.get(t, ()))]
    return sum(asked[t] for t in silent) < _UNTOLD * sum(asked.values())


def _select(query: Query, question: Question, desk: Desk, spans: tuple[Span, ...]) -> Evidence:
    asked = asked_for(query, desk)
    reported = [m for m in pool_for(query, desk) if m.record.value is not None]
    everything = rates_first([f for f in ranked(asked, reported, desk) if sharp_enough(f, query, desk)], query)
    everything = position_first(everything, query, desk)
    timed = [f for f in everything if in_time(f.marked, spans, desk)] if spans else everything
    kept = exact(timed, spans, desk) if spans else newest(timed[:60], desk)
    if "parts" in query.wanted:
        kept = _parts(kept)
    everything_timed = kept
    if "count" in query.wanted:
        asked_number = weigh(query.counted or query.topic, desk)
        fit = {f.record.id: match(asked_number, f.marked.name, frozenset(), desk).coverage for f in kept}
        counted = [f for f in kept if f.record.unit in ("count", "other")]
        kept = counted if max((fit[f.record.id] for f in counted), default=0.0) >= 0.9 * max(fit.values(), default=1.0) else kept
    chosen, best_timed = _chosen(kept, query, asked, desk)
    if "count" in query.wanted and len(query.facets) > 1:  # "how many are waiting, and how long?"
        chosen += [f for f in by_facet(query, everything_timed, desk) if f not in chosen]
    best = _chosen(everything[:60], query, asked, desk)[1]
    sentences = passages(query, question, asked, desk, spans)
    spoken = together(sentences, asked)
    elsewhen = bool(spans) and best >= 0.7 and best_timed < 0.8 * best
    prose = bool(chosen) and desk.in_prose(chosen[0].record)
    if prose and not elsewhen and spoken >= max(PASSAGE_FLOOR, best_timed - 0.15):
        read = _told_in(sentences, kept, desk)
        if chosen[0] in read:
            return Evidence(measures=read, sentences=tuple(sentences))
    if spans and _only_aimed(query, asked, chosen, desk):
        return _refusal(query, desk, asked, [], [], True)
    if chosen and best_timed >= FLOOR and not elsewhen and best_timed >= spoken - 0.2:
        return Evidence(measures=tuple(chosen), sentences=tuple(s for s in sentences if s.coverage >= 0.6))
    if sentences and spoken >= PASSAGE_FLOOR and not (elsewhen and spoken < best):
        return Evidence(measures=_told_in(sentences, kept, desk), sentences=tuple(sentences))
    return _refusal(query, desk, asked, everything, sentences, bool(spans))


def _parts(kept: list[Found]) -> list[Found]:
    """Where the parts of a measure are asked for, those, if one matches about as well as the whole."""
    parts = [f for f in kept if f.record.breakdown and f.record.kind != "benchmark"]
    return parts if parts and parts[0].match.coverage >= 0.75 * kept[0].match.coverage else kept


def _only_aimed(query: Query, asked: Mapping[str, float], chosen: list[Found], desk: Desk) -> bool:
    """True where what is asked is set as a target without a result, and nothing that has a result speaks of it as well."""
    homes = {f.record.place.document for f in chosen}
    silent = (m for m in pool_for(query, desk) if m.record.value is None)
    without = ranked(asked, (m for m in silent if m.record.place.document in homes or in_time(m, query.spans, desk)), desk)
    reported = max((match(asked, f.marked.name, frozenset(), desk).coverage for f in chosen), default=0.0)
    own = match(asked, without[0].marked.name, frozenset(), desk).coverage if without else 0.0
    return own >= max(0.7, reported + 0.2)


def _chosen(kept: list[Found], query: Query, asked: Mapping[str, float], desk: Desk) -> tuple[list[Found], float]:
    """(the measures to show, how much of the question they cover together)."""
    chosen = beside(kept, asked, floor=0.25, limit=12 if "parts" in query.wanted else 6)
    chosen += [f for f in by_facet(query, kept, desk) if f not in chosen]
    chosen += siblings(chosen, query, kept)
    chosen += elsewhere(chosen, kept)
    top = kept[0].match.coverage if kept else 0.0
    return chosen, max(top, 0.95 * union(chosen, asked))


def _told_in(sentences: list[Sentence], kept: list[Found], desk: Desk) -> tuple[Found, ...]:
    """Measures read from the very sentences shown."""
    texts = [s.text for s in sentences]
    return tuple(f for f in kept if (q := " ".join(f.record.quote.split())) and any(q in t or t in q for t in texts))[:8]


def _refusal(
    query: Query, desk: Desk, asked: Mapping[str, float], everything: list[Found], sentences: list[Sentence], timed: bool
) -> Evidence:
    without = ranked(asked, (m for m in pool_for(query, desk) if m.record.value is None), desk)
    aimed = [f for f in without if f.match.coverage >= FLOOR and named(f, asked, desk) and (timed or sharp_enough(f, query, desk))]
    known = [f for f in everything if f.match.coverage >= FLOOR]
    if aimed and not known and not timed and ("count" not in query.wanted or "target" in query.wanted):
        return Evidence(
            measures=tuple(beside(aimed, asked, limit=3)),
            sentences=tuple(sentences[:1]),
            notes=("a target is set; no result is reported for it",),
        )
    outcome: Outcome = "measure_not_found"
    if known and timed:
        outcome = "period_not_reported"
    elif aimed:
        outcome, known = "period_not_reported", aimed
    nearest = _last_reported(known, desk) if known and timed else beside(known or everything, asked, floor=0.3, limit=3)
    return Evidence(refusal=outcome, nearest=tuple(nearest), sentences=tuple(sentences[:1]) if not nearest else ())


def _last_reported(known: list[Found], desk: Desk) -> list[Found]:
    """The figures that match best, the newest of them: what is reported instead of the time asked."""
    best = max(f.match.coverage for f in known)
    near = [f for f in known if f.match.coverage >= 0.95 * best and f.match.score >= 0.8 * known[0].match.score]
    return sorted(near, key=lambda f: -(t.last if (t := time_of(f.marked, desk)) else 0))[:3]


def merge(parts: list[Evidence]) -> Evidence:
    """One evidence of several; a refusal only where every part refuses."""
    answered = [p for p in parts if p.refusal is None]
    if not answered:
        return parts[0]
    measures = tuple(dict.fromkeys(f for p in answered for f in p.measures))
    sentences = tuple({(s.chunk.id, s.number): s for p in answered for s in p.sentences}.values())
    missing = tuple("one of the times asked for is not reported" for p in parts if p.refusal)[:1]
    return Evidence(measures=measures, sentences=sentences, notes=missing)
