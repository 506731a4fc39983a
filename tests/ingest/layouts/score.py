"""Prints how well each layout is read: `python -m tests.ingest.layouts.score [-v] [LAYOUT…]`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from ingest.pipeline import extract, read_document
from tests.ingest.layouts.made import LAYOUTS
from tests.ingest.layouts.scoring import FIELDS, gold, score


def main(names: list[str], verbose: bool) -> None:
    """One line a layout and kind; with `verbose` one more for each record that is missing, too many or wrong."""
    with tempfile.TemporaryDirectory() as folder:
        for name in names or LAYOUTS:
            suffix, make = LAYOUTS[name]
            path = Path(folder) / f"{name}{suffix}"
            make(path)
            extraction = extract(read_document(path))
            for kind in FIELDS:
                if (wanted := gold(name, kind)) is not None:
                    result = score(wanted, getattr(extraction, kind), kind)
                    print(f"{name}{suffix} {kind}: F1 {result.f1:.2f} whole {result.whole:.2f}")
                    print(*(f"    {fault}" for fault in result.faults if verbose), sep="\n", end="\n" if verbose and result.faults else "")


if __name__ == "__main__":
    main([a for a in sys.argv[1:] if a != "-v"], "-v" in sys.argv)
