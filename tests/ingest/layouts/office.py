# ruff: noqa: E501 - rows of tables, a line each
"""Layouts as Word, Excel, PowerPoint and HTML files. Nothing in them is real."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Pt
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Cm
from pptx.util import Pt as SlidePt
from xlsxwriter import Workbook  # type: ignore[import-untyped]

FILL = {"R": "D9343A", "A": "FFB000", "G": "3DA35D"}


def corporate_plan(path: Path) -> None:
    """Corporate plan performance: heads on two levels, years as columns, comparators apart, a merged theme column."""
    document = Document()
    document.add_heading("Corporate plan 2023 to 2027: annual performance report", 1)
    document.add_paragraph("Calderbrook Metropolitan Borough Council. Results for the year ended 31 March 2024.")
    rows = [
        ("A good start in life", "Children reaching a good level of development", "64.8%", "66.1%", "68.0%", "67.7%", "66.9%"),
        ("", "Persistent absence, secondary schools", "30.2%", "28.9%", "26.0%", "26.5%", "29.4%"),
        ("", "Children in care per 10,000", "92", "97", "90", "70", "88"),
        ("Safe and strong places", "Antisocial behaviour incidents per 1,000 residents", "24.1", "21.3", "23.0", "-", "-"),
        ("", "Residents who feel safe after dark", "61%", "58%", "65%", "72%", "-"),
    ]  # fmt: skip
    grid = document.add_table(rows=2 + len(rows), cols=7)
    grid.style = "Table Grid"
    for i, text in enumerate(["Theme", "Measure", "Outturn", None, "Target", "Comparators", None]):
        if text:
            grid.cell(0, i).text = text
    for i, text in enumerate([None, None, "2022/23", "2023/24", "2023/24", "National average", "SN average"]):
        if text:
            grid.cell(1, i).text = text
    grid.cell(0, 2).merge(grid.cell(0, 3))
    grid.cell(0, 5).merge(grid.cell(0, 6))
    grid.cell(0, 0).merge(grid.cell(1, 0))
    grid.cell(0, 1).merge(grid.cell(1, 1))
    for n, row in enumerate(rows, start=2):
        for i, text in enumerate(row):
            grid.cell(n, i).text = text
    grid.cell(2, 0).merge(grid.cell(4, 0))
    grid.cell(5, 0).merge(grid.cell(6, 0))
    document.save(str(path))


def peer_challenge(path: Path) -> None:
    """Action plan after a peer challenge: recommendations merged over their actions, timescales in words."""
    document = Document()
    document.add_heading("Corporate peer challenge: action plan", 1)
    document.add_paragraph("Approved by Cabinet on 14 January 2025.")
    rows = [
        ("R1. Set out a single, shared vision for the place with partners", "Hold two partner summits and agree a place vision", "Chief Executive", "Spring 2025"),
        ("", "Rewrite the corporate plan around the vision", "Director of Strategy", "By end of October 2025"),
        ("R2. Strengthen financial resilience", "Bring a three year savings programme to full Council", "Section 151 Officer", "February 2025"),
        ("", "Report delivery of savings to Cabinet every quarter", "Section 151 Officer", "Ongoing"),
        ("R3. Make better use of data in decisions", "Launch one performance dashboard for members", "Head of Insight", "Q3 2025/26"),
        ("R4. Support members to scrutinise well", "Offer a development programme to all 51 councillors", "Monitoring Officer", "Summer 2025 to Spring 2026"),
        ("", "Appoint an independent adviser to overview and scrutiny", "Monitoring Officer", "TBC"),
    ]  # fmt: skip
    grid = document.add_table(rows=1, cols=4)
    grid.style = "Table Grid"
    for i, text in enumerate(["Recommendation", "What we will do", "Responsible officer", "Timescale"]):
        grid.rows[0].cells[i].text = text
        grid.rows[0].cells[i].paragraphs[0].runs[0].bold = True
    for row in rows:
        cells = grid.add_row().cells
        for i, text in enumerate(row):
            cells[i].text = text
    for first, last in ((1, 2), (3, 4), (6, 7)):
        grid.cell(first, 0).merge(grid.cell(last, 0))
    document.save(str(path))


def self_evaluation(path: Path) -> None:
    """Self-evaluation in prose and bullets: from and to, targets in the sentence, fractions, comparators, plans."""
    document = Document()
    document.styles["Normal"].font.size = Pt(11)
    document.add_heading("Self-evaluation of services for children", 1)
    document.add_paragraph("Thornley Council, April 2025")
    document.add_heading("Impact of leaders", 2)
    document.add_paragraph(
        "The proportion of children in care with an up-to-date health assessment rose from 71% in March 2024 to 83% in March 2025 "
        "against a target of 85%. Social worker turnover has fallen from 24% to 17% over the same period, below the national rate of 18%."
    )
    document.add_heading("Help and protection", 2)
    for text in (
        "In quarter 4 of 2024/25, 91% of assessments were completed within 45 working days (target: 90%).",
        "Re-referrals stood at 19.5% at the end of March 2025, compared with 23% a year earlier and 21% for statistical neighbours.",
        "Nine of the 12 social work teams have a permanent manager.",
        "Audit found that 14 out of 20 plans were good or better in February 2025.",
        "No child waited more than five days for a strategy meeting.",
    ):
        document.add_paragraph(text, style="List Bullet")
    document.add_heading("What we will do next", 2)
    for text in (
        "We will open a second children's home by December 2025.",
        "The Head of Quality Assurance will report on the impact of supervision to the board every quarter.",
        "By September 2025 we aim to see 90% of health assessments completed on time.",
    ):
        document.add_paragraph(text, style="List Bullet")
    document.save(str(path))


def turned_word(path: Path) -> None:
    """A Word table whose column heads run upwards, one month a column, the target beside the name."""
    document = Document()
    document.add_heading("Monthly performance report 2024/25", 1)
    heads = ["Measure", "Target", "Apr-24", "May-24", "Jun-24"]
    rows = [
        ("Return home interviews within 72 hours", "80%", "66%", "74%", "81%"),
        ("Pathway plans reviewed in last six months", "95%", "90%", "93%", "92%"),
        ("Missed reviews", "<5", "7", "4", "3"),
    ]
    grid = document.add_table(rows=1 + len(rows), cols=5)
    grid.style = "Table Grid"
    for i, head in enumerate(heads):
        cell = grid.cell(0, i)
        cell.text = head
        if i:
            turn = OxmlElement("w:textDirection")
            turn.set(qn("w:val"), "btLr")
            cell._tc.get_or_add_tcPr().append(turn)
    for n, row in enumerate(rows, start=1):
        for i, text in enumerate(row):
            grid.cell(n, i).text = text
    document.save(str(path))


def workbook_cards(path: Path) -> None:
    """A dashboard sheet of KPI cards: a merged title, then labels with the figure beside them; one card has no figure yet."""
    book = Workbook(str(path))
    sheet = book.add_worksheet("Dashboard")
    bold = book.add_format({"bold": True, "bg_color": "#DDE5F2", "text_wrap": True})
    percent = book.add_format({"num_format": "0.0%"})
    sheet.write("A1", "Adult social care dashboard, September 2025", book.add_format({"bold": True, "font_size": 16}))
    cards: list[tuple[str, Any, Any, Any, str | None]] = [
        ("Reviews completed in the last 12 months", 0.713, 0.8, 0.698, "A"),
        ("Delayed discharges per 100,000", 9.4, 8, 10.1, "A"),
        ("People with a direct payment", 0.287, 0.28, 0.279, "G"),
        ("Carers assessed within 28 days", None, 0.9, None, None),
        ("Care home placements rated good or better", 0.642, 0.75, 0.67, "R"),
        ("Safeguarding concerns received", 214, None, 231, None),
    ]
    for i, (name, value, target, before, rating) in enumerate(cards):
        row, column = 2 + 6 * (i // 3), 3 * (i % 3)
        sheet.merge_range(row, column, row, column + 1, name, bold)
        for n, (label, figure) in enumerate([("Latest", value), ("Target", target), ("Previous", before), ("RAG", rating)], start=1):
            sheet.write(row + n, column, label)
            if label == "RAG":
                sheet.write(row + n, column + 1, "", book.add_format({"bg_color": "#" + FILL[rating]} if rating else {}))
            elif figure is not None:
                sheet.write(row + n, column + 1, figure, percent if isinstance(figure, float) and figure < 1 else None)
    sheet.set_column(0, 8, 16)
    book.close()


def workbook_tables(path: Path) -> None:
    """Two tables and a tracker on one sheet, with formulas, percent formats, a hidden row and dates as numbers."""
    book = Workbook(str(path))
    sheet = book.add_worksheet("Performance")
    bold = book.add_format({"bold": True, "bg_color": "#DDE5F2"})
    percent = book.add_format({"num_format": "0%"})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write("A1", "Housing and homelessness: quarter 1 2025/26", bold)
    for i, head in enumerate(["Indicator", "Numerator", "Denominator", "Q1 2025/26", "Target"]):
        sheet.write(2, i, head, bold)
    for n, (name, top, bottom, target) in enumerate(
        [("Homelessness prevented", 63, 140, 0.5), ("Repairs completed on time", 1840, 2000, 0.9), ("Withdrawn indicator", 5, 10, 0.7), ("Homes with a valid gas certificate", 4965, 5000, 1.0)], start=3
    ):  # fmt: skip
        sheet.write(n, 0, name)
        sheet.write(n, 1, top)
        sheet.write(n, 2, bottom)
        sheet.write_formula(n, 3, f"=B{n + 1}/C{n + 1}", percent, top / bottom)
        sheet.write(n, 4, target, percent)
    sheet.set_row(5, None, None, {"hidden": True})
    sheet.write("A10", "Rent arrears by area", bold)
    for i, head in enumerate(["Area", "Arrears June 2025", "Ceiling"]):
        sheet.write(10, i, head, bold)
    money = book.add_format({"num_format": "£#,##0"})
    for n, (area, owed, ceiling) in enumerate([("East", 182000, 175000), ("West", 96500, 110000)], start=11):
        sheet.write(n, 0, area)
        sheet.write(n, 1, owed, money)
        sheet.write(n, 2, ceiling, money)
    sheet.write("A16", "Actions", bold)
    for i, head in enumerate(["Ref", "Action", "Lead", "Due date", "Status"]):
        sheet.write(16, i, head, bold)
    for n, (ref, action, lead, due, status) in enumerate(
        [("H1", "Let the new repairs contract", "Head of Housing", date(2025, 9, 30), "In progress"), ("H2", "Visit every tenant in arrears over £1,000", "Income Manager", date(2025, 12, 31), "Not started")], start=17
    ):  # fmt: skip
        for i, value in enumerate([ref, action, lead]):
            sheet.write(n, i, value)
        sheet.write_datetime(n, 3, due, day)
        sheet.write(n, 4, status)
    sheet.set_column(0, 0, 34)
    book.close()


def slide_cards(path: Path) -> None:
    """Slides: boxes as KPI cards with ratings as fills, then a table of milestones."""
    show = Presentation()
    slide = show.slides.add_slide(show.slide_layouts[5])
    slide.shapes.title.text = "Fostering service: headline measures, Q4 2024/25"
    cards = [
        ("Approved foster carers", "143", "Target: 150", "Last quarter: 139 ↑", "A"),
        ("Placements within 20 miles", "76%", "Target: 80%", "Last quarter: 79% ↓", "R"),
        ("Carer reviews on time", "97%", "Target: 95%", "Last quarter: 97% ↔", "G"),
    ]
    for i, (name, big, target, before, rating) in enumerate(cards):
        box = slide.shapes.add_shape(MSO_SHAPE.ROUNDED_RECTANGLE, Cm(1 + 8 * i), Cm(5), Cm(7), Cm(7))
        box.fill.solid()
        box.fill.fore_color.rgb = RGBColor.from_string(FILL[rating])
        frame = box.text_frame
        for n, (text, size) in enumerate([(name, 16), (big, 40), (target, 14), (before, 14)]):
            paragraph = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
            paragraph.text = text
            paragraph.runs[0].font.size = SlidePt(size)
    slide = show.slides.add_slide(show.slide_layouts[5])
    slide.shapes.title.text = "Programme milestones"
    rows = [
        ("Milestone", "Owner", "Planned date", "Forecast date", "Status"),
        ("Recruitment campaign launched", "Fostering Manager", "April 2025", "April 2025", "Complete"),
        ("Carer portal live", "Digital Lead", "June 2025", "September 2025", "Delayed"),
        ("Fee structure approved by Cabinet", "Head of Service", "July 2025", "July 2025", "On track"),
    ]
    grid = slide.shapes.add_table(len(rows), 5, Cm(1), Cm(4), Cm(23), Cm(6)).table
    for n, row in enumerate(rows):
        for i, text in enumerate(row):
            grid.cell(n, i).text = text
    show.save(str(path))


def risk_page(path: Path) -> None:
    """A web page: a risk register with scores, then indicators with rowspans, values by year group and a hidden row."""
    path.write_text(
        """<!doctype html><html><head><title>Public health board: risks and measures</title></head><body>
