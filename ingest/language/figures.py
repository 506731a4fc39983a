"""Figures of a text: each quantity with the words that name it, its period, and whether it is a reading, a target or a benchmark.

The text is taken statement by statement. Within one, the words between two figures belong to the first ("74% overall, 69% operational"),
to the second ("ICPC: 79% RCPC: 100%") or join the two ("from 23.5% to 22.4%").
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from ingest.language.candidates import candidates
from ingest.language.period import Dated, dates_nothing, last_day, periods
from ingest.language.phrases import description, has_verb, head, needs_subject, subject, terms, tidy
from ingest.language.quantity import Quantity
from ingest.language.sentences import Span, statements
from ingest.language.words import any_of, finder, words

Role = Literal["reading", "target", "benchmark"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. `name` is its own words ("" for a bare value), `heading` the line it stands under, `label` a bracketed part of it.

    `leads` says that the name is printed before the value ("CP 84%", not "84% of CP visits").
    `statement`, `above` (where the heading stands) and the quantity's span count in the whole text; `heading_is_label` tells a label or
    a line of its own from a sentence that merely came before. `earlier` marks the older of a from–to pair; `pair` is the index, in the
    list, of the figure this one is told beside ("compared to"), None for none. `clause` is the words it was said with.
    """

    quantity: Quantity
    name: str
    heading: str
    label: str | None
    period: str | None
    role: Role
    statement: Span
    clause: str
    earlier: bool = False
    leads: bool = False
    pair: int | None = None
    above: Span | None = None
    heading_is_label: bool = False


@dataclass(frozen=True, slots=True)
class _Part:
    """A quantity with the words on its two sides, dates taken out of them, and how it hangs on the figure before."""

    quantity: Quantity
    before: str
    after: str
    joined: Literal["back", "on", "benchmark"] | None
    dated: tuple[Dated, ...]


def figures(text: str, around: str | None = None, role: Role = "reading", lengths: Collection[str] = ()) -> list[Figure]:
    """The figures of a text in order. `around` is the document's period (for dates without a year), `role` what a figure is unless its
    words say otherwise, `lengths` the units of time that are known to be measured here."""
    out: list[Figure] = []
    heading = ""
    heading_date: str | None = None
    above: Span | None = None
    label_line: Literal["all", "labels", "none"] = "none"
    noun, wanted = "", False
    series: Figure | None = None  # the figure whose name the dated values after it go on with
    for span in statements(text):
        said = text[span[0] : span[1]]
        dates = periods(said, around, ahead=role == "target")
        found = candidates(said, dates, role, lengths)
        if not found:
            named, heading_date = _heading(said, dates)
            if named:
                heading, above, label_line = named, span, _heads(said)
            elif out and (label_line != "all" or (out[-1].above == above and len(out[-1].name.split()) > 3)):
                heading = out[-1].name or out[-1].heading
            wanted = bool(re.match(any_of(words("targets", "words")), said, re.I))
            noun, series = noun if has_verb(said) else head(heading), None
            continue
        made = _statement(said, _parts(said, found, dates), span, out, heading, noun, role)
        if series and made[0].period and not any(f.name for f in made):
            made = [replace(f, name=series.name, heading=series.heading, label=series.label, above=series.above) for f in made]
        made = _dated_like(made, out)
        series = made[-1] if made[-1].name and made[-1].period else None
        made = [_like_those_before(_under(f, said, span, heading, above, label_line, wanted), out) for f in made]
        out += [replace(f, period=heading_date) if f.period is None and heading_date and len(f.name.split()) <= 4 else f for f in made]
        noun = _plain(head(made[-1].name)) or noun
    return out


def _plain(noun_words: str) -> str:
    """The noun phrase where it is one that later statements can be about: no preposition in it ("97 under-16s in the same placement")."""
    return "" if re.search(r"\s(?:in|on|for|with|at|under|from)\s", noun_words) or len(noun_words.split()) > 6 else noun_words


