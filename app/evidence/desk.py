"""The library laid out for one question after another: records with their terms, how rare each term is, what times and names are held."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from app.corrected import corrections_words
from app.evidence.called import noun_of, printed_states
from app.evidence.printed import Printed
from app.evidence.under import headed, headings_over, paths_of
from app.question.cues import words
from app.question.when import mentions, span_of
from app.types import Library, Source, Span
from index.follow import Succession, succession
from index.links import Conflict, conflicts
from index.measure_names import Names
from index.types import DocumentEntry, Filter, Hit
from ingest.lexicon import lexicon, stem
from ingest.records.correct import name_of
from ingest.types import Action, Chunk, Commitment, Measure, Record

R = TypeVar("R", bound=Record, covariant=True)

STOP_WORDS = words("stop")
STOP = STOP_WORDS | {stem(w) for w in STOP_WORDS}


_RATIO = re.compile(r"(?:\S+ ){0,4}(?:ratio|split|balance|mix) (?:of|between)\b", re.I)
_SHORT = 20  # words of a line that is all about one thing
_LONGEST = 900  # characters of a cited row


@dataclass(frozen=True)
class Marked(Generic[R]):
    """A record with its terms: `name` from what it is called, `context` from everything else around it; `span` is its period."""

    record: R
    name: frozenset[str]
    context: frozenset[str]
    span: Span | None


_Lines = dict[tuple[str, str | None, str], dict[frozenset[str], list[tuple[int, Marked[Measure]]]]]


@dataclass(frozen=True)
class Desk:
    """A library with its records marked. Built once a library's content and reused until the content changes."""

    library: Library
    entries: tuple[DocumentEntry, ...]
    measures: tuple[Marked[Measure], ...]
    actions: tuple[Marked[Action], ...]
    commitments: tuple[Marked[Commitment], ...]

    named: dict[str, re.Pattern[str]] = field(default_factory=dict, compare=False)  # what each council is called, once it was asked for
    _memory: dict[tuple[str, int, tuple[str, ...]], list[Hit]] = field(default_factory=dict, compare=False)
    _sources: dict[str, Source] = field(default_factory=dict, compare=False)
    _terms: dict[str, tuple[frozenset[str], frozenset[str]]] = field(default_factory=dict, compare=False)

    def hits(self, text: str, limit: int, documents: Sequence[str]) -> list[Hit]:
        """What the library finds; the last few searches are remembered, since several steps of one answer look for the same."""
        key = (text, limit, tuple(documents))
        if key not in self._memory:
            if len(self._memory) >= 64:
                self._memory.pop(next(iter(self._memory)))
            self._memory[key] = self.library.search(text, limit, documents=list(documents))
        return self._memory[key]

    @cached_property
    def names(self) -> Names:
        """What all measures are called, as vectors."""
        return self.library.measure_names()

    def following(self, chunk: Chunk) -> Chunk | None:
        """The passage after this one in its document."""
        at = self._at.get((chunk.place.document, chunk.id))
        after = self.passages[at + 1] if at is not None and at + 1 < len(self.passages) else None
        return after if after and after.place.document == chunk.place.document else None

    @cached_property
    def passages(self) -> list[Chunk]:
        """Every passage, document by document, in reading order."""
        return self.library.chunks()

    def terms_of(self, chunk: Chunk) -> tuple[frozenset[str], frozenset[str]]:
        """(the terms of a passage, those of its heading)."""
        if chunk.id not in self._terms:
            lex = lexicon()
            self._terms[chunk.id] = (content(lex.terms(chunk.text)), content(lex.terms(chunk.place.section or "")))
        return self._terms[chunk.id]

    @cached_property
    def printed(self) -> Printed:
        """The words that the documents print."""
        held: tuple[Sequence[Marked[Record]], ...] = (self.measures, self.actions, self.commitments)
        return Printed(self.entries, self.passages, [m.record for marked in held for m in marked])

    @cached_property
    def conflicts(self) -> list[Conflict]:
        """Every disagreement between figures, certain ones first."""
        return conflicts([m.record for m in self.measures], self.passages, {e.name: e.authority for e in self.entries})

    @cached_property
    def succession(self) -> Succession:
        """Which commitment follows which, from one plan of an authority to the next."""
        measures, commitments = [m.record for m in self.measures], [c.record for c in self.commitments]
        return succession([a.record for a in self.actions], commitments, measures, self.passages, self.entries)

    def headings(self, record: Record) -> tuple[str, ...]:
        """The headings that a record stands under, and its sheet."""
        return headed(record, self._paths)

    def above(self, chunk: Chunk) -> tuple[str, ...]:
        """The headings that a passage stands under, from the outermost."""
        return headings_over(chunk, {e.name: e.title for e in self.entries})

    @cached_property
    def _paths(self) -> dict[str, tuple[str, ...]]:
        return paths_of(self.passages, {e.name: e.title for e in self.entries})

    @cached_property
    def heads(self) -> dict[str, frozenset[str]]:
        """The headings that figures and actions of each document stand under."""
        out: dict[str, set[str]] = {}
        held: tuple[Sequence[Marked[Record]], ...] = (self.measures, self.actions)
        for m in (m for marked in held for m in marked):
            out.setdefault(m.record.place.document, set()).update(self.headings(m.record))
        return {name: frozenset(heads) for name, heads in out.items()}

    @cached_property
    def _at(self) -> dict[tuple[str, str], int]:
        return {(c.place.document, c.id): i for i, c in enumerate(self.passages)}

    @cached_property
    def _rows(self) -> dict[str, list[Chunk]]:
        out: dict[str, list[Chunk]] = {}
        for c in self.passages:
            for r in c.records:
                out.setdefault(r, []).append(c)
        return out

    def source(self, record: Record) -> Source:
        """What a record is cited by: its own quote or, where that says too little alone, the printed row from the record's words on.

        For an action the row from its action cell to the end of its progress; for a measure whose quote does not name it, or that has
        no value, the row from the cell that sets the target to the end of the reading.
        """
        if record.id not in self._sources:
            self._sources[record.id] = Source(self._cited(record), record.place, record.id)
        return self._sources[record.id]

    def _cited(self, record: Record) -> str:
        quote = " ".join(record.quote.split())
        if isinstance(record, Commitment) or self.in_prose(record):
            return quote
        action = record if isinstance(record, Action) else self._actions.get(record.action_id or "")
        if action is None or (isinstance(record, Measure) and record.value is not None and _names(record, quote)):
            return quote
        ends = [action.progress, action.due, action.action] if isinstance(record, Action) else [quote, action.progress]
        starts = [action.action] if isinstance(record, Action) else [action.success_measures, quote]
        for chunk in self._rows.get(record.id, []):
            row = " ".join(chunk.text.split())
            found = [at for s in starts if s and (at := row.find(" ".join(s.split())[:40])) >= 0]
            tails = [at + len(t) for e in ends if e and (t := " ".join(e.split())[-40:]) and (at := row.find(t)) >= 0]
            if found and tails and max(tails) > min(found):
                whole = row[min(found) : max(tails)]
                return whole if len(whole) <= _LONGEST else whole[: whole.rfind(" ", 0, _LONGEST)]
        return quote

    def corrected(self, source: Source) -> tuple[str, ...]:
        """What was set right by hand in the source's record, and in those printed in its quote, a line each."""
        return tuple(
            f"{name_of(r)}: {corrections_words(r.corrected)}"
            for r in self._corrected
            if r.id == source.record or (r.place.document == source.place.document and " ".join(r.quote.split()) in source.quote)
        )

    @cached_property
    def _corrected(self) -> list[Record]:
        held: tuple[Sequence[Marked[Record]], ...] = (self.measures, self.actions, self.commitments)
        return [m.record for marked in held for m in marked if m.record.corrected]

    def statuses(self, document: str) -> frozenset[str]:
        """The statuses that a document's actions print in words."""
        return self._statuses.get(document, frozenset())

    @cached_property
    def _statuses(self) -> dict[str, frozenset[str]]:
        return {name: printed_states(actions) for name, actions in self._actions_in.items()}

    def tells_done(self, document: str) -> bool:
        """True where a document rates what is done blue, or says in words how actions stand: then green is not yet done."""
        return bool(self.statuses(document)) or any(a.rag == "B" for a in self._actions_in.get(document, ()))

    def nouns(self, document: str) -> frozenset[str | None]:
        """What a document calls its actions, by the heads of their columns: "milestone", "saving"; None for a head that is no noun."""
        return frozenset(noun_of(a.called) if a.called else None for a in self._actions_in.get(document, ()))

    @cached_property
    def _actions_in(self) -> dict[str, list[Action]]:
        held: dict[str, list[Action]] = {}
        for a in self.actions:
            held.setdefault(a.record.place.document, []).append(a.record)
        return held

    @cached_property
    def parts(self) -> frozenset[str]:
        """The headings and leads of actions, with white space collapsed."""
        said = (t for a in self.actions for t in (a.record.place.section, a.record.lead) if t)
        return frozenset(" ".join(t.split()) for t in said)

    @cached_property
    def _actions(self) -> dict[str, Action]:
        return {a.record.id: a.record for a in self.actions}

    def action(self, identity: str) -> Action | None:
        """The action of that id, if it is one."""
        return self._actions.get(identity)

    def promised(self, identity: str) -> Action | Commitment | None:
        """The action or commitment of that id, if it is one."""
        return self._actions.get(identity) or self._commitments.get(identity)

    @cached_property
    def _commitments(self) -> dict[str, Commitment]:
        return {c.record.id: c.record for c in self.commitments}

    def measures_of(self, identity: str) -> list[Measure]:
        """The measure of that id, or the measures of the action of that id."""
        return self._measures.get(identity, [])

    @cached_property
    def _measures(self) -> dict[str, list[Measure]]:
        out: dict[str, list[Measure]] = {}
        for m in self.measures:
            for key in filter(None, (m.record.id, m.record.action_id)):
                out.setdefault(key, []).append(m.record)
        return out

    def in_prose(self, record: Record) -> bool:
        """True where a record was read from running text, not from a table."""
        return all(c.kind == "prose" for c in self._rows.get(record.id, []))

    @cached_property
    def called(self) -> dict[tuple[str, str], list[Measure]]:
        """The measures by document and name."""
        out: dict[tuple[str, str], list[Measure]] = {}
        for r in (m.record for m in self.measures):
            out.setdefault((r.place.document, r.measure), []).append(r)
        return out

    @cached_property
    def dated(self) -> frozenset[tuple[object, ...]]:
        """What tells a measure that has a period: its document and unit with its target, and with its name, breakdown and page."""
        held = [(m.name, m.record) for m in self.measures if m.record.period]
        aimed = {(r.place.document, r.unit, r.action_id, r.target_quote) for _, r in held}
        return frozenset(aimed | {(r.place.document, r.unit, name, r.breakdown, r.place.page) for name, r in held})

    @cached_property
    def lines(self) -> _Lines:
        """Reported values with their order, by document, unit and breakdown, then by the terms of their names."""
        out: _Lines = {}
        for i, (m, r) in enumerate((m, m.record) for m in self.measures if m.record.value is not None):
            out.setdefault((r.place.document, r.unit, (r.breakdown or "").lower()), {}).setdefault(m.name, []).append((i, m))
        return out

    @cached_property
    def reporting(self) -> tuple[Span, ...]:
        """The periods for which documents set figures against targets: what "Q2" means first of all."""
        judged = {m.record.place.document for m in self.measures if m.record.status in ("off_target", "on_target", "no_value")}
        spans = {s for e in self.entries if e.name in judged and (s := span_of(e.period))}
        return tuple(sorted(spans or {s for e in self.entries if (s := span_of(e.period))}, key=lambda s: s.last))

    @cached_property
    def _rarity(self) -> dict[str, float]:
        held: list[Marked[Record]] = [*self.measures, *self.actions, *self.commitments]
        df = Counter(t for m in held for t in m.name | m.context)
        n = len(held) + 1
        return {t: math.log(1 + n / (c + 0.5)) for t, c in df.items()}

    @cached_property
    def _once(self) -> float:
        return math.log(1 + (len(self.measures) + len(self.actions) + len(self.commitments) + 1) / 1.5)

    def weight(self, term: str) -> float:
        """How much a term tells: rare ones more. A term no record holds weighs as one held once."""
        return self._rarity.get(term, self._once)

    def weight_of(self, terms: Iterable[str]) -> float:
        """How much terms tell together."""
        rarity, once = self._rarity, self._once
        return sum(rarity.get(t, once) for t in terms)

    def knows(self, term: str) -> bool:
        """True where any record holds the term."""
        return term in self._rarity

    def entry(self, name: str) -> DocumentEntry | None:
        """The line of the document of that file name."""
        return next((e for e in self.entries if e.name == name), None)

    def title(self, name: str) -> str:
        """The document's title, or its file name where it has none."""
        entry = self.entry(name)
        return (entry.title if entry else "") or name

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """Every period that a reported figure or a document stands for."""
        reported = {m.span for m in self.measures if m.span and m.record.value is not None}
        return tuple(sorted(reported | {s for e in self.entries if (s := span_of(e.period))}, key=lambda s: (s.last, s.first)))

    def titled(self, document: str) -> frozenset[str]:
        """The terms of a document's title: all of its records are about them too."""
        return self._titles.get(document, frozenset())

    @cached_property
    def _titles(self) -> dict[str, frozenset[str]]:
        return {e.name: content(lexicon().terms(e.title)) for e in self.entries}

    def reported_in(self, documents: frozenset[str]) -> tuple[Span, ...]:
        """Every period that figures of these documents, or the documents themselves, stand for."""
        reported = {m.span for m in self.measures if m.span and m.record.value is not None and m.record.place.document in documents}
        own = {s for e in self.entries if e.name in documents and (s := span_of(e.period))}
        return tuple(sorted(reported | own, key=lambda s: (s.last, s.first)))


