"""Names of measures from the words around a figure: openings, auxiliaries and endings taken off, the source's own words kept."""

from __future__ import annotations

import re
from functools import cache

from ingest.language.words import any_of, words
from ingest.lexicon import lexicon

_EDGE = ' \t\n"“”‘.,;:=@•●▪◦-–—*…/&[]+'
_LONGEST = 24  # words; a longer name is a sentence, and its quote says the rest


def tidy(text: str) -> str:
    """White space collapsed, stray punctuation and unclosed brackets taken off both ends."""
    out = " ".join(text.split()).strip(_EDGE)
    while out and (out.count("(") != out.count(")")) and (out[0] in "()" or out[-1] in "()"):
        out = (out[1:] if out[0] in "()" else out[:-1]).strip(_EDGE)
    if out.count("(") > out.count(")"):
        out = out[: out.rindex("(")].strip(_EDGE)
    if out.startswith("(") and out.endswith(")") and out.count("(") == 1:
        out = out[1:-1].strip(_EDGE)
    return re.sub(r"\s+([,;])", r"\1", re.sub(r"\(\s*\)", "", out)).strip(_EDGE)


def subject(before: str) -> str:
    """The name in the words before a figure: "Child Protection visits are at" → "Child Protection visits"."""
    text = _own_clause(_after_comma(_untargeted(tidy(_changed_by().sub("", before)))))
    if text.lower() in words("names", "openings"):
        return ""
    name = _short(_without_auxiliary(_last_phrase(_open(_close(text)))))
    return "" if name.lower() in words("names", "openings") or name.lower() in words("names", "positions") else name


def description(after: str) -> str:
    """The name in the words after a figure: "of assessments were carried out in time" → "assessments carried out in time"."""
    after = re.sub(r"\s+or\s+(?:fewer|less)\b", "", after, flags=re.I)
    after = re.sub(r"\s*\((?:[\d.,;&\s]|and)+\)", "", after)
    text = tidy(_beyond().split(tidy(re.sub(rf"{any_of(words('names', 'met'))}$", "", tidy(after), flags=re.I)))[0])
    text = re.sub(r"^(?:of\s+)?(?:(?:all|the|our|these|those|which)\s+)*", "", text, flags=re.I)
    return _short(_close(_without_auxiliary(text)))


def is_score(name: str) -> bool:
    """Whether what is so named is a score ("Average score for visits"), not something counted that has one ("children with a score over
    3")."""
    m = re.search(any_of(words("scores", "words")), name, re.I)
    return m is not None and not re.search(any_of(words("scores", "joints")), name[: m.start()], re.I)


def head(name_words: str) -> str:
    """The noun phrase a following "of these" or "were supported" stands for: the words before the first verb or participle."""
    parts = tidy(name_words).split()
    for i, word in enumerate(parts[1:], start=1):
        told = any(p.lower() not in words("names", "modifiers") for p in parts[:i])  # "new approved carers": still the noun phrase
        if told and _ends_noun(word.lower().strip(_EDGE)):
            return tidy(" ".join(parts[:i]))
    return tidy(" ".join(parts))


def _ends_noun(word: str) -> bool:
    return word in _verbs() or word in ("who", "that", "which", "subject") or bool(re.fullmatch(r"[a-z]{4,}(?:ed|ing)", word))


def needs_subject(after: str) -> bool:
    """Whether the words after a figure begin with a verb, participle or preposition, and so speak of something named before."""
    first, _, second = tidy(after).lower().partition(" ")
    if first.endswith("ed") and re.match(r"[a-z]{3,}s\b(?<!ss)(?<!across)", second):
        return False  # "reported cases inspected": the participle is the noun's
    return first in words("names", "leads") or (not second and first.endswith("ed"))


def has_verb(text: str) -> bool:
    """Whether the text holds a finite verb: a sentence, not a label."""
    return any(w in _verbs() for w in re.findall(r"[a-z']+", text.lower()))


def terms(text: str) -> frozenset[str]:
    """The content terms of a text, concepts of the lexicon as one term each."""
    return frozenset(t for t in lexicon().terms(text) if t.lstrip("@") not in _function_words() and not t.isdigit() and len(t) > 1)