def _dated_like(made: list[Figure], before: list[Figure]) -> list[Figure]:
    """A pair without dates takes those of the pair told just before: "74% in June, compared to 69% in September. LAC visits are 83% compared
    to 65%."""
    if len(made) != 2 or len(before) < 2 or not made[1].earlier or any(f.period for f in made):
        return made
    first, second = before[-2:]
    if not second.earlier or first.statement != second.statement:
        return made
    return [replace(made[0], period=first.period), replace(made[1], period=second.period)]


def _heads(said: str) -> Literal["all", "labels", "none"]:
    """Whether a statement without figures heads all that follows ("Visits:"), only bare values and labels ("Case supervision"), or is a
    sentence that only a bare value could belong to."""
    if said.endswith((":", ";")) or said.startswith("%"):
        return "all"
    return "labels" if len(said.split()) <= 8 and not has_verb(said) else "none"


def _under(figure: Figure, said: str, span: Span, heading: str, above: Span | None, heads: Literal["all", "labels", "none"], wanted: bool) -> Figure:
    """A figure with what the line above it adds: where it stands, whether it is a label for the figure, and that it speaks of targets."""
    if figure.heading != heading or figure.heading_is_label:
        return figure
    first = not terms(said[: figure.quantity.start - span[0]])
    labels = heads == "all" or (heads == "labels" and figure.role == "reading" and (not figure.name or not first))
    return replace(figure, above=above, heading_is_label=labels, role="target" if wanted and figure.role == "reading" and len(figure.name.split()) <= 3 else figure.role)


def _like_those_before(figure: Figure, before: list[Figure]) -> Figure:
    """A bare number that goes on a series of percentages under one heading is a percentage ("March 16 - 80")."""
    if figure.name or figure.quantity.unit != "count" or not before or before[-1].name or before[-1].heading != figure.heading:
        return figure
    return replace(figure, quantity=replace(figure.quantity, unit="percent")) if before[-1].quantity.unit == "percent" else figure


def _heading(said: str, dates: list[Dated]) -> tuple[str, str | None]:
    """The words of a statement without figures, and the date that short ones give to the figures under them ("End September target;")."""
    named = [d.period for d in dates if d.period and not dates_nothing(said[: d.start])]
    text = tidy(_undated(said, 0, len(said), dates))
    mere = not terms(re.sub(any_of((*words("targets", "words"), "revised", "set", "agreed")), "", text, flags=re.I))
    return "" if mere else text, named[-1] if named and len(said.split()) <= 8 else None


def _parts(said: str, found: list[Quantity], dates: list[Dated]) -> list[_Part]:
    """The words on the two sides of each quantity. A gap between two is divided at its last separator; without one it goes to the figure
    that has no name of its own yet."""
    sides = [["", ""] for _ in found]
    joined: list[Literal["back", "on", "benchmark"] | None] = [None] * len(found)
    cuts = [0] * (len(found) + 1)
    cuts[-1] = len(said)
    sides[0][0] = _undated(said, 0, found[0].start, dates)
    first_is_bare = not subject(sides[0][0]) or (sides[0][0].rstrip().endswith(":") and _noun_follows(said[found[0].end :]))
    for i in range(len(found) - 1):
        a, b = found[i].end, found[i + 1].start
        gap = _undated(said, a, b, dates)
        joined[i + 1] = _joint(gap) or ("on" if not gap.strip() and re.search(r"\bfrom\s*$", sides[i][0], re.I) else None)
        counts = found[i].unit == "count" and _noun_follows(said[a:])
        at = a if joined[i + 1] and not _after_noun(gap) else _divide(said, a, b, first_is_bare or counts)
        cuts[i + 1] = _told_first(said, a, b, dates) if joined[i + 1] else at
        sides[i][1] = _undated(said, a, at, dates)
        sides[i + 1][0] = _undated(said, at, b, dates)
    sides[-1][1] = _undated(said, found[-1].end, len(said), dates)
    _close_brackets(sides)
    return [
        _Part(q, sides[i][0], sides[i][1], joined[i], tuple(d for d in dates if (cuts[i] if i else 0) <= d.start < cuts[i + 1]))
        for i, q in enumerate(found)
    ]


