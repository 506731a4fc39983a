"""Quantities as plans print them: percentages, counts, money, lengths of time, ranges, fractions, numbers in words, and their qualifiers.

Numbers that measure nothing are left out: dates, ages, names (Team 1, S47, Phase 2), ordinals, codes (1-2-1), paragraph numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from ingest.language.period import periods
from ingest.language.unmeasured import unmeasured
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
_DASH = r"[-–—−]"
_MINUS = "−"
_SIGN = rf"[-–{_MINUS}]"


@cache
def _number() -> str:
    tens = any_of(word for word, value in numbers("numbers").items() if value >= 20)  # "a:" for plain letters only: "ſix" is no word here
    units = any_of(word for word, value in numbers("numbers").items() if value < 10)
    return rf"(?:{_DIGITS}|(?a:{tens}[-\s]{units}|{any_of(numbers('numbers'))}))"


@cache
def _unit() -> str:
    # Units may be glued to their number ("24hr"), so only their end is a word's end.
    parts = []
    for name, forms in groups("units").items():
        listed = "|".join(r"\s+".join(map(re.escape, form.split())) for form in sorted(forms, key=len, reverse=True))
        parts.append(rf"(?P<{name}>(?:{listed})(?!\w))")
    return rf"(?:\s?%|[\s-]*(?:{'|'.join(parts)})|(?P<rate>\s+per\s+\d[\d,]*\d(?:\s+of\s+the)?(?:\s+population)?)|x(?=\s))"


@cache
def _qualifiers(where: str) -> str:
    return "(?:" + "|".join(any_of(forms) for forms in groups(f"qualifiers.{where}").values()) + ")"


@cache
def _pattern() -> re.Pattern[str]:
    scale = "|".join(re.escape(w) for forms in groups("scales").values() for w in sorted(forms, key=len, reverse=True))
    number = _number()
    return re.compile(
        rf"(?P<before>{_qualifiers('before')}\s*(?:a\s+)?)?(?P<sign>(?<![\w%£.,:;)/+–—−-]){_SIGN}(?=£?\d))?(?P<pound>£\s?(?P<inner>{_SIGN}(?=\d))?)?"
        rf"(?:(?P<lost>\d+\.)(?=\s?(?:m|k|bn)\b)"
        rf"|(?P<low>(?<![\w.]){number})(?P<lowpc>\s?%)?(?:(?P<sep>\s*{_DASH}\s*|\s+to\s+|\s+and\s+)(?P<high>(?:(?<=\s)[-{_MINUS}](?=\d))?{number}))?)"
        rf"(?P<scale>\s?(?a:(?:{scale})\b))?(?P<unit>{_unit()})?(?P<after>\s*{_qualifiers('after')})?"
        rf"(?:(?P<over>\s*/\s*|\s+out\s+of\s+(?:the\s+)?|\s+of\s+the\s+|\s+of\s+)(?P<whole>{number})(?![\w/]|\.\d|\s?%))?",
        re.I,
    )


def quantities(text: str) -> list[Quantity]:
    """Every quantity of the text that could be a figure or a target, in order, none overlapping."""
    excluded = unmeasured(text)
    shares = _shares(text)
    for share in shares:
        excluded[share.start : share.end] = [True] * (share.end - share.start)
    found: list[Quantity] = []
    at = 0
    while m := _pattern().search(text, at):
        number = "lost" if m["lost"] else "low"
        quantity = None if any(excluded[m.start(number) : m.end()]) else _read(m, text)
        if quantity is not None:
            found.append(quantity)
        at = quantity.end if quantity is not None else m.end(number)
    return sorted([*_parts_of_sums(found, text), *shares, *_vague(text)], key=lambda q: q.start)


def _parts_of_sums(found: list[Quantity], text: str) -> list[Quantity]:
    """The quantities with "£1.31 million of the £2.4 million" as one: what was taken of a sum."""
    out: list[Quantity] = []
    for q in found:
        last = out[-1] if out else None
        if (
            last
            and {last.unit, q.unit} == {"gbp"}
            and last.of is None
            and re.fullmatch(r"\s+(?:out )?of\s+(?:the|our|its|a)\s+", text[last.end : q.start])
        ):
            out[-1] = replace(last, end=q.end, of=q.value, printed=text[last.start : q.end])
        else:
            out.append(q)
    return out


def is_figure(text: str) -> bool:
    """Whether a text is one quantity and nothing else ("78%", "£1.2m", "17.4", "< 5", "12 days"); a change ("+7") is none."""
    said = text.strip()
    if not said or not re.search(r"\d", said) or said[0] in "+-–−±" or periods(said):
        return False
    found = quantities(said)
    return len(found) == 1 and not re.search(r"\w", said[: found[0].start] + said[found[0].end :])


def accounted(said: str, found: list[Quantity]) -> list[Quantity]:
    """The quantities of a cell that holds nothing but one number in brackets: accountants write a sum below nought so ("(£1.2m)"); of
    another number it may as well be a remark, and its value is unknown."""
    if len(found) != 1 or not re.fullmatch(r"\(\s*£?\s?[\d.,]+\s?(?:%|[A-Za-z]+)?\s*\)", said):
        return found
    (one,) = found
    value = -one.value if one.unit == "gbp" and one.value is not None else None
    return [replace(one, start=0, end=len(said), printed=said, value=value)]


def zeros(text: str) -> list[Quantity]:
    """ "No", "none", "zero", "nil" and "both" as quantities of value 0 or 2: for the callers that know a count is meant."""
    return [
        Quantity(m.start(), m.end(), m[0], Decimal(2 if m[0].lower() == "both" else 0), None, "count", None, in_words=True)
        for m in re.finditer(r"(?<![\w.])(?:no|none|nil|zero|both)(?!\w)(?!\.\s?\d)", text, re.I)
    ]


def _read(m: re.Match[str], text: str) -> Quantity | None:
    """The quantity of a match with its sign."""
    quantity = _unsigned(m, text)
    if quantity is None or not _has_sign(m):
        return quantity
    value = _signed(m, text, quantity)
    if value is not None and value == quantity.value:
        start = m.end("sign")
        return replace(quantity, start=start, printed=text[start : quantity.end].strip())
    known = value is not None and (quantity.high is None or value < quantity.high)
    return replace(quantity, value=value if known else None, high=quantity.high if known else None)


def _has_sign(m: re.Match[str]) -> bool:
    return bool(m["sign"] or m["inner"])


def _signed(m: re.Match[str], text: str, quantity: Quantity) -> Decimal | None:
    """The value of a number with a dash glued before it, None where the dash may be a minus or only part it from the words before."""
    minus = None if quantity.value is None else -quantity.value
    if m["inner"]:
        return minus
    before, after = text[: m.start("sign")].rstrip(), text[quantity.end :]
    if not re.search(r"\w", before):  # opens its statement: a minus where nothing else is said, else perhaps a bullet
        if m["sign"] == _MINUS or not re.search(r"[^\W_]", after):
            return minus
        counted = quantity.unit == "count" or re.match(r"\s*of\b", after, re.I)
        return quantity.value if counted else None
    if re.search(r"[\d%]$", before):
        return None
    if re.search(rf"{any_of(words('targets', 'words'))}$", before, re.I) and m["sign"] != _MINUS:
        return quantity.value  # "Target -95%"
    led = re.search(rf"(?:[:=@(<>≤≥]|{any_of((*words('leads', 'to_count'), 'between'))})$", before, re.I)
    return minus if m["sign"] == _MINUS or led or m["before"] else None


def _unsigned(m: re.Match[str], text: str) -> Quantity | None:
    """The quantity of a match; what the pattern took too much of (a range that is none, a whole that is none) is given back."""
    start = min(m.start(name) for name in ("sign", "pound", "lost", "low") if m[name])
    if m["lost"]:
        return Quantity(start, m.end("scale"), text[start : m.end("scale")], None, None, "gbp" if m["pound"] else "other", None)
    low = _decimal(m["low"])
    qualifier = _qualifier(m)
    first = m.start("before") if qualifier and m["before"] else start
    high = _decimal(m["high"]) if m["high"] else None
    if high is not None and not _is_range(m, -low if _has_sign(m) else low, high, text):
        return _first_of_two(m, text, low, first, qualifier)
    whole = _decimal(m["whole"]) if m["whole"] else None
    in_words = not m["low"][0].isdigit()
    if whole is not None and _is_fraction(m, low, whole):
        return Quantity(start, m.end("whole"), text[start : m.end("whole")], low, None, "count", None, whole, in_words=in_words)
    end = max(m.end(name) for name in ("after", "unit", "scale", "high", "lowpc", "low"))
    factor = _factor(m)
    if factor is None or text[end : end + 1].isalpha():
        return None  # "5m" without a pound sign is a length, "4DU" a postcode
    unit, unit_word = _unit_of(m)
    high = None if high is None else high * factor
    return Quantity(first, end, text[first:end].strip(), low * factor, high, unit, qualifier, None, unit_word, in_words)


def _first_of_two(m: re.Match[str], text: str, low: Decimal, first: int, qualifier: str | None) -> Quantity | None:
    """The first number of "102 to 75": two figures, not a range."""
    unit: Unit = "percent" if m["lowpc"] else "gbp" if m["pound"] else "count"
    if unit == "count" and re.fullmatch(_DASH, m["sep"].strip()):
        return None  # "14-9" is a code
    end = m.end("lowpc") if m["lowpc"] else m.end("low")
    word = None if unit == "count" else unit
    return Quantity(first, end, text[first:end].strip(), low, None, unit, qualifier, None, word, not m["low"][0].isdigit())


def _is_fraction(m: re.Match[str], part: Decimal, whole: Decimal) -> bool:
    plain = not (m["unit"] or m["high"] or m["pound"] or m["scale"] or m["sign"])
    return plain and whole > 0 and part <= whole and (m["over"].strip() != "of" or whole > 1)


def _is_range(m: re.Match[str], low: Decimal, high: Decimal, text: str) -> bool:
    if high <= low or (m["lowpc"] and "%" not in (m["unit"] or "")):
        return False
    lead = text[: m.start("sign" if m["sign"] else "low")].rstrip()
    joiner = m["sep"].strip().lower()
    if joiner == "and":
        return lead.lower().endswith("between")
    return joiner != "to" or not re.search(any_of(words("comparisons", "changing")) + "$", lead, re.I)


def _factor(m: re.Match[str]) -> Decimal | None:
    """What a scale word multiplies by; None where a single letter is no scale."""
    if not m["scale"]:
        return Decimal(1)
    scale = m["scale"].strip().lower()
    if not m["pound"] and len(scale) <= 2:
        return Decimal(1) if m["unit"] else None
    return next(Decimal(factor) for factor, forms in groups("scales").items() if scale in forms)


_OWN_UNITS: dict[str, Unit] = {
    "percent": "percent",
    "days": "days",
    "working_days": "working_days",
    "weeks": "weeks",
    "months": "months",
}


def _unit_of(m: re.Match[str]) -> tuple[Unit, str | None]:
    """(unit, unit word) of a match; units that are none of the contract's are "other"."""
    if m["pound"]:
        return "gbp", "gbp"
    if m["lowpc"] or (m["unit"] or "").strip().startswith("%"):
        return "percent", "percent"
    name = "rate" if m["rate"] else next((name for name in groups("units") if m[name]), None)
    return ("count", None) if name is None else (_OWN_UNITS.get(name, "other"), name)


