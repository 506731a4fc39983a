"""All scorers, in the order reports show them. To add one: a function in its topic's file, and a line here."""

from __future__ import annotations

from eval.cases import Case
from eval.given import Given
from eval.scoring import agreed, citations, coverage, figures, refusals, sets, understanding
from eval.scoring.types import Mark, Scorer
from eval.sources import Sources

SCORERS: tuple[Scorer, ...] = (
    Scorer("intent", "understanding", "the kind of question is understood", understanding.intent),
    Scorer("query fields", "understanding", "the labelled fields of the query are understood", understanding.fields),
    Scorer("right", "answer", "right by the shared rule of score.py", agreed.correct),
    Scorer("likeness", "answer", "F1 by the shared rule of score.py", agreed.likeness),
    Scorer("value", "answer", "each number asked for is stated", figures.values),
    Scorer("unit", "answer", "with its unit", figures.units),
    Scorer("period", "answer", "for its period", figures.periods),
    Scorer("subject", "answer", "of its subject", figures.subjects),
    Scorer("row precision", "answer", "rows given that were asked for", sets.row_precision),
    Scorer("row recall", "answer", "rows asked for that are given", sets.row_recall),
    Scorer("row F1", "answer", "both in one", sets.row_f1),
    Scorer("row set exact", "answer", "exactly the rows, with units and periods", sets.row_exact),
    Scorer("action F1", "answer", "actions asked for and given", sets.action_f1),
    Scorer("action set exact", "answer", "exactly the actions", sets.action_exact),
    Scorer("count", "answer", "the count, set and said", sets.counts),
    Scorer("statements", "answer", "what must be said is said", sets.statements),
    Scorer("restraint", "answer", "what must not be said is not", sets.restraint),
    Scorer("refused", "answer", "what the documents do not say is refused", refusals.refused),
    Scorer("refusal type", "answer", "for the right reason", refusals.refusal_type),
    Scorer("answered", "answer", "what the documents say is not refused", refusals.answered),
    Scorer("passage cited", "evidence", "each needed passage is cited", citations.passages),
    Scorer("document cited", "evidence", "from the right document", citations.documents),
    Scorer("page cited", "evidence", "with the right page", citations.pages),
    Scorer("cell cited", "evidence", "with the right cell", citations.cells),
    Scorer("quote overlap", "evidence", "words of the needed passages in the quotes", citations.quote_overlap),
    Scorer("verbatim", "evidence", "quotes stand on the page they name, numbers and all", citations.verbatim),
    Scorer("markers", "evidence", "every [n] is a citation", citations.marked),
    Scorer("grounded", "evidence", "every number is in what its line cites, or counted or a difference of that", citations.grounded),
    Scorer("coverage", "evidence", "lists say what they were chosen from, and it adds up", coverage.coverage),
)
GRADED = ("likeness", "row precision", "row recall", "row F1", "action F1", "quote overlap")  # graded: no failure of their own


def score(case: Case, given: Given, sources: Sources) -> dict[str, Mark]:
    """Every scorer's mark, for those that the case asks something of."""
    found = {scorer.name: scorer.score(case, given, sources) for scorer in SCORERS}
    return {name: mark for name, mark in found.items() if mark is not None}


def exact(marks: dict[str, Mark]) -> bool:
    """Whether every answer scorer is content: the answer is right in every respect that is labelled."""
    answer = {scorer.name for scorer in SCORERS if scorer.component == "answer"}
    return all(mark.score == 1 for name, mark in marks.items() if name in answer)
