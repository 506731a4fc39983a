"""Files → library: read, extract, cut, add; one report a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal, TypeVar
from unicodedata import category

from app.corrected import WAITING
from index.embed import count_pieces
from index.errors import LibraryError
from index.library import Library
from index.types import DocumentEntry
from index.vector_index import Progress
from ingest.chunks import cut
from ingest.errors import FileMissing, IngestError, UnreadableFile
from ingest.pipeline import extract, read_document
from ingest.readers import digest, read_bytes
from ingest.types import Chunk, Document, Extraction, PageInfo
from ingest.workers import in_order, worker_count

R = TypeVar("R")
_LONGEST = 1800.0  # seconds for one file beside others: hundreds of scanned pages take minutes

Watch = Callable[[Path, str, int, int], None]
FileStatus = Literal["read", "read_with_ocr", "partly_read", "unchanged", "refused"]


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file. `reason` says why it was refused or only partly read, or what else there is to know."""

    document: str
    status: FileStatus
    reason: str | None = None
    pages: tuple[PageInfo, ...] = ()
    measures: int = 0
    actions: int = 0
    commitments: int = 0
    rejected_rows: int = 0
    to_review: int | None = None  # records and rows to look at; None where the file was not read now


@dataclass(frozen=True, slots=True)
class Reading:
    """One file, read: the document, its records, its passages."""

    document: Document
    extraction: Extraction
    chunks: tuple[Chunk, ...]


def files_below(paths: Sequence[Path]) -> Iterator[Path]:
    """The files to take in: those named, and all in the folders named, sorted; a folder without any stands for itself.

    Hidden files and what belongs to a library are left out of folders: `planspoken ingest .` must not take in its own library.
    A library is told by its library.db with originals/ or chroma/ beside it; any other file of that name is a file.
    """
    for path in paths:
        if path.is_dir():
            libraries = {mark.parent for mark in path.rglob("library.db") if _is_library(mark.parent)}
            inside = [p for p in sorted(path.rglob("*")) if p.is_file() and not _hidden(p, path) and not libraries & set(p.parents)]
            yield from inside or [path]
        else:
            yield path


def take_in_all(paths: Sequence[Path], library: Library, watch: Watch) -> Iterator[FileReport]:
    """Takes in file after file, going on after a refused one; `watch` is told file, step, how many are done, of how many. Several files
    are read in worker processes, and reported in their order all the same.

    A document is known by its file name, so a second file of the same name in one run is refused: it would push out the first.
    """
    files = list(files_below(paths))
    seen: dict[str, tuple[Path, str]] = {}
    looked = [_reported(path, partial(_look, path, seen, library)) for path in files]
    read = _read_all([path for path, report in zip(files, looked, strict=True) if report is None], library)
    for path, report in zip(files, looked, strict=True):
        watch(path, "reading", 0, 0)
        if report is not None:
            yield report
        else:
            yield _reported(path, partial(_kept, path, next(read), library, partial(watch, path)))


def _read_all(paths: Sequence[Path], library: Library) -> Iterator[Reading | Exception]:
    """Files read one after the other, or, where there are several and cores to spare, by worker processes while those before them are
    embedded here."""
    workers = worker_count(len(paths))
    if not workers:
        return map(_tried, paths)
    read = in_order(_read, paths, lambda path: path.name, workers, _LONGEST)
    library.make_ready()
    return read


def _tried(path: Path) -> Reading | Exception:
    try:
        return _read(path)
    except Exception as error:  # the caller tells a refusal from a fault
        return error


def _look(path: Path, seen: dict[str, tuple[Path, str]], library: Library) -> FileReport | None:
    return _known(path, _bytes_of(path, seen), library)


def _read(path: Path) -> Reading:
    """A file read from where it lies. Raises IngestError."""
    return _reading(path, read_bytes(path))


def _kept(path: Path, found: Reading | Exception, library: Library, progress: Progress) -> FileReport:
    """The report of a file that a worker read, or could not read; one that changed since is read again."""
    if isinstance(found, Exception):
        raise found
    data = read_bytes(path)
    if digest(data) != found.document.sha256:
        return take_in(path, data, library, progress)
    return _known(path, data, library) or _stored(found, data, library, progress)


