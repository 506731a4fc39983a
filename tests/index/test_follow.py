"""A commitment is followed into the plan that takes it up, what changed is said by rule, and silence is claimed only where it tells."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from app.sample import SAMPLE_PLANS
from index.changes import finished, revised
from index.follow import Promised, Succession, succession, words_of
from index.types import DocumentEntry
from ingest.chunks import cut
from ingest.pipeline import extract, read_document
from ingest.types import Action, Commitment, Place

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "app" / "sample" / "source"


def document(name: str, period: str, authority: str = "Fernleigh", actions: int = 6) -> DocumentEntry:
    return DocumentEntry(name, name, authority, "action plan", period, "pdf", name, (), 0, actions, 0, 0, 0, 0, "2026-01-01T00:00:00")


def action(name: str, ref: str, text: str, **fields: object) -> Action:
    """An open action on page 1."""
    plain = Action(
        f"{name}/{ref}",
        Place(name, 1),
        text,
        ref,
        text,
        "Head of Early Help",
        None,
        "March 2024",
        "2024-03",
        False,
        "Not yet begun.",
        "A",
        None,
        False,
        None,
    )
    return replace(plain, **fields)  # type: ignore[arg-type]


OLD = (
    action("old.pdf", "1", "Open a family hub in Fernleigh market square"),
    action("old.pdf", "2", "Publish a dashboard of visits for managers"),
    action("old.pdf", "3", "Start a mentoring scheme with local employers for care leavers"),
    action("old.pdf", "4", "Refurbish the contact centre on Mill Lane"),
    action("old.pdf", "5", "Train foster carers in therapeutic parenting"),
)
NEW = (
    action(
        "new.pdf", "1.1", "Open the family hub in Fernleigh market square", due="June 2025", due_iso="2025-06", lead="Director of Property"
    ),
    action("new.pdf", "1.2", "Publish a dashboard of visits for managers", rag="B", progress="Complete. Live since May."),
    action("new.pdf", "1.3", "Find each care leaver a home"),
    action("new.pdf", "1.4", "Answer complaints within ten days"),
    action("new.pdf", "1.5", "Train foster carers in therapeutic parenting"),
)


def followed(new: tuple[Action, ...] = NEW, period: str = "2025/26-Q2") -> Succession:
    return succession([*OLD, *new], [], [], [], [document("old.pdf", "2023/24"), document("new.pdf", period)])


def pairs(found: Succession) -> dict[str, str]:
    return {f.earlier.id.partition("/")[2]: f.later.id.partition("/")[2] for f in found.follows}


def test_a_commitment_is_followed_into_the_plan_that_takes_it_up() -> None:
    assert pairs(followed()) == {"1": "1.1", "2": "1.2", "5": "1.5"}


def test_each_change_is_said_with_what_is_printed_on_both_sides() -> None:
    changes = {f.earlier.id: {c.kind: (c.before, c.after) for c in f.changes} for f in followed().follows}

    assert changes["old.pdf/1"] == {"delayed": ("March 2024", "June 2025"), "reowned": ("Head of Early Help", "Director of Property")}
    assert changes["old.pdf/2"] == {"done": (None, "Complete. Live since May.")}
    assert changes["old.pdf/5"] == {}


def test_what_was_left_open_and_is_not_mentioned_is_said_where_the_later_plan_covers_the_subject() -> None:
    found = {u.record.id: u.later for u in followed().unfollowed}

    assert found == {"old.pdf/3": ("new.pdf",)}  # care leavers are a subject of the new plan, the contact centre is not


def test_silence_tells_nothing_years_later_or_in_a_paper_without_actions() -> None:
    assert followed(period="2029/30-Q2").unfollowed == ()
    assert followed(new=NEW[:2]).unfollowed == ()


def test_a_finished_commitment_is_not_dropped_and_not_delayed() -> None:
    done = tuple(replace(a, rag="B") for a in OLD)
    found = succession([*done, *NEW], [], [], [], [document("old.pdf", "2023/24"), document("new.pdf", "2025/26-Q2")])

    assert found.unfollowed == ()
    assert {c.kind for f in found.follows for c in f.changes} == {"continued", "reowned"}


def test_plans_of_two_councils_are_not_followed() -> None:
    documents = [document("old.pdf", "2023/24"), document("new.pdf", "2025/26-Q2", authority="Osmere")]

    assert succession([*OLD, *NEW], [], [], [], documents) == Succession((), (), frozenset())


@pytest.mark.parametrize(
    ("due", "earlier"),
    [
        ("March 2026 (was March 2024)", ("2024-03",)),
        ("October 2025 (revised from January 2024 and April 2025)", ("2024-01", "2025-04")),
        ("March 2026", ()),
        ("September 2025 and March 2026", ()),
    ],
)
def test_a_due_cell_that_names_earlier_dates_was_revised(due: str, earlier: tuple[str, ...]) -> None:
    assert revised(replace(OLD[0], due=due, due_iso="2026-03" if "2026" in due else "2025-10")) == earlier


def test_progress_that_speaks_of_completion_further_on_is_no_completion() -> None:
    assert finished(replace(OLD[0], rag=None, completed=True, progress="Completed in May."))
    assert not finished(replace(OLD[0], rag=None, completed=True, progress="A lead has started. The first stage is in place."))
    assert not finished(replace(OLD[0], rag="R", completed=True, progress="Completed in May."))


# -- real documents, by hand-made labels


@cache
def of(plans: tuple[Path, ...]) -> Succession:
    """The succession of whole documents, read once."""
    read = [(d, extract(d)) for d in map(read_document, plans)]
    entries = [
        DocumentEntry(d.name, d.title, d.authority, d.kind, d.period, d.format, d.sha256, d.pages, 0, len(e.actions), 0, 0, 0, 0, "")
        for d, e in read
    ]
    chunks = [c for d, e in read for c in cut(d, e, lambda text: len(text) // 4)]
    extracted = [e for _, e in read]
    return succession(
        [a for e in extracted for a in e.actions],
        [c for e in extracted for c in e.commitments],
        [m for e in extracted for m in e.measures],
        chunks,
        entries,
    )


def flat(text: str) -> str:
    return " ".join(text.split()).replace("’", "'")


class SampleLabels:
    """The pairs of links.toml: places as file:number, an action's number or the number of a paragraph that holds a commitment."""

    def __init__(self) -> None:
        labels = tomllib.loads((SOURCE / "links.toml").read_text("utf-8"))
        prose = tomllib.loads((SOURCE / "self-evaluation-2025.toml").read_text("utf-8"))
        self.files = labels["files"]
        self.paragraphs = {p["number"]: flat(p["text"]) for p in prose["paragraph"]}
        self.dropped = {link["from"] for link in labels["link"] if not link["to"]}
        self.same = {(link["from"], link["to"]) for link in labels["link"] if link["to"]}
        for _ in range(2):
            self.same |= {(a, d) for a, b in self.same for c, d in self.same if b == c}

    def at(self, record: Promised, place: str) -> bool:
        name, _, number = place.partition(":")
        if record.place.document != self.files[name]:
            return False
        if isinstance(record, Commitment):
            return flat(record.quote) in self.paragraphs.get(number, "")
        return record.ref == number


