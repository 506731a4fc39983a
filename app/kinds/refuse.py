"""Refusals: what cannot be answered, why, and the nearest thing the documents do say."""

from __future__ import annotations

from app.evidence.desk import Desk
from app.evidence.figures import Found, documents_for, time_of
from app.evidence.types import Evidence
from app.kinds.wording import figure_words, listing, plural, quoted, statement, subject_words
from app.types import Derived, Draft, Outcome, Query, Statement


def held(desk: Desk) -> str:
    """What the library holds, in one phrase."""
    titles = [f"{e.authority or 'unknown authority'}: {e.title or e.name}" for e in desk.entries]
    shown = titles[:6] + ([f"{len(titles) - 6} more"] if len(titles) > 6 else [])
    return "; ".join(shown) if shown else "nothing yet"


def _reported(found: tuple[Found, ...], desk: Desk) -> str:
    times = {s for f in found if f.record.value is not None and (s := time_of(f.marked, desk))}
    return listing([s.label for s in sorted(times, key=lambda s: s.last)])


def compose(query: Query, evidence: Evidence, desk: Desk) -> Draft:
    """The refusal in one sentence, then what the documents do say."""
    outcome: Outcome = evidence.refusal or "not_in_documents"
    nearest = evidence.nearest
    return Draft(outcome, (_headline(outcome, query, evidence, desk), *_nearest(nearest), *_passages(evidence, desk)), notes=evidence.notes)


def _headline(outcome: Outcome, query: Query, evidence: Evidence, desk: Desk) -> Statement:
    subject = subject_words(query)
    names = documents_for(query, desk)
    where = f"the {plural(len(names), 'document')} searched" if len(names) != 1 else desk.title(next(iter(names)))
    counted = [Derived(float(len(names)), "count")]
    if outcome == "period_not_reported":
        asked = f" for {query.period_text}" if query.period_text else ""
        times = _reported(evidence.nearest, desk)
        if times:
            return statement(
                f"No figure for {subject} is reported{asked}; the documents report {times}.", [f.record for f in evidence.nearest[:3]]
            )
        tail = ": the documents set a target but give no result" if evidence.nearest else f" in {where}"
        return statement(f"No figure for {subject} is reported{asked}{tail}.", derived=counted)
    if outcome == "not_in_documents" and query.unknown:
        return statement(f"The library holds no document for {listing(query.unknown)}. It holds: {held(desk)}.")
    if outcome == "out_of_scope":
        return statement("That is not something these plans can answer: Planspoken only reports what the documents say.")
    if outcome == "not_comparable":
        return statement(f"These figures cannot be compared: {'; '.join(evidence.notes) or 'they do not measure the same thing'}.")
    if outcome == "measure_not_found":
        return statement(f"No measure of {subject} was found in {where}.", derived=counted)
    near = "" if evidence.sentences or evidence.nearest else ", and no passage comes near it"
    return statement(f"Nothing about {subject} was found in {where}{near}.", derived=counted)


def _nearest(found: tuple[Found, ...]) -> list[Statement]:
    return [statement(f"The nearest figure: {figure_words(f.record)}", [f.record]) for f in found[:2]]


def _passages(evidence: Evidence, desk: Desk) -> list[Statement]:
    return [
        statement(f"The nearest passage, in {desk.title(s.chunk.place.document)}: {quoted(s.text)}", sources=[s.source])
        for s in evidence.sentences[:1]
    ]