def _close_brackets(sides: list[list[str]]) -> None:
    """What follows a bracketed figure goes on with the one before the bracket: "37 (17%) were unaccompanied"."""
    for one, two in zip(sides, sides[1:], strict=False):
        inside, bracket, beyond = two[1].partition(")")
        if bracket and re.search(r"\([^()]*$", f"{one[1]}{two[0]}") and "(" not in inside:
            opened = f"{one[1]}{two[0]}".rpartition("(")
            one[1], two[0], two[1] = f"{opened[0]} {beyond}", f"({opened[2]}", inside + bracket


def _told_first(said: str, a: int, b: int, dates: list[Dated]) -> int:
    """Where the dates between two joined figures part: those before the joining words are the first figure's."""
    inside = [d for d in dates if a <= d.start < b]
    return b if inside and re.search(r"\w", said[inside[-1].end : b]) else a


def _divide(said: str, a: int, b: int, first_is_bare: bool) -> int:
    """Where the words between two figures part."""
    gap = said[a:b]
    separators = list(_separator().finditer(gap))
    for m in reversed(separators):
        tail = gap[m.end() :]
        if m[0].strip().lower() in ("and", "or") and terms(tail) and not has_verb(tail) and first_is_bare:
            continue  # "children and young people": an "and" inside the first figure's words
        return a + m.start() if m[0].strip().lower() not in (",", ";", ".") else a + m.end()
    return b if first_is_bare else a


@cache
def _separator() -> re.Pattern[str]:
    return re.compile(r"[,;.]\s|\n|\s\(|\s(?:and|or|with|including|while|whilst|but|plus|where|of which)\s|\s[–—-]\s", re.I)


@cache
def _joints() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    back = re.compile(rf"(?:^|[\s,;(])(?:an?\s+)?(?:{any_of(words('comparisons', 'back'))})(?:\s+(?:having|an?|the|just|only|low|high|of|\w+\s+of)){{0,3}}[\s(]*$", re.I)
    on = re.compile(rf"(?:^|[\s,;(])(?:{any_of(words('comparisons', 'on'))})[\s(]*$", re.I)
    return back, on, re.compile(rf"(?:{any_of(words('comparisons', 'benchmarks'))})[\w\s]{{0,25}}$", re.I)


def _joint(gap: str) -> Literal["back", "on", "benchmark"] | None:
    """How the words between two figures join them, None where they do not."""
    back, on, benchmark = _joints()
    tail = re.split(r"[;.]\s", gap)[-1]
    if benchmark.search(tail):
        return "benchmark"
    if back.search(gap):
        return "back"
    if on.search(gap):
        return "on"
    return None


def _after_noun(gap: str) -> bool:
    """Whether a joining gap begins with words of the first figure: " fostering enquiries compared to "."""
    return bool(terms(_unjoined(gap)))


def _undated(said: str, start: int, end: int, dates: list[Dated]) -> str:
    out, at = "", start
    for d in dates:
        if d.period and start <= d.start < end:
            out += re.sub(rf"(?:{any_of((*words('periods', 'ends'), 'as at', 'up to', 'during', 'through', 'in', 'by', 'at', 'on', 'from', 'since', 'between', *words('periods', 'year_end')))}\s*)+$", "", said[at : d.start], flags=re.I)
            at = min(d.end, end)
    return out + said[at:end]


