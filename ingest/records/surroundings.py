"""What the text around a table says of it: the time its figures and targets are for, and the standards they are held against."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from ingest.language.period import Dated, financial_year, last_day, period_in, periods
from ingest.language.quantity import quantities
from ingest.language.sentences import statements
from ingest.language.words import any_of, words
from ingest.records.spread import PART
from ingest.records.standards import Standard, standard_for, standards
from ingest.types import Block, Cell, Column, Document, Line, Printed, Table

_PLAN = frozenset({"action", "success"})  # roles of tables that look ahead: the year over them is that of the plan, not of its figures
_YEAR_NO = re.compile(r"\b(?:year|yr)\s+(\d)\b(?!\s*(?:pupil|child|student|group|old|\d))", re.I)
_TARGETS_FOR = re.compile(
    r"\b(?:all )?targets (?:shown |given |here )?(?:are|is) (?:set |those )?for (?:the )?(?:end of )?(?:financial )?(?:year )?(?:to )?"
    r"(?P<when>[A-Za-z]* ?\d{4}(?:[/–-]\d\d)?)(?=\W|$)",
    re.I,
)
_MILESTONE_NO = re.compile(
    r"\b(milestone|phase|stage|tranche|step)\s+\d(?=\s+[A-Za-z])", re.I
)  # "Milestone 1 Jul 2025": not the first of July
_BEFORE = 2  # paragraphs right before a table that may set what it is held against
_BESIDE = 12  # characters between "Year 2" and the dates that say which year it is ("covers", "(")
_MONTHS = 12


@dataclass(frozen=True)
class Surroundings:
    """What a document's text says for all of its tables: which financial years it numbers, and for when its targets are."""

    document: Document
    years: Mapping[int, str]
    due: str | None

    def told_of(self, table: Table, block: Block) -> tuple[Table, str | None]:
        """The table as the text around it explains it, and the period its undated figures are for."""
        columns = tuple(replace(c, title=self._dated(c)) for c in table.columns)
        table = replace(table, columns=columns) if columns != table.columns else table
        return table, _around(table, block, self.document, self.years)

    def _dated(self, column: Column) -> str:
        """A column's title with the year that is only counted in it, or with the date that the text sets for all targets."""
        title = _MILESTONE_NO.sub(r"\1", _in_years(column.title, self.years))
        return f"{title} {self.due}" if self.due and column.role == "target" and not periods(title, "2000/01") else title

    def aimed(self, table: Table, block: Block) -> Table:
        """A table of measures without targets, with those that the words before it set ("Average caseload should be 17 or fewer")."""
        named, valued, part = table.index_of("measure"), table.index_of("actual"), table.index_of(PART)
        set_here = _set_before(block, self.document)
        if named is None or valued is None or part is None or not set_here or "target" in {c.role for c in table.columns}:
            return table
        cells: list[Cell | None] = []
        for row in table.rows:
            name, value, label = (_flat(row.cells[i]) for i in (named, valued, part))
            found = standard_for(name, label, q[0], set_here) if len(q := quantities(value)) == 1 else None
            cells.append(Cell(Printed((Line(found.said),))) if found else None)
        if not any(cells):
            return table
        rows = tuple(replace(row, cells=(*row.cells, cell)) for row, cell in zip(table.rows, cells, strict=True))
        return replace(table, columns=(*table.columns, Column("Target", "target")), rows=rows)


def surroundings_of(document: Document) -> Surroundings:
    """What the text of a document says of its tables."""
    return Surroundings(document, _numbered_years(document), _due(document))


def _around(table: Table, block: Block, document: Document, years: Mapping[int, str]) -> str | None:
    """The period that a table's caption names, else a heading above it, else the sentence before it that speaks of the table.

    A year over what is planned is no year in which it was reached, and nothing was reached after the document was written.
    """
    if said := period_in(table.caption or "", document.period):
        return said
    numbered = [h for h in block.headings[-1:] if re.match(rf"{any_of(words('captions', 'numbered'))}\s+(?:[A-Z]?\d|[A-Z]\b)", h, re.I)]
    if said := next((p for h in numbered if (p := period_in(h, document.period))), None):
        return said
    if _PLAN & {c.role for c in table.columns}:
        return document.period
    for text in (*_sentences_before(block, document), *reversed(block.headings)):
        dated = [d for d in periods(_in_years(text, years), document.period) if d.period and not _ahead(d, text)]
        fit = [d for d in dated if document.period is None or last_day(d.period or "") <= last_day(document.period)]
        if fit:
            return _quarter_of(fit[-1])
    return document.period


