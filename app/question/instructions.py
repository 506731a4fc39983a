"""Instructions inside a question are set aside: what is left is answered from the documents, or not at all."""

from __future__ import annotations

import re

_ORDERS = (
    r"\b(?:please\s+)?(?:disregard|ignore|forget|override|bypass|set aside)\s+(?:about\s+)?(?:all\s+|any\s+|everything\s+)?(?:of\s+)?(?:your|the|my|previous|prior|earlier|above|these|those|what)\b[^.:;,?!]*?(?=[.:;,?!]|\band\b|$)",
    r"\bfrom now on\b[^.;?!]*?(?=,\s*(?:so|and|then|just)\b|[.;?!]|$)",
    r"\b(?:pretend|assume|suppose|imagine|act as(?: if| though)?|you are now|role-?play)\b[^.;?!,]*",
    r"\b(?:so\s+)?(?:just|simply|only)\s+(?:confirm|agree|say|answer|reply|tell (?:me|them|us)|respond)\b(?:\s+(?:that|with|yes))*",
    r"\b(?:system prompt|developer mode|jailbreak)\b[^.;?!,]*",
    r"\b(?:do not|don'?t) (?:cite|mention|use|check|look at|refer to)\b[^.;?!,]*",
)


def set_aside(text: str) -> tuple[str, tuple[str, ...]]:
    """(the question without instructions, the instructions as written)."""
    found: list[str] = []
    for pattern in _ORDERS:
        for m in list(re.finditer(pattern, text, re.I)):
            if m[0].strip():
                found.append(" ".join(m[0].split()))
        text = re.sub(pattern, " ", text, flags=re.I)
    return " ".join(text.split()).strip(" ,.:;-"), tuple(found)
