"""The two encoders are one model, the count of pieces is the model's, and the fake keeps the promises of an encoder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index.embed import DIMENSIONS, PIECES_MAX, HashEncoder, QuickEncoder, SentenceTransformerEncoder, count_pieces
from index.pieces import met, packed
from index.types import Encoder

TEXTS = [
    "Which KPIs are below target in Q2?",
    "",
    "x",
    "£3.4m — 95% ≥ naïve café ⇔ 中文",
    "Child protection visits completed to timescale. " * 60,
    "visits\n\tto   children",
]


def test_both_encoders_agree() -> None:
    quick, full = QuickEncoder(), SentenceTransformerEncoder()
    assert quick.name == full.name
    by_numpy, by_torch = quick.encode(TEXTS), full.encode(TEXTS)
    assert by_numpy.shape == by_torch.shape == (len(TEXTS), DIMENSIONS)
    assert by_numpy.dtype == by_torch.dtype == np.float32
    assert np.abs(by_numpy - by_torch).max() < 1e-5
    assert full.encode([]).shape == (0, DIMENSIONS)


def test_both_encoders_agree_on_pieces() -> None:
    text = "Are the children visited? " + "Visits to timescale. " * 90
    (by_numpy,), (by_torch,) = QuickEncoder().encode_pieces([text])[1], SentenceTransformerEncoder().encode_pieces([text])[1]
    assert by_numpy.shape == by_torch.shape
    assert np.abs(by_numpy - by_torch).max() < 1e-4


@pytest.mark.parametrize("encoder", [QuickEncoder(), HashEncoder()])
def test_pieces_are_the_words_that_say_something(encoder: Encoder) -> None:
    texts = ["Are the children visited?", "who are we", "?!", "", "children are visited"]
    vectors, pieces = encoder.encode_pieces(texts)
    assert np.array_equal(vectors, encoder.encode(texts))
    assert [len(rows) for rows in pieces] == [2, 3, 0, 0, 2]
    assert all(np.linalg.norm(rows, axis=1) == pytest.approx(np.ones(len(rows)), abs=1e-5) for rows in pieces)
    alike, other, none = met(pieces[0], [packed(pieces[i]) for i in (4, 1, 3)])
    assert alike > 0.8 > other > 0 == none
    assert met(pieces[3], [packed(pieces[0])]) == [0.0]


def test_pieces_are_packed_to_a_quarter() -> None:
    _, (rows,) = QuickEncoder().encode_pieces(["Child protection visits completed to timescale"])
    assert len(packed(rows)) * 4 == rows.nbytes
    assert min(met(row[None], [packed(row[None])])[0] for row in rows) > 0.999
    assert packed(rows[:0]) == b""


def test_a_question_meets_passages_together_as_it_meets_each_alone() -> None:
    texts = ["Are the children visited?", "visits to children in care", "?!", "a review of roads and pavements", "children"]
    question, *passages = QuickEncoder().encode_pieces(texts)[1]
    by_hand = [float((question @ rows.T).max(axis=1).mean()) if len(rows) else 0.0 for rows in passages]
    assert met(question, [packed(rows) for rows in passages]) == pytest.approx(by_hand, abs=0.01)


@pytest.mark.parametrize("encoder", [QuickEncoder(), HashEncoder()])
def test_what_every_encoder_promises(encoder: Encoder) -> None:
    vectors = encoder.encode(TEXTS)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-5)
    assert np.array_equal(vectors, encoder.encode(TEXTS))
    assert np.array_equal(vectors[2:3], encoder.encode(TEXTS[2:3]))
    assert encoder.encode([]).shape == (0, vectors.shape[1])
    near, child, other = encoder.encode(["children visited late", "late visits to children", "new swimming pool opened"])
    assert near @ child > near @ other


def test_the_model_means_more_than_words() -> None:
    kids, care, money = QuickEncoder().encode(["kids in foster homes", "looked after children placements", "council tax collection rates"])
    assert kids @ care > 0.4 > kids @ money


@pytest.mark.parametrize(("text", "pieces"), [("", 2), ("children", 3), ("safeguarding", 4), ("visits " * 300, 302)])
def test_count_pieces_counts_all_and_the_marks(text: str, pieces: int) -> None:
    assert count_pieces(text) == pieces


def test_what_is_beyond_the_limit_is_cut() -> None:
    words = "visits " * (PIECES_MAX - 2)
    full, longer = QuickEncoder().encode([words, words + "swimming"])
    assert np.array_equal(full, longer)


def test_opening_a_library_loads_nothing_heavy() -> None:
    heavy = ("torch", "chromadb", "llama_index", "sentence_transformers", "transformers", "tokenizers", "safetensors")
    code = f"import sys, index.library; print([m for m in {heavy!r} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
