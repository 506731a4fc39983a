"""chat, demo: the front end, over a library that is there."""

from __future__ import annotations

from pathlib import Path

from app.commands.reading import ingest
from app.errors import AppError
from app.serve import check_free, serve


def chat(folder: Path, port: int, open_browser: bool) -> None:
    """Serves the chat until it is stopped. AppError where there is no library or the port is taken."""
    if not folder.is_dir():
        raise AppError(
            f"no library at {str(folder)!r}: make one with `planspoken ingest FILE…`, or look at the sample with `planspoken demo`"
        )
    serve(folder, port, open_browser)


def demo(folder: Path, port: int, open_browser: bool) -> None:
    """Builds the library of the sample plans, where they are not in it yet, and serves the chat over it."""
    from app.sample import SAMPLE_PLANS

    check_free(port)  # before the work, not after it
    ingest(SAMPLE_PLANS, folder, as_json=False)
    serve(folder, port, open_browser)
