"""Figures of a text: each quantity with the words that name it, its period, and whether it is a reading, a target or a benchmark.

The text is taken statement by statement. Within one, the words between two figures belong to the first ("74% overall, 69% operational"),
to the second ("ICPC: 79% RCPC: 100%") or join the two ("from 23.5% to 22.4%"). From one to the next, a line without figures heads those
under it, and dated values go on with the series they stand in.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Literal

from ingest.language.candidates import candidates
from ingest.language.naming import like_first, name_of, only_goes_on, takes_up, to_be_reached
from ingest.language.parts import noun_follows, parts_of, undated
from ingest.language.period import Dated, a_year_before, dates_nothing, periods
from ingest.language.phrases import description, has_verb, head, is_score, subject, terms, tidy
from ingest.language.quantity import accounted
from ingest.language.roles import benchmark_after, benchmark_before, is_benchmark, period_of, role_of
from ingest.language.sentences import Span, statements
from ingest.language.types import Figure, Part, Role
from ingest.language.words import any_of, finder, words

_LINE = 8  # words; a longer statement without figures is a sentence, not a line that heads others
_SHORT = 4  # words; a longer name is a measure of its own, not a label


def figures(text: str, around: str | None = None, role: Role = "reading", lengths: Collection[str] = ()) -> list[Figure]:
    """The figures of a text in order. `around` is the document's period (for dates without a year), `role` what a figure is unless its
    words say otherwise, `lengths` the units of time that are known to be measured here."""
    reader = _Reader(role)
    for span in statements(text):
        said = text[span[0] : span[1]]
        dates = periods(said, around, ahead=role == "target")
        found = candidates(said, dates, role, lengths)
        found = accounted(said, found) if said == text.strip() else found
        if found:
            reader.figures(said, span, parts_of(said, found, dates))
        else:
            reader.line(said, span, dates)
    return reader.found


class _Reader:
    """Goes through the statements of a text and keeps what one says for the next: the line above, its date, what was last spoken of."""

    def __init__(self, role: Role) -> None:
        self.role = role
        self.found: list[Figure] = []
        self.heading = ""
        self.above: Span | None = None
        self.date: str | None = None
        self.heads: Literal["all", "labels", "none"] = "none"
        self.wanted = False
        self.noun = ""
        self.series: Figure | None = None

    def line(self, said: str, span: Span, dates: list[Dated]) -> None:
        """A statement without figures: a heading, a date for what follows, or a sentence."""
        named = [d.period for d in dates if d.period and not dates_nothing(said[: d.start])]
        self.date = named[-1] if named and len(said.split()) <= _LINE else None
        self.wanted = bool(re.match(any_of(words("targets", "words")), said, re.I))
        self.series = None
        text = tidy(undated(said, 0, len(said), dates))
        if finder("targets", "status").fullmatch(text):
            return
        if terms(finder("targets", "mere").sub("", text)):
            self.heading, self.above, self.heads = text, span, _heads(said)
        elif self.found and (self.heads != "all" or self._named_below()):
            self.heading = self.found[-1].name or self.found[-1].heading  # "Milestones revised:" goes on with the measure before it
        if not has_verb(said):
            self.noun = head(self.heading)

    def _named_below(self) -> bool:
        last = self.found[-1]
        return last.above == self.above and len(last.name.split()) > 3

    def figures(self, said: str, span: Span, parts: list[Part]) -> None:
        """A statement with figures."""
        made = _statement(said, span, parts, self)
        if self.series and made[0].period and not any(f.name for f in made):
            made = [_named_like(f, self.series) for f in made]
        made = _dated_like(made, self.found)
        self.series = made[-1] if made[-1].name and made[-1].period else None
        for figure in made:
            figure = _of_series(self._under(figure, said, span), self.found)
            if figure.period is None and self.date and len(figure.name.split()) <= _SHORT:
                figure = replace(figure, period=self.date)
            self.found.append(figure)
        self.noun = _spoken_of(made[-1].name) or self.noun

    def _under(self, figure: Figure, said: str, span: Span) -> Figure:
        """A figure with what the line above adds: where it stands, whether it is a label for the figure, that it speaks of targets."""
        if figure.heading != self.heading or figure.heading_is_label:
            return figure
        labels = self.heads == "all" or (
            self.heads == "labels"
            and figure.role == "reading"
            and (not figure.name or bool(terms(said[: figure.quantity.start - span[0]])))
        )
        wanted = self.wanted and figure.role == "reading" and len(figure.name.split()) <= 3
        return replace(figure, above=self.above, heading_is_label=labels, role="target" if wanted else figure.role)


def _statement(said: str, span: Span, parts: list[Part], reader: _Reader) -> list[Figure]:
    """The figures of one statement, before what the lines above add to them."""
    goes_on = reader.found[-1] if reader.found and (only_goes_on(parts[0].before) or to_be_reached(parts[0].before)) else None
    heading = reader.heading
    if parts[0].before.rstrip().endswith(":") and noun_follows(parts[0].after):
        heading = subject(parts[0].before) or heading
        parts = [replace(parts[0], before=""), *parts[1:]]
    out: list[Figure] = []
    for i, part in enumerate(parts):
        figure = _figure(said, span, parts, i, out, goes_on, heading, reader)
        heading = figure.heading
        if part.joined == "on" and out:
            out[-1] = replace(out[-1], earlier=True)
        out.append(figure)
    return _spanned(_a_year_apart(out, parts), parts)


def _a_year_apart(made: list[Figure], parts: Sequence[Part]) -> list[Figure]:
    """Figures of "a year earlier" dated from the one beside them that has a date: "23% in June 2025, against 27% a year earlier"."""
    ago = [any(d.ago for d in part.dated) for part in parts]
    said = [f.period for f, past in zip(made, ago, strict=True) if f.period and not past]
    if not said or not any(ago):
        return made
    return [replace(f, period=a_year_before(said[0])) if past and f.period else f for f, past in zip(made, ago, strict=True)]


def _spanned(made: list[Figure], parts: Sequence[Part]) -> list[Figure]:
    """A pair told over a span of time: the older figure is of its beginning ("between March 2024 and March 2025 fell from 24% to 17%")."""
    dates = [d for part in parts for d in part.dated if d.period]
    out = list(made)
    for i, (one, two) in enumerate(pairwise(made)):
        if not (one.earlier and parts[i + 1].joined == "on" and two.period and one.period in (None, two.period)):
            continue
        since = next((d.since for d in dates if d.since and d.period == two.period), None)
        low, high = parts[i].quantity.start, parts[i + 1].quantity.start
        if since is None and len(dates) == 2 and (dates[1].end <= low or dates[0].start > high):
            since = dates[0].period
            out[i + 1] = replace(two, period=dates[1].period)
        out[i] = replace(one, period=since or one.period)
    return out


def _figure(
    said: str, span: Span, parts: list[Part], i: int, before: list[Figure], goes_on: Figure | None, heading: str, reader: _Reader
) -> Figure:
    """One figure; it inherits the name of the one it is told beside ("compared to 65%"), goes on with, or is a benchmark for."""
    part = parts[i]
    own, above, label = name_of(part, before, heading, reader.noun)
    beside = (benchmark_after(part.after) if before else None) or benchmark_before(part.before)
    benchmark = beside is not None or is_benchmark(part, above)
    last = before[-1] if before else reader.found[-1] if reader.found else None
    kin = before[-1] if before and (part.joined or _only_dated(part)) else last if beside else goes_on if i == 0 else None
    if kin is None and not own and label and before and before[-1].label:
        kin = before[-1]  # "80% (home) and 74% (care)"
    if kin is None and benchmark and last and takes_up(part.before):
        kin = goes_on = last  # "This is close to the national figure of 22%"
    inherits = kin is not None and (not own or part.joined == "benchmark" or beside is not None or kin is goes_on)
    quantity = replace(part.quantity, start=part.quantity.start + span[0], end=part.quantity.end + span[0])
    plain = Figure(
        quantity=quantity,
        name=like_first(own, before, part),
        heading=above,
        label=beside or label or (kin.label if kin else None),
        period=period_of(said, parts, i),
        role="benchmark" if benchmark else kin.role if kin and not own else role_of(said, part, reader.role),
        statement=span,
        earlier=part.joined == "back" and not benchmark,
        leads=bool(subject(part.before)) and own != description(part.after),
        heading_is_label=above != reader.heading,
    )
    if kin is None or not inherits:
        return _scored(plain)
    bare = quantity.unit == "count" and (beside or (part.joined == "back" and kin.quantity.is_duration))
    unit = kin.quantity.unit if bare else quantity.unit  # "83 per 10,000, compared with 70 for England"; "17 weeks, compared with 26"
    return _scored(replace(_named_like(plain, kin), label=plain.label, quantity=replace(quantity, unit=unit)))


def _scored(figure: Figure) -> Figure:
    """A bare number of what its name, or for want of one the line above, calls a score; a name after it must end so ("2.3 mean score")."""
    name = figure.name or figure.heading
    named_so = figure.leads or not figure.name or is_score(name.split()[-1])
    if figure.quantity.unit != "count" or not is_score(name) or not named_so:
        return figure
    return replace(figure, quantity=replace(figure.quantity, unit="score"))


def _named_like(figure: Figure, kin: Figure) -> Figure:
    return replace(
        figure,
        name=kin.name,
        heading=kin.heading,
        label=kin.label,
        leads=kin.leads,
        above=kin.above,
        heading_is_label=kin.heading_is_label,
    )


def _heads(said: str) -> Literal["all", "labels", "none"]:
    """Whether a statement without figures heads all that follows ("Visits:"), only bare values and labels ("Case supervision"), or is a
    sentence that only a bare value could belong to."""
    if said.endswith((":", ";")) or said.startswith("%"):
        return "all"
    return "labels" if len(said.split()) <= _LINE and not has_verb(said) and not said.endswith(".") else "none"


def _only_dated(part: Part) -> bool:
    """ "Apr 19: 1122": a further value of a series."""
    return bool(part.dated) and not terms(part.before) and not terms(part.after)


def _dated_like(made: list[Figure], before: Sequence[Figure]) -> list[Figure]:
    """A pair without dates takes those of the pair told just before: "CP visits are at 74% in June, compared to 69% in September. LAC
    visits are 83% compared to 65%"."""
    pair = _pair(made)
    told = _pair([f for f in before if f.statement == before[-1].statement]) if before else None
    if pair is None or told is None or any(f.period for f in made):
        return made
    dates = {id(pair[0]): told[0].period, id(pair[1]): told[1].period}
    return [replace(f, period=dates[id(f)]) if id(f) in dates else f for f in made]


def _pair(figures: Sequence[Figure]) -> tuple[Figure, Figure] | None:
    """The older and the newer one of two readings that a statement compares; None where it does not compare two."""
    readings = [f for f in figures if f.role == "reading"]
    if len(readings) != 2 or readings[0].earlier == readings[1].earlier:
        return None
    older, newer = sorted(readings, key=lambda f: not f.earlier)
    return older, newer


def _of_series(figure: Figure, before: Sequence[Figure]) -> Figure:
    """A bare number that goes on a series of percentages under one heading is a percentage ("March 16 - 80")."""
    if figure.name or figure.quantity.unit != "count" or not before or before[-1].name or before[-1].heading != figure.heading:
        return figure
    unit = before[-1].quantity.unit
    return replace(figure, quantity=replace(figure.quantity, unit=unit)) if unit == "percent" else figure


def _spoken_of(name: str) -> str:
    """The noun of a name where later statements can be about it: short, and no preposition in it ("97 under-16s in one placement")."""
    noun = head(name)
    return "" if re.search(r"\s(?:in|on|for|with|at|under|from)\s", noun) or len(noun.split()) > 6 else noun
