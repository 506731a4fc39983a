"""A small invented shelf of plans for tests of asking: two councils, a quarter's plan, an older one, a year's outcomes in prose."""

from __future__ import annotations

from dataclasses import replace

from ingest.language.status import status_of
from ingest.types import Action, Chunk, Commitment, Comparator, Measure, Place, Rating, Unit
from tests.app.memory import MemoryLibrary, entry

PLAN = "fernleigh-plan.pdf"
OLD = "fernleigh-2021.pdf"
OUTCOMES = "fernleigh-outcomes.pdf"
OTHER = "osmere-plan.pdf"


def measure(
    id_: str,
    name: str,
    value: float | None,
    target: float | None = 95,
    *,
    breakdown: str | None = None,
    unit: Unit = "percent",
    period: str | None = "2023/24-Q2",
    comparator: Comparator | None = ">=",
    document: str = PLAN,
    page: int = 1,
    section: str | None = "Seeing children in time",
    quote: str | None = None,
    rag: Rating | None = None,
) -> Measure:
    """A measure with the status its value and target give it."""
    sign = "%" if unit == "percent" else ""
    text = None if value is None else f"{value:g}{sign}"
    said = quote or " ".join(w for w in (name, breakdown, f"Target {target:g}{sign}" if target is not None else None, text) if w)
    return Measure(
        id_, Place(document, page, (10, 20, 200, 40), section), said, name, breakdown, "actual" if value is not None else "target_only",
        value, None, text, None, unit, period, target, None, comparator if target is not None else None, None, said if target else None,
        status_of(value, None, None, target, None, comparator), rag, None, None,
    )  # fmt: skip


def action(id_: str, ref: str, text: str, lead: str, due: str, due_iso: str, rag: Rating, progress: str, section: str) -> Action:
    """An action of the older plan."""
    quote = f"{ref} {text} {lead} {due} {progress}"
    done = progress.startswith("Completed")
    return Action(
        id_,
        Place(OLD, 2, (10, 50, 400, 90), section),
        quote,
        ref,
        text,
        lead,
        None,
        due,
        due_iso,
        False,
        progress,
        rag,
        None,
        done,
        None,
        (2,),
    )


NUMBERS = "CP numbers Sep 22: 140 Sep 23: 152"
FELL = "Complaints fell from 88 (22/23) to 61 (23/24)."
MEASURES = [
    measure("m1", "Looked after child (LAC) visits completed to timescale", 91),
    measure("m2", "Child in need (CIN) visits completed to timescale", 70, rag="R"),
    measure("m3", "Strategy discussions held within timescale", 97, 90),
    measure("m4", "supervisions undertaken in the month", 74, 90, breakdown="overall", section="Staff"),
    measure("m5", "supervisions undertaken in the month", 88, 90, breakdown="Court Team", section="Staff"),
    measure("m6", "workers holding more than 20 cases", 60, 0, breakdown="Court Team", comparator="<=", section="Staff"),
    measure("m7", "return home interviews held within 3 working days", None, 100, section="Missing children"),
    measure("m8", "Children on child protection plans", 140, None, unit="count", period="2022-09", quote=NUMBERS),
    measure("m9", "Children on child protection plans", 152, None, unit="count", period="2023-09", quote=NUMBERS),
    measure("p1", "complaints", 88, None, unit="count", period="2022/23", document=OUTCOMES, quote=FELL),
    measure("p2", "complaints", 61, None, unit="count", period="2023/24", document=OUTCOMES, quote=FELL),
    measure("p3", "Timeliness of visits to children on child protection plans", 96, None, period="2023/24", document=OUTCOMES),
    measure("o1", "average caseload per qualified social worker", None, 16, unit="count", period=None, comparator="<=", document=OTHER),
]  # fmt: skip
SIBLINGS = "Develop ways to decide whether siblings should be placed together or apart"
ACTIONS = [
    action("a1", "4", "Refresh the guidance", "Head of LAC (JK)", "October 2021", "2021-10", "G", "Completed.", SIBLINGS),
    action("a2", "5", "Audit how the guidance is used", "Head of Quality (AB)", "December 2021", "2021-12", "A",
           "Not yet commenced owing to capacity. Meeting held January 2022.", SIBLINGS),
    action("a3", "6", "Development of a health passport for care leavers", "Head of LAC (JK)", "January 2022", "2022-01", "G",
           "Best practice example identified.", "Care leavers have their health records"),
    action("a4", "7", "Training on private fostering for frontline staff", "Head of Fieldwork", "December 2021", "2021-12", "A",
           "Outstanding.", "Private fostering"),
]  # fmt: skip
PROSE = (
    "Complaints fell from 88 (22/23) to 61 (23/24). Fewer children are seen by a dentist because many are afraid of treatment. "
    "Team managers were asked what would help. They asked for steadier staffing and more training."
)


def shelf() -> MemoryLibrary:
    """The shelf, fresh."""
    entries = [
        entry(PLAN, "Fernleigh children's improvement plan 2023/24 quarter 2", "Fernleigh Council", "improvement plan", "2023/24-Q2"),
        entry(OLD, "Fernleigh action plan 2021", "Fernleigh Council", "action plan", "2021-12"),
        entry(OUTCOMES, "Fernleigh outcomes report", "Fernleigh Council", "report", "2023/24"),
        entry(OTHER, "Osmere workforce plan", "Osmere Council", "plan", "2022-07"),
    ]
    rows = [
        Chunk(f"c-{m.id}", m.place, "row", m.quote, f"{m.place.section} {m.quote}", (m.id,))
        for m in MEASURES
        if m.place.document != OUTCOMES
    ]
    rows += [Chunk(f"c-{a.id}", a.place, "row", a.quote, f"{a.place.section} {a.quote}", (a.id,)) for a in ACTIONS]
    told = tuple(m.id for m in MEASURES if m.place.document == OUTCOMES)
    prose = Chunk("c-prose", Place(OUTCOMES, 3, (0, 0, 9, 9), "What changed"), "prose", PROSE, f"What changed {PROSE}", told)
    visits = replace(prose, id="c-visits", text=MEASURES[11].quote + ".", embedded=MEASURES[11].quote)
    pledge = "We will publish a pledge to children in care by May 2024."
    commitment = Commitment("k1", Place(OUTCOMES, 4, None, "Promises"), pledge, pledge, "May 2024", None, "explicit", None)
    promised = Chunk("c-pledge", commitment.place, "prose", pledge, pledge, ("k1",))
    return MemoryLibrary(entries, list(MEASURES), list(ACTIONS), [commitment], [*rows, prose, visits, promised])