def _ahead(dated: Dated, text: str) -> bool:
    """Whether a heading's date is one up to which something is to be done, or how long a plan runs."""
    return bool(re.search(r"\b(?:by|until|from|since|before|after|to)\s+$", text[: dated.start], re.I))


def _quarter_of(dated: Dated) -> str | None:
    """The period; three months that are a quarter ("April to June 2025") as that quarter."""
    if dated.since is None or dated.period is None or not re.fullmatch(r"\d{4}-\d\d", dated.period):
        return dated.period
    end, start = last_day(dated.period), last_day(dated.since)
    months = (end.year - start.year) * _MONTHS + end.month - start.month + 1
    if end.month % 3 == 0 and months == 3:
        return f"{financial_year(end)}-Q{((end.month - 4) % _MONTHS) // 3 + 1}"
    return financial_year(end) if months == _MONTHS and end.month == 3 else dated.period


def _set_before(block: Block, document: Document) -> list[Standard]:
    """The standards set in the paragraphs between a table and the heading above it, at most two of them."""
    at = next((i for i, b in enumerate(document.blocks) if b is block), 0)
    out: list[Standard] = []
    for before in reversed(document.blocks[max(0, at - _BEFORE) : at]):
        if before.kind not in ("paragraph", "list_item"):
            break
        out += standards(before.printed.text)
    return out


def _flat(cell: Cell | None) -> str:
    return cell.printed.flat if cell is not None else ""


def _sentences_before(block: Block, document: Document) -> Iterator[str]:
    """The sentences of the paragraph right before a table that speak of what it shows, the last first."""
    at = next((i for i, b in enumerate(document.blocks) if b is block), 0)
    before = document.blocks[at - 1] if at else None
    if before is None or before.kind != "paragraph":
        return
    text = before.printed.text
    for start, end in reversed(statements(text)):
        if re.search(any_of(words("captions", "shown")), text[start:end], re.I):
            yield text[start:end]


def _in_years(text: str, years: Mapping[int, str]) -> str:
    """A title with the year that the document counts so ("Year 2 households") as the financial year it is, where it does not say both."""
    if not years or re.search(r"\d{4}", text):
        return text
    return _YEAR_NO.sub(lambda m: years.get(int(m[1]), m[0]), text)


def _numbered_years(document: Document) -> Mapping[int, str]:
    """The financial year that each "Year n" of a strategy is, from where the document says one of them ("Year 2 covers 1 April 2024 to
    31 March 2025", "Year 1 2023/24"); empty where it does not say or says it in two ways."""
    first: set[int] = set()
    for text in _texts(document):
        for m in _YEAR_NO.finditer(text):
            rest = text[m.end() : m.end() + 60]
            dated = [d for d in periods(rest) if d.period]
            if dated and dated[0].start <= _BESIDE and (year := _year_of(rest, dated)):
                first.add(int(year[:4]) - int(m[1]))
    if len(first) != 1:
        return {}
    start = first.pop()
    return {n: f"{start + n}/{(start + n + 1) % 100:02d}" for n in range(1, 10)}


def _year_of(text: str, dated: list[Dated]) -> str | None:
    """The financial year that dates right after "Year 2" give: as such, or from its April to its March."""
    first = dated[0]
    if first.period and re.fullmatch(r"\d{4}/\d\d", first.period):
        return first.period
    if first.since:
        return financial_year(last_day(first.period or "")) if (first.period or "").endswith("-03") else None
    if len(dated) > 1 and dated[1].period and re.fullmatch(r"\s*(?:to|until|[-–])\s*", text[first.end : dated[1].start]):
        return financial_year(last_day(dated[1].period)) if last_day(dated[1].period).month == 3 else None
    return None


def _texts(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if block.table is None:
            yield block.printed.flat
        else:
            yield from (block.table.caption or "", *(c.title for c in block.table.columns))


def _due(document: Document) -> str | None:
    """For when all targets of a document are, as printed: "Targets are for the year 2025/26"; None where it does not say so, or in two
    ways."""
    found = {m["when"] for text in _texts(document) for m in _TARGETS_FOR.finditer(text) if len(periods(m["when"])) == 1}
    return found.pop() if len(found) == 1 else None
