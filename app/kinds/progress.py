"""How far something got: the rating and the progress an action reports, or the sentences that tell of it."""

from __future__ import annotations

import re

from app.evidence.desk import Desk
from app.evidence.figures import asked_for, documents_for, in_time, pool_for, ranked
from app.evidence.numbered import search_text
from app.evidence.passages import Sentence, candidates, choose
from app.evidence.types import Evidence
from app.kinds import finding, refuse
from app.kinds.explain import spoken
from app.kinds.telling import FLOOR
from app.kinds.types import Kind
from app.kinds.wording import action_name, figure_words, quoted, rating_words, standing_words, statement
from app.types import Draft, Query, Question, Source, Statement
from ingest.types import Action

_RATE = re.compile(r"\bhow (?:is|was|are|were|does|did|do)\b.{0,90}\brat(?:e|ed)\b(?! (?:of|for)\b)", re.I)


def gather(query: Query, question: Question, desk: Desk) -> Evidence | None:
    """The actions asked about with their progress, the measures whose rating is asked, and prose where it says more."""
    asked = asked_for(query, desk)
    if not asked:
        numbered = finding.best(query, desk) if query.refs else []
        return Evidence(actions=tuple(numbered)) if numbered else None
    names = documents_for(query, desk)
    late = [
        n for n in names if (h := finding.horizon(n, desk)) is not None and all((s.first if s.whole else s.last) > h for s in query.spans)
    ]
    if query.spans and names and len(late) == len(names):
        return Evidence(
            refusal="period_not_reported", sentences=tuple(candidates(search_text(query, question), asked, desk, sorted(names))[:1])
        )
    rated = []
    if "rating" in query.wanted or _RATE.search(question.text):
        rated = [f for f in ranked(asked, pool_for(query, desk), desk) if f.match.coverage >= 0.6 and f.record.rag]
        if query.refs:
            rated = [f for f in rated if (a := desk.action(f.record.action_id or "")) and (a.ref or "").rstrip(".") in query.refs]
        rated = [f for f in rated if not query.spans or in_time(f.marked, query.spans, desk)]
        rated = [f for f in rated if f.match.score >= 0.93 * rated[0].match.score][:3]
    actions = finding.best(query, desk)
    names = finding.speaking(query, desk)
    found = candidates(search_text(query, question), asked, desk, sorted(names)) if names else []
    sentences = choose(found, asked, 2)
    top = finding.scored(query, desk)[:1]
    spoken_for = top[0][1].coverage if top and actions else 0.0
    if rated or (actions and spoken_for >= (sentences[0].coverage if sentences else 0.0) - 0.15):
        own = {a.record.id for a in actions}
        more = [s for s in found if s.coverage >= max(0.7, spoken_for - 0.2) and s.chunk.kind == "row" and not own & set(s.chunk.records)]
        told = " ".join(" ".join((a.record.progress or "").split()) for a in actions)
        own_words = [s for s in found[:1] if own & set(s.chunk.records) and s.number and s.text not in told and s.coverage >= spoken_for]
        return Evidence(
            measures=tuple(rated), actions=() if rated else tuple(actions), sentences=() if rated else tuple((own_words + more)[:2])
        )
    if sentences and sentences[0].coverage >= FLOOR:
        return Evidence(sentences=tuple(sentences + _on_the_same(sentences, found)))
    return None


def _on_the_same(chosen: list[Sentence], found: list[Sentence]) -> list[Sentence]:
    """Other sentences that say the same words of the question: where a document contradicts itself, both are shown."""
    said = {t for t in chosen[0].matched if t in chosen[0].name and not t.startswith("@")}
    texts = {s.text for s in chosen}
    return [s for s in found if said and said <= s.name and s.text not in texts and s.coverage >= 0.6 * chosen[0].coverage][:2]


def progress_words(a: Action) -> Statement:
    """The action's rating and progress, the progress quoted as printed."""
    stands = standing_words(a)
    rated = f" is {stands}" if stands and stands.startswith("rated") else f" has the {stands.replace(': ', ' ')}" if stands else ""
    if a.progress:
        flat = " ".join(a.progress.split())
        name = action_name(a, 100)
        return statement(f"{name[:1].upper() + name[1:]}{rated}. Progress: {quoted(flat, 900)}", [a], sources=[Source(flat, a.place, a.id)])
    return statement(f"{action_name(a, 100)}{rated or ': no progress is reported'}.", [a])


def compose(query: Query, evidence: Evidence, desk: Desk) -> Draft:
    """Rating and progress of each, or the sentences."""
    if evidence.refusal:
        return refuse.compose(query, evidence, desk)
    if evidence.measures:
        records = [f.record for f in evidence.measures]
        said = [statement(f"Rated {rating_words(r.rag)}: {figure_words(r)}", [r]) for r in records]
        return Draft("answered", tuple(said), rows=tuple(records))
    if evidence.actions:
        actions = [a.record for a in evidence.actions]
        said = [*(progress_words(a) for a in actions), *spoken(evidence.sentences, desk)]
        return Draft("answered", tuple(said), rows=tuple(actions))
    return Draft("answered", tuple(spoken(evidence.sentences, desk)))


KIND = Kind(
    "progress",
    "How far something got, and how it is rated",
    ("Did we ever adopt the Pledge?", "Where had the sibling audit got to?"),
    gather,
    compose,
    instead="explain",
    whole=True,
)
