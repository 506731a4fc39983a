"""Readers: one module a format, named in READERS. Format is judged by content, not by name."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from types import ModuleType

from ingest.errors import EmptyFile, EncryptedFile, FileMissing, IngestError, UnreadableFile, UnsupportedFormat
from ingest.readers import delimited, html, markdown, pdf, sheet, slides, text, word
from ingest.readers.encoding import decoded, is_text
from ingest.readers.package import ZIP, zip_refusal
from ingest.source import Source

# A reader is a module with FORMAT, SUFFIXES, accepts(data, suffix) and read(path, data, sha256); the first that accepts the bytes reads
# them. The suffix only tells formats of plain text apart.
READERS: tuple[ModuleType, ...] = (pdf, word, slides, sheet, html, delimited, markdown, text)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of Office before 2007, and of Office files with a password
_OLD = (  # (a stream's name in it, what it is, what to save it as)
    ("WordDocument", "an older Word document (.doc, Word 97 to 2003)", ".docx or PDF"),
    ("Workbook", "an older Excel workbook (.xls, Excel 97 to 2003)", ".xlsx"),
    ("Book", "an older Excel workbook (.xls, Excel 5 or 95)", ".xlsx"),
    ("PowerPoint Document", "an older PowerPoint file (.ppt, PowerPoint 97 to 2003)", ".pptx or PDF"),
    ("__substg1.0_", "an Outlook message (.msg)", "PDF"),
)
_OTHERS = (  # (bytes at the start, what it is, what to do)
    (b"\x89PNG", "a picture (PNG image)", "scan or print it to a PDF and ingest that"),
    (b"\xff\xd8\xff", "a picture (JPEG image)", "scan or print it to a PDF and ingest that"),
    (b"GIF8", "a picture (GIF image)", "scan or print it to a PDF and ingest that"),
    (b"II*\0", "a picture (TIFF image)", "scan or print it to a PDF and ingest that"),
    (b"MM\0*", "a picture (TIFF image)", "scan or print it to a PDF and ingest that"),
    (b"BM", "a picture (BMP image)", "scan or print it to a PDF and ingest that"),
    (b"{\\rtf", "a rich text file (RTF format)", "open it in Word, save it as .docx or PDF and ingest that"),
    (b"%!PS", "a PostScript file", "save it as PDF and ingest that"),
    (b"\x1f\x8b", "a compressed file (gzip)", "unpack it and ingest what is in it"),
    (b"Rar!", "an archive (RAR)", "unpack it and ingest the files in it"),
    (b"7z\xbc\xaf", "an archive (7z)", "unpack it and ingest the files in it"),
)
# A drawing is text to the eye of a program: words in no order, between numbers that measure nothing but its lines.
_DRAWING = re.compile(r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[[^\]]*\])?\s*>\s*)*<(?:\w+:)?svg[\s>]", re.DOTALL)


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
    ending = path.suffix.lower()
    if is_text(data) and _DRAWING.match(decoded(data[:65536])[0].lstrip("\ufeff")):
        what = "a drawing (SVG image), for which there is no reader"
        raise UnsupportedFormat(f"cannot read {path.name!r}: it is {what}; open it in a browser, print it to a PDF and ingest that")
    reader = next((r for r in READERS if r.accepts(data, ending)), None)
    if reader is None or (reader in _PLAIN and _magic(data)):
        raise _refusal(path, data)
    if ending in pdf.SUFFIXES and reader is not pdf:
        what = "a web page (HTML)" if reader is html else f"a file of format {reader.FORMAT}"
        raise UnreadableFile(f"cannot read {path.name!r}: it is not a PDF but {what} under that name; export it again as PDF")
    source: Source = reader.read(path, data, digest(data))
    return source


_PLAIN = (delimited, markdown, text)  # formats that any bytes may look like


def _magic(data: bytes) -> bool:
    return data.startswith((ZIP, _OLE)) or any(data.startswith(magic) for magic, _, _ in _OTHERS if len(magic) > 2)


def _refusal(path: Path, data: bytes) -> IngestError:
    name, ending = path.name, path.suffix.lower()
    if data.startswith(ZIP):
        return zip_refusal(name, data)
    if data.startswith(_OLE):
        return _old_office(name, data)
    for magic, what, remedy in _OTHERS:
        if data.startswith(magic):
            wrong = f"not a {ending[1:].upper()} file but " if ending in known_suffixes() else ""
            return UnsupportedFormat(f"cannot read {name!r}: it is {wrong}{what}, for which there is no reader; {remedy}")
    if ending in known_suffixes():
        return UnreadableFile(f"cannot read {name!r}: its name ends in {ending} but its content is not (binary); export it again")
    known = ", ".join(sorted(known_suffixes()))
    return UnsupportedFormat(f"cannot read {name!r}: no reader for {ending or 'this kind of file'} (known: {known}); save it as PDF")


def _old_office(name: str, data: bytes) -> IngestError:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return EncryptedFile(f"cannot read {name!r}: it is protected by a password; save a copy without one and ingest that")
    for stream, what, remedy in _OLD:
        if stream.encode("utf-16-le") in data:
            return UnsupportedFormat(f"cannot read {name!r}: it is {what}, which is not supported; save it as {remedy} and ingest that")
    return UnsupportedFormat(f"cannot read {name!r}: it is an older Office file, which is not supported; save it as PDF and ingest that")
