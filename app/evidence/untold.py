"""What a question takes to have happened and the documents tell otherwise: not yet, not at all, or of another one.

"What did the second visit conclude?" is answered neither by the first visit's letter nor by "a second is expected in the autumn"; "why did
the director leave?" not by a sentence about the director that tells of no leaving.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.evidence.desk import content
from app.evidence.passages import POINTS_BACK, Sentence
from app.question.cues import group
from app.question.wordclass import ENDED, inflected
from ingest.lexicon import lexicon, stem, tokens

_PAST = re.compile(r"\b(?:did|was|were|has|have|had|won|lost|came|went|said|happened)\b", re.I)
_ENDING = re.compile(
    rf"\b(?:why|when|who|how come)\b.{{0,12}}?\b(?:did|does|was|were|has|have|had|is|are|been)\b.*?"
    rf"(?<!annual )(?<!sick )(?<!parental )(?<!special )(?<!on )(?<!of )\b{group('ending')}\b(?! (?:to|over|care|open|the gap)\b)",
    re.I,
)
_COMES_OF = re.compile(rf"\b{group('comes_of')}\b", re.I)
_EVENT = re.compile(
    rf"\b(?:(?P<which>second|third|fourth|fifth|2nd|3rd|4th|next|follow-up|repeat) (?:\w+ ){{0,2}}?)?(?P<event>{group('event')})\b", re.I
)
PENDING = re.compile(rf"\b{group('pending')}\b", re.I)
_NOT = re.compile(r"\b(?:not|never|n['’]t)(?: (?:yet|been|being|be|ever))* (\w+)", re.I)
_POSITIVE = re.compile(r"\b(?:why|when|who|how come|what)\b.{0,12}?\b(?:did|was|were|has|have|had)\b", re.I)
_DOUBTING = re.compile(
    r"\b(?:not|never|no|\w+n['’]t|hard|difficult|struggl\w+|fail(?:s|ed|ing)? to|stop\w*|prevent\w*|slow\w*|late|behind|miss\w*|still|yet"
    r"|lack\w*|short|delay\w*|unable|held|holding|only|few|little|so)\b",
    re.I,
)
_OF_IT = 0.6  # of the subject's words that a sentence must name to tell of its ending
_SPEAKS = 0.6  # of the best one's coverage that a sentence must have to be about the same event


def ending_untold(text: str, told: Sequence[Sentence], actions: Sequence[str]) -> bool:
    """True where a question takes for granted that somebody left or something was given up, and nothing told of it says so."""
    if not _ENDING.search(text):
        return False
    subject = content(lexicon().terms(ENDED.sub(" ", text)))
    of_it = (s for s in told if POINTS_BACK.match(s.text) or len(s.name & subject) >= _OF_IT * len(subject))
    return not any(ENDED.search(t) for t in (*(s.text for s in of_it), *actions))


def event_asked(text: str) -> bool:
    """True where a question asks what came of an event: what a visit found, how an appeal was decided."""
    return bool(_EVENT.search(text) and _PAST.search(text) and _COMES_OF.search(text))


def still_to_come(text: str, found: Sequence[Sentence]) -> Sentence | None:
    """The sentence that tells of an event, asked about as past, as still to come, where none tells of it as past."""
    asked = _EVENT.search(text)
    if asked is None:
        return None
    event = content(lexicon().terms(asked["event"]))
    which = content(lexicon().terms(asked["which"] or ""))
    speaking = [s for s in found if event & s.name and which <= s.name]
    if not speaking:
        return found[0] if which and found else None
    named = _named_as(text, asked.start("event"))
    speaking = [s for s in speaking if named and named in " ".join(stem(w) for w in tokens(s.text))] or speaking
    first = max(speaking, key=lambda s: s.coverage)
    ahead = [s for s in speaking if s.coverage >= _SPEAKS * first.coverage]
    return first if all(_pending(s.text, asked["which"] or asked["event"]) for s in ahead) else None


def _named_as(text: str, at: int) -> str:
    """What kind of event is asked about: its name with the word before, stemmed, as "resident survey"; none where that is no name."""
    words = [stem(w) for w in tokens(text[:at])[-1:] + tokens(text[at:])[:1]]
    return " ".join(words) if len(words) == 2 and content(words[:1]) and not words[0].isdigit() else ""


def _pending(text: str, word: str) -> bool:
    """True where the clause that names an event tells it as planned, awaited or put off."""
    own = next((p for p in re.split(r"[;:.]\s", text) if stem(word.lower()) in {stem(w) for w in tokens(p)}), text)
    return bool(PENDING.search(own))


def denied(text: str, told: Sequence[Sentence]) -> Sentence | None:
    """The sentence that denies what the question takes to have been done: asked why powers were used, "has not used its powers"."""
    if not _POSITIVE.search(text) or _DOUBTING.search(text) or not told:
        return None
    asked = {stem(w) for w in tokens(text)}
    best = max(told, key=lambda s: s.coverage)
    for m in _NOT.finditer(best.text):
        verb = stem(m[1].lower())
        after = {stem(w) for w in tokens(best.text[m.end() :])[:5]}
        if {verb, *inflected(verb)} & asked and after & best.matched:
            return best
    return None
