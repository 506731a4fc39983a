"""Tables without ruling lines between their columns: found by a header row that names roles, read by where their columns begin: the left
edges that rows share, the ends of the pieces of their row rules, the strips of white.

Only a header whose words the vocabulary knows starts such a table, so that lists and columns of prose are left alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.layout.headers import role_of
from ingest.layout.marks import Marks, marks_of, segments
from ingest.layout.words import Word, lines_of
from ingest.types import Box, union

_ROLES = 2  # different roles a header names at least
_COLUMNS = 3  # a table has at least
_HEADER_LINES = 3  # printed lines a header is broken over at most
_RUNNING = 6  # words without a wide space from which a line may be running text
_SAME_SIZE = 0.5  # points by which the type sizes of one header may differ
_LARGER = 1.08  # times the header's type size, from which a line is a heading
_LEADING = 0.6  # line heights of white between the lines of a title at most
_FULL = 2  # lines with text in three columns by which a table without a header is known to go on
_KEPT = 0.9  # share of its lines that keep to the columns
_END = 3.2  # line heights of white after which a table is over
_NEW_ROW = 1.35  # the usual distance of lines, from which a gap begins a new row
_HALF = 0.8  # line heights: lines nearer to one another stand in cells of which one is centred beside the other
_USUAL = 1.15  # line heights from line to line, where that cannot be measured
_RULED = 2  # rules between the lines of a table, from which its rows are those between rules

TextLine = list[Word]


@dataclass(frozen=True)
class Found:
    """A table: its box, the boxes of its cells (a band spans all columns), the words that stand in it, and its columns' borders."""

    box: Box
    cells: list[Box]
    words: list[Word]
    edges: tuple[float, ...]


def tables_in(words: list[Word], before: tuple[float, ...] = (), rules: Sequence[Box] = ()) -> list[Found]:
    """The borderless tables of a page, from the words that stand in no ruled one. `before` are the borders of the table at the end of the
    page before: it may go on here without its header. `rules` are the pieces of lines drawn across the page."""
    lines = lines_of([w for w in words if not w.rising])
    rest = _rest(lines, before, rules) if before else None
    found: list[Found] = [rest] if rest else []
    at = max((i for i, line in enumerate(lines) if rest and line[0] in rest.words), default=-1) + 1
    while at < len(lines):
        marks = marks_of(_near(lines, at), rules)
        drawn = _drawn_header(lines, at, marks)
        header = drawn or _header(lines, at, marks)
        later = _header(lines, at + 1, marks) if header and not drawn and at + 1 < len(lines) else None
        if header and later and len(later[1]) >= len(header[1]) and not _is_above(lines[at], lines[at + 1], later[1], marks):
            header = None  # the line above only looks like a part of the header below it
        table = _table(lines, at, *header, marks) if header else None
        if table is None:
            at += 1
            continue
        found.append(table)
        at = max(i for i, line in enumerate(lines) if line[0] in table.words) + 1
    return found


def _near(lines: list[TextLine], at: int) -> list[TextLine]:
    """The lines from `at` on, up to white that ends a table, or running text."""
    out = [lines[at]]
    for above, line in pairwise(lines[at:]):
        if _is_over(above, line) or _is_heading(line, lines[at]) or (above is not lines[at] and _is_running(above) and _is_running(line)):
            break
        out.append(line)
    return out


def _is_heading(line: TextLine, header: TextLine) -> bool:
    """Whether a line is one text in larger type than a table's header: it stands over what follows."""
    return len(segments(line)) == 1 and line[0].size > _LARGER * max(w.size for w in header) > 0


def _is_running(line: TextLine) -> bool:
    return len(line) > _RUNNING and len(segments(line)) == 1


def _is_above(upper: TextLine, lower: TextLine, titles: list[Box], marks: Marks) -> bool:
    """Whether a line begins the titles that a bold header ends: as bold and as large as it, close to it, each text over one title."""
    one = all(sum(s[0].box[0] < t[2] and t[0] < s[-1].box[2] for t in titles) <= 1 for s in segments(upper, marks))
    return one and len(segments(upper, marks)) < len(titles) and all(w.bold for w in lower) and _is_one_text(upper, lower, marks)


def _is_one_text(upper: TextLine, lower: TextLine, marks: Marks) -> bool:
    """Whether two lines are set alike, with no more than a line's leading and no rule between them."""
    white = min(w.box[1] for w in lower) - max(w.box[3] for w in upper)
    leading = white <= _LEADING * max(w.box[3] - w.box[1] for w in lower)
    return leading and upper[0].bold == lower[0].bold and _may_join(upper, lower, marks)


def _may_join(upper: TextLine, lower: TextLine, marks: Marks) -> bool:
    """Whether two lines may be parts of one header: of one type size, with no rule between them."""
    return abs(upper[0].size - lower[0].size) < _SAME_SIZE and marks.between(upper, lower) is None


