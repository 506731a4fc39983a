"""What tests share: the real plans, libraries of the sample plans, the command line, and a clean environment."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.intake import take_in_all
from app.sample import SAMPLE_PLANS
from app.settings import stay_offline
from eval.command import planspoken as main
from index.embed import HashEncoder
from index.library import Library

ROOT = Path(__file__).parents[1]

stay_offline()


@dataclass(frozen=True)
class Run:
    """A finished command: exit code, standard output as bytes and as text, standard error."""

    code: int
    raw: bytes
    err: str

    @property
    def out(self) -> str:
        return self.raw.decode("utf-8")


Planspoken = Callable[..., Run]


def run_planspoken(*arguments: str | Path) -> Run:
    """Runs the command line in this process, into pipes."""
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
    argv, code = sys.argv, 0
    sys.argv = ["planspoken", *map(str, arguments)]
    try:
        with redirect_stdout(out), redirect_stderr(err):
            main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    finally:
        sys.argv = argv
    return Run(code, _bytes(out), _bytes(err).decode("utf-8"))


def _bytes(stream: io.TextIOWrapper) -> bytes:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue()


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the person who runs the tests reaches them, and no browser opens."""
    monkeypatch.delenv("PLANSPOKEN_LIBRARY", raising=False)
    monkeypatch.delenv("PORT", raising=False)
    for name in [name for name in os.environ if name.startswith("PLANSPOKEN_LLM")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PLANSPOKEN_NO_BROWSER", "1")


@pytest.fixture(scope="session")
def planspoken() -> Planspoken:
    """The command line: `planspoken("measures", "--library", folder)` gives its Run."""
    return run_planspoken


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real plans, gold labels and awkward files beside the checkout; skips where it is not."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip(f"needs the folder of real plans at {folder}")
    return folder


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library folder of the sample plans with the real model's vectors, made by the command line; not to be changed."""
    folder = tmp_path_factory.mktemp("sample") / "library"
    run = run_planspoken("ingest", *SAMPLE_PLANS, "--library", folder)
    assert run.code == 0, run.out + run.err
    return folder


@pytest.fixture(scope="session")
def sample_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """An open library of the sample plans with the fake encoder: quick, and not to be changed."""
    with Library.open(tmp_path_factory.mktemp("fake") / "library", create=True, encoder=HashEncoder()) as library:
        statuses = [report.status for report in take_in_all(SAMPLE_PLANS, library, lambda *_: None)]
        assert statuses == ["read"] * len(SAMPLE_PLANS)
        yield library
