"""doctor: what is installed, what is usable, what is in the library, what is wrong."""

from __future__ import annotations

import platform
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from index.embed import MODEL_NAME, QuickEncoder
from index.errors import LibraryError, LibraryMissing
from index.library import Library

NEEDED = (
    *("torch", "sentence-transformers", "llama-index-core", "chromadb", "streamlit"),
    *("pypdf", "pdfplumber", "pypdfium2", "python-docx", "python-pptx", "openpyxl"),
)
LLM = ("llama-index-llms-openai-like", "llama-index-llms-ollama")


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report; `wrong` is true where something must be mended, false where a part is merely not there."""

    text: str
    wrong: bool = False


def doctor(folder: Path) -> bool:
    """Prints the findings, the wrong ones marked. Whether nothing is wrong."""
    findings = [
        Finding(f"Python {platform.python_version()} on {platform.system()}"),
        *_packages(),
        _model(),
        *_optional(),
        *_library(folder),
    ]
    for finding in findings:
        print(f"{'WRONG' if finding.wrong else '     '}  {finding.text}")
    wrong = sum(finding.wrong for finding in findings)
    print(f"{wrong} {'thing' if wrong == 1 else 'things'} to mend" if wrong else "nothing is wrong")
    return not wrong


def _packages() -> Iterator[Finding]:
    for name in NEEDED:
        found = _version(name)
        yield Finding(f"{name} {found}") if found else Finding(f"{name} is not installed: run `pip install -e .` again", wrong=True)


def _model() -> Finding:
    try:
        QuickEncoder().encode(["model"])
    except LibraryError as error:
        return Finding(str(error), wrong=True)
    return Finding(f"embedding model {MODEL_NAME}, its files as tested")


def _optional() -> Iterator[Finding]:
    yield Finding(f"tesseract is {'there' if shutil.which('tesseract') else 'not there'}, for pages that are pictures")
    for name in LLM:
        yield Finding(f"{name} {_version(name) or 'is not there'}, for language models (not used yet)")


def _library(folder: Path) -> Iterator[Finding]:
    try:
        library = Library.open(folder)
    except LibraryMissing:
        yield Finding(f"no library at {str(folder)!r} yet; `planspoken ingest FILE…` makes one")
        return
    except LibraryError as error:
        yield Finding(str(error), wrong=True)
        return
    with library:
        entries = library.documents()
    yield Finding(f"library {str(folder)!r}: {len(entries)} documents")
    for entry in entries:
        unread = [page.number for page in entry.pages if page.status == "needs_ocr"]
        note = f", no text on page {', '.join(map(str, unread))}" if unread else ""
        yield Finding(
            f"  {entry.name}: {len(entry.pages)} pages, {entry.measures} measures, {entry.actions} actions, {entry.commitments}"
            f" commitments, {entry.rejected_rows} of {entry.rows} rows rejected{note}"
        )


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
