"""Extraction: the records that were read against the labelled ones, found or not, and field by field. Rules as in `score/score.py`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from eval.labels import ActionLabel, CommitmentLabel, ConflictLabel, Labels, MeasureLabel
from eval.periods import same_period
from eval.scoring.pairing import pair, same_unit
from eval.scoring.types import f_score
from eval.sources import Sources
from eval.wording import contained, near, overlap, words
from index.library import Library
from index.links import Conflict, Side
from index.types import Filter
from ingest.types import Action, Commitment, Measure


@dataclass(frozen=True, slots=True)
class Extracted:
    """How records of a kind were read. `fields` is the share of found records with the field right, of those where it is labelled.

    `whole` is the share of all labelled records with every field right; `missed` and `wrong` say which are not.
    """

    labelled: int
    read: int
    recall: float
    precision: float
    fields: dict[str, float]
    whole: float | None
    missed: tuple[str, ...]
    wrong: tuple[str, ...]

    @property
    def f1(self) -> float:
        """Precision and recall in one."""
        return f_score(self.precision, self.recall)


def extraction(library: Library, labels: Labels, sources: Sources) -> dict[str, Extracted]:
    """Kind → figures, for the kinds that are labelled; records of documents without labels of the kind are left out."""
    out = {}
    if labels.measures:
        wanted = Filter(documents=_files({m.document for m in labels.measures}, sources))
        out["measures"] = measures(labels.measures, library.measures(wanted), sources)
    if labels.actions:
        wanted = Filter(documents=_files({a.document for a in labels.actions}, sources))
        out["actions"] = actions(labels.actions, library.actions(wanted), sources)
    if labels.commitments:
        wanted = Filter(documents=_files({c.document for c in labels.commitments}, sources))
        out["commitments"] = commitments(labels.commitments, library.commitments(wanted), sources)
    if labels.conflicts:
        out["conflicts"] = conflicts(labels.conflicts, library.conflicts(), sources)
    return out


def _files(documents: set[str], sources: Sources) -> tuple[str, ...]:
    return tuple(sorted(sources.files[document] for document in documents))


Fits = dict[str, bool]


def measures(labels: Sequence[MeasureLabel], read: Sequence[Measure], sources: Sources) -> Extracted:
    """Measures: found by value (or target), name and quote; then unit, period, target, status, page, rating and arrow."""

    def like(label: MeasureLabel, m: Measure) -> float:
        return _like(label, m) if sources.same(label.document, m.place.document) else 0.0

    match = pair(labels, read, like, 0.45)
    core = [i for i, label in enumerate(labels) if not label.optional]
    found = {i: _measure_fits(labels[i], read[match[i]]) for i in core if i in match}
    return _extracted([f"{label.id} {label.measure}" for label in labels], core, len(read), match, found)


def _like(label: MeasureLabel, m: Measure) -> float:
    """How far a measure is the labelled one, by its value or target, its name, quote and period; 0 where value or name is another."""
    if label.kind == "target_only":
        if m.value is not None or not near(label.target, m.target):
            return 0.0
    elif not near(label.value, m.value):
        return 0.0
    name = overlap(f"{label.measure} {label.breakdown or ''}", f"{m.measure} {m.breakdown or ''} ")
    if name < 0.34:
        return 0.0
    at_the_time = 0.2 if same_period(label.period, m.period, label.periods) else 0.0
    return 0.5 * name + 0.5 * overlap(label.quote, m.quote) + at_the_time + (0.1 if near(label.target, m.target) else 0.0)


def _measure_fits(label: MeasureLabel, m: Measure) -> Fits:
    shown = laid_out(m)
    return {
        "unit": same_unit(label.unit, m.unit),
        "period": same_period(label.period, m.period, label.periods) if label.period or label.periods else True,
        "target": near(label.target, m.target) and near(label.target_high, m.target_high),
        "status": label.status == m.status,
        "page": (m.place.page == label.page if label.page else m.place.page is not None) if shown else True,
        "rag": label.rag in (None, m.rag) or not shown,
        "direction": label.direction in (None, "unknown", m.direction) or not shown,
    }


def _extracted(
    names: Sequence[str], core: Sequence[int], read: int, match: Mapping[int, int], found: Mapping[int, Fits] | None = None
) -> Extracted:
    """The figures of a kind: `names` of all labels, `core` those that count for recall, `match` the record of each label that was found.

    `found` says of each core label's record which fields are right, where fields are labelled.
    """
    right = None if found is None else sum(all(f.values()) for f in found.values())
    return Extracted(
        labelled=len(core),
        read=read,
        recall=sum(i in match for i in core) / len(core) if core else 0.0,
        precision=len(match) / read if read else 0.0,
        fields=_fields(list(found.values())) if found else {},
        whole=None if right is None else right / len(core) if core else 0.0,
        missed=tuple(names[i] for i in core if i not in match),
        wrong=tuple(
            f"{names[i]}: {', '.join(n for n, ok in f.items() if not ok)}" for i, f in sorted((found or {}).items()) if not all(f.values())
        ),
    )


def laid_out(record: Measure | Action) -> bool:
    """Whether the file keeps the pages, colours and arrows that the labels were made from."""
    return Path(record.place.document).suffix.lower() == ".pdf"


def _fields(found: Sequence[Fits]) -> dict[str, float]:
    names = dict.fromkeys(name for f in found for name in f)
    return {name: sum(f[name] for f in found if name in f) / sum(name in f for f in found) for name in names}


EXACT = ("due_iso", "rag", "direction", "page", "ref")


def actions(labels: Sequence[ActionLabel], read: Sequence[Action], sources: Sources) -> Extracted:
    """Actions: found by their words and number; then each labelled field."""

    def like(label: ActionLabel, a: Action) -> float:
        if not sources.same(label.document, a.place.document):
            return 0.0
        wanted, got = label.action.lower(), a.action.lower()
        same_ref = 0.15 if label.ref and label.ref == (a.ref or "").rstrip(".") else 0.0
        return 0.85 * contained(wanted, got) * min(1.0, (len(wanted) + 40) / max(1.0, len(got) * 0.6)) + same_ref

    def fits(label: ActionLabel, a: Action) -> Fits:
        found = {}
        for name, want, have in _compared(label, a):
            if want in (None, "", "unknown") or (name in ("rag", "direction", "page") and not laid_out(a)):
                continue
            exact = str(want).rstrip(".") == str(have or "").rstrip(".")
            found[name] = exact if name in EXACT else _same_text(str(want), str(have or ""), 0.75 if name == "section" else 0.9)
        return found

    match = pair(labels, read, like, 0.55)
    found = {i: fits(labels[i], read[j]) for i, j in match.items()}
    return _extracted([f"{label.id} {label.action[:80]}" for label in labels], range(len(labels)), len(read), match, found)


def _compared(label: ActionLabel, a: Action) -> tuple[tuple[str, object, object], ...]:
    return (
        ("action", label.action, a.action),
        ("lead", label.lead, a.lead),
        ("due_iso", label.due_iso, a.due_iso),
        ("rag", label.rag, a.rag),
        ("direction", label.direction, a.direction),
        ("page", label.page, a.place.page),
        ("progress", label.progress, a.progress),
        ("section", label.section, a.place.section),
        ("ref", label.ref, a.ref),
    )


def _same_text(want: str, have: str, floor: float) -> bool:
    """Nearly all of the words and not much else, or the same but for little."""
    a, b = " ".join(words(want)), " ".join(words(have))
    return (contained(want, have) >= floor and len(b) <= 1.35 * len(a) + 40) or SequenceMatcher(None, a, b).ratio() > 0.9


def commitments(labels: Sequence[CommitmentLabel], read: Sequence[Commitment], sources: Sources) -> Extracted:
    """Statements of intent: recall over the explicit ones, precision over all."""

    def like(label: CommitmentLabel, c: Commitment) -> float:
        return contained(label.commitment, c.commitment) if sources.same(label.document, c.place.document) else 0.0

    match = pair(labels, read, like, 0.8)
    explicit = [i for i, label in enumerate(labels) if label.strength == "explicit"]
    return _extracted([f"{label.id} {label.commitment[:80]}" for label in labels], explicit, len(read), match)


def conflicts(labels: Sequence[ConflictLabel], read: Sequence[Conflict], sources: Sources) -> Extracted:
    """Figures that disagree: found by both values in the right documents, and the measure's name; recall over the certain ones.

    Precision is the share of those listed that are labelled, certain or not: what no label names may still be a true one.
    """

    def like(label: ConflictLabel, c: Conflict) -> float:
        sides = (c.a, c.b)
        if not any(all(_says(label, i, side, sources) for i, side in enumerate(order)) for order in (sides, sides[::-1])):
            return 0.0
        return 0.6 + 0.4 * overlap(label.measure, c.measure)

    match = pair(labels, read, like, 0.65)
    certain = [i for i, label in enumerate(labels) if label.certain]
    return _extracted([f"{label.id} {label.measure}" for label in labels], certain, len(read), match)


def _says(label: ConflictLabel, at: int, side: Side, sources: Sources) -> bool:
    """Whether a side is the labelled one: its document, and its value standing alone in what is printed."""
    value = rf"(?<![\w.]){re.escape(label.values[at])}(?![\d\w])"
    return sources.same(label.documents[at], side.place.document) and re.search(value, side.value_text) is not None