def _names(record: Measure, quote: str) -> bool:
    """True where a quote holds most of the measure's name."""
    name = content(lexicon().terms(record.measure))
    return not name or len(name & content(lexicon().terms(quote))) / len(name) >= 0.7


def content(terms: Iterable[str]) -> frozenset[str]:
    """The terms that carry meaning."""
    return frozenset(t for t in terms if t not in STOP and (len(t) > 1 or t.isdigit()))


def _when(m: Measure, document: str | None) -> Span | None:
    """A figure's own period; under a heading that bears one date, where it has none but its document's, that date."""
    dated = [x.span for x in mentions(m.place.section or "") if x.span and not x.span.whole]
    return dated[0] if len(dated) == 1 and m.period in (None, document) else span_of(m.period)


def _mark_measure(m: Measure, action: Action | None, document: str | None) -> Marked[Measure]:
    lex = lexicon()
    around = [m.quote, m.target_quote or "", m.place.section or "", m.value_text or ""]
    around += [action.action, action.success_measures or "", action.progress or ""] if action else []
    quote = " ".join(m.quote.split())
    whole = quote if _RATIO.match(quote) and len(quote.split()) <= _SHORT else ""  # both sides of a ratio are its name
    name = content(t for t in lex.terms(f"{m.measure} {m.breakdown or ''} {whole}") if not t.endswith("%"))
    return Marked(m, name, content(lex.terms(" . ".join(around))) - name, _when(m, document))


