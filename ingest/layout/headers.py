"""Header rows, band rows and column roles: what a table's own words say about its columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from ingest.language.period import periods
from ingest.language.quantity import is_figure
from ingest.language.words import words
from ingest.layout.ratings import rating_of_text
from ingest.source import Grid
from ingest.types import Cell, Column
from ingest.vocabulary import contains, normalise, vocabulary

GridRow = tuple[Cell | None, ...]

_FIGURE_ROWS = 3  # a header and two rows of figures
_FIGURE_COLUMNS = 3
_BARE = 0.8  # share of the cells beside the first column that are bare figures
_LOOK_AT = 6  # a header further down belongs to another table
_DATED = ("target", "actual", "previous", "baseline", "benchmark")  # roles whose columns may be parted by date
_TELLING = {"measure", "action", "success", "progress", "lead", "due", "period"}  # roles of tables whose rows are told otherwise
_CODE = re.compile(r"[A-Z]{0,6}[ ./-]?\d{1,4}(?:\.\d{1,3})*[a-z]?|[A-Z]{1,4}", re.I)  # "ENV01", "1.2", "KPI 7b"
_NUMBERED_YEAR = re.compile(r"(?:year|yr) \d(?: (?:budget|planned|plan|estimate|forecast))?(?!\S)")
_AHEAD = re.compile(r"\bwill\b")  # of a column's title: what it tells is still to be seen
_FORECAST = re.compile(r"\b(?:forecast|projected|projection|predicted)\b", re.I)
_ROWS, _KINDS, _REPEATED, _SHORT = 3, 6, 0.8, 3  # a column rates: rows it fills, different words, their share of the rows, words of a cell
_SAYING = 3.0  # words of a cell on average, from which a column tells what is to be done
_REPORTING = 5.0  # and from which one tells how far it got
_MAX_HEADER = 60  # characters: a longer text is content that happens to contain a header word


@cache
def role_of(title: str) -> str | None:
    """The role a header text names: that of the longest vocabulary phrase in it; a bare period heads actual values."""
    text = normalise(title)
    if not text or len(text) > _MAX_HEADER:
        return None
    if whole := next((role for role, phrases in vocabulary()["titles"].items() if text in phrases), None):
        return whole
    if numbered := _NUMBERED_YEAR.match(text):
        rest = text[numbered.end() :].strip()
        return (role_of(rest) if rest else None) or "actual"  # "Year 2", "Year 3 ref"
    found = [(len(phrase), role) for role, phrases in vocabulary()["headers"].items() for phrase in phrases if contains(text, phrase)]
    if not found:
        return "actual" if _is_period(title) else None
    best = max(size for size, _ in found)
    role = next(role for size, role in found if size == best)
    return "success" if role == "progress" and _AHEAD.search(text) else role  # "Evidence the Board will see"


def _is_period(title: str) -> bool:
    """Whether a header is nothing but a period ("Q2", "Sep 19", "2023/24")."""
    dated = periods(title)
    return bool(dated) and 2 * sum(d.end - d.start for d in dated) >= len(title.strip())


def is_band(row: GridRow) -> bool:
    """Whether one cell spans the whole row."""
    return len(row) > 1 and row[0] is not None and all(cell is row[0] for cell in row)


def band_text(row: GridRow) -> str | None:
    """The text of a band row, None for a bare label such as "Aim" (the text follows in the next band, or is missing)."""
    cell = row[0]
    text = cell.printed.flat if cell else ""
    return None if not text or normalise(text) in vocabulary()["bands"]["labels"] else text


def header_rows(grid: Grid) -> tuple[int, tuple[Column, ...]] | None:
    """Index of the first body row and the columns, or None where no row of the grid's first ones is a header.

    Of several columns that could name what is measured the one that holds codes does not; where none says so, the words beside the
    figures do.
    """
    found = _header(grid)
    if not found or grid.columns:
        return found
    body = grid.rows[found[0] :]
    return found[0], _rating(_reported(_naming(_scored(found[1], body), body)), body)


def _scored(columns: tuple[Column, ...], body: Sequence[GridRow]) -> tuple[Column, ...]:
    """The columns of a scorecard whose heads are those of a plan ("Outcome measure | Position 30 Sept | Milestone Sept"): under them
    stand bare figures, so that they are the measure, its value and its target."""
    roles = [c.role for c in columns]
    if {"action", "lead", "due"} & set(roles) or not {"success", "progress"} & set(roles):
        return columns
    bare = [_filled_with_figures(body, i) for i in range(len(columns))]
    named = next((i for i, role in enumerate(roles) if role == "measure" or (role == "success" and _worded(body, i))), None)
    told = {"progress": "actual", "success": "target"}
    scored = tuple(replace(c, role=told[c.role]) if c.role in told and bare[i] else c for i, c in enumerate(columns))
    if named is None or not {"actual", "target"} & {c.role for c in scored[named + 1 :]}:
        return columns
    return tuple(replace(c, role="measure") if i == named else c for i, c in enumerate(scored))


def _filled_with_figures(body: Sequence[GridRow], index: int) -> bool:
    texts = [t for t in _filled(body, index) if t.lower() not in words("not_reported", "words")]
    return len(texts) > 1 and sum(is_figure(t) for t in texts) >= _BARE * len(texts)


def _reported(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """The columns; beside what was reached, what is forecast is no reading."""
    forecast = {i for i, c in enumerate(columns) if c.role == "actual" and _FORECAST.search(c.title)}
    if not forecast or all(c.role != "actual" or i in forecast for i, c in enumerate(columns)):
        return columns
    return tuple(replace(c, role="basis") if i in forecast else c for i, c in enumerate(columns))


def _rating(columns: tuple[Column, ...], body: Sequence[GridRow]) -> tuple[Column, ...]:
    """The columns with one that rates, where none says that it does: a few short words again and again, most of them those of ratings or of
    how actions stand ("How we did": "Achieved", "Not achieved"; "Outcome": "Completed", "Carried on")."""
    roles = [c.role for c in columns]
    if "rag" in roles or not {"action", "measure"} & set(roles):
        return columns
    for i in reversed([i for i, role in enumerate(roles) if role in (None, "section", "impact", "comment")]):
        said = _filled(body, i)
        kinds = set(map(normalise, said))
        few = len(said) >= _ROWS and len(kinds) <= min(_KINDS, len(said) * _REPEATED) and all(len(t.split()) <= _SHORT for t in said)
        rated = [t for t in said if rating_of_text(t) is not None]
        stands = [t for t in said if t in rated or normalise(t) in vocabulary()["completed"]["status"]]
        if few and columns[i].title and rated and 2 * len(stands) >= len(said):
            return tuple(replace(c, role="rag") if k == i else c for k, c in enumerate(columns))
    return columns


def _naming(columns: tuple[Column, ...], body: Sequence[GridRow]) -> tuple[Column, ...]:
    """The columns with one that names what is measured: not the codes ("PI | Indicator"), else words beside targets ("Saving | Target")."""
    named = [i for i, c in enumerate(columns) if c.role == "measure"]
    coded = [i for i in named if _filled(body, i) and all(_CODE.fullmatch(t) for t in _filled(body, i))]
    if coded and len(coded) < len(named):
        return tuple(replace(c, role="ref") if i in coded else c for i, c in enumerate(columns))
    roles = {c.role for c in columns}
    if roles & _TELLING or not roles & set(_DATED):
        return columns
    first = next(i for i, c in enumerate(columns) if c.role in _DATED)
    worded = next((i for i, c in enumerate(columns[:first]) if c.role is None and c.title and _worded(body, i)), None)
    if worded is None or any(contains(normalise(columns[worded].title), word) for word in words("parts", "words")):
        return columns
    return tuple(replace(c, role="measure") if i == worded else c for i, c in enumerate(columns))


def _filled(body: Sequence[GridRow], index: int) -> list[str]:
    cells = (row[index] for row in body if not is_band(row) and index < len(row))
    return [c.printed.flat for c in cells if c is not None and c.printed]


def _worded(body: Sequence[GridRow], index: int) -> bool:
    texts = _filled(body, index)
    return bool(texts) and not any(is_figure(t) or _CODE.fullmatch(t) for t in texts)


def _header(grid: Grid) -> tuple[int, tuple[Column, ...]] | None:
    """A header row as `header_rows` finds it, its columns by their titles alone.

    A header names at least two roles, and no cell of it is a long text; failing that, it is what the file itself marks as one.
    Of two header rows the lower one names the columns; where it is empty, or merged with the one above, the upper one does.
    """
    if grid.columns:
        return 0, grid.columns
    for i, row in enumerate(grid.rows[:_LOOK_AT]):
        if is_band(row) or not _names_columns(row):
            continue
        last = i
        while last + 1 < len(grid.rows) and last < i + 2 and not is_band(grid.rows[last + 1]) and _continues(row, grid.rows[last + 1]):
            last += 1
        last = max(last, grid.header - 1)
        return last + 1, _told(grid, last + 1, tuple(_column(grid, i, last, c) for c in range(len(row))))
    if 0 < grid.header < len(grid.rows) and not is_band(grid.rows[grid.header - 1]):
        return grid.header, tuple(_column(grid, 0, grid.header - 1, c) for c in range(len(grid.rows[0])))
    return _over_figures(grid)


def _told(grid: Grid, first: int, columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """The columns of a table whose heads do not say which tells what will be done, or how far it got, with both named.

    Where somebody owns each row by a date, or by a rating with what came of it, the column of words before those says what will be done
    ("What", "Project", "Milestone"); a nameless-role column of long texts after it says how far it got ("Where are we now").
    """
    roles = [c.role for c in columns]
    owned = "lead" in roles and ("due" in roles or {"rag", "progress"} <= set(roles))
    if "measure" in roles or any(_is_risk(c.title) for c in columns):
        return columns
    if not (owned or "action" in roles):
        return columns
    found = roles.index("action") if "action" in roles else _saying(grid, first, columns)
    if "action" not in roles and found is not None:
        columns = tuple(replace(c, role="action") if i == found else c for i, c in enumerate(columns))
    if found is None or {"progress", "comment"} & set(roles) or not {"lead", "due", "rag"} & set(roles):
        return columns
    after = [i for i, c in enumerate(columns) if i > found and c.role is None and c.title and _tells(grid, first, i, c.title)]
    said = "success" if after and _AHEAD.search(normalise(columns[after[-1]].title)) else "progress"
    return tuple(replace(c, role=said) if after and i == after[-1] else c for i, c in enumerate(columns))


def _tells(grid: Grid, first: int, column: int, title: str) -> bool:
    """Whether a column without a role tells what came of the actions, in long texts, or what is to come of them, in shorter ones."""
    return _words(grid, first, column) >= (_SAYING if _AHEAD.search(normalise(title)) else _REPORTING)


def _saying(grid: Grid, first: int, columns: tuple[Column, ...]) -> int | None:
    """The column before leads, dates and ratings that says what will be done: one of milestones, of plain words, or of recommendations."""
    before = min((i for i, c in enumerate(columns) if c.role in ("lead", "due", "rag")), default=0)
    words_in = {i: _words(grid, first, i) for i in range(before)}
    named = [i for i, c in enumerate(columns) if c.role == "success" and normalise(c.title) in vocabulary()["milestones"]["words"]]
    plain = [i for i, c in enumerate(columns[:before]) if c.role is None and c.title and words_in[i] >= _SAYING]
    headed = [i for i, c in enumerate(columns[:before]) if c.role == "section" and words_in[i] >= _SAYING]
    return next(iter((*named, *sorted(plain, key=lambda i: -words_in[i]), *headed)), None)


def _is_risk(title: str) -> bool:
    """Whether a column's title names what may go wrong: its table is a register of risks."""
    return normalise(title) in vocabulary()["risks"]["words"]


