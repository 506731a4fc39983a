"""Typesets the sample plans from `source/` into `plans/`: `python -m app.sample.typeset` (needs reportlab and the Liberation fonts).

The same source gives the same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from app.sample import PLANS
from app.sample.content import (
    UNKNOWN,
    DataTable,
    Head,
    Plan,
    PlannedAction,
    Summary,
    TargetRow,
    action_plan,
    improvement_plan,
    load,
    self_evaluation,
    shown,
)
from app.sample.layouts import RATING_FILLS, Band, Cell, Column, Entry, FontsMissing, Look, Sheet, Table, register_fonts

A4 = (595.28, 841.89)
IMPROVEMENT = Look(A4[1], A4[0], 34, accent="#0B5563", header_fill="#0B5563", header_ink="#FFFFFF")
OLDER = Look(A4[1], A4[0], 40, accent="#4A2C6B", header_fill="#E4DDEE", header_ink="#2E1B45")
PROSE = Look(A4[0], A4[1], 60, accent="#0B5563", header_fill="#D5E4E7", header_ink="#0B3B45")
ARROWS = {"up": "↑", "same": "↔", "down": "↓"}
TRENDS = {"up": "▲", "same": "↔", "down": "▼"}


def write_all(folder: Path) -> None:
    """Writes the three plans into the folder. Raises FontsMissing."""
    register_fonts()
    folder.mkdir(parents=True, exist_ok=True)
    write_improvement_plan(folder)
    write_action_plan(folder)
    write_self_evaluation(folder)


def write_improvement_plan(folder: Path) -> None:
    """Landscape: legend and counts on page 1, one table with a band for each aim, the performance summary on the last page."""
    plan = improvement_plan()
    sheet = _sheet(folder, plan.head, IMPROVEMENT)
    for counted in plan.head.counts:
        sheet.text(counted, size=9.5)
        sheet.gap(3)
    sheet.gap(6)
    _legend(sheet, plan)
    sheet.start_page()
    widths = (28, 172, 92, 148, 178, 66, 36, 54)
    columns = tuple(Column(title, width) for title, width in zip(plan.head.columns, widths, strict=True))
    items: list[Band | Entry] = []
    for aim in plan.aims:
        items.append(Band(aim.title))
        items.extend(_with_arrows(action) for action in plan.actions if action.aim == aim.id)
    sheet.table(Table(columns, tuple(items), size=9.2, leading=11.8))
    if plan.summary:
        sheet.start_page()
        _summary(sheet, plan.summary)
    sheet.save()


def write_action_plan(folder: Path) -> None:
    """Landscape: a heading and a table of its own for each priority, the status as a word on a colour."""
    plan = action_plan()
    sheet = _sheet(folder, plan.head, OLDER)
    for counted in plan.head.counts:
        sheet.text(counted, size=9.5, bold=True)
    sheet.gap(8)
    words = {key.code: key.word for key in plan.legend}
    _words(sheet, plan)
    widths = (28, 180, 140, 104, 72, 178, 60)
    columns = tuple(Column(title, width) for title, width in zip(plan.head.columns, widths, strict=True))
    for aim in plan.aims:
        sheet.gap(12)
        sheet.heading(aim.title, 12)
        entries = tuple(_with_words(action, words) for action in plan.actions if action.aim == aim.id)
        sheet.table(Table(columns, entries))
    sheet.save()


def write_self_evaluation(folder: Path) -> None:
    """Portrait: headings, numbered paragraphs, bullets and two small tables."""
    evaluation = self_evaluation()
    sheet = _sheet(folder, evaluation.head, PROSE)
    for section in evaluation.sections:
        sheet.gap(8)
        sheet.heading(f"{section.id}. {section.title}")
        for paragraph in evaluation.paragraphs:
            if paragraph.number.split(".")[0] != section.id:
                continue
            sheet.text(paragraph.text, size=11, indent=32, mark=paragraph.number)
            sheet.gap(4)
            for bullet in paragraph.bullets:
                sheet.text(bullet, size=11, indent=48, mark="•")
                sheet.gap(2)
            sheet.gap(4)
            for table in evaluation.tables:
                if table.after == paragraph.number:
                    _data_table(sheet, table)
    sheet.save()


def _sheet(folder: Path, head: Head, look: Look) -> Sheet:
    council = load("council")
    sheet = Sheet(
        folder / head.file,
        look,
        title=f"{council['name']}: {head.title}",
        subject=head.subject,
        author=council["name"],
        issued=head.issued,
        running=head.title,
        notice=council["notice"],
    )
    sheet.title_block(council["name"], head.title, head.updated)
    for words in head.intro:
        sheet.text(words)
        sheet.gap(6)
    return sheet


def _legend(sheet: Sheet, plan: Plan) -> None:
    """The colours and arrows with their meaning, as two small tables."""
    sheet.heading("How to read this plan", 11)
    colours = tuple(Entry(({0: Cell(fill=RATING_FILLS[key.code]), 1: Cell(key.means)},)) for key in plan.legend)
    none = Entry(({0: Cell(), 1: Cell("No colour: no figure reported yet")},))
    sheet.table(Table((Column("RAG", 40), Column("Meaning", 600)), (*colours, none), size=9, leading=11.2))
    sheet.gap(8)
    arrows = tuple(Entry(({0: Cell(ARROWS[key.code], centred=True, bold=True, size=12), 1: Cell(key.means)},)) for key in plan.arrows)
    sheet.table(Table((Column("Arrow", 40), Column("Direction of travel", 160)), arrows, size=9, leading=11.2))
    sheet.gap(8)
    sheet.text(plan.head.legend_note, size=9)


def _words(sheet: Sheet, plan: Plan) -> None:
    entries = tuple(Entry(({0: _status(key.code, key.word), 1: Cell(key.means)},)) for key in plan.legend)
    sheet.table(Table((Column("Status", 60), Column("What it means", 340)), entries))


def _status(rag: str, word: str) -> Cell:
    return Cell(word, RATING_FILLS[rag], ink="#1D2730" if rag in "AG" else "#FFFFFF", bold=True, centred=True)


def _with_arrows(action: PlannedAction) -> Entry:
    """An action of the improvement plan: what it is stands merged beside its targets."""
    merged = {0: Cell(action.ref, bold=True), 1: Cell(action.action), 2: Cell(action.lead), 5: Cell(action.due)}
    return Entry(tuple(_target_row(row) for row in action.rows), merged)


def _target_row(row: TargetRow) -> dict[int, Cell]:
    rating = _status(row.rag, row.rag_text) if row.rag else Cell()
    arrow = Cell(ARROWS[row.direction] if row.direction else "", bold=True, centred=True, size=12)
    return {3: Cell(row.success), 4: Cell(row.position), 6: rating, 7: arrow}


def _with_words(action: PlannedAction, words: dict[str, str]) -> Entry:
    (row,) = action.rows
    printed = (action.ref, action.action, row.success, action.lead, action.due, row.position)
    rating = _status(row.rag, words[row.rag]) if row.rag else Cell()
    return Entry(({**{i: Cell(text) for i, text in enumerate(printed)}, 6: rating},))


def _summary(sheet: Sheet, summary: Summary) -> None:
    sheet.heading(summary.title, 14)
    sheet.text(summary.intro, size=9.5)
    sheet.gap(3)
    sheet.text(summary.counts, size=9.5)
    sheet.gap(8)
    columns = tuple(Column(title, width) for title, width in zip(summary.columns, (380, 130, 70, 70, 60, 60), strict=True))
    entries = []
    for line in summary.lines:
        q1, q2 = (Cell(shown(value, line.unit), centred=True) for value in (line.q1, line.q2))
        cells = (
            Cell(line.measure),
            Cell(line.target_text),
            q1,
            q2,
            Cell(fill=RATING_FILLS[line.rag]),
            Cell(TRENDS[line.trend], centred=True),
        )
        entries.append(Entry((dict(enumerate(cells)),)))
    sheet.table(Table(columns, tuple(entries), size=9, leading=11.2))


def _data_table(sheet: Sheet, table: DataTable) -> None:
    sheet.need((len(table.lines) + 4) * 17)
    sheet.gap(4)
    sheet.text(table.title, bold=True)
    sheet.gap(4)
    others = 62.0 if len(table.columns) > 2 else 80.0
    first = sheet.width - others * (len(table.columns) - 1) if len(table.columns) > 2 else 260.0
    columns = tuple(Column(title, others if i else first) for i, title in enumerate(table.columns))
    entries = tuple(
        Entry(({i: Cell(text, bold=line[0] == "Total", centred=text == UNKNOWN) for i, text in enumerate(line)},)) for line in table.lines
    )
    sheet.table(Table(columns, entries))
    sheet.gap(4)
    if table.note:
        sheet.text(table.note, size=8.5, ink="#45525C")
    sheet.gap(8)


if __name__ == "__main__":
    try:
        write_all(PLANS)
    except FontsMissing as error:
        sys.exit(str(error))
