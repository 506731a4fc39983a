"""Speed: a whole ingest beside the plain pipeline over the same files, each in a process of its own and after the other, with the ratio."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_PLAIN = """
import sys
from pathlib import Path
from app.settings import stay_offline
stay_offline()
from eval.baseline import plain_pipeline
print(plain_pipeline({Path(name).name: Path(name) for name in sys.argv[1:]})[1], "passages")
"""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a program took: seconds on the clock and of all processors, and its most memory in megabytes."""

    clock: float
    processors: float
    memory: float
    said: str


def run(arguments: Sequence[str]) -> Taken:
    """Runs a program to its end. RuntimeError with what it said where it fails."""
    begun = time.perf_counter()
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(arguments, stdout=out, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        clock = time.perf_counter() - begun
        out.seek(0)
        said = out.read().decode("utf-8", "replace").strip()
    if process.returncode:
        raise RuntimeError(f"{arguments[0]} ended with {process.returncode}: {said}")
    return Taken(clock, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, said)


def main(files: Sequence[str]) -> None:
    """Prints both times and their ratio."""
    with tempfile.TemporaryDirectory() as folder:
        ours = run([str(Path(sys.executable).with_name("planspoken")), "ingest", "--library", f"{folder}/library", *files])
    plain = run([sys.executable, "-c", _PLAIN, *files])
    print(f"  planspoken      {ours.clock:6.1f} s  ({ours.processors:.1f} s of processors, {ours.memory:.0f} MB)")
    print(f"  plain pipeline  {plain.clock:6.1f} s  ({plain.processors:.1f} s of processors, {plain.memory:.0f} MB; {plain.said})")
    print(f"  ratio           {ours.clock / plain.clock:6.2f}")


if __name__ == "__main__":
    main(sys.argv[1:])
