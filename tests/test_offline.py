"""Nothing outside this machine is called while a library is built and asked."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.sample import SAMPLE_PLANS

ROOT = Path(__file__).parents[1]
WATCHED = [sys.executable, str(ROOT / "tests" / "watched_run.py")]


def test_no_outside_call(tmp_path: Path) -> None:
    last = _last_line(_run(WATCHED, tmp_path))
    assert last["outside"] == []
    assert last["seen"], "the hook saw not even its own test call"


def test_works_without_a_network(tmp_path: Path) -> None:
    """In a network namespace of its own, which has no way out at all; native code that no hook sees is shut in as well."""
    alone = ["unshare", "--net"] if hasattr(os, "geteuid") and os.geteuid() == 0 else ["unshare", "--map-root-user", "--net"]
    if shutil.which("unshare") is None or subprocess.run([*alone, "true"], capture_output=True, check=False).returncode:
        pytest.skip("needs Linux with leave to make network namespaces (unshare --net)")
    assert _last_line(_run([*alone, *WATCHED], tmp_path))["outside"] == []


def _run(command: list[str], folder: Path) -> str:
    """The output of the commands, run with an empty home: nothing cached there can help, nothing may be left there."""
    home = folder / "home"
    home.mkdir()
    environment = {**os.environ, "HOME": str(home), "XDG_CACHE_HOME": str(home / "cache"), "PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        [*command, str(folder / "library"), str(SAMPLE_PLANS[0])], capture_output=True, text=True, env=environment, cwd=folder, check=False
    )
    assert run.returncode == 0, run.stdout[-2000:] + run.stderr[-2000:]
    assert not [path for path in home.rglob("*") if path.is_file()], "files were left in the home folder"
    return run.stdout


def _last_line(output: str) -> dict[str, object]:
    found = json.loads(output.splitlines()[-1])
    assert isinstance(found, dict)
    return found
