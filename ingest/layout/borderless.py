"""Tables without ruling lines: found by a header row that names roles, read by the strips of white between their columns.

Only a header whose words the vocabulary knows starts such a table, so that lists and columns of prose are left alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.layout.headers import role_of
from ingest.layout.words import Word, lines_of
from ingest.types import Box, union

_GAP = 0.9  # type sizes: a wider space between words separates cells
_ROLES = 2  # different roles a header names at least
_COLUMNS = 3  # a table has at least
_HEADER_LINES = 3  # printed lines a header is broken over at most
_FULL = 2  # lines with text in three columns by which a table without a header is known to go on
_KEPT = 0.9  # share of its lines that keep to the columns
_END = 3.2  # line heights of white after which a table is over
_NEW_ROW = 1.35  # the usual distance of lines, from which a gap begins a new row

TextLine = list[Word]


@dataclass(frozen=True)
class Found:
    """A table: its box, the boxes of its cells (a band spans all columns), the words that stand in it, and its columns' borders."""

    box: Box
    cells: list[Box]
    words: list[Word]
    edges: tuple[float, ...]


def tables_in(words: list[Word], before: tuple[float, ...] = ()) -> list[Found]:
    """The borderless tables of a page, from the words that stand in no ruled one. `before` are the borders of the table at the end of the
    page before: it may go on here without its header."""
    lines = lines_of([w for w in words if not w.rising])
    rest = _rest(lines, before) if before else None
    found: list[Found] = [rest] if rest else []
    at = max((i for i, line in enumerate(lines) if rest and line[0] in rest.words), default=-1) + 1
    while at < len(lines):
        header = _header(lines, at)
        later = _header(lines, at + 1)
        if header and later and header[0] > later[0] and len(later[1]) >= len(header[1]):
            header = None  # the line above only looks like a part of the header below it
        table = _table(lines, at, *header) if header else None
        if table is None:
            at += 1
            continue
        found.append(table)
        at = max(i for i, line in enumerate(lines) if line[0] in table.words) + 1
    return found


def segments(line: TextLine) -> list[list[Word]]:
    """The stretches of a line that wide spaces separate."""
    out = [[line[0]]]
    for before, word in pairwise(line):
        if word.box[0] - before.box[2] > _GAP * max(word.size, 6.0):
            out.append([word])
        else:
            out[-1].append(word)
    return out


def _header(lines: list[TextLine], at: int) -> tuple[int, list[Box]] | None:
    """How many lines from `at` on are a header, and the box of each of its titles; None where it is none."""
    best: tuple[int, int, list[Box]] | None = None
    for depth in range(1, _HEADER_LINES + 1):
        if at + depth > len(lines):
            break
        titles = _titles([s for line in lines[at : at + depth] for s in segments(line)])
        roles = {role for t in titles if (role := role_of(_text(t)))}
        named = sum(role_of(_text(t)) is not None for t in titles)
        if len(titles) >= _COLUMNS and len(roles) >= _ROLES and 2 * named > len(titles) and (best is None or named > best[0]):
            best = (named, depth, [union([w.box for w in t]) or t[0].box for t in titles])
    return (best[1], best[2]) if best else None


def _titles(found: list[list[Word]]) -> list[list[Word]]:
    """Header texts: stretches that stand above one another are one title broken over lines."""
    columns: list[list[Word]] = []
    for stretch in found:
        x0, x1 = stretch[0].box[0], stretch[-1].box[2]
        over = next((c for c in columns if min(w.box[0] for w in c) < x1 and x0 < max(w.box[2] for w in c)), None)
        if over is None:
            columns.append(list(stretch))
        else:
            over.extend(stretch)
    return sorted(columns, key=lambda c: min(w.box[0] for w in c))


def _text(words: list[Word]) -> str:
    return " ".join(w.text for w in words)


def _table(lines: list[TextLine], at: int, depth: int, titles: list[Box]) -> Found | None:
    body = _body(lines, at + depth, titles)
    if not body:
        return None
    held = [w for line in [*lines[at : at + depth], *body] for w in line]
    box = union([w.box for w in held])
    assert box is not None  # held is not empty
    edges = [box[0] - 1, *_borders(titles, body), box[2] + 1]
    if len(edges) - 1 < _COLUMNS:
        return None
    head = [w for line in lines[at : at + depth] for w in line]
    return _found(held, edges, [box[1] - 1, max(w.box[3] for w in head) + 0.5, *_row_tops(body, edges), box[3] + 1], body, headed=True)


def _found(held: list[Word], edges: list[float], tops: list[float], body: list[TextLine], *, headed: bool) -> Found:
    """The table of these column borders and row tops; a row that is a band is one cell."""
    bold = _bold_names(body)
    cells: list[Box] = []
    for top, bottom in pairwise(tops):
        row = [w for w in held if top <= w.centre[1] <= bottom]
        if (top > tops[0] or not headed) and _is_band(row, edges, bold):
            cells.append((edges[0], top, edges[-1], bottom))
        else:
            cells.extend((x0, top, x1, bottom) for x0, x1 in pairwise(edges))
    return Found((edges[0], tops[0], edges[-1], tops[-1]), cells, held, tuple(edges))


