"""The screens besides the chat as their users meet them, over the sample plans."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from app.intake import FileReport, take_in_all
from app.sample import SAMPLE_PLANS
from app.uploads import Progress, Uploads
from index.embed import HashEncoder
from index.library import Library
from index.links import Conflict, Side
from index.types import Filter


def screen(name: str, *handed: object) -> None:
    """What Streamlit runs."""
    from app.screens.commitments import commitments
    from app.screens.disagreements import disagreements
    from app.screens.documents import documents
    from app.screens.how_made import how_made
    from app.screens.measures import measures
    from app.screens.review import review

    screens = {
        "measures": measures,
        "commitments": commitments,
        "documents": documents,
        "disagreements": disagreements,
        "how": how_made,
        "review": review,
    }
    screens[name](*handed)  # type: ignore[operator]


def started(name: str, *handed: object, **address: str) -> AppTest:
    app = AppTest.from_function(screen, args=(name, *handed), default_timeout=60)
    for key, value in address.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app


def drawn(app: AppTest) -> str:
    """All HTML on the page."""
    return "\n".join(element.proto.body for element in app.get("html"))


def run(app: AppTest) -> str:
    assert not app.exception
    return drawn(app)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library", create=True, encoder=HashEncoder()) as library:
        yield library


def unread(path: Path, progress: Progress) -> FileReport:
    raise AssertionError("nothing was handed over")


# -- measures


def test_the_scorecard_shows_all_and_narrows(sample_library: Library) -> None:
    app = started("measures", sample_library)
    every = sample_library.measures()
    assert f"{len(every)} measures" in drawn(app)
    html = run(app.multiselect(key="measures-status").select("off_target").run())
    missed = sample_library.measures(Filter(statuses=("off_target",)))
    assert f"{len(missed)} measures, furthest off target first" in html
    assert html.count('ps-off">Off target<') == len(missed)
    html = run(app.text_input(key="measures-topic").set_value("zebra").run())
    assert "<table" not in html
    assert app.info[0].value.startswith(f"None of the {len(every)} measures")


def test_a_measure_has_a_page_of_its_own(sample_library: Library) -> None:
    measure = next(m for m in sample_library.measures() if m.target is not None)
    app = started("measures", sample_library, measure=measure.id)
    assert measure.measure.casefold() in app.title[0].value.replace("\\", "").casefold()
    assert "Targets" in drawn(app) and "first to last" in drawn(app)
    app.button[0].click().run()
    assert "furthest off target first" in run(app)


def test_a_measure_that_is_gone_says_so(sample_library: Library) -> None:
    assert "not in the library any more" in started("measures", sample_library, measure="gone").info[0].value


# -- commitments


def test_the_register_is_searched_and_filtered(sample_library: Library) -> None:
    app = started("commitments", sample_library)
    every = sample_library.commitments()
    assert f"{len(every)} commitments" in drawn(app)
    html = run(app.text_input(key="commitments-text").set_value(every[0].commitment).run())
    first = html[html.index("<tbody") :]
    assert every[0].id.replace("/", "%2F") in first[: first.index("</tr>")]
    app.text_input(key="commitments-text").set_value("").run()
    html = run(app.multiselect(key="commitments-rating").select("R").run())
    assert html.count('class="ps-tone ps-R"') == html.count("<tr role") - 1 > 0


def test_a_commitment_has_a_page_beside_its_place(sample_library: Library) -> None:
    commitment = next(c for c in sample_library.commitments() if c.place.page and c.place.box)
    app = started("commitments", sample_library, commitment=commitment.id)
    assert len(app.get("image")) == 1
    assert "State" in drawn(app)
    assert "not in the library any more" in started("commitments", sample_library, commitment="gone").info[0].value


def test_a_commitment_is_followed_through_the_plans(sample_library: Library) -> None:
    hub = next(a for a in sample_library.actions() if a.ref == "1.5")
    commitment = next(c for c in sample_library.commitments() if c.action_id == hub.id)
    html = drawn(started("commitments", sample_library, commitment=commitment.id))
    assert "Through the plans" in html and "Promised in like words" not in html
    assert html.count("<ol>") == 1 and html.count('data-open="') >= 3
    assert "The due date moved from March 2024 to end of September 2025" in html


# -- documents


def test_a_document_is_reviewed_record_by_record(sample_library: Library) -> None:
    entry = next(e for e in sample_library.documents() if e.measures and e.actions)
    app = started("documents", sample_library, Uploads(unread), document=entry.name)
    records = sample_library.measures(Filter(documents=(entry.name,)))
    assert records[0].id in drawn(app)
    next(button for button in app.button if button.label == "Next record").click().run()
    assert records[1].id in run(app)
    app.radio[0].set_value("actions").run()
    assert sample_library.actions(Filter(documents=(entry.name,)))[0].id in run(app)
    assert entry.sha256 in drawn(app)


def test_a_document_is_removed_after_a_second_thought(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library", create=True, encoder=HashEncoder()) as library:
        list(take_in_all(SAMPLE_PLANS[:1], library, lambda *_: None))
        app = started("documents", library, Uploads(unread), document=SAMPLE_PLANS[0].name)
        next(button for button in app.button if button.label == "Remove this document").click().run()
        assert library.documents(), "not yet"
        next(button for button in app.button if button.label == "Remove it").click().run()
        assert not app.exception
        assert library.documents() == []


def test_what_was_handed_over_is_listed_with_what_became_of_it(empty: Library) -> None:
    reports = {
        "good.pdf": FileReport("good.pdf", "read", measures=3),
        "odd.bin": FileReport("odd.bin", "refused", "no reader for .bin"),
        "scan.pdf": FileReport("scan.pdf", "partly_read", "no text on page 2"),
    }
    uploads = Uploads(lambda path, _: reports[path.name])
    for name in reports:
        uploads.hand_over(name, b"x")
    while uploads.busy():
        threading.Event().wait(0.02)
    app = started("documents", empty, uploads)
    assert "good\\.pdf" in app.success[0].value
    assert "no reader for" in app.error[0].value
    assert "no text on page 2" in app.warning[0].value
    assert "This library is empty" in app.info[0].value


def test_while_files_are_read_it_says_so(empty: Library) -> None:
    may_go = threading.Event()

    def read(path: Path, progress: Progress) -> FileReport:
        progress("embedding", 3, 4)
        may_go.wait(60)
        return FileReport(path.name, "read")

    uploads = Uploads(read)
    uploads.hand_over("a.pdf", b"x")
    while not uploads.listed()[0].of:
        threading.Event().wait(0.02)
    app = started("documents", empty, uploads)
    [bar] = app.get("progress")
    assert (bar.proto.value, bar.proto.text) == (75, "a\\.pdf: Preparing the search, 3 of 4")
    may_go.set()


@pytest.mark.parametrize("name", ["measures", "commitments"])
def test_empty_screens_say_what_to_do(name: str, empty: Library) -> None:
    assert "Add plans on the page" in started(name, empty).info[0].value


# -- disagreements


def test_both_places_of_a_disagreement_stand_side_by_side(sample_library: Library) -> None:
    one, other = [m for m in sample_library.measures() if m.place.box][:2]
    first = Conflict("visits", "2025/26-Q2", True, Side(one.place, "85%", one.quote), Side(other.place, "90%", other.quote), "two values")
    shelf = SimpleNamespace(
        generation=-1,
        documents=sample_library.documents,
        original=sample_library.original,
        conflicts=lambda: [first, replace(first, certain=False)],
    )
    app = started("disagreements", shelf)
    assert [expander.label for expander in app.expander] == [
        "**visits, Q2 2025/26**: 85% or 90%",
        "**visits, Q2 2025/26**: 85% or 90% (possible)",
    ]
    assert len(app.get("image")) == 2, "those of the first, which is open"
    assert drawn(app).count("<blockquote>") == 2
    assert "2 disagreements: 1 certain, 1 possible." in [element.value for element in app.markdown]


def test_no_disagreements_are_said_for_what_they_are(empty: Library) -> None:
    assert started("disagreements", empty).info[0].value.startswith("No two figures that were read disagree.")


# -- review


@pytest.fixture
def changing(tmp_path: Path) -> Iterator[Library]:
    """A library of one sample plan, to be changed."""
    with Library.open(tmp_path / "library", create=True, encoder=HashEncoder()) as library:
        list(take_in_all(SAMPLE_PLANS[:1], library, lambda *_: None))
        yield library


def press(app: AppTest, label: str) -> str:
    next(button for button in app.button if button.label == label).click().run()
    return run(app)


def test_the_queue_leads_to_each_record_and_is_narrowed(sample_library: Library) -> None:
    found = sample_library.review()
    assert found
    app = started("review", sample_library)
    assert f"{len(found)} records and rows to look at" in drawn(app)
    reason = found[0].doubts[0].reason
    html = run(app.multiselect(key="review-reason").select(reason).run())
    several = [doubtful for doubtful in found if reason in [doubt.reason for doubt in doubtful.doubts]]
    assert f"{len(several)} record" in html
    assert "?record=" + found[0].key.replace("/", "%2F") in html


def test_a_record_is_corrected_shown_so_and_that_undone(changing: Library) -> None:
    measure = next(m for m in changing.measures() if m.status == "off_target")
    app = started("review", changing, record=measure.id)
    app.text_input(key=f"value-{measure.id}").set_value("lots")
    press(app, "Correct it")
    assert "is no number" in app.error[0].value
    app.text_input(key=f"value-{measure.id}").set_value("99.9%")
    press(app, "Correct it")
    assert "say who corrects it" in app.error[0].value
    app.text_input(key="by").set_value("A. Officer")
    app.text_input(key=f"why-{measure.id}").set_value("misread")
    html = press(app, "Correct it")
    assert not app.error
    assert "99.9%" in html and "On target" in html and "misread" in html
    assert changing.record(measure.id).corrected
    html = press(app, "Undo correction 1")
    assert changing.record(measure.id) == measure
    assert "Undone" in app.success[0].value
    assert "undone" in drawn(started("review", changing))


def test_what_is_confirmed_leaves_the_queue(changing: Library) -> None:
    first = changing.review()[0]
    app = started("review", changing, record=first.key)
    app.text_input(key="by").set_value("A. Officer")
    press(app, "It is right as it was read")
    assert first.key not in [doubtful.key for doubtful in changing.review()]
    press(app, "Undo confirmation 1")
    assert first.key in [doubtful.key for doubtful in changing.review()]


def test_a_record_that_is_gone_cannot_be_reviewed(sample_library: Library, empty: Library) -> None:
    assert "not in the library any more" in started("review", sample_library, record="gone").info[0].value
    assert started("review", empty).info[0].value == "Nothing waits to be looked at."


# -- how answers are made


def test_how_answers_are_made_is_told_without_figures_too(tmp_path: Path) -> None:
    app = started("how", tmp_path)
    assert "has not been measured" in drawn(app)
    assert "Accessibility" in drawn(app)