def _statement(said: str, parts: list[_Part], span: Span, before: list[Figure], heading: str, noun: str, role: Role) -> list[Figure]:
    out: list[Figure] = []
    goes_on = before[-1] if before and _only_goes_on(parts[0].before) else None
    outside = heading
    if parts[0].before.rstrip().endswith(":") and _noun_follows(parts[0].after):
        heading = subject(parts[0].before) or heading
        parts = [replace(parts[0], before=""), *parts[1:]]
    for i, part in enumerate(parts):
        told = out[-1] if out and (part.joined or _bare_and_dated(part)) else goes_on if i == 0 else None
        name, above, label = _name(part, out, heading, noun)
        heading = above
        beside = _benchmark_after(part.after)
        if beside and out:
            told, label = out[-1], beside
        inherits = told is not None and (not name or part.joined == "benchmark" or bool(beside) or told is goes_on)
        if not name and not inherits and label and out and out[-1].label:
            told, inherits = out[-1], True  # "80% (home) and 74% (care)"
        figure = Figure(
            quantity=_of_unit(replace(part.quantity, start=part.quantity.start + span[0], end=part.quantity.end + span[0]), told if beside else None),
            name=told.name if told and inherits else _like_first(name, out, part),
            heading=told.heading if told and inherits else above,
            label=label if label or not told else told.label,
            period=_period(said, part, parts, i),
            role="benchmark" if beside or part.joined == "benchmark" or _is_benchmark(part, above) else told.role if told and not name else _role(said, part, role),
            statement=span,
            clause=tidy(f"{part.before} {part.quantity.printed} {part.after}"),
            earlier=part.joined == "back",
            leads=told.leads if told and inherits else bool(terms(part.before)) and name != description(part.after),
            pair=len(before) + i - 1 if part.joined in ("back", "on") else None,
            heading_is_label=told.heading_is_label if told and inherits else above != outside,
        )
        if part.joined == "on" and out:
            out[-1] = replace(out[-1], earlier=True)
        out.append(figure)
    return out


def _only_goes_on(before: str) -> bool:
    """ "This has then reduced to": words that take up the figure told before and name nothing new."""
    m = re.match(r"\s*(?:this|it|these|they|that)\s+", before, re.I)
    return m is not None and not subject(before[m.end() :])


def _noun_follows(after: str) -> bool:
    return bool(re.match(r"\s*[a-z]", after)) and bool(terms(after)) and not needs_subject(after)


def _like_first(name: str, before: list[Figure], part: _Part) -> str:
    """A short label after a longer name goes on with it: "Timeliness of Contacts 97%, Referrals 95%" → "Timeliness of Referrals"."""
    if not before or not name or len(name.split()) > 3 or has_verb(name) or (terms(part.after) and not has_verb(part.after)) or before[0].quantity.unit != part.quantity.unit:
        return name
    first = before[0]
    m = re.match(r"(.+\s(?:of|for|in))\s+\S.*$", first.name)
    if not m or not first.leads or not name[0].isupper() or first.heading_is_label:
        return name
    return f"{m[1]} {name}"


