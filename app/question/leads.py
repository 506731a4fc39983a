"""Whose actions: a lead named in the question, found among the leads the library holds."""

from __future__ import annotations

import re
from functools import lru_cache

from app.evidence.desk import Desk
from app.question.cues import cues, group
from ingest.lexicon import lexicon, tokens

_BODY = re.compile(r"^\s*(?:teams?|service|department|unit)\b", re.I)
_BELONGS = re.compile(r"\b(?:assigned|belong(?:s|ing)?|led|owned|allocated|given|assigned)\s+(?:to|by)?\b", re.I)
_AS_LEAD = re.compile(r"\bas (?:an? |the )?(?:(?:joint|co|named|sole|delivery)?[ -]?(?:leads?|owners?)(?: (?:or|and|and/or) )?)+\b", re.I)
# before an office that the actions are about: "about how reviewing officers run conferences" names no lead
_ABOUT = re.compile(r"\b(?:how|whether|about|on|regarding|concerning)\b(?: (?:well|often|far|the|our|its|their))*\s+$", re.I)
_EITHER = " / "
_OR_ELSE = re.compile(r"\b(\w+)\s*(?:/|\bor)\s*$", re.I)
_CHARGED = re.compile(rf"\b{group('charged_to')}\b(?: (?:the|our|either|both|mr|mrs|ms|miss|dr))*\W*$", re.I)
_CHARGED_AFTER = re.compile(
    r"(?:['’]s?)? (?:(?:team|service|department)\b ?)?(?:has |have |is |are |was |been |to |still |currently |also )*"
    r"(?:leads?|leading|owns?|owning|shares?|sharing|responsible|in charge|accountable|on the hook|doing|handling"
    r"|looking after|running|got on)\b"
    r"|['’]s? (?:actions|milestones|jobs|tasks|deliverables|list|plate)\b",
    re.I,
)
_LED_LIST = re.compile(
    r"\b(?:what|which|whats|list|show|everything|anything|all|how (?:many|much))\b.{0,80}?"
    rf"\b(?:{group('charged_to')}|leads?|leading|owns?|owning|shares?|responsible|in charge|accountable"
    r"|on the hook|handling|looking after)\b",
    re.I,
)
_OFFICE = re.compile(rf"\b(?:{group('office')}|{group('body')}|board|hub|partners?|workers?|business)\b", re.I)
_ANY_OFFICE = re.compile(
    rf"(?:(?:other|same|lead|named|responsible) )*(?:{group('office')}|teams?|services?|people|staff)", re.I
)  # "that officer"
_INITIALS = re.compile(r"[A-Z]{2,3}")  # of the person who holds an office: "Head of Access (JK)"
_VARIANT = re.compile(r"\b(\w{5,}) ?\((\1\w{0,2})\)", re.I)  # "the Program (Programme) Manager"
_SPELT = 6  # letters from which words are the same where one has a last letter more: "program", "programme"
_LINKS = frozenset("the of for and in a to s by with on".split())


@lru_cache(maxsize=4096)
def lead_terms(lead: str) -> frozenset[str]:
    """The terms of a lead, initials in brackets left out."""
    plain = re.sub(r"\([A-Z]{2,3}\)", " ", lead)
    return frozenset(t for t in lexicon().terms(plain) if t not in _LINKS)


def lead_in(text: str, desk: Desk) -> tuple[str | None, str]:
    """(the lead's words as asked, the text without them): the run of words that names a held lead, one named whole first."""
    text = _VARIANT.sub(r"\1", _AS_LEAD.sub(" ", text))
    words = [(m[0], m.start(), m.end()) for m in re.finditer(r"[A-Za-z0-9&']+", text)]
    held = {lead_terms(a.record.lead) for a in desk.actions if a.record.lead}
    asked_for = re.search(rf"\b{group('leading')}\b", text, re.I)
    found: list[tuple[bool, int, int, int]] = []
    for size in range(min(9, len(words)), 0, -1):
        for i in range(len(words) - size + 1):
            run = text[words[i][1] : words[i + size - 1][2]]
            terms = lead_terms(run)
            first, last = tokens(words[i][0]), tokens(words[i + size - 1][0])
            if (
                not terms
                or _ABOUT.search(text[: words[i][1]])
                or (first and first[0] in _LINKS)
                or (last and last[0] in _LINKS | {"lead", "leads"})
            ):
                continue
            if not any(terms <= h for h in held) or _ANY_OFFICE.fullmatch(run):
                continue
            charged = bool(_CHARGED.search(text[: words[i][1]])) or bool(_CHARGED_AFTER.match(text, words[i + size - 1][2]))
            if (_is_office(run) and (asked_for or size > 1)) or (charged and _named_so(run, desk)) or _is_person(run, desk):
                found.append((terms in held, size, words[i][1], words[i + size - 1][2]))
    if not found:
        return _by_initials(text, desk)
    _, _, start, end = max(found, key=lambda f: (f[0], f[1], -f[2]))
    named = re.sub(r"(?:'s|’s|')$", "", " ".join(text[start:end].split()))
    if other := _OR_ELSE.search(text[:start]):  # "the Programme / Program Manager": the same office spelt two ways
        spelt = " ".join([other[1], *named.split()[1:]])
        if any(lead_terms(spelt) <= h for h in held):
            named, start = f"{spelt}{_EITHER}{named}", other.start()
    return named, _BELONGS.sub(" ", text[:start] + " " + _BODY.sub(" ", text[end:]))


