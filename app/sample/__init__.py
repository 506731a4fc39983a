"""The sample: three plans of a council that does not exist, written and typeset by us, for the demo and for the evaluation.

`source/` holds what is printed and what it says, `content.py` reads it, `typeset.py` (for developers, needs reportlab) makes the PDFs.
"""

from __future__ import annotations

from pathlib import Path

PLANS = Path(__file__).parent / "plans"

SAMPLE_PLANS: tuple[Path, ...] = (
    PLANS / "improvement-plan-2025-26-q2.pdf",
    PLANS / "self-evaluation-2025.pdf",
    PLANS / "action-plan-2023-24.pdf",
)
