"""HTML of what the chat draws. Every text from a document, a question or an answer is escaped here and nowhere trusted.

The classes are styled by app/chat.css.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from types import MappingProxyType
from urllib.parse import quote

from app.charts import Bar, Chart
from app.grid import Cell, Grid
from app.tracks import Stop, Track
from app.types import Answer
from app.view import Excerpt, View

_MARKER = re.compile(r"\[(\d{1,4})\]")


def question(text: str, turn: int) -> str:
    """What was asked, letter by letter; the page scrolls to it when its answer is there."""
    return f'<p class="ps-question" id="{turn_anchor(turn)}">{escape(text)}</p>'


@dataclass(frozen=True, slots=True)
class Links:
    """Where [n] leads to: the sources of a turn, of which there are `last`. A mark without a source is not linked."""

    turn: int
    last: int

    def to(self, n: int, text: str) -> str:
        """The escaped text, as a link that opens source n where there is one."""
        return opener(f"{self.turn}-{n}", text) if 1 <= n <= self.last else escape(text)


NOWHERE = Links(0, 0)


def opener(what: str, text: str) -> str:
    """A link that opens a source over the page; app/screens/source.py listens for it."""
    return f'<a href="#{escape(what)}" data-open="{escape(what)}" aria-haspopup="dialog">{escape(text)}</a>'


def lead(shown: View, links: Links) -> str:
    """Label, headline, and what the answer says in sentences."""
    status = f'<p class="ps-label">{escape(shown.label)}</p>' if shown.label else ""
    body = "".join(f"<p>{_linked(line, links)}</p>" for line in shown.body)
    return f'<div class="ps">{status}<h2 class="ps-headline">{_linked(shown.headline, links)}</h2>{body}</div>'


def draft(lines: Sequence[str]) -> str:
    """The sentences of an answer that is still being worded."""
    return f'<div class="ps">{"".join(f"<p>{escape(line)}</p>" for line in lines)}</div>'


def table(grid: Grid, links: Links = NOWHERE) -> str:
    """The table, scrolling in its own frame; on a narrow screen each row becomes a card."""
    head = "".join(f'<th scope="col" role="columnheader">{escape(header)}</th>' for header in grid.headers)
    rows = "".join(_row(row, grid.headers, links) for row in grid.rows)
    body = (
        f'<table role="table"><caption>{escape(grid.caption)}</caption><thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{rows}</tbody></table>'
    )
    frame = f'<div class="ps-scroll" role="region" tabindex="0" aria-label="{escape(grid.caption)}">{body}</div>'
    return f'<div class="ps ps-frame">{frame}</div>'


def timeline(shown: Sequence[Track], links: Links = NOWHERE, places: Mapping[str, str] = MappingProxyType({})) -> str:
    """Commitments through the plans: under the name of each an ordered list of the plans that have it, so that it is read out in order.

    `places` says what opens the place of a record that has no number, by the record's id.
    """
    return f'<div class="ps ps-timeline">{"".join(_track(track, links, places) for track in shown)}</div>' if shown else ""


def rest(shown: View, links: Links) -> str:
    """The rule and the denominator of a list, conflicts and notes; empty where there are none."""
    lines = [*shown.rule, *([shown.coverage] if shown.coverage else [])]
    parts = [f'<p class="ps-small">{_linked(line, links)}</p>' for line in lines]
    parts += [_list("Where the documents disagree", shown.conflicts)] if shown.conflicts else []
    parts += [_list("Notes", shown.notes)] if shown.notes else []
    return f'<div class="ps">{"".join(parts)}</div>' if parts else ""


def excerpt(shown: Excerpt, turn: int) -> str:
    """The numbered source with its quote; table rows link to it."""
    place = f", {opener(f'{turn}-{shown.n}', shown.place)}" if shown.place else ""
    title = f"<strong>[{shown.n}]</strong> {escape(shown.title)}{place}"
    return (
        f'<div class="ps ps-source" id="{anchor(turn, shown.n)}"><p class="ps-small">{title}</p>'
        f"<blockquote>{escape(shown.quote)}</blockquote>{corrected(shown.corrected)}</div>"
    )


def proof(shown: Excerpt, opens: str | None = None) -> str:
    """The place and quote of a source, to stand beside its page; `opens` makes the place a link to it."""
    place = opener(opens, shown.place) if opens and shown.place else escape(shown.place)
    quote = f"<blockquote>{escape(shown.quote)}</blockquote>" if shown.quote else ""
    return f'<div class="ps"><p>{place}</p>{quote}{corrected(shown.corrected)}</div>'


def corrected(lines: Sequence[str]) -> str:
    """What was set right by hand in the printed words above it."""
    return "".join(f'<p class="ps-corrected">{escape(line[:1].upper() + line[1:])}.</p>' for line in lines)


def to_review(record: str) -> str:
    """A link to where a record is set right by hand."""
    return (
        f'<div class="ps"><p><a href="review?record={quote(record, safe="")}" target="_self">Correct or confirm this record</a></p></div>'
    )


def side(value: str, shown: Excerpt) -> str:
    """One of two figures that disagree: the figure, where it stands, and the words around it."""
    where = ", ".join(escape(part) for part in (shown.title, shown.place) if part)
    quote = f"<blockquote>{escape(shown.quote)}</blockquote>"
    return f'<div class="ps"><p><strong>{escape(value)}</strong></p><p class="ps-small">{where}</p>{quote}</div>'


def documents(listed: Sequence[Sequence[str]]) -> str:
    """The documents of the library, title first; focusable, so that a keyboard can scroll it."""
    rows = "".join(_document(lines) for lines in listed)
    return f'<div class="ps" role="region" tabindex="0" aria-label="Documents"><ul class="ps-documents">{rows}</ul></div>'


def chart(shown: Chart) -> str:
    """The chart as a list of bars, each with its name and value in words, so that it is read aloud as it stands."""
    bars = "".join(_bar(bar) for bar in shown.bars)
    told = f'<p class="ps-small">{escape(shown.told)}</p>' if shown.told else ""
    return f'<figure class="ps ps-chart"><figcaption>{escape(shown.title)}</figcaption>{told}<ul>{bars}</ul></figure>'


def pairs(told: Sequence[tuple[str, str]]) -> str:
    """Names with their values, one below the other."""
    lines = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in told)
    return f'<div class="ps"><dl>{lines}</dl></div>'


def paragraphs(lines: Sequence[str]) -> str:
    """Plain paragraphs."""
    return f'<div class="ps ps-text">{"".join(f"<p>{escape(line)}</p>" for line in lines)}</div>'


def heading(text: str, level: int = 3) -> str:
    """A heading within an answer, or of a part of a screen."""
    return f'<div class="ps"><h{level}>{escape(text)}</h{level}></div>'


def plain(answer: Answer, shown: View) -> str:
    """The answer as text to paste elsewhere: question, answer with its marks, and the sources they stand for."""
    sources = [f"[{e.n}] {e.title}{', ' + e.place if e.place else ''}: “{e.quote}”" for e in shown.excerpts]
    return "\n".join([answer.question.text, "", answer.text, "", *sources]).strip()


def scroll(turn: int) -> str:
    """A script that brings the question of the turn to the top of the screen, so that an answer is read from its beginning."""
    return f'<script>document.getElementById("{turn_anchor(turn)}")?.scrollIntoView()</script>'


def turn_anchor(turn: int) -> str:
    """The name of a question's place on the page."""
    return f"question-{turn}"


