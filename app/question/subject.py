"""What a list of measures is about: of the words left over, those that name a subject; the others are told to the asker and left aside.

"Which KPIs *remained* below target?" is about every KPI. A word is a subject where the field or a measure's name knows it and it stands
where a subject stands: after "on", "for" or "about", before "measures" or "targets", after "which". A word in such a place that nothing
knows is kept: a list about potholes is refused, not answered with everything.
"""

from __future__ import annotations

import re

from app.evidence.desk import Desk, content
from app.evidence.match import manner
from app.question.cues import group
from ingest.lexicon import lexicon, tokens

_BEFORE = r"\b(?:on|for|about|of|in|with|to do with|around|regarding|concerning|within|across|under|over|than|relating to|related to|into)"
_LINKED = r"(?:and|or|&|nor|plus|versus)"


def unread(text: str, topic: tuple[str, ...], desk: Desk) -> tuple[str, ...]:
    """The topic's terms that are no subject of the text; none where every term is one."""
    lex = lexicon()
    words = tokens(text)
    spans = [(term, start, end) for term, start, end in lex.spans(words) if term in topic]
    held = _held(desk)
    left: list[str] = []
    for term, start, end in spans:
        said = " ".join(words[start:end])
        known = term in held or any(n in held for n in (*lex.narrower.get(term, ()), *lex.near.get(term, ())))
        if term.startswith("@") and known:
            continue
        if not _placed(text, said) and not (known and _had(text, said)):
            left.append(term)
    kept = [t for t in topic if t not in left]
    return tuple(t for t in dict.fromkeys(left) if not any(t == k for k in kept))


def beside(text: str, topic: tuple[str, ...], documents: frozenset[str], desk: Desk) -> tuple[str, ...]:
    """Of a list of actions with a condition, the topic's terms that no action or heading holds and that stand where no subject does."""
    held = frozenset().union(
        *(a.name | content(lexicon().terms(a.record.place.section or "")) for a in desk.actions if a.record.place.document in documents)
    )
    lex = lexicon()
    near = (t for t in topic if not (t in held or any(n in held for n in (*lex.narrower.get(t, ()), *lex.near.get(t, ())))))
    return tuple(t for t in near if t in manner() or not _placed(text, said_as(t, text)))


def _held(desk: Desk) -> frozenset[str]:
    """Terms of the names of measures and of the headings over them."""
    sections = {m.record.place.section for m in desk.measures if m.record.place.section}
    return frozenset().union(*(m.name for m in desk.measures), *(content(lexicon().terms(s)) for s in sections))


def _placed(text: str, said: str) -> bool:
    """True where the words stand in a subject's place."""
    flat = " ".join(re.sub(r"[^\w\s,;:&'’-]", " ", text).replace("’", "'").replace("-", " ").split())
    own = re.escape(said).replace(r"\ ", r"[\s-]+")
    return bool(
        re.search(rf"\((?=[^()]*,)[^()]*\b{own}\b[^()]*\)", text.replace("-", " "), re.I)  # one of the things listed in brackets
        or re.search(rf"{_BEFORE} (?:[\w']+ ){{0,3}}?{own}\b", flat, re.I)
        or re.search(rf"\b{own}(?: [\w']+)? {group('measures')}\b", flat, re.I)
        or re.search(rf"\b(?:which|what|how many) (?:of (?:the|our|its|their) )?(?:(?!{group('measures')}\b)[\w']+ )?{own}\b", flat, re.I)
        or re.search(rf"\b[\w']{{3,}} {_LINKED} (?:[\w']+ )?{own}\b", flat, re.I)
    )


def _had(text: str, said: str) -> bool:
    """True where the words are what somebody has: "which depot has the most vehicle breakdowns"."""
    return re.search(rf"\b(?:has|have|had|having|with)\s+(?:the\s+)?(?:most\s+)?{re.escape(said)}\b", text, re.I) is not None


def said_as(term: str, text: str) -> str:
    """The word of the text that a term stands for."""
    words = tokens(text)
    return next((" ".join(words[a:b]) for t, a, b in lexicon().spans(words) if t == term), term.lstrip("@"))
