"""Files handed over in the browser, read one after another in a process of their own.

Reading takes seconds to minutes of a processor's time, and pdfium may not be entered by two threads: so the server, which draws pages for
everyone, reads nothing itself. What was handed over is read to its end, whether or not the browser stays open.
"""

from __future__ import annotations

import itertools
import json
import logging
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from pathlib import Path, PurePosixPath, PureWindowsPath
from tempfile import TemporaryDirectory
from typing import Literal

from app.intake import FileReport
from ingest.types import PageInfo

Progress = Callable[[str, int, int], None]  # step, how many are done, of how many (0 where that is not known)
Reading = Callable[[Path, Progress], FileReport]

STEP = {"reading": "Reading the pages", "embedding": "Preparing the search"}
KEPT = 50  # finished files that are still listed


@dataclass(frozen=True, slots=True)
class Upload:
    """One file handed over: where it stands, and what became of it once it is done."""

    number: int
    name: str
    state: Literal["waiting", "reading", "done"] = "waiting"
    step: str = ""
    done: int = 0
    of: int = 0
    report: FileReport | None = None

    @property
    def share(self) -> float:
        """How much of the present step is done, 0 to 1."""
        return min(self.done / self.of, 1.0) if self.of else 0.0


class Uploads:
    """All files handed over to this server, by any session. `read` takes one file in and never fails: what goes wrong is in its report."""

    def __init__(self, read: Reading) -> None:
        self._read = read
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._all: dict[int, Upload] = {}
        self._one = ThreadPoolExecutor(1, thread_name_prefix="uploads")

    def hand_over(self, name: str, data: bytes) -> Upload:
        """Takes a file over, to be read when those before it are done. Of a path only the last part is its name."""
        upload = Upload(next(self._numbers), plain_name(name))
        with self._lock:
            self._all[upload.number] = upload
        self._one.submit(self._take, upload, data)
        return upload

    def listed(self) -> list[Upload]:
        """All files, the latest first; of those done only the last fifty."""
        with self._lock:
            everything = sorted(self._all.values(), key=lambda upload: -upload.number)
            done = [upload for upload in everything if upload.state == "done"]
            for upload in done[KEPT:]:
                del self._all[upload.number]
            return [upload for upload in everything if upload.number in self._all]

    def busy(self) -> bool:
        """Whether any file is still to be read."""
        return any(upload.state != "done" for upload in self.listed())

    def _take(self, upload: Upload, data: bytes) -> None:
        self._keep(replace(upload, state="reading", step="reading"))

        def progress(step: str, done: int, of: int) -> None:
            self._keep(replace(upload, state="reading", step=step, done=done, of=of))

        try:
            with TemporaryDirectory(prefix="planspoken-") as folder:
                path = Path(folder) / upload.name
                path.write_bytes(data)
                report = self._read(path, progress)
        except Exception as error:  # a file that cannot be kept or read must not stop those behind it
            logging.getLogger(__name__).exception("reading %r failed", upload.name)
            report = _failed(upload.name, f"{type(error).__name__}: {' '.join(str(error).split())}")
        self._keep(replace(upload, state="done", report=report))

    def _keep(self, upload: Upload) -> None:
        with self._lock:
            self._all[upload.number] = upload


class ReadingProcess:
    """Reads files into the library of a folder, in a process that is kept for the next file. Used by one thread at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self._process: subprocess.Popen[str] | None = None

    def read(self, path: Path, progress: Progress) -> FileReport:
        """Takes in one file; where the process dies over it, the report says so and the next file gets a new one."""
        try:
            return self._ask(path, progress)
        except (OSError, ValueError) as error:
            self.close()
            return _failed(path.name, str(error))

    def close(self) -> None:
        """Ends the process, if there is one."""
        if self._process:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _ask(self, path: Path, progress: Progress) -> FileReport:
        process = self._started()
        assert process.stdin and process.stdout
        process.stdin.write(json.dumps(str(path)) + "\n")
        process.stdin.flush()
        for line in process.stdout:
            told = json.loads(line)
            if "report" in told:
                return report_from(told["report"])
            progress(told["step"], told["done"], told["of"])
        raise ValueError(f"the process that reads files ended over it (exit code {process.wait()})")

    def _started(self) -> subprocess.Popen[str]:
        if self._process is None or self._process.poll() is not None:
            command = [sys.executable, "-m", "app.upload_worker", str(self._folder)]
            root = Path(__file__).parents[1]  # where the package is, also when it is not installed
            self._process = subprocess.Popen(
                command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", bufsize=1
            )
        return self._process


def plain_name(name: str) -> str:
    """The last part of a path in any system's writing, which names the document."""
    last = PureWindowsPath(PurePosixPath(name).name).name.replace("\0", "")
    return last if last.strip(". ") else "file"


def report_json(report: FileReport) -> dict[str, object]:
    """A report as what JSON can hold."""
    return asdict(report)


def report_from(told: dict[str, object]) -> FileReport:
    """The report that `report_json` wrote."""
    pages = told.pop("pages")
    assert isinstance(pages, list)
    return FileReport(**{**told, "pages": tuple(PageInfo(**page) for page in pages)})  # type: ignore[arg-type]  # as it was written


def _failed(name: str, why: str) -> FileReport:
    return FileReport(name, "refused", f"cannot read {name!r}: {why}; try again, or report this file")
