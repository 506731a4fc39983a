"""Workbook values as people see them: Excel's number format codes (ECMA-376 part 1, 18.8.30 and 18.8.31), in British English."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction

Value = str | bool | int | float | Decimal | datetime | date | time | timedelta | None

_MONTHS = "January February March April May June July August September October November December".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_LOCAL = {  # built-in formats that Excel shows in the reader's own order of day and month, whatever the code says
    "mm-dd-yy": "dd/mm/yyyy", "m/d/yy h:mm": "dd/mm/yyyy hh:mm", "m/d/yyyy h:mm": "dd/mm/yyyy hh:mm",
}  # fmt: skip
_PART = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|AM/PM|A/P|General|[yY]+|[mM]+|[dD]+|[hH]+|[sS]+|[eE][+-]|.', re.IGNORECASE | re.DOTALL)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?[\d.]+)\]")
_DIGITS = 10  # significant digits that "General" shows


def shown(value: Value, code: str | None) -> str:
    """The text Excel would show for a value in a cell of this format; empty for none, and for formats that hide it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return value
    code = _LOCAL.get(code or "", code or "General")
    if isinstance(value, datetime | date | time | timedelta):
        return _date(value, code)
    return _number(Decimal(str(value)), code)


@dataclass(frozen=True, slots=True)
class _Pattern:
    """One section of a number format: literals around one field of digits."""

    before: str
    field: str
    after: str


def _sections(code: str) -> list[list[str]]:
    out: list[list[str]] = [[]]
    for part in _PART.findall(code):
        if part == ";":
            out.append([])
        else:
            out[-1].append(part)
    return out


def _literal(part: str) -> str | None:
    """What a part prints by itself; None for a part of the format's language."""
    if part.startswith('"'):
        return part[1:-1]
    if part.startswith("\\"):
        return part[1:]
    if part.startswith("_"):
        return " "
    if part.startswith("*"):
        return ""
    if part.startswith("["):
        currency = re.match(r"\[\$([^\]-]*)", part)
        return currency[1] if currency else ""
    return None


def _number(value: Decimal, code: str) -> str:
    section, value = _chosen(value, _sections(code))
    if not section:
        return ""
    if any(_is_clock(part) for part in section):
        return _general(value)  # a date format on a number that is no date shows hashes in Excel
    pattern = _pattern(section)
    if "General" in section or not pattern.field:
        made = _general(value) if "General" in section else ""
        return f"{pattern.before}{made}{pattern.after}".strip()
    value *= 100 ** section.count("%")
    return f"{pattern.before}{_filled(value, pattern.field)}{pattern.after}".strip()


def _chosen(value: Decimal, sections: list[list[str]]) -> tuple[list[str], Decimal]:
    """The section that a value falls in, and the value as that section prints it."""
    for section in sections:
        condition = next((m for part in section if (m := _CONDITION.fullmatch(part))), None)
        if condition and _holds(value, condition[1], Decimal(condition[2])):
            return section, value
    if any(_CONDITION.fullmatch(part) for part in sections[0]):
        return sections[min(len(sections), 3) - 1], value
    if value < 0 and len(sections) > 1:
        return sections[1], -value
    if value == 0 and len(sections) > 2:
        return sections[2], value
    return (["-", *sections[0]], -value) if value < 0 else (sections[0], value)


def _holds(value: Decimal, sign: str, bound: Decimal) -> bool:
    held = {"<": value < bound, ">": value > bound, "=": value == bound, "<=": value <= bound, ">=": value >= bound}
    return held.get(sign, value != bound)


def _pattern(section: list[str]) -> _Pattern:
    before, field, after = "", "", ""
    for part in section:
        literal = _literal(part)
        if literal is None and (part in "0#?.,/" or re.fullmatch(r"[eE][+-]", part)):
            field, after = field + after + part, ""
        elif part == "General":
            continue
        elif field:
            after += part if literal is None else literal
        else:
            before += part if literal is None else literal
    return _Pattern(before, field, after)