def _words(grid: Grid, first: int, column: int) -> float:
    """How many words a column's filled cells have on average, from the first body row on."""
    texts = [c.printed.flat for row in grid.rows[first:] if not is_band(row) and column < len(row) and (c := row[column]) and c.printed]
    return sum(len(t.split()) for t in texts) / len(texts) if texts else 0.0


def _over_figures(grid: Grid) -> tuple[int, tuple[Column, ...]] | None:
    """A first row of words over columns of bare figures; what stands beside them names the rows."""
    first = next((i for i, row in enumerate(grid.rows[:_LOOK_AT]) if not is_band(row)), None)
    if first is None or len(grid.rows) - first < _FIGURE_ROWS or len(grid.rows[first]) < _FIGURE_COLUMNS:
        return None
    heads = [c.printed.flat if c else "" for c in grid.rows[first]]
    body = [row for row in grid.rows[first + 1 :] if not is_band(row)]
    figured = [i for i in range(1, len(heads)) if _bare(body, i)]
    if not all(heads[1:]) or any(is_figure(h) or len(h) > _MAX_HEADER for h in heads) or 2 * len(figured) < len(heads):
        return None
    columns = [_column(grid, first, first, c) for c in range(len(heads))]
    names = (
        not any(c.role == "measure" for c in columns) and columns[0].role in (None, "source", "section") and any(c.role for c in columns)
    )
    named_part = any(contains(normalise(heads[0]), word) for word in words("parts", "words"))
    return first + 1, (Column(heads[0], "measure") if names and not named_part else columns[0], *columns[1:])


