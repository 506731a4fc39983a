"""What a sentence asks for, once its conditions, times and places are known: rules in order, each of which may change the reading so far.

`intent_of` hears the words; the rules here hear what stands around them: "Q2 performance: what is below target?" is a list because nothing
but a condition is asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from app.evidence.called import GENERAL
from app.evidence.desk import Desk
from app.evidence.figures import documents_for
from app.evidence.match import match, weigh
from app.question.cues import cues, group
from app.question.earlier import beside_earlier
from app.question.filters import Conditions
from app.question.intent import intent_of
from app.question.parts import Part
from app.question.states import Redated
from app.question.times import Times
from app.question.topic import BENCHMARKS, topic_of
from app.question.where import Scope
from app.question.why import asks_why
from app.types import Query

Reading = tuple[str, tuple[str, ...]]  # intent, and what is wanted of it

APART = re.compile(
    r"\b(?:rather than|other than|instead of|as opposed to|excluding|except(?: for)?|apart from|not (?:counting|including)"
    r"|leaving (?:out|aside)|setting aside|ignoring|aside from)\b[^,.;?]*",
    re.I,
)
MEASURED_AGAINST = re.compile(r"(?<!good or )\b(?:better|worse|improv(?:ed|ing|e)|higher|lower|the rest of)\b(?! (?:plan|board))", re.I)
_WHETHER = re.compile(r"^(?:(?:so|and|but|ok(?:ay)?)\W+)*(?:did|do|does|have|has|had|is|are|was|were)\b", re.I)
_HOW_MANY = re.compile(r"\bhow many (?:were|are|was|did we|have we)\b", re.I)
_ALL = re.compile(
    rf"\b(?:all|every|each)\b(?: of)?(?: the| our)? (?:\S+ ){{0,3}}?{group('measures')}\b|\beverything\b.{{0,30}}\b{group('measures')}\b",
    re.I,
)
_HAPPENED = re.compile(rf"\bhappen(?:ed|ing|s) (?:to|with) (?:\S+ ){{0,7}}?{group('measured')}\b", re.I)
_MANY = re.compile(rf"\b{group('measures')}\b|\b(?:which|what) (?:things|ones|\w+s)\b|\bwhere\b", re.I)
_ONE = re.compile(
    r"\b(?:what|which)(?:'s| is| was| were| are)? (?:the )?(?:percentage|proportion|share|number|rate|figure)\b"
    r"|\bhow (?:many|much|long|far)\b",
    re.I,
)
_SEVERAL = re.compile(
    r"\b(?:which|what|whats|list|show|how many|count|number of|give|name|tell|any|anything|everything|all|those|these|are|have|has)\b",
    re.I,
)
_WHO = re.compile(r"\bwho(?:se|m|ever)?\b", re.I)
_EACH = re.compile(r"\b(?:which|what)\b.*\b(?:them|those|these|each)\b|\bof the\b.*\bwhich\b", re.I)
_SHARE = re.compile(r"\b(?:proportion|percentage|share|fraction|per ?cent) of\b", re.I)
_COUNTED = re.compile(r"\bhow many\b|\b(?:count|number|tally|total) of\b", re.I)
_THE_MOST = re.compile(rf"\b{group('the_most')}\b", re.I)
_FURTHEST = re.compile(
    r"\b(?:slipp\w*|delay\w*|(?:put|pushed|moved) (?:back|on|out)|postponed)\b.{0,20}\b(?:furthest|farthest|longest|(?:the|by) most)\b"
    r"|\b(?:longest|biggest|worst|furthest|greatest) (?:delay|slip\w*|postponement)\b",
    re.I,
)
_WHAT_SLIPPED = re.compile(
    r"^\W*(?:and |so |ok )?what(?:['’]s| has| have| was| were)?(?: been)? (?:slipp|delay|put |push|mov|postpon)\w*\W+"
    r"(?:(?:back|on|out) )?(?:the |by )?(?:furthest|farthest|longest|most)\W*$",
    re.I,
)
_FEWEST = re.compile(r"\b(?:fewest|least|smallest|lowest)\b", re.I)
_MOST_MEASURES = re.compile(rf"\b(?:most|fewest)(?: \w+){{0,3}}? {group('measures')}\b", re.I)
_TARGETS = re.compile(r"\btargets?\b", re.I)
_NAMED = 0.8  # coverage from which a measure's name says the subject


_AS_DUE = Redated("")


@dataclass(frozen=True, slots=True)
class Named:
    """Actions as a sentence names them: `nouns` in the documents' words, `states` they stand in. `actions`: it can mean nothing else."""

    rest: str
    nouns: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    redated: Redated = _AS_DUE
    actions: bool = False
    bare: tuple[str, ...] = ()  # what is left as a subject beside all that


