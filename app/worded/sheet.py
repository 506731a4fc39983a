"""The evidence a model is given, numbered as the answer's citations are, and what each number can be held to.

Number 0 stands for what the rules worked out over many records (counts), which no single passage says.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from app.evidence.desk import Desk, content
from app.evidence.figures import time_of
from app.kinds.wording import name_words, period_words, rating_words, target_words, value_words
from app.llm.types import Model
from app.question.when import span_of
from app.types import Answer, Citation, Coverage, Draft, Source, Span
from app.worded.words import words
from ingest.lexicon import lexicon
from ingest.types import Action, Commitment, Measure, Record

_FEW_WORDS = 4  # a quote of fewer words ("Target 95% 85%") is found in too many rows to be known by its words alone


@dataclass(frozen=True)
class Told:
    """One sentence of the answer made by rule, without markers, and the numbers of the citations it stands on."""

    text: str
    marks: tuple[int, ...]
    line: str  # as it stands in the answer, with markers


@dataclass(frozen=True)
class Item:
    """One piece of evidence: a citation, the records printed in it, and the sentences by rule that stand on it alone."""

    n: int
    title: str
    authority: str | None
    page: int | None
    quote: str
    records: tuple[Record, ...]
    told: tuple[str, ...]
    span: Span | None = None  # the period of the document as a whole
    document: str = ""
    times: tuple[tuple[str, Span | None], ...] = ()  # record id → when it is for

    @cached_property
    def said(self) -> tuple[str, ...]:
        """What it says, piece by piece: the quote, the sentences by rule, the fields of its records."""
        return _flat((self.quote, *self.told, *(t for r in self.records for t in _fields(r))))

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The same with the headings it stands under and the title of its document."""
        headings = sorted({s for r in self.records if (s := r.place.section)})
        return (*self.said, *_flat((*headings, self.title, self.authority or "")))

    @cached_property
    def text(self) -> str:
        """All of it as one text."""
        return " \n ".join(self.texts)

    @cached_property
    def terms(self) -> frozenset[str]:
        """Its terms: words as stems, and the field's concepts with the words they are made of."""
        return terms_of(self.text)

    @property
    def measures(self) -> tuple[Measure, ...]:
        """The figures among its records."""
        return tuple(r for r in self.records if isinstance(r, Measure))

    def time(self, record: Record) -> Span | None:
        """When a record of it is for."""
        return dict(self.times).get(record.id, self.span)


@dataclass(frozen=True)
class Sheet:
    """All the evidence of one answer. `items` may be sent; `kept` are numbers that are not, with the reason for each."""

    items: tuple[Item, ...]
    told: tuple[Told, ...]
    kept: dict[int, str]
    coverage: Coverage | None = None
    count: int | None = None
    rows: tuple[Record, ...] = ()

    def item(self, n: int) -> Item | None:
        """The evidence of that number, if it may be used."""
        return next((i for i in self.items if i.n == n), None)

    def cited(self, marks: Sequence[int]) -> list[Item]:
        """The evidence of these numbers, with what the rules say on several of them together."""
        joint = [t for t in self.told if len(t.marks) > 1 and set(t.marks) <= set(marks)]
        found = [i for n in marks if (i := self.item(n))]
        return [replace(i, told=(*i.told, *(t.text for t in joint if i.n in t.marks))) for i in found] if joint else found

    @property
    def worked_out(self) -> Item | None:
        """What the rules worked out: number 0."""
        return self.item(0)