def anchor(turn: int, n: int) -> str:
    """The name of an excerpt's place on the page; every turn of the chat numbers its own."""
    return f"answer-{turn}-source-{n}"


def label(text: str) -> str:
    """The text for a button: Streamlit reads labels as Markdown, so every mark of it is disarmed."""
    return "".join(f"\\{char}" if char in "\\`*_{}[]()<>#+-.!|~$:" else char for char in text)


def _bar(bar: Bar) -> str:
    mark = f'<span class="ps-mark" style="left:{bar.mark * 100:.1f}%"></span>' if bar.mark is not None else ""
    if bar.band:
        start, end = bar.band
        mark = f'<span class="ps-band" style="left:{start * 100:.1f}%;width:{(end - start) * 100:.1f}%"></span>{mark}'
    tone = f" ps-{bar.tone}" if bar.tone else ""
    track = (
        f'<span class="ps-track{tone}" aria-hidden="true"><span class="ps-fill" style="width:{bar.share * 100:.1f}%"></span>{mark}</span>'
    )
    return f'<li><span class="ps-name">{escape(bar.label)}</span>{track}<span class="ps-words">{escape(bar.words)}</span></li>'


def _document(lines: Sequence[str]) -> str:
    rest = "".join(f'<div class="ps-small">{escape(line)}</div>' for line in lines[1:])
    return f"<li><strong>{escape(lines[0])}</strong>{rest}</li>"


