"""How records are said in a sentence. Values are said as printed; nothing is rounded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from app.evidence.called import printed_states
from app.question.when import span_of
from app.types import Derived, Query, Source, Statement
from ingest.lexicon import lexicon
from ingest.types import Action, Measure, Record

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_UNITS = {"percent": "%", "days": " days", "working_days": " working days", "weeks": " weeks", "months": " months"}
_AIMS = {
    ">=": "at least ",
    "<=": "no more than ",
    "<": "under ",
    ">": "over ",
    "=": "",
    "between": "",
    "increase": "an increase",
    "decrease": "a decrease",
}
SIDES = {"=": "", ">=": "at least ", ">": "more than ", "<=": "at most ", "<": "less than "}  # before a number
AIM = 120  # characters of a printed target that are quoted
_SCALED = re.compile(r"\d(k|m)$", re.I)  # "£310k", as a column of thousands gives it: its target is told so too
_SCALES = {"k": 1000, "m": 1000000}
_RATINGS = {"R": "red", "A": "amber", "G": "green", "B": "blue"}


def numbers_in(text: str) -> set[float]:
    """Every number printed in a text."""
    return {float(n.replace(",", "").rstrip(".") or 0) for n in _NUMBER.findall(text)}


def number(value: float) -> str:
    """A number without needless decimals: 85, 17.4."""
    return f"{value:,.10g}" if value == int(value) and abs(value) >= 10000 else f"{value:.10g}"


def with_unit(value: float, unit: str) -> str:
    """A number with its unit: "85%", "£20", "12 weeks", "153"."""
    return f"£{value:,.10g}" if unit == "gbp" else f"{number(value)}{_UNITS.get(unit, '')}"


def value_words(m: Measure) -> str:
    """The value as printed, with the document's own qualifier; "no figure" where none is reported."""
    if m.value is None:
        return "no figure"
    printed = " ".join((m.value_text or "").split())
    if (printed and any(ch.isdigit() for ch in printed)) or not m.value_text:
        words = printed or with_unit(m.value, m.unit)
    else:
        words = with_unit(m.value, m.unit) if m.unit == "percent" else printed
    said = {">": "above ", "<": "under ", ">=": "at least ", "<=": "at most ", "~": "about "}.get(m.qualifier or "", "")
    low = words.lower()
    if any(w in low for w in ("above", "over", "under", "below", "about", "least", "most", "more", "less", "fewer", "than", ">", "<")):
        said = ""
    return said + words


def target_words(m: Measure) -> str | None:
    """ "at least 95%", "an increase"; None without a target."""
    if m.target is None:
        return _AIMS.get(m.comparator) if m.comparator in ("increase", "decrease") else None
    if m.unit == "gbp" and m.target_high is None and (scale := _SCALED.search(m.value_text or "")):
        return _AIMS.get(m.comparator or "", "") + f"£{number(m.target / _SCALES[scale[1].lower()])}{scale[1].lower()}"
    if m.target_high is not None:
        return f"{number(m.target)} to {with_unit(m.target_high, m.unit)}"
    return _AIMS.get(m.comparator or "", "") + with_unit(m.target, m.unit)


def period_words(period: str | None) -> str | None:
    """ "Q2 2019/20", "September 2019", "30 June 2019"; None where the document does not say."""
    span = span_of(period)
    return span.label if span else period


def name_words(m: Measure) -> str:
    """The measure's name with its breakdown, first letter upper case."""
    name = " ".join(m.measure.split())
    if m.breakdown and m.breakdown.lower() not in name.lower():
        name += f" ({m.breakdown})"
    return name[:1].upper() + name[1:]


def figure_words(m: Measure, with_target: bool = True) -> str:
    """One sentence: what was measured, the value, when, and the target."""
    when = period_words(m.period)
    target = target_words(m)
    if m.value is None:
        out = f"{name_words(m)}: no figure reported"
    else:
        out = f"{name_words(m)}: {value_words(m)}" + (f" ({when})" if when else "")
    if with_target and target:
        due = period_words(m.target_period)
        out += f", against a target of {target}" + (f" by {due}" if due and due != when else "")
        out += {
            "off_target": " – below target" if m.comparator in (">=", ">", None) else " – off target",
            "on_target": " – target met",
        }.get(m.status, "")
    return out + "."


def rating_words(rating: str | None) -> str | None:
    """ "amber" for "A"."""
    return _RATINGS.get(rating or "")


def due_words(a: Action) -> str:
    """The due date as printed, with the one first set where another took its place: "May 2025 (first March 2025)"."""
    return f"{a.due}" + (f" (first {a.due_was})" if a.due_was and a.due_was != a.due else "")