def _flat(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(flat for t in texts if (flat := " ".join(t.split())))


def terms_of(text: str) -> frozenset[str]:
    """The content terms of a text: concepts, and the single words they stand in for."""
    lex = lexicon()
    spread = {t for word in text.replace("-", " ").replace("/", " ").split() for t in lex.terms(word)}
    return content([*lex.terms(text), *spread])


def sheet(answer: Answer, draft: Draft, laid: Desk, model: Model) -> Sheet:
    """The evidence of an answer made by rule: every citation, and what was said on it."""
    told = _told(answer, draft, laid)
    lines = answer.table.rows if answer.table else ()
    # A record goes with the citation of its own passage alone: what is said of two plans is not evidence of either for the other.
    numbers = _numbers(answer)
    stated = [(r, n) for s, _ in told for r in s if (n := numbers.get(_key(laid.source(r))))]
    by_number: dict[int, list[Record]] = {}
    for record, n in [*stated, *((line.record, line.citation) for line in lines)]:
        by_number.setdefault(n, []).append(record)
    items: list[Item] = []
    kept: dict[int, str] = {}
    for c in answer.citations:
        if not model.may_see(c.document):
            kept[c.n] = "its document is kept from the model"
        elif words().orders.search(c.quote):
            kept[c.n] = "it reads like an instruction"
        elif c.corrected:
            kept[c.n] = "it was corrected by hand, and its words are as printed"
        else:
            items.append(_item(c, by_number.get(c.n, []), [t.text for _, t in told if t.marks == (c.n,)], laid))
    free = [t.text for _, t in told if not t.marks]
    if free and all(model.may_see(e.name) for e in laid.entries):  # what was worked out was so over all documents
        items.insert(0, Item(0, "", None, None, "", (), tuple(free)))
    return Sheet(tuple(items), tuple(t for _, t in told), kept, answer.coverage, answer.count, tuple(line.record for line in lines))


def _told(answer: Answer, draft: Draft, laid: Desk) -> list[tuple[tuple[Record, ...], Told]]:
    """The sentences that stand in the answer, each with its records and the citations it carries."""
    numbers = _numbers(answer)
    out = []
    for statement in draft.statements:
        sources = (*(laid.source(r) for r in statement.records), *statement.sources)
        marks = tuple(dict.fromkeys(n for s in sources if (n := numbers.get(_key(s)))))
        line = f"{statement.text} {''.join(f'[{n}]' for n in marks)}".strip()
        if f"\n{line}\n" in f"\n{answer.text}\n":
            out.append((statement.records, Told(statement.text, marks, line)))
    return out


def _numbers(answer: Answer) -> dict[tuple[str, str, int | None], int]:
    """The number of each cited passage."""
    return {(c.document, c.quote, c.page): c.n for c in answer.citations}


def _key(source: Source) -> tuple[str, str, int | None]:
    return source.place.document, " ".join(source.quote.split()), source.place.page


def _item(c: Citation, records: list[Record], told: list[str], laid: Desk) -> Item:
    entry = laid.entry(c.document)
    every = {r.id: r for r in (*records, *_printed_in(c, laid))}
    marked = {m.record.id: time_of(m, laid) for m in laid.measures if m.record.id in every}
    return Item(
        c.n,
        c.title,
        entry.authority if entry else None,
        c.page,
        c.quote,
        tuple(every.values()),
        tuple(told),
        span_of(entry.period) if entry else None,
        c.document,
        tuple(marked.items()),
    )


def _printed_in(c: Citation, laid: Desk) -> Iterable[Record]:
    """Every record of the library that is printed in the cited passage: a row with two figures is held to both."""
    held: list[Record] = [*(m.record for m in laid.measures), *(a.record for a in laid.actions)]
    for r in held:
        if r.place.document != c.document or r.place.page != c.page:
            continue
        quote = " ".join(r.quote.split())
        if quote == c.quote or (len(quote.split()) > _FEW_WORDS and quote in c.quote) or " ".join(laid.source(r).quote.split()) == c.quote:
            yield r


def _fields(r: Record) -> list[str]:
    """What a record says in words, field by field."""
    if isinstance(r, Measure):
        said = [name_words(r), r.measure, value_words(r), r.target_quote, period_words(r.period), period_words(r.target_period)]
        return [
            t
            for t in (*said, rating_words(r.rag), {"up": "increased", "down": "decreased", "same": "unchanged"}.get(r.direction or ""))
            if t
        ]
    if isinstance(r, Action):
        state = "completed" if r.completed else "ongoing" if r.ongoing else None
        said = [
            r.ref,
            r.action,
            r.lead,
            r.start,
            r.due,
            r.due_was,
            period_words(r.due_iso),
            r.progress,
            r.success_measures,
            rating_words(r.rag),
            state,
        ]
        return [t for t in said if t]
    assert isinstance(r, Commitment)
    return [t for t in (r.commitment, r.by_when, r.owner) if t]


def shown(item: Item) -> str:
    """The evidence as the model reads it, fenced; nothing in it can close the fence or pass for a reference."""
    if item.n == 0:
        return "<worked_out>\n" + "\n".join(_safe(t) for t in item.told) + "\n</worked_out>"
    place = ", ".join(t for t in (item.title, item.authority, f"page {item.page}" if item.page else None) if t)
    lines = [f'<evidence n="{item.n}">', f"from: {_safe(place)}"]
    lines += [f"{_safe(_summary(r, item))}" for r in item.records[:12]]
    lines += [f"passage: {_safe(item.quote)}", "</evidence>"]
    return "\n".join(lines)


def _summary(r: Record, item: Item) -> str:
    if isinstance(r, Measure):
        own = period_words(r.period) or (span.label if (span := item.time(r)) else None)
        status = r.status.replace("_", " ") if r.status in ("off_target", "on_target") else None
        parts = [name_words(r), value_words(r), own, f"target {t}" if (t := target_words(r)) else None, status]
        return "figure: " + "; ".join(p for p in parts if p)
    if isinstance(r, Action):
        rating = rating_words(r.rag)
        parts = [r.action, f"lead {r.lead}" if r.lead else None, f"due {r.due}" if r.due else None, f"rated {rating}" if rating else None]
        return f"action {r.ref or ''}: " + "; ".join(p for p in parts if p)
    assert isinstance(r, Commitment)
    return "commitment: " + "; ".join(p for p in (r.commitment, r.by_when, r.owner) if p)


def _safe(text: str) -> str:
    """One line, without characters that could pass for a fence, a reference or nothing at all."""
    plain = "".join(ch for ch in " ".join(text.split()) if ch.isprintable())
    return plain.replace("<", "‹").replace(">", "›").replace("[", "(").replace("]", ")")
