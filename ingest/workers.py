"""Work on several files at once, in processes of their own: results in the files' order, a file that brings its process down named."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from itertools import islice
from types import ModuleType
from typing import Generic, TypeVar

from ingest.errors import UnreadableFile

T = TypeVar("T")
R = TypeVar("R")

_AHEAD = 2  # files given to a process at once: one it works on and one that waits, so that memory holds few results
_MOST = 8  # processes


def worker_count(files: int) -> int:
    """How many processes are worth starting for so many files: one core is left to the caller; 0 where one file or one core is all."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(files, cores - 1, _MOST) if files > 1 else 0


class _Lane(Generic[T, R]):
    """One process and the tasks it was given, first come, first served; a new process where the old one was lost."""

    def __init__(self, task: Callable[[T], R]) -> None:
        self._task = task
        self._begin()

    def _begin(self) -> None:
        # Not by fork: the caller may hold threads, of the model or the front end.
        methods = multiprocessing.get_all_start_methods()
        context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        self._pool = ProcessPoolExecutor(max_workers=1, mp_context=context)
        with _no_script():
            self._pid = self._pool.submit(os.getpid)  # the first task starts the process

    def submit(self, item: T) -> Future[R]:
        return self._pool.submit(self._task, item)

    def renew(self) -> None:
        """Ends the process, whatever it does, and starts another."""
        self.end()
        self._begin()

    def end(self) -> None:
        if self._pid.done() and not self._pid.exception():
            with suppress(ProcessLookupError):  # it may have ended by itself
                os.kill(self._pid.result(), signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        self._pool.shutdown(wait=False, cancel_futures=True)


@contextmanager
def _no_script() -> Iterator[None]:
    """A new process runs the script of the program that starts it once more, to know its functions; ours are all in modules, and
    under Streamlit that script is a page."""
    script = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = script


def in_order(task: Callable[[T], R], items: Sequence[T], name: Callable[[T], str], workers: int, longest: float) -> Iterator[R | Exception]:
    """What `task` (a function of a module) makes of each item, in their order, or the exception it ended with. Work begins at once.

    An item that takes more than `longest` seconds once its turn has come, or brings its process down, is an UnreadableFile that says so.
    """
    lanes = [_Lane(task) for _ in range(workers)]
    coming = iter(enumerate(items))
    given = deque((i, item, lanes[i % workers].submit(item)) for i, item in islice(coming, _AHEAD * workers))

    def results() -> Iterator[R | Exception]:
        try:
            while given:
                i, item, future = given.popleft()
                lane = lanes[i % workers]
                result = _result(future, name(item), longest)
                if isinstance(result, _ProcessLost):
                    lane.renew()
                    waiting = [(j, it, lane.submit(it) if j % workers == i % workers else f) for j, it, f in given]
                    given.clear()
                    given.extend(waiting)
                given.extend((j, it, lanes[j % workers].submit(it)) for j, it in islice(coming, 1))
                yield result
        finally:
            for lane in lanes:
                lane.end()

    return results()


class _ProcessLost(UnreadableFile):
    """The process that worked on a file had to be ended, or ended by itself."""


def _result(future: Future[R], name: str, longest: float) -> R | Exception:
    try:
        return future.result(longest)
    except BrokenProcessPool:
        return _ProcessLost(f"cannot read {name!r}: {_CRASHED}; please report this file")
    except TimeoutError as error:
        late = f"cannot read {name!r}: it took longer than {longest:.0f} seconds; split it into smaller files"
        return error if future.done() else _ProcessLost(late)
    except Exception as error:  # the task's own: the caller tells a refusal from a fault
        return error


_CRASHED = "the process that read it was ended (by a fault in a library, or for want of memory)"
