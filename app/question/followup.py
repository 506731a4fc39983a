"""Follow-up questions: what they leave out is taken from the question before."""

from __future__ import annotations

import re
from dataclasses import replace

from app.evidence.desk import Desk
from app.evidence.figures import asked_for, documents_for
from app.evidence.match import match
from app.question.cues import group
from app.question.leads import led_list
from app.question.when import mentions, month_span, moved, quarter_beside
from app.types import Query, Span
from ingest.lexicon import lexicon

_LEANING = re.compile(rf"^(?:{group('joining')})\b|\b{group('leaning')}\b", re.I)
_BACK = r"(?:a|one|the) (?P<u>year|quarter|month) (?:earlier|before|ago|previously|prior)|(?:the )?previous (?P<u2>year|quarter|month)"
_EARLIER = re.compile(rf"\b(?:{_BACK}|(?P<l>(?:a|one) year later))\b", re.I)
_OWN = re.compile(
    r"\b(?:council|authority|service|partnership|board)\b[^.?!]{0,40}?\b(?:its|their)\b", re.I
)  # "the council pay its carers"
_THEM = re.compile(r"\b(?:of|among|amongst) (?:them|those|these)\b(?! \w+(?:s|ed)\b)", re.I)
_HOW_MANY = re.compile(r"\bhow many\b", re.I)
_NARROWING = ("statuses", "rags", "lead", "due_after", "due_before", "part", "pages", "heading", "absent", "states", "called", "completed")
_TIMES = ("spans", "periods", "period_text")
_SCOPE = (*_TIMES, "documents", "authorities", "authority", "unit")
_OPENS = re.compile(r"(?:and|but|what about|how about|same for|just|only|for|or|ok)\b", re.I)
_MONTHS = {"year": 12, "quarter": 3, "month": 1}


def leans_back(text: str, query: Query) -> bool:
    """True where the question cannot stand alone: it points back, or opens with a joining word, or names no subject."""
    if query.intent in ("documents", "out_of_scope", "contents"):
        return False
    if query.intent == "briefing" and (query.documents or query.authorities) and not query.topic:
        return False  # a plan asked about by its name or its council's is a subject of its own
    words = len(text.split())
    conditioned = (
        query.statuses or query.rags or query.states or query.lead or query.refs or query.due_before or query.due_after or query.order
    )
    bare = not query.topic and not conditioned and query.above is None and query.below is None and query.target is None
    return bare or (bool(_LEANING.search(_OWN.sub(" ", text.strip()))) and words <= 14)


def _same_class(a: str, b: str) -> bool:
    return any(a in group and b in group for group in lexicon().alternatives)


