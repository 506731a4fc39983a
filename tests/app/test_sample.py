"""The sample plans: what is printed is what the source says, and what the source says adds up."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pdfplumber
import pypdf
import pytest

from app.sample import SAMPLE_PLANS
from app.sample.content import Plan, Reading, SelfEvaluation, action_plan, improvement_plan, load, self_evaluation

IMPROVEMENT, EVALUATION, OLDER = SAMPLE_PLANS
Q2 = "2025/26-Q2"
# The fonts the committed files were set in; with others the text is the same and the bytes are not.
SET_IN = {"LiberationSans-Regular.ttf": "f8ace1f892b2", "LiberationSans-Bold.ttf": "361c61b82d57"}
WRONG_ON_PURPOSE = {"4.1"}  # conflict c5: a missed target rated green


def flat(text: str) -> str:
    return " ".join(text.split())


@cache
def printed(path: Path) -> str:
    """The text of all pages in the order drawn, without the foot of each page, white space collapsed."""
    pages = [page.extract_text() for page in pypdf.PdfReader(path).pages]
    return flat(" ".join(re.sub(r"\A.*\n.*\| Page \d+\n?", "", page) for page in pages))


def documents() -> dict[str, Plan | SelfEvaluation]:
    return {"new": improvement_plan(), "self": self_evaluation(), "old": action_plan()}


def test_the_files_are_there_and_small() -> None:
    assert {path.name for path in SAMPLE_PLANS} == {document.head.file for document in documents().values()}
    assert sum(path.stat().st_size for path in SAMPLE_PLANS) < 1_000_000


def test_the_files_say_whose_they_are() -> None:
    for path in SAMPLE_PLANS:
        metadata = pypdf.PdfReader(path).metadata
        assert metadata is not None
        assert metadata.author == "Saltmere Council"
        assert (metadata.title or "").startswith("Saltmere Council: ")


def test_typesetting_again_gives_the_same_bytes(tmp_path: Path) -> None:
    pytest.importorskip("reportlab", reason="typesetting the sample needs reportlab")
    from app.sample.layouts import FONT_FOLDER, FontsMissing
    from app.sample.typeset import write_all

    try:
        write_all(tmp_path)
    except FontsMissing as missing:
        pytest.skip(str(missing))
    assert {path.name: printed(tmp_path / path.name) for path in SAMPLE_PLANS} == {path.name: printed(path) for path in SAMPLE_PLANS}
    here = {name: hashlib.sha256((FONT_FOLDER / name).read_bytes()).hexdigest()[:12] for name in SET_IN}
    if here != SET_IN:
        pytest.skip("the text is the same; the bytes cannot be compared because this machine has another version of the Liberation fonts")
    changed = [path.name for path in SAMPLE_PLANS if path.read_bytes() != (tmp_path / path.name).read_bytes()]
    assert not changed, "run `python -m app.sample.typeset`"


def test_all_text_of_the_source_is_printed() -> None:
    evaluation, text = self_evaluation(), printed(EVALUATION)
    missing = [p.number for p in evaluation.paragraphs if not all(flat(part) in text for part in (p.text, *p.bullets))]
    assert not missing
    for path, plan in ((IMPROVEMENT, improvement_plan()), (OLDER, action_plan())):
        words = Counter(printed(path).split())
        for action in plan.actions:
            cells = (action.ref, action.action, action.lead, action.due, *(t for row in action.rows for t in (row.success, row.position)))
            needed = Counter(word for cell in cells for word in cell.split())
            assert not needed - words, f"{path.name} {action.ref}"


def test_every_figure_stands_in_its_printed_text() -> None:
    for plan in (improvement_plan(), action_plan()):
        for action in plan.actions:
            for row in action.rows:
                for reading in row.readings:
                    assert (reading.value_text or "") in row.position, reading
    for paragraph in self_evaluation().paragraphs:
        for reading in paragraph.readings:
            assert reading.quote and reading.quote in paragraph.text
            assert (reading.value_text or "") in reading.quote, reading
        for promise in paragraph.promises:
            assert promise.quote in paragraph.text
            assert promise.by_when in promise.quote


MEETS: dict[str, Callable[[float, float, float | None], bool]] = {
    ">=": lambda value, target, _: value >= target,
    "<=": lambda value, target, _: value <= target,
    ">": lambda value, target, _: value > target,
    "<": lambda value, target, _: value < target,
    "between": lambda value, low, high: high is not None and low <= value <= high,
}


def status(reading: Reading, earlier: Reading | None) -> str:
    """The rule of the field, written again here: value against target, exactly."""
    if reading.comparator is None:
        return "no_target"
    if reading.value is None:
        return "no_value"
    if reading.comparator in ("increase", "decrease"):
        if earlier is None or earlier.value is None:
            return "undetermined"
        rose = reading.value > earlier.value
        return "on_target" if rose == (reading.comparator == "increase") else "off_target"
    assert reading.target is not None
    return "on_target" if MEETS[reading.comparator](reading.value, reading.target, reading.target_high) else "off_target"


def test_every_status_follows_from_value_and_target() -> None:
    for document in documents().values():
        seen: dict[tuple[str, str, str | None], Reading] = {}
        for reading in document.readings:
            key = (reading.ref, reading.measure, reading.breakdown)
            assert reading.status == status(reading, seen.get(key)), reading
            seen[key] = reading


def miss(reading: Reading) -> float:
    """By how much a target is missed: percentage points, or per cent of the target for numbers."""
    if reading.status != "off_target":
        return 0.0
    assert reading.value is not None and reading.target is not None
    bound = reading.target_high if reading.target_high is not None and reading.value > reading.target_high else reading.target
    off = abs(reading.value - bound)
    return off if reading.unit == "percent" else 100 * off / bound if bound else 100.0


def test_ratings_follow_the_legend_but_for_the_conflict() -> None:
    against = set()
    for action in improvement_plan().actions:
        for row in action.rows:
            now = [r for r in row.readings if r.period not in ("2025/26-Q1", "2025-06-30") and r.comparator and r.kind == "actual"]
            if not now:
                continue
            worst = max(miss(reading) for reading in now)
            expected = "B" if action.completed else "R" if worst > 10 else "A" if worst else "G"
            if row.rag != expected:
                against.add(action.ref)
    assert against == WRONG_ON_PURPOSE


def test_counts_printed_in_the_improvement_plan() -> None:
    plan, text = improvement_plan(), printed(IMPROVEMENT)
    rows = [row for action in plan.actions for row in action.rows]
    done = [action.ref for action in plan.actions if action.completed]
    assert done == ["1.5", "4.4", "7.3"]
    assert f"The plan has {len(plan.actions)} actions under seven aims. Three actions are complete (1.5, 4.4 and 7.3)." in text
    now = [
        reading
        for row in rows
        for reading in row.readings
        if reading.comparator and reading.period not in ("2025/26-Q1", "2025-06", "2025-06-30") and reading.target_period != "2026-03-31"
    ]
    of = Counter(reading.status for reading in now)
    assert f"{len(now)} targets apply at the end of quarter 2. Of these, {of['on_target']} have been met" in text
    assert f"{of['off_target']} have been missed and for {of['no_value']} no figure is available yet." in text
    rated = Counter(row.rag for row in rows)
    assert (
        f"Of the {len(rows)} lines in the tables, {rated['R']} are red, {rated['A']} amber, {rated['G']} green and {rated['B']} blue"
        in text
    )
    assert f"the other {rated[None]} carry no rating" in text


def test_counts_printed_above_the_performance_summary() -> None:
    summary = improvement_plan().summary
    assert summary is not None
    met = Counter(reading.status for line in summary.lines for reading in line.readings if reading.period == Q2)
    better = Counter(line.trend for line in summary.lines)
    counts = (
        f"Of these {len(summary.lines)} headline measures, {met['on_target']} met their target at the end of quarter 2 "
        f"and {met['off_target']} did not. "
        f"Since quarter 1, {better['up']} have improved, {better['down']} have got worse and {better['same']} is unchanged."
    )
    assert summary.counts == counts
    assert counts in printed(IMPROVEMENT)
    for line in summary.lines:
        lower_is_better = line.readings[0].comparator in ("<=", "<")
        change = "same" if line.q1 == line.q2 else "up" if (line.q2 < line.q1) == lower_is_better else "down"
        assert line.trend == change, line.measure


def test_counts_printed_in_the_older_plan() -> None:
    plan = action_plan()
    rated = Counter(row.rag for action in plan.actions for row in action.rows)
    counts = f"{rated['B']} are complete, {rated['G']} are on track and {rated['R']} are overdue."
    assert f"Of the {len(plan.actions)} actions in this plan, {counts}" in printed(OLDER)
    assert all(action.completed == (action.rows[0].rag == "B") for action in plan.actions)


def test_colours_and_arrows_are_on_the_page() -> None:
    plan = improvement_plan()
    assert plan.summary is not None
    red, amber, green = ((0.847, 0.231, 0.176), (0.969, 0.698, 0.106), (0.208, 0.659, 0.325))
    with pdfplumber.open(IMPROVEMENT) as pdf:
        last = pdf.pages[-1]
        fills = Counter(tuple(round(part, 3) for part in rect["non_stroking_color"]) for rect in last.rects if rect["fill"])
        assert [len(table.rows) for table in last.find_tables()] == [1 + len(plan.summary.lines)]
        glyphs = Counter(char["text"] for page in pdf.pages[1:-1] for char in page.chars)
        headers = [page.extract_tables()[0][0][0] for page in pdf.pages[1:-1]]
    shown = Counter(line.rag for line in plan.summary.lines)
    assert (fills[red], fills[amber], fills[green]) == (shown["R"], shown["A"], shown["G"])
    arrows = Counter(row.direction for action in plan.actions for row in action.rows)
    assert (glyphs["↑"], glyphs["↔"], glyphs["↓"]) == (arrows["up"], arrows["same"], arrows["down"])
    assert set(headers) == {"Ref"}


def places(document: Plan | SelfEvaluation) -> set[str]:
    if isinstance(document, Plan):
        return {"", *(action.ref for action in document.actions), *(["summary"] if document.summary else [])}
    return {*(p.number for p in document.paragraphs), *(f"table {table.id}" for table in document.tables)}


def test_links_and_conflicts_point_at_what_is_printed() -> None:
    known = {name: places(document) for name, document in documents().items()}
    text = {name: printed(path) for name, path in (("new", IMPROVEMENT), ("self", EVALUATION), ("old", OLDER))}
    raw = load("links")
    for link in raw["link"]:
        for end in (link["from"], *([link["to"]] if link["to"] else [])):
            name, _, ref = end.partition(":")
            assert ref in known[name], link
        assert (link["what"] == ["dropped"]) == (not link["to"])
    for conflict in raw["conflict"]:
        for side in (conflict["a"], conflict["b"]):
            name, _, ref = side["at"].partition(":")
            assert ref in known[name], conflict["id"]
            assert flat(side["quote"]) in text[name], (conflict["id"], side["quote"])


def test_each_unfinished_promise_of_the_older_plan_has_an_end() -> None:
    followed = {link["from"] for link in load("links")["link"]}
    unfinished = {f"old:{action.ref}" for action in action_plan().actions if not action.completed}
    assert unfinished <= followed


def test_the_conflicts_in_the_figures_are_those_listed() -> None:
    rows = [r for r in self_evaluation().readings if r.ref == "table 2"]
    parts, total = sum(r.value or 0 for r in rows if r.breakdown), [r.value for r in rows if not r.breakdown]
    assert (parts, total) == (402, [412])
    assert round(100 * 31 / 48) == 65
    same = {"2025/26-Q1": "2025-06-30", "2025-06": "2025-06-30", "2025/26-Q2": "2025-09-30", "2025-09": "2025-09-30"}
    values: dict[tuple[str, str | None, str, str], set[float]] = {}
    for document in documents().values():
        for reading in document.readings:
            if reading.kind == "actual" and reading.value is not None:
                key = (reading.measure.lower(), reading.breakdown, reading.unit, same.get(reading.period, reading.period))
                values.setdefault(key, set()).add(reading.value)
    differ = {(measure, period): sorted(found) for (measure, _, _, period), found in values.items() if len(found) > 1}
    assert differ == {
        ("re-referrals within 12 months", "2025-06-30"): [23, 26],
        ("children on child protection plans", "2025-06-30"): [209, 214],
        ("care leavers with an up-to-date pathway plan", "2025-09-30"): [86, 89],
        ("vacancy rate for social workers", "2025-06-30"): [15.8, 16],
    }
