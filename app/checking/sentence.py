"""A sentence under check: pieces that are bound are struck out, letter for letter, so that what follows reads only what is left."""

from __future__ import annotations

import re
from dataclasses import dataclass

STRUCK = "\x00"
_UNITS = r"%|per\s?cent|points?\b|working\sdays?\b|days?\b|weeks?\b|months?\b|years?\b|hours?\b"
_STARTS = re.compile(r"(?<![\w£])(?<!\d[.,/])")
_ENDS = re.compile(rf"(?![\w%]|[.,:/]\d|\s?(?:{_UNITS}))")
_NUMBER = re.compile(rf"£?\d[\d,]*(?:\.\d+)?(?:\s?(?:{_UNITS}))?")


@dataclass
class Sentence:
    """The text as it is said, and what of it is not yet bound."""

    text: str
    left: str

    def strike(self, start: int, end: int) -> None:
        """Takes a stretch as bound."""
        self.left = self.left[:start] + STRUCK * (end - start) + self.left[end:]

    def found(self, words: str) -> list[int]:
        """Where words stand in what is left, not as part of a longer word or number, and not before a unit that is not theirs."""
        out = []
        at = self.left.find(words)
        while at >= 0:
            if _STARTS.match(self.left, at) and (not words[-1].isalnum() or _ENDS.match(self.left, at + len(words))):
                out.append(at)
            at = self.left.find(words, at + 1)
        return out

    def strike_all(self, words: str, lead: str = "") -> bool:
        """Strikes words wherever they stand after `lead`; False where they stand nowhere."""
        found = self.found(lead + words) if words else []
        for at in found:
            self.strike(at + len(lead), at + len(lead) + len(words))
        return bool(found)

    def numbers(self) -> list[str]:
        """The numbers left, in order, each with its unit."""
        return [m[0] for m in _NUMBER.finditer(self.left)]


def sentence(text: str) -> Sentence:
    """A sentence of which nothing is bound yet."""
    return Sentence(text, text)


def flat(text: str) -> str:
    """With every run of white space made one space, as quotes and names are said."""
    return " ".join(text.split())


def strike_beginning(said: Sentence, words: str) -> bool:
    """Strikes words that are said whole, or cut at a word and followed by an ellipsis; their first letter in either case."""
    if not words:
        return False
    low, told = words.lower(), said.left.lower()
    head = low[: low.find(" ", 12)] if low.find(" ", 12) > 0 else low
    found = False
    at = told.find(head)
    while at >= 0:
        end = at
        while end < len(told) and end - at < len(low) and told[end] == low[end - at] and (end == at or said.left[end] == words[end - at]):
            end += 1
        whole = end - at == len(low) and (not low[-1].isalnum() or _ENDS.match(said.left, end) is not None)
        cut = end < len(told) and told.startswith("…", end) and words[end - at - 1] == " "
        if (whole or cut) and not (at and told[at - 1].isalnum()):
            said.strike(at, end + cut)
            found = True
        at = told.find(head, at + 1)
    return found
