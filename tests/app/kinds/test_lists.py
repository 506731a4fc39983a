"""Lists of measures in people's own words: margins, bounds, parts of a plan, words that name no subject; checked against the records."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.engine import ask
from app.intake import take_in_all
from app.kinds.wording import gap
from app.types import Answer, Question
from index.embed import HashEncoder
from index.library import Library
from index.types import Filter
from ingest.types import Measure


def asked(library: Library, *questions: str) -> Answer:
    return ask(Question(questions[-1], questions[:-1]), library)


def rows(answer: Answer) -> list[Measure]:
    return [line.record for line in answer.table.rows if isinstance(line.record, Measure)] if answer.table else []


def missed(library: Library) -> list[Measure]:
    return rows(asked(library, "Which measures are below target in quarter 2?"))


def short_by(low: float, high: float = 1000.0, closed: bool = True) -> Callable[[Measure], bool]:
    """True for percentages that miss their target by `low` to `high` points."""

    def fits(m: Measure) -> bool:
        distance = gap(m)
        return m.unit == "percent" and distance is not None and (low <= distance if closed else low < distance) and distance <= high

    return fits


@pytest.mark.parametrize(
    ("question", "fits"),
    [
        ("Which targets did we miss by ten points or more in Q2?", short_by(10)),
        ("Q2: measures that fell short by five percentage points or less", short_by(0, 5)),
        ("which KPIs were more than 15 points adrift in quarter 2", short_by(15, closed=False)),
        ("Which Q2 measures are between 5 and 10 points below target?", short_by(5, 10)),
        ("Which Q2 measures fell short of their target by exactly 5 percentage points?", short_by(5, 5)),
        ("KPIs missed by more than 10 but no more than 20 points in Q2", short_by(10, 20, closed=False)),
        ("Which targets did we miss by miles in Q2? I mean more than 18 points adrift.", short_by(18, closed=False)),
        ("which measures were nowhere near target in Q2", short_by(20, closed=False)),
        ("Which KPIs were well short of target in Q2?", short_by(10, closed=False)),
        ("which Q2 targets were we not far off?", short_by(0, 5)),
        ("what did we only just miss in Q2?", short_by(0, 5)),
    ],
)
def test_margins(sample_library: Library, question: str, fits: Callable[[Measure], bool]) -> None:
    wanted = {m.id for m in missed(sample_library) if fits(m)}
    assert wanted
    assert {m.id for m in rows(asked(sample_library, question))} == wanted


@pytest.mark.parametrize(
    ("question", "note"),
    [
        ("which measures were nowhere near target in Q2", "“nowhere near” is read as missed by more than 20 points"),
        ("Which KPIs were well short of target in Q2?", "“well short” is read as missed by more than 10 points"),
        ("what did we only just miss in Q2?", "“only just miss” is read as missed by 5 points or less"),
    ],
)
def test_a_margin_in_words_is_said_as_it_was_read(sample_library: Library, question: str, note: str) -> None:
    answer = asked(sample_library, question)
    assert any(n.startswith(note) for n in answer.notes)
    assert note.partition(" is read as ")[2] in answer.text  # and the sentence that answers says it too


def test_measures_that_beat_their_target_by_a_margin(sample_library: Library) -> None:
    found = rows(asked(sample_library, "Which measures beat their target by 2 points or more in Q2?"))
    assert found
    assert all(m.status == "on_target" and (gap(m) or 0) <= -2 for m in found)


@pytest.mark.parametrize(
    ("question", "fits"),
    [
        ("Which Q2 percentages are under two thirds?", lambda m: m.value < 66.7),
        ("which of the percentages at Q2 are above 95?", lambda m: m.value > 95),
        ("Q2 measures with nine in ten or better", lambda m: m.value >= 90),
        ("Which measures in Q2 were over fifty per cent but under 80%?", lambda m: 50 < m.value < 80),
        ("which measures missed in Q2 and came in under 60%", lambda m: m.value < 60 and m.status == "off_target"),
        ("Which Q2 targets of 95% or more did we miss?", lambda m: (m.target or 0) >= 95 and m.status == "off_target"),
        ("Which amber measures missed their target in Q2?", lambda m: m.rag == "A" and m.status == "off_target"),
    ],
)
def test_bounds(sample_library: Library, question: str, fits: Callable[[Measure], bool]) -> None:
    answer = asked(sample_library, question)
    assert answer.query.intent == "measures"
    assert rows(answer)
    assert all(m.value is not None and fits(m) for m in rows(answer))


@pytest.mark.parametrize(
    "question",
    [
        "I'm a councillor and want to know which targets were missed in Q2",
        "For the scrutiny report: which key performance indicators were below their target at Q2?",
        "Q2 exception list: all indicators below target, with actual and target.",
        "Return all Q2 measures where actual < target.",
        "at the end of Q2, which KPIs remained below target?",
        "targets not met July to September 2025",
        "what's red against target in Q2",
        "Which measures are worse than target at Q2?",
        "I need to know where performance was lower than it should have been in Q2, measure by measure.",
        "In Q2, what have we not managed to get up to target?",
        "in Q2 which things were we meant to hit and didn't?",
        "Could you let me have the Q2 underperformers please",
        "Which of the plan's KPIs were not achieving their target at 30 September 2025?",
    ],
)
def test_what_leads_up_to_a_list_and_what_fills_it_is_no_subject(sample_library: Library, question: str) -> None:
    assert {m.id for m in rows(asked(sample_library, question))} == {m.id for m in missed(sample_library)}


_SAME = {
    "Which measures are below target in quarter 2?": [
        "Q2: which standards did the service fail to meet?",
        "what did the council fail to achieve against its targets by 30 September 2025",
        "Which measures in the Q2 improvement plan have a negative variance to target?",
        "Show every indicator underperforming against target at the Q2 point.",
        "Which measures still had a shortfall at the end of Q2?",
        "kpi's below target q2 please list them all",
        "Our Q2 failures against target - what are they?",
        "Which lines in the Q2 plan are below target?",
        "What didnt hit target july-sept 2025",
    ],
    "Which targets were met in quarter 2?": [
        "what did we hit in Q2?",
        "which measures are on target at Q2",
        "Which Q2 KPIs achieved their target?",
        "What went well against target in Q2?",
        "List the indicators at or above target for quarter two",
        "which of our targets did we manage to meet by the end of September 2025?",
        "Show me the green shoots: targets achieved in Q2",
        "Q2 successes against target please",
        "Which measures are performing to target in Q2?",
    ],
    "Which targets have no data yet in Q2?": [
        "Which Q2 measures are still waiting for figures?",
        "what can't be reported in Q2?",
        "List the targets without a value at quarter 2",
        "which indicators have nothing reported for Q2",
        "For which KPIs is there no Q2 figure?",
        "Q2 measures not reported",
        "which measures have missing data in Q2",
        "What data gaps are there in Q2?",
    ],
    "Which measure is furthest below target in Q2?": [
        "What's our worst KPI against target in Q2?",
        "Which target did we miss by the most in Q2?",
        "Where is the biggest gap to target in Q2?",
        "which measure in Q2 is the furthest off its target",
        "name the poorest performer against target in Q2",
        "Which Q2 indicator has the widest shortfall?",
    ],
    "How many targets were missed in Q2?": [
        "How many KPIs are below target at quarter 2?",
        "count of measures off target in Q2",
        "What number of targets did we miss in Q2?",
        "In Q2, how many measures fell short?",
        "Number of KPIs not meeting target Q2?",
        "how many of our targets didn't we hit in Q2",
    ],
    "Which measures got worse between Q1 and Q2?": [
        "Which KPIs have gone backwards since Q1?",
        "what's deteriorated between quarter 1 and quarter 2",
        "Which indicators declined from Q1 to Q2?",
        "which measures slipped between Q1 and Q2?",
        "Where is performance worse in Q2 than in Q1?",
        "Which measures are heading the wrong way since quarter 1?",
    ],
}


@pytest.mark.parametrize(("plain", "wording"), [(plain, wording) for plain, wordings in _SAME.items() for wording in wordings])
def test_every_wording_gives_the_same_table(sample_library: Library, plain: str, wording: str) -> None:
    wanted = {m.id for m in rows(asked(sample_library, plain))}
    assert wanted
    assert {m.id for m in rows(asked(sample_library, wording))} == wanted


def test_words_that_name_no_subject_are_left_aside_and_said(sample_library: Library) -> None:
    answer = asked(sample_library, "Which KPIs doggedly missed their target in Q2?")
    assert {m.id for m in rows(answer)} == {m.id for m in missed(sample_library)}
    assert answer.query.unread == ("doggedly",)
    assert any("doggedly" in note for note in answer.notes)


def test_a_subject_that_nothing_measures_is_refused_not_left_aside(sample_library: Library) -> None:
    assert asked(sample_library, "Which measures on potholes are below target in Q2?").outcome == "measure_not_found"


def test_a_page_narrows_a_list(sample_library: Library) -> None:
    answer = asked(sample_library, "List the measures on page 3 of the 2025-26 plan that are below target")
    assert answer.query.pages == (3,)
    assert {m.id for m in rows(answer)} == {m.id for m in missed(sample_library) if m.place.page == 3}


def test_a_heading_narrows_a_list(sample_library: Library) -> None:
    answer = asked(sample_library, "Which measures in the stable and skilled workforce section of the 2025-26 plan are below target?")
    assert answer.query.heading
    assert rows(answer)
    assert len({m.place.section for m in rows(answer)}) == 1


def test_teams_are_counted_by_their_figures(sample_library: Library) -> None:
    answer = asked(sample_library, "How many safeguarding teams hit the supervision target in Q2?")
    assert answer.count == 2
    assert all(m.breakdown for m in rows(answer))


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("are we keeping on top of child protection visits?", {88.0}),
        ("how are we doing on initial health assessments?", {58.0}),
        ("Do we see children in need on time?", {79.0}),
        ("Are we visiting children in care often enough?", {96.0}),
        ("are complaints being answered quickly enough?", {72.0}),
    ],
)
def test_how_things_stand_is_the_figure_against_its_target(sample_library: Library, question: str, values: set[float]) -> None:
    answer = asked(sample_library, question)
    assert {m.value for m in rows(answer)} == values
    assert "against a target of" in answer.headline


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("What was the target for new fostering households in the 2023-24 plan, and what is it in the 2025-26 plan?", {30.0, 20.0}),
        ("Compare initial health assessments in the self-evaluation with the figure in the 2025-26 improvement plan", {63.0, 58.0}),
        ("What is the gap between the two assessment teams?", {62.0, 81.0}),
    ],
)
def test_two_documents_or_teams_side_by_side(sample_library: Library, question: str, values: set[float]) -> None:
    found = rows(asked(sample_library, question))
    assert values <= {v for m in found for v in (m.value, m.target) if v is not None}


@pytest.mark.parametrize(
    "question",
    [
        "Why did the academy fall short of its 12 newly qualified starters in September 2025?",
        "Why did review conferences fall below target in Q2?",
        "why did turnover go above its limit in Q2?",
    ],
)
def test_a_premise_the_figures_contradict_is_corrected(sample_library: Library, question: str) -> None:
    assert asked(sample_library, question).outcome == "false_premise"


@pytest.mark.parametrize(
    "question",
    [
        "What are the names of the two agency workers who left Safeguarding Team 2 in July?",
        "Who are the six children who waited longest? give names",
        "which care leaver was it who complained about their flat",
    ],
)
def test_persons_behind_a_count_are_not_named(sample_library: Library, question: str) -> None:
    assert asked(sample_library, question).outcome == "out_of_scope"


def test_what_a_question_leaves_out_is_left_out_and_said(sample_library: Library) -> None:
    answer = asked(sample_library, "Which targets did we miss in Q2, not counting housing?")
    left = {m.id for m in missed(sample_library)} - {m.id for m in rows(answer)}
    assert left and all(m.place.section and "home" in m.place.section for m in missed(sample_library) if m.id in left and not m.breakdown)
    assert any("left out" in note for note in answer.notes)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("is the caseload manageable?", 18.4),
        ("what's the picture on agency staff?", 21.0),
        ("are complaints still too slow?", 72.0),
        ("is recruitment of foster carers where it needs to be?", 7.0),
    ],
)
def test_more_ways_of_asking_how_things_stand(sample_library: Library, question: str, value: float) -> None:
    assert rows(asked(sample_library, question))[0].value == value


def test_targets_beaten_by_much_or_only_just(sample_library: Library) -> None:
    met = rows(asked(sample_library, "Which targets were met in Q2?"))
    for question, fits in (
        ("which targets were comfortably beaten in Q2?", lambda surplus: surplus > 10),
        ("Which measures scraped over the line in Q2?", lambda surplus: surplus <= 5),
    ):
        wanted = {m.id for m in met if m.unit == "percent" and (d := gap(m)) is not None and fits(-d)}
        assert {m.id for m in rows(asked(sample_library, question))} == wanted


def _changed(library: Library) -> dict[str, float]:
    """How far each percentage of the newest plan moved between the ends of quarters 1 and 2, by id of the later figure."""
    at = {q: [m for m in library.measures(Filter()) if m.period == f"2025/26-Q{q}" and m.unit == "percent" and m.value] for q in (1, 2)}
    return {
        b.id: round((b.value or 0) - (a.value or 0), 6)
        for a in at[1]
        for b in at[2]
        if (a.measure, a.breakdown, a.place.document, a.kind) == (b.measure, b.breakdown, b.place.document, b.kind)
    }


@pytest.mark.parametrize(
    ("question", "fits"),
    [
        ("Which percentages went up by 5 points or more between Q1 and Q2 2025/26?", lambda d: d >= 5),
        ("which percentages rose by more than 5 points between quarter 1 and quarter 2 of 2025/26", lambda d: d > 5),
        ("Which percentage indicators were lower in Q2 2025/26 than in Q1 2025/26?", lambda d: d < 0),
        ("Which percentage measures fell between Q1 and Q2 2025/26?", lambda d: d < 0),
    ],
)
def test_lists_of_what_rose_or_fell(sample_library: Library, question: str, fits: Callable[[float], bool]) -> None:
    changed = _changed(sample_library)
    found = rows(asked(sample_library, question))
    values = {m.id: m.value for m in sample_library.measures(Filter())}
    wanted = {values[i] for i, d in changed.items() if fits(d)}  # a summary's line stands for the plan's own, which is listed
    assert wanted and len(wanted - {m.value for m in found}) <= 1  # and the plan gives one of them otherwise
    assert all(fits(changed[m.id]) for m in found if m.id in changed)


def test_what_is_set_aside_in_a_list_sets_no_condition(sample_library: Library) -> None:
    plain = rows(asked(sample_library, "Which measures got worse between Q1 and Q2?"))
    asked_so = "Which measures got worse between Q1 and Q2? Not the ones just below target, the ones going the wrong way."
    assert {m.id for m in rows(asked(sample_library, asked_so))} == {m.id for m in plain}


def test_a_range_of_points_is_a_margin_wherever_the_gap_is_named(sample_library: Library) -> None:
    asked_so = "List the Q2 percentage KPIs whose shortfall against target was between 5 and 10 percentage points."
    wanted = {m.id for m in missed(sample_library) if short_by(5, 10)(m)}
    assert wanted and {m.id for m in rows(asked(sample_library, asked_so))} == wanted


def test_the_date_of_a_target_is_not_the_time_of_the_figure(sample_library: Library) -> None:
    plain = rows(asked(sample_library, "Which measure missed in Q2 was closest to its target?"))
    assert plain and rows(asked(sample_library, "Which measure missed in Q2 was closest to its March 2026 target?")) == plain


def test_good_news_above_a_bound_is_no_condition_of_its_own(sample_library: Library) -> None:
    plain = rows(asked(sample_library, "Which percentages came in at 95% or better in Q2 2025/26?"))
    assert plain == rows(asked(sample_library, "Give us the good news - which percentages came in at 95% or better in Q2 2025/26?"))


def test_parts_are_asked_for_by_what_they_are_called(sample_library: Library) -> None:
    found = rows(asked(sample_library, "Which partners are below the target for attending the Improvement Board?"))
    assert [m.breakdown for m in found] == ["Schools"]


def test_a_rating_said_beside_the_question_stands_for_a_loose_margin(sample_library: Library) -> None:
    loose = rows(asked(sample_library, "What are we only a whisker off on in Q2? The amber ones, I mean."))
    assert loose
    assert loose == rows(asked(sample_library, "Which measures are rated amber in Q2?"))


RATED = """# Dunmarsh Council performance report, Q2 2025/26

