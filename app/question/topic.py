"""The subject of a question: its content words in the documents' own terms, and the several things it lists."""

from __future__ import annotations

import re
from functools import cache

from app.evidence.desk import STOP_WORDS, content
from app.question.cues import cues, group, words
from ingest.lexicon import lexicon, stem

_ASKING = words("asking")
_ASKING_STEMS = (
    frozenset(stem(w) for w in _ASKING)
    | frozenset(stem(w) for w in STOP_WORDS)
    | {"finish", "start", "increase", "decrease", "achieve", "@rating_word", "promise"}
)
# Terms that nearly every line of these plans is about: a subject only where nothing else is.
GENERIC = frozenset({"@young_person"})
BENCHMARKS = frozenset({"@national_average", "@statistical_neighbour"})  # whose figure the council's own is set beside
# People of whom something is measured: naming them alone does not say what.
STAFF = frozenset({"@social_worker", "@manager"})
PEOPLE = GENERIC | STAFF | frozenset(f"@{who}" for who in "looked_after child_protection child_in_need care_leaver uasc unborn".split())
WEAK = frozenset({"@ofsted"})
_MAYBE = frozenset(stem(w) for w in words("maybe"))
_REPORTED = re.compile(
    rf"\b(?:according to|in the (?:view|opinion|words) of) (?:the )?\w+\b|"
    rf"\b(?:did|does|do|has|have|had) (?:the )?{group('speaker')} (?:\w+ )?{group('said')}\b",
    re.I,
)
_AGREE = re.compile(r"\bdo(?:es)? the (?:documents|plans|figures|papers|two)\b.{0,40}?\b(?:agree|differ|match|say the same)\b", re.I)
_WORRYING = re.compile(rf"\b{group('worrying')}", re.I)
_SPLIT = re.compile(r"\s*(?:[,;:]|\s[-–]\s|\band\b|\bor\b|\bas well as\b|\bplus\b|\bversus\b|\bvs\b)\s*", re.I)

_SPLIT_OF_TWO = re.compile(r"\b(?:split|balance|mix|division)\b(?=.{0,60}\bbetween\b)", re.I)
_PER_HUNDRED = re.compile(r"\b(?:in|out of|of|per) (?:(?:every|each|a) )?hundred\b|\bthrough (?:the|our|its|their) doors?\b", re.I)
_HOW_OFTEN = re.compile(r"\bhow many times\b|\bthis time (?:last|next) year\b", re.I)
_BETWEEN = re.compile(  # one thing, of two sides
    r"(\b(?:split|ratio|balance|mix|division)\b(?:\s+\S+){0,6}?\s+(?:between|of)\s+(?:\S+\s+){1,3}?)(?:and|to)\b", re.I
)
_LISTED = re.compile(r"\w\s*\(([^()]*,[^()]*)\)")  # the things that a wide word stands for, in brackets after it


def topic_of(text: str) -> tuple[str, ...]:
    """Content terms in the order asked, each once."""
    text = without_idioms(text)
    text = _REPORTED.sub(" ", re.sub(r"(\bhow (?:did|has|have|had)\b.*?)\bmoved?\b", r"\1", text, flags=re.I))
    text = re.sub(rf"\b{group('returning')}", " next full inspection ", text, flags=re.I)
    text = re.sub(rf"(\bwho\b.{{0,40}}?)\b{group('charge')}", r"\1", text, flags=re.I)
    text = _WORRYING.sub(" ", _AGREE.sub(" ", text))
    text = re.sub(r"\bback in\b(?=\s*(?:\W|$|the\b|we\b))", " ", text, flags=re.I)
    text = re.sub(r"\b(?:take|takes|took|taken|taking) place\b", " ", text, flags=re.I)
    text = _PER_HUNDRED.sub(" ", _HOW_OFTEN.sub(" how many ", _SPLIT_OF_TWO.sub(" ", text)))
    text = re.sub(rf"\b{group('held')}", " ", text, flags=re.I)
    text = re.sub(rf"\b{group('at_inspection')}", " ", text, flags=re.I)
    text = re.sub(r"\b(?:paragraphs?|paras?|pages?)\s+\d+(?:\.\d+)*\b", " ", text, flags=re.I)
    found = tuple(dict.fromkeys(t for t in lexicon().terms(text) if t in content([t]) and t not in _ASKING_STEMS and not t.endswith("%")))
    return tuple(t for t in found if t not in GENERIC) or found


def without_idioms(text: str) -> str:
    """The text without what people say for "going badly", "giving up" or "watching over": none of its words is a subject."""
    for pattern in cues("idiom")["any"]:
        text = pattern.sub(" ", text)
    return text


@cache
def raised_words() -> frozenset[str]:
    """Words for what an inspection raises and how it is taken up, as terms."""
    return frozenset(t for w in words("raised") for t in lexicon().terms(w))


@cache
def followed_words() -> frozenset[str]:
    """Words of asking how a commitment fared through the plans, as stems."""
    return frozenset(t for w in words("timeline") for t in lexicon().terms(w))


@cache
def disputing_words() -> frozenset[str]:
    """Words of asking where figures disagree, as stems; one that is also a word of the field ("seen") is not among them."""
    return frozenset(t for w in words("disputed") for t in lexicon().terms(w) if not t.startswith("@"))


def asking_terms(text: str) -> tuple[str, ...]:
    """Words of asking that are the subject where nothing but the inspectorate is named: "what needs to improve?"."""
    return tuple(dict.fromkeys(t for t in lexicon().terms(text) if t in _MAYBE))


def facets_of(text: str) -> tuple[tuple[str, ...], ...]:
    """The topic split at commas and conjunctions; parts without content are left out.

    A wide word ("the front door") gives way to the narrower things that the question goes on to list.
    """
    scope = re.match(r"\W*([^:]{3,60}?)(?: only)?:(?=.{12})", text)  # "Court teams only: ..." holds for everything after it
    wide = topic_of(scope[1]) if scope else ()
    if scope and wide and not any(set(lexicon().narrower.get(t, ())) for t in wide) and not re.search(r",|\band\b", scope[1]):
        inner = facets_of(text[scope.end() :])
        return tuple((*wide, *(t for t in f if t not in wide)) for f in inner) or (wide,)
    if (listed := _LISTED.search(text)) and sum(bool(topic_of(part)) for part in _SPLIT.split(listed[1])) > 1:
        text = listed[1]  # "the council's homes (gas, electrics, damp)": what is meant by it is listed
    text = _BETWEEN.sub(r"\1 ", text)
    parts = (topic_of(part) for part in _SPLIT.split(text))
    facets = tuple(p for p in dict.fromkeys(parts) if p)
    said = {t for p in facets for t in p}
    narrower = lexicon().narrower
    kept = tuple(p for p in facets if not (len(p) == 1 and set(narrower.get(p[0], ())) & said))
    return kept or facets