def test_the_sample_plans_follow_one_another_as_they_were_made_to() -> None:
    labels, found = SampleLabels(), of(tuple(SAMPLE_PLANS))
    wrong = [
        (words_of(f.earlier), words_of(f.later))
        for f in found.follows
        if not any(labels.at(f.earlier, a) and labels.at(f.later, b) for a, b in labels.same)
    ]

    assert wrong == []
    assert len(found.follows) >= 20


def test_nothing_of_the_sample_is_called_unmentioned_that_was_taken_up() -> None:
    labels, found = SampleLabels(), of(tuple(SAMPLE_PLANS))

    assert [words_of(u.record) for u in found.unfollowed if not any(labels.at(u.record, place) for place in labels.dropped)] == []
    assert len(found.unfollowed) >= 5


def test_the_real_plans_follow_one_another_as_read_by_hand(shared: Path) -> None:
    labels = [json.loads(line) for line in (ROOT / "eval" / "cases" / "links" / "plans.jsonl").read_text("utf-8").splitlines()]
    found = of(tuple(sorted((shared / "plans").glob("*.pdf"))))

    def label(earlier: Promised, later: Promised) -> bool | None:
        for pair in labels:
            sides = ((earlier, pair["a"]), (later, pair["b"]))
            if all(r.place.document == s["document"] and flat(words_of(r)).startswith(flat(s["begins"])) for r, s in sides):
                return bool(pair["same"]) if pair["same"] is not None else None
        return False

    told = [label(f.earlier, f.later) for f in found.follows]
    assert False not in told
    assert told.count(True) >= 2
    assert found.unfollowed == ()
