"""Numbers as people write them: "30", "1,230", "five", "twenty-five", "two thirds"."""

from __future__ import annotations

import re

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = {word: 10 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_SMALL = {word: n for n, word in enumerate(_ONES)}
_WORDS = (
    rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES[1:10])}))?|{'|'.join(sorted(_ONES, key=len, reverse=True))}|(?:a|one) hundred)"
)
NUMBER = rf"(?:\d[\d,]*(?:\.\d+)?|{_WORDS})"

_PARTS = {"half": 2, "halves": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_OF = rf"(?P<some>{'|'.join(_ONES[1:10])}|\d) (?:in|out of|of) (?:every )?(?P<all>{'|'.join(_ONES[2:11])}|\d{{1,2}})\b"
FRACTION = rf"(?:(?:a |one )?half|(?:a |one |two |three |four |nine )?(?:thirds?|quarters?|fifths?|tenths?)|{_OF})"


def number_of(text: str) -> float:
    """The number that a text matched by NUMBER says."""
    low = text.lower().replace(",", "").strip("£ ")
    if low[0].isdigit():
        return float(low)
    if low.endswith("hundred"):
        return 100.0
    return float(sum(_TENS.get(word, _SMALL.get(word, 0)) for word in re.split(r"[- ]", low)))


def share_of(text: str) -> float:
    """The percentage, to one decimal, that a text matched by FRACTION says: 66.7 for "two thirds"."""
    low = text.lower().strip()
    if m := re.fullmatch(_OF, low):
        return round(100 * number_of(m["some"]) / number_of(m["all"]), 1)
    words = low.split()
    count = _SMALL.get(words[0], 1) if len(words) > 1 else 1
    return round(100 * count / _PARTS[words[-1].removesuffix("s") if words[-1] != "halves" else "halves"], 1)
