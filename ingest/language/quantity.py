"""Quantities as plans print them: percentages, counts, money, lengths of time, ranges, fractions, numbers in words, and their qualifiers.

Numbers that measure nothing are left out: dates, ages, names (Team 1, S47, Phase 2), ordinals, codes (1-2-1), paragraph numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from ingest.language.period import periods
from ingest.language.words import any_of, groups, numbers, words
from ingest.types import Unit


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number at `start:end` of a text, with its qualifier and unit words. `value` is None where digits are lost or vague ("£1.m").

    `high` is the upper end of a range, `of` the whole a fraction was taken of; `printed` is the text as it stands, `unit_word` what
    was printed as the unit ("hours" and "years" have no unit of their own in the contract).
    """

    start: int
    end: int
    printed: str
    value: Decimal | None
    high: Decimal | None
    unit: Unit
    qualifier: str | None
    of: Decimal | None = None
    unit_word: str | None = None
    in_words: bool = False

    @property
    def is_duration(self) -> bool:
        """Whether the quantity is a length of time."""
        return self.unit_word in ("days", "working_days", "weeks", "months", "hours", "years")


_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_DASH = r"[-–—]"


@cache
def _number() -> str:
    return rf"(?:{_DIGITS}|{any_of(numbers('numbers'))})"


@cache
def _unit() -> str:
    # Units may be glued to their number ("24hr"), so only their end is a word's end.
    forms = {name: sorted(listed, key=len, reverse=True) for name, listed in groups("units").items()}
    parts = [rf"(?P<{name}>(?:{'|'.join(re.escape(f).replace(chr(92) + ' ', chr(92) + 's+') for f in listed)})(?!\w))" for name, listed in forms.items()]
    return rf"(?:\s?%|[\s-]*(?:{'|'.join(parts)})|(?P<rate>\s+per\s+[\d,]+(?:\s+of\s+the)?(?:\s+population)?)|x(?=\s))"


@cache
def _pattern() -> re.Pattern[str]:
    scale = "|".join(re.escape(w) for forms in groups("scales").values() for w in sorted(forms, key=len, reverse=True))
    before = "|".join(any_of(forms) for forms in groups("qualifiers.before").values())
    after = "|".join(any_of(forms) for forms in groups("qualifiers.after").values())
    number = _number()
    return re.compile(
        rf"(?P<before>(?:{before})\s*(?:a\s+)?)?"
        rf"(?P<pound>£\s?)?"
        rf"(?:(?P<lost>\d+\.)(?=\s?(?:m|k|bn)\b)|(?P<low>(?<![\w.]){number})(?P<lowpc>\s?%)?(?:(?P<sep>\s*{_DASH}\s*|\s+to\s+|\s+and\s+)(?P<high>{number}))?)"
        rf"(?P<scale>\s?(?:{scale})\b)?"
        rf"(?P<unit>{_unit()})?"
        rf"(?P<after>\s*(?:{after}))?"
        rf"(?:(?P<over>\s*/\s*|\s+out\s+of\s+(?:the\s+)?|\s+of\s+the\s+|\s+of\s+)(?P<whole>{number})(?![\w/]|\.\d|\s?%))?",
        re.I,
    )


def quantities(text: str) -> list[Quantity]:
    """Every quantity of the text that could be a figure or a target, in order, none overlapping."""
    blocked = _blocked(text)
    found: list[Quantity] = []
    at = 0
    while m := _pattern().search(text, at):
        at = m.end()
        start, end = m.start("lost") if m["lost"] else m.start("low"), m.end()
        if any(blocked[start:end]):
            at = start + max(1, len(m["lost"] or m["low"]))
            continue
        if (quantity := _read(m, text)) is not None:
            found.append(quantity)
            at = quantity.end
        else:
            at = start + max(1, len(m["lost"] or m["low"]))
    return found + _shares(text) + _vague(text)


def zeros(text: str) -> list[Quantity]:
    """ "No", "none", "zero", "nil" and "both" as quantities of value 0 or 2: for the callers that know a count is meant."""
    return [
        Quantity(m.start(), m.end(), m[0], Decimal(2 if m[0].lower() == "both" else 0), None, "count", None, in_words=True)
        for m in re.finditer(r"(?<![\w.])(?:no|none|nil|zero|both)(?!\w)(?!\.\s?\d)", text, re.I)
    ]


