"""The ZIP container of Office files: which kind it holds, whether it is safe to open, and its strict dialect made the usual one."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Literal

from lxml import etree

from ingest.errors import IngestError, UnreadableFile, UnsupportedFormat

OfficeKind = Literal["word", "slides", "sheet"]

ZIP = b"PK\x03\x04"
_MOST = 100 * 2**20  # bytes a package may hold unpacked: real plans stay under ten megabytes, a ZIP bomb does not
_MAIN: tuple[
    tuple[re.Pattern[bytes], OfficeKind], ...
] = (  # what [Content_Types].xml calls the main part (ECMA-376 part 1, sections 11 to 13; macro-enabled and template forms alike)
    (re.compile(rb"(?:wordprocessingml\.(?:document|template)|ms-word\.(?:document|template)\.macroEnabled[\w]*)\.main\+xml"), "word"),
    (re.compile(rb"(?:presentationml\.(?:presentation|slideshow|template)|ms-powerpoint\.\w+\.macroEnabled\w*)\.main\+xml"), "slides"),
    (re.compile(rb"(?:spreadsheetml\.(?:sheet|template)|ms-excel\.(?:sheet|template)\.macroEnabled\w*)\.main\+xml"), "sheet"),
)
_USUAL = {  # main part types that python-docx and python-pptx know, for those they refuse
    rb"application/vnd\.ms-word\.\w+\.macroEnabled\w*\.main\+xml"
    rb"|application/vnd\.openxmlformats-officedocument\.wordprocessingml\.template\.main\+xml": (
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    ),
    rb"application/vnd\.ms-powerpoint\.\w+\.macroEnabled\w*\.main\+xml"
    rb"|application/vnd\.openxmlformats-officedocument\.presentationml\.(?:template|slideshow)\.main\+xml": (
        b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
    ),
}
_STRICT = b"http://purl.oclc.org/ooxml/"
_DIALECT = (  # ISO/IEC 29500-1 (strict) names against those of part 4 (transitional), which every program writes
    (
        rb"http://purl\.oclc\.org/ooxml/(wordprocessingml|spreadsheetml|presentationml)/main",
        rb"http://schemas.openxmlformats.org/\1/2006/main",
    ),
    (rb"http://purl\.oclc\.org/ooxml/drawingml/(\w+)", rb"http://schemas.openxmlformats.org/drawingml/2006/\1"),
    (
        rb"http://purl\.oclc\.org/ooxml/officeDocument/relationships",
        rb"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (rb"http://purl\.oclc\.org/ooxml/officeDocument/(\w+)", rb"http://schemas.openxmlformats.org/officeDocument/2006/\1"),
    (rb"http://purl\.oclc\.org/ooxml/package/relationships", rb"http://schemas.openxmlformats.org/package/2006/relationships"),
)


def office_kind(data: bytes) -> OfficeKind | None:
    """Which Office format a file's bytes hold; None for any other file, a damaged container among them."""
    if not data.startswith(ZIP):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            types = _content_types(package)
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, NotImplementedError, RuntimeError, zlib.error):
        return None
    return next((kind for pattern, kind in _MAIN if pattern.search(types)), None)


def zip_refusal(name: str, data: bytes) -> IngestError:
    """Why a ZIP container that is no Office file cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
            kind = package.read("mimetype").decode("ascii", "replace") if "mimetype" in names else ""
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, zlib.error):
        return UnreadableFile(f"cannot read {name!r}: its ZIP container is damaged or cut off; copy or download it again")
    if "opendocument" in kind:
        what = "an OpenDocument file (.odt, .ods, .odp), for which there is no reader"
        return UnsupportedFormat(f"cannot read {name!r}: it is {what}; save it as .docx, .xlsx, .pptx or PDF and ingest that")
    if any(n.startswith("xl/") and n.endswith(".bin") for n in names):
        return UnsupportedFormat(f"cannot read {name!r}: it is a binary workbook (.xlsb); save it as .xlsx and ingest that")
    return UnsupportedFormat(f"cannot read {name!r}: it is a ZIP archive; unpack it and ingest the files in it")


def checked(name: str, data: bytes) -> bytes:
    """The package, safe to hand to a library: not too large unpacked, no entities, usual dialect. Raises an IngestError otherwise."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            size = sum(info.file_size for info in package.infolist())
            if size > _MOST:
                raise UnreadableFile(
                    f"cannot read {name!r}: it expands to {size // 2**20} megabytes, too large for a plan; save a smaller copy"
                )
            if any(info.flag_bits & 1 for info in package.infolist()):
                raise UnreadableFile(f"cannot read {name!r}: parts of its ZIP container are encrypted; save a copy without a password")
            parts = {info.filename: package.read(info) for info in package.infolist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, zlib.error, EOFError) as error:
        raise UnreadableFile(f"cannot read {name!r}: its ZIP container is damaged ({error}); copy or save it again") from error
    xml = {n: part for n, part in parts.items() if n.lower().endswith((".xml", ".rels", ".vml"))}
    if any(_declares_entities(part) for part in xml.values()):
        what = "unsafe XML with a document type (DOCTYPE) or entities, which Office never writes"
        raise UnreadableFile(f"cannot read {name!r}: {what}; save it anew in Office")
    usual = {n: _usual(n, part) for n, part in xml.items()}
    if all(usual[n] is part for n, part in xml.items()):
        return data
    return _packed({**parts, **usual})


def metadata(package: bytes) -> tuple[str | None, str | None]:
    """Title and author as the package's own core properties give them (ECMA-376 part 2, section 8), None where it has none.

    The libraries invent both for a package without core properties.
    """
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        name = next((n for n in archive.namelist() if n.lower() == "docprops/core.xml"), None)
        if name is None:
            return None, None
        root = etree.fromstring(archive.read(name), etree.XMLParser(resolve_entities=False))
    return _property(root, "title"), _property(root, "creator")


def _property(root: etree._Element, name: str) -> str | None:
    return " ".join((root.findtext(f"{{http://purl.org/dc/elements/1.1/}}{name}") or "").split()) or None


def _content_types(package: zipfile.ZipFile) -> bytes:
    info = package.getinfo("[Content_Types].xml")
    return package.read(info) if info.file_size < 2**20 else b""


def _declares_entities(part: bytes) -> bool:
    head = part[:4096]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "replace").encode()
    return b"<!DOCTYPE" in head or b"<!ENTITY" in head


def _usual(name: str, part: bytes) -> bytes:
    """The part in the transitional dialect; the same object where nothing had to change."""
    made = part
    if name == "[Content_Types].xml":
        for pattern, usual in _USUAL.items():
            made = re.sub(pattern, usual, made)
    if _STRICT in part:
        for pattern, usual in _DIALECT:
            made = re.sub(pattern, usual, made)
    return part if made == part else made


def _packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return out.getvalue()