def _bytes_of(path: Path, seen: dict[str, tuple[Path, str]]) -> bytes:
    """The bytes of a file that may be taken in. Raises IngestError for a folder without files, a name that is no line of text, and a
    second file of one name."""
    if path.is_dir():
        raise FileMissing(
            f"cannot read {str(path)!r}: there are no files to read in this folder (hidden ones and a library's are left out)"
        )
    if not _printable(path.name):
        raise UnreadableFile(f"cannot take in {str(path)!r}: its name, which names the document, cannot be printed; rename it")
    data = read_bytes(path)
    first, sha256 = seen.setdefault(path.name, (path, digest(data)))
    if sha256 != digest(data):
        raise UnreadableFile(f"cannot take in {str(path)!r}: {str(first)!r} has the same name, which names a document; rename it")
    return data


def _reported(path: Path, step: Callable[[], R]) -> R | FileReport:
    """What a step gives, or the report of a file that it refuses."""
    try:
        return step()
    except IngestError as error:
        return FileReport(path.name if _printable(path.name) else ascii(path.name)[1:-1], "refused", str(error))
    except LibraryError:
        raise
    except Exception as error:  # one file that trips a reader must not keep the others out
        what = f"unexpected {type(error).__name__} ({' '.join(str(error).split())})"
        return FileReport(path.name, "refused", f"cannot read {path.name!r}: {what}; please report this file")


def take_in(path: Path, data: bytes, library: Library, progress: Progress | None = None) -> FileReport:
    """Takes in one file of these bytes, whole or not at all; the same bytes again are recognised. Raises IngestError."""
    return _known(path, data, library) or _stored(_reading(path, data), data, library, progress)


def _known(path: Path, data: bytes, library: Library) -> FileReport | None:
    """The report of a file that the library holds already."""
    held = _held(path.name, digest(data), library.documents())
    return None if held is None else _unchanged(path, held)


def _reading(path: Path, data: bytes) -> Reading:
    """A file read, its records found, its passages cut. Raises IngestError."""
    document = read_document(path, data)
    unread = [page.number for page in document.pages if page.status == "needs_ocr"]
    if unread and not any(page.status in ("text", "ocr") for page in document.pages):
        why = next(page.note for page in document.pages if page.status == "needs_ocr")
        raise UnreadableFile(f"cannot read {path.name!r}: {why or 'its pages are pictures without text (needs OCR)'}")
    extraction = extract(document)
    return Reading(document, extraction, tuple(cut(document, extraction, count_pieces)))


def _stored(read: Reading, data: bytes, library: Library, progress: Progress | None) -> FileReport:
    """Puts what was read into the library."""
    document, extraction = read.document, read.extraction
    stored = library.add(document, extraction, read.chunks, data, progress=progress)
    unread = [page.number for page in document.pages if page.status == "needs_ocr"]
    notes = [f"no text on page {', '.join(map(str, unread))}"] if unread else []
    notes += [f"page {page.number}: {page.note}" for page in document.pages if page.note and page.status in ("text", "blank")]
    notes += ["replaces the file of this name that was here"] if stored == "replaced" else []
    waiting = sum(correction.state in WAITING for correction in library.corrections(document.name))
    notes += [f"{waiting} corrections no longer fit: see `planspoken correct --list`"] if waiting else []
    return FileReport(
        document=document.name,
        status=_status(document.pages),
        reason="; ".join(notes) or None,
        pages=document.pages,
        measures=len(extraction.measures),
        actions=len(extraction.actions),
        commitments=len(extraction.commitments),
        rejected_rows=len(extraction.rejections),
        to_review=len(library.review(document.name)),
    )


def _held(name: str, sha256: str, entries: Sequence[DocumentEntry]) -> DocumentEntry | None:
    """The document that the library holds with these bytes. Where it holds one of this name, only that one counts: a file that
    became the same as another has changed, and its old content must not stay."""
    own = [entry for entry in entries if entry.name == name]
    return next((entry for entry in own or entries if entry.sha256 == sha256), None)


def _status(pages: Sequence[PageInfo]) -> FileStatus:
    found = {page.status for page in pages}
    if "needs_ocr" in found:
        return "partly_read"
    return "read_with_ocr" if "ocr" in found else "read"


def _unchanged(path: Path, held: DocumentEntry) -> FileReport:
    reason = None if held.name == path.name else f"the library holds the same file as {held.name!r}"
    return FileReport(path.name, "unchanged", reason, held.pages, held.measures, held.actions, held.commitments, held.rejected_rows)


def _printable(name: str) -> bool:
    """Whether a name is text on one line: no bytes that are not UTF-8, no line breaks, nothing that steers a terminal."""
    return not any(category(character) in ("Cc", "Cs", "Zl", "Zp") for character in name)


def _is_library(folder: Path) -> bool:
    return any((folder / name).is_dir() for name in ("originals", "chroma"))


def _hidden(path: Path, root: Path) -> bool:
    return any(part.startswith((".", "~$")) for part in path.relative_to(root).parts)
