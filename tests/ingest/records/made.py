"""Documents made by hand, for rules that no example plan shows alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ingest.records.measures import measures
from ingest.types import Block, BlockKind, Cell, Column, Direction, Document, Line, Measure, Place, Printed, Rating, Row, Table

Content = str | Cell | None


def cell(text: str, rating: Rating | None = None, arrow: Direction | None = None, pages: Sequence[int] = ()) -> Cell:
    """A cell of hard lines, line n on page `pages[n]` (page 1 without) at the height 10 n."""
    lines = [
        Line(line, pages[n] if pages else 1, (0.0, 10.0 * n, 50.0, 10.0 * n + 8), hard=n > 0)
        for n, line in enumerate(text.split("\n"))
        if text
    ]
    return Cell(Printed(tuple(lines)), rating=rating, arrow=arrow)


def table(columns: Mapping[str, str | None], *rows: Sequence[Content], caption: str | None = None, groups: Sequence[int] = ()) -> Block:
    """A table block: `columns` maps titles to roles; a cell object used in two rows is merged over them."""
    place = Place("plan.pdf", 1)
    made = tuple(
        Row(tuple(c if isinstance(c, Cell) or c is None else cell(c) for c in row), groups[n] if groups else n)
        for n, row in enumerate(rows)
    )
    return Block("table", place, Printed(), table=Table(place, tuple(Column(t, r) for t, r in columns.items()), made, caption))


def prose(text: str, kind: BlockKind = "paragraph") -> Block:
    """A paragraph or list item."""
    return Block(kind, Place("plan.pdf", 3), cell(text, pages=[3]).printed, headings=("Our work",))


def read(*blocks: Block, period: str | None = "2025/26-Q2") -> list[Measure]:
    """The measures of a document of these blocks."""
    document = Document("plan.pdf", "ab" * 32, "pdf", "Plan", "Testshire", "plan", period, (), blocks)
    return measures(document, {(0, 0): "ab/a001"})


def facts(found: Sequence[Measure]) -> list[tuple[str, str | None, float | None, str | None, float | None, str]]:
    """(measure, breakdown, value, period, target, status) of each."""
    return [(m.measure, m.breakdown, m.value, m.period, m.target, m.status) for m in found]
