"""KPI cards: a name, one large figure, and labelled ones around it (target, previous, rating), read as rows of one table.

A card is no table, but several of them say what a table of measures says: a row a card, a column for each label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from ingest.language.period import periods
from ingest.language.quantity import is_figure
from ingest.language.words import words
from ingest.layout.ratings import arrow_of, rating_of_text
from ingest.source import Grid
from ingest.types import Box, Cell, Column, Line, Printed, union
from ingest.vocabulary import normalise, vocabulary

_ROLES = ("actual", "target", "previous", "baseline", "benchmark", "tolerance", "rag", "direction", "period", "polarity", "unit")
_JOINING = frozenset("a an the of our vs versus against was is at for was set".split())
_LONGEST = 24  # words: a longer text is prose
_MOST = 14  # texts: more are a list
_FEWEST = 2  # cards, where none of them says what its figures are
_BETWEEN = re.compile(r"\s*[|;·•]\s*|,\s+(?=[A-Za-z])")
_GAP = re.compile(r"[\s:=–—-]+")

Label = tuple[str, str]  # (as printed, role)


@dataclass
class Card:
    """One card: its name, its figures by label, and what else stands on it."""

    name: list[Cell] = field(default_factory=list)
    parts: dict[Label, Cell] = field(default_factory=dict)
    notes: list[Cell] = field(default_factory=list)
    fill: str | None = None

    @property
    def is_labelled(self) -> bool:
        """Whether a label says what one of its figures is."""
        return any(printed and role in ("actual", "target", "previous", "baseline", "benchmark") for printed, role in self.parts)


_FIGURE: Label = ("", "actual")
_ARROW: Label = ("", "direction")
_RATING: Label = ("", "rag")
_PERIOD: Label = ("", "period")
_DATED = "dated"  # a text that is only a date: of the figure beside it, or of the whole card


def read_card(texts: Sequence[Cell]) -> Card | None:
    """The card that these short texts, in reading order, make; None where they make none."""
    if not 2 <= len(texts) <= _MOST or any(len(t.printed.flat.split()) > _LONGEST for t in texts):
        return None
    card = Card()
    waiting: Label | None = None
    naming = True
    for cell in (piece for text in texts for piece in _pieces(text)):
        said = cell.printed.flat
        if not said:  # a colour alone: the rating that a label asks for
            card.parts |= {waiting: cell} if waiting and waiting[1] == "rag" else {}
            continue
        found = (waiting, cell) if waiting and _is_value(said, waiting[1]) else _part(cell)
        role = _label(said) if found is None else None
        waiting = (said.strip(" :"), role) if role and role != _DATED else None
        if found is not None and found[0] in card.parts:
            return None
        if found is not None:
            card.parts[found[0]] = found[1]
        elif role is None and (naming or not card.name):
            card.name.append(cell)
        elif role is None:
            card.notes.append(cell)
        elif role == _DATED and _PERIOD not in card.parts:
            card.parts[_PERIOD] = cell
        naming = role is None and found is None and not card.notes
    return card if _is_whole(card) else None


def card_grid(page: int, cards: Sequence[Card], box: Box | None = None, sheet: str | None = None) -> Grid | None:
    """Cards as a table with a row each; None where there are too few, or nothing says that they are cards."""
    if not any(c.is_labelled for c in cards) and len(cards) < _FEWEST:
        return None
    cards = _rated(cards)
    labels = list(dict.fromkeys(label for card in cards for label in card.parts))
    labels.sort(key=lambda label: (_ROLES.index(label[1]), label != _FIGURE))
    columns = [Column("", "measure"), *(Column(printed, role) for printed, role in labels)]
    noted = any(card.notes for card in cards)
    rows = tuple(
        (_joined(card.name), *(card.parts.get(label) for label in labels), *([_joined(card.notes)] if noted else [])) for card in cards
    )
    return Grid(page, box, rows, sheet=sheet, whole=True, columns=(*columns, *([Column("", "comment")] if noted else [])))


def cards_in(grid: Grid) -> Grid | None:
    """A table that only holds cards, one in each cell, as a table of their figures; None where it holds anything else."""
    cells = [c for c in dict.fromkeys(c for row in grid.rows for c in row) if c is not None and c.printed]
    cards = [card for cell in cells if (card := read_card([_of_line(cell, line) for line in cell.printed.lines])) is not None]
    if not cards or len(cards) < len(cells) or not all(c.is_labelled for c in cards):
        return None
    for card, cell in zip(cards, cells, strict=True):
        card.fill = cell.fill
    return card_grid(grid.page, cards, grid.box, grid.sheet)


def _of_line(cell: Cell, line: Line) -> Cell:
    return Cell(
        Printed((replace(line, hard=False, glued=False),)), ((line.page, line.box),) if line.box else cell.boxes, address=cell.address
    )


def _pieces(cell: Cell) -> Iterator[Cell]:
    """A text parted where it says several things at once ("Target 95% | Last quarter 71%", "139 ↑")."""
    said = cell.printed.flat
    if not said:
        yield cell
        return
    parts = [p for p in _BETWEEN.split(said) if p]
    parts = parts if len(parts) > 1 and all(_part(_worded(cell, p)) for p in parts) else [said]
    for part in parts:
        arrows = [
            sign for signs in vocabulary()["arrows"].values() for sign in signs if not sign.isalpha() and sign != "=" and sign in part
        ]
        rest = part
        for sign in arrows:
            rest = rest.replace(sign, " ")
        if arrows and rest.strip(" ()"):
            yield _worded(cell, rest.strip())
            yield _worded(cell, arrows[0])
        else:
            yield _worded(cell, part) if part != said else cell


@cache
def _signs() -> tuple[str, ...]:
    """The characters that are arrows wherever they stand."""
    return tuple(sign for signs in vocabulary()["arrows"].values() for sign in signs if not sign.isalpha() and sign not in "= ")


def _worded(cell: Cell, text: str) -> Cell:
    line = cell.printed.lines[0]
    return replace(cell, printed=Printed((replace(line, text=" ".join(text.split()), hard=False, glued=False),)))


def _part(cell: Cell) -> tuple[Label, Cell] | None:
    """A figure with its label, a bare figure, an arrow or a rating."""
    said = cell.printed.flat.strip("()")
    if is_figure(said):
        return _FIGURE, cell
    if len(said) <= 3 and arrow_of(said):
        return _ARROW, cell
    if len(said) > 1 and rating_of_text(said) and normalise(said) in _rating_words():
        return _RATING, cell
    for gap in _GAP.finditer(said):
        left, right = said[: gap.start()], said[gap.end() :]
        for label, value in ((left, right), (right, left)):
            role = _label(label)
            role = "actual" if role == _DATED else role
            if role in ("period", "polarity", "unit") and (":" not in gap[0] or label != left):
                continue  # "supported in the year": only "Period: …" is a label
            if role and _is_value(value, role):
                return (label.strip(" :"), role), _worded(cell, value)
    return None


def _rating_words() -> frozenset[str]:
    return frozenset(word for phrases in vocabulary()["ratings"].values() for word in phrases if len(word) > 1)


def _label(text: str) -> str | None:
    """The role a text names that is nothing but a label ("Target", "Last quarter", "2023/24 outturn"), `_DATED` for a date; else None."""
    rest = text
    dated = periods(text, "2000/01-Q4")
    for d in reversed(dated):
        rest = rest[: d.start] + " " + rest[d.end :]
    said = " ".join(w for w in normalise(rest).split() if w not in _JOINING)
    whole = " ".join(w for w in normalise(text).split() if w not in _JOINING)
    for role in _ROLES:
        if whole in vocabulary()["headers"][role] or (said and said in vocabulary()["headers"][role]):
            return role
    return _DATED if dated and not said and len(text.split()) <= 4 else None


def _is_value(text: str, role: str) -> bool:
    """Whether a text can be the value of a label of this role."""
    if role == "rag":
        return rating_of_text(text) is not None
    if role == "direction":
        return arrow_of(text) is not None
    if role in ("period", "polarity", "unit"):
        return bool(text)
    return is_figure(text) or text.strip().lower() in words("not_reported", "words")


def _is_whole(card: Card) -> bool:
    named = " ".join(c.printed.flat for c in card.name)
    figures = [label for label in card.parts if label[1] in ("actual", "target")]
    return bool(re.search(r"[A-Za-z]{2}", named)) and bool(figures) and not named.endswith((".", ";"))


def _joined(cells: Sequence[Cell]) -> Cell | None:
    """Texts that follow one another as one cell."""
    if not cells:
        return None
    boxes = [b for c in cells for _, b in c.boxes if b]
    page = cells[0].boxes[0][0] if cells[0].boxes else None
    return Cell(Printed(tuple(line for c in cells for line in c.printed.lines)), ((page, union(boxes)),), address=cells[0].address)


def _rated(cards: Sequence[Card]) -> list[Card]:
    """Cards with their colour as a rating, where no label says one and the cards differ: one colour on all of them is decoration."""
    fills = {card.fill for card in cards}
    if len(fills) < 2 or any(role == "rag" for card in cards for _, role in card.parts):
        return list(cards)
    return [
        replace(card, parts={**card.parts, _RATING: Cell(Printed(), card.name[0].boxes, card.fill, address=card.name[0].address)})
        if card.fill
        else card
        for card in cards
    ]