def _read(m: re.Match[str], text: str) -> Quantity | None:
    """The quantity of a match; parts the pattern took too much of (a range that is none, a whole that is none) are given back."""
    if m["lost"]:
        return Quantity(m.start("lost") - len(m["pound"] or ""), m.end("scale"), m[0].strip(), None, None, "gbp" if m["pound"] else "other", None)
    low = _decimal(m["low"])
    low_end = m.end("lowpc") if m["lowpc"] else m.end("low")
    high = _decimal(m["high"]) if m["high"] else None
    if m["high"] and not _is_range(m, low, high, text):
        return _shortened(m, text, low, low_end)
    end = m.end("after") if m["after"] else m.end("unit") if m["unit"] else m.end("scale") if m["scale"] else m.end("high") if m["high"] else low_end
    whole = _decimal(m["whole"]) if m["whole"] else None
    if whole is not None and _is_fraction(m, low, whole):
        return _fraction(m, text, low, whole)
    factor = _factor(m["scale"]) if m["scale"] and (m["pound"] or len(m["scale"].strip()) > 2) else Decimal(1)
    if m["scale"] and factor == 1 and not m["unit"]:
        return None  # "5m", "30k" without a pound sign: a length or a code
    unit, unit_word = _unit_of(m)
    start = m.start("pound") if m["pound"] else m.start("low")
    qualifier = _qualifier(m)
    first = m.start("before") if qualifier and m["before"] else start
    if text[end : end + 1].isalpha():
        return None  # a code or postcode: "4DU"
    return Quantity(
        first, end, text[first:end].strip(), low * factor, high * factor if high is not None else None, unit, qualifier, None, unit_word, not m["low"][0].isdigit()
    )


def _shortened(m: re.Match[str], text: str, low: Decimal, low_end: int) -> Quantity | None:
    """The first number of "102 to 75": two figures, not a range."""
    qualifier = _qualifier(m) if m["before"] else None
    start = m.start("before") if qualifier else m.start("pound") if m["pound"] else m.start("low")
    unit: Unit = "percent" if m["lowpc"] else "gbp" if m["pound"] else "count"
    if unit == "count" and m["sep"].strip() in ("-", "–", "—"):
        return None  # "14-16" that is no range is a code
    return Quantity(start, low_end, text[start:low_end].strip(), low, None, unit, qualifier, None, unit if unit != "count" else None, not m["low"][0].isdigit())


def _fraction(m: re.Match[str], text: str, part: Decimal, whole: Decimal) -> Quantity:
    return Quantity(m.start("low"), m.end("whole"), text[m.start("low") : m.end("whole")], part, None, "count", None, whole, None, not m["low"][0].isdigit())


def _is_fraction(m: re.Match[str], part: Decimal, whole: Decimal) -> bool:
    plain = not (m["unit"] or m["high"] or m["pound"] or m["scale"])
    return plain and 0 < whole and part <= whole and (m["over"].strip() != "of" or whole > 1)


def _is_range(m: re.Match[str], low: Decimal, high: Decimal | None, text: str) -> bool:
    if high is None or high <= low or (m["lowpc"] and "%" not in (m["unit"] or "")):
        return False
    lead = text[: m.start("low")].rstrip().lower()
    if m["sep"].strip().lower() == "and":
        return lead.endswith("between")
    if m["sep"].strip().lower() == "to":
        return not re.search(r"\b(?:from|fomr|rising|rose|risen|increas\w+|reduc\w+|fell|fall\w*|improv\w+|up|down|low of|high of|dropp\w+)$", lead)
    return True


def _factor(scale: str) -> Decimal:
    return next(Decimal(factor) for factor, forms in groups("scales").items() if scale.strip().lower() in forms)


def _unit_of(m: re.Match[str]) -> tuple[Unit, str | None]:
    if m["pound"]:
        return "gbp", "gbp"
    if m["lowpc"] or (m["unit"] or "").strip().startswith("%"):
        return "percent", "percent"
    if m["rate"]:
        return "other", "rate"
    for name in groups("units"):
        if m[name]:
            plain: dict[str, Unit] = {"percent": "percent", "days": "days", "working_days": "working_days", "weeks": "weeks", "months": "months"}
            return plain.get(name, "other"), name
    return "count", None


def _qualifier(m: re.Match[str]) -> str | None:
    for where, section in (("before", "qualifiers.before"), ("after", "qualifiers.after")):
        if m[where]:
            said = re.sub(r"\s+a$", "", " ".join(m[where].lower().split()))
            for sign, forms in groups(section).items():
                if said in forms or said.rstrip(".") in forms:
                    return sign
    return None


def _decimal(text: str) -> Decimal:
    word = text.lower()
    return Decimal(str(int(numbers("numbers")[word]))) if word in numbers("numbers") else Decimal(text.replace(",", ""))


def _shares(text: str) -> list[Quantity]:
    """ "Half of", "two thirds of" … as percentages."""
    out = []
    for m in re.finditer(rf"(?P<share>{any_of(numbers('shares'))})(?=\s+of\s+(?!a\b|the\s+year))", text, re.I):
        value = Decimal(str(numbers("shares")[" ".join(m["share"].lower().split())]))
        lead = re.search(rf"(?:{'|'.join(any_of(forms) for forms in groups('qualifiers.before').values())})\s+$", text[: m.start()], re.I)
        start = lead.start() if lead else m.start()
        said = lead[0].strip().lower() if lead else ""
        qualifier = next((sign for sign, forms in groups("qualifiers.before").items() if said in forms), "~" if value % 5 else None)
        out.append(Quantity(start, m.end(), text[start : m.end()], value, None, "percent", qualifier, None, "percent", True))
    return out


