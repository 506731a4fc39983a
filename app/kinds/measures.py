"""Lists of measures: missed, met, without data, above or below a figure, furthest from target; always with their denominator."""

from __future__ import annotations

from collections.abc import Sequence

from app.evidence.desk import Desk, Marked
from app.evidence.figures import Found, documents_for, pool_for, time_of
from app.evidence.match import match
from app.evidence.repeats import restated, without_repeats
from app.evidence.types import Evidence
from app.kinds import benchmarked, moving, refuse, work
from app.kinds.figure import gap_statement
from app.kinds.parted import by_parts, of_the_whole, ordered
from app.kinds.placed import JUDGED, measuring, under_headings
from app.kinds.timed import ahead, current
from app.kinds.topical import left_out, nearest, on_topic
from app.kinds.types import Kind
from app.kinds.wording import SIDES, figure_words, gap, gap_derived, listing, margin_words, plural, points, statement
from app.types import Coverage, Derived, Draft, Query, Question, Statement
from ingest.language.status import rule_text
from ingest.lexicon import lexicon
from ingest.types import Comparator, Measure

_KNOWN = ("off_target", "on_target")
_TOLD = 3  # rows of which each one's distance from its target is said as well
_NUMBERS = ("count", "other", "score")
_STATUS_WORDS = {
    "off_target": "below target",
    "on_target": "on or above target",
    "no_value": "without a reported figure",
    "undetermined": "not decidable",
}


def satisfies(m: Measure, query: Query) -> bool:
    """True where a measure meets every condition of the question."""
    if query.statuses and m.status not in query.statuses:
        return False
    if query.unit == "count" and (query.above is not None or query.below is not None) and m.unit not in _NUMBERS:
        return False
    if query.good and not moving.good_is(m, query.good):
        return False
    if query.rags and m.rag not in query.rags:
        return False
    if _contrary(m, query):
        return False
    if "targeted" in query.wanted and m.status not in JUDGED:
        return False
    if query.target is not None and not (m.target is not None and _stands(m.target, query.target_side, query.target)):
        return False
    if query.above is not None and not (m.value is not None and (m.value > query.above or (query.inclusive and m.value == query.above))):
        return False
    if query.below is not None and not (m.value is not None and (m.value < query.below or (query.inclusive and m.value == query.below))):
        return False
    return query.margin is None or _by_margin(m, query)


def _contrary(m: Measure, query: Query) -> bool:
    """True for a figure that meets its target and that its scorecard rates red all the same: by its own word it is not on target."""
    return query.statuses == ("on_target",) and m.status == "on_target" and m.rag == "R" and not m.action_id


def _stands(value: float, side: str, bound: float) -> bool:
    same = abs(value - bound) <= 0.05
    return same if side == "=" else (same and side.endswith("=")) or (value < bound if side.startswith("<") else value > bound)


def _by_margin(m: Measure, query: Query) -> bool:
    """True where a measure misses its target, or beats it where that is asked, by as much as the question says."""
    distance = gap(m)
    if distance is None or query.margin is None or m.unit != (query.unit or m.unit):
        return False
    distance = round(-distance if query.statuses == ("on_target",) and query.margin else distance, 6)
    if distance < 0 or (query.margin_high is not None and distance > query.margin_high):
        return False
    return query.inclusive if distance == query.margin else (distance > query.margin) == query.margin_above


def _owners_of_red(rows: list[Measure], query: Query, considered: Sequence[Measure]) -> list[Measure]:
    """The rows that a rating asked for is about: where measures with a target are rated so, not what the progress of a rated action tells;
    where an action's one red or amber rating stands beside several figures, those that miss their target."""
    if not query.rags:
        return rows
    if any(m.status in JUDGED and m.value is not None for m in rows):
        rows = [m for m in rows if m.status in JUDGED or not m.action_id]
    if not set(query.rags) <= {"R", "A"}:
        return rows
    missing = {m.action_id for m in considered if m.action_id and m.status == "off_target"}
    return [m for m in rows if m.action_id not in missing or m.status == "off_target"]


def _rated_itself(rows: list[Measure], query: Query, considered: Sequence[Measure]) -> list[Measure]:
    """Where a document rates measures of their own, a figure in the note of a rated action is none of them."""
    if not query.rags:
        return rows
    rating = {m.place.document for m in considered if m.rag and not m.action_id and m.target is not None}
    return [m for m in rows if not m.action_id or m.place.document not in rating]


