"""What tests share: the folder of real plans, the sample library, the command line, and a clean environment."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from app.settings import stay_offline

ROOT = Path(__file__).parents[1]

stay_offline()


@dataclass(frozen=True)
class Run:
    """A finished command: exit code, standard output, standard error."""

    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the person who runs the tests reaches them, and no browser opens."""
    monkeypatch.delenv("PLANSPOKEN_LIBRARY", raising=False)
    monkeypatch.delenv("PORT", raising=False)
    monkeypatch.setenv("PLANSPOKEN_NO_BROWSER", "1")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real plans, gold labels and awkward files beside the checkout; skips where it is not."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip(f"needs the folder of real plans at {folder}")
    return folder
