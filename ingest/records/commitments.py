"""Statements of intent: every action, and the sentences of prose that promise something."""

from __future__ import annotations

import re

from ingest.language.period import periods
from ingest.language.sentences import sentences
from ingest.types import Action, Block, Commitment, Document, Place, Strength, span
from ingest.vocabulary import vocabulary

_SHORTEST = 5  # words: less is a heading or a fragment
_PAST = re.compile(r"\b(?:would|had)\b", re.IGNORECASE)
_OWNER = re.compile(
    r"^((?:The |Our )?(?:[A-Z][\w/&'’-]*(?: (?:of|for|and|the|in) | )?){1,7}?)(?:\bwill\b|\bis to\b|\bare to\b|\bplans? to\b)"
)


def commitments_of(document: Document, actions: tuple[Action, ...]) -> tuple[Commitment, ...]:
    """The document's commitments in reading order: actions first as their table stands, then sentences of prose."""
    out = [_from_action(a) for a in actions]
    number = 0
    for block in document.blocks:
        if block.kind not in ("paragraph", "list_item"):
            continue
        for start, end in sentences(block.printed.text):
            found = _from_sentence(document, block, start, end, number + 1)
            if found:
                number += 1
                out.append(found)
    return tuple(out)


def _from_action(action: Action) -> Commitment:
    strength: Strength = "ongoing" if action.ongoing else "explicit"
    return Commitment(
        action.id.replace("/a", "/ca"), action.place, action.quote, action.action, action.due, action.lead, strength, action.id
    )


def strength_of(sentence: str) -> Strength | None:
    """How firmly a sentence promises: by the vocabulary's phrases, ambition before promise; None where it promises nothing."""
    low = " ".join(sentence.lower().replace("’", "'").split())
    if _PAST.search(low):
        return None
    words = vocabulary()["commitments"]
    for strength in ("ambition", "ongoing", "explicit"):
        if any(re.search(rf"\b{re.escape(p)}\b", low) for p in words[strength]):
            return strength  # type: ignore[return-value]
    return None


def _from_sentence(document: Document, block: Block, start: int, end: int, number: int) -> Commitment | None:
    text = " ".join(block.printed.text[start:end].split())
    strength = strength_of(text)
    if strength is None or len(text.split()) < _SHORTEST:
        return None
    page, box = block.printed.locate(start, end)
    dates = periods(text, document.period)
    by_when = text[dates[-1].start : dates[-1].end] if dates else None
    owner = _OWNER.match(text)
    return Commitment(
        id=f"{document.sha256[:12]}/c{number:04d}",
        place=Place(document.name, page, box or span(block.printed.lines)[1], block.place.section),
        quote=text,
        commitment=text,
        by_when=by_when,
        owner=owner.group(1).strip() if owner else None,
        strength=strength,
        action_id=None,
    )