def _name(part: _Part, before: list[Figure], heading: str, noun: str) -> tuple[str, str, str | None]:
    """(own name, heading, bracketed label) of a part."""
    left, right = part.before, part.after
    label = None
    if m := re.match(r"\s*\(([^()]*[A-Za-z][^()]*)\)", right):
        label, right = (tidy(m[1]) if len(m[1].split()) <= 4 else None), right[m.end() :]
    if m := re.search(r"^(?:.*[,;]\s*|\s*)(?:and\s+)?(?:for|in|among)\s+([\w\s&/'’-]{3,40}?)\s*:?\s*$", left):
        if before and before[-1].quantity.unit == part.quantity.unit and not terms(right):
            return re.sub(r"\s(?:for|in|among)\s[\w\s&/'’-]+$", "", before[-1].name), heading, tidy(m[1])
    if (m := re.search(r"\(([^()]*)$", left)) and not part.joined:
        return _bracketed(left[: m.start()], m[1], right, before), heading, label or tidy(re.sub(r"^\s*for\s", "", f"{m[1]} {right.partition(')')[0]}")) or None
    above, colon, left_after = left.rpartition(":") if not left.rstrip().endswith(":") else ("", "", left)
    if colon and terms(above):
        heading, left = subject(above), left_after
    if part.joined and not terms(_unjoined(left)):
        left = ""
    if any(f.quantity.unit == part.quantity.unit for f in before) and re.match(r"\s*(?:this|it|these|they)\b", left, re.I):
        left = ""
    if part.quantity.in_words and part.quantity.value == 0:
        left = ""
    if part.quantity.is_duration and terms(left):
        return subject(left), heading, label
    named, told = subject(left), description(right)
    if part.joined and not named and before and (needs_subject(right) or terms(told) <= terms(before[-1].name)):
        return "", heading, label
    if re.match(r"\W*of\s+(?:which|these|those|them)\s*$", left, re.I):
        named, right = "", f"who {right}"
    if re.match(r"\s*of\s", right):
        return _of(named, left, told), heading, label
    if named and not _speaker(left, right, part.quantity) and not (noun and _tells(right)):
        if terms(named) <= terms(" ".join(words("averages", "words"))) and before and before[-1].name:
            return f"{named}, {before[-1].name}", heading, label
        if told and needs_subject(right) and len(told.split()) <= 6 and not has_verb(right):
            named = f"{named} {told}"
        elif told and re.search(r"\bof\s*$", left) and part.quantity.unit == "count":
            named = f"{named} of {told}"
        elif told and part.quantity.unit == "count" and re.search(r"\b(?:is|are|was|were)\s*$", left) and len(told.split()) <= 4:
            named = f"{named} ({told})"
        return named, heading, label
    if not told or (not needs_subject(right) and told):
        return told, heading, label
    said_before = before[-1].name if before else ""
    owner = (said_before if said_before and head(said_before) == said_before and len(said_before.split()) <= 6 else head(said_before)) or noun
    return (f"{owner} {told}" if owner else told), heading, label


def _bracketed(outer: str, inside: str, right: str, before: list[Figure]) -> str:
    """The name of a figure in brackets: "teams (maximum 6)", "(AYSE 12)"."""
    beyond = right.partition(")")[2]
    if before and not terms(outer) and not inside.strip():
        return before[-1].name
    if re.match(r"\s*[a-z]", beyond) and not needs_subject(beyond) and not re.match(r"\s*(?:and|or|but|which)\b", beyond) and not inside.strip():
        return description(beyond)
    return before[-1].name if before and inside.strip() else subject(outer) or (before[-1].name if before else "")


def _bare_and_dated(part: _Part) -> bool:
    """ "Apr 19: 1122": a further value of a series."""
    return bool(part.dated) and not terms(part.before) and not terms(part.after)


def _tells(right: str) -> bool:
    """ "6/9 felt safe": the words after the figure say what the counted ones said or felt."""
    first = tidy(right).split(" ")[0].lower()
    return first in ("felt", "said", "told", "reported", "agreed", "thought", "expressed", "expressing")


def _unjoined(text: str) -> str:
    """Words without the joining words at their end."""
    back, on, _ = _joints()
    return on.sub("", back.sub("", text))


def _of(named: str, left: str, told: str) -> str:
    """The name of "N% of …": with its subject where that is a share of the rest ("Children form 20% of the population")."""
    if m := re.search(rf"(?:{any_of(words('names', 'sharing'))})\s*$", left, re.I):
        owner = subject(left[: m.start()])
        return f"{owner} as a share of {told}" if owner else told
    if named and told and (m := re.search(r"\b(to|with|for|in|on|by|at|from)\s*$", left, re.I)) and not re.search(rf"{_CHANGED}\s+to\s*$", left, re.I):
        return f"{named} {m[1].lower()} {told}"
    return told or named


_CHANGED = r"(?:increas\w*|reduc\w*|decreas\w*|ris\w*|rose|fall\w*|fell|dropp\w*|grow\w*|grew|improv\w*|up|down|home|care|now)"


def _speaker(left: str, right: str, quantity: Quantity) -> bool:
    """Whether the words before a figure are only who has it ("we have received 126 external compliments", "Allocate 29 cases")."""
    if quantity.unit not in ("count", "percent") or not terms(description(right)) or needs_subject(right):
        return False
    if finder("averages", "words").search(left):
        return False
    return (has_verb(left) or quantity.unit == "count") and not re.search(rf"(?:\b(?:is|are|was|were|at|of|=|{_CHANGED}\s+to)|[:=@])\s*\(?$", left.strip(), re.I)


