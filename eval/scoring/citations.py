"""Citations: every needed passage is cited, from the right document, page and cell, in its own words; and nothing stands on air."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import combinations

from eval.cases import Case, Evidence
from eval.given import Given
from eval.scoring.types import Mark, passed, share
from eval.sources import Sources
from eval.wording import MARKER, carries, contained, numbers

VERBATIM = 0.95  # of a quote's words that stand on its page: plain extraction loses a word at a line's end now and then

Cited = tuple[str, int | None, str, str | None]  # document, page, quote, cell


def cited(given: Given) -> list[Cited]:
    """All that the answer points at: its citations and the quotes of its rows."""
    quotes: list[Cited] = [(c.document, c.page, c.quote, c.cell) for c in given.citations]
    return quotes + [(row.document, row.page, row.quote, None) for row in given.rows if row.quote]


Test = Callable[[Evidence, Cited, Sources], bool]


def _found(test: Test, name: str, labelled: Callable[[Evidence], bool] = lambda _: True) -> Callable[[Case, Given, Sources], Mark | None]:
    def score(case: Case, given: Given, sources: Sources) -> Mark | None:
        needed = [e for e in case.evidence if labelled(e)]
        if case.refused or not needed:
            return None
        have = cited(given)
        missing = [e for e in needed if not any(test(place, c, sources) for place in e.places for c in have)]
        return share(len(needed) - len(missing), len(needed), f"{name} not cited: " + "; ".join(_place(e) for e in missing))

    return score


def _place(evidence: Evidence) -> str:
    page = f" p. {evidence.page}" if evidence.page else ""
    return f"{evidence.document}{page} “{evidence.quote[:100]}”"


def _same_passage(evidence: Evidence, c: Cited, sources: Sources) -> bool:
    return sources.same(evidence.document, c[0]) and carries(evidence.quote, c[2])


def _same_document(evidence: Evidence, c: Cited, sources: Sources) -> bool:
    return sources.same(evidence.document, c[0])


def _same_page(evidence: Evidence, c: Cited, sources: Sources) -> bool:
    return _same_passage(evidence, c, sources) and c[1] == evidence.page


def _same_cell(evidence: Evidence, c: Cited, sources: Sources) -> bool:
    return sources.same(evidence.document, c[0]) and evidence.cell is not None and c[3] == evidence.cell


passages = _found(_same_passage, "passage")
documents = _found(_same_document, "document")
pages = _found(_same_page, "page", lambda e: e.page is not None)
cells = _found(_same_cell, "cell", lambda e: e.cell is not None)


def quote_overlap(case: Case, given: Given, sources: Sources) -> Mark | None:
    """The share of the needed passages' words that the best quote from the same document has."""
    if case.refused or not case.evidence:
        return None
    have = cited(given)
    best = [
        max((contained(p.quote, c[2]) for p in e.places for c in have if sources.same(p.document, c[0])), default=0.0)
        for e in case.evidence
    ]
    return Mark(sum(best) / len(best))


def verbatim(case: Case, given: Given, sources: Sources) -> Mark | None:
    """Every quote stands on the page it names or runs over to the next: its words but for a few, and all its numbers.

    Refusals may cite nothing; an answer that cites nothing has not shown it.
    """
    have = cited(given)
    if not have:
        return None if case.refused else Mark(0.0, "nothing is cited")
    wrong = [c for c in have if not c[2] or not _stands(c[2], sources.around(c[0], c[1]))]
    return share(len(have) - len(wrong), len(have), "not on its page: " + "; ".join(f"{c[0]} p. {c[1]} “{c[2][:80]}”" for c in wrong))


def _stands(quote: str, page: str) -> bool:
    return contained(quote, page) >= VERBATIM and _printed(quote) <= _printed(page)


def marked(case: Case, given: Given, _: Sources) -> Mark | None:
    """Every [n] of the text is a citation, and every citation a row's or a marker's."""
    if given.outcome == "missing":
        return Mark(0.0, "no answer")
    used = {int(n) for n in re.findall(r"\[(\d+)\]", given.text)}
    there = {c.n for c in given.citations}
    return passed(used <= there, f"no citation {sorted(used - there)}")


def grounded(case: Case, given: Given, sources: Sources) -> Mark | None:
    """Every number of a line is in the quotes it cites or their rows (of a line without markers: any), a figure's period or what was
    understood; or it is a count, or the difference of two numbers of the line, or of a row's figure and target."""
    if given.outcome == "missing":
        return Mark(0.0, "no answer")
    loose: set[float] = set()
    for line in given.text.split("\n"):
        plain = MARKER.sub("", line)
        for title in sources.titles:
            plain = plain.replace(title, " ")
        said, allowed = _printed(plain), _allowed(line, given, sources)
        if given.refused:  # a refusal names what was asked for
            allowed |= _printed(case.question)
        between = {abs(a - b) for a, b in combinations([n for n in said | set(numbers(plain)) if _among(n, allowed)], 2)}
        loose |= {n for n in said if not _among(n, allowed | between)}
    return passed(not loose, f"not in the table, a quote or a count: {', '.join(f'{n:g}' for n in sorted(loose))}")


def _among(number: float, numbers: Iterable[float]) -> bool:
    return any(abs(number - other) < 1e-6 for other in numbers)


def _printed(text: str) -> set[float]:
    return {float(n.replace(",", "")) for n in re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", text)}


def _allowed(line: str, given: Given, sources: Sources) -> set[float]:
    """The numbers a line may state: those of what it cites, of its rows, and of the answer as a whole."""
    marks = {int(n) for n in re.findall(r"\[(\d+)\]", line)}
    quoted = [c for c in given.citations if not marks or c.n in marks]
    rows = [r for r in given.rows if not marks or r.citation in marks or r.citation is None]
    values = {v for r in rows for v in (r.value, r.value_high, r.target, r.target_high) if v is not None}
    gaps = {abs(r.value - t) for r in rows if r.value is not None for t in (r.target, r.target_high) if t is not None}
    texts = " ".join(
        [f"{c.quote} {c.title} {c.document} {sources.periods.get(c.record or '', '')}" for c in quoted]
        + [f"{r.quote} {r.subject} {r.words} {r.said} {r.period} {r.target_period} {r.ref}" for r in rows]
    )
    understood = " ".join(
        str(given.query.get(name) or "") for name in ("period_text", "periods", "refs", "lead", "above", "below", "target", "margin")
    )
    return values | gaps | _printed(texts) | set(numbers(texts)) | _printed(f"{understood} {sources.times}") | _counted(given)


def _counted(given: Given) -> set[float]:
    """What can be counted of the answer: what was considered, its rows, and its rows of one status, document or measure."""
    c = given.coverage
    found = [c.considered, c.off_target, c.on_target, c.no_value, c.undetermined, c.documents_searched] if c else []
    alike = (Counter(getattr(row, name) for row in given.rows) for name in ("status", "document", "measure"))
    return {float(n) for n in (*found, len(given.rows), *(n for count in alike for n in count.values()))} | (
        {float(given.count)} if given.count is not None else set()
    )
