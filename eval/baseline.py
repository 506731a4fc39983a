"""The plain pipeline beside ours: LlamaIndex as its starter tutorial has it, over the same files with the same embedding model.

The text of each page as pypdf gives it, the default sentence splitter, the vectors nearest to the question. What it brings up can be
scored without a language model; what one would write from it cannot.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from llama_index.core import Document, VectorStoreIndex
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.node_parser import SentenceSplitter
from pydantic import PrivateAttr
from pypdf import PdfReader

from eval.retrieval import Piece
from index.embed import SentenceTransformerEncoder


class _SameModel(BaseEmbedding):
    """Our embedding model behind LlamaIndex's interface."""

    _encoder: SentenceTransformerEncoder = PrivateAttr(default_factory=SentenceTransformerEncoder)

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return [[float(x) for x in row] for row in self._encoder.encode(texts)]

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)


def plain_pipeline(files: Mapping[str, Path]) -> tuple[Callable[[str, int], list[Piece]], int]:
    """(search, number of passages) over PDF files by document name. The search gives the passages nearest to a text, best first."""
    pages = [
        Document(text=page.extract_text(), metadata={"file_name": name, "page_label": str(number)})
        for name, file in sorted(files.items())
        for number, page in enumerate(PdfReader(file).pages, start=1)
    ]
    splitter = SentenceSplitter()
    nodes = splitter.get_nodes_from_documents(pages)
    index = VectorStoreIndex(nodes, embed_model=_SameModel(model_name="all-MiniLM-L6-v2"))

    def search(text: str, limit: int) -> list[Piece]:
        found = index.as_retriever(similarity_top_k=limit).retrieve(text)
        return [Piece(n.metadata["file_name"], int(n.metadata["page_label"]), n.get_content()) for n in found]

    return search, len(nodes)
