"""Which council a document is of: as its title page, running lines, file name and text name it; it need not be one that is known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from ingest.lexicon import lexicon, stem
from ingest.source import Source
from ingest.types import Block
from ingest.vocabulary import authorities, contains, normalise, vocabulary

_OPENING = 12  # blocks at the beginning in which a document says whose it is
_RUNNING = 3  # pages on which a line stands, from which it runs through the document
_ENOUGH = 2  # weight from which a name is the document's
_OFTEN = 3  # times that a place of the file name is printed, always with a capital, where no council is named
# what a name weighs, at most, for where it is said; said in title or author it outweighs all else
_TITLED, _ALONE, _OPENED, _FIRST, _RAN, _FILED, _TOLD = 100, 40, 25, 15, 25, 20, 30

_WORD = r"(?!(?i:councils?)\b)[A-Z][\w'’]*(?:-[\w'’]+)*"
_NAME = rf"({_WORD}(?:(?: (?:and|&|upon|with|of|the|on|in|under|le) |, | ){_WORD}){{0,6}})"
_RANK = r"(?:County Borough|Metropolitan Borough|London Borough|Metropolitan District|City|County|Borough|District|Metropolitan|Unitary)"
_RANKS = frozenset("county borough metropolitan london district city unitary".split())
_SMALL = frozenset("and upon with of the on in under le".split())
_GOODS = r"(?:tax|houses?|homes?|rents?|plans?|tenants?|tenanc\w+|dwellings?|housing|stock|estates?|meetings?|members?)"
_AFTER = re.compile(
    rf"{_NAME}(?:(?i: {_RANK})?(?i: Council)\b(?!(?i: {_GOODS}\b))|(?i: (?:Combined Authority|local authority|local area partnership)\b)"
    r"| (?:MBC|MDC|CBC|LBC|CC|BC|DC|UA)\b)"
)
_BEFORE = re.compile(rf"\b(?i:(?:(?:London|Royal|Metropolitan) Borough|City|County|Borough|LB|RB) of|LB|RB) {_NAME}")


def authority_of(source: Source, title: str, blocks: tuple[Block, ...]) -> str | None:
    """The council the document is of, without "Council"; None where no name stands out."""
    known = {normalise(a): a for a in authorities()}
    texts = _texts(blocks)
    file, flat = normalise(Path(source.name).stem.replace("_", " ")), " ".join(texts)
    opening = [b.printed.flat for b in blocks[:_OPENING] if b.printed]
    opening += [b.table.caption for b in blocks if b.table and b.table.caption]
    alone = [line for text in opening for line in text.split("\n") if only_names(line)]
    said = ([source.author or "", title], _TITLED), (alone, _ALONE), (opening, _OPENED), (_running(source), _RAN), (texts, _TOLD)
    found = [(Counter(_named(part, known)), most) for part, most in said]
    whole = _folded(Counter(name for names, _ in found for name in names.elements()), known)
    weight = Counter({whole[name]: _FIRST for name in [*_named(opening, known)][:1]})
    for names, most in found:
        times = Counter(whole[name] for name in names.elements())
        weight.update({name: min(most, 2 * n) if most == _TOLD else most for name, n in times.items()})
    for name in {*known.values(), *whole.values()}:
        bare = re.compile(rf"\b{re.escape(name)}\b")
        filed = _FILED if contains(file, normalise(name)) else 0
        weight[name] += min(_TOLD, len(bare.findall(flat))) + filed + (_FILED if bare.search(title) else 0)
    best = max(weight, key=lambda name: (weight[name], len(name), name), default=None)
    return best if best and weight[best] >= _ENOUGH else _filed(file, f"{title} . {' . '.join(opening)}", flat)


def only_names(text: str) -> bool:
    """Whether a heading is a council's name and nothing else: then it is no document's title."""
    return bool(_AFTER.fullmatch(text.strip()) or _BEFORE.fullmatch(text.strip()))


def _named(texts: Iterable[str], known: Mapping[str, str]) -> Iterator[str]:
    """The names of councils in the texts, each time they are said; a known council by its usual spelling."""
    for text in texts:
        for m in (*_AFTER.finditer(text), *_BEFORE.finditer(text)):
            if place := _place(m[1]):
                said = normalise(place)
                yield known.get(said) or next((name for key, name in known.items() if said.endswith(f" {key}")), place)


def _place(name: str) -> str | None:
    """The place in the words before "Council": without those of a title or office before it; None where it is no council of a place."""
    words = [w for w in re.split(r"[\s,]+", re.sub(r"['’]s?$", "", name)) if w]
    while words and normalise(words[-1]) in _RANKS:
        words = words[:-1]
    before, others = set(vocabulary()["councils"]["before"]), set(vocabulary()["councils"]["others"])
    plain = [normalise(w) for w in words]
    named = {i for i, w in enumerate(plain) if w == "of" and i and plain[i - 1] not in before}  # "Isle of Wight"
    cut = max((i + 1 for i, w in enumerate(plain) if w in before and i not in named), default=0)
    words = words[cut:]
    while words and not words[0][0].isupper():
        words = words[1:]
    if not words or any(normalise(w) in others for w in words) or max(map(len, words)) < 3:
        return None
    return " ".join((w.lower() if w.lower() in _SMALL else w.title()) if w.isupper() else w for w in words)


def _folded(names: Counter[str], known: Mapping[str, str]) -> dict[str, str]:
    """Each name with the one it means: a shorter name that it ends with and that is said as often ("Care Saltmere": "Saltmere")."""
    taken = set(known.values())
    out: dict[str, str] = {}
    for name, times in names.items():
        ends = [n for n, often in names.items() if name.endswith(f" {n}") and often >= times and name not in taken]
        same = [n for n, often in names.items() if normalise(n) == normalise(name) and (often, n) > (times, name)]
        out[name] = min(ends, key=len) if ends else max(same, key=lambda n: (names[n], n)) if same else name
    return out


def _running(source: Source) -> list[str]:
    """The lines that stand on several pages: headers and footers, whatever page number they bear."""
    lines = Counter(key for page in source.pages for key in {re.sub(r"\d+\W*$", "", line).strip() for line in page.text.splitlines()})
    return [line for line, pages in lines.items() if pages >= _RUNNING]


def _filed(file: str, opening: str, flat: str) -> str | None:
    """The place with which a file name begins, where the document prints it always with a capital: at its beginning, or often."""
    first = file.split(" ")[0]
    common = {
        *vocabulary()["councils"]["before"],
        *vocabulary()["councils"]["others"],
        *(w for kind in vocabulary()["kinds"].values() for w in kind),
    }
    if len(first) < 4 or not first.isalpha() or first in common or (stem(first),) in lexicon().forms:
        return None
    times = Counter(re.findall(rf"(?<![.?!:•] )\b{re.escape(first)}\b", flat, re.I))
    name = first.capitalize()
    opened = re.search(rf"\b{name}\b", opening) is not None
    return name if (opened or times[name] >= _OFTEN) and times[name] == times.total() else None


def _texts(blocks: tuple[Block, ...]) -> list[str]:
    out: list[str] = []
    for block in blocks:
        if block.printed:
            out.append(block.printed.flat)
        if block.table:
            out.extend(c.printed.flat for row in block.table.rows for c in row.cells if c)
    return out
