"""Tables of machine-made text extractions, in which a row is a line of tab-separated cells, put in order again.

Such rows come broken in the middle of a cell, shifted by a lost or a stray cell, under headers that are broken or fused themselves.
What is certain is mended here: header lines are joined, cells are set under the columns they fit, a row whose number is missing goes on
with the row before. What is left to judgement is left to the stitching of tables.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from ingest.language.period import periods
from ingest.layout.glyphs import BULLETS
from ingest.layout.headers import role_of
from ingest.layout.ratings import arrow_of, rating_of_text
from ingest.vocabulary import normalise, vocabulary

Row = list[str]

_REF = re.compile(r"^(?:[A-Z]{1,3}\s?)?\d{1,3}(?:\.\d{1,3}){0,3}\.?[a-z]?$")
_RULE = re.compile(r"^[\s\-=_|:+]*$")
_OPEN_DATE = re.compile(r"^(?:on ?-? ?go\w*(?: ?in ?g)?|tb[cd].*|n/a|asap|\d{4}|\d{1,2}/\d{1,2}/\d{2,4})$", re.IGNORECASE)
_ENDS = (".", "!", "?", ":", ";")
_NUMBERED = 0.5  # share of a table's rows with a number, from which a row without one is a rest
_SHORT = 40  # characters: headers, dates and names are shorter
_OPENING = 5  # words
_TITLED = 0.6  # share of a header's cells that begin as titles do, and of its words that headers are made of
_SAME_HEADER = 0.5  # share of an earlier header's roles that a damaged one must still show
_LEADS_ON = frozenset(  # words that no text ends with
    "a an and are as at be by for from if in into is its of on or our that the their to was were when where which who whose with".split()
)
_TEXTS = ("action", "progress", "success", "impact", "comment", "monitoring", "section", "measure", None)


@dataclass
class Part:
    """Rows under one header. `header` is empty where rows have none and follow no table."""

    header: Row
    rows: list[Row] = field(default_factory=list)
    numbered: bool = False


def parts_of(rows: Sequence[Row], known: list[Row]) -> list[Part]:
    """The tables in neighbouring tab-separated rows, each with its header first. `known` are the headers met before; it is added to."""
    kept = [_without_stray_bullets(row) for row in rows if not _is_noise(row)]
    out: list[Part] = []
    at = 0
    while at < len(kept):
        roles = _roles(kept[at])
        if roles is None:
            if not out:
                out.append(Part([]))
            out[-1].rows.append(kept[at])
            at += 1
            continue
        header = _trimmed(kept[at])
        at += 1
        while at < len(kept) and _goes_on(header, kept[at]):
            header = [f"{a} {b}".strip() for a, b in zip(header, _padded(kept[at], len(header)), strict=True)]
            at += 1
        if out and not out[-1].header and all(_is_fragment(row) for row in out[-1].rows):
            out.pop()  # the upper line of a two-level header
        header = _restored(header, known)
        known.append(header)
        if not (out and [role_of(c) for c in out[-1].header] == [role_of(c) for c in header]):  # else the header of the next page
            out.append(Part(header))
    return [_mended(part) for part in out]


def heads_table(row: Row) -> bool:
    """Whether a row of cells is a table's header."""
    return _roles(row) is not None


def is_rule(line: str) -> bool:
    """Whether a line only draws: dashes and bars."""
    return bool(_RULE.match(line))


def carried_down(part: Part) -> set[int]:
    """The columns in which an empty cell is merged with the one above it: areas, recommendations and their sources."""
    return {i for i, c in enumerate(part.header) if role_of(c) in ("section", "source")}


def _is_noise(row: Row) -> bool:
    """Whether a row holds neither a word nor a figure, or one text run together with others in several cells."""
    openings = [tuple(words[:_OPENING]) for c in row if len(words := c.split()) > 2 * _OPENING]
    if len(openings) > 2 and len(set(openings)) == 1:
        return True
    return not any(re.search(r"[^\W\d_]{3}|\d", cell) or rating_of_text(cell) for cell in row)


def _without_stray_bullets(row: Row) -> Row:
    """The row with each cell that is only a bullet joined to the cell it stands before."""
    out: Row = []
    bullet = ""
    for cell in row:
        if cell and len(cell) == 1 and cell in BULLETS and cell not in "-–o*":
            bullet = cell
            continue
        out.append(f"{bullet} {cell}".strip() if bullet else cell)
        bullet = ""
    return out


