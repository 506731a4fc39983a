"""Files → library: read, extract, cut, add; one report a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from index.embed import count_pieces
from index.library import Library
from index.types import DocumentEntry
from ingest.chunks import cut
from ingest.errors import IngestError, UnreadableFile
from ingest.pipeline import extract, read_document
from ingest.readers import digest, read_bytes
from ingest.types import PageInfo

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
    """The files to take in: those named, and all in the folders named, sorted; hidden files in folders are left out."""
    for path in paths:
        if path.is_dir():
            yield from (p for p in sorted(path.rglob("*")) if p.is_file() and not _hidden(p, path))
        else:
            yield path


def take_in_all(paths: Sequence[Path], library: Library, starting: Callable[[Path], None]) -> Iterator[FileReport]:
    """Takes in file after file, going on after a refused one. `starting` is told each file before it is read.

    A document is known by its file name, so a second file of the same name in one run is refused: it would push out the first.
    """
    seen: dict[str, tuple[Path, str]] = {}
    for path in files_below(paths):
        starting(path)
        try:
            data = read_bytes(path)
            sha256 = digest(data)
            first, its_sha256 = seen.setdefault(path.name, (path, sha256))
            if its_sha256 != sha256:
                reason = f"cannot read {str(path)!r}: {str(first)!r} has the same name, and documents are known by name; rename one of them"
                yield FileReport(path.name, "refused", reason)
            else:
                yield take_in(path, data, library)
        except IngestError as error:
            yield FileReport(path.name, "refused", str(error))
        except Exception as error:  # one file that trips a reader must not keep the others out
            reason = f"cannot read {str(path)!r}: unexpected {type(error).__name__} ({' '.join(str(error).split())}); please report this file"
            yield FileReport(path.name, "refused", reason)


def take_in(path: Path, data: bytes, library: Library) -> FileReport:
    """Takes in one file of these bytes, whole or not at all; the same bytes again are recognised. Raises IngestError."""
    held = library.holds(digest(data))
    if held is not None:
        return _unchanged(path, held)
    replaced = path.name in {entry.name for entry in library.documents()}
    document = read_document(path, data)
    unread = [page.number for page in document.pages if page.status == "needs_ocr"]
    if unread and not any(page.status in ("text", "ocr") for page in document.pages):
        raise UnreadableFile(f"cannot read {path.name!r}: its pages are pictures without text; scan it with text recognition (OCR) and ingest that")
    extraction = extract(document)
    library.add(document, extraction, cut(document, extraction, count_pieces), path)
    status: FileStatus = "read"
    if unread:
        status = "partly_read"
    elif any(page.status == "ocr" for page in document.pages):
        status = "read_with_ocr"
    notes = [f"no text on page {_listed(unread)}"] if unread else []
    notes += ["replaces the earlier version"] if replaced else []
    return FileReport(
        document.name,
        status,
        "; ".join(notes) or None,
        document.pages,
        len(extraction.measures),
        len(extraction.actions),
        len(extraction.commitments),
        len(extraction.rejections),
    )


def _unchanged(path: Path, held: DocumentEntry) -> FileReport:
    reason = None if held.name == path.name else f"the library holds the same file as {held.name!r}"
    return FileReport(path.name, "unchanged", reason, held.pages, held.measures, held.actions, held.commitments, held.rejected_rows)


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers))


def _hidden(path: Path, root: Path) -> bool:
    return any(part.startswith((".", "~$")) for part in path.relative_to(root).parts)
