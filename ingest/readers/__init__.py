"""Readers: one module a format, named in READERS. Format is judged by content, not by name."""

from __future__ import annotations

import hashlib
from pathlib import Path
from types import ModuleType

from ingest.errors import EmptyFile, FileMissing, UnreadableFile, UnsupportedFormat
from ingest.readers import pdf, sheet, slides, text, word
from ingest.source import Source

# A reader is a module with FORMAT, SUFFIXES, accepts(data, suffix) and read(path, data, sha256); the first that accepts the bytes reads them.
READERS: tuple[ModuleType, ...] = (pdf, word, slides, sheet, text)

_OTHERS = (  # (bytes at the start, what it is, what to do)
    (b"PK\x03\x04", "an Office or ZIP file", "save it as PDF and ingest that"),
    (b"\xd0\xcf\x11\xe0", "an old Office file (.doc, .xls, .ppt)", "save it as PDF and ingest that"),
    (b"\x89PNG", "a picture", "scan it to a PDF with text (OCR) and ingest that"),
    (b"\xff\xd8\xff", "a picture", "scan it to a PDF with text (OCR) and ingest that"),
    (b"GIF8", "a picture", "scan it to a PDF with text (OCR) and ingest that"),
    (b"{\\rtf", "a rich text file", "save it as PDF and ingest that"),
)


def known_suffixes() -> tuple[str, ...]:
    """File name endings that a folder is searched for."""
    return tuple(suffix for reader in READERS for suffix in reader.SUFFIXES)


def digest(data: bytes) -> str:
    """SHA-256 of a file's bytes, in hexadecimal: the file's identity."""
    return hashlib.sha256(data).hexdigest()


def read_bytes(path: Path) -> bytes:
    """The file's bytes. Raises FileMissing, EmptyFile or UnreadableFile, each in one line."""
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise FileMissing(f"cannot read {str(path)!r}: there is no such file; check the name") from error
    except IsADirectoryError as error:
        raise FileMissing(f"cannot read {str(path)!r}: it is a folder; name the files in it") from error
    except OSError as error:
        raise UnreadableFile(f"cannot read {str(path)!r}: {error.strerror}; check the file's permissions") from error
    if not data.strip(b"\0 \t\r\n"):
        raise EmptyFile(f"cannot read {path.name!r}: the file is empty; export or copy it again")
    return data


def read_source(path: Path, data: bytes | None = None) -> Source:
    """Read one file with the reader that recognises its content. Raises an IngestError worded for the user."""
    data = read_bytes(path) if data is None else data
    head = data[:4096]
    named = next((r for r in READERS if path.suffix.lower() in r.SUFFIXES), None)
    reader = next((r for r in READERS if r.accepts(data, path.suffix.lower())), None)
    if reader is None or (reader is text and head.startswith(tuple(magic for magic, _, _ in _OTHERS))):
        raise _refusal(path, head, named)
    if reader is text and path.suffix.lower() == ".pdf":
        raise UnreadableFile(f"cannot read {path.name!r}: its name says PDF but its content is not; export it again as PDF")
    source: Source = reader.read(path, data, digest(data))
    return source


def _refusal(path: Path, head: bytes, named: ModuleType | None) -> UnsupportedFormat | UnreadableFile:
    known = ", ".join(sorted(known_suffixes()))
    for magic, what, remedy in _OTHERS:
        if head.startswith(magic):
            return UnsupportedFormat(f"cannot read {path.name!r}: it is {what}, for which there is no reader (known: {known}); {remedy}")
    if named is not None:
        ending = path.suffix.lower()
        return UnreadableFile(f"cannot read {path.name!r}: its name ends in {ending} but its content is something else; export it again")
    return UnsupportedFormat(
        f"cannot read {path.name!r}: no reader for {path.suffix or 'this kind of file'} (known: {known}); save it as PDF"
    )
