"""The kinds of question. To add one: a file with `KIND`, and its name here; help, prompts and reports are built from this tuple."""

from app.kinds import (
    actions,
    briefing,
    compare,
    count,
    deadline,
    disagreements,
    documents,
    explain,
    figure,
    headed,
    measures,
    out_of_scope,
    owner,
    premise,
    progress,
    target,
    timeline,
    trend,
)
from app.kinds.types import Kind

KINDS: tuple[Kind, ...] = (
    measures.KIND,
    figure.KIND,
    target.KIND,
    trend.KIND,
    compare.KIND,
    actions.KIND,
    owner.KIND,
    deadline.KIND,
    progress.KIND,
    timeline.KIND,
    count.KIND,
    explain.KIND,
    headed.KIND,
    briefing.KIND,
    premise.KIND,
    disagreements.KIND,
    documents.KIND,
    out_of_scope.KIND,
)
