"""What became of a commitment: the plans it stands in, oldest first, and what changed from one to the next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from app.evidence.desk import Desk
from app.evidence.threads import about, changed, nearest, plans_named, within
from app.evidence.types import Evidence
from app.kinds import actions, trend
from app.kinds.types import Kind
from app.kinds.wording import AIM, listing, plural, quoted, statement
from app.question.cues import group
from app.types import Coverage, Derived, Draft, Query, Question, Source, Statement, Step, Thread
from index.changes import Change, finished
from index.follow import Promised, ended
from ingest.types import Action, Commitment

LISTED = ("delayed", "brought_forward", "reowned", "retargeted", "reworded", "done", "continued", "carried", "dropped")
_SHOWN = 15
_PROMISED = re.compile(rf"\b(?:{group('promise')}|{group('promised')}|{group('action')})\b", re.I)
_SLIPPED = re.compile(rf"\b{group('slipping')}\b", re.I)
_ONE_PLAN = "a commitment can be followed where the library holds two dated plans of one council"
_LATE = "no commitment of these plans has a later due date in a later plan; listed are the actions rated amber or red"
_FOLLOWED = "commitments are followed by their wording, dates, leads and targets; what is worded quite otherwise may be missed"
_SILENT = (
    "not mentioned means that no later passage read holds most of a commitment's telling words; it may have been closed or moved elsewhere"
)
_SAID = {
    "delayed": "the due date moved from {before} to {after}",
    "brought_forward": "the due date was brought forward from {before} to {after}",
    "reowned": "the lead changed from {before} to {after}",
    "retargeted": "the target changed from {before} to {after}",
    "reworded": "the wording changed",
    "done": "it is complete",
    "continued": "it was complete before and is taken up again",
}
_COUNTED = {
    "delayed": "due later than before",
    "brought_forward": "due earlier than before",
    "reowned": "led by somebody else than before",
    "retargeted": "to reach another target than before",
    "reworded": "worded otherwise than before",
    "done": "complete in the later plan",
    "continued": "taken up again after being complete",
    "carried": "taken up in a later plan",
}


def gather(query: Query, question: Question, desk: Desk) -> Evidence | None:
    """The threads asked about; None where nothing is followed through the plans, so that what is said of it now is the answer."""
    kinds = [w for w in query.wanted if w in LISTED]
    if kinds:
        return _listed(kinds, query, question, desk)
    about_figures = "change" in query.wanted or (query.spans and not _PROMISED.search(question.text))
    if about_figures and (figures := trend.gather(query, question, desk)) and figures.measures:
        return figures
    before = "before" in query.wanted
    found = about(query, desk, alone=before)
    every = before
    if not found and _PROMISED.search(question.text):  # no plan takes up another's: then all that was promised is told
        found, every = about(query, desk, alone=True), True
    if every:
        order = {e.name: ended(e) for e in desk.entries}
        found = sorted(found, key=lambda t: order[t.steps[0].record.place.document])
    return Evidence(threads=tuple(found)) if found else None


def _listed(kinds: Sequence[str], query: Query, question: Question, desk: Desk) -> Evidence | None:
    found = changed(kinds, query, desk)
    if found:
        return Evidence(threads=tuple(found))
    if query.topic:
        return None
    slipped = "delayed" in kinds and _SLIPPED.search(question.text)
    if slipped and (late := actions.gather(_as_late(query), question, desk)) and late.actions:
        return replace(late, notes=(_LATE,))
    if "dropped" in kinds and not any(within(a, b, query, desk) for a, b in desk.succession.pairs):
        several = len(plans_named(query, desk)) > 1
        why = "the plans held are more than three years apart, so what a later one leaves out may have been finished or replaced meanwhile"
        return Evidence(refusal="not_comparable" if several else "not_in_documents", notes=(why if several else _ONE_PLAN,))
    return Evidence() if _followed(query, desk) else Evidence(refusal="not_in_documents", notes=(_ONE_PLAN,))


def _as_late(query: Query) -> Query:
    """The question read within each plan: what it rates as late."""
    return replace(query, intent="actions", wanted=("slipped",), statuses=("off_target",))


def _followed(query: Query, desk: Desk) -> int:
    """How many commitments of the documents asked about can be followed to a later one."""
    return sum(within(f.earlier.place.document, f.later.place.document, query, desk) for f in nearest(desk))


def change_words(change: Change) -> str:
    """One change in words, as printed on both sides; the words of a target in quotation marks."""
    before, after = change.before or "", change.after or ""
    if change.kind == "retargeted":
        before, after = quoted(before, AIM), quoted(after, AIM)
    return _SAID[change.kind].format(before=before, after=after)


def cited(record: Promised, desk: Desk) -> Source:
    """What a step is cited by."""
    return desk.source(record)


def step_words(step: Step, desk: Desk) -> Statement:
    """Where a commitment stands and how it is worded there."""
    r = step.record
    title = desk.title(r.place.document)
    if not isinstance(r, Action):
        return statement(f"- {title}: {quoted(r.quote)}", [r])
    if not r.progress:
        return statement(f"- {title}: {actions.action_words(r)}", [r])
    progress = " ".join(r.progress.split())
    return statement(f"- {title}: {actions.action_words(r)} Progress: {quoted(progress)}", [r], [Source(progress, r.place, r.id)])


def since_words(earlier: Promised, step: Step, desk: Desk) -> Statement | None:
    """What changed between two steps; None where nothing did that is printed on both sides."""
    told = [change_words(c) for c in step.changes]
    if not told:
        return None
    sources = [cited(r, desk) for r in (earlier, step.record)]
    r = step.record
    where = desk.title(r.place.document) + (f", action {r.ref}" if isinstance(r, Action) and r.ref else "")
    text = f"- In {where}: {listing(told)}."
    return Statement(text, sources=tuple(sources), changes=step.changes)


def _headline(thread: Thread, desk: Desk) -> Statement:
    """How it stands in the latest plan, or that the later ones are silent."""
    first, last = thread.steps[0].record, thread.steps[-1].record
    title = desk.title(last.place.document)
    if thread.silent:
        later = listing([desk.title(name) for name in thread.silent])
        open_ = "was not said to be complete" if isinstance(last, Action) else "was promised"
        text = f"No action or commitment in {later} takes this up, though that plan covers the subject; in {title} it {open_}."
        return Statement(text, sources=(cited(last, desk), *_silence(thread, desk)))
    if isinstance(last, Action) and finished(last):
        how = quoted(last.progress, 200) if last.progress else "it is rated blue"
        own = [Source(" ".join(last.progress.split()), last.place, last.id)] if last.progress else []
        return Statement(f"Complete in {title}: {how}", sources=(*own, cited(last, desk)))
    if len(thread.steps) == 1:
        return _before_headline([thread], desk)
    state = "is not said to be complete" if isinstance(last, Action) else "is promised again"
    since = f"First promised in {desk.title(first.place.document)}; in {title} it {state}"
    moved = [change_words(c) for s in thread.steps for c in s.changes if c.kind in ("delayed", "brought_forward")]
    records = tuple(dict.fromkeys(s.record for s in thread.steps))
    told = f", and {moved[-1]}" if moved else ""
    every = tuple(c for s in thread.steps for c in s.changes)
    return Statement(since + told + ".", sources=tuple(cited(r, desk) for r in records), changes=every if moved else ())


def _promised_headline(threads: Sequence[Thread], desk: Desk) -> Statement:
    """How many commitments there are on the matter, in how many documents, and how many of them are said to be complete."""
    last = [t.steps[-1].record for t in threads]
    done = sum(isinstance(r, Action) and finished(r) for r in last)
    documents = len({s.record.place.document for t in threads for s in t.steps})
    told = f"{done} of them {'is' if done == 1 else 'are'} said to be complete" if done else "none of them is said to be complete"
    text = f"{plural(len(threads), 'commitment')} on this in {plural(documents, 'document')}; {told}."
    counts = [float(len(threads)), float(documents), *([float(done)] if done else [])]
    return statement(text, derived=[Derived(n, "count") for n in counts])


def _before_headline(threads: Sequence[Thread], desk: Desk) -> Statement:
    """In how many documents it stands, and in which first."""
    records = [s.record for t in threads for s in t.steps]
    titles = {r.place.document for r in records}
    first = desk.title(threads[0].steps[0].record.place.document)
    sources = tuple(cited(r, desk) for r in records)
    if len(titles) == 1:
        return Statement(f"It stands in {first} alone.", sources=sources)
    text = f"It stands in {plural(len(titles), 'document')}, first in {first}."
    return statement(text, sources=sources, derived=[Derived(float(len(titles)), "count")])


def _silence(thread: Thread, desk: Desk) -> list[Source]:
    """A first passage of each silent plan, so that the plan itself is a source of the sentence that names it."""
    return [Source(c.text, c.place) for name in thread.silent for c in desk.library.chunks(name)[:1]]


def _told(thread: Thread, desk: Desk, short: bool) -> list[Statement]:
    """Every step and what changed before it; in a `short` list the words of the first alone."""
    said: list[Statement] = []
    for i, step in enumerate(thread.steps):
        said += [step_words(step, desk)] if not (i and short) else []
        since = since_words(_before(thread, i), step, desk) if i else None
        said += [since] if since else []
    return said


def _before(thread: Thread, at: int) -> Promised:
    """The nearest earlier step in another document."""
    here = thread.steps[at].record.place.document
    return next((s.record for s in reversed(thread.steps[:at]) if s.record.place.document != here), thread.steps[at - 1].record)


def _list_headline(query: Query, threads: Sequence[Thread], desk: Desk) -> Statement:
    """How many of the commitments that can be followed changed so."""
    kinds = [w for w in query.wanted if w in LISTED]
    count = Derived(float(len(threads)), "count")
    if "dropped" in kinds:
        if not threads:
            return statement("No commitment was found that one plan left open and the next plan on its subject does not mention.")
        said = "1 commitment was" if len(threads) == 1 else f"{len(threads)} commitments were"
        return statement(
            f"{said} left open in one plan and {'is' if len(threads) == 1 else 'are'} not mentioned in a later plan on the subject.",
            derived=[count],
        )
    every = Derived(float(_followed(query, desk)), "count")
    words = listing([_COUNTED[k] for k in kinds])
    said = f"{plural(len(threads), 'commitment')} {'is' if len(threads) == 1 else 'are'}" if threads else "No commitment is"
    text = f"{said} {words}; {plural(int(every.value), 'commitment')} can be followed from one plan to a later one."
    return statement(text, derived=[count, every])


def compose(query: Query, evidence: Evidence, desk: Desk) -> Draft:
    """The state of the best thread, then every step with its place and what changed."""
    if evidence.refusal:
        text = "No commitment can be followed from one of these plans to another: " + "; ".join(evidence.notes) + "."
        return Draft(evidence.refusal, (statement(text),))
    if evidence.actions:
        draft = actions.compose(_as_late(query), evidence, desk)
        return replace(draft, notes=(*draft.notes, *evidence.notes))
    if evidence.measures:
        return trend.compose(query, evidence, desk)
    threads = evidence.threads
    listed = any(w in LISTED for w in query.wanted)
    best = threads[0] if threads else None
    if listed or best is None:
        said = [_list_headline(query, threads, desk)]
    else:
        several = len(threads) > 1 and any(len(t.steps) == 1 and not t.silent for t in threads)
        alone = _promised_headline(threads, desk) if several else _headline(best, desk)
        said = [_before_headline(threads, desk) if "before" in query.wanted else alone]
    for thread in threads[:_SHOWN]:
        said += _told(thread, desk, short=listed)
    steps = [s.record for t in threads for s in t.steps]
    notes = [_FOLLOWED]
    if any(t.silent for t in threads):
        notes.append(_SILENT)
    names = plans_named(query, desk)
    count = len(threads) if listed and "count" in query.wanted else None
    coverage = Coverage(documents_searched=len(names), documents_silent=tuple(sorted({n for t in threads for n in t.silent} & names)))
    return Draft("answered", tuple(said), rows=_rows(steps), coverage=coverage, notes=tuple(notes), timeline=tuple(threads), count=count)


def _rows(records: Sequence[Promised]) -> tuple[Action, ...] | tuple[Commitment, ...]:
    """The actions among them; where there are none, the commitments made in prose."""
    known = tuple(dict.fromkeys(records))
    acted = tuple(r for r in known if isinstance(r, Action))
    return acted or tuple(r for r in known if isinstance(r, Commitment))


KIND = Kind(
    "timeline",
    "What became of commitments from one plan to the next",
    ("What became of the family hubs?", "Which actions were given a later due date?", "What was dropped between the two plans?"),
    gather,
    compose,
    instead="progress",
)
