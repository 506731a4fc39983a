"""Targets as plans word them: numbers with a comparator, milestones with dates, ranges, zero in words, and mere directions."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from ingest.language.figures import figures
from ingest.language.phrases import likeness, subject, terms, tidy
from ingest.language.quantity import Quantity
from ingest.language.sentences import Span, statements
from ingest.language.types import Figure
from ingest.language.words import any_of, finder, words
from ingest.types import Comparator, Unit


@dataclass(frozen=True, slots=True)
class Target:
    """One target. `value` is None where only a direction is asked for; `name` is what it is a target for, `label` a part of that
    ("good", "inadequate"); `period` when it is to be met. `start:end` is the number's place in the text, `statement` its whole wording
    and `above` the line it stands under. `worded` says that the comparator is the text's own and not the usual one; `universal` marks
    limits on every single case ("all caseloads under 20")."""

    name: str
    label: str | None
    value: Decimal | None
    high: Decimal | None
    unit: Unit
    comparator: Comparator
    period: str | None
    start: int
    end: int
    statement: Span
    above: Span | None = None
    universal: bool = False
    worded: bool = False

    @property
    def is_bare(self) -> bool:
        """Whether its own statement names nothing ("Target 95%") and the line above must be read with it."""
        return self.end - self.statement[0] >= self.statement[1] - self.statement[0] - 1 and self.above is not None

    @property
    def is_direction(self) -> bool:
        """Whether the target has no number."""
        return self.value is None


def targets(text: str, around: str | None = None) -> list[Target]:
    """The targets of a text that states targets (a "how will we know" or target cell), in order."""
    found = figures(text, around, "target")
    out = [from_figure(f, text, found) for f in found if f.quantity.value is not None and f.role == "target"]
    covered = {f.statement for f in found}
    out += [t for span in statements(text) if span not in covered and (t := _direction(text, span)) is not None]
    return sorted(out, key=lambda t: t.start)


def from_figure(figure: Figure, text: str, siblings: list[Figure]) -> Target:
    """A figure of a target's words as a target."""
    quantity = figure.quantity
    said = text[figure.statement[0] : figure.statement[1]]
    name, label = _named(figure, siblings)
    if quantity.value is None:
        raise ValueError(f"a target needs a number: {quantity.printed!r}")
    return Target(
        name=name,
        label=label,
        value=quantity.value,
        high=quantity.high,
        unit=quantity.unit,
        comparator=comparator_of(quantity, f"{name} {label or ''}", said),
        period=figure.period,
        start=quantity.start,
        end=quantity.end,
        statement=figure.statement,
        above=figure.above,
        worded=quantity.qualifier in (">", ">=", "<", "<=") or quantity.high is not None,
        universal=quantity.qualifier is not None and _is_universal(text[figure.statement[0] : quantity.start]),
    )


def _is_universal(before: str) -> bool:
    return bool(re.search(rf"{any_of(words('targets', 'all_of'))}\s+[\w\s-]{{0,40}}$", before, re.I))


def comparator_of(quantity: Quantity, name: str, said: str = "") -> Comparator:
    """How a value is held against a target: as the words say, else at least for percentages and counts, at most for lengths of time,
    for nought, and for things of which less is better."""
    if quantity.high is not None:
        return "between"
    if quantity.qualifier in (">", ">=") and re.match(r"\s*(?:no|none|nobody|never)\b", said, re.I):
        return "<="  # "No child waits more than six months"
    if quantity.qualifier in (">", ">=", "<", "<="):
        signs: dict[str, Comparator] = {">": ">", ">=": ">=", "<": "<", "<=": "<="}
        return signs[quantity.qualifier]
    before, _, after = said.partition(quantity.printed)
    if re.match(r"(?:\s+[a-z]+){1,3}?\s+or\s+(?:fewer|less)\b", after, re.I):
        return "<="  # "120 families or fewer"
    falling = re.search(rf"{any_of(words('directions', 'decrease'))}[^.;]*\b(?:to|below|under)\s*$", before, re.I)
    if quantity.value == 0 or quantity.is_duration or falling or smaller_is_better(name):
        return "<="
    return ">="


def smaller_is_better(name: str) -> bool:
    """Whether the name speaks of something of which less is better (waiting, vacancies, inadequate …), and not of what is done to it
    ("complaints answered in ten days")."""
    return bool(finder("polarity", "lower").search(name)) and not finder("polarity", "done").search(name)


def headline(text: str) -> str:
    """What a heading over figures measures: "Audit activity will show an increase in the % of work graded good" → "work graded good"."""
    text = re.sub(rf"^\s*(?:{any_of(words('targets', 'words'))})\s+(?:for|of)\s+", "", tidy(text), flags=re.I)
    if m := re.search(
        r"(?:^|\b(?:in|the|of)\s+)(?:the\s+)?(?:%\s*(?:of\s+)?|(?:percentages?|proportion|numbers?)\s+of\s+)(?=\w)", text, re.I
    ):
        text = text[m.end() :]
    if (m := finder("names", "changes").search(text)) and len(terms(text[m.end() :])) >= 2:
        text = text[m.end() :]
    return subject(text)


def _named(figure: Figure, siblings: list[Figure]) -> tuple[str, str | None]:
    """(name, label): a short own name under a heading is a label of what the heading measures."""
    own, above = figure.name, headline(figure.heading)
    if figure.label and finder("targets", "words").fullmatch(figure.label):
        figure = replace(figure, label=None)
    if not own:
        return above, figure.label
    if above and figure.heading_is_label and len(own.split()) <= 3:
        others = {f.name.lower() for f in siblings if f.heading == figure.heading and f.name}
        last = above.split()[-1].lower()
        if last in others and own.lower() != last:
            above = " ".join(above.split()[:-1])
        return above, None if own.lower() == last else own
    return own, figure.label


@cache
def _directional() -> dict[Comparator, re.Pattern[str]]:
    return {
        "increase": re.compile(any_of(words("directions", "increase")), re.I),
        "decrease": re.compile(any_of(words("directions", "decrease")), re.I),
    }


def _direction(text: str, span: Span) -> Target | None:
    """A statement without a number that asks for more or less of something; what comes first in it decides."""
    said = text[span[0] : span[1]]
    if re.match(r"\s*(?:no|none|not)\b", said, re.I):
        return None
    hits = sorted((m.start(), comparator, m) for comparator, pattern in _directional().items() if (m := pattern.search(said)))
    if not hits or len(said.split()) > 40:
        return None
    _, comparator, m = hits[0]
    after = re.match(r"\s+(?:in|of)\s+(?:the\s+)?(.*)", said[m.end() :], re.S)
    if after:
        name = headline(after[1])
    elif terms(said[: m.start()]):
        name = headline(said[: m.start()])
    else:
        name = headline(said[m.end() :])
    if not terms(name):
        return None
    return Target(name, None, None, None, "other", comparator, None, span[0] + m.start(), span[0] + m.end(), span)


def same_measure(name: str, other: str) -> bool:
    """Whether two names speak of the same measure: at least half of the shorter one's terms are shared."""
    return likeness(name, other) >= 0.5