@dataclass(frozen=True, slots=True)
class Heard:
    """A sentence taken apart: what the rules look at."""

    text: str
    aside: str  # the sentences beside it that ask nothing
    where: Scope
    part: Part
    met: Conditions
    times: Times
    lead: str | None
    refs: tuple[str, ...]
    about_actions: bool
    slipped: bool  # asks which actions fell behind
    first: str  # the intent of its words alone
    desk: Desk
    named: Named
    shared: bool | None = None  # as in `app.types.Query`

    @property
    def conditioned(self) -> bool:
        """Whether a condition on figures is set."""
        met = self.met
        bounds = (met.above, met.below, met.target, met.margin)
        return bool(met.statuses or any(b is not None for b in bounds) or met.order or met.moved or met.versus)

    @property
    def named_conditions(self) -> bool:
        """Whether a condition on actions is set."""
        named, met = self.named, self.met
        rated = met.rags or (met.statuses and set(named.nouns) - GENERAL)
        asked = named.states or rated or met.due_text or met.absent or self.lead or named.redated.asked
        return bool(asked) or met.completed is not None or self.shared is not None

    @property
    def documents(self) -> frozenset[str]:
        """The documents that it is asked of."""
        return documents_for(Query("actions", documents=self.where.documents, authorities=self.where.authorities), self.desk)

    @property
    def subject(self) -> tuple[str, ...]:
        """What is left of it as its subject once conditions are taken out."""
        return topic_of(self.met.rest)

    @property
    def whether(self) -> bool:
        """Asks for yes or no."""
        return bool(_WHETHER.search(self.text))


def settled(heard: Heard) -> Reading:
    """The intent, and what is wanted of it, after all rules."""
    listed = bool(heard.met.rags and not heard.about_actions)
    reading: Reading = intent_of(heard.text, heard.conditioned or listed, len(heard.times.spans))
    for rule in RULES:
        reading = rule(heard, *reading) or reading
    return reading


def premise_of(text: str) -> str | None:
    """What a question takes for granted, by the name of its cue; None where nothing."""
    return next((name for name, patterns in cues("premise").items() if any(p.search(text) for p in patterns)), None)


def _two_numbers(heard: Heard, intent: str, wanted: tuple[str, ...]) -> Reading | None:
    """ "I have seen two numbers." """
    return ("disagreements", ()) if heard.aside and intent_of(heard.aside, False, 0)[0] == "disagreements" else None


def _told_around(heard: Heard, intent: str, wanted: tuple[str, ...]) -> Reading | None:
    """ "We promised it. Did it happen?": the sentences together ask what neither asks alone."""
    if not heard.aside or intent not in ("explain", "progress"):
        return None
    whole, asked = intent_of(f"{heard.text} {heard.aside}", heard.conditioned, len(heard.times.spans))
    told_first = intent_of(f"{heard.aside} {heard.text}", False, 0)
    if told_first[0] == "timeline":
        return told_first
    return (whole, asked) if whole in ("figure", "trend", "compare") else None


def _slipped_below(heard: Heard, intent: str, wanted: tuple[str, ...]) -> Reading | None:
    """ "Which KPIs slipped below 70%?" asks for no actions."""
    return ("measures", ()) if "slipped" in wanted and not heard.slipped else None


def _with_the_newest(heard: Heard, intent: str, wanted: tuple[str, ...]) -> Reading | None:
    return ("compare", ("value",)) if intent == "trend" and heard.times.newest and len(heard.times.spans) == 1 else None


def _beside_earlier(heard: Heard, intent: str, wanted: tuple[str, ...]) -> Reading | None:
    """ "Are there fewer than in March?", "How many, and how many was it a year ago?": both figures are told."""
    asked = intent in ("figure", "trend", "explain", "progress") and not heard.about_actions and bool(heard.subject)
    asked = asked and "reason" not in wanted  # "we met no more than last year, so why did the count go up?"
    if not asked or heard.conditioned or not beside_earlier(heard.text):
        return None
    return ("compare", ("value", "newest")) if len(heard.times.spans) == 1 else ("trend", ("change",))


