"""Sentences that carry a figure, at the time asked: what a question for a number is answered with where no record is near enough."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from app.evidence.desk import Desk, content
from app.evidence.figures import documents_for
from app.evidence.match import match
from app.evidence.passages import Sentence, candidates, choose
from app.question.topic import GENERIC
from app.question.when import meets, mentions, span_of
from app.question.where import latest, years_of
from app.types import Query, Question, Span
from ingest.lexicon import lexicon, stem, tokens

_DIGIT = re.compile(
    r"\d|\bone(?= (?:child|young|family|case|action|person|member|of|in)\b)"
    r"|\b(?:none|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half)\b",
    re.I,
)
NUMBERING = re.compile(r"^\(?(?:\d{1,3}[.)]|\d{1,3}(?:\.\d{1,2})+\.?)\s")
_LASTING = r"(?:seconds?|minutes?|hours?|days?|nights?|weeks?|fortnights?|months?|years?)"
_LONG = re.compile(r"\bhow (?:long|old|soon|quick)|\b(?:days|weeks|months|years|hours|duration|length|time)\b", re.I)
_DURATION = re.compile(r"\b\d+(?:\s?[-–]\s?\d+)?\s*(?:working |calendar )?(?:days?|weeks?|months?|years?|hours?)\b", re.I)
_TIME = re.compile(  # a length of time, in words too, or a number for one beside the name of its unit: "(days) 68 57 54"
    rf"\b(?:\d[\d.]*|half an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|an?)[ -]?(?:\w+ )?{_LASTING}\b"
    rf"|\b{_LASTING}\b.*\d",
    re.I,
)
# a web or mail address, a telephone number, a postcode, the first of two days ("10 to 21 July"): digits that count nothing
_ADDRESS = re.compile(
    r"https?://\S+|\bwww\.\S+|\S+@\S+\.\w+|(?<![\d.,])(?:\+44|0\d{2,4})[ -]?\d{3,4}[ -]?\d{3,4}\b|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"
    r"|\b\d{1,2}\s?(?:to|and|[-–])\s?(?=\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]{2,8}\b)"
)
OWN_WORDS = 0.2  # the share of the question a sentence must hold in its own words, not only in its row's or heading's
_MONEY = re.compile(r"£|\b(?:million|pounds?)\b", re.I)
_REACHED = re.compile(r"\bhow (?:many|much)\b.{0,60}\b(?:got|received|completed|finished|went|came|left|joined)\b", re.I)
_HOW_MANY = re.compile(r"\bhow many (?:\w+ )??([a-z]+)\b", re.I)
_AIMED = re.compile(r"\b(?:to be|planned|plan(?:s|ning)? to|aim\w*|targets?|meant|intend\w*|supposed|will|going to|wants?|wanted)\b", re.I)
TWOFOLD = re.compile(
    r"\band (?:\w+ )?(?:how|when|who|what|which|where|why)\b"
    r"|\band (?:is|was|are|were|does|do|did|has|have|will) (?:that|this|it|they|those|these)\b",
    re.I,
)
SUM = re.compile(r"£\s?\d|\b\d[\d,.]*\s?(?:million|pounds?|k)\b", re.I)  # an amount of money
_PERCENT = re.compile(
    r"\d\s*%|per ?cent"
    r"|\b(?:half|thirds?|quarters?|(?:one|two|three|four|five|six|seven|eight|nine) (?:in|out of) \w+) of\b|\bin (?:ten|five|four|three)\b",
    re.I,
)


def search_text(query: Query, question: Question) -> str:
    """What passages are searched for: the question, after the one whose subject it inherits."""
    return " ".join([*question.history[-1:], question.text] if query.inherited else [question.text])


def timely(text: str, document: str, spans: Iterable[Span], desk: Desk) -> bool:
    """True where a text of a document can speak for one of the spans: it names such a time, or its document is for it."""
    wanted = list(spans)
    own = [m.span for m in mentions(text) if m.span]
    entry = desk.entry(document)
    period = span_of(entry.period) if entry else None
    if any(meets(w, o) for w in wanted for o in ((*own, period) if period else own)):
        return True
    years = years_of(entry) if entry else ()
    return any(w.whole and w.last - w.first == 11 and w.first % 12 == 0 and w.first // 12 in years for w in wanted)


def passages(
    query: Query, question: Question, asked: Mapping[str, float], desk: Desk, spans: tuple[Span, ...], limit: int = 3
) -> list[Sentence]:
    """Sentences with numbers that speak of what was asked, at the time asked; the fewest that cover it."""
    names = sorted(documents_for(query, desk))
    found = [
        s
        for s in candidates(search_text(query, question), asked, desk, names)
        if _DIGIT.search(s.text)  # told at once, for most; then without what counts nothing
        and _DIGIT.search(_without(s.text if _LONG.search(question.text) else _without_dates(s.text), question.text))
    ]
    if not _AIMED.search(question.text):
        found = [s for s in found if _reports(s, spans, desk)]
    if query.unit == "gbp":
        found = [s for s in found if _MONEY.search(s.text)]
    found = [s for s in found if match(asked, s.name, frozenset(), desk).coverage >= OWN_WORDS]
    if query.unit == "percent":
        found = [s for s in found if _PERCENT.search(s.text)]
    if query.unit == "time" and "count" not in query.wanted and not TWOFOLD.search(question.text):
        found = [s for s in found if _TIME.search(s.text)]
    if spans or _REACHED.search(question.text):
        found = [s for s in found if not aims_only(s, desk)]
    subject = {t for t in query.topic if t.startswith("@") and t not in GENERIC}
    if len(query.facets) < 2 and not TWOFOLD.search(question.text):
        found = [s for s in found if all(holds(s, t) for t in subject)]
    if "count" in query.wanted and len(asked) < 3:
        found = [s for s in found if counts(s.text, query) or _counts_them(s.text, question.text)]
    if spans:
        found = [s for s in found if timely(s.text, s.chunk.place.document, spans, desk)]
    elif "newest" in query.wanted and found:
        found = _latest(found, desk)

    def bonus(s: Sentence) -> float:
        percent = bool(_PERCENT.search(s.text))
        right = 0.06 if query.unit == "percent" and percent else 0.0
        return right + (0.05 if re.search(r"\d", s.text) else 0.0)

    return choose(found, asked, limit, bonus)


def _reports(sentence: Sentence, spans: tuple[Span, ...], desk: Desk) -> bool:
    """False for a row of a measure that has no value, or none for the times asked: "no data" at quarter 2 is not quarter 1's figure."""
    if sentence.chunk.kind != "row":
        return True
    held = [m for r in sentence.chunk.records for m in desk.measures_of(r)]
    reported = [span_of(m.period) for m in held if m.value is not None]
    return not held or any(t is None or not spans or any(meets(s, t) for s in spans) for t in reported)


