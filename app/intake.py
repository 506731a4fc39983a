"""Files → library: read, extract, cut, add; one report a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from index.embed import count_pieces
from index.errors import LibraryError
from index.library import Library
from index.types import DocumentEntry
from index.vector_index import Progress
from ingest.chunks import cut
from ingest.errors import FileMissing, IngestError, UnreadableFile
from ingest.pipeline import extract, read_document
from ingest.readers import digest, read_bytes
from ingest.types import PageInfo

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
    """Takes in file after file, going on after a refused one; `watch` is told file, step, how many are done, of how many.

    A document is known by its file name, so a second file of the same name in one run is refused: it would push out the first.
    """
    seen: dict[str, tuple[Path, str]] = {}
    for path in files_below(paths):
        watch(path, "reading", 0, 0)
        yield _report(path, library, seen, partial(watch, path))


def _report(path: Path, library: Library, seen: dict[str, tuple[Path, str]], progress: Progress) -> FileReport:
    try:
        if path.is_dir():
            raise FileMissing(
                f"cannot read {str(path)!r}: there are no files to read in this folder (hidden ones and a library's are left out)"
            )
        data = read_bytes(path)
        first, sha256 = seen.setdefault(path.name, (path, digest(data)))
        if sha256 != digest(data):
            raise UnreadableFile(f"cannot take in {str(path)!r}: {str(first)!r} has the same name, which names a document; rename it")
        return take_in(path, data, library, progress)
    except IngestError as error:
        return FileReport(path.name, "refused", str(error))
    except LibraryError:
        raise
    except Exception as error:  # one file that trips a reader must not keep the others out
        what = f"unexpected {type(error).__name__} ({' '.join(str(error).split())})"
        return FileReport(path.name, "refused", f"cannot read {path.name!r}: {what}; please report this file")


def take_in(path: Path, data: bytes, library: Library, progress: Progress | None = None) -> FileReport:
    """Takes in one file of these bytes, whole or not at all; the same bytes again are recognised. Raises IngestError."""
    held = _held(path.name, digest(data), library.documents())
    if held is not None:
        return _unchanged(path, held)
    document = read_document(path, data)
    unread = [page.number for page in document.pages if page.status == "needs_ocr"]
    if unread and not any(page.status in ("text", "ocr") for page in document.pages):
        why = next(page.note for page in document.pages if page.status == "needs_ocr")
        raise UnreadableFile(f"cannot read {path.name!r}: {why or 'its pages are pictures without text (needs OCR)'}")
    extraction = extract(document)
    stored = library.add(document, extraction, cut(document, extraction, count_pieces), data, progress=progress)
    notes = [f"no text on page {', '.join(map(str, unread))}"] if unread else []
    notes += [f"page {page.number}: {page.note}" for page in document.pages if page.note and page.status in ("text", "blank")]
    notes += ["replaces the file of this name that was here"] if stored == "replaced" else []
    return FileReport(
        document=document.name,
        status=_status(document.pages),
        reason="; ".join(notes) or None,
        pages=document.pages,
        measures=len(extraction.measures),
        actions=len(extraction.actions),
        commitments=len(extraction.commitments),
        rejected_rows=len(extraction.rejections),
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


def _is_library(folder: Path) -> bool:
    return any((folder / name).is_dir() for name in ("originals", "chroma"))


def _hidden(path: Path, root: Path) -> bool:
    return any(part.startswith((".", "~$")) for part in path.relative_to(root).parts)
