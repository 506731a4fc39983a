"""What kind of answer a question asks for, decided by its words alone, first rule that fits.

A rule is (intent, pattern, what is wanted). The kinds themselves are in `app/kinds`.
"""

from __future__ import annotations

import re

_ACTION = r"(?:actions?|commitments?|steps|tasks|promises|activities|undertakings|milestones)"
_MEASURE = r"(?:kpis?|measures?|indicators?|targets?|standards?|percentages?|metrics?|figures?|numbers?|results?|scores?|rates?|services?|teams?|areas?)"
_WE = r"(?:we|they|you|the council|the board|the authority|the partnership|it|\w+shire|the plan|the service|leaders|the self[- ]evaluation|the sef)"

RULES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    # writing things, opinions, private persons, forecasts: not what plans answer
    (
        "out_of_scope",
        r"\b(?:write|draft|compose|generate|prepare|produce|make up|knock up|give me)\s+(?:me\s+|us\s+)?(?:a|an|the|some)?\s*(?:\w+\s+){0,2}?(?:press release|speech|poem|song|tweet|post|letter|email|e-mail|statement|story|joke|essay|slogan|leaflet|rap|haiku|press line|line saying)\b",
        (),
    ),
    (
        "out_of_scope",
        r"\b(?:name|names|identity|address|home address|date of birth|phone number|email address|surname|school)\s+of\s+(?:the|a|any|that|this|those|each)\s+(?:\w+\s+){0,2}(?:child|children|girl|boy|baby|young person|family|mother|father|parent|victim|siblings?|foster carers?|complainant)\b|\b(?:which|what|who)\s+(?:is|was|were|are)\s+the\s+(?:child|children|family|baby|girl|boy|victim)(?:ren)?(?:'s)?\s+(?:name|called|identity|in the)\b|\bname the (?:child|children|family|baby|victim)\b|\bwho (?:is|was) (?:the )?(?:child|baby|girl|boy|family|victim)\b|\bnames? (?:a|any|the) (?:named )?child\b",
        ("identity",),
    ),
    (
        "out_of_scope",
        r"\b(?:weather|football|recipe|capital of|prime minister|bitcoin|lottery|horoscope|write (?:some )?code|python script|tell me a joke|who are you|are you an? (?:ai|robot|bot)|meaning of life)\b",
        (),
    ),
    (
        "out_of_scope",
        r"\b(?:should (?:we|i|the council|they) (?:vote|sack|fire|resign|dismiss|blame)|who should (?:i|we) (?:vote|blame)|what do you (?:think|reckon)|in your opinion|your (?:view|opinion)|will (?:we|they|the council|it|ofsted|our \w+) (?:\w+ ){0,6}(?:pass|fail|be sacked|win|next (?:year|time|inspection))|what will .{0,40} be (?:next year|in (?:two|three|five|ten) years)|predict)\b",
        (),
    ),
    (
        "explain",
        r"\b(?:rat(?:ed|ing|ings)|judge?ments?|judged|grad(?:ed|e|ing)|verdict|outcome)\b.{0,60}\b(?:ofsted|inspect\w*|cqc)\b|\b(?:ofsted|inspect\w*|cqc)\b.{0,60}\b(?:rat(?:e|ed|ing|ings)|judge?ments?|judged?|grad(?:ed|e|ing)|verdict)\b",
        ("judgement",),
    ),
    (
        "explain",
        r"\b(?:what|which) (?:overall )?(?:judge?ment|grade|grading)s?\b|\bhow (?:was|were|is|are) .{0,60}\b(?:judged|graded)\b|\b(?:overall effectiveness)\b(?!.{0,60}\b(?:compar|versus|than|and)\b)",
        ("judgement",),
    ),
    # the documents themselves
    (
        "documents",
        r"\b(?:which|what|list|how many)\s+(?:plans|documents|papers|reports|files|authorities|councils)\b(?!.{0,40}\b(?:say|says|mention|target|aim|promise|commit))(?=.{0,60}\b(?:library|hold|held|have|loaded|read|cover|covered|available|there|you|searched|in here)\b)",
        (),
    ),
    (
        "documents",
        r"\b(?:what|which)\s+(?:period|quarter|year|dates?)\s+(?:does|do|is|are)\s+(?:the|this|that)\b.{0,60}\b(?:plan|report|document|sef|self[- ]evaluation|scorecard)\b.{0,20}(?:cover|for|about|updated|up to)?",
        (),
    ),
    # lists of actions and counts of them
    ("count", rf"\b(?:how many|count|number of|tally|total number of)\b(?:\s+\S+){{0,6}}?\s+{_ACTION}\b", ("actions",)),
    (
        "count",
        rf"\b(?:how many|count|number of|tally)\b(?:\s+\S+){{0,4}}?\s+(?:kpis?|measures|indicators|targets|standards)\b|\bof the \S+(?: \S+){{0,6}} (?:kpis?|measures|indicators|targets|standards)\b.{{0,60}}\bhow many\b",
        ("measures",),
    ),
    (
        "actions",
        rf"\b(?:which|what|list|identify|show|give|name|set out|are there any|any|were there any)\b(?:\s+\S+){{0,7}}?\s+{_ACTION}\b(?!\s+(?:plan|taken))",
        (),
    ),
    (
        "actions",
        rf"\bwhat (?:did|have|has|had) {_WE} (?:promised?|commit(?:ted)?|pledged?|undertaken?|agreed? to do|said? (?:we|they|it|you) would do|say (?:we|they|it) would do|say we(?:'d| would) do|said we(?:'d| would) do|plan to do|planned to do|set out to do)\b",
        ("promise",),
    ),
    (
        "actions",
        r"\bwhat (?:was|were|is|has been|had been|is being|was being|are) (?:\w+ )?(?:promised|committed|pledged|planned|agreed|done|proposed|the (?:\d{4} )?(?:commitments?|promises?|plans?))\b",
        ("promise",),
    ),
    (
        "actions",
        rf"\bwhat(?: \w+)? (?:commitments?|promises?|pledges?)\b|\bwhat (?:will|would) {_WE} do\b|\bwhat (?:is|are|was|were) {_WE} (?:doing|going to do|planning)\b",
        ("promise",),
    ),
    # who and when
    (
        "owner",
        r"\bwho(?:'s| is| was| are| were| has| had)?\s+(?:\w+\s+){0,3}?(?:leads?|leading|led|owned|owns?|owner|responsible|accountable|in charge|charged|tasked|lead officer|to (?:put|sort|fix|do|deliver)|supposed to|doing|handling|delivering|overseeing|managing|got the job|job)\b",
        ("owner",),
    ),
    (
        "owner",
        r"\b(?:whose (?:job|responsibility|task|action)|who(?:'s| has| is) (?:got )?to\b|(?:delivery |named |action |responsible )?(?:lead|leads|owner|owners)\b(?=\s+(?:for|of|on|named|officer))|(?:lead|responsible) officer|which (?:officer|manager|head|director|post|team|role)s?\s+(?:\w+\s+){0,2}?(?:leads?|owns?|responsible|is|was|has|had|took|takes)|who (?:do|does|should|would) (?:i|we|one) (?:ask|contact|speak|talk|go to)|lead named|named lead)\b",
        ("owner",),
    ),
    (
        "deadline",
        r"\b(?:when (?:will|is|was|are|were|does|do|did|should|would|must)|by when|by what date|what date|what(?:'s| is| was| are| were) the (?:deadlines?|due dates?|target dates?|timescales?|completion dates?|end dates?|start dates?)|deadlines? for|due dates? for|how soon|what deadline|what due date|when due|until when|how long (?:do|did|does|will) (?:we|they|it) have)\b",
        ("date",),
    ),
    # change over time and differences
    (
        "trend",
        r"\b(?:go(?:ne|ing)? (?:up|down)|went (?:up|down)|up or down|rise or fall|risen or fallen|(?:more|fewer|less) (?:\w+ ){0,8}?(?:now )?than (?:at|in|on|before|last|they|it|there)\b|better or worse (?:since|over|than (?:before|last|in|at))|improv(?:ed|ing|ement) (?:since|over|from|between|on|in)|got(?:ten)? (?:better|worse)|getting (?:better|worse)|trend|trajectory|over time|coming down|come down|going down|chang(?:ed|e) (?:between|over|since|from|in)|how (?:did|has|have|had) .{0,90}\b(?:move|moved|change|changed|shift|shifted|develop|developed|progressed|vary|varied)|year[- ]on[- ]year|compared (?:with|to) (?:the )?(?:year|quarter|previous|last)|against the year before|than (?:before|last year|a year|the year|previously|it was|they were|in \d{4})|the year before|previous year|since (?:last|the previous)|history of|used to be|fallen|dropped|reduced|increased|risen|grown|(?:any|got|getting|much) (?:better|worse))\b",
        ("change",),
    ),
    (
        "trend",
        r"\bbetween .{3,30}\b(?:19|20)\d\d\b and .{0,30}\b(?:19|20)?\d\d\b|\bfrom .{3,30}\b(?:19|20)\d\d\b to .{0,30}\b(?:19|20)?\d\d\b",
        ("change",),
    ),
    (
        "compare",
        r"\b(?:compar(?:e|es|ed|ing|ison)|versus|vs\.?|against (?:the )?(?:national|england|statistical|regional|other)|beside|alongside|side by side|difference between|the (?:lower|higher|better|worse|larger|smaller|bigger)\b|which (?:of the )?(?:two|three|team|service|one)\b.{0,60}\b(?:more|less|lower|higher|better|worse|best|most|least)|(?:better|worse|higher|lower|more|less|fewer) (?:or \w+ )?than (?:the )?(?:country|national|england|average|statistical|other|our|neighbours)|(?:doing|performing|faring) (?:better|worse)|how (?:do|does|did) (?:we|\w+) (?:stack up|measure up|fare)|\w+ or \w+.{0,40}\bby how (?:much|many)|^(?:was|were|is|are|did|do|does|has|have) (?:there |we (?:have |see |do )?)?(?:more|fewer|less|higher|lower|better|worse)\b.{0,90}\bor\b)\b",
        ("value",),
    ),
    # progress
    (
        "progress",
        r"\b(?:where (?:had|has|have|did|is|are|was|were) .{0,90}\b(?:got(?:ten)? to|up to|at|get to)|what(?:'s| is| was| has| had)? (?:the )?(?:progress|status|position|latest|update)\b|what (?:progress|became|happened|has happened|had happened|came|has become)|what stage|how far (?:has|have|had|did|along|on)|what(?:'s| is| was) (?:been )?(?:happening|going on|happened)\b|how(?:'s| is| was| are| were) .{0,50} (?:progressing|going|getting on|coming along)|progress (?:on|with|had|has|made|of)|what rag|rag ?b? ?(?:rating|colour|status)|what colou?r|rated (?:red|amber|green)|what (?:rating|rag) (?:was|is|did|does|has)|how was .{0,60} rated|what (?:was|is|were) \w+ rated)\b",
        ("progress",),
    ),
    (
        "progress",
        r"^(?:so |and |but |ok(?:ay)? |well )*(?:did|has|have|had|is|are|was|were) (?:we|they|the council|you|it|the|a|an|that|this|those|any|our|there|all|hillingdon|\w+shire)\b(?!.{0,120}\b(?:more|fewer|less|how many|what (?:number|percentage|share))\b)",
        ("progress",),
    ),
    # targets and figures
    (
        "target",
        r"\b(?:what(?:'s| is| was| are| were)?|which|give|state) (?:\w+(?:'s)? ){0,3}(?:targets?|goals?|ambition|benchmark|standard)\b(?!.{0,60}\b(?:miss|met|missed|below)\b)|\b(?:target|goal) (?:for|on|set|is)\b|\b(?:set|agreed|recommended|allowed|laid down)\s+(?:for|per)\b|\bshould (?:be|have|get|see|take|hold|carry)\b|\b(?:meant|supposed|expected|required|aim(?:ed|ing)?|have) to (?:have|be|hold|carry|get|reach|achieve|complete|see|visit|do)\b|\b(?:did|does|do) .{0,40}\b(?:require|aim for|aim at|set|want)\b|\b(?:maximum|minimum|threshold|limit) (?:percentage|number|proportion|length|time|for|of)\b|\bthresholds?:",
        ("target",),
    ),
    (
        "figure",
        r"\b(?:what|which|whats|what's)\s+(?:\w+\s+){0,3}?(?:percentage|proportion|share|percent|rate|number|numbers|figure|level|score|average|total|amount|tally|backlog|value|size|cost|length|caseload)\b|\bhow (?:many|much|long|big|large|old|far (?:off|below|short|behind|from|away|adrift)|far off|far below|far short|far behind|far from)\b|\bwhat (?:number|share)\b|\bproportion of\b|\bpercentage of\b|\b(?:number|numbers|tally|rate|share|amount|average|total) (?:of|being|still)\b|\bhow (?:low|high|small)\b|\bat what rate\b|\bif so what number\b|\bwith the number\b|\bhow (?:well |badly )?(?:did|do|does|has|have|is|are|was|were) .{0,80}\b(?:perform(?:ed|ing)?|doing|done|fare[ds]?)\b",
        ("value",),
    ),
)
_PROSE = re.compile(r"\b(?:sa(?:y|ys|id)|tell|told|describe|summari[sz]e|about|explain|how (?:do|does|did|is|are|was|were))\b", re.I)
_LIST = re.compile(
    rf"\b(?:which|what|whcih|wich|list|identify|extract|show|give|name|are any|is any|are there any|were any|any|tell me|what(?:'s| is| are) (?:actually )?)\b(?:\s+\S+){{0,9}}?\s*\b{_MEASURE}\b|\b(?:which|what|whcih)\b(?:\s+\S+){{0,9}}?\s*\b(?:are|were|is|was|did|didn['’]?t|have|had|has|missed|met|fell|do|does)\b",
    re.I,
)
_FIGURE = re.compile(
    r"\b(?:rates?|averages?|percentages?|numbers?|proportion|backlog|vacanc(?:y|ies)|timeliness|totals?|scores?|caseloads?|figures?)\b",
    re.I,
)
_WHY = re.compile(
    r"\b(?:why|how come|what (?:is|was|were|are) the reasons?|reasons? (?:for|why|behind)|what caused|because of what|explain|what led to)\b",
    re.I,
)


def intent_of(text: str, conditioned: bool, timed: int) -> tuple[str, tuple[str, ...]]:
    """(intent, wanted) of the question. `conditioned`: it sets conditions on figures; `timed`: how many times it names."""
    low = re.sub(r"\b(?:no )?further action\b", "nfa", text.lower().replace("’", "'"))
    for intent, pattern, wanted in RULES[:6]:
        if re.search(pattern, low):
            return intent, wanted
    if _WHY.search(low):
        return "explain", ("reason",)
    counted = [r for r in RULES if r[0] == "count" and re.search(r[1], low)]
    if counted:
        return "count", counted[0][2]
    if conditioned and _LIST.search(low) and not re.search(RULES[10][1], low):
        return "measures", ()
    for intent, pattern, wanted in RULES[6:]:
        if re.search(pattern, low):
            return intent, wanted
    if timed > 1:
        return "trend", ("change",)
    if _FIGURE.search(low) and not _PROSE.search(low):
        return "figure", ("value",)
    return "explain", ()