def _trimmed(row: Row) -> Row:
    end = len(row)
    while end > 1 and not row[end - 1]:
        end -= 1
    return row[:end]


def _padded(row: Row, width: int) -> Row:
    row = row if len(row) <= width else [*row[: width - 1], " ".join(c for c in row[width - 1 :] if c)]
    return row + [""] * (width - len(row))


def _roles(row: Row) -> list[str | None] | None:
    """The columns' roles where the row is a header: short texts that name at least two."""
    texts = [c for c in row if c]
    if len(texts) < 2 or any(len(t) > 2 * _SHORT for t in texts):
        return None
    roles = [role_of(c) if c else None for c in row]
    named = {r for r in roles if r}
    titled = sum(t[:1].isupper() and not t.endswith(_ENDS) for t in texts)
    words = [w for t in texts for w in normalise(t).split()]
    known = sum(w in _header_words() for w in words)
    return roles if len(named) >= 2 and titled >= _TITLED * len(texts) and known >= _TITLED * len(words) else None


def _is_fragment(row: Row) -> bool:
    return all(len(c) <= _SHORT for c in row) and not _REF.match(row[0] if row else "")


@cache
def _header_words() -> frozenset[str]:
    return frozenset(w for phrases in vocabulary()["headers"].values() for phrase in phrases for w in phrase.split())


def _goes_on(header: Row, row: Row) -> bool:
    """Whether a row is the second line of the header above it: nothing in it but words that headers are made of."""
    if not row or row[0] or len(_trimmed(row)) > len(header):
        return False
    words = [w for cell in row for w in normalise(cell).split()]
    return bool(words) and all(any(known.startswith(w) for known in _header_words()) for w in words)


def _restored(header: Row, known: Sequence[Row]) -> Row:
    """A damaged header with the names it lost, where an earlier header of the document has the same columns."""
    roles = [role_of(c) for c in header]
    for earlier in reversed(known):
        others = [role_of(c) for c in earlier]
        if len(earlier) == len(header):
            same = sum(a == b and a is not None for a, b in zip(roles, others, strict=True))
            if same >= _SAME_HEADER * sum(b is not None for b in others):
                return [c if role else e for c, role, e in zip(header, roles, earlier, strict=True)]
        elif len(earlier) - len(header) in (1, 2) and others[-len(roles) :] == roles:
            return earlier  # the first columns were lost
    return header


def _mended(part: Part) -> Part:
    """The part with each row's cells under their columns and, where rows are numbered, broken rows whole again."""
    if not part.header:
        return part
    roles = [role_of(c) for c in part.header]
    ref = roles.index("ref") if "ref" in roles else 0 if roles[0] is None and not part.header[0] else None
    numbers = sum(bool(_REF.match(row[ref])) for row in part.rows if len(row) > ref) if ref is not None else 0
    part.numbered = numbers > 0 and numbers >= _NUMBERED * sum(map(_is_entry, part.rows))
    out: list[Row] = []
    pending = ""
    for row in part.rows:
        aligned = _aligned(row, roles, out[-1] if out else None)
        if part.numbered and ref is not None:
            aligned, pending = _with_number(aligned, ref, pending, out)
            if out and _is_rest(aligned, ref, roles, out[-1]):
                out[-1] = [" ".join(filter(None, pair)) for pair in zip(out[-1], aligned, strict=True)]
                continue
        out.append(aligned)
    part.rows = out
    return part


def _is_entry(row: Row) -> bool:
    return sum(bool(c) for c in row) >= 3


def _with_number(row: Row, ref: int, pending: str, before: list[Row]) -> tuple[Row, str]:
    """The row with its number, and the number that waits: one printed beside the rest of the row before belongs to the row after."""
    others = [c for i, c in enumerate(row) if c and i != ref]
    if before and row[ref] and len(others) <= 2 and others and all(c[:1].islower() for c in others):
        return [c if i != ref else "" for i, c in enumerate(row)], row[ref]
    if pending and not row[ref] and _is_entry(row):
        return [pending if i == ref else c for i, c in enumerate(row)], ""
    return row, "" if row[ref] else pending


