"""The layouts by name: the file's ending and what draws it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.ingest.layouts import later, office, pages

LAYOUTS: dict[str, tuple[str, Callable[[Path], None]]] = {
    "scorecard": (".pdf", pages.scorecard),
    "cards": (".pdf", pages.cards),
    "tracker": (".pdf", pages.tracker),
    "send_plan": (".pdf", pages.send_plan),
    "turned_heads": (".pdf", pages.turned_heads),
    "sideways": (".pdf", pages.sideways),
    "corporate_plan": (".docx", office.corporate_plan),
    "peer_challenge": (".docx", office.peer_challenge),
    "self_evaluation": (".docx", office.self_evaluation),
    "turned_word": (".docx", office.turned_word),
    "workbook_cards": (".xlsx", office.workbook_cards),
    "workbook_tables": (".xlsx", office.workbook_tables),
    "slide_cards": (".pptx", office.slide_cards),
    "risk_page": (".html", office.risk_page),
    "free_cards": (".pdf", later.free_cards),
    "quarter_pairs": (".pdf", later.quarter_pairs),
    "word_cards": (".docx", later.word_cards),
    "month_rows": (".xlsx", later.month_rows),
    "loose_slide": (".pptx", later.loose_slide),
    "web_plan": (".html", later.web_plan),
}
