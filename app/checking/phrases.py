"""What of a sentence is not a figure's: quotations, titles, an action's own words, the question's own conditions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import get_args

from app.checking.sentence import Sentence, flat, strike_beginning
from app.evidence.desk import Desk
from app.kinds.refuse import held
from app.kinds.wording import own_words, period_words, points, rating_words, span_words, subject_words
from app.types import Query, Source, Statement
from index.types import DocumentEntry
from ingest.language.status import rule_text
from ingest.types import Action, Commitment, Comparator, Measure, Record

_ABOVE, _BELOW = ("above ", "over ", "more than ", "at least "), ("below ", "under ", "less than ", "fewer than ", "at most ")
_AIM = tuple(f"with a target of {side}" for side in ("", "at least ", "at most ", "more than ", "less than "))
_MARGIN = tuple(
    f"{verb} by {side}"
    for verb in ("missed", "beaten", "got better", "got worse", "stayed the same", "went up", "went down")
    for side in ("", "more than ", "less than ")
)
_REFUSED = ("No figure for ", "No measure of ", "Nothing about ")
_COMPARATORS: tuple[Comparator, ...] = get_args(Comparator)
_RATED = re.compile(r"\brated (red|amber|green|blue)\b", re.I)
_FIELD = re.compile(r"(?:; |^)(lead|due|status): ")
_DUE = re.compile(r"^Due (?:from )?")
_MOST = re.compile(r" ha(?:s|ve) the (?:most|fewest): ")


def printed(source: Source, laid: Desk) -> bool:
    """True where a quote stands on the page it is cited from, in one passage, as the heading over one or, of a record, in one of its
    fields."""
    quote = flat(source.quote)
    if source.record is not None and (action := laid.action(source.record)):
        return quote in (flat(action.progress or ""), flat(action.quote)) or quote in flat(laid.source(action).quote)
    place = source.place
    here = (c for c in laid.passages if c.place.page == place.page and c.place.document == place.document)
    return any(quote in flat(c.text) or quote in map(flat, laid.above(c)) for c in here)


def quotations(said: Sentence, quotes: Iterable[str]) -> bool:
    """Strikes what stands in quotation marks where it is a cited quote, whole or from its beginning to an ellipsis; False for any other."""
    known = [q for q in dict.fromkeys(flat(q) for q in quotes) if q]
    at = said.left.find("“")
    while at >= 0:
        end = max((e for q in known if (e := _quoted(said.left, at + 1, q))), default=0)
        if not end:
            return False
        said.strike(at, end)
        at = said.left.find("“", end)
    return True


def _quoted(text: str, start: int, quote: str) -> int:
    """Where a quotation that starts there ends, its mark included; 0 where it is not that quote."""
    if text.startswith(quote + "”", start):
        return start + len(quote) + 1
    cut = text.find(" …”", start)
    while cut >= 0:
        if quote.startswith(text[start:cut] + " ") and cut > start:
            return cut + 3
        cut = text.find(" …”", cut + 1)
    return 0


def titles(said: Sentence, statement: Statement, laid: Desk) -> None:
    """Strikes the titles of the documents a sentence stands on; without any, those of the library, with their kinds and periods."""
    cited = {r.place.document for r in statement.records} | {s.place.document for s in statement.sources}
    for entry in laid.entries:
        if cited and entry.name not in cited:
            continue
        title = entry.title or entry.name
        if not cited:
            _document(said, entry, title)
        said.strike_all(title)
    if not cited and said.text.startswith("- "):  # a part of a count: its heading or lead, then the number
        part = said.text[2:].rpartition(": ")[0]
        if part in laid.parts:
            said.strike(2, 2 + len(part))
    if not cited and (most := _MOST.search(said.text)):  # the parts with the most of them
        for part in sorted(laid.parts, key=len, reverse=True):
            if part.rstrip(".") in said.text[: most.start()]:
                said.strike_all(part.rstrip("."))


def _document(said: Sentence, entry: DocumentEntry, title: str) -> None:
    for when in filter(None, (period_words(entry.period),)):
        for words in (f"{title} ({entry.kind}, {when})", f"{title} is for {when}"):
            said.strike_all(words)


def question(said: Sentence, query: Query, laid: Desk) -> bool:
    """Strikes what a sentence repeats of the question: its times, its bounds with their words and units, its subject, its names.

    Read after the figures, so that no time of the question stands in for a figure's own. False where a refusal names another subject.
    """
    refused = next((lead for lead in _REFUSED if said.text.startswith(lead)), None)
    if refused and not said.text.startswith(subject_words(query), len(refused)):
        return False
    said.strike_all(held(laid))
    sign = "%" if query.unit == "percent" else ""
    bounds = [(lead, v, sign) for leads, v in ((_ABOVE, query.above), (_BELOW, query.below), (_AIM, query.target)) for lead in leads]
    for lead, value, unit in bounds:
        if value is not None:
            said.strike_all(f"{value:g}{unit}", lead)
    if query.margin:
        for lead in _MARGIN:
            size, high = (points(v, query.unit or "percent") if v is not None else "" for v in (query.margin, query.margin_high))
            said.strike_all(f"{size} to {high}" if high else size, lead)
    for when in filter(None, (query.period_text, query.due_before, query.due_after, span_words(query.was_due), span_words(query.now_due))):
        said.strike_all(when)
    if query.lead:
        said.strike_all(query.lead, "led by ")
    for words in (subject_words(query), *query.unknown):
        for lead in ("for ", "of ", "about ", "and ", ", "):
            said.strike_all(words, lead)
    return True


def actions(said: Sentence, records: Iterable[Record]) -> bool:
    """Strikes an action's number and words, and what it says of lead and dates where that is what it is said to be.

    False where a sentence on an action has not its words.
    """
    named = True
    for a in records:
        if isinstance(a, Action):
            for lead in ("action ", "Action "):
                if a.ref:
                    said.strike_all(f"{lead}{a.ref}:")
            named &= strike_beginning(said, own_words(a)) or strike_beginning(said, flat(a.action).rstrip("."))
            said_so = (("lead: ", a.lead), ("due: ", a.due), ("Due ", a.due), ("to ", a.due), ("from ", a.start))
            for lead, words in (*said_so, ("first ", a.due_was), ("status: ", a.status), ("status ", a.status)):
                said.strike_all(words or "", lead)
            if a.lead and said.left.startswith(f"{a.lead} leads on"):
                said.strike(0, len(a.lead))
        elif isinstance(a, Commitment) and a.owner and said.left.startswith(f"{a.owner} is named"):
            said.strike(0, len(a.owner))
    return named


def dates_and_leads(said: Sentence, records: Iterable[Record]) -> bool:
    """False where an action sentence gives a lead or a date that is not the action's: what follows those words was struck if it is."""
    if not any(isinstance(r, Action) for r in records):
        return True
    ends = [m.end() for pattern in (_FIELD, _DUE) for m in pattern.finditer(said.left)]
    return all(not said.left[end : end + 1].isalnum() for end in ends)


def rule(said: Sentence) -> bool:
    """Strikes the rule an answer was decided by; False where a sentence calls something a rule that is none."""
    if not said.text.startswith("Rule: "):
        return True
    for text in sorted((rule_text(), *(rule_text(c) for c in _COMPARATORS)), key=len, reverse=True):
        said.strike_all(text)
    return not any(ch.isalnum() for ch in said.left[len("Rule: ") :])


def ratings(said: Sentence, records: Iterable[Record]) -> bool:
    """False where a sentence on records gives a rating that none of them has."""
    own = {rating_words(r.rag) for r in records if isinstance(r, Measure | Action)}
    return not own or all(m[1].lower() in own for m in _RATED.finditer(said.left))
