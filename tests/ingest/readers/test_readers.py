"""Format is judged by content, and what cannot be read is refused by name with what to do."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest

from ingest.errors import EncryptedFile, IngestError, UnreadableFile, UnsupportedFormat
from ingest.readers import READERS, known_suffixes, read_source
from ingest.readers.package import checked

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100


def packed(**parts: bytes) -> bytes:
    """A ZIP container; "__" in a name stands for a slash or a dot as Office names its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name.replace("___", "/").replace("__", "."), part)
    return out.getvalue()


def stream(name: str) -> bytes:
    return OLE + name.encode("utf-16-le")


_SVG = """<?xml version="1.0"?>
<!-- drawn by hand --> <!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x.dtd">
<svg:svg xmlns:svg="http://www.w3.org/2000/svg"><svg:text>Visits 85%</svg:text></svg:svg>
"""
REFUSED: list[tuple[str, bytes, type[IngestError], str]] = [
    ("plan.doc", stream("WordDocument"), UnsupportedFormat, r"older Word.*\.docx"),
    ("data.xls", stream("Workbook"), UnsupportedFormat, r"older Excel.*\.xlsx"),
    ("board.ppt", stream("PowerPoint Document"), UnsupportedFormat, r"older PowerPoint.*\.pptx"),
    ("plan.docx", stream("EncryptedPackage"), EncryptedFile, "password"),
    ("plan.odt", packed(mimetype=b"application/vnd.oasis.opendocument.text"), UnsupportedFormat, r"OpenDocument.*\.docx"),
    ("data.xlsb", packed(xl___workbook__bin=b"x"), UnsupportedFormat, r"\.xlsb.*\.xlsx"),
    ("papers.zip", packed(plan__pdf=b"%PDF-"), UnsupportedFormat, "ZIP archive; unpack"),
    ("plan.docx", packed(plan__pdf=b"%PDF-")[:30], UnreadableFile, "damaged or cut off"),
    ("plan.rtf", b"{\\rtf1 text}", UnsupportedFormat, "RTF"),
    ("plan.docx", b"{\\rtf1 text}", UnsupportedFormat, "not a DOCX file but a rich text file"),
    ("chart.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><text>Visits 85%</text></svg>", UnsupportedFormat, "SVG image"),
    ("chart.txt", _SVG.encode("utf-16"), UnsupportedFormat, "SVG image"),
    ("scan.png", b"\x89PNG\r\n" + b"\0" * 50, UnsupportedFormat, "PNG image"),
    ("scan.txt", b"\xff\xd8\xff\xe0" + b"\0" * 50, UnsupportedFormat, "JPEG image"),
    ("data.bin", bytes(range(256)) * 4, UnsupportedFormat, r"no reader for \.bin"),
]


@pytest.mark.parametrize(("name", "data", "error", "said"), REFUSED, ids=[f"{name} {said}" for name, _, _, said in REFUSED])
def test_refused_by_name_with_what_to_do(tmp_path: Path, name: str, data: bytes, error: type[IngestError], said: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)

    with pytest.raises(error) as caught:
        read_source(path)

    message = str(caught.value)
    assert name in message and "\n" not in message
    assert re.search(said, message)
    assert re.search(r"; .*(save|unpack|copy|scan|open|export)", message)


def test_a_document_is_known_by_its_content(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("We will visit weekly.")
    out = io.BytesIO()
    made.save(out)
    path = tmp_path / "plan.doc"
    path.write_bytes(out.getvalue())

    assert read_source(path).format == "docx"


def test_a_package_that_expands_beyond_reason_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(UnreadableFile, match=r"expands to 150 megabytes, too large"):
        checked("bomb.xlsx", packed(xl___worksheets___sheet1__xml=b" " * (150 * 2**20)))


def test_entities_are_refused() -> None:
    with pytest.raises(UnreadableFile, match="entities"):
        checked("plan.docx", packed(word___document__xml=b'<!DOCTYPE d [<!ENTITY leak SYSTEM "file:///etc/passwd">]><d>&leak;</d>'))


def test_every_reader_names_its_endings() -> None:
    assert len(known_suffixes()) == len(set(known_suffixes()))
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in known_suffixes())
    assert len({reader.FORMAT for reader in READERS}) == len(READERS)
