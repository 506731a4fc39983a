"""Worker processes: results in order, and a task that ends or stops its process named while the others are kept."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ingest.errors import UnreadableFile
from ingest.workers import in_order, worker_count


def _work(item: str) -> str:
    if item == "dies":
        os._exit(3)
    if item == "sleeps":
        time.sleep(600)
    if item == "refuses":
        raise UnreadableFile("no")
    return item.upper()


@pytest.mark.parametrize("workers", [1, 2])
def test_a_process_that_is_lost_costs_only_its_own_file(workers: int) -> None:
    items = ["a", "dies", "b", "refuses", "c", "dies", "d"]

    found = list(in_order(_work, items, str, workers, 60))

    assert [f for f in found if isinstance(f, str)] == ["A", "B", "C", "D"]
    assert [isinstance(f, UnreadableFile) for f in found] == [item in ("dies", "refuses") for item in items]
    assert "'dies'" in str(found[1])
    assert "was ended" in str(found[1])
    assert str(found[3]) == "no"


def test_a_file_that_never_ends_is_named_and_the_rest_read() -> None:
    found = list(in_order(_work, ["a", "sleeps", "b"], str, 1, 3))

    assert (found[0], found[2]) == ("A", "B")
    assert "'sleeps'" in str(found[1])
    assert "longer than 3 seconds" in str(found[1])


def test_one_file_needs_no_process() -> None:
    assert worker_count(1) == 0
    assert worker_count(50) <= 8


def test_the_callers_script_is_not_run_again(tmp_path: Path) -> None:
    """Under Streamlit the script is a page, which cannot be run outside of it."""
    script = tmp_path / "page.py"
    script.write_text(
        "import sys\n"
        "if __name__ != '__main__':\n    raise SystemExit('run again')\n"
        "from ingest.workers import in_order\n"
        "print(list(in_order(str.upper, ['a', 'b'], str, 1, 60)))\n"
    )
    root = Path(__file__).parents[2]
    run = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(root)})
    assert run.stdout == "['A', 'B']\n", run.stderr
