"""What a question wants besides its kind: a count, a gap, a date, a rating, the newest; and the unit of its figures."""

from __future__ import annotations

import re

from app.question.cues import group

_WANTED: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    # what, words that ask for it, kinds it may be asked of (none: any)
    ("count", r"\bhow many\b|\bnumber of\b", ("figure", "compare", "timeline")),
    ("gap", r"\bhow (?:far|close|near)\b|\bby (?:how (?:much|many)|what (?:percentage|margin|amount|number))\b|\bgap\b|\bshortfall\b", ()),
    ("target", r"\btargets?\b", ("compare",)),
    (
        "finding",  # what was raised, whose heading brings all the actions under it
        r"\b(?:against|under|on|for|to|by|about|from|address(?:es|ing)?|answer(?:s|ing)?|meet(?:s|ing)?|tackl(?:e|es|ing))"
        r" (?:(?:the|that|this|each) )?(?:[\w'’]+ ){0,2}?"
        r"(?:finding|recommendation|criticism|concern|requirement|area for (?:improvement|development))s?\b",
        ("actions", "count"),
    ),
    (
        "state",  # how far it got, beside who or when
        r"\b(?:has|have|had|is|are|was|were|did)(?:n['’]?t)? (?:it|this|that|they|these|those|he|she|we)\b.{0,30}"
        r"\b(?:done|finish\w*|complete\w*|deliver\w*|happen\w*|on track|start\w*|late|going)\b"
        r"|\bhow far\b|\bhe?ld (?:it |things? |them )?up\b|\bhold-?ups?\b|\bwhy\b|\bdelay(?:ed|ing)?\b|\bheld (?:it |things? |them )?back\b"
        r"|\bwhat(?:['’]?s| has| is)? (?:\w+ )?(?:happen\w+|progress|latest|status|gone wrong|stopping)\b",
        ("owner", "deadline"),
    ),
    ("frequency", r"\bhow (?:often|frequently)\b", ()),
    ("table", r"\btable\b", ()),
    ("targeted", r"\btargets?\b", ("measures", "count")),
    (
        "since",  # the time named is the one to compare with
        r"\b(?:since|than|from)\b|\bcompared (?:with|to)\b|\bagainst (?:the )?(?:last|previous|same)\b"
        r"|\b(?:on|over) (?:the )?(?:last|previous)\b",
        ("measures", "count"),
    ),
    ("rate", r"\brates?\b(?! (?:of pay|us|the service))", ("figure", "trend", "compare", "target")),
    ("whole", r"\boverall\b|\bin total\b|\baltogether\b|\bas a whole\b", ("figure", "trend", "compare", "target")),
    ("date", r"\bwhen\b", ("progress", "owner")),
    (
        "parts",
        r"\b(?:in|for|of|by|per) (?:each|every) (?:of (?:the|our) )?(?:\w+ )?(?:teams?|services?|types?|groups?|areas?|units?)\b"
        r"|\b(?:by|per) (?:team|service|group|area|type|unit)\b|\b(?:each|every|all(?: the)?|the (?:two|three|four|five)) (?:\w+ )?teams?\b"
        r"|\bteam by team\b|\b(?:broken down|breakdown|split(?!.{0,50}\bbetween\b))\b",
        ("figure", "target"),
    ),
)
_RATING = re.compile(r"\b(?:rated|rag|ragb|rating|colou?r)\b", re.I)
_DEFINE = re.compile(
    rf"^\W*(?:so |and |ok )*what (?:on earth |exactly |actually )?(?:is|are|does)\b.{{0,70}}\b{group('undertaking')}\b"
    r"|\bwhat (?:on earth|exactly) (?:is|are)\b",
    re.I,
)
_UNIT = (
    (
        "percent",
        r"%|\bper ?cent\b|\bpercentages?\b|\bproportion\b|\bshare of\b|\bwhat share\b"
        r"|\b(?:in|out of|of|per) (?:(?:every|each|a) )?hundred\b",
    ),
    (
        "gbp",
        r"£|\bhow much\b.{0,50}\b(?:spend|spent|spending|cost|costs|pay|paid|save|saved|saving|overspen[dt]|underspen[dt])\b"
        r"|\bhow much (?:extra |more )?money\b|\bcost\b|\bbudget\b|\bsalar(?:y|ies)\b"
        r"|\bhow much\b.{0,60}\b(?:worth|charg(?:e|es|ed)|owed?|sold for)\b"
        r"|\b(?:contract|sale|asset|market|book|selling|purchase|asking) (?:values?|prices?|sum)\b|\bprice (?:of|for|paid)\b"
        r"|\bvalue of\b(?=.{0,60}\b(?:contracts?|deals?|sales?|assets?|buildings?|grants?|bids?|land|propert(?:y|ies)|awards?)\b)"
        r"|\bwhat (?:did|does|do|has|have|had|is|are|was|were)\b.{0,40}\b(?:spend|spent|spending|pay|paid|paying)\b"
        r"(?! (?:\w+ )?(?:time|days|weeks|attention))(?!.*\bon\W*$)"
        r"|\bspend(?:ing)? on\b(?!\W*$)|\bcosting\b"
        r"|\bwhat (?:(?:is|was|were|are)(?: \w+)? )?(?:the |our |its )?(?:\w+ )?(?:spend|spending|expenditure|outlay|bill)\b",
    ),
    ("time", r"\bhow long\b|\bwhat (?:length|duration)\b"),
    ("days", r"\bhow many (?:working )?days\b"),
    ("weeks", r"\bhow many weeks\b"),
    ("time", r"\bhow many (?:months|years|hours|minutes)\b"),
)
_OF_TARGETS = re.compile(rf"\b(?:percentage|proportion|share) of (?:\w+ ){{0,2}}?{group('measures')}\b", re.I)  # a count of lines
_NUMBER = re.compile(r"\bhow many\b|\bwhat number\b|\bnumber of\b", re.I)
_SHARE = re.compile(r"\bpercent|\bproportion|\bshare\b", re.I)


def wanted_in(text: str, intent: str, already: tuple[str, ...], newest: bool) -> tuple[str, ...]:
    """What the rule of intent wants, then what the question's own words add."""
    found = list(already)
    for name, pattern, kinds in _WANTED:
        if name not in found and (not kinds or intent in kinds) and re.search(pattern, text, re.I):
            found.append(name)
    if intent == "explain" and _DEFINE.search(text):
        found.append("definition")
    if _RATING.search(text) and "judgement" not in found:
        found.append("rating")
    return (*found, "newest") if newest else tuple(found)


def unit_in(text: str, conditioned: str | None) -> str | None:
    """The unit asked for; none where the question asks for a number and a share at once."""
    text = _OF_TARGETS.sub(" ", text)
    if _NUMBER.search(text) and _SHARE.search(text):
        return None
    return conditioned or next((u for u, pattern in _UNIT if re.search(pattern, text, re.I)), None)
