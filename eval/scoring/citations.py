"""Citations: every needed passage is cited, from the right document, page and cell, in its own words; and nothing stands on air."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import combinations

from eval.cases import Case, Evidence
from eval.given import Given
from eval.scoring.types import Mark, passed, share
from eval.sources import Sources
from eval.wording import MARKER, carries, contained, flat, numbers

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
    """Every quote stands, by its words, on the page it names. Refusals may cite nothing; an answer that cites nothing has not shown it."""
    have = cited(given)
    if not have:
        return None if case.refused else Mark(0.0, "nothing is cited")
    wrong = [c for c in have if not c[2] or contained(c[2], sources.around(c[0], c[1])) < VERBATIM]
    return share(len(have) - len(wrong), len(have), "not on its page: " + "; ".join(f"{c[0]} p. {c[1]} “{c[2][:80]}”" for c in wrong))


def marked(case: Case, given: Given, _: Sources) -> Mark | None:
    """Every [n] of the text is a citation, and every citation a row's or a marker's."""
    if given.outcome == "missing":
        return Mark(0.0, "no answer")
    used = {int(n) for n in re.findall(r"\[(\d+)\]", given.text)}
    there = {c.n for c in given.citations}
    return passed(used <= there, f"no citation {sorted(used - there)}")


def grounded(case: Case, given: Given, sources: Sources) -> Mark | None:
    """Every number of the text is in the table, a cited quote, a cited figure's period, a title or what was understood, or is a count or
    difference of such."""
    if given.outcome == "missing":
        return Mark(0.0, "no answer")
    when = " ".join(sources.periods.get(c.record or "", "") for c in given.citations)
    allowed = _allowed(given) | _printed(f"{sources.titles} {when}")
    loose = sorted({n for n in _printed(MARKER.sub("", given.text)) if not any(abs(n - a) < 1e-6 for a in allowed)})
    return passed(not loose, f"not in the table, a quote or a count: {', '.join(f'{n:g}' for n in loose)}")


def _printed(text: str) -> set[float]:
    return {float(n.replace(",", "")) for n in re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", text)}


def _allowed(given: Given) -> set[float]:
    values = {v for row in given.rows for v in (row.value, row.value_high, row.target, row.target_high) if v is not None}
    quoted = {n for c in given.citations for n in (*_printed(f"{c.quote} {c.title} {c.document}"), *numbers(flat(c.quote)))}
    texts = " ".join(f"{row.quote} {row.subject} {row.words} {row.said} {row.period} {row.target_period} {row.ref}" for row in given.rows)
    understood = " ".join(
        str(given.query.get(name) or "") for name in ("period_text", "periods", "refs", "lead", "above", "below", "target", "margin")
    )
    c = given.coverage
    counted = (
        {float(n) for n in (c.considered, c.off_target, c.on_target, c.no_value, c.undetermined, c.documents_searched)} if c else set()
    )
    counted |= {float(given.count)} if given.count is not None else set()
    counted |= {float(n) for n in range(len(given.rows) + 1)}
    differences = {round(abs(a - b), 6) for a, b in combinations(sorted(values | quoted)[:60], 2)}
    return values | quoted | _printed(texts) | set(numbers(texts)) | _printed(understood) | counted | differences
