"""Words of a question that name no subject: how something is done, what happens to it, and nouns that frame another.

Asked "what's the snag with proper recording?", documents must speak of recording; that they say neither "snag" nor "proper" tells nothing.
A dictionary of word classes (lemminflect) and the words beside a word decide; nouns that frame are listed under `shell` in cues.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from app.question.cues import group, words
from ingest.lexicon import lexicon, stem

_WORD = re.compile(r"[A-Za-z][A-Za-z'’]*")
# What an adjective of a thing ends in, which tells what is meant: "dental checks", "residential homes"; "proper" and "late" tell how.
_OF_A_THING = re.compile(r"(?:al|ic|ary|ory|ive|ile|ar)$")
_NAMES_FOLLOW = frozenset(  # after these stands a noun
    "a an the this that these those my your his her its our their some any no each every what which whose of in on at for with about"
    " from by into over under between through per against and or".split()
)
_VERB_FOLLOWS = frozenset(
    "to i you he she it we they who didn't doesn't don't won't can't couldn't wouldn't shouldn't will would can could should may might must"
    " never always just".split()
)
_BE = frozenset("is are was were be been being not isn't aren't wasn't weren't keep keeps kept stop stops stopped start started".split())
_PARTICLES = frozenset("up off out down away back over through".split())  # after a verb: "knocked back", "signed off"
_OBJECT = frozenset("it them him us me up off out down away back".split())  # after a verb: "pack it in", "chases up"


ENDED = re.compile(rf"\b{group('ended')}\b", re.I)  # that something was given up, shut or left by somebody


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


@lru_cache(maxsize=4096)
def _only_frames(word: str) -> bool:
    from lemminflect import getAllLemmas

    return not words("shell").isdisjoint((word, *getAllLemmas(word).get("NOUN", ())))


def framing(texts: Iterable[str], terms: Iterable[str]) -> tuple[str, ...]:
    """Those of the terms that name no subject wherever a text has them; a term that no text spells out is kept as a subject."""
    wanted = set(terms)
    found: dict[str, bool] = {}
    for text in texts:
        for before, m, after in _placed(text):
            term = _term(m[0].lower().replace("’", "'").removesuffix("'s"))
            if term in wanted:
                found[term] = found.get(term, True) and _frames(m, before, after)
    return tuple(sorted(t for t, yes in found.items() if yes))


def _term(word: str) -> str:
    """The term of a word that is no concept of the field: its stem, or that of the word it stands for."""
    term = lexicon().forms.get((stem(word),), "")
    return stem(word) if not term or term.startswith("@") else term


def unheard(texts: Iterable[str], unprinted: Iterable[str]) -> tuple[str, ...]:
    """Of terms that no document prints, those that are no noun and take for granted no ending: an asker's own way of putting it."""
    wanted = set(unprinted)
    found: dict[str, bool] = {}
    for text in texts:
        for _, m, _ in _placed(text):
            word = m[0].lower().replace("’", "'").removesuffix("'s")
            if (term := _term(word)) in wanted:
                other = "VERB" in classes(word) and "NOUN" not in classes(word) and not ENDED.fullmatch(word)
                found[term] = found.get(term, True) and other and not (m[0][0].isupper() and m.start() > 0)
    return tuple(sorted(t for t, yes in found.items() if yes))


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
    kinds = classes(word)
    if word in _PARTICLES and "VERB" in classes(before):
        return True
    if _only_frames(word):
        return True
    if not kinds:
        return word.startswith("re") and "VERB" in classes(word[2:])  # "relaunched"
    if word.endswith("ing") and "VERB" in kinds and (before in _BE or after in ("about", "around")):
        return True
    if word.endswith("ing") and kinds == {"VERB"}:  # "is dealing with it" is none, "home schooling" a subject
        return after in _NAMES_FOLLOW or after in _OBJECT or bool(classes(after) & {"ADJ", "ADV"})
    if "NOUN" not in kinds and "ADV" in kinds and before in ("from", "of", "about", "on", "for"):
        return False  # "from abroad" names a place
    if "NOUN" not in kinds:
        return ("VERB" in kinds and not _asked_why(m)) or "ADV" in kinds or _tells_how(word)
    if kinds & {"ADJ", "ADV"} and "VERB" not in kinds and _tells_how(word) and "NOUN" in classes(after):
        return True  # "little firms": an adjective before its noun
    if _asked_why(m) and after not in _OBJECT:
        return False
    return "VERB" in kinds and before not in _NAMES_FOLLOW and (before in _VERB_FOLLOWS or after in _OBJECT or _main_verb(m, after))


def _asked_why(m: re.Match[str]) -> bool:
    """True in a clause that asks why: what happened, which its verb tells, is the subject then."""
    return bool(re.search(r"\b(?:why|how come)\b[^,.;:?!()]*$", m.string[: m.start()].lower()))


def _main_verb(m: re.Match[str], after: str) -> bool:
    """True for the verb that "did", "do" or "does" puts off: "what did the panel *grumble* about?"; the first that can be it."""
    clause = re.split(r"[,.;:?!()]", m.string[: m.start()].lower())[-1]
    put_off = re.search(r"\b(?:did|does|do)(?:n['’]?t)?\b\s+(\S.*)?$", clause)
    if put_off is None or m[0].lower().endswith(("s", "ed", "ing")) or (after and after not in _NAMES_FOLLOW | _OBJECT):
        return False
    pairs = pairwise(_WORD.findall(put_off[1] or "")[1:])  # the first is the subject's, or before it
    return not any("VERB" in classes(a) and not a.endswith(("s", "ed", "ing")) and b in _NAMES_FOLLOW | _OBJECT for a, b in pairs)
