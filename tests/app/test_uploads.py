"""Files handed over: read one after another in another process, to the end, whatever goes wrong with one of them."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.intake import FileReport
from app.sample import SAMPLE_PLANS
from app.uploads import Progress, ReadingProcess, Uploads, plain_name, report_from, report_json
from index.library import Library
from ingest.types import PageInfo

PATIENCE = 120  # seconds


def finished(uploads: Uploads) -> list[FileReport]:
    """The reports when all is read, the first handed over first."""
    done = threading.Event()
    while uploads.busy():
        done.wait(0.05)
    return [upload.report for upload in reversed(uploads.listed()) if upload.report]


def test_files_are_read_in_turn_with_progress_to_be_seen() -> None:
    may_go, seen = threading.Event(), threading.Event()

    def read(path: Path, progress: Progress) -> FileReport:
        progress("embedding", 1, 4)
        seen.set()
        may_go.wait(PATIENCE)
        return FileReport(path.name, "read", measures=len(path.read_bytes()))

    uploads = Uploads(read)
    uploads.hand_over("a.pdf", b"1")
    uploads.hand_over("b.pdf", b"22")
    assert seen.wait(PATIENCE)
    second, first = uploads.listed()
    assert (first.name, first.state, first.step, first.share) == ("a.pdf", "reading", "embedding", 0.25)
    assert (second.name, second.state) == ("b.pdf", "waiting")
    may_go.set()
    assert [(report.document, report.measures) for report in finished(uploads)] == [("a.pdf", 1), ("b.pdf", 2)]


def test_a_file_that_trips_the_reader_does_not_stop_the_next(caplog: pytest.LogCaptureFixture) -> None:
    def read(path: Path, progress: Progress) -> FileReport:
        if path.name == "bad.pdf":
            raise ZeroDivisionError("by zero")
        return FileReport(path.name, "read")

    uploads = Uploads(read)
    uploads.hand_over("bad.pdf", b"")
    uploads.hand_over("good.pdf", b"")
    bad, good = finished(uploads)
    assert (bad.status, good.status) == ("refused", "read")
    assert bad.reason == "cannot read 'bad.pdf': ZeroDivisionError: by zero; try again, or report this file"
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("plan.pdf", "plan.pdf"),
        ("../../etc/plan.pdf", "plan.pdf"),
        (r"C:\plans\plan.pdf", "plan.pdf"),
        ("a\0b.pdf", "ab.pdf"),
        ("..", "file"),
    ],
)
def test_only_the_last_part_of_a_path_is_a_name(given: str, name: str) -> None:
    assert plain_name(given) == name


def test_a_report_goes_through_json() -> None:
    report = FileReport("a.pdf", "partly_read", "no text on page 2", (PageInfo(1, "text"), PageInfo(2, "needs_ocr")), 1, 2, 3, 4)
    assert report_from(json.loads(json.dumps(report_json(report)))) == report


@pytest.fixture
def process(tmp_path: Path) -> Iterator[ReadingProcess]:
    Library.open(tmp_path / "library", create=True).close()
    reading = ReadingProcess(tmp_path / "library")
    yield reading
    reading.close()


def test_the_process_takes_files_into_the_library_and_refuses_what_is_none(tmp_path: Path, process: ReadingProcess) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 and no more")
    steps: list[tuple[str, int, int]] = []
    reports = [process.read(path, lambda *told: steps.append(told)) for path in (broken, SAMPLE_PLANS[0], SAMPLE_PLANS[0])]
    assert [report.status for report in reports] == ["refused", "read", "unchanged"]
    assert reports[0].reason and "broken.pdf" in reports[0].reason
    assert ("reading", 0, 0) in steps and any(step == "embedding" and done == of > 0 for step, done, of in steps)
    with Library.open(tmp_path / "library") as library:
        [entry] = library.documents()
    assert (entry.name, entry.measures, entry.pages) == (SAMPLE_PLANS[0].name, reports[1].measures, reports[1].pages)


def test_a_process_that_dies_costs_one_file(tmp_path: Path, process: ReadingProcess) -> None:
    text = tmp_path / "plan.txt"
    text.write_text("We will listen to children.")

    def kill(step: str, done: int, of: int) -> None:
        assert process._process
        process._process.kill()

    assert process.read(text, kill).status in ("refused", "read")
    assert process.read(text, lambda *_: None).status in ("read", "unchanged")


def test_a_library_that_cannot_be_opened_is_said(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text("We will listen.")
    reading = ReadingProcess(tmp_path / "nothing")
    report = reading.read(tmp_path / "plan.txt", lambda *_: None)
    reading.close()
    assert report.status == "refused" and report.reason and "plan.txt" in report.reason
