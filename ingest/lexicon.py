"""The field's words as concepts: texts of different people, brought to the same terms.

A text becomes a list of terms: `@looked_after` for any form of a concept of lexicon.toml (longest form first), a stem for any other word.
Question and document go through the same door, so "kids in care", "LAC" and "looked after children" are one term.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

_WORD = re.compile(r"[a-z0-9&£%]+(?:\.\d+)?")
_SHORTENED = re.compile(r"(?<=[a-z])'(?:ve|ll|re|d|m)\b")  # "who've", "they'd"
_AGAIN = re.compile(r"\bre-(?=[a-z]{3})")  # "re-launch" is "relaunch"
_POSSESSIVE = re.compile(r"(\w)'s\b|(\w)s'(?!\w)")
_NUMBERS = re.compile(r"\b(s?\d+)s\b")  # "16s", "s47s"
_ENDINGS = (
    "ational ations ation ements ement ments ment ingly ings ing ities ity ively ive ions ion ances ance ied ness ly es ed s e y"
).split()
_IRREGULAR = {
    "children": "child",
    "people": "person",
    "kpis": "kpi",
    "policies": "policy",
    "men": "man",
    "women": "woman",
    "met": "meet",
    "held": "hold",
    "led": "lead",
    "seen": "see",
    "saw": "see",
    "took": "take",
    "taken": "take",
    "given": "give",
    "gave": "give",
    "written": "write",
    "wrote": "write",
    "fell": "fall",
    "fallen": "fall",
    "rose": "rise",
    "risen": "rise",
    "grew": "grow",
    "grown": "grow",
    "sept": "september",
    "sep": "september",
    "oct": "october",
    "nov": "november",
    "dec": "december",
    "jan": "january",
    "feb": "february",
    "apr": "april",
    "aug": "august",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
    "ten": "10",
    "twelve": "12",
    "headteacher": "head teacher",
    "first": "1st",
    "second": "2nd",
    "third": "3rd",
}


_KNOWN = 32768  # texts whose terms are remembered
_WHOLE = frozenset({"policy", "police", "policing"})  # words that would end up as one another


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The word without its ending, lower case in and out; numbers and words of up to three letters stay whole."""
    word = _IRREGULAR.get(word, word)
    if word in _WHOLE:
        return word
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    if len(word) <= 3 or word[0].isdigit():
        return word
    for ending in _ENDINGS:
        if not word.endswith(ending) or len(word) - len(ending) < 3 or (ending == "s" and word.endswith(("ss", "us", "is"))):
            continue
        cut = word[: -len(ending)]
        return cut[:-1] if len(cut) > 3 and cut[-1] == cut[-2] and cut[-1] not in "sl" else cut
    return word


def tokens(text: str) -> list[str]:
    """Lower-case words and numbers; apostrophes closed up, possessives and shortened verbs dropped, hyphens and slashes read as spaces."""
    low = text.lower().replace("’", "'")
    if "'" in low:
        low = _POSSESSIVE.sub(lambda m: m[1] or f"{m[2]}s", _SHORTENED.sub("", low)).replace("'", "")
    if "re-" in low:
        low = _AGAIN.sub("re", low)
    words = _WORD.findall(_NUMBERS.sub(r"\1", low))
    return [part for word in words for part in (_IRREGULAR[word].split() if word in _IRREGULAR else (word,))]


@dataclass(frozen=True)
class Lexicon:
    """The loaded vocabulary. `forms` maps stemmed forms (tuples of stems) to terms; `narrower` and `near` map terms to terms.

    `alternatives` are groups of which a question means one at a time: "and for children in need?" replaces looked after children.
    """

    forms: Mapping[tuple[str, ...], str]
    longest: int
    narrower: Mapping[str, tuple[str, ...]]
    near: Mapping[str, tuple[str, ...]]
    misspelt: Mapping[str, str]
    printed: Mapping[str, str]
    alternatives: tuple[frozenset[str], ...]
    listed: Mapping[str, tuple[str, ...]]
    fields: Mapping[str, tuple[str, ...]]  # the forms of a wide word, by the field of work it names
    _known: dict[str, list[str]] = field(default_factory=dict, compare=False, repr=False)

    def terms(self, text: str) -> list[str]:
        """The text's terms in order: concepts as `@name`, other words as stems. Function words are kept."""
        found = self._known.get(text)
        if found is None:  # headings and passages are asked for again with each question
            if len(self._known) >= _KNOWN:
                self._known.clear()
            found = self._known[text] = [term for term, _, _ in self.spans(tokens(text))]
        return list(found)

    def spans(self, words: list[str]) -> list[tuple[str, int, int]]:
        """(term, first word, one past the last word) for each term of the words, longest concept form first."""
        stems = [stem(self.misspelt.get(w, w)) for w in words]
        out: list[tuple[str, int, int]] = []
        i = 0
        while i < len(stems):
            for size in range(min(self.longest, len(stems) - i), 0, -1):
                term = self.forms.get(tuple(stems[i : i + size]))
                if term:
                    out.append((term, i, i + size))
                    i += size
                    break
            else:
                out.append((stems[i], i, i + 1))
                i += 1
        return out

    def said(self, term: str) -> tuple[str, ...]:
        """The forms of a concept as listed, the documents' usual one first; none for a plain stem."""
        return self.listed.get(term, ())

    def words_of(self, term: str) -> str:
        """A term as a reader would print it."""
        return self.printed.get(term, term.lstrip("@").replace("_", " "))


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The vocabulary file shipped with the package, read once."""
    data = tomllib.loads(files("ingest").joinpath("lexicon.toml").read_text(encoding="utf-8"))
    forms: dict[tuple[str, ...], str] = {}
    printed: dict[str, str] = {}
    for group in ("concepts", "wide"):
        for name, listed in data[group].items():
            printed[f"@{name}"] = listed[0]
            for form in listed:
                forms.setdefault(tuple(stem(w) for w in tokens(form)), f"@{name}")
    for name, listed in data["words"].items():
        for form in listed:
            forms.setdefault((stem(form),), stem(name))
    return Lexicon(
        forms=forms,
        longest=max(len(f) for f in forms),
        narrower={f"@{k}": tuple(f"@{v}" for v in vs) for k, vs in data["kinds_of"].items()},
        near={f"@{k}": tuple(f"@{v}" for v in vs) for k, vs in data["near"].items()},
        misspelt=data["misspelt"],
        printed=printed,
        listed={f"@{name}": tuple(listed) for name, listed in data["concepts"].items()},
        fields={f"@{name}": tuple(listed) for name, listed in data["wide"].items()},
        alternatives=tuple(frozenset(t for form in group for t in _plain(forms, form)) for group in data["alternatives"].values()),
    )


def _plain(forms: Mapping[tuple[str, ...], str], text: str) -> tuple[str, ...]:
    stems = tuple(stem(w) for w in tokens(text))
    return (forms[stems],) if stems in forms else stems
