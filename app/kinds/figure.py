"""One figure, or the few a question names: the value, when, and its target."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping


from app.evidence.desk import Desk
from app.evidence.figures import (
    FLOOR,
    Found,
    asked_for,
    beside,
    by_facet,
    documents_for,
    exact,
    in_time,
    newest,
    pool_for,
    ranked,
    siblings,
    time_of,
    union,
)
from app.evidence.match import match, weigh
from app.evidence.passages import Sentence, candidates, choose, read_on, together
from app.kinds import refuse
from app.kinds.types import Evidence, Kind
from app.kinds.wording import figure_words, gap, gap_derived, name_words, points, quoted, statement
from app.question.topic import GENERIC
from app.question.when import meets, mentions, span_of
from app.question.where import latest, years_of
from app.types import Draft, Outcome, Query, Question, Span, Statement
from ingest.lexicon import lexicon, tokens
from ingest.types import Measure

PASSAGE_FLOOR = 0.52  # coverage below which a sentence does not answer a question for a figure
_DIGIT = re.compile(r"\d|\b(?:none|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half)\b", re.I)
_NUMBERING = re.compile(r"^\(?(?:\d{1,3}[.)]|\d{1,3}(?:\.\d{1,2})+\.?)\s")
_LONG = re.compile(r"\bhow (?:long|old|soon|quick)|\b(?:days|weeks|months|years|hours|duration|length|time)\b", re.I)
_DURATION = re.compile(r"\b\d+(?:\s?[-–]\s?\d+)?\s*(?:working |calendar )?(?:days?|weeks?|months?|years?|hours?)\b", re.I)
_PERCENT = re.compile(r"\d\s*%|per ?cent", re.I)


def search_text(query: Query, question: Question) -> str:
    """What passages are searched for: the question, after the subject it inherits, with the field's own words for its terms."""
    asked = " ".join([*question.history[-1:], question.text] if query.inherited else [question.text])
    low = asked.lower()
    forms = [f for t in (*query.topic, *query.context) for f in lexicon().said(t)[:3] if f not in low]
    return " ".join([asked, *dict.fromkeys(forms)])


def timely(sentence: Sentence, spans: Iterable[Span], desk: Desk) -> bool:
    """True where a sentence can speak for one of the spans: it names such a time, or names none and its document is for it."""
    wanted = list(spans)
    own = [m.span for m in mentions(sentence.text) if m.span]
    entry = desk.entry(sentence.chunk.place.document)
    if any(meets(w, o) for w in wanted for o in own):
        return True
    period = span_of(entry.period) if entry else None
    if period and any(meets(w, period) for w in wanted):
        return True
    return bool(entry) and any(
        w.whole and w.last - w.first == 11 and w.first % 12 == 0 and entry and w.first // 12 in years_of(entry) for w in wanted
    )


def passages(
    query: Query, question: Question, asked: Mapping[str, float], desk: Desk, spans: tuple[Span, ...], limit: int = 3
) -> list[Sentence]:
    """Sentences with numbers that speak of what was asked, at the time asked; the fewest that cover it."""
    names = sorted(documents_for(query, desk))
    found = [
        s
        for s in candidates(search_text(query, question), asked, desk, names)
        if _DIGIT.search(s.text if _LONG.search(question.text) else _without_dates(s.text))
    ]
    if query.unit == "percent":
        found = [s for s in found if _PERCENT.search(s.text)]
    if spans:
        found = [s for s in found if not aims_only(s, desk)]
    if "count" in query.wanted and len(asked) < 3:
        found = [s for s in found if counts(s.text, query)]
    if spans:
        found = [s for s in found if timely(s, spans, desk)]
    elif "newest" in query.wanted and found:
        found = _latest(found, desk)

    def bonus(s: Sentence) -> float:
        percent = bool(_PERCENT.search(s.text))
        right = 0.06 if query.unit == "percent" and percent else 0.0
        return right + (0.05 if re.search(r"\d", s.text) else 0.0)

    return choose(found, asked, limit, bonus)


def _latest(found: list[Sentence], desk: Desk) -> list[Sentence]:
    """Sentences of the latest document that speaks of most of what the best one does."""
    enough = [s for s in found if s.coverage >= 0.6 * max(s.coverage for s in found)]
    last = latest([e for e in desk.entries if e.name in {s.chunk.place.document for s in enough}])
    return [s for s in found if last is None or s.chunk.place.document == last.name]