def _vague(text: str) -> list[Quantity]:
    """ "High 20's to 30s": said, but no number."""
    tens = r"(?:(?:low|mid|high)\s+)?\d0['’]?s"
    pattern = rf"(?<!\w)(?:low|mid|high)\s+\d0['’]?s(?:\s+(?:to|and)\s+{tens})?(?!\w)"
    return [Quantity(m.start(), m.end(), m[0], None, None, "count", "~") for m in re.finditer(pattern, text, re.I)]


@cache
def _blocks() -> tuple[re.Pattern[str], ...]:
    number = r"\d+(?:\.\d+)*"
    before_age, after_age = any_of(words("ages", "before")), any_of(words("ages", "after"))
    people = any_of(words("ages", "people"))
    return tuple(
        re.compile(p, re.I)
        for p in (
            rf"(?<!\w){people}\s+(?:aged\s+)?(?:over|under|above|below)\s+\d{{1,2}}(?!\s?%|\w|,\d)",
            rf"(?<!\w){people}\s+(?:are|turn|turned|reach|reached|become|became)\s+\d{{1,2}}(?=\s*[,.;)]|\s+(?:and|or|who|but)\b|$)",
            r"(?<!\w)(?:over|under)[\s-]?\d{1,2}['’]?s\b|(?<!\w)(?:16|17|18|19|21|25|50|65)\s?\+(?!\s?%)|[A-Za-z]-\d+(?!\w)",
            rf"(?<![\w'’])(?:{any_of((*words('numbering', 'names'), *(f'{name}s' for name in words('numbering', 'names') if len(name) > 2)))})\.?\s?(?:{number}|[ivx]+\b)(?:\s?(?:[-–&,]|and|to)\s?{number}(?!\s?%))*[a-z]?(?:\(\w+\))*(?!\w|\s?%|\.\d)",
            rf"(?<!\w)(?:{before_age})\s*{number}(?:\s?(?:[-–/]|to|and|or)\s?{number})?(?!\s?%|\w)",
            rf"(?<!\w){number}(?:\s*[-–/]\s*|\s+to\s+|\s*,\s*|\s*[-–]?\s+and\s+)?(?:{number})?\s*[-–]?\s*{after_age}",
            rf"(?<!\w){number}\s?[-–/]\s?{number}\s?(?:yrs?|year)s?\b(?!\s+(?:average|period|plan))",
            r"(?<!\w)\d+\s?(?:st|nd|rd|th)(?!\w)",
            r"(?<!\w)\d\s?-\s?(?:to-|2-|2\s?-\s?)?\d(?:\s?-\s?\d)?(?:['’]?s)?(?=\s+(?:supervision|tuition|meeting|session|support|work))|(?<!\w)1\s?-\s?2\s?-\s?1(?:['’]?s)?|(?<!\w)\d+:\d+",
            r"(?<!\w)\d+\s?\+(?=\s?(?:team|service|year|cohort|provision|accommodation|placement)|\s+[a-z]+\s+team)",
            r"(?<!\w)\d\s?½|½",
            r"(?<!\w)(?:low|mid|high)\s+\d0['’]?s|(?<!\w)\d\d['’]?s(?!\w)",
            r"(?<!\w)\d+\s?[-–]\s?\d+(?=\s+(?:SEND|service|team|year|programme|offer|education|provision)\b)",
            r"(?<!\w)24\s?/\s?7|(?<!\w)\d+\s?/\s?\d+\s?(?:yr|year)s?",
            r"(?<![\w£])0\d{3,}[\s\d]*|(?<!\w)\d{2,}(?:,\d{2,})*\s?,\d{2}(?!\d)|(?<!\w)[a-z]{1,4}\d[\w.-]*|(?<![\w.])\d+(?:\.\d+){2,}",
            r"(?<!\d )(?<!\w)(?:every|each|rate per)\s+\d[\d,]*(?!\s?%)",
            r"https?://\S+|\S+@\S+\.\w+",
            rf"(?<!\w)(?:one|two|three|four|1|2|3|4)\s+(?:or|to|and)\s+(?:one|two|three|four|five|more|\d)\b(?=\s+(?:placement|move|time)s?\b)",
        )
    )


def _blocked(text: str) -> list[bool]:
    """For each character, whether it belongs to a number that measures nothing."""
    out = [False] * len(text)
    spans = [(d.start, d.end) for d in periods(text)]
    for pattern in _blocks():
        spans += [m.span() for m in pattern.finditer(text)]
    for start, end in spans:
        out[start:end] = [True] * (end - start)
    return out