def _is_rest(row: Row, ref: int, roles: Sequence[str | None], before: Row) -> bool:
    """Whether a row without number goes on with the row before: unless it begins an action of its own, with a date or a lead."""
    if row[ref]:
        return False
    action = next((row[i] for i, role in enumerate(roles) if role == "action"), "")
    own = any(row[i] for i, role in enumerate(roles) if role in ("lead", "start", "due") and row[i][:1].isupper() | row[i][:1].isdigit())
    begun = next((before[i] for i, role in enumerate(roles) if role == "action"), "")
    progress = any(row[i] for i, role in enumerate(roles) if role in ("progress", "success"))
    return not (action[:1].isupper() and own and progress and len(action.split()) > 2 and _finished(begun, action))


def _finished(before: str, after: str) -> bool:
    """Whether a text is complete, judged by how it ends and how the next begins."""
    last = before.rsplit(" ", 1)[-1].lower()
    return bool(before) and after[:1].isupper() and (before.endswith(_ENDS) or last not in _LEADS_ON)


def _aligned(row: Row, roles: Sequence[str | None], before: Row | None) -> Row:
    """The row's cells in as many columns as the header has, each where it fits best; blank cells are free to vanish."""
    width = len(roles)
    trimmed = _trimmed(row)
    if (len(row) == width or len(trimmed) <= width < len(row)) and _fits(_padded(trimmed, width), roles):
        return _padded(trimmed, width)
    cells = trimmed if len(trimmed) <= width else [c for c in trimmed if c]
    if len(cells) > width:
        cells = _padded(cells, width)
    return _placed(cells, roles, before or [""] * width)


def _fits(row: Row, roles: Sequence[str | None]) -> bool:
    return all(_fit(c, role, "") > -2.0 for c, role in zip(row, roles, strict=True) if c)


def _placed(cells: Row, roles: Sequence[str | None], before: Row) -> Row:
    """The assignment of cells to columns, in their order, with the highest sum of fits."""
    width = len(roles)
    best: list[list[tuple[float, tuple[int, ...]]]] = [[(0.0, ())] * (width + 1)]
    for i, cell in enumerate(cells):
        line: list[tuple[float, tuple[int, ...]]] = [(float("-inf"), ())] * (width + 1)
        for j in range(i + 1, width + 1):
            weight, way = best[i][j - 1]
            taken = (weight + (_fit(cell, roles[j - 1], before[j - 1]) if cell else 0.0) - 0.02 * (j - 1 - i), (*way, j - 1))
            line[j] = max(line[j - 1], taken, key=lambda pair: pair[0])
        best.append(line)
    out = [""] * width
    for cell, j in zip(cells, best[-1][width][1], strict=True):
        out[j] = cell
    return out


def _fit(cell: str, role: str | None, before: str) -> float:
    """How well a text stands in a column of this role, below another text."""
    dated, number = _is_date(cell), bool(_REF.match(cell))
    if role == "ref":
        return 3.0 if number else -4.0
    if role in ("start", "due"):
        return 3.0 if dated else -3.0 if len(cell) > _SHORT else -0.5
    if role == "rag":
        return 2.0 if rating_of_text(cell) and len(cell) < _SHORT else -3.0
    if role == "direction":
        return 2.0 if arrow_of(cell) else -2.0 if len(cell) > 3 else 0.0
    fit = -2.0 if dated or number else 0.5 if (role in _TEXTS) == (len(cell) > 2 * _SHORT) else 0.0
    if role == "lead":
        fit -= 0.0 if _is_name(cell) else 3.0
    elif before and len(cell) > 3 * len(before) + 3 * _SHORT:
        fit -= 1.0  # the rest of a text is seldom much longer than its beginning
    return fit + _runs_on(before, cell)


def _is_name(text: str) -> bool:
    """Whether a text can be people's names or posts: not long, half of its words with a capital, no figures but initials and grades."""
    words = [w for w in text.split() if w[:1].isalpha() or w[:1] == "("]
    return len(text) <= 3 * _SHORT and 2 * sum(w.lstrip("(")[:1].isupper() for w in words) >= len(words) > 0


def _runs_on(before: str, after: str) -> float:
    """Whether a text goes on with the one above it: positive where a sentence is open and the text begins small."""
    if not before:
        return -1.0 if after[:1].islower() else 0.0
    if after[:1].islower():
        return 1.5 if not before.endswith(_ENDS) else -0.5
    return 0.3 if before.endswith(_ENDS) else 0.0


def _is_date(text: str) -> bool:
    if len(text) > _SHORT or not text:
        return False
    if _OPEN_DATE.match(text):
        return True
    found = periods(text)
    return bool(found) and 2 * sum(d.end - d.start for d in found) >= len(text)