def gather(query: Query, question: Question, desk: Desk) -> Evidence | None:
    """All measures on the topic at the time asked; the rows that satisfy the conditions are picked from them."""
    work_too = work.beside(query, question, desk)
    pool = pool_for(query, desk)
    if "table" in query.wanted:
        pool = [m for m in pool if not desk.in_prose(m.record)]
    pool, query = under_headings(measuring(pool, query, question.text, desk), query, question.text, desk)
    whole = pool
    pool, query = by_parts(of_the_whole(pool, question.text), query, question.text)
    if query.versus:
        beside = benchmarked.own_of(on_topic(query, pool, desk), query, desk)
        return Evidence(considered=tuple(m.record for m in beside), refusal=None if beside else "measure_not_found")
    if query.moved:
        return Evidence(considered=tuple(m.record for m in moving.last_of(on_topic(query, pool, desk), query, desk)))
    at_time, _ = current(pool, query, desk)
    topical = on_topic(query, at_time if query.spans else pool, desk)
    if not topical and len(pool) < len(whole):
        topical = nearest(query, at_time if query.spans else pool, desk)
    if not topical and query.topic and work_too:
        return Evidence(actions=work_too)
    if not topical and query.topic:
        return Evidence(refusal="measure_not_found") if query.statuses or query.above is not None or query.below is not None else None
    timed, _ = current([m for m in topical if not left_out(m, query, desk)], query, desk)
    if not timed:
        return _period_silent(on_topic(query, pool, desk), query, desk)
    considered = tuple(m.record for m in without_repeats(timed, desk) if not ahead(m.record, query, desk))
    if _untold(considered, query):
        return _period_silent(on_topic(query, pool, desk), query, desk)
    if not work.asked_of(question) and any(satisfies(m, query) for m in considered):
        work_too = ()
    return Evidence(considered=considered, actions=work_too)


def _untold(considered: Sequence[Measure], query: Query) -> bool:
    """True where what met or missed its target at a time is asked and nothing is reported for it: that none missed would mislead."""
    judging = bool(query.statuses) and set(query.statuses) <= {"off_target", "on_target"}
    return judging and bool(query.spans) and not any(m.status in query.statuses or m.status in _KNOWN for m in considered)


def _period_silent(pool: Sequence[Marked[Measure]], query: Query, desk: Desk) -> Evidence:
    """The refusal with the judged figures that lie nearest to the time asked."""
    asked = max((s.last for s in query.spans), default=0)
    judged = [(abs(t.last - asked), m) for m in pool if m.record.status in _KNOWN and (t := time_of(m, desk))]
    nearest = [Found(m, match({}, m.name, m.context, desk)) for away, m in judged if away == min(d for d, _ in judged)]
    return Evidence(refusal="period_not_reported", nearest=tuple(nearest[:3]))


def coverage(considered: Sequence[Measure], query: Query, desk: Desk) -> Coverage:
    """How many measures with a target were considered, and what became of each; which documents said nothing."""
    counts = {s: sum(m.status == s for m in considered) for s in JUDGED}
    names = documents_for(query, desk)
    heard = {m.place.document for m in considered}
    silent = tuple(sorted(n for n in names if n not in heard))
    return Coverage(
        sum(counts.values()), counts["off_target"], counts["on_target"], counts["no_value"], counts["undetermined"], len(names), silent
    )


def coverage_words(c: Coverage) -> Statement:
    """The denominator in one sentence."""
    rest = f", {c.undetermined} not decidable" if c.undetermined else ""
    found = f"{c.off_target} off target, {c.on_target} on target, {c.no_value} without a reported figure{rest}"
    text = f"Considered {plural(c.considered, 'measure')} with a target: {found}."
    return statement(
        text, derived=[Derived(float(n), "count") for n in (c.considered, c.off_target, c.on_target, c.no_value, c.undetermined)]
    )


def condition_words(query: Query) -> str:
    """What the rows had to satisfy, in words."""
    parts = [_STATUS_WORDS[s] for s in query.statuses]
    parts += [{"R": "rated red", "A": "rated amber", "G": "rated green", "B": "rated blue"}[r] for r in query.rags]
    sign = "%" if query.unit == "percent" else ""
    if query.above is not None:
        parts.append(f"{'at or ' if query.inclusive else ''}above {query.above:g}{sign}")
    if query.below is not None:
        parts.append(f"{'at or ' if query.inclusive else ''}below {query.below:g}{sign}")
    if query.target is not None:
        parts.append(f"with a target of {SIDES[query.target_side]}{query.target:g}{sign}")
    if query.margin is not None:
        parts.append(margin_words(query))
    return " and ".join(parts)