def _bare(body: Sequence[GridRow], index: int) -> bool:
    """Whether a column's filled cells are bare figures, or say that there is none."""
    texts = _filled(body, index)
    return bool(texts) and sum(is_figure(t) or t.lower() in words("not_reported", "words") for t in texts) >= _BARE * len(texts)


def _names_columns(row: GridRow) -> bool:
    texts = [cell.printed.flat for cell in dict.fromkeys(c for c in row if c is not None)]
    filled = [t for t in texts if t]
    roles = {role_of(t) for t in filled} - {None}
    long = any(len(t) > 2 * _MAX_HEADER for t in filled) or not any(is_title(t) for t in filled)
    return not long and len(filled) >= 2 and (len(roles) >= 2 or (len(roles) == 1 and len(filled) == 2 and all(role_of(t) for t in filled)))


def is_title(text: str) -> bool:
    """Whether a header phrase makes up at least half of a text: one that only holds such a word ("Learning and Development Lead") may as
    well be content."""
    said = normalise(text)
    return any(
        2 * len(phrase.split()) >= len(said.split()) and contains(said, phrase)
        for phrases in vocabulary()["headers"].values()
        for phrase in phrases
    )


def _continues(upper: GridRow, lower: GridRow) -> bool:
    """Whether the row below a header row is its second level: it splits a merged header cell into named columns."""
    merged = {id(c) for c in upper if c is not None and sum(1 for d in upper if d is c) > 1}
    shared = any(a is b for a, b in zip(upper, lower, strict=True) if a is not None)
    texts = [c.printed.flat for c in lower if c is not None]
    short = all(len(t) <= _MAX_HEADER for t in texts)
    return (bool(merged) or shared) and short and _names_columns(lower)


def _column(grid: Grid, first: int, last: int, c: int) -> Column:
    texts: list[str] = []
    for row in grid.rows[first : last + 1]:
        cell = row[c]
        text = cell.printed.flat if cell else ""
        if text and text not in texts:
            texts.append(text)
    own = texts[-1] if texts else ""
    role = role_of(own)
    if len(texts) > 1 and role == "actual" and _is_period(own):
        role = next((r for t in reversed(texts[:-1]) if (r := role_of(t)) in _DATED), role)  # "Target" over "2023/24"
    if role is None and len(texts) > 1:
        role = role_of(" ".join(texts)) or role_of(texts[0])
    title = " – ".join(texts) if role_of(own) in (None, "actual", "target") else own
    return Column(title, role)
