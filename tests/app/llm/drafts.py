"""Sentences a model might write of real records: true ones in many wordings, and false ones made from them by one change each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.check import check
from app.evidence.desk import Desk
from app.evidence.figures import time_of
from app.kinds.wording import (
    action_name,
    figure_words,
    gap,
    name_words,
    points,
    rating_words,
    statement,
    target_words,
    value_words,
    with_unit,
)
from app.llm.scripted import ScriptedLlm
from app.llm.types import Model
from app.types import Answer, Draft, Query, Question, Statement
from app.worded.proof import Proof
from app.worded.sentences import sentences_of
from app.worded.sheet import sheet
from app.worded.word import proof_of
from ingest.types import Action, Chunk, Measure, Record

QUESTION = Question("How are we doing?")
QUERY = Query("figure")
MODEL = Model(ScriptedLlm.saying())


@dataclass(frozen=True)
class Case:
    """A sentence of a draft with the answer it is written for; `fault` names the change, None where it is true."""

    text: str
    answer: Answer
    draft: Draft
    fault: str | None = None


def shown(case: Case, laid: Desk) -> bool:
    """Whether the sentence would be shown, word for word."""
    proof: Proof = proof_of(sheet(case.answer, case.draft, laid, MODEL), laid)
    said = sentences_of(case.text)
    return bool(said) and all(proof.fault(s) is None for s in said)


def faults(case: Case, laid: Desk) -> list[str | None]:
    """What the check says of each sentence."""
    proof: Proof = proof_of(sheet(case.answer, case.draft, laid, MODEL), laid)
    return [proof.fault(s) for s in sentences_of(case.text)]


def answered(statements: Sequence[Statement], rows: Sequence[Record], laid: Desk) -> tuple[Answer, Draft]:
    """An answer by rule over these statements."""
    draft = Draft("answered", tuple(statements), rows=tuple(rows))
    return check(QUESTION, QUERY, draft, laid), draft


def groups(records: Sequence[Record], size: int = 5) -> Iterator[list[Record]]:
    """Records in reading order, a handful at a time, as an answer brings neighbours together."""
    for at in range(0, len(records), size):
        yield list(records[at : at + size])


def low(name: str) -> str:
    """The name as it stands within a sentence: an acronym or proper name keeps its capital."""
    first = name.split()[0]
    return name if not first[1:].islower() and len(first) > 1 else name[0].lower() + name[1:]


def true_of_figures(laid: Desk) -> Iterator[Case]:
    """Every reported figure in one of many wordings, with its neighbours as evidence beside it."""
    marked = {m.record.id: m for m in laid.measures}
    usable = [m.record for m in laid.measures if m.record.value is not None and len(m.record.measure.split()) < 16]
    for g, group in enumerate(groups(usable)):
        measures = [r for r in group if isinstance(r, Measure)]
        answer, draft = answered([statement(figure_words(r), [r]) for r in measures], measures, laid)
        cites = {line.record.id: line.citation for line in answer.table.rows} if answer.table else {}
        for i, r in enumerate(measures):
            when = time_of(marked[r.id], laid)
            options = list(_worded(r, when.label if when else None, cites[r.id]))
            if _timed(r, laid):
                options = [o for o in options if when and when.label in o]  # without its time it would mislead
            if options:
                yield Case(options[(g + i) % len(options)], answer, draft)
        pair = [r for r in measures if r.period and not _timed(r, laid)][:2]
        if len(pair) == 2 and g % 2 and cites[pair[0].id] != cites[pair[1].id]:
            a, b = pair
            text = f"{name_words(a)} was {value_words(a)} [{cites[a.id]}], while {low(name_words(b))} was {value_words(b)} [{cites[b.id]}]."
            yield Case(text, answer, draft)


def _timed(r: Measure, laid: Desk) -> bool:
    """Whether the passage a figure stands in gives more than one time for the same unit."""
    beside = [m for m in laid.measures if m.record.place.page == r.place.page and m.record.place.document == r.place.document]
    beside = [m for m in beside if m.record.unit == r.unit and (m.record.quote in r.quote or r.quote in m.record.quote)]
    return len({span for m in beside if (span := time_of(m, laid))}) > 1


def _worded(r: Measure, when: str | None, n: int) -> Iterator[str]:
    name, value, target = name_words(r), value_words(r), target_words(r)
    yield f"{figure_words(r)} [{n}]"
    yield f"{name} stood at {value}" + (f" in {when}" if when else "") + f" [{n}]."
    if when:
        yield f"In {when}, {low(name)} was recorded at {value}. [{n}]"
        yield f"**{name}**: {value} for {when} [{n}]"
    if r.unit == "percent" and re.fullmatch(r"\d+(?:\.\d+)?\s?%", value):
        yield f"The reported figure for {low(name)} was {value.rstrip('% ')} per cent [{n}]."
    if target and r.target is not None:
        yield f"{name} reached {value}, against a target of {target} [{n}]."
        goal = with_unit(r.target, r.unit)
        if r.status == "off_target":
            yield f"{name} missed its {goal} target, with {value} reported [{n}]."
            yield f"At {value}, {low(name)} fell short of the target of {goal} [{n}]."
            yield f"{name} did not meet its target of {goal}: the figure was {value} [{n}]."
            if (distance := gap(r)) and r.target_high is None:
                yield f"{name} was {points(abs(distance), r.unit)} short of its target of {goal} [{n}]."
        if r.status == "on_target":
            yield f"{name} met its target of {goal}, with {value} [{n}]."
            yield f"The target for {low(name)} was {goal}, and it was met at {value} [{n}]."


def true_of_targets(laid: Desk) -> Iterator[Case]:
    """Targets without a result."""
    for group in groups([m.record for m in laid.measures if m.record.value is None and m.record.target is not None]):
        measures = [r for r in group if isinstance(r, Measure)]
        answer, draft = answered([statement(figure_words(r), [r]) for r in measures], measures, laid)
        for i, line in enumerate(answer.table.rows if answer.table else ()):
            r, n = line.record, line.citation
            assert isinstance(r, Measure)
            if i % 2 and r.target is not None:
                yield Case(f"The target for {low(name_words(r))} is {target_words(r)} [{n}].", answer, draft)
            else:
                yield Case(
                    f"No figure was reported for {low(name_words(r))}, which has a target of {target_words(r)} [{n}].", answer, draft
                )


def true_of_actions(laid: Desk) -> Iterator[Case]:
    """Actions with lead, due date and rating."""
    usable = [a.record for a in laid.actions if a.record.lead and a.record.due and len(a.record.action) < 200]
    for group in groups(usable, 4):
        actions = [r for r in group if isinstance(r, Action)]
        answer, draft = answered(
            [statement(f"{action_name(a)}; lead: {a.lead}; due: {a.due}; rated {rating_words(a.rag)}.", [a]) for a in actions],
            actions,
            laid,
        )
        for i, line in enumerate(answer.table.rows if answer.table else ()):
            a, n = line.record, line.citation
            assert isinstance(a, Action)
            text, lead, due = " ".join(a.action.split()).rstrip(".;: "), " ".join((a.lead or "").split()), " ".join((a.due or "").split())
            rated = f" and is rated {rating_words(a.rag)}" if a.rag else ""
            yield Case(
                [
                    f"The action to “{text[:80].rsplit(' ', 1)[0]}” is led by {lead} [{n}].",
                    f"{lead} leads on this action, which is due {due}{rated} [{n}].",
                    f"The action is due {due}{rated} [{n}].",
                ][i % 3],
                answer,
                draft,
            )


def true_of_prose(laid: Desk) -> Iterator[Case]:
    """Sentences of running text, said again or quoted."""
    from app.evidence.passages import sentences_of as parts_of

    chunks: list[Chunk] = [c for c in laid.passages if c.kind == "prose"]
    for g in range(0, len(chunks), 3):
        parts = [
            p
            for c in chunks[g : g + 3]
            for p in parts_of(c, laid)
            if 8 <= len(p.text.split()) <= 45 and p.text[0].isupper() and p.text.endswith(".")
        ][:5]
        if not parts:
            continue
        answer, draft = answered(
            [statement(f"{laid.title(p.chunk.place.document)}: “{p.text}”", sources=[p.source]) for p in parts], (), laid
        )
        numbers = {c.quote: c.n for c in answer.citations}
        for i, p in enumerate(parts):
            n = numbers.get(p.text)
            if n is None:
                continue
            title, plain = laid.title(p.chunk.place.document), p.text.rstrip(".")
            half = " ".join(plain.split()[: max(6, len(plain.split()) // 2)])
            yield Case(
                [
                    f"{plain} [{n}].",
                    f"According to the plan, {low(plain)} [{n}].",
                    f"{title} says: “{plain}.” [{n}]",
                    f"The document notes “{half}” [{n}].",
                ][(g // 3 + i) % 4],
                answer,
                draft,
            )


def all_true(laid: Desk) -> list[Case]:
    """Every true sentence, figures first."""
    return [*true_of_figures(laid), *true_of_targets(laid), *true_of_actions(laid), *true_of_prose(laid)]


def wrong(case: Case, laid: Desk) -> Iterator[Case]:
    """The false sentences that one change makes of a true one."""
    for fault, text in _changes(case, laid):
        if text != case.text:
            yield Case(text, case.answer, case.draft, fault)


_NUMBER = re.compile(r"(?<![\w.,/\[£-])£?(\d[\d,]*(?:\.\d+)?)(?=\s?%| per cent|\b)(?![\d/\]])")
_MONTHS = "January February March April May June July August September October November December".split()


def _changes(case: Case, laid: Desk) -> Iterator[tuple[str, str]]:
    text = case.text
    body = re.sub(r"“[^”]*”", lambda m: "\0" * len(m[0]), text)
    held = {float(n.replace(",", "")) for c in case.answer.citations for n in re.findall(r"\d[\d,]*(?:\.\d+)?", c.quote) if n.strip(",")}
    for m in [m for m in _NUMBER.finditer(body) if not _in_time(body, m)][:2]:
        digits = m[1].replace(",", "")
        other = _swapped(digits)
        if other and float(other) not in held:
            yield "digits swapped", text[: m.start(1)] + other + text[m.end(1) :]
        after = body[m.end(1) :]
        if re.match(r"\s?(?:%|per cent)", after):
            yield "count for percent", text[: m.end(1)] + re.sub(r"^\s?(?:%|per cent)", " cases", text[m.end(1) :], count=1)
        elif re.match(r"(?: \(| in | \[|, |\. \[| reported| for )", after):
            yield "percent for count", text[: m.end(1)] + "%" + text[m.end(1) :]
    if quarter := re.search(r"\bQ([1-4])(?= \d{4}/\d\d)", body):
        yield "other quarter", text[: quarter.start(1)] + str(int(quarter[1]) % 4 + 1) + text[quarter.end(1) :]
    if month := re.search(rf"\b({'|'.join(_MONTHS)})(?= \d{{4}})", body):
        yield "other month", text[: month.start()] + _MONTHS[(_MONTHS.index(month[1]) + 5) % 12] + text[month.end() :]
    if year := re.search(r"\b(20\d\d)(?:/(\d\d))?\b", body):
        moved = int(year[1]) - 3
        yield "other year", text[: year.start()] + str(moved) + (f"/{(moved + 1) % 100:02d}" if year[2] else "") + text[year.end() :]
    yield from _other_authority(case, text)
    if quote := re.search(r"“[^”]{12,}”", text):
        said = text[quote.start() + 1 : quote.end() - 1].split()
        yield "quote altered", f"{text[: quote.start()]}“{' '.join(said[:-2])} successfully {said[-1]}”{text[quote.end() :]}"
    else:
        yield "invented quote", re.sub(r"\s*\[", " and officers say “this is on course” [", text, count=1)
    yield from _denied(text, body)
    yield from _wrong_passage(case, text)
    yield from _turned(text, body)


def _in_time(text: str, m: re.Match[str]) -> bool:
    around = text[max(0, m.start() - 12) : m.end() + 12]
    return bool(re.match(r"(?:19|20)\d\d$", m[1])) or bool(re.search(rf"{re.escape(m[0])}\s+(?:{'|'.join(_MONTHS)})", around))


def _swapped(digits: str) -> str | None:
    for i in range(len(digits) - 1):
        if digits[i].isdigit() and digits[i + 1].isdigit() and digits[i] != digits[i + 1]:
            return digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :]
    return str(int(digits) + 3) if digits.isdigit() else None


def _other_authority(case: Case, text: str) -> Iterator[tuple[str, str]]:
    for other in ("Barnsley", "Wiltshire"):
        if not any(other in c.quote for c in case.answer.citations):
            yield "other authority", f"In {other}, {low(text)}"
            return


def _denied(text: str, body: str) -> Iterator[tuple[str, str]]:
    if m := re.search(r"\b(?:is|are|was|were|has|have|will|does|did|can|should) (not) ", body):
        yield "dropped negation", text[: m.start(1)] + text[m.end(1) + 1 :]
    elif m := re.search(r"\b(is|are|has|have|will) (?=\w+(?:ed|en|ing)?\b)", body):
        yield "added negation", text[: m.end()] + "not " + text[m.end() :]


def _wrong_passage(case: Case, text: str) -> Iterator[tuple[str, str]]:
    cited = [int(n) for n in re.findall(r"\[(\d+)\]", text)]
    if len(cited) != 1:
        return
    mine = next(c for c in case.answer.citations if c.n == cited[0])
    told = re.sub(r"“[^”]*”|\[\d+\]", " ", text)
    numbers = set(re.findall(r"\d[\d,.]*\d|\d", told))
    for c in case.answer.citations:
        said = c.quote + " ".join(line for line in case.answer.text.splitlines() if f"[{c.n}]" in line)
        if c.quote in mine.quote or mine.quote in c.quote or _alike(told, said) or not numbers - set(re.findall(r"\d[\d,.]*\d|\d", said)):
            continue
        yield "wrong passage", text.replace(f"[{mine.n}]", f"[{c.n}]")
        return


def _alike(a: str, b: str) -> bool:
    """Whether most words of a sentence are in a passage too: "training" of two services."""
    mine, theirs = (set(re.findall(r"[a-z]{4,}", t.lower())) for t in (a, b))
    return len(mine & theirs) > 0.7 * len(mine)


def _turned(text: str, body: str) -> Iterator[tuple[str, str]]:
    for a, b in (
        ("missed its", "met its"),
        ("met its", "missed its"),
        ("below target", "target met"),
        ("target met", "below target"),
        ("did not meet its", "met its"),
        ("fell short of", "exceeded"),
    ):
        if a in body:
            yield "opposite status", text.replace(a, b, 1)
            break
    for a, b in (("rated amber", "rated green"), ("rated green", "rated red"), ("rated red", "rated green"), ("rated blue", "rated red")):
        if a in body:
            yield "other rating", text.replace(a, b, 1)
            break
    for a, b in (
        (r"\bhas increased\b", "has fallen"),
        (r"\bhas reduced\b", "has increased"),
        (r"\bimproved\b", "worsened"),
        (r"\bincreased\b", "decreased"),
        (r"\breduced\b", "increased"),
    ):
        if m := re.search(a, body):
            yield "opposite direction", text[: m.start()] + b + text[m.end() :]
            break
