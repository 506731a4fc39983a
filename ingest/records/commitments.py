"""Statements of intent: every action, and the sentences of prose that promise something."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.language.period import periods
from ingest.language.sentences import statements
from ingest.records.actions import holds_actions
from ingest.types import Action, Commitment, Document, Place, Printed, Strength
from ingest.vocabulary import vocabulary

_SHORTEST = 5  # words: less is a heading or a fragment
_PAST = re.compile(r"\b(?:would|had)\b", re.IGNORECASE)
_PROGRESSIVE = re.compile(  # work going on: "we are improving …", "these are being reviewed …"
    r"\b(?:we|council|service|services|cabinet|partnership|team|teams) (?:is|are|have been|has been) (?:\w+ly |now |also )?\w+ing\b"
    r"|\b(?:is|are) (?:\w+ly |now |also )?being (?:\w+ly )?\w+(?:ed|en|ught|ilt|un)\b"
)
_OWNER = re.compile(
    r"^((?:The |Our )?(?:[A-Z][\w/&'’-]*(?: (?:of|for|and|the|in) | )?){1,7}?)(?:\bwill\b|\bis to\b|\bare to\b|\bplans? to\b)"
)


def commitments_of(document: Document, actions: tuple[Action, ...]) -> tuple[Commitment, ...]:
    """The document's commitments: its actions, then in reading order what its prose, and tables of outcomes without actions, promise."""
    out = [_from_action(a) for a in actions]
    number = 0
    for printed, section in _statements(document):
        for start, end in statements(printed.text):
            found = _from_sentence(document, printed, section, (start, end), number + 1)
            if found:
                number += 1
                out.append(found)
    return tuple(out)


def _statements(document: Document) -> Iterator[tuple[Printed, str | None]]:
    """The texts that may promise something, each with its section."""
    for block in document.blocks:
        if block.kind in ("paragraph", "list_item"):
            yield block.printed, block.place.section
        elif block.table and not holds_actions(block.table):
            table = block.table
            for row in table.rows:
                cell, area = table.cell(row, "success"), table.cell(row, "section")
                if cell and cell.printed:
                    yield cell.printed, area.printed.flat if area else row.section or block.place.section


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
    order: tuple[Strength, ...] = ("ambition", "ongoing", "explicit")
    for strength in order:
        if any(re.search(rf"\b{re.escape(p)}\b", low) for p in words[strength]):
            return strength
    return "ongoing" if _PROGRESSIVE.search(low) else None


def _from_sentence(document: Document, printed: Printed, section: str | None, at: tuple[int, int], number: int) -> Commitment | None:
    text = " ".join(printed.text[at[0] : at[1]].split())
    strength = strength_of(text)
    if strength is None or len(text.split()) < _SHORTEST:
        return None
    page, box = printed.locate(*at)
    dates = periods(text, document.period)
    by_when = text[dates[-1].start : dates[-1].end] if dates else None
    owner = _OWNER.match(text)
    return Commitment(
        id=f"{document.sha256[:12]}/c{number:04d}",
        place=Place(document.name, page, box, section),
        quote=text,
        commitment=text,
        by_when=by_when,
        owner=owner.group(1).strip() if owner else None,
        strength=strength,
        action_id=None,
    )