def _rest(lines: list[TextLine], edges: tuple[float, ...]) -> Found | None:
    """The rest of a table that began on the page before: lines from the top of the page on that keep to its columns and fill them."""
    start = next((i for i, line in enumerate(lines) if len(_columns_of(line, edges)) >= 2), None)
    if start is None or _header(lines, start) is not None:
        return None
    titles = [(x0, 0.0, x1, 0.0) for x0, x1 in pairwise(edges)]
    body = _body(lines, start + 1, titles, first=lines[start])
    kept = [line for line in body if not _crosses(line, edges)]
    full = [line for line in body if len(_columns_of(line, edges)) >= _COLUMNS]
    if len(full) < _FULL or len(kept) < _KEPT * len(body):
        return None
    held = [w for line in body for w in line]
    box = union([w.box for w in held])
    assert box is not None  # the body holds at least the full lines
    wide = [min(edges[0], box[0] - 1), *edges[1:-1], max(edges[-1], box[2] + 1)]
    return _found(held, wide, [box[1] - 1, *_row_tops(body, wide), box[3] + 1], body, headed=False)


def _columns_of(line: TextLine, edges: tuple[float, ...]) -> set[int]:
    """The columns in which the stretches of a line begin."""
    return {sum(s[0].box[0] >= x - 1 for x in edges[:-1]) for s in segments(line)}


def _crosses(line: TextLine, edges: tuple[float, ...]) -> bool:
    return any(w.box[0] < x - 1 and w.box[2] > x + 1 for w in line for x in edges[1:-1]) or any(
        s[0].box[0] < x - 1 and s[-1].box[2] > x + 1 for s in segments(line) for x in edges[1:-1]
    )


def _body(lines: list[TextLine], start: int, titles: list[Box], first: TextLine | None = None) -> list[TextLine]:
    """The lines that belong to the table: up to a wide gap, another header, or prose that runs across the columns."""
    out: list[TextLine] = [first] if first else []
    columns = len(out)
    for i, line in enumerate(lines[start:], start):
        above = lines[i - 1]
        height = max(w.box[3] - w.box[1] for w in line)
        if min(w.box[1] for w in line) - max(w.box[3] for w in above) > _END * height:
            break
        across = _columns_crossed(line, titles)
        if across > 1 and len(line) > 6 and not line[0].bold:
            break
        columns += len(segments(line)) >= 2
        out.append(line)
    while out and len(segments(out[-1])) == 1 and (out[-1][0].bold or _columns_crossed(out[-1], titles) > 1):
        out.pop()  # a heading or note below the table
    return out if columns >= 2 else []


def _columns_crossed(line: TextLine, titles: list[Box]) -> int:
    """Over how many further columns' beginnings the line's widest stretch runs."""
    starts = [t[0] for t in titles]
    return max(sum(s[0].box[0] + 2 < x and x + 2 < s[-1].box[2] for x in starts) for s in segments(line))


def _borders(titles: list[Box], body: list[TextLine]) -> list[float]:
    """A border between each two titles: the middle of the widest white strip that no word of the body crosses."""
    spans = [(s[0].box[0], s[-1].box[2]) for line in body for s in segments(line)]
    out: list[float] = []
    for left, right in pairwise(titles):
        low, high = left[0], right[2]
        taken = sorted([(left[0], left[2]), (right[0], right[2]), *((a, b) for a, b in spans if b > low and a < high)])
        best, at = (0.0, (left[2] + right[0]) / 2), low
        for a, b in taken:
            if a - at > best[0] and left[0] < (a + at) / 2 < right[2]:
                best = (a - at, (a + at) / 2)
            at = max(at, b)
        out.append(best[1])
    return [x for i, x in enumerate(out) if not i or x > out[i - 1] + 1]


def _row_tops(body: list[TextLine], edges: list[float]) -> list[float]:
    """Where the rows after the first begin: at a gap, at a band, or where the first column speaks again."""
    pitch = [min(w.box[1] for w in b) - min(w.box[1] for w in a) for a, b in pairwise(body)]
    usual = median(sorted(pitch)[: max(1, (len(pitch) + 1) // 2)]) if pitch else 0.0
    gapped = sum(p > _NEW_ROW * usual for p in pitch)
    bold = _bold_names(body)
    tops: list[float] = []
    for (above, line), step in zip(pairwise(body), pitch, strict=True):
        first = any(w.box[0] < edges[1] for w in line)
        others = len(segments(line)) > 1
        band = _is_band(line, edges, bold) or _is_band(above, edges, bold)
        if step > _NEW_ROW * usual or band or (not gapped and first and others):
            tops.append((max(w.box[3] for w in above) + min(w.box[1] for w in line)) / 2)
    return tops


def _is_band(row: list[Word], edges: list[float], bold_names: bool) -> bool:
    """Whether a row is one bold text alone: a section of the table. Where the names in the first column are bold themselves, the text
    must run over several columns, or it could be the second line of a name."""
    if not row or not all(w.bold for w in row):
        return False
    ordered = sorted(row, key=lambda w: w.box[0])
    return len(segments(ordered)) == 1 and (not bold_names or ordered[-1].box[2] > edges[1])


def _bold_names(body: list[TextLine]) -> bool:
    """Whether the rows with several cells begin in bold."""
    firsts = [line[0].bold for line in body if len(segments(line)) > 1]
    return sum(firsts) * 2 > len(firsts)
