"""The register of what was promised: filters, state as at a day, search, and what is promised in like words elsewhere."""

from __future__ import annotations

from datetime import date

from app.register import STATE, about_commitment, caption, elsewhere, export_rows, leads, register, register_grid
from index.library import Library
from index.types import Filter

LONG_AGO, LATER = date(1990, 1, 1), date(2090, 1, 1)


def test_everything_is_in_it_once(sample_library: Library) -> None:
    entries = register(sample_library, Filter(), "", LATER)
    assert [e.commitment.id for e in entries] == [c.id for c in sample_library.commitments()]
    assert {e.action.id for e in entries if e.action} == {a.id for a in sample_library.actions()}


def test_overdue_is_as_at_a_day(sample_library: Library) -> None:
    before = register(sample_library, Filter(), "", LONG_AGO)
    after = register(sample_library, Filter(), "", LATER)
    assert not [e for e in before if e.state == "overdue"]
    late = [e for e in after if e.state == "overdue"]
    assert late
    assert all(not (e.action and e.action.completed) for e in late)
    assert all(e.due for e in late), "what has no date is not overdue"
    complete = {a.id for a in sample_library.actions() if a.completed}
    assert {e.action.id for e in after if e.state == "completed" and e.action} == complete


def test_the_day_it_is_due_is_not_overdue_and_the_next_is(sample_library: Library) -> None:
    action = next(a for a in sample_library.actions() if a.due_iso and len(a.due_iso) == 7 and not a.completed)
    year, month = map(int, (action.due_iso or "").split("-"))
    first_after = date(year + month // 12, month % 12 + 1, 1)
    for day, state in ((date(year, month, 28), False), (first_after, True)):
        [entry] = [e for e in register(sample_library, Filter(), "", day) if e.commitment.action_id == action.id]
        assert (entry.state == "overdue") is state


def test_words_find_what_is_promised(sample_library: Library) -> None:
    wanted = sample_library.commitments()[0]
    found = register(sample_library, Filter(), wanted.commitment, LATER)
    assert found[0].commitment.commitment == wanted.commitment
    assert len(found) < len(sample_library.commitments())
    nowhere = Filter(documents=("gone.pdf",))
    assert register(sample_library, nowhere, wanted.commitment, LATER) == []


def test_filters_narrow(sample_library: Library) -> None:
    everything = register(sample_library, Filter(), "", LATER)
    name = next(iter(leads(everything)))
    for entry in register(sample_library, Filter(leads=(name,)), "", LATER):
        assert name.casefold() in entry.lead.casefold()
    for entry in register(sample_library, Filter(rags=("R",)), "", LATER):
        assert entry.action and entry.action.rag == "R"


def test_the_table_says_state_and_leads_to_place_and_page(sample_library: Library) -> None:
    entries = register(sample_library, Filter(), "", LATER)
    drawn = register_grid(entries, {}, caption(entries, 100))
    late = sum(e.state == "overdue" for e in entries)
    assert drawn.caption.endswith(f"{len(entries)} commitments, {late} overdue")
    state = drawn.headers.index("State")
    assert {row[state].text for row in drawn.rows} <= set(STATE.values())
    assert drawn.rows[0][0].page == "?commitment=" + entries[0].commitment.id.replace("/", "%2F")
    assert drawn.rows[0][-1].record == entries[0].commitment.id


def test_files_have_the_fields_of_the_action_beside_the_commitments(sample_library: Library) -> None:
    entries = [e for e in register(sample_library, Filter(), "", LATER) if e.action]
    rows, columns = export_rows(entries)
    assert {"id", "document", "page", "quote", "commitment", "lead", "due", "state", "rag", "progress"} <= set(columns)
    assert rows[0]["quote"] == entries[0].commitment.quote
    assert rows[0]["lead"] == entries[0].lead or rows[0]["lead"] is None


def test_like_words_elsewhere_are_of_other_documents_only(sample_library: Library) -> None:
    entry = register(sample_library, Filter(), "", LATER)[0]
    assert entry.commitment.place.document not in {c.place.document for c in elsewhere(entry, sample_library)}


def test_what_the_plan_says_is_told_in_words(sample_library: Library) -> None:
    for entry in register(sample_library, Filter(), "", LATER):
        told = dict(about_commitment(entry, sample_library.documents()))
        assert told["Plan"] and told["State"] in STATE.values()