def _is_over(above: TextLine, line: TextLine) -> bool:
    """Whether the white between two lines ends a table."""
    return min(w.box[1] for w in line) - max(w.box[3] for w in above) > _END * max(w.box[3] - w.box[1] for w in line)


def _header(lines: list[TextLine], at: int, marks: Marks) -> tuple[int, list[Box]] | None:
    """How many lines from `at` on are a header, and the box of each of its titles; None where it is none."""
    best: tuple[int, int, list[Box]] | None = None
    for depth in range(1, _HEADER_LINES + 1):
        if at + depth > len(lines) or (depth > 1 and not _may_join(lines[at + depth - 2], lines[at + depth - 1], marks)):
            break
        titles = _titles([s for line in lines[at : at + depth] for s in segments(line, marks)])
        roles = {role for t in titles if (role := role_of(_text(t)))}
        named = sum(role_of(_text(t)) is not None for t in titles)
        told = 2 * named > len(titles) or (2 * named == len(titles) and all(marks.begins(t[0]) for t in titles[1:]))
        if len(titles) >= _COLUMNS and len(roles) >= _ROLES and told and (best is None or named > best[0]):
            best = (named, depth, [union([w.box for w in t]) or t[0].box for t in titles])
    return _whole_header(lines, at, best[1], best[2], marks) if best else None


def _drawn_header(lines: list[TextLine], at: int, marks: Marks) -> tuple[int, list[Box]] | None:
    """The header that stands on a rule drawn column by column: whatever its titles say, each lies over one piece of the rule."""
    bottom = next((y for y in marks.rules if y > lines[at][0].centre[1]), None)
    if bottom is None or len(marks.borders) + 1 < _COLUMNS:
        return None
    head = [line for line in lines[at : at + _HEADER_LINES + 2] if line[0].centre[1] < bottom]
    parts = [s for line in head for s in segments(line, marks)]
    apart = not all(_is_one_text(a, b, marks) for a, b in pairwise(head))
    if len(head) > _HEADER_LINES + 1 or apart or any(s[0].box[0] < x < s[-1].box[2] for s in parts for x in marks.borders):
        return None
    columns: list[list[Word]] = [[] for _ in range(len(marks.borders) + 1)]
    for part in parts:
        columns[sum(part[0].centre[0] > x for x in marks.borders)].extend(part)
    if sum(map(bool, columns)) + 1 < max(_COLUMNS, len(columns)):
        return None
    top = head[0][0].box[1]
    starts = [head[0][0].box[0], *(x + 1 for x in marks.borders)]
    return len(head), [union([w.box for w in c]) or (x, top, x + 1, bottom) for c, x in zip(columns, starts, strict=True)]


def _whole_header(lines: list[TextLine], at: int, depth: int, titles: list[Box], marks: Marks) -> tuple[int, list[Box]]:
    """A header with the lines that end its titles ("Original" over "date"): bold as it is, and above the rule that ends it."""
    while depth < _HEADER_LINES + 1 and at + depth < len(lines) and all(w.bold for line in lines[at : at + depth] for w in line):
        line = lines[at + depth]
        rest = segments(line, marks)
        under = all(any(s[0].box[0] < t[2] and t[0] < s[-1].box[2] for t in titles) for s in rest)
        alone = len(rest) == 1 and line[0].box[0] < titles[0][2]  # a section's name
        if not all(w.bold for w in line) or not under or alone or marks.between(lines[at + depth - 1], line):
            break
        depth += 1
        grown = _titles([s for line in lines[at : at + depth] for s in segments(line, marks)])
        titles = [union([w.box for w in t]) or t[0].box for t in grown]
    return depth, titles


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


def _table(lines: list[TextLine], at: int, depth: int, titles: list[Box], marks: Marks) -> Found | None:
    body = _body(lines, at + depth, titles, marks)
    if not body:
        return None
    held = [w for line in [*lines[at : at + depth], *body] for w in line]
    box = union([w.box for w in held])
    assert box is not None  # held is not empty
    edges = [box[0] - 1, *_borders(titles, body, marks), box[2] + 1]
    if len(edges) - 1 < _COLUMNS:
        return None
    head = [w for line in lines[at : at + depth] for w in line]
    tops = [box[1] - 1, max(w.box[3] for w in head) + 0.5, *_row_tops(body, edges, marks), box[3] + 1]
    return _found(held, edges, tops, body, headed=True)


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