def _without(text: str, question: str) -> str:
    """The text without the numbers that the question itself says: "16 and 17 year-olds" does not tell how many of them there are."""
    own = set(re.findall(r"\d[\d,.]*", question))
    return re.sub(r"\d[\d,.]*", lambda m: "" if m[0] in own else m[0], text)


def holds(sentence: Sentence, term: str) -> bool:
    """True where a sentence, its row, heading or neighbour says the very term, or a narrower one: a near one is another subject."""
    said = sentence.name | sentence.around | content(lexicon().terms(sentence.chunk.text))
    return term in said or any(n in said for n in lexicon().narrower.get(term, ()))


def _latest(found: list[Sentence], desk: Desk) -> list[Sentence]:
    """Sentences of the latest document that speaks of most of what the best one does."""
    enough = [s for s in found if s.coverage >= 0.6 * max(s.coverage for s in found)]
    last = latest([e for e in desk.entries if e.name in {s.chunk.place.document for s in enough}])
    return [s for s in found if last is None or s.chunk.place.document == last.name]


def _without_dates(text: str) -> str:
    """The text without its leading list number, its dates and its addresses: what is left holds a figure or does not."""
    text = _ADDRESS.sub(" ", text)
    for m in reversed(mentions(text)):
        text = text[: m.start] + " " + text[m.end :]
    return _DURATION.sub(" ", NUMBERING.sub("", text))


def aims_only(sentence: Sentence, desk: Desk) -> bool:
    """True where a sentence's only numbers are targets that no value is reported for."""
    text = _without_dates(sentence.text)
    shares = re.findall(r"(\d[\d,]*(?:\.\d+)?)\s*(?:%|per ?cent)", text)
    said = {float(n.replace(",", "").rstrip(".")) for n in shares or re.findall(r"\d[\d,]*(?:\.\d+)?", text)}
    near = [m for r in sentence.chunk.records for m in desk.measures_of(r)]
    aims = {v for m in near if m.value is None for v in (m.target, m.target_high) if v is not None}
    values = {v for m in near for v in (m.value, m.value_high) if v is not None}
    return bool(said) and said <= aims and not said & values


def _counts_them(text: str, question: str) -> bool:
    """True where a number stands before the noun that "how many" asks the number of: "46 people who had waited"."""
    asked = _HOW_MANY.search(question)
    words = tokens(text)
    noun = stem(asked[1].lower()) if asked else ""
    return bool(noun) and any(w.isdigit() and noun in {stem(a) for a in words[i + 1 : i + 4]} for i, w in enumerate(words))


def counts(text: str, query: Query) -> bool:
    """True where a number, not a percentage, stands within three words of what is counted."""
    lex = lexicon()
    words = tokens(text)
    subject = [(a, b) for term, a, b in lex.spans(words) if term in query.topic]
    numbers = [i for i, w in enumerate(words) if w.isdigit() and (i == 0 or words[i - 1] not in ("of", "age", "over", "under", "aged"))]
    return any(a - 3 <= n < b + 2 for a, b in subject for n in numbers)
