"""Writes a llama model of random weights (0.5 MB) for docs/llm.md: `python docs/tiny_gguf.py FILE`. Needs gguf and numpy."""

from __future__ import annotations

import string
import sys

import numpy as np
from gguf import GGUFWriter, TokenType

WIDTH, LAYERS, HEADS, INNER, CONTEXT = 64, 2, 4, 128, 4096


def write(path: str) -> None:
    """A model that speaks bytes, letters and spaces, by chance; seeded, so always the same."""
    chance = np.random.default_rng(7)
    tokens = [
        "<unk>",
        "<s>",
        "</s>",
        *(f"<0x{byte:02X}>" for byte in range(256)),
        "▁",
        *string.ascii_letters,
        *string.digits,
        *string.punctuation,
    ]
    kinds = [TokenType.UNKNOWN, TokenType.CONTROL, TokenType.CONTROL, *[TokenType.BYTE] * 256]
    kinds += [TokenType.NORMAL] * (len(tokens) - len(kinds))

    writer = GGUFWriter(path, "llama")
    writer.add_name("tiny")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(INNER)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_vocab_size(len(tokens))
    writer.add_file_type(0)
    writer.add_tokenizer_model("llama")
    writer.add_token_list(tokens)
    writer.add_token_scores([0.0] * len(tokens))
    writer.add_token_types([int(kind) for kind in kinds])
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)

    def tensor(name: str, *shape: int) -> None:
        weights = np.ones(shape) if len(shape) == 1 else chance.normal(0, 0.1, shape)
        writer.add_tensor(f"{name}.weight", weights.astype(np.float32))

    tensor("token_embd", len(tokens), WIDTH)
    tensor("output_norm", WIDTH)
    tensor("output", len(tokens), WIDTH)
    for layer in range(LAYERS):
        block = f"blk.{layer}"
        for name in ("attn_norm", "ffn_norm"):
            tensor(f"{block}.{name}", WIDTH)
        for name in ("attn_q", "attn_k", "attn_v", "attn_output"):
            tensor(f"{block}.{name}", WIDTH, WIDTH)
        for name in ("ffn_gate", "ffn_up"):
            tensor(f"{block}.{name}", INNER, WIDTH)
        tensor(f"{block}.ffn_down", WIDTH, INNER)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


if __name__ == "__main__":
    write(sys.argv[1])