def _rest(lines: list[TextLine], edges: tuple[float, ...], rules: Sequence[Box]) -> Found | None:
    """The rest of a table that began on the page before: lines from the top of the page on that keep to its columns and fill them."""
    start = next((i for i, line in enumerate(lines) if len(_columns_of(line, edges)) >= 2), None)
    if start is None:
        return None
    marks = marks_of(_near(lines, start), rules)
    if _drawn_header(lines, start, marks) or _header(lines, start, marks):
        return None
    titles = [(x0, 0.0, x1, 0.0) for x0, x1 in pairwise(edges)]
    body = _body(lines, start + 1, titles, marks, first=lines[start])
    kept = [line for line in body if not _crosses(line, edges)]
    full = [line for line in body if len(_columns_of(line, edges)) >= _COLUMNS]
    if len(full) < _FULL or len(kept) < _KEPT * len(body):
        return None
    held = [w for line in body for w in line]
    box = union([w.box for w in held])
    assert box is not None  # the body holds at least the full lines
    wide = [min(edges[0], box[0] - 1), *edges[1:-1], max(edges[-1], box[2] + 1)]
    return _found(held, wide, [box[1] - 1, *_row_tops(body, wide, marks), box[3] + 1], body, headed=False)


def _columns_of(line: TextLine, edges: tuple[float, ...]) -> set[int]:
    """The columns in which the stretches of a line begin."""
    return {sum(s[0].box[0] >= x - 1 for x in edges[:-1]) for s in segments(line)}


def _crosses(line: TextLine, edges: tuple[float, ...]) -> bool:
    return any(w.box[0] < x - 1 and w.box[2] > x + 1 for w in line for x in edges[1:-1]) or any(
        s[0].box[0] < x - 1 and s[-1].box[2] > x + 1 for s in segments(line) for x in edges[1:-1]
    )


def _body(lines: list[TextLine], start: int, titles: list[Box], marks: Marks, first: TextLine | None = None) -> list[TextLine]:
    """The lines that belong to the table: up to a wide gap, another header, or prose that runs across the columns."""
    out: list[TextLine] = [first] if first else []
    columns = len(out)
    for i, line in enumerate(lines[start:], start):
        if _is_over(lines[i - 1], line) or (i > start and _is_heading(line, lines[start - 1])):
            break
        across = _columns_crossed(line, titles, marks)
        if across > 1 and len(line) > _RUNNING and not line[0].bold:
            break
        columns += len(segments(line, marks)) >= 2
        out.append(line)
    while out and len(segments(out[-1], marks)) == 1 and (out[-1][0].bold or _columns_crossed(out[-1], titles, marks) > 1):
        out.pop()  # a heading or note below the table
    return out if columns >= 2 else []


def _columns_crossed(line: TextLine, titles: list[Box], marks: Marks) -> int:
    """Over how many further columns' beginnings the line's widest stretch runs."""
    starts = [t[0] for t in titles]
    return max(sum(s[0].box[0] + 2 < x and x + 2 < s[-1].box[2] for x in starts) for s in segments(line, marks))


def _borders(titles: list[Box], body: list[TextLine], marks: Marks) -> list[float]:
    """A border between each two titles: where the pieces of the rules meet, else where rows begin below the right title, else the middle
    of the widest white strip that no word of the body crosses."""
    known = [marks.strip(left, right, body) for left, right in pairwise(titles)]
    padding = min((strip[1] - strip[0] for strip in known if strip and strip[1] > strip[0]), default=0.0) / 2
    spans = [(s[0].box[0], s[-1].box[2]) for line in body for s in segments(line, marks)]
    out = [
        max(strip[0], strip[1] - padding) if strip else _white(left, right, spans)
        for (left, right), strip in zip(pairwise(titles), known, strict=True)
    ]
    return [x for i, x in enumerate(out) if not i or x > out[i - 1] + 1]


def _white(left: Box, right: Box, spans: list[tuple[float, float]]) -> float:
    """The middle of the widest white strip between two titles."""
    low, high = left[0], right[2]
    taken = sorted([(left[0], left[2]), (right[0], right[2]), *((a, b) for a, b in spans if b > low and a < high)])
    best, at = (0.0, (left[2] + right[0]) / 2), low
    for a, b in taken:
        if a - at > best[0] and left[0] < (a + at) / 2 < right[2]:
            best = (a - at, (a + at) / 2)
        at = max(at, b)
    return best[1]


def _row_tops(body: list[TextLine], edges: list[float], marks: Marks) -> list[float]:
    """Where the rows after the first begin: at a rule; without rules at a gap, at a band, or where the first column speaks again."""
    ruled = [y for above, line in pairwise(body) if (y := marks.between(above, line)) is not None]
    if len(ruled) >= _RULED:
        return ruled
    pitch = [min(w.box[1] for w in b) - min(w.box[1] for w in a) for a, b in pairwise(body)]
    usual = median(sorted(pitch)[: max(1, (len(pitch) + 1) // 2)]) if pitch else 0.0
    height = median(line[0].box[3] - line[0].box[1] for line in body)
    if usual < _HALF * height:
        usual = _USUAL * height
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