def _without_dates(text: str) -> str:
    """The text without its leading list number and its dates: what is left holds a figure or does not."""
    for m in reversed(mentions(text)):
        text = text[: m.start] + " " + text[m.end :]
    return _DURATION.sub(" ", _NUMBERING.sub("", text))


def aims_only(sentence: Sentence, desk: Desk) -> bool:
    """True where a sentence's only numbers are targets that no value is reported for."""
    text = _without_dates(sentence.text)
    shares = re.findall(r"(\d[\d,]*(?:\.\d+)?)\s*(?:%|per ?cent)", text)
    said = {float(n.replace(",", "").rstrip(".")) for n in shares or re.findall(r"\d[\d,]*(?:\.\d+)?", text)}
    near = [m for r in sentence.chunk.records if (m := desk.measure(r))]
    aims = {v for m in near if m.value is None for v in (m.target, m.target_high) if v is not None}
    values = {v for m in near for v in (m.value, m.value_high) if v is not None}
    return bool(said) and said <= aims and not said & values


def counts(text: str, query: Query) -> bool:
    """True where a number, not a percentage, stands within three words of what is counted."""
    lex = lexicon()
    words = tokens(text)
    subject = [(a, b) for term, a, b in lex.spans(words) if term in query.topic]
    numbers = [i for i, w in enumerate(words) if w.isdigit() and (i == 0 or words[i - 1] not in ("of", "age", "over", "under", "aged"))]
    return any(a - 3 <= n < b + 2 for a, b in subject for n in numbers)


def sharp_enough(found: Found, query: Query, desk: Desk) -> bool:
    """False where a question names so little that a measure which says much more is another measure.

    "How many children are looked after?" is not answered by the share of reviews of looked after children.
    """
    own = found.marked.name
    own = own - GENERIC
    told = sum(desk.weight(t) for t in own) or 1.0
    share = sum(desk.weight(t) for t in own if t in query.topic or t in query.context) / told
    return share >= {1: 0.5, 2: 0.3}.get(len(query.topic) + len(query.context), 0.0)


def select(query: Query, question: Question, desk: Desk, spans: tuple[Span, ...]) -> Evidence:
    """Measures and sentences for one time (or the newest), or why there are none."""
    asked = asked_for(query, desk)
    reported = [m for m in pool_for(query, desk) if m.record.value is not None]
    everything = [f for f in ranked(asked, reported, desk) if sharp_enough(f, query, desk)]
    timed = [f for f in everything if in_time(f.marked, spans, desk)] if spans else everything
    kept = exact(timed, spans, desk) if spans else newest(timed[:60], desk)
    if "count" in query.wanted:
        asked_number = weigh(query.counted or query.topic, desk)
        fit = {f.record.id: match(asked_number, f.marked.name, frozenset(), desk).coverage for f in kept}
        counted = [f for f in kept if f.record.unit in ("count", "other")]
        kept = counted if max((fit[f.record.id] for f in counted), default=0.0) >= 0.9 * max(fit.values(), default=1.0) else kept
    chosen, best_timed = _chosen(kept, query, asked, desk)
    best = _chosen(everything[:60], query, asked, desk)[1]
    sentences = passages(query, question, asked, desk, spans)
    spoken = together(sentences, asked)
    elsewhen = bool(spans) and best >= 0.7 and best_timed < 0.8 * best
    prose = bool(chosen) and desk.in_prose(chosen[0].record)
    if prose and not elsewhen and spoken >= max(PASSAGE_FLOOR, best_timed - 0.15):
        read = _told_in(sentences, kept, desk)
        if chosen[0] in read:
            return Evidence(measures=read, sentences=tuple(sentences))
    if chosen and best_timed >= FLOOR and not elsewhen and best_timed >= spoken - 0.2:
        return Evidence(measures=tuple(chosen), sentences=tuple(s for s in sentences if s.coverage >= 0.6))
    if sentences and spoken >= PASSAGE_FLOOR and not (elsewhen and spoken < best):
        return Evidence(measures=_told_in(sentences, kept, desk), sentences=tuple(sentences))
    return _refusal(query, desk, asked, everything, sentences, bool(spans))


