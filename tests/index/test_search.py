"""Search by words, by vectors, by both; limited to documents, authorities and periods."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.embed import HashEncoder
from index.fusion import MEANING, PIECES, WHOLE, fuse, fuse_closely
from index.keywords import content_words
from index.library import Library
from index.types import Vectors
from index.vectors import MemoryVectors
from tests.index.made import MEASURE, made

NORTH = ["Looked after children are visited late", "Foster carers are paid on time", "The school buses run on Sundays"]
SOUTH = ["Children's homes have new managers", "Adoption took 421 days", "Reviews of looked-after children were on time"]


@pytest.fixture
def filled(library: Library) -> Library:
    made("north.pdf", NORTH, [replace(MEASURE, id="n", period="2018-12-31")], authority="Northshire", period="2019/20-Q2").into(library)
    made("south.pdf", SOUTH, [replace(MEASURE, id="s", period=None)], authority="Southshire", period="2024/25").into(library)
    return library


def test_words_are_found_in_any_form(filled: Library) -> None:
    assert [hit.chunk.text for hit in filled.search_words("visiting")] == [NORTH[0]]
    assert [hit.chunk.text for hit in filled.search_words("reviewed in time", 1)] == [SOUTH[2]]
    assert [hit.chunk.text for hit in filled.search_words("421")] == [SOUTH[1]]
    scores = [hit.score for hit in filled.search_words("children looked after late", 9)]
    assert scores == sorted(scores, reverse=True)
    assert min(scores) > 0
    assert all(hit.cosine is None and hit.via == ("words",) for hit in filled.search_words("children"))


@pytest.mark.parametrize(
    ("asked", "printed"),
    [
        ("do we see kids in care enough", "LAC visits completed 85%"),
        ("are people there overloaded", "Average caseloads remain at 14"),
        ("too many temps?", "Agency staff fell to 12%"),
        ("the MASH", "Multi-agency safeguarding hub: 89%"),
        ("what did ophsted say", "Ofsted inspected us in June"),
    ],
)
def test_the_askers_words_find_the_documents_words(filled: Library, asked: str, printed: str) -> None:
    """What is asked shares no word with what is printed, or a misspelt one."""
    made("plan.pdf", ["The kid gloves are off", printed, "Care was taken; people were there"], []).into(filled)
    assert filled.search_words(asked)[0].chunk.text == printed


def test_a_heading_says_less_than_the_text_itself(library: Library) -> None:
    plan = made("plan.pdf", ["The fostering panel met", "The fostering panel met"], [])
    under = replace(plan.chunks[0], text="The panel met", embedded="Fostering\nThe panel met")
    replace(plan, chunks=(under, plan.chunks[1])).into(library)
    assert [hit.chunk.id for hit in library.search_words("fostering")] == [plan.chunks[1].id, under.id]


@pytest.mark.parametrize(
    "text", ['"', "children AND", "NEAR(a b)", "text:children", "chil*", "a OR (b", "'; DROP TABLE chunks; --", "-5%", "^"]
)
def test_no_query_is_read_as_syntax(filled: Library, text: str) -> None:
    filled.search_words(text)
    filled.search(text)
    assert len(filled.chunks()) == 6


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_a_blank_question_finds_nothing(filled: Library, text: str) -> None:
    assert filled.search(text) == filled.nearest(text) == filled.search_words(text) == []


def test_an_empty_library_finds_nothing(library: Library) -> None:
    assert library.search("children") == library.nearest("children") == []


def test_nearest_agrees_with_exact_search(filled: Library) -> None:
    encoder, chunks = HashEncoder(), filled.chunks()
    cosines = encoder.encode([chunk.embedded for chunk in chunks]) @ encoder.encode(["late visits to children"])[0]
    hits = filled.nearest("late visits to children", 4)
    assert [hit.chunk for hit in hits] == [chunks[n] for n in np.argsort(-cosines, kind="stable")[:4]]
    assert [hit.cosine for hit in hits] == pytest.approx(sorted(cosines, reverse=True)[:4], abs=1e-6)
    assert all(hit.via == ("vectors",) and hit.score == hit.cosine for hit in hits)


def test_search_fuses_both(filled: Library) -> None:
    hits = filled.search("children visited late", 6)
    assert hits[0].chunk.text == NORTH[0]
    assert hits[0].via == ("words", "vectors")
    assert hits[0].cosine == filled.nearest("children visited late", 1)[0].cosine
    assert hits[0].score == pytest.approx(1)
    assert all(hit.cosine is not None for hit in hits)
    assert {hit.chunk.text for hit in hits} == {*NORTH, *SOUTH}
    assert hits == filled.search("children visited late", 6)
    assert filled.search("children visited late", 2) == hits[:2]


@pytest.mark.parametrize(
    ("limits", "found"),
    [
        ({"documents": ["north.pdf"]}, NORTH),
        ({"documents": ["NORTH.pdf", "absent.pdf"]}, NORTH),
        ({"documents": ["absent.pdf"]}, []),
        ({"documents": []}, NORTH + SOUTH),
        ({"authorities": ["southSHIRE"]}, SOUTH),
        ({"authorities": ["Northshire"], "documents": ["south.pdf"]}, []),
        ({"periods": ["2019-09"]}, NORTH),
        ({"periods": ["2018/19-Q3"]}, NORTH),
        ({"periods": ["2024/25", "2019-09-30"]}, NORTH + SOUTH),
        ({"periods": ["2019/20-Q1"]}, []),
    ],
)
def test_limits(filled: Library, limits: dict[str, list[str]], found: list[str]) -> None:
    for search in (filled.search, filled.nearest):
        assert sorted(hit.chunk.text for hit in search("children", 50, **limits)) == sorted(found)
    assert {hit.chunk.text for hit in filled.search_words("children", 50, **limits)} <= set(found)


class ForgetfulVectors(MemoryVectors):
    """Finds only half of what there is, as graph indexes may."""

    def search(self, vector: Vectors, limit: int, documents: Sequence[str] | None = None) -> list[tuple[str, float]]:
        return super().search(vector, limit, documents)[::2]


def test_what_the_store_does_not_find_is_found_all_the_same(tmp_path: Path) -> None:
    with Library.open(tmp_path, create=True, encoder=HashEncoder(), store=ForgetfulVectors()) as library:
        made("north.pdf", NORTH, []).into(library)
        made("south.pdf", SOUTH, []).into(library)
        assert [hit.chunk.text for hit in library.nearest("adoption took 421 days", 1)] == [SOUTH[1]]
        assert sorted(hit.chunk.text for hit in library.nearest("adoption", 3, documents=["south.pdf"])) == sorted(SOUTH)


def test_vectors_that_are_nobodys_do_not_stand_in_the_way(tmp_path: Path) -> None:
    encoder, store = HashEncoder(), MemoryVectors()
    with Library.open(tmp_path, create=True, encoder=encoder, store=store) as library:
        made("north.pdf", NORTH, []).into(library)
        dead = encoder.encode(["adoption took"] * 40)
        store.add("north.pdf", [f"left by a killed process {n}" for n in range(40)], dead)
        assert {hit.chunk.text for hit in library.nearest("adoption took", 3)} == set(NORTH)


def test_a_text_twice_in_a_document_is_found_twice(library: Library) -> None:
    made("twice.pdf", ["bus lanes", "cycle paths", "bus lanes"], []).into(library)
    assert [hit.chunk.id for hit in library.nearest("bus lanes", 2)] == ["twice.pdf#0", "twice.pdf#2"]
    assert len(library.search("bus lanes", 9)) == 3


def test_what_is_said_again_comes_last(filled: Library) -> None:
    """The same plan in another form: its bullets and line breaks are others, its words the same."""
    made("north.docx", [f"•  {text.replace(' ', chr(10), 1)}" for text in NORTH], []).into(filled)
    hits = filled.search("looked after children visited late", 9)
    said = ["".join(filter(str.isalnum, hit.chunk.text)) for hit in hits]
    assert len(said) == 2 * len(NORTH) + len(SOUTH)
    assert len(set(said[: len(NORTH) + len(SOUTH)])) == len(NORTH) + len(SOUTH)
    assert said[0] == "Lookedafterchildrenarevisitedlate"


def test_content_words() -> None:
    assert content_words("What did the council say about children's visits? The VISITS!") == ("council", "say", "children", "visits")
    assert content_words("IT") == ("it",)
    assert content_words("?!") == ()


def test_fusion_by_hand() -> None:
    fused = fuse({"a": 8.0, "b": 6.0}, {"b": 0.5, "c": 0.4, "d": -0.1})
    assert [key for key, _ in fused] == ["b", "a", "c", "d"]
    words, meaning = 1 - MEANING, MEANING
    assert [score for _, score in fused] == pytest.approx([words * 6 / 8 + meaning, words, meaning * 0.4 / 0.5, 0])
    assert fuse({}, {}) == []


SCORES = st.dictionaries(st.integers(0, 20), st.floats(-1, 50, allow_nan=False, allow_subnormal=False))


@given(SCORES, SCORES)
def test_fusion_keeps_every_key_once_and_the_order_of_a_single_ranking(words: dict[int, float], meaning: dict[int, float]) -> None:
    fused = fuse(words, meaning)
    assert sorted(key for key, _ in fused) == sorted({*words, *meaning})
    assert all(0 <= score <= 1 + 1e-9 for _, score in fused)
    for alone in (fuse(words, {}), fuse({}, words)):
        scores = [max(words[key], 0.0) for key, _ in alone]
        assert scores == sorted(scores, reverse=True)


def test_close_fusion_by_hand() -> None:
    fused = fuse_closely({"a": 8.0, "b": 6.0}, {"b": 0.5}, {"a": 0.6, "b": 0.8, "c": 0.7})
    words = 1 - WHOLE - PIECES
    assert dict(fused) == pytest.approx({"b": words * 6 / 8 + WHOLE + PIECES, "a": words, "c": PIECES / 2})
    assert fuse_closely({}, {}, {}) == []
    assert [key for key, _ in fuse_closely({"a": 2.0, "b": 1.0}, {}, {"a": 0.5, "b": 0.5})] == ["a", "b"]


def test_the_best_are_compared_piece_by_piece(filled: Library, tmp_path: Path) -> None:
    closely = {hit.chunk.text: hit.score for hit in filled.search("children visited late", 6)}
    with sqlite3.connect(tmp_path / "library" / "library.db") as c:
        c.execute("DELETE FROM pieces")
    loosely = {hit.chunk.text: hit.score for hit in filled.search("children visited late", 6)}
    assert closely[NORTH[0]] == pytest.approx(loosely[NORTH[0]]) == pytest.approx(1)
    assert closely[NORTH[2]] < loosely[NORTH[2]]  # alike as a whole, but no word of it meets one that was asked
    made("north.pdf", [*NORTH, "A new passage"], []).into(filled)
    with sqlite3.connect(tmp_path / "library" / "library.db") as c:
        assert c.execute("SELECT count(*) FROM pieces").fetchone() == (len(NORTH) + 1,)  # of the document that was read again