def _mark_action(a: Action) -> Marked[Action]:
    lex = lexicon()
    name = content(lex.terms(f"{a.ref or ''} {a.action}"))
    around = " . ".join(t for t in (a.place.section, a.lead, a.progress, a.success_measures, a.quote) if t)
    return Marked(a, name, content(lex.terms(around)) - name, span_of(a.due_iso))


def _mark_commitment(c: Commitment) -> Marked[Commitment]:
    lex = lexicon()
    name = content(lex.terms(c.commitment))
    return Marked(c, name, content(lex.terms(f"{c.place.section or ''} . {c.quote}")) - name, None)


_desks: WeakKeyDictionary[Library, tuple[int, Desk]] = WeakKeyDictionary()


def desk(library: Library) -> Desk:
    """The library's desk; laid out anew when a document was added, changed or removed, or a record corrected."""
    now = library.generation  # before what is read: a change in between is seen with the next question
    kept = _desks.get(library)
    if kept and kept[0] == now:
        return kept[1]
    entries = tuple(library.documents())
    actions = library.actions(Filter())
    by_id = {a.id: a for a in actions}
    periods = {e.name: e.period for e in entries}
    laid = Desk(
        library,
        entries,
        tuple(_mark_measure(m, by_id.get(m.action_id or ""), periods.get(m.place.document)) for m in library.measures(Filter())),
        tuple(_mark_action(a) for a in actions),
        tuple(_mark_commitment(c) for c in library.commitments(Filter())),
    )
    _desks[library] = (now, laid)
    return laid