def _targets_of_two(heard: Heard, intent: str, wanted: tuple[str, ...]) -> Reading | None:
    two = max(len(heard.where.sides), len(heard.where.authorities)) > 1
    return ("target", ("target",)) if two and not heard.about_actions and _TARGETS.search(heard.text) and heard.subject else None


def _two_sides(heard: Heard, intent: str, wanted: tuple[str, ...]) -> Reading | None:
    asked = len(heard.where.sides) > 1 and intent in ("figure", "explain", "trend") and not heard.about_actions
    return ("compare", ("value",)) if asked and _measured(heard.subject, heard.desk) else None


def _two_times(heard: Heard, intent: str, wanted: tuple[str, ...]) -> Reading | None:
    asked = len(heard.times.spans) > 1 and intent in ("progress", "explain") and heard.whether
    return ("compare", ("value",)) if asked and MEASURED_AGAINST.search(heard.text) else None


def _benchmarked(heard: Heard, intent: str, wanted: tuple[str, ...]) -> Reading | None:
    return ("compare", ("value",)) if intent in ("trend", "progress") and BENCHMARKS & set(heard.subject) else None


def _beside_others(heard: Heard, intent: str, wanted: tuple[str, ...]) -> Reading | None:
    """ "Where are we worse than England?" """
    if not heard.met.versus:
        return None
    return ("count", ("measures",)) if _COUNTED.search(heard.text) else ("measures", ())


def _met_or_not(heard: Heard, intent: str, wanted: tuple[str, ...]) -> Reading | None:
    """ "Did we hit the target for visits?" """
    asked = heard.met.statuses and intent in ("progress", "explain", "figure") and not heard.about_actions and heard.whether
    return ("target", ("target",)) if asked and heard.subject else None


def _actions_named(heard: Heard, intent: str, wanted: tuple[str, ...]) -> Reading | None:
    """Things to be done, in a document's words for them or for how they stand, or those that somebody leads: "what is stuck?" """
    named, kept = heard.named, ("owner", "deadline", "disagreements", "documents", "out_of_scope")
    if named.nouns and _COUNTED.search(heard.text) and not heard.named_conditions and not named.bare:
        return ("count", ("actions",))  # "how many savings are there?"
    if heard.lead and intent == "owner" and not _WHO.search(heard.text):
        return ("actions", ())  # "what does she lead on?"
    if (
        intent in ("owner", "deadline")
        and heard.named_conditions
        and heard.about_actions
        and not heard.subject
        and _EACH.search(heard.text)
    ):
        return ("actions", ())  # "of the actions due in May, which are red and who leads them?"
    if "reason" in wanted and heard.named_conditions and not heard.subject and (named.actions or heard.about_actions):
        return ("actions", ("state",))  # "what was stopped, and why?"
    if intent in kept or "reason" in wanted or not heard.named_conditions or not _SEVERAL.search(heard.text):
        return None
    if not (named.actions or heard.lead or (heard.about_actions and intent in ("timeline", "explain", "progress", "count", "actions"))):
        return None
    if intent in ("actions", "count") and "measures" not in wanted and not named.redated.asked:
        return None
    more = ("redated",) if named.redated.asked else ()
    return ("count", ("actions", *more)) if _COUNTED.search(heard.text) else ("actions", more)


def _of_actions(heard: Heard, intent: str, wanted: tuple[str, ...]) -> Reading | None:
    met = heard.met.rags or heard.met.due_text or heard.lead
    asked = intent in ("measures", "figure", "progress") and heard.about_actions and met
    return ("actions", wanted) if asked and heard.first != "progress" else None


def _how_many_met(heard: Heard, intent: str, wanted: tuple[str, ...]) -> Reading | None:
    asked = heard.met.statuses and intent in ("figure", "explain", "progress", "measures")
    return ("count", ("measures",)) if asked and _HOW_MANY.search(heard.text) else None


def _what_happened_to_a_figure(heard: Heard, intent: str, wanted: tuple[str, ...]) -> Reading | None:
    return ("trend", ("change",)) if intent == "progress" and not heard.about_actions and _HAPPENED.search(heard.text) else None


def _nothing_but_conditions(heard: Heard, intent: str, wanted: tuple[str, ...]) -> Reading | None:
    asked = intent in ("explain", "target", "figure", "progress") and not heard.about_actions
    return ("measures", ()) if asked and _lists_all(heard) else None