def likeness(a: str, b: str) -> float:
    """Share of the smaller set of content terms found in the other, 0 to 1; 0 where they share nothing but words that are everywhere."""
    first, second = terms(a), terms(b)
    shared = first & second
    if not shared or (shared <= terms(" ".join(words("names", "everywhere"))) and shared != first and shared != second):
        return 0.0
    return len(shared) / min(len(first), len(second))


@cache
def _function_words() -> frozenset[str]:
    return frozenset(words("names", "function"))


@cache
def _verbs() -> frozenset[str]:
    return frozenset(words("names", "verbs"))


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(rf"^(?:{any_of(words('names', 'openings'))})[\s,:]+", re.I)


@cache
def _ending() -> re.Pattern[str]:
    return re.compile(rf"(?:^|[\s,:(])(?:{any_of(words('names', 'endings'))})$", re.I)


@cache
def _auxiliary() -> re.Pattern[str]:
    """An auxiliary between a noun and its participle; "have" only before one, and none after a relative pronoun."""
    plain = any_of(w for w in words("names", "auxiliaries") if w not in ("have", "has", "had", "to"))
    return re.compile(rf"(?<!\bwho)(?<!\bthat)(?<!\bwhich)\s(?:{plain}|(?:have|has|had)(?=\s+\w+(?:ed|en)\b))\s+(?=\w)", re.I)


@cache
def _beyond() -> re.Pattern[str]:
    """Where the words of a figure end and something else is told."""
    compared, going_on = any_of(words("comparisons", "ends_name")), any_of(words("names", "going_on"))
    again = r",?\s(?:and|so|but)\s(?:it|we|they|this|that|he|she|there|our)\b"
    return re.compile(rf";\s|\.\s|[,\s]+(?:an?\s+)?{compared}\s|,\s{going_on}\s|^which\s|{again}", re.I)


@cache
def _changed_by() -> re.Pattern[str]:
    """ "… improved by two points to": how far, before where to."""
    return re.compile(rf"\s+{any_of(words('comparisons', 'changes_by'))}\s+by\s+[^,;]*$", re.I)


def _open(text: str) -> str:
    while (m := _opening().match(text)) and len(text) > m.end():
        text = tidy(text[m.end() :])
    return text


def _close(text: str) -> str:
    while (m := _ending().search(text)) and m.start() > 0:
        text = tidy(text[: m.start()])
    whole = text.lower()
    return "" if whole in words("names", "endings") else text


def _untargeted(text: str) -> str:
    """A target word and what follows it taken off the end: "held within timescale - target of" → "held within timescale"."""
    target = rf"(?:(?:an?|the|our)\s+)?(?:\w+al\s+)?{any_of(words('targets', 'words'))}(?:\s+(?:of|is|for|at|to|set))*"
    return tidy(re.sub(rf"(?:^|[\s,(–-]){target}\s*[:=–-]*$", "", text, flags=re.I))


def _after_comma(text: str) -> str:
    """What follows the last comma, where that is a clause of its own."""
    parts = re.split(r"[,;]\s+", text)
    for i in range(len(parts) - 1, 0, -1):
        tail = ", ".join(parts[i:])
        if re.match(r"(?:where|which|who|whose|when|including|such as)\b", tail, re.I):
            continue
        if len(terms(tail)) >= 2 and (has_verb(tail) or not terms(parts[i - 1])):
            return tail
    return text


def _last_phrase(text: str) -> str:
    """A subject that is still a sentence ("leaders are open to … and recent additional investment") cut to what follows its last "and"."""
    while len(text.split()) > 9 and has_verb(text):
        m = re.search(r"\b(?:and|including|so that|that)\s+", text)
        if not m or len(terms(text[m.end() :])) < 2:
            break
        text = text[m.end() :]
    return text


def _own_clause(text: str) -> str:
    """The clause after "and" where the one before it already has its verb: "All workshops will take place … and attendance by …"."""
    m = re.search(r"\b(?:will|shall|should|must|have|has|are|is|were|was)\s+\w+.*?\s+and\s+(?=\w)", text, re.I)
    if m and len(terms(text[m.end() :])) >= 2:
        return text[m.end() :]
    return text


def _without_auxiliary(text: str) -> str:
    text = re.sub(rf"^(?:{any_of(w for w in words('names', 'auxiliaries') if w != 'to')})\s+", "", text, flags=re.I)
    return tidy(_auxiliary().sub(" ", text, count=1))


def _short(text: str) -> str:
    return " ".join(text.split()[:_LONGEST])
