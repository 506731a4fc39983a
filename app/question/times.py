"""The times of a question, settled against the periods the library holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.evidence.desk import Desk
from app.evidence.under import DIGITS
from app.question.when import Mention, mentions, moved, quarter_beside, resolve, span_of
from app.types import Span

_NOW = re.compile(
    r"\b(?:now|currently|current|at the moment|at present|today|these days|latest|lately|recently|(?<!up )to date|most recent)\b", re.I
)


_BEFORE_IT = re.compile(r"\b(?:previous|preceding|prior|earlier|last)\b", re.I)
_JOINED = re.compile(r"\W*(?:and|to|or|with|against|vs|then|from|[-–])(?: (?:the|from|in))?\W*", re.I)
_SINCE = re.compile(r"\bsince\b[^.?!]{0,45}$", re.I)
_END_OF = re.compile(
    r"\b(?:by |at |to |as at |since |until )?(?:the )?(?:very )?(?:end|start|beginning|close) of\b(?=\s*(?:[,.?)]|$|\s\s|and\b|in\b))", re.I
)
_OF_TARGET = re.compile(r"\s*(?:year[- ]end |annual )?(?:targets?|goals?|ambitions?)\b", re.I)


_YEAR_OF = re.compile(
    rf"\b(?:(?:in|for|of|during|under|into|from|by the end of|at the end of|until) )?"
    rf"(?:the |our |their )?year (?P<n>[1-9]|{'|'.join(DIGITS)})\b(?!\s?\d)",
    re.I,
)


@dataclass(frozen=True)
class Times:
    """The times a question names, `rest` the text without them; `unresolved` are quarters of no known year, `newest`: "now"."""

    rest: str
    spans: tuple[Span, ...]
    text: str | None
    unresolved: tuple[str, ...]
    newest: bool


def times_in(text: str, desk: Desk, documents: frozenset[str] = frozenset()) -> Times:
    """Reads all times; an open quarter or month is the latest of its kind that the documents report for, else the library."""
    everything = mentions(text)
    firm = min((m.span.last for m in everything if m.span), default=None)
    everything = [_with_its_year(m, after, text) for m, after in zip(everything, (*everything[1:], None), strict=False)]
    settled = [(m, span) for m in everything for span in [_settled(m, text, firm, documents, desk)]]
    found = [(m, span) for m, span in settled if span]
    missing = tuple(text[m.start : m.end] for m, span in settled if span is None and m.kind == "open quarter")
    spans = tuple(dict.fromkeys(s for _, s in _reported(found, text, desk)))
    spans = tuple(s for s in spans if not (s.whole and any(not o.whole and s.first <= o.last <= s.last for o in spans)))
    said = ", ".join(s.label for s in spans) or None
    return Times(_NOW.sub(" ", _without(text, [m for m, _ in found])), spans, said, missing, bool(_NOW.search(text)))


def _with_its_year(m: Mention, after: Mention | None, text: str) -> Mention:
    """ "Between Quarter 2 and Quarter 3 of 2023/24": a quarter joined to one with a year is of that year."""
    joined = after is not None and _JOINED.fullmatch(text[m.end : after.start])
    if m.kind != "open quarter" or m.open_last is None or not joined or after is None or after.span is None or after.span.whole:
        return m
    return replace(m, span=quarter_beside(after.span.last, m.open_last))


def _settled(m: Mention, text: str, firm: int | None, documents: frozenset[str], desk: Desk) -> Span | None:
    """The span that a time of the text is for; `firm`: the earliest month by which a time of the text that bears its year ends."""
    span = m.span or _held(m, documents, desk)
    if span is None:
        return None
    if m.span is None and firm is not None and _BEFORE_IT.search(text[max(0, m.start - 25) : m.end]):
        while span.last >= firm:
            span = moved(span, -12)
    if _SINCE.search(text[: m.start]) or text[m.start :].lower().startswith("since"):
        return Span(span.first, span.first + 1200, f"since {span.label}", whole=True)
    return span


def _held(m: Mention, documents: frozenset[str], desk: Desk) -> Span | None:
    """The latest quarter or month of its kind that is reported for, first of all by the documents asked about."""
    within = desk.reported_in(documents) if documents else ()
    return (
        resolve(m, [s for s in desk.reporting if s in within])
        or (resolve(m, within, firm=False) if m.kind == "open month" else None)
        or resolve(m, desk.reporting)
        or resolve(m, desk.spans, firm=False)
        or _this_year(m, desk)
    )


def _without(text: str, found: Sequence[Mention]) -> str:
    """The text without its times, and without "by the end of" before one."""
    for m in reversed(found):
        text = text[: m.start] + " " + text[m.end :]
    return _END_OF.sub(" ", text)


def _reported(found: list[tuple[Mention, Span]], text: str, desk: Desk) -> list[tuple[Mention, Span]]:
    """Those of the times that figures are asked for: the date that a target is for ("its March 2026 target") is none, where another time
    is named or nothing is reported for so late a date."""
    last = max((s.last for s in desk.spans), default=0)
    aims = [f for f in found if _OF_TARGET.match(text, f[0].end) and (f[1].first > last or len(found) > 1)]
    others = [f for f in found if f not in aims]
    return others if others or all(s.first > last for _, s in aims) else found


def _this_year(m: Mention, desk: Desk) -> Span | None:
    """A quarter that nothing is held for: that of the year the latest document reports on."""
    if m.kind != "open quarter" or m.open_last is None or not desk.reporting:
        return None
    last = max((s.last for s in desk.reporting if not s.whole), default=desk.reporting[-1].last)
    return quarter_beside(last, m.open_last)


def without_own_year(text: str, documents: frozenset[str], desk: Desk) -> str:
    """The text without "Year 2" where a document of those asked says of which time that is ("Year 2 2024/25", "Year 2 review")."""

    def own(m: re.Match[str]) -> str:
        told = re.compile(rf" year {DIGITS.get(m['n'].lower(), m['n'])} (?:20\d\d|review|report|update|progress|\w+ 20\d\d) ")
        return " " if any(told.search(desk.printed.text(name)) for name in documents) else m[0]

    return _YEAR_OF.sub(own, text)


_A_YEAR = r"\byear (?P<n>[1-5]|one|two|three|four|five)\b(?! (?:pupils?|children|students?|groups?|olds?))"
_COVERS = re.compile(
    _A_YEAR + r"(?:[\s,:(–-]|covers?|is|runs?|from|means|starts?|the)*"
    r"(?P<when>(?:\d{1,2} )?[A-Za-z]{3,9} 20\d\d.{0,30}|20\d\d.{0,6})",
    re.I,
)


def with_plan_years(text: str, documents: frozenset[str], desk: Desk) -> str:
    """The text with "Year 2" as the council year that a document of those asked gives it ("Year 2 covers 1 April 2024 to 31 March 2025"),
    or that follows from the year it gives another."""
    if not re.search(_A_YEAR, text, re.I):
        return text
    said = (m for c in desk.passages if c.place.document in documents for m in _COVERS.finditer(c.text))
    known = next(((int(DIGITS.get(m["n"].lower(), m["n"])), first) for m in said if (first := _starts(m["when"])) is not None), None)
    if known is None:
        return text

    def dated(m: re.Match[str]) -> str:
        year = known[1] + int(DIGITS.get(m["n"].lower(), m["n"])) - known[0]
        return f"{year}/{(year + 1) % 100:02d}"

    return re.sub(_A_YEAR, dated, text, flags=re.I)


def _starts(when: str) -> int | None:
    """The year in whose April a council year starts that a text names first; None where it names none."""
    span = next((m.span for m in mentions(when) if m.span), None)
    return span.first // 12 if span and span.first % 12 == 3 and span.last - span.first in (0, 11) else None


def with_due_years(text: str, documents: frozenset[str], desk: Desk) -> str:
    """The text with a year beside each month that has none: of those in which actions of the documents fall due, the one nearest to the
    last time that a document of theirs tells of."""
    open_months = [m for m in mentions(text) if m.kind == "open month" and m.open_last is not None]
    if not open_months:
        return text
    due = {a.record.due_iso[:7] for a in desk.actions if a.record.place.document in documents and a.record.due_iso}
    ends = [s.last for e in desk.entries if e.name in documents and e.actions and (s := span_of(e.period))]
    for m in reversed(open_months):
        held = [int(d[:4]) * 12 + (m.open_last or 0) for d in due if int(d[5:7]) - 1 == m.open_last]
        if held and ends:
            best = min(held, key=lambda month: (abs(month - max(ends)), month))
            text = f"{text[: m.end]} {best // 12}{text[m.end :]}"
    return text