def _row(row: Sequence[Cell], headers: Sequence[str], links: Links) -> str:
    first = f'<th scope="row" role="rowheader">{_cell(row[0], links)}</th>'
    rest = "".join(
        f'<td role="cell" data-label="{escape(header)}">{_cell(cell, links)}</td>'
        for header, cell in zip(headers[1:], row[1:], strict=True)
    )
    return f'<tr role="row">{first}{rest}</tr>'


def _cell(cell: Cell, links: Links) -> str:
    if not cell:
        return ""
    text = _led(cell, links)
    if cell.tone:
        text = f'<span class="ps-tone ps-{cell.tone}">{text}</span>'
    return text + (f'<span class="ps-detail">{escape(cell.detail)}</span>' if cell.detail else "")


def _led(cell: Cell, links: Links) -> str:
    if cell.citation is not None:
        return links.to(cell.citation, cell.text)
    if cell.record is not None:
        return opener(cell.record, cell.text)
    if cell.page is not None:
        return f'<a href="{escape(cell.page)}" data-open="{escape(cell.page)}">{escape(cell.text)}</a>'
    return escape(cell.text)


def _track(track: Track, links: Links, places: Mapping[str, str]) -> str:
    stops = "".join(_stop(stop, links, places) for stop in track.stops)
    end = f'<li class="ps-end"><p><strong>{escape(track.end)}</strong></p></li>' if track.end else ""
    return f"<section><h3>{escape(track.name)}</h3><ol>{stops}{end}</ol></section>"


def _stop(stop: Stop, links: Links, places: Mapping[str, str]) -> str:
    when = f' <span class="ps-small">{escape(stop.when)}</span>' if stop.when else ""
    mark = " " + links.to(stop.citation, f"[{stop.citation}]") if stop.citation is not None else ""
    mark = " " + opener(places[stop.record], "shown") if not mark and stop.record in places else mark
    facts = f'<p class="ps-small">{escape(" · ".join(stop.facts))}</p>' if stop.facts else ""
    facts += f"<p>Progress: {escape(stop.progress)}</p>" if stop.progress else ""
    changes = "".join(f"<li>{escape(words)}</li>" for words in stop.changes)
    told = f'<p class="ps-small">Since the plan before:</p><ul>{changes}</ul>' if changes else ""
    return f"<li><p><strong>{escape(stop.title)}</strong>{when}{mark}</p><p>{escape(stop.text)}</p>{facts}{told}</li>"


def _linked(line: str, links: Links) -> str:
    return _MARKER.sub(lambda found: links.to(int(found[1]), found[0]), escape(line))


def _list(title: str, lines: Sequence[str]) -> str:
    return f"<h3>{escape(title)}</h3><ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>"
