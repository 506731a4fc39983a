"""Run as a process of its own: writes to a library and, where told to, dies at a certain moment as by kill -9.

    python -m tests.index.doomed_run FOLDER VERSION [MOMENT]

replaces plan.pdf by its VERSION, 100 passages long, and takes gone.pdf out where that is there.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Collection, Sequence
from pathlib import Path

from index.embed import HashEncoder
from index.library import Library
from index.types import Vectors
from index.vectors import ChromaVectors
from tests.index.made import Made, made

PASSAGES = 100
MOMENTS = {  # moment → whether the change has happened by then
    "embedding": False,
    "amid the vectors": False,
    "after the vectors": False,
    "before the sweep": True,
}


def plan(version: int) -> Made:
    """The document that is replaced; every passage says which version it is of."""
    return made("plan.pdf", [f"version {version} passage {n} on visits" for n in range(PASSAGES)], [], version=str(version))


class DoomedEncoder(HashEncoder):
    """Dies when it is asked to embed the second batch."""

    def __init__(self, moment: str) -> None:
        self._moment, self._asked = moment, 0

    def encode(self, texts: Sequence[str]) -> Vectors:
        self._asked += 1
        if self._asked == 2:
            die_at("embedding", self._moment)
        return super().encode(texts)


class DoomedVectors(ChromaVectors):
    """Dies when it writes."""

    def __init__(self, folder: Path, moment: str) -> None:
        super().__init__(folder)
        self._moment = moment

    def add(self, document: str, ids: Sequence[str], vectors: Vectors) -> None:
        half = len(ids) // 2
        super().add(document, ids[:half], vectors[:half])
        die_at("amid the vectors", self._moment)
        super().add(document, ids[half:], vectors[half:])
        die_at("after the vectors", self._moment)

    def remove(self, ids: Collection[str]) -> None:
        if ids:
            die_at("before the sweep", self._moment)
        super().remove(ids)


def die_at(moment: str, wanted: str) -> None:
    """kill -9 where the moment is the wanted one."""
    if moment == wanted:
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    folder, version, moment = Path(sys.argv[1]), int(sys.argv[2]), (*sys.argv[3:], "never")[0]
    with Library.open(folder, encoder=DoomedEncoder(moment), store=DoomedVectors(folder / "chroma", moment)) as library:
        plan(version).into(library)
        if any(entry.name == "gone.pdf" for entry in library.documents()):
            library.remove("gone.pdf")