| Measure | Target | Q2 2025/26 | RAG |
|---|---|---|---|
| Homes let on time | 90% | 71% | Red |
| Calls answered | 80% | 85% | Green |

| Action | Lead | Due | Progress | RAG |
|---|---|---|---|---|
| Buy 80 homes | Head of Homes | March 2026 | 37 homes bought, 12 empty. | Red |
| Sell the depot | Head of Property | May 2026 | Offers are late. | Amber |
"""


def test_a_documents_own_name_for_its_list_narrows_nothing(tmp_path: Path) -> None:
    text = RATED.replace("| Measure | Target", "## Appendix A: Outcome measures\n\n| Measure | Target").replace(
        "| Action |", "| Delivery action |"
    )
    (tmp_path / "report.md").write_text(text, encoding="utf-8")
    with Library.open(tmp_path / "library", create=True, encoder=HashEncoder()) as library:
        assert [r.status for r in take_in_all([tmp_path / "report.md"], library, lambda *_: None)] == ["read"]
        for question in ("Which outcome measures are red?", "Which measures in the tracker are red?", "Which of the measures are red?"):
            assert [m.measure for m in rows(asked(library, question))] == ["Homes let on time"]
        for question in ("Which of the measures in the report are red?", "Which measures in Dunmarsh's report are red?"):
            assert [m.measure for m in rows(asked(library, question))] == ["Homes let on time"]
        for question in ("Which delivery actions are rated red?", "How many delivery actions in the tracker are red?"):
            assert asked(library, question).headline in ("1 action is rated red.", "1 of 2 actions is rated red.")
        assert asked(library, "Which actions are in trouble, i.e. red or amber?").text.startswith("2 actions are rated red or amber.")


def test_a_number_in_the_note_of_a_red_action_is_no_red_measure(tmp_path: Path) -> None:
    (tmp_path / "report.md").write_text(RATED, encoding="utf-8")
    with Library.open(tmp_path / "library", create=True, encoder=HashEncoder()) as library:
        assert [r.status for r in take_in_all([tmp_path / "report.md"], library, lambda *_: None)] == ["read"]
        assert [m.measure for m in rows(asked(library, "Which measures are rated red?"))] == ["Homes let on time"]


def test_a_report_of_a_month_judges_the_figures_it_gives(tmp_path: Path) -> None:
    text = RATED.replace("performance report, Q2 2025/26", "performance report, October 2025").replace("Q2 2025/26", "September 2025")
    (tmp_path / "report.md").write_text(text, encoding="utf-8")
    with Library.open(tmp_path / "library", create=True, encoder=HashEncoder()) as library:
        assert [r.status for r in take_in_all([tmp_path / "report.md"], library, lambda *_: None)] == ["read"]
        for month in ("September", "October"):
            found = rows(asked(library, f"Which measures were below target in {month} 2025?"))
            assert [(m.measure, m.period) for m in found] == [("Homes let on time", "2025-09")]


REVIEWED = """# Dunmarsh Council children's plan, Q2 2025/26

## Reviews of children

| Measure | Target | Q2 2025/26 | RAG |
|---|---|---|---|
| LAC reviews held on time | 95% | 85% | Amber |
| Calls answered | 80% | 75% | Amber |
"""


def test_a_review_of_children_is_a_subject_where_no_paper_is_called_so(tmp_path: Path) -> None:
    (tmp_path / "plan.md").write_text(REVIEWED, encoding="utf-8")
    with Library.open(tmp_path / "library", create=True, encoder=HashEncoder()) as library:
        assert [r.status for r in take_in_all([tmp_path / "plan.md"], library, lambda *_: None)] == ["read"]
        found = rows(asked(library, "Which of the LAC review standards were rated amber?"))
        assert [m.measure for m in found] == ["LAC reviews held on time"]