def _by_initials(text: str, desk: Desk) -> tuple[str | None, str]:
    """(initials that a lead cell prints in brackets, the text without them): "what does JK lead on?" """
    for m in re.finditer(rf"\b{_INITIALS.pattern}\b(?:['’]s)?", text):
        said = m[0].rstrip("s").rstrip("'’")
        if any(f"({said})" in a.record.lead for a in desk.actions if a.record.lead):
            return said, f"{text[: m.start()]} {text[m.end() :]}"
    return None, text


def held_by(text: str, desk: Desk, named: bool) -> tuple[str | None, bool | None, str]:
    """(the lead as asked, whether with others or alone, the text without both); a lead is looked for where one may be `named`.

    Words for sharing that are a subject as often ("shared lives", "joint working") are read where a lead is named.
    """
    for pattern in cues("sharing")["either"]:
        text, hits = pattern.subn(" ", text)
        if hits:
            lead, text = lead_in(text, desk) if named else (None, text)
            return lead, None, text
    shared, text = _sharing(text, "certain")
    lead, text = lead_in(text, desk) if named else (None, text)
    if lead and shared is None:
        shared, text = _sharing(text, "beside")
    return lead, shared, text


def _sharing(text: str, how: str) -> tuple[bool | None, str]:
    """(False for alone, True for with others, the text without the words that say so)."""
    for name, shared in (("alone", False), ("joint", True)):
        rest = text
        for pattern in cues("sharing")[f"{name} {how}"]:
            rest = pattern.sub(" ", rest)
        if rest != text:
            return shared, rest
    return None, text


def led_list(text: str) -> bool:
    """True where a question asks what somebody leads on: "what is Ms Howe responsible for?", "everything that sits with HR"."""
    return bool(_LED_LIST.search(text))


def _named_so(run: str, desk: Desk) -> bool:
    """True where a lead cell prints the words side by side, as a name or beginning with a capital: "HR", "Rafferty", "Fleet"."""
    words = re.compile(rf"(?<!\w){re.escape(run)}(?!\w)", re.I)
    return any(m[0][0].isupper() for a in desk.actions if a.record.lead for m in words.finditer(a.record.lead))


def _is_person(run: str, desk: Desk) -> bool:
    """True where the words are a person's name: two or more that make up a whole part of a lead cell and name no office or body."""
    said = run.lower().split()
    if len(said) < 2 or _OFFICE.search(run):
        return False
    parts = (p.split() for a in desk.actions if a.record.lead for p in re.split(r"[,;/&()–-]|\band\b", a.record.lead))
    return any([w.lower() for w in p] == said and all(w[:1].isupper() for w in p) for p in parts)


def _is_office(text: str) -> bool:
    """True for words that name an office or a department: capitals in the question, or a title such as head, director, manager."""
    return bool(
        re.search(
            r"\b(?:heads?|directors?|managers?|officers?|chair|lead|member|teacher|headteacher|worker|partner|commissioner|AD|HoS|DCS|PSW|HR|L&D)\b",
            text,
            re.I,
        )
    ) and (len(text.split()) > 1 or text.isupper())


def leads_match(asked: str, lead: str | None) -> bool:
    """True where a lead cell names the office asked for, or one of two spellings of it: all its terms stand there."""
    if _INITIALS.fullmatch(asked) and f"({asked})" in (lead or ""):
        return True
    held = lead_terms(lead or "")
    return bool(held) and any(all(t in held or _spelt_so(t, held) for t in lead_terms(a)) for a in asked.split(_EITHER))


def _spelt_so(term: str, held: frozenset[str]) -> bool:
    """True where another spelling of a term is held: "programme" of "program"."""
    return len(term) >= _SPELT and any(abs(len(h) - len(term)) == 1 and (h.startswith(term) or term.startswith(h)) for h in held)
