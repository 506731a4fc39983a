"""doctor: what is installed, what is usable, what is in the library, what is wrong."""

from __future__ import annotations

import json
import platform
import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from app.errors import AppError
from app.llm.bounded import shown
from app.llm.errors import LlmError
from app.llm.providers import PROVIDERS
from app.llm.types import Prompt, named_by
from app.settings import llm_settings
from index.embed import MODEL_NAME, QuickEncoder
from index.errors import LibraryError, LibraryMissing
from index.library import Library
from index.types import DocumentEntry

NEEDED = (
    *("torch", "sentence-transformers", "llama-index-core", "chromadb", "streamlit"),
    *("pypdf", "pdfplumber", "pypdfium2", "python-docx", "python-pptx", "openpyxl"),
)
_CHECK = 20.0  # seconds that the live check of a language model may take at most
_READY = {"type": "object", "properties": {"ready": {"type": "boolean"}}, "required": ["ready"], "additionalProperties": False}
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
        *_language_model(),
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
        yield Finding(f"{name} {_version(name) or 'is not there'}, for language models")


def _language_model() -> Iterator[Finding]:
    """The configured language model, asked for one word and for one JSON object; nothing of the library is sent."""
    try:
        settings = llm_settings()
    except AppError as error:
        yield Finding(str(error), wrong=True)
        return
    if settings is None:
        yield Finding("no language model is configured (PLANSPOKEN_LLM): questions are read and answers worded by rule")
        return
    yield Finding(f"language model {settings.model} through {settings.provider} at {shown(settings.url)}")
    kept = f"; kept from it: {', '.join(settings.kept_back)}" if settings.kept_back else ""
    key = "with a key" if settings.key else "without a key"
    yield Finding(f"  {key}, {settings.seconds:g} s a question, {settings.context} tokens of context{kept}")
    llm = PROVIDERS[settings.provider].open(settings.url, settings.model, settings.key, settings.context)
    start = time.perf_counter()
    try:
        reply = llm.complete(Prompt("Answer in one word.", "Say: ready", 16, min(settings.seconds, _CHECK)))
        yield Finding(
            f"  it answers, in {time.perf_counter() - start:.1f} s" if reply.strip() else "  its reply is empty", wrong=not reply.strip()
        )
        reply = llm.complete(Prompt("Reply in JSON.", '{"ready": true}', 32, min(settings.seconds, _CHECK)), _READY)
        yield Finding(f"  JSON of a given form: {'kept to' if _is_ready(reply) else 'not kept to, so that questions are read by rule'}")
    except LlmError as error:
        yield Finding(f"  {error}", wrong=True)


def _is_ready(reply: str) -> bool:
    try:
        found = json.loads(reply)
    except json.JSONDecodeError:
        return False
    return isinstance(found, dict) and isinstance(found.get("ready"), bool)


def _library(folder: Path) -> Iterator[Finding]:
    if folder.exists() and not folder.is_dir():
        yield Finding(f"{str(folder)!r} is a file: a library is a folder, made by `planspoken ingest FILE…`", wrong=True)
        return
    try:
        library = Library.open(folder)
    except LibraryMissing:
        yield Finding(f"no library at {str(folder)!r} yet; `planspoken ingest FILE…` makes one")
        return
    except LibraryError as error:
        yield Finding(str(error), wrong=True)
        return
    try:
        with library:
            entries = library.documents()
    except LibraryError as error:
        yield Finding(str(error), wrong=True)
        return
    yield Finding(f"library {str(folder)!r}: {len(entries)} documents")
    for entry in entries:
        unread = [page.number for page in entry.pages if page.status == "needs_ocr"]
        note = f", no text on page {', '.join(map(str, unread))}" if unread else ""
        yield Finding(
            f"  {entry.name}: {len(entry.pages)} pages, {entry.measures} measures, {entry.actions} actions, {entry.commitments}"
            f" commitments, {entry.rejected_rows} of {entry.rows} rows rejected{note}"
        )
    yield from _kept_back(entries)


def _kept_back(entries: Sequence[DocumentEntry]) -> Iterator[Finding]:
    """A pattern that names no document keeps nothing from the language model: most likely it is misspelt."""
    try:
        settings = llm_settings()
    except AppError:  # said where the model is
        return
    for pattern in settings.kept_back if settings else ():
        if not any(named_by(pattern, entry.name) for entry in entries):
            yield Finding(f"PLANSPOKEN_LLM_KEEP_BACK names {pattern!r}, which no document in the library is called", wrong=True)


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
