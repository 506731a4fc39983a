"""Words of a question that name no subject: how something is done, what happens to it, and nouns that only frame another ("the gist of it").

Asked "Why isn't there a proper grip on neglect?", documents must speak of neglect; that they say neither "proper" nor "grip" tells nothing.
A dictionary of word classes (lemminflect) and the words beside a word decide; nouns that frame are listed under `shell` in cues.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from app.question.cues import cues, words
from ingest.lexicon import stem

_WORD = re.compile(r"[A-Za-z][A-Za-z'’]*")
# What an adjective of a thing ends in, which tells what is meant: "dental checks", "residential homes"; "proper" and "late" tell how.
_OF_A_THING = re.compile(r"(?:al|ic|ary|ory|ive|ile|ar)$")
_NAMES_FOLLOW = frozenset(  # after these stands a noun
    "a an the this that these those my your his her its our their some any no each every what which whose of in on at for with about from by"
    " into over under between through per against and or".split()
)
_VERB_FOLLOWS = frozenset(
    "to i you he she it we they who didn't doesn't don't won't can't couldn't wouldn't shouldn't will would can could should may might must"
    " never always just".split()
)
_BE = frozenset("is are was were be been being not isn't aren't wasn't weren't keep keeps kept stop stops stopped start started".split())
_OBJECT = frozenset("it them him us me up off out down away back".split())  # after a verb: "pack it in", "chases up"


@cache
def _shell() -> frozenset[str]:
    return frozenset(stem(w) for w in words("shell"))


@lru_cache(maxsize=4096)
def classes(word: str) -> frozenset[str]:
    """The classes an English word can be of: NOUN, VERB, ADJ, ADV; none for a word that the dictionary does not hold."""
    from lemminflect import getAllLemmas  # type: ignore[import-untyped]

    return frozenset(getAllLemmas(word.lower()))


@lru_cache(maxsize=4096)
def english(word: str) -> bool:
    """True for a word that the dictionary holds in any class."""
    return bool(classes(word))


@lru_cache(maxsize=4096)
def _tells_how(word: str) -> bool:
    """True for an adjective that can be compared or be made an adverb, and does not say of what thing."""
    from lemminflect import getAllInflections

    if _OF_A_THING.search(word):
        return False
    adverb = f"{word[:-1]}ily" if word.endswith("y") else f"{word}ly"
    return bool(getAllInflections(word, "ADJ").get("JJR")) or "ADV" in classes(adverb) or "ADV" in classes(word)


@lru_cache(maxsize=4096)
def inflected(term: str) -> frozenset[str]:
    """The stems of a verb's other forms that a stem does not bring together: "spent" of "spend", "paid" of "pay"."""
    from lemminflect import getAllInflections, getAllLemmas

    if not term.isalpha() or len(term) < 3:
        return frozenset()
    lemmas = getAllLemmas(term).get("VERB", ())
    forms = {form for lemma in lemmas for tagged in getAllInflections(lemma, "VERB").values() for form in (lemma, *tagged)}
    return frozenset(stem(form) for form in forms) - {term}


def loose(texts: Iterable[str], terms: Iterable[str]) -> tuple[str, ...]:
    """Those of the terms that name no subject wherever a text has them; a term that no text spells out is kept as a subject."""
    wanted = set(terms)
    found: dict[str, bool] = {}
    for text in texts:
        said = _without_idioms(text)
        for before, m, after in _placed(said):
            term = stem(m[0].lower().replace("’", "'").removesuffix("'s"))
            if term in wanted:
                found[term] = found.get(term, True) and _frames(m, before, after)
        for term in wanted - found.keys():
            if any(stem(w.lower()) == term for w in _WORD.findall(text)):
                found[term] = True  # it stood in an idiom
    return tuple(sorted(t for t, yes in found.items() if yes))


def _without_idioms(text: str) -> str:
    for pattern in cues("idiom")["any"]:
        text = pattern.sub(" ", text)
    return text


def _placed(text: str) -> list[tuple[str, re.Match[str], str]]:
    """Each word with the one before it and the one after it, lower case; none over the end of a clause."""
    found = list(_WORD.finditer(text))
    out = []
    for i, m in enumerate(found):
        before = found[i - 1] if i and not re.search(r"[,.;:?!()]|\s[-–]\s", text[found[i - 1].end() : m.start()]) else None
        after = found[i + 1] if i + 1 < len(found) and not re.search(r"[,.;:?!()]|\s[-–]\s", text[m.end() : found[i + 1].start()]) else None
        out.append((before[0].lower() if before else "", m, after[0].lower() if after else ""))
    return out


def _frames(m: re.Match[str], before: str, after: str) -> bool:
    """True where a word, as it stands, is no name, and a verb, an adverb, an adjective of manner, or a noun that only frames."""
    word = m[0].lower().replace("’", "'").removesuffix("'s")
    if m[0][0].isupper() and before:
        return False
    if stem(word) in _shell():
        return True
    kinds = classes(word)
    if not kinds:
        return bool(re.fullmatch(r"re\w{3,}(?:ed|ing)|\w{3,}ed", word)) or (word.endswith("s") and stem(word) in _shell())
    if word.endswith("ing") and kinds == {"VERB"}:  # "is dealing with it" is none, "home schooling" a subject
        return before in _BE or after in _NAMES_FOLLOW or after in _OBJECT or bool(classes(after) & {"ADJ", "ADV"})
    if "NOUN" not in kinds:
        return bool(kinds & {"VERB", "ADV"}) or _tells_how(word)
    if kinds & {"ADJ", "ADV"} and "VERB" not in kinds and _tells_how(word) and "NOUN" in classes(after):
        return True  # "little firms": an adjective before its noun
    return "VERB" in kinds and before not in _NAMES_FOLLOW and (before in _VERB_FOLLOWS or after in _OBJECT or _main_verb(m, after))


def _main_verb(m: re.Match[str], after: str) -> bool:
    """True for the verb that "did", "do" or "does" has put off: "what did the panel *grumble* about?"."""
    clause = re.split(r"[,.;:?!()]", m.string[: m.start()])[-1].lower()
    if m[0].lower().endswith(("s", "ed", "ing")):  # not the plain form
        return False
    return bool(re.search(r"\b(?:did|does|do)(?:n['’]?t)?\b\s+\S", clause)) and (not after or after in _NAMES_FOLLOW or after in _OBJECT)
