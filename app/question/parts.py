"""Which part of a document a question means: its pages, a numbered part ("aim 6"), the heading or table it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.evidence.desk import Desk, Marked, R, content
from app.evidence.under import DIGITS, PART, Labels, in_part, labels_in, part_word, stems_of, titles_in
from app.question.cues import group
from app.question.when import mentions
from ingest.lexicon import lexicon
from ingest.types import Record

_PREP = r"(?:(?:under|in|of|for|from|within|on|among|at|across) )?(?:(?:the|its|their|our|your) )?"
_NUMBER = r"(?:\d{1,2}(?!\.\d|\d)|[A-Ha-h](?![\w'’])|one|two|three|four|five|six|seven|eight|nine|ten)"
_NUMBERED = re.compile(
    rf"\b{_PREP}(?P<word>{PART}) (?P<numbers>{_NUMBER}(?:(?:, | and | & |, and | or ){_NUMBER})*)\b(?:\s*\([^)]*\))?", re.I
)
_ORDINAL = re.compile(
    rf"\b{_PREP}(?P<n>first|second|third|fourth|fifth|sixth|seventh|eighth) (?P<word>{PART})\b(?! (?:of|in|to) (?:line|all)\b)", re.I
)
_EVERY = re.compile(  # the whole document
    rf"\b(?:across|in|under|of|from|for|over) (?:all|any|both)(?: of)?(?: the| its| our| their)?(?: (?:\w+|\d+))? {PART}\b"
    rf"(?! (?:{_NUMBER})\b)",
    re.I,
)
_DIGITS = DIGITS | {w: str(i) for i, w in enumerate("first second third fourth fifth sixth seventh eighth".split(), 1)}
_ALWAYS = frozenset(
    "aim workstream objective priority theme outcome goal".split()
)  # parts of a plan, also where no heading bears the number
_PAGES = re.compile(
    r"\(?\b(?:(?:on|from|at|see|of|in|across) )?(?:the )?(?:(?P<first>first|front|opening) page(?: only)?"
    r"|(?:pages?|pgs?\.?|pp?\.)\s*(?P<a>\d{1,3})(?:\s*(?P<to>-|–|to|and|&|,)\s*(?P<b>\d{1,3})(?!\d|/\d))?(?: only)?)\b\)?",
    re.I,
)
_WHERE = r"(?:sections?|part|chapter|page|heading|bit|table|domain|pillar|strand|tab|sheet|worksheet|scorecard|dashboard)"
_NOUN = rf"(?:{_WHERE}|portfolio|directorate|department|division|theme|priority|aim|outcome|objective|goal|work ?stream|register)"
_NAMED = r"(?P<named>(?:[\w'’&-]+ ){1,7}?)"
_HEADED = re.compile(
    rf"\b(?:in|on|under|from|within) (?:the |its |their |our |your )?{_NAMED}(?:(?P<where>{_WHERE})|{_NOUN})\b(?! \d)(?: only)?"
    rf"|^\W*(?:the )?{_NAMED.replace('named', 'opening')}{_WHERE}\b(?=\s*(?:only\b|of (?:the|our)\b|\(|[:,–-]))(?: only)?",
    re.I,
)
# where in a paper a part stands, beside its name: "the safeguarding board bit at the back of the plan"
_AT_AN_END = re.compile(
    rf"\b(?P<where>{_WHERE}) (?:right |tucked away |buried )?(?:at|near|towards|in) the (?:very )?"
    r"(?:back|end|rear|bottom|front|start|beginning|top)\b",
    re.I,
)
_OUTERMOST = re.compile(
    rf"\b{_PREP}(?:very )?(?P<which>last|final|closing|first|opening)"
    rf" (?P<noun>{_WHERE}|theme|priority|aim|outcome|objective|goal|work ?stream)\b"
    r"(?! (?:only|\d))(?: of (?:all|them)\b)?",
    re.I,
)
_ABOUT = re.compile(
    rf"\b{_PREP}{_NOUN} (?:on|about|for|covering|called|titled|named|dealing with|to do with|headed)"
    rf" (?:the )?[\"“‘']?(?P<named>(?:[\w'’&-]+ ){{0,6}}[\w'’&-]+)",
    re.I,
)
_SAID = 0.6  # share of the named words that a heading must say


@dataclass(frozen=True)
class Part:
    """`rest`: the text without the words that name the part. `heading`: words that a heading of the library says."""

    rest: str
    part: str | None = None
    pages: tuple[int, ...] = ()
    heading: str | None = None


def part_in(text: str, names: Iterable[str], desk: Desk) -> Part:
    """The part of the documents asked about that the question narrows to; words that only say "section" or "page" are taken away."""
    within = frozenset(names)
    heads = frozenset(h for name in within for h in desk.heads.get(name, ()))
    part, text = _numbered(_EVERY.sub(" ", text), _parts_of_plans(heads, within, desk))
    pages: tuple[int, ...] = ()
    if m := _PAGES.search(text):
        pages, text = _pages(m), text[: m.start()] + " " + text[m.end() :]
    heading, text = _titled(text, titles_in(heads))
    if heading is None:
        heading, text = _about(text, heads)
    held: tuple[Sequence[Marked[Record]], ...] = (desk.measures, desk.actions)
    records = [m for marked in held for m in marked if m.record.place.document in within]
    if heading is None and part is None and len(within) == 1:
        part, heading, text = _first_or_last(text, records, labels_in(heads), desk)
    if heading is None:
        heading, text = _described(_AT_AN_END.sub(r"\g<where>", text), records, desk)
    return Part(text, part, pages, heading)


def _parts_of_plans(heads: frozenset[str], within: frozenset[str], desk: Desk) -> Labels:
    """The numbered parts that headings name; a year is one where actions stand under it ("Priorities for Year 3")."""
    years = labels_in(frozenset(h for a in desk.actions if a.record.place.document in within for h in desk.headings(a.record)))
    return frozenset(label for label in labels_in(heads) if label[0] != "year" or label in years)


def _numbered(text: str, held: Labels) -> tuple[str | None, str]:
    """(the numbered part, by the word that the documents use for it, the text without it)."""
    for m in _NUMBERED.finditer(text):
        said = re.split(r"\W+(?:and|or)?\W*", m["numbers"].lower())
        numbers = [_DIGITS.get(n, n) for n in said if n]
        beyond = part_word(m["word"]) == "year" and re.search(r"\b(?:into|to|until|beyond|after|before)\s+$", text[: m.start()], re.I)
        if not beyond and (word := _called(part_word(m["word"]), numbers, held)):
            return f"{word} {', '.join(numbers)}", text[: m.start()] + " " + text[m.end() :]
    for m in _ORDINAL.finditer(text):
        number = _DIGITS[m["n"].lower()]
        if (part_word(m["word"]), number) in held:
            return f"{part_word(m['word'])} {number}", text[: m.start()] + " " + text[m.end() :]
    return None, text


def _called(word: str, numbers: Sequence[str], held: Labels) -> str | None:
    """What the documents call the part: as it is called, or the only other word that bears the number; None where it is no part."""
    if any((word, n) in held for n in numbers):
        return word
    others = {w for w, n in held if n in numbers and w in _ALWAYS}
    if word in _ALWAYS | {"pillar", "strand", "domain", "ambition"} and len(others) == 1:
        return others.pop()
    return word if word in _ALWAYS and all(n.isdigit() for n in numbers) else None


def _titled(text: str, names: Mapping[tuple[str, ...], frozenset[str]]) -> tuple[str | None, str]:
    """(the heading that the question names in full, the text without it): "under Safe and warm homes", "the Repairs theme"."""
    words = [(m[0], m.start(), m.end()) for m in re.finditer(r"[A-Za-z0-9]+(?:['’][a-z]+)?|&", text)]
    stems = [stems_of(w) for w, _, _ in words]
    for size in range(min(14, len(words)), 0, -1):
        for i in range(len(words) - size + 1):
            run = tuple(t for ts in stems[i : i + size] for t in ts)
            if run not in names:
                continue
            start, end = words[i][1], words[i + size - 1][2]
            if span := _placed(text, start, end, size):
                return text[start:end], f"{text[: span[0]]} {text[span[1] :]}"
    return None, text


def _placed(text: str, start: int, end: int, size: int) -> tuple[int, int] | None:
    """Where the words that name a part begin and end, where they stand as one: after "under", before "theme" or, as a title, "measures"."""
    before = re.search(
        r"\b(?P<prep>under|within|in|from|of|on|for|among|across)\s+(?:(?:the|its|their|our|your)\s+)?[\"“‘']?$", text[:start], re.I
    )
    after = re.match(rf"[\"”’']?\s+{_NOUN}\b(?! \d)", text[end:], re.I)
    listed = re.match(rf"[\"”’']?(?=\s+(?:{group('measures')}|{group('action')}|measure|indicator|kpi|target|action)\b)", text[end:], re.I)
    begin = before.start() if before else start
    if after and (before or size > 1):
        return begin, end + after.end()
    title = size > 1 and text[start].isupper() and start > 0
    if before and (before["prep"].lower() == "under" or (title and before["prep"].lower() in ("within", "in", "from", "among", "across"))):
        return begin, end
    return (begin, end) if listed and (title or size > 2) else None


def _about(text: str, heads: frozenset[str]) -> tuple[str | None, str]:
    """ "The work stream on fostering and adoption": (the words after it that a heading says, the text without them)."""
    said = [content(lexicon().terms(h)) for h in heads]
    for m in _ABOUT.finditer(text):
        words = [(w[0], w.end()) for w in re.finditer(r"[\w'’&-]+", m["named"])]
        for word, end in reversed(words):
            asked = content(lexicon().terms(m["named"][:end]))
            if content(lexicon().terms(word)) and any(asked <= terms for terms in said):
                return m["named"][:end], f"{text[: m.start()]} {text[m.start('named') + end :]}"
    return None, text


def _first_or_last(text: str, records: Sequence[Marked[Record]], held: Labels, desk: Desk) -> tuple[str | None, str | None, str]:
    """(the numbered part, or the heading, that opens or closes a document, the text without it): "the last part of the plan"."""
    m = _OUTERMOST.search(text)
    if m is None:
        return None, None, text
    first, rest = m["which"].lower() in ("first", "opening"), f"{text[: m.start()]} {text[m.end() :]}"
    numbers = sorted(int(n) for word, n in held if word == part_word(m["noun"]) and n.isdigit())
    if numbers:
        return f"{part_word(m['noun'])} {numbers[0] if first else numbers[-1]}", None, rest
    if not records:
        return None, None, text
    order = sorted(records, key=lambda r: (r.record.place.page or 0, r.record.place.box[1] if r.record.place.box else 0.0))
    ends = [desk.headings(order[i].record) for i in (0, -1)]
    own = [h for h in ends[0 if first else 1] if h not in ends[1 if first else 0]]
    return (None, own[0], rest) if own else (None, None, text)


def _described(text: str, records: Sequence[Marked[Record]], desk: Desk) -> tuple[str | None, str]:
    """(the words that describe a heading, the text without them): "in the data section"; "section" goes where no heading fits them."""
    m = _HEADED.search(text)
    if m is None:
        return None, text
    by = "named" if m["named"] else "opening"
    times = mentions(m[by])
    named = m[by].strip()
    for time in reversed(times):  # "the June 2019 data table": the time stays a time
        named = named.replace(m[by][time.start : time.end], " ").strip()
    if under(records, named, desk):
        kept = " ".join(m[by][t.start : t.end] for t in times)
        return " ".join(named.split()), f"{text[: m.start()]} {kept} {text[m.end() :]}"
    return None, text[: m.end(by)] + text[m.end() :] if m["where"] or m["opening"] else text


def _pages(m: re.Match[str]) -> tuple[int, ...]:
    if m["first"]:
        return (1,)
    low, high = int(m["a"]), int(m["b"] or m["a"])
    if m["to"] in ("and", "&", ","):
        return (low, high)
    return tuple(range(low, high + 1)) if low <= high else (low,)


def under(records: Sequence[Marked[R]], heading: str, desk: Desk) -> list[Marked[R]]:
    """The records that stand under a heading called so, or else under those that say most of the words; not one that says few."""
    above = {m.record.id: desk.headings(m.record) for m in records}
    exact = titles_in(frozenset(h for hs in above.values() for h in hs)).get(stems_of(heading))
    if exact:
        return [m for m in records if exact & set(above[m.record.id])]
    asked = content(lexicon().terms(heading))
    if not asked:
        return []
    said = {h: len(asked & content(lexicon().terms(h))) / len(asked) for hs in above.values() for h in hs}
    best = max(said.values(), default=0.0)
    return [m for m in records if any(said[h] == best for h in above[m.record.id])] if best >= _SAID else []


def of_part(record: Record, part: str, desk: Desk) -> bool:
    """True where a record belongs to the numbered part."""
    return in_part(desk.headings(record), part)
