"""The process that reads uploaded files for app/uploads.py: a path a line comes in, progress and one report a file go out, as JSON."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TextIO

from app.settings import stay_offline
from app.uploads import report_json


def work(folder: Path, orders: TextIO, told: TextIO) -> None:
    """Takes in each file named in `orders` until they end, which they do when the server ends."""
    stay_offline()
    from app.intake import take_in_all  # after the libraries underneath are told to keep to this machine
    from index.errors import LibraryError
    from index.library import Library

    def say(**what: object) -> None:
        print(json.dumps(what), file=told, flush=True)

    with Library.open(folder) as library:
        for line in orders:
            path = Path(json.loads(line))
            try:
                [report] = take_in_all([path], library, lambda _, step, done, of: say(step=step, done=done, of=of))
            except LibraryError as error:
                say(report={"document": path.name, "status": "refused", "reason": str(error), "pages": []})
            else:
                say(report=report_json(report))


if __name__ == "__main__":
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever a library prints must not stand among the reports
    work(Path(sys.argv[1]), sys.stdin, out)