def _chosen(kept: list[Found], query: Query, asked: Mapping[str, float], desk: Desk) -> tuple[list[Found], float]:
    """(the measures to show, how much of the question they cover together)."""
    chosen = beside(kept, asked, floor=0.25)
    chosen += [f for f in by_facet(query, kept, desk) if f not in chosen]
    chosen += siblings(chosen, query, kept)
    top = kept[0].match.coverage if kept else 0.0
    return chosen, max(top, 0.95 * union(chosen, asked))


def _told_in(sentences: list[Sentence], kept: list[Found], desk: Desk) -> tuple[Found, ...]:
    """Measures read from the very sentences shown."""
    texts = [s.text for s in sentences]
    return tuple(f for f in kept if (q := " ".join(f.record.quote.split())) and any(q in t or t in q for t in texts))[:8]


def _refusal(
    query: Query, desk: Desk, asked: Mapping[str, float], everything: list[Found], sentences: list[Sentence], timed: bool
) -> Evidence:
    aimed = [f for f in ranked(asked, (m for m in pool_for(query, desk) if m.record.value is None), desk) if f.match.coverage >= FLOOR]
    known = [f for f in everything if f.match.coverage >= FLOOR]
    if aimed and not known and not timed:
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
    nearest = beside(known or everything, asked, floor=0.3, limit=3)
    return Evidence(refusal=outcome, nearest=tuple(nearest), sentences=tuple(sentences[:1]) if not nearest else ())


def gather(query: Query, question: Question, desk: Desk) -> Evidence | None:
    """The measures and sentences for each time the question names."""
    if not query.topic:
        return None
    if len(query.spans) < 2:
        return select(query, question, desk, query.spans)
    parts = [select(query, question, desk, (s,)) for s in query.spans]
    return merge(parts)


def merge(parts: list[Evidence]) -> Evidence:
    """One evidence of several; a refusal only where every part refuses."""
    answered = [p for p in parts if p.refusal is None]
    if not answered:
        return parts[0]
    measures = tuple(dict.fromkeys(f for p in answered for f in p.measures))
    sentences = tuple({(s.chunk.id, s.start): s for p in answered for s in p.sentences}.values())
    missing = tuple("one of the times asked for is not reported" for p in parts if p.refusal)[:1]
    return Evidence(measures=measures, sentences=sentences, notes=missing)


def disagreements(records: Iterable[Measure], desk: Desk) -> list[tuple[Measure, Measure]]:
    """Pairs that measure the same thing at the same time in the same unit and give different values."""
    marked = {m.record.id: m for m in desk.measures}
    listed = [r for r in records if r.value is not None]
    out = []
    for i, a in enumerate(listed):
        for b in listed[i + 1 :]:
            ma, mb = marked.get(a.id), marked.get(b.id)
            if (
                not ma
                or not mb
                or a.unit != b.unit
                or a.value == b.value
                or a.quote == b.quote
                or a.breakdown != b.breakdown
                and a.measure == b.measure
            ):
                continue
            ta, tb = time_of(ma, desk), time_of(mb, desk)
            if not ta or not tb or ta.last != tb.last or (ta.whole != tb.whole):
                continue
            a_name, b_name = ma.name - GENERIC, mb.name - GENERIC
            digits = {t for t in a_name ^ b_name if t.isdigit()}
            if a_name and b_name and not digits and len(a_name & b_name) / len(a_name | b_name) >= 0.6:
                out.append((a, b))
    return out


def told(records: Iterable[Measure], desk: Desk) -> list[Statement]:
    """Each figure as a sentence; figures read from running text in the document's own sentence, said once for all of its figures."""
    out: list[Statement] = []
    own: dict[str, list[Measure]] = {}
    for r in records:
        quote = " ".join(r.quote.split())
        if desk.in_prose(r) and len(quote.split()) > 4:
            own.setdefault(quote, []).append(r)
            if len(own[quote]) == 1:
                out.append(statement(f"{desk.title(r.place.document)}: {quoted(quote)}", [r]))
        else:
            out.append(statement(figure_words(r), [r]))
    return out


def spoken(sentences: Iterable[Sentence], desk: Desk, records: Iterable[Measure] = ()) -> list[Statement]:
    """The sentences as quoted statements, each with what it cannot stand without; those a record already quotes are left out."""
    own = [" ".join(r.quote.split()) for r in records]
    out: list[Statement] = []
    seen: set[str] = set()
    for s in sentences:
        if (s.chunk.kind == "row" and own) or any(s.text in q or q in s.text and len(q) > 0.8 * len(s.text) for q in own):
            continue
        for part in read_on(s, desk):
            if part.text not in seen:
                seen.add(part.text)
                out.append(statement(f"{desk.title(part.chunk.place.document)}: {quoted(part.text)}", sources=[part.source]))
    return out


