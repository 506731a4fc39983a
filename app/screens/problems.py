"""What the user can mend, worded in one line, and how a page says it."""

from __future__ import annotations

from app.errors import AppError
from index.errors import LibraryError
from ingest.errors import IngestError

PROBLEMS = (AppError, IngestError, LibraryError)