def _readings(query: Query) -> tuple[str, ...]:
    """How words without an exact meaning were read, said beside the answer."""
    said = []
    if query.loose:
        said.append(f"“{query.loose}” is read as {margin_words(query)}, of measures in per cent; ask with a number for another margin")
    if query.apart:
        said.append(f"left out, as asked: {listing([lexicon().words_of(t) for t in query.apart])}")
    if query.unread:
        said.append(f"left aside, since no measure is about it: {listing(query.unread)}")
    return tuple(said)


def _red(considered: Sequence[Measure], query: Query) -> tuple[str, ...]:
    """What is left out although it meets its target."""
    names = [m.measure for m in considered if _contrary(m, query)]
    return (f"left out, since the document itself rates it red: {listing(names)}",) if names else ()


def compose(query: Query, evidence: Evidence, desk: Desk) -> Draft:
    """How many and which, the rule, and the denominator."""
    if evidence.refusal:
        return refuse.compose(query, evidence, desk)
    if query.versus:
        return benchmarked.compose(query, evidence.considered, desk)
    if query.moved:
        return moving.compose(query, evidence.considered, desk)
    rows = _owners_of_red([m for m in evidence.considered if satisfies(m, query)], query, evidence.considered)
    rows = ordered(_rated_itself(rows, query, evidence.considered), query)
    if not rows and evidence.actions:
        return work.instead(query, evidence.actions, desk)
    counted = coverage(evidence.considered, query, desk)
    statements = [headline(query, rows, counted), *([] if query.order and len(rows) == 1 else _lines(rows))]
    if "gap" in query.wanted and not query.order and len(rows) <= _TOLD:
        statements += [s for m in rows if (s := gap_statement(m))]
    used = tuple(dict.fromkeys(m.comparator for m in rows if m.comparator))
    if query.statuses or query.margin is not None or (query.order or "").startswith("gap"):
        statements.append(statement(f"Rule: {_rules(used)}."))
    if counted.considered:
        statements.append(coverage_words(counted))
    others = [m for m in evidence.considered if m.status in JUDGED and m not in rows]
    if "count" in query.wanted or ("measures" in query.wanted and query.statuses and len(others) <= 15):
        statements += [statement(f"- Not counted: {figure_words(m)}", [m]) for m in others]
    statements += work.told(query, evidence.actions) if evidence.actions else []
    clashes = restated(rows, desk)
    for a, b in clashes:
        statements.append(
            statement(f"The documents give two figures: {figure_words(a, False).rstrip('.')}, and {figure_words(b, False)}", [a, b])
        )
    conflicts = tuple(f"{figure_words(a, False)} {figure_words(b, False)}" for a, b in clashes)
    count = len(rows) if "count" in query.wanted else None
    notes = (*_readings(query), *_red(evidence.considered, query))
    return Draft("answered", tuple(statements), tuple(rows), count, counted, conflicts, notes)


def _rules(used: Sequence[Comparator]) -> str:
    return "; ".join(rule_text(c) for c in used) if used else rule_text(">=")


def headline(query: Query, rows: Sequence[Measure], counted: Coverage) -> Statement:
    """The one sentence that answers."""
    when = f" for {query.period_text}" if query.period_text else ""
    if query.order and rows:
        first = rows[0]
        distance = gap(first)
        tail = f" The gap is {points(abs(distance), first.unit)}." if query.order.startswith("gap") and distance is not None else ""
        return statement(figure_words(first) + tail, [first], derived=[gap_derived(first)])
    said = condition_words(query)
    if not rows:
        return statement(f"No measure{when} is {said}." if said else f"No measure was found{when}.", derived=[Derived(0.0, "count")])
    number = Derived(float(len(rows)), "count")
    total = (
        f" of {counted.considered} measures with a target"
        if query.statuses and counted.considered
        else f" {'measure' if len(rows) == 1 else 'measures'}"
    )
    verb = "is" if len(rows) == 1 else "are"
    return statement(
        f"{len(rows)}{total} {verb} {said}{when}." if said else f"{plural(len(rows), 'measure')}{when}.",
        derived=[number, Derived(float(counted.considered), "count")],
    )


def _lines(rows: Sequence[Measure], limit: int = 12) -> list[Statement]:
    if len(rows) == 1:
        return [statement(figure_words(rows[0]), [rows[0]])]
    return [statement(f"- {figure_words(m)}", [m]) for m in rows[:limit]]


KIND = Kind(
    "measures",
    "Lists of measures: missed, met, without data, above or below a figure",
    ("Which KPIs are below target in Q2?", "Which targets have no data yet?", "Which measure is furthest below target?"),
    gather,
    compose,
)
