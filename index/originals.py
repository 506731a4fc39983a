"""The files as they came, kept by the hash of their bytes, for page pictures."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path


def name_of(document: str, sha256: str) -> str:
    """The name a file is kept under: its hash, with the ending that says what it is."""
    return sha256 + Path(document).suffix.lower()


def keep(folder: Path, name: str, data: bytes) -> None:
    """Writes the file where it is not there yet; it appears whole or not at all."""
    folder.mkdir(exist_ok=True)
    target = folder / name
    if target.exists():
        return
    half = folder / f"{name}.part"
    with half.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    half.replace(target)


def sweep(folder: Path, wanted: Collection[str]) -> None:
    """Takes out every file that is not wanted. To be called by the only writer."""
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name not in wanted:
            try:
                path.unlink()
            except PermissionError:  # Windows, while someone looks at it: the next sweep takes it
                continue
