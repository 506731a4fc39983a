"""How answers are made, in plain English, with the latest figures of the evaluation and what is known of accessibility."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.grid import Cell, Grid

TEXT: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Where an answer comes from",
        (
            "Every plan is read once, when it is added. Each figure, target, action and promise is kept with its place: "
            "the document, the page, the spot on the page, and the words as printed.",
            "When you ask, your question is turned into a plain search: which council, which time, what subject, which conditions. "
            "You see what was understood below each answer's first line, and you can change it.",
            "The program then looks up what fits, counts and compares it, and writes the sentence. "
            "It does not guess, and it makes no figure up. "
            "Before an answer is shown, each number in it is checked against the rows and words it rests on.",
        ),
    ),
    (
        "What “below target” means",
        (
            "One rule is used for all plans, and it is printed with each list. A target of “at least 95%” is missed by 94%. "
            "A target of “no more than 10 days” is missed by 11. A range is missed by what lies outside it.",
            "“Not reported” is not zero. Each list says how many measures were looked at, and how many of them have no figure.",
            "The plan's own colours and arrows are shown beside this, in words. They can differ from the rule: a plan may allow a margin.",
        ),
    ),
    (
        "When there is no answer",
        (
            "If the plans do not say, the program says so, says why, and shows the nearest thing they do say. "
            "If two plans give different figures, both are shown.",
            "Reading can go wrong too: a table may be laid out in a way not met before. The screen Documents shows for each file which "
            "pages and rows were not read. The page picture beside each figure is the proof: trust that before anything else.",
            "The screen Review lists what may have been read wrongly. There a person can set a figure or date right, with a name and a "
            "reason. From then on it is shown as corrected, with what was read beside it, and it can be undone.",
        ),
    ),
    (
        "What stays on this machine",
        ("All of it. No question, no plan and no figure about its use is sent anywhere. Text in a plan is never taken as an order.",),
    ),
)
ACCESS: tuple[str, ...] = (
    "The aim is WCAG 2.2 at level AA. Everything can be done with the keyboard alone: ask, open a source, filter, take away a file.",
    "Tables are plain HTML tables, with names for rows and columns. On a narrow screen or at 400% zoom each row becomes a card. "
    "Ratings are always said in words; colour only repeats them. Each page picture has its quote as text.",
    "New answers are announced to screen readers. Both light and dark follow the setting of your device.",
    "Each screen is checked by program (axe) in light and dark, wide and narrow. "
    "It has not yet been tried by people who use a screen reader every day.",
    "Known gaps: page pictures are pictures, so a scanned page has no text beyond its quote. "
    "The calendar of the date fields and the drop zone for files are those of Streamlit; "
    "dates can be typed, and files chosen with a button, instead.",
)
SHOWN = (  # figures of the evaluation, as eval names them, in words
    ("right", "Questions answered right"),
    ("answered", "Questions with an answer that were answered"),
    ("refused", "Questions without an answer that were refused"),
    ("page cited", "The page that holds the answer is cited"),
    ("verbatim", "Quotes that stand word for word in the plan"),
    ("grounded", "Answers whose every number is in a row or quote"),
)


@dataclass(frozen=True, slots=True)
class Evaluated:
    """One set of labelled questions and how answers to them did: (what, share from 0 to 1, of how many questions)."""

    name: str
    questions: int
    figures: tuple[tuple[str, float, int], ...]


def evaluated(results: Path) -> list[Evaluated]:
    """The latest runs under the folder that `planspoken eval` writes to; none where there are none, and what is no run is left out."""
    found = []
    for file in sorted(results.glob("*/run.json")):
        try:
            told: dict[str, Any] = json.loads(file.read_text("utf-8"))
            figures = [(words, told["figures"][name]) for name, words in SHOWN if name in told["figures"]]
            shares = tuple((words, float(figure["mean"]), int(figure["n"])) for words, figure in figures)
            found.append(Evaluated(str(told["set"]), len(told["questions"]), shares))
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return found


def figures_grid(sets: Sequence[Evaluated]) -> Grid:
    """What was measured, a column for each set of questions."""
    names = list(dict.fromkeys(words for one in sets for words, _, _ in one.figures))
    shares = [{words: f"{100 * share:.0f}% of {n}" for words, share, n in one.figures} for one in sets]
    rows = tuple((Cell(words), *(Cell(share.get(words, "")) for share in shares)) for words in names)
    return Grid("Answers to labelled questions", ("What was measured", *(f"{one.name}, {one.questions} questions" for one in sets)), rows)