def _filled(value: Decimal, field: str) -> str:
    if "/" in field:
        return _fraction(value, field)
    exponent = re.search(r"[eE][+-]", field)
    if exponent:
        places = field[: exponent.start()].partition(".")[2].count("0")
        mantissa, _, power = f"{value:.{places}E}".partition("E")
        return f"{mantissa}E{int(power):+03d}"
    whole, _, decimals = field.partition(".")
    scaled = re.search(r",+$", decimals if decimals else whole)
    shift = len(scaled.group()) if scaled else 0
    trailing = re.search(r",+$", whole)
    shift += len(trailing.group()) if trailing and decimals else 0
    value /= 1000**shift
    places = sum(c in "0#?" for c in decimals)
    try:
        rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    except InvalidOperation:
        return str(value)
    digits, _, rest = f"{rounded:f}".partition(".")
    rest = rest[: decimals.count("0")] + rest[decimals.count("0") :].rstrip("0") if rest else ""
    least = whole.count("0")
    digits = digits.lstrip("0").rjust(least, "0") if least else digits.lstrip("0")
    if re.search(r"[0#?],+[0#?]", whole):
        digits = f"{int(digits):,}" if digits else ""
    return f"{digits}.{rest}" if rest else digits or ("0" if not least and not decimals and "0" in whole else "")


def _fraction(value: Decimal, field: str) -> str:
    below = field.rpartition("/")[2]
    most = int(below) if below.isdigit() and int(below) else 10 ** max(1, len(below)) - 1
    whole, rest = divmod(Fraction(value), 1)
    near = Fraction(round(rest * most), most) if below.isdigit() and int(below) else rest.limit_denominator(most)
    if not near:
        return str(whole)
    return f"{whole} {near.numerator}/{near.denominator}" if whole else f"{near.numerator}/{near.denominator}"


def _general(value: Decimal) -> str:
    text = f"{value:.{_DIGITS}g}"
    if "e" in text.lower():
        return f"{value:.0f}" if abs(value) >= 1 and value == value.to_integral() else f"{float(value):.5E}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _is_clock(part: str) -> bool:
    return part[:1] in "yYmMdDhHsS" and _literal(part) is None


def _date(value: datetime | date | time | timedelta, code: str) -> str:
    section = _sections(code)[0]
    if isinstance(value, timedelta) or any(re.fullmatch(r"\[[hms]+\]", p, re.IGNORECASE) for p in section):
        return _elapsed(value)
    moment = datetime.combine(date(1899, 12, 31), value) if isinstance(value, time) else value
    clock = moment if isinstance(moment, datetime) else datetime.combine(moment, time())
    if not any(_is_clock(part) for part in section):
        return clock.strftime("%H:%M") if isinstance(value, time) else clock.strftime("%d/%m/%Y")
    half = any(part.upper() in ("AM/PM", "A/P") for part in section)
    out: list[str] = []
    for i, part in enumerate(section):
        literal = _literal(part)
        if literal is not None:
            out.append(literal)
        elif part.upper() in ("AM/PM", "A/P"):
            out.append("AM" if clock.hour < 12 else "PM")
        elif part[0] in "mM" and _minutes(section, i):
            out.append(f"{clock.minute:0{min(2, len(part))}d}")
        elif _is_clock(part):
            out.append(_clock_part(part.lower(), clock, half=half))
        else:
            out.append(part)
    return "".join(out).strip()


def _minutes(section: list[str], index: int) -> bool:
    """Whether an "m" stands for minutes: right after hours or right before seconds."""
    clocks = [(i, p[0].lower()) for i, p in enumerate(section) if _is_clock(p)]
    at = next(n for n, (i, _) in enumerate(clocks) if i == index)
    return (at > 0 and clocks[at - 1][1] == "h") or (at + 1 < len(clocks) and clocks[at + 1][1] == "s")


def _clock_part(part: str, clock: datetime, *, half: bool) -> str:
    kind, width = part[0], len(part)
    if kind == "y":
        return f"{clock.year:04d}" if width > 2 else f"{clock.year % 100:02d}"
    if kind == "m":
        name = _MONTHS[clock.month - 1]
        return {1: str(clock.month), 2: f"{clock.month:02d}", 3: name[:3], 4: name}.get(width, name[0])
    if kind == "d":
        name = _DAYS[clock.weekday()]
        return {1: str(clock.day), 2: f"{clock.day:02d}", 3: name[:3]}.get(width, name)
    if kind == "h":
        hour = (clock.hour % 12 or 12) if half else clock.hour
        return f"{hour:0{min(2, width)}d}"
    return f"{clock.second:0{min(2, width)}d}"


def _elapsed(value: datetime | date | time | timedelta) -> str:
    """Hours and minutes that may pass twenty-four."""
    if isinstance(value, timedelta):
        span = value
    elif isinstance(value, datetime):
        span = value - datetime(1899, 12, 30)
    elif isinstance(value, time):
        span = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
    else:
        return value.strftime("%d/%m/%Y")
    minutes = round(span.total_seconds() / 60)
    return f"{minutes // 60}:{minutes % 60:02d}"
