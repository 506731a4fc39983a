# ruff: noqa: E501 - rows of tables, a line each
"""Layouts drawn as PDF: a scorecard, KPI cards, a borderless tracker, an improvement plan, turned headings, a turned page. Nothing in them is real."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

RED, AMBER, GREEN = HexColor("#D9343A"), HexColor("#FFB000"), HexColor("#3DA35D")
RATING = {"R": RED, "A": AMBER, "G": GREEN}
TEXT = ParagraphStyle("text", fontName="Helvetica", fontSize=7.5, leading=9)
HEAD = ParagraphStyle("head", fontName="Helvetica-Bold", fontSize=8, leading=9.5, textColor=HexColor("#FFFFFF"))
DARK = HexColor("#1F3864")
TITLE = ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=15, leading=19)
LEAD = ParagraphStyle("lead", fontName="Helvetica", fontSize=9.5, leading=12)


class Dot(Flowable):
    """A filled circle: a rating that is only a colour."""

    def __init__(self, rating: str) -> None:
        super().__init__()
        self.rating, self.width, self.height = rating, 12, 12

    def draw(self) -> None:
        self.canv.setFillColor(RATING[self.rating])
        self.canv.circle(6, 5, 5, stroke=0, fill=1)


class Arrow(Flowable):
    """A triangle drawn as a path: a direction that is no letter."""

    def __init__(self, way: str) -> None:
        super().__init__()
        self.way, self.width, self.height = way, 12, 12

    def draw(self) -> None:
        points = {"up": ((1, 1), (11, 1), (6, 10)), "down": ((1, 10), (11, 10), (6, 1)), "same": ((1, 1), (1, 10), (11, 5.5))}[self.way]
        path = self.canv.beginPath()
        path.moveTo(*points[0])
        path.lineTo(*points[1])
        path.lineTo(*points[2])
        path.close()
        self.canv.setFillColor(HexColor("#444444"))
        self.canv.drawPath(path, stroke=0, fill=1)


def _p(text: str, style: ParagraphStyle = TEXT) -> Paragraph:
    return Paragraph(text, style)


def _built(path: Path, story: list[Any], size: tuple[float, float] = landscape(A4)) -> None:
    SimpleDocTemplate(str(path), pagesize=size, leftMargin=36, rightMargin=36, topMargin=40, bottomMargin=40, invariant=1).build(story)


def scorecard(path: Path) -> None:
    """Quarterly corporate scorecard: polarity, outturn, target, Q1 to Q4, a coloured dot, a drawn arrow, a commentary; section rows across."""
    heads = ["Ref", "Indicator", "Good is", "2024/25 outturn", "2025/26 target", "Q1", "Q2", "Q3", "Q4", "RAG", "DoT", "Commentary"]
    rows = [
        ["Children and families"],
        [
            "CF1",
            "Repeat referrals to children's social care within 12 months (%)",
            "Low",
            "22.4",
            "20.0",
            "21.8",
            "19.6",
            "",
            "",
            "G",
            "up",
            "Screening by the front door team is now consistent.",
        ],
        [
            "CF2",
            "Care leavers aged 19 to 21 in education, employment or training (%)",
            "High",
            "55.1",
            "60.0",
            "56.0",
            "54.2",
            "",
            "",
            "R",
            "down",
            "14 young people became unavailable for work. A mentoring offer starts in January 2026.",
        ],
        [
            "CF3",
            "Average time between a child entering care and moving in with adopters (days)",
            "Low",
            "436",
            "426",
            "431",
            "428",
            "",
            "",
            "A",
            "up",
            "Two complex cases account for most of the delay.",
        ],
        ["Adult social care"],
        ["AS1", "Older people still at home 91 days after discharge (%)", "High", "81.3", "85.0", "82.2", "85.6", "", "", "G", "up", ""],
        [
            "AS2",
            "Safeguarding enquiries concluded within 40 working days (%)",
            "High",
            "n/a",
            "75.0",
            "n/a",
            "68.9",
            "",
            "",
            "R",
            "same",
            "New measure: collected since July.",
        ],
        ["Place"],
        [
            "PL1",
            "Household waste sent for reuse, recycling and composting (%)",
            "High",
            "47.0",
            "50.0",
            "49.1",
            "48.7",
            "",
            "",
            "A",
            "down",
            "A wet summer reduced garden waste.",
        ],
        ["PL2", "Fly-tipping incidents reported", "Low", "3,120", "2,800", "742", "655", "", "", "G", "up", "Cameras at 12 hot spots."],
    ]
    body: list[list[Any]] = [[_p(h, HEAD) for h in heads]]
    spans = []
    for row in rows:
        if len(row) == 1:
            spans.append(len(body))
            body.append([_p(f"<b>{row[0]}</b>")] + [""] * (len(heads) - 1))
        else:
            body.append([*(_p(c) for c in row[:9]), Dot(row[9]), Arrow(row[10]), _p(row[11])])
    grid = Table(body, colWidths=[30, 150, 36, 48, 48, 36, 36, 30, 30, 30, 30, 200], repeatRows=1)
    style: list[Any] = [
        ("GRID", (0, 0), (-1, -1), 0.5, HexColor("#888888")),
        ("BACKGROUND", (0, 0), (-1, 0), DARK),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ]
    for at in spans:
        style += [("SPAN", (0, at), (-1, at)), ("BACKGROUND", (0, at), (-1, at), HexColor("#DDE5F2"))]
    grid.setStyle(TableStyle(style))
    _built(
        path,
        [
            _p("Northmere Council: corporate scorecard", TITLE),
            _p("Position at the end of Quarter 2 2025/26 (July to September 2025)", LEAD),
            Spacer(1, 10),
            grid,
        ],
    )


CARDS = [
    ("Initial health assessments on time", "78%", "Target 95%", "Previous quarter 71%", "up", "R"),
    ("Child protection plans lasting two years or more", "2.1%", "Target 3%", "Previous quarter 2.6%", "down", "G"),
    ("EHC plans issued within 20 weeks", "64.5%", "Target 70%", "Previous quarter 64.5%", "same", "A"),
    ("Social worker vacancies", "31", "Target 20", "Previous quarter 38", "down", "A"),
    ("Stage 1 complaints answered in time", "92%", "Target 90%", "Previous quarter 88%", "up", "G"),
    ("Average caseload", "17.4", "Target 16", "Previous quarter 16.9", "up", "R"),
]


def cards(path: Path) -> None:
    """KPI cards on a page: title, a big number, target, the quarter before, an arrow, a coloured strip."""
    canvas = Canvas(str(path), pagesize=landscape(A4), invariant=1)
    canvas.setFont("Helvetica-Bold", 18)
    canvas.drawString(40, 540, "Performance at a glance")
    canvas.setFont("Helvetica", 11)
    canvas.drawString(40, 522, "Eastvale Borough Council, Quarter 3 2024/25")
    for i, (name, big, target, before, way, rating) in enumerate(CARDS):
        x, y = 40 + 262 * (i % 3), 330 - 210 * (i // 3)
        canvas.setStrokeColor(HexColor("#999999"))
        canvas.roundRect(x, y, 240, 170, 8, stroke=1, fill=0)
        canvas.setFillColor(RATING[rating])
        canvas.rect(x, y, 8, 170, stroke=0, fill=1)
        canvas.setFillColor(HexColor("#000000"))
        canvas.setFont("Helvetica-Bold", 11)
        for n, line in enumerate(_wrapped(name, 34)):
            canvas.drawString(x + 20, y + 145 - 14 * n, line)
        canvas.setFont("Helvetica-Bold", 34)
        canvas.drawString(x + 20, y + 75, big)
        canvas.setFont("ZapfDingbats", 22)
        canvas.drawString(x + 180, y + 78, {"up": "▲", "down": "▼", "same": "➔"}[way])
        canvas.setFont("Helvetica", 10)
        canvas.drawString(x + 20, y + 40, target)
        canvas.drawString(x + 20, y + 22, before)
    canvas.save()


def _wrapped(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


TRACKER = [
    ("1", "Publish a refreshed neglect strategy with partners and brief every team on it", "Head of Safeguarding", "31 May 2025", "Complete", "Strategy signed off by the partnership on 12 May; 9 briefings held."),
    ("2", "Recruit to the three vacant team manager posts in assessment", "Service Director, Assessment and Intervention", "30 June 2025", "Overdue", "Two managers start in August. The third post is out to advert again."),
    ("3", "Introduce a weekly tracker for children missing from home or care", "Missing Co-ordinator", "April 2025", "Complete", "In place since 7 April."),
    ("4", "Audit 40 case files each quarter and report the learning to the improvement board", "Principal Social Worker", "Ongoing", "On track", "41 audits done in quarter 1: 12 good, 22 requires improvement, 7 inadequate."),
    ("5", "Agree a joint commissioning plan for short breaks with the integrated care board", "Assistant Director, Commissioning", "September 2025", "On track", "First draft shared with parents and carers forum."),
    ("6", "Replace the case recording forms for child in need visits", "Systems Manager", "31/07/2025", "At risk", "Testing found four faults; the supplier has promised a fix by mid July."),
    ("7", "Train all duty staff in the revised threshold document", "Learning and Development Lead", "October 2025", "Not started", "Trainer to be appointed."),
    ("8", "Review every private fostering arrangement known to the council", "Team Manager, Fostering", "31 August 2025", "On track", "6 of 11 arrangements reviewed."),
]  # fmt: skip


def tracker(path: Path) -> None:
    """An action tracker without a line in it, cells wrapped, over two pages, the heads on the first only."""
    canvas = Canvas(str(path), pagesize=landscape(A4), invariant=1)
    at = [40, 75, 285, 410, 490, 570]
    wide = [6, 40, 22, 13, 13, 42]
    canvas.setFont("Helvetica-Bold", 16)
    canvas.drawString(40, 540, "Improvement board action tracker")
    canvas.setFont("Helvetica", 10)
    canvas.drawString(40, 522, "Westholt County Council. Position at 4 July 2025.")
    canvas.setFont("Helvetica-Bold", 9)
    for x, head in zip(at, ["No.", "Action", "Owner", "Due", "Status", "Update"], strict=True):
        canvas.drawString(x, 490, head)
    y = 468.0
    for i, row in enumerate(TRACKER):
        if i == 4:
            canvas.showPage()
            y = 540.0
        canvas.setFont("Helvetica", 9)
        cells = [_wrapped(text, width) for text, width in zip(row, wide, strict=True)]
        for x, lines in zip(at, cells, strict=True):
            for n, line in enumerate(lines):
                canvas.drawString(x, y - 11 * n, line)
        y -= 11 * max(map(len, cells)) + 16
    canvas.save()


SEND = [
    ("Priority 1: Timely, good quality education, health and care plans", "Families receive a plan that describes the child they know", "1.1", "Fill the four vacant plan writer posts", "SEND Service Manager", "31/10/2025", "G", "All four posts filled; last starter joined on 6 October."),
    ("", "", "1.2", "Bring the share of new plans issued within 20 weeks to 60% by March 2026", "Head of SEND", "31/03/2026", "A", "47% of plans were issued within 20 weeks in September 2025, up from 39% in June 2025."),
    ("", "Annual reviews lead to changed plans", "1.3", "Clear the backlog of 380 overdue annual reviews", "Annual Review Lead", "28/02/2026", "R", "212 reviews remain overdue at the end of September 2025."),
    ("Priority 2: Health advice and therapies without long waits", "Children wait no more than 18 weeks for speech and language therapy", "2.1", "Pilot a drop-in at three family hubs", "Designated Clinical Officer", "Dec 2025", "A", "Two hubs open. The third waits for a lease."),
    ("", "", "2.2", "Publish waiting times on the local offer each month", "Local Offer Officer", "Sept 2025", "G", "Published since August 2025."),
    ("Priority 3: Preparing for adulthood", "Young people and parents know what comes next", "3.1", "Hold transition reviews for every pupil in Year 9 with a plan", "Head of Virtual School", "Ongoing", "A", "88 of 131 reviews held."),
    ("", "", "3.2", "Agree a supported internship offer with five employers", "Employment Adviser", "30 April 2026", "R", "No employer has signed yet."),
]  # fmt: skip


def send_plan(path: Path) -> None:
    """A SEND improvement plan: priority and outcome cells merged downwards, ratings as fills, heads repeated, broken over pages."""
    heads = ["Priority", "Outcome", "No.", "Action", "Lead", "Deadline", "RAG", "Progress update"]
    body: list[list[Any]] = [[_p(h, HEAD) for h in heads]]
    style: list[Any] = [
        ("GRID", (0, 0), (-1, -1), 0.75, HexColor("#000000")),
        ("BACKGROUND", (0, 0), (-1, 0), DARK),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
    tall = ParagraphStyle("tall", parent=TEXT, fontSize=10.5, leading=15)
    for n, row in enumerate(SEND, start=1):
        body.append([_p(row[0], tall), _p(row[1], tall), *(_p(c, tall) for c in row[2:6]), "", _p(row[7], tall)])
        style.append(("BACKGROUND", (6, n), (6, n), RATING[row[6]]))
    for column in (0, 1):
        starts = [n for n, row in enumerate(SEND, start=1) if row[column]]
        for first, after in zip(starts, [*starts[1:], len(SEND) + 1], strict=True):
            style.append(("SPAN", (column, first), (column, after - 1)))
    grid = Table(body, colWidths=[105, 105, 32, 160, 90, 70, 34, 170], repeatRows=1)
    grid.setStyle(TableStyle(style))
    _built(
        path,
        [
            _p("Local area SEND improvement plan", TITLE),
            _p("Southmoor Council and NHS partners, update to the end of September 2025", LEAD),
            Spacer(1, 120),
            grid,
        ],
    )


def turned_heads(path: Path) -> None:
    """A ruled table by team whose column heads are written upwards, and the target in a row of its own."""
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    canvas.setFont("Helvetica-Bold", 14)
    canvas.drawString(50, 780, "Supervision and visits by team, August 2025")
    canvas.setFont("Helvetica", 10)
    canvas.drawString(50, 762, "Brackenford City Council children's services")
    heads = ["Supervision in month", "Child in need visits on time", "Child protection visits on time", "Average caseload"]
    rows = [
        ("Target", "90%", "85%", "95%", "18"),
        ("Assessment North", "94%", "81%", "97%", "16.5"),
        ("Assessment South", "72%", "88%", "90%", "21.2"),
        ("Children in Care", "96%", "-", "-", "15.0"),
    ]  # fmt: skip
    left, top, high = 50.0, 740.0, 150.0
    widths = [130.0, 70, 70, 70, 70]
    for i, head in enumerate(heads):
        canvas.saveState()
        canvas.translate(left + 130 + 70 * i + 38, top - high + 6)
        canvas.rotate(90)
        canvas.setFont("Helvetica-Bold", 9)
        canvas.drawString(0, 0, head)
        canvas.restoreState()
    canvas.setFont("Helvetica-Bold", 9)
    canvas.drawString(left + 4, top - high + 6, "Team")
    canvas.setFont("Helvetica", 9)
    for n, row in enumerate(rows):
        for i, text in enumerate(row):
            canvas.drawString(left + sum(widths[:i]) + 4, top - high - 15 - 22 * n, text)
    canvas.grid([left + sum(widths[:i]) for i in range(6)], [top, *(top - high - 22 * n for n in range(len(rows) + 1))])
    canvas.save()


def sideways(path: Path) -> None:
    """An upright page on which a whole ruled table lies on its side, as when a landscape page is bound into a report."""
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    canvas.translate(A4[0] - 40, 40)
    canvas.rotate(90)
    canvas.setFont("Helvetica-Bold", 13)
    canvas.drawString(0, 500, "Youth justice partnership: key measures 2023/24")
    rows = [
        ("Measure", "2022/23", "2023/24", "Target 2023/24", "Lead officer"),
        ("First time entrants per 10,000", "14.2", "12.9", "13.0", "Head of Youth Justice"),
        ("Reoffending rate", "31.5%", "33.0%", "30.0%", "Head of Youth Justice"),
        ("Young people in suitable accommodation", "91%", "96%", "95%", "Housing Options Manager"),
    ]
    widths = [230.0, 90, 90, 110, 180]
    for n, row in enumerate(rows):
        canvas.setFont("Helvetica-Bold" if n == 0 else "Helvetica", 10)
        for i, text in enumerate(row):
            canvas.drawString(sum(widths[:i]) + 4, 460 - 26 * n, text)
    canvas.grid([sum(widths[:i]) for i in range(6)], [476 - 26 * n for n in range(5)])
    canvas.save()
