"""Understanding: the kind of question, and the fields of the query that the label names."""

from __future__ import annotations

from collections.abc import Sequence

from eval.cases import Case, Scalar
from eval.given import Given
from eval.periods import same_period
from eval.scoring.types import Mark, passed, share
from eval.sources import Sources
from eval.wording import overlap

# Type of question → the kinds (app/kinds) that may answer it. Types not named here say nothing about the kind.
KINDS_OF = {
    "kpi_filter": ("measures",),
    "metric_lookup": ("figure", "target"),
    "trend": ("trend",),
    "comparison": ("compare", "trend"),
    "commitment": ("actions", "explain"),
    "owner": ("owner",),
    "deadline": ("deadline", "actions"),
    "status": ("progress", "actions"),
    "count": ("count", "figure"),
    "narrative": ("explain",),
}


def intent(case: Case, given: Given, _: Sources) -> Mark | None:
    """The kind of question is one of those its type allows, or of those labelled."""
    wanted = case.understood.get("intent") or KINDS_OF.get(case.type)
    if wanted is None:
        return None
    got = given.query.get("intent")
    return passed(got in wanted, f"{got} for {' or '.join(map(str, wanted))}")


def fields(case: Case, given: Given, _: Sources) -> Mark | None:
    """The share of labelled fields of the query that are as labelled."""
    wanted = {name: values for name, values in case.understood.items() if name != "intent"}
    if not wanted:
        return None
    wrong = [
        f"{name} is {given.query.get(name)!r}, not {', '.join(map(str, v))}" for name, v in wanted.items() if not _same(name, v, given)
    ]
    return share(len(wanted) - len(wrong), len(wanted), "; ".join(wrong))


def _same(name: str, wanted: Sequence[Scalar], given: Given) -> bool:
    found = given.query.get(name)
    got = found if isinstance(found, list | tuple) else [] if found is None else [found]
    if len(got) != len(wanted):
        return False
    return all(any(_equal(name, w, g) for g in got) for w in wanted)


def _equal(name: str, wanted: Scalar, got: object) -> bool:
    if name == "periods":
        return same_period(str(wanted), str(got))
    if name == "lead":
        return overlap(str(wanted), str(got)) >= 0.9
    return wanted == got