<h1>Public health board</h1><p>Report for the meeting of 9 October 2025. Measures are for 2024/25 unless another year is given.</p>
<h2>Risk register</h2>
<table><thead><tr><th>Ref</th><th>Risk</th><th>Likelihood</th><th>Impact</th><th>Score</th><th>Mitigating action</th><th>Owner</th><th>Review by</th></tr></thead>
<tbody><tr><td>R1</td><td>Grant is cut by more than 5%</td><td>3</td><td>4</td><td>12</td><td>Prepare two budget options for the board</td><td>Finance Lead</td><td>November 2025</td></tr>
<tr><td>R2</td><td>Vaccination teams cannot be staffed</td><td>2</td><td>5</td><td>10</td><td>Agree a shared bank of nurses with the trust</td><td>Director of Public Health</td><td>31 January 2026</td></tr></tbody></table>
<h2>Measures</h2>
<table><tr><th rowspan="2">Measure</th><th colspan="2">Northern district</th><th colspan="2">Southern district</th><th rowspan="2">Target</th></tr>
<tr><th>2023/24</th><th>2024/25</th><th>2023/24</th><th>2024/25</th></tr>
<tr><td>MMR uptake at five years</td><td>84.1%</td><td>86.0%</td><td>91.7%</td><td>95.2%</td><td>95%</td></tr>
<tr style="display:none"><td>Draft measure</td><td>1%</td><td>2%</td><td>3%</td><td>4%</td><td>5%</td></tr>
<tr><td>Mothers smoking at delivery</td><td>11.0%</td><td>9.8%</td><td>7.2%</td><td>5.9%</td><td>6%</td></tr></table>
</body></html>""",
        encoding="utf-8",
    )