def _met_under_a_heading(heard: Heard, intent: str, wanted: tuple[str, ...]) -> Reading | None:
    """ "What are we any good at under aim 3? The targets hit in Q2." """
    asked = intent == "headed" and heard.met.statuses and (heard.part.part or heard.times.spans)
    return ("measures", ()) if asked and _TARGETS.search(f"{heard.text} {heard.aside}") else None


def _what_moved(heard: Heard, intent: str, wanted: tuple[str, ...]) -> Reading | None:
    """ "Is there anything they are less happy with than a year ago?" lists what moved; it compares no one figure."""
    asked = heard.met.moved and intent in ("compare", "trend", "figure", "target", "progress", "explain") and not heard.about_actions
    return ("measures", ()) if asked else None


def _how_many_rated(heard: Heard, intent: str, wanted: tuple[str, ...]) -> Reading | None:
    """ "Of the things promised, how many were still amber?" """
    asked = heard.met.rags and intent == "figure" and not heard.refs
    if heard.met.rags and heard.about_actions and _SHARE.search(heard.text):
        return ("count", ("actions",))  # "what proportion of the actions are amber?"
    return ("count", ("actions",)) if asked and _HOW_MANY.search(heard.text) else None


def _most_of(heard: Heard, intent: str, wanted: tuple[str, ...]) -> Reading | None:
    """ "Who leads most of the actions?", "Which work stream has the fewest?": they are counted by lead, by section or by document."""
    if not heard.about_actions or not _THE_MOST.search(heard.text):
        return None
    grouped = any(p.search(heard.text) for patterns in cues("most_of").values() for p in patterns)
    return ("count", ("actions", "fewest" if _FEWEST.search(heard.text) else "most")) if grouped else None


def _most_measures(heard: Heard, intent: str, wanted: tuple[str, ...]) -> Reading | None:
    """ "Which plan has the most measures below target?": they are counted by document or by council, and no value is asked for."""
    if not _MOST_MEASURES.search(heard.text):
        return None
    grouped = any(p.search(heard.text) for name in ("authority", "document") for p in cues("most_of")[name])
    return ("count", ("measures", "fewest" if _FEWEST.search(heard.text) else "most")) if grouped else None


def _furthest(heard: Heard, intent: str, wanted: tuple[str, ...]) -> Reading | None:
    """ "Which milestone has slipped the furthest?": of those whose date was put back."""
    asked = _FURTHEST.search(heard.text)
    return ("actions", ("redated", "furthest")) if asked and (heard.about_actions or _WHAT_SLIPPED.search(heard.text)) else None


def _fell_behind(heard: Heard, intent: str, wanted: tuple[str, ...]) -> Reading | None:
    return ("actions", ("slipped",)) if heard.slipped else None


RULES: tuple[Callable[[Heard, str, tuple[str, ...]], Reading | None], ...] = (
    _two_numbers,
    _told_around,
    _slipped_below,
    _with_the_newest,
    _beside_earlier,
    _targets_of_two,
    _two_sides,
    _two_times,
    _benchmarked,
    _met_or_not,
    _actions_named,
    _of_actions,
    _how_many_met,
    _what_happened_to_a_figure,
    _nothing_but_conditions,
    _met_under_a_heading,
    _what_moved,
    _how_many_rated,
    _fell_behind,
    _most_measures,
    _most_of,
    _furthest,
    _beside_others,
)


def _measured(topic: tuple[str, ...], desk: Desk) -> bool:
    """True where the name of a measure says nearly all of a subject."""
    asked = weigh(topic, desk)
    return bool(asked) and any(match(asked, m.name, frozenset(), desk).coverage >= _NAMED for m in desk.measures)


def _lists_all(heard: Heard) -> bool:
    """True where nothing but conditions is asked: "Q2 performance: what is below target?" lists every measure that satisfies them."""
    text, met = heard.text, heard.met
    parted = heard.part != Part(heard.part.rest)
    why = asks_why(text)
    if not why and (_ALL.search(text) or (parted and _MANY.search(text) and not _ONE.search(text))):
        return "promise" not in text.lower()
    judged = met.statuses or met.margin is not None
    if judged and parted and not why and not heard.whether:
        return True  # "what was hit under aim 3"
    bound = met.above is not None or met.below is not None
    if not (judged or bound) or premise_of(text) or why:
        return False
    bare = not topic_of(APART.sub(" ", heard.times.rest))
    return bare if judged and not bound else bool(_MANY.search(text)) and not _ONE.search(text)