def gap_statement(m: Measure) -> Statement | None:
    """How far a figure is from its target, in one sentence."""
    distance = gap(m)
    if distance is None:
        return None
    side = "off" if distance > 0 else "inside"
    return statement(f"{name_words(m)} is {points(abs(distance), m.unit)} {side} its target.", [m], derived=[gap_derived(m)])


def compose(query: Query, evidence: Evidence, desk: Desk) -> Draft:
    """The best figure first, the others after it, then the document's own words."""
    if evidence.refusal:
        return refuse.compose(query, evidence, desk)
    records = [f.record for f in evidence.measures]
    texts = [s.text for s in evidence.sentences]
    shown = [
        r
        for r in records
        if not (desk.in_prose(r) and any(" ".join(r.quote.split()) in t or t in " ".join(r.quote.split()) for t in texts))
    ]
    statements = told(shown, desk)
    if "gap" in query.wanted:
        statements += [s for r in records if (s := gap_statement(r))]
    clashes = disagreements(records, desk)
    for a, b in clashes:
        statements.insert(
            0, statement(f"The documents give two figures: {figure_words(a, False).rstrip('.')}, and {figure_words(b, False)}", [a, b])
        )
    statements += spoken(evidence.sentences, desk, shown)
    conflicts = tuple(f"{figure_words(a, False)} {figure_words(b, False)}" for a, b in clashes)
    count = _count(query, records, evidence.sentences, desk)
    return Draft("answered", tuple(statements), rows=tuple(records), count=count, conflicts=conflicts, notes=_notes(query, evidence, desk))


_OF = re.compile(
    r"(?<![\d/])(\d+)\s?/\s?\d+(?![\d/])|\b(\d+|none|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b(?!\s*(?:%|per ?cent|/|working|weeks?|months?|days?|hours?|years?))",
    re.I,
)
_WORDS = {w: n for n, w in enumerate("none one two three four five six seven eight nine ten eleven twelve".split())}


def _count(query: Query, records: list[Measure], sentences: tuple[Sentence, ...], desk: Desk) -> int | None:
    """The count a "how many" question asks for: that of the best measure, else the number nearest to the question's words."""
    if "count" not in query.wanted:
        return None
    values = {r.value for r in records if r.unit != "percent"}
    spoken_first = len(records) > 1 and len(values) > 1 and desk.in_prose(records[0]) and bool(sentences)
    marked = {m.record.id: m for m in desk.measures}
    told = weigh(query.counted or query.topic, desk)
    ordered = sorted(records, key=lambda r: -match(told, marked[r.id].name, marked[r.id].context, desk).score)
    whole = (
        []
        if spoken_first
        else [int(r.value) for r in ordered if r.value is not None and r.value == int(r.value) and (r.unit in ("count", "other") or (r.unit == "percent" and r.value == 0))]
    )
    if whole:
        return whole[0]
    if not sentences:
        return None
    first = max(sentences, key=lambda s: match(told, s.name, frozenset(), desk).coverage)
    ends = [first.text.lower().find(w) for t in query.counted or query.topic for w in _said(t, first.text)]
    found = [
        (min((abs(m.start() - e) for e in ends if e >= 0), default=0), m.start(), m) for m in _OF.finditer(_NUMBERING.sub("", first.text))
    ]
    if not found:
        return None
    m = min(found)[2]
    word = (m[1] or m[2]).lower()
    return _WORDS.get(word, int(word) if word.isdigit() else 0)


def _said(term: str, text: str) -> list[str]:
    """The words of a text that stand for a term."""
    words = tokens(text)
    return [words[a] for t, a, _ in lexicon().spans(words) if t == term]


def _notes(query: Query, evidence: Evidence, desk: Desk) -> tuple[str, ...]:
    notes = list(evidence.notes)
    undated = [f for f in evidence.measures if f.marked.span is None and f.record.value is not None]
    if undated and query.spans:
        notes.append("a figure without a date of its own is taken to be for its document's period")
    return tuple(notes)


KIND = Kind(
    "figure",
    "One figure, with its date and target",
    ("What percentage of child in need visits were on time in Q2?", "How many complaints were there in 2024/25?"),
    gather,
    compose,
    instead="explain",
)
