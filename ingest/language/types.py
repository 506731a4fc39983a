"""What the language package finds in a text: figures, with the words and dates that belong to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ingest.language.period import Dated
from ingest.language.quantity import Quantity
from ingest.language.sentences import Span

Role = Literal["reading", "target", "benchmark"]
Joint = Literal["back", "on", "benchmark"]  # how a figure is tied to the one before: "compared to 65%", "from 65% to 83%", "national 71%"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. `name` is its own words ("" for a bare value), `heading` the line it stands under, `label` a part of it ("home").

    `leads` says that the name is printed before the value ("CP 84%", not "84% of CP visits").
    `statement`, `above` (where the heading stands) and the quantity's span count in the whole text; `heading_is_label` tells a label or
    a line of its own from a sentence that merely came before. `earlier` marks the older of a from–to pair.
    """

    quantity: Quantity
    name: str
    heading: str
    label: str | None
    period: str | None
    role: Role
    statement: Span
    earlier: bool = False
    leads: bool = False
    above: Span | None = None
    heading_is_label: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A quantity of a statement with the words on its two sides, dates taken out of them, and how it is tied to the figure before."""

    quantity: Quantity
    before: str
    after: str
    joined: Joint | None
    dated: tuple[Dated, ...]