def _period(said: str, part: _Part, parts: list[_Part], i: int) -> str | None:
    """The period nearest the figure in its own words, else the one the sentence opens with."""
    own = [d for d in part.dated if d.period and not dates_nothing(said[: d.start])]
    whole = [d for d in own if _spans(said, d)]
    if part.joined or (i + 1 < len(parts) and parts[i + 1].joined == "on"):
        own = [d for d in own if d not in whole]
    if own:
        after = [d for d in own if d.start >= part.quantity.end]
        before = [d for d in own if d.start < part.quantity.start]
        labelled = before and not tidy(said[before[-1].end : part.quantity.start])
        return before[-1].period if labelled or not after else after[0].period
    if part.joined == "back" or (i + 1 < len(parts) and parts[i + 1].joined == "on"):
        return None
    throughout = [d.period for p in parts for d in p.dated if d.period and _spans(said, d)]
    if throughout:
        return throughout[-1]
    opening = [d for d in parts[0].dated if d.period and d.start < parts[0].quantity.start and not dates_nothing(said[: d.start])]
    return opening[-1].period if opening and i > 0 else None


def _spans(said: str, d: Dated) -> bool:
    """Whether a date is the span all of the statement speaks of: "43% from 31% through 24/25", "in year"."""
    return bool(re.search(r"\b(?:through|throughout|across|over)\s+(?:the\s+)?$", said[: d.start], re.I)) or bool(finder("periods", "this_year").fullmatch(said[d.start : d.end]))


def _benchmark_after(after: str) -> str | None:
    """The benchmark a figure is said to be in the words after it: "70 for England" → "England"."""
    m = re.match(rf"\W*(?:(?:for|in|across|among|by)\s+)?(?:(?:our|the|all|its)\s+)*({any_of(words('comparisons', 'benchmarks'))}(?:\s+averages?)?)", after, re.I)
    return tidy(m[1]) if m else None


def _of_unit(quantity: Quantity, told: Figure | None) -> Quantity:
    """A benchmark's bare number is in the unit of what it is held against ("83 per 10,000, compared with 70 for England")."""
    if told is None or quantity.unit != "count":
        return quantity
    return replace(quantity, unit=told.quantity.unit)


def _is_benchmark(part: _Part, heading: str) -> bool:
    if re.match(r"\W*benchmarks?\b", part.before, re.I) or re.match(r"benchmarks?\b", heading, re.I):
        return True
    near = " ".join(part.before.split()[-5:]) + " "
    return bool(re.search(rf"(?:{any_of(words('comparisons', 'benchmarks'))})\s*(?:average|figure|rate|is|of|was|at|:|=|\(|\s)*$", near, re.I))


def _role(said: str, part: _Part, role: Role) -> Role:
    """What a figure is: a target where target words or a wish stand before it, a reading where something done is told."""
    before = said[: part.quantity.start]
    if role == "target":
        return role
    if re.search(r"\b(?:currently|now|achieved|exceed\w*|met)\b", before, re.I):
        return role
    if finder("targets", "words").search(part.before) or re.match(rf"\s*{any_of(words('targets', 'words'))}", part.after, re.I):
        return "target"
    if part.quantity.unit == "percent" and re.match(rf"[^.;,]{{0,70}}?\b(?:{any_of(words('targets', 'wants_after'))})", part.after, re.I):
        return "target"
    wish = None
    for wish in finder("targets", "wants").finditer(before):
        pass
    done = None
    for m in finder("targets", "done").finditer(before):
        if wish is None or before[wish.end() : m.start()].strip():  # "to be completed" is not done
            done = m
    sure = wish is not None and "ensure" in wish[0].lower()
    return "target" if wish and (sure or done is None or done.start() <= wish.start()) else role


def latest(periods_named: list[str]) -> str | None:
    """The period that ends last."""
    return max(periods_named, key=last_day) if periods_named else None
