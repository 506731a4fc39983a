"""Two runs side by side: the figures that differ and the questions that fell or rose."""

from __future__ import annotations

from eval.reports.tables import Table, percent
from eval.runfile import Standing


def compared(before: Standing, after: Standing) -> list[Table]:
    """Tables of what differs; the first says what the runs were."""
    shown = {
        "set": (before.set, after.set),
        "commit": (before.commit or "–", after.commit or "–"),
        "library": (before.library[:16], after.library[:16]),
    }
    settings = {name: (str(before.configuration.get(name)), str(after.configuration.get(name))) for name in after.configuration}
    runs = [(name, a, b) for name, (a, b) in {**shown, **settings}.items() if name in shown or a != b]
    figures = [
        (name, percent(a), percent(b), "" if a is None or b is None else f"{100 * (b - a):+.1f}")
        for name in dict.fromkeys((*before.figures, *after.figures))
        if (a := before.figures.get(name)) != (b := after.figures.get(name))
    ]
    return [
        Table("Runs", ("", "before", "after"), tuple(runs)),
        Table(
            "Figures that differ", ("figure", "before", "after", "points"), tuple(figures), numbers=frozenset({"before", "after", "points"})
        ),
        _questions("Questions that fell", before, after),
        _questions("Questions that rose", after, before),
    ]


def _questions(title: str, better: Standing, worse: Standing) -> Table:
    """Questions right, or exact, in one run and not in the other, with what was found wanting there."""
    rows = []
    for id in better.right:
        lost = [
            name
            for name, marks in (("right", "right"), ("exact", "exact"))
            if getattr(better, marks)[id] and not getattr(worse, marks).get(id, False)
        ]
        if lost:
            why = "; ".join(f"{name}: {text}" for name, text in worse.failures.get(id, {}).items())
            rows.append((id, ", ".join(lost), why[:160] if id in worse.right else "not asked"))
    return Table(
        title, ("question", "no longer" if "fell" in title else "now", "found wanting" if "fell" in title else "was wanting"), tuple(rows)
    )
