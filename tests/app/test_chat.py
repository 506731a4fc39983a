"""The chat as its users meet it, over a library of the sample plans; the engine is a function handed in, so answers are made here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from app.errors import AppError
from app.types import Answer, Citation, Correction, Coverage, Library, Line, Query, Question, TableOfRecords
from index.embed import HashEncoder
from index.library import Library as LibraryFolder
from index.types import Filter

HOSTILE = "<script>alert(1)</script> **bold** $x$ [a](http://b) :smile:"

Asking = Callable[[Question, Library], Answer]


def page(library: object, ask: object) -> None:
    """What Streamlit runs."""
    from app.screens.ask import chat

    chat(library, ask)  # type: ignore[arg-type]  # Streamlit runs this text on its own, where only builtins are known


def started(library: Library, ask: Asking) -> AppTest:
    app = AppTest.from_function(page, kwargs={"library": library, "ask": ask}, default_timeout=20).run()
    assert not app.exception
    return app


def asked(app: AppTest, question: str) -> AppTest:
    app.chat_input[0].set_value(question).run()
    assert not app.exception
    return app


def drawn(app: AppTest) -> str:
    """All HTML on the page."""
    return "\n".join(element.proto.body for element in app.get("html"))


def suggestions(app: AppTest) -> list[str]:
    return [button.label for button in app.button if (button.key or "").startswith("suggestion")]


def missed(question: Question, library: Library) -> Answer:
    """All missed measures of the library as an answer."""
    rows = library.measures(Filter(statuses=("off_target",)))
    titles = {entry.name: entry.title for entry in library.documents()}
    return Answer(
        question,
        "answered",
        f"{len(rows)} measures missed their target.",
        f"{len(rows)} measures missed their target. The first is {rows[0].measure} [1].",
        Query("measures", statuses=("off_target",)),
        TableOfRecords("measures", tuple(Line(row, n) for n, row in enumerate(rows, 1))),
        coverage=Coverage(len(rows) + 3, len(rows), 2, 1, 0, 3, (library.documents()[0].name,)),
        citations=tuple(
            Citation(n, row.place.document, titles[row.place.document], row.place.page, row.quote, row.place.box, row.id)
            for n, row in enumerate(rows, 1)
        ),
        notes=("A value misses an “at least” target when it is lower.",),
    )


def refused(question: Question, library: Library) -> Answer:
    headline = f"Nothing about {HOSTILE} was found."
    return Answer(question, "measure_not_found", headline, headline, Query("figure"))


@pytest.fixture
def history() -> list[Question]:
    return []


@pytest.fixture
def recording(history: list[Question]) -> Asking:
    """Answers with the missed measures, and keeps what was asked."""

    def ask(question: Question, library: Library) -> Answer:
        history.append(question)
        return missed(question, library)

    return ask


def test_the_start_page_lists_the_documents_and_suggests_questions(sample_library: LibraryFolder) -> None:
    app = started(sample_library, missed)
    assert app.title[0].value == "Planspoken"
    for entry in sample_library.documents():
        assert entry.title in drawn(app)
        assert f"{len(entry.pages)} pages" in drawn(app)
    labels = [button.label for button in app.button]
    assert 3 <= len(labels) <= 6
    assert any("below target" in label for label in labels)


def test_a_suggested_question_is_asked_as_it_reads(sample_library: LibraryFolder, recording: Asking, history: list[Question]) -> None:
    app = started(sample_library, recording)
    label = app.button[1].label
    app.button[1].click().run()
    assert not app.exception
    assert [question.text for question in history] == [label.replace("\\", "")]
    assert not suggestions(app), "an answer takes their place"


def test_an_answer_shows_headline_table_coverage_notes_and_excerpts(sample_library: LibraryFolder) -> None:
    app = asked(started(sample_library, missed), "Which KPIs are below target?")
    html = drawn(app)
    rows = sample_library.measures(Filter(statuses=("off_target",)))
    assert f"{len(rows)} measures missed their target." in html
    assert html.count("<tr") == len(rows) + 1
    assert html.count('ps-off">Off target<') == len(rows), "the status is a word"
    assert "3 documents searched; nothing on this in" in html
    assert "A value misses an “at least” target when it is lower." in html
    assert html.count("<blockquote>") == 5
    assert html.index("<h2") < html.index("<table") < html.index("<blockquote>")


def test_only_the_first_place_is_drawn(sample_library: LibraryFolder) -> None:
    app = asked(started(sample_library, missed), "Which KPIs are below target?")
    first = sample_library.measures(Filter(statuses=("off_target",)))[0]
    [image] = app.get("image")
    assert image.proto.imgs[0].alt.endswith(first.quote)


def test_all_excerpts_are_shown_on_request_and_every_row_leads_to_its_source(sample_library: LibraryFolder) -> None:
    app = asked(started(sample_library, missed), "Which KPIs are below target?")
    count = len(sample_library.measures(Filter(statuses=("off_target",))))
    [more] = [button for button in app.button if button.label.startswith("Show all")]
    assert more.label == f"Show all {count} excerpts"
    assert drawn(app).count('data-open="0-') == count + 1 + 5, "each row, a mark in the text, and each excerpt shown"
    more.click().run()
    assert drawn(app).count("<blockquote>") == count


def test_what_was_understood_can_be_changed_and_is_answered_at_once(
    sample_library: LibraryFolder, recording: Asking, history: list[Question]
) -> None:
    app = asked(started(sample_library, recording), "Which KPIs are below target?")
    assert app.multiselect(key="fix-0-statuses").value == ["off_target"]
    app.multiselect(key="fix-0-statuses").set_value(["off_target", "no_value"]).run()
    app.text_input(key="fix-0-topic").set_value(" visits ").run()
    assert not app.exception
    assert [question.corrections for question in history] == [
        (None,),
        (Correction(statuses=("off_target", "no_value")),),
        (Correction(topic="visits", statuses=("off_target", "no_value")),),
    ]
    asked(app, "And in Q1?")
    assert history[-1].corrections == (history[-2].corrections[0], None), "a follow-up leans on what was corrected"
    next(button for button in app.button if button.label == "As it was first understood").click().run()
    assert list(history[-1].corrections) == [None]


def test_a_link_brings_the_talk_back(sample_library: LibraryFolder, recording: Asking, history: list[Question]) -> None:
    app = asked(started(sample_library, recording), "Which KPIs are below target?")
    app.multiselect(key="fix-0-statuses").set_value([]).run()
    asked(app, "And in Q1?")
    told = list(history)
    link = parse_qs(urlsplit(app.code[-1].value).query)
    again = AppTest.from_function(page, kwargs={"library": sample_library, "ask": recording}, default_timeout=20)
    for name, values in link.items():
        again.query_params[name] = values
    again.run()
    assert not again.exception
    assert history[len(told) :] == told[1:], "the same questions with the same corrections"
    assert drawn(again).count("<h2") == 2


def test_an_answer_can_be_copied(sample_library: LibraryFolder) -> None:
    app = asked(started(sample_library, missed), "Which KPIs are below target?")
    first = sample_library.measures(Filter(statuses=("off_target",)))[0]
    text, link = [code.value for code in app.code]
    assert text.startswith("Which KPIs are below target?\n")
    assert f"“{first.quote}”" in text
    assert link.endswith("?q=Which+KPIs+are+below+target%3F")


def test_follow_ups_carry_the_earlier_questions(sample_library: LibraryFolder, recording: Asking, history: list[Question]) -> None:
    app = started(sample_library, recording)
    for text in ("Which KPIs are below target?", "And in Q1?", "  Only the red ones  "):
        asked(app, text)
    assert [(question.text, question.history) for question in history] == [
        ("Which KPIs are below target?", ()),
        ("And in Q1?", ("Which KPIs are below target?",)),
        ("Only the red ones", ("Which KPIs are below target?", "And in Q1?")),
    ]
    assert drawn(app).count("<h2") == 3
    next(button for button in app.button if button.label == "Start again").click().run()
    assert "<h2" not in drawn(app)
    asked(app, "And now?")
    assert history[-1].history == ()


def test_texts_of_documents_and_askers_are_shown_letter_by_letter(sample_library: LibraryFolder) -> None:
    app = asked(started(sample_library, refused), HOSTILE)
    html = drawn(app)
    assert "<script>alert" not in html
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt; **bold** $x$ [a](http://b) :smile:") == 2
    assert "No such measure in these documents" in html
    assert not app.markdown or all(HOSTILE not in element.value for element in app.markdown)


def test_a_refusal_offers_questions_that_can_be_answered(sample_library: LibraryFolder) -> None:
    app = asked(started(sample_library, refused), "School meals?")
    assert suggestions(app)


def test_what_the_asker_can_mend_is_said_in_one_line(sample_library: LibraryFolder) -> None:
    def ask(question: Question, library: Library) -> Answer:
        raise AppError("the model *x* cannot be used: install it")

    app = asked(started(sample_library, ask), "Anything?")
    assert [error.value for error in app.error] == ["the model \\*x\\* cannot be used: install it".replace(":", "\\:")]


def test_a_fault_of_ours_shows_one_line_and_keeps_the_talk(sample_library: LibraryFolder, caplog: pytest.LogCaptureFixture) -> None:
    def ask(question: Question, library: Library) -> Answer:
        if question.history:
            raise ZeroDivisionError("secret")
        return missed(question, library)

    app = asked(asked(started(sample_library, ask), "First"), "Second")
    assert len(app.error) == 1
    assert "ZeroDivisionError" in app.error[0].value and "secret" not in app.error[0].value
    assert "<h2" in drawn(app)
    assert "secret" in caplog.text, "the terminal has it all"


def test_an_empty_library_says_what_to_do(tmp_path: Path) -> None:
    with LibraryFolder.open(tmp_path / "library", create=True, encoder=HashEncoder()) as library:
        app = started(library, missed)
    assert "planspoken ingest" in app.info[0].value and "Documents" in app.info[0].value
    assert not app.chat_input
    assert not app.button


def test_a_document_taken_out_meanwhile_leaves_its_answer_without_pictures(sample_library: LibraryFolder) -> None:
    shelf = SimpleNamespace(
        generation=1,
        documents=sample_library.documents,
        measures=sample_library.measures,
        actions=sample_library.actions,
        original=sample_library.original,
    )
    app = asked(started(shelf, missed), "Which KPIs are below target?")
    rest = sample_library.documents()[:1]
    shelf.documents = lambda: rest
    app.run()
    assert not app.exception
    assert drawn(app).count("<blockquote>") == 5


def test_an_answer_can_be_taken_away(sample_library: LibraryFolder) -> None:
    app = asked(started(sample_library, missed), "Which KPIs are below target?")
    labels = [download.proto.label for download in app.get("download_button")]
    assert labels == ["Table (CSV)", "Workbook (Excel)", "Briefing (Word)"]
    asked(started(sample_library, refused), "School meals?")
