"""An answer as a Word document that can be tabled: question, answer, table, and each excerpt with its page."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from app.grid import Grid
from app.tracks import Track
from app.types import Answer
from app.view import Excerpt, View
from index.types import DocumentEntry

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

Picture = Callable[[Excerpt], bytes | None]  # a PNG of the cited place, None where there is no page to draw

PICTURED = 12  # excerpts with a picture: more would make a paper that nobody tables
_WIDTH = Cm(25)  # between the margins of a page on its side
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what XML may not hold


def briefing(answer: Answer, shown: View, documents: Sequence[DocumentEntry], picture: Picture, made: date) -> bytes:
    """The answer as a .docx, pages on their side; the first twelve excerpts have the picture of their place, told in words too."""
    paper = Document()
    _set_up(paper, answer)
    paper.add_heading(_clean(answer.question.text), 1)
    if answer.question.history:
        paper.add_paragraph(_clean("Asked after: " + " / ".join(answer.question.history)))
    for line in (shown.label, shown.headline):
        if line:
            paper.add_paragraph(style="Intense Quote" if line == shown.headline else None).add_run(_clean(line)).bold = True
    if shown.understood:
        paper.add_paragraph(_clean(f"Understood as: {shown.understood}."))
    for line in shown.body:
        paper.add_paragraph(_clean(line))
    for track in shown.timeline:
        _track(paper, track)
    if shown.grid:
        _table(paper, shown.grid)
    for line in (*shown.rule, *([shown.coverage] if shown.coverage else [])):
        paper.add_paragraph(_clean(line))
    _list(paper, "Where the documents disagree", shown.conflicts)
    _list(paper, "Notes", shown.notes)
    _excerpts(paper, shown.excerpts, picture)
    _origin(paper, answer, documents, made)
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def _set_up(paper: WordDocument, answer: Answer) -> None:
    section = paper.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(2.3)
    section.top_margin = section.bottom_margin = Cm(2)
    paper.styles["Normal"].font.size = Pt(11)
    paper.core_properties.title = _clean(answer.question.text)[:255]
    paper.core_properties.author = "Planspoken"
    paper.core_properties.language = "en-GB"


def _track(paper: WordDocument, track: Track) -> None:
    """A commitment through the plans: one numbered entry a plan, what changed under it."""
    paper.add_heading(_clean(track.name), 2)
    for stop in track.stops:
        mark = f" [{stop.citation}]" if stop.citation is not None else ""
        facts = f" ({'; '.join(stop.facts)})" if stop.facts else ""
        paper.add_paragraph(_clean(f"{stop.title}{mark}: {stop.text}{facts}"), style="List Bullet")
        for words in stop.changes:
            paper.add_paragraph(_clean(f"{words}."), style="List Bullet 2")
    if track.end:
        paper.add_paragraph(_clean(f"{track.end}."), style="List Bullet")


def _table(paper: WordDocument, grid: Grid) -> None:
    paper.add_heading(_clean(grid.caption), 2)
    drawn = paper.add_table(rows=1, cols=len(grid.headers))
    drawn.style = "Table Grid"
    for cell, header in zip(drawn.rows[0].cells, grid.headers, strict=True):
        cell.text = ""
        cell.paragraphs[0].add_run(_clean(header)).bold = True
    head = OxmlElement("w:tblHeader")  # repeats on every page, and says to a screen reader what the columns are
    head.set(qn("w:val"), "true")
    drawn.rows[0]._tr.get_or_add_trPr().append(head)
    for row in grid.rows:
        for cell, told in zip(drawn.add_row().cells, row, strict=True):
            cell.text = _clean("\n".join(part for part in (told.text, told.detail) if part))
    for line in drawn.rows:
        for cell in line.cells:
            for paragraph in cell.paragraphs:
                for run in paragraph.runs:
                    run.font.size = Pt(9)
    paper.add_paragraph()


def _list(paper: WordDocument, title: str, lines: Sequence[str]) -> None:
    if lines:
        paper.add_heading(title, 2)
    for line in lines:
        paper.add_paragraph(_clean(line), style="List Bullet")


def _excerpts(paper: WordDocument, excerpts: Sequence[Excerpt], picture: Picture) -> None:
    if excerpts:
        paper.add_heading("What the documents say", 2)
    for place, excerpt in enumerate(excerpts):
        said = f"[{excerpt.n}] {excerpt.title}" + (f", {excerpt.place}" if excerpt.place else "")
        line = paper.add_paragraph()
        line.add_run(_clean(said)).bold = True
        line.paragraph_format.keep_with_next = True
        paper.add_paragraph(_clean(excerpt.quote), style="Quote")
        for told in excerpt.corrected:
            paper.add_paragraph(_clean(f"{told[:1].upper()}{told[1:]}."))
        png = picture(excerpt) if place < PICTURED else None
        if png:
            drawn = paper.add_picture(io.BytesIO(png))
            if drawn.width > _WIDTH:
                drawn.height = round(drawn.height * _WIDTH / drawn.width)
                drawn.width = _WIDTH
            drawn._inline.docPr.set("descr", _clean(excerpt.alt))


def _origin(paper: WordDocument, answer: Answer, documents: Sequence[DocumentEntry], made: date) -> None:
    cited = {citation.document for citation in answer.citations}
    paper.add_heading("Where this comes from", 2)
    paper.add_paragraph(
        f"Made by Planspoken on {made.day} {made:%B %Y}. Every figure above was looked up in the documents below; none was made up."
    )
    for entry in documents:
        if entry.name in cited:
            paper.add_paragraph(_clean(f"{entry.title or entry.name} ({entry.name}), SHA-256 {entry.sha256}"), style="List Bullet")


def _clean(text: str) -> str:
    return _CONTROL.sub("", text)
