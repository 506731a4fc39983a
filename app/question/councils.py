"""Which councils a question names: those whose documents are held, by any form of their names, and those whose documents are not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from app.evidence.desk import Desk
from ingest.lexicon import stem, tokens

_BODY = frozenset(
    "council county borough city metropolitan district unitary authority london royal the of mbc cc bc dc and inspection".split()
)
_OTHER_BODY = r"(?:icb|ccg|nhs|integrated care|hospitals?|trust|police|university)\b"
_RANK = r"(?:county borough|metropolitan borough|metropolitan district|county|borough|city|district|metropolitan|unitary)"
_BEFORE = rf"(?:(?:the )?(?:(?:london |royal |metropolitan )?borough|{_RANK}|(?:{_RANK} )?council) of )?"
_AFTER = rf"(?:'s|’s|s'|s’|s)?(?: (?:{_RANK} )?council(?:'s|’s|s)?\b| (?:mbc|mdc|cbc|lbc|cc|bc|dc)\b(?:'s|’s)?)?"
_ENDINGS = ("C", "CC", "BC", "DC", "MBC", "MDC", "CBC")  # of a council's initials
_OFFICE = re.compile(r"(?:city|county|borough|district|metropolitan|councils?|is|are|was|were|has|have|and|or|in|on|for|of|to)", re.I)
_BESIDE = r"(?:and|or|with|versus|vs\.?|than|to|against|&|,)"


def core_name(authority: str) -> str:
    """An authority's own name in lower case: "saltmere" of "Saltmere Council", "bath and north east somerset" whole."""
    words = tokens(authority)
    own = [i for i, w in enumerate(words) if w not in _BODY]
    return " ".join(words[own[0] : own[-1] + 1] if own else words)


def councils_in(text: str, desk: Desk) -> tuple[str, str, tuple[str, ...]]:
    """(the text without them, the text with each as "the council", the authorities of the library that it names in order).

    A name that the documents also print in small letters ("reading") needs its capital here too.
    """
    found: list[tuple[int, str]] = []
    neutral = text
    for authority in sorted({e.authority for e in desk.entries if e.authority}):
        said = _finder(core_name(authority), desk)
        if m := said(text):
            found.append((m.start(), authority))
        while m := said(text):
            text = f"{text[: m.start()]} {text[m.end() :]}"
        while m := said(neutral):
            own = "'s" if re.search(r"['’]s?$", m[0]) else ""
            neutral = f"{neutral[: m.start()]}the council{own}{neutral[m.end() :]}"
    return text, neutral, tuple(a for _, a in sorted(found))


def _finder(core: str, desk: Desk) -> Callable[[str], re.Match[str] | None]:
    """Finds the first place where a text names the council."""
    if core not in desk.named:
        names, initials = "|".join(map(re.escape, _names(core, desk))), "|".join(_initials_of(core, desk))
        desk.named[core] = re.compile(rf"\b{_BEFORE}(?:(?P<name>{names})|(?P<initials>{initials})){_AFTER}(?!\w)", re.I)
    pattern = desk.named[core]

    def said(text: str) -> re.Match[str] | None:
        for m in pattern.finditer(text):
            if m["name"] and (m["name"][0].isupper() or m["name"].lower() not in desk.printed.small):
                return m
            if m["initials"] and m["initials"].isupper():
                return m
        return None

    return said


def _names(core: str, desk: Desk) -> Iterator[str]:
    """The name, and the first place of a joint council ("Telford" of "Telford and Wrekin") or the first word of a name of several
    ("Wexley" of "Wexley Bay") where it is in no other's name and is no word of the documents ("North")."""
    yield core
    first, joined, _ = core.partition(" and ")
    first = first if joined else core.split(" ")[0]
    if first != core and len(first) > 3 and first not in desk.printed.small and not any(first in c.split() for c in _others(core, desk)):
        yield first


def _initials_of(core: str, desk: Desk) -> Iterator[str]:
    """The initials of the council, where they stand for nothing else."""
    printed = desk.printed.initials_of(core) | {i for i in _initials(core)[:1] if _only_ours(i, core, desk)}
    taken = {i for c in _others(core, desk) for i in _initials(c)} | desk.printed.acronyms
    yield from sorted(printed | {i for i in _initials(core) if i not in taken})


def _only_ours(initials: str, core: str, desk: Desk) -> bool:
    """True where no document of another council prints the initials: "LBH" is a borough's own where only its plans say it."""
    ours = {e.name for e in desk.entries if e.authority and core_name(e.authority) == core}
    return not any(re.search(rf"\b{initials}\b", c.text) for c in desk.passages if c.place.document not in ours)


def _others(core: str, desk: Desk) -> list[str]:
    return [c for e in desk.entries if e.authority and (c := core_name(e.authority)) != core]


def _initials(core: str) -> list[str]:
    own = "".join(w[0] for w in core.split() if w not in ("and", "of", "upon", "the")).upper()
    return [f"LB{own}", *(f"{own}{ending}" for ending in _ENDINGS if len(own) + len(ending) > 2)]


@lru_cache(maxsize=4)
def _any_of(gazetteer: tuple[str, ...]) -> re.Pattern[str]:
    """Any authority's own name, the longest first."""
    cores = sorted({core_name(name) for name in gazetteer}, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, cores))})\b(?! {_OTHER_BODY})", re.I)


def unknown_authorities(text: str, gazetteer: Iterable[str], held: Iterable[str]) -> tuple[str, ...]:
    """Names of the gazetteer that stand in the text with a capital and that are of no authority held."""
    cores = {core_name(a) for a in held}
    found = [m[0] for m in _any_of(tuple(gazetteer)).finditer(text) if m[0][0].isupper()]
    out = [name for name in found if name.lower() not in cores]
    longest = [n for n in out if not any(n != o and n in o for o in out)]
    return tuple(dict.fromkeys(longest))


def unheld(text: str, gazetteer: Iterable[str], named: tuple[str, ...], desk: Desk) -> tuple[str, ...]:
    """Councils named in the text of which the library holds nothing.

    A place is none where the documents print it with the word beside it ("Northumberland Risk Model"), or where those of the council
    that is asked about print it and it is not set beside that council ("the Leeds review of our plan").
    """
    unknown = unknown_authorities(text, gazetteer, [e.authority for e in desk.entries if e.authority])
    ours = [e.name for e in desk.entries if e.authority in named]
    return tuple(n for n in unknown if not _in_a_name(n, text, desk) and not (_printed(n, ours, desk) and not _beside(n, text)))


def _in_a_name(place: str, text: str, desk: Desk) -> bool:
    words = text.split()
    bare = [re.sub(r"^\W+|\W+$", "", re.sub(r"['’]s$", "", w)) for w in words]
    size = len(place.split())
    for i in range(len(bare) - size + 1):
        if " ".join(bare[i : i + size]) != place:
            continue
        after = " ".join(bare[i : i + size + 1]) if i + size < len(bare) and bare[i + size][:1].isalpha() else ""
        if after and not _OFFICE.fullmatch(bare[i + size]) and _printed(after, [e.name for e in desk.entries], desk):
            return True
    return False


def _beside(place: str, text: str) -> bool:
    own = re.escape(place)
    return bool(re.search(rf"\b{_BESIDE} {own}\b|\b{own}(?:['’]s)? {_BESIDE}\b", text, re.I))


def _printed(words: str, documents: Iterable[str], desk: Desk) -> bool:
    wanted = " ".join(stem(w) for w in tokens(words))
    return any(f" {wanted} " in desk.printed.text(name) for name in documents)