def _qualifier(m: re.Match[str]) -> str | None:
    for where in ("before", "after"):
        if m[where] and (sign := _sign(m[where], where)):
            return sign
    return None


def _sign(said: str, where: str) -> str | None:
    plain = re.sub(r"\s+a$", "", " ".join(said.lower().split()))
    return next((sign for sign, forms in groups(f"qualifiers.{where}").items() if plain in forms or plain.rstrip(".") in forms), None)


def _decimal(text: str) -> Decimal:
    if text[0] in f"-{_MINUS}":
        return -_decimal(text[1:])
    if text[0].isdigit():
        return Decimal(text.replace(",", ""))
    return Decimal(sum(int(numbers("numbers")[word]) for word in re.split(r"[-\s]+", text.lower())))


def _shares(text: str) -> list[Quantity]:
    """ "Half of", "over two thirds of" … as percentages; thirds are no exact percentage."""
    out = []
    pattern = rf"(?P<before>{_qualifiers('before')}\s+)?(?P<share>(?a:{any_of(numbers('shares'))}))(?=\s+of\s+(?!a\b|the\s+year))"
    for m in re.finditer(pattern, text, re.I):
        value = Decimal(str(numbers("shares")[" ".join(m["share"].lower().split())]))
        qualifier = _sign(m["before"], "before") if m["before"] else None
        out.append(
            Quantity(m.start(), m.end(), m[0], value, None, "percent", qualifier or ("~" if value % 5 else None), None, "percent", True)
        )
    return out


def _vague(text: str) -> list[Quantity]:
    """ "High 20's to 30s": said, but no number."""
    tens = r"(?:(?:low|mid|high)\s+)?\d0['’]?s"
    pattern = rf"(?<!\w)(?:low|mid|high)\s+\d0['’]?s(?:\s+(?:to|and)\s+{tens})?(?!\w)"
    return [Quantity(m.start(), m.end(), m[0], None, None, "count", "~") for m in re.finditer(pattern, text, re.I)]