def _next(text: str, after: Span) -> tuple[Span, ...]:
    """The first of each month without a year that comes after a time: what is aimed for "by December and then by March" lies ahead."""
    ahead: list[Span] = []
    last = after.last
    for month in (m.open_last for m in mentions(text) if m.kind == "open month" and m.open_last is not None):
        last = last + 1 + (month - last - 1) % 12
        ahead.append(month_span(last // 12, last % 12 + 1))
    return tuple(ahead)


def _of_them(query: Query, earlier: Query, text: str) -> Query:
    """ "How many of them were green?" counts what was listed before, under its conditions and the new ones."""
    if not _THEM.search(text) or earlier.intent not in ("actions", "measures", "count"):
        return query
    listed = "actions" if earlier.intent == "actions" or "actions" in earlier.wanted else "measures"
    kept = {name: getattr(earlier, name) for name in _NARROWING if not getattr(query, name) and getattr(earlier, name)}
    how = "count" if _HOW_MANY.search(text) else listed
    wanted = tuple(dict.fromkeys((listed, *earlier.wanted))) if how == "count" else earlier.wanted
    return replace(query, intent=how, wanted=wanted, **kept)


_THAT_LEAD = re.compile(
    rf"\b(?:that|the same|this|said) (?:\w+ )?(?:{group('office')}|person|lead|team|post|post-?holder|individual|official|colleague)\b"
    r"|\b(?:he|she|they)\b(?=.{0,40}\b(?:lead|leading|own|owns|responsible|charge|doing|handling|got))",
    re.I,
)
_OTHER = re.compile(r"\b(?:other|others|else|also|another|more|besides)\b", re.I)
_LEADING = 0.4  # coverage from which an action is the one whose lead was asked for


def of_that_lead(query: Query, earlier: Query, text: str, desk: Desk) -> Query:
    """ "What other milestones is that officer responsible for?": the actions of the lead that the earlier question came to."""
    to_do = query.called or led_list(text) or re.search(rf"\b{group('things')}\b", text, re.I)
    if not to_do or not _THAT_LEAD.search(text) or query.lead or _WHO.search(text):
        return query
    asked, names = asked_for(earlier, desk), documents_for(earlier, desk)
    led = [a for a in desk.actions if a.record.place.document in names and a.record.lead]
    scored = [(match(asked, a.name, a.context, desk), a.record) for a in led]
    best, meant = max(scored, key=lambda p: p[0].score, default=(None, None))
    if best is None or meant is None or (best.coverage < _LEADING and not earlier.lead):
        return query
    return replace(
        query,
        intent="count" if query.intent == "count" or re.search(r"\bhow many\b", text, re.I) else "actions",
        wanted=("actions",) if query.intent == "count" else (),
        lead=earlier.lead or meant.lead,
        other_than=(meant.id,) if _OTHER.search(text) and not earlier.lead else (),
        topic=(),
        facets=(),
        context=(),
        documents=query.documents or earlier.documents,
        authorities=query.authorities or earlier.authorities,
        inherited=(*query.inherited, "lead"),
    )


_WHO = re.compile(r"^\W*(?:and |so |but )*who\b", re.I)


def inherit(query: Query, earlier: Query, text: str) -> Query:
    """The query with what it leaves out filled from the earlier one; `inherited` names the fields taken over."""
    query = _of_them(query, earlier, text)
    unasked = _asks_nothing(query, text)
    intent, wanted = (earlier.intent, earlier.wanted) if unasked else (query.intent, query.wanted)
    if intent == "progress" and earlier.intent in ("target", "figure"):
        intent, wanted = "figure", ("value",)  # "are we near it?" asks for the figure
    kept = tuple(t for t in earlier.topic if not any(_same_class(t, n) for n in query.topic))
    kept += tuple(t for t in earlier.context if t not in kept and t not in query.topic)
    topic, context = (query.topic, kept) if query.topic else (kept, ())
    spans = _times(query, earlier, intent, text)
    fields = _left_out(query, earlier, intent, retimed=bool(query.spans or spans))
    changes: dict[str, object] = {name: getattr(earlier, name) for name in fields}
    if spans:
        changes |= {"spans": spans, "period_text": ", ".join(s.label for s in spans)}
    inherited = (*(["intent"] if unasked else []), *(["topic"] if kept else []), *fields)
    return replace(query, intent=intent, wanted=wanted, topic=topic, context=context, inherited=inherited, **changes)  # type: ignore[arg-type]


def _asks_nothing(query: Query, text: str) -> bool:
    """True where a question does not say what it wants to know: "and for Camden?"."""
    opens = query.intent in ("explain", "progress") and _OPENS.match(text.strip())
    return bool(opens) or (query.intent in ("explain", "figure") and not query.wanted)


def _times(query: Query, earlier: Query, intent: str, text: str) -> tuple[Span, ...]:
    """The times that a question means by the earlier one's: beside them, next after them, another quarter, a year before; else none."""
    if not earlier.spans:
        return ()
    if query.spans and intent in ("trend", "compare") and not (set(query.spans) & set(earlier.spans)):
        return (*earlier.spans, *query.spans)  # "is that up on Q2?" sets the two times side by side
    if intent == "target" and (ahead := _next(text, earlier.spans[-1])):
        return ahead
    quarter = next((m.open_last for m in mentions(text) if m.kind == "open quarter" and m.open_last is not None), None)
    if quarter is not None:
        return (quarter_beside(earlier.spans[-1].last, quarter),)
    if shift := _EARLIER.search(text):
        months = 12 if shift["l"] else -_MONTHS[(shift["u"] or shift["u2"]).lower()]
        return tuple(moved(s, months) for s in earlier.spans)
    return ()


def _left_out(query: Query, earlier: Query, intent: str, retimed: bool) -> tuple[str, ...]:
    """The fields that a question leaves out and the earlier one sets: where and when it is asked of, which part, its conditions."""
    names = [name for name in _SCOPE if not (retimed and name in _TIMES)]
    beside = intent in ("trend", "compare") and bool(query.spans)  # the time named is beside those of the documents
    later = intent == "progress" and earlier.intent != "progress" and not query.spans  # what became of it, a later document tells
    if beside or later:
        names.remove("documents")
    if not query.topic and not query.refs and not query.part:  # "and what was its end date?": of the action asked about before
        names += ["refs", "part"]
    if intent == earlier.intent and intent in ("measures", "actions", "count"):
        names += ["statuses", "rags", "lead", "due_after", "due_before", "called"]
    return tuple(name for name in names if not getattr(query, name) and getattr(earlier, name))