def standing_words(a: Action) -> str | None:
    """How an action stands: "status: At risk" as printed, "rated amber" of a colour; None where nothing is said."""
    if a.status and printed_states([a]):
        return f"status: {a.status}"
    return f"rated {rating_words(a.rag)}" if a.rag else None


def span_words(months: tuple[str, ...]) -> str:
    """A stretch of months, as YYYY-MM, in words: "2025" for a whole year."""
    if not months:
        return ""
    first, last = months
    year = first[:4] == last[:4] and (first[5:], last[5:]) == ("01", "12")
    return first[:4] if year else first if first == last else f"{first} to {last}"


def gap(m: Measure) -> float | None:
    """How far a value is from its target, in the measure's unit, positive where it misses; None where it cannot be said."""
    if m.value is None or m.target is None:
        return None
    if m.comparator in ("<=", "<"):
        return m.value - m.target
    if m.comparator == "between" and m.target_high is not None:
        return m.target - m.value if m.value < m.target else m.value - m.target_high
    if m.comparator == "=":
        return abs(m.target - m.value)
    return m.target - m.value


def gap_derived(m: Measure) -> Derived | None:
    """The gap as a number the answer worked out from the two printed ones."""
    distance = gap(m)
    if distance is None or m.value is None or m.target is None:
        return None
    other = m.target_high if m.comparator == "between" and m.target_high is not None and m.value > m.target_high else m.target
    return Derived(abs(distance), "difference", (m.value, other))


def points(value: float, unit: str) -> str:
    """A difference in words: "12 points" for percentages, else with its unit."""
    if unit == "percent":
        return f"{number(value)} point" + ("" if value == 1 else "s")
    return with_unit(value, unit)


_MOVED = {"better": "got better", "worse": "got worse", "same": "stayed the same", "up": "went up", "down": "went down"}


def moved_words(query: Query) -> str:
    """ "went up", "got worse by 10 points or more": how the measures asked for moved."""
    return margin_words(query) if query.margin else _MOVED[query.moved or "same"]


def margin_words(query: Query) -> str:
    """ "missed by 30 points or more", "beaten by 5 points to 10 points", "exactly on target": the margin a question sets."""
    if not query.margin:
        return "exactly on target"
    verb = _MOVED[query.moved] if query.moved else "beaten" if query.statuses == ("on_target",) else "missed"
    side = "more" if query.margin_above else "less"
    size, high = (points(v, query.unit or "percent") if v is not None else None for v in (query.margin, query.margin_high))
    if high:
        return f"{verb} by {size} to {high}"
    return f"{verb} by {size} or {side}" if query.inclusive else f"{verb} by {side} than {size}"


def quoted(text: str, limit: int = 400) -> str:
    """A verbatim quote in quotation marks, cut at a word with an ellipsis only where it is very long."""
    flat = " ".join(text.split()).strip()
    if len(flat) > limit:
        flat = flat[: flat.rfind(" ", 0, limit)] + " …"
    return f"“{flat}”"


def listing(words: Sequence[str]) -> str:
    """ "a, b and c"."""
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1] if words else ""


def statement(
    text: str, records: Iterable[Record] = (), sources: Iterable[Source] = (), derived: Iterable[Derived | None] = ()
) -> Statement:
    """A statement; its records are cited by their own places before any other sources."""
    return Statement(text, tuple(records), tuple(sources), tuple(d for d in derived if d))


def plural(count: int, one: str, many: str | None = None) -> str:
    """ "1 action", "3 actions"."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def own_words(a: Action) -> str:
    """The action's words without its number, where that stands in the cell itself, and without its full stop."""
    text = " ".join(a.action.split()).rstrip(".")
    m = re.match(rf"{re.escape(a.ref)}[.):]?\s+(?=\w)", text) if a.ref else None
    return text[m.end() :] if m else text


def action_name(a: Action, limit: int = 160) -> str:
    """ "action 12: …", the action's own words shortened at a word."""
    text = own_words(a)
    if len(text) > limit:
        text = text[: text.rfind(" ", 0, limit)] + " …"
    return f"action {a.ref}: {text}" if a.ref else text


def subject_words(query: Query) -> str:
    """What was asked about, in words, for a refusal."""
    own = dict(query.spelt)
    return listing([own.get(t) or lexicon().words_of(t) for t in query.topic]) or "that"


def led_words(query: Query) -> str:
    """By whom the actions asked for are led, alone or with others; empty where it is not asked."""
    if query.lead:
        return f"led by {query.lead}" + ("" if query.shared is None else " with others" if query.shared else " alone")
    return "" if query.shared is None else f"led by {'more than one' if query.shared else 'one alone'}"
