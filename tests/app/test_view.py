"""What the chat draws, without drawing it: words for every field, nothing by colour alone, nothing of a document trusted."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from app import markup
from app.charts import Bar, Chart
from app.export import shown_columns
from app.grid import Cell, Grid, grid, record_grid
from app.types import Answer, Citation, Coverage, Line, Query, Question, TableOfRecords
from app.understood import understood
from app.view import document_lines, excerpt_of, other_page, view
from index.types import DocumentEntry
from ingest.types import Action, Commitment, Measure, PageInfo, Place, Record

PLAN = "plan.pdf"
HOSTILE = '<img src=x onerror=alert(1)> & "quoted" <b>bold</b> [1]'

VISITS = Measure(
    id="m1",
    place=Place(PLAN, 3, (10, 20, 30, 40), "Aim 1"),
    quote="Visits on time. Target 95% 85%",
    measure="visits on time",
    breakdown="Team A",
    kind="actual",
    value=85,
    value_high=None,
    value_text="85%",
    qualifier=None,
    unit="percent",
    period="2025/26-Q2",
    target=95,
    target_high=None,
    comparator=">=",
    target_period=None,
    target_quote="Target 95%",
    status="off_target",
    rag="A",
    direction="down",
    action_id=None,
)
AUDIT = Action(
    "a1",
    Place(PLAN, 4),
    "2.1 Audit",
    "2.1",
    "Audit all cases",
    "Head of Service",
    None,
    "May 2025",
    "2025-05",
    None,
    None,
    "R",
    None,
    None,
    None,
)
PLEDGE = Commitment("c1", Place("other.txt", None), "We will listen.", "listen", None, "the council", "explicit", None)


def entry(
    name: str = PLAN, title: str = "The plan", pages: tuple[PageInfo, ...] = (PageInfo(1, "text"),), format: str = "pdf"
) -> DocumentEntry:
    return DocumentEntry(name, title, "Anyshire", "plan", "2025/26-Q2", format, "0", pages, 1, 2, 3, 4, 5, 0, "2026-01-01T00:00:00Z")


def table(*records: Record, kind: str = "measures") -> TableOfRecords:
    return TableOfRecords(kind, tuple(Line(record, n) for n, record in enumerate(records, 1)))  # type: ignore[arg-type]


def cells(drawn: Grid, row: int = 0) -> dict[str, Cell]:
    return dict(zip(drawn.headers, drawn.rows[row], strict=True))


def answer(**changes: object) -> Answer:
    made = Answer(Question("Which?"), "answered", "One measure.", "One measure. [1]\nMore of it. [1]", Query("measures"))
    return replace(made, **changes)  # type: ignore[arg-type]


def test_a_measure_is_said_in_words() -> None:
    row = cells(grid(table(VISITS), {PLAN: "The plan"}))
    assert {header: cell.text for header, cell in row.items()} == {
        "Measure": "Visits on time",
        "Value": "85%",
        "Target": "at least 95%",
        "Period": "Q2 2025/26",
        "Status": "Off target",
        "Plan's rating": "Amber",
        "Plan's arrow": "↓\N{NO-BREAK SPACE}down",
        "Source": "[1] page 3",
    }
    assert row["Measure"].detail == "Team A"


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("off_target", "Off target"),
        ("on_target", "On target"),
        ("no_target", "No target"),
        ("no_value", "Not reported"),
        ("undetermined", "Not decidable"),
    ],
)
def test_every_status_is_a_word(status: str, words: str) -> None:
    assert cells(grid(table(replace(VISITS, status=status)), {}))["Status"].text == words  # type: ignore[arg-type]


@pytest.mark.parametrize(("rag", "word"), [("R", "Red"), ("A", "Amber"), ("G", "Green"), ("B", "Blue")])
def test_every_rating_is_a_word(rag: str, word: str) -> None:
    assert cells(grid(table(replace(VISITS, rag=rag)), {}))["Plan's rating"].text == word  # type: ignore[arg-type]


def test_what_is_not_reported_is_not_zero() -> None:
    assert cells(grid(table(replace(VISITS, value=None, value_text=None)), {}))["Value"].text == "not reported"
    assert cells(grid(table(replace(VISITS, value=None, value_text="n/a")), {}))["Value"].text == "n/a"


def test_a_target_of_another_time_says_by_when() -> None:
    assert cells(grid(table(replace(VISITS, target_period="2026-03-31")), {}))["Target"].detail == "by 31 March 2026"
    assert cells(grid(table(replace(VISITS, target_period="2025-09")), {}))["Target"].detail is None, "September is the end of quarter 2"


def test_columns_that_no_row_fills_are_left_out() -> None:
    headers = grid(table(replace(VISITS, rag=None, direction=None), replace(VISITS, rag=None, direction=None)), {}).headers
    assert headers == ("Measure", "Value", "Target", "Period", "Status", "Source")
    assert "Plan's rating" in grid(table(replace(VISITS, rag=None), VISITS), {}).headers


def test_the_document_is_named_once_or_in_each_row() -> None:
    one = grid(table(VISITS, VISITS), {PLAN: "The plan"})
    assert one.caption == "2 measures, from The plan"
    assert cells(one)["Source"].detail is None
    two = grid(table(VISITS, replace(VISITS, place=Place("old.pdf", 1))), {PLAN: "The plan", "old.pdf": "The old plan"})
    assert two.caption == "2 measures"
    assert [cells(two, row)["Source"].detail for row in (0, 1)] == ["The plan", "The old plan"]


def test_an_action_shows_its_first_date_and_the_status_it_prints_where_a_row_has_them() -> None:
    late = replace(AUDIT, status="Slipped", rag="A", due="June 2026", due_was="May 2025")
    row = cells(grid(table(late, AUDIT, kind="actions"), {}))
    assert [row[name].text for name in ("Due", "First due", "Plan's status", "Plan's rating")] == ["June 2026", "May 2025", "Slipped", ""]
    assert row["Plan's status"].tone == "A"
    assert not {"First due", "Plan's status"} & set(grid(table(AUDIT, kind="actions"), {}).headers)
    assert {"due_was", "status"} <= set(shown_columns(Action, [late, AUDIT]))
    assert not {"due_was", "status"} & set(shown_columns(Action, [AUDIT]))


def test_actions_and_commitments_have_their_own_columns() -> None:
    row = cells(grid(table(AUDIT, kind="actions"), {}))
    assert [row[name].text for name in ("Action", "Lead", "Due", "Plan's rating")] == [
        "2.1 Audit all cases",
        "Head of Service",
        "May 2025",
        "Red",
    ]
    row = cells(grid(table(PLEDGE, kind="commitments"), {}))
    assert [row[name].text for name in ("Commitment", "Owner", "Strength", "Source")] == ["listen", "the council", "Promised", "[1]"]


def test_an_answer_in_sentences_keeps_all_of_them_and_its_marks() -> None:
    shown = view(answer(), [entry()])
    assert (shown.headline, shown.body, shown.rule) == ("One measure. [1]", ("More of it. [1]",), ())


def test_a_list_leaves_its_rows_to_the_table_and_says_the_rule_after_it() -> None:
    text = "One measure.\n- visits on time: 85% [1]\nRule: less than the target."
    shown = view(answer(text=text, table=table(VISITS), coverage=Coverage(documents_searched=2, documents_silent=("old.pdf",))), [entry()])
    assert (shown.body, shown.rule) == ((), ("Rule: less than the target.",))
    assert shown.coverage == "2 documents searched; nothing on this in old.pdf."


def test_only_pages_that_can_be_drawn_are_offered() -> None:
    citations = tuple(Citation(n, name, "T", 3, "q", (0, 0, 1, 1)) for n, name in enumerate((PLAN, "notes.txt", "gone.pdf"), 1))
    pages = (PageInfo(2, "text"), PageInfo(3, "text", turned=90))
    shown = view(answer(citations=citations), [entry(pages=pages), entry("notes.txt", pages=pages, format="text")])
    assert [(excerpt.page, excerpt.turned) for excerpt in shown.excerpts] == [(3, 90), (None, 0), (None, 0)]
    assert shown.excerpts[0].place == "page 3"


def test_the_picture_of_a_page_is_told_in_words() -> None:
    [excerpt] = view(answer(citations=(Citation(1, PLAN, "The plan", 1, "85% on time", (0, 0, 1, 1)),)), [entry()]).excerpts
    assert excerpt.alt == "Page 1 of The plan, with the place of this excerpt framed: 85% on time"


def test_unanswered_questions_carry_a_label_and_answered_ones_do_not() -> None:
    assert view(answer(), []).label is None
    labels = {outcome: view(answer(outcome=outcome), []).label for outcome in ("measure_not_found", "period_not_reported", "out_of_scope")}
    assert all(labels.values()) and len(set(labels.values())) == 3


def test_a_record_on_its_own_is_a_source_whose_document_can_be_turned() -> None:
    pages = (PageInfo(2, "text", turned=90), PageInfo(3, "text"))
    excerpt = excerpt_of(VISITS, [entry(pages=pages)])
    assert (excerpt.title, excerpt.place, excerpt.page, excerpt.boxes, excerpt.quote) == (
        "The plan",
        "page 3",
        3,
        (VISITS.place.box,),
        VISITS.quote,
    )
    before = other_page(excerpt, 2, [entry(pages=pages)])
    assert (before.page, before.turned, before.boxes, before.place) == (2, 90, (), "page 2"), "nothing is framed on it"
    assert before.alt == "Page 2 of The plan"
    assert other_page(excerpt, 3, [entry(pages=pages)]) == excerpt


def test_a_document_says_what_could_not_be_read() -> None:
    pages = (PageInfo(1, "text"), PageInfo(2, "needs_ocr"), PageInfo(3, "needs_ocr"))
    assert document_lines(entry(pages=pages)) == (
        "The plan",
        "Anyshire · plan · Q2 2025/26",
        "3 pages · 1 measure · 2 actions",
        "No text on pages 2, 3",
    )


UNDERSTOOD = [
    (Query("measures", statuses=("off_target",), periods=("2025/26-Q2",)), "lists of measures; off target; Q2 2025/26"),
    (
        Query("actions", lead="Head of Service", rags=("R", "A")),
        "lists of actions and commitments; led by Head of Service; rated red or amber",
    ),
    (Query("actions", due_before="2025-05"), "lists of actions and commitments; due before May 2025"),
    (Query("measures", unit="percent", below=60.0), "lists of measures; below 60%"),
    (Query("measures", unit="percent", above=90.0, inclusive=True), "lists of measures; at or above 90%"),
    (Query("measures", authorities=("Anyshire",), documents=(PLAN,)), "lists of measures; of Anyshire; in The plan"),
    (Query("measures", topic=("@looked_after", "meal")), "lists of measures; about looked after child and meals"),
    (Query("measures", inherited=("topic", "spans", "periods")), "lists of measures; subject and period taken from your earlier question"),
]


@pytest.mark.parametrize(("query", "words"), UNDERSTOOD)
def test_what_was_understood_is_said_back(query: Query, words: str) -> None:
    assert understood(query, Question("And school meals?", ("Which KPIs?",)), {PLAN: "The plan"}) == words


class Parsed(HTMLParser):
    """The tags and the text of what was written."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[str] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_no_text_of_a_document_or_an_asker_becomes_markup() -> None:
    record = replace(VISITS, measure=HOSTILE, breakdown=HOSTILE, value_text=HOSTILE + "1", period=HOSTILE)
    made = answer(
        headline=HOSTILE,
        text=f"{HOSTILE}\n{HOSTILE}",
        table=table(record),
        citations=(Citation(1, PLAN, HOSTILE, 1, HOSTILE, None),),
        notes=(HOSTILE,),
        conflicts=(HOSTILE,),
        query=Query("measures", lead=HOSTILE),
    )
    shown = view(made, [entry(title=HOSTILE)])
    assert shown.grid
    links = markup.Links(0, 1)
    parts = [
        markup.question(HOSTILE, 0),
        markup.lead(shown, links),
        markup.chart(Chart(HOSTILE, HOSTILE, (Bar(HOSTILE, HOSTILE, 0.5, 0.7, "off"),))),
        markup.pairs([(HOSTILE, HOSTILE)]),
        markup.paragraphs([HOSTILE]),
        markup.proof(shown.excerpts[0], HOSTILE),
        markup.table(record_grid("measures", [replace(record, id=HOSTILE)], {}, HOSTILE, lambda _: HOSTILE)),
        markup.table(shown.grid, links),
        markup.rest(shown, links),
        markup.excerpt(shown.excerpts[0], 0),
        markup.documents([document_lines(entry(title=HOSTILE))]),
    ]
    for part in parts:
        found = Parsed(part)
        assert not {"img", "b"} & set(found.tags)
        assert "onerror" not in found.attributes
        assert HOSTILE in found.text


def test_every_source_can_be_opened_and_marks_without_one_are_no_links() -> None:
    grid_of_three = grid(table(VISITS, VISITS, VISITS), {})
    drawn = markup.table(grid_of_three, markup.Links(turn=4, last=2))
    assert re.findall(r'data-open="([^"]+)"', drawn) == ["4-1", "4-2"]
    assert "[3] page 3" in drawn


def test_a_table_of_records_leads_to_their_places_and_own_pages() -> None:
    drawn = record_grid("measures", [VISITS], {PLAN: "The plan"}, "1 measure", lambda record: f"?measure={record.id}")
    assert (drawn.caption, cells(drawn)["Source"]) == ("1 measure", Cell("page 3", detail="The plan", record="m1"))
    assert re.findall(r'data-open="([^"]+)"', markup.table(drawn)) == ["?measure=m1", "m1"]


def test_labels_of_buttons_are_shown_letter_by_letter() -> None:
    assert markup.label("**Is** [this] $5 :red[x] `y`?") == r"\*\*Is\*\* \[this\] \$5 \:red\[x\] \`y\`?"
