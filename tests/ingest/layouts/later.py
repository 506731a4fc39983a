# ruff: noqa: E501 - rows of tables, a line each
"""A second set, drawn after the first was mended, to see whether the rules carry over. Nothing in them is real."""

from __future__ import annotations

from pathlib import Path

from docx import Document
from pptx import Presentation
from pptx.util import Cm, Pt
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from xlsxwriter import Workbook  # type: ignore[import-untyped]


def free_cards(path: Path) -> None:
    """Tiles without frames in two columns: the figure over its name, the target in words, upright page."""
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    canvas.setFont("Helvetica-Bold", 17)
    canvas.drawString(50, 790, "Early help scorecard, March 2025")
    canvas.setFont("Helvetica", 10)
    canvas.drawString(50, 772, "Longmere Council")
    tiles = [
        ("82%", "of family plans reviewed on time", "Target: 90%", "Feb 2025: 79%"),
        ("1,245", "families supported in the year", "Target: 1,200", "2023/24: 1,102"),
        ("11 days", "average wait for a first visit", "Target: 10 days", "Feb 2025: 14 days"),
        ("4.6%", "of plans stepped up to social care", "Target: 5%", "Feb 2025: 5.2%"),
    ]
    for i, (big, name, target, before) in enumerate(tiles):
        x, y = 60 + 260 * (i % 2), 690 - 190 * (i // 2)
        canvas.setFont("Helvetica-Bold", 30)
        canvas.drawString(x, y, big)
        canvas.setFont("Helvetica-Bold", 11)
        canvas.drawString(x, y - 24, name)
        canvas.setFont("Helvetica", 10)
        canvas.drawString(x, y - 42, target)
        canvas.drawString(x, y - 57, before)
    canvas.save()


def quarter_pairs(path: Path) -> None:
    """Each quarter with its own target, actual and rating column, on two levels of heads, in a PDF with fills."""
    canvas = Canvas(str(path), pagesize=(A4[1], A4[0]), invariant=1)
    canvas.setFont("Helvetica-Bold", 14)
    canvas.drawString(40, 550, "Housing performance report 2024/25")
    widths = [200.0, 70, 70, 50, 70, 70, 50, 150]
    edges = [40 + sum(widths[:i]) for i in range(9)]
    rows = [
        ("Voids re-let time (days)", "28", "31", "R", "28", "27", "G", "New contractor from July."),
        ("Tenants satisfied with repairs", "85%", "83%", "A", "86%", "86%", "G", ""),
        ("Rent collected", "97%", "98.1%", "G", "98%", "97.2%", "A", "Universal credit delays."),
    ]
    fill = {"R": "#C00000", "A": "#FFC000", "G": "#00B050"}
    canvas.setFont("Helvetica-Bold", 9)
    for start, end, text in ((1, 4, "Quarter 1 2024/25"), (4, 7, "Quarter 2 2024/25")):
        canvas.rect(edges[start], 500, edges[end] - edges[start], 20)
        canvas.drawString(edges[start] + 4, 506, text)
    for i, text in enumerate(["Indicator", "Target", "Actual", "RAG", "Target", "Actual", "RAG", "Comment"]):
        low = 480
        canvas.rect(edges[i], low, widths[i], 40 if i in (0, 7) else 20)
        canvas.drawString(edges[i] + 4, low + 6, text)
    canvas.setFont("Helvetica", 9)
    for n, row in enumerate(rows):
        for i, text in enumerate(row):
            if text in fill:
                canvas.setFillColor(HexColor(fill[text]))
                canvas.rect(edges[i], 460 - 20 * n, widths[i], 20, fill=1)
                canvas.setFillColor(HexColor("#000000"))
            else:
                canvas.rect(edges[i], 460 - 20 * n, widths[i], 20)
                canvas.drawString(edges[i] + 4, 466 - 20 * n, text)
    canvas.save()


def word_cards(path: Path) -> None:
    """A Word table of two rows by three whose cells are cards."""
    document = Document()
    document.add_heading("Library service at a glance: Q1 2025/26", 1)
    cards = [
        "Visits in person\n48,210\nTarget: 45,000\nLast quarter: 46,900",
        "Children in the summer challenge\n3,150\nTarget: 3,000\nLast year: 2,870",
        "Books issued per visit\n1.9\nTarget: 2.0\nLast quarter: 1.9",
    ]
    cards += [
        "Online loans\n22,040\nTarget: 20,000\nLast quarter: 21,300",
        "Satisfied users\n94%\nTarget: 92%\nLast quarter: 93%",
        "Staff sickness days\n7.8\nTarget: 7.0\nLast quarter: 8.4",
    ]
    grid = document.add_table(rows=2, cols=3)
    grid.style = "Table Grid"
    for i, text in enumerate(cards):
        grid.cell(i // 3, i % 3).text = text
    document.save(str(path))


def month_rows(path: Path) -> None:
    """A workbook by month: a row a month, a column a measure, a row of targets below."""
    book = Workbook(str(path))
    sheet = book.add_worksheet("Front door")
    bold = book.add_format({"bold": True})
    percent = book.add_format({"num_format": "0%"})
    sheet.write("A1", "Front door 2025/26", bold)
    for i, head in enumerate(["Month", "Contacts received", "Decisions within 24 hours", "Repeat referrals"]):
        sheet.write(2, i, head, bold)
    for n, (month, contacts, quick, again) in enumerate(
        [("April 2025", 812, 0.91, 0.22), ("May 2025", 790, 0.88, 0.21), ("June 2025", 845, 0.94, 0.19)], start=3
    ):
        sheet.write(n, 0, month)
        sheet.write(n, 1, contacts)
        sheet.write(n, 2, quick, percent)
        sheet.write(n, 3, again, percent)
    sheet.write(6, 0, "Target")
    sheet.write(6, 2, 0.95, percent)
    sheet.write(6, 3, 0.2, percent)
    book.close()


def loose_slide(path: Path) -> None:
    """A slide whose cards are three text boxes each: name, figure, target."""
    show = Presentation()
    slide = show.slides.add_slide(show.slide_layouts[5])
    slide.shapes.title.text = "Waste and recycling, Q2 2025/26"
    for i, (name, big, target) in enumerate(
        [
            ("Recycling rate", "47.3%", "Target 50%"),
            ("Missed bins per 100,000", "61", "Target 50"),
            ("Flytips cleared in 24 hours", "93%", "Target 90%"),
        ]
    ):
        for text, top, size in ((name, 5, 14), (big, 6.5, 36), (target, 9, 12)):
            box = slide.shapes.add_textbox(Cm(1 + 8 * i), Cm(top), Cm(7), Cm(1.2))
            box.text_frame.text = text
            box.text_frame.paragraphs[0].runs[0].font.size = Pt(size)
    show.save(str(path))


def web_plan(path: Path) -> None:
    """An inspection action plan as a web page: areas as rowspans, several leads, a start and an end, a status in words, progress in bullets."""
    path.write_text(
        """<html><head><title>Ofsted action plan</title></head><body><h1>Ofsted action plan, June 2025 update</h1>
<table><tr><th>What inspectors said needs to improve</th><th>What will we do</th><th>Who</th><th>Start</th><th>Finish</th><th>Status</th><th>Progress so far</th></tr>
<tr><td rowspan="2">Quality of plans for children in need</td><td>Introduce a single plan template</td><td>Head of Service; Practice Lead</td><td>Jan 2025</td><td>Mar 2025</td><td>Completed</td><td><ul><li>Template launched in March 2025</li><li>120 staff trained</li></ul></td></tr>
<tr><td>Sample ten plans a month</td><td>Quality Assurance Manager</td><td>Apr 2025</td><td>Ongoing</td><td>On track</td><td>28 plans sampled since April: 16 good.</td></tr>
<tr><td>Timeliness of initial health assessments</td><td>Agree a booking protocol with the hospital trust</td><td>Designated Nurse</td><td>Feb 2025</td><td>By 30 September 2025</td><td>Delayed</td><td>Not yet agreed.</td></tr></table></body></html>""",
        encoding="utf-8",
    )
